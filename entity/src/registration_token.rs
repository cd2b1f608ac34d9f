//! Keys of applicants to their application, by hash.

use sea_orm::entity::prelude::*;

use crate::ids::RegistrationId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "registration_token")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub registration_id: RegistrationId,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

/// No relations: tokens are found by hash.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
