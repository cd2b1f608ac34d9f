//! What a new version changes for one district.

use actix_web::{HttpRequest, web::Json};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    changes::{StandardChangeKind, StandardItemChange, changes},
    editions::{self, EditionState, StandardEdition},
};
use crate::{
    auth::{InDistrict, perm},
    endpoints,
    error::{ApiResult, ErrorCode, Language},
    http::{endpoint::Endpoints, problem},
    readiness::{
        ComponentKind, Item, ItemState, Percent, Readiness, Situation, assess, standard::StandardStatus, standards,
        view::say,
    },
};

/// What the newest version changes for a district, if a version has followed another.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictStandardChange {
    /// The change; null while the first version is the only one.
    pub change: Option<StandardTransition>,
}

/// From one version to the next, as one district stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandardTransition {
    /// The version before.
    #[schema(example = "1.0")]
    pub from: String,
    /// The version after.
    #[schema(example = "1.1")]
    pub to: String,
    /// Title of the version after.
    pub title: String,
    /// Whether the ministry has adopted it.
    pub status: StandardStatus,
    /// The decision by which it did; empty for a proposal.
    pub basis: String,
    /// Where it stands in the district today.
    pub state: EditionState,
    /// From this day it is shown.
    pub effective_from: NaiveDate,
    /// From this day it counts in full.
    pub counts_from: NaiveDate,
    /// Verified score by the measure of today, in percent.
    #[schema(value_type = f64, example = 40.25)]
    pub verified_now: Percent,
    /// Verified score if the new version counted in full today, in percent.
    #[schema(value_type = f64, example = 38.0)]
    pub verified_then: Percent,
    /// Claimed score by the measure of today, in percent.
    #[schema(value_type = f64, example = 61.5)]
    pub claimed_now: Percent,
    /// Claimed score if the new version counted in full today, in percent.
    #[schema(value_type = f64, example = 59.25)]
    pub claimed_then: Percent,
    /// Every item that is different.
    pub items: Vec<DistrictItemChange>,
}

/// An item that is different, as it stands in the district.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictItemChange {
    /// Its code.
    #[schema(example = "REG-9")]
    pub code: String,
    /// Its component.
    pub component: ComponentKind,
    /// In which ways it is different.
    pub kinds: Vec<StandardChangeKind>,
    /// As it was; null when it is new.
    pub before: Option<DistrictItemSide>,
    /// As it is; null when it is retired.
    pub after: Option<DistrictItemSide>,
    /// Where it stands by the new version; by the old one when it is retired.
    pub state: ItemState,
    /// Its page can be opened: it is in the checklist of today.
    pub is_open: bool,
}

/// An item as one version has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictItemSide {
    /// Title.
    pub title: String,
    /// What to do while it is missing.
    pub next_step: String,
    /// Share in the score of its component.
    #[schema(example = 3)]
    pub weight: u32,
    /// Needed for completeness and, at least present, for going live.
    pub mandatory: bool,
    /// Must be verified for going live.
    pub must_be_verified_for_go_live: bool,
}

impl DistrictItemSide {
    fn of(item: &Item, language: Language) -> Self {
        Self {
            title: say(&item.title, language),
            next_step: say(&item.next_step, language),
            weight: item.weight,
            mandatory: item.mandatory,
            must_be_verified_for_go_live: item.must_be_verified_for_go_live,
        }
    }
}

/// See what the newest standard changes for a district
///
/// Every item that is added, reworded, reweighted, demanded otherwise or retired, with the district's own state; the scores of
/// today beside those once the version counts in full.
#[utoipa::path(get, path = "/api/v1/districts/{code}/standard-change", tag = "standards",
    responses((status = 200, body = DistrictStandardChange)))]
async fn get_district_standard_change(
    who: InDistrict<perm::SetupRead>,
    request: HttpRequest,
) -> ApiResult<Json<DistrictStandardChange>> {
    let language = problem::language(&request);
    let tx = who.tenant().await?;
    let situation = Situation::load(&tx).await?;
    let editions = editions::all(&tx, situation.today).await?;
    let Some((edition, from)) = editions.into_iter().find_map(|edition| {
        let from = edition.supersedes.clone()?;
        Some((edition, from))
    }) else {
        return Ok(Json(DistrictStandardChange { change: None }));
    };
    let old = standards::of_version(&tx, &from).await?.ok_or(ErrorCode::NotFound)?;
    let new = standards::of_version(&tx, &edition.version)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let judge = |standard| {
        let zone = &situation.district.time_zone;
        assess(
            standard,
            &situation.rows.item_facts(standard, situation.today, zone),
            situation.today,
        )
    };
    let (before, after) = (judge(&old), judge(&new));
    let items = changes(&old, &new);
    let items = items
        .into_iter()
        .map(|change| item(change, &situation, &before, &after, language));
    Ok(Json(DistrictStandardChange {
        change: Some(transition(edition, from, &situation, &after, items.collect(), language)),
    }))
}

fn transition(
    edition: StandardEdition,
    from: String,
    situation: &Situation,
    after: &Readiness,
    items: Vec<DistrictItemChange>,
    language: Language,
) -> StandardTransition {
    StandardTransition {
        from,
        to: edition.version,
        title: say(&edition.title, language),
        status: edition.status,
        basis: edition.basis,
        state: edition.state,
        effective_from: edition.effective_from,
        counts_from: edition.counts_from,
        verified_now: situation.readiness.verified,
        verified_then: after.verified,
        claimed_now: situation.readiness.claimed,
        claimed_then: after.claimed,
        items,
    }
}

fn item(
    change: StandardItemChange,
    situation: &Situation,
    before: &Readiness,
    after: &Readiness,
    language: Language,
) -> DistrictItemChange {
    let state_by = |readiness: &Readiness| {
        let mut items = readiness.components.iter().flat_map(|component| &component.items);
        items
            .find(|item| item.code == change.code)
            .map(|item| item.judgement.state)
    };
    let side = |item: &Option<Item>| item.as_ref().map(|item| DistrictItemSide::of(item, language));
    DistrictItemChange {
        state: state_by(after)
            .or_else(|| state_by(before))
            .unwrap_or(ItemState::Missing),
        is_open: situation.standard.items().any(|(_, item)| item.code == change.code),
        before: side(&change.before),
        after: side(&change.after),
        code: change.code,
        component: change.component,
        kinds: change.kinds,
    }
}

/// The operation of districts.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_district_standard_change);
}
