//! Service standards: what a client may expect.

use chrono::NaiveDate;
use entity::ids::{FileObjectId, SetupRecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        codes::ServiceDomain,
        form::Form,
        kind::{Links, MissingList, SetupKind},
        regulation::LegalInstrument,
    },
};

/// What a client may expect of a service, as published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceStandard {
    /// Its name.
    pub name: String,
    /// The service domain it is about; null when it is about all.
    pub domain: Option<ServiceDomain>,
    /// What a client has to bring.
    pub requirements: Vec<String>,
    /// How the service goes, step by step.
    pub procedure: Vec<String>,
    /// The longest time it takes, in working days.
    pub working_days: Option<u32>,
    /// What it costs; "gratis" when nothing.
    pub cost: String,
    /// What the client gets.
    pub product: String,
    /// Where to complain.
    pub complaint_channel: String,
    /// The decree that set it.
    pub decree_id: Option<SetupRecordId>,
    /// First day in force.
    pub effective_on: Option<NaiveDate>,
    /// The published document.
    pub file_id: Option<FileObjectId>,
    /// Anything else.
    pub notes: String,
}

impl SetupKind for ServiceStandard {
    const KEY: &'static str = "service_standard";
    const COMPONENT: ComponentKind = ComponentKind::WorkMechanism;
    const PLURAL: &'static str = "service_standards";
    const NAME: (&'static str, &'static str) = ("standar pelayanan", "service standard");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("name", &mut self.name, 200);
        form.lines("requirements", &mut self.requirements, 40, 500);
        form.lines("procedure", &mut self.procedure, 60, 1_000);
        form.number("working_days", self.working_days, 0..=365);
        form.line("cost", &mut self.cost, 200);
        form.paragraph("product", &mut self.product, 1_000);
        form.paragraph("complaint_channel", &mut self.complaint_channel, 1_000);
        form.date("effective_on", self.effective_on);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text(
            "name",
            &self.name,
            "Tulis nama standar pelayanan.",
            "Write the name of the standard.",
        );
        list.when(
            self.procedure.is_empty(),
            "procedure",
            "Tulis alur pelayanannya.",
            "Write how the service goes.",
        );
        list.when(
            self.working_days.is_none(),
            "working_days",
            "Isi jangka waktunya.",
            "Give the time it takes.",
        );
        list.text(
            "cost",
            &self.cost,
            "Isi biayanya; tulis gratis bila tidak ada.",
            "Give the cost; write free if none.",
        );
        list.text(
            "product",
            &self.product,
            "Tulis apa yang diterima klien.",
            "Write what the client gets.",
        );
        list.text(
            "complaint_channel",
            &self.complaint_channel,
            "Tulis ke mana klien mengadu.",
            "Write where to complain.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.record("decree_id", self.decree_id, &[LegalInstrument::KEY]);
        links.file("file_id", self.file_id);
    }

    fn published(&self) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            domain: self.domain,
            requirements: self.requirements.clone(),
            procedure: self.procedure.clone(),
            working_days: self.working_days,
            cost: self.cost.clone(),
            product: self.product.clone(),
            decree_id: self.decree_id,
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            name: "Penerbitan akta kelahiran anak rentan".to_owned(),
            domain: Some(ServiceDomain::LegalIdentity),
            requirements: vec!["Surat keterangan lahir".to_owned()],
            procedure: vec!["Petugas mengantar berkas ke Dukcapil.".to_owned()],
            working_days: Some(3),
            cost: "gratis".to_owned(),
            product: "Kutipan akta kelahiran".to_owned(),
            complaint_channel: "Loket pengaduan unit layanan".to_owned(),
            ..Self::default()
        }
    }
}
