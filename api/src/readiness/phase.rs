//! In which phase of replication a district is, derived from dated facts.
//!
//! The seven names are those of the replication funnel. No source read defines them: the definitions here are a
//! **proposal** made from the seeds, in the order in which Bulukumba, Mataram and the pilots went.
//!
//! | phase | milestone | from |
//! |---|---|---|
//! | komitmen | the head of agency's letter of commitment is accepted | registration, seed 3 ("wujud komitmen") |
//! | SK | decree on the working group is signed | seed 2 |
//! | regulasi | regent or mayor regulation is promulgated | seed 2, seed 3 |
//! | SOP | the last of the mandatory SOPs is in force | seed 2, seed 3 |
//! | luncur | the centre is launched in public or goes live, whichever came first | seed 2 (launch with Dukcapil) |
//! | operasional | live, launched, and the first child is served | seed 4 (children served) |
//! | mandiri | twelve months of operation, a budget of its own in two years running, all components complete | the wish for sustainability in seeds 0 and 4, the missing budget line in A10 |
//!
//! A phase is reached when its milestone and all earlier ones are: on the latest of their dates. Milestones met ahead of
//! their turn are reported with their own date, so that a district with SOPs but no regulation (Bulukumba in 2020) is in
//! phase SK and sees that only the regulation holds it back.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{ApiError, ApiResult, Text};

/// Months of operation before a district can be called self-reliant.
pub const MONTHS_TO_SELF_RELIANCE: u32 = 12;

/// Phase of replication, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Komitmen.
    Commitment,
    /// SK.
    Decree,
    /// Regulasi.
    Regulation,
    /// SOP.
    Procedures,
    /// Peluncuran.
    Launched,
    /// Operasional.
    Operational,
    /// Mandiri.
    SelfReliant,
}

impl Phase {
    /// All phases in order.
    pub const ALL: [Self; 7] = [
        Self::Commitment,
        Self::Decree,
        Self::Regulation,
        Self::Procedures,
        Self::Launched,
        Self::Operational,
        Self::SelfReliant,
    ];

    /// Its word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Commitment => "commitment",
            Self::Decree => "decree",
            Self::Regulation => "regulation",
            Self::Procedures => "procedures",
            Self::Launched => "launched",
            Self::Operational => "operational",
            Self::SelfReliant => "self_reliant",
        }
    }

    /// The phase with that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.as_str() == word)
    }

    /// The phase that a row holds by its word.
    ///
    /// # Errors
    /// An internal one when the row holds a word that nobody knows.
    pub fn kept(word: &str) -> ApiResult<Self> {
        Self::parse(word).ok_or_else(|| ApiError::internal(anyhow::anyhow!("{word} is no phase")))
    }

    /// What people call it.
    pub const fn name(self) -> Text {
        match self {
            Self::Commitment => Text::fixed("Komitmen", "Commitment"),
            Self::Decree => Text::fixed("SK", "Decree"),
            Self::Regulation => Text::fixed("Regulasi", "Regulation"),
            Self::Procedures => Text::fixed("SOP", "Procedures"),
            Self::Launched => Text::fixed("Peluncuran", "Launched"),
            Self::Operational => Text::fixed("Operasional", "Operational"),
            Self::SelfReliant => Text::fixed("Mandiri", "Self-reliant"),
        }
    }
}

/// The dated facts of a district from which its phase follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhaseFacts {
    /// The letter of commitment was accepted.
    pub commitment_accepted_on: Option<NaiveDate>,
    /// The decree on the working group was signed.
    pub working_group_decree_on: Option<NaiveDate>,
    /// The PKSAI regulation was promulgated.
    pub regulation_promulgated_on: Option<NaiveDate>,
    /// Since when each mandatory SOP is in force, one entry for each; none for one that is not.
    pub mandatory_sops_in_force_on: Vec<Option<NaiveDate>>,
    /// The launch event.
    pub launched_on: Option<NaiveDate>,
    /// The district went live in the system.
    pub went_live_on: Option<NaiveDate>,
    /// The first child was served.
    pub first_served_on: Option<NaiveDate>,
    /// Years whose district budget holds a line for PKSAI; partners' money does not count.
    pub own_budget_years: Vec<i32>,
    /// Since when all components are complete without a break.
    pub all_complete_since: Option<NaiveDate>,
}

/// One phase with its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseStep {
    /// The phase.
    pub phase: Phase,
    /// When its own milestone was met, perhaps ahead of its turn.
    pub milestone_on: Option<NaiveDate>,
    /// When the phase was reached: its milestone and all before it met.
    pub reached_on: Option<NaiveDate>,
}

/// The phase of a district and how it came there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseReport {
    /// The phase reached last; none before commitment.
    pub current: Option<Phase>,
    /// The phase that comes next; none at the end.
    pub next: Option<Phase>,
    /// All seven phases in order.
    pub steps: Vec<PhaseStep>,
}

/// Derives the phase on the day `as_of`; what is dated later has not happened yet.
pub fn derive_phase(facts: &PhaseFacts, as_of: NaiveDate) -> PhaseReport {
    let mut steps: Vec<PhaseStep> = Vec::with_capacity(Phase::ALL.len());
    for phase in Phase::ALL {
        let milestone_on = milestone(facts, phase).filter(|day| *day <= as_of);
        let reached_on = match steps.last() {
            None => milestone_on,
            Some(before) => latest([before.reached_on, milestone_on]),
        };
        steps.push(PhaseStep {
            phase,
            milestone_on,
            reached_on,
        });
    }
    let reached = steps.iter().take_while(|step| step.reached_on.is_some()).count();
    let current = reached.checked_sub(1).and_then(|last| Phase::ALL.get(last).copied());
    PhaseReport {
        current,
        next: Phase::ALL.get(reached).copied(),
        steps,
    }
}

