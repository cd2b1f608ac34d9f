//! How far the waves of replication are, against what was planned for them.

use chrono::{Datelike, Months, NaiveDate};
use entity::ids::WaveId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    rules::Course,
    view::{OverviewStatus, Standing},
};
use crate::readiness::Phase;

/// A wave of replication: what was planned, and how far its districts are. All its districts within reach count,
/// whatever was asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OverviewWave {
    /// Its id.
    pub id: WaveId,
    /// The year that it is counted in.
    #[schema(example = 2026)]
    pub year: i16,
    /// Which wave of that year.
    #[schema(example = 1)]
    pub number: i16,
    /// A name beside the number; may be empty.
    pub name: String,
    /// When it begins.
    pub starts_on: NaiveDate,
    /// The phase that its districts are to reach.
    pub target_phase: Phase,
    /// By when.
    pub target_on: NaiveDate,
    /// How far they are.
    #[serde(flatten)]
    pub progress: WaveProgress,
}

/// How far the districts of a wave are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaveProgress {
    /// Districts in it.
    #[schema(example = 12)]
    pub districts: usize,
    /// Of these, registered: they have a workspace.
    #[schema(example = 9)]
    pub registered: usize,
    /// Of these, in the phase of the target or beyond.
    #[schema(example = 7)]
    pub reached: usize,
    /// Of these, by the day of the target.
    #[schema(example = 6)]
    pub on_time: usize,
    /// Every month from the beginning to that of the target's day or today, whichever is earlier.
    pub months: Vec<WaveMonth>,
}

/// How many districts of a wave had reached its target at the end of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaveMonth {
    /// The first day of the month. The figure of this month is that of today.
    pub month: NaiveDate,
    /// How many districts.
    #[schema(example = 3)]
    pub reached: usize,
}

/// What the districts of a wave have done of what was planned.
#[must_use]
pub fn progress(wave: &OverviewWave, districts: &[(OverviewStatus, &Course)], today: NaiveDate) -> WaveProgress {
    let reached_by = |day: NaiveDate| {
        let has = |(_, course): &&(OverviewStatus, &Course)| course.has_reached(wave.target_phase, day);
        districts.iter().filter(has).count()
    };
    let is_registered = |(status, _): &&(OverviewStatus, &Course)| *status != OverviewStatus::Invited;
    WaveProgress {
        districts: districts.len(),
        registered: districts.iter().filter(is_registered).count(),
        reached: reached_by(today),
        on_time: reached_by(wave.target_on.min(today)),
        months: month_ends(wave.starts_on, wave.target_on.min(today), today)
            .map(|(month, end)| WaveMonth {
                month,
                reached: reached_by(end),
            })
            .collect(),
    }
}

/// The months from one day to another by their first days, each with its last day, or today where that is earlier.
fn month_ends(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
    let first = from.with_day(1).filter(|month| *month <= to);
    let months = std::iter::successors(first, move |month| {
        month.checked_add_months(Months::new(1)).filter(|next| *next <= to)
    });
    months.map(move |month| {
        let next = month.checked_add_months(Months::new(1));
        let end = next.and_then(|next| next.pred_opt()).unwrap_or(today);
        (month, end.min(today))
    })
}

/// Every wave with what these districts make of it.
#[must_use]
pub fn waves(planned: Vec<OverviewWave>, standings: &[Standing], today: NaiveDate) -> Vec<OverviewWave> {
    let with_progress = |mut wave: OverviewWave| {
        let own = standings
            .iter()
            .filter(|standing| standing.district.wave_id == Some(wave.id));
        let own: Vec<_> = own
            .map(|standing| (standing.district.status, &standing.course))
            .collect();
        wave.progress = progress(&wave, &own, today);
        wave
    };
    planned.into_iter().map(with_progress).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn wave(starts_on: &str, target_on: &str) -> OverviewWave {
        OverviewWave {
            id: WaveId::generate(),
            year: 2026,
            number: 1,
            name: String::new(),
            starts_on: day(starts_on),
            target_phase: Phase::Decree,
            target_on: day(target_on),
            progress: WaveProgress::default(),
        }
    }

    fn course(days: &[&str]) -> Course {
        Course::new(days.iter().map(|text| day(text)).collect())
    }

    #[test]
    fn planned_against_actual() {
        let (early, late) = (
            course(&["2025-12-01", "2026-02-10"]),
            course(&["2026-01-05", "2026-04-02"]),
        );
        let (waiting, invited) = (course(&["2026-01-05"]), course(&[]));
        let districts = [
            (OverviewStatus::Live, &early),
            (OverviewStatus::Onboarding, &late),
            (OverviewStatus::Onboarding, &waiting),
            (OverviewStatus::Invited, &invited),
        ];
        let wave = wave("2026-01-15", "2026-03-31");
        let seen = progress(&wave, &districts, day("2026-05-20"));
        assert_eq!(
            (seen.districts, seen.registered, seen.reached, seen.on_time),
            (4, 3, 2, 1)
        );
        let months: Vec<_> = seen.months.iter().map(|month| (month.month, month.reached)).collect();
        assert_eq!(
            months,
            [(day("2026-01-01"), 0), (day("2026-02-01"), 1), (day("2026-03-01"), 1)]
        );
        // On the way, this month counts to today.
        let seen = progress(&wave, &districts, day("2026-02-10"));
        assert_eq!((seen.reached, seen.on_time, seen.months.len()), (1, 1, 2));
        assert_eq!(progress(&wave, &districts, day("2026-02-09")).reached, 0);
        // Before it begins nothing is drawn.
        assert_eq!(progress(&wave, &districts, day("2025-12-31")).months, []);
    }

    proptest! {
        /// Nobody is on time without having arrived, and arrivals only grow.
        #[test]
        fn figures_agree(days in prop::collection::vec(prop::collection::vec(0_u64..900, 0..4), 0..12), today in 0_u64..900) {
            let start = day("2025-06-15");
            let courses: Vec<Course> = days.into_iter().map(|mut days| {
                days.sort_unstable();
                Course::new(days.into_iter().map(|day| start + chrono::Days::new(day)).collect())
            }).collect();
            let districts: Vec<_> = courses.iter().map(|course| (OverviewStatus::Onboarding, course)).collect();
            let today = start + chrono::Days::new(today);
            let seen = progress(&wave("2026-01-15", "2026-12-31"), &districts, today);
            prop_assert!(seen.on_time <= seen.reached && seen.reached <= seen.registered && seen.registered <= seen.districts);
            prop_assert!(seen.months.windows(2).all(|pair| pair[0].month < pair[1].month && pair[0].reached <= pair[1].reached));
            prop_assert!(seen.months.last().is_none_or(|month| month.reached <= seen.reached));
        }
    }
}
