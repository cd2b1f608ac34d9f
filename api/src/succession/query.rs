//! Requests as rows, and telling of them.

use entity::{account, district, ids::*, membership, succession};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    rules::SuccessionStatus,
    view::{Coordinator, Succession},
};
use crate::{
    audit::{self, Change},
    auth::role::DISTRICT_ADMIN_KEY,
    db::{TenantTx, Transaction},
    districts::own_district,
    error::{ApiResult, ErrorCode},
    notices::{About, Notice, NoticeContent, post},
};

/// A request.
///
/// # Errors
/// 404 when the district has none with that id.
pub async fn find(tx: &TenantTx, id: SuccessionId) -> ApiResult<succession::Model> {
    let row = tx.find::<succession::Entity>().filter(succession::Column::Id.eq(id));
    Ok(row.one(tx).await?.ok_or(ErrorCode::NotFound)?)
}

/// A request, locked until the end of the transaction.
///
/// # Errors
/// 404 when the district has none with that id, 412 when it has changed.
pub async fn find_to_change(tx: &TenantTx, id: SuccessionId, version: i32) -> ApiResult<succession::Model> {
    let row = tx
        .find::<succession::Entity>()
        .filter(succession::Column::Id.eq(id))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    if row.version != version {
        return Err(ErrorCode::Stale.into());
    }
    Ok(row)
}

/// The memberships of coordinators with their accounts, the longest-serving first.
///
/// # Errors
/// When the database refuses.
pub async fn coordinators_of(tx: &TenantTx) -> ApiResult<Vec<(membership::Model, account::Model)>> {
    let rows = tx
        .find::<membership::Entity>()
        .filter(membership::Column::RoleKey.eq(DISTRICT_ADMIN_KEY))
        .order_by_asc(membership::Column::Id)
        .all(tx)
        .await?;
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(rows.iter().map(|row| row.account_id)))
        .all(tx)
        .await?;
    let with_account = rows.into_iter().filter_map(|row| {
        let account = accounts.iter().find(|account| account.id == row.account_id)?;
        Some((row, account.clone()))
    });
    Ok(with_account.collect())
}

impl From<(membership::Model, account::Model)> for Coordinator {
    fn from((row, account): (membership::Model, account::Model)) -> Self {
        Self {
            id: row.id,
            name: account.name,
            joined_at: row.created_at,
            is_disabled: account.disabled_at.is_some(),
        }
    }
}

/// The member of the district with this email, and that member's account.
///
/// # Errors
/// When the database refuses.
pub async fn member_with(tx: &TenantTx, email: &str) -> ApiResult<Option<(membership::Model, account::Model)>> {
    let account = account::Entity::find()
        .filter(account::Column::Email.eq(email))
        .one(tx)
        .await?;
    let Some(account) = account else {
        return Ok(None);
    };
    let row = tx
        .find::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(account.id))
        .lock_exclusive();
    Ok(row.one(tx).await?.map(|row| (row, account)))
}

/// The coordinator who leaves, while still one, and the account.
///
/// # Errors
/// When the database refuses.
pub async fn leaving_of(
    tx: &TenantTx,
    row: &succession::Model,
) -> ApiResult<Option<(membership::Model, account::Model)>> {
    let Some(leaving) = row.leaving else {
        return Ok(None);
    };
    let membership = tx
        .find::<membership::Entity>()
        .filter(membership::Column::Id.eq(leaving))
        .filter(membership::Column::RoleKey.eq(DISTRICT_ADMIN_KEY))
        .lock_exclusive()
        .one(tx)
        .await?;
    let Some(membership) = membership else {
        return Ok(None);
    };
    let account = account::Entity::find_by_id(membership.account_id).one(tx).await?;
    Ok(account.map(|account| (membership, account)))
}

/// Writes where the request stands now.
///
/// # Errors
/// When the database refuses.
pub async fn put_status(
    tx: &TenantTx,
    row: succession::Model,
    status: SuccessionStatus,
    write: impl FnOnce(&mut succession::ActiveModel),
) -> ApiResult<succession::Model> {
    let version = row.version;
    let mut change = row.into_active_model();
    change.status = Set(status.as_str().to_owned());
    change.version = Set(version + 1);
    write(&mut change);
    Ok(change.update(tx).await?)
}

/// Tells these people where the request stands, each once and not whoever acts.
///
/// # Errors
/// When the database refuses.
pub async fn tell(tx: &TenantTx, row: &succession::Model, to: impl IntoIterator<Item = AccountId>) -> ApiResult<()> {
    let district = own_district(tx).await?;
    let mut people: Vec<AccountId> = to.into_iter().collect();
    people.sort_unstable();
    people.dedup();
    people.retain(|account| Some(*account) != tx.origin().actor_id);
    let notice = Notice {
        content: content(tx, row, &district)?,
        link: format!("/d/{}/pergantian", district.code),
        about: About::district(&district),
    };
    post(tx, people, &notice).await
}

/// What people are told of the request.
///
/// # Errors
/// When the row holds a status that nobody knows.
pub fn content(tx: &TenantTx, row: &succession::Model, district: &district::Model) -> ApiResult<NoticeContent> {
    let status = SuccessionStatus::kept(&row.status)?;
    Ok(NoticeContent::SuccessionChanged {
        district: district.name.clone(),
        status,
        successor: row.successor_email.clone(),
        leaving: row.leaving_name.clone(),
        by: tx.origin().actor_name.clone(),
        said: match status {
            SuccessionStatus::Requested => row.reason.clone(),
            _ => row.decision_note.clone(),
        },
    })
}

/// Keeps in the trail what was done to the request, and returns it as it stands.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &TenantTx, action: &'static str, row: &succession::Model) -> ApiResult<Succession> {
    let after = Succession::of(row.clone())?;
    audit::record(tx, Change::of(action, "succession", row.id).after(&after)).await?;
    Ok(after)
}
