//! Who opened an announcement.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, AnnouncementId, AnnouncementReceiptId, DistrictId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcement_receipt")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AnnouncementReceiptId,
    pub announcement_id: AnnouncementId,
    pub owner_province: Option<String>,
    pub account_id: AccountId,
    pub role_key: String,
    pub role_name: String,
    pub name: Option<String>,
    pub opened_at: DateTimeUtc,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
