//! Which districts are invited to an event, and what they answered.

use sea_orm::entity::prelude::*;

use crate::ids::{DistrictId, EventId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_invitation")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    pub owner_province: Option<String>,
    pub answer: Option<String>,
    pub participants: i32,
    pub note: String,
    pub answered_at: Option<DateTimeUtc>,
    pub answered_by_name: String,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
