//! Password, second factor and sessions of one's own account.

use actix_web::web::Json;
use chrono::{DateTime, Utc};
use entity::{account, account_credential, ids::SessionId, session};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::mails::{SecurityChange, tell_owner};
use crate::{
    audit::{self, Change},
    auth::{
        SignedIn, password,
        reset::{set_password, void_links},
        second_factor, session as sessions,
        throttle::{self, Bucket},
    },
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{Body, Checks, NoContent, Page, PageQuery, Path, Query, endpoint::Endpoints},
};

/// The old and the new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The password until now.
    pub current_password: String,
    /// 12 to 128 characters.
    pub new_password: String,
}

/// Proof that it is really this person: password and second factor, as at sign-in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorDisable {
    /// The account's password.
    pub password: String,
    /// Six digits from the authenticator app, or a recovery code.
    pub second_factor_code: String,
}

/// Proof that it is the account's owner who sets up a second factor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorBegin {
    /// The account's password.
    pub password: String,
}

/// A secret for an authenticator app, not in force until confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactorSecret {
    /// For typing into the app.
    pub secret: String,
    /// For a QR code.
    pub otpauth_uri: String,
}

/// A code that shows the app works.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorConfirm {
    /// Six digits from the app.
    pub code: String,
}

/// One-time codes for a lost phone, shown only now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Each is good once.
    pub recovery_codes: Vec<String>,
}

/// A signed-in device.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Used last.
    pub last_used_at: DateTime<Utc>,
    /// What the browser calls itself.
    pub user_agent: String,
    /// Address it signed in from.
    pub ip: String,
    /// It is the one that asks.
    pub current: bool,
}

#[derive(Deserialize)]
struct SessionPath {
    session_id: SessionId,
}

async fn credential(who: &SignedIn, tx: &SystemTx) -> ApiResult<account_credential::Model> {
    account_credential::Entity::find_by_id(who.access.account_id)
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| ErrorCode::SessionExpired.into())
}

/// Counts an attempt to show who holds the session, before it is looked at: whoever found an open screen must not guess
/// without end. Only sessions of this account fill the bucket, so nobody else can keep its owner waiting.
async fn reserve_proof(who: &SignedIn) -> ApiResult<Bucket> {
    let bucket = Bucket::proof(who.access.account_id);
    let tx = who.system().await?;
    throttle::reserve(&tx, std::slice::from_ref(&bucket)).await?;
    tx.commit().await?;
    Ok(bucket)
}

async fn prove(field: &'static str, password: String, hash: String) -> ApiResult<()> {
    if password::verify(password, Some(hash)).await? {
        return Ok(());
    }
    Err(ApiError::invalid(vec![FieldError {
        field: field.to_owned(),
        code: "wrong_password",
        message: Text::fixed("Kata sandi tidak cocok.", "The password does not match."),
    }]))
}

fn wrong_code(field: &'static str) -> ApiError {
    ApiError::invalid(vec![FieldError {
        field: field.to_owned(),
        code: "wrong_code",
        message: Text::fixed(
            "Kode tidak cocok. Periksa jam ponsel Anda, lalu masukkan kode yang sedang tampil.",
            "The code does not match. Check your phone's clock and enter the code shown now.",
        ),
    }])
}

async fn end_other_sessions(who: &SignedIn, tx: &SystemTx, why: &'static str) -> ApiResult<()> {
    let account = who.access.account_id;
    let others = session::Entity::find()
        .filter(session::Column::AccountId.eq(account))
        .filter(session::Column::Id.ne(who.access.session_id))
        .filter(session::Column::RevokedAt.is_null())
        .all(tx)
        .await?;
    for other in others {
        sessions::revoke(tx, account, Some(other.id), why).await?;
    }
    Ok(())
}

