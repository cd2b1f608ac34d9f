//! People who work for the centre, employed by whichever agency.

use chrono::NaiveDate;
use entity::ids::{AccountId, FileObjectId, SetupRecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        codes::{StaffRole, TrainingKind},
        form::{Form, rows},
        institution::Agency,
        kind::{Links, MissingList, SetupKind},
        regulation::LegalInstrument,
    },
};

/// A person who works for the centre.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StaffMember {
    /// The person's name.
    pub name: String,
    /// The person's position at the employer.
    pub position: String,
    /// Roles in the service; rights in the program come from the membership.
    pub roles: Vec<StaffRole>,
    /// The agency that employs the person.
    pub employer_id: Option<SetupRecordId>,
    /// The decree that appoints the person.
    pub decree_id: Option<SetupRecordId>,
    /// Education and profession.
    pub qualification: String,
    /// Certificates.
    pub certificates: Vec<StaffCertificate>,
    /// Trainings taken.
    pub trainings: Vec<StaffTraining>,
    /// Kemendagri codes of the kecamatan that the person covers.
    pub subdistrict_codes: Vec<String>,
    /// Who supervises the person.
    pub supervisor_id: Option<SetupRecordId>,
    /// Most cases the person may carry at once.
    pub caseload_limit: Option<u32>,
    /// Phone number at work.
    pub phone: String,
    /// Email at work.
    pub email: String,
    /// The person's account, if invited.
    pub account_id: Option<AccountId>,
    /// When the code of conduct and the pledge of confidentiality were signed.
    pub pledge_signed_on: Option<NaiveDate>,
    /// The signed pledge.
    pub pledge_file_id: Option<FileObjectId>,
    /// First day.
    pub started_on: Option<NaiveDate>,
    /// Last day; null while at work.
    pub left_on: Option<NaiveDate>,
    /// The name may stand on the district's public page.
    pub is_public: bool,
    /// Anything else.
    pub notes: String,
}

/// A certificate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StaffCertificate {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// What it certifies.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub issued_on: Option<NaiveDate>,
    /// Last day on which it counts; null without end.
    pub valid_until: Option<NaiveDate>,
    /// The document.
    pub file_id: Option<FileObjectId>,
}

/// A training that somebody took.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StaffTraining {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// Which of the trainings that the standard asks about; null for another one.
    pub kind: Option<TrainingKind>,
    /// What it was about.
    pub topic: String,
    /// Its first day.
    pub held_on: Option<NaiveDate>,
    /// Who gave it.
    pub provider: String,
    /// Hours of training.
    pub hours: Option<u32>,
    /// Last day on which it counts; null without end.
    pub valid_until: Option<NaiveDate>,
    /// The certificate.
    pub file_id: Option<FileObjectId>,
}

rows!(StaffCertificate, StaffTraining);

/// Roles that carry cases of their own.
pub const CASE_ROLES: &[StaffRole] = &[
    StaffRole::CaseManager,
    StaffRole::SocialWorker,
    StaffRole::MinistrySocialWorker,
];

impl StaffMember {
    /// Carries cases of their own.
    #[must_use]
    pub fn carries_cases(&self) -> bool {
        self.roles.iter().any(|role| CASE_ROLES.contains(role))
    }

    /// At work on that day.
    #[must_use]
    pub fn is_at_work(&self, day: NaiveDate) -> bool {
        self.started_on.is_none_or(|first| first <= day) && self.left_on.is_none_or(|last| day <= last)
    }
}

