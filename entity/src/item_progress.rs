//! Who looks after an item of the standard until when.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, ItemProgressId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "item_progress")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemProgressId,
    pub item_code: String,
    pub assignee_id: Option<AccountId>,
    pub due_on: Option<Date>,
    pub note: String,
    pub begun: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
