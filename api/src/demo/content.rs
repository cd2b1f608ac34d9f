//! What the demo's districts have set up: data in `content/`, one file a district and what several share.
//!
//! Files are JSON with minijinja in it, for what repeats and for days counted from today, without which documents that
//! age would be out of date when somebody looks. In a record's content `"@key"` is the record with that key and
//! `"file:name"` an uploaded file. What no source states says “contoh”.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};

use super::districts::{DemoDistrict, is_city};
use crate::setup::{codes::CategorySet, data_system::adoption, kind::SetupKind};

/// What several districts share, by the name that their files use.
const SHARED: &[(&str, &str)] = &[
    ("agencies", include_str!("content/shared/agencies.json")),
    ("regulation", include_str!("content/shared/regulation.json")),
    ("institution", include_str!("content/shared/institution.json")),
    ("sops", include_str!("content/shared/sops.json")),
    ("rhythms", include_str!("content/shared/rhythms.json")),
    ("services", include_str!("content/shared/services.json")),
    ("staff", include_str!("content/shared/staff.json")),
    ("data", include_str!("content/shared/data.json")),
];
/// The documents that the pilots show.
const SHARED_EVIDENCE: (&str, &str) = ("evidence", include_str!("content/shared/evidence.json"));

/// A kecamatan.
#[derive(Clone, Debug)]
pub struct Subdistrict {
    /// Kemendagri code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Where and when the content is rendered.
#[derive(Debug)]
pub struct Place<'a> {
    /// Its Kemendagri code.
    pub code: &'a str,
    /// What stands for it in email addresses.
    pub slug: &'a str,
    /// Its name in names of people and offices.
    pub short_name: &'a str,
    /// What it calls its centre.
    pub unit_name: &'a str,
    /// Its name, as in the regions.
    pub full_name: &'a str,
    /// Its kecamatan by code.
    pub subdistricts: &'a [Subdistrict],
    /// The day there.
    pub today: NaiveDate,
}

/// Everything a district has set up and shown.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Setup records, in their order.
    pub records: Vec<RecordSeed>,
    /// Documents shown.
    pub evidence: Vec<EvidenceSeed>,
    /// Counted items that the reviewer confirmed.
    pub confirmed: Vec<String>,
    /// Who looks after what.
    pub progress: Vec<ProgressSeed>,
    /// When its people did all this, where that is not today.
    pub done_at: Option<DateTime<Utc>>,
}

/// A setup record.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordSeed {
    /// By what other records name it.
    pub key: String,
    /// Its kind. Empty for one that replaces fields of a shared record with its key.
    #[serde(default)]
    pub kind: String,
    /// Its content.
    pub content: Map<String, Json>,
}

/// A document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceSeed {
    /// The item.
    pub item: String,
    /// Kind of document.
    pub kind: String,
    /// `@key` of the record that it belongs to.
    pub record: Option<String>,
    /// Title.
    pub title: String,
    /// Number.
    #[serde(default)]
    pub number: String,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// Until when it holds, where it says so itself.
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    /// For the reviewer.
    pub note: String,
    /// What the reviewer decided.
    pub decision: Option<ReviewerDecision>,
    /// What the reviewer said.
    #[serde(default)]
    pub comment: String,
}

/// What a reviewer decided on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewerDecision {
    /// Accepted.
    Verified,
    /// Sent back.
    Returned,
}

/// Who looks after an item.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressSeed {
    /// The item.
    pub item: String,
    /// Local part of the account, before the district.
    pub assignee: String,
    /// Until when, counted from today.
    pub due_in_days: i64,
    /// For the team.
    pub note: String,
    /// Work has begun.
    #[serde(default)]
    pub begun: bool,
}

