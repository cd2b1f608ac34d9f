//! Waves of replication and the districts in them.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify, open_to_oversight};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/waves.sql")).await?;
        let meaning = "waves of replication with what is planned for them";
        classify(db, "replication_wave", TableClass::System, meaning).await?;
        open_to_oversight(db, "replication_wave", None).await?;
        let meaning = "which district is in which wave of replication";
        classify(db, "replication_wave_district", TableClass::System, meaning).await?;
        // The first two digits of a district's code are its province.
        open_to_oversight(db, "replication_wave_district", Some("left(code, 2)")).await
    }
}
