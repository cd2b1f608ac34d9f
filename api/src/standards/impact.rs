//! What another version would do to a district, if it counted today: a plain function over two judgements of the same rows.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::readiness::{ComponentKind, ComponentReadiness, Readiness, rules::JudgedItem};

/// The scores of one component by both versions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImpactComponent {
    /// Which component.
    pub component: ComponentKind,
    /// Claimed score today, in percent.
    #[schema(example = 50.0)]
    pub claimed_before: f64,
    /// Claimed score by the draft, in percent.
    #[schema(example = 45.0)]
    pub claimed_after: f64,
    /// Verified score today, in percent.
    #[schema(example = 25.0)]
    pub verified_before: f64,
    /// Verified score by the draft, in percent.
    #[schema(example = 20.0)]
    pub verified_after: f64,
    /// It is complete today and would not be.
    pub loses_complete: bool,
}

/// What of a district would be different.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImpactDetail {
    /// The components in order.
    pub components: Vec<ImpactComponent>,
    /// Items that would be asked for and are not there, and that are there or not asked for today.
    #[schema(example = json!(["REG-9"]))]
    pub newly_missing: Vec<String>,
    /// Items that would stand in the way of going live and do not today.
    #[schema(example = json!(["REG-9"]))]
    pub new_blockers: Vec<String>,
}

/// True when every component is complete today and not by the draft: the district loses that standing. A live district
/// stays live all the same.
#[must_use]
pub fn loses_complete(before: &Readiness, after: &Readiness) -> bool {
    let is_complete = |readiness: &Readiness| readiness.complete_components == readiness.components.len();
    is_complete(before) && !is_complete(after)
}

/// Holds the judgement by the measure of today against that by a draft.
#[must_use]
pub fn detail(before: &Readiness, after: &Readiness) -> ImpactDetail {
    let old = |kind| before.components.iter().find(|of| of.component == kind);
    let components = after
        .components
        .iter()
        .map(|after| component(old(after.component), after));
    let counted = |readiness: &Readiness| -> Vec<JudgedItem> {
        let items = readiness
            .components
            .iter()
            .flat_map(|component| component.items.clone());
        items.filter(|item| item.weight > 0).collect()
    };
    let today = counted(before);
    let lacks = |item: &&JudgedItem| {
        let known = today.iter().find(|known| known.code == item.code);
        !item.judgement.state.is_claimed() && known.is_none_or(|known| known.judgement.state.is_claimed())
    };
    let blocks = |code: &String| before.go_live.blockers.iter().all(|known| known.item != *code);
    ImpactDetail {
        components: components.collect(),
        newly_missing: counted(after)
            .iter()
            .filter(lacks)
            .map(|item| item.code.clone())
            .collect(),
        new_blockers: after
            .go_live
            .blockers
            .iter()
            .map(|blocker| blocker.item.clone())
            .filter(blocks)
            .collect(),
    }
}

fn component(before: Option<&ComponentReadiness>, after: &ComponentReadiness) -> ImpactComponent {
    ImpactComponent {
        component: after.component,
        claimed_before: before.map_or(0.0, |before| before.claimed.value()),
        claimed_after: after.claimed.value(),
        verified_before: before.map_or(0.0, |before| before.verified.value()),
        verified_after: after.verified.value(),
        loses_complete: before.is_some_and(|before| before.complete) && !after.complete,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use chrono::NaiveDate;

    use super::{detail, loses_complete};
    use crate::readiness::{
        DocumentFact, DocumentStatus, ItemFacts, Progress, Review, ReviewDecision, Standard, assess, standard::NEWEST,
    };

    fn shipped() -> Standard {
        Standard::parse(NEWEST).unwrap()
    }

    fn day() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    /// A district in which everything is verified.
    fn everything(standard: &Standard) -> HashMap<String, ItemFacts> {
        let facts = ItemFacts {
            documents: vec![DocumentFact {
                status: DocumentStatus::Verified,
                issued_on: Some(day()),
                valid_until: None,
            }],
            computed: Some(Progress::new(1, 1)),
            review: Some(Review {
                decision: ReviewDecision::Confirmed,
                decided_on: day(),
            }),
            begun: false,
        };
        standard
            .items()
            .map(|(_, item)| (item.code.clone(), facts.clone()))
            .collect()
    }

    #[test]
    fn the_same_version_does_nothing() {
        let readiness = assess(&shipped(), &everything(&shipped()), day());
        let told = detail(&readiness, &readiness);
        assert!(told.newly_missing.is_empty() && told.new_blockers.is_empty());
        assert!(!loses_complete(&readiness, &readiness));
        assert_eq!(readiness.complete_components, readiness.components.len());
    }

    #[test]
    fn a_new_mandatory_item_is_missing_and_ends_completeness() {
        let facts = everything(&shipped());
        let mut new = shipped();
        let mut item = new.components[0].items[0].clone();
        item.code = "REG-99".into();
        new.components[0].items.push(item);
        let (before, after) = (assess(&shipped(), &facts, day()), assess(&new, &facts, day()));
        let told = detail(&before, &after);
        assert_eq!(told.newly_missing, ["REG-99"]);
        assert_eq!(told.new_blockers, ["REG-99"]);
        assert!(loses_complete(&before, &after));
        assert!(told.components[0].loses_complete && !told.components[1].loses_complete);
        assert!(told.components[0].verified_after < told.components[0].verified_before);
        // The other way round nothing is lost.
        assert!(!loses_complete(&after, &before));
        assert!(detail(&after, &before).newly_missing.is_empty());
    }

    #[test]
    fn what_is_missing_today_is_not_newly_so() {
        let nothing = assess(&shipped(), &HashMap::new(), day());
        let told = detail(&nothing, &nothing);
        assert!(told.newly_missing.is_empty() && told.new_blockers.is_empty());
    }
}
