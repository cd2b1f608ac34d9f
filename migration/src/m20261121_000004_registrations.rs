//! Registration of districts.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[(&str, TableClass, &str)] = &[
    ("registration", TableClass::System, "an application of a district"),
    (
        "registration_event",
        TableClass::SystemAppendOnly,
        "what happened to an application",
    ),
    (
        "registration_token",
        TableClass::System,
        "keys of applicants to their application, by hash",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/registrations.sql")).await?;
        for (table, class, meaning) in TABLES {
            classify(db, table, *class, meaning).await?;
        }
        Ok(())
    }
}
