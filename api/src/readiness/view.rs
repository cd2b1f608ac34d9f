//! What the API shows of a district's readiness.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{evidence, ids::*, item_progress, item_review};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    BlockReason, ComponentKind, ComponentReadiness, Item, ItemState, Percent, Phase, Progress, Standard, facts,
    rules::JudgedItem,
    situation::Situation,
    standard::{Component, StandardStatus, Text as Wording},
};
use crate::error::Language;

/// How far a district is, what is missing, and whether it may go live.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessReport {
    /// The measure.
    pub standard: ReadinessStandard,
    /// The day in the district for which this holds.
    pub as_of: NaiveDate,
    /// Mean of the claimed scores, in percent.
    #[schema(value_type = f64, example = 61.5)]
    pub claimed: Percent,
    /// Mean of the verified scores, in percent.
    #[schema(value_type = f64, example = 40.25)]
    pub verified: Percent,
    /// How many components are complete.
    #[schema(example = 2)]
    pub complete_components: usize,
    /// Where the district is on its way.
    pub phase: ReadinessPhase,
    /// Whether it may go live, and what stands in the way.
    pub go_live: ReadinessGoLive,
    /// The components in order.
    pub components: Vec<ReadinessComponent>,
}

/// Which standard a district is measured by.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessStandard {
    /// Version.
    #[schema(example = "1.0")]
    pub version: String,
    /// Title.
    pub title: String,
    /// Whether a ministry has adopted it.
    pub status: StandardStatus,
}

/// The phase of a district and how it came there.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessPhase {
    /// The phase reached last; null before commitment.
    pub current: Option<Phase>,
    /// The phase that comes next; null at the end.
    pub next: Option<Phase>,
    /// All seven phases in order.
    pub steps: Vec<ReadinessPhaseStep>,
}

/// One phase with its dates.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessPhaseStep {
    /// The phase.
    pub phase: Phase,
    /// Its name.
    #[schema(example = "Komitmen")]
    pub name: String,
    /// When its own milestone was met, perhaps ahead of its turn.
    pub milestone_on: Option<NaiveDate>,
    /// When it was reached: its milestone and all before it met.
    pub reached_on: Option<NaiveDate>,
}

/// Whether a district may go live.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessGoLive {
    /// Nothing stands in the way.
    pub allowed: bool,
    /// Since when it is live.
    pub live_at: Option<DateTime<Utc>>,
    /// Every item in the way, in the order of the standard.
    pub blockers: Vec<ReadinessBlocker>,
}

/// An item that stands in the way of going live.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessBlocker {
    /// Code of the item.
    #[schema(example = "REG-1")]
    pub item: String,
    /// Its title.
    pub title: String,
    /// Why it is in the way.
    pub reason: BlockReason,
    /// The same in words.
    #[schema(example = "belum ada")]
    pub reason_text: String,
    /// Slug of the screen where it is done.
    #[schema(example = "regulation")]
    pub screen: String,
}

/// Readiness of one component.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessComponent {
    /// Which component.
    pub component: ComponentKind,
    /// The code with which its items begin.
    #[schema(example = "REG")]
    pub code: String,
    /// Title.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Share of the weight that is present or verified, in percent.
    #[schema(value_type = f64, example = 50.0)]
    pub claimed: Percent,
    /// Share of the weight that is verified, in percent.
    #[schema(value_type = f64, example = 25.0)]
    pub verified: Percent,
    /// All mandatory items are verified and unexpired.
    pub complete: bool,
    /// How many items are in each state.
    pub counts: ReadinessCounts,
    /// The items in order.
    pub items: Vec<ReadinessItem>,
}

/// How many items are in each state.
#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadinessCounts {
    /// Nothing is there.
    pub missing: usize,
    /// Begun, or returned.
    pub in_progress: usize,
    /// There, not yet verified.
    pub present: usize,
    /// Verified.
    pub verified: usize,
    /// No longer valid.
    pub expired: usize,
}

/// One item of the standard, as it stands in a district.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessItem {
    /// Its code.
    #[schema(example = "REG-1")]
    pub code: String,
    /// Title.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// What to do next; null when it is verified.
    pub next_step: Option<String>,
    /// What proves it.
    pub evidence_wanted: String,
    /// Kinds of document that can be handed in as evidence, while a new version's grace lasts also those that will count;
    /// empty when none is asked for.
    #[schema(example = json!(["regent_regulation"]))]
    pub accepts: Vec<String>,
    /// A reviewer confirms what was configured.
    pub confirmed_by_review: bool,
    /// Fingerprint of what a reviewer of a counted item decides on, to be sent with the decision; null for items that are
    /// judged by a document.
    pub review_subject: Option<String>,
    /// Its state.
    pub state: ItemState,
    /// How much of it is there, for items that are counted.
    pub progress: Option<Progress>,
    /// Last day on which the state holds, or held.
    pub valid_until: Option<NaiveDate>,
    /// Needed for completeness and, at least present, for going live.
    pub mandatory: bool,
    /// Must be verified for going live.
    pub must_be_verified_for_go_live: bool,
    /// Share in the score of its component; 0 while a new version's grace lasts and it does not count yet.
    pub weight: u32,
    /// For an item that is new in a version whose grace lasts: the day from which it counts.
    pub counts_from: Option<NaiveDate>,
    /// Slug of the screen where it is done.
    #[schema(example = "regulation")]
    pub screen: String,
    /// Who looks after it until when.
    pub assignment: ItemProgress,
    /// The evidence shown, summed up.
    pub evidence: ReadinessEvidence,
    /// The reviewer's decision on the item itself that stands.
    pub review: Option<ItemReview>,
    /// When anything about it changed last.
    pub changed_at: Option<DateTime<Utc>>,
}

