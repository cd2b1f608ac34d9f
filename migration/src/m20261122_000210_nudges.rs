//! What is in a district's way, and reminders.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/nudges.sql")).await?;
        let meaning = "a reminder to a district's coordinators; reading it is noted in a system transaction";
        classify(db, "nudge", TableClass::TenantAndSystem, meaning).await
    }
}
