//! Legal instruments: Perda, Perbup/Perwali, SK, agreements, entries of plans and budgets.

use chrono::NaiveDate;
use entity::ids::{FileObjectId, SetupRecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::Text,
    readiness::ComponentKind,
    setup::{
        codes::{AgreementKind, InstrumentKind, InstrumentStage, reference},
        form::{Form, YEARS, rows},
        institution::Agency,
        kind::{Links, MissingList, SetupKind},
    },
};

/// A legal or planning instrument on its way from proposal to promulgation, or in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LegalInstrument {
    /// What kind it is.
    pub kind: Option<InstrumentKind>,
    /// Its full title, without number and year.
    pub title: String,
    /// Its number, as printed.
    pub number: String,
    /// The year in its number.
    pub year: Option<i32>,
    /// What it regulates, in a sentence.
    pub subject: String,
    /// It is the regulation that PKSAI itself stands on.
    pub is_pksai_basis: bool,
    /// The stages it went through, the latest last. A stage may come twice when a draft goes back.
    pub stages: Vec<StageEntry>,
    /// Who has it on the desk now, while it is not in force.
    pub held_by: String,
    /// The agency that has it on the desk now.
    pub held_by_agency_id: Option<SetupRecordId>,
    /// Day of enactment or signature.
    pub signed_on: Option<NaiveDate>,
    /// Name and position of who signed.
    pub signed_by: String,
    /// First day in force.
    pub effective_on: Option<NaiveDate>,
    /// Last day in force; null when it holds until revoked.
    pub valid_until: Option<NaiveDate>,
    /// Number in the gazette.
    pub gazette_number: String,
    /// Year of the gazette.
    pub gazette_year: Option<i32>,
    /// For a plan or budget: where in it PKSAI stands, e.g. page, programme and activity code.
    pub passage: String,
    /// For an agreement: what it is for.
    pub agreement: Option<AgreementKind>,
    /// For an agreement: the other parties.
    pub party_agency_ids: Vec<SetupRecordId>,
    /// The signed document.
    pub file_id: Option<FileObjectId>,
    /// Instruments that it amends.
    pub amends: Vec<SetupRecordId>,
    /// Instruments that it revokes.
    pub revokes: Vec<SetupRecordId>,
    /// What stands on it: other instruments, teams, SOPs.
    pub legal_basis_of: Vec<SetupRecordId>,
    /// Anything else.
    pub notes: String,
}

/// A stage that an instrument reached.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StageEntry {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// Which stage.
    pub stage: Option<InstrumentStage>,
    /// When it was reached.
    pub reached_on: Option<NaiveDate>,
    /// Who had it then.
    pub held_by: String,
    /// What happened.
    pub note: String,
}

rows!(StageEntry);

impl LegalInstrument {
    /// The latest stage.
    #[must_use]
    pub fn current_stage(&self) -> Option<InstrumentStage> {
        self.stages.iter().rev().find_map(|entry| entry.stage)
    }

    /// The stages that an instrument of its kind goes through, in order.
    #[must_use]
    pub fn path(&self) -> Vec<InstrumentStage> {
        let kinds = reference().map_or(&[][..], |reference| &reference.legal_instruments.kinds);
        let row = kinds
            .iter()
            .find(|row| Some(row.code.as_str()) == self.kind.map(InstrumentKind::code));
        let stages = row.map_or(&[][..], |row| &row.stages);
        InstrumentStage::ALL
            .iter()
            .copied()
            .filter(|stage| stages.iter().any(|code| code == stage.code()))
            .collect()
    }

    /// It has gone through the last stage of its kind.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.current_stage().is_some() && self.current_stage() == self.path().last().copied()
    }

    /// It was enacted or signed.
    #[must_use]
    pub fn is_enacted(&self) -> bool {
        self.current_stage()
            .is_some_and(|stage| stage >= InstrumentStage::Enactment)
    }
}

impl SetupKind for LegalInstrument {
    const KEY: &'static str = "legal_instrument";
    const COMPONENT: ComponentKind = ComponentKind::Regulation;
    const PLURAL: &'static str = "legal_instruments";
    const NAME: (&'static str, &'static str) = ("instrumen hukum", "legal instrument");

    fn title(&self) -> String {
        self.title.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("title", &mut self.title, 500);
        form.line("number", &mut self.number, 60);
        form.number("year", self.year, YEARS);
        form.paragraph("subject", &mut self.subject, 2_000);
        form.line("held_by", &mut self.held_by, 160);
        form.line("signed_by", &mut self.signed_by, 160);
        form.date("signed_on", self.signed_on);
        form.date("effective_on", self.effective_on);
        form.date("valid_until", self.valid_until);
        form.not_before("valid_until", self.valid_until, self.effective_on.or(self.signed_on));
        form.line("gazette_number", &mut self.gazette_number, 60);
        form.number("gazette_year", self.gazette_year, YEARS);
        form.paragraph("passage", &mut self.passage, 1_000);
        form.records("party_agency_ids", &mut self.party_agency_ids);
        form.records("amends", &mut self.amends);
        form.records("revokes", &mut self.revokes);
        form.records("legal_basis_of", &mut self.legal_basis_of);
        form.paragraph("notes", &mut self.notes, 5_000);
        let path = self.path();
        form.rows("stages", &mut self.stages, 50, |entry, form| {
            form.date("reached_on", entry.reached_on);
            form.line("held_by", &mut entry.held_by, 160);
            form.paragraph("note", &mut entry.note, 1_000);
            let fits = entry.stage.is_none_or(|stage| path.is_empty() || path.contains(&stage));
            form.ensure(
                fits,
                "stage",
                "not_of_this_kind",
                Text::fixed(
                    "Jenis instrumen ini tidak melalui tahap tersebut.",
                    "This kind of instrument does not go through that stage.",
                ),
            );
        });
    }

