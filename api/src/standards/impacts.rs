//! The districts of a preview, one by one, from the table that the job keeps.

use actix_web::web::Json;
use chrono::{DateTime, NaiveDate, Utc};
use entity::standard_draft;
use sea_orm::{EntityTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{draft, impact::ImpactDetail, preview};
use crate::{
    auth::{Oversight, perm},
    db::Narrowed,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode},
    http::{Checks, Page, PageQuery, Query, endpoint::Endpoints, problem::Problem},
    readiness::Percent,
};

/// What the draft would do to a district.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandardImpact {
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
    /// Its centre is live, and stays so.
    pub is_live: bool,
    /// Claimed score today, in percent.
    #[schema(value_type = f64, example = 61.5)]
    pub claimed_before: Percent,
    /// Claimed score by the draft, in percent.
    #[schema(value_type = f64, example = 59.25)]
    pub claimed_after: Percent,
    /// Verified score today, in percent.
    #[schema(value_type = f64, example = 40.25)]
    pub verified_before: Percent,
    /// Verified score by the draft, in percent.
    #[schema(value_type = f64, example = 38.0)]
    pub verified_after: Percent,
    /// Every component is complete today and would not be.
    pub loses_complete: bool,
    /// Component by component, and which items would newly be missing or in the way.
    pub detail: ImpactDetail,
    /// The day in the district for which it holds.
    pub as_of: NaiveDate,
    /// When it was worked out.
    pub computed_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Row {
    code: String,
    name: String,
    province_code: String,
    province_name: String,
    is_live: bool,
    claimed_before: i16,
    claimed_after: i16,
    verified_before: i16,
    verified_after: i16,
    loses_complete: bool,
    detail: serde_json::Value,
    as_of: NaiveDate,
    computed_at: DateTime<Utc>,
}

impl Row {
    fn describe(self) -> ApiResult<StandardImpact> {
        Ok(StandardImpact {
            id: self.code.clone(),
            code: self.code,
            name: self.name,
            province_code: self.province_code,
            province_name: self.province_name,
            is_live: self.is_live,
            claimed_before: Percent::from_hundredths(self.claimed_before),
            claimed_after: Percent::from_hundredths(self.claimed_after),
            verified_before: Percent::from_hundredths(self.verified_before),
            verified_after: Percent::from_hundredths(self.verified_after),
            loses_complete: self.loses_complete,
            detail: serde_json::from_value(self.detail).map_err(ApiError::internal)?,
            as_of: self.as_of,
            computed_at: self.computed_at,
        })
    }
}

/// Which districts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StandardImpactQuery {
    /// Only of this province.
    #[param(example = "73")]
    pub province: Option<String>,
    /// Only those to which this would happen: `worse`, `better`, `same` (the verified score), `loses_complete`,
    /// `newly_blocked`.
    #[param(example = "worse")]
    pub effect: Option<String>,
}

const EFFECTS: &[(&str, &str)] = &[
    ("worse", "i.verified_after < i.verified_before"),
    ("better", "i.verified_after > i.verified_before"),
    ("same", "i.verified_after = i.verified_before"),
    ("loses_complete", "i.loses_complete"),
    ("newly_blocked", "i.new_blockers > 0 AND d.live_at IS NULL"),
];

const SELECT: &str = "SELECT d.code, d.name, d.province_code, d.province_name, d.live_at IS NOT NULL AS is_live, \
     i.claimed_before, i.claimed_after, i.verified_before, i.verified_after, i.loses_complete, i.detail, i.as_of, i.computed_at \
     FROM standard_impact i JOIN district d ON d.id = i.district_id WHERE i.id = $1 AND d.code > $2";

/// List what the draft would do to districts, by code
///
/// Of the preview that was asked for last, as far as it has come.
#[utoipa::path(get, path = "/api/v1/oversight/standard-draft/impacts", tag = "standards",
    params(PageQuery, StandardImpactQuery), responses((status = 200, body = Page<StandardImpact>),
        (status = 404, description = "No draft is open, or nobody has asked for a preview", body = Problem, content_type = "application/problem+json")))]
async fn list_standard_impacts(
    who: Oversight<perm::StandardManage>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<StandardImpactQuery>,
) -> ApiResult<Json<Page<StandardImpact>>> {
    let limit = page.limit()?;
    let after = page.after::<String>()?.unwrap_or_default();
    let mut checks = Checks::new();
    let known: Vec<&str> = EFFECTS.iter().map(|(word, _)| *word).collect();
    if let Some(effect) = &filter.effect {
        checks.one_of("effect", effect, &known);
    }
    checks.finish()?;
    let tx = who.system().await?;
    draft::open(&tx, standard_draft::Entity::find()).await?;
    let hash = preview::last(&tx).await?.ok_or(ErrorCode::NotFound)?.content_hash;
    drop(tx);
    let mut query = Narrowed::new(SELECT, vec![hash.into(), after.into()]);
    if let Some(province) = filter.province {
        query.and("d.province_code = ?", [province.into()]);
    }
    let effect = EFFECTS.iter().find(|(word, _)| Some(*word) == filter.effect.as_deref());
    if let Some((_, condition)) = effect {
        query.and(condition, []);
    }
    // The database hides what lies beyond the reach, whoever may hold this permission one day.
    let tx = who.within_reach().await?;
    let rows = query.first::<Row>(&tx, "d.code", limit + 1).await?;
    Page::try_of(rows, limit, |row: &Row| row.code.clone(), Row::describe).map(Json)
}

/// The operations on the districts of a preview.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_standard_impacts);
}
