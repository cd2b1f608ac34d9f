//! A district's whole setup as a file: a backup, a review in git, a move to another installation.
//!
//! Unlike a package it holds everything that the setup records hold, people and phone numbers too; it is the district's
//! own and leaves only at the hands of whoever may export it. Bytes of files are not in it.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
};
use chrono::{DateTime, Utc};
use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::{build, canonical::canonical, parse, relink::take_out, upload::JsonFile};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    districts::own_district,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{Created, IdempotencyKey, body, endpoint::Endpoints, idempotency::create_once, problem::Problem},
    readiness,
    setup::{
        self,
        batch::{self, NewRecord},
        kind::{Document, Link, Target},
        links, store,
    },
};

/// The word by which a file says that it is a setup.
const FORMAT: &str = "satu-pintu/setup";
const SCHEMA_VERSION: u32 = 1;
/// The largest file, in megabytes (2²⁰ bytes): ten times a package, so that what a district once took out comes in again.
const MEGABYTES: usize = 50;
/// The most records in a file.
const MAX_RECORDS: usize = 20_000;

/// A district's whole setup.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupFile {
    /// Always `satu-pintu/setup`.
    #[schema(example = "satu-pintu/setup")]
    pub format: String,
    /// Version of the format.
    #[schema(example = 1)]
    pub schema_version: u32,
    /// Kemendagri code of the district.
    #[schema(example = "73.06")]
    pub district_code: String,
    /// When it was exported.
    pub exported_at: DateTime<Utc>,
    /// Every record, by kind and in the district's order.
    pub records: Vec<SetupFileRecord>,
}

/// A record of the file.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupFileRecord {
    /// Its id; kept when it is imported.
    pub id: SetupRecordId,
    /// Its kind.
    #[schema(example = "sop")]
    pub kind: String,
    /// It is put away.
    pub archived: bool,
    /// Its content, in the form of its kind.
    #[schema(value_type = Object)]
    pub content: Json,
}

/// What importing did.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupImported {
    /// How many records there are now.
    #[schema(example = 40)]
    pub records: usize,
    /// Places that lost what they named, because it is not here: uploaded files, accounts, regions outside the district.
    pub taken_out: Vec<TakenOut>,
}

/// A place that lost what it named.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenOut {
    /// The kind of the record.
    #[schema(example = "legal_instrument")]
    pub kind: String,
    /// The record.
    pub record_id: SetupRecordId,
    /// What people call it.
    pub title: String,
    /// Path of the field in its content.
    #[schema(example = "file_id")]
    pub field: String,
}

/// Export the district's whole setup
///
/// Everything in the setup records, people and phone numbers included, archived records too. Bytes of files are not in it.
#[utoipa::path(get, path = "/api/v1/districts/{code}/setup-file", tag = "packages",
    responses((status = 200, body = SetupFile)))]
async fn export_setup(who: InDistrict<perm::SetupTransfer>) -> ApiResult<HttpResponse> {
    let tx = who.tenant().await?;
    let district = own_district(&tx).await?;
    let own = build::own_records(&tx, true).await?;
    let mut records = Vec::with_capacity(own.len());
    for kind in setup::KINDS {
        for record in own.iter().filter(|record| record.kind == kind.key) {
            records.push(SetupFileRecord {
                id: record.id,
                kind: record.kind.clone(),
                archived: record.archived,
                content: serde_json::from_str(&record.content).map_err(ApiError::internal)?,
            });
        }
    }
    let file = SetupFile {
        format: FORMAT.to_owned(),
        schema_version: SCHEMA_VERSION,
        district_code: district.code,
        exported_at: Utc::now(),
        records,
    };
    let text = canonical(&serde_json::to_value(&file).map_err(ApiError::internal)?);
    // People's phone numbers leave: who took them stands in the trail.
    audit::record(&tx, Change::of("export", "setup", &file.district_code)).await?;
    tx.commit().await?;
    let name = format!("persiapan-{}.json", file.district_code);
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    };
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(text))
}

