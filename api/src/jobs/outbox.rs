//! The outbox: what must leave is written in the transaction that causes it and sent afterwards, at least once, with
//! growing pauses when the other side does not answer.

use std::time::Duration;

use anyhow::Result;
use chrono::{DateTime, Utc};
use entity::{ids::OutboxId, outbox};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};

use super::mail::{Mail, MailContent, Mailer, render};
use crate::{
    db::{Db, Origin, Transaction},
    error::{ApiError, ApiResult, Language},
};

/// After this many attempts (about two days) a person must look.
const MAX_ATTEMPTS: i32 = 20;

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
    let row = outbox::ActiveModel {
        id: Set(OutboxId::generate()),
        kind: Set("mail".to_owned()),
        payload: Set(serde_json::to_value(mail).map_err(ApiError::internal)?),
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
pub async fn drain(db: &Db, mailer: &Mailer) -> Result<usize> {
    let mut sent = 0;
    while step(db, mailer).await? {
        sent += 1;
    }
    Ok(sent)
}

async fn step(db: &Db, mailer: &Mailer) -> Result<bool> {
    let tx = db.system(Origin::system("outbox")).await?;
    let backend = tx.get_database_backend();
    let due = outbox::Entity::find()
        .from_raw_sql(Statement::from_string(
            backend,
            "SELECT * FROM outbox WHERE due_at <= now() AND done_at IS NULL AND failed_at IS NULL \
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED",
        ))
        .one(&tx)
        .await?;
    let Some(row) = due else {
        return Ok(false);
    };
    let id = row.id;
    let outcome = match serde_json::from_value::<Mail>(row.payload.clone()) {
        Ok(mail) => mailer.send(&tx, id, &mail).await,
        Err(error) => Err(error.into()),
    };
    let attempts = row.attempts + 1;
    let mut row: outbox::ActiveModel = row.into();
    row.attempts = Set(attempts);
    match outcome {
        Ok(()) => {
            row.done_at = Set(Some(Utc::now()));
            row.last_error = Set(None);
            // Links in mails are keys; what was sent need not be kept.
            row.payload = Set(serde_json::Value::Null);
        }
        Err(error) => {
            tracing::warn!(outbox = %id, attempts, "not sent: {error:#}");
            row.last_error = Set(Some(format!("{error:#}").chars().take(500).collect()));
            row.due_at = Set(Utc::now() + pause_after(attempts));
            if attempts >= MAX_ATTEMPTS {
                row.failed_at = Set(Some(Utc::now()));
            }
        }
    }
    row.update(&tx).await?;
    tx.commit().await?;
    Ok(true)
}

/// Forgets what was sent long ago. Returns how many rows.
///
/// # Errors
/// When the database cannot be used.
pub async fn forget_sent(db: &Db, older_than: chrono::Duration) -> Result<u64> {
    let tx = db.system(Origin::system("outbox")).await?;
    let removed = outbox::Entity::delete_many()
        .filter(outbox::Column::DoneAt.lt(Utc::now() - older_than))
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
