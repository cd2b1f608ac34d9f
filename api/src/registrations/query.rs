//! Reading and moving applications.

use chrono::{Duration, Utc};
use entity::{
    account, district,
    ids::{AccountId, RegistrationEventId, RegistrationId},
    membership, registration, registration_event, registration_token,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Select, sea_query::Expr,
};

use super::{
    rules::{RegistrationStatus, Step},
    view,
};
use crate::{
    auth::{Permission, token::RandomToken},
    db::{SystemTx, constraint},
    error::{ApiError, ApiResult, ErrorCode, Text},
    members::overseers,
};

const TOKEN_DAYS: i64 = 180;

/// Applications that were handed in at least once: others concern nobody but the applicant.
#[must_use]
pub fn submitted() -> Select<registration::Entity> {
    registration::Entity::find().filter(registration::Column::SubmittedAt.is_not_null())
}

/// Applications whose district, unit or office has `text` in its name.
#[must_use]
pub fn named_like(text: &str) -> Condition {
    Condition::all().add(Expr::cust_with_values(
        "position(lower($1) in lower(district_name || ' ' || unit_name || ' ' || office_name)) > 0",
        [text.trim()],
    ))
}

/// One application, locked until the transaction ends.
///
/// # Errors
/// 404 when `select` does not have it.
pub async fn lock(
    tx: &SystemTx,
    select: Select<registration::Entity>,
    id: RegistrationId,
) -> ApiResult<registration::Model> {
    select
        .filter(registration::Column::Id.eq(id))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| ErrorCode::NotFound.into())
}

/// The application that was made with the same `Idempotency-Key` for the same district and has not ended.
///
/// # Errors
/// When the database refuses.
pub async fn same_request(tx: &SystemTx, new: &registration::Model) -> ApiResult<Option<registration::Model>> {
    let Some(key_hash) = &new.request_key_hash else {
        return Ok(None);
    };
    let words = RegistrationStatus::ALL.into_iter().filter(|status| status.is_live());
    Ok(registration::Entity::find()
        .filter(registration::Column::DistrictCode.eq(&new.district_code))
        .filter(registration::Column::RequestKeyHash.eq(key_hash.clone()))
        .filter(registration::Column::Status.is_in(words.map(RegistrationStatus::as_str)))
        .one(tx)
        .await?)
}

/// Refuses a district that is a tenant, or whose application was handed in; the detail says which office to ask.
///
/// # Errors
/// 409 when it is taken.
pub async fn refuse_taken(tx: &SystemTx, district_code: &str) -> ApiResult<()> {
    let tenant = district::Entity::find()
        .filter(district::Column::Code.eq(district_code))
        .one(tx)
        .await?;
    if let Some(tenant) = tenant {
        return Err(tenant_refusal(&tenant));
    }
    let words = RegistrationStatus::ALL
        .into_iter()
        .filter(|status| status.holds_district());
    let holder = registration::Entity::find()
        .filter(registration::Column::DistrictCode.eq(district_code))
        .filter(registration::Column::Status.is_in(words.map(RegistrationStatus::as_str)))
        .one(tx)
        .await?;
    let Some(holder) = holder else {
        return Ok(());
    };
    let (name, office) = (holder.district_name, holder.office_name);
    Err(ApiError::new(ErrorCode::DistrictAlreadyRegistered).detail(Text::new(
        format!("{name} sedang didaftarkan oleh {office}. Tanyakan kepada kantor itu."),
        format!("{name} is being registered by {office}. Ask that office."),
    )))
}

fn tenant_refusal(tenant: &district::Model) -> ApiError {
    let (office, name) = (&tenant.office_name, &tenant.name);
    let (id, en) = if tenant.hotline.is_empty() {
        (String::new(), String::new())
    } else {
        (
            format!(", telepon {}", tenant.hotline),
            format!(", phone {}", tenant.hotline),
        )
    };
    ApiError::new(ErrorCode::DistrictAlreadyRegistered).detail(Text::new(
        format!("{name} sudah terdaftar. Untuk bergabung, mintalah undangan kepada {office}{id}."),
        format!("{name} is registered already. To join, ask {office} for an invitation{en}."),
    ))
}

