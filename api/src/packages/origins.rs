//! Where a district's records come from, and whether they are still what was taken over.

use std::collections::BTreeMap;

use actix_web::web::Json;
use chrono::{DateTime, Utc};
use entity::{
    ids::{ModelPackageId, PackageId, SetupRecordId},
    model_package, setup_origin,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::build::{self, OwnRecord};
use crate::{
    auth::{InDistrict, perm},
    endpoints,
    error::{ApiError, ApiResult},
    http::endpoint::Endpoints,
};

/// Where the district's records come from.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageOrigins {
    /// One for each record and package.
    pub items: Vec<PackageOrigin>,
}

/// Where a record comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageOrigin {
    /// The district's record.
    pub record_id: SetupRecordId,
    /// Its kind.
    #[schema(example = "sop")]
    pub kind: String,
    /// The package.
    pub package_id: PackageId,
    /// The version whose content it was taken over from, or merged with last.
    pub model_package_id: ModelPackageId,
    /// Number of that version.
    #[schema(example = 1)]
    pub package_version: i32,
    /// Name of that version.
    #[schema(example = "Model Gowa")]
    pub package_name: String,
    /// What became of it here.
    pub state: PackageOriginState,
    /// When it was taken over, or merged last.
    pub updated_at: DateTime<Utc>,
}

/// What became of a record that has to do with a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PackageOriginState {
    /// Its content is that of the package, with the district's names in it.
    Unchanged,
    /// The district changed it since.
    Changed,
    /// It is the district's own: it stands in for one of the package, or no longer follows it.
    Own,
}

impl PackageOriginState {
    /// Compares what was taken over with what is there.
    fn of(base: Option<&Value>, content: &str) -> ApiResult<Self> {
        let Some(base) = base else {
            return Ok(Self::Own);
        };
        let now: Value = serde_json::from_str(content).map_err(ApiError::internal)?;
        Ok(if now == *base { Self::Unchanged } else { Self::Changed })
    }
}

/// See where the district's records come from
///
/// For every record in use that was taken over from a package or stands in for one of it: which version, and whether it was
/// changed since.
#[utoipa::path(get, path = "/api/v1/districts/{code}/package-origins", tag = "packages",
    responses((status = 200, body = PackageOrigins)))]
async fn list_package_origins(who: InDistrict<perm::SetupRead>) -> ApiResult<Json<PackageOrigins>> {
    let tx = who.tenant().await?;
    let rows = tx.find::<setup_origin::Entity>().all(&tx).await?;
    let packages: Vec<PackageId> = rows.iter().map(|row| row.package_id).collect();
    // Without the documents, which may be megabytes each.
    let versions: Vec<(PackageId, i32, ModelPackageId, String)> = model_package::Entity::find()
        .select_only()
        .columns([
            model_package::Column::PackageId,
            model_package::Column::PackageVersion,
            model_package::Column::Id,
            model_package::Column::Name,
        ])
        .filter(model_package::Column::PackageId.is_in(packages))
        .into_tuple()
        .all(&tx)
        .await?;
    let versions: BTreeMap<(PackageId, i32), (ModelPackageId, String)> = versions
        .into_iter()
        .map(|(package, version, id, name)| ((package, version), (id, name)))
        .collect();
    let own = build::own_records(&tx, false).await?;
    let own: BTreeMap<SetupRecordId, &OwnRecord> = own.iter().map(|record| (record.id, record)).collect();
    let mut items = Vec::new();
    for row in rows {
        let version = versions.get(&(row.package_id, row.package_version));
        let (Some(record), Some((id, name))) = (own.get(&row.record_id), version) else {
            continue;
        };
        items.push(PackageOrigin {
            record_id: row.record_id,
            kind: record.kind.clone(),
            package_id: row.package_id,
            model_package_id: *id,
            package_version: row.package_version,
            package_name: name.clone(),
            state: PackageOriginState::of(row.base.as_ref(), &record.content)?,
            updated_at: row.updated_at,
        });
    }
    Ok(Json(PackageOrigins { items }))
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_package_origins);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_became_of_a_record() {
        let base = json!({ "title": "Rujukan", "steps": [] });
        let state = |base, content| PackageOriginState::of(base, content).ok();
        let same = r#"{ "steps": [], "title": "Rujukan" }"#;
        assert_eq!(state(Some(&base), same), Some(PackageOriginState::Unchanged));
        let changed = r#"{ "steps": [], "title": "Rujukan kami" }"#;
        assert_eq!(state(Some(&base), changed), Some(PackageOriginState::Changed));
        assert_eq!(state(None, same), Some(PackageOriginState::Own));
        assert_eq!(state(Some(&base), "{"), None);
    }
}
