//! Evidence: documents that a district shows for items of the standard, and what reviewers say to them.

use actix_web::{HttpResponse, web::Json};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entity::{evidence, ids::*};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Standard, query, situation, standards, view::find_item};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, IfMatch, NoContent, Page, PageQuery, Path, Query, Tagged,
        endpoint::Endpoints, idempotency::create_once, problem::Problem,
    },
    setup::store,
};

/// A document that a district shows for an item.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// Code of the item.
    #[schema(example = "REG-1")]
    pub item_code: String,
    /// Version of the standard when it was submitted.
    #[schema(example = "1.0")]
    pub standard_version: String,
    /// Kind of document.
    #[schema(example = "regent_regulation")]
    pub kind: String,
    /// The uploaded file; without one it is a draft that no reviewer can verify.
    pub file_id: Option<FileObjectId>,
    /// The setup record that it belongs to, such as the entry in the register of legal instruments.
    pub record_id: Option<SetupRecordId>,
    /// What it is called.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub document_date: Option<NaiveDate>,
    /// Last day on which it is valid, when it says so.
    pub valid_until: Option<NaiveDate>,
    /// A note for the reviewer.
    pub note: String,
    /// `submitted`, `verified`, `returned` or `withdrawn`.
    #[schema(example = "submitted")]
    pub status: String,
    /// What the reviewer said.
    pub review_comment: String,
    /// The reviewer's name.
    pub reviewed_by_name: Option<String>,
    /// When it was reviewed.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// Who submitted it.
    pub submitted_by: AccountId,
    /// That person's name.
    pub submitted_by_name: String,
    /// When it was submitted last.
    pub submitted_at: DateTime<Utc>,
    /// The version, also the `ETag`.
    pub version: i32,
}

impl From<evidence::Model> for Evidence {
    fn from(row: evidence::Model) -> Self {
        Self {
            id: row.id,
            item_code: row.item_code,
            standard_version: row.standard_version,
            kind: row.kind,
            file_id: row.file_id,
            record_id: row.record_id,
            title: row.title,
            number: row.number,
            document_date: row.document_date,
            valid_until: row.valid_until,
            note: row.note,
            status: row.status,
            review_comment: row.review_comment,
            reviewed_by_name: row.reviewed_by_name,
            reviewed_at: row.reviewed_at,
            submitted_by: row.submitted_by,
            submitted_by_name: row.submitted_by_name,
            submitted_at: row.submitted_at,
            version: row.version,
        }
    }
}

/// What is shown for which item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceCreate {
    /// Code of the item.
    #[schema(example = "REG-1")]
    pub item_code: String,
    /// Kind of document: one that the item accepts.
    #[schema(example = "regent_regulation")]
    pub kind: String,
    /// What it is called.
    #[schema(example = "Peraturan Bupati tentang PKSAI")]
    pub title: String,
    /// Its number.
    #[serde(default)]
    pub number: String,
    /// Its date; needed where the standard lets evidence age.
    pub document_date: Option<NaiveDate>,
    /// Last day on which it is valid, when it says so.
    pub valid_until: Option<NaiveDate>,
    /// A note for the reviewer.
    #[serde(default)]
    pub note: String,
    /// The uploaded file.
    pub file_id: Option<FileObjectId>,
    /// The setup record that it belongs to.
    pub record_id: Option<SetupRecordId>,
}

/// The document, as a whole: what is left out is emptied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceUpdate {
    /// Kind of document: one that the item accepts.
    #[schema(example = "regent_regulation")]
    pub kind: String,
    /// What it is called.
    #[schema(example = "Peraturan Bupati tentang PKSAI")]
    pub title: String,
    /// Its number.
    #[serde(default)]
    pub number: String,
    /// Its date; needed where the standard lets evidence age.
    pub document_date: Option<NaiveDate>,
    /// Last day on which it is valid, when it says so.
    pub valid_until: Option<NaiveDate>,
    /// A note for the reviewer.
    #[serde(default)]
    pub note: String,
    /// The uploaded file.
    pub file_id: Option<FileObjectId>,
    /// The setup record that it belongs to.
    pub record_id: Option<SetupRecordId>,
}

