//! Sign-in, refresh, sign-out and password reset.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration as CookieDuration},
};
use chrono::{Duration, Utc};
use entity::{account, account_credential, ids::AccountId, one_time_token};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Public, password, second_factor,
    session::{self, Opened, Refreshed},
    throttle::{self, Bucket},
    token::{self, ACCESS_TOKEN_SECONDS, RandomToken},
};
use crate::{
    app::Shared,
    audit::{self, Change},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Language, Text},
    http::{Body, Checks, NoContent, endpoint::Endpoints},
    jobs::{mail::MailContent, outbox},
};

const REFRESH_COOKIE: &str = "satupintu_refresh";
const DEVICE_COOKIE: &str = "satupintu_device";
const COOKIE_PATH: &str = "/api/v1/auth";
const RESET_LINK_HOURS: i64 = 2;

/// Email and password, and the second factor when the account has one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The email the account was made with.
    #[schema(example = "admin.gowa@demo.satupintu.example")]
    pub email: String,
    /// The password.
    #[schema(example = "SatuPintu-Demo-2026")]
    pub password: String,
    /// Six digits from the authenticator app, or a recovery code. Ask for it after `second_factor_required`.
    pub second_factor_code: Option<String>,
}

/// An access token. The refresh token comes as an HttpOnly cookie.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TokenPair {
    /// Send it as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: String,
    /// Seconds until it ends.
    #[schema(example = 900)]
    pub expires_in: i64,
}

/// Whose password to reset.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// The email of the account.
    #[schema(example = "admin.gowa@demo.satupintu.example")]
    pub email: String,
}

/// The link's token and the new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordResetConfirm {
    /// From the link in the mail.
    pub token: String,
    /// 12 to 128 characters.
    pub password: String,
}

