//! How a made-up district fared: when it came, how fast it went, where it got stuck.

use chrono::{Duration, NaiveDate};

use super::dice::Dice;
use crate::demo::content::Words;

/// What a district has behind it, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It takes part.
    Commitment,
    /// The working group has its decree.
    Decree,
    /// The regulation is promulgated.
    Regulation,
    /// The SOPs are in force.
    Procedures,
    /// It is live.
    Launch,
}

impl Step {
    /// The step after this one.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Commitment => Some(Self::Decree),
            Self::Decree => Some(Self::Regulation),
            Self::Regulation => Some(Self::Procedures),
            Self::Procedures => Some(Self::Launch),
            Self::Launch => None,
        }
    }
}

/// How a district fared. Days after today are planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Its letter of commitment counts as accepted.
    pub committed_on: NaiveDate,
    /// Decree on the working group.
    pub decree_on: NaiveDate,
    /// First training in case management.
    pub training_on: NaiveDate,
    /// Regulation.
    pub regulation_on: NaiveDate,
    /// SOPs.
    pub procedures_on: NaiveDate,
    /// Launch, and live.
    pub launch_on: NaiveDate,
    /// First child served.
    pub served_on: NaiveDate,
    /// How far it has come.
    pub reached: Step,
    /// It got stuck there.
    pub is_stuck: bool,
    /// How much of the next step it has begun, in percent.
    pub begun: u64,
    /// When its people did something last, in days before today.
    pub idle_days: i64,
    /// Since when all components are complete, for those that stand on their own feet.
    pub complete_since: Option<NaiveDate>,
}

/// The first districts came in 2016; the number grows slowly, then fast, then slowly again: a logistic curve, its middle so
/// many days before today.
const MIDDLE_DAYS_AGO: f64 = 1100.0;
/// How wide the curve is, in days.
const WIDTH_DAYS: f64 = 520.0;
/// The first and last that may come, in days before today.
const EARLIEST_DAYS: f64 = 3900.0;
const LATEST_DAYS: f64 = 3.0;
/// In so many of a hundred cases a district does not get past a step.
const STUCK_PERCENT: u64 = 12;
/// Days to each next step: from, to.
const LAGS: [(i64, i64); 4] = [(30, 360), (90, 700), (20, 300), (20, 240)];
/// So many of a hundred districts that were live for long enough stand on their own feet.
const SELF_RELIANT_PERCENT: u64 = 40;
/// Days of operation before that.
const SELF_RELIANT_DAYS: i64 = 800;

impl Course {
    /// Throws the dice for a district, as it stands on the day `today`.
    #[must_use]
    pub fn of(dice: &mut Dice, today: NaiveDate) -> Self {
        let committed_on = today - Duration::days(days_ago(dice));
        let mut day = committed_on;
        let mut is_stuck = false;
        let mut days = [today; LAGS.len()];
        for (place, (from, to)) in days.iter_mut().zip(LAGS) {
            // What will not come soon is planned for far away.
            if !is_stuck && dice.chance(STUCK_PERCENT) && day <= today {
                is_stuck = true;
                day = today + Duration::days(400);
            }
            day += Duration::days(dice.between(from, to));
            *place = day;
        }
        let [decree_on, regulation_on, procedures_on, launch_on] = days;
        let steps = [Step::Decree, Step::Regulation, Step::Procedures, Step::Launch];
        let mut passed = days.into_iter().zip(steps).filter(|(day, _)| *day <= today);
        let (last_on, reached) = passed.next_back().unwrap_or((committed_on, Step::Commitment));
        let since = (today - last_on).num_days();
        let idle_days = match (reached, is_stuck) {
            (Step::Launch, _) => dice.between(0, since.min(150)),
            (_, true) => dice.between(since.min(60), since.min(700)),
            (_, false) => dice.between(0, since.min(75)),
        };
        let is_old = reached == Step::Launch && since > SELF_RELIANT_DAYS;
        let on_own_feet = dice.chance(SELF_RELIANT_PERCENT) && is_old;
        Self {
            committed_on,
            decree_on,
            training_on: decree_on + Duration::days(dice.between(20, 120)),
            regulation_on,
            procedures_on,
            launch_on,
            served_on: launch_on + Duration::days(dice.between(7, 90)),
            reached,
            is_stuck: is_stuck && reached != Step::Launch,
            begun: u64::try_from(dice.between(10, 80)).unwrap_or(10),
            idle_days,
            complete_since: on_own_feet.then(|| today - Duration::days(dice.between(380, SELF_RELIANT_DAYS))),
        }
    }

    /// What the shared files of the demo call these days.
    #[must_use]
    pub fn words(&self) -> Words {
        let days = [
            ("pokja", self.decree_on),
            ("perkada", self.regulation_on),
            ("sop", self.procedures_on),
            ("training", self.training_on),
            ("launch", self.launch_on),
            ("served", self.served_on),
        ];
        let mut words: Words = days.map(|(word, day)| (word.to_owned(), day.to_string())).into();
        let source = "Tanggal contoh, dibuat dengan perintah `demo generate`.";
        words.insert("served_source".to_owned(), source.to_owned());
        words.insert("sop_source".to_owned(), String::new());
        words
    }

    /// Days of these that have not come yet, as the shared files write them.
    #[must_use]
    pub fn not_yet(&self, today: NaiveDate) -> Vec<String> {
        let is_day = |word: &String| word.parse::<NaiveDate>().is_ok_and(|day| day > today);
        self.words().into_values().filter(is_day).collect()
    }

    /// Since when it is live.
    #[must_use]
    pub fn live_on(&self) -> Option<NaiveDate> {
        (self.reached == Step::Launch).then_some(self.launch_on)
    }
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "days of a few years"
)]
fn days_ago(dice: &mut Dice) -> i64 {
    // Away from the ends, where the curve has no value.
    let share = dice.between(5, 995) as f64 / 1000.0;
    let curve = (share / (1.0 - share)).ln();
    (MIDDLE_DAYS_AGO + WIDTH_DAYS * curve).clamp(LATEST_DAYS, EARLIEST_DAYS) as i64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn courses() -> Vec<Course> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let one = |number: u32| Course::of(&mut Dice::of(1, &number.to_string()), today);
        (0..514).map(one).collect()
    }

    #[test]
    fn nobody_is_ahead_of_today_or_of_the_step_before() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for course in courses() {
            let days = [
                course.committed_on,
                course.decree_on,
                course.regulation_on,
                course.procedures_on,
                course.launch_on,
                course.served_on,
            ];
            assert!(days.is_sorted() && days[0] < today, "{course:?}");
            let passed = days[1..5].iter().filter(|day| **day <= today).count();
            assert_eq!(passed, course.reached as usize, "{course:?}");
            assert!(course.idle_days >= 0 && today - Duration::days(course.idle_days) >= days[0]);
            assert!(course.complete_since.is_none_or(|since| since > course.launch_on));
        }
    }

    /// A page with all districts in one phase would prove nothing.
    #[test]
    fn every_step_has_its_share() {
        let mut reached: BTreeMap<usize, usize> = BTreeMap::new();
        for course in courses() {
            *reached.entry(course.reached as usize).or_default() += 1;
        }
        assert_eq!(reached.len(), 5, "{reached:?}");
        assert!(reached.values().all(|count| *count >= 25), "{reached:?}");
        let all = courses();
        assert!(all.iter().filter(|course| course.complete_since.is_some()).count() >= 10);
        assert!(all.iter().filter(|course| course.is_stuck).count() >= 50);
    }
}
