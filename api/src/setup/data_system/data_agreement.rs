//! Agreements on sharing or reading data.

use chrono::NaiveDate;
use entity::ids::{FileObjectId, SetupRecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        codes::AgreementKind,
        form::Form,
        institution::Agency,
        kind::{Links, MissingList, SetupKind},
        regulation::LegalInstrument,
    },
};

/// An agreement with another agency on data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DataAgreement {
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: String,
    /// What it is for.
    pub purpose: Option<AgreementKind>,
    /// The other party.
    pub party_agency_id: Option<SetupRecordId>,
    /// The same agreement in the register of instruments, if it is there.
    pub instrument_id: Option<SetupRecordId>,
    /// When both sides had signed.
    pub signed_on: Option<NaiveDate>,
    /// Its last day; null without end.
    pub valid_until: Option<NaiveDate>,
    /// Which data, a line each.
    pub data: Vec<String>,
    /// How the data are protected on the way and there.
    pub safeguards: String,
    /// The signed document.
    pub file_id: Option<FileObjectId>,
    /// Anything else.
    pub notes: String,
}

impl SetupKind for DataAgreement {
    const KEY: &'static str = "data_agreement";
    const COMPONENT: ComponentKind = ComponentKind::DataSystem;
    const PLURAL: &'static str = "data_agreements";
    const NAME: (&'static str, &'static str) = ("perjanjian data", "data agreement");

    fn title(&self) -> String {
        self.title.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("title", &mut self.title, 300);
        form.line("number", &mut self.number, 80);
        form.date("signed_on", self.signed_on);
        form.date("valid_until", self.valid_until);
        form.not_before("valid_until", self.valid_until, self.signed_on);
        form.lines("data", &mut self.data, 60, 300);
        form.paragraph("safeguards", &mut self.safeguards, 4_000);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text("title", &self.title, "Tulis judulnya.", "Write its title.");
        list.text("number", &self.number, "Isi nomornya.", "Give its number.");
        list.when(
            self.purpose.is_none(),
            "purpose",
            "Pilih tujuannya.",
            "Choose what it is for.",
        );
        list.when(
            self.party_agency_id.is_none(),
            "party_agency_id",
            "Pilih instansi mitranya.",
            "Choose the other party.",
        );
        list.when(
            self.signed_on.is_none(),
            "signed_on",
            "Isi tanggal penandatanganan.",
            "Give the date of signature.",
        );
        list.when(
            self.data.is_empty(),
            "data",
            "Sebutkan data yang dibagi.",
            "Say which data are shared.",
        );
        list.when(
            self.file_id.is_none(),
            "file_id",
            "Unggah naskah yang sudah ditandatangani.",
            "Upload the signed document.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.record("party_agency_id", self.party_agency_id, &[Agency::KEY]);
        links.record("instrument_id", self.instrument_id, &[LegalInstrument::KEY]);
        links.file("file_id", self.file_id);
    }

    fn example() -> Self {
        Self {
            title: "Perjanjian pemanfaatan data kependudukan".to_owned(),
            number: "470/01/2026".to_owned(),
            purpose: Some(AgreementKind::DataAccess),
            signed_on: NaiveDate::from_ymd_opt(2026, 1, 5),
            valid_until: NaiveDate::from_ymd_opt(2028, 1, 4),
            data: vec!["NIK".to_owned(), "status akta kelahiran".to_owned()],
            ..Self::default()
        }
    }
}
