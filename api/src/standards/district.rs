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
        ComponentKind, Item, ItemState, Percent, Readiness, Situation, Standard, assess, standard::StandardStatus,
        standards, view::say,
    },
};

/// What each version that followed another changes for a district.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictStandardChange {
    /// The changes, the newest first; empty while the first version is the only one.
    pub changes: Vec<StandardTransition>,
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

/// See what new versions of the standard change for a district
///
/// From each version to the next, the newest first: one may count already while another is planned. Every item that is added, reworded, reweighted, demanded otherwise or retired, with the district's own state; the scores of
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
    let mut transitions = Vec::new();
    for edition in editions {
        let Some(from) = edition.supersedes.clone() else {
            continue;
        };
        let old = standards::of_version(&tx, &from).await?.ok_or(ErrorCode::NotFound)?;
        let new = standards::of_version(&tx, &edition.version).await?;
        let new = new.ok_or(ErrorCode::NotFound)?;
        transitions.push(transition(edition, &old, &new, &situation, language));
    }
    Ok(Json(DistrictStandardChange { changes: transitions }))
}

fn transition(
    edition: StandardEdition,
    old: &Standard,
    new: &Standard,
    situation: &Situation,
    language: Language,
) -> StandardTransition {
    let today = situation.today;
    let judge = |standard| assess(standard, &situation.facts.item_facts(standard, today), today);
    let (before, after) = (judge(old), judge(new));
    let items = changes(old, new).into_iter();
    StandardTransition {
        from: old.version.clone(),
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
        items: items
            .map(|change| item(change, situation, &before, &after, language))
            .collect(),
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
