//! The judgement of items, and the scores, completeness and go-live decision that follow from it.
//!
//! # Item states
//! A document counts while it is unexpired: available it makes an item `present`, verified it makes it `verified`. A
//! computed item follows its rule (nothing there: `missing`, some: `in_progress`, all: met) and, once the rule is met, its
//! proof. Of several documents the best one speaks. A district may announce that it has begun with a missing item; that
//! makes it `in_progress` and never more.
//!
//! # Scores
//! For a component with items `i` of weight `w(i)`:
//!
//! ```text
//! verified = Σ w(i) over verified items ÷ Σ w(i) × 100
//! claimed  = Σ w(i) over present and verified items ÷ Σ w(i) × 100
//! overall  = mean over the components that have items
//! ```
//!
//! Both are cut, not rounded, to hundredths of a percent, so that 100 means everything and nothing less.
//!
//! A component is complete when it has mandatory items and all of them are verified (an expired item is not).

use std::collections::HashMap;
use std::ops::Add;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use super::standard::{ComponentKind, Item, JudgedBy, Proof, Standard};
use crate::error::Text;

/// How many parts of what an item asks for are there: "6 of 8".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// Parts that are there, never more than are needed.
    pub done: u32,
    /// Parts that are needed.
    pub needed: u32,
}

impl Progress {
    /// `done` of `needed`. What is beyond the need is not counted: it must not make up for another part.
    pub fn new(done: u64, needed: u32) -> Self {
        Self {
            done: u32::try_from(done).unwrap_or(u32::MAX).min(needed),
            needed,
        }
    }

    /// Everything needed is there. Where nothing is needed nothing can be met.
    pub const fn is_met(self) -> bool {
        self.needed > 0 && self.done >= self.needed
    }

    const fn unmet_state(self) -> ItemState {
        if self.done == 0 {
            ItemState::Missing
        } else {
            ItemState::InProgress
        }
    }
}

impl Add for Progress {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            done: self.done.saturating_add(other.done),
            needed: self.needed.saturating_add(other.needed),
        }
    }
}

/// State of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Nothing is there.
    Missing,
    /// Begun, or returned by a reviewer.
    InProgress,
    /// There, not yet verified: counts for the claimed score.
    Present,
    /// There and verified: counts for both scores.
    Verified,
    /// It was there and is no longer valid: counts for neither.
    Expired,
}

impl ItemState {
    /// Counts for the claimed score.
    pub const fn is_claimed(self) -> bool {
        matches!(self, Self::Present | Self::Verified)
    }
}

/// Standing of a linked document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// Not final: a draft regulation, an entry without its file.
    Draft,
    /// Final and filed, waiting for a reviewer or not yet submitted.
    Available,
    /// A reviewer has verified it.
    Verified,
    /// A reviewer has sent it back.
    Returned,
}

/// A document linked to an item, of a kind that the item accepts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentFact {
    /// Where it stands.
    pub status: DocumentStatus,
    /// Date of the document itself.
    pub issued_on: Option<NaiveDate>,
    /// Last day on which it is valid, when the document says so.
    pub valid_until: Option<NaiveDate>,
}

/// What a reviewer decided about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StandingDecision)]
pub enum ReviewDecision {
    /// What is configured is right.
    Confirmed,
    /// The district must look at it again.
    Returned,
}

/// The decision that stands. It stands no longer once the district has answered a return or changed what was confirmed;
/// the caller leaves it out then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What was decided.
    pub decision: ReviewDecision,
    /// When.
    pub decided_on: NaiveDate,
}

/// Everything known of one item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemFacts {
    /// Linked documents of accepted kinds.
    pub documents: Vec<DocumentFact>,
    /// Outcome of the item's rule; none where the item has no rule or it was not evaluated, which counts as missing.
    pub computed: Option<Progress>,
    /// The reviewer's decision that stands.
    pub review: Option<Review>,
    /// The district says that work on it has begun.
    pub begun: bool,
}