/// Sign in
///
/// A wrong password, an unknown email and a disabled account look the same and take the same time.
#[utoipa::path(post, path = "/api/v1/auth/login", tag = "auth", request_body = Login,
    responses((status = 200, body = TokenPair), (status = 401, description = "Not signed in", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn login(who: Public, request: HttpRequest, body: Body<Login>) -> ApiResult<HttpResponse> {
    let input = body.value;
    let email = input.email.trim().to_lowercase();
    if email.len() > 254 || input.password.len() > 4 * password::MAX_LENGTH {
        return Err(ErrorCode::InvalidCredentials.into());
    }
    let tx = who.system().await?;
    let device = request.cookie(DEVICE_COOKIE).map(|cookie| cookie.value().to_owned());
    let buckets = buckets(&who.app.shared, device.as_deref(), &email, &who.origin.ip);
    throttle::check(&tx, &buckets).await?;
    let found = find_account(&tx, &email).await?;
    // Hashing takes time; do not hold a connection meanwhile.
    drop(tx);
    let hash = found.as_ref().map(|(_, credential)| credential.password_hash.clone());
    let matches = password::verify(input.password, hash.clone()).await?;
    let tx = who.system().await?;
    // Read again: what was proven must still be the password when the session opens, and not one that was reset meanwhile.
    let found = find_account(&tx, &email).await?;
    let found = found.filter(|(_, credential)| matches && Some(&credential.password_hash) == hash.as_ref());
    let Some((account, credential)) = found else {
        return fail(tx, &buckets, &email, ErrorCode::InvalidCredentials).await;
    };
    if credential.totp_confirmed_at.is_some() {
        let Some(code) = input
            .second_factor_code
            .as_deref()
            .filter(|code| !code.trim().is_empty())
        else {
            return Err(ErrorCode::SecondFactorRequired.into());
        };
        let good = second_factor::use_code(&tx, &who.app.shared.master_key, &credential, code).await?
            || second_factor::use_recovery_code(&tx, account.id, code).await?;
        if !good {
            return fail(tx, &buckets, &email, ErrorCode::SecondFactorInvalid).await;
        }
    }
    throttle::forgive(&tx, &buckets).await?;
    let opened = session::open(&tx, account.id).await?;
    audit::record(&tx, Change::of("sign_in", "account", account.id)).await?;
    tx.commit().await?;
    let device = device_cookie(&who.app.shared, &email)?;
    answer(&who.app.shared, &opened, Some(device))
}

async fn fail(tx: SystemTx, buckets: &[Bucket], email: &str, code: ErrorCode) -> ApiResult<HttpResponse> {
    throttle::record_failure(&tx, buckets).await?;
    audit::record(&tx, Change::of("sign_in_failed", "account", email)).await?;
    tx.commit().await?;
    Err(code.into())
}

async fn find_account(tx: &SystemTx, email: &str) -> ApiResult<Option<(account::Model, account_credential::Model)>> {
    let account = account::Entity::find()
        .filter(account::Column::Email.eq(email))
        .filter(account::Column::DisabledAt.is_null())
        .one(tx)
        .await?;
    let Some(account) = account else {
        return Ok(None);
    };
    let credential = account_credential::Entity::find_by_id(account.id).one(tx).await?;
    Ok(credential.map(|credential| (account, credential)))
}

fn buckets(shared: &Shared, device: Option<&str>, email: &str, ip: &str) -> Vec<Bucket> {
    match device.filter(|device| is_known_device(shared, device, email)) {
        Some(device) => vec![Bucket::device(device)],
        None => vec![
            Bucket::account_from_address(email, ip),
            Bucket::account(email),
            Bucket::address(ip),
        ],
    }
}

/// The device cookie is a sealed email with some randomness: nobody can make one without having signed in.
fn device_cookie(shared: &Shared, email: &str) -> ApiResult<Cookie<'static>> {
    let sealed = shared
        .master_key
        .seal("device", email.as_bytes())
        .map_err(ApiError::internal)?;
    Ok(cookie(
        shared,
        DEVICE_COOKIE,
        hex::encode(sealed),
        CookieDuration::days(365),
    ))
}

fn is_known_device(shared: &Shared, device: &str, email: &str) -> bool {
    hex::decode(device)
        .ok()
        .and_then(|sealed| shared.master_key.open("device", &sealed).ok())
        .is_some_and(|opened| opened == email.as_bytes())
}

fn cookie(shared: &Shared, name: &'static str, value: String, age: CookieDuration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(COOKIE_PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(shared.config.public_url().starts_with("https://"))
        .max_age(age)
        .finish()
}

/// Answers with an access token and the refresh cookie.
///
/// # Errors
/// Only when signing fails.
pub fn answer(shared: &Shared, opened: &Opened, device: Option<Cookie<'static>>) -> ApiResult<HttpResponse> {
    let access_token = token::sign(&shared.token_keys, opened.account_id, opened.session_id, Utc::now())?;
    let refresh = cookie(
        shared,
        REFRESH_COOKIE,
        opened.refresh_token.secret.clone(),
        CookieDuration::days(session::IDLE_DAYS),
    );
    let mut answer = HttpResponse::Ok();
    answer.cookie(refresh);
    if let Some(device) = device {
        answer.cookie(device);
    }
    Ok(answer.json(TokenPair {
        access_token,
        token_type: "Bearer".to_owned(),
        expires_in: ACCESS_TOKEN_SECONDS,
    }))
}

/// Get a new access token
///
/// Uses the refresh cookie and replaces it. A cookie that was already replaced ends the session: somebody has a copy.
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "auth",
    responses((status = 200, body = TokenPair), (status = 401, description = "The session has ended", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn refresh(who: Public, request: HttpRequest) -> ApiResult<HttpResponse> {
    let cookie = request.cookie(REFRESH_COOKIE).ok_or(ErrorCode::SessionExpired)?;
    let tx = who.system().await?;
    match session::refresh(&tx, cookie.value()).await? {
        Refreshed::Yes(opened) => {
            tx.commit().await?;
            answer(&who.app.shared, &opened, None)
        }
        Refreshed::Reused(account) => {
            audit::record(&tx, Change::of("refresh_token_reused", "account", account)).await?;
            tx.commit().await?;
            who.app.shared.access.forget_account(account);
            Err(ErrorCode::SessionExpired.into())
        }
    }
}

/// Sign out
///
/// Ends the session of the refresh cookie. Without one there is nothing to do.
#[utoipa::path(post, path = "/api/v1/auth/logout", tag = "auth", responses((status = 204)))]
async fn logout(who: Public, request: HttpRequest) -> ApiResult<HttpResponse> {
    if let Some(cookie) = request.cookie(REFRESH_COOKIE) {
        let tx = who.system().await?;
        match session::refresh(&tx, cookie.value()).await {
            Ok(Refreshed::Yes(opened)) => {
                session::revoke(&tx, opened.account_id, Some(opened.session_id), "signed_out").await?;
                audit::record(&tx, Change::of("sign_out", "account", opened.account_id)).await?;
                tx.commit().await?;
                who.app.shared.access.forget_account(opened.account_id);
            }
            // The answer to the last refresh was lost, so the cookie is an old one: its session has just been ended.
            Ok(Refreshed::Reused(account)) => {
                audit::record(&tx, Change::of("sign_out", "account", account)).await?;
                tx.commit().await?;
                who.app.shared.access.forget_account(account);
            }
            Err(_) => {}
        }
    }
    let mut gone = cookie(&who.app.shared, REFRESH_COOKIE, String::new(), CookieDuration::ZERO);
    gone.make_removal();
    Ok(HttpResponse::NoContent().cookie(gone).finish())
}

/// Ask for a link to set a new password
///
/// Always 202, whether the email has an account or not.
#[utoipa::path(post, path = "/api/v1/auth/password-reset", tag = "auth", request_body = PasswordReset,
    responses((status = 202)))]
async fn request_password_reset(who: Public, body: Body<PasswordReset>) -> ApiResult<HttpResponse> {
    let mut checks = Checks::new();
    let email = checks.email("email", &body.value.email);
    checks.finish()?;
    let tx = who.system().await?;
    if let Some((account, _)) = find_account(&tx, &email).await? {
        let token = RandomToken::generate();
        issue_link(
            &tx,
            "password_reset",
            account.id,
            &token,
            Duration::hours(RESET_LINK_HOURS),
        )
        .await?;
        let link = who
            .app
            .shared
            .config
            .link(&format!("/atur-ulang#token={}", token.secret));
        let content = reset_mail(&account.name, link);
        outbox::enqueue_mail(&tx, &account.email, Language::from_locale(&account.locale), &content).await?;
        audit::record(&tx, Change::of("password_reset_requested", "account", account.id)).await?;
        tx.commit().await?;
    }
    Ok(HttpResponse::Accepted().finish())
}

fn reset_mail(name: &str, link: String) -> MailContent {
    MailContent {
        subject: Text::fixed("Atur ulang kata sandi Satu Pintu", "Reset your Satu Pintu password"),
        name: name.to_owned(),
        paragraphs: vec![
            Text::new(
                format!(
                    "Kami menerima permintaan untuk mengatur ulang kata sandi Anda. Tautan ini berlaku {RESET_LINK_HOURS} jam dan hanya dapat dipakai sekali."
                ),
                format!(
                    "We were asked to reset your password. This link is good for {RESET_LINK_HOURS} hours and works once."
                ),
            ),
            Text::fixed(
                "Bila Anda tidak memintanya, abaikan surel ini; kata sandi Anda tidak berubah.",
                "If you did not ask for it, ignore this mail; your password stays as it is.",
            ),
        ],
        action: Some((Text::fixed("Buat kata sandi baru", "Set a new password"), link)),
    }
}

async fn issue_link(
    tx: &SystemTx,
    purpose: &str,
    account: AccountId,
    token: &RandomToken,
    good_for: Duration,
) -> ApiResult<()> {
    one_time_token::ActiveModel {
        token_hash: Set(token.hash.clone()),
        purpose: Set(purpose.to_owned()),
        account_id: Set(Some(account)),
        subject_id: Set(None),
        created_at: Set(Utc::now()),
        expires_at: Set(Utc::now() + good_for),
        used_at: Set(None),
    }
    .insert(tx)
    .await?;
    Ok(())
}

/// Set a new password with the link from the mail
///
/// Ends all sessions of the account and all other reset links.
#[utoipa::path(post, path = "/api/v1/auth/password-reset/confirm", tag = "auth", request_body = PasswordResetConfirm,
    responses((status = 204), (status = 410, description = "The link is no longer good", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn confirm_password_reset(who: Public, body: Body<PasswordResetConfirm>) -> ApiResult<NoContent> {
    let input = body.value;
    let tx = who.system().await?;
    let link = one_time_token::Entity::find_by_id(RandomToken::hash(&input.token))
        .filter(one_time_token::Column::Purpose.eq("password_reset"))
        .filter(one_time_token::Column::UsedAt.is_null())
        .filter(one_time_token::Column::ExpiresAt.gt(Utc::now()))
        .one(&tx)
        .await?;
    let account_id = link.and_then(|link| link.account_id).ok_or(ErrorCode::LinkExpired)?;
    let account = account::Entity::find_by_id(account_id)
        .one(&tx)
        .await?
        .ok_or(ErrorCode::LinkExpired)?;
    let mut checks = Checks::new();
    password::check_new(&mut checks, "password", &input.password, &account.email);
    checks.finish()?;
    set_password(&tx, account_id, input.password).await?;
    one_time_token::Entity::update_many()
        .col_expr(one_time_token::Column::UsedAt, Expr::current_timestamp())
        .filter(one_time_token::Column::AccountId.eq(account_id))
        .filter(one_time_token::Column::Purpose.eq("password_reset"))
        .exec(&tx)
        .await?;
    session::revoke(&tx, account_id, None, "password_reset").await?;
    audit::record(&tx, Change::of("password_reset", "account", account_id)).await?;
    tx.commit().await?;
    who.app.shared.access.forget_account(account_id);
    Ok(NoContent)
}

/// Stores a new password.
///
/// # Errors
/// When hashing or the database fails.
pub async fn set_password(tx: &SystemTx, account: AccountId, new: String) -> ApiResult<()> {
    let hash = password::hash(new).await?;
    account_credential::Entity::update_many()
        .col_expr(account_credential::Column::PasswordHash, Expr::value(hash))
        .col_expr(account_credential::Column::PasswordChangedAt, Expr::current_timestamp())
        .filter(account_credential::Column::AccountId.eq(account))
        .exec(tx)
        .await?;
    Ok(())
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        login,
        refresh,
        logout,
        request_password_reset,
        confirm_password_reset
    );
}
