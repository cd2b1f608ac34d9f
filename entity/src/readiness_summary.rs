//! Where a district stands: derived from its rows.

use sea_orm::entity::prelude::*;

use crate::ids::DistrictId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "readiness_summary")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    pub standard_version: String,
    pub as_of: Date,
    pub claimed: i16,
    pub verified: i16,
    pub complete_components: i16,
    pub blockers: i16,
    pub components: Json,
    pub phase: Option<String>,
    pub phase_since: Option<Date>,
    pub all_complete_since: Option<Date>,
    pub standard_fingerprint: Option<String>,
    pub phase_dates: Json,
    pub last_progress_on: Option<Date>,
    pub expiring: i16,
    pub expired: i16,
    pub obstacles: Json,
    pub last_nudge: Option<Json>,
    pub updated_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
