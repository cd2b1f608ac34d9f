//! Later versions of a package, against what a district made of it.

use std::collections::BTreeMap;

use entity::{
    ids::{PackageId, SetupRecordId},
    model_package, package_adoption, setup_origin,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::{
    build::{self, OwnRecord},
    document::PackageDocument,
    localise::Names,
    merge::{self, Decisions, Difference, Merged},
    plan::{self, Origins},
    query,
    viewer::Viewer,
};
use crate::{
    db::TenantTx,
    districts::own_district,
    error::{ApiError, ApiResult},
    readiness::ComponentKind,
    setup::{
        self,
        institution::Agency,
        kind::{Document, Kind, SetupKind},
    },
};

/// What a later version of a package changes for the district.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageUpdate {
    /// The package.
    pub package_id: PackageId,
    /// The newest version on offer.
    pub newest: super::query::ModelPackage,
    /// Records that the model changed.
    pub changed: Vec<UpdatedRecord>,
    /// Records that are new in the model, in components that the district took over.
    pub new: Vec<NewInModel>,
    /// Records that the model no longer has; the district's stay unless it archives them.
    pub retired: Vec<RetiredInModel>,
}

/// A record that the model changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpdatedRecord {
    /// Its component.
    pub component: ComponentKind,
    /// Its kind.
    #[schema(example = "sop")]
    pub kind: String,
    /// The district's record.
    pub record_id: SetupRecordId,
    /// Its id in the package.
    pub origin_id: SetupRecordId,
    /// What people call it.
    pub title: String,
    /// Version of the district's record: send it back when applying.
    pub version: i32,
    /// Version of the package that the district's record was taken over or merged from.
    pub from_version: i32,
    /// Where the model differs from what was taken over.
    pub differences: Vec<Difference>,
}

/// A record that is new in the model.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewInModel {
    /// Its component.
    pub component: ComponentKind,
    /// Its kind.
    #[schema(example = "service")]
    pub kind: String,
    /// Its id in the package.
    pub origin_id: SetupRecordId,
    /// What people would call it here.
    pub title: String,
}

/// A record that the model no longer has.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetiredInModel {
    /// Its kind.
    #[schema(example = "service")]
    pub kind: String,
    /// The district's record.
    pub record_id: SetupRecordId,
    /// Its id in the package.
    pub origin_id: SetupRecordId,
    /// What people call it.
    pub title: String,
    /// Version of the district's record: send it back when applying.
    pub version: i32,
}

/// Everything that an update is decided on.
#[derive(Debug)]
pub struct Ground {
    /// The newest version on offer.
    pub package: model_package::Model,
    /// Its document.
    pub document: PackageDocument,
    /// The district's records, archived ones included.
    pub own: Vec<OwnRecord>,
    /// Where they come from.
    pub origins: Origins,
    /// The district's names for the author's.
    pub names: Names,
    /// Components that the district took over.
    pub components: Vec<ComponentKind>,
}

/// A record that was taken over, with its place in the newest version.
#[derive(Debug)]
pub struct Followed<'a> {
    /// Its kind.
    pub kind: &'static Kind,
    /// The district's.
    pub own: &'a OwnRecord,
    /// Where it comes from.
    pub origin: &'a setup_origin::Model,
    /// The content in the newest version, with the district's names and ids; `None` when the model no longer has it.
    pub theirs: Option<Document>,
}

impl Ground {
    /// Reads what an update of this package stands on; `None` when the district did not take it over, or nothing is on
    /// offer.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(tx: &TenantTx, package: PackageId) -> ApiResult<Option<Self>> {
        let steps = tx
            .find::<package_adoption::Entity>()
            .filter(package_adoption::Column::PackageId.eq(package))
            .filter(package_adoption::Column::UndoneAt.is_null())
            .all(tx)
            .await?;
        let newest = query::newest_offered(tx, package).await?;
        let (Some(package), false) = (newest, steps.is_empty()) else {
            return Ok(None);
        };
        let district = own_district(tx).await?;
        let origins = plan::origins(tx, package.package_id).await?;
        if origins
            .values()
            .any(|origin| origin.package_version > package.package_version)
        {
            // The version that the district stands on was withdrawn since. What was before it is no improvement.
            return Ok(None);
        }
        let document = query::document(&package)?;
        Ok(Some(Self {
            names: Names::between(&document, &district.name, &district.unit_name),
            own: build::own_records(tx, true).await?,
            origins,
            components: components(&steps)?,
            document,
            package,
        }))
    }

    /// Ids of the package by those of the district, for records that are in use here.
    fn targets(&self) -> BTreeMap<SetupRecordId, SetupRecordId> {
        let in_use = |id| self.own.iter().any(|own| own.id == id && !own.archived);
        let origins = self.origins.values().filter(|origin| in_use(origin.record_id));
        origins.map(|origin| (origin.origin_id, origin.record_id)).collect()
    }

    /// The records that the district took over and has in use, and what the model has for them now. What only stands in
    /// for a record of the model is the district's own and follows nothing.
    ///
    /// # Errors
    /// When a content does not fit its kind.
    pub fn followed(&self) -> ApiResult<Vec<Followed<'_>>> {
        let targets = self.targets();
        let mut followed = Vec::new();
        for origin in self.origins.values().filter(|origin| origin.base.is_some()) {
            let own = self.own.iter().find(|own| own.id == origin.record_id && !own.archived);
            let Some((own, kind)) = own.and_then(|own| Some((own, setup::kind(&own.kind)?))) else {
                continue;
            };
            if kind.key == Agency::KEY {
                continue;
            }
            let found = self
                .document
                .records()
                .find(|(_, record)| record.origin_id == origin.origin_id);
            let theirs = match found {
                None => None,
                Some((_, record)) => {
                    let mut content = record.content.clone();
                    self.names.replace(&mut content, &mut BTreeMap::new());
                    Some(plan::linked(kind, (kind.read)(&content.to_string())?, &targets)?)
                }
            };
            followed.push(Followed {
                kind,
                own,
                origin,
                theirs,
            });
        }
        followed.sort_by_key(|one| setup::KINDS.iter().position(|kind| kind.key == one.kind.key));
        Ok(followed)
    }

    /// Records of the newest version that the district has none for, in components that it took over.
    pub fn additions(&self) -> impl Iterator<Item = (&'static Kind, &super::document::PackageRecord)> {
        let is_new = |id| !self.origins.contains_key(&id);
        // Agencies come with whatever mentions them, whichever components were chosen.
        let wanted = |kind: &Kind| kind.key == Agency::KEY || self.components.contains(&kind.component);
        let records = self.document.records();
        records.filter(move |(kind, record)| is_new(record.origin_id) && wanted(kind))
    }
}

