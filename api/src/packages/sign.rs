//! The key that signs packages, and checking signatures of this and other installations.

use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use entity::package_key;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    canonical::canonical,
    document::{FORMAT, PackageDocument, PackageSignature, SCHEMA_VERSION, hash_of},
};
use crate::{
    auth::keys::MasterKey,
    config::Config,
    db::{Db, Origin, SystemTx, Transaction},
    error::{ApiError, ApiResult, ErrorCode, Text},
};

const PURPOSE: &str = "package_key";
const ALGORITHM: &str = "EdDSA";

/// The installation's keys for packages: the newest signs. Not those of access tokens, because these must be known for as
/// long as packages are passed on.
pub struct PackageKeys {
    signing: SigningKey,
    public: Vec<[u8; 32]>,
}

impl std::fmt::Debug for PackageKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PackageKeys({})", self.kid())
    }
}

/// The fingerprint of a public key: its JWK thumbprint (RFC 7638, RFC 8037).
#[must_use]
pub fn thumbprint(public: &[u8; 32]) -> String {
    let jwk = json!({ "crv": "Ed25519", "kty": "OKP", "x": URL_SAFE_NO_PAD.encode(public) });
    URL_SAFE_NO_PAD.encode(Sha256::digest(canonical(&jwk).as_bytes()))
}

/// What is signed: the hash, bound to what it is a hash of.
fn message(hash: &[u8; 32]) -> Vec<u8> {
    [format!("{FORMAT}/{SCHEMA_VERSION}\n").as_bytes(), hash].concat()
}

impl PackageKeys {
    /// A key with this secret half, for tests and for keys that are read from the database.
    #[must_use]
    pub fn of_secret(secret: &[u8; 32]) -> Self {
        let signing = SigningKey::from_bytes(secret);
        let public = vec![signing.verifying_key().to_bytes()];
        Self { signing, public }
    }

    /// Loads the keys of the installation that these settings describe.
    ///
    /// # Errors
    /// When the database or the master key does not allow it.
    pub async fn of_installation(db: &Db, config: &Config) -> Result<Self> {
        let master = MasterKey::from_config(config)?;
        Self::load(db.system(Origin::system("start")).await?, &master).await
    }

    /// Loads the keys, and makes the first one when there is none. Services that start together agree on one key.
    ///
    /// # Errors
    /// When the database or the master key does not allow it.
    pub async fn load(tx: SystemTx, master: &MasterKey) -> Result<Self> {
        tx.execute_raw(Statement::from_string(
            tx.get_database_backend(),
            "LOCK TABLE package_key IN SHARE ROW EXCLUSIVE MODE",
        ))
        .await?;
        let mut rows = package_key::Entity::find()
            .filter(package_key::Column::RetiredAt.is_null())
            .order_by_desc(package_key::Column::CreatedAt)
            .all(&tx)
            .await?;
        if rows.is_empty() {
            rows.push(create(&tx, master).await?);
        }
        tx.commit().await?;
        let newest = rows.first().context("there is no package key")?;
        let secret = master.open(PURPOSE, &newest.private_sealed)?;
        let secret: [u8; 32] = secret
            .try_into()
            .map_err(|_| anyhow::anyhow!("a package key has 32 bytes"))?;
        let public = rows
            .into_iter()
            .filter_map(|row| row.public_key.try_into().ok())
            .collect();
        Ok(Self {
            signing: SigningKey::from_bytes(&secret),
            public,
        })
    }

    /// The fingerprint of the key that signs.
    #[must_use]
    pub fn kid(&self) -> String {
        thumbprint(&self.signing.verifying_key().to_bytes())
    }

    /// The public keys, newest first.
    #[must_use]
    pub fn public(&self) -> &[[u8; 32]] {
        &self.public
    }

    /// True when the fingerprint is of one of these keys.
    #[must_use]
    pub fn has(&self, kid: &str) -> bool {
        self.public.iter().any(|public| thumbprint(public) == kid)
    }

    /// Gives a document its hash and signature.
    ///
    /// # Errors
    /// Only when it cannot be written as JSON.
    pub fn sign(&self, document: &mut PackageDocument) -> ApiResult<()> {
        let json = serde_json::to_value(&*document).map_err(ApiError::internal)?;
        let hash = hash_of(&json);
        document.content_hash = hex::encode(hash);
        document.signature = Some(PackageSignature {
            alg: ALGORITHM.to_owned(),
            kid: self.kid(),
            public_key: URL_SAFE_NO_PAD.encode(self.signing.verifying_key().to_bytes()),
            value: URL_SAFE_NO_PAD.encode(self.signing.sign(&message(&hash)).to_bytes()),
        });
        Ok(())
    }
}

async fn create(tx: &SystemTx, master: &MasterKey) -> Result<package_key::Model> {
    let secret: [u8; 32] = <chacha20poly1305::Key as chacha20poly1305::aead::Generate>::generate().into();
    let public = SigningKey::from_bytes(&secret).verifying_key().to_bytes();
    let row = package_key::ActiveModel {
        kid: Set(thumbprint(&public)),
        private_sealed: Set(master.seal(PURPOSE, &secret)?),
        public_key: Set(public.to_vec()),
        created_at: Set(chrono::Utc::now()),
        retired_at: Set(None),
    };
    Ok(row.insert(tx).await?)
}

/// Checks that a document is what was signed, by the key that it carries. Whether that key is trusted is another
/// question. Returns its fingerprint.
///
/// # Errors
/// 422 when the document is not what was hashed and signed, or carries no signature.
pub fn verify(document: &serde_json::Value, typed: &PackageDocument) -> ApiResult<String> {
    let hash = hash_of(document);
    if typed.content_hash != hex::encode(hash) {
        return Err(altered(
            "Sidik isi (content_hash) tidak cocok.",
            "The content_hash does not match.",
        ));
    }
    let Some(signature) = &typed.signature else {
        return Err(altered("Paket belum ditandatangani.", "The package is not signed."));
    };
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let public: Option<[u8; 32]> = bytes(&signature.public_key).and_then(|key| key.try_into().ok());
    let value: Option<[u8; 64]> = bytes(&signature.value).and_then(|value| value.try_into().ok());
    let holds = match (public, value) {
        (Some(public), Some(value)) => {
            signature.alg == ALGORITHM
                && signature.kid == thumbprint(&public)
                && VerifyingKey::from_bytes(&public).is_ok_and(|key| {
                    key.verify_strict(&message(&hash), &Signature::from_bytes(&value))
                        .is_ok()
                })
        }
        _ => false,
    };
    if !holds {
        return Err(altered("Tanda tangannya tidak cocok.", "The signature does not match."));
    }
    Ok(signature.kid.clone())
}

fn altered(id: &'static str, en: &'static str) -> ApiError {
    ApiError::new(ErrorCode::PackageAltered).detail(Text::fixed(id, en))
}
