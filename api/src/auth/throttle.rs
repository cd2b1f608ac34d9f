//! Slowing down guessing without handing anybody a way to lock others out.
//!
//! Attempts are counted in buckets, each **before** it is looked at: so many guesses at once count as many, and not as
//! those that happened to have ended. A success takes its attempt back. A client that once signed in to the account
//! carries a device cookie and has a bucket of its own; everybody else shares one per account and one per address. An
//! attacker fills the shared ones, the owner on a known device does not notice. Waits grow and end by themselves; no
//! bucket is ever closed for good. An address is its network where it is an IPv6 one.

use chrono::{DateTime, Duration, Utc};
use entity::ids::AccountId;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use sha2::{Digest, Sha256};

use crate::{
    db::SystemTx,
    error::{ApiError, ApiResult, ErrorCode},
    http::rate_limit::network_of,
};

/// A bucket of attempts and how many it forgives.
#[derive(Clone, Debug)]
pub struct Bucket {
    key: String,
    free: i32,
    first_wait: Duration,
    of_one: bool,
}

impl Bucket {
    const fn new(key: String, free: i32) -> Self {
        Self {
            key,
            free,
            first_wait: Duration::seconds(2),
            of_one: true,
        }
    }

    /// The known device of an account, by the bytes that its cookie stands for: text has many ways to write the same bytes.
    /// Hashed, for whoever reads the table must not hold the cookies.
    #[must_use]
    pub fn device(sealed: &[u8]) -> Self {
        Self::new(format!("device {}", hex::encode(Sha256::digest(sealed))), 8)
    }

    /// Second factors tried by whoever knew the password of an account, on whatever device. What fills it takes the
    /// password, so a stranger cannot keep the owner waiting; a new password empties it.
    #[must_use]
    pub fn second_factor(account: AccountId) -> Self {
        Self::new(format!("second factor {account}"), 10)
    }

    /// Unknown clients at one address that try one account.
    #[must_use]
    pub fn account_from_address(email: &str, ip: &str) -> Self {
        Self::new(format!("pair {email} {}", network_of(ip)), 5)
    }

    /// Unknown clients anywhere that try one account.
    #[must_use]
    pub fn account(email: &str) -> Self {
        Self::new(format!("account {email}"), 50)
    }

    /// One address that tries any account. High: a district office sits behind one.
    #[must_use]
    pub fn address(ip: &str) -> Self {
        Self::new(format!("address {}", network_of(ip)), 100).of_many()
    }

    /// Sessions of an account that must show again who holds them.
    #[must_use]
    pub fn proof(account: AccountId) -> Self {
        Self::new(format!("proof {account}"), 8)
    }

    /// Links to reset the password that were asked for with one email. Each is a mail to somebody who may not have asked, so
    /// few; whoever is kept waiting has the links of the earlier ones.
    #[must_use]
    pub fn reset(email: &str) -> Self {
        Self::new(format!("reset {email}"), 3).waiting(Duration::minutes(5))
    }

    /// Links to reset a password that one address asked for.
    #[must_use]
    pub fn reset_from_address(ip: &str) -> Self {
        Self::new(format!("reset from {}", network_of(ip)), 30).of_many()
    }

    /// Applications made with one email, which may be a stranger's.
    #[must_use]
    pub fn registration(email: &str) -> Self {
        Self::new(format!("registration {email}"), 5).waiting(Duration::minutes(5))
    }

    /// Applications made at one address.
    #[must_use]
    pub fn registration_from_address(ip: &str) -> Self {
        Self::new(format!("registration from {}", network_of(ip)), 30).of_many()
    }

    /// The success of one of them says nothing about the others.
    fn of_many(self) -> Self {
        Self { of_one: false, ..self }
    }

    fn waiting(self, first_wait: Duration) -> Self {
        Self { first_wait, ..self }
    }

    /// How long to wait after so many attempts: twice as long each time, at most 15 minutes.
    fn wait_after(&self, attempts: i32) -> Duration {
        let over = attempts - self.free;
        if over < 0 {
            return Duration::zero();
        }
        let doubled = 2_i32.pow(u32::try_from(over).unwrap_or(0).min(10));
        (self.first_wait * doubled).min(Duration::minutes(15))
    }
}

