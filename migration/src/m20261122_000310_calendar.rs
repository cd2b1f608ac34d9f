//! The calendar of trainings and coordination meetings, and who takes part.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify, count_by_addressees, open_to_addressees, open_to_oversight};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[(&str, TableClass, &str)] = &[
    (
        "calendar_event",
        TableClass::System,
        "trainings and meetings; read by the districts that are invited and by those who oversee the organiser",
    ),
    (
        "calendar_seats",
        TableClass::System,
        "how many take part in an event; counted by the districts that are invited",
    ),
    (
        "calendar_invitation",
        TableClass::TenantAndSystem,
        "which district is invited to an event, and what it answered",
    ),
    (
        "calendar_participant",
        TableClass::TenantAndSystem,
        "who of a district takes part in an event",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/calendar.sql")).await?;
        for (table, class, meaning) in TABLES {
            classify(db, table, *class, meaning).await?;
        }
        for table in ["calendar_event", "calendar_invitation", "calendar_participant"] {
            open_to_oversight(db, table, Some("owner_province")).await?;
        }
        let owner = "(SELECT e.owner_province FROM calendar_event e WHERE e.id = calendar_seats.id)";
        open_to_oversight(db, "calendar_seats", Some(owner)).await?;
        for table in ["calendar_event", "calendar_seats"] {
            open_to_addressees(db, table, "calendar_invitation").await?;
        }
        count_by_addressees(db, "calendar_seats", "calendar_invitation").await
    }
}
