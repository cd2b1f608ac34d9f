//! How ready a district was on a past day.

use actix_web::{HttpRequest, web::Json};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    ComponentKind, DocumentStatus, Item, ItemState, Percent, Progress, Readiness, ReviewDecision, Standard, assess,
    day_facts::DayFacts,
    days,
    days::Kept,
    query,
    rules::JudgedItem,
    standard::Component,
    standards,
    standards::Measure,
    view::{self, ReadinessCounts, ReadinessStandard, say},
};
use crate::{
    auth::{InDistrict, perm},
    day,
    districts::own_district,
    endpoints,
    error::{ApiError, ApiResult, FieldError, Language, Text},
    http::{
        Checks, Query,
        endpoint::Endpoints,
        problem::{self, Problem},
    },
};

/// Which day, by which version.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PastReadinessQuery {
    /// A day of the district's own clock that is over.
    #[param(example = "2026-11-01")]
    pub date: NaiveDate,
    /// A version of the standard, counted in full; what counted on that day when left out.
    #[param(example = "1.0")]
    pub standard: Option<String>,
}

/// How ready a district was at the end of a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastReadiness {
    /// The day.
    pub date: NaiveDate,
    /// The day on which anything of the district last changed until then.
    pub facts_of: NaiveDate,
    /// The version by which it is judged here.
    pub standard: ReadinessStandard,
    /// It is what counted on that day, so the scores are those that were shown then.
    pub is_measure_of_the_day: bool,
    /// The version that counted on that day; null before the first took effect.
    #[schema(example = "1.0")]
    pub measure_of_the_day: Option<String>,
    /// The text of the version that counted on that day came with a later update of the program, so scores shown then may have
    /// been others.
    pub measure_changed_since: bool,
    /// Mean of the claimed scores, in percent.
    #[schema(value_type = f64, example = 61.5)]
    pub claimed: Percent,
    /// Mean of the verified scores, in percent.
    #[schema(value_type = f64, example = 40.25)]
    pub verified: Percent,
    /// How many components were complete.
    #[schema(example = 2)]
    pub complete_components: usize,
    /// The components in order.
    pub components: Vec<PastComponent>,
}

/// A component on a past day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastComponent {
    /// Which component.
    pub component: ComponentKind,
    /// Title.
    pub title: String,
    /// Share of the weight that was present or verified, in percent.
    #[schema(value_type = f64, example = 50.0)]
    pub claimed: Percent,
    /// Share of the weight that was verified, in percent.
    #[schema(value_type = f64, example = 25.0)]
    pub verified: Percent,
    /// All mandatory items were verified and unexpired.
    pub complete: bool,
    /// How many items were in each state.
    pub counts: ReadinessCounts,
    /// The items in order.
    pub items: Vec<PastItem>,
}

/// An item on a past day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastItem {
    /// Its code.
    #[schema(example = "REG-1")]
    pub code: String,
    /// Title.
    pub title: String,
    /// Its state then.
    pub state: ItemState,
    /// How much of it was there, for items that are counted.
    pub progress: Option<Progress>,
    /// Last day on which the state held.
    pub valid_until: Option<NaiveDate>,
    /// Share in the score of its component; 0 while a new version's grace lasted and it did not count yet.
    #[schema(example = 5)]
    pub weight: u32,
    /// Needed for completeness.
    pub mandatory: bool,
    /// The day from which it counted, for an item that was new in a version whose grace lasted.
    pub counts_from: Option<NaiveDate>,
    /// The documents that were shown for it, of kinds that it accepts.
    pub documents: Vec<PastDocument>,
    /// A reviewer's decision on the item itself that stood then.
    pub review: Option<PastReview>,
}

/// A document that was shown for an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastDocument {
    /// Kind of document.
    #[schema(example = "regent_regulation")]
    pub kind: String,
    /// Where it stood.
    pub status: DocumentStatus,
    /// Its date.
    pub issued_on: Option<NaiveDate>,
    /// Its last day, when it had one.
    pub valid_until: Option<NaiveDate>,
}

/// A reviewer's decision that stood.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastReview {
    /// What was decided.
    pub decision: ReviewDecision,
    /// On which day.
    pub decided_on: NaiveDate,
}

/// See how ready a district was on a past day
///
/// As at the end of that day, worked out again from what is kept of it: by what counted then it is what was shown, and by a
/// version named it is what that version says of the same facts. Later changes, of the district or of the standard, do not
/// move it.
#[utoipa::path(get, path = "/api/v1/districts/{code}/past-readiness", tag = "readiness", params(PastReadinessQuery),
    responses((status = 200, body = PastReadiness),
        (status = 404, description = "Nothing is kept of that day: `day_not_kept`", body = Problem, content_type = "application/problem+json")))]
