//! Districts that were invited.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/invitations.sql")).await?;
        classify(
            db,
            "district_invitation",
            TableClass::System,
            "a district that was asked to run PKSAI",
        )
        .await
    }
}