/// The evidence of an item, summed up; withdrawn evidence is left out.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ReadinessEvidence {
    /// Waiting for a reviewer.
    pub submitted: usize,
    /// Verified.
    pub verified: usize,
    /// Returned.
    pub returned: usize,
    /// The one shown last.
    pub latest_id: Option<EvidenceId>,
    /// Its title.
    pub latest_title: Option<String>,
    /// What the reviewer said about the one returned last.
    pub last_comment: Option<String>,
}

/// Who looks after an item until when.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct ItemProgress {
    /// Code of the item.
    #[schema(example = "REG-1")]
    pub item_code: String,
    /// The member in charge.
    pub assignee_id: Option<AccountId>,
    /// The member's name; null when nobody is in charge or the person has left.
    pub assignee_name: Option<String>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// A note for the team.
    pub note: String,
    /// The district says that work has begun.
    pub begun: bool,
    /// The version, also the `ETag`: 0 before anything was said.
    #[schema(example = 0)]
    pub version: i32,
}

impl ItemProgress {
    /// Of a row, or of an item about which nothing was said.
    pub fn of(code: &str, row: Option<&item_progress::Model>, people: &People) -> Self {
        let Some(row) = row else {
            return Self {
                item_code: code.to_owned(),
                ..Self::default()
            };
        };
        Self {
            item_code: code.to_owned(),
            assignee_id: row.assignee_id,
            assignee_name: row.assignee_id.and_then(|id| people.get(&id).cloned()),
            due_on: row.due_on,
            note: row.note.clone(),
            begun: row.begun,
            version: row.version,
        }
    }
}

/// What a reviewer decided about an item that is counted.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ItemReview {
    /// Its id.
    pub id: ItemReviewId,
    /// Code of the item.
    #[schema(example = "LEM-3")]
    pub item_code: String,
    /// `confirmed` or `returned`.
    #[schema(example = "returned")]
    pub decision: String,
    /// What the reviewer said.
    pub comment: String,
    /// The reviewer's name.
    pub decided_by_name: String,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// What the district answered to a return.
    pub answer: String,
    /// Who answered.
    pub answered_by_name: Option<String>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
}

impl From<&item_review::Model> for ItemReview {
    fn from(row: &item_review::Model) -> Self {
        Self {
            id: row.id,
            item_code: row.item_code.clone(),
            decision: row.decision.clone(),
            comment: row.comment.clone(),
            decided_by_name: row.decided_by_name.clone(),
            decided_at: row.decided_at,
            answer: row.answer.clone(),
            answered_by_name: row.answered_by_name.clone(),
            answered_at: row.answered_at,
        }
    }
}

/// Scores of one component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ComponentScore {
    /// Which component.
    pub component: ComponentKind,
    /// Claimed score in percent.
    #[schema(example = 50.0)]
    pub claimed: f64,
    /// Verified score in percent.
    #[schema(example = 25.0)]
    pub verified: f64,
    /// All mandatory items are verified and unexpired.
    pub complete: bool,
}

impl ComponentScore {
    /// The scores of a judged component.
    pub fn of(component: &ComponentReadiness) -> Self {
        Self {
            component: component.component,
            claimed: component.claimed.value(),
            verified: component.verified.value(),
            complete: component.complete,
        }
    }
}

/// Names of members by account.
pub type People = std::collections::HashMap<AccountId, String>;

/// A wording in the reader's language.
pub fn say(wording: &Wording, language: Language) -> String {
    match language {
        Language::Indonesian => wording.id.clone(),
        Language::English => wording.en.clone(),
    }
}

/// The report in the reader's language.
pub fn report(situation: &Situation, people: &People, language: Language) -> ReadinessReport {
    let readiness = &situation.readiness;
    let standard = &situation.standard;
    let components = standard.components.iter().zip(&readiness.components);
    ReadinessReport {
        standard: measure(standard, language),
        as_of: situation.today,
        claimed: readiness.claimed,
        verified: readiness.verified,
        complete_components: readiness.complete_components,
        phase: phase(situation, language),
        go_live: go_live(situation, language),
        components: components
            .map(|(wanted, judged)| component(situation, people, language, wanted, judged))
            .collect(),
    }
}

