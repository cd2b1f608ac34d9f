//! The outbox: what must leave is written in the transaction that causes it and sent afterwards, at least once, with
//! growing pauses when the other side does not answer.
//!
//! An entry is claimed, sent, and marked, in that order and in two short transactions: a mail server that is slow holds no
//! connection and no lock. Who dies between sending and marking leaves a claim that ends; the entry is then sent again.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use entity::{ids::OutboxId, outbox};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Statement};

use tokio::{sync::watch, time};

use super::mail::{Mail, MailContent, Mailer, render};
use crate::{
    app::Shared,
    auth::reset::{self, Requested},
    db::{Db, Origin, Transaction},
    error::{ApiError, ApiResult, Language},
};

/// After this many attempts (about two days) a person must look.
const MAX_ATTEMPTS: i32 = 20;
/// How long sending one entry may take.
const SEND_WITHIN: Duration = Duration::from_secs(60);
/// How long an entry belongs to who took it: longer than sending takes, so that nobody else sends it meanwhile.
const CLAIM_SECONDS: i64 = 120;

const MAIL: &str = "mail";
const PASSWORD_RESET: &str = "password_reset";

/// Puts a mail into the outbox, in the transaction of its cause.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_mail<X: Transaction>(
    tx: &X,
    to: &str,
    language: Language,
    content: &MailContent,
) -> ApiResult<()> {
    enqueue_mail_for(tx, to, language, content, Utc::now()).await
}

/// Puts a mail into the outbox that must not leave before `due_at`.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_mail_for<X: Transaction>(
    tx: &X,
    to: &str,
    language: Language,
    content: &MailContent,
    due_at: DateTime<Utc>,
) -> ApiResult<()> {
    let mail = render(to, language, content).map_err(ApiError::internal)?;
    let payload = serde_json::to_value(mail).map_err(ApiError::internal)?;
    enqueue(tx, MAIL, payload, due_at).await
}

/// Puts a request for a link to reset a password into the outbox.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_password_reset<X: Transaction>(tx: &X, requested: &Requested) -> ApiResult<()> {
    let payload = serde_json::to_value(requested).map_err(ApiError::internal)?;
    enqueue(tx, PASSWORD_RESET, payload, Utc::now()).await
}

async fn enqueue<X: Transaction>(
    tx: &X,
    kind: &str,
    payload: serde_json::Value,
    due_at: DateTime<Utc>,
) -> ApiResult<()> {
    let row = outbox::ActiveModel {
        id: Set(OutboxId::generate()),
        kind: Set(kind.to_owned()),
        payload: Set(payload),
        district_id: Set(tx.district()),
        due_at: Set(due_at),
        ..Default::default()
    };
    // Without RETURNING: a tenant's transaction may add to the queue but not read it.
    outbox::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// How long to wait before attempt number `attempts + 1`: 5 s, 10 s, … at most 4 hours.
#[must_use]
pub fn pause_after(attempts: i32) -> Duration {
    let exponent = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(12);
    Duration::from_secs((5 * 2_u64.pow(exponent)).min(4 * 60 * 60))
}

/// Sends what is due, one after the other, until nothing is. Several processes may do so side by side.
///
/// # Errors
/// When the database cannot be used.
pub async fn drain(db: &Db, shared: &Shared, mailer: &Mailer) -> Result<usize> {
    let mut sent = 0;
    while send_next(db, shared, mailer).await? {
        sent += 1;
    }
    Ok(sent)
}

/// Sends the entry that has been due longest, if any; false when nothing is due. Takes at most a minute.
///
/// # Errors
/// When the database cannot be used. A mail server that refuses is none: the entry waits for its next attempt.
pub async fn send_next(db: &Db, shared: &Shared, mailer: &Mailer) -> Result<bool> {
    let Some(row) = claim(db).await? else {
        return Ok(false);
    };
    let outcome = tokio::time::timeout(SEND_WITHIN, send(db, shared, mailer, &row)).await;
    let outcome = outcome.unwrap_or_else(|_| bail!("no answer within {} s", SEND_WITHIN.as_secs()));
    mark(db, row.id, row.attempts, outcome).await?;
    Ok(true)
}

/// Sends until `stop` changes, beside the other jobs: a mail server that hangs holds up mails and nothing else.
pub async fn run(db: Db, shared: Arc<Shared>, mailer: Mailer, mut stop: watch::Receiver<bool>) {
    // Without a way out mails wait; trying would only use up their attempts.
    if matches!(mailer, Mailer::None) {
        return;
    }
    let mut often = time::interval(Duration::from_millis(500));
    often.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = often.tick() => {}
            _ = stop.changed() => return,
        }
        while !*stop.borrow() {
            match send_next(&db, &shared, &mailer).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!("outbox: {error:#}");
                    break;
                }
            }
        }
    }
}

