//! Published versions of model packages.

use sea_orm::entity::prelude::*;

use crate::ids::{DistrictId, ModelPackageId, PackageId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "model_package")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ModelPackageId,
    pub package_id: PackageId,
    pub package_version: i32,
    pub name: String,
    pub author_scope: String,
    pub author_code: String,
    pub author_name: String,
    pub author_unit: String,
    pub author_district_id: Option<DistrictId>,
    pub is_imported: bool,
    pub standard_version: String,
    pub note_id: String,
    pub note_en: String,
    pub counts: Json,
    pub document: String,
    pub content_hash: String,
    pub signer_kid: String,
    pub published_at: DateTimeUtc,
    pub published_by_name: String,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub version: i32,
}

/// No relations: tenant rows are joined in `query` modules, by name and with the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
