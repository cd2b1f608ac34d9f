//! What is kept of each day on which a district's facts changed, so that its readiness of any past day can be worked out
//! again, by the measure of that day or by any version.
//!
//! [`DayFacts`] is all that the rules look at, cut loose from the rows. Today's readiness is judged from it too, so a past day
//! cannot be judged otherwise than it was. `readiness::refresh` keeps it with every write, and the daily renewal where a new
//! day alone changes something; one row a day, which no transaction of the service can change once the day is over.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use actix_web::web::Json;
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use super::{
    Configuration, DocumentFact, Item, ItemFacts, ItemState, JudgedBy, Percent, Readiness, Review, ReviewDecision,
    Standard, assess, evaluate, facts, query, records::Stamp, situation::Situation, standards, view::ComponentScore,
};
use crate::{
    auth::{InDistrict, perm},
    db::TenantTx,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{Checks, Query, endpoint::Endpoints, problem::Problem},
};

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

/// All that the rules look at, of one day.
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
    /// Versions of the setup records in use, by kind.
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

    fn documents_of<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a DayDocument> {
        let accepts = item.judged_by.accepted_documents();
        self.documents
            .iter()
            .filter(move |document| document.item == item.code && accepts.contains(&document.kind))
    }

    /// The decision that stands: a return until it is answered, a confirmation until what was confirmed changes.
    fn standing_review(&self, item: &Item) -> Option<Review> {
        let known = self.reviews.get(&item.code)?;
        let stands = match known.review.decision {
            ReviewDecision::Returned => !known.answered,
            ReviewDecision::Confirmed => known.subject == facts::subject_of(item, &self.stamps),
        };
        stands.then_some(known.review)
    }
}

const KEEP: &str = "INSERT INTO readiness_day (district_id, id, facts, facts_hash, standard_version, claimed, verified) \
     SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT FROM (SELECT l.facts_hash, l.claimed, l.verified \
         FROM readiness_day l WHERE l.district_id = $1 AND l.id <= $2 ORDER BY l.id DESC LIMIT 1) AS last \
         WHERE last.facts_hash = $4 AND last.claimed = $6 AND last.verified = $7) \
     ON CONFLICT (district_id, id) DO UPDATE SET facts = excluded.facts, facts_hash = excluded.facts_hash, \
     standard_version = excluded.standard_version, claimed = excluded.claimed, verified = excluded.verified";

/// Keeps the facts of today, where they or the scores differ from what is kept.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep(tx: &TenantTx, situation: &Situation) -> ApiResult<()> {
    let facts = situation.rows.day_facts(&situation.district.time_zone);
    let facts = serde_json::to_value(facts).map_err(ApiError::internal)?;
    let hash = hex::encode(Sha256::digest(facts.to_string()));
    let hundredths = |percent: Percent| i16::try_from(percent.hundredths()).unwrap_or_default();
    let values = [
        tx.district_id().into(),
        situation.today.into(),
        facts.into(),
        hash.into(),
        situation.standard.version.clone().into(),
        hundredths(situation.readiness.claimed).into(),
        hundredths(situation.readiness.verified).into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), KEEP, values))
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Kept {
    id: NaiveDate,
    facts: Value,
}

/// Which day, by which version.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PastReadinessQuery {
    /// The day in the district: today or before.
    #[param(example = "2026-11-01")]
    pub on: NaiveDate,
    /// The version, counted in full; the measure of that day when left out.
    #[param(example = "1.0")]
    pub standard: Option<String>,
}

/// How ready a district was on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastReadiness {
    /// The day.
    pub on: NaiveDate,
    /// The day on which the facts last changed until then.
    pub facts_of: NaiveDate,
    /// The version by which it is judged here.
    #[schema(example = "1.0")]
    pub standard_version: String,
    /// It is the measure of that day: the scores are those that were shown then.
    pub is_measure_of_the_day: bool,
    /// Mean of the claimed scores, in percent.
    #[schema(value_type = f64, example = 61.5)]
    pub claimed: Percent,
    /// Mean of the verified scores, in percent.
    #[schema(value_type = f64, example = 40.25)]
    pub verified: Percent,
    /// How many components were complete.
    #[schema(example = 2)]
    pub complete_components: usize,
    /// The scores of the components in order.
    pub components: Vec<ComponentScore>,
    /// The items in order.
    pub items: Vec<PastItem>,
}

/// An item on a past day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastItem {
    /// Its code.
    #[schema(example = "REG-1")]
    pub code: String,
    /// Its state then.
    pub state: ItemState,
    /// Share in the score of its component.
    #[schema(example = 5)]
    pub weight: u32,
    /// Needed for completeness.
    pub mandatory: bool,
}

impl PastReadiness {
    fn of(readiness: &Readiness, standard: &Standard, facts_of: NaiveDate, is_measure_of_the_day: bool) -> Self {
        let items = readiness.components.iter().flat_map(|component| &component.items);
        Self {
            on: readiness.as_of,
            facts_of,
            standard_version: standard.version.clone(),
            is_measure_of_the_day,
            claimed: readiness.claimed,
            verified: readiness.verified,
            complete_components: readiness.complete_components,
            components: readiness.components.iter().map(ComponentScore::of).collect(),
            items: items
                .map(|item| PastItem {
                    code: item.code.clone(),
                    state: item.judgement.state,
                    weight: item.weight,
                    mandatory: item.mandatory,
                })
                .collect(),
        }
    }
}

/// See how ready a district was on a past day
///
/// Worked out again from what is kept of that day: by the measure of that day it is what was shown then (at its end), and by
/// another version what that version would have said, counted in full.
#[utoipa::path(get, path = "/api/v1/districts/{code}/readiness-on-day", tag = "readiness", params(PastReadinessQuery),
    responses((status = 200, body = PastReadiness),
        (status = 404, description = "Nothing is kept of that day, or there is no such version", body = Problem, content_type = "application/problem+json")))]
async fn get_past_readiness(
    who: InDistrict<perm::SetupRead>,
    Query(query): Query<PastReadinessQuery>,
) -> ApiResult<Json<PastReadiness>> {
    let tx = who.tenant().await?;
    let mut checks = Checks::new();
    let text = Text::fixed("Pilih hari ini atau sebelumnya.", "Choose today or an earlier day.");
    checks.ensure(query.on <= query::today(&tx).await?, "on", "in_the_future", text);
    checks.finish()?;
    let sql = "SELECT id, facts FROM readiness_day WHERE district_id = $1 AND id <= $2 ORDER BY id DESC LIMIT 1";
    let values = [tx.district_id().into(), query.on.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let kept = Kept::find_by_statement(statement).one(&tx).await?;
    let kept = kept.ok_or(ErrorCode::NotFound)?;
    let facts: DayFacts = serde_json::from_value(kept.facts).map_err(ApiError::internal)?;
    let standard = match &query.standard {
        Some(version) => standards::of_version(&tx, version).await?.ok_or(ErrorCode::NotFound)?,
        None => standards::current(&tx, query.on).await?,
    };
    let readiness = assess(&standard, &facts.item_facts(&standard, query.on), query.on);
    let is_measure = standards::current(&tx, query.on).await?.fingerprint == standard.fingerprint;
    Ok(Json(PastReadiness::of(&readiness, &standard, kept.id, is_measure)))
}

/// The operation on past days.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_past_readiness);
}
