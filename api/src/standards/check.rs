//! What a draft may say: plain functions.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::{
    error::{ApiError, ApiResult, FieldError, Text},
    readiness::{
        Item, JudgedBy, Standard, facts,
        faults::Fault,
        standard::{Component, StandardStatus, Text as Wording},
    },
    reference::Reference,
    setup::codes::reference,
};

/// The longest text of an item, in characters.
const MAX_TEXT: usize = 2_000;
/// The most items of a component.
const MAX_ITEMS: usize = 60;
/// How many faults an answer names.
const MAX_FAULTS: usize = 50;

/// What the ministry writes of a version. Number, effective day and standing come when it is published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandardContent {
    /// Title shown to people.
    pub title: Wording,
    /// What the reader must know about its origin.
    pub note: Wording,
    /// The components of the version before, in order, with their items.
    pub components: Vec<Component>,
}

impl StandardContent {
    /// Of a published version.
    #[must_use]
    pub fn of(standard: &Standard) -> Self {
        Self {
            title: standard.title.clone(),
            note: standard.note.clone(),
            components: standard.components.clone(),
        }
    }

    /// As a standard that follows `base`, not yet published.
    #[must_use]
    pub fn into_standard(self, base: &Standard, version: &str) -> Standard {
        Standard {
            schema: None,
            code: base.code.clone(),
            version: version.to_owned(),
            title: self.title,
            status: StandardStatus::Proposal,
            effective_from: base.effective_from,
            languages: base.languages.clone(),
            note: self.note,
            components: self.components,
            fingerprint: String::new(),
            grace: None,
        }
    }

    /// Fingerprint in hex: the same for the same content made from the same version.
    ///
    /// # Errors
    /// Only when it cannot be written as JSON.
    pub fn hash(&self, base_version: &str) -> Result<String, serde_json::Error> {
        let seen = serde_json::json!({ "base": base_version, "content": serde_json::to_value(self)? });
        Ok(hex::encode(Sha256::digest(seen.to_string())))
    }
}

/// The number of the version that follows these: one more after the point of the greatest.
#[must_use]
pub fn next_version<'a>(versions: impl IntoIterator<Item = &'a str>) -> String {
    let greatest = versions.into_iter().filter_map(number).max().unwrap_or_default();
    format!("{}.{}", greatest.0, greatest.1 + 1)
}

