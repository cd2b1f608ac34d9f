//! Districts that were asked to run PKSAI and are no tenants yet.

use actix_web::web::Json;
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::RegistrationStatus;
use crate::{
    auth::{Oversight, guard::Reach, perm},
    endpoints,
    error::{ApiError, ApiResult},
    http::{Page, PageQuery, Query, endpoint::Endpoints},
};

/// A district that was invited and has not become a tenant.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitedDistrict {
    /// The code again, so that every item of a list has an id.
    #[schema(example = "33.07")]
    pub id: String,
    /// Kemendagri code.
    #[schema(example = "33.07")]
    pub code: String,
    /// Name.
    #[schema(example = "Kabupaten Wonosobo")]
    pub name: String,
    /// Code of the province.
    #[schema(example = "33")]
    pub province_code: String,
    /// Name of the province.
    #[schema(example = "Jawa Tengah")]
    pub province_name: String,
    /// When it was invited, or its invitation was made known.
    pub invited_on: NaiveDate,
    /// Where it was announced.
    #[schema(example = "SINDOnews, 29 Juni 2019")]
    pub source: String,
    /// Where its application stands, when it has applied.
    pub application: Option<RegistrationStatus>,
}

#[derive(FromQueryResult)]
struct Row {
    code: String,
    name: String,
    province_code: String,
    province_name: String,
    invited_on: NaiveDate,
    source: String,
    application: Option<String>,
}

impl Row {
    fn describe(self) -> ApiResult<InvitedDistrict> {
        let find = |word: String| {
            let status = RegistrationStatus::ALL
                .into_iter()
                .find(|status| status.as_str() == word);
            status.ok_or_else(|| ApiError::internal(anyhow::anyhow!("{word} is no status")))
        };
        Ok(InvitedDistrict {
            id: self.code.clone(),
            code: self.code,
            name: self.name,
            province_code: self.province_code,
            province_name: self.province_name,
            invited_on: self.invited_on,
            source: self.source,
            application: self.application.map(find).transpose()?,
        })
    }
}

/// List invited districts that are not here yet, by code
///
/// An invitation is answered when the district becomes a tenant; then it stands in the list of districts. Province staff see
/// their province, ministry staff the nation.
#[utoipa::path(get, path = "/api/v1/oversight/invited-districts", tag = "oversight", params(PageQuery),
    responses((status = 200, body = Page<InvitedDistrict>)))]
async fn list_invited_districts(
    who: Oversight<perm::OversightRead>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<InvitedDistrict>>> {
    let limit = page.limit()?;
    let after = page.after::<String>()?.unwrap_or_default();
    let live: Vec<String> = RegistrationStatus::ALL
        .into_iter()
        .filter(|status| status.is_live())
        .map(|status| status.as_str().to_owned())
        .collect();
    let mut sql =
        "SELECT i.code, r.full_name AS name, p.code AS province_code, p.name AS province_name, i.invited_on, \
                   i.source, (SELECT g.status FROM registration g WHERE g.district_code = i.code \
                   AND g.submitted_at IS NOT NULL AND g.status = ANY($2)) AS application \
                   FROM district_invitation i JOIN region r ON r.code = i.code JOIN region p ON p.code = r.parent_code \
                   WHERE i.code > $1 AND NOT EXISTS (SELECT 1 FROM district d WHERE d.code = i.code)"
            .to_owned();
    let mut values: Vec<Value> = vec![after.into(), live.into()];
    if let Reach::Provinces(codes) = &who.reach {
        values.push(codes.clone().into());
        sql.push_str(&format!(" AND p.code = ANY(${})", values.len()));
    }
    values.push(i64::try_from(limit + 1).unwrap_or(i64::MAX).into());
    sql.push_str(&format!(" ORDER BY i.code LIMIT ${}", values.len()));
    let tx = who.system().await?;
    let rows = Row::find_by_statement(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .all(&tx)
        .await?;
    let page = Page::of(rows, limit, |row: &Row| row.code.clone(), Row::describe);
    Ok(Json(Page {
        items: page.items.into_iter().collect::<ApiResult<_>>()?,
        next_cursor: page.next_cursor,
    }))
}

/// The operations on invited districts.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_invited_districts);
}
