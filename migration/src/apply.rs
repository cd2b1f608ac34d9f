//! Bringing a database up to date: migrations, reference data, grants.

use sea_orm::{ConnectionTrait, Database, DbErr};
use sea_orm_migration::prelude::*;

use crate::{Migrator, grants::grant, regions, standards};

/// Why the database could not be brought up to date.
#[derive(Debug)]
pub enum MigrationError {
    /// PostgreSQL refused; the migration in question was rolled back.
    Database(DbErr),
    /// The regions could not be loaded.
    Regions(regions::RegionError),
    /// The national standard could not be loaded.
    Standards(standards::StandardLoadError),
}

impl std::fmt::Display for MigrationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(error) => write!(f, "migrating the database: {error}"),
            Self::Regions(error) => write!(f, "loading the regions: {error}"),
            Self::Standards(error) => write!(f, "loading the national standard: {error}"),
        }
    }
}

impl std::error::Error for MigrationError {}

impl From<DbErr> for MigrationError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

impl From<sqlx::Error> for MigrationError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error.into())))
    }
}

/// Applies what is missing, loads the reference data, and grants `service_role` its rights. Idempotent; services that
/// start together wait for one another.
///
/// # Errors
/// When the database cannot be reached as its owner or refuses something.
pub async fn apply(owner_url: &str, service_role: &str) -> Result<(), MigrationError> {
    let mut options = sea_orm::ConnectOptions::new(owner_url);
    // One connection, so that the advisory lock below covers everything.
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    let pool = db.get_postgres_connection_pool();
    db.execute_unprepared("SELECT pg_advisory_lock(7301)").await?;
    Migrator::up(&db, None).await?;
    {
        let mut connection = pool.acquire().await?;
        regions::load_if_changed(&mut connection)
            .await
            .map_err(MigrationError::Regions)?;
        standards::load(&mut connection)
            .await
            .map_err(MigrationError::Standards)?;
    }
    grant(&db, service_role).await?;
    db.close().await?;
    Ok(())
}

/// Names of migrations that this program knows and the database lacks. Works with the rights of the service role.
///
/// # Errors
/// When the database cannot be read, or was never migrated.
pub async fn pending<C: ConnectionTrait>(db: &C) -> Result<Vec<String>, DbErr> {
    let rows = db
        .query_all_raw(sea_orm::Statement::from_string(
            db.get_database_backend(),
            "SELECT version FROM seaql_migrations",
        ))
        .await?;
    let applied = rows
        .iter()
        .map(|row| row.try_get::<String>("", "version"))
        .collect::<Result<Vec<_>, _>>()?;
    let known = Migrator::migrations();
    let names = known.iter().map(|migration| migration.name().to_owned());
    Ok(names.filter(|name| !applied.contains(name)).collect())
}
