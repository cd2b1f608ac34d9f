//! What starting from a package would do to a district's setup.

use std::collections::BTreeMap;

use entity::{
    ids::{PackageId, SetupRecordId},
    setup_origin,
};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::{
    build::OwnRecord,
    document::PackageDocument,
    localise::{Names, PackageReplacement},
    narrow,
    relink::relink,
};
use crate::{
    db::TenantTx,
    error::{ApiError, ApiResult, FieldError, Text},
    readiness::ComponentKind,
    setup::{
        batch::NewRecord,
        institution::Agency,
        kind::{Document, Kind, SetupKind},
    },
};

/// What happens to a record of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PackageItemFate {
    /// It is added.
    Add,
    /// An agency of the district's own stands in for it.
    Map,
    /// The district has one with the same name or code, which stands in for it unchanged.
    Same,
    /// It was taken over before.
    Adopted,
    /// It was taken over before and put away: it stays so.
    PutAway,
}

impl PackageItemFate {
    /// The district did not have it from this package before.
    #[must_use]
    pub const fn is_first_time(self) -> bool {
        matches!(self, Self::Add | Self::Map | Self::Same)
    }
}

/// A record of a package and what happens to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageItem {
    /// Its component.
    pub component: ComponentKind,
    /// Its kind.
    #[schema(example = "sop")]
    pub kind: String,
    /// Its id in the package.
    pub origin_id: SetupRecordId,
    /// What people call it, with the district's own names in it.
    pub title: String,
    /// What happens to it.
    pub fate: PackageItemFate,
    /// The district's record that is it or stands in for it; in a preview of what would be added, an id that is not kept.
    pub record_id: SetupRecordId,
}

/// An agency of a package and those of the district that could stand in for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageAgency {
    /// Its id in the package.
    pub origin_id: SetupRecordId,
    /// Its kind.
    #[schema(example = "civil_registry")]
    pub kind: String,
    /// The name of the kind.
    pub name: String,
    /// The district's agencies of that kind.
    pub proposals: Vec<AgencyProposal>,
    /// Several could stand in, and none was chosen: adopting asks for a choice.
    pub needs_choice: bool,
}

/// An agency that could stand in.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgencyProposal {
    /// The district's agency.
    pub record_id: SetupRecordId,
    /// Its name.
    pub title: String,
}

/// Which agency of the district stands in for one of the package.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyChoice {
    /// The agency in the package.
    pub origin_id: SetupRecordId,
    /// The district's agency; null to add one under the name of its kind.
    pub record_id: Option<SetupRecordId>,
}

/// What starting from a package would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Every record of the chosen components.
    pub items: Vec<PackageItem>,
    /// The agencies among them.
    pub agencies: Vec<PackageAgency>,
    /// What is added.
    pub records: Vec<NewRecord>,
    /// Names that were replaced.
    pub replacements: Vec<PackageReplacement>,
}

/// Where a district's records come from, of one package: by origin.
pub type Origins = BTreeMap<SetupRecordId, setup_origin::Model>;

/// Where the district's records of a package come from.
///
/// # Errors
/// When the database refuses.
pub async fn origins(tx: &TenantTx, package: PackageId) -> ApiResult<Origins> {
    let select = tx
        .find::<setup_origin::Entity>()
        .filter(setup_origin::Column::PackageId.eq(package));
    let rows = select.all(tx).await?;
    Ok(rows.into_iter().map(|row| (row.origin_id, row)).collect())
}

/// What the district has, to plan against.
#[derive(Debug)]
pub struct Here<'a> {
    /// Its records, archived ones included.
    pub own: &'a [OwnRecord],
    /// Where its records of this package come from.
    pub origins: &'a Origins,
    /// Its names for the author's.
    pub names: &'a Names,
    /// Which of its agencies stand in.
    pub choices: &'a [AgencyChoice],
}

struct Draft {
    kind: &'static Kind,
    document: Document,
    fate: PackageItemFate,
    origin_id: SetupRecordId,
    record_id: SetupRecordId,
}

