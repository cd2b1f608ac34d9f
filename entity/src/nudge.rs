//! Reminders to a district's coordinators.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, NudgeId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "nudge")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NudgeId,
    pub message: String,
    pub obstacles: Json,
    pub progress_on: Option<Date>,
    pub recipients: i16,
    pub sent_by: AccountId,
    pub sent_by_name: String,
    pub sent_at: DateTimeUtc,
    pub opened_at: Option<DateTimeUtc>,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
