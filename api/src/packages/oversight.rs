//! Packages of the ministry, and packages from other installations.

use actix_web::HttpResponse;
use chrono::{SubsecRound, Utc};
use entity::ids::{ModelPackageId, PackageId};
use sea_orm::ActiveModelTrait;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    build,
    document::{FORMAT, PackageAuthor, PackageDocument, PackageNote, PackageScope, SCHEMA_VERSION},
    narrow,
    parse::{self, Package},
    publish::{self, PackagePath},
    query::{self, ModelPackage},
    upload::JsonFile,
    viewer::Viewer,
};
use crate::{
    app::Shared,
    audit,
    auth::{Oversight, guard::Reach, perm},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, IfMatch, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once, problem::Problem,
    },
    readiness::ComponentKind,
};

/// Whose name stands on the ministry's packages.
const MINISTRY: &str = "Kementerian Sosial";

/// What the importer knows about the signer.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PackageImportQuery {
    /// The fingerprint of the key that signed the package, as its publisher told you. Not needed for signers that the
    /// installation's settings list, nor for its own.
    pub fingerprint: Option<String>,
}

/// Only the ministry decides what every district is offered; provinces do not.
fn nation_only(reach: &Reach) -> ApiResult<()> {
    match reach {
        Reach::Nation => Ok(()),
        Reach::Provinces(_) => Err(ErrorCode::Forbidden.into()),
    }
}

/// Decides whether the signer of a package is known here.
///
/// # Errors
/// 409 with the fingerprint to compare when it is not.
pub fn check_trust(shared: &Shared, package: &Package, confirmed: Option<&str>) -> ApiResult<()> {
    let kid = package.kid.as_str();
    let listed = shared.config.trusted_package_keys.iter().any(|known| known == kid);
    if listed || shared.package_keys.has(kid) || confirmed.map(str::trim) == Some(kid) {
        return Ok(());
    }
    let author = &package.document.author.name;
    Err(ApiError::new(ErrorCode::PackageUntrusted)
        .detail(Text::new(
            format!("Sidik kunci penanda tangan (atas nama {author}): {kid}"),
            format!("Fingerprint of the signer (in the name of {author}): {kid}"),
        ))
        .current(serde_json::json!({ "signer_kid": kid, "author": package.document.author })))
}

/// Adds a package of another installation to the catalogue.
///
/// # Errors
/// 409 when this version is here already with another content.
pub async fn keep_imported(tx: &SystemTx, package: Package) -> ApiResult<ModelPackage> {
    let document = package.document;
    let conflict = |id, en| Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(id, en)));
    if let Some(newest) = query::newest(tx, document.package_id).await? {
        if !newest.is_imported {
            return conflict(
                "Paket ini diterbitkan di instalasi ini sendiri.",
                "This package was published on this installation itself.",
            );
        }
        // Whoever began a package continues it: nobody else may send a next version of it.
        if newest.signer_kid != package.kid {
            return conflict(
                "Versi sebelumnya ditandatangani kunci lain.",
                "The version before it was signed with another key.",
            );
        }
        if newest.package_version >= document.version {
            return conflict(
                "Versi ini atau yang lebih baru sudah ada.",
                "This version or a newer one is here already.",
            );
        }
    }
    let mut row = publish::row(&document, &tx.origin().actor_name)?;
    row.is_imported = sea_orm::ActiveValue::Set(true);
    let id = row.insert(tx).await?.id;
    let value = query::describe(tx, id, Viewer::Nation).await?;
    audit::record(tx, publish::event("import", &value)).await?;
    Ok(value)
}

