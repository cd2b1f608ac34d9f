//! Notices to people, and how each wants to be told.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/notices.sql")).await?;
        let meaning = "what a person should know of; read by that person only";
        classify(db, "notice", TableClass::SystemQueue, meaning).await?;
        let meaning = "how a person wants to be told of things";
        classify(db, "notice_preference", TableClass::System, meaning).await
    }
}
