//! The catalogue of packages, for everybody who is signed in.

use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::Json,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    document::PackageDocument,
    publish::PackagePath,
    query::{self, ModelPackage, Selection},
    sign::thumbprint,
    viewer::Viewer,
};
use crate::{
    auth::{Public, SignedIn},
    endpoints,
    error::{ApiResult, Text},
    http::{Checks, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints},
    system::health::{JsonWebKey, JsonWebKeySet},
};

/// Which packages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PackageFilter {
    /// Only with this text in name, author or unit.
    #[param(max_length = 100)]
    pub q: Option<String>,
}

/// List the packages on offer
///
/// The newest version of each, with its adopters and what their readiness gained.
#[utoipa::path(get, path = "/api/v1/packages", tag = "packages", params(PackageFilter, PageQuery),
    responses((status = 200, body = Page<ModelPackage>)))]
async fn list_packages(
    who: SignedIn,
    Query(filter): Query<PackageFilter>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<ModelPackage>>> {
    let limit = page.limit()?;
    let text = filter.q.map(|q| q.trim().to_owned()).filter(|q| !q.is_empty());
    let mut checks = Checks::new();
    checks.ensure(
        text.as_deref()
            .is_none_or(|q| q.chars().count() <= 100 && !q.contains('\0')),
        "q",
        "too_long",
        Text::fixed(
            "Cari dengan paling banyak 100 karakter.",
            "Search with at most 100 characters.",
        ),
    );
    checks.finish()?;
    let selection = Selection {
        offered: true,
        text,
        before: page.after()?,
        viewer: Viewer::of(&who.access),
        ..Selection::default()
    };
    let tx = who.system().await?;
    let rows = query::list(&tx, selection, limit + 1).await?;
    Ok(Json(Page::of(rows, limit, |row| row.id, |row| row)))
}

/// See one version of a package
///
/// One that was withdrawn shows to the ministry, to whoever published the package and to districts that took it over.
#[utoipa::path(get, path = "/api/v1/packages/{model_package_id}", tag = "packages",
    responses((status = 200, body = ModelPackage)))]
async fn get_package(who: SignedIn, Path(path): Path<PackagePath>) -> ApiResult<Tagged<ModelPackage>> {
    let tx = who.system().await?;
    let viewer = Viewer::of(&who.access);
    query::find_for(&tx, path.model_package_id, &viewer).await?;
    let value = query::describe(&tx, path.model_package_id, viewer).await?;
    Ok(Tagged {
        version: value.version,
        value,
    })
}

/// A version of a package among the others.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageVersions {
    /// The versions, the newest first, at most 200.
    pub items: Vec<ModelPackage>,
}

/// List the versions of a package, the newest first
#[utoipa::path(get, path = "/api/v1/packages/{model_package_id}/versions", tag = "packages",
    responses((status = 200, body = PackageVersions)))]
async fn list_package_versions(who: SignedIn, Path(path): Path<PackagePath>) -> ApiResult<Json<PackageVersions>> {
    let tx = who.system().await?;
    let viewer = Viewer::of(&who.access);
    let row = query::find_for(&tx, path.model_package_id, &viewer).await?;
    let sees_withdrawn = viewer.is_party(&tx, &row).await?;
    let selection = Selection {
        package: Some(row.package_id),
        viewer,
        ..Selection::default()
    };
    let mut items = query::list(&tx, selection, 200).await?;
    items.retain(|version| sees_withdrawn || version.withdrawn_at.is_none());
    Ok(Json(PackageVersions { items }))
}

/// Download a package
///
/// The canonical document with its hash and signature, to be imported on another installation. `satupintu package
/// verify` checks it.
#[utoipa::path(get, path = "/api/v1/packages/{model_package_id}/document", tag = "packages",
    responses((status = 200, body = PackageDocument)))]
async fn get_package_document(who: SignedIn, Path(path): Path<PackagePath>) -> ApiResult<HttpResponse> {
    let tx = who.system().await?;
    let row = query::find_for(&tx, path.model_package_id, &Viewer::of(&who.access)).await?;
    let name = format!("paket-{}-v{}.json", row.package_id, row.package_version);
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    };
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(row.document))
}

/// Get the keys that sign packages of this installation
///
/// `kid` is the fingerprint to compare before importing a package elsewhere.
#[utoipa::path(get, path = "/api/v1/packages/jwks.json", tag = "packages", responses((status = 200, body = JsonWebKeySet)))]
async fn get_package_keys(who: Public) -> Json<JsonWebKeySet> {
    let keys = who.app.shared.package_keys.public().iter().map(|public| JsonWebKey {
        kty: "OKP".into(),
        crv: "Ed25519".into(),
        alg: "EdDSA".into(),
        usage: "sig".into(),
        kid: thumbprint(public),
        x: URL_SAFE_NO_PAD.encode(public),
    });
    Json(JsonWebKeySet { keys: keys.collect() })
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        get_package_keys,
        list_packages,
        get_package,
        list_package_versions,
        get_package_document
    );
}
