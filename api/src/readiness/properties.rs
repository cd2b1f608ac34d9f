//! Properties of the rules over generated districts, and the shipped standard against its own validation.

use std::collections::HashMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::rules::{JudgedItem, score, summarise};
use super::standard::NEWEST;
use super::*;

fn standard() -> Standard {
    Standard::parse(NEWEST).unwrap_or_else(|error| panic!("{error}"))
}

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

/// A day up to ten years around today.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (-3_650i64..3_650).prop_map(|days| today() + chrono::Duration::days(days))
}

fn any_document() -> impl Strategy<Value = DocumentFact> {
    let status = select(vec![
        DocumentStatus::Draft,
        DocumentStatus::Available,
        DocumentStatus::Verified,
        DocumentStatus::Returned,
    ]);
    (status, proptest::option::of(any_day()), proptest::option::of(any_day())).prop_map(
        |(status, issued_on, valid_until)| DocumentFact {
            status,
            issued_on,
            valid_until,
        },
    )
}

pub(super) fn any_facts() -> impl Strategy<Value = ItemFacts> {
    let decision = select(vec![ReviewDecision::Confirmed, ReviewDecision::Returned]);
    let review = (decision, any_day()).prop_map(|(decision, decided_on)| Review { decision, decided_on });
    let computed = (0u64..5, 0u32..5).prop_map(|(done, needed)| Progress::new(done, needed));
    let documents = proptest::collection::vec(any_document(), 0..4);
    let review = proptest::option::of(review);
    (documents, proptest::option::of(computed), review, any::<bool>()).prop_map(
        |(documents, computed, review, begun)| ItemFacts {
            documents,
            computed,
            review,
            begun,
        },
    )
}

/// Facts for every item of the shipped standard.
fn any_district() -> impl Strategy<Value = HashMap<String, ItemFacts>> {
    let codes: Vec<String> = standard().items().map(|(_, item)| item.code.clone()).collect();
    proptest::collection::vec(any_facts(), codes.len())
        .prop_map(move |facts| codes.iter().cloned().zip(facts).collect())
}

fn any_state() -> impl Strategy<Value = ItemState> {
    select(vec![
        ItemState::Missing,
        ItemState::InProgress,
        ItemState::Present,
        ItemState::Verified,
        ItemState::Expired,
    ])
}

fn any_items() -> impl Strategy<Value = Vec<JudgedItem>> {
    let item = (0u32..=100, any::<bool>(), any::<bool>(), any_state());
    proptest::collection::vec(item, 0..12).prop_map(|items| {
        let judged = items
            .into_iter()
            .enumerate()
            .map(|(number, (weight, mandatory, verify, state))| JudgedItem {
                code: format!("X-{number}"),
                weight,
                mandatory,
                must_be_verified_for_go_live: verify && mandatory,
                judgement: Judgement {
                    state,
                    progress: None,
                    valid_until: None,
                },
            });
        judged.collect()
    })
}

fn any_components() -> impl Strategy<Value = Vec<Vec<JudgedItem>>> {
    proptest::collection::vec(any_items(), 0..=ComponentKind::ALL.len())
}

fn sum_up(components: Vec<Vec<JudgedItem>>) -> Readiness {
    let scored = components
        .into_iter()
        .zip(ComponentKind::ALL)
        .map(|(items, kind)| score(*kind, items));
    summarise(scored.collect(), today())
}

fn scores(readiness: &Readiness) -> Vec<Percent> {
    let components = readiness.components.iter().flat_map(|c| [c.claimed, c.verified]);
    components.chain([readiness.claimed, readiness.verified]).collect()
}

