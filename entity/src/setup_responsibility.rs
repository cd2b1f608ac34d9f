//! Who is in charge of a component. Of an item: see [`crate::item_progress`].

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, SetupRecordId, SetupResponsibilityId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "setup_responsibility")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SetupResponsibilityId,
    pub component: String,
    pub account_id: Option<AccountId>,
    pub staff_id: Option<SetupRecordId>,
    pub due_on: Option<Date>,
    pub note: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