/// A district's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DistrictFile {
    /// What the shared files say differently for each district: days, sources.
    words: Words,
    /// Which shared files it uses.
    shared: Vec<String>,
    /// Ready sets of vulnerability categories that it took over.
    category_sets: Vec<CategorySet>,
    #[serde(default)]
    records: Vec<RecordSeed>,
    /// Instead of shared documents of the same item, or besides them.
    #[serde(default)]
    evidence: Vec<EvidenceSeed>,
    /// Items whose shared document no reviewer has looked at yet.
    #[serde(default)]
    submitted: Vec<String>,
    /// Items whose shared document it does not show.
    #[serde(default)]
    withheld: Vec<String>,
    #[serde(default)]
    confirmed: Vec<String>,
    #[serde(default)]
    progress: Vec<ProgressSeed>,
}

/// What the shared files say differently for each district.
pub type Words = BTreeMap<String, String>;

/// Reads the content of a district of the demo.
///
/// # Errors
/// When a file is broken, which a test refuses.
pub fn of(place: &Place<'_>, demo: &DemoDistrict) -> Result<Content> {
    let file: DistrictFile = render(place, &BTreeMap::new(), demo.slug, demo.content)?;
    let mut content = Content {
        confirmed: file.confirmed,
        progress: file.progress,
        ..Content::default()
    };
    for (name, text) in SHARED.iter().filter(|(name, _)| file.shared.iter().any(|s| s == name)) {
        let records: Vec<RecordSeed> = render(place, &file.words, name, text)?;
        content.records.extend(records);
    }
    if file.shared.iter().any(|name| name == SHARED_EVIDENCE.0) {
        let mut shown = shared_evidence(place, &file.words)?;
        shown.retain(|seed| !file.withheld.contains(&seed.item));
        shown.retain(|seed| file.evidence.iter().all(|own| own.item != seed.item));
        for seed in shown.iter_mut().filter(|seed| file.submitted.contains(&seed.item)) {
            seed.decision = None;
        }
        content.evidence = shown;
    }
    content.evidence.extend(file.evidence);
    for set in file.category_sets {
        content.records.extend(categories(set)?);
    }
    for own in file.records {
        merge(&mut content.records, own)?;
    }
    Ok(content)
}

/// The records of every shared file, in the order of the files.
///
/// # Errors
/// When a file is broken or `words` lacks one.
pub fn shared_records(place: &Place<'_>, words: &Words) -> Result<Vec<RecordSeed>> {
    let mut all: Vec<RecordSeed> = Vec::new();
    for (name, text) in SHARED {
        all.extend(render::<Vec<RecordSeed>>(place, words, name, text)?);
    }
    Ok(all)
}

/// The documents that belong to them.
///
/// # Errors
/// When the file is broken or `words` lacks one.
pub fn shared_evidence(place: &Place<'_>, words: &Words) -> Result<Vec<EvidenceSeed>> {
    render(place, words, SHARED_EVIDENCE.0, SHARED_EVIDENCE.1)
}

/// The records of a ready set.
///
/// # Errors
/// When a category is no object.
pub fn categories(set: CategorySet) -> Result<Vec<RecordSeed>> {
    let seed = |category| -> Result<RecordSeed> {
        let content = serde_json::to_value(&category)?;
        let content = content.as_object().context("a category is an object")?.clone();
        let code = content.get("code").and_then(Json::as_str).unwrap_or_default();
        Ok(RecordSeed {
            key: format!("category_{code}"),
            kind: crate::setup::data_system::VulnerabilityCategory::KEY.to_owned(),
            content,
        })
    };
    adoption::ready_set(set).into_iter().map(seed).collect()
}

/// Adds a record, or replaces fields of the shared one with its key.
fn merge(records: &mut Vec<RecordSeed>, own: RecordSeed) -> Result<()> {
    match records.iter_mut().find(|record| record.key == own.key) {
        Some(shared) => shared.content.extend(own.content),
        None if own.kind.is_empty() => anyhow::bail!("record {} has no kind", own.key),
        None => records.push(own),
    }
    Ok(())
}

/// Numbers that nobody has: 0812-0000-….
fn phone(number: u32) -> String {
    format!("+628120000{number:04}")
}