async fn get_past_readiness(
    who: InDistrict<perm::SetupRead>,
    request: HttpRequest,
    Query(query): Query<PastReadinessQuery>,
) -> ApiResult<Json<PastReadiness>> {
    let tx = who.tenant().await?;
    let district = own_district(&tx).await?;
    let mut checks = Checks::new();
    check_day(
        &mut checks,
        query.date,
        day::in_zone(district.created_at, &district.time_zone),
        query::today(&tx).await?,
    );
    let named = match &query.standard {
        Some(version) => {
            let named = standards::of_version(&tx, version).await?;
            let text = Text::fixed(
                "Versi standar ini tidak ada. Pilih dari daftar.",
                "There is no such version of the standard. Choose from the list.",
            );
            checks.ensure(named.is_some(), "standard", "not_found", text);
            named
        }
        None => None,
    };
    checks.finish()?;
    let kept = days::of_day(&tx, query.date).await?;
    let measure = standards::of_day(&tx, query.date, &district.time_zone).await?;
    let standard = named
        .or_else(|| measure.as_ref().map(|measure| measure.standard.clone()))
        .ok_or_else(no_measure)?;
    let language = problem::language(&request);
    let place = (query.date, district.time_zone.as_str());
    Ok(Json(past(&kept, &standard, measure.as_ref(), place, language)))
}

fn no_measure() -> ApiError {
    ApiError::invalid(vec![FieldError {
        field: "standard".to_owned(),
        code: "required",
        message: Text::fixed(
            "Pada hari itu belum ada standar yang berlaku. Pilih versi standar.",
            "No standard was in effect on that day. Choose a version of the standard.",
        ),
    }])
}

/// Only days that are over, on which the district was one.
fn check_day(checks: &mut Checks, day: NaiveDate, founded: NaiveDate, today: NaiveDate) {
    checks.ensure(
        day < today,
        "date",
        "not_past",
        Text::fixed("Pilih tanggal sebelum hari ini.", "Choose a day before today."),
    );
    let on = day::in_words(founded);
    checks.ensure(
        day >= founded,
        "date",
        "before_founding",
        Text::new(
            format!(
                "Daerah ini bergabung pada {}. Pilih tanggal itu atau sesudahnya.",
                on.id
            ),
            format!("This district joined on {}. Choose that day or a later one.", on.en),
        ),
    );
}

/// The answer, from what was kept.
fn past(
    kept: &Kept,
    standard: &Standard,
    measure: Option<&Measure>,
    (day, zone): (NaiveDate, &str),
    language: Language,
) -> PastReadiness {
    let readiness = assess(standard, &kept.facts.item_facts(standard, day), day);
    // In a grace the measure bears the name of the version that still counts, and says what that version says.
    let measure_is = |measure: &Measure| measure.standard.version == standard.version;
    let Readiness {
        claimed,
        verified,
        complete_components,
        ..
    } = readiness;
    let judged = standard.components.iter().zip(readiness.components);
    PastReadiness {
        date: day,
        facts_of: kept.since,
        standard: view::measure(standard, language),
        is_measure_of_the_day: measure.is_some_and(measure_is),
        measure_of_the_day: measure.map(|measure| measure.standard.version.clone()),
        measure_changed_since: measure.is_some_and(|measure| changed_since(measure, kept, day, zone)),
        claimed,
        verified,
        complete_components,
        components: judged
            .map(|(wanted, judged)| PastComponent {
                component: judged.component,
                title: say(&wanted.title, language),
                claimed: judged.claimed,
                verified: judged.verified,
                complete: judged.complete,
                counts: ReadinessCounts::of(&judged.items),
                items: items(standard, wanted, &judged.items, &kept.facts, language),
            })
            .collect(),
    }
}

/// The text of the standard came when the day was over and its facts were kept already.
fn changed_since(measure: &Measure, kept: &Kept, day: NaiveDate, zone: &str) -> bool {
    day::in_zone(measure.loaded_at, zone) > day && measure.loaded_at > kept.kept_at
}

fn items(
    standard: &Standard,
    component: &Component,
    judged: &[JudgedItem],
    facts: &DayFacts,
    language: Language,
) -> Vec<PastItem> {
    let item = |(wanted, judged): (&Item, &JudgedItem)| PastItem {
        code: wanted.code.clone(),
        title: say(&wanted.title, language),
        state: judged.judgement.state,
        progress: judged.judgement.progress,
        valid_until: judged.judgement.valid_until,
        weight: wanted.weight,
        mandatory: wanted.mandatory,
        counts_from: view::counts_from(standard, &wanted.code),
        documents: facts
            .documents_of(wanted)
            .map(|document| PastDocument {
                kind: document.kind.clone(),
                status: document.fact.status,
                issued_on: document.fact.issued_on,
                valid_until: document.fact.valid_until,
            })
            .collect(),
        review: facts.standing_review(wanted).map(|review| PastReview {
            decision: review.decision,
            decided_on: review.decided_on,
        }),
    };
    component.items.iter().zip(judged).map(item).collect()
}

/// The operation on past days.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_past_readiness);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_are_over_and_after_the_founding() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let told = |asked: &str| {
            let mut checks = Checks::new();
            check_day(&mut checks, day(asked), day("2026-03-02"), day("2026-03-05"));
            checks.finish().is_ok()
        };
        assert_eq!(
            ["2026-03-01", "2026-03-02", "2026-03-04", "2026-03-05"].map(told),
            [false, true, true, false]
        );
    }
}