/// Plans taking over `chosen` components of a package; none chosen means all.
///
/// # Errors
/// 422 when a choice names no agency of the district, or a content does not fit its kind.
pub fn plan(document: &PackageDocument, chosen: &[ComponentKind], here: &Here<'_>) -> ApiResult<Plan> {
    let mut part = document.clone();
    part.components = narrow::to(&document.components, chosen)?;
    let mut seen = BTreeMap::new();
    let mut plan = Plan::default();
    let mut drafts = Vec::new();
    for (kind, record) in part.records() {
        let mut content = record.content.clone();
        here.names.replace(&mut content, &mut seen);
        let document = (kind.read)(&content.to_string())?;
        let (fate, record_id) = if let Some(origin) = here.origins.get(&record.origin_id) {
            let archived = here.own.iter().any(|own| own.id == origin.record_id && own.archived);
            let fate = if archived {
                PackageItemFate::PutAway
            } else {
                PackageItemFate::Adopted
            };
            (fate, origin.record_id)
        } else if kind.key == Agency::KEY {
            let (agency, stand_in) = stand_in(record.origin_id, &document, here)?;
            plan.agencies.push(agency);
            stand_in.map_or_else(added, |id| (PackageItemFate::Map, id))
        } else {
            same(kind, &document, here.own).map_or_else(added, |id| (PackageItemFate::Same, id))
        };
        drafts.push(Draft {
            kind,
            document,
            fate,
            origin_id: record.origin_id,
            record_id,
        });
    }
    let targets: BTreeMap<SetupRecordId, SetupRecordId> = drafts
        .iter()
        .filter(|draft| draft.fate != PackageItemFate::PutAway)
        .map(|draft| (draft.origin_id, draft.record_id))
        .collect();
    for draft in drafts {
        plan.items.push(PackageItem {
            component: draft.kind.component,
            kind: draft.kind.key.to_owned(),
            origin_id: draft.origin_id,
            title: draft.document.title.clone(),
            fate: draft.fate,
            record_id: draft.record_id,
        });
        if draft.fate == PackageItemFate::Add {
            plan.records.push(NewRecord {
                kind: draft.kind,
                id: draft.record_id,
                document: linked(draft.kind, draft.document, &targets)?,
                archived: false,
            });
        }
    }
    plan.replacements = here.names.report(&seen);
    Ok(plan)
}

fn added() -> (PackageItemFate, SetupRecordId) {
    (PackageItemFate::Add, SetupRecordId::generate())
}

/// A content of a package with the district's ids in it.
///
/// # Errors
/// 422 when the content does not fit its kind.
pub fn linked(
    kind: &Kind,
    document: Document,
    targets: &BTreeMap<SetupRecordId, SetupRecordId>,
) -> ApiResult<Document> {
    let mut content: Json = document.content;
    relink(&mut content, &document.links, |id| targets.get(&id).copied());
    (kind.read)(&content.to_string())
}

/// The agency of the district that stands in for one of the package, and what could.
fn stand_in(
    origin_id: SetupRecordId,
    document: &Document,
    here: &Here<'_>,
) -> ApiResult<(PackageAgency, Option<SetupRecordId>)> {
    let in_use = || here.own.iter().filter(|own| own.kind == Agency::KEY && !own.archived);
    let kind = document.content["kind"].as_str().unwrap_or_default();
    let is_of_kind = |own: &&OwnRecord| {
        serde_json::from_str::<Json>(&own.content).is_ok_and(|content| content["kind"].as_str() == Some(kind))
    };
    let proposals: Vec<AgencyProposal> = in_use()
        .filter(is_of_kind)
        .map(|own| AgencyProposal {
            record_id: own.id,
            title: own.title.clone(),
        })
        .collect();
    let choice = here.choices.iter().find(|choice| choice.origin_id == origin_id);
    let stand_in = match choice.map(|choice| choice.record_id) {
        Some(Some(id)) if !in_use().any(|own| own.id == id) => {
            return Err(ApiError::invalid(vec![FieldError {
                field: format!("agencies.{origin_id}"),
                code: "not_found",
                message: Text::fixed("Pilih instansi daerah ini.", "Choose an agency of this district."),
            }]));
        }
        Some(chosen) => chosen,
        None => proposals.first().map(|proposal| proposal.record_id),
    };
    let agency = PackageAgency {
        origin_id,
        kind: kind.to_owned(),
        name: document.title.clone(),
        needs_choice: choice.is_none() && proposals.len() > 1,
        proposals,
    };
    Ok((agency, stand_in))
}

/// A record of the district with the same code or name.
fn same(kind: &Kind, document: &Document, own: &[OwnRecord]) -> Option<SetupRecordId> {
    let in_use = || own.iter().filter(|own| own.kind == kind.key && !own.archived);
    let has_key = |content: &Json| {
        !kind.unique.is_empty()
            && kind.unique.iter().all(|field| {
                document.content[*field].as_str().is_some_and(|value| !value.is_empty())
                    && content[*field] == document.content[*field]
            })
    };
    let by_key = in_use().find(|own| serde_json::from_str(&own.content).is_ok_and(|content: Json| has_key(&content)));
    let fold = |title: &str| title.trim().to_lowercase();
    let by_title = || {
        // Where something has a key, the key says whether it is the same.
        let named = kind.unique.is_empty() && !document.title.is_empty();
        in_use().find(|own| named && fold(&own.title) == fold(&document.title))
    };
    by_key.or_else(by_title).map(|own| own.id)
}
