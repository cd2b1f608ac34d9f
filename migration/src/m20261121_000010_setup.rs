//! The six components: records, what they refer to, and who is in charge.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/setup.sql")).await?;
        for (table, meaning) in [
            ("setup_record", "what a district set up in the six components"),
            ("setup_reference", "which setup records mention which"),
            ("setup_responsibility", "who is in charge of a component or item"),
        ] {
            classify(db, table, TableClass::Tenant, meaning).await?;
        }
        Ok(())
    }
}
