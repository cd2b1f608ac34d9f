//! The next version of the national standard: its draft, what it would do to districts, and its publication.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify, open_to_oversight};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[(&str, TableClass, &str)] = &[
    (
        "standard_version",
        TableClass::Published,
        "the national standard by its versions",
    ),
    (
        "standard_draft",
        TableClass::System,
        "the next version of the standard while the ministry works on it",
    ),
    (
        "standard_preview",
        TableClass::System,
        "what somebody asked to know of a draft, and how far the job is",
    ),
    (
        "standard_impact",
        TableClass::TenantAndSystem,
        "what a draft of the standard would do to a district; derived from its rows",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/standard_evolves.sql")).await?;
        for (table, class, meaning) in TABLES {
            classify(db, table, *class, meaning).await?;
        }
        let province = "(SELECT d.province_code FROM district d WHERE d.id = standard_impact.district_id)";
        open_to_oversight(db, "standard_impact", Some(province)).await
    }
}