fn render<T: DeserializeOwned>(place: &Place<'_>, words: &Words, name: &str, text: &str) -> Result<T> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let today = place.today;
    environment.add_function("day", move |days: i64| (today + Duration::days(days)).to_string());
    environment.add_function("phone", phone);
    let (head, regulation) = if is_city(place.code) {
        ("Wali Kota", "Peraturan Wali Kota")
    } else {
        ("Bupati", "Peraturan Bupati")
    };
    let subdistrict =
        |place: &Subdistrict| Value::from_pairs([("code", place.code.as_str()), ("name", place.name.as_str())]);
    let subdistricts: Value = place.subdistricts.iter().map(subdistrict).collect();
    let json = environment
        .render_str(
            text,
            context! {
                w => Value::from_pairs(words.iter().map(|(word, text)| (word.as_str(), text.as_str()))),
                slug => place.slug,
                unit => place.unit_name,
                place => place.short_name,
                full => place.full_name,
                head => head,
                perkada => regulation,
                subdistricts => subdistricts,
                year => today.year(),
            },
        )
        .with_context(|| format!("demo: {name}"))?;
    serde_json::from_str(&json).with_context(|| format!("demo: {name} for {}", place.slug))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{demo::districts::DEMO_DISTRICTS, setup};

    fn subdistricts(code: &str) -> Vec<Subdistrict> {
        let one = |number: u32| Subdistrict {
            code: format!("{code}.{number:02}"),
            name: format!("Contoh {number}"),
        };
        (1..=10).map(one).collect()
    }

    fn read(demo: &DemoDistrict) -> Content {
        let place = Place {
            code: demo.code,
            slug: demo.slug,
            short_name: demo.short_name,
            unit_name: demo.unit_name,
            full_name: demo.short_name,
            subdistricts: &subdistricts(demo.code),
            today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        };
        of(&place, demo).unwrap_or_else(|error| panic!("{}: {error:#}", demo.slug))
    }

    #[test]
    fn files_can_be_read_and_name_what_exists() {
        for demo in DEMO_DISTRICTS {
            let content = read(demo);
            let mut keys: Vec<&str> = content.records.iter().map(|record| record.key.as_str()).collect();
            keys.sort_unstable();
            let count = keys.len();
            keys.dedup();
            assert_eq!(keys.len(), count, "{}: a key comes twice", demo.slug);
            for record in &content.records {
                assert!(setup::kind(&record.kind).is_some(), "{}: {}", demo.slug, record.key);
            }
            for seed in &content.evidence {
                let known = seed.record.as_deref().map(|key| keys.contains(&&key[1..]));
                assert_ne!(known, Some(false), "{}: {}", demo.slug, seed.item);
            }
        }
    }

    /// What is neither from a source nor marked as an example would pass for a fact.
    #[test]
    fn every_record_with_notes_says_where_it_comes_from() {
        const SOURCES: &[&str] = &[
            "contoh",
            "usulan",
            "bakti",
            "sindonews",
            "lpa ntb",
            "gosulsel",
            "asatu.id",
            "kosongsatunews",
        ];
        for demo in DEMO_DISTRICTS {
            for record in read(demo).records {
                let Some(notes) = record
                    .content
                    .get("notes")
                    .and_then(Json::as_str)
                    .filter(|n| !n.is_empty())
                else {
                    // Ready sets and form fields: theirs are in the reference data or make no claim.
                    assert!(
                        ["vulnerability_category", "form_field"].contains(&record.kind.as_str()),
                        "{}: {} has no notes",
                        demo.slug,
                        record.key
                    );
                    continue;
                };
                let notes = notes.to_lowercase();
                assert!(
                    SOURCES.iter().any(|source| notes.contains(source)),
                    "{}: {}: {notes}",
                    demo.slug,
                    record.key
                );
            }
        }
    }

    #[test]
    fn phone_numbers_are_plainly_false() {
        assert_eq!(phone(101), "+6281200000101");
    }
}