/// State of an item with what explains it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The state.
    pub state: ItemState,
    /// The count of a computed item.
    pub progress: Option<Progress>,
    /// Last day on which the state holds, or held when expired; none when nothing runs out.
    pub valid_until: Option<NaiveDate>,
}

/// Judges one item on the day `as_of`.
pub fn judge(judged_by: &JudgedBy, validity_months: Option<u32>, facts: &ItemFacts, as_of: NaiveDate) -> Judgement {
    let documents = || judge_documents(&facts.documents, validity_months, as_of);
    let (state, valid_until, progress) = match judged_by {
        JudgedBy::Document { .. } => {
            let (state, until) = documents();
            (state, until, None)
        }
        JudgedBy::Computed { proof, .. } => {
            let progress = facts.computed.unwrap_or_default();
            let (state, until) = match proof {
                Proof::Document { .. } => with_document(progress, documents()),
                _ if !progress.is_met() => (progress.unmet_state(), None),
                Proof::Computation => (ItemState::Verified, None),
                Proof::Review => with_review(facts.review, validity_months, as_of),
            };
            (state, until, Some(progress))
        }
    };
    let returned = facts
        .review
        .is_some_and(|review| review.decision == ReviewDecision::Returned);
    let announced = facts.begun && state == ItemState::Missing;
    if announced || (returned && state.is_claimed()) {
        return Judgement {
            state: ItemState::InProgress,
            progress,
            valid_until: None,
        };
    }
    Judgement {
        state,
        progress,
        valid_until,
    }
}

/// The best of the documents: verified, then available, then expired (it explains why the item no longer counts), then
/// begun. Among equals the one that holds longest.
fn judge_documents(
    documents: &[DocumentFact],
    validity_months: Option<u32>,
    as_of: NaiveDate,
) -> (ItemState, Option<NaiveDate>) {
    let rank = |state| match state {
        ItemState::Missing => 0,
        ItemState::InProgress => 1,
        ItemState::Expired => 2,
        ItemState::Present => 3,
        ItemState::Verified => 4,
    };
    documents
        .iter()
        .map(|document| judge_document(document, validity_months, as_of))
        .max_by_key(|(state, until)| (rank(*state), until.unwrap_or(NaiveDate::MAX)))
        .unwrap_or((ItemState::Missing, None))
}

fn judge_document(
    document: &DocumentFact,
    validity_months: Option<u32>,
    as_of: NaiveDate,
) -> (ItemState, Option<NaiveDate>) {
    let state = match document.status {
        DocumentStatus::Draft | DocumentStatus::Returned => return (ItemState::InProgress, None),
        DocumentStatus::Available => ItemState::Present,
        DocumentStatus::Verified => ItemState::Verified,
    };
    let by_age = match (validity_months, document.issued_on) {
        // Without a date nobody can tell whether it is still valid.
        (Some(_), None) => return (ItemState::InProgress, None),
        (Some(months), Some(issued_on)) => Some(after_months(issued_on, months)),
        (None, _) => None,
    };
    // The standard may ask for a fresher document than the document itself claims to be.
    expire(state, earlier(by_age, document.valid_until), as_of)
}

fn with_document(progress: Progress, document: (ItemState, Option<NaiveDate>)) -> (ItemState, Option<NaiveDate>) {
    match document.0 {
        ItemState::Expired => document,
        _ if progress.is_met() && document.0 != ItemState::Missing => document,
        ItemState::Missing if progress.done == 0 => (ItemState::Missing, None),
        _ => (ItemState::InProgress, None),
    }
}

fn with_review(
    review: Option<Review>,
    validity_months: Option<u32>,
    as_of: NaiveDate,
) -> (ItemState, Option<NaiveDate>) {
    match review {
        Some(Review {
            decision: ReviewDecision::Confirmed,
            decided_on,
        }) => {
            let until = validity_months.map(|months| after_months(decided_on, months));
            expire(ItemState::Verified, until, as_of)
        }
        _ => (ItemState::Present, None),
    }
}

