//! The published versions of the standard, as the database holds them.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use actix_web::web::Json;
use chrono::{DateTime, NaiveDate, Utc};
use entity::standard_version;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value,
    sea_query::Expr,
};
use serde::Deserialize;

use super::{
    Standard,
    grace::{counts_from, in_grace, of_grace},
};
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
    effective_from: NaiveDate,
    grace_days: i32,
    supersedes: Option<String>,
    loaded_at: DateTime<Utc>,
}

/// The standard that is the measure on the day `today`: of those in effect, the one that came last; while it is in its grace,
/// the one before with what is new beside it ([`in_grace`]). `refresh_due` asks the same in SQL.
///
/// # Errors
/// 500 when none is in effect, which a migrated database excludes.
pub async fn current(tx: &impl ConnectionTrait, today: NaiveDate) -> ApiResult<Arc<Standard>> {
    let edition = edition(tx, in_effect(today))
        .await?
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("no standard is in effect on {today}")))?;
    measure(tx, &edition, today).await
}

/// What counted on a past day.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The standard.
    pub standard: Arc<Standard>,
    /// When its text came: a proposal that ships with the program may have been replaced by an update.
    pub loaded_at: DateTime<Utc>,
}

/// The standard that was the measure on a day that is over, in a place with this time zone; none before the first took effect.
/// A version that was published after that day had ended there was not, whatever day it takes effect on.
///
/// # Errors
/// When the database cannot be asked or holds a standard that is faulty.
pub async fn of_day(tx: &impl ConnectionTrait, day: NaiveDate, zone: &str) -> ApiResult<Option<Measure>> {
    let known_then = "published_at IS NULL OR (published_at AT TIME ZONE $1)::date <= $2";
    let known_then = Expr::cust_with_values(known_then, [Value::from(zone), Value::from(day)]);
    let Some(edition) = edition(tx, in_effect(day).filter(known_then)).await? else {
        return Ok(None);
    };
    Ok(Some(Measure {
        standard: measure(tx, &edition, day).await?,
        loaded_at: edition.loaded_at,
    }))
}

/// Of the versions in effect on a day, the one that came last.
fn in_effect(day: NaiveDate) -> Select<standard_version::Entity> {
    standard_version::Entity::find()
        .filter(standard_version::Column::EffectiveFrom.lte(day))
        .order_by_desc(standard_version::Column::EffectiveFrom)
        .order_by_desc(standard_version::Column::LoadedAt)
        .limit(1)
}

/// What counts on a day on which `edition` came last.
async fn measure(tx: &impl ConnectionTrait, edition: &Edition, day: NaiveDate) -> ApiResult<Arc<Standard>> {
    let counts_from = counts_from(edition.effective_from, edition.grace_days);
    match &edition.supersedes {
        Some(old) if day < counts_from => transitional(tx, edition, old, counts_from).await,
        _ => parsed(tx, edition).await,
    }
}

/// The measure while `edition` is in its grace. No two graces overlap: publishing refuses that.
async fn transitional(
    tx: &impl ConnectionTrait,
    edition: &Edition,
    old: &str,
    counts_from: NaiveDate,
) -> ApiResult<Arc<Standard>> {
    let fingerprint = of_grace(&edition.fingerprint);
    if let Some(known) = known(&fingerprint) {
        return Ok(known);
    }
    let old = of_version(tx, old)
        .await?
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("version {old} is gone")))?;
    let new = parsed(tx, edition).await?;
    Ok(remember(in_grace(&old, &new, counts_from)))
}

/// The standard of that version.
///
/// # Errors
/// When the database cannot be asked or holds a standard that is faulty.
pub async fn of_version(tx: &impl ConnectionTrait, version: &str) -> ApiResult<Option<Arc<Standard>>> {
    match edition(tx, standard_version::Entity::find_by_id(version)).await? {
        Some(edition) => Ok(Some(parsed(tx, &edition).await?)),
        None => Ok(None),
    }
}

async fn edition(tx: &impl ConnectionTrait, select: Select<standard_version::Entity>) -> ApiResult<Option<Edition>> {
    Ok(select.into_partial_model::<Edition>().one(tx).await?)
}

fn known(fingerprint: &str) -> Option<Arc<Standard>> {
    let parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    parsed.get(fingerprint).cloned()
}

fn remember(standard: Standard) -> Arc<Standard> {
    let standard = Arc::new(standard);
    let mut parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    parsed.insert(standard.fingerprint.clone(), standard.clone());
    standard
}

async fn parsed(tx: &impl ConnectionTrait, edition: &Edition) -> ApiResult<Arc<Standard>> {
    if let Some(known) = known(&edition.fingerprint) {
        return Ok(known);
    }
    let row = standard_version::Entity::find_by_id(&edition.version)
        .one(tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let mut standard = Standard::parse(&row.content.to_string())
        .map_err(|error| ApiError::internal(anyhow::anyhow!("standard {}: {error}", row.version)))?;
    standard.fingerprint.clone_from(&row.fingerprint);
    Ok(remember(standard))
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
