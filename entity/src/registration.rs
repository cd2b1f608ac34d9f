//! Applications of districts that want to run PKSAI here.

use sea_orm::entity::prelude::*;

use crate::ids::{FileObjectId, RegistrationId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationId,
    pub district_code: String,
    pub district_name: String,
    pub province_code: String,
    pub province_name: String,
    pub unit_name: String,
    pub office_name: String,
    pub applicant_name: String,
    pub position: String,
    pub email: String,
    pub phone: String,
    pub locale: String,
    pub status: String,
    pub letter_id: Option<FileObjectId>,
    pub decision_note: Option<String>,
    pub submitted_at: Option<DateTimeUtc>,
    pub status_at: DateTimeUtc,
    pub request_key_hash: Option<Vec<u8>>,
    pub request_hash: Option<Vec<u8>>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// No relations: registrations are loaded by id.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
