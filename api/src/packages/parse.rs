//! Reading a package from outside: nothing in it is believed before it is checked.

use std::collections::{BTreeMap, BTreeSet};

use entity::ids::SetupRecordId;
use serde_json::Value as Json;

use super::{
    build,
    document::{FORMAT, PackageDocument, SCHEMA_VERSION},
    sign,
};
use crate::{
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Checks, body,
        json_scan::{self, JsonScan},
    },
    setup::{
        self,
        kind::{Document, Kind, Target},
    },
};

/// The largest package file, in megabytes (2²⁰ bytes).
pub const MEGABYTES: usize = 5;
/// The deepest nesting of lists and objects.
pub const MAX_DEPTH: usize = 64;
/// The most records of one kind.
pub const MAX_RECORDS: usize = 2_000;

/// A package that is what its signer signed and whose records this program can keep.
#[derive(Debug)]
pub struct Package {
    /// What it is.
    pub document: PackageDocument,
    /// Fingerprint of the key that signed it; whether to trust it is for the caller.
    pub kid: String,
}

/// Reads the bytes of a package file and checks everything that can be checked without knowing where it goes.
///
/// # Errors
/// One code for each thing that can be wrong: see the `Package…` rows of [`ErrorCode`].
pub fn parse(bytes: &[u8]) -> ApiResult<Package> {
    let json = read_json(bytes, MEGABYTES)?;
    check_format(&json)?;
    let document: PackageDocument = typed(&json)?;
    let kid = sign::verify(&json, &document)?;
    check_header(&document)?;
    check_numbers(&json)?;
    check_kinds(&document)?;
    check_records(&document)?;
    check_texts(&document)?;
    Ok(Package { document, kid })
}

/// JSON of at most so many megabytes, and within the limit of depth.
///
/// # Errors
/// 413, 422 when it is nested too deeply or no JSON.
pub fn read_json(bytes: &[u8], megabytes: usize) -> ApiResult<Json> {
    check_shape(bytes, megabytes)?;
    serde_json::from_slice(bytes).map_err(|error| not_json(&error))
}

/// The limits of size and depth.
///
/// # Errors
/// 413, 422 when it is nested too deeply.
pub fn check_shape(bytes: &[u8], megabytes: usize) -> ApiResult<JsonScan> {
    if bytes.len() > megabytes << 20 {
        return Err(too_large(megabytes));
    }
    // Looked at before parsing: the parser's own limit would only say that something is wrong.
    let scan = json_scan::scan(bytes);
    if scan.depth > MAX_DEPTH {
        return Err(ApiError::new(ErrorCode::PackageTooDeep).detail(Text::new(
            format!("Paling dalam {MAX_DEPTH} tingkat."),
            format!("At most {MAX_DEPTH} levels."),
        )));
    }
    Ok(scan)
}

/// The answer to a file that the parser stumbles over.
pub fn not_json(error: &serde_json::Error) -> ApiError {
    let (line, column) = (error.line(), error.column());
    ApiError::new(ErrorCode::PackageInvalid).detail(Text::new(
        format!("Berkas bukan JSON yang benar (baris {line}, kolom {column})."),
        format!("The file is not valid JSON (line {line}, column {column})."),
    ))
}

/// The answer to a file that is too large.
#[must_use]
pub fn too_large(megabytes: usize) -> ApiError {
    ApiError::new(ErrorCode::PayloadTooLarge).detail(Text::new(
        format!("Berkasnya paling besar {megabytes} MB."),
        format!("The file is at most {megabytes} MB."),
    ))
}

fn check_format(json: &Json) -> ApiResult<()> {
    if json["format"] != FORMAT {
        return Err(ApiError::new(ErrorCode::PackageInvalid).detail(Text::fixed(
            "Isian format bukan satu-pintu/package.",
            "Its format is not satu-pintu/package.",
        )));
    }
    match json["schema_version"].as_u64() {
        Some(version) if version == u64::from(SCHEMA_VERSION) => Ok(()),
        Some(version) if version > u64::from(SCHEMA_VERSION) => {
            Err(ApiError::new(ErrorCode::PackageTooNew).detail(Text::new(
                format!("Versi skema paket {version}; instalasi ini membaca sampai {SCHEMA_VERSION}."),
                format!("Its schema version is {version}; this installation reads up to {SCHEMA_VERSION}."),
            )))
        }
        _ => Err(ApiError::new(ErrorCode::PackageInvalid).detail(Text::fixed(
            "Isian schema_version tidak ada atau salah.",
            "Its schema_version is missing or wrong.",
        ))),
    }
}

