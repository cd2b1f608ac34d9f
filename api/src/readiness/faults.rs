//! What breaks the rules of a standard, each with its place and in both languages.

use std::collections::HashSet;
use std::fmt;

use super::standard::{Component, Item, Standard, Text as Wording};
use crate::error::Text;

/// A broken rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Path of the place: `components.0.items.2.weight`.
    pub field: String,
    /// Code of the item or component; empty for the standard as a whole.
    pub subject: String,
    /// What is wrong.
    pub text: Text,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.subject.is_empty() {
            write!(f, "{}: ", self.subject)?;
        }
        f.write_str(&self.text.en)
    }
}

/// Collects faults of one thing.
#[derive(Debug)]
struct Place<'a> {
    field: String,
    subject: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Place<'_> {
    fn ensure(&mut self, holds: bool, part: &str, id: &'static str, en: &'static str) {
        if holds {
            return;
        }
        let parts = [self.field.as_str(), part];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.faults.push(Fault {
            field: parts.join("."),
            subject: self.subject.to_owned(),
            text: Text::fixed(id, en),
        });
    }

    fn texts(&mut self, texts: &[(&str, &str, &str)]) {
        for (part, id, en) in texts {
            self.ensure(
                is_whole(id) && is_whole(en),
                part,
                "isi teksnya dalam kedua bahasa, tanpa spasi di awal dan akhir",
                "give the text in both languages, without spaces at its ends",
            );
        }
    }
}

fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.trim() == text
}

fn pair<'a>(part: &'a str, text: &'a Wording) -> (&'a str, &'a str, &'a str) {
    (part, &text.id, &text.en)
}

impl Standard {
    /// What breaks the rules of a standard: known components, each once and in order, codes unique and of their component,
    /// weights above zero, texts in both languages, at least one mandatory item a component, sensible parameters.
    ///
    /// A version that was published before a component was added does not have it and stays valid; that the newest one has
    /// them all is for the tests to say.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut whole = Place {
            field: String::new(),
            subject: "",
            faults: &mut faults,
        };
        whole.ensure(
            self.languages == ["id", "en"],
            "languages",
            "isi languages dengan id dan en",
            "set languages to id and en",
        );
        whole.ensure(
            !self.code.is_empty() && !self.version.is_empty(),
            "version",
            "isi kode dan versi",
            "give code and version",
        );
        whole.texts(&[pair("title", &self.title), pair("note", &self.note)]);
        let in_order = self.components.is_sorted_by(|one, next| one.component < next.component);
        whole.ensure(
            !self.components.is_empty() && in_order,
            "components",
            "urutkan komponen, masing-masing satu kali",
            "put the components in order, each of them once",
        );
        let mut seen = HashSet::new();
        for (index, component) in self.components.iter().enumerate() {
            component.check(&format!("components.{index}"), &mut seen, &mut faults);
        }
        faults
    }
}

impl Component {
    fn check<'a>(&'a self, field: &str, seen: &mut HashSet<&'a str>, faults: &mut Vec<Fault>) {
        let mut place = Place {
            field: field.to_owned(),
            subject: &self.code,
            faults,
        };
        place.texts(&[pair("title", &self.title), pair("purpose", &self.purpose)]);
        place.ensure(
            self.code == self.component.code(),
            "code",
            "pakai kode komponennya",
            "use the code of its component",
        );
        place.ensure(
            self.items.iter().any(|item| item.mandatory),
            "items",
            "tandai sedikitnya satu butir sebagai wajib",
            "mark at least one item as mandatory",
        );
        for (index, item) in self.items.iter().enumerate() {
            let mut place = Place {
                field: format!("{field}.items.{index}"),
                subject: &item.code,
                faults,
            };
            item.check(&self.code, &mut place);
            place.ensure(
                seen.insert(&item.code),
                "code",
                "muncul dua kali; beri kode lain",
                "occurs twice; give another code",
            );
        }
    }
}

impl Item {
    fn check(&self, component: &str, place: &mut Place<'_>) {
        let number = self
            .code
            .strip_prefix(component)
            .and_then(|rest| rest.strip_prefix('-'));
        let slug = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'/'));
        place.texts(&[
            pair("title", &self.title),
            pair("why", &self.why),
            pair("next_step", &self.next_step),
            pair("evidence", &self.evidence),
        ]);
        if let Some(example) = &self.example {
            place.texts(&[("example", &example.id, &example.en)]);
            place.ensure(
                !example.source.is_empty(),
                "example.source",
                "tulis sumber contohnya",
                "give the source of the example",
            );
        }
        place.ensure(
            number.is_some_and(|n| n.parse::<u16>().is_ok_and(|n| n > 0)),
            "code",
            "tulis kode komponen, tanda hubung, dan nomor",
            "write the code of the component, a hyphen and a number",
        );
        place.ensure(
            (1..=100).contains(&self.weight),
            "weight",
            "isi bobot 1 sampai 100",
            "give a weight from 1 to 100",
        );
        place.ensure(
            self.mandatory || !self.must_be_verified_for_go_live,
            "must_be_verified_for_go_live",
            "harus terverifikasi, padahal tidak wajib: ubah salah satunya",
            "must be verified, yet is not mandatory: change one of them",
        );
        place.ensure(
            self.validity_months != Some(0),
            "validity_months",
            "isi masa berlaku mulai 1 bulan, atau kosongkan",
            "give a validity of at least 1 month, or leave it empty",
        );
        place.ensure(
            !self.screen.is_empty() && slug(&self.screen),
            "screen",
            "tulis alamat layar dengan huruf kecil, - dan /",
            "write the address of the screen in lower case, - and /",
        );
        place.ensure(!self.source.is_empty(), "source", "tulis sumbernya", "give its source");
        place.ensure(
            self.judged_by.is_sensible(),
            "judged_by",
            "perbaiki aturan atau dokumennya: parameternya tidak mungkin dipenuhi",
            "correct the rule or document: nothing can meet its parameters",
        );
    }
}
