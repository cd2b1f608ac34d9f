//! What waits for reviewers, whom they asked, and what they decided.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify, open_to_oversight};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[(&str, TableClass, &str)] = &[
    (
        "review_queue",
        TableClass::TenantAndSystem,
        "what waits for a reviewer; derived from the district's rows",
    ),
    (
        "review_request",
        TableClass::Tenant,
        "which reviewer was asked to look at what waits",
    ),
    (
        "review_decision",
        TableClass::TenantAndSystem,
        "what reviewers decided; counted over many districts",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/review_queue.sql")).await?;
        db.execute_unprepared(include_str!("sql/review_decisions_before.sql"))
            .await?;
        for (table, class, meaning) in TABLES {
            classify(db, table, *class, meaning).await?;
        }
        for table in ["review_queue", "review_decision"] {
            let province = format!("(SELECT d.province_code FROM district d WHERE d.id = {table}.district_id)");
            open_to_oversight(db, table, Some(&province)).await?;
        }
        Ok(())
    }
}
