//! `/regions`: who needs a code finds it by name.

use actix_web::web::Json;
use entity::region;
use migration::regions::{RegionLevel, search_key};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::query::{RegionCursor, RegionRow, children, search};
use crate::{
    auth::Public,
    endpoints,
    error::{ApiResult, ErrorCode, Text},
    http::{Checks, Page, PageQuery, Path, Query, endpoint::Endpoints},
};

const LEVELS: [RegionLevel; 4] = [
    RegionLevel::Province,
    RegionLevel::Regency,
    RegionLevel::Subdistrict,
    RegionLevel::Village,
];

/// A province, kabupaten/kota, kecamatan or desa/kelurahan.
#[derive(Debug, Serialize, ToSchema)]
pub struct Region {
    /// The code again, so that every item of a list has an id.
    #[schema(example = "73.06")]
    pub id: String,
    /// Kemendagri code.
    #[schema(example = "73.06")]
    pub code: String,
    /// `province`, `regency`, `subdistrict` or `village`.
    #[schema(example = "regency")]
    pub level: String,
    /// Code of the region it lies in.
    #[schema(example = "73")]
    pub parent_code: Option<String>,
    /// Its name.
    #[schema(example = "Gowa")]
    pub name: String,
    /// Its name with what it is.
    #[schema(example = "Kabupaten Gowa")]
    pub full_name: String,
    /// BPS code, where it is known.
    pub bps_code: Option<String>,
    /// IANA time zone, for provinces.
    #[schema(example = "Asia/Makassar")]
    pub time_zone: Option<String>,
}

impl From<RegionRow> for Region {
    fn from(row: RegionRow) -> Self {
        Self {
            id: row.code.clone(),
            code: row.code,
            level: row.level,
            parent_code: row.parent_code,
            name: row.name,
            full_name: row.full_name,
            bps_code: row.bps_code,
            time_zone: row.time_zone,
        }
    }
}

/// Which regions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RegionQuery {
    /// Only of this level (`province`, `regency`, `subdistrict` or `village`), together with `q`.
    pub level: Option<String>,
    /// The region they lie in: directly, or anywhere within it together with `q`. Without it and `q`: the provinces.
    pub parent: Option<String>,
    /// The beginning of a word of the name, e.g. `bulu`; older spellings are found too.
    pub q: Option<String>,
}

/// List regions by name
#[utoipa::path(get, path = "/api/v1/regions", tag = "regions", params(RegionQuery, PageQuery),
    responses((status = 200, body = Page<Region>)))]
async fn list_regions(
    who: Public,
    Query(query): Query<RegionQuery>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Region>>> {
    let limit = page.limit()?;
    let rows_wanted = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let after = page.after::<RegionCursor>()?;
    let mut checks = Checks::new();
    if let Some(level) = &query.level {
        checks.one_of("level", level, &LEVELS.map(RegionLevel::as_str));
    }
    let key = query.q.as_deref().map(search_key);
    checks.ensure(
        key.as_ref().is_none_or(|key| key.len() >= 2),
        "q",
        "too_short",
        Text::fixed("Ketik sedikitnya dua huruf.", "Type at least two letters."),
    );
    checks.finish()?;
    let level = LEVELS
        .into_iter()
        .find(|level| Some(level.as_str()) == query.level.as_deref());
    let parent = query.parent.as_deref();
    let tx = who.system().await?;
    let rows = match key {
        Some(key) => search(&tx, &key, level, parent, after, rows_wanted).await?,
        None => children(&tx, parent, after, rows_wanted).await?,
    };
    Ok(Json(Page::of(rows, limit, RegionCursor::after, Region::from)))
}

#[derive(Deserialize)]
struct RegionPath {
    region_code: String,
}

/// See one region
#[utoipa::path(get, path = "/api/v1/regions/{region_code}", tag = "regions",
    params(("region_code" = String, Path, description = "Kemendagri code", example = "73.06")),
    responses((status = 200, body = Region), (status = 404, description = "No region has that code", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn get_region(who: Public, Path(path): Path<RegionPath>) -> ApiResult<Json<Region>> {
    let tx = who.system().await?;
    let row = region::Entity::find_by_id(path.region_code)
        .one(&tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    Ok(Json(Region {
        id: row.code.clone(),
        code: row.code,
        level: row.level,
        parent_code: row.parent_code,
        name: row.name,
        full_name: row.full_name,
        bps_code: row.bps_code,
        time_zone: row.time_zone,
    }))
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_regions, get_region);
}