fn expire(state: ItemState, until: Option<NaiveDate>, as_of: NaiveDate) -> (ItemState, Option<NaiveDate>) {
    let expired = until.is_some_and(|day| day < as_of);
    (if expired { ItemState::Expired } else { state }, until)
}

fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    a.into_iter().chain(b).min()
}

fn after_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// A share in hundredths of a percent, 0 to 10,000. In JSON a number of percent such as 66.66.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u16);

impl Percent {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// Everything.
    pub const FULL: Self = Self(10_000);

    /// `part` of `whole`, cut to hundredths of a percent; nothing of nothing is zero.
    pub fn of(part: u64, whole: u64) -> Self {
        if whole == 0 {
            return Self::ZERO;
        }
        let hundredths = u128::from(part.min(whole)) * 10_000 / u128::from(whole);
        Self(u16::try_from(hundredths).unwrap_or(Self::FULL.0))
    }

    /// The mean, cut to hundredths of a percent; zero of an empty list.
    pub fn mean(list: impl IntoIterator<Item = Self>) -> Self {
        let (sum, count) = list
            .into_iter()
            .fold((0, 0), |(sum, count), p| (sum + u64::from(p.0), count + 1));
        Self::of(sum, count * u64::from(Self::FULL.0))
    }

    /// A percentage kept as hundredths; what lies outside 0 to 10,000 becomes the nearer end.
    pub fn from_hundredths(hundredths: i16) -> Self {
        Self(u16::try_from(hundredths).unwrap_or_default().min(Self::FULL.0))
    }

    /// Hundredths of a percent.
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// The number of percent, 0 to 100.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

/// Readiness of one component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComponentReadiness {
    /// Which component.
    pub component: ComponentKind,
    /// Share of the weight that is present or verified.
    pub claimed: Percent,
    /// Share of the weight that is verified.
    pub verified: Percent,
    /// All mandatory items are verified and unexpired.
    pub complete: bool,
    /// The items in the order of the standard, with their judgements.
    pub items: Vec<JudgedItem>,
}

/// An item with its judgement and what of the standard the scores need.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgedItem {
    /// Code of the item.
    pub code: String,
    /// Share in the score.
    pub weight: u32,
    /// Needed for completeness and go-live.
    pub mandatory: bool,
    /// Must be verified for go-live.
    pub must_be_verified_for_go_live: bool,
    /// The judgement.
    #[serde(flatten)]
    pub judgement: Judgement,
}

/// Why an item stands in the way of going live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockReason {
    /// Nothing is there.
    Missing,
    /// Begun, not finished.
    InProgress,
    /// No longer valid.
    Expired,
    /// Present, but this one has to be verified.
    NotVerified,
}

impl BlockReason {
    /// Its word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::InProgress => "in_progress",
            Self::Expired => "expired",
            Self::NotVerified => "not_verified",
        }
    }

    /// What it means for the person who wants to go live.
    pub const fn text(self) -> Text {
        match self {
            Self::Missing => Text::fixed("belum ada", "is missing"),
            Self::InProgress => Text::fixed("belum selesai", "is not finished"),
            Self::Expired => Text::fixed("sudah tidak berlaku", "is no longer valid"),
            Self::NotVerified => Text::fixed("menunggu verifikasi peninjau", "waits for a reviewer's verification"),
        }
    }
}

/// An item that stands in the way of going live.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Blocker {
    /// Code of the item.
    pub item: String,
    /// Why.
    pub reason: BlockReason,
}

/// Whether the district may go live: it may when nothing blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoLive {
    /// Every item in the way, in the order of the standard.
    pub blockers: Vec<Blocker>,
}

impl GoLive {
    /// Every mandatory item is at least present, and verified where the standard demands it.
    pub const fn is_allowed(&self) -> bool {
        self.blockers.is_empty()
    }
}

/// Readiness of a district on one day against one standard.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Readiness {
    /// The day.
    pub as_of: NaiveDate,
    /// Mean of the claimed scores.
    pub claimed: Percent,
    /// Mean of the verified scores.
    pub verified: Percent,
    /// How many components are complete.
    pub complete_components: usize,
    /// The components in the order of the standard.
    pub components: Vec<ComponentReadiness>,
    /// Whether the district may go live.
    pub go_live: GoLive,
}

