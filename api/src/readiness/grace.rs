//! The time that districts have to follow a new version of the standard.
//!
//! # The rule
//! From the day a version takes effect until its grace ends, **the version before it remains the measure in full, and what
//! is new stands beside it without counting**:
//!
//! - every item of the old version is judged, weighed and demanded as before, the retired ones too;
//! - items that only the new version has can be worked on, shown evidence for and reviewed, with weight zero and not
//!   mandatory;
//! - kinds of document that only the new version accepts for an item can be handed in and reviewed, and do not count.
//!
//! So during the grace scores, completeness and what stands in the way of going live are exactly those of the old version,
//! whatever a district does about the new items ([`in_grace`]; `properties` in the tests of this file). On the day the grace
//! ends the new version counts as it is.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::standard::{Component, Item, Standard};

/// What of a version does not count yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grace {
    /// The version that does not count yet.
    pub version: String,
    /// The first day on which the new version counts in full.
    pub counts_from: NaiveDate,
    /// Codes of the items that only the new version has.
    pub not_counted: Vec<String>,
    /// By item of the old version: kinds of document that only the new one accepts. They can be handed in and do not count.
    pub accepted_later: BTreeMap<String, Vec<String>>,
}

/// The first day on which a version counts in full that takes effect on a day and grants a grace of some days.
#[must_use]
pub fn counts_from(effective_from: NaiveDate, grace_days: i32) -> NaiveDate {
    let days = Days::new(u64::try_from(grace_days).unwrap_or_default());
    effective_from.checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

/// The measure while a version that follows `old` is in its grace: `old`, with the items that only `new` has added to their
/// components, without weight and not mandatory. It bears the names of `old`, which is what counts. Items of a component that
/// `old` lacks wait with their component.
#[must_use]
pub fn in_grace(old: &Standard, new: &Standard, counts_from: NaiveDate) -> Standard {
    let mut not_counted = Vec::new();
    let mut accepted_later = BTreeMap::new();
    let mut components = old.components.clone();
    for component in &mut components {
        accepted_later.extend(component.items.iter().filter_map(|item| accepted_by(item, new)));
        let added: Vec<Item> = added_to(component, new);
        not_counted.extend(added.iter().map(|item| item.code.clone()));
        component.items.extend(added);
    }
    Standard {
        components,
        fingerprint: of_grace(&new.fingerprint),
        grace: Some(Grace {
            version: new.version.clone(),
            counts_from,
            not_counted,
            accepted_later,
        }),
        ..old.clone()
    }
}

/// The fingerprint of the measure while the version with `fingerprint` is in its grace. The statement that finds districts
/// which are due says the same in SQL.
#[must_use]
pub fn of_grace(fingerprint: &str) -> String {
    format!("{fingerprint}+grace")
}

/// The kinds of document that only the new version accepts for an item of the old one, with its code.
fn accepted_by(item: &Item, new: &Standard) -> Option<(String, Vec<String>)> {
    let (_, same) = new.items().find(|(_, of)| of.code == item.code)?;
    let known = item.judged_by.accepted_documents();
    let kinds = same.judged_by.accepted_documents().iter();
    let later: Vec<String> = kinds.filter(|kind| !known.contains(kind)).cloned().collect();
    (!later.is_empty()).then(|| (item.code.clone(), later))
}

fn added_to(component: &Component, new: &Standard) -> Vec<Item> {
    let same = new.components.iter().filter(|of| of.component == component.component);
    let is_added = |item: &&Item| component.items.iter().all(|known| known.code != item.code);
    same.flat_map(|of| &of.items)
        .filter(is_added)
        .cloned()
        .map(|item| Item {
            weight: 0,
            mandatory: false,
            must_be_verified_for_go_live: false,
            ..item
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;
    use crate::readiness::{
        ItemFacts, JudgedBy, assess,
        properties::{any_facts, today},
        standard::NEWEST,
    };

    fn shipped() -> Standard {
        Standard::parse(NEWEST).unwrap()
    }

    fn codes(standard: &Standard) -> Vec<String> {
        standard.items().map(|(_, item)| item.code.clone()).collect()
    }

    /// One act of drafting: retire, add, reweigh or make mandatory.
    #[derive(Clone, Debug)]
    enum Act {
        Retire(Index, Index),
        Add(Index, u32, bool),
        Reweigh(Index, Index, u32),
        Demand(Index, Index),
    }

    fn any_act() -> impl Strategy<Value = Act> {
        prop_oneof![
            (any::<Index>(), any::<Index>()).prop_map(|(c, i)| Act::Retire(c, i)),
            (any::<Index>(), 1u32..=100, any::<bool>()).prop_map(|(c, w, m)| Act::Add(c, w, m)),
            (any::<Index>(), any::<Index>(), 1u32..=100).prop_map(|(c, i, w)| Act::Reweigh(c, i, w)),
            (any::<Index>(), any::<Index>()).prop_map(|(c, i)| Act::Demand(c, i)),
        ]
    }

    /// The shipped standard after some acts, and facts for every item of either version.
    fn drafted() -> impl Strategy<Value = (Standard, HashMap<String, ItemFacts>)> {
        proptest::collection::vec(any_act(), 0..20).prop_flat_map(|acts| {
            let mut new = shipped();
            new.fingerprint = "new".to_owned();
            for (number, act) in acts.into_iter().enumerate() {
                apply(&mut new, act, number);
            }
            let mut all = codes(&shipped());
            all.extend(codes(&new));
            all.sort();
            all.dedup();
            let count = all.len();
            let facts = proptest::collection::vec(any_facts(), count);
            facts.prop_map(move |facts| (new.clone(), all.iter().cloned().zip(facts).collect()))
        })
    }

    fn apply(new: &mut Standard, act: Act, number: usize) {
        let count = new.components.len();
        match act {
            Act::Retire(c, i) => {
                let items = &mut new.components[c.index(count)].items;
                if items.len() > 1 {
                    items.remove(i.index(items.len()));
                }
            }
            Act::Add(c, weight, mandatory) => {
                let component = &mut new.components[c.index(count)];
                let mut item = component.items[0].clone();
                item.code = format!("{}-{}", component.code, 100 + number);
                (item.weight, item.mandatory) = (weight, mandatory);
                component.items.push(item);
            }
            Act::Reweigh(c, i, weight) => {
                let items = &mut new.components[c.index(count)].items;
                let place = i.index(items.len());
                items[place].weight = weight;
            }
            Act::Demand(c, i) => {
                let items = &mut new.components[c.index(count)].items;
                let place = i.index(items.len());
                (items[place].mandatory, items[place].must_be_verified_for_go_live) = (true, true);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// The promise to districts: in the grace nothing is lost and nothing blocks, whatever is new.
        #[test]
        fn nothing_that_counts_changes_in_the_grace((new, facts) in drafted()) {
            let old = assess(&shipped(), &facts, today());
            let now = assess(&in_grace(&shipped(), &new, today()), &facts, today());
            prop_assert_eq!(now.claimed, old.claimed);
            prop_assert_eq!(now.verified, old.verified);
            prop_assert_eq!(now.complete_components, old.complete_components);
            prop_assert_eq!(&now.go_live, &old.go_live);
            for (now, old) in now.components.iter().zip(&old.components) {
                prop_assert_eq!((now.claimed, now.verified, now.complete), (old.claimed, old.verified, old.complete));
            }
        }

        /// What is handed in early is a kind that the new version accepts and the old one does not judge by.
        #[test]
        fn what_comes_can_be_handed_in((new, _) in drafted(), place in any::<Index>()) {
            let mut new = new;
            let components = new.components.len();
            let items = &mut new.components[place.index(components)].items;
            let first = &mut items[0];
            first.judged_by = JudgedBy::Document { accepts: vec!["photo".to_owned()] };
            let code = first.code.clone();
            let grace = in_grace(&shipped(), &new, today());
            let (_, item) = grace.items().find(|(_, item)| item.code == code).unwrap();
            prop_assert!(grace.takes(item).contains(&"photo"));
            for (_, item) in shipped().items() {
                let (_, now) = grace.items().find(|(_, now)| now.code == item.code).unwrap();
                prop_assert_eq!(&now.judged_by, &item.judged_by);
                let kinds = item.judged_by.accepted_documents().iter();
                prop_assert!(kinds.clone().all(|kind| grace.takes(now).contains(&kind.as_str())));
            }
        }

        /// The point of a grace: every item of the new version can be worked on before it counts.
        #[test]
        fn every_new_item_is_there_to_work_on((new, _) in drafted()) {
            let grace = in_grace(&shipped(), &new, today());
            let there = codes(&grace);
            for code in codes(&new) {
                prop_assert!(there.contains(&code), "{}", code);
            }
            let old = codes(&shipped());
            let mut added: Vec<String> = codes(&new).into_iter().filter(|code| !old.contains(code)).collect();
            let mut waiting = grace.grace.map(|grace| grace.not_counted).unwrap_or_default();
            added.sort();
            waiting.sort();
            prop_assert_eq!(waiting, added);
        }
    }

    #[test]
    fn the_same_version_again_adds_nothing() {
        let grace = in_grace(&shipped(), &shipped(), today());
        assert_eq!(grace.components, shipped().components);
        let waiting = grace.grace.unwrap();
        assert_eq!(
            (waiting.not_counted, waiting.accepted_later),
            (Vec::new(), BTreeMap::new())
        );
    }

    #[test]
    fn the_grace_ends_after_its_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(counts_from(day("2027-01-01"), 90), day("2027-04-01"));
        assert_eq!(counts_from(day("2027-01-01"), 0), day("2027-01-01"));
    }
}
