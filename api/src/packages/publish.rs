//! Publishing a district's setup as a package.

use actix_web::{HttpResponse, web::Json};
use chrono::{SubsecRound, Utc};
use entity::{
    ids::{DistrictId, ModelPackageId, PackageId, SetupRecordId},
    model_package,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, Statement};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{
    build::{self, OwnRecord, Suspect},
    canonical::canonical,
    document::{
        FORMAT, PackageAuthor, PackageComponents, PackageCount, PackageDocument, PackageNote, PackageScope,
        SCHEMA_VERSION,
    },
    parse,
    query::{self, ModelPackage, Selection},
    sign::PackageKeys,
    viewer::Viewer,
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    districts::own_district,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, IfMatch, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once, problem::Problem,
    },
    readiness::{self, ComponentKind},
    setup::{self, kind::Kind, store},
};

/// What to publish, and under which name.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageDraft {
    /// Its name.
    #[schema(example = "Model layanan daerah")]
    pub name: String,
    /// The package of which this is the next version; null for a new one.
    #[serde(default)]
    pub package_id: Option<PackageId>,
    /// Components to publish.
    #[schema(example = json!(["work_mechanism", "service_range"]))]
    pub components: Vec<ComponentKind>,
    /// What is new in it.
    #[serde(default)]
    pub note: PackageNote,
    /// `content_hash` of the preview that somebody looked at: publishing is refused when something else would leave by now.
    #[serde(default)]
    pub preview_hash: Option<String>,
}

/// What would leave the district: exactly this, and nothing else.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackagePreview {
    /// The document as it would be published, without hash and signature.
    pub document: PackageDocument,
    /// Fingerprint of what leaves; `preview_hash` of the draft that publishes just this.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub content_hash: String,
    /// How many records of each kind leave.
    pub counts: Vec<PackageCount>,
    /// How many records of each kind in the chosen components stay: people, contacts, agreements, replaced SOPs.
    pub staying: Vec<PackageCount>,
    /// Texts that look like a phone number, an email address or a personal number. They must be changed before publishing.
    pub suspects: Vec<PackageSuspect>,
}

/// A text that looks personal.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageSuspect {
    /// The kind of the record.
    #[schema(example = "sop")]
    pub kind: String,
    /// The district's record.
    pub record_id: SetupRecordId,
    /// What people call it.
    pub title: String,
    /// Path of the field in its content.
    #[schema(example = "steps.0.note")]
    pub field: String,
}

impl From<Suspect> for PackageSuspect {
    fn from(suspect: Suspect) -> Self {
        Self {
            kind: suspect.kind.to_owned(),
            record_id: suspect.origin_id,
            title: suspect.title,
            field: suspect.field,
        }
    }
}

fn check_draft(draft: &mut PackageDraft) -> ApiResult<()> {
    let mut checks = Checks::new();
    draft.name = checks.name("name", &draft.name, 120);
    draft.note.id = checks.paragraph("note.id", &draft.note.id, 2_000);
    draft.note.en = checks.paragraph("note.en", &draft.note.en, 2_000);
    build::check_words(&mut checks, "name", &draft.name);
    build::check_words(&mut checks, "note.id", &draft.note.id);
    build::check_words(&mut checks, "note.en", &draft.note.en);
    draft.components.sort_unstable();
    draft.components.dedup();
    checks.ensure(
        !draft.components.is_empty(),
        "components",
        "required",
        Text::fixed("Pilih sedikitnya satu komponen.", "Choose at least one component."),
    );
    checks.finish()
}

/// The version of this package that this district published last.
async fn last_version(tx: &TenantTx, package: PackageId) -> ApiResult<model_package::Model> {
    let newest = query::newest(tx, package).await?;
    newest
        .filter(|row| row.author_district_id == Some(tx.district_id()))
        .ok_or_else(|| {
            ApiError::invalid(vec![FieldError {
                field: "package_id".to_owned(),
                code: "not_found",
                message: Text::fixed(
                    "Daerah ini tidak menerbitkan paket tersebut.",
                    "This district did not publish that package.",
                ),
            }])
        })
}

