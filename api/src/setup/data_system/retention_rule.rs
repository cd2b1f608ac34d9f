//! How long data are kept.

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
    /// What happens when the time is over.
    RetentionAction {
        /// Everything is deleted.
        Delete "delete",
        /// Whatever identifies a person is removed; counts stay.
        Anonymise "anonymise",
        /// Somebody decides case by case.
        Review "review",
    }
}

/// How long one kind of data is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionRule {
    /// Which data.
    pub subject: String,
    /// For how many months.
    pub months: Option<u32>,
    /// Counted from what, e.g. "penutupan kasus".
    pub counted_from: String,
    /// What happens then.
    pub action: Option<RetentionAction>,
    /// What it stands on, as the district cites it.
    pub legal_basis: String,
    /// Anything else.
    pub notes: String,
}

impl SetupKind for RetentionRule {
    const KEY: &'static str = "retention_rule";
    const COMPONENT: ComponentKind = ComponentKind::DataSystem;
    const PLURAL: &'static str = "retention_rules";
    const NAME: (&'static str, &'static str) = ("aturan penyimpanan data", "retention rule");

    fn title(&self) -> String {
        self.subject.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("subject", &mut self.subject, 200);
        form.number("months", self.months, 1..=1_200);
        form.line("counted_from", &mut self.counted_from, 200);
        form.paragraph("legal_basis", &mut self.legal_basis, 1_000);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text(
            "subject",
            &self.subject,
            "Tulis data apa yang diatur.",
            "Write which data it is about.",
        );
        list.when(
            self.months.is_none(),
            "months",
            "Isi lama penyimpanan dalam bulan.",
            "Give the months.",
        );
        list.text(
            "counted_from",
            &self.counted_from,
            "Tulis dihitung sejak kapan.",
            "Write from when it counts.",
        );
        list.when(
            self.action.is_none(),
            "action",
            "Pilih apa yang dilakukan setelahnya.",
            "Choose what happens then.",
        );
    }

    fn published(&self) -> Option<Self> {
        Some(Self {
            subject: self.subject.clone(),
            months: self.months,
            counted_from: self.counted_from.clone(),
            action: self.action,
            legal_basis: self.legal_basis.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            subject: "Berkas kasus yang sudah ditutup".to_owned(),
            months: Some(60),
            counted_from: "penutupan kasus".to_owned(),
            action: Some(RetentionAction::Anonymise),
            ..Self::default()
        }
    }
}
