//! From rows to the facts that the rules judge: plain functions.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entity::{district, evidence, ids::SetupRecordId, item_progress, item_review};
use sha2::{Digest, Sha256};

use super::{
    ComputedRule, Configuration, DocumentFact, DocumentStatus, Item, JudgedBy, PhaseFacts, Review, ReviewDecision,
    Standard,
    configured::{self, RecordDocument},
    day_facts::{DayDocument, DayFacts, DayReview},
    records::{Records, Stamp},
    standard::Proof,
};
use crate::day;

/// Items whose documents date the phases. Phases are the product's, items the standard's; a test checks that the
/// standard that ships has them.
const WORKING_GROUP_DECREE: &str = "LEM-1";
const REGULATION: &str = "REG-1";
const LAUNCH: &str = "LEM-8";
const BUDGET: &str = "REG-4";

/// Items whose documents date phases: a version without them would take phases from districts that reached them.
pub const PHASE_ITEMS: [&str; 4] = [WORKING_GROUP_DECREE, REGULATION, LAUNCH, BUDGET];

/// True of an item whose SOP has to be in force for the phase of procedures.
#[must_use]
pub fn dates_procedures(item: &Item) -> bool {
    let is_sop = matches!(
        &item.judged_by,
        JudgedBy::Computed {
            rule: ComputedRule::SopInForce { .. } | ComputedRule::CaseProcedureComplete { .. },
            ..
        }
    );
    item.mandatory && is_sop
}

/// The rows of a district that say where its items stand.
#[derive(Debug)]
pub struct Rows {
    /// Evidence that was not withdrawn.
    pub evidence: Vec<evidence::Model>,
    /// The last decision on each item.
    pub reviews: HashMap<String, item_review::Model>,
    /// Who looks after each item.
    pub progress: HashMap<String, item_progress::Model>,
    /// The setup records in use.
    pub records: Records,
    /// The signed documents that setup records carry.
    pub documents: HashMap<SetupRecordId, RecordDocument>,
}

impl Rows {
    /// The evidence shown for an item, of kinds that it accepts.
    pub fn evidence_of<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a evidence::Model> {
        let accepts = item.judged_by.accepted_documents();
        self.evidence
            .iter()
            .filter(move |row| row.item_code == item.code && accepts.contains(&row.kind))
    }

    /// The evidence handed in for an item: what counts, and in a grace what will.
    pub fn handed_in<'a>(
        &'a self,
        standard: &'a Standard,
        item: &'a Item,
    ) -> impl Iterator<Item = &'a evidence::Model> {
        let kinds = standard.takes(item);
        self.evidence
            .iter()
            .filter(move |row| row.item_code == item.code && kinds.contains(&row.kind.as_str()))
    }

    /// The document of the record that evidence belongs to.
    pub fn record_document(&self, row: &evidence::Model) -> Option<RecordDocument> {
        self.documents.get(&row.record_id?).copied()
    }

    /// What a piece of evidence is worth to the rules. Without a file, its own or that of the record it belongs to, there is
    /// nothing that a reviewer could look at.
    pub fn document(&self, row: &evidence::Model) -> DocumentFact {
        // What was verified was copied then; the record may have changed since.
        let of_record = self.record_document(row).filter(|_| row.status != "verified");
        let status = match row.status.as_str() {
            "verified" => DocumentStatus::Verified,
            "returned" => DocumentStatus::Returned,
            _ if row.file_id.is_some() || of_record.is_some() => DocumentStatus::Available,
            _ => DocumentStatus::Draft,
        };
        DocumentFact {
            status,
            issued_on: row.document_date.or_else(|| of_record?.issued_on),
            valid_until: row.valid_until.or_else(|| of_record?.valid_until),
        }
    }

    /// The decision on an item that stands: a return until it is answered, a confirmation until what was confirmed changes.
    pub fn standing_review(&self, item: &Item) -> Option<&item_review::Model> {
        let review = self.reviews.get(&item.code)?;
        let stands = match decision(review) {
            ReviewDecision::Returned => review.answered_at.is_none(),
            ReviewDecision::Confirmed => review.subject == subject(item, &self.records),
        };
        stands.then_some(review)
    }

    /// When anything about an item changed last.
    pub fn changed_at(&self, item: &Item) -> Option<DateTime<Utc>> {
        let evidence = self.evidence_of(item).map(|row| row.updated_at).max();
        let review = self.reviews.get(&item.code);
        let reviewed = review.map(|review| review.answered_at.unwrap_or(review.decided_at));
        let progress = self.progress.get(&item.code).map(|row| row.updated_at);
        let records = stamps_of(item, &self.records.stamps)
            .map(|record| record.updated_at)
            .max();
        [evidence, reviewed, progress, records].into_iter().flatten().max()
    }

    /// Since when an item that is counted is as it is for a reviewer: what was entered, and the answer to a return. Who is in
    /// charge and until when does not count.
    pub fn handed_in_at(&self, item: &Item) -> Option<DateTime<Utc>> {
        let answered = self.reviews.get(&item.code).and_then(|review| review.answered_at);
        let records = stamps_of(item, &self.records.stamps)
            .map(|record| record.updated_at)
            .max();
        answered.max(records)
    }

    /// All that the rules look at, cut loose from the rows; `zone` is the district's.
    pub fn day_facts(&self, configuration: Configuration, zone: &str) -> DayFacts {
        let document = |row: &evidence::Model| DayDocument {
            item: row.item_code.clone(),
            kind: row.kind.clone(),
            fact: self.document(row),
        };
        let review = |row: &item_review::Model| DayReview {
            review: Review {
                decision: decision(row),
                decided_on: day::in_zone(row.decided_at, zone),
            },
            subject: row.subject.clone(),
            answered: row.answered_at.is_some(),
        };
        let begun = self.progress.values().filter(|row| row.begun);
        DayFacts {
            documents: self.evidence.iter().map(document).collect(),
            configuration,
            reviews: self
                .reviews
                .iter()
                .map(|(code, row)| (code.clone(), review(row)))
                .collect(),
            begun: begun.map(|row| row.item_code.clone()).collect(),
            stamps: self.records.stamps.clone(),
        }
    }

    /// The dated facts from which the phase follows.
    pub fn phase_facts(
        &self,
        standard: &Standard,
        configuration: &Configuration,
        district: &district::Model,
        all_complete_since: Option<NaiveDate>,
    ) -> PhaseFacts {
        let known = configured::milestones(&self.records);
        let budgets = self.dates(standard, BUDGET).map(|date| date.year());
        PhaseFacts {
            // A tenant is only made when the ministry has accepted the letter of commitment.
            commitment_accepted_on: Some(day::in_zone(district.created_at, &district.time_zone)),
            working_group_decree_on: known
                .working_group_decree_on
                .or_else(|| self.first_dated(standard, WORKING_GROUP_DECREE)),
            regulation_promulgated_on: known
                .regulation_promulgated_on
                .or_else(|| self.first_dated(standard, REGULATION)),
            mandatory_sops_in_force_on: sops_in_force(standard, configuration),
            launched_on: self.first_dated(standard, LAUNCH),
            went_live_on: district.live_at.map(|at| day::in_zone(at, &district.time_zone)),
            // Cases are not kept yet, so a unit that was at work before has to say so itself.
            first_served_on: known.first_served_on,
            own_budget_years: budgets.chain(known.budget_years).collect(),
            all_complete_since,
        }
    }

    /// The dates of final documents of an item.
    fn dates<'a>(&'a self, standard: &'a Standard, code: &'a str) -> impl Iterator<Item = NaiveDate> + 'a {
        let items = standard.items().filter(move |(_, item)| item.code == code);
        items
            .flat_map(|(_, item)| self.evidence_of(item))
            .map(|row| self.document(row))
            .filter(|document| matches!(document.status, DocumentStatus::Available | DocumentStatus::Verified))
            .filter_map(|document| document.issued_on)
    }

    fn first_dated(&self, standard: &Standard, code: &str) -> Option<NaiveDate> {
        self.dates(standard, code).min()
    }
}