proptest! {
    #[test]
    fn scores_stay_in_range_and_verified_below_claimed(components in any_components()) {
        let readiness = sum_up(components);
        for percent in scores(&readiness) {
            prop_assert!(percent <= Percent::FULL);
        }
        prop_assert!(readiness.verified <= readiness.claimed);
        for component in &readiness.components {
            prop_assert!(component.verified <= component.claimed);
        }
        prop_assert!(readiness.complete_components <= readiness.components.len());
    }

    #[test]
    fn a_full_score_means_everything(components in any_components()) {
        for component in sum_up(components).components {
            let weighty = component.items.iter().filter(|item| item.weight > 0).collect::<Vec<_>>();
            let all = !weighty.is_empty() && weighty.iter().all(|item| item.judgement.state == ItemState::Verified);
            prop_assert_eq!(component.verified == Percent::FULL, all);
        }
    }

    #[test]
    fn complete_means_every_mandatory_item_verified(items in any_items()) {
        let mandatory = items.iter().filter(|item| item.mandatory).count();
        let is_verified = |item: &&JudgedItem| item.mandatory && item.judgement.state == ItemState::Verified;
        let verified = items.iter().filter(is_verified).count();
        let component = score(ComponentKind::Regulation, items);
        prop_assert_eq!(component.complete, mandatory > 0 && verified == mandatory);
    }

    #[test]
    fn verifying_an_item_lowers_nothing(components in any_components(), c in any::<Index>(), i in any::<Index>()) {
        prop_assume!(components.iter().any(|items| !items.is_empty()));
        let with_items: Vec<usize> = (0..components.len()).filter(|c| !components[*c].is_empty()).collect();
        let c = with_items[c.index(with_items.len())];
        let i = i.index(components[c].len());
        let before = sum_up(components.clone());
        let mut changed = components;
        changed[c][i].judgement.state = ItemState::Verified;
        let after = sum_up(changed);
        for (before, after) in scores(&before).into_iter().zip(scores(&after)) {
            prop_assert!(before <= after);
        }
        prop_assert!(before.complete_components <= after.complete_components);
        prop_assert!(after.go_live.blockers.iter().all(|blocker| before.go_live.blockers.contains(blocker)));
    }

    #[test]
    fn verifying_a_document_lowers_nothing(district in any_district(), which in any::<Index>()) {
        let standard = standard();
        let mut codes: Vec<&String> = district.keys().filter(|code| !district[*code].documents.is_empty()).collect();
        prop_assume!(!codes.is_empty());
        codes.sort();
        let code = codes[which.index(codes.len())].clone();
        let before = assess(&standard, &district, today());
        let mut changed = district;
        for document in changed.get_mut(&code).into_iter().flat_map(|facts| &mut facts.documents) {
            document.status = DocumentStatus::Verified;
        }
        let after = assess(&standard, &changed, today());
        for (before, after) in scores(&before).into_iter().zip(scores(&after)) {
            prop_assert!(before <= after, "{code}");
        }
    }

    #[test]
    fn the_expired_never_counts(components in any_components()) {
        let mut without = components.clone();
        for item in without.iter_mut().flatten().filter(|item| item.judgement.state == ItemState::Expired) {
            item.judgement.state = ItemState::Missing;
        }
        let (with, without) = (sum_up(components), sum_up(without));
        prop_assert_eq!(scores(&with), scores(&without));
        prop_assert_eq!(with.complete_components, without.complete_components);
    }

    #[test]
    fn documents_past_their_day_never_count(district in any_district()) {
        let mut all_past = district;
        for document in all_past.values_mut().flat_map(|facts| &mut facts.documents) {
            document.valid_until = today().pred_opt();
        }
        let readiness = assess(&standard(), &all_past, today());
        let standard = standard();
        let judged = readiness.components.iter().flat_map(|component| &component.items);
        for ((_, item), judged) in standard.items().zip(judged) {
            let asks_for_document = !item.judged_by.accepted_documents().is_empty();
            prop_assert!(!(asks_for_document && judged.judgement.state.is_claimed()), "{}", item.code);
        }
    }

    #[test]
    fn go_live_is_allowed_exactly_when_nothing_blocks(components in any_components()) {
        let ready = components.iter().flatten().filter(|item| item.mandatory).all(|item| {
            match item.judgement.state {
                ItemState::Verified => true,
                ItemState::Present => !item.must_be_verified_for_go_live,
                ItemState::Missing | ItemState::InProgress | ItemState::Expired => false,
            }
        });
        let go_live = sum_up(components).go_live;
        prop_assert_eq!(go_live.is_allowed(), ready);
        prop_assert_eq!(go_live.blockers.is_empty(), ready);
    }

    #[test]
    fn order_does_not_matter(components in any_components(), turn in any::<Index>()) {
        let mut turned = components.clone();
        for items in turned.iter_mut().filter(|items| !items.is_empty()) {
            let by = turn.index(items.len());
            items.rotate_left(by);
            items.reverse();
        }
        let (one, other) = (sum_up(components), sum_up(turned));
        prop_assert_eq!(scores(&one), scores(&other));
        let sorted = |readiness: &Readiness| {
            let mut codes: Vec<_> = readiness.go_live.blockers.iter().map(|b| (b.item.clone(), b.reason)).collect();
            codes.sort_by(|a, b| a.0.cmp(&b.0));
            codes
        };
        prop_assert_eq!(sorted(&one), sorted(&other));
    }

    #[test]
    fn order_of_documents_does_not_matter(mut facts in any_facts()) {
        for (_, item) in standard().items() {
            let one = judge(&item.judged_by, item.validity_months, &facts, today());
            facts.documents.reverse();
            prop_assert_eq!(one, judge(&item.judged_by, item.validity_months, &facts, today()));
        }
    }

    #[test]
    fn progress_never_exceeds_the_need(parts in proptest::collection::vec((any::<u64>(), any::<u32>()), 0..6)) {
        let sum = parts.into_iter().fold(Progress::default(), |sum, (done, needed)| sum + Progress::new(done, needed));
        prop_assert!(sum.done <= sum.needed);
    }

    #[test]
    fn phases_are_reached_in_order(days in proptest::collection::vec(proptest::option::of(any_day()), 8)) {
        let facts = PhaseFacts {
            commitment_accepted_on: days[0],
            working_group_decree_on: days[1],
            regulation_promulgated_on: days[2],
            mandatory_sops_in_force_on: vec![days[3]],
            launched_on: days[4],
            went_live_on: days[5],
            first_served_on: days[6],
            own_budget_years: vec![2020, 2021],
            all_complete_since: days[7],
        };
        let report = derive_phase(&facts, today());
        let reached: Vec<_> = report.steps.iter().map_while(|step| step.reached_on).collect();
        prop_assert!(reached.is_sorted() && reached.iter().all(|day| *day <= today()));
        prop_assert_eq!(report.current, reached.len().checked_sub(1).map(|last| Phase::ALL[last]));
        prop_assert_eq!(report.steps.iter().filter(|step| step.reached_on.is_some()).count(), reached.len());
    }
}

