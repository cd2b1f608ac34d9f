//! The published versions of the standard, and what is different between two.

use actix_web::web::Json;
use chrono::{DateTime, NaiveDate, Utc};
use entity::standard_version;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    changes::{StandardItemChange, changes},
    check,
};
use crate::{
    auth::Public,
    day, endpoints,
    error::{ApiError, ApiResult, ErrorCode},
    http::{Page, Path, Query, endpoint::Endpoints, problem::Problem},
    readiness::{
        Standard,
        grace::counts_from,
        standard::{StandardStatus, Text as Wording},
        standards,
    },
};

/// Where a version stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EditionState {
    /// It takes effect later.
    Planned,
    /// It is shown beside the version before, which still counts.
    Grace,
    /// It is the measure.
    InForce,
    /// Another one has taken its place.
    Past,
}

/// A published version of the standard.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StandardEdition {
    /// The version again, so that every item of a list has an id.
    #[schema(example = "1.0")]
    pub id: String,
    /// Its number.
    #[schema(example = "1.0")]
    pub version: String,
    /// Title shown to people.
    pub title: Wording,
    /// Whether the ministry has adopted it.
    pub status: StandardStatus,
    /// The decision by which it did; empty for a proposal.
    pub basis: String,
    /// From this day it is shown to districts.
    pub effective_from: NaiveDate,
    /// How many days districts have to follow.
    #[schema(example = 90)]
    pub grace_days: i32,
    /// From this day it is the measure in full.
    pub counts_from: NaiveDate,
    /// The version that it follows; null for the first.
    #[schema(example = "1.0")]
    pub supersedes: Option<String>,
    /// Where it stands today.
    pub state: EditionState,
    /// How many items it has.
    #[schema(example = 56)]
    pub items: usize,
    /// When it was published here; null when it came with the program.
    pub published_at: Option<DateTime<Utc>>,
}

impl StandardEdition {
    /// Of a row; `last_effective` is the day of the newest version in effect.
    pub(super) fn of(row: standard_version::Model, today: NaiveDate, last_effective: NaiveDate) -> ApiResult<Self> {
        let standard: Standard = serde_json::from_value(row.content).map_err(ApiError::internal)?;
        let counts_from = counts_from(row.effective_from, row.grace_days);
        Ok(Self {
            id: row.version.clone(),
            version: row.version,
            title: standard.title.clone(),
            status: standard.status,
            basis: row.basis,
            effective_from: row.effective_from,
            grace_days: row.grace_days,
            counts_from,
            supersedes: row.supersedes,
            state: state(row.effective_from, counts_from, last_effective, today),
            items: standard.items().count(),
            published_at: row.published_at,
        })
    }
}

/// Where a version stands on `today` that takes effect and counts from these days.
fn state(
    effective_from: NaiveDate,
    counts_from: NaiveDate,
    last_effective: NaiveDate,
    today: NaiveDate,
) -> EditionState {
    match () {
        () if effective_from > today => EditionState::Planned,
        () if effective_from < last_effective => EditionState::Past,
        () if counts_from > today => EditionState::Grace,
        () => EditionState::InForce,
    }
}

/// All versions, the newest first.
pub(super) async fn all(tx: &impl ConnectionTrait, today: NaiveDate) -> ApiResult<Vec<StandardEdition>> {
    let mut rows = standard_version::Entity::find().all(tx).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(check::number(&row.version)));
    let days = rows.iter().map(|row| row.effective_from);
    let last = days.filter(|day| *day <= today).max().unwrap_or(today);
    rows.into_iter()
        .map(|row| StandardEdition::of(row, today, last))
        .collect()
}

/// List the published versions of the national standard, the newest first
///
/// Planned ones too. While a version is in its grace, the one before it still counts.
#[utoipa::path(get, path = "/api/v1/standards", tag = "standards", responses((status = 200, body = Page<StandardEdition>)))]
async fn list_standards(who: Public) -> ApiResult<Json<Page<StandardEdition>>> {
    let tx = who.system().await?;
    Ok(Json(Page {
        items: all(&tx, day::today_at_the_ministry()).await?,
        next_cursor: None,
    }))
}

#[derive(Deserialize)]
struct VersionPath {
    version: String,
}

/// With which version to compare.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StandardChangesQuery {
    /// The version to compare with; the one that it follows when left out.
    #[param(example = "1.0")]
    pub from: Option<String>,
}

/// What is different between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandardChanges {
    /// The version before.
    #[schema(example = "1.0")]
    pub from: String,
    /// The version after.
    #[schema(example = "1.1")]
    pub to: String,
    /// Every item that is different.
    pub changes: Vec<StandardItemChange>,
}

/// See what is different between two versions of the national standard
#[utoipa::path(get, path = "/api/v1/standards/{version}/changes", tag = "standards",
    params(("version" = String, Path, description = "Version of the standard", example = "1.0"), StandardChangesQuery),
    responses((status = 200, body = StandardChanges),
        (status = 404, description = "There is no such version, or it follows none", body = Problem, content_type = "application/problem+json")))]
async fn get_standard_changes(
    who: Public,
    Path(path): Path<VersionPath>,
    Query(query): Query<StandardChangesQuery>,
) -> ApiResult<Json<StandardChanges>> {
    let tx = who.system().await?;
    let row = standard_version::Entity::find_by_id(&path.version).one(&tx).await?;
    let from = query
        .from
        .or(row.and_then(|row| row.supersedes))
        .ok_or(ErrorCode::NotFound)?;
    let old = standards::of_version(&tx, &from).await?.ok_or(ErrorCode::NotFound)?;
    let new = standards::of_version(&tx, &path.version)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    Ok(Json(StandardChanges {
        changes: changes(&old, &new),
        from,
        to: path.version,
    }))
}

/// The operations on published versions.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_standards, get_standard_changes);
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{EditionState, state};

    #[test]
    fn a_version_is_planned_then_in_grace_then_in_force_then_past() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let of = |today, last| state(day("2027-01-01"), day("2027-04-01"), day(last), day(today));
        assert_eq!(of("2026-12-31", "2026-01-01"), EditionState::Planned);
        assert_eq!(of("2027-01-01", "2027-01-01"), EditionState::Grace);
        assert_eq!(of("2027-03-31", "2027-01-01"), EditionState::Grace);
        assert_eq!(of("2027-04-01", "2027-01-01"), EditionState::InForce);
        assert_eq!(of("2027-06-01", "2027-06-01"), EditionState::Past);
    }
}