impl EvidenceCreate {
    /// The item and the document.
    fn split(self) -> (String, EvidenceUpdate) {
        let document = EvidenceUpdate {
            kind: self.kind,
            title: self.title,
            number: self.number,
            document_date: self.document_date,
            valid_until: self.valid_until,
            note: self.note,
            file_id: self.file_id,
            record_id: self.record_id,
        };
        (self.item_code, document)
    }
}

/// Which evidence.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EvidenceQuery {
    /// Only of this item.
    #[param(example = "REG-1")]
    pub item: Option<String>,
    /// Only with this status; without it everything but what was withdrawn.
    #[param(example = "submitted")]
    pub status: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct EvidencePath {
    pub(super) evidence_id: EvidenceId,
}

const STATUSES: &[&str] = &["submitted", "verified", "returned", "withdrawn"];

/// List the evidence of a district
#[utoipa::path(get, path = "/api/v1/districts/{code}/evidence", tag = "readiness", params(PageQuery, EvidenceQuery),
    responses((status = 200, body = Page<Evidence>)))]
async fn list_evidence(
    who: InDistrict<perm::SetupRead>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<EvidenceQuery>,
) -> ApiResult<Json<Page<Evidence>>> {
    let limit = page.limit()?;
    let mut checks = Checks::new();
    if let Some(status) = &filter.status {
        checks.one_of("status", status, STATUSES);
    }
    checks.finish()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<evidence::Entity>()
        .order_by_asc(evidence::Column::Id)
        .limit(limit + 1);
    if let Some(item) = filter.item {
        select = select.filter(evidence::Column::ItemCode.eq(item));
    }
    select = match filter.status {
        Some(status) => select.filter(evidence::Column::Status.eq(status)),
        None => select.filter(evidence::Column::Status.ne("withdrawn")),
    };
    if let Some(after) = page.after::<EvidenceId>()? {
        select = select.filter(evidence::Column::Id.gt(after));
    }
    let rows = select.all(&tx).await?;
    Ok(Json(Page::of(rows, limit, |row| row.id, Evidence::from)))
}

/// See one piece of evidence
#[utoipa::path(get, path = "/api/v1/districts/{code}/evidence/{evidence_id}", tag = "readiness",
    responses((status = 200, body = Evidence)))]
async fn get_evidence(who: InDistrict<perm::SetupRead>, Path(path): Path<EvidencePath>) -> ApiResult<Tagged<Evidence>> {
    let tx = who.tenant().await?;
    let row = find(&tx, path.evidence_id).await?;
    Ok(Tagged {
        version: row.version,
        value: row.into(),
    })
}

async fn find(tx: &TenantTx, id: EvidenceId) -> ApiResult<evidence::Model> {
    let select = tx.find::<evidence::Entity>().filter(evidence::Column::Id.eq(id));
    select.one(tx).await?.ok_or_else(|| ErrorCode::NotFound.into())
}

/// The piece of evidence as it is, in this writer's turn.
pub(super) async fn find_in_turn(tx: &TenantTx, id: EvidenceId) -> ApiResult<evidence::Model> {
    store::take_turn(tx).await?;
    find(tx, id).await
}

/// The piece of evidence in the version that the client knows, in this writer's turn.
async fn find_to_change(tx: &TenantTx, id: EvidenceId, version: IfMatch) -> ApiResult<evidence::Model> {
    in_known_version(find_in_turn(tx, id).await?, version)
}

/// The piece of evidence, when it is what the client knows and was not withdrawn.
pub(super) fn in_known_version(row: evidence::Model, version: IfMatch) -> ApiResult<evidence::Model> {
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    if row.status == "withdrawn" {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Bukti ini sudah ditarik. Tambahkan bukti baru.",
            "This evidence was withdrawn. Add new evidence.",
        )));
    }
    Ok(row)
}

/// The years a document of the republic can bear.
const YEARS: std::ops::RangeInclusive<i32> = 1945..=2199;

