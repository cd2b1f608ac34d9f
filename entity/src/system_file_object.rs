//! Files uploaded before there is a district.

use sea_orm::entity::prelude::*;

use crate::ids::FileObjectId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "system_file_object")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FileObjectId,
    pub sha256: Vec<u8>,
    pub size: i64,
    pub media_type: String,
    pub file_name: String,
    pub created_at: DateTimeUtc,
}

/// No relations: whoever refers to a file loads it by id.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
