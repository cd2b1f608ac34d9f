//! Where and when a notice is told: plain functions over a person's wishes and the clock on the wall of that person.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDateTime, NaiveTime, Timelike, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kind::NoticeKind;

/// The hour at which digests go out, before the day's work begins.
pub const DIGEST_HOUR: u32 = 7;

/// How a kind of notice is told. Whatever goes by mail or digest is behind the bell too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By mail at once, outside quiet hours.
    Mail,
    /// In the digest.
    Digest,
    /// Only behind the bell.
    App,
    /// Not at all.
    None,
}

impl Channel {
    /// Its word in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Digest => "digest",
            Self::App => "app",
            Self::None => "none",
        }
    }
}

/// How often a digest goes out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Each morning.
    #[default]
    Daily,
    /// On Monday morning.
    Weekly,
    /// Never: what would have been in it is behind the bell only.
    Off,
}

impl Rhythm {
    /// Its word in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Off => "off",
        }
    }

    /// The rhythm with that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Daily, Self::Weekly, Self::Off]
            .into_iter()
            .find(|rhythm| rhythm.as_str() == word)
    }
}

/// The hours in which no mail goes out, from the begin of one to the begin of the other; over midnight when the first is later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The hour at which they begin, 0 to 23.
    pub from: u32,
    /// The hour at which they end, 0 to 23.
    pub until: u32,
}

impl Quiet {
    fn covers(self, hour: u32) -> bool {
        if self.from <= self.until {
            (self.from..self.until).contains(&hour)
        } else {
            hour >= self.from || hour < self.until
        }
    }

    /// The moment itself, or the end of the quiet hours in which it lies.
    fn after(self, moment: NaiveDateTime) -> NaiveDateTime {
        if !self.covers(moment.hour()) {
            return moment;
        }
        let end = at_hour(moment, self.until);
        if end > moment { end } else { next_day(end) }
    }
}

/// How a person wants to be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// What was chosen; the other kinds have their default.
    pub channels: BTreeMap<NoticeKind, Channel>,
    /// How often a digest goes out.
    pub rhythm: Rhythm,
    /// When no mail goes out.
    pub quiet: Option<Quiet>,
}

impl Wishes {
    /// How a kind is told. What may no longer be chosen counts as not chosen.
    #[must_use]
    pub fn channel(&self, kind: NoticeKind) -> Channel {
        let chosen = self.channels.get(&kind).copied();
        chosen
            .filter(|channel| kind.choices().contains(channel))
            .unwrap_or_else(|| kind.default_channel())
    }

    /// Where a notice of this kind is told. `now` and the moments in the answer are on the person's own clock.
    #[must_use]
    pub fn route(&self, kind: NoticeKind, now: NaiveDateTime) -> Route {
        let unhurried = |moment| self.quiet.map_or(moment, |quiet| quiet.after(moment));
        let in_app = Route {
            in_app: true,
            ..Route::default()
        };
        match self.channel(kind) {
            Channel::None => Route::default(),
            Channel::App => in_app,
            Channel::Mail => Route {
                mail_at: Some(unhurried(now)),
                ..in_app
            },
            Channel::Digest => Route {
                digest_at: next_digest(self.rhythm, now).map(unhurried),
                ..in_app
            },
        }
    }
}

/// Where a notice is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Behind the bell.
    pub in_app: bool,
    /// By a mail of its own, then.
    pub mail_at: Option<NaiveDateTime>,
    /// In the digest of that moment.
    pub digest_at: Option<NaiveDateTime>,
}

/// When the next digest goes out after `now`.
#[must_use]
pub fn next_digest(rhythm: Rhythm, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let mut moment = at_hour(now, DIGEST_HOUR);
    while moment <= now || (rhythm == Rhythm::Weekly && moment.weekday() != Weekday::Mon) {
        moment = next_day(moment);
    }
    (rhythm != Rhythm::Off).then_some(moment)
}

fn at_hour(moment: NaiveDateTime, hour: u32) -> NaiveDateTime {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    moment.date().and_time(time)
}