/// The document of a draft, not yet signed, and the version before it.
async fn draw_up(
    tx: &TenantTx,
    draft: PackageDraft,
    records: &[OwnRecord],
) -> ApiResult<(PackageDocument, Option<model_package::Model>)> {
    let district = own_district(tx).await?;
    let last = match draft.package_id {
        Some(package) => Some(last_version(tx, package).await?),
        None => None,
    };
    let standard = readiness::standards::current(tx, readiness::query::today(tx).await?).await?;
    let document = PackageDocument {
        format: FORMAT.to_owned(),
        schema_version: SCHEMA_VERSION,
        package_id: draft.package_id.unwrap_or_else(PackageId::generate),
        name: draft.name,
        version: last.as_ref().map_or(1, |last| last.package_version + 1),
        author: PackageAuthor {
            scope: PackageScope::District,
            code: district.code,
            name: district.name,
            unit_name: district.unit_name,
        },
        taken_from: None,
        standard_version: standard.version.clone(),
        created_at: Utc::now().trunc_subsecs(0),
        note: draft.note,
        components: build::components(records, &draft.components)?,
        content_hash: String::new(),
        signature: None,
    };
    Ok((document, last))
}

/// How many records of each kind do not leave.
fn staying(records: &[OwnRecord], components: &PackageComponents, chosen: &[ComponentKind]) -> Vec<PackageCount> {
    let leaving = |kind: &Kind| {
        let kinds = components.get(kind.component.slug());
        kinds.and_then(|kinds| kinds.get(kind.key)).map_or(0, Vec::len)
    };
    let count = |kind: &Kind| PackageCount {
        component: kind.component,
        kind: kind.key.to_owned(),
        records: records.iter().filter(|record| record.kind == kind.key).count() - leaving(kind),
    };
    let kinds = setup::KINDS.iter().filter(|kind| chosen.contains(&kind.component));
    kinds.map(count).filter(|count| count.records > 0).collect()
}

/// See exactly what would leave the district
///
/// Nothing is published. People, phone numbers, addresses, numbers and dates of documents, files and notes never leave;
/// agencies leave as their kinds.
#[utoipa::path(post, path = "/api/v1/districts/{code}/packages/preview", tag = "packages",
    request_body = PackageDraft, responses((status = 200, body = PackagePreview)))]
async fn preview_package(
    who: InDistrict<perm::PackagesPublish>,
    body: Body<PackageDraft>,
) -> ApiResult<Json<PackagePreview>> {
    let mut draft = body.value;
    check_draft(&mut draft)?;
    let tx = who.tenant().await?;
    let records = build::own_records(&tx, false).await?;
    let chosen = draft.components.clone();
    let (document, _) = draw_up(&tx, draft, &records).await?;
    let suspects = build::suspects(&document.components);
    Ok(Json(PackagePreview {
        content_hash: fingerprint(&document.components)?,
        counts: document.counts(),
        staying: staying(&records, &document.components, &chosen),
        suspects: suspects.into_iter().map(Into::into).collect(),
        document,
    }))
}

/// One text for the same content, whenever and under whichever name it is published.
fn fingerprint(components: &PackageComponents) -> ApiResult<String> {
    let components = serde_json::to_value(components).map_err(ApiError::internal)?;
    Ok(hex::encode(Sha256::digest(canonical(&components).as_bytes())))
}

/// Refuses to publish what nobody looked at: colleagues may have changed the setup since the preview.
fn check_previewed(document: &PackageDocument, preview_hash: Option<&str>) -> ApiResult<()> {
    let Some(seen) = preview_hash else {
        return Ok(());
    };
    if fingerprint(&document.components)? == seen {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::Stale).detail(Text::fixed(
        "Data daerah berubah sejak pratinjau dibuat. Lihat kembali apa yang akan keluar, lalu terbitkan.",
        "The district's setup changed since the preview. Look again at what would leave, then publish.",
    )))
}

