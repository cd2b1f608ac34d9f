//! An application holds its district once its email is confirmed; uploads before that are counted.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/registrations_held.sql"))
            .await?;
        let meaning = "bytes uploaded a day before an email was confirmed";
        classify(db, "upload_quota", TableClass::System, meaning).await
    }
}