fn check_document(
    checks: &mut Checks,
    standard: &Standard,
    item_code: &str,
    input: &mut EvidenceUpdate,
    today: NaiveDate,
) {
    input.title = checks.line("title", &input.title, 300);
    input.number = checks.optional_line("number", &input.number, 100);
    input.note = checks.paragraph("note", &input.note, 2_000);
    match find_item(standard, item_code).map(|item| standard.takes(item)) {
        None => checks.error(
            "item_code",
            "unknown_item",
            Text::fixed("Butir ini tidak ada dalam standar.", "The standard has no such item."),
        ),
        Some(kinds) if kinds.is_empty() => checks.error(
            "item_code",
            "no_evidence_needed",
            Text::fixed(
                "Butir ini dihitung dari isian persiapan; tidak perlu dokumen.",
                "This item is counted from the setup; it needs no document.",
            ),
        ),
        Some(kinds) => checks.one_of("kind", &input.kind, &kinds),
    }
    check_dates(checks, input, today);
}

fn check_dates(checks: &mut Checks, input: &EvidenceUpdate, today: NaiveDate) {
    let dated = |date: NaiveDate| YEARS.contains(&date.year()) && date <= today;
    checks.ensure(
        input.document_date.is_none_or(dated),
        "document_date",
        "out_of_range",
        Text::fixed(
            "Tanggal dokumen tidak boleh sebelum tahun 1945 atau setelah hari ini. Periksa tahunnya.",
            "The date of a document is not before 1945 nor after today. Check the year.",
        ),
    );
    let valid =
        |until: NaiveDate| YEARS.contains(&until.year()) && input.document_date.is_none_or(|date| date <= until);
    checks.ensure(
        input.valid_until.is_none_or(valid),
        "valid_until",
        "out_of_range",
        Text::fixed(
            "Masa berlaku tidak boleh berakhir sebelum tanggal dokumen atau setelah tahun 2199.",
            "A document is not valid until a day before its date or after 2199.",
        ),
    );
}

/// Show a document for an item
///
/// With a file it is submitted to the reviewers; without one it is a draft that makes the item `in_progress`.
#[utoipa::path(post, path = "/api/v1/districts/{code}/evidence", tag = "readiness", request_body = EvidenceCreate,
    responses((status = 201, body = Evidence)))]
async fn create_evidence(
    who: InDistrict<perm::SetupWrite>,
    key: IdempotencyKey,
    body: Body<EvidenceCreate>,
) -> ApiResult<HttpResponse> {
    let input = body.value;
    create_once(who.tenant().await?, "create_evidence", key, body.hash, async |tx| {
        store::take_turn(tx).await?;
        let today = query::today(tx).await?;
        let standard = standards::current(tx, today).await?;
        let value = Evidence::from(submit(tx, &standard, today, input).await?);
        situation::refresh(tx).await?;
        audit::record(tx, Change::of("create", "evidence", value.id).after(&value)).await?;
        Ok(Created {
            version: Some(value.version),
            value,
        })
    })
    .await
}

/// Checks and adds a document in the name of who is behind the transaction. The caller refreshes and records.
pub(crate) async fn submit(
    tx: &TenantTx,
    standard: &Standard,
    today: NaiveDate,
    input: EvidenceCreate,
) -> ApiResult<evidence::Model> {
    let (item_code, mut input) = input.split();
    let mut checks = Checks::new();
    check_document(&mut checks, standard, &item_code, &mut input, today);
    query::check_links(tx, &mut checks, input.file_id, input.record_id).await?;
    checks.finish()?;
    let origin = tx.origin();
    let row = evidence::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(EvidenceId::generate()),
        item_code: Set(item_code),
        standard_version: Set(standard.version.clone()),
        kind: Set(input.kind),
        file_id: Set(input.file_id),
        record_id: Set(input.record_id),
        title: Set(input.title),
        number: Set(input.number),
        document_date: Set(input.document_date),
        valid_until: Set(input.valid_until),
        note: Set(input.note),
        status: Set("submitted".to_owned()),
        review_comment: Set(String::new()),
        reviewed_by: Set(None),
        reviewed_by_name: Set(None),
        reviewed_at: Set(None),
        submitted_by: Set(origin.actor_id.ok_or(ErrorCode::Unauthenticated)?),
        submitted_by_name: Set(origin.actor_name.clone()),
        submitted_at: Set(Utc::now()),
        version: Set(1),
        created_at: NotSet,
        updated_at: NotSet,
    };
    Ok(row.insert(tx).await?)
}

