//! Clearing away what has served its time, and running the jobs.

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use entity::{district, ids::DistrictId};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, Statement};
use tokio::{sync::watch, time};

use super::outbox;
use crate::{
    app::Shared,
    calendar,
    db::{Db, Origin, Transaction},
    files, notices, readiness, registrations, standards,
};

/// What has served its time, and when. Sessions stay a while for the sessions list.
const EXPIRED: &[&str] = &[
    "DELETE FROM refresh_token WHERE created_at < now() - interval '30 days'",
    "DELETE FROM session s WHERE expires_at < now() - interval '90 days' \
     AND NOT EXISTS (SELECT 1 FROM refresh_token t WHERE t.session_id = s.id)",
    "DELETE FROM one_time_token WHERE expires_at < now() - interval '30 days'",
    "DELETE FROM registration_token WHERE expires_at < now()",
    "DELETE FROM login_throttle WHERE window_start < now() - interval '1 day'",
    "DELETE FROM system_idempotency_key WHERE created_at < now() - interval '7 days'",
    "DELETE FROM upload_quota WHERE day < (now() AT TIME ZONE 'UTC')::date - 1",
    "DELETE FROM local_mail WHERE sent_at < now() - interval '30 days'",
    "DELETE FROM circular c WHERE created_at < now() - interval '30 days' \
     AND NOT EXISTS (SELECT 1 FROM circular_pending p WHERE p.circular_id = c.id)",
    "DELETE FROM notice WHERE created_at < now() - interval '365 days'",
];

/// The same inside each district.
const EXPIRED_IN_DISTRICT: &[&str] =
    &["DELETE FROM idempotency_key WHERE district_id = $1 AND created_at < now() - interval '7 days'"];

/// Clears away what has served its time.
///
/// # Errors
/// When the database cannot be used.
pub async fn clear(db: &Db) -> Result<()> {
    let tx = db.system(Origin::system("housekeeping")).await?;
    for statement in EXPIRED {
        tx.execute_raw(Statement::from_string(tx.get_database_backend(), *statement))
            .await?;
    }
    let districts = district::Entity::find()
        .select_only()
        .column(district::Column::Id)
        .into_tuple::<DistrictId>()
        .all(&tx)
        .await?;
    tx.commit().await?;
    for district in districts {
        let tx = db.tenant(district, Origin::system("housekeeping")).await?;
        for statement in EXPIRED_IN_DISTRICT {
            let backend = tx.get_database_backend();
            tx.execute_raw(Statement::from_sql_and_values(backend, *statement, [district.into()]))
                .await?;
        }
        tx.commit().await?;
    }
    outbox::forget_sent(db, chrono::Duration::days(30)).await?;
    Ok(())
}

/// Runs the jobs until `stop` changes.
pub async fn run(db: Db, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut often = time::interval(Duration::from_millis(500));
    let mut minutely = time::interval(Duration::from_secs(60));
    let mut hourly = time::interval(Duration::from_secs(3600));
    let mut registrations = time::interval(Duration::from_secs(600));
    // Not at once: it walks the whole store, and a start has better things to do.
    let mut daily = time::interval_at(
        time::Instant::now() + Duration::from_secs(3600),
        Duration::from_secs(24 * 3600),
    );
    often.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = often.tick() => {
                if let Err(error) = notices::circular::run(&db).await {
                    tracing::warn!("notices: circulars: {error:#}");
                }
                if let Err(error) = notices::dispatch::run(&db, &shared.config).await {
                    tracing::warn!("notices: {error:#}");
                }
                if let Err(error) = standards::preview::run(&db).await {
                    tracing::warn!("standard: preview: {error:#}");
                }
            }
            _ = minutely.tick() => {
                if let Err(error) = calendar::reminder::run(&db).await {
                    tracing::warn!("calendar: reminders: {error:#}");
                }
                if let Err(error) = notices::digest::run(&db, &shared).await {
                    tracing::warn!("notices: digests: {error:#}");
                }
            }
            _ = hourly.tick() => {
                shared.rate_limits.forget_idle();
                if let Err(error) = clear(&db).await {
                    tracing::warn!("housekeeping: {error:#}");
                }
                if let Err(error) = readiness::refresh_due(&db).await {
                    tracing::warn!("readiness: {error:#}");
                }
                if let Err(error) = files::sweep::staged(&shared.files).await {
                    tracing::warn!("housekeeping: uploads that nobody finished: {error:#}");
                }
            }
            _ = registrations.tick() => {
                if let Err(error) = registrations::expiry::run(&db, &shared).await {
                    tracing::warn!("housekeeping: registrations: {error:#}");
                }
            }
            _ = daily.tick() => {
                if let Err(error) = files::sweep::orphans(&db, &shared.files).await {
                    tracing::warn!("housekeeping: content without a row: {error:#}");
                }
            }
            _ = stop.changed() => return,
        }
    }
}
