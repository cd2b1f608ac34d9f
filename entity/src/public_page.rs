//! What the public may read of a live district: derived from its setup.

use sea_orm::entity::prelude::*;

use crate::ids::DistrictId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "public_page")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    pub content: Json,
    pub updated_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
