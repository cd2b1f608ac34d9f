//! Regions of Indonesia and their search index; the rows are loaded by [`crate::apply`].

use sea_orm_migration::prelude::*;

use crate::{
    regions,
    table_class::{TableClass, classify},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(regions::DDL).await?;
        for (table, meaning) in [
            ("region", "provinces to villages with their codes"),
            ("region_alias", "other spellings and former names"),
            ("region_search", "what a person may type to find a region"),
            ("reference_load", "which version of which reference data is loaded"),
        ] {
            classify(db, table, TableClass::Reference, meaning).await?;
        }
        Ok(())
    }
}
