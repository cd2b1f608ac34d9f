//! Reading published packages.

use chrono::{DateTime, Utc};
use entity::{
    ids::{ModelPackageId, PackageId},
    model_package,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    document::{PackageAuthor, PackageCount, PackageDocument, PackageNote, PackageScope},
    viewer::{Adopter, Viewer},
};
use crate::{
    db::{Narrowed, Transaction},
    error::{ApiError, ApiResult, ErrorCode},
};

/// A published version of a model package.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelPackage {
    /// Id of this version.
    pub id: ModelPackageId,
    /// Id of the package, the same for all its versions.
    pub package_id: PackageId,
    /// 1 for the first publication, one more each time.
    #[schema(example = 1)]
    pub package_version: i32,
    /// Its name.
    #[schema(example = "Model Gowa")]
    pub name: String,
    /// Whose it is.
    pub author: PackageAuthor,
    /// It came as a file from another installation.
    pub is_imported: bool,
    /// Version of the national standard in force when it was made.
    pub standard_version: String,
    /// What is new in it.
    pub note: PackageNote,
    /// How many records of each kind.
    pub counts: Vec<PackageCount>,
    /// SHA-256 of its canonical form, in hexadecimal.
    pub content_hash: String,
    /// Fingerprint of the key that signed it.
    pub signer_kid: String,
    /// When it was published or imported here.
    pub published_at: DateTime<Utc>,
    /// Since when it is no longer offered; districts that stand on it keep it.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Districts that took over the package in any version; null in the answer to a district's write, which cannot see them.
    /// Everybody sees how many; whoever neither published the package nor looks after a district sees its name once it is live.
    pub adopters: Option<PackageAdopters>,
    /// Median of what adopters' claimed readiness gained when they took it over, in points of a hundred; null when nobody
    /// did, where `adopters` is, and where it would tell of a district whose figures are not the reader's to know.
    #[schema(value_type = Option<f64>, example = 41.5)]
    pub readiness_gained: Option<f64>,
    /// Counts changes of this row; also the `ETag`.
    #[schema(example = 1)]
    pub version: i32,
}

/// Districts that took over a package.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct PackageAdopters {
    /// How many.
    #[schema(example = 2)]
    pub count: usize,
    /// Their names.
    pub names: Vec<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: ModelPackageId,
    package_id: PackageId,
    package_version: i32,
    name: String,
    author_scope: String,
    author_code: String,
    author_name: String,
    author_unit: String,
    author_district_id: Option<i32>,
    is_imported: bool,
    standard_version: String,
    note_id: String,
    note_en: String,
    counts: serde_json::Value,
    content_hash: String,
    signer_kid: String,
    published_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    adopters: serde_json::Value,
    gained: Option<f64>,
    version: i32,
}

impl Row {
    fn describe(self, viewer: &Viewer) -> ApiResult<ModelPackage> {
        let adopters: Vec<Adopter> = serde_json::from_value(self.adopters).map_err(ApiError::internal)?;
        let gained = self.gained.map(|hundredths| hundredths / 100.0);
        let (adopters, readiness_gained) = viewer.see(self.author_district_id, adopters, gained);
        Ok(ModelPackage {
            id: self.id,
            package_id: self.package_id,
            package_version: self.package_version,
            name: self.name,
            author: PackageAuthor {
                scope: if self.author_scope == PackageScope::Nation.as_str() {
                    PackageScope::Nation
                } else {
                    PackageScope::District
                },
                code: self.author_code,
                name: self.author_name,
                unit_name: self.author_unit,
            },
            is_imported: self.is_imported,
            standard_version: self.standard_version,
            note: PackageNote {
                id: self.note_id,
                en: self.note_en,
            },
            counts: serde_json::from_value(self.counts).map_err(ApiError::internal)?,
            content_hash: self.content_hash,
            signer_kid: self.signer_kid,
            published_at: self.published_at,
            withdrawn_at: self.withdrawn_at,
            adopters,
            readiness_gained,
            version: self.version,
        })
    }
}

/// What a district gained counts once, by the step in which it took the package over; undone steps do not count.
const SELECT: &str = "SELECT p.id, p.package_id, p.package_version, p.name, p.author_scope, p.author_code, p.author_name, \
     p.author_unit, p.author_district_id, p.is_imported, p.standard_version, p.note_id, p.note_en, p.counts, p.content_hash, p.signer_kid, \
     p.published_at, p.withdrawn_at, p.version, coalesce(a.districts, '[]'::json) AS adopters, a.gained \
     FROM model_package p LEFT JOIN LATERAL ( \
       SELECT json_agg(json_build_object('id', d.id, 'name', d.name, 'province', d.province_code, \
           'is_live', d.phase = 'live' AND d.status = 'active') ORDER BY d.name) AS districts, \
         percentile_cont(0.5) WITHIN GROUP (ORDER BY g.gained)::float8 AS gained \
       FROM (SELECT x.district_id, sum(x.claimed_after - x.claimed_before) AS gained FROM package_adoption x \
             WHERE x.package_id = p.package_id AND x.step = 'adopt' AND x.undone_at IS NULL GROUP BY x.district_id) g \
       JOIN district d ON d.id = g.district_id) a ON true";

