//! Figures of many districts from the days on which each reached its phases.

use chrono::{Datelike, Months, NaiveDate};

use crate::readiness::Phase;

/// The days on which a district reached its phases, in order, as many as it reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course(Vec<NaiveDate>);

impl Course {
    /// The course with these days; those beyond the last phase are left out.
    #[must_use]
    pub fn new(mut days: Vec<NaiveDate>) -> Self {
        days.truncate(Phase::ALL.len());
        Self(days)
    }

    /// When the phase was reached.
    fn reached(&self, phase: usize) -> Option<NaiveDate> {
        self.0.get(phase).copied()
    }

    /// True when the phase was reached by the end of the day.
    #[must_use]
    pub fn has_reached(&self, phase: Phase, day: NaiveDate) -> bool {
        let place = Phase::ALL.iter().position(|known| *known == phase);
        place
            .and_then(|place| self.reached(place))
            .is_some_and(|reached| reached <= day)
    }

    /// How many phases were reached by the end of the day.
    fn reached_by(&self, day: NaiveDate) -> usize {
        self.0.iter().take_while(|reached| **reached <= day).count()
    }

    /// Days from reaching a phase to reaching the next one.
    fn days_in(&self, phase: usize) -> Option<i64> {
        let days = self.reached(phase + 1)? - self.reached(phase)?;
        Some(days.num_days())
    }
}

/// What many districts make of one phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseFigures {
    /// The phase.
    pub phase: Phase,
    /// Districts that have reached it, those that went further included.
    pub reached: usize,
    /// Districts that are in it now.
    pub current: usize,
    /// Median of the days from reaching it to reaching the next; none when no district has.
    pub median_days: Option<i64>,
    /// Of how many districts the median is.
    pub left: usize,
}

/// The funnel: every phase in order.
#[must_use]
pub fn funnel(courses: &[Course]) -> Vec<PhaseFigures> {
    let figures = |(place, phase): (usize, Phase)| {
        let stays: Vec<i64> = courses.iter().filter_map(|course| course.days_in(place)).collect();
        PhaseFigures {
            phase,
            reached: courses.iter().filter(|course| course.0.len() > place).count(),
            current: courses.iter().filter(|course| course.0.len() == place + 1).count(),
            left: stays.len(),
            median_days: median(stays),
        }
    };
    Phase::ALL.into_iter().enumerate().map(figures).collect()
}

/// The middle value; of two in the middle their mean, halves up. None of none.
fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(middle.checked_sub(1)?)?;
    Some((lower + upper + 1).div_euclid(2))
}

/// How many districts were in each phase at the end of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthFigures {
    /// The first day of the month.
    pub month: NaiveDate,
    /// Districts by phase, in the order of the phases.
    pub districts: Vec<usize>,
}

/// Every month from the first in which a district reached a phase to that of `until`, whose figures are those of that day.
/// A phase counts from the day its milestone was met, whenever the district told of it.
#[must_use]
pub fn trend(courses: &[Course], until: NaiveDate) -> Vec<MonthFigures> {
    let first = courses.iter().filter_map(|course| course.reached(0)).min();
    let Some(first) = first.filter(|day| month_of(*day) <= month_of(until)) else {
        return Vec::new();
    };
    let mut changes = changes_by_month(courses, first, until).into_iter();
    let mut standing = vec![0; Phase::ALL.len()];
    let mut months = Vec::new();
    let mut month = first.with_day(1);
    while let (Some(begin), Some(change)) = (month, changes.next()) {
        for (count, change) in standing.iter_mut().zip(change) {
            *count += change;
        }
        months.push(MonthFigures {
            month: begin,
            districts: standing
                .iter()
                .map(|count| usize::try_from(*count).unwrap_or_default())
                .collect(),
        });
        month = begin.checked_add_months(Months::new(1));
    }
    months
}

/// By how many districts each phase grew or shrank in each month, days after `until` left out.
fn changes_by_month(courses: &[Course], first: NaiveDate, until: NaiveDate) -> Vec<Vec<i64>> {
    let place = |day: NaiveDate| usize::try_from(month_of(day) - month_of(first)).ok();
    let count = place(until).map_or(0, |last| last + 1);
    let mut changes = vec![vec![0; Phase::ALL.len()]; count];
    let mut change = |day: NaiveDate, phase: usize, by: i64| {
        let month = place(day).and_then(|month| changes.get_mut(month));
        if let Some(count) = month.and_then(|month| month.get_mut(phase)) {
            *count += by;
        }
    };
    for course in courses {
        for (phase, day) in course.0.iter().enumerate().take(course.reached_by(until)) {
            change(*day, phase, 1);
            if let Some(before) = phase.checked_sub(1) {
                change(*day, before, -1);
            }
        }
    }
    changes
}

