//! Where data on children come from.

use chrono::NaiveDate;
use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::DataAgreement;
use crate::{
    readiness::ComponentKind,
    setup::{
        codes::{Frequency, codes},
        form::{Form, YEARS},
        institution::Agency,
        kind::{Links, MissingList, SetupKind},
    },
};

codes! {
    /// What a source is.
    DataSourceType {
        /// Basis Data Terpadu.
        Bdt "bdt",
        /// Data Terpadu Kesejahteraan Sosial.
        Dtks "dtks",
        /// Data Tunggal Sosial dan Ekonomi Nasional.
        Dtsen "dtsen",
        /// The civil registry.
        CivilRegistry "civil_registry",
        /// The district's own outreach.
        Outreach "outreach",
        /// Complaints and reports.
        Complaints "complaints",
        /// Data of another agency.
        AgencyData "agency_data",
        /// Something else.
        Other "other",
    }
}

/// A source of data on children.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DataSource {
    /// What it is.
    pub kind: Option<DataSourceType>,
    /// Its name.
    pub name: String,
    /// The year its data are of.
    pub year: Option<i32>,
    /// Who keeps it.
    pub owner_agency_id: Option<SetupRecordId>,
    /// The agreement under which it is used.
    pub agreement_id: Option<SetupRecordId>,
    /// How often it is brought up to date here.
    pub frequency: Option<Frequency>,
    /// When it was received last.
    pub received_on: Option<NaiveDate>,
    /// What it is used for.
    pub purpose: String,
    /// What its users must know: gaps, doubtful columns.
    pub known_faults: String,
    /// Anything else.
    pub notes: String,
}

impl SetupKind for DataSource {
    const KEY: &'static str = "data_source";
    const COMPONENT: ComponentKind = ComponentKind::DataSystem;
    const PLURAL: &'static str = "data_sources";
    const NAME: (&'static str, &'static str) = ("sumber data", "data source");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("name", &mut self.name, 200);
        form.number("year", self.year, YEARS);
        form.date("received_on", self.received_on);
        form.paragraph("purpose", &mut self.purpose, 2_000);
        form.paragraph("known_faults", &mut self.known_faults, 4_000);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.when(
            self.kind.is_none(),
            "kind",
            "Pilih jenis sumber data.",
            "Choose what it is.",
        );
        list.text("name", &self.name, "Tulis namanya.", "Write its name.");
        list.text(
            "purpose",
            &self.purpose,
            "Tulis untuk apa data ini dipakai.",
            "Write what it is used for.",
        );
        list.when(
            self.frequency.is_none(),
            "frequency",
            "Pilih seberapa sering diperbarui.",
            "Choose how often it is brought up to date.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.record("owner_agency_id", self.owner_agency_id, &[Agency::KEY]);
        links.record("agreement_id", self.agreement_id, &[DataAgreement::KEY]);
    }

    fn example() -> Self {
        Self {
            kind: Some(DataSourceType::Bdt),
            name: "BDT 2019".to_owned(),
            year: Some(2019),
            frequency: Some(Frequency::Annual),
            purpose: "Pilah data anak per kecamatan.".to_owned(),
            ..Self::default()
        }
    }
}