/// Which packages.
#[derive(Debug, Default)]
pub struct Selection {
    /// One version.
    pub id: Option<ModelPackageId>,
    /// All versions of one package.
    pub package: Option<PackageId>,
    /// Published by this district.
    pub author: Option<entity::ids::DistrictId>,
    /// Only the newest version of each package that is still offered.
    pub offered: bool,
    /// With this text in name or author.
    pub text: Option<String>,
    /// Older than this one.
    pub before: Option<ModelPackageId>,
    /// Who looks.
    pub viewer: Viewer,
}

/// Packages, the newest first, at most `limit`.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &impl Transaction, selection: Selection, limit: u64) -> ApiResult<Vec<ModelPackage>> {
    let mut query = Narrowed::new(format!("{SELECT} WHERE true"), Vec::new());
    if let Some(id) = selection.id {
        query.and("p.id = ?", [id.into()]);
    }
    if let Some(package) = selection.package {
        query.and("p.package_id = ?", [package.into()]);
    }
    if let Some(author) = selection.author {
        query.and("p.author_district_id = ?", [author.into()]);
    }
    if let Some(text) = selection.text {
        query.and(
            "strpos(lower(p.name || ' ' || p.author_name || ' ' || p.author_unit), lower(?)) > 0",
            [text.into()],
        );
    }
    if let Some(before) = selection.before {
        query.and("p.id < ?", [before.into()]);
    }
    if selection.offered {
        query.and(
            "p.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM model_package n WHERE n.package_id = p.package_id \
             AND n.package_version > p.package_version AND n.withdrawn_at IS NULL)",
            [],
        );
    }
    let rows = query.first::<Row>(tx, "p.id DESC", limit).await?;
    rows.into_iter().map(|row| row.describe(&selection.viewer)).collect()
}

/// One version as people see it.
///
/// # Errors
/// 404 when there is none.
pub async fn describe(tx: &impl Transaction, id: ModelPackageId, viewer: Viewer) -> ApiResult<ModelPackage> {
    let selection = Selection {
        id: Some(id),
        viewer,
        ..Selection::default()
    };
    let found = list(tx, selection, 1).await?.pop();
    found.ok_or_else(|| ErrorCode::NotFound.into())
}

/// One version as it is kept.
///
/// # Errors
/// 404 when there is none.
pub async fn find(tx: &impl ConnectionTrait, id: ModelPackageId) -> ApiResult<model_package::Model> {
    let row = model_package::Entity::find_by_id(id).one(tx).await?;
    row.ok_or_else(|| ErrorCode::NotFound.into())
}

/// As [`find`], for somebody who looks at the catalogue: what was withdrawn, perhaps because it was published by mistake, exists
/// for those only who have a part in the package.
///
/// # Errors
/// 404 when there is none for this viewer.
pub async fn find_for(
    tx: &impl ConnectionTrait,
    id: ModelPackageId,
    viewer: &Viewer,
) -> ApiResult<model_package::Model> {
    let row = find(tx, id).await?;
    if row.withdrawn_at.is_none() || viewer.is_party(tx, &row).await? {
        Ok(row)
    } else {
        Err(ErrorCode::NotFound.into())
    }
}

/// The newest version of a package, withdrawn ones included.
///
/// # Errors
/// When the database refuses.
pub async fn newest(tx: &impl ConnectionTrait, package: PackageId) -> ApiResult<Option<model_package::Model>> {
    let select = model_package::Entity::find()
        .filter(model_package::Column::PackageId.eq(package))
        .order_by_desc(model_package::Column::PackageVersion);
    Ok(select.one(tx).await?)
}

/// The newest version of a package that is on offer.
///
/// # Errors
/// When the database refuses.
pub async fn newest_offered(tx: &impl ConnectionTrait, package: PackageId) -> ApiResult<Option<model_package::Model>> {
    let select = model_package::Entity::find()
        .filter(model_package::Column::PackageId.eq(package))
        .filter(model_package::Column::WithdrawnAt.is_null())
        .order_by_desc(model_package::Column::PackageVersion);
    Ok(select.one(tx).await?)
}

/// The document of a stored version.
///
/// # Errors
/// When it cannot be read, which only damage to the database explains.
pub fn document(row: &model_package::Model) -> ApiResult<PackageDocument> {
    serde_json::from_str(&row.document).map_err(ApiError::internal)
}
