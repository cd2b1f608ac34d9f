//! A new password for who forgot it.
//!
//! Who asks is answered before anybody has looked whether the email has an account: the handler only notes the request in
//! the outbox, and the job does the rest. So the answer takes the same time for all.

use actix_web::HttpResponse;
use chrono::{Duration, Utc};
use entity::{account, account_credential, ids::AccountId, one_time_token};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Public, password,
    routes::{self, find_account},
    session,
    throttle::{self, Bucket},
    token::RandomToken,
};
use crate::{
    accounts::mails::{SecurityChange, tell_owner},
    app::Shared,
    audit::{self, Change},
    db::{Db, Origin, SystemTx, Transaction},
    endpoints,
    error::{ApiResult, ErrorCode, Language, Text},
    http::{Body, Checks, endpoint::Endpoints},
    jobs::{mail::MailContent, outbox},
};

const PURPOSE: &str = "password_reset";
const LINK_HOURS: i64 = 2;

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

/// A request as it waits in the outbox.
#[derive(Debug, Serialize, Deserialize)]
pub struct Requested {
    email: String,
    ip: String,
    user_agent: String,
    request_id: String,
}

/// Ask for a link to set a new password
///
/// Always 202, whether the email has an account or not; the mail follows a moment later.
#[utoipa::path(post, path = "/api/v1/auth/password-reset", tag = "auth", request_body = PasswordReset,
    responses((status = 202), (status = 429, description = "Asked for several times already", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn request_password_reset(who: Public, body: Body<PasswordReset>) -> ApiResult<HttpResponse> {
    let mut checks = Checks::new();
    let email = checks.email("email", &body.value.email);
    checks.finish()?;
    let tx = who.system().await?;
    let buckets = [Bucket::reset(&email), Bucket::reset_from_address(&who.origin.ip)];
    throttle::reserve(&tx, &buckets).await.map_err(|error| match error.code() {
        ErrorCode::TooManyAttempts => error.detail(Text::fixed(
            "Permintaan untuk surel ini sudah diterima beberapa kali. Periksa kotak masuk dan folder spam, atau coba lagi nanti.",
            "This was asked for several times already. Look into the inbox and the spam folder, or try again later.",
        )),
        _ => error,
    })?;
    let Origin {
        ip,
        user_agent,
        request_id,
        ..
    } = who.origin.clone();
    let requested = Requested {
        email,
        ip,
        user_agent,
        request_id,
    };
    outbox::enqueue_password_reset(&tx, &requested).await?;
    tx.commit().await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Mails the link, when the email has an account; called by the outbox.
///
/// # Errors
/// When the database refuses.
pub async fn answer(db: &Db, shared: &Shared, requested: Requested) -> ApiResult<()> {
    let tx = db
        .system(Origin {
            ip: requested.ip,
            user_agent: requested.user_agent,
            request_id: requested.request_id,
            ..Origin::default()
        })
        .await?;
    let Some((account, _)) = find_account(&tx, &requested.email).await? else {
        return Ok(());
    };
    let token = RandomToken::generate();
    let now = Utc::now();
    one_time_token::ActiveModel {
        token_hash: Set(token.hash.clone()),
        purpose: Set(PURPOSE.to_owned()),
        account_id: Set(Some(account.id)),
        subject_id: Set(None),
        created_at: Set(now),
        expires_at: Set(now + Duration::hours(LINK_HOURS)),
        used_at: Set(None),
    }
    .insert(&tx)
    .await?;
    let link = shared.config.link(&format!("/atur-ulang#token={}", token.secret));
    let content = mail(&account.name, link);
    outbox::enqueue_mail(&tx, &account.email, Language::from_locale(&account.locale), &content).await?;
    audit::record(&tx, Change::of("password_reset_requested", "account", account.id)).await?;
    tx.commit().await?;
    Ok(())
}

fn mail(name: &str, link: String) -> MailContent {
    MailContent {
        subject: Text::fixed("Atur ulang kata sandi Satu Pintu", "Reset your Satu Pintu password"),
        name: name.to_owned(),
        paragraphs: vec![
            Text::new(
                format!(
                    "Kami menerima permintaan untuk mengatur ulang kata sandi Anda. Tautan ini berlaku {LINK_HOURS} jam dan hanya dapat dipakai sekali."
                ),
                format!(
                    "We were asked to reset your password. This link is good for {LINK_HOURS} hours and works once."
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

/// Set a new password with the link from the mail
///
/// Ends all sessions of the account and all other reset links, and tells the owner by mail.
#[utoipa::path(post, path = "/api/v1/auth/password-reset/confirm", tag = "auth", request_body = PasswordResetConfirm,
    responses((status = 204), (status = 410, description = "The link is no longer good", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn confirm_password_reset(who: Public, body: Body<PasswordResetConfirm>) -> ApiResult<HttpResponse> {
    let input = body.value;
    let tx = who.system().await?;
    let link = find_link(&tx, &input.token).await?;
    let account_id = link.account_id.ok_or(ErrorCode::LinkExpired)?;
    let account = account::Entity::find_by_id(account_id)
        .one(&tx)
        .await?
        .ok_or(ErrorCode::LinkExpired)?;
    let mut checks = Checks::new();
    password::check_new(&mut checks, "password", &input.password, &account.email);
    checks.finish()?;
    // Whoever uses up links of an account holds its credential, so of two at once the second finds the link used.
    account_credential::Entity::find_by_id(account_id)
        .lock_exclusive()
        .one(&tx)
        .await?;
    find_link(&tx, &input.token).await?;
    void_links(&tx, account_id).await?;
    set_password(&tx, account_id, input.password).await?;
    session::revoke(&tx, account_id, None, "password_reset").await?;
    // The mail proved whose account it is. Attempts of others must not keep its owner out now.
    let buckets = [
        Bucket::account_from_address(&account.email, &who.origin.ip),
        Bucket::second_factor(account_id),
    ];
    throttle::forgive(&tx, &buckets).await?;
    // Who has never signed in sets the first password, and knows.
    if account.first_signed_in_at.is_some() {
        let config = &who.app.shared.config;
        tell_owner(&tx, Some(config), &account, SecurityChange::PasswordReset).await?;
    }
    audit::record(&tx, Change::of("password_reset", "account", account_id)).await?;
    tx.commit().await?;
    who.app.shared.access.forget_account(account_id);
    // With it this device has its own count of attempts.
    let device = routes::device_cookie(&who.app.shared, &account.email)?;
    Ok(HttpResponse::NoContent().cookie(device).finish())
}

async fn find_link(tx: &SystemTx, token: &str) -> ApiResult<one_time_token::Model> {
    one_time_token::Entity::find_by_id(RandomToken::hash(token))
        .filter(one_time_token::Column::Purpose.eq(PURPOSE))
        .filter(one_time_token::Column::UsedAt.is_null())
        .filter(one_time_token::Column::ExpiresAt.gt(Utc::now()))
        .one(tx)
        .await?
        .ok_or_else(|| ErrorCode::LinkExpired.into())
}

/// Uses up every open link with which a password of the account could be set. The caller holds the account's credential.
///
/// # Errors
/// When the database refuses.
pub async fn void_links(tx: &SystemTx, account: AccountId) -> ApiResult<()> {
    one_time_token::Entity::update_many()
        .col_expr(one_time_token::Column::UsedAt, Expr::current_timestamp())
        .filter(one_time_token::Column::AccountId.eq(account))
        .filter(one_time_token::Column::Purpose.eq(PURPOSE))
        .filter(one_time_token::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
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
    endpoints!(endpoints, request_password_reset, confirm_password_reset);
}
