//! Taking over a ready set of vulnerability categories at once.

use actix_web::web::Json;
use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

use super::VulnerabilityCategory;
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::Transaction,
    endpoints,
    error::{ApiError, ApiResult},
    http::{Body, endpoint::Endpoints},
    readiness, reference,
    setup::{
        codes::{CategorySet, ServiceDomain, reference},
        kind::{Document, Kind, SetupKind},
        store,
    },
};

/// Which ready set to take over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategorySetAdoption {
    /// The set.
    pub set: CategorySet,
}

/// What taking over a set changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategorySetAdopted {
    /// The categories that were added.
    pub added: Vec<SetupRecordId>,
    /// How many were there already, archived ones included.
    #[schema(example = 0)]
    pub already_there: u32,
}

fn domains(codes: &[String]) -> Vec<ServiceDomain> {
    let known = |code: &&ServiceDomain| codes.iter().any(|wanted| wanted == code.code());
    ServiceDomain::ALL.iter().filter(known).copied().collect()
}

/// The categories of a ready set as contents.
#[must_use]
pub fn ready_set(set: CategorySet) -> Vec<VulnerabilityCategory> {
    let sets = reference().map_or(&[][..], |reference| &reference.category_sets);
    let content = |found: &reference::CategorySet, category: &reference::Category| VulnerabilityCategory {
        code: category.code.clone(),
        set: Some(set),
        name_id: category.name.id.clone(),
        name_en: category.name.en.clone(),
        min_age: category.age.min,
        max_age: category.age.max,
        source_law: found.legal_basis.clone().unwrap_or_default(),
        domains: domains(&category.services),
        ..VulnerabilityCategory::default()
    };
    sets.iter()
        .filter(|found| found.code == set.code())
        .flat_map(|found| found.categories.iter().map(move |category| content(found, category)))
        .collect()
}

/// Take over a ready set of vulnerability categories
///
/// Adds those whose code is not there yet, so it can be repeated; what the district changed or put away stays as it is.
/// Which services answer a category is a proposal to be confirmed.
#[utoipa::path(post, path = "/api/v1/districts/{code}/setup/data-system/vulnerability-categories/adopt", tag = "setup: data system",
    request_body = CategorySetAdoption, responses((status = 200, body = CategorySetAdopted)))]
async fn adopt_category_set(
    who: InDistrict<perm::SetupWrite>,
    body: Body<CategorySetAdoption>,
) -> ApiResult<Json<CategorySetAdopted>> {
    let kind = Kind::of::<VulnerabilityCategory>();
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let there: BTreeSet<String> = store::all_contents::<VulnerabilityCategory>(&tx)
        .await?
        .into_iter()
        .map(|(_, category)| category.code)
        .collect();
    let (mut added, mut changes, mut already_there) = (Vec::new(), Vec::new(), 0);
    for category in ready_set(body.value.set) {
        if there.contains(&category.code) {
            already_there += 1;
            continue;
        }
        let json = serde_json::to_string(&category).map_err(ApiError::internal)?;
        let document: Document = (kind.read)(&json)?;
        let id = SetupRecordId::generate();
        let after = document.content.clone();
        store::insert(&tx, &kind, id, document).await?;
        added.push(id);
        changes.push(Change::of("create", VulnerabilityCategory::KEY, id).after(after));
    }
    if !changes.is_empty() {
        readiness::refresh(&tx).await?;
    }
    for change in changes {
        audit::record(&tx, change).await?;
    }
    tx.commit().await?;
    Ok(Json(CategorySetAdopted { added, already_there }))
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, adopt_category_set);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::kind::MissingList;

    #[test]
    fn ready_sets_are_complete() {
        let sizes: Vec<usize> = CategorySet::ALL.iter().map(|set| ready_set(*set).len()).collect();
        assert_eq!(sizes, [8, 15, 7]);
        for category in CategorySet::ALL.iter().flat_map(|set| ready_set(*set)) {
            let mut missing = MissingList::default();
            category.missing(&mut missing);
            assert_eq!(missing.into_vec(), [], "{}", category.code);
        }
    }
}
