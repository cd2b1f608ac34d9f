//! Access tokens (JWT, EdDSA, 15 minutes) and the random tokens of cookies and mailed links.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use entity::ids::{AccountId, SessionId};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::keys::TokenKeys;
use crate::error::{ApiError, ApiResult, ErrorCode};

/// How long an access token is good, in seconds.
pub const ACCESS_TOKEN_SECONDS: i64 = 15 * 60;

const ISSUER: &str = "satupintu";

/// What an access token says. What the session may do is not in it: that is read fresh (see [`super::access`]).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// The account.
    pub sub: AccountId,
    /// The session.
    pub sid: SessionId,
    /// Who issued it.
    pub iss: String,
    /// Issued at, seconds since 1970.
    pub iat: i64,
    /// Good until, seconds since 1970.
    pub exp: i64,
}

impl Claims {
    /// Whether the token's time is not over.
    pub(super) fn is_current(&self) -> bool {
        Utc::now().timestamp() < self.exp
    }
}

/// Signs an access token.
///
/// # Errors
/// Only when the key is broken.
pub fn sign(keys: &TokenKeys, account: AccountId, session: SessionId, now: DateTime<Utc>) -> ApiResult<String> {
    let (kid, key) = keys.signing();
    let mut header = Header::new(Algorithm::EdDSA);
    header.kid = Some(kid.to_owned());
    let claims = Claims {
        sub: account,
        sid: session,
        iss: ISSUER.to_owned(),
        iat: now.timestamp(),
        exp: now.timestamp() + ACCESS_TOKEN_SECONDS,
    };
    jsonwebtoken::encode(&header, &claims, key).map_err(ApiError::internal)
}

/// Checks signature, key, algorithm, issuer and time.
///
/// # Errors
/// 401 `session_expired` when the time is over (the client should refresh), 401 `unauthenticated` for anything else.
pub fn verify(keys: &TokenKeys, token: &str) -> ApiResult<Claims> {
    let unauthenticated = |_| ApiError::new(ErrorCode::Unauthenticated);
    let header = jsonwebtoken::decode_header(token).map_err(unauthenticated)?;
    let key = header.kid.as_deref().and_then(|kid| keys.find(kid));
    let key = key.ok_or(ErrorCode::Unauthenticated)?;
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[ISSUER]);
    validation.leeway = 5;
    validation.set_required_spec_claims(&["exp", "iss", "sub"]);
    jsonwebtoken::decode::<Claims>(token, &key.decoding, &validation)
        .map(|data| data.claims)
        .map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::ExpiredSignature => ErrorCode::SessionExpired.into(),
            _ => ErrorCode::Unauthenticated.into(),
        })
}

/// A random token that is shown once; the database keeps only its hash.
#[derive(Clone)]
pub struct RandomToken {
    /// The token, URL-safe.
    pub secret: String,
    /// Its SHA-256.
    pub hash: Vec<u8>,
}

impl RandomToken {
    /// 256 bits of randomness.
    #[must_use]
    pub fn generate() -> Self {
        let bytes: [u8; 32] = rand::random();
        let secret = URL_SAFE_NO_PAD.encode(bytes);
        let hash = Self::hash(&secret);
        Self { secret, hash }
    }

    /// The hash under which a token is kept. No salt is needed: the token is random and long.
    #[must_use]
    pub fn hash(secret: &str) -> Vec<u8> {
        Sha256::digest(secret.trim().as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for RandomToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RandomToken(…)")
    }
}
