//! Mails about decisions: to whoever is in charge, whoever submitted, and the coordinators.

use std::collections::HashMap;

use entity::{account, ids::AccountId, membership};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Item, situation::Situation, view::People};
use crate::{
    app::App,
    auth::role::DISTRICT_ADMIN_KEY,
    db::TenantTx,
    error::{ApiResult, Language, Text},
    jobs::{mail::MailContent, outbox},
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

async fn recipients(tx: &TenantTx, also: &[Option<AccountId>]) -> ApiResult<Vec<account::Model>> {
    let members = tx.find::<membership::Entity>().all(tx).await?;
    let wanted = members
        .iter()
        .filter(|row| row.role_key == DISTRICT_ADMIN_KEY || also.contains(&Some(row.account_id)))
        .map(|row| row.account_id);
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(wanted))
        .filter(account::Column::DisabledAt.is_null())
        .all(tx)
        .await?;
    Ok(accounts)
}

async fn send(tx: &TenantTx, to: Vec<account::Model>, content: MailContent) -> ApiResult<()> {
    for account in to {
        let content = MailContent {
            name: account.name,
            ..content.clone()
        };
        outbox::enqueue_mail(tx, &account.email, Language::from_locale(&account.locale), &content).await?;
    }
    Ok(())
}

/// Tells the district what a reviewer decided.
///
/// # Errors
/// When the database refuses.
pub async fn decided(tx: &TenantTx, app: &App, situation: &Situation, decision: &Decision<'_>) -> ApiResult<()> {
    let item = decision.item;
    let in_charge = situation.progress_of(&item.code).and_then(|row| row.assignee_id);
    let to = recipients(tx, &[in_charge, decision.submitted_by]).await?;
    let link = format!("/d/{}/butir/{}", situation.district.code, item.code);
    let content = MailContent {
        subject: subject(decision),
        name: String::new(),
        paragraphs: paragraphs(decision, &situation.district.name),
        action: Some((
            Text::new(format!("Buka butir {}", item.code), format!("Open item {}", item.code)),
            app.shared.config.link(&link),
        )),
    };
    send(tx, to, content).await
}

fn subject(decision: &Decision<'_>) -> Text {
    let code = &decision.item.code;
    let (id, en) = if decision.accepted {
        ("diverifikasi", "verified")
    } else {
        ("dikembalikan", "returned")
    };
    Text::new(
        format!("Butir {code} {id}: {}", decision.item.title.id),
        format!("Item {code} {en}: {}", decision.item.title.en),
    )
}

fn paragraphs(decision: &Decision<'_>, district: &str) -> Vec<Text> {
    let (reviewer, code) = (decision.reviewer, &decision.item.code);
    let what = match decision.evidence {
        Some(title) => Text::new(
            format!("bukti “{title}” untuk butir {code} {district}"),
            format!("the evidence “{title}” for item {code} of {district}"),
        ),
        None => Text::new(
            format!("isian butir {code} {district}"),
            format!("what was entered for item {code} of {district}"),
        ),
    };
    let mut paragraphs = vec![if decision.accepted {
        Text::new(
            format!("{reviewer} telah memverifikasi {}.", what.id),
            format!("{reviewer} has verified {}.", what.en),
        )
    } else {
        Text::new(
            format!("{reviewer} mengembalikan {} untuk diperbaiki.", what.id),
            format!("{reviewer} has returned {} for correction.", what.en),
        )
    }];
    if !decision.comment.is_empty() {
        paragraphs.push(Text::new(
            format!("Catatan peninjau: {}", decision.comment),
            format!("The reviewer's comment: {}", decision.comment),
        ));
    }
    paragraphs
}

/// Tells the coordinators that the centre is live.
///
/// # Errors
/// When the database refuses.
pub async fn went_live(tx: &TenantTx, app: &App, situation: &Situation, by: &str) -> ApiResult<()> {
    let district = &situation.district;
    let (unit, area) = (&district.unit_name, &district.name);
    let link = format!("/layanan/{}", district.code);
    let content = MailContent {
        subject: Text::new(format!("{unit} {area} sudah aktif"), format!("{unit} {area} is live")),
        name: String::new(),
        paragraphs: vec![Text::new(
            format!("{by} mengaktifkan {unit} {area}. Halaman layanan kini terbuka untuk umum."),
            format!("{by} has taken {unit} {area} live. Its page is now open to the public."),
        )],
        action: Some((
            Text::fixed("Lihat halaman layanan", "See the public page"),
            app.shared.config.link(&link),
        )),
    };
    send(tx, recipients(tx, &[]).await?, content).await
}
