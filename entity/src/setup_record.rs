//! What a district set up in the components, one typed document a row.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DistrictId, SetupRecordId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "setup_record")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SetupRecordId,
    pub kind: String,
    pub component: String,
    pub position: i32,
    pub title: String,
    pub content: Json,
    pub complete: bool,
    pub missing: Json,
    pub archived_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<AccountId>,
    pub updated_by_name: String,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
