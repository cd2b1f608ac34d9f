//! Slowing down guessing without handing anybody a way to lock others out.
//!
//! Failures are counted in buckets. A client that once signed in to the account carries a device cookie and has a
//! bucket of its own; everybody else shares one per account and one per address. An attacker fills the shared ones,
//! the owner on a known device does not notice. Waits grow and end by themselves; no bucket is ever closed for good.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::{
    db::SystemTx,
    error::{ApiError, ApiResult, ErrorCode},
};

/// A bucket of failures and how many it forgives.
#[derive(Clone, Debug)]
pub struct Bucket {
    key: String,
    free: i32,
}

impl Bucket {
    /// The known device of an account.
    #[must_use]
    pub fn device(device: &str) -> Self {
        Self {
            key: format!("device {device}"),
            free: 8,
        }
    }

    /// Unknown clients at one address that try one account.
    #[must_use]
    pub fn account_from_address(email: &str, ip: &str) -> Self {
        Self {
            key: format!("pair {email} {ip}"),
            free: 5,
        }
    }

    /// Unknown clients anywhere that try one account.
    #[must_use]
    pub fn account(email: &str) -> Self {
        Self {
            key: format!("account {email}"),
            free: 50,
        }
    }

    /// One address that tries any account. High: a district office sits behind one.
    #[must_use]
    pub fn address(ip: &str) -> Self {
        Self {
            key: format!("address {ip}"),
            free: 100,
        }
    }
}

/// After a quiet hour a bucket is empty again.
const WINDOW: Duration = Duration::hours(1);

/// How long to wait after `failures` when `free` of them are forgiven: 2 s, 4 s, … at most 15 minutes.
#[must_use]
pub fn wait_after(failures: i32, free: i32) -> Duration {
    let over = failures - free;
    if over < 0 {
        return Duration::zero();
    }
    let exponent = u32::try_from(over).unwrap_or(0).min(10) + 1;
    Duration::seconds(2_i64.pow(exponent)).min(Duration::minutes(15))
}

#[derive(FromQueryResult)]
struct Blocked {
    until: Option<DateTime<Utc>>,
}

/// Refuses while any of `buckets` has to wait.
///
/// # Errors
/// 429 with the time to wait.
pub async fn check(tx: &SystemTx, buckets: &[Bucket]) -> ApiResult<()> {
    let keys: Vec<String> = buckets.iter().map(|bucket| bucket.key.clone()).collect();
    let blocked = Blocked::find_by_statement(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "SELECT max(blocked_until) AS until FROM login_throttle WHERE bucket = ANY($1) AND blocked_until > now()",
        [keys.into()],
    ))
    .one(tx)
    .await?;
    match blocked.and_then(|blocked| blocked.until) {
        None => Ok(()),
        Some(until) => {
            let wait = (until - Utc::now()).to_std().unwrap_or_default();
            Err(ApiError::new(ErrorCode::TooManyAttempts).retry_after(wait))
        }
    }
}

/// Counts a failure in each of `buckets`.
///
/// # Errors
/// When the database refuses.
pub async fn record_failure(tx: &SystemTx, buckets: &[Bucket]) -> ApiResult<()> {
    #[derive(FromQueryResult)]
    struct Count {
        failures: i32,
    }
    for bucket in buckets {
        let backend = tx.get_database_backend();
        let count = Count::find_by_statement(Statement::from_sql_and_values(
            backend,
            "INSERT INTO login_throttle AS t (bucket, failures, window_start) VALUES ($1, 1, now()) \
             ON CONFLICT (bucket) DO UPDATE SET \
               failures = CASE WHEN t.window_start < now() - $2::bigint * interval '1 second' THEN 1 ELSE t.failures + 1 END, \
               window_start = now() \
             RETURNING failures",
            [bucket.key.clone().into(), WINDOW.num_seconds().into()],
        ))
        .one(tx)
        .await?;
        let wait = wait_after(count.map_or(1, |count| count.failures), bucket.free);
        if wait > Duration::zero() {
            tx.execute_raw(Statement::from_sql_and_values(
                backend,
                "UPDATE login_throttle SET blocked_until = $2 WHERE bucket = $1",
                [bucket.key.clone().into(), (Utc::now() + wait).into()],
            ))
            .await?;
        }
    }
    Ok(())
}

/// Empties the buckets that belong to this client and account after a success.
///
/// # Errors
/// When the database refuses.
pub async fn forgive(tx: &SystemTx, buckets: &[Bucket]) -> ApiResult<()> {
    let keys: Vec<String> = buckets.iter().map(|bucket| bucket.key.clone()).collect();
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "DELETE FROM login_throttle WHERE bucket = ANY($1)",
        [keys.into()],
    ))
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Duration, wait_after};

    #[test]
    fn waits_grow_and_end() {
        assert_eq!(wait_after(4, 5), Duration::zero());
        assert_eq!(wait_after(5, 5), Duration::seconds(2));
        assert_eq!(wait_after(6, 5), Duration::seconds(4));
        assert_eq!(wait_after(i32::MAX, 5), Duration::minutes(15));
    }
}
