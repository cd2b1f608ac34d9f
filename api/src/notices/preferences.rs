//! How a person wants to be told.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use chrono::Utc;
use entity::{account, ids::AccountId, notice_preference};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    EntityTrait, QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    digest,
    kind::NoticeKind,
    query,
    rules::{Channel, DIGEST_HOUR, Rhythm, Wishes},
};
use crate::{
    audit::{self, Change},
    auth::{Public, SignedIn},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiResult, ErrorCode, Language, Text},
    http::{Body, Checks, IfMatch, NoContent, Tagged, endpoint::Endpoints, problem},
};

/// How the reader wants to be told.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationPreferences {
    /// Every kind with what was chosen.
    pub kinds: Vec<KindPreference>,
    /// How often a digest goes out.
    pub rhythm: Rhythm,
    /// The hour at which it does, on the clock of `time_zone`.
    #[schema(example = 7)]
    pub digest_hour: u32,
    /// The hour from which no mail goes out, 0 to 23; null when mails go out at any time.
    #[schema(example = 21)]
    pub quiet_from: Option<u32>,
    /// The hour until which no mail goes out.
    #[schema(example = 6)]
    pub quiet_until: Option<u32>,
    /// Whose clock this is by: that of the reader's district, else of the province, else of the capital.
    #[schema(example = "Asia/Makassar")]
    pub time_zone: String,
}

/// One kind of notification.
#[derive(Debug, Serialize, ToSchema)]
pub struct KindPreference {
    /// The kind.
    pub kind: NoticeKind,
    /// What it is about, in the language of the request.
    pub label: String,
    /// How it is told.
    pub channel: Channel,
    /// What may be chosen.
    pub choices: Vec<Channel>,
}

/// How one wants to be told, as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationPreferencesUpdate {
    /// The channel of each kind; what is left out has its default.
    #[schema(example = json!({ "item_decided": "digest" }))]
    pub channels: BTreeMap<String, Channel>,
    /// How often a digest goes out.
    pub rhythm: Rhythm,
    /// The hour from which no mail goes out, 0 to 23.
    #[schema(example = 21)]
    pub quiet_from: Option<i16>,
    /// The hour until which no mail goes out.
    #[schema(example = 6)]
    pub quiet_until: Option<i16>,
}

/// The token of a digest's link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DigestOptOut {
    /// As in the link.
    pub token: String,
}

/// The version of preferences that were never kept.
const UNKEPT: i32 = 1;

fn wishes(row: Option<&notice_preference::Model>) -> ApiResult<Wishes> {
    let quiet = row.and_then(|row| row.quiet_from.zip(row.quiet_until));
    query::wishes(
        row.map(|row| row.channels.clone()),
        row.map(|row| row.rhythm.as_str()),
        quiet,
    )
}

fn describe(wishes: &Wishes, time_zone: String, language: Language) -> NotificationPreferences {
    let kind = |kind: &NoticeKind| KindPreference {
        kind: *kind,
        label: kind.label().in_language(language).to_owned(),
        channel: wishes.channel(*kind),
        choices: kind.choices().to_vec(),
    };
    NotificationPreferences {
        kinds: NoticeKind::ALL.iter().map(kind).collect(),
        rhythm: wishes.rhythm,
        digest_hour: DIGEST_HOUR,
        quiet_from: wishes.quiet.map(|quiet| quiet.from),
        quiet_until: wishes.quiet.map(|quiet| quiet.until),
        time_zone,
    }
}

/// See how one is told of things
#[utoipa::path(get, path = "/api/v1/notifications/preferences", tag = "notifications",
    responses((status = 200, body = NotificationPreferences)))]
async fn get_notification_preferences(
    who: SignedIn,
    request: HttpRequest,
) -> ApiResult<Tagged<NotificationPreferences>> {
    let tx = who.system().await?;
    let account = who.access.account_id;
    let row = notice_preference::Entity::find_by_id(account).one(&tx).await?;
    let zone = query::zone_of(&tx, account).await?;
    Ok(Tagged {
        version: row.as_ref().map_or(UNKEPT, |row| row.version),
        value: describe(&wishes(row.as_ref())?, zone, problem::language(&request)),
    })
}

