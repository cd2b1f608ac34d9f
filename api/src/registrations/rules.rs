//! What may follow what.

use chrono::Duration;
use serde::Serialize;
use utoipa::ToSchema;

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationStatus {
    /// Made; the link in the mail was not opened yet.
    AwaitingEmailConfirmation,
    /// The applicant is at work on it.
    Draft,
    /// Province and ministry look at it.
    Submitted,
    /// The province has given its endorsement; the ministry decides.
    Endorsed,
    /// The applicant is asked to mend something.
    Returned,
    /// The district is a tenant.
    Approved,
    /// The ministry said no. The district may apply anew.
    Rejected,
    /// Nobody went on with it. The district may apply anew.
    Expired,
}

/// A step that somebody, or the clock, wants to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The applicant opens the link in the mail.
    ConfirmEmail,
    /// The applicant hands it in.
    Submit,
    /// The province endorses it.
    Endorse,
    /// The ministry approves it.
    Approve,
    /// The ministry returns it with a reason.
    Return,
    /// The ministry rejects it with a reason.
    Reject,
    /// Its time is up.
    Expire,
}

use RegistrationStatus as S;

impl RegistrationStatus {
    /// All of them, in the order of an application's life.
    pub const ALL: [Self; 8] = [
        S::AwaitingEmailConfirmation,
        S::Draft,
        S::Submitted,
        S::Endorsed,
        S::Returned,
        S::Approved,
        S::Rejected,
        S::Expired,
    ];

    /// Its word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            S::AwaitingEmailConfirmation => "awaiting_email_confirmation",
            S::Draft => "draft",
            S::Submitted => "submitted",
            S::Endorsed => "endorsed",
            S::Returned => "returned",
            S::Approved => "approved",
            S::Rejected => "rejected",
            S::Expired => "expired",
        }
    }

    /// The status with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Where `step` leads from here; `None` when it may not be taken.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (S::AwaitingEmailConfirmation, Step::ConfirmEmail) => Some(S::Draft),
            (S::Draft | S::Returned, Step::Submit) => Some(S::Submitted),
            (S::Submitted, Step::Endorse) => Some(S::Endorsed),
            (S::Submitted | S::Endorsed, Step::Approve) => Some(S::Approved),
            (S::Submitted | S::Endorsed, Step::Return) => Some(S::Returned),
            (S::Submitted | S::Endorsed, Step::Reject) => Some(S::Rejected),
            (S::AwaitingEmailConfirmation | S::Draft | S::Returned, Step::Expire) => Some(S::Expired),
            _ => None,
        }
    }

    /// True while the applicant may change it.
    #[must_use]
    pub const fn may_be_edited(self) -> bool {
        matches!(self, S::AwaitingEmailConfirmation | S::Draft | S::Returned)
    }

    /// True until it has ended.
    #[must_use]
    pub const fn is_live(self) -> bool {
        !matches!(self, S::Approved | S::Rejected | S::Expired)
    }

    /// True while it keeps others of the same district from applying; the unique index `registration_live` says the same.
    /// One that was never handed in may be anybody's, and no reviewer sees it or could reject it, so it keeps nobody out: who
    /// hands in first has the district.
    #[must_use]
    pub const fn holds_district(self) -> bool {
        matches!(self, S::Submitted | S::Endorsed | S::Returned)
    }

    /// How long the applicant may leave it untouched; `None` when it is not the applicant's turn. The email is to be
    /// confirmed within `confirm_within`.
    #[must_use]
    pub const fn patience(self, confirm_within: Duration) -> Option<Duration> {
        match self {
            S::AwaitingEmailConfirmation => Some(confirm_within),
            S::Draft => Some(Duration::days(30)),
            S::Returned => Some(Duration::days(90)),
            _ => None,
        }
    }

    /// How long the applicant's name and contact are kept once it got here; `None` where they are needed. After a rejection
    /// longer: the applicant may ask why. Law 27 of 2022 on personal data has what is no longer needed erased; the days are
    /// ours.
    #[must_use]
    pub const fn erased_after(self) -> Option<Duration> {
        match self {
            S::Expired => Some(Duration::days(30)),
            S::Rejected => Some(Duration::days(90)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, RegistrationStatus as S, Step};
    use proptest::prelude::*;

    const SOON: Duration = Duration::hours(48);

    const STEPS: [Step; 7] = [
        Step::ConfirmEmail,
        Step::Submit,
        Step::Endorse,
        Step::Approve,
        Step::Return,
        Step::Reject,
        Step::Expire,
    ];

    #[test]
    fn words() {
        for status in S::ALL {
            assert_eq!(S::from_word(status.as_str()), Some(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
    }

    #[test]
    fn ended_is_ended() {
        for status in S::ALL.into_iter().filter(|status| !status.is_live()) {
            assert!(STEPS.iter().all(|step| status.after(*step).is_none()), "{status:?}");
            assert!(!status.may_be_edited() && status.patience(SOON).is_none() && !status.holds_district());
        }
    }

    /// Else a stranger could keep a district for as long as the applicant's time lasts, and nobody could do anything about it.
    #[test]
    fn what_holds_a_district_was_seen_by_reviewers() {
        for status in S::ALL.into_iter().filter(|status| status.holds_district()) {
            let decided = [Step::Reject, Step::Return, Step::Submit];
            assert!(decided.iter().any(|step| status.after(*step).is_some()), "{status:?}");
        }
        assert!(!S::AwaitingEmailConfirmation.holds_district() && !S::Draft.holds_district());
    }

    #[test]
    fn only_what_waits_for_the_applicant_lapses() {
        for status in S::ALL {
            assert_eq!(status.after(Step::Expire).is_some(), status.patience(SOON).is_some());
            assert_eq!(status.may_be_edited(), status.patience(SOON).is_some());
        }
    }

    proptest! {
        /// Whatever is tried, in whatever order: nothing is approved that was not confirmed and handed in before, and
        /// the last hand-in came after the last return.
        #[test]
        fn nothing_skips_a_stage(tries in proptest::collection::vec(0..STEPS.len(), 0..40)) {
            let mut status = S::AwaitingEmailConfirmation;
            let mut taken = Vec::new();
            for index in tries {
                let step = STEPS[index];
                if let Some(next) = status.after(step) {
                    prop_assert!(next != status);
                    prop_assert!(status.is_live());
                    taken.push(step);
                    status = next;
                }
            }
            let last = |wanted: Step| taken.iter().rposition(|step| *step == wanted);
            if matches!(status, S::Submitted | S::Endorsed | S::Approved | S::Rejected | S::Returned) {
                prop_assert_eq!(taken.iter().filter(|step| **step == Step::ConfirmEmail).count(), 1);
                prop_assert!(last(Step::ConfirmEmail) < last(Step::Submit));
            }
            if matches!(status, S::Submitted | S::Endorsed | S::Approved) {
                prop_assert!(last(Step::Return) < last(Step::Submit));
            }
            prop_assert!(taken.iter().filter(|step| **step == Step::Approve).count() <= 1);
            prop_assert_eq!(status == S::Approved, taken.last() == Some(&Step::Approve));
        }
    }
}
