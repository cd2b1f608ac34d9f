//! What anybody may read of live districts.

use actix_web::{HttpRequest, web::Json};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::content::{PublicContent, PublishedService};
use crate::{
    auth::Public,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Language},
    http::{
        Page, PageQuery, Path, Query,
        endpoint::Endpoints,
        problem::{self, Problem},
    },
    setup::codes::{ServiceDomain, reference},
};

/// A live district in the public list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicDistrict {
    /// The code again, so that every item of a list has an id.
    #[schema(example = "73.06")]
    pub id: String,
    /// Kemendagri code.
    #[schema(example = "73.06")]
    pub code: String,
    /// Name of the kabupaten/kota.
    #[schema(example = "Kabupaten Gowa")]
    pub name: String,
    /// Name of the province.
    #[schema(example = "Sulawesi Selatan")]
    pub province_name: String,
    /// What the district calls its centre.
    #[schema(example = "PPKAI Sikamaseang")]
    pub unit_name: String,
}

/// The public page of a live district.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicDistrictPage {
    /// Kemendagri code.
    #[schema(example = "73.06")]
    pub code: String,
    /// Name of the kabupaten/kota.
    #[schema(example = "Kabupaten Gowa")]
    pub name: String,
    /// Name of the province.
    #[schema(example = "Sulawesi Selatan")]
    pub province_name: String,
    /// What the district calls its centre.
    #[schema(example = "PPKAI Sikamaseang")]
    pub unit_name: String,
    /// The office that runs it.
    #[schema(example = "Dinas Sosial Kabupaten Gowa")]
    pub office_name: String,
    /// Where it is.
    pub address: String,
    /// Phone number for the public.
    pub hotline: String,
    /// Email for the public.
    pub email: String,
    /// When it is open.
    pub opening_hours: String,
    /// Since when it is live.
    pub live_at: Option<DateTime<Utc>>,
    /// Its services, in the district's order.
    pub services: Vec<PublicService>,
    /// People whose names the district chose to show.
    pub people: Vec<PublicPerson>,
}

/// A service of a live district.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicService {
    /// Which of the eight services.
    pub domain: ServiceDomain,
    /// The name of those, in the language of the request.
    #[schema(example = "Identitas hukum")]
    pub domain_name: String,
    /// Its name.
    pub name: String,
    /// What the child gets.
    pub description: String,
    /// Agencies that give it.
    pub providers: Vec<String>,
    /// Youngest age in completed years.
    pub min_age: Option<u8>,
    /// Oldest age in completed years.
    pub max_age: Option<u8>,
    /// Vulnerability categories that qualify, in the language of the request; empty for every child.
    pub categories: Vec<String>,
    /// Who else qualifies, in words.
    pub eligibility: String,
    /// Papers to bring.
    pub requirements: Vec<String>,
    /// How long it takes, in working days; 0 for the same day.
    pub working_days: Option<u32>,
    /// What it costs.
    pub cost: String,
    /// Where it is given.
    pub place: String,
    /// When it is given.
    pub hours: String,
}

/// A person whom the district chose to show.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicPerson {
    /// The name.
    pub name: String,
    /// The position.
    pub position: String,
}

#[derive(FromQueryResult)]
struct ListRow {
    code: String,
    name: String,
    province_name: String,
    unit_name: String,
}

/// List the districts whose centre is live, by code
#[utoipa::path(get, path = "/api/v1/public/districts", tag = "public", params(PageQuery),
    responses((status = 200, body = Page<PublicDistrict>)))]
async fn list_public_districts(who: Public, Query(page): Query<PageQuery>) -> ApiResult<Json<Page<PublicDistrict>>> {
    let limit = page.limit()?;
    let after = page.after::<String>()?.unwrap_or_default();
    let tx = who.system().await?;
    let sql = "SELECT code, name, province_name, unit_name FROM district \
               WHERE phase = 'live' AND status = 'active' AND code > $1 ORDER BY code LIMIT $2";
    let values = [after.into(), i64::try_from(limit + 1).unwrap_or(i64::MAX).into()];
    let rows = ListRow::find_by_statement(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .all(&tx)
        .await?;
    let describe = |row: ListRow| PublicDistrict {
        id: row.code.clone(),
        code: row.code,
        name: row.name,
        province_name: row.province_name,
        unit_name: row.unit_name,
    };
    Ok(Json(Page::of(rows, limit, |row| row.code.clone(), describe)))
}

#[derive(FromQueryResult)]
struct PageRow {
    code: String,
    name: String,
    province_name: String,
    unit_name: String,
    office_name: String,
    address: String,
    hotline: String,
    live_at: Option<DateTime<Utc>>,
    content: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct CodePath {
    code: String,
}

/// See the public page of a live district
///
/// Who runs the centre, where and when, and its services: who qualifies, what to bring, what it costs. People only where the
/// district chose to show them.
#[utoipa::path(get, path = "/api/v1/public/districts/{code}", tag = "public",
    responses((status = 200, body = PublicDistrictPage),
        (status = 404, description = "There is no such district, or it is not live", body = Problem, content_type = "application/problem+json")))]
async fn get_public_district(
    who: Public,
    request: HttpRequest,
    Path(path): Path<CodePath>,
) -> ApiResult<Json<PublicDistrictPage>> {
    let tx = who.system().await?;
    let sql = "SELECT d.code, d.name, d.province_name, d.unit_name, d.office_name, d.address, d.hotline, d.live_at, \
               p.content FROM district d LEFT JOIN public_page p ON p.district_id = d.id \
               WHERE d.code = $1 AND d.phase = 'live' AND d.status = 'active'";
    let values = [path.code.into()];
    let row = PageRow::find_by_statement(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .one(&tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let content = row.content.map(serde_json::from_value::<PublicContent>).transpose();
    let content = content.map_err(ApiError::internal)?.unwrap_or_default();
    let language = problem::language(&request);
    let first = |profile: String, setup: String| if profile.is_empty() { setup } else { profile };
    let people = content.people.into_iter();
    Ok(Json(PublicDistrictPage {
        code: row.code,
        name: row.name,
        province_name: row.province_name,
        unit_name: row.unit_name,
        office_name: row.office_name,
        address: first(row.address, content.address),
        hotline: first(row.hotline, content.hotline),
        email: content.email,
        opening_hours: content.opening_hours,
        live_at: row.live_at,
        services: content
            .services
            .into_iter()
            .map(|service| describe(service, language))
            .collect(),
        people: people
            .map(|person| PublicPerson {
                name: person.name,
                position: person.position,
            })
            .collect(),
    }))
}

fn describe(service: PublishedService, language: Language) -> PublicService {
    let pick = |(id, en): (String, String)| match language {
        Language::English if !en.is_empty() => en,
        _ => id,
    };
    let domains = reference().map_or(&[][..], |reference| &reference.services);
    let domain = domains.iter().find(|domain| domain.code == service.domain.code());
    PublicService {
        domain: service.domain,
        domain_name: domain
            .map(|domain| pick((domain.name.id.clone(), domain.name.en.clone())))
            .unwrap_or_default(),
        name: service.name,
        description: service.description,
        providers: service.providers,
        min_age: service.min_age,
        max_age: service.max_age,
        categories: service.categories.into_iter().map(pick).collect(),
        eligibility: service.eligibility,
        requirements: service.requirements,
        working_days: service.working_days,
        cost: service.cost,
        place: service.place,
        hours: service.hours,
    }
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_public_districts, get_public_district);
}
