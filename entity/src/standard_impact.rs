//! What a content of the standard would do to a district.

use sea_orm::entity::prelude::*;

use crate::ids::DistrictId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "standard_impact")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub as_of: Date,
    pub claimed_before: i16,
    pub claimed_after: i16,
    pub verified_before: i16,
    pub verified_after: i16,
    pub loses_complete: bool,
    pub new_blockers: i16,
    pub detail: Json,
    pub computed_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
