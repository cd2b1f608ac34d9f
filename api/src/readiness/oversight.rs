//! Many districts at a glance, from the summaries that their own writes keep.

use actix_web::web::Json;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use super::{Percent, Phase, view::ComponentScore};
use crate::{
    auth::{Oversight, perm},
    db::{Narrowed, by_place},
    districts::standing::Standing,
    endpoints,
    error::{ApiError, ApiResult, Text},
    http::{Checks, Page, PageQuery, Query, endpoint::Endpoints},
};

/// A district as those see it who look at many.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictSummary {
    /// The district's code again, so that every item of a list has an id.
    #[schema(example = "73.06")]
    pub id: String,
    /// Kemendagri code.
    #[schema(example = "73.06")]
    pub code: String,
    /// Name.
    #[schema(example = "Kabupaten Gowa")]
    pub name: String,
    /// Code of the province.
    #[schema(example = "73")]
    pub province_code: String,
    /// Name of the province.
    #[schema(example = "Sulawesi Selatan")]
    pub province_name: String,
    /// What the district calls its centre.
    #[schema(example = "PPKAI Sikamaseang")]
    pub unit_name: String,
    /// `onboarding` or `live`.
    #[schema(example = "live")]
    pub status: String,
    /// Whether people may work in its workspace.
    #[schema(value_type = Standing)]
    pub standing: String,
    /// Since when it is live.
    pub live_at: Option<DateTime<Utc>>,
    /// The phase reached last; null before the first judgement.
    pub phase: Option<Phase>,
    /// When the phase was reached.
    pub phase_since: Option<NaiveDate>,
    /// Mean of the claimed scores, in percent.
    #[schema(value_type = f64, example = 61.5)]
    pub claimed: Percent,
    /// Mean of the verified scores, in percent.
    #[schema(value_type = f64, example = 40.25)]
    pub verified: Percent,
    /// How many components are complete.
    pub complete_components: i16,
    /// How many items stand in the way of going live.
    pub blockers: i16,
    /// The scores of the components in order; empty before the first judgement.
    #[schema(value_type = Vec<ComponentScore>)]
    pub components: Box<RawValue>,
    /// The day for which this holds; null before the first judgement.
    pub as_of: Option<NaiveDate>,
}

/// Which districts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DistrictSummaryQuery {
    /// Only of this province.
    #[param(example = "73")]
    pub province: Option<String>,
    /// Only `onboarding` or `live`.
    #[param(example = "onboarding")]
    pub status: Option<String>,
    /// Only `active`, `suspended` or `archived` workspaces; without it all but the archived ones.
    #[param(example = "suspended")]
    pub standing: Option<String>,
    /// Only with this text in the name.
    #[param(max_length = 100)]
    pub q: Option<String>,
}

by_place! {
    /// The columns of [`SELECT`] in their order.
    struct Row {
        code: String,
        name: String,
        province_code: String,
        province_name: String,
        unit_name: String,
        status: String,
        standing: String,
        live_at: Option<DateTime<Utc>>,
        phase: Option<String>,
        phase_since: Option<NaiveDate>,
        claimed: Option<i16>,
        verified: Option<i16>,
        complete_components: Option<i16>,
        blockers: Option<i16>,
        components: Option<String>,
        as_of: Option<NaiveDate>,
    }
}

impl Row {
    fn describe(self) -> ApiResult<DistrictSummary> {
        let components = self.components.unwrap_or_else(|| "[]".to_owned());
        let percent = |hundredths: Option<i16>| Percent::from_hundredths(hundredths.unwrap_or_default());
        Ok(DistrictSummary {
            id: self.code.clone(),
            code: self.code,
            name: self.name,
            province_code: self.province_code,
            province_name: self.province_name,
            unit_name: self.unit_name,
            status: self.status,
            standing: self.standing,
            live_at: self.live_at,
            phase: self.phase.as_deref().and_then(Phase::parse),
            phase_since: self.phase_since,
            claimed: percent(self.claimed),
            verified: percent(self.verified),
            complete_components: self.complete_components.unwrap_or_default(),
            blockers: self.blockers.unwrap_or_default(),
            components: RawValue::from_string(components).map_err(ApiError::internal)?,
            as_of: self.as_of,
        })
    }
}

/// LATERAL and LIMIT: under row level security the planner expects three summaries and would read all of them for each
/// district of the page.
const SELECT: &str = "SELECT d.code, d.name, d.province_code, d.province_name, d.unit_name, d.phase AS status, d.status AS standing, d.live_at, \
     s.phase, s.phase_since, s.claimed, s.verified, s.complete_components, s.blockers, s.components::text AS components, s.as_of \
     FROM district d \
     LEFT JOIN LATERAL (SELECT * FROM readiness_summary WHERE district_id = d.id LIMIT 1) s ON true \
     WHERE d.code > $1";

/// List the districts within reach with their readiness, by code
///
/// Province staff see their province, ministry staff the nation. From summaries that are kept with every change and renewed
/// each day.
#[utoipa::path(get, path = "/api/v1/oversight/districts", tag = "oversight", params(PageQuery, DistrictSummaryQuery),
    responses((status = 200, body = Page<DistrictSummary>)))]
async fn list_district_summaries(
    who: Oversight<perm::OversightRead>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<DistrictSummaryQuery>,
) -> ApiResult<Json<Page<DistrictSummary>>> {
    let limit = page.limit()?;
    let after = page.after::<String>()?.unwrap_or_default();
    let mut checks = Checks::new();
    let q = checks.optional_line("q", filter.q.as_deref().unwrap_or_default(), 100);
    if let Some(status) = &filter.status {
        checks.one_of("status", status, &["onboarding", "live"]);
    }
    let standings: Vec<&str> = Standing::ALL.iter().map(|standing| standing.as_str()).collect();
    if let Some(standing) = &filter.standing {
        checks.one_of("standing", standing, &standings);
    }
    if let Some(province) = &filter.province {
        let two_digits = province.len() == 2 && province.bytes().all(|b| b.is_ascii_digit());
        let text = Text::fixed(
            "Tulis kode provinsi, misalnya 73.",
            "Write a province code, for example 73.",
        );
        checks.ensure(two_digits, "province", "wrong_form", text);
    }
    checks.finish()?;
    let mut query = Narrowed::new(SELECT, vec![after.into()]);
    if let Some(province) = filter.province {
        query.and("d.province_code = ?", [province.into()]);
    }
    match filter.standing {
        Some(standing) => query.and("d.status = ?", [standing.into()]),
        None => query.and("d.status <> ?", [Standing::Archived.as_str().into()]),
    }
    if let Some(status) = filter.status {
        query.and("d.phase = ?", [status.into()]);
    }
    if !q.is_empty() {
        query.and("strpos(lower(d.name || ' ' || d.unit_name), lower(?)) > 0", [q.into()]);
    }
    let tx = who.within_reach().await?;
    let rows = query.first::<Row>(&tx, "d.code", limit + 1).await?;
    Page::try_of(rows, limit, |row: &Row| row.code.clone(), Row::describe).map(Json)
}

/// The operations of oversight.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_district_summaries);
}
