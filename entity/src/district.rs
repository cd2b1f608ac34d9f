//! The tenants: kabupaten/kota that run PKSAI on this installation.

use sea_orm::entity::prelude::*;

use crate::ids::DistrictId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "district")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DistrictId,
    pub code: String,
    pub name: String,
    pub province_code: String,
    pub province_name: String,
    pub unit_name: String,
    pub office_name: String,
    pub address: String,
    pub hotline: String,
    pub time_zone: String,
    pub status: String,
    pub status_reason: String,
    pub status_by_name: String,
    pub status_at: DateTimeUtc,
    pub phase: String,
    pub live_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
