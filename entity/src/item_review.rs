//! What reviewers decided about computed items.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, ItemReviewId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "item_review")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemReviewId,
    pub item_code: String,
    pub standard_version: String,
    pub decision: String,
    pub comment: String,
    pub subject: String,
    pub decided_by: AccountId,
    pub decided_by_name: String,
    pub decided_at: DateTimeUtc,
    pub answer: String,
    pub answered_by: Option<AccountId>,
    pub answered_by_name: Option<String>,
    pub answered_at: Option<DateTimeUtc>,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
