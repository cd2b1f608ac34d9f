//! `/regions`: who needs a code finds it by name.

use actix_web::web::Json;
use entity::region;
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::query::{RegionFilter, RegionRow, list};
use crate::{
    auth::Public,
    endpoints,
    error::{ApiResult, ErrorCode},
    http::{Checks, Page, PageQuery, Path, Query, endpoint::Endpoints},
};

const LEVELS: &[&str] = &["province", "regency", "subdistrict", "village"];

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
    #[schema(example = "Kabupaten Gowa")]
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
    /// `province`, `regency`, `subdistrict` or `village`.
    pub level: Option<String>,
    /// Only those that lie directly in this one.
    pub parent: Option<String>,
    /// The beginning of a word of the name, e.g. `bulu`; older spellings are found too.
    pub q: Option<String>,
}

/// List regions by name
#[utoipa::path(get, path = "/api/v1/regions", tag = "regions", params(RegionQuery, PageQuery),
    responses((status = 200, body = Page<Region>)))]
pub async fn list_regions(
    who: Public,
    Query(query): Query<RegionQuery>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Region>>> {
    let limit = page.limit()?;
    let after = page.after::<(String, String)>()?;
    let mut checks = Checks::new();
    if let Some(level) = &query.level {
        checks.one_of("level", level, LEVELS);
    }
    checks.finish()?;
    let folded = query.q.as_deref().map(migration::regions::fold).filter(|q| !q.is_empty());
    let filter = RegionFilter {
        level: query.level.as_deref(),
        parent: query.parent.as_deref(),
        prefix: folded.as_deref(),
        after,
    };
    let tx = who.system().await?;
    let rows = list(&tx, filter, limit + 1).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.folded_name.clone(), row.code.clone()), Region::from)))
}

#[derive(Deserialize)]
struct RegionPath {
    region_code: String,
}

/// See one region
#[utoipa::path(get, path = "/api/v1/regions/{region_code}", tag = "regions",
    params(("region_code" = String, Path, description = "Kemendagri code", example = "73.06")),
    responses((status = 200, body = Region), (status = 404, description = "No region has that code", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
pub async fn get_region(who: Public, Path(path): Path<RegionPath>) -> ApiResult<Json<Region>> {
    let tx = who.system().await?;
    let row = region::Entity::find_by_id(path.region_code).one(&tx).await?.ok_or(ErrorCode::NotFound)?;
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
