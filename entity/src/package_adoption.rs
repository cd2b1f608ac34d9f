//! When a district took over a package or an improvement of it.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, ModelPackageId, PackageAdoptionId, PackageId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "package_adoption")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PackageAdoptionId,
    pub model_package_id: ModelPackageId,
    pub package_id: PackageId,
    pub step: String,
    pub components: Json,
    pub claimed_before: i16,
    pub claimed_after: i16,
    pub adopted_at: DateTimeUtc,
    pub adopted_by: Option<AccountId>,
    pub adopted_by_name: String,
    pub undone_at: Option<DateTimeUtc>,
    pub undone_by_name: Option<String>,
    pub version: i32,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
