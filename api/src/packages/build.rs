//! What of a district's setup leaves it.

use std::collections::BTreeMap;

use entity::ids::SetupRecordId;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde_json::Value as Json;

use super::{
    document::{PackageComponents, PackageRecord},
    narrow,
};
use crate::{
    db::TenantTx,
    error::{ApiResult, Text},
    http::Checks,
    readiness::ComponentKind,
    setup,
};

/// A record of the district.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OwnRecord {
    /// Its id.
    pub id: SetupRecordId,
    /// Its kind.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// Its content as JSON.
    pub content: String,
    /// Its version.
    pub version: i32,
    /// It is put away.
    pub archived: bool,
}

/// The district's records, archived ones last to be asked for by name, in its own order within each kind.
///
/// # Errors
/// When the database refuses.
pub async fn own_records(tx: &TenantTx, with_archived: bool) -> ApiResult<Vec<OwnRecord>> {
    let condition = if with_archived { "" } else { "AND archived_at IS NULL" };
    let sql = format!(
        "SELECT id, kind, title, content::text AS content, version, archived_at IS NOT NULL AS archived \
         FROM setup_record WHERE district_id = $1 {condition} ORDER BY kind, position, id"
    );
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [tx.district_id().into()]);
    Ok(OwnRecord::find_by_statement(statement).all(tx).await?)
}

/// What leaves of `records` when these components are published: what each kind allows, with references among it only.
/// Agencies that are mentioned go along as their kinds, chosen or not.
///
/// # Errors
/// When a stored content cannot be read by its kind.
pub fn components(records: &[OwnRecord], chosen: &[ComponentKind]) -> ApiResult<PackageComponents> {
    let mut all: PackageComponents = BTreeMap::new();
    for record in records {
        let Some(kind) = setup::kind(&record.kind) else {
            continue;
        };
        let Some(document) = (kind.publish)(&record.content)? else {
            continue;
        };
        let of_component = all.entry(kind.component.slug().to_owned()).or_default();
        let of_kind = of_component.entry(kind.key.to_owned()).or_default();
        of_kind.push(PackageRecord {
            origin_id: record.id,
            title: document.title,
            content: document.content,
        });
    }
    if chosen.is_empty() {
        return Ok(BTreeMap::new());
    }
    narrow::to(&all, chosen)
}

/// A text among what leaves that looks like a phone number, an email address or a number of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// The kind of the record.
    pub kind: &'static str,
    /// The record.
    pub origin_id: SetupRecordId,
    /// What people call it.
    pub title: String,
    /// Path of the field in the content.
    pub field: String,
}

/// Texts that look like a phone number, an email address, an NIK or NIP. Free text can hold what no field allows.
#[must_use]
pub fn suspects(components: &PackageComponents) -> Vec<Suspect> {
    let mut found = Vec::new();
    for kind in setup::KINDS {
        let of_kind = components
            .get(kind.component.slug())
            .and_then(|kinds| kinds.get(kind.key));
        for record in of_kind.into_iter().flatten() {
            let mut fields = Vec::new();
            texts(&record.content, "", &mut fields);
            let suspicious = fields
                .into_iter()
                .filter(|(_, text)| looks_personal(text) && !is_id(text));
            found.extend(suspicious.map(|(field, _)| Suspect {
                kind: kind.key,
                origin_id: record.origin_id,
                title: record.title.clone(),
                field,
            }));
        }
    }
    found
}

/// Records an error when a text around the records looks personal. What is published is signed and travels: no field of a
/// package is for people's numbers, names and notes neither.
pub fn check_words(checks: &mut Checks, field: &str, text: &str) {
    checks.ensure(!looks_personal(text), field, "looks_personal", personal_text());
}

/// What is wrong with a text that looks personal.
#[must_use]
pub const fn personal_text() -> Text {
    Text::fixed(
        "Teks ini seperti memuat nomor telepon, surel, atau nomor induk. Hapus dahulu.",
        "This text seems to hold a phone number, an email or a personal number. Remove it first.",
    )
}

/// Texts with their paths; ids and references are no texts.
fn texts<'a>(value: &'a Json, path: &str, found: &mut Vec<(String, &'a str)>) {
    let below = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match value {
        Json::String(text) => found.push((path.to_owned(), text)),
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(item, &below(&index.to_string()), found);
            }
        }
        Json::Object(fields) => {
            let is_text = |key: &str| key != "id" && !key.ends_with("_id") && !key.ends_with("_ids");
            let languages = |key: &str| matches!(key, "name_id" | "label_id" | "help_id");
            for (key, field) in fields.iter().filter(|(key, _)| is_text(key) || languages(key)) {
                texts(field, &below(key), found);
            }
        }
        _ => {}
    }
}

/// Ids of records and rows also stand in fields that are not named after one (`amends`, `steps.next`), and may have as
/// many digits as a phone number.
fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// As many digits in a row as a phone number has at least, blanks and hyphens between them not counted.
const DIGITS: usize = 9;

fn looks_personal(text: &str) -> bool {
    let is_email = text.split_whitespace().any(|word| {
        word.split_once('@')
            .is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
    });
    let mut digits = 0;
    let mut longest = 0;
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits += 1;
            longest = longest.max(digits);
        } else if !matches!(c, ' ' | '-' | '(' | ')' | '+') {
            digits = 0;
        }
    }
    is_email || longest >= DIGITS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use entity::ids::SetupRecordId;
    use serde_json::json;

    use super::{looks_personal, suspects};
    use crate::packages::document::PackageRecord;

    #[test]
    fn ids_are_no_phone_numbers() {
        let digits = "01890000-0000-7000-8000-000000000001";
        let content = json!({ "title": "Perbup 0812-3456-7890", "amends": [digits], "legal_basis_of": [digits] });
        let record = PackageRecord {
            origin_id: SetupRecordId::generate(),
            title: "Perbup".to_owned(),
            content,
        };
        let kinds = BTreeMap::from([("legal_instrument".to_owned(), vec![record])]);
        let found = suspects(&BTreeMap::from([("regulation".to_owned(), kinds)]));
        assert_eq!(
            found.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(),
            ["title"]
        );
    }

    #[test]
    fn what_looks_personal() {
        for personal in [
            "Hubungi 0812-3456-7890",
            "surel: ani@contoh.example",
            "NIK 7306010101010001",
            "NIP 19800101 200501 1 001",
            "+62 411 123456",
        ] {
            assert!(looks_personal(personal), "{personal}");
        }
        for harmless in [
            "UU 35/2014 Pasal 59",
            "Perpres 25 Tahun 2021, 24 Maret 2021",
            "Dalam 3 x 24 jam",
            "2016-2021",
            "110 atau 129",
            "a @ b",
        ] {
            assert!(!looks_personal(harmless), "{harmless}");
        }
    }
}
