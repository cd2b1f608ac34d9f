//! What a made-up district has set up and shown: of the demo's shared files, as much as its course allows.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::{Duration, Utc};
use serde_json::{Map, Value as Json, json};

use super::{
    course::{Course, Step},
    dice::Dice,
};
use crate::{
    demo::content::{self, Content, EvidenceSeed, Place, ProgressSeed, RecordSeed, ReviewerDecision},
    setup::codes::CategorySet,
};

/// Documents that a live district may lack: no item here is mandatory.
const MAY_LACK: &[&str] = &["REG-5", "REG-8", "LEM-6", "LEM-8", "LAY-6", "DAT-8"];
/// Counted items that a reviewer confirms.
const CONFIRMED: &[&str] = &["LEM-3", "SDM-5"];
/// Documents of which there is a new one each year.
const YEARLY: &[&str] = &["REG-3", "REG-4", "LEM-6", "DAT-2", "DAT-3"];
/// Records that are there or are not: no half of a decree.
const WHOLE_ONLY: &[&str] = &["sk_pokja", "sk_unit", "renja", "dpa", "pks_vertikal"];
/// What somebody looks after while a step is not reached.
const NEXT_ITEMS: [(Step, &[&str]); 4] = [
    (Step::Decree, &["LEM-1", "REG-1", "LEM-5"]),
    (Step::Regulation, &["REG-1", "REG-8", "REG-4"]),
    (Step::Procedures, &["MEK-1", "MEK-3", "LAY-2"]),
    (Step::Launch, &["SDM-4", "DAT-4", "LEM-4"]),
];
/// What a reviewer wrote who sent a document back.
const RETURNED: &[&str] = &[
    "Contoh: lampiran belum ikut dipindai. Lengkapi lalu kirim lagi.",
    "Contoh: halaman bertanda tangan tidak terbaca. Pindai ulang.",
    "Contoh: nomor pada berkas berbeda dengan yang diisi. Periksa kembali.",
];

/// Picks what the district has.
///
/// # Errors
/// When a shared file is broken.
pub fn of(place: &Place<'_>, course: &Course, dice: &mut Dice) -> Result<Content> {
    let words = course.words();
    let mut records = Vec::new();
    let mut finished = BTreeSet::new();
    for record in content::shared_records(place, &words)? {
        let step = step_of(&record);
        if step <= course.reached {
            finished.insert(record.key.clone());
            records.push(record);
        } else if course.reached.next() == Some(step) && dice.chance(course.begun) {
            records.extend(begun(record, dice));
        }
    }
    if course.complete_since.is_some() {
        records.extend(last_years_budget(&records));
    }
    if course.reached >= Step::Procedures {
        let set = dice.pick(CategorySet::ALL);
        records.extend(set.map(content::categories).transpose()?.unwrap_or_default());
    }
    let keys: BTreeSet<String> = records.iter().map(|record| format!("@{}", record.key)).collect();
    let not_yet = course.not_yet(place.today);
    for record in &mut records {
        prune(&mut record.content, &|text| {
            not_yet.iter().any(|day| day == text) || (text.starts_with('@') && !keys.contains(text))
        });
    }
    let mut evidence = content::shared_evidence(place, &words)?;
    evidence.retain(|seed| is_shown(seed, &finished, course, place, dice));
    for seed in &mut evidence {
        judge(seed, course, dice);
    }
    let is_live = course.reached == Step::Launch;
    let confirmed = CONFIRMED
        .iter()
        .filter(|_| is_live && (dice.chance(80) || course.complete_since.is_some()));
    Ok(Content {
        records,
        evidence,
        confirmed: confirmed.map(|item| (*item).to_owned()).collect(),
        progress: progress(course, dice),
        done_at: Some(Utc::now() - Duration::days(course.idle_days)),
    })
}

