//! SOPs in the form of Permenpan-RB 35/2012.

use chrono::NaiveDate;
use entity::ids::{FileObjectId, SetupRecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    sop_clock::{ClockLimit, ClockRow, SpanUnit},
    sop_steps::{self, SopStep, SopStepKind},
};
use crate::{
    error::Text,
    readiness::ComponentKind,
    setup::{
        codes::{CaseStage, RiskLevel, SopKind, codes},
        form::Form,
        kind::{Links, MissingList, SetupKind},
        regulation::LegalInstrument,
    },
};

codes! {
    /// The life of an SOP.
    SopStatus {
        /// Being written.
        Draft "draft",
        /// Approved, to be followed.
        InForce "in_force",
        /// A newer revision took its place.
        Replaced "replaced",
    }
}

/// A standard operating procedure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sop {
    /// What it is for.
    pub kind: Option<SopKind>,
    /// Its number, as printed.
    pub number: String,
    /// Its name.
    pub title: String,
    /// Where it is in its life; a new one is a draft.
    pub status: Option<SopStatus>,
    /// 1 for the first, 2 for what replaced it…
    pub revision: Option<u32>,
    /// The SOP that it replaces.
    pub replaces_id: Option<SetupRecordId>,
    /// When it was made.
    pub made_on: Option<NaiveDate>,
    /// When it was revised last.
    pub revised_on: Option<NaiveDate>,
    /// First day in force.
    pub effective_on: Option<NaiveDate>,
    /// Who approved it.
    pub approved_by: SopApproval,
    /// What it is to achieve.
    pub purpose: String,
    /// Instruments of the register that it stands on.
    pub legal_basis_ids: Vec<SetupRecordId>,
    /// Other law that it stands on, a line each, as the district cites it.
    pub legal_basis: Vec<String>,
    /// What those who carry it out must know or have.
    pub executor_qualifications: Vec<String>,
    /// Related SOPs.
    pub related_ids: Vec<SetupRecordId>,
    /// Equipment and supplies.
    pub equipment: Vec<String>,
    /// What goes wrong when it is not followed.
    pub warnings: Vec<String>,
    /// What is written down, and where.
    pub records: Vec<String>,
    /// The steps, in the order of the table.
    pub steps: Vec<SopStep>,
    /// Time limits of a case by risk level; for the SOP on case handling.
    pub clocks: Vec<ClockRow>,
    /// What the time limits stand on, as the district cites it.
    pub clock_legal_basis: String,
    /// The signed document.
    pub file_id: Option<FileObjectId>,
    /// Anything else.
    pub notes: String,
}

/// Who approved an SOP.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SopApproval {
    /// The position.
    pub position: String,
    /// The name.
    pub name: String,
    /// Civil-servant number (NIP): 18 digits.
    pub nip: String,
}

impl Sop {
    /// The stages of a case that its steps are bound to.
    #[must_use]
    pub fn bound_stages(&self) -> std::collections::BTreeSet<CaseStage> {
        self.steps.iter().filter_map(|step| step.stage).collect()
    }

    /// The risk levels for which every limit is set.
    #[must_use]
    pub fn clocked_levels(&self) -> std::collections::BTreeSet<RiskLevel> {
        let whole = self.clocks.iter().filter(|row| row.is_whole());
        whole.filter_map(|row| row.risk_level).collect()
    }

    /// What an SOP cannot be in force without.
    fn has_identity(&self) -> bool {
        self.kind.is_some()
            && !self.number.is_empty()
            && !self.title.is_empty()
            && self.effective_on.is_some()
            && !self.approved_by.name.is_empty()
            && !self.approved_by.position.is_empty()
    }

    fn check_status(&self, form: &mut Form<'_>) {
        if self.status != Some(SopStatus::InForce) {
            return;
        }
        form.ensure(
            self.has_identity(),
            "status",
            "not_ready",
            Text::fixed(
                "SOP baru dapat berlaku bila jenis, nomor, nama, tanggal efektif, serta jabatan dan nama pengesah terisi.",
                "An SOP can be in force only with kind, number, name, effective date, and position and name of who \
                 approved it.",
            ),
        );
        form.ensure(
            self.steps.is_empty() || sop_steps::faults(&self.steps).is_empty(),
            "status",
            "flow_has_faults",
            Text::fixed(
                "Alur langkah masih bermasalah. Perbaiki dahulu sebelum SOP diberlakukan.",
                "The flow of steps still has faults. Correct them before the SOP comes into force.",
            ),
        );
    }