async fn tell(who: &SignedIn, tx: &SystemTx, change: SecurityChange) -> ApiResult<()> {
    let account = account::Entity::find_by_id(who.access.account_id).one(tx).await?;
    let account = account.ok_or(ErrorCode::SessionExpired)?;
    tell_owner(tx, Some(&who.app.shared.config), &account, change).await
}

/// Change one's own password
///
/// Other sessions end, links to reset the password are no longer good, and a mail tells the owner.
#[utoipa::path(post, path = "/api/v1/me/password", tag = "account", request_body = PasswordChange, responses((status = 204)))]
async fn change_password(who: SignedIn, body: Body<PasswordChange>) -> ApiResult<NoContent> {
    let input = body.value;
    let mut checks = Checks::new();
    password::check_new(&mut checks, "new_password", &input.new_password, &who.access.email);
    checks.finish()?;
    let attempt = reserve_proof(&who).await?;
    let tx = who.system().await?;
    let credential = credential(&who, &tx).await?;
    prove("current_password", input.current_password, credential.password_hash).await?;
    let account = who.access.account_id;
    set_password(&tx, account, input.new_password).await?;
    // A link that somebody else had mailed to a mailbox they read must not undo this.
    void_links(&tx, account).await?;
    throttle::forgive(&tx, &[attempt]).await?;
    end_other_sessions(&who, &tx, "password_changed").await?;
    tell(&who, &tx, SecurityChange::PasswordChanged).await?;
    audit::record(&tx, Change::of("password_changed", "account", account)).await?;
    tx.commit().await?;
    who.app.shared.access.forget_account(account);
    Ok(NoContent)
}

/// Begin to set up a second factor
///
/// Asks for the password: whoever found an open screen must not lock its owner out with a phone of their own. Makes a new
/// secret, in force only after `confirm_second_factor`.
#[utoipa::path(post, path = "/api/v1/me/second-factor", tag = "account", request_body = SecondFactorBegin,
    responses((status = 200, body = SecondFactorSecret), (status = 409, description = "A second factor is already set up", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn begin_second_factor(who: SignedIn, body: Body<SecondFactorBegin>) -> ApiResult<Json<SecondFactorSecret>> {
    let attempt = reserve_proof(&who).await?;
    let tx = who.system().await?;
    let credential = credential(&who, &tx).await?;
    prove("password", body.value.password, credential.password_hash.clone()).await?;
    throttle::forgive(&tx, &[attempt]).await?;
    if credential.totp_confirmed_at.is_some() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Kode keamanan sudah aktif. Matikan dahulu bila ingin mengganti ponsel.",
            "The security code is already on. Turn it off first to change the phone.",
        )));
    }
    let secret = second_factor::new_secret(&who.app.shared.master_key)?;
    let mut row = credential.into_active_model();
    row.totp_secret_sealed = Set(Some(secret.sealed));
    row.totp_last_step = Set(None);
    row.update(&tx).await?;
    audit::record(&tx, Change::of("second_factor_begun", "account", who.access.account_id)).await?;
    tx.commit().await?;
    Ok(Json(SecondFactorSecret {
        otpauth_uri: second_factor::otpauth_uri(&secret.base32, &who.access.email),
        secret: secret.base32,
    }))
}

/// Finish setting up a second factor
///
/// Other sessions end, and a mail tells the owner.
#[utoipa::path(post, path = "/api/v1/me/second-factor/confirm", tag = "account", request_body = SecondFactorConfirm,
    responses((status = 200, body = RecoveryCodes)))]
