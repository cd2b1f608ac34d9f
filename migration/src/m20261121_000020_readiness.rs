//! The standard, evidence, reviews, assignments, the summary of readiness and the public page.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[(&str, TableClass, &str)] = &[
    (
        "standard_version",
        TableClass::Reference,
        "the national standard by its versions",
    ),
    (
        "evidence",
        TableClass::Tenant,
        "a document shown for an item of the standard",
    ),
    (
        "item_review",
        TableClass::Tenant,
        "what a reviewer decided about a computed item",
    ),
    (
        "item_progress",
        TableClass::Tenant,
        "who looks after an item of the standard until when",
    ),
    (
        "readiness_summary",
        TableClass::TenantAndSystem,
        "where a district stands; derived from its rows",
    ),
    (
        "public_page",
        TableClass::TenantAndSystem,
        "what the public may read of a live district; derived from its rows",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/readiness.sql")).await?;
        for (table, class, meaning) in TABLES {
            classify(db, table, *class, meaning).await?;
        }
        Ok(())
    }
}
