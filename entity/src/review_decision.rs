//! What reviewers decided.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, EvidenceId, ReviewDecisionId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "review_decision")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewDecisionId,
    pub item_code: String,
    pub evidence_id: Option<EvidenceId>,
    pub title: String,
    pub decision: String,
    pub comment: String,
    pub submitted_by: Option<AccountId>,
    pub reviewer_id: AccountId,
    pub reviewer_name: String,
    pub decided_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
