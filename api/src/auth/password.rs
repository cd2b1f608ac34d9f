//! Passwords: argon2id hashes, and what a new password must be.

use actix_web::web;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::OnceLock;
use tokio::sync::Semaphore;

use crate::{
    error::{ApiError, ApiResult, Text},
    http::Checks,
    memory,
};

/// Passwords are at least this long (NIST SP 800-63B asks for 8; these accounts open children's files).
pub const MIN_LENGTH: usize = 12;
/// And at most this long, so that hashing stays bounded.
pub const MAX_LENGTH: usize = 128;

/// How many hashes are made at once. Each takes 19 MiB, so a rush of sign-ins waits in turn instead of filling the memory;
/// two at a time still sign in about a hundred people a second.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Does what takes that much, on the blocking pool, and gives the memory back.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> ApiResult<T> {
    let turn = TURNS.acquire().await.map_err(ApiError::internal)?;
    // The turn goes along: it ends with the work, also when the client has gone.
    web::block(move || {
        let _turn = turn;
        let result = work();
        memory::give_back();
        result
    })
    .await
    .map_err(ApiError::internal)
}

/// Records what is wrong with a new password. Length and not being the obvious, no composition rules.
pub fn check_new(checks: &mut Checks, field: &str, password: &str, email: &str) {
    let length = password.chars().count();
    checks.ensure(
        (MIN_LENGTH..=MAX_LENGTH).contains(&length),
        field,
        "password_length",
        Text::new(
            format!("Kata sandi {MIN_LENGTH} sampai {MAX_LENGTH} karakter. Kalimat pendek mudah diingat dan kuat."),
            format!("A password has {MIN_LENGTH} to {MAX_LENGTH} characters. A short sentence is easy to remember and strong."),
        ),
    );
    let lower = password.to_lowercase();
    let local_part = email.split('@').next().unwrap_or_default();
    let distinct = lower.chars().collect::<std::collections::HashSet<_>>().len();
    checks.ensure(
        distinct >= 5 && (local_part.len() < 4 || !lower.contains(local_part)),
        field,
        "password_guessable",
        Text::fixed(
            "Kata sandi ini mudah ditebak. Jangan memakai surel Anda atau huruf yang diulang.",
            "This password is easy to guess. Do not use your email or repeated letters.",
        ),
    );
}

/// Hashes a password (about 20 ms of one core; runs on the blocking pool).
///
/// # Errors
/// Only when the machine is out of threads or randomness.
pub async fn hash(password: String) -> ApiResult<String> {
    in_turn(move || hash_now(&password)).await?
}

/// Like [`hash`], on this thread.
///
/// # Errors
/// Only when the machine is out of randomness.
pub fn hash_now(password: &str) -> ApiResult<String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| ApiError::internal(anyhow::anyhow!("argon2: {error}")))
}

/// True when `password` belongs to `hash`. Without a hash (no such account) the same work is done and the answer is no,
/// so that time tells nothing about who has an account.
///
/// # Errors
/// Only when the machine is out of threads.
pub async fn verify(password: String, hash: Option<String>) -> ApiResult<bool> {
    in_turn(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| nobody().to_owned());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await
}

/// A hash that no password belongs to, with the cost of a real one.
fn nobody() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash_now(&uuid::Uuid::new_v4().to_string()).unwrap_or_default())
}