/// Takes the entry that has been due longest. An attempt counts from here on, also when nobody lives to tell how it ended.
async fn claim(db: &Db) -> Result<Option<outbox::Model>> {
    let tx = db.system(Origin::system("outbox")).await?;
    let taken = outbox::Entity::find()
        .from_raw_sql(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "UPDATE outbox SET attempts = attempts + 1, claimed_until = now() + $1::bigint * interval '1 second' \
             WHERE id = (SELECT id FROM outbox WHERE due_at <= now() AND done_at IS NULL AND failed_at IS NULL \
                 AND (claimed_until IS NULL OR claimed_until < now()) \
                 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) \
             RETURNING *",
            [CLAIM_SECONDS.into()],
        ))
        .one(&tx)
        .await?;
    tx.commit().await?;
    Ok(taken)
}

async fn send(db: &Db, shared: &Shared, mailer: &Mailer, row: &outbox::Model) -> Result<()> {
    match row.kind.as_str() {
        MAIL => {
            let mail: Mail = serde_json::from_value(row.payload.clone())?;
            mailer.send(db, row.id, &mail).await
        }
        PASSWORD_RESET => {
            let requested: Requested = serde_json::from_value(row.payload.clone())?;
            reset::answer(db, shared, requested).await.context("password reset")
        }
        kind => bail!("nobody knows how to send {kind}"),
    }
}

/// Notes how attempt number `attempts` ended.
async fn mark(db: &Db, id: OutboxId, attempts: i32, outcome: Result<()>) -> Result<()> {
    let tx = db.system(Origin::system("outbox")).await?;
    let mut row = outbox::ActiveModel {
        claimed_until: Set(None),
        ..Default::default()
    };
    let mut update = outbox::Entity::update_many().filter(outbox::Column::Id.eq(id));
    match outcome {
        Ok(()) => {
            row.done_at = Set(Some(Utc::now()));
            row.last_error = Set(None);
            // Links in mails are keys; what was sent need not be kept.
            row.payload = Set(serde_json::Value::Null);
        }
        Err(error) => {
            tracing::warn!(outbox = %id, attempts, "not sent: {error:#}");
            // Somebody may have taken it after the claim had ended: then that attempt says how it goes on.
            update = update.filter(outbox::Column::Attempts.eq(attempts));
            row.last_error = Set(Some(format!("{error:#}").chars().take(500).collect()));
            row.due_at = Set(Utc::now() + pause_after(attempts));
            if attempts >= MAX_ATTEMPTS {
                row.failed_at = Set(Some(Utc::now()));
            }
        }
    }
    update.set(row).exec(&tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets what was sent, or given up, long ago. Returns how many rows.
///
/// # Errors
/// When the database cannot be used.
pub async fn forget_sent(db: &Db, older_than: chrono::Duration) -> Result<u64> {
    let tx = db.system(Origin::system("outbox")).await?;
    let removed = outbox::Entity::delete_many()
        .filter(
            Condition::any()
                .add(outbox::Column::DoneAt.lt(Utc::now() - older_than))
                .add(outbox::Column::FailedAt.lt(Utc::now() - older_than)),
        )
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(removed.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::{Duration, pause_after};

    #[test]
    fn pauses_grow() {
        assert_eq!(pause_after(1), Duration::from_secs(5));
        assert_eq!(pause_after(2), Duration::from_secs(10));
        assert_eq!(pause_after(50), Duration::from_secs(4 * 3600));
    }
}
