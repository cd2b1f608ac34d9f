//! Waves of replication: districts that are taken on together, with their target.

use sea_orm::entity::prelude::*;

use crate::ids::WaveId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "replication_wave")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WaveId,
    pub year: i16,
    pub number: i16,
    pub name: String,
    pub starts_on: Date,
    pub target_phase: String,
    pub target_on: Date,
    pub note: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
