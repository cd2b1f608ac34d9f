//! What waits for reviewers, over all districts: derived.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, FileObjectId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "review_queue")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub subject: String,
    pub item_code: String,
    pub component: String,
    pub title: String,
    pub kind: String,
    pub file_id: Option<FileObjectId>,
    pub evidence_version: Option<i32>,
    pub waiting_since: DateTimeUtc,
    pub submitted_by: Option<AccountId>,
    pub submitted_by_name: String,
    pub caution: Option<String>,
    pub reviewer_id: Option<AccountId>,
    pub reviewer_name: Option<String>,
    pub asked_by_name: Option<String>,
    pub ask_note: Option<String>,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