/// Takes a step: the new status, its history. Mails and audit are the caller's.
///
/// # Errors
/// 409 when the step may not be taken from where the application stands, or another application has the district.
pub async fn advance(
    tx: &SystemTx,
    row: registration::Model,
    step: Step,
    note: Option<String>,
    actor: Option<AccountId>,
) -> ApiResult<registration::Model> {
    let next = next(&row, step)?;
    let now = Utc::now();
    let version = row.version + 1;
    let id = row.id;
    let mut row = row.into_active_model();
    row.status = Set(next.as_str().to_owned());
    row.status_at = Set(now);
    row.version = Set(version);
    row.updated_at = Set(now);
    match step {
        Step::Submit => {
            row.submitted_at = Set(Some(now));
            row.decision_note = Set(None);
        }
        Step::Endorse | Step::Approve | Step::Return | Step::Reject => row.decision_note = Set(note.clone()),
        Step::ConfirmEmail | Step::Expire => {}
    }
    let row = row.update(tx).await.map_err(|error| match constraint(&error) {
        // Another one was handed in at the same moment.
        Some("registration_live") => ErrorCode::DistrictAlreadyRegistered.into(),
        _ => ApiError::from(error),
    })?;
    note_event(tx, id, next, note, actor).await?;
    Ok(row)
}

/// Where `step` leads.
///
/// # Errors
/// 409 when it may not be taken.
pub fn next(row: &registration::Model, step: Step) -> ApiResult<RegistrationStatus> {
    let status = view::status(row)?;
    status.after(step).ok_or_else(|| wrong_status(status))
}

/// The error of a step or change that does not fit where the application stands.
#[must_use]
pub fn wrong_status(status: RegistrationStatus) -> ApiError {
    use RegistrationStatus as S;
    let text = match status {
        S::AwaitingEmailConfirmation => Text::fixed(
            "Surel pendaftar belum dikonfirmasi. Buka tautan di surel konfirmasi dahulu.",
            "The applicant's email is not confirmed yet. Open the link in the confirmation mail first.",
        ),
        S::Draft => Text::fixed(
            "Permohonan ini belum diajukan.",
            "This application has not been handed in yet.",
        ),
        S::Submitted | S::Endorsed => Text::fixed(
            "Permohonan ini sedang ditinjau dan belum diputuskan.",
            "This application is under review and not decided yet.",
        ),
        S::Returned => Text::fixed(
            "Permohonan ini dikembalikan dan menunggu perbaikan pendaftar.",
            "This application was returned and waits for the applicant to correct it.",
        ),
        S::Approved => Text::fixed(
            "Permohonan ini sudah disetujui.",
            "This application was approved already.",
        ),
        S::Rejected => Text::fixed(
            "Permohonan ini sudah ditolak. Daerah dapat mengajukan permohonan baru.",
            "This application was rejected. The district may apply anew.",
        ),
        S::Expired => Text::fixed(
            "Permohonan ini sudah kedaluwarsa. Daerah dapat mengajukan permohonan baru.",
            "This application has lapsed. The district may apply anew.",
        ),
    };
    ApiError::new(ErrorCode::WrongStatus).detail(text)
}

/// Adds to the history.
///
/// # Errors
/// When the database refuses.
pub async fn note_event(
    tx: &SystemTx,
    id: RegistrationId,
    status: RegistrationStatus,
    note: Option<String>,
    actor: Option<AccountId>,
) -> ApiResult<()> {
    registration_event::ActiveModel {
        id: Set(RegistrationEventId::generate()),
        registration_id: Set(id),
        at: Set(Utc::now()),
        status: Set(status.as_str().to_owned()),
        note: Set(note.filter(|note| !note.is_empty())),
        actor_id: Set(actor),
    }
    .insert(tx)
    .await?;
    Ok(())
}

/// Makes a token with which the applicant gets at the application.
///
/// # Errors
/// When the database refuses.
pub async fn issue_token(tx: &SystemTx, id: RegistrationId) -> ApiResult<RandomToken> {
    let token = RandomToken::generate();
    let now = Utc::now();
    registration_token::ActiveModel {
        token_hash: Set(token.hash.clone()),
        registration_id: Set(id),
        created_at: Set(now),
        expires_at: Set(now + Duration::days(TOKEN_DAYS)),
    }
    .insert(tx)
    .await?;
    Ok(token)
}

/// The accounts that look at applications of a province: its reviewers, who endorse, and the ministry's, who decide.
///
/// # Errors
/// When the database refuses.
pub async fn reviewers(tx: &SystemTx, province_code: &str) -> ApiResult<Vec<account::Model>> {
    let (endorse, decide) = (Permission::RegistrationsEndorse, Permission::RegistrationsDecide);
    let members = membership::Entity::find()
        .filter(overseers::holding(province_code, endorse, decide))
        .all(tx)
        .await?;
    Ok(account::Entity::find()
        .filter(account::Column::Id.is_in(members.iter().map(|member| member.account_id)))
        .filter(account::Column::DisabledAt.is_null())
        .all(tx)
        .await?)
}