/// After a quiet hour a bucket is empty again.
const WINDOW: Duration = Duration::hours(1);

#[derive(FromQueryResult)]
struct Blocked {
    until: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Count {
    attempts: i32,
}

/// Counts an attempt that has the bucket's row until the transaction ends, unless the bucket has to wait.
const COUNT: &str = "INSERT INTO login_throttle AS t (bucket, failures, window_start) VALUES ($1, 1, now()) \
     ON CONFLICT (bucket) DO UPDATE SET \
       failures = CASE WHEN t.window_start < now() - $2::bigint * interval '1 second' THEN 1 ELSE t.failures + 1 END, \
       window_start = now() \
     WHERE t.blocked_until IS NULL OR t.blocked_until <= now() \
     RETURNING failures AS attempts";

/// Counts an attempt in each of `buckets`, or refuses while any of them has to wait. Commit before looking at the attempt:
/// only then do others see that it counts.
///
/// # Errors
/// 429 with the time to wait; then drop the transaction, for an attempt that was refused does not count.
pub async fn reserve(tx: &SystemTx, buckets: &[Bucket]) -> ApiResult<()> {
    for bucket in buckets {
        let backend = tx.get_database_backend();
        let values = [bucket.key.clone().into(), WINDOW.num_seconds().into()];
        let count = Count::find_by_statement(Statement::from_sql_and_values(backend, COUNT, values))
            .one(tx)
            .await?;
        let Some(count) = count else {
            return Err(refusal(tx, buckets).await?);
        };
        let wait = bucket.wait_after(count.attempts);
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

async fn refusal(tx: &SystemTx, buckets: &[Bucket]) -> ApiResult<ApiError> {
    let keys: Vec<String> = buckets.iter().map(|bucket| bucket.key.clone()).collect();
    let blocked = Blocked::find_by_statement(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "SELECT max(blocked_until) AS until FROM login_throttle WHERE bucket = ANY($1)",
        [keys.into()],
    ))
    .one(tx)
    .await?;
    let until = blocked.and_then(|blocked| blocked.until).unwrap_or_default();
    let wait = (until - Utc::now()).to_std().unwrap_or_default();
    Ok(ApiError::new(ErrorCode::TooManyAttempts).retry_after(wait.max(std::time::Duration::from_secs(1))))
}

/// Takes one attempt back: it was right as far as it went.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &SystemTx, buckets: &[Bucket]) -> ApiResult<()> {
    // One after the other and in the order of `reserve`, so that two of them never wait for each other.
    for bucket in buckets {
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "UPDATE login_throttle SET failures = GREATEST(failures - 1, 0), blocked_until = NULL WHERE bucket = $1",
            [bucket.key.clone().into()],
        ))
        .await?;
    }
    Ok(())
}

/// After a success: empties the buckets that belong to this client and account, and takes the attempt back in those that
/// many share.
///
/// # Errors
/// When the database refuses.
pub async fn forgive(tx: &SystemTx, buckets: &[Bucket]) -> ApiResult<()> {
    for bucket in buckets {
        if bucket.of_one {
            tx.execute_raw(Statement::from_sql_and_values(
                tx.get_database_backend(),
                "DELETE FROM login_throttle WHERE bucket = $1",
                [bucket.key.clone().into()],
            ))
            .await?;
        } else {
            release(tx, std::slice::from_ref(bucket)).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Bucket, Duration};

    #[test]
    fn waits_grow_and_end() {
        let bucket = Bucket::account_from_address("a@b.example", "192.0.2.1");
        assert_eq!(bucket.wait_after(4), Duration::zero());
        assert_eq!(bucket.wait_after(5), Duration::seconds(2));
        assert_eq!(bucket.wait_after(6), Duration::seconds(4));
        assert_eq!(bucket.wait_after(i32::MAX), Duration::minutes(15));
        assert_eq!(Bucket::reset("a@b.example").wait_after(3), Duration::minutes(5));
    }
}