/// Months since the year 0.
fn month_of(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0() as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn course(days: &[&str]) -> Course {
        Course::new(days.iter().map(|text| day(text)).collect())
    }

    #[test]
    fn the_funnel_counts_who_went_further() {
        let figures = funnel(&[
            course(&["2018-01-01", "2018-01-11", "2018-03-01"]),
            course(&["2019-01-01", "2019-01-31"]),
            course(&["2020-01-01"]),
            course(&[]),
        ]);
        let counts: Vec<_> = figures.iter().map(|step| (step.reached, step.current)).collect();
        assert_eq!(counts, [(3, 1), (2, 1), (1, 1), (0, 0), (0, 0), (0, 0), (0, 0)]);
        assert_eq!((figures[0].median_days, figures[0].left), (Some(20), 2));
        assert_eq!((figures[1].median_days, figures[1].left), (Some(49), 1));
        assert_eq!((figures[2].median_days, figures[2].left), (None, 0));
    }

    #[test]
    fn medians() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7]), Some(7));
        assert_eq!(median(vec![9, 1, 5]), Some(5));
        assert_eq!(median(vec![4, 1]), Some(3));
    }

    #[test]
    fn the_trend_has_every_month_and_ends_today() {
        let courses = [
            course(&["2018-01-31", "2018-03-01"]),
            course(&["2018-02-15", "2018-02-15", "2018-04-20"]),
        ];
        let months = trend(&courses, day("2018-04-19"));
        let shown: Vec<_> = months
            .iter()
            .map(|month| (month.month, &month.districts[..3]))
            .collect();
        assert_eq!(
            shown,
            [
                (day("2018-01-01"), &[1, 0, 0][..]),
                (day("2018-02-01"), &[1, 1, 0]),
                (day("2018-03-01"), &[0, 2, 0]),
                (day("2018-04-01"), &[0, 2, 0]),
            ]
        );
        assert_eq!(trend(&[], day("2018-04-19")), []);
        assert_eq!(trend(&[course(&[])], day("2018-04-19")), []);
    }

    /// As it is defined: at the end of each month, the last phase reached.
    fn phases_at(courses: &[Course], end: NaiveDate) -> Vec<usize> {
        let mut counts = vec![0; Phase::ALL.len()];
        for course in courses {
            if let Some(place) = course.reached_by(end).checked_sub(1) {
                counts[place] += 1;
            }
        }
        counts
    }

    proptest! {
        /// Every month as it is defined.
        #[test]
        fn each_month_of_the_trend_is_as_defined(
            days in prop::collection::vec(prop::collection::vec(0_u64..900, 0..9), 0..12),
            until in 0_u64..900,
        ) {
            let start = day("2016-01-15");
            let courses: Vec<Course> = days.into_iter().map(|mut days| {
                days.sort_unstable();
                Course::new(days.into_iter().map(|day| start + chrono::Days::new(day)).collect())
            }).collect();
            let until = start + chrono::Days::new(until);
            for figures in trend(&courses, until) {
                let end = (figures.month + Months::new(1) - chrono::Days::new(1)).min(until);
                prop_assert_eq!(figures.districts, phases_at(&courses, end), "{}", figures.month);
            }
        }

        /// The last month says the same as the funnel, and no district is counted twice in any month.
        #[test]
        fn trend_and_funnel_agree(days in prop::collection::vec(prop::collection::vec(0_u64..3000, 0..9), 0..20)) {
            let start = day("2016-01-15");
            let courses: Vec<Course> = days.into_iter().map(|mut days| {
                days.sort_unstable();
                Course::new(days.into_iter().map(|day| start + chrono::Days::new(day)).collect())
            }).collect();
            let until = start + chrono::Days::new(3000);
            let months = trend(&courses, until);
            let now: Vec<usize> = funnel(&courses).iter().map(|step| step.current).collect();
            let begun = courses.iter().filter(|course| course.reached(0).is_some()).count();
            match months.last() {
                Some(last) => prop_assert_eq!(&last.districts, &now),
                None => prop_assert_eq!(begun, 0),
            }
            let sums: Vec<usize> = months.iter().map(|month| month.districts.iter().sum()).collect();
            prop_assert!(sums.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert!(sums.last().is_none_or(|sum| *sum == begun));
        }
    }
}