/// With which step a record comes.
fn step_of(record: &RecordSeed) -> Step {
    match (record.kind.as_str(), record.key.as_str()) {
        ("agency", _) => Step::Commitment,
        (_, "rakor" | "sk_pokja" | "pokja") => Step::Decree,
        (_, "perkada" | "sk_unit" | "renja" | "dpa") => Step::Regulation,
        ("sop" | "service", _) | (_, "unit" | "sekretariat" | "pks_vertikal") => Step::Procedures,
        _ => Step::Launch,
    }
}

/// The record as it is while people still work on it.
fn begun(mut record: RecordSeed, dice: &mut Dice) -> Option<RecordSeed> {
    if WHOLE_ONLY.contains(&record.key.as_str()) {
        return None;
    }
    let unfinished: &[&str] = match record.kind.as_str() {
        "sop" => &["file_id", "approved_by", "effective_on", "made_on"],
        "legal_instrument" => &[
            "number",
            "year",
            "signed_on",
            "signed_by",
            "effective_on",
            "gazette_number",
            "gazette_year",
            "file_id",
        ],
        _ => &[],
    };
    for field in unfinished {
        record.content.remove(*field);
    }
    if record.kind == "sop" {
        record.content.insert("status".to_owned(), json!("draft"));
    }
    if let Some(Json::Array(stages)) = record.content.get_mut("stages") {
        stages.truncate(usize::try_from(dice.between(1, 2)).unwrap_or(1));
    }
    Some(record)
}

/// Two years with a budget of its own make a district self-reliant.
fn last_years_budget(records: &[RecordSeed]) -> Option<RecordSeed> {
    let mut last = records.iter().find(|record| record.key == "dpa")?.clone();
    let year = last.content.get("year")?.as_i64()?;
    last.key = "dpa_lalu".to_owned();
    last.content.insert("year".to_owned(), json!(year - 1));
    last.content.insert("number".to_owned(), json!("03 (contoh)"));
    last.content.remove("signed_on");
    if let Some(Json::Array(stages)) = last.content.get_mut("stages") {
        for stage in stages.iter_mut().filter_map(Json::as_object_mut) {
            stage.remove("reached_on");
        }
    }
    Some(last)
}

/// Takes out texts that say what is not: fields and entries, however deep.
fn prune(fields: &mut Map<String, Json>, is_gone: &dyn Fn(&str) -> bool) {
    fields.retain(|_, value| keep(value, is_gone));
}

fn keep(value: &mut Json, is_gone: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Json::String(text) => return !is_gone(text),
        Json::Array(items) => items.retain_mut(|item| keep(item, is_gone)),
        Json::Object(fields) => prune(fields, is_gone),
        _ => {}
    }
    true
}

fn is_shown(
    seed: &EvidenceSeed,
    finished: &BTreeSet<String>,
    course: &Course,
    place: &Place<'_>,
    dice: &mut Dice,
) -> bool {
    let is_live = course.reached == Step::Launch;
    let has_record = match seed.record.as_deref() {
        Some(key) => finished.contains(key.trim_start_matches('@')),
        None => is_live || (seed.item == "SDM-4" && dice.chance(50)),
    };
    let has_come = seed.date.is_none_or(|date| date <= place.today);
    let lacks = match (is_live, course.complete_since) {
        (_, Some(_)) => false,
        (true, None) => MAY_LACK.contains(&seed.item.as_str()) && dice.chance(40),
        (false, None) => dice.chance(25),
    };
    has_record && has_come && !lacks
}

/// What the reviewer made of a document, and how old it is.
fn judge(seed: &mut EvidenceSeed, course: &Course, dice: &mut Dice) {
    if course.complete_since.is_some() {
        return;
    }
    if YEARLY.contains(&seed.item.as_str()) {
        seed.date = seed.date.map(|date| date - Duration::days(dice.between(0, 330)));
    }
    let is_live = course.reached == Step::Launch;
    seed.decision = match dice.between(0, 99) {
        0..=69 => Some(ReviewerDecision::Verified),
        70..=79 if !is_live => Some(ReviewerDecision::Returned),
        _ if is_live && !MAY_LACK.contains(&seed.item.as_str()) => Some(ReviewerDecision::Verified),
        _ => None,
    };
    if seed.decision == Some(ReviewerDecision::Returned) {
        seed.comment = dice.pick(RETURNED).unwrap_or_default().to_owned();
    }
}

