//! What people should know of.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, NoticeId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoticeId,
    pub account_id: AccountId,
    pub kind: String,
    pub params: Json,
    pub link: String,
    pub district_id: Option<DistrictId>,
    pub province_code: Option<String>,
    pub created_at: DateTimeUtc,
    pub routed_at: Option<DateTimeUtc>,
    pub in_app: bool,
    pub digest_due_at: Option<DateTimeUtc>,
    pub digested_at: Option<DateTimeUtc>,
    pub read_at: Option<DateTimeUtc>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