fn decision(review: &item_review::Model) -> ReviewDecision {
    if review.decision == "confirmed" {
        ReviewDecision::Confirmed
    } else {
        ReviewDecision::Returned
    }
}

/// Since when each mandatory SOP is in force.
fn sops_in_force(standard: &Standard, configuration: &Configuration) -> Vec<Option<NaiveDate>> {
    let since = |kind: &str| {
        let of_kind = configuration.sops.iter().filter(|sop| sop.kind == kind);
        of_kind.filter_map(|sop| sop.in_force_since).min()
    };
    let mandatory = standard.items().filter(|(_, item)| item.mandatory);
    mandatory
        .filter_map(|(_, item)| match &item.judged_by {
            JudgedBy::Computed {
                rule: ComputedRule::SopInForce { sop_kind } | ComputedRule::CaseProcedureComplete { sop_kind, .. },
                ..
            } => Some(since(sop_kind)),
            _ => None,
        })
        .collect()
}

/// Fingerprint of what a reviewer of this item looks at: the rule and the versions of the records that it reads.
pub fn subject(item: &Item, records: &Records) -> String {
    subject_of(item, &records.stamps)
}

/// The same, of the versions of records by kind.
pub fn subject_of(item: &Item, stamps: &BTreeMap<String, Vec<Stamp>>) -> String {
    let JudgedBy::Computed { rule, .. } = &item.judged_by else {
        return String::new();
    };
    let stamps: Vec<_> = stamps_of(item, stamps).collect();
    let seen = serde_json::json!({ "rule": rule, "records": stamps });
    hex::encode(Sha256::digest(seen.to_string()))
}

/// The versions of the records that the item's rule reads.
fn stamps_of<'a>(item: &Item, stamps: &'a BTreeMap<String, Vec<Stamp>>) -> impl Iterator<Item = &'a Stamp> {
    let kinds = match &item.judged_by {
        JudgedBy::Computed { rule, .. } => configured::record_kinds(rule),
        JudgedBy::Document { .. } => &[],
    };
    let of_kind = |kind: &&str| stamps.get(*kind);
    kinds.iter().filter_map(of_kind).flatten()
}

/// Whether a reviewer confirms this item, rather than a document of it.
pub fn is_confirmed_by_review(item: &Item) -> bool {
    matches!(
        item.judged_by,
        JudgedBy::Computed {
            proof: Proof::Review,
            ..
        }
    )
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, LAUNCH, REGULATION, Standard, WORKING_GROUP_DECREE};
    use crate::readiness::standard::NEWEST;

    #[test]
    fn the_items_that_date_phases_take_documents() {
        let standard = Standard::parse(NEWEST).unwrap_or_else(|error| panic!("{error}"));
        for code in [WORKING_GROUP_DECREE, REGULATION, LAUNCH, BUDGET] {
            let item = standard.items().find(|(_, item)| item.code == code);
            assert!(
                item.is_some_and(|(_, item)| !item.judged_by.accepted_documents().is_empty()),
                "{code}"
            );
        }
    }
}
