//! Succession of a district's coordinator.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/succession.sql")).await?;
        let meaning = "who shall follow a coordinator: asked for by one person, decided by another";
        classify(db, "succession", TableClass::Tenant, meaning).await
    }
}