/// The fields of a value; whatever does not fit is named by its path.
fn typed<T: serde::de::DeserializeOwned>(json: &Json) -> ApiResult<T> {
    let bytes = serde_json::to_vec(json).map_err(ApiError::internal)?;
    body::parse(&bytes).map_err(|error| invalid(error.fields().to_vec()))
}

fn invalid(fields: Vec<FieldError>) -> ApiError {
    ApiError::new(ErrorCode::PackageInvalid).with_fields(fields)
}

fn check_header(document: &PackageDocument) -> ApiResult<()> {
    let mut checks = Checks::new();
    checks.name("name", &document.name, 120);
    checks.name("author.name", &document.author.name, 160);
    checks.optional_line("author.unit_name", &document.author.unit_name, 160);
    if let Some(source) = &document.taken_from {
        checks.name("taken_from.name", &source.name, 160);
        checks.optional_line("taken_from.unit_name", &source.unit_name, 160);
        checks.optional_line("taken_from.code", &source.code, 20);
    }
    checks.optional_line("author.code", &document.author.code, 20);
    checks.line("standard_version", &document.standard_version, 40);
    checks.paragraph("note.id", &document.note.id, 2_000);
    checks.paragraph("note.en", &document.note.en, 2_000);
    let words = [
        ("name", &document.name),
        ("author.name", &document.author.name),
        ("author.unit_name", &document.author.unit_name),
        ("author.code", &document.author.code),
        ("standard_version", &document.standard_version),
        ("note.id", &document.note.id),
        ("note.en", &document.note.en),
    ];
    for (field, text) in words {
        build::check_words(&mut checks, field, text);
    }
    if let Some(source) = &document.taken_from {
        build::check_words(&mut checks, "taken_from.name", &source.name);
        build::check_words(&mut checks, "taken_from.unit_name", &source.unit_name);
        build::check_words(&mut checks, "taken_from.code", &source.code);
    }
    checks.ensure(
        document.version >= 1,
        "version",
        "out_of_range",
        Text::fixed("Isi angka mulai 1.", "Give a number from 1."),
    );
    checks.finish().map_err(|error| invalid(error.fields().to_vec()))
}

/// Free text may hold what no field of a package allows; our own districts cannot publish such a text either.
fn check_texts(document: &PackageDocument) -> ApiResult<()> {
    let suspects = build::suspects(&document.components);
    if suspects.is_empty() {
        return Ok(());
    }
    let mut checks = Checks::new();
    for suspect in suspects.iter().take(50) {
        let field = format!("{}.{}.{}", suspect.kind, suspect.origin_id, suspect.field);
        checks.error(&field, "looks_personal", build::personal_text());
    }
    checks.finish().map_err(|error| invalid(error.fields().to_vec()))
}

/// Packages hold whole numbers that every reader reads alike: fractions and numbers beyond 2⁵³ depend on the reader, and
/// then the hash would too.
fn check_numbers(value: &Json) -> ApiResult<()> {
    const LARGEST: u64 = (1 << 53) - 1;
    match value {
        Json::Array(items) => items.iter().try_for_each(check_numbers),
        Json::Object(fields) => fields.values().try_for_each(check_numbers),
        Json::Number(number)
            if number
                .as_u64()
                .or(number.as_i64().map(i64::unsigned_abs))
                .is_none_or(|n| n > LARGEST) =>
        {
            Err(ApiError::new(ErrorCode::PackageInvalid).detail(Text::new(
                format!("Angka {number} tidak dapat dimuat dalam paket."),
                format!("The number {number} cannot stand in a package."),
            )))
        }
        _ => Ok(()),
    }
}

