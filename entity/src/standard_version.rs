//! The national standard by its versions.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "standard_version")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub status: String,
    pub effective_from: Date,
    pub content: Json,
    pub fingerprint: String,
    pub loaded_at: DateTimeUtc,
    pub supersedes: Option<String>,
    pub grace_days: i32,
    pub basis: String,
    pub published_at: Option<DateTimeUtc>,
    pub published_by_name: Option<String>,
}

/// No relations: versions are looked up by number.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
