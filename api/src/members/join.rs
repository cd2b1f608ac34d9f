//! Accepting an invitation: with a new account, or with the one the person has.

use actix_web::{FromRequest, HttpRequest, HttpResponse, web::Json};
use chrono::{DateTime, Utc};
use entity::{account, account_credential, district, district_role, ids::*, invitation, membership};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::LockType,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::routes::role_name;
use crate::{
    audit::{self, Change},
    auth::{
        Public, SignedIn, password,
        routes::{TokenPair, answer},
        session,
        token::RandomToken,
    },
    db::{Origin, SystemTx, Transaction},
    districts::standing,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{Body, Checks, endpoint::Endpoints, problem},
    readiness, succession,
};

/// The token of an invitation's link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationToken {
    /// From the link in the mail.
    pub token: String,
}

/// What an invitation offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationPreview {
    /// Whom it is for.
    pub email: String,
    /// The district.
    #[schema(example = "Kabupaten Bulukumba")]
    pub area_name: String,
    /// What the district calls its centre.
    pub unit_name: String,
    /// The role.
    pub role_name: String,
    /// That email has an account: sign in, then accept.
    pub account_exists: bool,
    /// Good until.
    pub expires_at: DateTime<Utc>,
}

/// Accepting, with name and password when the account is new.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationAccept {
    /// From the link in the mail.
    pub token: String,
    /// For a new account.
    pub name: Option<String>,
    /// For a new account: 12 to 128 characters.
    pub password: Option<String>,
}

async fn find_open(tx: &SystemTx, token: &str) -> ApiResult<invitation::Model> {
    invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(RandomToken::hash(token)))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(Utc::now()))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| ErrorCode::LinkExpired.into())
}

async fn find_account(tx: &SystemTx, email: &str) -> ApiResult<Option<account::Model>> {
    Ok(account::Entity::find()
        .filter(account::Column::Email.eq(email))
        .one(tx)
        .await?)
}

/// See what an invitation offers
///
/// Only the holder of the link can: it went to that email, so telling whether the email has an account gives nothing away.
#[utoipa::path(post, path = "/api/v1/auth/invitation", tag = "auth", request_body = InvitationToken,
    responses((status = 200, body = InvitationPreview), (status = 410, description = "The link is no longer good", body = problem::Problem, content_type = "application/problem+json")))]
async fn preview_invitation(
    who: Public,
    request: HttpRequest,
    body: Body<InvitationToken>,
) -> ApiResult<Json<InvitationPreview>> {
    let tx = who.system().await?;
    let row = find_open(&tx, &body.value.token).await?;
    let district = district::Entity::find_by_id(row.district_id)
        .one(&tx)
        .await?
        .ok_or(ErrorCode::LinkExpired)?;
    let own = district_role::Entity::find()
        .filter(district_role::Column::DistrictId.eq(row.district_id))
        .all(&tx)
        .await?;
    Ok(Json(InvitationPreview {
        account_exists: find_account(&tx, &row.email).await?.is_some(),
        role_name: role_name(&row.role_key, &own, problem::language(&request)),
        email: row.email,
        area_name: district.name,
        unit_name: district.unit_name,
        expires_at: row.expires_at,
    }))
}

/// Accept an invitation
///
/// A new account is made and signed in. Who has an account with that email must be signed in with it.
#[utoipa::path(post, path = "/api/v1/auth/invitation/accept", tag = "auth", request_body = InvitationAccept,
    responses((status = 200, body = TokenPair),
        (status = 401, description = "The email has an account: sign in first", body = problem::Problem, content_type = "application/problem+json"),
        (status = 410, description = "The link is no longer good", body = problem::Problem, content_type = "application/problem+json"),
        (status = 423, description = "The workspace is suspended; the link stays good", body = problem::Problem, content_type = "application/problem+json")))]