/// The two numbers of a version: versions are in the order of these.
#[must_use]
pub fn number(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Checks a draft that follows `base`; `used` are the codes of the items of all versions.
///
/// # Errors
/// 422 with every fault and the item that it is in.
pub fn check(draft: &Standard, base: &Standard, used: &HashSet<String>) -> ApiResult<()> {
    let mut faults = draft.faults();
    faults.extend(foreign_components(draft, base));
    faults.extend(lost_phases(draft, base));
    for (index, component) in draft.components.iter().enumerate() {
        let place = format!("components.{index}");
        if component.items.len() > MAX_ITEMS {
            faults.push(fault(
                &format!("{place}.items"),
                &component.code,
                "lebih dari 60 butir",
                "more than 60 items",
            ));
        }
        for (index, item) in component.items.iter().enumerate() {
            faults.extend(check_item(item, base, used, &format!("{place}.items.{index}")));
        }
    }
    let long = |text: &Wording| text.id.chars().count() > MAX_TEXT || text.en.chars().count() > MAX_TEXT;
    if long(&draft.title) || long(&draft.note) {
        faults.push(fault("title", "", "teks terlalu panjang", "a text is too long"));
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(ApiError::invalid(
        faults.into_iter().take(MAX_FAULTS).map(field_error).collect(),
    ))
}

/// Components come with the program: screens and rules belong to them.
fn foreign_components(draft: &Standard, base: &Standard) -> Option<Fault> {
    let kinds = |standard: &Standard| -> Vec<_> { standard.components.iter().map(|of| of.component).collect() };
    (kinds(draft) != kinds(base)).then(|| {
        fault(
            "components",
            "",
            "komponen harus sama dengan versi sebelumnya: komponen baru datang bersama program",
            "the components must be those of the version before: new ones come with the program",
        )
    })
}

/// Phases are read from certain items. A version that changes those would move districts back on the day it counts, and their
/// past with them, so it comes with a program that knows the new ones.
fn lost_phases(draft: &Standard, base: &Standard) -> Vec<Fault> {
    let find = |standard: &Standard, code: &str| {
        let found = standard.items().find(|(_, item)| item.code == code);
        found.map(|(_, item)| item.clone())
    };
    let mut faults = Vec::new();
    for code in facts::PHASE_ITEMS {
        let Some(old) = find(base, code) else { continue };
        let keeps = find(draft, code).is_some_and(|new| {
            let accepted = new.judged_by.accepted_documents();
            old.judged_by
                .accepted_documents()
                .iter()
                .all(|kind| accepted.contains(kind))
        });
        if !keeps {
            faults.push(fault(
                "components",
                code,
                "butir ini menentukan tahap daerah: tidak dapat dihapus, dan jenis dokumennya hanya dapat ditambah",
                "this item decides a phase: it cannot be retired, and kinds of documents can only be added to it",
            ));
        }
    }
    let deciding = |standard: &Standard| -> HashSet<String> {
        let items = standard.items().filter(|(_, item)| facts::dates_procedures(item));
        items.map(|(_, item)| item.code.clone()).collect()
    };
    for code in deciding(draft).symmetric_difference(&deciding(base)) {
        faults.push(fault(
            "components",
            code,
            "SOP wajib menentukan tahap SOP: mana yang wajib belum dapat diubah lewat rancangan",
            "mandatory SOPs decide the phase of procedures: which are mandatory cannot be changed by a draft yet",
        ));
    }
    faults
}

fn check_item(item: &Item, base: &Standard, used: &HashSet<String>, place: &str) -> Vec<Fault> {
    let is_old = base.items().any(|(_, known)| known.code == item.code);
    let texts = [&item.title, &item.why, &item.next_step, &item.evidence];
    let too_long = |text: &&Wording| text.id.chars().count() > MAX_TEXT || text.en.chars().count() > MAX_TEXT;
    let checks = [
        (
            !is_old && used.contains(&item.code),
            "code",
            "kode ini dipakai butir yang sudah dihapus; bukti lama akan terhitung untuk butir lain. Pakai kode baru",
            "this code belonged to a retired item, whose evidence would count for another. Use a new code",
        ),
        (
            texts.iter().any(too_long),
            "title",
            "sebuah teks lebih dari 2.000 karakter",
            "a text has more than 2,000 characters",
        ),
        (
            !base.items().any(|(_, known)| known.screen == item.screen),
            "screen",
            "layar ini tidak dikenal",
            "this screen is not known",
        ),
        (
            !are_documents(item.judged_by.accepted_documents()),
            "judged_by",
            "ada jenis dokumen yang tidak dikenal",
            "a kind of document is not known",
        ),
        (
            !names_known_codes(&item.judged_by, base),
            "judged_by",
            "aturan menyebut kode yang tidak dipakai aturan mana pun dalam versi sebelumnya",
            "the rule names a code that no rule of the version before names",
        ),
    ];
    checks
        .into_iter()
        .filter(|(broken, ..)| *broken)
        .map(|(_, part, id, en)| fault(&format!("{place}.{part}"), &item.code, id, en))
        .collect()
}

fn are_documents(codes: &[String]) -> bool {
    let known: HashSet<&str> = reference().into_iter().flat_map(Reference::evidence_kinds).collect();
    codes.iter().all(|code| known.contains(code.as_str()))
}

/// Rules are the program's: a draft changes their numbers and chooses among the codes that rules name today.
fn names_known_codes(judged_by: &JudgedBy, base: &Standard) -> bool {
    let JudgedBy::Computed { rule, .. } = judged_by else {
        return true;
    };
    let mut known = HashSet::new();
    for (_, item) in base.items() {
        if let JudgedBy::Computed { rule, .. } = &item.judged_by {
            words(&serde_json::to_value(rule).unwrap_or_default(), &mut known);
        }
    }
    let mut named = HashSet::new();
    words(&serde_json::to_value(rule).unwrap_or_default(), &mut named);
    named.is_subset(&known)
}

fn words(value: &Value, into: &mut HashSet<String>) {
    match value {
        Value::String(word) => {
            into.insert(word.clone());
        }
        Value::Array(list) => list.iter().for_each(|value| words(value, into)),
        Value::Object(map) => map.values().for_each(|value| words(value, into)),
        _ => {}
    }
}

fn fault(field: &str, subject: &str, id: &'static str, en: &'static str) -> Fault {
    Fault {
        field: field.to_owned(),
        subject: subject.to_owned(),
        text: Text::fixed(id, en),
    }
}

fn field_error(fault: Fault) -> FieldError {
    let say = |text: &str| match fault.subject.as_str() {
        "" => text.to_owned(),
        subject => format!("{subject}: {text}"),
    };
    FieldError {
        message: Text::new(say(&fault.text.id), say(&fault.text.en)),
        field: fault.field,
        code: "not_allowed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::standard::NEWEST;

    fn shipped() -> Standard {
        Standard::parse(NEWEST).unwrap()
    }

    fn used() -> HashSet<String> {
        let codes = shipped()
            .items()
            .map(|(_, item)| item.code.clone())
            .collect::<HashSet<_>>();
        codes.into_iter().chain(["REG-77".to_owned()]).collect()
    }

    fn refused(change: impl FnOnce(&mut Standard)) -> Vec<(String, String)> {
        let mut draft = shipped();
        change(&mut draft);
        let error = check(&draft, &shipped(), &used()).unwrap_err();
        let of = |field: &FieldError| (field.field.clone(), field.message.en.to_string());
        error.fields().iter().map(of).collect()
    }

    #[test]
    fn phases_keep_what_decides_them() {
        let without = |code: &'static str| {
            refused(move |draft| {
                for component in &mut draft.components {
                    component.items.retain(|item| item.code != code);
                }
            })
        };
        for code in ["LEM-8", "REG-4", "MEK-2"] {
            let told = without(code);
            assert!(told.iter().any(|(_, text)| text.starts_with(code)), "{code}: {told:?}");
        }
        let optional_to_mandatory = refused(|draft| {
            let items = draft.components.iter_mut().flat_map(|component| &mut component.items);
            items
                .filter(|item| item.code == "MEK-7")
                .for_each(|item| item.mandatory = true);
        });
        assert!(optional_to_mandatory.iter().any(|(_, text)| text.starts_with("MEK-7")));
    }

    #[test]
    fn what_was_published_may_be_drafted_again() {
        assert!(check(&shipped(), &shipped(), &used()).is_ok());
    }

    #[test]
    fn faults_name_place_and_item() {
        let named = refused(|draft| draft.components[0].items[1].weight = 0);
        assert_eq!(
            named,
            [(
                "components.0.items.1.weight".into(),
                "REG-2: give a weight from 1 to 100".into()
            )]
        );
        let reused = refused(|draft| draft.components[0].items.last_mut().unwrap().code = "REG-77".into());
        assert!(
            reused[0].1.starts_with("REG-77: this code belonged to a retired item"),
            "{reused:?}"
        );
        let screen = refused(|draft| draft.components[0].items[0].screen = "nowhere".into());
        assert_eq!(screen[0].1, "REG-1: this screen is not known");
        let kind = refused(|draft| {
            draft.components[0].items[1].judged_by = JudgedBy::Document {
                accepts: vec!["napkin".into()],
            };
        });
        assert_eq!(kind[0].1, "REG-2: a kind of document is not known");
        let fewer = refused(|draft| drop(draft.components.pop()));
        assert_eq!(fewer[0].0, "components");
    }

    #[test]
    fn rules_may_change_their_numbers_and_not_their_words() {
        let with_rule = |draft: &mut Standard, from: &str, to: &str| {
            let item = draft
                .components
                .iter_mut()
                .flat_map(|c| &mut c.items)
                .find(|item| item.code == "LAY-2")
                .unwrap();
            let json = serde_json::to_string(&item.judged_by).unwrap().replace(from, to);
            item.judged_by = serde_json::from_str(&json).unwrap();
        };
        let mut draft = shipped();
        with_rule(&mut draft, "\"at_least\":1", "\"at_least\":2");
        assert_ne!(draft, shipped());
        assert!(check(&draft, &shipped(), &used()).is_ok());
        let named = refused(|draft| with_rule(draft, "\"domains\":[\"", "\"domains\":[\"astrology\",\""));
        assert!(named[0].1.starts_with("LAY-2: the rule names a code"), "{named:?}");
    }

    #[test]
    fn versions_are_numbers() {
        assert_eq!(next_version(["1.0"]), "1.1");
        assert_eq!(next_version(["1.9", "1.10", "1.2"]), "1.11");
        assert!(number("1.10") > number("1.9"));
    }

    #[test]
    fn the_hash_is_of_content_and_base() {
        let content = StandardContent::of(&shipped());
        let mut other = content.clone();
        other.components[0].items[0].weight += 1;
        let hash = |content: &StandardContent, base| content.hash(base).unwrap();
        assert_eq!(hash(&content, "1.0"), hash(&content.clone(), "1.0"));
        assert_ne!(hash(&content, "1.0"), hash(&other, "1.0"));
        assert_ne!(hash(&content, "1.0"), hash(&content, "1.1"));
    }
}
