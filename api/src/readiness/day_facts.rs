//! All that readiness is judged from, cut loose from the rows: plain values that can be kept and judged again.
//!
//! Nothing in [`DayFacts`] depends on the day on which it is judged. What begins or ends by itself (a training, a decree's
//! validity, somebody's last day at work) is in it as a date, so the same facts judged on a later day say what had ended by
//! then. Today's readiness is judged from it too: a past day cannot be judged otherwise than it was.
//!
//! It holds codes, counts, dates and versions. Names, titles, texts and numbers of people are not in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Configuration, DocumentFact, Item, ItemFacts, JudgedBy, Review, ReviewDecision, Standard, evaluate, facts,
    records::Stamp,
};

/// The form in which facts are kept. A change of the types under [`DayFacts`] that does not read what is kept already (the
/// test `what_was_kept_is_read` tells) takes the next number and a reader for the one before.
pub const FORMAT: i16 = 1;

/// A document shown for an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayDocument {
    /// Code of the item.
    pub item: String,
    /// Kind of document.
    pub kind: String,
    /// What it is worth.
    pub fact: DocumentFact,
}

/// The last decision on an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayReview {
    /// What was decided and when.
    pub review: Review,
    /// Fingerprint of what was looked at.
    pub subject: String,
    /// The district has answered a return.
    pub answered: bool,
}

/// All that the rules look at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DayFacts {
    /// Documents that were not withdrawn.
    pub documents: Vec<DayDocument>,
    /// What was configured.
    pub configuration: Configuration,
    /// The last decision on each item.
    pub reviews: BTreeMap<String, DayReview>,
    /// Items on which work was said to have begun.
    pub begun: BTreeSet<String>,
    /// Versions of the setup records in use, by kind: they tell whether what a reviewer confirmed is still the same.
    pub stamps: BTreeMap<String, Vec<Stamp>>,
}

impl DayFacts {
    /// The facts of every item of a standard on the day `on`.
    #[must_use]
    pub fn item_facts(&self, standard: &Standard, on: NaiveDate) -> HashMap<String, ItemFacts> {
        let facts = |item: &Item| ItemFacts {
            documents: self.documents_of(item).map(|document| document.fact.clone()).collect(),
            computed: match &item.judged_by {
                JudgedBy::Computed { rule, .. } => Some(evaluate(rule, &self.configuration, on)),
                JudgedBy::Document { .. } => None,
            },
            review: self.standing_review(item),
            begun: self.begun.contains(&item.code),
        };
        standard
            .items()
            .map(|(_, item)| (item.code.clone(), facts(item)))
            .collect()
    }

    /// The documents shown for an item, of kinds that it accepts.
    pub fn documents_of<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a DayDocument> {
        let accepts = item.judged_by.accepted_documents();
        self.documents
            .iter()
            .filter(move |document| document.item == item.code && accepts.contains(&document.kind))
    }

    /// The decision that stands: a return until it is answered, a confirmation until what was confirmed changes.
    #[must_use]
    pub fn standing_review(&self, item: &Item) -> Option<Review> {
        let known = self.reviews.get(&item.code)?;
        let stands = match known.review.decision {
            ReviewDecision::Returned => !known.answered,
            ReviewDecision::Confirmed => known.subject == facts::subject_of(item, &self.stamps),
        };
        stands.then_some(known.review)
    }
}

#[cfg(test)]
mod tests;
