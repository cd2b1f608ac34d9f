//! The boundaries on the map: one row, empty when the ministry has loaded none.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "boundary_set")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    pub file_name: Option<String>,
    pub file_hash: Option<Vec<u8>>,
    pub source: Option<String>,
    pub licence: Option<String>,
    pub matched: Option<i32>,
    pub missing: Option<Json>,
    pub points_read: Option<i32>,
    pub points_kept: Option<i32>,
    pub topology: Option<Vec<u8>>,
    pub topology_size: Option<i32>,
    pub topology_hash: Option<Vec<u8>>,
    pub loaded_by_name: Option<String>,
    pub loaded_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
