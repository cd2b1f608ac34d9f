//! What is kept of each day on which a district's facts changed.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/readiness_days.sql")).await?;
        let meaning = "what readiness of a day was judged from; a day that is over does not change";
        classify(db, "readiness_day", TableClass::Tenant, meaning).await?;
        db.execute_unprepared(include_str!("sql/readiness_days_are_over.sql"))
            .await?;
        Ok(())
    }
}
