//! Who shall follow a coordinator.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, InvitationId, MembershipId, SuccessionId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "succession")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SuccessionId,
    pub successor_email: String,
    pub leaving: Option<MembershipId>,
    pub leaving_name: String,
    pub reason: String,
    pub letter_number: String,
    pub status: String,
    pub requested_by: AccountId,
    pub requested_by_name: String,
    pub requested_at: DateTimeUtc,
    pub decided_by: Option<AccountId>,
    pub decided_by_name: String,
    pub decided_at: Option<DateTimeUtc>,
    pub decision_note: String,
    pub completed_at: Option<DateTimeUtc>,
    pub invitation_id: Option<InvitationId>,
    pub version: i32,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
