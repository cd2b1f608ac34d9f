//! Indicators with their targets.

use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::DataSource;
use crate::{
    readiness::ComponentKind,
    setup::{
        codes::Frequency,
        form::{Form, YEARS},
        kind::{Links, MissingList, SetupKind},
        staff::StaffMember,
    },
};

/// A figure by which the district measures its work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Indicator {
    /// Its name.
    pub name: String,
    /// How it is computed, in words.
    pub formula: String,
    /// Its unit, e.g. "anak" or "%".
    pub unit: String,
    /// What it was before.
    pub baseline: Option<f64>,
    /// The year of the baseline.
    pub baseline_year: Option<i32>,
    /// What it should become.
    pub target: Option<f64>,
    /// By the end of this year.
    pub target_year: Option<i32>,
    /// How often it is measured.
    pub period: Option<Frequency>,
    /// By what it is broken down, e.g. sex, age, kecamatan.
    pub breakdowns: Vec<String>,
    /// Sources of the figures.
    pub source_ids: Vec<SetupRecordId>,
    /// Who is in charge.
    pub staff_id: Option<SetupRecordId>,
    /// Anything else.
    pub notes: String,
}

/// Figures beyond this are slips of the finger: more than the inhabitants of the earth, and whole cents of money fit.
const LARGEST: f64 = 1e15;

impl SetupKind for Indicator {
    const KEY: &'static str = "indicator";
    const COMPONENT: ComponentKind = ComponentKind::DataSystem;
    const PLURAL: &'static str = "indicators";
    const NAME: (&'static str, &'static str) = ("indikator", "indicator");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("name", &mut self.name, 300);
        form.paragraph("formula", &mut self.formula, 2_000);
        form.line("unit", &mut self.unit, 60);
        form.number("baseline", self.baseline, -LARGEST..=LARGEST);
        form.number("target", self.target, -LARGEST..=LARGEST);
        form.number("baseline_year", self.baseline_year, YEARS);
        form.number("target_year", self.target_year, YEARS);
        form.lines("breakdowns", &mut self.breakdowns, 20, 120);
        form.records("source_ids", &mut self.source_ids);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text(
            "name",
            &self.name,
            "Tulis nama indikator.",
            "Write the name of the indicator.",
        );
        list.text(
            "formula",
            &self.formula,
            "Tulis cara menghitungnya.",
            "Write how it is computed.",
        );
        list.text("unit", &self.unit, "Isi satuannya.", "Give its unit.");
        list.when(self.target.is_none(), "target", "Isi sasarannya.", "Give the target.");
        list.when(
            self.period.is_none(),
            "period",
            "Pilih seberapa sering diukur.",
            "Choose how often it is measured.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.records("source_ids", &self.source_ids, &[DataSource::KEY]);
        links.record("staff_id", self.staff_id, &[StaffMember::KEY]);
    }

    /// How it is measured; the district's figures, sources and people stay.
    fn published(&self) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            formula: self.formula.clone(),
            unit: self.unit.clone(),
            period: self.period,
            breakdowns: self.breakdowns.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            name: "Anak rentan yang memiliki akta kelahiran".to_owned(),
            formula: "Anak rentan dengan akta dibagi seluruh anak rentan terdata, dikali 100.".to_owned(),
            unit: "%".to_owned(),
            target: Some(95.0),
            target_year: Some(2027),
            period: Some(Frequency::Quarterly),
            breakdowns: vec!["kecamatan".to_owned()],
            ..Self::default()
        }
    }
}
