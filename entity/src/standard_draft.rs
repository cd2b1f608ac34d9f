//! The next version of the national standard while the ministry works on it: one row at most.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "standard_draft")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    pub base_version: String,
    pub content: Json,
    pub content_hash: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub created_by_name: String,
    pub updated_at: DateTimeUtc,
    pub updated_by_name: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
