use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::readiness::{DocumentStatus, ItemState, assess, standard::NEWEST};

/// Facts of format 1, with every field that it has.
const KEPT_1: &str = include_str!("kept-1.json");

fn kept() -> DayFacts {
    serde_json::from_str(KEPT_1).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Whatever was kept is still there after reading and writing; fields may have come.
fn holds(now: &Value, kept: &Value) -> bool {
    match (now, kept) {
        (Value::Object(now), Value::Object(kept)) => kept
            .iter()
            .all(|(key, kept)| now.get(key).is_some_and(|now| holds(now, kept))),
        (Value::Array(now), Value::Array(kept)) => {
            now.len() == kept.len() && now.iter().zip(kept).all(|(now, kept)| holds(now, kept))
        }
        _ => now == kept,
    }
}

#[test]
fn what_was_kept_is_read() {
    assert_eq!(FORMAT, 1, "a new format needs its own sample and a reader for this one");
    let before: Value = serde_json::from_str(KEPT_1).unwrap();
    let now = serde_json::to_value(kept()).unwrap();
    assert!(holds(&now, &before), "{now:#}");
}

#[test]
fn names_and_texts_are_not_kept() {
    let text = KEPT_1.to_lowercase();
    for word in ["name", "title", "phone", "email", "note", "comment", "number"] {
        assert!(!text.contains(&format!("\"{word}")), "{word}");
        assert!(!text.contains(&format!("_{word}\"")), "{word}");
    }
}

/// What ends without a write is a matter of the day that asks.
#[test]
fn the_same_facts_say_less_once_things_have_ended() {
    let standard = Standard::parse(NEWEST).unwrap();
    let facts = kept();
    let state = |code: &str, on: &str| {
        let readiness = assess(&standard, &facts.item_facts(&standard, day(on)), day(on));
        let mut items = readiness.components.into_iter().flat_map(|component| component.items);
        items.find(|item| item.code == code).unwrap().judgement
    };
    // The regulation's own last day.
    assert_eq!(state("REG-1", "2030-03-03").state, ItemState::Verified);
    assert_eq!(state("REG-1", "2030-03-04").state, ItemState::Expired);
    // A case manager begins, is trained, and leaves.
    let done = |code: &str, on: &str| state(code, on).progress.map(|progress| progress.done);
    assert_eq!(done("SDM-1", "2024-12-31"), Some(0));
    assert_eq!(done("SDM-1", "2025-01-01"), Some(1));
    assert_eq!(done("SDM-1", "2026-06-30"), Some(1));
    assert_eq!(done("SDM-1", "2026-07-01"), Some(0));
    assert_eq!(done("SDM-4", "2025-02-02"), Some(0));
    assert_eq!(done("SDM-4", "2025-02-03"), Some(1));
    assert_eq!(done("SDM-6", "2025-01-01"), Some(0));
    assert_eq!(done("SDM-6", "2025-01-02"), Some(1));
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..20_000).prop_map(|days| NaiveDate::default() + chrono::Days::new(days))
}

fn any_document() -> impl Strategy<Value = DayDocument> {
    let status = prop::sample::select(vec![
        DocumentStatus::Draft,
        DocumentStatus::Available,
        DocumentStatus::Verified,
        DocumentStatus::Returned,
    ]);
    let item = prop::sample::select(vec!["REG-1", "REG-4", "LEM-1", "LEM-8"]);
    let kind = prop::sample::select(vec!["regent_regulation", "decree", "minutes", "budget_document"]);
    (
        item,
        kind,
        status,
        prop::option::of(any_day()),
        prop::option::of(any_day()),
    )
        .prop_map(|(item, kind, status, issued_on, valid_until)| DayDocument {
            item: item.to_owned(),
            kind: kind.to_owned(),
            fact: DocumentFact {
                status,
                issued_on,
                valid_until,
            },
        })
}

fn any_review() -> impl Strategy<Value = (String, DayReview)> {
    let decision = prop::sample::select(vec![ReviewDecision::Confirmed, ReviewDecision::Returned]);
    let item = prop::sample::select(vec!["LEM-3", "LEM-6", "REG-1", "SDM-7"]);
    (item, decision, any_day(), any::<bool>()).prop_map(|(item, decision, decided_on, answered)| {
        let review = DayReview {
            review: Review { decision, decided_on },
            subject: String::new(),
            answered,
        };
        (item.to_owned(), review)
    })
}

fn any_facts() -> impl Strategy<Value = DayFacts> {
    let documents = prop::collection::vec(any_document(), 0..12);
    let reviews = prop::collection::btree_map(any::<u8>(), any_review(), 0..4);
    (documents, reviews).prop_map(|(documents, reviews)| DayFacts {
        documents,
        reviews: reviews.into_values().collect(),
        ..kept()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Judging what was kept is judging what was there, on whatever day it is asked for.
    #[test]
    fn kept_facts_are_judged_alike(facts in any_facts(), on in any_day()) {
        let standard = Standard::parse(NEWEST).unwrap();
        let read: DayFacts = serde_json::from_str(&serde_json::to_string(&facts).unwrap()).unwrap();
        let judge = |facts: &DayFacts| assess(&standard, &facts.item_facts(&standard, on), on);
        prop_assert_eq!(judge(&read), judge(&facts));
    }
}