fn progress(course: &Course, dice: &mut Dice) -> Vec<ProgressSeed> {
    let next = course.reached.next();
    let items = NEXT_ITEMS.iter().find(|(step, _)| Some(*step) == next);
    let mut seeds = Vec::new();
    for item in items.map_or(&[] as &[&str], |(_, items)| items) {
        if dice.chance(55) {
            seeds.push(ProgressSeed {
                item: (*item).to_owned(),
                assignee: "admin".to_owned(),
                due_in_days: dice.between(-45, 120),
                note: "Contoh tugas.".to_owned(),
                begun: dice.chance(60),
            });
        }
    }
    seeds
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{
        demo::content::Subdistrict,
        readiness::{Standard, standard::NEWEST},
        setup,
    };

    #[test]
    fn what_may_lack_is_not_mandatory_and_every_item_exists() {
        let standard = Standard::parse(NEWEST).unwrap_or_else(|error| panic!("{error}"));
        let mandatory = |code: &str| {
            let found = standard.items().find(|(_, item)| item.code == code);
            found.unwrap_or_else(|| panic!("no item {code}")).1.mandatory
        };
        assert!(MAY_LACK.iter().all(|code| !mandatory(code)));
        for code in NEXT_ITEMS.iter().flat_map(|(_, items)| items.iter()) {
            mandatory(code);
        }
    }

    /// What the kinds refuse would only show when somebody generates.
    #[test]
    fn every_kind_reads_what_is_made_and_nothing_points_nowhere() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let id = "01890000-0000-7000-8000-000000000000";
        for number in 0..120 {
            let code = format!("33.{:02}", number % 99);
            let mut dice = Dice::of(number, &code);
            let course = Course::of(&mut dice, today);
            let place = Place {
                code: &code,
                slug: "3310",
                short_name: "Contoh",
                unit_name: "PKSAI",
                full_name: "Kabupaten Contoh",
                subdistricts: &[Subdistrict {
                    code: format!("{code}.01"),
                    name: "Contoh".to_owned(),
                }],
                today,
            };
            let content = of(&place, &course, &mut dice).unwrap_or_else(|error| panic!("{number}: {error:#}"));
            let keys: BTreeSet<&str> = content.records.iter().map(|record| record.key.as_str()).collect();
            assert_eq!(keys.len(), content.records.len(), "{number}: a key comes twice");
            for record in &content.records {
                let kind = setup::kind(&record.kind).unwrap_or_else(|| panic!("{number}: no kind {}", record.kind));
                let mut fields = Json::Object(record.content.clone());
                let mut named = Vec::new();
                name_ids(&mut fields, id, &mut named);
                assert!(
                    named.iter().all(|key| keys.contains(key.as_str())),
                    "{number}: {}: {named:?}",
                    record.key
                );
                (kind.read)(&fields.to_string())
                    .unwrap_or_else(|error| panic!("{number}: {}: {error} {:?}", record.key, error.fields()));
            }
            for seed in &content.evidence {
                assert!(
                    seed.record.as_deref().is_none_or(|key| keys.contains(&key[1..])),
                    "{number}: {}",
                    seed.item
                );
                assert!(seed.date.is_none_or(|date| date <= today), "{number}: {}", seed.item);
            }
        }
    }

    fn name_ids(value: &mut Json, id: &str, named: &mut Vec<String>) {
        match value {
            Json::String(text) if text.starts_with('@') => {
                named.push(text[1..].to_owned());
                *text = id.to_owned();
            }
            Json::String(text) if text.starts_with("file:") => *text = id.to_owned(),
            Json::Array(items) => items.iter_mut().for_each(|item| name_ids(item, id, named)),
            Json::Object(fields) => fields.values_mut().for_each(|field| name_ids(field, id, named)),
            _ => {}
        }
    }
}
