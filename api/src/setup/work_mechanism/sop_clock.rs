//! The clock table of the case-handling SOP: how soon each step of a case must be done, by risk level.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::setup::{
    codes::{RiskLevel, codes},
    form::{Form, rows},
};

codes! {
    /// A unit of time. Days are calendar days of 24 hours.
    SpanUnit {
        /// Minutes.
        Minute "minute",
        /// Hours.
        Hour "hour",
        /// Days.
        Day "day",
    }
}

/// The limits of one risk level.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ClockRow {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// Which level; each may come once.
    pub risk_level: Option<RiskLevel>,
    /// From registration to the first response.
    pub first_response: ClockLimit,
    /// From registration to the end of the initial assessment.
    pub initial_assessment: ClockLimit,
    /// From registration to the full assessment and an agreed plan.
    pub full_assessment_and_plan: ClockLimit,
    /// Between two reviews.
    pub review: ClockLimit,
}

/// One limit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ClockLimit {
    /// To be done at once; the amount is then the latest moment, if there is one.
    pub immediate: bool,
    /// At most so many units.
    pub amount: Option<u32>,
    /// The unit.
    pub unit: Option<SpanUnit>,
}

rows!(ClockRow);

impl ClockLimit {
    /// The limit in minutes, when it is set.
    #[must_use]
    pub fn minutes(&self) -> Option<u64> {
        let unit = match self.unit? {
            SpanUnit::Minute => 1,
            SpanUnit::Hour => 60,
            SpanUnit::Day => 1_440,
        };
        Some(u64::from(self.amount?) * unit)
    }

    /// It says when.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.immediate || self.minutes().is_some()
    }
}

impl ClockRow {
    /// The limits with their fields.
    #[must_use]
    pub const fn limits(&self) -> [(&'static str, &ClockLimit); 4] {
        [
            ("first_response", &self.first_response),
            ("initial_assessment", &self.initial_assessment),
            ("full_assessment_and_plan", &self.full_assessment_and_plan),
            ("review", &self.review),
        ]
    }

    /// Every limit is set.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.limits().iter().all(|(_, limit)| limit.is_set())
    }

    /// Checks the numbers.
    pub fn check(&mut self, form: &mut Form<'_>) {
        for (field, limit) in self.limits() {
            form.nested(field).number("amount", limit.amount, 1..=10_000);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes() {
        let limit = |amount, unit| ClockLimit {
            amount,
            unit,
            immediate: false,
        };
        assert_eq!(limit(Some(3), Some(SpanUnit::Day)).minutes(), Some(4_320));
        assert_eq!(limit(Some(6), Some(SpanUnit::Hour)).minutes(), Some(360));
        assert!(!limit(None, Some(SpanUnit::Day)).is_set());
        assert!(
            ClockLimit {
                immediate: true,
                ..ClockLimit::default()
            }
            .is_set()
        );
    }
}
