//! Applications that nobody goes on with lapse. What those that lapsed or were rejected say about people is erased some time
//! later.

use anyhow::Result;
use chrono::{Duration, Utc};
use entity::{registration, registration_token, system_file_object};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};

use super::{
    mails, query,
    rules::{RegistrationStatus, Step},
};
use crate::{
    app::Shared,
    audit::{self, Change},
    db::{Db, Origin, SystemTx, Transaction},
};

/// Lets applications lapse that were left untouched too long, and erases old ones. Returns how many of each.
///
/// # Errors
/// When the database cannot be used.
pub async fn run(db: &Db, shared: &Shared) -> Result<(usize, usize)> {
    let mut lapsed = 0;
    while expire_one(db, shared).await? {
        lapsed += 1;
    }
    let mut erased = 0;
    while erase_one(db).await? {
        erased += 1;
    }
    Ok((lapsed, erased))
}

async fn take_one(tx: &SystemTx, condition: Condition) -> Result<Option<registration::Model>> {
    Ok(registration::Entity::find()
        .filter(condition)
        .order_by_asc(registration::Column::Id)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(tx)
        .await?)
}

/// Those that have been in their status for longer than `may`; one for which it says nothing may stay in it.
fn longer_than(may: impl Fn(RegistrationStatus) -> Option<Duration>) -> Condition {
    let now = Utc::now();
    RegistrationStatus::ALL
        .into_iter()
        .filter_map(|status| {
            let since = registration::Column::StatusAt.lt(now - may(status)?);
            Some(registration::Column::Status.eq(status.as_str()).and(since))
        })
        .fold(Condition::any(), Condition::add)
}

async fn expire_one(db: &Db, shared: &Shared) -> Result<bool> {
    let confirm_within = shared.config.confirm_within();
    // Since it got there, not since it was last touched: changing a word must not hold a district for ever.
    let overdue = longer_than(|status| status.patience(confirm_within));
    let tx = db.system(Origin::system("pendaftaran")).await?;
    let Some(row) = take_one(&tx, overdue).await? else {
        return Ok(false);
    };
    let id = row.id;
    let was_confirmed = row.status != RegistrationStatus::AwaitingEmailConfirmation.as_str();
    let row = query::advance(&tx, row, Step::Expire, None, None).await?;
    // An address that was never confirmed may be a stranger's.
    if was_confirmed {
        mails::tell_applicant(&tx, shared, &row).await?;
    }
    audit::record(&tx, Change::of("expire", "registration", id)).await?;
    tx.commit().await?;
    Ok(true)
}

async fn erase_one(db: &Db) -> Result<bool> {
    let old = Condition::all()
        .add(longer_than(RegistrationStatus::erased_after))
        .add(registration::Column::Email.ne(""));
    let tx = db.system(Origin::system("pendaftaran")).await?;
    let Some(row) = take_one(&tx, old).await? else {
        return Ok(false);
    };
    let (id, letter) = (row.id, row.letter_id);
    let mut row = row.into_active_model();
    for field in [
        &mut row.applicant_name,
        &mut row.position,
        &mut row.email,
        &mut row.phone,
    ] {
        *field = Set(String::new());
    }
    row.letter_id = Set(None);
    row.request_key_hash = Set(None);
    row.request_hash = Set(None);
    row.update(&tx).await?;
    registration_token::Entity::delete_many()
        .filter(registration_token::Column::RegistrationId.eq(id))
        .exec(&tx)
        .await?;
    if let Some(letter) = letter {
        // The content follows with the next sweep.
        system_file_object::Entity::delete_by_id(letter).exec(&tx).await?;
    }
    audit::record(&tx, Change::of("erase", "registration", id)).await?;
    tx.commit().await?;
    Ok(true)
}
