//! Who runs a district's workspace.

use entity::{account, ids::AccountId, membership};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{auth::role::DISTRICT_ADMIN_KEY, db::TenantTx, error::ApiResult};

/// The coordinators of a district whose accounts are open.
///
/// # Errors
/// When the database refuses.
pub async fn coordinators(tx: &TenantTx) -> ApiResult<Vec<AccountId>> {
    let rows = tx
        .find::<membership::Entity>()
        .filter(membership::Column::RoleKey.eq(DISTRICT_ADMIN_KEY))
        .all(tx)
        .await?;
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(rows.iter().map(|row| row.account_id)))
        .filter(account::Column::DisabledAt.is_null())
        .all(tx)
        .await?;
    Ok(accounts.into_iter().map(|account| account.id).collect())
}
