//! When a district may be reminded again.

use chrono::{DateTime, Duration, Utc};

/// Days between two nudges to the same district, whoever sends them. A **proposal** of this product: a week leaves time for
/// an answer before the next reminder.
pub const PAUSE_DAYS: i64 = 7;

/// When the next nudge may be sent; none when it may be sent now.
#[must_use]
pub fn next_allowed(last_sent_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let next = last_sent_at? + Duration::days(PAUSE_DAYS);
    (next > now).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_lies_between_two_nudges() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert_eq!(next_allowed(None, now), None);
        assert_eq!(next_allowed(Some(now - Duration::days(PAUSE_DAYS)), now), None);
        let sent = now - Duration::days(PAUSE_DAYS) + Duration::seconds(1);
        assert_eq!(next_allowed(Some(sent), now), Some(now + Duration::seconds(1)));
    }
}
