//! What ministry and provinces tell many districts at once.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, AnnouncementId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcement")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AnnouncementId,
    pub owner_province: Option<String>,
    pub sender: String,
    pub title: String,
    pub body: String,
    pub link: Option<String>,
    pub must_confirm: bool,
    pub audience: Json,
    pub roles: String,
    pub sent_by: AccountId,
    pub sent_by_name: String,
    pub sent_at: DateTimeUtc,
    pub replaces: Option<AnnouncementId>,
    pub replaced_by: Option<AnnouncementId>,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by_name: String,
    pub withdrawn_reason: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