    fn missing(&self, list: &mut MissingList) {
        list.when(
            self.kind.is_none(),
            "kind",
            "Pilih jenis instrumen.",
            "Choose the kind of instrument.",
        );
        list.text("title", &self.title, "Tulis judulnya.", "Write its title.");
        list.when(
            self.current_stage().is_none(),
            "stages",
            "Catat tahap yang sudah dicapai.",
            "Record the stage it has reached.",
        );
        let has_holder = !self.held_by.is_empty() || self.held_by_agency_id.is_some();
        list.when(
            self.current_stage().is_some() && !self.is_enacted() && !has_holder,
            "held_by",
            "Sebutkan di meja siapa naskah ini sekarang.",
            "Say on whose desk it is now.",
        );
        if self.is_enacted() {
            self.missing_when_enacted(list);
        }
        if self.kind == Some(InstrumentKind::Agreement) {
            list.when(
                self.agreement.is_none(),
                "agreement",
                "Pilih tujuan kerja sama.",
                "Choose what it is for.",
            );
            list.when(
                self.party_agency_ids.is_empty(),
                "party_agency_ids",
                "Pilih instansi yang bekerja sama.",
                "Choose the other parties.",
            );
        }
    }

    fn links(&self, links: &mut Links) {
        const INSTRUMENTS: &[&str] = &[LegalInstrument::KEY];
        const AGENCIES: &[&str] = &[Agency::KEY];
        links.record("held_by_agency_id", self.held_by_agency_id, AGENCIES);
        links.records("party_agency_ids", &self.party_agency_ids, AGENCIES);
        links.records("amends", &self.amends, INSTRUMENTS);
        links.records("revokes", &self.revokes, INSTRUMENTS);
        links.records("legal_basis_of", &self.legal_basis_of, &[]);
        links.file("file_id", self.file_id);
    }

    /// An outline: no number, dates, stages, holders or file.
    fn published(&self) -> Option<Self> {
        Some(Self {
            kind: self.kind,
            title: self.title.clone(),
            subject: self.subject.clone(),
            is_pksai_basis: self.is_pksai_basis,
            passage: self.passage.clone(),
            agreement: self.agreement,
            party_agency_ids: self.party_agency_ids.clone(),
            legal_basis_of: self.legal_basis_of.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            kind: Some(InstrumentKind::RegentRegulation),
            title: "Pusat Kesejahteraan Sosial Anak Integratif".to_owned(),
            subject: "Pembentukan, tugas, dan mekanisme kerja PKSAI.".to_owned(),
            is_pksai_basis: true,
            stages: vec![StageEntry {
                id: "draf-1".to_owned(),
                stage: Some(InstrumentStage::Draft),
                reached_on: NaiveDate::from_ymd_opt(2020, 3, 16),
                held_by: "Bagian Hukum".to_owned(),
                note: String::new(),
            }],
            held_by: "Bagian Hukum".to_owned(),
            ..Self::default()
        }
    }
}

impl LegalInstrument {
    fn missing_when_enacted(&self, list: &mut MissingList) {
        list.text("number", &self.number, "Isi nomornya.", "Give its number.");
        list.when(self.year.is_none(), "year", "Isi tahunnya.", "Give its year.");
        list.when(
            self.signed_on.is_none(),
            "signed_on",
            "Isi tanggal penetapan.",
            "Give the date of enactment.",
        );
        list.when(
            self.file_id.is_none(),
            "file_id",
            "Unggah naskah yang sudah ditandatangani.",
            "Upload the signed document.",
        );
        list.when(
            self.current_stage() == Some(InstrumentStage::Promulgation) && self.gazette_number.is_empty(),
            "gazette_number",
            "Isi nomor lembaran atau berita daerah.",
            "Give the number in the gazette.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_that_of_the_kind() {
        let mut instrument = LegalInstrument::example();
        assert_eq!(instrument.path().len(), 7);
        assert!(!instrument.is_finished() && !instrument.is_enacted());
        instrument.kind = Some(InstrumentKind::Decree);
        instrument.stages.push(StageEntry {
            stage: Some(InstrumentStage::Enactment),
            ..StageEntry::default()
        });
        assert!(instrument.is_finished() && instrument.is_enacted());
        let mut missing = MissingList::default();
        instrument.missing(&mut missing);
        let fields: Vec<_> = missing.into_vec().into_iter().map(|missing| missing.field).collect();
        assert_eq!(fields, ["number", "year", "signed_on", "file_id"]);
    }
}