/// Import a package from another installation
///
/// Hash, signature, size, nesting and every record are checked. A signer that is not known here needs its fingerprint:
/// the answer 409 names it, to be compared with what the publisher says.
#[utoipa::path(post, path = "/api/v1/oversight/packages/import", tag = "packages", params(PackageImportQuery),
    request_body(content = PackageDocument, content_type = "application/json"),
    responses((status = 201, body = ModelPackage),
        (status = 409, description = "The signer is not known here (`package_untrusted`), or the version is here already", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The file is too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not a package, altered, of a newer schema, too deep, too many records, unknown kinds, circles", body = Problem, content_type = "application/problem+json")))]
async fn import_package(
    who: Oversight<perm::PackagesManage>,
    Query(query): Query<PackageImportQuery>,
    key: IdempotencyKey,
    file: JsonFile<{ parse::MEGABYTES }>,
) -> ApiResult<HttpResponse> {
    nation_only(&who.reach)?;
    let package = parse::parse(&file.bytes)?;
    check_trust(&who.app().shared, &package, query.fingerprint.as_deref())?;
    create_once(who.system().await?, "import_package", key, file.hash, async |tx| {
        let value = keep_imported(tx, package).await?;
        Ok(Created {
            version: Some(value.version),
            value,
        })
    })
    .await
}

/// What the ministry publishes, out of a package that is here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NationalPackageDraft {
    /// The package to take it from.
    pub source: ModelPackageId,
    /// The ministry's package of which this is the next version; null for a new one.
    #[serde(default)]
    pub package_id: Option<PackageId>,
    /// Its name.
    #[schema(example = "Model nasional")]
    pub name: String,
    /// Components to take; empty for all.
    #[serde(default)]
    pub components: Vec<ComponentKind>,
    /// What is new in it.
    #[serde(default)]
    pub note: PackageNote,
}

/// Publish a package of the ministry, taken from a district's
#[utoipa::path(post, path = "/api/v1/oversight/packages", tag = "packages", request_body = NationalPackageDraft,
    responses((status = 201, body = ModelPackage)))]
async fn publish_national_package(
    who: Oversight<perm::PackagesManage>,
    key: IdempotencyKey,
    body: Body<NationalPackageDraft>,
) -> ApiResult<HttpResponse> {
    nation_only(&who.reach)?;
    let mut draft = body.value;
    let mut checks = Checks::new();
    draft.name = checks.name("name", &draft.name, 120);
    draft.note.id = checks.paragraph("note.id", &draft.note.id, 2_000);
    draft.note.en = checks.paragraph("note.en", &draft.note.en, 2_000);
    build::check_words(&mut checks, "name", &draft.name);
    build::check_words(&mut checks, "note.id", &draft.note.id);
    build::check_words(&mut checks, "note.en", &draft.note.en);
    checks.finish()?;
    let keys = &who.app().shared.package_keys;
    let tx = who.system().await?;
    create_once(tx, "publish_national_package", key, body.hash, async |tx| {
        let source = query::document(&query::find(tx, draft.source).await?)?;
        let last = match draft.package_id {
            Some(package) => Some(national_version(tx, package).await?),
            None => None,
        };
        let document = PackageDocument {
            format: FORMAT.to_owned(),
            schema_version: SCHEMA_VERSION,
            package_id: draft.package_id.unwrap_or_else(PackageId::generate),
            name: draft.name,
            version: last.map_or(1, |last| last + 1),
            author: PackageAuthor {
                scope: PackageScope::Nation,
                code: String::new(),
                name: MINISTRY.to_owned(),
                unit_name: String::new(),
            },
            taken_from: Some(source.taken_from.clone().unwrap_or_else(|| source.author.clone())),
            created_at: Utc::now().trunc_subsecs(0),
            note: draft.note,
            components: narrow::to(&source.components, &draft.components)?,
            content_hash: String::new(),
            signature: None,
            ..source
        };
        let row = publish::seal(keys, document, &tx.origin().actor_name)?;
        let id = row.insert(tx).await?.id;
        let value = query::describe(tx, id, Viewer::Nation).await?;
        audit::record(tx, publish::event("publish", &value)).await?;
        Ok(Created {
            version: Some(value.version),
            value,
        })
    })
    .await
}

/// The version of this package that the ministry published last.
async fn national_version(tx: &SystemTx, package: PackageId) -> ApiResult<i32> {
    let newest = query::newest(tx, package).await?;
    let own = newest.filter(|row| row.author_scope == PackageScope::Nation.as_str() && !row.is_imported);
    own.map(|row| row.package_version).ok_or_else(|| {
        ApiError::invalid(vec![FieldError {
            field: "package_id".to_owned(),
            code: "not_found",
            message: Text::fixed(
                "Kementerian tidak menerbitkan paket tersebut di sini.",
                "The ministry did not publish that package here.",
            ),
        }])
    })
}

/// Stop offering a package of the ministry or an imported one
#[utoipa::path(post, path = "/api/v1/oversight/packages/{model_package_id}/withdraw", tag = "packages",
    responses((status = 200, body = ModelPackage)))]
async fn withdraw_national_package(
    who: Oversight<perm::PackagesManage>,
    Path(path): Path<PackagePath>,
    version: IfMatch,
) -> ApiResult<Tagged<ModelPackage>> {
    nation_only(&who.reach)?;
    publish::withdraw(who.system().await?, path.model_package_id, version, None).await
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        import_package,
        publish_national_package,
        withdraw_national_package
    );
}
