//! Two setups side by side: a package, another one, or the district's own as it would be published.

use actix_web::web::Json;
use entity::ids::{ModelPackageId, SetupRecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    build,
    document::{PackageComponents, PackageRecord},
    merge::{self, Difference},
    plan, query,
    viewer::Viewer,
};
use crate::{
    auth::{InDistrict, SignedIn, perm},
    districts::own_district,
    endpoints,
    error::ApiResult,
    http::{Path, Query, endpoint::Endpoints},
    readiness::ComponentKind,
    setup::{self, kind::Kind},
};

/// How two setups differ, record by record. Places read as what the second has where the first is.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageComparison {
    /// Records that differ, or that only one of them has; equal ones are only counted.
    pub records: Vec<ComparedRecord>,
    /// How many records are equal.
    #[schema(example = 12)]
    pub equal: usize,
}

/// A record that differs.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedRecord {
    /// Its component.
    pub component: ComponentKind,
    /// Its kind.
    #[schema(example = "sop")]
    pub kind: String,
    /// In the first; null when only the second has it.
    pub one: Option<ComparedSide>,
    /// In the second; null when only the first has it.
    pub other: Option<ComparedSide>,
    /// Where they differ: `mine` is the first, `theirs` the second. Empty when only one has it.
    pub differences: Vec<Difference>,
}

/// A record on one side.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedSide {
    /// Its id there.
    pub origin_id: SetupRecordId,
    /// What people call it.
    pub title: String,
}

impl ComparedSide {
    fn of(record: &PackageRecord) -> Self {
        Self {
            origin_id: record.origin_id,
            title: record.title.clone(),
        }
    }
}

/// The two packages to compare.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ComparisonQuery {
    /// The version to compare with.
    #[param(example = "01890000-0000-7000-8000-000000000000")]
    pub with: ModelPackageId,
}

fn of_kind<'a>(components: &'a PackageComponents, kind: &Kind) -> &'a [PackageRecord] {
    let kinds = components.get(kind.component.slug());
    kinds.and_then(|kinds| kinds.get(kind.key)).map_or(&[], Vec::as_slice)
}

/// Compares two sets of records. Records belong together when `same` says so, or by title.
fn compare(
    one: &PackageComponents,
    other: &PackageComponents,
    same: impl Fn(&PackageRecord, &PackageRecord) -> bool,
) -> PackageComparison {
    let (mut records, mut equal) = (Vec::new(), 0);
    for kind in setup::KINDS {
        let theirs = of_kind(other, kind);
        let mut taken = vec![false; theirs.len()];
        let mut entry = |one: Option<&PackageRecord>, other: Option<&PackageRecord>, differences| {
            records.push(ComparedRecord {
                component: kind.component,
                kind: kind.key.to_owned(),
                one: one.map(ComparedSide::of),
                other: other.map(ComparedSide::of),
                differences,
            });
        };
        for mine in of_kind(one, kind) {
            let free = |index: &usize| !taken.get(*index).copied().unwrap_or(true);
            let by = |belongs: &dyn Fn(&PackageRecord) -> bool| {
                let places = theirs.iter().enumerate().filter(|(index, _)| free(index));
                places
                    .filter(|(_, record)| belongs(record))
                    .map(|(index, _)| index)
                    .next()
            };
            let title = mine.title.to_lowercase();
            let found = by(&|record| same(mine, record)).or_else(|| by(&|record| record.title.to_lowercase() == title));
            let Some((index, record)) = found.and_then(|index| Some((index, theirs.get(index)?))) else {
                entry(Some(mine), None, Vec::new());
                continue;
            };
            if let Some(place) = taken.get_mut(index) {
                *place = true;
            }
            let mut differences = merge::compare(&mine.content, &record.content);
            // Ids of other records differ wherever districts do; they are compared by their own records.
            differences.retain(|difference| !is_reference(&difference.path));
            if differences.is_empty() {
                equal += 1;
            } else {
                entry(Some(mine), Some(record), differences);
            }
        }
        for (record, _) in theirs.iter().zip(&taken).filter(|(_, taken)| !**taken) {
            entry(None, Some(record), Vec::new());
        }
    }
    PackageComparison { records, equal }
}

fn is_reference(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or(path);
    let is_text = matches!(last, "name_id" | "label_id" | "help_id");
    !is_text && (last.ends_with("_id") || last.ends_with("_ids") || last == "legal_basis_of")
}

/// Compare two packages
#[utoipa::path(get, path = "/api/v1/packages/{model_package_id}/comparison", tag = "packages", params(ComparisonQuery),
    responses((status = 200, body = PackageComparison)))]
async fn compare_packages(
    who: SignedIn,
    Path(path): Path<super::publish::PackagePath>,
    Query(with): Query<ComparisonQuery>,
) -> ApiResult<Json<PackageComparison>> {
    let tx = who.system().await?;
    let viewer = Viewer::of(&who.access);
    let one = query::document(&query::find_for(&tx, path.model_package_id, &viewer).await?)?;
    let other = query::document(&query::find_for(&tx, with.with, &viewer).await?)?;
    let same = |a: &PackageRecord, b: &PackageRecord| a.origin_id == b.origin_id;
    Ok(Json(compare(&one.components, &other.components, same)))
}

/// Compare the district's setup with a package
///
/// As it would be published: people, contacts and numbers are not compared. Records that were taken over belong to those
/// they came from, others by their title.
#[utoipa::path(get, path = "/api/v1/districts/{code}/setup-comparison", tag = "packages", params(ComparisonQuery),
    responses((status = 200, body = PackageComparison)))]
async fn compare_setup(
    who: InDistrict<perm::SetupRead>,
    Query(with): Query<ComparisonQuery>,
) -> ApiResult<Json<PackageComparison>> {
    let tx = who.tenant().await?;
    // Of the district, whoever looks: its province reads with it.
    let viewer = Viewer::Of {
        provinces: Vec::new(),
        districts: vec![who.district_id().0],
    };
    let row = query::find_for(&tx, with.with, &viewer).await?;
    let other = query::document(&row)?;
    let district = own_district(&tx).await?;
    let names = super::localise::Names::between(&other, &district.name, &district.unit_name);
    let origins = plan::origins(&tx, row.package_id).await?;
    let one = build::components(&build::own_records(&tx, false).await?, ComponentKind::ALL)?;
    let mut theirs = other.components;
    for record in theirs.values_mut().flat_map(|kinds| kinds.values_mut().flatten()) {
        names.replace(&mut record.content, &mut std::collections::BTreeMap::new());
    }
    let same = |mine: &PackageRecord, record: &PackageRecord| {
        let origin = origins.get(&record.origin_id);
        origin.is_some_and(|origin| origin.record_id == mine.origin_id)
    };
    Ok(Json(compare(&one, &theirs, same)))
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, compare_packages, compare_setup);
}