/// Which standard it is.
pub fn measure(standard: &Standard, language: Language) -> ReadinessStandard {
    ReadinessStandard {
        version: standard.version.clone(),
        title: say(&standard.title, language),
        status: standard.status,
    }
}

fn phase(situation: &Situation, language: Language) -> ReadinessPhase {
    let steps = situation.phase.steps.iter().map(|step| ReadinessPhaseStep {
        phase: step.phase,
        name: step.phase.name().in_language(language).to_owned(),
        milestone_on: step.milestone_on,
        reached_on: step.reached_on,
    });
    ReadinessPhase {
        current: situation.phase.current,
        next: situation.phase.next,
        steps: steps.collect(),
    }
}

fn go_live(situation: &Situation, language: Language) -> ReadinessGoLive {
    let decision = &situation.readiness.go_live;
    let blockers = decision.blockers.iter().filter_map(|blocker| {
        let item = find_item(&situation.standard, &blocker.item)?;
        Some(ReadinessBlocker {
            item: blocker.item.clone(),
            title: say(&item.title, language),
            reason: blocker.reason,
            reason_text: blocker.reason.text().in_language(language).to_owned(),
            screen: item.screen.clone(),
        })
    });
    ReadinessGoLive {
        allowed: decision.is_allowed(),
        live_at: situation.district.live_at,
        blockers: blockers.collect(),
    }
}

/// The item with that code.
pub fn find_item<'a>(standard: &'a Standard, code: &str) -> Option<&'a Item> {
    standard.items().map(|(_, item)| item).find(|item| item.code == code)
}

fn component(
    situation: &Situation,
    people: &People,
    language: Language,
    wanted: &Component,
    judged: &ComponentReadiness,
) -> ReadinessComponent {
    let items = wanted.items.iter().zip(&judged.items);
    ReadinessComponent {
        component: wanted.component,
        code: wanted.code.clone(),
        title: say(&wanted.title, language),
        purpose: say(&wanted.purpose, language),
        claimed: judged.claimed,
        verified: judged.verified,
        complete: judged.complete,
        counts: ReadinessCounts::of(&judged.items),
        items: items
            .map(|(wanted, judged)| item(situation, people, language, wanted, judged))
            .collect(),
    }
}

impl ReadinessCounts {
    /// Counts judged items.
    pub fn of(items: &[JudgedItem]) -> Self {
        let count = |state| items.iter().filter(|item| item.judgement.state == state).count();
        Self {
            missing: count(ItemState::Missing),
            in_progress: count(ItemState::InProgress),
            present: count(ItemState::Present),
            verified: count(ItemState::Verified),
            expired: count(ItemState::Expired),
        }
    }
}

fn item(
    situation: &Situation,
    people: &People,
    language: Language,
    wanted: &Item,
    judged: &JudgedItem,
) -> ReadinessItem {
    let state = judged.judgement.state;
    let progress = situation.progress_of(&wanted.code);
    ReadinessItem {
        code: wanted.code.clone(),
        title: say(&wanted.title, language),
        why: say(&wanted.why, language),
        next_step: (state != ItemState::Verified).then(|| say(&wanted.next_step, language)),
        evidence_wanted: say(&wanted.evidence, language),
        accepts: situation
            .standard
            .takes(wanted)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        confirmed_by_review: facts::is_confirmed_by_review(wanted),
        review_subject: Some(facts::subject(wanted, &situation.rows.records)).filter(|subject| !subject.is_empty()),
        state,
        progress: judged.judgement.progress,
        valid_until: judged.judgement.valid_until,
        mandatory: wanted.mandatory,
        must_be_verified_for_go_live: wanted.must_be_verified_for_go_live,
        weight: wanted.weight,
        counts_from: counts_from(&situation.standard, &wanted.code),
        screen: wanted.screen.clone(),
        assignment: ItemProgress::of(&wanted.code, progress, people),
        evidence: evidence_summary(situation.rows.handed_in(&situation.standard, wanted)),
        review: situation.rows.standing_review(wanted).map(ItemReview::from),
        changed_at: situation.rows.changed_at(wanted),
    }
}

/// The day from which an item counts that only the version in its grace has.
pub fn counts_from(standard: &Standard, code: &str) -> Option<NaiveDate> {
    let grace = standard.grace.as_ref()?;
    let waits = grace.not_counted.iter().any(|waiting| waiting == code);
    waits.then_some(grace.counts_from)
}

fn evidence_summary<'a>(rows: impl Iterator<Item = &'a evidence::Model>) -> ReadinessEvidence {
    let mut summary = ReadinessEvidence::default();
    let mut returned_at = None;
    for row in rows {
        match row.status.as_str() {
            "verified" => summary.verified += 1,
            "returned" => {
                summary.returned += 1;
                if row.reviewed_at >= returned_at {
                    returned_at = row.reviewed_at;
                    summary.last_comment = Some(row.review_comment.clone());
                }
            }
            _ => summary.submitted += 1,
        }
        // Oldest first: the last one seen is the newest.
        summary.latest_id = Some(row.id);
        summary.latest_title = Some(row.title.clone());
    }
    summary
}
