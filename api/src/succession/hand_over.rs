//! Handing over, and ending what was approved and never came to it.
//!
//! Invitations are locked before successions, here and where somebody joins.

use chrono::Utc;
use entity::{account, ids::*, invitation, membership, succession};
use sea_orm::{ActiveValue::Set, ColumnTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    query::{content, leaving_of, put_status, record, tell},
    rules::SuccessionStatus,
};
use crate::{
    auth::role::DISTRICT_ADMIN_KEY,
    db::TenantTx,
    districts::own_district,
    error::{ApiError, ApiResult, ErrorCode, Language, Text},
    jobs::{mail::MailContent, outbox},
    members::{coordinators::coordinators, invitations},
};

/// Ends the request: the successor is coordinator now, so whoever leaves is a member no longer, and invitations that
/// person sent are good no longer. Answers whose rights have changed.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over(
    tx: &TenantTx,
    row: succession::Model,
    successor: AccountId,
) -> ApiResult<(succession::Model, Vec<AccountId>)> {
    let mut changed = vec![successor];
    let leaving = leaving_of(tx, &row).await?;
    let row = put_status(tx, row, SuccessionStatus::Completed, |change| {
        change.completed_at = Set(Some(Utc::now()));
    })
    .await?;
    // Who was appointed to follow oneself stays; who has gone or stepped down meanwhile has done so.
    if let Some((leaving, account)) = leaving.filter(|(leaving, _)| leaving.account_id != successor) {
        changed.push(account.id);
        invitations::revoke_those_of(tx, account.id).await?;
        leaving.delete(tx).await?;
        say_goodbye(tx, &row, &account).await?;
    }
    Ok((row, changed))
}

/// By mail, because who is no longer a member sees no notices of the district; whoever was put out wrongly must learn of it.
async fn say_goodbye(tx: &TenantTx, row: &succession::Model, account: &account::Model) -> ApiResult<()> {
    let district = own_district(tx).await?;
    let notice = content(tx, row, &district)?;
    let mut paragraphs = notice.paragraphs();
    paragraphs.push(Text::new(
        format!(
            "Anda tidak lagi menjadi anggota ruang kerja {}. Bila ini keliru, hubungi dinas sosial provinsi.",
            district.name
        ),
        format!(
            "You are no longer a member of the workspace of {}. If this is wrong, turn to the province's social office.",
            district.name
        ),
    ));
    let mail = MailContent {
        subject: notice.title(),
        name: account.name.clone(),
        paragraphs,
        action: None,
    };
    outbox::enqueue_mail(tx, &account.email, Language::from_locale(&account.locale), &mail).await
}

/// Hands over to somebody who has just joined as coordinator by the invitation of an approval. Answers whose rights have
/// changed. The summary of the district is not renewed here: that takes the district's turn, which comes before the locks that
/// joining holds.
///
/// # Errors
/// When the database refuses.
pub async fn take_over(tx: &TenantTx, by: &invitation::Model, joined: &membership::Model) -> ApiResult<Vec<AccountId>> {
    if joined.role_key != DISTRICT_ADMIN_KEY {
        return Ok(Vec::new());
    }
    let approved = tx
        .find::<succession::Entity>()
        .filter(succession::Column::Status.eq(SuccessionStatus::Approved.as_str()))
        .filter(succession::Column::InvitationId.eq(by.id))
        .lock_exclusive()
        .one(tx)
        .await?;
    let Some(row) = approved else {
        return Ok(Vec::new());
    };
    let asked_by = row.requested_by;
    let (row, changed) = hand_over(tx, row, joined.account_id).await?;
    tell(tx, &row, coordinators(tx).await?.into_iter().chain([asked_by])).await?;
    record(tx, "complete", &row).await?;
    Ok(changed)
}

/// Ends approvals that wait for their successor to join: only the newest decision counts.
///
/// # Errors
/// When the database refuses.
pub async fn end_approved(tx: &TenantTx) -> ApiResult<()> {
    let waiting = tx
        .find::<succession::Entity>()
        .filter(succession::Column::Status.eq(SuccessionStatus::Approved.as_str()))
        .order_by_asc(succession::Column::Id);
    for row in waiting.clone().all(tx).await? {
        revoke_its_invitation(tx, &row).await?;
    }
    for row in waiting.lock_exclusive().all(tx).await? {
        put_status(tx, row, SuccessionStatus::Withdrawn, |_| {}).await?;
    }
    Ok(())
}

/// The invitation that an approval sent is good no longer.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_its_invitation(tx: &TenantTx, row: &succession::Model) -> ApiResult<()> {
    match row.invitation_id {
        Some(id) => invitations::revoke(tx, id).await.map(drop),
        None => Ok(()),
    }
}

/// Refuses to touch the invitation of somebody whom two persons have made coordinator: one person alone, who may be the one
/// that leaves, must not undo it.
///
/// # Errors
/// 409 while such an invitation is good.
pub async fn refuse_touching(tx: &TenantTx, email: &str) -> ApiResult<()> {
    let approved = tx
        .find::<succession::Entity>()
        .filter(succession::Column::Status.eq(SuccessionStatus::Approved.as_str()))
        .filter(succession::Column::SuccessorEmail.eq(email))
        .all(tx)
        .await?;
    let sent = approved.iter().filter_map(|row| row.invitation_id);
    let good = tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::Id.is_in(sent))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(Utc::now()))
        .one(tx)
        .await?;
    if good.is_none() {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
        "Orang ini disetujui menjadi koordinator dan sudah diundang. Undangannya hanya dapat ditarik lewat laman Pergantian koordinator.",
        "This person was approved as coordinator and invited. Only the page on the succession takes that invitation back.",
    )))
}