/// Refuses what the preview warns of, and what would be no package.
fn check_publishable(document: &PackageDocument, last: Option<&model_package::Model>) -> ApiResult<()> {
    let suspects = build::suspects(&document.components);
    if !suspects.is_empty() {
        let error = |suspect: Suspect| FieldError {
            field: format!("{}.{}.{}", suspect.kind, suspect.origin_id, suspect.field),
            code: "looks_personal",
            message: Text::new(
                format!(
                    "“{}” memuat teks seperti nomor telepon, surel, atau nomor induk. Hapus dahulu.",
                    suspect.title
                ),
                format!(
                    "“{}” holds text like a phone number, an email or a personal number. Remove it first.",
                    suspect.title
                ),
            ),
        };
        return Err(ApiError::invalid(suspects.into_iter().take(50).map(error).collect()));
    }
    if document.counts().is_empty() {
        return Err(ApiError::invalid(vec![FieldError {
            field: "components".to_owned(),
            code: "empty",
            message: Text::fixed(
                "Belum ada data yang dapat diterbitkan di komponen ini.",
                "There is nothing to publish in these components yet.",
            ),
        }]));
    }
    let before = last.map(query::document).transpose()?;
    if before.is_some_and(|before| before.components == document.components && before.name == document.name) {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Tidak ada yang berubah sejak versi terakhir.",
            "Nothing has changed since the last version.",
        )));
    }
    Ok(())
}

/// Signs a document and makes its row.
///
/// # Errors
/// 413 when it is larger than what anybody could import.
pub fn seal(
    keys: &PackageKeys,
    mut document: PackageDocument,
    published_by: &str,
) -> ApiResult<model_package::ActiveModel> {
    keys.sign(&mut document)?;
    row(&document, published_by)
}

/// The row of a signed document.
///
/// # Errors
/// 413 when it is larger than what anybody could import.
pub fn row(document: &PackageDocument, published_by: &str) -> ApiResult<model_package::ActiveModel> {
    let text = document.to_text()?;
    if text.len() > parse::MEGABYTES << 20 {
        return Err(parse::too_large(parse::MEGABYTES));
    }
    let signer = document.signature.as_ref().map(|signature| signature.kid.clone());
    let author = &document.author;
    Ok(model_package::ActiveModel {
        id: Set(ModelPackageId::generate()),
        package_id: Set(document.package_id),
        package_version: Set(document.version),
        name: Set(document.name.clone()),
        author_scope: Set(author.scope.as_str().to_owned()),
        author_code: Set(author.code.clone()),
        author_name: Set(author.name.clone()),
        author_unit: Set(author.unit_name.clone()),
        author_district_id: Set(None),
        is_imported: Set(false),
        standard_version: Set(document.standard_version.clone()),
        note_id: Set(document.note.id.clone()),
        note_en: Set(document.note.en.clone()),
        counts: Set(serde_json::to_value(document.counts()).map_err(ApiError::internal)?),
        document: Set(text),
        content_hash: Set(document.content_hash.clone()),
        signer_kid: Set(signer.unwrap_or_default()),
        published_at: Set(Utc::now()),
        published_by_name: Set(published_by.to_owned()),
        withdrawn_at: Set(None),
        version: Set(1),
    })
}

/// What the audit trail keeps of a package: which one it is; its content is in its row.
///
/// # Errors
/// When the row cannot be read back.
pub fn event(action: &'static str, package: &ModelPackage) -> Change {
    Change::of(action, "model_package", package.id).after(serde_json::json!({
        "package_id": package.package_id, "package_version": package.package_version, "name": package.name,
        "counts": package.counts, "content_hash": package.content_hash, "signer_kid": package.signer_kid,
    }))
}

