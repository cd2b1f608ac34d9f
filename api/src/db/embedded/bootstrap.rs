//! The roles and the database, made or set right at every start.

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};

use super::error::EmbeddedError;
use super::layout::Layout;
use super::{APP_ROLE, DATABASE, OWNER_ROLE, PORT, SUPERUSER};

/// A login role that may do nothing beyond what it owns or is granted.
const POWERLESS: &str = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION";

/// Creates what is missing; does nothing on a database that is as it should be.
///
/// Blocking; must not be called on a thread of an async runtime.
pub(super) fn ensure(layout: &Layout) -> Result<(), EmbeddedError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(EmbeddedError::io("start a runtime for", layout.home()))?;
    runtime.block_on(async {
        let mut connection = connect(layout).await?;
        for role in [OWNER_ROLE, APP_ROLE] {
            ensure_role(&mut connection, role).await?;
        }
        ensure_database(&mut connection).await?;
        connection.close().await.map_err(failed("disconnect"))
    })
}

async fn connect(layout: &Layout) -> Result<PgConnection, EmbeddedError> {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(layout.run())
        .port(PORT)
        .ssl_mode(sqlx::postgres::PgSslMode::Disable)
        .username(SUPERUSER)
        .database("postgres")
        .application_name("satupintu start")
        .disable_statement_logging();
    PgConnection::connect_with(&options).await.map_err(failed("connect"))
}

async fn ensure_role(connection: &mut PgConnection, role: &str) -> Result<(), EmbeddedError> {
    let powerless: Option<bool> = sqlx::query_scalar(
        "SELECT rolcanlogin AND NOT (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication) \
         FROM pg_roles WHERE rolname = $1",
    )
    .bind(role)
    .fetch_optional(&mut *connection)
    .await
    .map_err(failed("look for roles"))?;
    let verb = match powerless {
        Some(true) => return Ok(()),
        Some(false) => "ALTER",
        None => "CREATE",
    };
    // Role names and attributes are constants of this program.
    let statement = AssertSqlSafe(format!("{verb} ROLE {role} {POWERLESS}"));
    sqlx::raw_sql(statement)
        .execute(connection)
        .await
        .map_err(failed("create roles"))?;
    Ok(())
}

async fn ensure_database(connection: &mut PgConnection) -> Result<(), EmbeddedError> {
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(DATABASE)
        .fetch_one(&mut *connection)
        .await
        .map_err(failed("look for the database"))?;
    if !exists {
        run(
            connection,
            format!("CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE} TEMPLATE template0"),
        )
        .await?;
    }
    // By default everybody may connect to every database and make temporary tables there.
    let app_may_only_connect: bool = sqlx::query_scalar(
        "SELECT has_database_privilege($1, $2, 'CONNECT') AND NOT has_database_privilege($1, $2, 'TEMP') \
         AND NOT has_database_privilege($1, 'postgres', 'CONNECT')",
    )
    .bind(APP_ROLE)
    .bind(DATABASE)
    .fetch_one(&mut *connection)
    .await
    .map_err(failed("look at privileges"))?;
    if !app_may_only_connect {
        run(
            connection,
            format!("REVOKE ALL ON DATABASE {DATABASE}, postgres FROM PUBLIC"),
        )
        .await?;
        run(
            connection,
            format!("GRANT CONNECT ON DATABASE {DATABASE} TO {APP_ROLE}"),
        )
        .await?;
    }
    Ok(())
}

async fn run(connection: &mut PgConnection, statement: String) -> Result<(), EmbeddedError> {
    // Built of constants of this program only.
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(connection)
        .await
        .map_err(failed("create the database"))?;
    Ok(())
}

fn failed(step: &'static str) -> impl FnOnce(sqlx::Error) -> EmbeddedError {
    move |source| EmbeddedError::Bootstrap { step, source }
}