fn milestone(facts: &PhaseFacts, phase: Phase) -> Option<NaiveDate> {
    match phase {
        Phase::Commitment => facts.commitment_accepted_on,
        Phase::Decree => facts.working_group_decree_on,
        Phase::Regulation => facts.regulation_promulgated_on,
        Phase::Procedures => latest_of(&facts.mandatory_sops_in_force_on),
        Phase::Launched => facts.launched_on.into_iter().chain(facts.went_live_on).min(),
        Phase::Operational => operational_on(facts),
        Phase::SelfReliant => self_reliant_on(facts),
    }
}

fn operational_on(facts: &PhaseFacts) -> Option<NaiveDate> {
    latest([facts.went_live_on, facts.first_served_on])
}

fn self_reliant_on(facts: &PhaseFacts) -> Option<NaiveDate> {
    let seasoned = operational_on(facts).and_then(|day| day.checked_add_months(Months::new(MONTHS_TO_SELF_RELIANCE)));
    let budgeted = second_budget_year(&facts.own_budget_years).and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    latest_of(&[seasoned, budgeted, facts.all_complete_since])
}

/// The second of the first two years running.
fn second_budget_year(years: &[i32]) -> Option<i32> {
    let in_two = |year: &i32| years.contains(&(year - 1));
    years.iter().filter(|year| in_two(year)).min().copied()
}

fn latest(days: [Option<NaiveDate>; 2]) -> Option<NaiveDate> {
    latest_of(&days)
}

/// The latest of the days, when there is at least one and none is missing.
fn latest_of(days: &[Option<NaiveDate>]) -> Option<NaiveDate> {
    let all: Option<Vec<NaiveDate>> = days.iter().copied().collect();
    all?.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
    }

    fn full() -> PhaseFacts {
        PhaseFacts {
            commitment_accepted_on: day("2018-02-01"),
            working_group_decree_on: day("2018-05-01"),
            regulation_promulgated_on: day("2018-03-01"),
            mandatory_sops_in_force_on: vec![day("2018-06-01"), day("2018-07-01")],
            launched_on: day("2018-09-01"),
            went_live_on: day("2018-10-01"),
            first_served_on: day("2018-09-15"),
            own_budget_years: vec![2022, 2019, 2020],
            all_complete_since: day("2019-08-01"),
        }
    }

    #[test]
    fn sops_without_a_regulation_stay_in_phase_decree() {
        // Bulukumba as seed 2 tells it: decree and SOPs done, the regulation in drafting. The days are made up.
        let facts = PhaseFacts {
            regulation_promulgated_on: None,
            launched_on: None,
            went_live_on: None,
            ..full()
        };
        let report = derive_phase(&facts, today());
        assert_eq!(report.current, Some(Phase::Decree));
        assert_eq!(report.next, Some(Phase::Regulation));
        assert_eq!(report.steps[3].milestone_on, day("2018-07-01"));
        assert_eq!(report.steps[3].reached_on, None);
    }

    #[test]
    fn a_phase_is_reached_with_the_last_of_its_milestones() {
        let report = derive_phase(&full(), today());
        let reached: Vec<_> = report.steps.iter().map(|step| step.reached_on).collect();
        let expected = [
            "2018-02-01",
            "2018-05-01",
            "2018-05-01",
            "2018-07-01",
            "2018-09-01",
            "2018-10-01",
            "2020-01-01",
        ];
        assert_eq!(reached, expected.map(day));
        assert_eq!((report.current, report.next), (Some(Phase::SelfReliant), None));
    }

    #[test]
    fn words_are_those_of_json() {
        for phase in Phase::ALL {
            assert_eq!(
                serde_json::to_value(phase).unwrap_or_default(),
                serde_json::json!(phase.as_str())
            );
            assert_eq!(Phase::parse(phase.as_str()), Some(phase));
        }
    }

    #[test]
    fn nothing_known_nothing_reached() {
        let report = derive_phase(&PhaseFacts::default(), today());
        assert_eq!((report.current, report.next), (None, Some(Phase::Commitment)));
        assert_eq!(report.steps.len(), 7);
    }

    #[test]
    fn one_sop_missing_is_not_the_phase_sop() {
        let facts = PhaseFacts {
            mandatory_sops_in_force_on: vec![day("2018-06-01"), None],
            ..full()
        };
        assert_eq!(derive_phase(&facts, today()).current, Some(Phase::Regulation));
        let facts = PhaseFacts {
            mandatory_sops_in_force_on: vec![],
            ..full()
        };
        assert_eq!(derive_phase(&facts, today()).current, Some(Phase::Regulation));
    }

    #[test]
    fn budgets_must_be_two_years_running() {
        let facts = PhaseFacts {
            own_budget_years: vec![2019, 2021],
            ..full()
        };
        assert_eq!(derive_phase(&facts, today()).current, Some(Phase::Operational));
    }

    #[test]
    fn what_is_dated_later_has_not_happened() {
        let before = day("2018-04-30").unwrap_or_default();
        assert_eq!(derive_phase(&full(), before).current, Some(Phase::Commitment));
    }
}
