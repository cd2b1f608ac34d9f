//! What happened to an application.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, RegistrationEventId, RegistrationId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "registration_event")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationEventId,
    pub registration_id: RegistrationId,
    pub at: DateTimeUtc,
    pub status: String,
    pub note: Option<String>,
    pub actor_id: Option<AccountId>,
}

/// No relations: events are loaded by registration.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
