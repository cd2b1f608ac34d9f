//! What an adoption did to each setup record.

use sea_orm::entity::prelude::*;

use crate::ids::{DistrictId, PackageAdoptionId, PackageChangeId, SetupRecordId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "package_change")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PackageChangeId,
    pub adoption_id: PackageAdoptionId,
    pub record_id: SetupRecordId,
    pub kind: String,
    pub action: String,
    pub origin_id: SetupRecordId,
    pub after_version: i32,
    pub before: Option<Json>,
    pub origin_before: Option<Json>,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
