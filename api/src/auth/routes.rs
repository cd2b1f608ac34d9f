//! Sign-in, refresh and sign-out.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration as CookieDuration},
    http::header,
};
use chrono::Utc;
use entity::{account, account_credential, ids::AccountId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::LockType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Public, password, second_factor,
    session::{self, Opened, Refreshed},
    throttle::{self, Bucket},
    token::{self, ACCESS_TOKEN_SECONDS},
};
use crate::{
    app::Shared,
    audit::{self, Change},
    config::CookieSameSite,
    db::{Origin, SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode},
    http::{Body, endpoint::Endpoints},
};

const REFRESH_COOKIE: &str = "satupintu_refresh";
const DEVICE_COOKIE: &str = "satupintu_device";
const COOKIE_PATH: &str = "/api/v1/auth";

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
    // Counted before anything is looked at, and seen by all who try at the same time.
    throttle::reserve(&tx, &buckets).await?;
    let found = find_account(&tx, &email).await?;
    // Hashing takes time; do not hold a connection meanwhile.
    tx.commit().await?;
    let hash = found.as_ref().map(|(_, credential)| credential.password_hash.clone());
    let matches = password::verify(input.password, hash.clone()).await?;
    let mut tx = who.system().await?;
    let known = found.as_ref().map(|(account, _)| account.id);
    // Read again: what was proven must still be the password when the session opens, and not one that was reset meanwhile.
    let found = match found {
        Some((account, _)) => lock_account(&tx, account.id).await?,
        None => None,
    };
    let found = found.filter(|(_, credential)| matches && Some(&credential.password_hash) == hash.as_ref());
    let Some((account, credential)) = found else {
        return fail(tx, known, ErrorCode::InvalidCredentials).await;
    };
    if credential.totp_confirmed_at.is_some() {
        let Some(code) = input
            .second_factor_code
            .as_deref()
            .filter(|code| !code.trim().is_empty())
        else {
            throttle::release(&tx, &buckets).await?;
            tx.commit().await?;
            return Err(ErrorCode::SecondFactorRequired.into());
        };
        // Counted within the transaction: the lock on the credential lets one after the other try.
        let tries = [Bucket::second_factor(account.id)];
        if let Err(error) = throttle::reserve(&tx, &tries).await {
            throttle::release(&tx, &buckets).await?;
            tx.commit().await?;
            return Err(error);
        }
        if !second_factor::use_any(&tx, &who.app.shared.master_key, &credential, code).await? {
            return fail(tx, known, ErrorCode::SecondFactorInvalid).await;
        }
        throttle::forgive(&tx, &tries).await?;
    }
    tx.set_origin(Origin {
        actor_id: Some(account.id),
        actor_name: account.name.clone(),
        ..who.origin.clone()
    });
    throttle::forgive(&tx, &buckets).await?;
    let opened = session::open(&tx, account.id).await?;
    audit::record(&tx, Change::of("sign_in", "account", account.id)).await?;
    tx.commit().await?;
    let device = device_cookie(&who.app.shared, &email)?;
    answer(&who.app.shared, &opened, Some(device))
}

/// The attempt was counted before it was looked at. The trail is for ever and names an account only: what was typed in place of
/// an email may have been a password.
async fn fail(tx: SystemTx, account: Option<AccountId>, code: ErrorCode) -> ApiResult<HttpResponse> {
    let whose = account.map_or_else(|| "unknown".to_owned(), |account| account.to_string());
    audit::record(&tx, Change::of("sign_in_failed", "account", whose)).await?;
    tx.commit().await?;
    Err(code.into())
}

pub(super) async fn find_account(
    tx: &SystemTx,
    email: &str,
) -> ApiResult<Option<(account::Model, account_credential::Model)>> {
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

/// The account as it is now, held until the transaction ends: whoever changes the password, the second factor or whether the
/// account may be used writes the credential's row before looking for sessions to end, so either this one waits for them and
/// reads what they wrote, or they wait and find the session. Not `FOR SHARE`: two sign-ins with a code both write the row.
async fn lock_account(tx: &SystemTx, id: AccountId) -> ApiResult<Option<(account::Model, account_credential::Model)>> {
    let credential = account_credential::Entity::find_by_id(id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    let account = account::Entity::find_by_id(id)
        .filter(account::Column::DisabledAt.is_null())
        .one(tx)
        .await?;
    Ok(account.zip(credential))
}

fn buckets(shared: &Shared, device: Option<&str>, email: &str, ip: &str) -> Vec<Bucket> {
    match device.and_then(|device| known_device(shared, device, email)) {
        Some(sealed) => vec![Bucket::device(&sealed)],
        None => vec![
            Bucket::account_from_address(email, ip),
            Bucket::account(email),
            Bucket::address(ip),
        ],
    }
}

/// The device cookie is a sealed email with some randomness: nobody can make one without having signed in.
pub(super) fn device_cookie(shared: &Shared, email: &str) -> ApiResult<Cookie<'static>> {
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

/// The sealed bytes of a device cookie, when it is one of that email.
fn known_device(shared: &Shared, device: &str, email: &str) -> Option<Vec<u8>> {
    let sealed = hex::decode(device).ok()?;
    let opened = shared.master_key.open("device", &sealed).ok()?;
    (opened == email.as_bytes()).then_some(sealed)
}

fn cookie(shared: &Shared, name: &'static str, value: String, age: CookieDuration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(COOKIE_PATH)
        .http_only(true)
        .same_site(match shared.config.cookie_same_site {
            CookieSameSite::Strict => SameSite::Strict,
            CookieSameSite::None => SameSite::None,
        })
        .secure(shared.config.public_url().starts_with("https://"))
        .max_age(age)
        .finish()
}

/// With `SameSite=None` browsers send the cookies along with requests of any page. One that names an origin must name ours
/// or one of the settings; a browser names it with every POST.
fn refuse_other_sites(shared: &Shared, request: &HttpRequest) -> ApiResult<()> {
    let config = &shared.config;
    let Some(origin) = request.headers().get(header::ORIGIN) else {
        return Ok(());
    };
    let own = config.public_url();
    let known = |origin: &str| origin == own || config.origins().any(|known| known == origin);
    if config.cookie_same_site == CookieSameSite::None && !origin.to_str().is_ok_and(known) {
        return Err(ErrorCode::Forbidden.into());
    }
    Ok(())
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
    refuse_other_sites(&who.app.shared, &request)?;
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
    refuse_other_sites(&who.app.shared, &request)?;
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

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, login, refresh, logout);
}