/// Correct a document that is not verified
///
/// A returned document is submitted anew by this.
#[utoipa::path(put, path = "/api/v1/districts/{code}/evidence/{evidence_id}", tag = "readiness", request_body = EvidenceUpdate,
    responses((status = 200, body = Evidence),
        (status = 409, description = "It is verified or withdrawn", body = Problem, content_type = "application/problem+json")))]
async fn update_evidence(
    who: InDistrict<perm::SetupWrite>,
    Path(path): Path<EvidencePath>,
    version: IfMatch,
    body: Body<EvidenceUpdate>,
) -> ApiResult<Tagged<Evidence>> {
    let mut input = body.value;
    let tx = who.tenant().await?;
    let row = find_to_change(&tx, path.evidence_id, version).await?;
    if row.status == "verified" {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Bukti ini sudah diverifikasi. Tambahkan bukti baru, atau tarik yang ini.",
            "This evidence is verified. Add new evidence, or withdraw this.",
        )));
    }
    let today = query::today(&tx).await?;
    let standard = standards::current(&tx, today).await?;
    let mut checks = Checks::new();
    check_document(&mut checks, &standard, &row.item_code, &mut input, today);
    query::check_links(&tx, &mut checks, input.file_id, input.record_id).await?;
    checks.finish()?;
    let before = Evidence::from(row.clone());
    let (now, next) = (Utc::now(), row.version + 1);
    let mut row: evidence::ActiveModel = row.into();
    row.standard_version = Set(standard.version.clone());
    row.kind = Set(input.kind);
    row.file_id = Set(input.file_id);
    row.record_id = Set(input.record_id);
    row.title = Set(input.title);
    row.number = Set(input.number);
    row.document_date = Set(input.document_date);
    row.valid_until = Set(input.valid_until);
    row.note = Set(input.note);
    row.status = Set("submitted".to_owned());
    row.submitted_by = Set(who.signed_in.access.account_id);
    row.submitted_by_name = Set(who.signed_in.access.name.clone());
    row.submitted_at = Set(now);
    row.version = Set(next);
    row.updated_at = Set(now);
    let value = Evidence::from(row.update(&tx).await?);
    situation::refresh(&tx).await?;
    let change = Change::of("update", "evidence", value.id).before(before).after(&value);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Tagged { version: next, value })
}

/// Withdraw a document
///
/// It no longer counts; reviewers and the audit trail still see it.
#[utoipa::path(delete, path = "/api/v1/districts/{code}/evidence/{evidence_id}", tag = "readiness",
    responses((status = 204),
        (status = 409, description = "It was withdrawn before", body = Problem, content_type = "application/problem+json")))]
async fn withdraw_evidence(
    who: InDistrict<perm::SetupWrite>,
    Path(path): Path<EvidencePath>,
    version: IfMatch,
) -> ApiResult<NoContent> {
    let tx = who.tenant().await?;
    let row = find_to_change(&tx, path.evidence_id, version).await?;
    let before = Evidence::from(row.clone());
    let next = row.version + 1;
    let mut row: evidence::ActiveModel = row.into();
    row.status = Set("withdrawn".to_owned());
    row.version = Set(next);
    row.updated_at = Set(Utc::now());
    let after = Evidence::from(row.update(&tx).await?);
    situation::refresh(&tx).await?;
    let change = Change::of("withdraw", "evidence", after.id).before(before).after(after);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The district's operations on evidence.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_evidence,
        get_evidence,
        create_evidence,
        update_evidence,
        withdraw_evidence
    );
}