fn check(input: &NotificationPreferencesUpdate) -> ApiResult<()> {
    let mut checks = Checks::new();
    for (word, channel) in &input.channels {
        let field = format!("channels.{word}");
        let Some(kind) = NoticeKind::parse(word) else {
            let text = Text::fixed(
                "Jenis pemberitahuan ini tidak ada.",
                "There is no such kind of notification.",
            );
            checks.error(&field, "not_in_list", text);
            continue;
        };
        let choices: Vec<&str> = kind.choices().iter().map(|choice| choice.as_str()).collect();
        checks.one_of(&field, channel.as_str(), &choices);
    }
    for (field, hour) in [("quiet_from", input.quiet_from), ("quiet_until", input.quiet_until)] {
        let in_range = hour.is_none_or(|hour| (0..24).contains(&hour));
        let text = Text::fixed("Isi jam 0 sampai 23.", "Give an hour from 0 to 23.");
        checks.ensure(in_range, field, "out_of_range", text);
    }
    let both = input.quiet_from.is_some() == input.quiet_until.is_some();
    let distinct = input.quiet_from.is_none() || input.quiet_from != input.quiet_until;
    let text = Text::fixed(
        "Isi jam mulai dan jam selesai yang berbeda, atau kosongkan keduanya.",
        "Give a begin and an end that differ, or leave both empty.",
    );
    checks.ensure(both && distinct, "quiet_until", "out_of_range", text);
    checks.finish()
}

/// Waits for others who change the wishes of this account, and reads them.
async fn lock(tx: &SystemTx, account: AccountId) -> ApiResult<Option<notice_preference::Model>> {
    // The account's row is the lock: preferences that were never kept have none.
    account::Entity::find_by_id(account).lock_exclusive().one(tx).await?;
    Ok(notice_preference::Entity::find_by_id(account).one(tx).await?)
}

async fn keep(
    tx: &SystemTx,
    before: Option<notice_preference::Model>,
    row: notice_preference::ActiveModel,
) -> ApiResult<notice_preference::Model> {
    let row = match before {
        Some(_) => row.update(tx).await?,
        None => row.insert(tx).await?,
    };
    Ok(row)
}

fn shown(row: &notice_preference::Model) -> serde_json::Value {
    serde_json::json!({ "channels": row.channels, "rhythm": row.rhythm, "quiet_from": row.quiet_from, "quiet_until": row.quiet_until })
}

/// Choose how one is told of things
///
/// Notices that were decided on before stay where they are told.
#[utoipa::path(put, path = "/api/v1/notifications/preferences", tag = "notifications",
    request_body = NotificationPreferencesUpdate, responses((status = 200, body = NotificationPreferences)))]
async fn update_notification_preferences(
    who: SignedIn,
    request: HttpRequest,
    version: IfMatch,
    body: Body<NotificationPreferencesUpdate>,
) -> ApiResult<Tagged<NotificationPreferences>> {
    let input = body.value;
    check(&input)?;
    let tx = who.system().await?;
    let account = who.access.account_id;
    let before = lock(&tx, account).await?;
    let known = before.as_ref().map_or(UNKEPT, |row| row.version);
    if known != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    let row = notice_preference::ActiveModel {
        account_id: Set(account),
        channels: Set(serde_json::to_value(&input.channels).map_err(crate::error::ApiError::internal)?),
        rhythm: Set(input.rhythm.as_str().to_owned()),
        quiet_from: Set(input.quiet_from),
        quiet_until: Set(input.quiet_until),
        version: Set(known + 1),
        created_at: NotSet,
        updated_at: Set(Utc::now()),
    };
    let seen = before.as_ref().map(shown);
    let row = keep(&tx, before, row).await?;
    let zone = query::zone_of(&tx, account).await?;
    let mut change = Change::of("update", "notice_preference", account).after(shown(&row));
    change.before = seen;
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Tagged {
        version: row.version,
        value: describe(&wishes(Some(&row))?, zone, problem::language(&request)),
    })
}

/// End one's own digests with the link of a digest
///
/// Needs no sign-in. What would have been in the digest is behind the bell only, until the person chooses otherwise.
#[utoipa::path(post, path = "/api/v1/notifications/digest-opt-out", tag = "notifications", request_body = DigestOptOut,
    responses((status = 204), (status = 410, description = "The link is damaged", body = problem::Problem, content_type = "application/problem+json")))]
async fn opt_out_of_digest(who: Public, body: Body<DigestOptOut>) -> ApiResult<NoContent> {
    let account = digest::read_opt_out(&who.app.shared.master_key, &body.value.token)?;
    let tx = who.system().await?;
    let before = lock(&tx, account).await?;
    if before.as_ref().is_some_and(|row| row.rhythm == Rhythm::Off.as_str()) {
        return Ok(NoContent);
    }
    let known = before.as_ref().map_or(UNKEPT, |row| row.version);
    let row = notice_preference::ActiveModel {
        account_id: Set(account),
        rhythm: Set(Rhythm::Off.as_str().to_owned()),
        version: Set(known + 1),
        updated_at: Set(Utc::now()),
        ..Default::default()
    };
    keep(&tx, before, row).await?;
    audit::record(&tx, Change::of("opt_out", "notice_preference", account)).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The operations on preferences.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        get_notification_preferences,
        update_notification_preferences,
        opt_out_of_digest
    );
}