    fn check_clocks(&mut self, form: &mut Form<'_>) {
        let mut seen = std::collections::BTreeSet::new();
        form.rows("clocks", &mut self.clocks, 3, |row, form| {
            let is_new = row.risk_level.is_none_or(|level| seen.insert(level));
            form.ensure(
                is_new,
                "risk_level",
                "repeated",
                Text::fixed("Tingkat risiko ini sudah ada.", "This risk level is there already."),
            );
            row.check(form);
        });
        form.paragraph("clock_legal_basis", &mut self.clock_legal_basis, 2_000);
    }
}

impl SetupKind for Sop {
    const KEY: &'static str = "sop";
    const COMPONENT: ComponentKind = ComponentKind::WorkMechanism;
    const PLURAL: &'static str = "sops";
    const NAME: (&'static str, &'static str) = ("SOP", "standard operating procedure");

    fn title(&self) -> String {
        self.title.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("number", &mut self.number, 80);
        form.line("title", &mut self.title, 300);
        form.number("revision", self.revision, 1..=999);
        form.date("made_on", self.made_on);
        form.date("revised_on", self.revised_on);
        form.not_before("revised_on", self.revised_on, self.made_on);
        form.date("effective_on", self.effective_on);
        form.paragraph("purpose", &mut self.purpose, 2_000);
        let mut approval = form.nested("approved_by");
        approval.line("position", &mut self.approved_by.position, 160);
        approval.name("name", &mut self.approved_by.name, 160);
        check_nip(&mut approval, &mut self.approved_by.nip);
        form.records("legal_basis_ids", &mut self.legal_basis_ids);
        form.records("related_ids", &mut self.related_ids);
        for (field, lines) in [
            ("legal_basis", &mut self.legal_basis),
            ("executor_qualifications", &mut self.executor_qualifications),
            ("equipment", &mut self.equipment),
            ("warnings", &mut self.warnings),
            ("records", &mut self.records),
        ] {
            form.lines(field, lines, 60, 1_000);
        }
        form.rows("steps", &mut self.steps, 200, SopStep::check);
        form.paragraph("notes", &mut self.notes, 5_000);
        self.check_clocks(form);
        self.check_status(form);
    }

