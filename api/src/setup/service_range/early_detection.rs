//! Early detection: in which villages somebody watches for children at risk.

use chrono::NaiveDate;
use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        form::Form,
        institution::{FocalPoint, Team},
        kind::{Links, MissingList, SetupKind},
    },
};

/// A group or post that finds children at risk early, and the villages it reaches.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EarlyDetection {
    /// What it is called, e.g. "PATBM Kecamatan Gantarang".
    pub name: String,
    /// The team behind it, if it is in the list.
    pub team_id: Option<SetupRecordId>,
    /// How children at risk are found.
    pub method: String,
    /// Kemendagri codes of the villages it reaches.
    pub village_codes: Vec<String>,
    /// Whom to call.
    pub contacts: Vec<FocalPoint>,
    /// At work since.
    pub since: Option<NaiveDate>,
    /// Anything else.
    pub notes: String,
}

impl SetupKind for EarlyDetection {
    const KEY: &'static str = "early_detection";
    const COMPONENT: ComponentKind = ComponentKind::ServiceRange;
    const PLURAL: &'static str = "early_detections";
    const NAME: (&'static str, &'static str) = ("deteksi dini", "early detection group");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("name", &mut self.name, 200);
        form.paragraph("method", &mut self.method, 2_000);
        form.lines("village_codes", &mut self.village_codes, 1_000, 13);
        form.set("village_codes", &mut self.village_codes, 1_000);
        form.rows("contacts", &mut self.contacts, 20, FocalPoint::check);
        form.date("since", self.since);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text("name", &self.name, "Tulis namanya.", "Write its name.");
        list.when(
            self.village_codes.is_empty(),
            "village_codes",
            "Pilih desa/kelurahan yang dijangkau.",
            "Choose the villages it reaches.",
        );
        list.when(
            !self.contacts.iter().any(FocalPoint::can_be_reached),
            "contacts",
            "Tambahkan narahubung.",
            "Add a contact.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.record("team_id", self.team_id, &[Team::KEY]);
        for (index, code) in self.village_codes.iter().enumerate() {
            links.region(format!("village_codes.{index}"), code);
        }
    }

    fn example() -> Self {
        Self {
            name: "PATBM kecamatan contoh".to_owned(),
            method: "Kunjungan rumah oleh relawan setiap bulan.".to_owned(),
            since: NaiveDate::from_ymd_opt(2019, 7, 1),
            ..Self::default()
        }
    }
}
