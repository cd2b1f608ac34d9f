//! The published versions of the standard, as the database holds them.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use actix_web::web::Json;
use chrono::NaiveDate;
use entity::standard_version;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde::Deserialize;

use super::Standard;
use crate::{
    auth::Public,
    day, endpoints,
    error::{ApiError, ApiResult, ErrorCode},
    http::{Path, endpoint::Endpoints},
};

/// Parsed standards by the fingerprint of their file: a fingerprint never names another content.
static PARSED: LazyLock<Mutex<HashMap<String, Arc<Standard>>>> = LazyLock::new(Mutex::default);

#[derive(DerivePartialModel)]
#[sea_orm(entity = "standard_version::Entity")]
struct Edition {
    version: String,
    fingerprint: String,
}

/// The standard that is the measure on the day `today`: of those in effect, the one that came last. `refresh_due` asks the
/// same in SQL.
///
/// # Errors
/// 500 when none is in effect, which a migrated database excludes.
pub async fn current(tx: &impl ConnectionTrait, today: NaiveDate) -> ApiResult<Arc<Standard>> {
    let select = standard_version::Entity::find()
        .filter(standard_version::Column::EffectiveFrom.lte(today))
        .order_by_desc(standard_version::Column::EffectiveFrom)
        .order_by_desc(standard_version::Column::LoadedAt)
        .limit(1);
    parsed(tx, select)
        .await?
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("no standard is in effect on {today}")))
}

/// The standard of that version.
///
/// # Errors
/// When the database cannot be asked or holds a standard that is faulty.
pub async fn of_version(tx: &impl ConnectionTrait, version: &str) -> ApiResult<Option<Arc<Standard>>> {
    parsed(tx, standard_version::Entity::find_by_id(version)).await
}

async fn parsed(
    tx: &impl ConnectionTrait,
    select: Select<standard_version::Entity>,
) -> ApiResult<Option<Arc<Standard>>> {
    let Some(edition) = select.into_partial_model::<Edition>().one(tx).await? else {
        return Ok(None);
    };
    let known = PARSED
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&edition.fingerprint)
        .cloned();
    if known.is_some() {
        return Ok(known);
    }
    let row = standard_version::Entity::find_by_id(&edition.version)
        .one(tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let mut standard = Standard::parse(&row.content.to_string())
        .map_err(|error| ApiError::internal(anyhow::anyhow!("standard {}: {error}", row.version)))?;
    standard.fingerprint.clone_from(&row.fingerprint);
    let standard = Arc::new(standard);
    PARSED
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(row.fingerprint, standard.clone());
    Ok(Some(standard))
}

/// See the national standard that is the measure today
///
/// Every text is given in both languages.
#[utoipa::path(get, path = "/api/v1/standards/current", tag = "readiness", responses((status = 200, body = Standard)))]
async fn get_current_standard(who: Public) -> ApiResult<Json<Standard>> {
    let tx = who.system().await?;
    let standard = current(&tx, day::today_at_the_ministry()).await?;
    Ok(Json(Standard::clone(&standard)))
}

#[derive(Deserialize)]
struct VersionPath {
    version: String,
}

/// See one version of the national standard
///
/// Every text is given in both languages.
#[utoipa::path(get, path = "/api/v1/standards/{version}", tag = "readiness",
    params(("version" = String, Path, description = "Version of the standard", example = "1.0")),
    responses((status = 200, body = Standard),
        (status = 404, description = "There is no such version", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn get_standard(who: Public, Path(path): Path<VersionPath>) -> ApiResult<Json<Standard>> {
    let tx = who.system().await?;
    let standard = of_version(&tx, &path.version).await?.ok_or(ErrorCode::NotFound)?;
    Ok(Json(Standard::clone(&standard)))
}

/// The operations on standards.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_current_standard, get_standard);
}
