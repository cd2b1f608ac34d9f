//! Secrets of the installation: the master key that seals other secrets, and the keys that sign access tokens.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, Generate, KeyInit},
};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use entity::signing_key;
use jsonwebtoken::{DecodingKey, EncodingKey};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement,
};
use sha2::{Digest, Sha256};

use crate::{
    config::Config,
    db::{SystemTx, Transaction},
};

/// Encrypts what the database must not show in clear: second-factor secrets and private keys.
#[derive(Clone)]
pub struct MasterKey(chacha20poly1305::Key);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

const NONCE_BYTES: usize = 24;

impl MasterKey {
    /// The key of the settings, else the one in the data folder.
    ///
    /// # Errors
    /// When it cannot be read, written or understood.
    pub fn from_config(config: &Config) -> Result<Self> {
        match &config.master_key {
            Some(key) => Self::from_base64(key),
            None => Self::load_or_create(&config.data_dir().join("master.key")),
        }
    }

    /// Reads 32 bytes in base64.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_base64(text: &str) -> Result<Self> {
        let bytes = STANDARD.decode(text.trim()).context("the master key is not base64")?;
        let bytes: [u8; 32] = bytes
            .try_into()
            .map_err(|_| anyhow::anyhow!("the master key is not 32 bytes long"))?;
        Ok(Self(bytes.into()))
    }

    /// Reads the key file in the data folder, or makes it (readable by the owner only).
    ///
    /// # Errors
    /// When the file cannot be read, written or understood.
    pub fn load_or_create(file: &Path) -> Result<Self> {
        match fs::read_to_string(file) {
            Ok(text) => Self::from_base64(&text).with_context(|| format!("in {}", file.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::create(file),
            Err(error) => Err(error).with_context(|| format!("reading {}", file.display())),
        }
    }

    fn create(file: &Path) -> Result<Self> {
        let key = chacha20poly1305::Key::generate();
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        }
        let mut options = fs::OpenOptions::new();
        let mut opened = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(file)
            .with_context(|| format!("creating {}", file.display()))?;
        opened.write_all(STANDARD.encode(key).as_bytes())?;
        opened.sync_all()?;
        Ok(Self(key))
    }

    /// Encrypts; `purpose` is bound to the result, so that one secret cannot be moved into another's place.
    ///
    /// # Errors
    /// Only when the machine is out of randomness.
    pub fn seal(&self, purpose: &str, secret: &[u8]) -> Result<Vec<u8>> {
        let nonce = XNonce::generate();
        let payload = chacha20poly1305::aead::Payload {
            msg: secret,
            aad: purpose.as_bytes(),
        };
        let sealed = XChaCha20Poly1305::new(&self.0).encrypt(&nonce, payload);
        let sealed = sealed.map_err(|_| anyhow::anyhow!("sealing failed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`MasterKey::seal`] made for the same purpose.
    ///
    /// # Errors
    /// When it was made with another key or for another purpose, or was altered.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, sealed) = sealed
            .split_at_checked(NONCE_BYTES)
            .context("sealed value is too short")?;
        let nonce = XNonce::try_from(nonce)?;
        let payload = chacha20poly1305::aead::Payload {
            msg: sealed,
            aad: purpose.as_bytes(),
        };
        XChaCha20Poly1305::new(&self.0)
            .decrypt(&nonce, payload)
            .map_err(|_| anyhow::anyhow!("a sealed value does not open: is this the installation's master key?"))
    }
}

/// One key that signs access tokens or verifies them.
pub struct TokenKey {
    /// Its id, in the header of every token it signs.
    pub kid: String,
    /// The public half, 32 bytes.
    pub public: Vec<u8>,
    /// Checks signatures.
    pub decoding: DecodingKey,
}

/// The keys of the installation: the newest signs, all that are not retired verify. No command changes keys: an operator adds a
/// row, and retires the older one once its tokens have expired, both by hand and each followed by a restart.
pub struct TokenKeys {
    signing_kid: String,
    signing: EncodingKey,
    all: Vec<TokenKey>,
}

impl std::fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenKeys({})", self.signing_kid)
    }
}

impl TokenKeys {
    /// Loads the keys, and makes the first one when there is none. Services that start together agree on one key.
    ///
    /// # Errors
    /// When the database or the master key does not allow it.
    pub async fn load(tx: SystemTx, master: &MasterKey) -> Result<Self> {
        tx.execute_raw(Statement::from_string(
            tx.get_database_backend(),
            "LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE",
        ))
        .await?;
        let mut rows = signing_key::Entity::find()
            .filter(signing_key::Column::RetiredAt.is_null())
            .order_by_desc(signing_key::Column::CreatedAt)
            .all(&tx)
            .await?;
        if rows.is_empty() {
            rows.push(create(&tx, master).await?);
        }
        tx.commit().await?;
        Self::from_rows(&rows, master)
    }

    fn from_rows(rows: &[signing_key::Model], master: &MasterKey) -> Result<Self> {
        let Some(newest) = rows.first() else {
            bail!("there is no signing key");
        };
        let der = master.open("signing_key", &newest.private_sealed)?;
        Ok(Self {
            signing_kid: newest.kid.clone(),
            signing: EncodingKey::from_ed_der(&der),
            all: rows
                .iter()
                .map(|row| TokenKey {
                    kid: row.kid.clone(),
                    public: row.public_key.clone(),
                    decoding: DecodingKey::from_ed_der(&row.public_key),
                })
                .collect(),
        })
    }

    /// The key that signs, and its id.
    #[must_use]
    pub fn signing(&self) -> (&str, &EncodingKey) {
        (&self.signing_kid, &self.signing)
    }

    /// The key with that id.
    #[must_use]
    pub fn find(&self, kid: &str) -> Option<&TokenKey> {
        self.all.iter().find(|key| key.kid == kid)
    }

    /// All keys, newest first.
    #[must_use]
    pub fn all(&self) -> &[TokenKey] {
        &self.all
    }
}

async fn create(tx: &SystemTx, master: &MasterKey) -> Result<signing_key::Model> {
    let secret: [u8; 32] = chacha20poly1305::Key::generate().into();
    let key = SigningKey::from_bytes(&secret);
    let public = key.verifying_key().to_bytes().to_vec();
    let der = key.to_pkcs8_der().map_err(|error| anyhow::anyhow!("pkcs8: {error}"))?;
    let kid = hex::encode(&Sha256::digest(&public)[..8]);
    let row = signing_key::ActiveModel {
        kid: Set(kid),
        private_sealed: Set(master.seal("signing_key", der.as_bytes())?),
        public_key: Set(public),
        created_at: Set(chrono::Utc::now()),
        retired_at: Set(None),
    };
    Ok(row.insert(tx).await?)
}

#[cfg(test)]
mod tests {
    use super::MasterKey;

    #[test]
    fn seals_for_one_purpose() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        let key = MasterKey::load_or_create(&file).unwrap();
        let again = MasterKey::load_or_create(&file).unwrap();
        let sealed = key.seal("totp", b"secret").unwrap();
        assert_eq!(again.open("totp", &sealed).unwrap(), b"secret");
        assert!(again.open("signing_key", &sealed).is_err());
        assert!(again.open("totp", &sealed[..10]).is_err());
        let mut altered = sealed;
        altered[30] ^= 1;
        assert!(again.open("totp", &altered).is_err());
    }
}
