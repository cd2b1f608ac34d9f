//! The reporting calendar.

use chrono::NaiveDate;
use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        codes::Frequency,
        form::Form,
        institution::Agency,
        kind::{Links, MissingList, SetupKind},
        staff::StaffMember,
    },
};

/// A report that is due in a rhythm: a line of the reporting calendar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReportPlan {
    /// Its name.
    pub name: String,
    /// What it tells. Aggregates only where it leaves the centre.
    pub contents: String,
    /// How often.
    pub frequency: Option<Frequency>,
    /// When within the period, e.g. "tanggal 5 bulan berikutnya".
    pub due: String,
    /// The next day it is due.
    pub next_due_on: Option<NaiveDate>,
    /// Agencies that receive it.
    pub recipient_agency_ids: Vec<SetupRecordId>,
    /// Others who receive it.
    pub recipients: String,
    /// Who makes it.
    pub staff_id: Option<SetupRecordId>,
    /// Anything else.
    pub notes: String,
}

impl ReportPlan {
    /// It says who receives it.
    #[must_use]
    pub fn has_recipient(&self) -> bool {
        !self.recipient_agency_ids.is_empty() || !self.recipients.is_empty()
    }
}

impl SetupKind for ReportPlan {
    const KEY: &'static str = "report_plan";
    const COMPONENT: ComponentKind = ComponentKind::DataSystem;
    const PLURAL: &'static str = "report_plans";
    const NAME: (&'static str, &'static str) = ("jadwal laporan", "planned report");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("name", &mut self.name, 200);
        form.paragraph("contents", &mut self.contents, 2_000);
        form.line("due", &mut self.due, 200);
        form.date("next_due_on", self.next_due_on);
        form.records("recipient_agency_ids", &mut self.recipient_agency_ids);
        form.paragraph("recipients", &mut self.recipients, 1_000);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text(
            "name",
            &self.name,
            "Tulis nama laporan.",
            "Write the name of the report.",
        );
        list.when(
            self.frequency.is_none(),
            "frequency",
            "Pilih seberapa sering dibuat.",
            "Choose how often it is made.",
        );
        list.when(
            !self.has_recipient(),
            "recipient_agency_ids",
            "Pilih penerima laporan.",
            "Choose who receives it.",
        );
        list.when(
            self.staff_id.is_none(),
            "staff_id",
            "Pilih siapa yang menyusunnya.",
            "Choose who makes it.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.records("recipient_agency_ids", &self.recipient_agency_ids, &[Agency::KEY]);
        links.record("staff_id", self.staff_id, &[StaffMember::KEY]);
    }

    fn published(&self) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            contents: self.contents.clone(),
            frequency: self.frequency,
            due: self.due.clone(),
            recipient_agency_ids: self.recipient_agency_ids.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            name: "Laporan agregat triwulanan".to_owned(),
            contents: "Jumlah anak terlayani per kecamatan tanpa identitas.".to_owned(),
            frequency: Some(Frequency::Quarterly),
            due: "tanggal 5 bulan berikutnya".to_owned(),
            recipients: "Sekretaris Daerah".to_owned(),
            ..Self::default()
        }
    }
}
