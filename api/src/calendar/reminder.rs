//! The job that reminds districts of what is near.

use anyhow::Result;
use chrono::Utc;
use entity::calendar_event;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, Statement};

use super::told;
use crate::db::{Db, Origin, Transaction};

/// The next event whose reminder is due. Its row is the lock, so that two processes do not remind of it twice.
const NEXT: &str = "SELECT * FROM calendar_event WHERE reminded_at IS NULL AND cancelled_at IS NULL AND remind_days > 0 \
     AND starts_at > now() AND starts_at - remind_days * interval '1 day' <= now() \
     ORDER BY starts_at, id LIMIT 1 FOR UPDATE SKIP LOCKED";

/// Reminds of every event that is near. Returns how many events.
///
/// # Errors
/// When the database cannot be used.
pub async fn run(db: &Db) -> Result<usize> {
    let mut reminded = 0;
    loop {
        let tx = db.system(Origin::system("calendar")).await?;
        let next = Statement::from_string(tx.get_database_backend(), NEXT);
        let Some(event) = calendar_event::Entity::find().from_raw_sql(next).one(&tx).await? else {
            return Ok(reminded);
        };
        told::remind(&tx, &event).await?;
        let mut row = event.into_active_model();
        row.reminded_at = Set(Some(Utc::now()));
        row.update(&tx).await?;
        tx.commit().await?;
        reminded += 1;
    }
}