impl SetupKind for StaffMember {
    const KEY: &'static str = "staff_member";
    const COMPONENT: ComponentKind = ComponentKind::Staff;
    const PLURAL: &'static str = "staff_members";
    const NAME: (&'static str, &'static str) = ("petugas", "staff member");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.name("name", &mut self.name, 160);
        form.line("position", &mut self.position, 160);
        form.set("roles", &mut self.roles, 20);
        form.paragraph("qualification", &mut self.qualification, 1_000);
        form.lines("subdistrict_codes", &mut self.subdistrict_codes, 100, 13);
        form.set("subdistrict_codes", &mut self.subdistrict_codes, 100);
        form.number("caseload_limit", self.caseload_limit, 1..=500);
        form.phone("phone", &mut self.phone);
        form.email("email", &mut self.email);
        form.date("pledge_signed_on", self.pledge_signed_on);
        form.date("started_on", self.started_on);
        form.date("left_on", self.left_on);
        form.not_before("left_on", self.left_on, self.started_on);
        form.paragraph("notes", &mut self.notes, 5_000);
        form.rows("certificates", &mut self.certificates, 50, |certificate, form| {
            form.line("name", &mut certificate.name, 200);
            form.line("number", &mut certificate.number, 80);
            form.line("issuer", &mut certificate.issuer, 200);
            form.date("issued_on", certificate.issued_on);
            form.date("valid_until", certificate.valid_until);
            form.not_before("valid_until", certificate.valid_until, certificate.issued_on);
        });
        form.rows("trainings", &mut self.trainings, 100, |training, form| {
            form.line("topic", &mut training.topic, 200);
            form.line("provider", &mut training.provider, 200);
            form.number("hours", training.hours, 1..=2_000);
            form.date("held_on", training.held_on);
            form.date("valid_until", training.valid_until);
            form.not_before("valid_until", training.valid_until, training.held_on);
        });
    }

    fn missing(&self, list: &mut MissingList) {
        list.text("name", &self.name, "Tulis nama petugas.", "Write the person's name.");
        list.when(
            self.roles.is_empty(),
            "roles",
            "Pilih perannya dalam layanan.",
            "Choose the roles in the service.",
        );
        list.when(
            self.employer_id.is_none(),
            "employer_id",
            "Pilih instansi asalnya.",
            "Choose the agency that employs the person.",
        );
        list.when(
            self.decree_id.is_none(),
            "decree_id",
            "Pilih SK penugasannya.",
            "Choose the appointing decree.",
        );
        list.when(
            self.pledge_signed_on.is_none(),
            "pledge_signed_on",
            "Catat tanggal penandatanganan kode etik.",
            "Record when the code of conduct was signed.",
        );
        if self.carries_cases() {
            list.when(
                self.caseload_limit.is_none(),
                "caseload_limit",
                "Tetapkan batas jumlah kasus.",
                "Set the most cases the person may carry.",
            );
            list.when(
                self.supervisor_id.is_none(),
                "supervisor_id",
                "Pilih supervisornya.",
                "Choose who supervises the person.",
            );
        }
        for (index, training) in self.trainings.iter().enumerate() {
            list.when(
                training.kind.is_none() && training.topic.is_empty(),
                format!("trainings.{index}.topic"),
                "Tulis topik pelatihannya.",
                "Write what the training was about.",
            );
            list.when(
                training.held_on.is_none(),
                format!("trainings.{index}.held_on"),
                "Isi tanggal pelatihannya.",
                "Give the date of the training.",
            );
        }
    }

    fn links(&self, links: &mut Links) {
        links.record("employer_id", self.employer_id, &[Agency::KEY]);
        links.record("decree_id", self.decree_id, &[LegalInstrument::KEY]);
        links.parent("supervisor_id", self.supervisor_id, &[Self::KEY]);
        links.member("account_id", self.account_id);
        links.file("pledge_file_id", self.pledge_file_id);
        for (index, certificate) in self.certificates.iter().enumerate() {
            links.file(format!("certificates.{index}.file_id"), certificate.file_id);
        }
        for (index, training) in self.trainings.iter().enumerate() {
            links.file(format!("trainings.{index}.file_id"), training.file_id);
        }
        for (index, code) in self.subdistrict_codes.iter().enumerate() {
            links.region(format!("subdistrict_codes.{index}"), code);
        }
    }

    fn example() -> Self {
        Self {
            name: "Contoh Manajer Kasus".to_owned(),
            position: "Pekerja Sosial Ahli Pertama".to_owned(),
            roles: vec![StaffRole::CaseManager],
            qualification: "Sarjana Terapan Pekerjaan Sosial".to_owned(),
            trainings: vec![StaffTraining {
                id: "manajemen-kasus".to_owned(),
                kind: Some(TrainingKind::CaseManagement),
                topic: "Manajemen kasus".to_owned(),
                held_on: NaiveDate::from_ymd_opt(2020, 3, 9),
                hours: Some(24),
                ..StaffTraining::default()
            }],
            caseload_limit: Some(25),
            ..Self::default()
        }
    }
}
