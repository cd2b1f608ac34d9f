//! What a province may not see or reach, kept by the database where only the service did.

use sea_orm_migration::prelude::*;

use crate::table_class::open_to_oversight;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/reach.sql")).await?;
        open_to_oversight(db, "registration", Some("province_code")).await
    }
}
