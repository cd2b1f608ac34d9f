//! Announcements to many districts, who read them, and the queue that tells their people.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify, open_to_addressees, open_to_oversight};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[(&str, TableClass, &str)] = &[
    (
        "announcement",
        TableClass::System,
        "what ministry or province tell many districts; read by those whom it reached and by those who oversee its sender",
    ),
    (
        "announcement_delivery",
        TableClass::TenantAndSystem,
        "which district an announcement reached, and what became of it there",
    ),
    (
        "announcement_receipt",
        TableClass::TenantAndSystem,
        "who of a district opened an announcement",
    ),
    (
        "circular",
        TableClass::System,
        "what people of many districts should know of",
    ),
    (
        "circular_pending",
        TableClass::System,
        "the districts whose people have not been told of it yet",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/announcements.sql")).await?;
        for (table, class, meaning) in TABLES {
            classify(db, table, *class, meaning).await?;
        }
        // Who sent it, not where it was read: a province sees nothing of what the ministry tells its districts.
        for table in ["announcement", "announcement_delivery", "announcement_receipt"] {
            open_to_oversight(db, table, Some("owner_province")).await?;
        }
        open_to_addressees(db, "announcement", "announcement_delivery").await
    }
}
