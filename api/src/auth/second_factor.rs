//! The second factor: time-based codes (RFC 6238: SHA-1, 6 digits, 30 s, what authenticator apps understand) and
//! recovery codes for a lost phone.

use anyhow::anyhow;
use chrono::Utc;
use entity::{account_credential, ids::AccountId, recovery_code};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use super::keys::MasterKey;
use crate::{
    db::SystemTx,
    error::{ApiError, ApiResult},
};

const PURPOSE: &str = "totp";
const STEP_SECONDS: u64 = 30;
/// How many recovery codes a person gets.
pub const RECOVERY_CODES: usize = 10;

/// A new secret, sealed for the database and in clear for the authenticator app.
#[derive(Debug)]
pub struct NewSecret {
    /// For the database.
    pub sealed: Vec<u8>,
    /// Base32, for typing.
    pub base32: String,
}

/// Makes a secret.
///
/// # Errors
/// Only when sealing fails.
pub fn new_secret(master: &MasterKey) -> ApiResult<NewSecret> {
    let bytes: [u8; 20] = rand::random();
    Ok(NewSecret {
        sealed: master.seal(PURPOSE, &bytes).map_err(ApiError::internal)?,
        base32: Secret::from(bytes.as_slice()).to_base32().to_string(),
    })
}

/// The `otpauth:` address behind the QR code that authenticator apps scan.
#[must_use]
pub fn otpauth_uri(base32: &str, email: &str) -> String {
    let account: String = email
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    format!(
        "otpauth://totp/Satu%20Pintu:{account}?secret={base32}&issuer=Satu%20Pintu&algorithm=SHA1&digits=6&period=30"
    )
}

fn totp(bytes: &[u8]) -> ApiResult<Totp> {
    Builder::new()
        .with_secret(Secret::from(bytes))
        .with_skew(1)
        .with_step_duration(STEP_SECONDS)
        .build()
        .map_err(|error| ApiError::internal(anyhow!("totp: {error}")))
}

/// Checks a 6-digit code against a sealed secret and takes it out of use. True when it was good.
///
/// # Errors
/// When the secret does not open or the database refuses.
pub async fn use_code(
    tx: &SystemTx,
    master: &MasterKey,
    credential: &account_credential::Model,
    code: &str,
) -> ApiResult<bool> {
    let Some(sealed) = &credential.totp_secret_sealed else {
        return Ok(false);
    };
    let secret = master.open(PURPOSE, sealed).map_err(ApiError::internal)?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let now = u64::try_from(Utc::now().timestamp()).unwrap_or_default();
    let Some(step) = totp(&secret)?.check(&code, now) else {
        return Ok(false);
    };
    // A code is good once: the step that it belongs to must be newer than that of the last one used. The step is that
    // of the code and not of the clock, else the same code would be good again when the next step begins.
    let step = i64::try_from(step).unwrap_or_default();
    let used = account_credential::Entity::update_many()
        .col_expr(account_credential::Column::TotpLastStep, Expr::value(step))
        .filter(account_credential::Column::AccountId.eq(credential.account_id))
        .filter(
            account_credential::Column::TotpLastStep
                .is_null()
                .or(account_credential::Column::TotpLastStep.lt(step)),
        )
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Uses a code of the app or a recovery code. True when it was good.
///
/// # Errors
/// As [`use_code`].
pub async fn use_any(
    tx: &SystemTx,
    master: &MasterKey,
    credential: &account_credential::Model,
    code: &str,
) -> ApiResult<bool> {
    Ok(use_code(tx, master, credential, code).await? || use_recovery_code(tx, credential.account_id, code).await?)
}

/// Replaces the recovery codes and returns the new ones, shown once.
///
/// # Errors
/// When the database refuses.
pub async fn new_recovery_codes(tx: &SystemTx, account: AccountId) -> ApiResult<Vec<String>> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account))
        .exec(tx)
        .await?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| readable_code()).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        account_id: Set(account),
        code_hash: Set(hash(code)),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(codes)
}

/// Uses up a recovery code. True when it was good.
///
/// # Errors
/// When the database refuses.
pub async fn use_recovery_code(tx: &SystemTx, account: AccountId, code: &str) -> ApiResult<bool> {
    let used = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::current_timestamp())
        .filter(recovery_code::Column::AccountId.eq(account))
        .filter(recovery_code::Column::CodeHash.eq(hash(code)))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Turns the second factor off, and its recovery codes.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &SystemTx, account: AccountId) -> ApiResult<()> {
    account_credential::Entity::update_many()
        .col_expr(
            account_credential::Column::TotpSecretSealed,
            Expr::value(None::<Vec<u8>>),
        )
        .col_expr(
            account_credential::Column::TotpConfirmedAt,
            Expr::value(None::<chrono::DateTime<Utc>>),
        )
        .col_expr(account_credential::Column::TotpLastStep, Expr::value(None::<i64>))
        .filter(account_credential::Column::AccountId.eq(account))
        .exec(tx)
        .await?;
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account))
        .exec(tx)
        .await?;
    Ok(())
}

/// 50 bits in letters that are not taken for one another, in two groups of five.
fn readable_code() -> String {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut code: String = (0..10)
        .map(|_| char::from(LETTERS[usize::from(rand::random::<u8>() % 31)]))
        .collect();
    code.insert(5, '-');
    code
}

fn hash(code: &str) -> Vec<u8> {
    let code: String = code
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    Sha256::digest(code.as_bytes()).to_vec()
}
