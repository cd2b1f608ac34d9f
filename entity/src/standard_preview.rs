//! What somebody asked to know of a content of the standard, and how far the job is.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "standard_preview")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub content_hash: String,
    pub content: Json,
    pub against_version: String,
    pub against_fingerprint: String,
    pub districts: i32,
    pub done: i32,
    pub failed: i32,
    pub last_district: i32,
    pub requested_at: DateTimeUtc,
    pub requested_by_name: String,
    pub finished_at: Option<DateTimeUtc>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
