//! The two kinds of transaction.

use entity::{TenantEntity, ids::AccountId, ids::DistrictId};
use futures_util::{TryStreamExt, lock::Mutex};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, QueryFilter, QueryResult, RuntimeErr,
    Select, Statement,
};
use sea_query_sqlx::SqlxValues;
use sqlx::{AssertSqlSafe, Postgres, query::Query};

/// Who is behind a transaction and where the request came from; the audit trail repeats it.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The account, if somebody is signed in.
    pub actor_id: Option<AccountId>,
    /// The account's name when it acted, or what acted instead ("sistem").
    pub actor_name: String,
    /// Address of the client.
    pub ip: String,
    /// What the client calls itself.
    pub user_agent: String,
    /// The request's id, also in its answer and its log lines.
    pub request_id: String,
}

impl Origin {
    /// The origin of work that no request caused: migrations, jobs, the demo loader.
    #[must_use]
    pub fn system(what: &str) -> Self {
        Self {
            actor_name: format!("sistem: {what}"),
            ..Self::default()
        }
    }
}

/// What both kinds have in common, for code that serves both (audit, idempotency, outbox).
#[allow(async_fn_in_trait, reason = "used inside this crate only")]
pub trait Transaction: ConnectionTrait + Sized {
    /// Who is behind it.
    fn origin(&self) -> &Origin;
    /// The district whose rows exist in it, if it is a tenant's.
    fn district(&self) -> Option<DistrictId>;
    /// Keeps what was written.
    ///
    /// # Errors
    /// When the database could not keep it; nothing was written then.
    async fn commit(self) -> Result<(), DbErr>;
}

macro_rules! transaction {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty),* } district: $district:expr) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name {
            inner: Mutex<sqlx::Transaction<'static, Postgres>>,
            origin: Origin,
            $($field: $type,)*
        }

        impl Transaction for $name {
            fn origin(&self) -> &Origin {
                &self.origin
            }

            fn district(&self) -> Option<DistrictId> {
                let district: fn(&Self) -> Option<DistrictId> = $district;
                district(self)
            }

            async fn commit(self) -> Result<(), DbErr> {
                let mut transaction = self.inner.into_inner();
                // COMMIT of a failed transaction answers ROLLBACK without an error. A statement that does nothing
                // fails in that state, so a swallowed error cannot pass for an acknowledged write.
                sqlx::query("SELECT 1").execute(&mut *transaction).await.map_err(exec_error)?;
                transaction.commit().await.map_err(exec_error)
            }
        }

        #[async_trait::async_trait]
        impl ConnectionTrait for $name {
            fn get_database_backend(&self) -> DbBackend {
                DbBackend::Postgres
            }

            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                let mut transaction = self.inner.lock().await;
                let result = query(&statement).execute(&mut **transaction).await;
                result.map(Into::into).map_err(exec_error)
            }

            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                let mut transaction = self.inner.lock().await;
                let result = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **transaction).await;
                result.map(Into::into).map_err(exec_error)
            }

            async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
                let mut transaction = self.inner.lock().await;
                let row = query(&statement).fetch_optional(&mut **transaction).await;
                row.map(|row| row.map(Into::into)).map_err(query_error)
            }

            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                let mut transaction = self.inner.lock().await;
                let rows = query(&statement).fetch_all(&mut **transaction).await;
                rows.map(|rows| rows.into_iter().map(Into::into).collect()).map_err(query_error)
            }
        }
    };
}