/// Reads a file and every record in it.
fn read(bytes: &[u8]) -> ApiResult<Vec<NewRecord>> {
    let json = parse::read_json(bytes, MEGABYTES)?;
    if json["format"] != FORMAT {
        return Err(ApiError::new(ErrorCode::PackageInvalid).detail(Text::fixed(
            "Isian format bukan satu-pintu/setup.",
            "Its format is not satu-pintu/setup.",
        )));
    }
    if json["schema_version"]
        .as_u64()
        .is_some_and(|version| version > u64::from(SCHEMA_VERSION))
    {
        return Err(ErrorCode::PackageTooNew.into());
    }
    let bytes = serde_json::to_vec(&json).map_err(ApiError::internal)?;
    let file: SetupFile = body::parse(&bytes)
        .map_err(|error| ApiError::new(ErrorCode::PackageInvalid).with_fields(error.fields().to_vec()))?;
    if file.records.len() > MAX_RECORDS {
        return Err(ApiError::new(ErrorCode::PackageTooManyRecords).detail(Text::new(
            format!("Paling banyak {MAX_RECORDS} data dalam satu berkas."),
            format!("At most {MAX_RECORDS} records in one file."),
        )));
    }
    let mut ids = BTreeSet::new();
    let mut records = Vec::with_capacity(file.records.len());
    for (index, record) in file.records.into_iter().enumerate() {
        let kind = setup::kind(&record.kind).ok_or(ErrorCode::PackageUnknownKind)?;
        if !ids.insert(record.id) {
            return Err(ApiError::new(ErrorCode::PackageInvalid).with_fields(vec![FieldError {
                field: format!("records.{index}.id"),
                code: "repeated",
                message: Text::fixed("Id ini sudah dipakai.", "This id is taken."),
            }]));
        }
        let document = (kind.read)(&record.content.to_string()).map_err(|error| {
            let error = error.within(&format!("records.{index}"));
            ApiError::new(ErrorCode::PackageInvalid).with_fields(error.fields().to_vec())
        })?;
        records.push(NewRecord {
            kind,
            id: record.id,
            document,
            archived: record.archived,
        });
    }
    check_references(&records)?;
    Ok(records)
}

/// The file must be whole: what its records mention is in it, and of the right kind.
fn check_references(records: &[NewRecord]) -> ApiResult<()> {
    let kinds: BTreeMap<SetupRecordId, &str> = records.iter().map(|record| (record.id, record.kind.key)).collect();
    let mut errors = Vec::new();
    for (index, record) in records.iter().enumerate() {
        for link in &record.document.links {
            let Target::Record { id, kinds: wanted, .. } = &link.target else {
                continue;
            };
            let found = kinds.get(id);
            if !found.is_some_and(|kind| wanted.is_empty() || wanted.contains(kind)) {
                errors.push(FieldError {
                    field: format!("records.{index}.content.{}", link.field),
                    code: "not_found",
                    message: Text::fixed(
                        "Rujukan ini tidak ada di dalam berkas.",
                        "What this refers to is not in the file.",
                    ),
                });
            }
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    errors.truncate(50);
    Err(ApiError::new(ErrorCode::PackageInvalid).with_fields(errors))
}

/// Takes out links to files, accounts and regions that are not here.
async fn fit(tx: &TenantTx, record: &mut NewRecord, taken_out: &mut Vec<TakenOut>) -> ApiResult<()> {
    let mut foreign: Vec<Link> = Vec::new();
    for link in &record.document.links {
        let is_outside = !matches!(link.target, Target::Record { .. });
        if is_outside && links::check_links(tx, None, std::slice::from_ref(link)).await.is_err() {
            foreign.push(link.clone());
        }
    }
    if foreign.is_empty() {
        return Ok(());
    }
    for link in &foreign {
        taken_out.push(TakenOut {
            kind: record.kind.key.to_owned(),
            record_id: record.id,
            title: record.document.title.clone(),
            field: link.field.clone(),
        });
    }
    take_out(&mut record.document.content, &foreign);
    let document: Document = (record.kind.read)(&record.document.content.to_string())?;
    record.document = document;
    Ok(())
}

/// Import a whole setup into a district that has none
///
/// Ids and order are kept. What a record names that is not here (uploaded files, accounts, regions of another district) is
/// taken out and listed. 409 when the district has set up anything already.
#[utoipa::path(post, path = "/api/v1/districts/{code}/setup-file", tag = "packages",
    request_body(content = SetupFile, content_type = "application/json"),
    responses((status = 201, body = SetupImported),
        (status = 409, description = "The district has set up something already", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The file is too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not a setup file, or a record does not fit its kind", body = Problem, content_type = "application/problem+json")))]
async fn import_setup(
    who: InDistrict<perm::SetupTransfer>,
    key: IdempotencyKey,
    file: JsonFile<MEGABYTES>,
) -> ApiResult<HttpResponse> {
    let mut records = read(&file.bytes)?;
    create_once(who.tenant().await?, "import_setup", key, file.hash, async |tx| {
        store::take_turn(tx).await?;
        if !build::own_records(tx, true).await?.is_empty() {
            return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
                "Daerah ini sudah memiliki data persiapan. Impor hanya untuk daerah yang masih kosong.",
                "This district has set up something already. Importing is for a district that is empty.",
            )));
        }
        let mut taken_out = Vec::new();
        for record in &mut records {
            fit(tx, record, &mut taken_out).await?;
        }
        let count = records.len();
        let event =
            |record: &NewRecord| Change::of("create", record.kind.key, record.id).after(&record.document.content);
        let mut events: Vec<Change> = records.iter().map(event).collect();
        batch::insert(tx, records).await?;
        readiness::refresh(tx).await?;
        events.push(Change::of("import", "setup", tx.district_id()).after(serde_json::json!({ "records": count })));
        audit::record_all(tx, events).await?;
        Ok(Created {
            version: None,
            value: SetupImported {
                records: count,
                taken_out,
            },
        })
    })
    .await
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, export_setup, import_setup);
}