fn check_kinds(document: &PackageDocument) -> ApiResult<()> {
    let mut ids = BTreeSet::new();
    for (component, kinds) in &document.components {
        for (key, records) in kinds {
            let known = setup::kind(key).filter(|kind| kind.component.slug() == component.as_str());
            if known.is_none() {
                return Err(ApiError::new(ErrorCode::PackageUnknownKind).detail(Text::new(
                    format!("Tidak dikenal: {component}/{key}."),
                    format!("Not known: {component}/{key}."),
                )));
            }
            if records.len() > MAX_RECORDS {
                return Err(ApiError::new(ErrorCode::PackageTooManyRecords).detail(Text::new(
                    format!("{component}/{key}: paling banyak {MAX_RECORDS}."),
                    format!("{component}/{key}: at most {MAX_RECORDS}."),
                )));
            }
            for (index, record) in records.iter().enumerate() {
                if !ids.insert(record.origin_id) {
                    return Err(invalid(vec![FieldError {
                        field: format!("components.{component}.{key}.{index}.origin_id"),
                        code: "repeated",
                        message: Text::fixed("Id ini sudah dipakai.", "This id is taken."),
                    }]));
                }
            }
        }
    }
    Ok(())
}

/// Every record must be what its kind lets leave a district: another installation may not send what ours would not.
fn check_records(document: &PackageDocument) -> ApiResult<()> {
    let mut errors = Vec::new();
    let mut parents = BTreeMap::new();
    let kinds: BTreeMap<SetupRecordId, &str> = document
        .records()
        .map(|(kind, record)| (record.origin_id, kind.key))
        .collect();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, record) in document.records() {
        let index = places.entry(kind.key).or_default();
        let path = format!("components.{}.{}.{index}", kind.component.slug(), kind.key);
        *index += 1;
        match check_record(kind, &record.content) {
            Ok(read) => {
                errors.extend(dangling(&path, &read, &kinds));
                remember_parents(&mut parents, record.origin_id, &read);
            }
            Err(error) => errors.extend(error.within(&path).fields().iter().cloned()),
        }
    }
    if !errors.is_empty() {
        errors.truncate(50);
        return Err(invalid(errors));
    }
    if let Some(id) = circle(&parents) {
        let title = document.records().find(|(_, record)| record.origin_id == id);
        let title = title.map_or("", |(_, record)| record.title.as_str());
        return Err(ApiError::new(ErrorCode::PackageCyclic).detail(Text::new(
            format!("“{title}” berada di atas dirinya sendiri."),
            format!("“{title}” stands above itself."),
        )));
    }
    Ok(())
}

fn check_record(kind: &Kind, content: &Json) -> ApiResult<Document> {
    let text = content.to_string();
    let read = (kind.read)(&text)?;
    let stays = (kind.publish)(&read.content.to_string())?;
    let again = (kind.read)(&text)?;
    let allowed = stays.is_some_and(|published| published.content == read.content);
    // A row without an id gets another one each time it is read: later versions could not be merged.
    if allowed && again.content == read.content {
        return Ok(read);
    }
    Err(ApiError::invalid(vec![FieldError {
        field: "content".to_owned(),
        code: "not_publishable",
        message: Text::fixed(
            "Memuat isian yang tidak boleh ada di dalam paket, atau baris tanpa id.",
            "It holds fields that a package may not have, or rows without an id.",
        ),
    }]))
}

fn dangling(path: &str, read: &Document, kinds: &BTreeMap<SetupRecordId, &str>) -> Vec<FieldError> {
    let leads_somewhere = |target: &Target| match target {
        Target::Record { id, kinds: wanted, .. } => kinds
            .get(id)
            .is_some_and(|kind| wanted.is_empty() || wanted.contains(kind)),
        Target::Member(_) | Target::Region(_) | Target::File(_) => false,
    };
    let links = read.links.iter().filter(|link| !leads_somewhere(&link.target));
    links
        .map(|link| FieldError {
            field: format!("{path}.content.{}", link.field),
            code: "not_found",
            message: Text::fixed(
                "Rujukan ini tidak ada di dalam paket.",
                "What this refers to is not in the package.",
            ),
        })
        .collect()
}

type Parents = BTreeMap<SetupRecordId, SetupRecordId>;

fn remember_parents(parents: &mut Parents, from: SetupRecordId, read: &Document) {
    for link in &read.links {
        if let Target::Record {
            id, is_parent: true, ..
        } = link.target
        {
            parents.insert(from, id);
        }
    }
}

/// A record that comes back to itself when its parents are followed.
fn circle(parents: &Parents) -> Option<SetupRecordId> {
    let mut harmless = BTreeSet::new();
    for start in parents.keys() {
        let mut way = BTreeSet::from([*start]);
        let mut at = *start;
        while let Some(above) = parents.get(&at).filter(|above| !harmless.contains(*above)) {
            if !way.insert(*above) {
                return Some(*above);
            }
            at = *above;
        }
        harmless.extend(way);
    }
    None
}
