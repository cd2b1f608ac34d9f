//! The one transaction that both adds a tenant and writes its first rows.

use entity::{district, ids::DistrictId};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::{Origin, SystemTx, TenantTx, Transaction};

/// A system transaction that has added a district and may write that district's rows too.
///
/// It is not a way around [`super::TenantTx`]: its only constructor inserts the district, which fails when it exists. So
/// the tenant that it opens has no rows yet but its own, and nobody's data can be read through it.
#[derive(Debug)]
pub struct FoundingTx {
    system: SystemTx,
    district: DistrictId,
}

impl SystemTx {
    /// Adds a district and opens it for this transaction.
    ///
    /// # Errors
    /// When the district exists, or the database refuses otherwise.
    pub async fn found_district(self, row: district::ActiveModel) -> Result<(FoundingTx, district::Model), DbErr> {
        let row = row.insert(&self).await?;
        let set = format!("SET LOCAL app.district_id = '{}'", row.id);
        self.execute_raw(Statement::from_string(self.get_database_backend(), set))
            .await?;
        let founding = FoundingTx {
            system: self,
            district: row.id,
        };
        Ok((founding, row))
    }
}

impl FoundingTx {
    /// The same transaction as seen from outside the district: its audit events go to the installation's chain.
    #[must_use]
    pub const fn system(&self) -> &SystemTx {
        &self.system
    }

    /// Goes on as a transaction of the new district alone, for what is derived from its rows.
    ///
    /// # Errors
    /// When the database refuses to give up the rights of a system transaction.
    pub async fn into_tenant(self) -> Result<TenantTx, DbErr> {
        let reset = Statement::from_string(self.get_database_backend(), "SET LOCAL app.scope = ''");
        self.execute_raw(reset).await?;
        Ok(self.system.into_tenant(self.district))
    }
}

impl Transaction for FoundingTx {
    fn origin(&self) -> &Origin {
        self.system.origin()
    }

    fn district(&self) -> Option<DistrictId> {
        Some(self.district)
    }

    async fn commit(self) -> Result<(), DbErr> {
        self.system.commit().await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for FoundingTx {
    fn get_database_backend(&self) -> DbBackend {
        self.system.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.system.execute_raw(statement).await
    }

    #[allow(clippy::disallowed_methods, reason = "passes on what the trait asks for")]
    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.system.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.system.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.system.query_all_raw(statement).await
    }
}
