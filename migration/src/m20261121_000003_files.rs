//! Uploaded files.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/files.sql")).await?;
        classify(db, "file_object", TableClass::Tenant, "an uploaded file of a district").await?;
        classify(
            db,
            "system_file_object",
            TableClass::System,
            "a file uploaded before there is a district",
        )
        .await
    }
}
