//! Teams: steering team, working group, executing unit, secretariat, and working groups of areas.

use chrono::NaiveDate;
use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Agency;
use crate::{
    readiness::ComponentKind,
    setup::{
        codes::{PositionKind, TeamKind},
        form::{Form, rows},
        kind::{Links, MissingList, SetupKind},
        regulation::LegalInstrument,
        staff::StaffMember,
    },
};

/// A team with its positions and, for a secretariat, its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Team {
    /// What kind it is.
    pub kind: Option<TeamKind>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// The decree that formed it.
    pub decree_id: Option<SetupRecordId>,
    /// The team above it in the chart.
    pub parent_id: Option<SetupRecordId>,
    /// For the group of an area: Kemendagri code of the kecamatan or desa/kelurahan.
    pub region_code: String,
    /// For the executing unit of a centre that worked before its cases are kept here: when it served its first child.
    pub serving_since: Option<NaiveDate>,
    /// Its positions.
    pub positions: Vec<TeamPosition>,
    /// Where people find it.
    pub address: String,
    /// Rooms.
    pub rooms: Vec<Room>,
    /// Phone number for the public.
    pub hotline: String,
    /// Email for the public.
    pub email: String,
    /// When it is open.
    pub opening_hours: String,
    /// Anything else.
    pub notes: String,
}

/// A position in a team.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TeamPosition {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// What kind of position.
    pub kind: Option<PositionKind>,
    /// What the decree calls it, e.g. "Ketua Bidang Rehabilitasi".
    pub title: String,
    /// Its tasks.
    pub tasks: String,
    /// Who holds it, if the person is on the staff.
    pub staff_id: Option<SetupRecordId>,
    /// Who holds it, if the person is not on the staff: a name, or an office ("Kepala Dinas Sosial").
    pub holder: String,
    /// The agency the holder comes from.
    pub agency_id: Option<SetupRecordId>,
}

/// A room of the secretariat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Room {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// What it is used for.
    pub name: String,
    /// A child can speak there without being heard or seen from outside.
    pub is_private: bool,
}

rows!(TeamPosition, Room);

impl TeamPosition {
    /// A person or office holds it.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        self.staff_id.is_some() || !self.holder.is_empty()
    }
}

impl SetupKind for Team {
    const KEY: &'static str = "team";
    const COMPONENT: ComponentKind = ComponentKind::Institution;
    const PLURAL: &'static str = "teams";
    const NAME: (&'static str, &'static str) = ("tim", "team");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.name("name", &mut self.name, 200);
        form.paragraph("purpose", &mut self.purpose, 2_000);
        form.line("region_code", &mut self.region_code, 13);
        form.date("serving_since", self.serving_since);
        form.paragraph("address", &mut self.address, 500);
        form.phone("hotline", &mut self.hotline);
        form.email("email", &mut self.email);
        form.paragraph("opening_hours", &mut self.opening_hours, 500);
        form.paragraph("notes", &mut self.notes, 5_000);
        form.rows("positions", &mut self.positions, 200, |position, form| {
            form.line("title", &mut position.title, 200);
            form.paragraph("tasks", &mut position.tasks, 4_000);
            form.line("holder", &mut position.holder, 200);
        });
        form.rows("rooms", &mut self.rooms, 30, |room, form| {
            form.line("name", &mut room.name, 120);
        });
    }

    fn missing(&self, list: &mut MissingList) {
        list.when(
            self.kind.is_none(),
            "kind",
            "Pilih jenis tim.",
            "Choose the kind of team.",
        );
        list.text("name", &self.name, "Tulis nama tim.", "Write the name of the team.");
        list.when(
            self.kind != Some(TeamKind::Secretariat) && self.decree_id.is_none(),
            "decree_id",
            "Pilih SK pembentukannya.",
            "Choose the decree that formed it.",
        );
        list.when(
            self.kind == Some(TeamKind::AreaGroup) && self.region_code.is_empty(),
            "region_code",
            "Pilih kecamatan atau desa/kelurahan.",
            "Choose the kecamatan or village.",
        );
        if self.kind == Some(TeamKind::Secretariat) {
            self.missing_place(list);
        }
        list.when(
            self.positions.is_empty() && self.kind != Some(TeamKind::Secretariat),
            "positions",
            "Tambahkan jabatan di dalam tim.",
            "Add the positions in the team.",
        );
        for (index, position) in self.positions.iter().enumerate() {
            let at = |field: &str| format!("positions.{index}.{field}");
            list.when(
                position.kind.is_none(),
                at("kind"),
                "Pilih jenis jabatan.",
                "Choose the kind of position.",
            );
            list.when(
                !position.is_filled(),
                at("holder"),
                "Tentukan siapa yang menjabat.",
                "Say who holds the position.",
            );
            list.when(
                position.tasks.is_empty(),
                at("tasks"),
                "Tulis tugas jabatan ini.",
                "Write the tasks of this position.",
            );
        }
    }

    fn links(&self, links: &mut Links) {
        links.record("decree_id", self.decree_id, &[LegalInstrument::KEY]);
        links.parent("parent_id", self.parent_id, &[Self::KEY]);
        links.region("region_code", &self.region_code);
        for (index, position) in self.positions.iter().enumerate() {
            links.record(
                format!("positions.{index}.staff_id"),
                position.staff_id,
                &[StaffMember::KEY],
            );
            links.record(
                format!("positions.{index}.agency_id"),
                position.agency_id,
                &[Agency::KEY],
            );
        }
    }

    /// Positions and tasks without holders. The groups of areas are a district's own.
    fn published(&self) -> Option<Self> {
        if self.kind == Some(TeamKind::AreaGroup) {
            return None;
        }
        let position = |position: &TeamPosition| TeamPosition {
            id: position.id.clone(),
            kind: position.kind,
            title: position.title.clone(),
            tasks: position.tasks.clone(),
            agency_id: position.agency_id,
            ..TeamPosition::default()
        };
        Some(Self {
            kind: self.kind,
            name: self.name.clone(),
            purpose: self.purpose.clone(),
            decree_id: self.decree_id,
            parent_id: self.parent_id,
            positions: self.positions.iter().map(position).collect(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            kind: Some(TeamKind::WorkingGroup),
            name: "Tim Pokja PKSAI".to_owned(),
            purpose: "Koordinasi lintas sektor pelayanan anak.".to_owned(),
            positions: vec![TeamPosition {
                id: "ketua".to_owned(),
                kind: Some(PositionKind::Chair),
                title: "Ketua".to_owned(),
                tasks: "Memimpin rapat koordinasi dan melaporkan hasilnya kepada Bupati.".to_owned(),
                holder: "Kepala Dinas Sosial".to_owned(),
                ..TeamPosition::default()
            }],
            ..Self::default()
        }
    }
}

impl Team {
    fn missing_place(&self, list: &mut MissingList) {
        list.text(
            "address",
            &self.address,
            "Isi alamat sekretariat.",
            "Give the address of the secretariat.",
        );
        list.text("hotline", &self.hotline, "Isi nomor layanan.", "Give the hotline.");
        list.when(
            !self.rooms.iter().any(|room| room.is_private),
            "rooms",
            "Catat ruang konseling yang tertutup.",
            "Record a private counselling room.",
        );
    }
}
