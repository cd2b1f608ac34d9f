//! What senders and readers see of an announcement.

use chrono::{DateTime, Utc};
use entity::ids::AnnouncementId;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules;
use crate::{
    audience::Audience,
    error::{ApiError, ApiResult},
    http::Checks,
};

/// What is announced.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementText {
    /// One line.
    #[schema(example = "Batas unggah SK tim kerja diperpanjang")]
    pub title: String,
    /// Plain text; a blank line begins a paragraph.
    #[schema(
        example = "Batas unggah SK tim kerja diperpanjang sampai akhir bulan.\n\nHubungi provinsi bila ada kendala."
    )]
    pub text: String,
    /// Where it leads: a screen of the application (`/…`) or an address outside (`https://…`).
    #[serde(default)]
    #[schema(example = "https://contoh.example/panduan")]
    pub link: Option<String>,
    /// A coordinator of each district is asked to confirm that it was read.
    #[serde(default)]
    #[schema(example = true)]
    pub must_confirm: bool,
}

/// What to announce, and to whom: the fields of [`AnnouncementText`] and the audience. They stand here a second time because
/// serde cannot refuse unknown fields of a struct that holds another one flattened.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementCreate {
    /// One line.
    #[schema(example = "Batas unggah SK tim kerja diperpanjang")]
    pub title: String,
    /// Plain text; a blank line begins a paragraph.
    #[schema(
        example = "Batas unggah SK tim kerja diperpanjang sampai akhir bulan.\n\nHubungi provinsi bila ada kendala."
    )]
    pub text: String,
    /// Where it leads: a screen of the application (`/…`) or an address outside (`https://…`).
    #[serde(default)]
    #[schema(example = "https://contoh.example/panduan")]
    pub link: Option<String>,
    /// A coordinator of each district is asked to confirm that it was read.
    #[serde(default)]
    #[schema(example = true)]
    pub must_confirm: bool,
    /// To whom.
    #[serde(default)]
    pub audience: Audience,
}

impl AnnouncementCreate {
    /// What is announced, and to whom.
    #[must_use]
    pub fn split(self) -> (AnnouncementText, Audience) {
        let text = AnnouncementText {
            title: self.title,
            text: self.text,
            link: self.link,
            must_confirm: self.must_confirm,
        };
        (text, self.audience)
    }
}

impl AnnouncementText {
    /// As it is kept.
    #[must_use]
    pub fn checked(self, checks: &mut Checks) -> Self {
        let text = checks.paragraph("text", &self.text, 8_000);
        checks.ensure(
            !text.is_empty(),
            "text",
            "required",
            crate::error::Text::fixed("Wajib diisi.", "This is required."),
        );
        Self {
            title: checks.line("title", &self.title, 200),
            link: rules::link(checks, self.link.as_deref()),
            must_confirm: self.must_confirm,
            text,
        }
    }
}

/// An announcement as those who send see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnnouncementSent {
    /// Its id.
    pub id: AnnouncementId,
    /// One line.
    pub title: String,
    /// Plain text; a blank line begins a paragraph.
    pub text: String,
    /// Where it leads.
    pub link: Option<String>,
    /// A coordinator of each district is asked to confirm that it was read.
    pub must_confirm: bool,
    /// To whom it was addressed.
    pub audience: Audience,
    /// Name of the province that sent it; null: the ministry.
    pub province_name: Option<String>,
    /// Who sent it.
    pub sent_by_name: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// The announcement that it corrects.
    pub replaces: Option<AnnouncementId>,
    /// The announcement that corrects it.
    pub replaced_by: Option<AnnouncementId>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Who took it back; empty when nobody did.
    pub withdrawn_by_name: String,
    /// Why; empty when nobody did.
    pub withdrawn_reason: String,
    /// How many districts it reached.
    #[schema(example = 14)]
    pub districts: i64,
    /// In how many of them somebody opened it.
    #[schema(example = 9)]
    pub opened: i64,
    /// In how many of them a coordinator confirmed it.
    #[schema(example = 7)]
    pub confirmed: i64,
}

/// A row of the sender's list.
#[derive(Debug, FromQueryResult)]
#[allow(missing_docs, reason = "as in AnnouncementSent")]
pub struct SentRow {
    pub id: AnnouncementId,
    pub sender: String,
    pub title: String,
    pub body: String,
    pub link: Option<String>,
    pub must_confirm: bool,
    pub audience: serde_json::Value,
    pub sent_by_name: String,
    pub sent_at: DateTime<Utc>,
    pub replaces: Option<AnnouncementId>,
    pub replaced_by: Option<AnnouncementId>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_by_name: String,
    pub withdrawn_reason: String,
    pub districts: i64,
    pub opened: i64,
    pub confirmed: i64,
}

impl SentRow {
    /// As those who send see it.
    ///
    /// # Errors
    /// 500 when the audience was kept in other words.
    pub fn describe(self) -> ApiResult<AnnouncementSent> {
        Ok(AnnouncementSent {
            id: self.id,
            title: self.title,
            text: self.body,
            link: self.link,
            must_confirm: self.must_confirm,
            audience: serde_json::from_value(self.audience).map_err(ApiError::internal)?,
            province_name: Some(self.sender).filter(|name| !name.is_empty()),
            sent_by_name: self.sent_by_name,
            sent_at: self.sent_at,
            replaces: self.replaces,
            replaced_by: self.replaced_by,
            withdrawn_at: self.withdrawn_at,
            withdrawn_by_name: self.withdrawn_by_name,
            withdrawn_reason: self.withdrawn_reason,
            districts: self.districts,
            opened: self.opened,
            confirmed: self.confirmed,
        })
    }
}

/// An announcement as a district sees it.
#[derive(Clone, Debug, Serialize, ToSchema, FromQueryResult)]
pub struct Announcement {
    /// Its id.
    pub id: AnnouncementId,
    /// One line.
    pub title: String,
    /// Plain text; a blank line begins a paragraph. Empty once it is withdrawn.
    pub text: String,
    /// Where it leads: a screen of the application (`/…`) or an address outside (`https://…`).
    pub link: Option<String>,
    /// A coordinator of the district is asked to confirm that it was read.
    pub must_confirm: bool,
    /// Name of the province that sent it; null: the ministry.
    pub province_name: Option<String>,
    /// Who sent it.
    pub sent_by_name: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// The announcement that it corrects.
    pub replaces: Option<AnnouncementId>,
    /// The announcement that corrects it.
    pub replaced_by: Option<AnnouncementId>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why; empty when nobody did.
    pub withdrawn_reason: String,
    /// The reader has opened it.
    pub is_read: bool,
    /// When a coordinator confirmed it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Which one.
    pub confirmed_by_name: Option<String>,
}

/// What became of an announcement in a district.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnnouncementReceipt {
    /// Kemendagri code of the district.
    #[schema(example = "73.02")]
    pub district_code: String,
    /// Its name.
    #[schema(example = "Kabupaten Bulukumba")]
    pub district_name: String,
    /// Name of its province.
    pub province_name: String,
    /// When somebody there first opened it.
    pub opened_at: Option<DateTime<Utc>>,
    /// When a coordinator confirmed it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Which one.
    pub confirmed_by_name: Option<String>,
    /// Who opened it, in that order.
    pub readers: Vec<AnnouncementReader>,
}

/// Somebody who opened an announcement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnnouncementReader {
    /// The role, in the language of the request.
    #[schema(example = "Koordinator (admin daerah)")]
    pub role: String,
    /// The name of a coordinator; null for others.
    pub name: Option<String>,
    /// When.
    pub opened_at: DateTime<Utc>,
}
