//! Extra fields that a district adds to its forms.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FormTarget;
use crate::{
    error::Text,
    readiness::ComponentKind,
    setup::{
        codes::codes,
        form::{Form, rows},
        kind::{MissingList, SetupKind},
    },
};

codes! {
    /// What may be entered in a field.
    FieldType {
        /// Text.
        Text "text",
        /// A whole number.
        Number "number",
        /// A day.
        Date "date",
        /// One of the choices.
        Choice "choice",
        /// Any of the choices.
        MultiChoice "multi_choice",
        /// Yes or no.
        YesNo "yes_no",
        /// A region by its code.
        Region "region",
    }
}

/// An extra field of a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FormField {
    /// The form it belongs to.
    pub form: Option<FormTarget>,
    /// Under which word the answer is kept; once in a form, and not changed once answers exist.
    pub key: String,
    /// The question in Indonesian.
    pub label_id: String,
    /// The question in English.
    pub label_en: String,
    /// What may be entered.
    #[serde(rename = "type")]
    pub kind: Option<FieldType>,
    /// The choices, for a choice.
    pub choices: Vec<FieldChoice>,
    /// It must be answered.
    pub required: bool,
    /// Whoever need not know does not see the answer.
    pub is_sensitive: bool,
    /// Smallest number.
    pub minimum: Option<i64>,
    /// Largest number.
    pub maximum: Option<i64>,
    /// Longest text, in characters.
    pub max_length: Option<u32>,
    /// Under which heading it stands.
    pub section: String,
    /// What the person who fills it in should know, in Indonesian.
    pub help_id: String,
    /// The same in English.
    pub help_en: String,
}

/// A choice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FieldChoice {
    /// Under which word the answer is kept; made by the server when empty.
    pub id: String,
    /// The choice in Indonesian.
    pub label_id: String,
    /// The choice in English.
    pub label_en: String,
}

rows!(FieldChoice);

impl FieldType {
    /// One answers by choosing.
    #[must_use]
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::MultiChoice)
    }
}

impl FormField {
    fn check_limits(&self, form: &mut Form<'_>) {
        let fits = |types: &[FieldType]| self.kind.is_none_or(|kind| types.contains(&kind));
        let wrong = Text::fixed(
            "Batas ini tidak cocok dengan jenis isian.",
            "This limit does not go with the type of the field.",
        );
        for (field, is_set, types) in [
            ("minimum", self.minimum.is_some(), &[FieldType::Number][..]),
            ("maximum", self.maximum.is_some(), &[FieldType::Number]),
            ("max_length", self.max_length.is_some(), &[FieldType::Text]),
            (
                "choices",
                !self.choices.is_empty(),
                &[FieldType::Choice, FieldType::MultiChoice],
            ),
        ] {
            form.ensure(!is_set || fits(types), field, "not_for_this_type", wrong.clone());
        }
        form.ensure(
            self.minimum.is_none() || self.maximum.is_none() || self.minimum <= self.maximum,
            "maximum",
            "below_minimum",
            Text::fixed(
                "Tidak boleh di bawah batas terkecil.",
                "It cannot be below the smallest number.",
            ),
        );
    }
}

impl SetupKind for FormField {
    const KEY: &'static str = "form_field";
    const COMPONENT: ComponentKind = ComponentKind::DataSystem;
    const PLURAL: &'static str = "form_fields";
    const NAME: (&'static str, &'static str) = ("isian formulir", "form field");
    const UNIQUE: &'static [&'static str] = &["key", "form"];

    fn title(&self) -> String {
        self.label_id.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.key("key", &mut self.key, 40);
        form.line("label_id", &mut self.label_id, 300);
        form.line("label_en", &mut self.label_en, 300);
        form.number("minimum", self.minimum, -1_000_000_000..=1_000_000_000);
        form.number("maximum", self.maximum, -1_000_000_000..=1_000_000_000);
        form.number("max_length", self.max_length, 1..=10_000);
        form.line("section", &mut self.section, 120);
        form.paragraph("help_id", &mut self.help_id, 1_000);
        form.paragraph("help_en", &mut self.help_en, 1_000);
        form.rows("choices", &mut self.choices, 200, |choice, form| {
            form.line("label_id", &mut choice.label_id, 200);
            form.line("label_en", &mut choice.label_en, 200);
        });
        self.check_limits(form);
    }

    fn missing(&self, list: &mut MissingList) {
        list.when(self.form.is_none(), "form", "Pilih formulirnya.", "Choose the form.");
        list.text(
            "key",
            &self.key,
            "Beri nama isian dalam data.",
            "Give it a name in the data.",
        );
        list.text(
            "label_id",
            &self.label_id,
            "Tulis pertanyaannya.",
            "Write the question in Indonesian.",
        );
        list.when(
            self.kind.is_none(),
            "type",
            "Pilih jenis isian.",
            "Choose what may be entered.",
        );
        list.when(
            self.kind.is_some_and(FieldType::has_choices) && self.choices.len() < 2,
            "choices",
            "Beri sedikitnya dua pilihan.",
            "Give at least two choices.",
        );
        for (index, choice) in self.choices.iter().enumerate() {
            list.when(
                choice.label_id.is_empty(),
                format!("choices.{index}.label_id"),
                "Tulis pilihannya.",
                "Write the choice.",
            );
        }
    }

    fn published(&self) -> Option<Self> {
        Some(Self {
            form: self.form,
            key: self.key.clone(),
            label_id: self.label_id.clone(),
            label_en: self.label_en.clone(),
            kind: self.kind,
            choices: self.choices.clone(),
            required: self.required,
            is_sensitive: self.is_sensitive,
            minimum: self.minimum,
            maximum: self.maximum,
            max_length: self.max_length,
            section: self.section.clone(),
            help_id: self.help_id.clone(),
            help_en: self.help_en.clone(),
        })
    }

    fn example() -> Self {
        let choice = |id: &str, label_id: &str, label_en: &str| FieldChoice {
            id: id.to_owned(),
            label_id: label_id.to_owned(),
            label_en: label_en.to_owned(),
        };
        Self {
            form: Some(FormTarget::Outreach),
            key: "jarak_sekolah".to_owned(),
            label_id: "Jarak rumah ke sekolah".to_owned(),
            label_en: "Distance from home to school".to_owned(),
            kind: Some(FieldType::Choice),
            choices: vec![
                choice("dekat", "Kurang dari 1 km", "Less than 1 km"),
                choice("jauh", "1 km atau lebih", "1 km or more"),
            ],
            ..Self::default()
        }
    }
}
