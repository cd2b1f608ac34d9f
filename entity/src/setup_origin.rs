//! Which record of which package a setup record comes from.

use sea_orm::entity::prelude::*;

use crate::ids::{DistrictId, PackageId, SetupOriginId, SetupRecordId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "setup_origin")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SetupOriginId,
    pub record_id: SetupRecordId,
    pub package_id: PackageId,
    pub origin_id: SetupRecordId,
    pub package_version: i32,
    pub base: Option<Json>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