    fn missing(&self, list: &mut MissingList) {
        list.when(
            self.kind.is_none(),
            "kind",
            "Pilih jenis SOP.",
            "Choose the kind of SOP.",
        );
        list.text("number", &self.number, "Isi nomor SOP.", "Give the number of the SOP.");
        list.text("title", &self.title, "Tulis nama SOP.", "Write the name of the SOP.");
        list.when(
            self.made_on.is_none(),
            "made_on",
            "Isi tanggal pembuatan.",
            "Give the date it was made.",
        );
        list.when(
            self.legal_basis.is_empty() && self.legal_basis_ids.is_empty(),
            "legal_basis_ids",
            "Sebutkan dasar hukumnya.",
            "Name the law it stands on.",
        );
        list.when(
            self.executor_qualifications.is_empty(),
            "executor_qualifications",
            "Isi kualifikasi pelaksana.",
            "Give the qualifications of those who carry it out.",
        );
        list.when(
            self.records.is_empty(),
            "records",
            "Isi pencatatan dan pendataan.",
            "Say what is written down.",
        );
        for fault in sop_steps::faults(&self.steps) {
            let (field, message_id, message_en) = fault.instruction();
            list.when(true, field, message_id, message_en);
        }
        for (index, step) in self.steps.iter().enumerate() {
            list.when(
                step.activity.is_empty(),
                format!("steps.{index}.activity"),
                "Tulis kegiatannya.",
                "Write what is done.",
            );
            list.when(
                step.actor.is_empty(),
                format!("steps.{index}.actor"),
                "Tentukan pelaksananya.",
                "Say who does it.",
            );
        }
        if self.kind == Some(SopKind::CaseHandling) {
            self.missing_for_cases(list);
        }
        list.when(
            self.status.unwrap_or(SopStatus::Draft) == SopStatus::Draft,
            "status",
            "Berlakukan SOP setelah disahkan.",
            "Put the SOP into force once it is approved.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.parent("replaces_id", self.replaces_id, &[Self::KEY]);
        links.records("legal_basis_ids", &self.legal_basis_ids, &[LegalInstrument::KEY]);
        links.records("related_ids", &self.related_ids, &[Self::KEY]);
        links.file("file_id", self.file_id);
    }

    /// Steps and clocks as a draft: no number, dates, approver or file.
    fn published(&self) -> Option<Self> {
        if self.status == Some(SopStatus::Replaced) {
            return None;
        }
        Some(Self {
            kind: self.kind,
            title: self.title.clone(),
            purpose: self.purpose.clone(),
            legal_basis_ids: self.legal_basis_ids.clone(),
            legal_basis: self.legal_basis.clone(),
            executor_qualifications: self.executor_qualifications.clone(),
            related_ids: self.related_ids.clone(),
            equipment: self.equipment.clone(),
            warnings: self.warnings.clone(),
            records: self.records.clone(),
            steps: self.steps.clone(),
            clocks: self.clocks.clone(),
            clock_legal_basis: self.clock_legal_basis.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        let step = |id: &str, kind, activity: &str| SopStep {
            id: id.to_owned(),
            kind: Some(kind),
            activity: activity.to_owned(),
            actor: "Pekerja sosial".to_owned(),
            ..SopStep::default()
        };
        let limit = |amount, unit| ClockLimit {
            immediate: false,
            amount: Some(amount),
            unit: Some(unit),
        };
        Self {
            kind: Some(SopKind::CaseHandling),
            title: "Penanganan kasus anak".to_owned(),
            status: Some(SopStatus::Draft),
            revision: Some(1),
            made_on: NaiveDate::from_ymd_opt(2020, 3, 17),
            executor_qualifications: vec!["Pekerja sosial bersertifikat.".to_owned()],
            steps: vec![
                step("mulai", SopStepKind::Start, "Menerima laporan"),
                SopStep {
                    yes: "rencana".to_owned(),
                    no: "selesai".to_owned(),
                    stage: Some(CaseStage::InitialAssessment),
                    ..step("perlu", SopStepKind::Decision, "Apakah anak memerlukan penanganan?")
                },
                SopStep {
                    stage: Some(CaseStage::InterventionPlan),
                    duration: Some(7),
                    duration_unit: Some(SpanUnit::Day),
                    ..step("rencana", SopStepKind::Process, "Menyusun rencana intervensi")
                },
                step("selesai", SopStepKind::End, "Menutup berkas"),
            ],
            clocks: vec![ClockRow {
                id: "tinggi".to_owned(),
                risk_level: Some(RiskLevel::High),
                first_response: ClockLimit {
                    immediate: true,
                    ..limit(24, SpanUnit::Hour)
                },
                initial_assessment: limit(24, SpanUnit::Hour),
                full_assessment_and_plan: limit(7, SpanUnit::Day),
                review: limit(7, SpanUnit::Day),
            }],
            ..Self::default()
        }
    }
}

impl Sop {
    fn missing_for_cases(&self, list: &mut MissingList) {
        let bound = self.bound_stages();
        list.when(
            CaseStage::ALL.iter().any(|stage| !bound.contains(stage)),
            "steps",
            "Hubungkan langkah dengan kesembilan tahap penanganan kasus.",
            "Bind steps to all nine stages of a case.",
        );
        let clocked = self.clocked_levels();
        list.when(
            RiskLevel::ALL.iter().any(|level| !clocked.contains(level)),
            "clocks",
            "Lengkapi batas waktu untuk setiap tingkat risiko.",
            "Set every time limit for each risk level.",
        );
    }
}

/// A civil-servant number: 18 digits, kept without blanks; empty is allowed.
fn check_nip(form: &mut Form<'_>, nip: &mut String) {
    nip.retain(|c| !c.is_whitespace());
    let well_formed = nip.len() == 18 && nip.bytes().all(|b| b.is_ascii_digit());
    form.ensure(
        nip.is_empty() || well_formed,
        "nip",
        "not_a_nip",
        Text::fixed("NIP terdiri atas 18 angka.", "An NIP has 18 digits."),
    );
}