#[test]
fn empty_and_weightless_components() {
    let nothing = sum_up(vec![]);
    assert_eq!(
        (nothing.claimed, nothing.verified, nothing.complete_components),
        (Percent::ZERO, Percent::ZERO, 0)
    );
    assert!(nothing.go_live.is_allowed());
    let item = |weight, state| JudgedItem {
        code: "X-1".to_owned(),
        weight,
        mandatory: true,
        must_be_verified_for_go_live: false,
        judgement: Judgement {
            state,
            progress: None,
            valid_until: None,
        },
    };
    // The empty and the weightless component have no score and do not pull the mean down.
    let some = sum_up(vec![
        vec![item(3, ItemState::Verified)],
        vec![],
        vec![item(0, ItemState::Verified)],
    ]);
    assert_eq!((some.verified, some.complete_components), (Percent::FULL, 2));
}

#[test]
fn the_formula_of_the_score() {
    let readiness = sum_up(vec![
        vec![
            judged("A-1", 1, ItemState::Verified),
            judged("A-2", 1, ItemState::Present),
            judged("A-3", 1, ItemState::Expired),
        ],
        vec![judged("B-1", 4, ItemState::InProgress)],
    ]);
    assert_eq!(readiness.components[0].verified.hundredths(), 3_333);
    assert_eq!(readiness.components[0].claimed.hundredths(), 6_666);
    assert_eq!(
        (readiness.verified.hundredths(), readiness.claimed.hundredths()),
        (1_666, 3_333)
    );
    assert_eq!(
        serde_json::to_value(readiness.claimed).unwrap_or_default(),
        serde_json::json!(33.33)
    );
}

fn judged(code: &str, weight: u32, state: ItemState) -> JudgedItem {
    JudgedItem {
        code: code.to_owned(),
        weight,
        mandatory: false,
        must_be_verified_for_go_live: false,
        judgement: Judgement {
            state,
            progress: None,
            valid_until: None,
        },
    }
}

proptest! {
    #[test]
    fn announcing_a_beginning_counts_for_nothing(facts in any_district()) {
        let without = facts.iter().map(|(code, facts)| (code.clone(), ItemFacts { begun: false, ..facts.clone() }));
        let standard = standard();
        let (with, without) = (assess(&standard, &facts, today()), assess(&standard, &without.collect(), today()));
        prop_assert_eq!(scores(&with), scores(&without));
        prop_assert_eq!(with.go_live.is_allowed(), without.go_live.is_allowed());
    }
}