/// Publish the district's setup as a package
///
/// Every district and the ministry can read it from then on. With `package_id` it is the next version of that package.
#[utoipa::path(post, path = "/api/v1/districts/{code}/packages", tag = "packages", request_body = PackageDraft,
    responses((status = 201, body = ModelPackage),
        (status = 409, description = "The district is not live, or nothing changed since the last version", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Something else would leave by now than the preview showed", body = Problem, content_type = "application/problem+json")))]
async fn publish_package(
    who: InDistrict<perm::PackagesPublish>,
    key: IdempotencyKey,
    body: Body<PackageDraft>,
) -> ApiResult<HttpResponse> {
    let mut draft = body.value;
    check_draft(&mut draft)?;
    let keys = &who.app().shared.package_keys;
    create_once(who.tenant().await?, "publish_package", key, body.hash, async |tx| {
        let value = publish(tx, keys, draft).await?;
        Ok(Created {
            version: Some(value.version),
            value,
        })
    })
    .await
}

/// Publishes a checked draft and tells the audit trail.
///
/// # Errors
/// 409 when the district is not live or nothing changed, 412 when something else would leave than the preview showed, 422 when
/// a text looks personal or nothing would leave.
pub async fn publish(tx: &TenantTx, keys: &PackageKeys, draft: PackageDraft) -> ApiResult<ModelPackage> {
    store::take_turn(tx).await?;
    refuse_unless_live(tx).await?;
    let records = build::own_records(tx, false).await?;
    let looked_at = draft.preview_hash.clone();
    let (document, last) = draw_up(tx, draft, &records).await?;
    check_previewed(&document, looked_at.as_deref())?;
    check_publishable(&document, last.as_ref())?;
    let mut row = seal(keys, document, &tx.origin().actor_name)?;
    row.author_district_id = Set(Some(tx.district_id()));
    let id = row.insert(tx).await?.id;
    let value = query::describe(tx, id, Viewer::Writer).await?;
    audit::record(tx, event("publish", &value)).await?;
    Ok(value)
}

async fn refuse_unless_live(tx: &TenantTx) -> ApiResult<()> {
    if own_district(tx).await?.phase == "live" {
        return Ok(());
    }
    Err(ErrorCode::NotLive.into())
}

/// List the packages that the district published
#[utoipa::path(get, path = "/api/v1/districts/{code}/packages", tag = "packages", params(PageQuery),
    responses((status = 200, body = Page<ModelPackage>)))]
async fn list_own_packages(
    who: InDistrict<perm::PackagesPublish>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<ModelPackage>>> {
    let limit = page.limit()?;
    let selection = Selection {
        author: Some(who.district_id()),
        before: page.after()?,
        viewer: Viewer::of(&who.signed_in.access),
        ..Selection::default()
    };
    // Not the tenant's: adopters are other districts.
    let tx = who.signed_in.system().await?;
    let rows = query::list(&tx, selection, limit + 1).await?;
    Ok(Json(Page::of(rows, limit, |row| row.id, |row| row)))
}

/// The id in a path.
#[derive(Debug, Deserialize)]
pub struct PackagePath {
    /// Of one version.
    pub model_package_id: ModelPackageId,
}

/// Stop offering a version of a package
///
/// Districts that took it over keep what they have.
#[utoipa::path(post, path = "/api/v1/districts/{code}/packages/{model_package_id}/withdraw", tag = "packages",
    responses((status = 200, body = ModelPackage)))]
async fn withdraw_package(
    who: InDistrict<perm::PackagesPublish>,
    Path(path): Path<PackagePath>,
    version: IfMatch,
) -> ApiResult<Tagged<ModelPackage>> {
    let tx = who.tenant().await?;
    withdraw(tx, path.model_package_id, version, Some(who.district_id())).await
}

/// Withdraws a version of this author; `None` is the ministry, which also answers for imported packages.
///
/// # Errors
/// 404 when it is somebody else's, 412 when it changed meanwhile.
pub async fn withdraw<X: Transaction>(
    tx: X,
    id: ModelPackageId,
    version: IfMatch,
    author: Option<DistrictId>,
) -> ApiResult<Tagged<ModelPackage>> {
    let viewer = author.map_or(Viewer::Nation, |_| Viewer::Writer);
    let lock = "SELECT 1 FROM model_package WHERE id = $1 AND author_district_id IS NOT DISTINCT FROM $2 FOR UPDATE";
    let values = [id.into(), author.map(|id| id.0).into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), lock, values);
    if tx.query_one_raw(statement).await?.is_none() {
        return Err(ErrorCode::NotFound.into());
    }
    let row = query::find(&tx, id).await?;
    if row.version != version.0 {
        return Err(ApiError::new(ErrorCode::Stale).current(query::describe(&tx, id, viewer.clone()).await?));
    }
    if row.withdrawn_at.is_none() {
        let next = row.version + 1;
        let mut row = row.into_active_model();
        row.withdrawn_at = Set(Some(Utc::now()));
        row.version = Set(next);
        row.update(&tx).await?;
        audit::record(&tx, Change::of("withdraw", "model_package", id)).await?;
    }
    let value = query::describe(&tx, id, viewer.clone()).await?;
    tx.commit().await?;
    Ok(Tagged {
        version: value.version,
        value,
    })
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        preview_package,
        publish_package,
        list_own_packages,
        withdraw_package
    );
}
