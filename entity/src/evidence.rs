//! Documents that a district shows for items of the standard.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, EvidenceId, FileObjectId, SetupRecordId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvidenceId,
    pub item_code: String,
    pub standard_version: String,
    pub kind: String,
    pub file_id: Option<FileObjectId>,
    pub record_id: Option<SetupRecordId>,
    pub title: String,
    pub number: String,
    pub document_date: Option<Date>,
    pub valid_until: Option<Date>,
    pub note: String,
    pub status: String,
    pub review_comment: String,
    pub reviewed_by: Option<AccountId>,
    pub reviewed_by_name: Option<String>,
    pub reviewed_at: Option<DateTimeUtc>,
    pub submitted_by: AccountId,
    pub submitted_by_name: String,
    pub submitted_at: DateTimeUtc,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
