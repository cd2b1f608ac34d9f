//! The way to the database, and the only one.
//!
//! [`Db`] hides its pool. Rows of a district are reached through a [`TenantTx`], which cannot exist without a district;
//! identity and plumbing through a [`SystemTx`]; what province and ministry oversee through an [`OversightTx`], which only
//! reads. All are transactions: dropping one rolls it back, and only [`TenantTx::commit`] or [`SystemTx::commit`] keeps what
//! it wrote. Handlers get them from their guard
//! (see [`crate::auth::guard`]), so nobody has a connection before being authorized.

mod by_place;
pub mod embedded;
mod error;
mod founding;
mod joining;
mod narrowed;
mod transaction;

pub(crate) use by_place::by_place;
use entity::ids::DistrictId;
pub use error::{constraint, is_unique_violation, is_unstorable_text};
pub use founding::FoundingTx;
pub use narrowed::Narrowed;
use sqlx::{
    Connection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};
pub use transaction::{Origin, OversightTx, SystemTx, TenantTx, Transaction};

/// What an advisory lock is about: its first number, so that locks of different things never meet. Where a transaction
/// takes several, it takes them in the order in which they stand here, last to first.
#[derive(Clone, Copy, Debug)]
pub enum LockClass {
    /// Appending to an audit chain.
    AuditChain = 1,
    /// Writing the setup of a district.
    DistrictTurn = 2,
    /// Between the content of a file and its row.
    FileSpace = 3,
}

/// How long a connection that came back in order is taken to be so still, without asking the database.
const TRUST: Duration = Duration::from_secs(1);

/// A pool of connections of the service role. Each actix worker has its own.
#[derive(Clone, Debug)]
pub struct Db {
    pool: sqlx::PgPool,
}

impl Db {
    /// Prepares a pool; connections are opened when first needed.
    ///
    /// # Errors
    /// When `url` is no PostgreSQL URL.
    pub fn lazy(url: &str, max_connections: u32) -> Result<Self, sqlx::Error> {
        let options = PgConnectOptions::from_str(url)?.application_name("satupintu").options([
            ("statement_timeout", "30s"),
            ("idle_in_transaction_session_timeout", "60s"),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(max_connections)
            .acquire_timeout(Duration::from_secs(10))
            // Asking before each use would cost every request a round trip.
            .test_before_acquire(false)
            .before_acquire(|connection, used| {
                Box::pin(async move {
                    if used.idle_for > TRUST {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(options);
        Ok(Self { pool })
    }

    /// Refuses a role that row level security does not hold: then nothing would keep districts apart.
    ///
    /// # Errors
    /// When the role is a superuser, bypasses row level security or owns tables; when the database cannot be reached.
    pub async fn require_powerless(&self) -> anyhow::Result<()> {
        let powerful: bool = sqlx::query_scalar(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relkind = 'r') \
             FROM pg_roles r WHERE rolname = current_user",
        )
        .fetch_one(&self.pool)
        .await?;
        anyhow::ensure!(
            !powerful,
            "the role of DATABASE_URL is a superuser, bypasses row level security or owns tables: name a role without \
             such powers there, and the owner in DATABASE_OWNER_URL"
        );
        Ok(())
    }

    /// Begins a transaction in which only the rows of `district` exist.
    ///
    /// # Errors
    /// When no connection can be had.
    pub(crate) async fn tenant(&self, district: DistrictId, origin: Origin) -> Result<TenantTx, sea_orm::DbErr> {
        TenantTx::begin(&self.pool, district, origin).await
    }

    /// Begins a transaction on identity and plumbing. Tenant tables answer it with an error.
    ///
    /// # Errors
    /// When no connection can be had.
    pub(crate) async fn system(&self, origin: Origin) -> Result<SystemTx, sea_orm::DbErr> {
        SystemTx::begin(&self.pool, origin).await
    }

    /// Begins a transaction that reads what oversight may see in these provinces, or in the nation when none are named.
    ///
    /// # Errors
    /// When no connection can be had.
    pub(crate) async fn oversight(
        &self,
        provinces: Option<&[String]>,
        origin: Origin,
    ) -> Result<OversightTx, sea_orm::DbErr> {
        OversightTx::begin(&self.pool, provinces, origin).await
    }

    /// Hears what other transactions announce on a channel (`pg_notify`), on a connection of its own.
    ///
    /// # Errors
    /// When no connection can be had.
    pub(crate) async fn listen(&self, channel: &str) -> Result<sqlx::postgres::PgListener, sqlx::Error> {
        let mut listener = sqlx::postgres::PgListener::connect_with(&self.pool).await?;
        listener.listen(channel).await?;
        Ok(listener)
    }

    /// Waits for open connections to end their work and closes them.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
