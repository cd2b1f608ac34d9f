//! The tenants: their own profile (unit name, office, address, hotline), and whether people may work in them.

pub mod routes;
pub mod standing;

use entity::district;
use sea_orm::EntityTrait;

use crate::{
    db::TenantTx,
    error::{ApiResult, ErrorCode},
};

/// The district of a transaction.
///
/// # Errors
/// 404 when it is gone.
pub async fn own_district(tx: &TenantTx) -> ApiResult<district::Model> {
    let row = district::Entity::find_by_id(tx.district_id()).one(tx).await?;
    row.ok_or_else(|| ErrorCode::NotFound.into())
}
