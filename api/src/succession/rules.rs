//! Who may decide, and what follows what.
//!
//! That two persons are needed is this product's **proposal**: a coordinator reaches everything that the district holds, and
//! the one who leaves can no longer be asked.

use entity::ids::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{ApiError, ErrorCode, Text};

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuccessionStatus {
    /// It waits for a second person.
    Requested,
    /// The successor was invited and has not joined yet; who leaves is still coordinator.
    Approved,
    /// The successor is coordinator.
    Completed,
    /// The second person refused it.
    Refused,
    /// Whoever asked took it back.
    Withdrawn,
}

impl SuccessionStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Requested,
        Self::Approved,
        Self::Completed,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// Its word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Completed => "completed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// It may still be taken back.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Approved)
    }

    /// The status that a row holds by its word.
    ///
    /// # Errors
    /// An internal one when the row holds a word that nobody knows.
    pub fn kept(word: &str) -> Result<Self, ApiError> {
        let known = Self::ALL.into_iter().find(|status| status.as_str() == word);
        known.ok_or_else(|| ApiError::internal(anyhow::anyhow!("{word} is no status of a succession")))
    }
}

/// Who is concerned by a decision.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// Who would decide.
    pub decider: AccountId,
    /// The decider's email.
    pub decider_email: &'a str,
    /// The decider is a member of the district.
    pub is_member: bool,
    /// Who asked.
    pub requester: AccountId,
    /// The successor's email.
    pub successor_email: &'a str,
}

/// Refuses a decision by anybody who is part of it.
///
/// # Errors
/// 403 with what to do.
pub fn refuse_involved(parties: Parties<'_>) -> Result<(), ApiError> {
    if parties.decider == parties.requester {
        return Err(ApiError::new(ErrorCode::ConflictOfInterest).detail(Text::fixed(
            "Anda sendiri yang mengajukannya. Orang kedua yang harus memutuskan.",
            "You asked for it yourself. A second person has to decide.",
        )));
    }
    let concerned = parties.is_member || parties.decider_email.eq_ignore_ascii_case(parties.successor_email);
    if concerned {
        return Err(ErrorCode::ConflictOfInterest.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_outsider_who_did_not_ask_may_decide() {
        let (one, two) = (AccountId::generate(), AccountId::generate());
        let fine = Parties {
            decider: one,
            decider_email: "satu@contoh.example",
            is_member: false,
            requester: two,
            successor_email: "dua@contoh.example",
        };
        assert!(refuse_involved(fine).is_ok());
        for involved in [
            Parties { requester: one, ..fine },
            Parties {
                is_member: true,
                ..fine
            },
            Parties {
                successor_email: "Satu@contoh.example",
                ..fine
            },
        ] {
            let error = refuse_involved(involved).unwrap_err();
            assert_eq!(error.code(), ErrorCode::ConflictOfInterest, "{involved:?}");
        }
    }

    #[test]
    fn words_are_those_of_json() {
        for status in SuccessionStatus::ALL {
            assert_eq!(
                serde_json::to_value(status).unwrap(),
                serde_json::json!(status.as_str())
            );
            assert_eq!(SuccessionStatus::kept(status.as_str()).unwrap(), status);
        }
        assert!(SuccessionStatus::kept("lost").is_err());
    }
}