fn next_day(moment: NaiveDateTime) -> NaiveDateTime {
    // None only at the end of the calendar.
    moment.checked_add_days(Days::new(1)).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn wishes(channel: Channel, rhythm: Rhythm, quiet: Option<(u32, u32)>) -> Wishes {
        Wishes {
            channels: [(NoticeKind::ItemDecided, channel)].into(),
            rhythm,
            quiet: quiet.map(|(from, until)| Quiet { from, until }),
        }
    }

    #[test]
    fn mails_wait_for_the_end_of_quiet_hours() {
        let night = wishes(Channel::Mail, Rhythm::Daily, Some((21, 6)));
        for (now, then) in [
            ("2026-11-20 20:59", "2026-11-20 20:59"),
            ("2026-11-20 21:00", "2026-11-21 06:00"),
            ("2026-11-20 23:30", "2026-11-21 06:00"),
            ("2026-11-21 00:10", "2026-11-21 06:00"),
            ("2026-11-21 05:59", "2026-11-21 06:00"),
            ("2026-11-21 06:00", "2026-11-21 06:00"),
        ] {
            let route = night.route(NoticeKind::ItemDecided, moment(now));
            assert_eq!((route.in_app, route.mail_at), (true, Some(moment(then))), "{now}");
        }
        let noon = wishes(Channel::Mail, Rhythm::Daily, Some((12, 13)));
        let route = noon.route(NoticeKind::ItemDecided, moment("2026-11-20 12:30"));
        assert_eq!(route.mail_at, Some(moment("2026-11-20 13:00")));
    }

    #[test]
    fn digests_go_out_in_the_morning() {
        for (rhythm, now, then) in [
            (Rhythm::Daily, "2026-11-20 06:59", Some("2026-11-20 07:00")),
            (Rhythm::Daily, "2026-11-20 07:00", Some("2026-11-21 07:00")),
            // The 20th is a Friday.
            (Rhythm::Weekly, "2026-11-20 06:59", Some("2026-11-23 07:00")),
            (Rhythm::Weekly, "2026-11-23 06:59", Some("2026-11-23 07:00")),
            (Rhythm::Weekly, "2026-11-23 07:01", Some("2026-11-30 07:00")),
            (Rhythm::Off, "2026-11-20 06:59", None),
        ] {
            assert_eq!(next_digest(rhythm, moment(now)), then.map(moment), "{rhythm:?} {now}");
        }
        let late = wishes(Channel::Digest, Rhythm::Daily, Some((22, 9)));
        let route = late.route(NoticeKind::ItemDecided, moment("2026-11-20 12:00"));
        assert_eq!(
            (route.mail_at, route.digest_at),
            (None, Some(moment("2026-11-21 09:00")))
        );
    }

    #[test]
    fn what_may_not_be_chosen_counts_as_not_chosen() {
        let mut wishes = Wishes::default();
        assert_eq!(wishes.channel(NoticeKind::RegistrationApproved), Channel::App);
        wishes.channels.insert(NoticeKind::RegistrationApproved, Channel::Mail);
        assert_eq!(wishes.channel(NoticeKind::RegistrationApproved), Channel::App);
    }

    proptest! {
        /// No mail leaves in quiet hours, none is lost, and none waits longer than a day (a digest: eight).
        #[test]
        fn quiet_hours_are_kept(
            minutes in 0_i64..60_000, from in 0_u32..24, length in 1_u32..24, channel in 0_usize..2, weekly: bool,
        ) {
            let until = (from + length) % 24;
            let rhythm = if weekly { Rhythm::Weekly } else { Rhythm::Daily };
            let channel = [Channel::Mail, Channel::Digest][channel];
            let now = moment("2026-01-01 00:00") + chrono::Duration::minutes(minutes);
            let route = wishes(channel, rhythm, Some((from, until))).route(NoticeKind::ItemDecided, now);
            let then = route.mail_at.or(route.digest_at).unwrap();
            prop_assert!(then >= now);
            let quiet = Quiet { from, until };
            prop_assert!(!quiet.covers(then.hour()), "{now} {then}");
            let longest = if channel == Channel::Mail { 1 } else if weekly { 8 } else { 2 };
            prop_assert!(then - now <= chrono::Duration::days(longest));
        }
    }
}
