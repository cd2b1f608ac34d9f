//! Notices about decisions: to whoever is in charge, whoever submitted, and the coordinators.

use std::collections::HashMap;

use entity::{account, ids::AccountId, membership};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Item, situation::Situation, view::People};
use crate::{
    auth::role::DISTRICT_ADMIN_KEY,
    db::TenantTx,
    error::ApiResult,
    notices::{About, Notice, NoticeContent, Words, post},
};

/// What a reviewer decided, for the mail about it.
#[derive(Debug)]
pub struct Decision<'a> {
    /// The item.
    pub item: &'a Item,
    /// Title of the evidence; none when the item itself was decided on.
    pub evidence: Option<&'a str>,
    /// Accepted, or sent back.
    pub accepted: bool,
    /// What the reviewer said.
    pub comment: &'a str,
    /// The reviewer's name.
    pub reviewer: &'a str,
    /// Who submitted the evidence.
    pub submitted_by: Option<AccountId>,
}

/// Members' names by account.
///
/// # Errors
/// When the database cannot be asked.
pub async fn people(tx: &TenantTx, ids: impl IntoIterator<Item = AccountId>) -> ApiResult<People> {
    let ids: Vec<AccountId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    // In a tenant's transaction only fellow members are visible: people who left have no name here.
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .all(tx)
        .await?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}

/// The coordinators, and of the others those who are members.
async fn recipients(tx: &TenantTx, also: &[Option<AccountId>]) -> ApiResult<Vec<AccountId>> {
    let members = tx.find::<membership::Entity>().all(tx).await?;
    let wanted = members
        .iter()
        .filter(|row| row.role_key == DISTRICT_ADMIN_KEY || also.contains(&Some(row.account_id)))
        .map(|row| row.account_id);
    Ok(wanted.collect())
}

/// Tells the district what a reviewer decided.
///
/// # Errors
/// When the database refuses.
pub async fn decided(tx: &TenantTx, situation: &Situation, decision: &Decision<'_>) -> ApiResult<()> {
    let item = decision.item;
    let in_charge = situation.progress_of(&item.code).and_then(|row| row.assignee_id);
    let to = recipients(tx, &[in_charge, decision.submitted_by]).await?;
    let content = NoticeContent::ItemDecided {
        district: situation.district.name.clone(),
        item: item.code.clone(),
        title: Words {
            id: item.title.id.clone(),
            en: item.title.en.clone(),
        },
        evidence: decision.evidence.map(str::to_owned),
        accepted: decision.accepted,
        comment: decision.comment.to_owned(),
        reviewer: decision.reviewer.to_owned(),
    };
    let notice = Notice {
        content,
        link: format!("/d/{}/butir/{}", situation.district.code, item.code),
        about: About::district(&situation.district),
    };
    post(tx, to, &notice).await
}

/// Tells the coordinators and those who submitted it what was verified at once.
///
/// # Errors
/// When the database refuses.
pub async fn verified(
    tx: &TenantTx,
    situation: &Situation,
    items: Vec<String>,
    submitted_by: &[Option<AccountId>],
    reviewer: &str,
) -> ApiResult<()> {
    let notice = Notice {
        content: NoticeContent::ItemsVerified {
            district: situation.district.name.clone(),
            items,
            reviewer: reviewer.to_owned(),
        },
        link: format!("/d/{}", situation.district.code),
        about: About::district(&situation.district),
    };
    post(tx, recipients(tx, submitted_by).await?, &notice).await
}

/// Tells the coordinators that the centre is live.
///
/// # Errors
/// When the database refuses.
pub async fn went_live(tx: &TenantTx, situation: &Situation, by: &str) -> ApiResult<()> {
    let district = &situation.district;
    let notice = Notice {
        content: NoticeContent::WentLive {
            unit: district.unit_name.clone(),
            district: district.name.clone(),
            by: by.to_owned(),
        },
        link: format!("/layanan/{}", district.code),
        about: About::district(district),
    };
    post(tx, recipients(tx, &[]).await?, &notice).await
}
