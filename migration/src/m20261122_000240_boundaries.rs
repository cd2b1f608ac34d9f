//! Boundaries that the ministry loads for the map.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify, open_to_oversight};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/boundaries.sql")).await?;
        let meaning = "the boundaries on the map of the national page, if the ministry has loaded any";
        classify(db, "boundary_set", TableClass::System, meaning).await?;
        open_to_oversight(db, "boundary_set", None).await
    }
}
