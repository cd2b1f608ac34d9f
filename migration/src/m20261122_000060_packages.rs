//! Model packages: what districts publish of their setup, who adopted it, and where adopted records come from.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[(&str, TableClass, &str)] = &[
    ("package_key", TableClass::System, "keys that sign model packages"),
    (
        "model_package",
        TableClass::Shared,
        "published versions of model packages",
    ),
    (
        "package_adoption",
        TableClass::TenantAndSystem,
        "when a district took over a package or an improvement of it; counted across districts",
    ),
    (
        "package_change",
        TableClass::Tenant,
        "what an adoption did to each setup record, to undo it",
    ),
    (
        "setup_origin",
        TableClass::Tenant,
        "which record of which package a setup record comes from",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/packages.sql")).await?;
        for (table, class, meaning) in TABLES {
            classify(db, table, *class, meaning).await?;
        }
        Ok(())
    }
}
