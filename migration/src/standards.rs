//! Versions of the national standard: [`load`] writes the files of `reference/standard` into `standard_version`.

use std::fmt;

use sqlx::{Connection, PgConnection};

/// Every published version, oldest first. A change of an adopted one is a new file with a new version.
pub const FILES: &[&str] = &[include_str!("../../reference/standard/pksai-1.0.json")];

/// Why a standard could not be loaded.
#[derive(Debug)]
pub enum StandardLoadError {
    /// The database refused.
    Database(sqlx::Error),
    /// The file of a version that was adopted differs from what was adopted.
    AdoptedChanged(String),
}

impl fmt::Display for StandardLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(f, "{error}"),
            Self::AdoptedChanged(version) => write!(
                f,
                "the file of version {version} differs from what was adopted; publish a new version instead"
            ),
        }
    }
}

impl std::error::Error for StandardLoadError {}

impl From<sqlx::Error> for StandardLoadError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// Writes the versions that the database lacks and replaces proposals whose file has changed. A version that the ministry
/// published on this installation stays, whatever a file of the same number says. Idempotent.
///
/// # Errors
/// [`StandardLoadError::AdoptedChanged`] when a file rewrites an adopted version; [`StandardLoadError::Database`] when
/// PostgreSQL refuses.
pub async fn load(connection: &mut PgConnection) -> Result<(), StandardLoadError> {
    let mut transaction = connection.begin().await?;
    // The owner is held to row level security too.
    sqlx::raw_sql("SET LOCAL app.scope = 'system'")
        .execute(&mut *transaction)
        .await?;
    for file in FILES {
        write(&mut transaction, file).await?;
    }
    Ok(transaction.commit().await?)
}

async fn write(connection: &mut PgConnection, file: &str) -> Result<(), StandardLoadError> {
    let fingerprint = fingerprint(file);
    sqlx::query(
        "INSERT INTO standard_version (version, status, effective_from, content, fingerprint)
         SELECT content ->> 'version', content ->> 'status', (content ->> 'effective_from')::date, content, $2
         FROM (SELECT $1::jsonb - '$schema' AS content) AS file
         ON CONFLICT (version) DO UPDATE SET
             status = excluded.status, effective_from = excluded.effective_from, content = excluded.content,
             fingerprint = excluded.fingerprint, loaded_at = now()
         WHERE standard_version.status = 'proposal' AND standard_version.fingerprint <> excluded.fingerprint
             AND standard_version.published_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM standard_version n WHERE n.supersedes = standard_version.version)",
    )
    .bind(file)
    .bind(&fingerprint)
    .execute(&mut *connection)
    .await?;
    let changed: Option<String> = sqlx::query_scalar(
        "SELECT version FROM standard_version
         WHERE version = $1::jsonb ->> 'version' AND fingerprint <> $2 AND published_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM standard_version n WHERE n.supersedes = standard_version.version)",
    )
    .bind(file)
    .bind(&fingerprint)
    .fetch_optional(connection)
    .await?;
    changed.map_or(Ok(()), |version| Err(StandardLoadError::AdoptedChanged(version)))
}

fn fingerprint(file: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect()
}
