//! What handlers share.

use std::{num::NonZeroU32, sync::Arc};

use anyhow::Result;

use crate::{
    auth::{
        access::AccessCache,
        keys::{MasterKey, TokenKeys},
    },
    boundaries::one_at_a_time::OneAtATime,
    config::Config,
    db::{Db, Origin},
    files::FileStore,
    http::rate_limit::RateLimits,
    notices::hub::Hub,
    packages::sign::PackageKeys,
};

/// What all workers share.
#[allow(missing_debug_implementations, reason = "holds secrets")]
pub struct Shared {
    /// The settings.
    pub config: Config,
    /// Seals secrets.
    pub master_key: MasterKey,
    /// Sign and check access tokens.
    pub token_keys: TokenKeys,
    /// Sign model packages.
    pub package_keys: PackageKeys,
    /// Who may do what, read a moment ago.
    pub access: AccessCache,
    /// Where uploaded files are kept.
    pub files: FileStore,
    /// The open streams of notices.
    pub hub: Hub,
    /// How often anybody may call.
    pub rate_limits: RateLimits,
    /// Where boundary files are worked on.
    pub boundary_work: OneAtATime,
}

/// What one worker has: the shared part, and a pool of its own (a pool shared by workers costs a fifth of the speed).
#[derive(Clone)]
pub struct App {
    /// The shared part.
    pub shared: Arc<Shared>,
    /// This worker's way to the database. Handlers use their guard's transactions instead.
    pub(crate) db: Db,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl Shared {
    /// Reads the secrets, makes the first ones.
    ///
    /// # Errors
    /// When the database or the data folder does not allow it.
    pub async fn load(config: Config, db: &Db) -> Result<Self> {
        let master_key = MasterKey::from_config(&config)?;
        let tx = db.system(Origin::system("start")).await?;
        let token_keys = TokenKeys::load(tx, &master_key).await?;
        let tx = db.system(Origin::system("start")).await?;
        let package_keys = PackageKeys::load(tx, &master_key).await?;
        let files = FileStore::from_config(&config)?;
        let per_minute = |rate| NonZeroU32::new(rate).unwrap_or(NonZeroU32::MIN);
        let rate_limits =
            RateLimits::per_minute(per_minute(config.rate_per_account), per_minute(config.rate_per_address));
        Ok(Self {
            config,
            master_key,
            token_keys,
            package_keys,
            access: AccessCache::default(),
            files,
            hub: Hub::default(),
            rate_limits,
            boundary_work: OneAtATime::default(),
        })
    }

    /// Whether roles that ask for a second factor get it enforced: always, except in the demo.
    #[must_use]
    pub const fn second_factor_rule(&self) -> bool {
        !self.config.demo
    }
}

impl App {
    /// One worker's part.
    #[must_use]
    pub const fn new(shared: Arc<Shared>, db: Db) -> Self {
        Self { shared, db }
    }
}
