//! The transaction in which somebody joins a district.

use chrono::Utc;
use entity::invitation;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Statement, sea_query::Expr};

use super::{SystemTx, TenantTx};

impl SystemTx {
    /// Uses up an open invitation and goes on as the tenant's transaction of its district, for what the district is to know of
    /// it. `None` when the invitation is not open any more.
    ///
    /// It is not a way around [`TenantTx`]: an invitation is good once, and only who was shown its token has it. The rights of
    /// a system transaction end here.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn join_district(self, row: &invitation::Model) -> Result<Option<TenantTx>, DbErr> {
        let used = invitation::Entity::update_many()
            .col_expr(invitation::Column::AcceptedAt, Expr::value(Utc::now()))
            .filter(invitation::Column::DistrictId.eq(row.district_id))
            .filter(invitation::Column::Id.eq(row.id))
            .filter(invitation::Column::AcceptedAt.is_null())
            .filter(invitation::Column::RevokedAt.is_null())
            .exec(&self)
            .await?;
        if used.rows_affected != 1 {
            return Ok(None);
        }
        let backend = self.get_database_backend();
        for set in [
            format!("SET LOCAL app.district_id = '{}'", row.district_id),
            "SET LOCAL app.scope = ''".to_owned(),
        ] {
            self.execute_raw(Statement::from_string(backend, set)).await?;
        }
        Ok(Some(self.into_tenant(row.district_id)))
    }
}
