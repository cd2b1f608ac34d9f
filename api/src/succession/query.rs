//! Reading requests, and handing over.

use chrono::Utc;
use entity::{account, district, ids::*, membership, succession};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{
    rules::SuccessionStatus,
    view::{Coordinator, Succession},
};
use crate::{
    audit::{self, Change},
    auth::role::DISTRICT_ADMIN_KEY,
    db::{TenantTx, Transaction},
    error::{ApiResult, ErrorCode},
    members::coordinators::coordinators,
    notices::{About, Notice, NoticeContent, post},
    readiness,
};

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

/// The membership that somebody with this email has in the district.
///
/// # Errors
/// When the database refuses.
pub async fn member_with(tx: &TenantTx, email: &str) -> ApiResult<Option<membership::Model>> {
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
    Ok(row.one(tx).await?)
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

/// Ends the request: the successor is coordinator now, so whoever leaves is a member no longer. Answers whose rights have
/// changed.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over(
    tx: &TenantTx,
    row: succession::Model,
    successor: AccountId,
) -> ApiResult<(succession::Model, Vec<AccountId>)> {
    let mut changed = vec![successor];
    if let Some(leaving) = row.leaving {
        let leaving = tx
            .find::<membership::Entity>()
            .filter(membership::Column::Id.eq(leaving))
            .lock_exclusive()
            .one(tx)
            .await?;
        // Who was appointed to follow oneself stays; who has gone meanwhile has gone.
        if let Some(leaving) = leaving.filter(|leaving| leaving.account_id != successor) {
            changed.push(leaving.account_id);
            leaving.delete(tx).await?;
        }
    }
    let row = put_status(tx, row, SuccessionStatus::Completed, |change| {
        change.completed_at = Set(Some(Utc::now()));
    })
    .await?;
    // Whether any coordinator has ever signed in is part of it.
    readiness::refresh(tx).await?;
    Ok((row, changed))
}

/// Hands over to somebody who has just joined as coordinator, when that was approved. Answers whose rights have changed.
///
/// # Errors
/// When the database refuses.
pub async fn take_over(tx: &TenantTx, email: &str, joined: &membership::Model) -> ApiResult<Vec<AccountId>> {
    if joined.role_key != DISTRICT_ADMIN_KEY {
        return Ok(Vec::new());
    }
    let approved = tx
        .find::<succession::Entity>()
        .filter(succession::Column::Status.eq(SuccessionStatus::Approved.as_str()))
        .filter(succession::Column::SuccessorEmail.eq(email))
        .order_by_desc(succession::Column::Id)
        .lock_exclusive()
        .limit(1)
        .one(tx)
        .await?;
    let Some(row) = approved else {
        return Ok(Vec::new());
    };
    let (asked_by, leaving) = (row.requested_by, leaving_account(tx, &row).await?);
    let (row, changed) = hand_over(tx, row, joined.account_id).await?;
    tell(
        tx,
        &row,
        coordinators(tx).await?.into_iter().chain([asked_by]).chain(leaving),
    )
    .await?;
    record(tx, "complete", &row).await?;
    Ok(changed)
}

/// The account of who leaves, when still a member.
///
/// # Errors
/// When the database refuses.
pub async fn leaving_account(tx: &TenantTx, row: &succession::Model) -> ApiResult<Option<AccountId>> {
    let Some(leaving) = row.leaving else {
        return Ok(None);
    };
    let found = tx
        .find::<membership::Entity>()
        .filter(membership::Column::Id.eq(leaving));
    Ok(found.one(tx).await?.map(|row| row.account_id))
}

/// Tells these people where the request stands, each once and not whoever acts.
///
/// # Errors
/// When the database refuses.
pub async fn tell(tx: &TenantTx, row: &succession::Model, to: impl IntoIterator<Item = AccountId>) -> ApiResult<()> {
    let district = district::Entity::find_by_id(tx.district_id())
        .one(tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let mut people: Vec<AccountId> = to.into_iter().collect();
    people.sort_unstable();
    people.dedup();
    people.retain(|account| Some(*account) != tx.origin().actor_id);
    let status = SuccessionStatus::kept(&row.status)?;
    let notice = Notice {
        content: NoticeContent::SuccessionChanged {
            district: district.name.clone(),
            status,
            successor: row.successor_email.clone(),
            leaving: row.leaving_name.clone(),
            by: tx.origin().actor_name.clone(),
            said: match status {
                SuccessionStatus::Requested => row.reason.clone(),
                _ => row.decision_note.clone(),
            },
        },
        link: format!("/d/{}/pergantian", district.code),
        about: About::district(&district),
    };
    post(tx, people, &notice).await
}

/// Keeps in the trail what was done to the request.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &TenantTx, action: &'static str, row: &succession::Model) -> ApiResult<()> {
    let after = Succession::of(row.clone())?;
    audit::record(tx, Change::of(action, "succession", row.id).after(&after)).await
}
