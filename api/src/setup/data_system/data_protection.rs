//! Data protection: whom people turn to, and when rights of access were looked through.

use chrono::NaiveDate;
use entity::ids::{FileObjectId, SetupRecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        form::Form,
        kind::{Links, MissingList, SetupKind},
        staff::StaffMember,
    },
};

/// What a district has arranged to protect data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DataProtection {
    /// Its name, e.g. "Pelindungan data PKSAI".
    pub name: String,
    /// Whom people turn to about their data.
    pub contact_name: String,
    /// The contact's position.
    pub contact_position: String,
    /// The contact's phone number.
    pub contact_phone: String,
    /// The contact's email.
    pub contact_email: String,
    /// When the district last looked through roles and their rights.
    pub access_reviewed_on: Option<NaiveDate>,
    /// Who did.
    pub access_reviewed_by_id: Option<SetupRecordId>,
    /// The written policy.
    pub policy_file_id: Option<FileObjectId>,
    /// When the impact of processing on people was assessed.
    pub impact_assessed_on: Option<NaiveDate>,
    /// The assessment.
    pub impact_assessment_file_id: Option<FileObjectId>,
    /// What is done when data leak: who tells whom, how soon.
    pub breach_procedure: String,
    /// Anything else.
    pub notes: String,
}

impl DataProtection {
    /// Somebody is named and can be reached.
    #[must_use]
    pub fn has_contact(&self) -> bool {
        !self.contact_name.is_empty() && (!self.contact_phone.is_empty() || !self.contact_email.is_empty())
    }
}

impl SetupKind for DataProtection {
    const KEY: &'static str = "data_protection";
    const COMPONENT: ComponentKind = ComponentKind::DataSystem;
    const PLURAL: &'static str = "data_protections";
    const NAME: (&'static str, &'static str) = ("pelindungan data", "data protection arrangement");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("name", &mut self.name, 200);
        form.name("contact_name", &mut self.contact_name, 160);
        form.line("contact_position", &mut self.contact_position, 160);
        form.phone("contact_phone", &mut self.contact_phone);
        form.email("contact_email", &mut self.contact_email);
        form.date("access_reviewed_on", self.access_reviewed_on);
        form.date("impact_assessed_on", self.impact_assessed_on);
        form.paragraph("breach_procedure", &mut self.breach_procedure, 4_000);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text("name", &self.name, "Tulis namanya.", "Write its name.");
        list.when(
            !self.has_contact(),
            "contact_name",
            "Tunjuk narahubung data pribadi dengan telepon atau surel.",
            "Name whom people turn to, with a phone number or an email.",
        );
        list.when(
            self.access_reviewed_on.is_none(),
            "access_reviewed_on",
            "Tinjau peran dan hak akses, lalu catat tanggalnya.",
            "Look through roles and rights, then record the date.",
        );
        list.when(
            self.policy_file_id.is_none(),
            "policy_file_id",
            "Unggah kebijakannya.",
            "Upload the policy.",
        );
        list.when(
            self.impact_assessment_file_id.is_none(),
            "impact_assessment_file_id",
            "Unggah penilaian dampaknya.",
            "Upload the impact assessment.",
        );
        list.text(
            "breach_procedure",
            &self.breach_procedure,
            "Tulis langkah bila data bocor.",
            "Write what is done when data leak.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.record("access_reviewed_by_id", self.access_reviewed_by_id, &[StaffMember::KEY]);
        links.file("impact_assessment_file_id", self.impact_assessment_file_id);
        links.file("policy_file_id", self.policy_file_id);
    }

    /// What is done when data leak; no contact, people, dates or files.
    fn published(&self) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            breach_procedure: self.breach_procedure.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            name: "Pelindungan data unit layanan".to_owned(),
            contact_name: "Contoh Narahubung Data".to_owned(),
            contact_email: "data@contoh.example".to_owned(),
            access_reviewed_on: NaiveDate::from_ymd_opt(2026, 1, 5),
            ..Self::default()
        }
    }
}