fn exec_error(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

fn query_error(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

fn connection_error(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

fn query(statement: &Statement) -> Query<'_, Postgres, SqlxValues> {
    let values = statement.values.clone().unwrap_or(sea_orm::Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), SqlxValues(values))
}

transaction! {
    /// A transaction in which only the rows of one district exist: row level security is set before anything else runs.
    TenantTx { district: DistrictId } district: |tx| Some(tx.district)
}

transaction! {
    /// A transaction on identity and plumbing (accounts, sessions, memberships, the outbox). Tenant tables refuse it.
    SystemTx {} district: |_| None
}

transaction! {
    /// A transaction that reads what province or ministry oversees: summaries, districts and invitations within reach. Row
    /// level security hides what lies beyond; tenant tables refuse it, and it cannot write.
    OversightTx {} district: |_| None
}

impl OversightTx {
    /// `provinces`: the codes within reach; none for the nation.
    pub(super) async fn begin(
        pool: &sqlx::PgPool,
        provinces: Option<&[String]>,
        origin: Origin,
    ) -> Result<Self, DbErr> {
        let reach = reach_setting(provinces);
        let begin = format!("BEGIN READ ONLY; SET LOCAL app.scope = 'oversight'; SET LOCAL app.provinces = '{reach}'");
        let inner = pool.begin_with(AssertSqlSafe(begin)).await.map_err(connection_error)?;
        Ok(Self {
            inner: Mutex::new(inner),
            origin,
        })
    }

    /// What `read` makes of each row, read as it arrives: of many wide rows only one is held as the database sent it.
    ///
    /// # Errors
    /// When the database cannot be asked, or the first of `read`.
    pub async fn map_rows<T, E: From<DbErr>>(
        &self,
        statement: Statement,
        mut read: impl FnMut(QueryResult) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let mut transaction = self.inner.lock().await;
        let mut rows = query(&statement).fetch(&mut **transaction);
        let mut all = Vec::new();
        while let Some(row) = rows.try_next().await.map_err(query_error)? {
            all.push(read(row.into())?);
        }
        Ok(all)
    }
}

/// The value of `app.provinces`. Only what is a code of a province goes into the statement.
fn reach_setting(provinces: Option<&[String]>) -> String {
    let Some(provinces) = provinces else {
        return "*".to_owned();
    };
    let is_code = |code: &&String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit());
    let codes: Vec<&str> = provinces.iter().filter(is_code).map(String::as_str).collect();
    codes.join(",")
}

impl TenantTx {
    pub(super) async fn begin(pool: &sqlx::PgPool, district: DistrictId, origin: Origin) -> Result<Self, DbErr> {
        // One message instead of two. SET LOCAL rather than set_config(): Citus propagates only the former.
        let begin = format!("BEGIN; SET LOCAL app.district_id = '{}'", district.0);
        let inner = pool.begin_with(AssertSqlSafe(begin)).await.map_err(connection_error)?;
        Ok(Self {
            inner: Mutex::new(inner),
            origin,
            district,
        })
    }

    /// The district whose rows exist here.
    #[must_use]
    pub const fn district_id(&self) -> DistrictId {
        self.district
    }

    /// Goes on in somebody else's name: the demo tells in one transaction what several people did. The rows in reach
    /// stay the same.
    pub(crate) fn set_origin(&mut self, origin: Origin) {
        self.origin = origin;
    }

    /// Starts a select that names the tenant. The database would hide other rows anyway; the planner, and Citus when
    /// it routes, need to read the predicate.
    #[must_use]
    pub fn find<E: TenantEntity>(&self) -> Select<E> {
        <E as EntityTrait>::find().filter(E::DISTRICT.eq(self.district))
    }
}

impl SystemTx {
    /// Goes on in the name of who has proven in it to be somebody.
    pub(crate) fn set_origin(&mut self, origin: Origin) {
        self.origin = origin;
    }

    /// Goes on as the tenant's transaction; `district` must be set in it already.
    pub(super) fn into_tenant(self, district: DistrictId) -> TenantTx {
        TenantTx {
            inner: self.inner,
            origin: self.origin,
            district,
        }
    }

    pub(super) async fn begin(pool: &sqlx::PgPool, origin: Origin) -> Result<Self, DbErr> {
        let inner = pool
            .begin_with("BEGIN; SET LOCAL app.scope = 'system'")
            .await
            .map_err(connection_error)?;
        Ok(Self {
            inner: Mutex::new(inner),
            origin,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::reach_setting;

    #[test]
    fn only_codes_of_provinces_reach_the_statement() {
        let codes = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
        assert_eq!(reach_setting(None), "*");
        assert_eq!(reach_setting(Some(&codes(&["33", "73"]))), "33,73");
        assert_eq!(reach_setting(Some(&codes(&["*", "3", "7'; --", "333"]))), "");
    }
}
