//! Provinces, kabupaten/kota, kecamatan and desa/kelurahan with their Kemendagri codes.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "region")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub level: String,
    pub parent_code: Option<String>,
    pub name: String,
    pub full_name: String,
    pub folded_name: String,
    pub bps_code: Option<String>,
    pub time_zone: Option<String>,
}

/// No relations: regions are looked up by code.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
