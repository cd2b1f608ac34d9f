//! What people see of a succession.

use chrono::{DateTime, Utc};
use entity::{
    ids::{AccountId, MembershipId, SuccessionId},
    succession,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::SuccessionStatus;
use crate::{
    error::{ApiResult, Text},
    http::Checks,
};

/// Shortest reason, in characters.
const SHORTEST_REASON: usize = 10;

/// A wish that somebody follow a coordinator, and what became of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Succession {
    /// Its id.
    pub id: SuccessionId,
    /// Email of who shall become coordinator: a member, or somebody who will be invited.
    #[schema(example = "pengganti@contoh.example")]
    pub successor_email: String,
    /// Membership of the coordinator who goes; null when nobody does.
    pub leaving: Option<MembershipId>,
    /// That coordinator's name at the time; empty when nobody goes.
    #[schema(example = "Contoh Koordinator")]
    pub leaving_name: String,
    /// Why.
    #[schema(example = "Koordinator dimutasi ke dinas lain per 1 Desember.")]
    pub reason: String,
    /// Number of the letter of assignment; empty when there is none.
    #[schema(example = "800/CONTOH/2026")]
    pub letter_number: String,
    /// Where it stands.
    pub status: SuccessionStatus,
    /// Who asked.
    pub requested_by: AccountId,
    /// The name of who asked.
    pub requested_by_name: String,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// The name of who decided; empty while nobody has.
    pub decided_by_name: String,
    /// When it was decided, or taken back.
    pub decided_at: Option<DateTime<Utc>>,
    /// What was said about the decision.
    pub decision_note: String,
    /// When the successor took over.
    pub completed_at: Option<DateTime<Utc>>,
    /// Counts changes; also the `ETag`.
    #[schema(example = 1)]
    pub version: i32,
}

impl Succession {
    /// The row as people see it.
    ///
    /// # Errors
    /// When the row holds a status that nobody knows.
    pub fn of(row: succession::Model) -> ApiResult<Self> {
        Ok(Self {
            status: SuccessionStatus::kept(&row.status)?,
            id: row.id,
            successor_email: row.successor_email,
            leaving: row.leaving,
            leaving_name: row.leaving_name,
            reason: row.reason,
            letter_number: row.letter_number,
            requested_by: row.requested_by,
            requested_by_name: row.requested_by_name,
            requested_at: row.requested_at,
            decided_by_name: row.decided_by_name,
            decided_at: row.decided_at,
            decision_note: row.decision_note,
            completed_at: row.completed_at,
            version: row.version,
        })
    }
}

/// Who shall become coordinator, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuccessionCreate {
    /// Email of the successor: of a member, or of somebody who will be invited.
    #[schema(example = "pengganti@contoh.example")]
    pub successor_email: String,
    /// Membership of the coordinator who goes when the successor takes over.
    #[serde(default)]
    pub leaving: Option<MembershipId>,
    /// Why, in at least ten characters.
    #[schema(example = "Koordinator dimutasi ke dinas lain per 1 Desember.")]
    pub reason: String,
    /// Number of the letter of assignment.
    #[serde(default)]
    #[schema(example = "800/CONTOH/2026")]
    pub letter_number: String,
}

impl SuccessionCreate {
    /// The same as it will be kept.
    ///
    /// # Errors
    /// 422 with every field that does not fit.
    pub fn checked(self) -> ApiResult<Self> {
        let mut checks = Checks::new();
        let checked = Self {
            successor_email: checks.email("successor_email", &self.successor_email),
            leaving: self.leaving,
            reason: reason(&mut checks, "reason", &self.reason),
            letter_number: checks.optional_line("letter_number", &self.letter_number, 80),
        };
        checks.finish()?;
        Ok(checked)
    }
}

/// A decision about a request.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuccessionDecision {
    /// Whether the successor becomes coordinator.
    pub approved: bool,
    /// What to say about it; needed for a refusal, in at least ten characters.
    #[serde(default)]
    #[schema(example = "Nomor surat tugas sudah dicocokkan.")]
    pub note: String,
}

impl SuccessionDecision {
    /// The same as it will be kept.
    ///
    /// # Errors
    /// 422 when a refusal gives no reason.
    pub fn checked(self) -> ApiResult<Self> {
        let mut checks = Checks::new();
        let note = if self.approved {
            checks.paragraph("note", &self.note, 1_000)
        } else {
            reason(&mut checks, "note", &self.note)
        };
        checks.finish()?;
        Ok(Self { note, ..self })
    }
}

fn reason(checks: &mut Checks, field: &str, text: &str) -> String {
    let reason = checks.paragraph(field, text, 1_000);
    checks.ensure(
        reason.chars().count() >= SHORTEST_REASON,
        field,
        "too_short",
        Text::fixed(
            "Tuliskan alasannya dalam sedikitnya 10 karakter; orang lain memutuskan berdasarkan itu.",
            "Write the reason in at least 10 characters; others go by it.",
        ),
    );
    reason
}

/// A coordinator of a district.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Coordinator {
    /// The membership.
    pub id: MembershipId,
    /// The person's name.
    #[schema(example = "Contoh Koordinator")]
    pub name: String,
    /// Coordinator or member since.
    pub joined_at: DateTime<Utc>,
    /// The account is closed.
    pub is_disabled: bool,
}

/// The coordinators of a district.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Coordinators {
    /// The longest-serving first.
    pub items: Vec<Coordinator>,
}
