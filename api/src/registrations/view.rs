//! How applications look from outside.

use chrono::{DateTime, Utc};
use entity::{
    ids::{FileObjectId, RegistrationId},
    registration, registration_event, system_file_object,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::RegistrationStatus;
use crate::{
    db::SystemTx,
    error::{ApiError, ApiResult, ErrorCode},
    http::Tagged,
};

/// A district's application.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Registration {
    /// Its id.
    pub id: RegistrationId,
    /// Kemendagri code of the district.
    #[schema(example = "73.02")]
    pub district_code: String,
    /// Name of the district.
    #[schema(example = "Kabupaten Bulukumba")]
    pub district_name: String,
    /// Name of the province.
    #[schema(example = "Sulawesi Selatan")]
    pub province_name: String,
    /// What the district calls its centre.
    #[schema(example = "PKSAI")]
    pub unit_name: String,
    /// The office that runs it.
    #[schema(example = "Dinas Sosial Kabupaten Bulukumba")]
    pub office_name: String,
    /// The officer who applies, and becomes the district's coordinator.
    pub applicant_name: String,
    /// The officer's position.
    #[schema(example = "Kepala Bidang Rehabilitasi Sosial")]
    pub position: String,
    /// The officer's official email.
    pub email: String,
    /// The officer's phone.
    pub phone: String,
    /// Where it stands.
    pub status: RegistrationStatus,
    /// The letter of commitment, once it was uploaded.
    pub commitment_letter: Option<CommitmentLetter>,
    /// What the last reviewer wrote.
    pub decision_note: Option<String>,
    /// When it was handed in last.
    pub submitted_at: Option<DateTime<Utc>>,
    /// What happened so far, the oldest first.
    pub history: Vec<RegistrationEvent>,
}

/// The head of agency's letter of commitment.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CommitmentLetter {
    /// Its name.
    #[schema(example = "Surat komitmen.pdf")]
    pub file_name: String,
    /// Bytes.
    pub size: i64,
}

/// Something that happened to an application. Reviewers are not named.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegistrationEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// The status it got.
    pub status: RegistrationStatus,
    /// What the reviewer wrote.
    pub note: Option<String>,
}

/// An application as lists show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegistrationSummary {
    /// Its id.
    pub id: RegistrationId,
    /// Kemendagri code of the district.
    #[schema(example = "73.02")]
    pub district_code: String,
    /// Name of the district.
    #[schema(example = "Kabupaten Bulukumba")]
    pub district_name: String,
    /// Name of the province.
    #[schema(example = "Sulawesi Selatan")]
    pub province_name: String,
    /// What the district calls its centre.
    pub unit_name: String,
    /// The office that runs it.
    pub office_name: String,
    /// Where it stands.
    pub status: RegistrationStatus,
    /// When it was handed in last.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// The status of a row.
///
/// # Errors
/// Never, as long as the table's check and [`RegistrationStatus`] agree.
pub fn status(row: &registration::Model) -> ApiResult<RegistrationStatus> {
    word(&row.status)
}

fn word(word: &str) -> ApiResult<RegistrationStatus> {
    RegistrationStatus::from_word(word)
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("unknown registration status {word}")))
}

/// The row of a letter.
///
/// # Errors
/// 404 when there is none.
pub async fn letter(tx: &SystemTx, id: Option<FileObjectId>) -> ApiResult<system_file_object::Model> {
    let id = id.ok_or(ErrorCode::NotFound)?;
    system_file_object::Entity::find_by_id(id)
        .one(tx)
        .await?
        .ok_or_else(|| ErrorCode::NotFound.into())
}

/// The application with its letter and history, and its version.
///
/// # Errors
/// When the database refuses.
pub async fn tagged(tx: &SystemTx, row: registration::Model) -> ApiResult<Tagged<Registration>> {
    let letter = match row.letter_id {
        None => None,
        id => Some(letter(tx, id).await?),
    };
    let events = registration_event::Entity::find()
        .filter(registration_event::Column::RegistrationId.eq(row.id))
        .order_by_asc(registration_event::Column::Id)
        .all(tx)
        .await?;
    let history = events
        .into_iter()
        .map(|event| {
            Ok(RegistrationEvent {
                at: event.at,
                status: word(&event.status)?,
                note: event.note,
            })
        })
        .collect::<ApiResult<_>>()?;
    Ok(Tagged {
        version: row.version,
        value: Registration {
            status: status(&row)?,
            id: row.id,
            district_code: row.district_code,
            district_name: row.district_name,
            province_name: row.province_name,
            unit_name: row.unit_name,
            office_name: row.office_name,
            applicant_name: row.applicant_name,
            position: row.position,
            email: row.email,
            phone: row.phone,
            commitment_letter: letter.map(|letter| CommitmentLetter {
                file_name: letter.file_name,
                size: letter.size,
            }),
            decision_note: row.decision_note,
            submitted_at: row.submitted_at,
            history,
        },
    })
}

/// The application as lists show it.
///
/// # Errors
/// As [`status`].
pub fn summary(row: registration::Model) -> ApiResult<RegistrationSummary> {
    Ok(RegistrationSummary {
        status: status(&row)?,
        id: row.id,
        district_code: row.district_code,
        district_name: row.district_name,
        province_name: row.province_name,
        unit_name: row.unit_name,
        office_name: row.office_name,
        submitted_at: row.submitted_at,
    })
}
