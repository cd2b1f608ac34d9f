//! Trainings and meetings that ministry and provinces offer to districts.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, EventId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_event")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    pub owner_province: Option<String>,
    pub organiser: String,
    pub kind: String,
    pub title: String,
    pub description: String,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    pub time_zone: String,
    pub place: String,
    pub online_link: Option<String>,
    pub register_until: DateTimeUtc,
    pub seats_per_district: i32,
    pub audience: Json,
    pub roles: String,
    pub remind_days: i16,
    pub reminded_at: Option<DateTimeUtc>,
    pub created_by: AccountId,
    pub created_by_name: String,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_reason: String,
    pub cancelled_by_ministry: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
