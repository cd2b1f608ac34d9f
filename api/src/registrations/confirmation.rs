//! Confirming the applicant's email.

use actix_web::web::Json;
use chrono::Utc;
use entity::{ids::RegistrationId, one_time_token, registration};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{mails, query, rules::Step};
use crate::{
    app::Shared,
    audit::{self, Change},
    auth::{Public, token::RandomToken},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{Body, endpoint::Endpoints, problem},
};

const CONFIRMATION: &str = "email_confirmation";
/// Confirmation mails of one application; more would make this a way to flood a stranger's mailbox.
const MAX_CONFIRMATIONS: u64 = 5;

/// The token of the link in the confirmation mail.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailConfirm {
    /// From the link.
    pub token: String,
}

/// The application whose email is confirmed, and a key to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmailConfirmed {
    /// Its id.
    pub registration_id: RegistrationId,
    /// Send it as `X-Registration-Token`.
    pub status_token: String,
}

/// Mails a link that confirms the email; links of earlier mails are no longer good.
///
/// # Errors
/// 429 when it was sent too often already.
pub(super) async fn send(tx: &SystemTx, shared: &Shared, row: &registration::Model) -> ApiResult<()> {
    let earlier = one_time_token::Entity::find()
        .filter(one_time_token::Column::Purpose.eq(CONFIRMATION))
        .filter(one_time_token::Column::SubjectId.eq(row.id.0));
    if earlier.clone().count(tx).await? >= MAX_CONFIRMATIONS {
        return Err(ApiError::new(ErrorCode::TooManyRequests)
            .retry_after(std::time::Duration::from_secs(24 * 3600))
            .detail(Text::fixed(
                "Surel konfirmasi sudah dikirim beberapa kali. Periksa folder spam.",
                "The confirmation mail was sent several times already. Look into the spam folder.",
            )));
    }
    let now = Utc::now();
    one_time_token::Entity::update_many()
        .col_expr(one_time_token::Column::UsedAt, Expr::value(now))
        .filter(one_time_token::Column::Purpose.eq(CONFIRMATION))
        .filter(one_time_token::Column::SubjectId.eq(row.id.0))
        .filter(one_time_token::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    let token = RandomToken::generate();
    one_time_token::ActiveModel {
        token_hash: Set(token.hash.clone()),
        purpose: Set(CONFIRMATION.to_owned()),
        account_id: Set(None),
        subject_id: Set(Some(row.id.0)),
        created_at: Set(now),
        expires_at: Set(row.status_at + shared.config.confirm_within()),
        used_at: Set(None),
    }
    .insert(tx)
    .await?;
    mails::confirm_email(tx, shared, row, &token).await
}

/// Confirm the email of an application
///
/// From then on it can be handed in; who hands in first has the district.
#[utoipa::path(post, path = "/api/v1/registrations/confirm-email", tag = "registrations", request_body = EmailConfirm,
    responses((status = 200, body = EmailConfirmed), (status = 409, description = "The district is registered or being registered; the detail says which office to ask", body = problem::Problem, content_type = "application/problem+json"),
        (status = 410, description = "The link is no longer good", body = problem::Problem, content_type = "application/problem+json")))]
async fn confirm_registration_email(who: Public, body: Body<EmailConfirm>) -> ApiResult<Json<EmailConfirmed>> {
    let tx = who.system().await?;
    let link = one_time_token::Entity::find_by_id(RandomToken::hash(&body.value.token))
        .filter(one_time_token::Column::Purpose.eq(CONFIRMATION))
        .filter(one_time_token::Column::UsedAt.is_null())
        .filter(one_time_token::Column::ExpiresAt.gt(Utc::now()))
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(ErrorCode::LinkExpired)?;
    let id = link.subject_id.map(RegistrationId).ok_or(ErrorCode::LinkExpired)?;
    let mut link = link.into_active_model();
    link.used_at = Set(Some(Utc::now()));
    link.update(&tx).await?;
    let row = query::lock(&tx, registration::Entity::find(), id).await?;
    if query::next(&row, Step::ConfirmEmail).is_err() {
        return Err(ErrorCode::LinkExpired.into());
    }
    query::refuse_taken(&tx, &row.district_code).await?;
    let row = query::advance(&tx, row, Step::ConfirmEmail, None, None).await?;
    let token = query::issue_token(&tx, id).await?;
    mails::tell_applicant(&tx, &who.app.shared, &row).await?;
    audit::record(&tx, Change::of("confirm_email", "registration", id)).await?;
    tx.commit().await?;
    Ok(Json(EmailConfirmed {
        registration_id: id,
        status_token: token.secret,
    }))
}

/// The operations on the email.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, confirm_registration_email);
}