/// How many days before its end a proof counts as expiring: a quarter of a year, for a new decree takes its time. A
/// **proposal** of this product; no source read names a term.
pub const EXPIRY_NOTICE_DAYS: u64 = 90;

impl Readiness {
    fn items(&self) -> impl Iterator<Item = &Judgement> {
        let items = self.components.iter().flat_map(|component| &component.items);
        items.map(|item| &item.judgement)
    }

    /// How many items count today and no longer do within [`EXPIRY_NOTICE_DAYS`] unless somebody acts.
    pub fn expiring(&self) -> usize {
        let notice = self.as_of.checked_add_days(Days::new(EXPIRY_NOTICE_DAYS));
        let ends = |item: &&Judgement| item.valid_until.is_some() && item.valid_until <= notice;
        self.items().filter(|item| item.state.is_claimed()).filter(ends).count()
    }

    /// How many items have expired.
    pub fn expired(&self) -> usize {
        self.items().filter(|item| item.state == ItemState::Expired).count()
    }
}

/// Judges every item of the standard and sums up. An item without facts is missing.
pub fn assess(standard: &Standard, facts: &HashMap<String, ItemFacts>, as_of: NaiveDate) -> Readiness {
    let nothing = ItemFacts::default();
    let judged = |item: &Item| {
        let facts = facts.get(&item.code).unwrap_or(&nothing);
        JudgedItem {
            code: item.code.clone(),
            weight: item.weight,
            mandatory: item.mandatory,
            must_be_verified_for_go_live: item.must_be_verified_for_go_live,
            judgement: judge(&item.judged_by, item.validity_months, facts, as_of),
        }
    };
    let components = standard.components.iter();
    let components = components.map(|c| score(c.component, c.items.iter().map(judged).collect()));
    summarise(components.collect(), as_of)
}

/// Scores one component.
pub fn score(component: ComponentKind, items: Vec<JudgedItem>) -> ComponentReadiness {
    let weigh = |counts: fn(ItemState) -> bool| {
        let counted = items.iter().filter(|item| counts(item.judgement.state));
        counted.map(|item| u64::from(item.weight)).sum::<u64>()
    };
    let total = weigh(|_| true);
    let verified = |state| state == ItemState::Verified;
    let mut mandatory = items.iter().filter(|item| item.mandatory).peekable();
    ComponentReadiness {
        component,
        claimed: Percent::of(weigh(ItemState::is_claimed), total),
        verified: Percent::of(weigh(verified), total),
        complete: mandatory.peek().is_some() && mandatory.all(|item| verified(item.judgement.state)),
        items,
    }
}

/// Sums up scored components.
pub fn summarise(components: Vec<ComponentReadiness>, as_of: NaiveDate) -> Readiness {
    let with_weight = || components.iter().filter(|c| c.items.iter().any(|item| item.weight > 0));
    let items = components.iter().flat_map(|component| &component.items);
    Readiness {
        as_of,
        claimed: Percent::mean(with_weight().map(|component| component.claimed)),
        verified: Percent::mean(with_weight().map(|component| component.verified)),
        complete_components: components.iter().filter(|component| component.complete).count(),
        go_live: GoLive {
            blockers: items.filter_map(blocker).collect(),
        },
        components,
    }
}

fn blocker(item: &JudgedItem) -> Option<Blocker> {
    let reason = match item.judgement.state {
        _ if !item.mandatory => return None,
        ItemState::Verified => return None,
        ItemState::Present if item.must_be_verified_for_go_live => BlockReason::NotVerified,
        ItemState::Present => return None,
        ItemState::Missing => BlockReason::Missing,
        ItemState::InProgress => BlockReason::InProgress,
        ItemState::Expired => BlockReason::Expired,
    };
    Some(Blocker {
        item: item.code.clone(),
        reason,
    })
}