async fn accept_invitation(who: Public, request: HttpRequest, body: Body<InvitationAccept>) -> ApiResult<HttpResponse> {
    let input = body.value;
    // Before the transaction: looking who it is takes a connection too, and with all taken nobody would get a second one.
    let signed_in = SignedIn::extract(&request).await.ok();
    let tx = who.system().await?;
    let row = find_open(&tx, &input.token).await?;
    let account = match find_account(&tx, &row.email).await? {
        Some(account) => require_signed_in(signed_in, account)?,
        None => create_account(&tx, &row.email, input.name.as_deref(), input.password).await?,
    };
    let membership = join(&tx, &row, account.id).await?;
    let opened = session::open(&tx, account.id).await?;
    audit::record(&tx, Change::of("invitation_accepted", "invitation", row.id)).await?;
    // From here on only the district's own rows: it is to read in its own trail who has joined.
    let mut tx = tx.join_district(&row).await?.ok_or(ErrorCode::LinkExpired)?;
    // Nobody joins a suspended workspace; what was written above is undone, and the invitation stays open.
    standing::hold(&tx, LockType::Share).await.map_err(|error| {
        error.detail(Text::fixed(
            "Ruang kerja daerah ini sedang ditangguhkan. Undangan ini tetap berlaku; tanyakan kepada yang mengundang Anda.",
            "The workspace of this district is suspended. The invitation stays good; ask whoever invited you.",
        ))
    })?;
    tx.set_origin(Origin {
        actor_id: Some(account.id),
        actor_name: account.name,
        ..who.origin.clone()
    });
    let joined = serde_json::json!({ "email": row.email, "role_key": membership.role_key });
    let joined = Change::of("join", "membership", membership.id).after(joined);
    let changed = succession::take_over(&tx, &row, &membership).await?;
    audit::record(&tx, joined).await?;
    tx.commit().await?;
    for account in changed.into_iter().chain([account.id]) {
        who.app.shared.access.forget_account(account);
    }
    renew_summary(&who, row.district_id).await;
    answer(&who.app.shared, &opened, None)
}

/// Who has joined is part of a district's summary. In a transaction of its own: it takes the district's turn, which comes before
/// the locks that joining holds. When it fails, the next write or the hourly job does it.
async fn renew_summary(who: &Public, district: DistrictId) {
    let renewed: ApiResult<()> = async {
        let tx = who.app.db.tenant(district, who.origin.clone()).await?;
        readiness::refresh(&tx).await?;
        Ok(tx.commit().await?)
    }
    .await;
    if let Err(error) = renewed {
        tracing::warn!(?error, %district, "the summary was not renewed after somebody joined");
    }
}

fn require_signed_in(who: Option<SignedIn>, account: account::Model) -> ApiResult<account::Model> {
    if who.is_some_and(|who| who.access.account_id == account.id) {
        return Ok(account);
    }
    Err(ApiError::new(ErrorCode::Unauthenticated).detail(Text::fixed(
        "Surel undangan ini sudah punya akun. Masuk dengan akun itu, lalu buka lagi tautan undangan.",
        "The email of this invitation has an account. Sign in with it, then open the invitation's link again.",
    )))
}

async fn create_account(
    tx: &SystemTx,
    email: &str,
    name: Option<&str>,
    password: Option<String>,
) -> ApiResult<account::Model> {
    let password = password.unwrap_or_default();
    let mut checks = Checks::new();
    let name = checks.name("name", name.unwrap_or_default(), 120);
    password::check_new(&mut checks, "password", &password, email);
    checks.finish()?;
    let hash = password::hash(password).await?;
    insert_account(tx, email, &name, hash).await
}

/// Makes an account whose email is confirmed.
///
/// # Errors
/// When the database refuses.
pub async fn insert_account(
    tx: &SystemTx,
    email: &str,
    name: &str,
    password_hash: String,
) -> ApiResult<account::Model> {
    let now = Utc::now();
    let id = AccountId::generate();
    let account = account::ActiveModel {
        id: Set(id),
        email: Set(email.to_owned()),
        name: Set(name.to_owned()),
        locale: Set("id".to_owned()),
        email_confirmed_at: Set(Some(now)),
        disabled_at: Set(None),
        first_signed_in_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(tx)
    .await?;
    account_credential::ActiveModel {
        account_id: Set(id),
        password_hash: Set(password_hash),
        password_changed_at: Set(now),
        totp_secret_sealed: Set(None),
        totp_confirmed_at: Set(None),
        totp_last_step: Set(None),
    }
    .insert(tx)
    .await?;
    Ok(account)
}

/// The membership that the invitation gives, or the one that the person has in the district already.
async fn join(tx: &SystemTx, row: &invitation::Model, account: AccountId) -> ApiResult<membership::Model> {
    let now = Utc::now();
    let existing = membership::Entity::find()
        .filter(membership::Column::AccountId.eq(account))
        .filter(membership::Column::DistrictId.eq(row.district_id))
        .one(tx)
        .await?;
    if let Some(existing) = existing {
        return Ok(existing);
    }
    let membership = membership::ActiveModel {
        id: Set(MembershipId::generate()),
        account_id: Set(account),
        scope: Set("district".to_owned()),
        district_id: Set(Some(row.district_id)),
        province_code: Set(None),
        role_key: Set(row.role_key.clone()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    Ok(membership.insert(tx).await?)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, preview_invitation, accept_invitation);
}
