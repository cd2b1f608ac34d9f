//! The districts whose people have not been told of a circular yet.

use sea_orm::entity::prelude::*;

use crate::ids::{CircularId, DistrictId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "circular_pending")]
#[allow(missing_docs, reason = "columns are described in the migration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub circular_id: CircularId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: DistrictId,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
