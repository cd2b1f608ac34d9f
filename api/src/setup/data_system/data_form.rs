//! The forms of the centre and whether they are in use.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        codes::codes,
        form::Form,
        kind::{MissingList, SetupKind},
    },
};

codes! {
    /// What a form is about.
    FormTarget {
        /// A child in the register.
        Child "child",
        /// A child met in outreach.
        Outreach "outreach",
    }
}

codes! {
    /// Whether a form is in use.
    FormStatus {
        /// Being put together.
        Draft "draft",
        /// In use.
        Published "published",
    }
}

/// A form: the fields that every district has, and the extra ones of `form_field`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DataForm {
    /// What it is about; each once in a district.
    pub form: Option<FormTarget>,
    /// Its heading.
    pub title: String,
    /// What the person who fills it in should know.
    pub introduction: String,
    /// What child and caregiver are told before they are asked.
    pub consent_text: String,
    /// Whether it is in use; a new one is a draft.
    pub status: Option<FormStatus>,
    /// In use since.
    pub published_on: Option<NaiveDate>,
    /// Anything else.
    pub notes: String,
}

impl SetupKind for DataForm {
    const KEY: &'static str = "data_form";
    const COMPONENT: ComponentKind = ComponentKind::DataSystem;
    const PLURAL: &'static str = "data_forms";
    const NAME: (&'static str, &'static str) = ("formulir", "form");
    const UNIQUE: &'static [&'static str] = &["form"];

    fn title(&self) -> String {
        self.title.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("title", &mut self.title, 200);
        form.paragraph("introduction", &mut self.introduction, 4_000);
        form.paragraph("consent_text", &mut self.consent_text, 8_000);
        form.date("published_on", self.published_on);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.when(self.form.is_none(), "form", "Pilih formulirnya.", "Choose the form.");
        list.text("title", &self.title, "Tulis judulnya.", "Write its heading.");
        list.text(
            "consent_text",
            &self.consent_text,
            "Tulis penjelasan untuk persetujuan.",
            "Write what people are told before they consent.",
        );
        list.when(
            self.status != Some(FormStatus::Published),
            "status",
            "Ubah status formulir menjadi Dipakai bila sudah siap.",
            "Change the status of the form to In use when it is ready.",
        );
    }

    fn published(&self) -> Option<Self> {
        Some(Self {
            form: self.form,
            title: self.title.clone(),
            introduction: self.introduction.clone(),
            consent_text: self.consent_text.clone(),
            // Ready for use there is ready for use here: who takes it over decides to use it. Since when is the district's own.
            status: self.status,
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            form: Some(FormTarget::Outreach),
            title: "Formulir penjangkauan".to_owned(),
            consent_text: "Data ini dipakai untuk menghubungkan anak dengan layanan yang diperlukan.".to_owned(),
            status: Some(FormStatus::Published),
            published_on: NaiveDate::from_ymd_opt(2026, 1, 5),
            ..Self::default()
        }
    }
}