/// The components that these steps took over; a step that chose none took all.
fn components(steps: &[package_adoption::Model]) -> ApiResult<Vec<ComponentKind>> {
    let mut all = Vec::new();
    for step in steps.iter().filter(|step| step.step == "adopt") {
        let chosen: Vec<ComponentKind> = serde_json::from_value(step.components.clone()).map_err(ApiError::internal)?;
        all.extend(if chosen.is_empty() {
            ComponentKind::ALL.to_vec()
        } else {
            chosen
        });
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

impl Followed<'_> {
    /// The three-way merge of this record; `None` when the model no longer has it.
    ///
    /// # Errors
    /// When the stored content is no JSON, which only damage explains.
    pub fn merged(&self, decisions: &Decisions) -> ApiResult<Option<Merged>> {
        let (Some(theirs), Some(base)) = (&self.theirs, &self.origin.base) else {
            return Ok(None);
        };
        let mine: Json = serde_json::from_str(&self.own.content).map_err(ApiError::internal)?;
        Ok(Some(merge::merge_with(base, &mine, &theirs.content, decisions)))
    }
}

/// What the newest version of a package changes; `None` when there is nothing to do.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &TenantTx, package: PackageId) -> ApiResult<Option<PackageUpdate>> {
    let Some(ground) = Ground::load(tx, package).await? else {
        return Ok(None);
    };
    let (mut changed, mut retired) = (Vec::new(), Vec::new());
    for one in ground.followed()? {
        match one.merged(&Decisions::new())? {
            None if one.origin.package_version < ground.package.package_version => retired.push(RetiredInModel {
                kind: one.kind.key.to_owned(),
                record_id: one.own.id,
                origin_id: one.origin.origin_id,
                title: one.own.title.clone(),
                version: one.own.version,
            }),
            Some(merged) if !merged.differences.is_empty() => changed.push(UpdatedRecord {
                component: one.kind.component,
                kind: one.kind.key.to_owned(),
                record_id: one.own.id,
                origin_id: one.origin.origin_id,
                title: one.own.title.clone(),
                version: one.own.version,
                from_version: one.origin.package_version,
                differences: merged.differences,
            }),
            _ => {}
        }
    }
    let mut seen = BTreeMap::new();
    let mut new = Vec::new();
    for (kind, record) in ground.additions() {
        let mut title = Json::String(record.title.clone());
        ground.names.replace(&mut title, &mut seen);
        new.push(NewInModel {
            component: kind.component,
            kind: kind.key.to_owned(),
            origin_id: record.origin_id,
            title: title.as_str().unwrap_or_default().to_owned(),
        });
    }
    if changed.is_empty() && new.is_empty() && retired.is_empty() {
        return Ok(None);
    }
    Ok(Some(PackageUpdate {
        package_id: package,
        newest: query::describe(tx, ground.package.id, Viewer::Writer).await?,
        changed,
        new,
        retired,
    }))
}

/// Packages that the district took over, the latest first.
///
/// # Errors
/// When the database refuses.
pub async fn adopted_packages(tx: &TenantTx) -> ApiResult<Vec<PackageId>> {
    let rows = tx
        .find::<package_adoption::Entity>()
        .filter(package_adoption::Column::UndoneAt.is_null())
        .order_by_desc(package_adoption::Column::Id)
        .all(tx)
        .await?;
    let mut packages: Vec<PackageId> = Vec::new();
    for row in rows {
        if !packages.contains(&row.package_id) {
            packages.push(row.package_id);
        }
    }
    Ok(packages)
}