async fn confirm_second_factor(who: SignedIn, body: Body<SecondFactorConfirm>) -> ApiResult<Json<RecoveryCodes>> {
    let tx = who.system().await?;
    let credential = credential(&who, &tx).await?;
    let account = who.access.account_id;
    let good = credential.totp_confirmed_at.is_none()
        && second_factor::use_code(&tx, &who.app.shared.master_key, &credential, &body.value.code).await?;
    if !good {
        return Err(wrong_code("code"));
    }
    let mut row = credential.into_active_model();
    row.totp_confirmed_at = Set(Some(Utc::now()));
    row.update(&tx).await?;
    let recovery_codes = second_factor::new_recovery_codes(&tx, account).await?;
    // They were opened with the password alone, perhaps by somebody else.
    end_other_sessions(&who, &tx, "second_factor_enabled").await?;
    tell(&who, &tx, SecurityChange::SecondFactorOn).await?;
    audit::record(&tx, Change::of("second_factor_enabled", "account", account)).await?;
    tx.commit().await?;
    who.app.shared.access.forget_account(account);
    Ok(Json(RecoveryCodes { recovery_codes }))
}

/// Turn the second factor off
///
/// Asks for both factors once more; a recovery code will do when the phone is lost. A mail tells the owner.
#[utoipa::path(post, path = "/api/v1/me/second-factor/disable", tag = "account", request_body = SecondFactorDisable,
    responses((status = 204)))]
async fn disable_second_factor(who: SignedIn, body: Body<SecondFactorDisable>) -> ApiResult<NoContent> {
    let input = body.value;
    let attempt = reserve_proof(&who).await?;
    let tx = who.system().await?;
    let credential = credential(&who, &tx).await?;
    prove("password", input.password, credential.password_hash.clone()).await?;
    // One that was begun and never confirmed proves nothing yet.
    if credential.totp_confirmed_at.is_some() {
        let code = &input.second_factor_code;
        if !second_factor::use_any(&tx, &who.app.shared.master_key, &credential, code).await? {
            return Err(wrong_code("second_factor_code"));
        }
    }
    let account = who.access.account_id;
    let was_on = credential.totp_confirmed_at.is_some();
    second_factor::remove(&tx, account).await?;
    throttle::forgive(&tx, &[attempt]).await?;
    if was_on {
        tell(&who, &tx, SecurityChange::SecondFactorOff).await?;
    }
    audit::record(&tx, Change::of("second_factor_disabled", "account", account)).await?;
    tx.commit().await?;
    who.app.shared.access.forget_account(account);
    Ok(NoContent)
}

/// List the devices on which one is signed in, the last used first
#[utoipa::path(get, path = "/api/v1/me/sessions", tag = "account", params(PageQuery), responses((status = 200, body = Page<Session>)))]
async fn list_sessions(who: SignedIn, Query(page): Query<PageQuery>) -> ApiResult<Json<Page<Session>>> {
    let limit = page.limit()?;
    let tx = who.system().await?;
    let mut select = session::Entity::find()
        .filter(session::Column::AccountId.eq(who.access.account_id))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(Utc::now()))
        .order_by_desc(session::Column::Id)
        .limit(limit + 1);
    if let Some(after) = page.after::<SessionId>()? {
        select = select.filter(session::Column::Id.lt(after));
    }
    let rows = select.all(&tx).await?;
    let current = who.access.session_id;
    Ok(Json(Page::of(
        rows,
        limit,
        |row| row.id,
        |row| Session {
            id: row.id,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            user_agent: row.user_agent,
            ip: row.ip,
            current: row.id == current,
        },
    )))
}

/// Sign out a device
#[utoipa::path(delete, path = "/api/v1/me/sessions/{session_id}", tag = "account",
    responses((status = 204), (status = 404, description = "No such session of yours", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn delete_session(who: SignedIn, Path(path): Path<SessionPath>) -> ApiResult<NoContent> {
    let tx = who.system().await?;
    let account = who.access.account_id;
    if sessions::revoke(&tx, account, Some(path.session_id), "revoked_by_owner").await? == 0 {
        return Err(ErrorCode::NotFound.into());
    }
    audit::record(&tx, Change::of("revoke", "session", path.session_id)).await?;
    tx.commit().await?;
    who.app.shared.access.forget_account(account);
    Ok(NoContent)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        change_password,
        begin_second_factor,
        confirm_second_factor,
        disable_second_factor,
        list_sessions,
        delete_session,
    );
}
