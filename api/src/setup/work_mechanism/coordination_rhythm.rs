//! How often who meets whom.

use chrono::NaiveDate;
use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        codes::Frequency,
        form::Form,
        institution::{Agency, Team},
        kind::{Links, MissingList, SetupKind},
    },
};

/// A forum that meets in a rhythm.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CoordinationRhythm {
    /// What the forum is called.
    pub forum: String,
    /// What it is for.
    pub purpose: String,
    /// How often it meets.
    pub frequency: Option<Frequency>,
    /// The team that calls it.
    pub convener_team_id: Option<SetupRecordId>,
    /// Agencies that take part.
    pub agency_ids: Vec<SetupRecordId>,
    /// Others who take part.
    pub participants: String,
    /// Days already planned.
    pub next_dates: Vec<NaiveDate>,
    /// Where it meets.
    pub place: String,
    /// Anything else.
    pub notes: String,
}

impl SetupKind for CoordinationRhythm {
    const KEY: &'static str = "coordination_rhythm";
    const COMPONENT: ComponentKind = ComponentKind::WorkMechanism;
    const PLURAL: &'static str = "coordination_rhythms";
    const NAME: (&'static str, &'static str) = ("forum koordinasi", "coordination forum");

    fn title(&self) -> String {
        self.forum.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("forum", &mut self.forum, 200);
        form.paragraph("purpose", &mut self.purpose, 2_000);
        form.records("agency_ids", &mut self.agency_ids);
        form.paragraph("participants", &mut self.participants, 2_000);
        form.set("next_dates", &mut self.next_dates, 60);
        for (index, date) in self.next_dates.iter().enumerate() {
            form.date(&format!("next_dates.{index}"), Some(*date));
        }
        self.next_dates.sort_unstable();
        form.line("place", &mut self.place, 300);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text(
            "forum",
            &self.forum,
            "Tulis nama forumnya.",
            "Write the name of the forum.",
        );
        list.when(
            self.frequency.is_none(),
            "frequency",
            "Pilih seberapa sering bertemu.",
            "Choose how often it meets.",
        );
        list.when(
            self.agency_ids.is_empty() && self.participants.is_empty(),
            "agency_ids",
            "Pilih peserta.",
            "Choose who takes part.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.record("convener_team_id", self.convener_team_id, &[Team::KEY]);
        links.records("agency_ids", &self.agency_ids, &[Agency::KEY]);
    }

    fn published(&self) -> Option<Self> {
        Some(Self {
            forum: self.forum.clone(),
            purpose: self.purpose.clone(),
            frequency: self.frequency,
            convener_team_id: self.convener_team_id,
            agency_ids: self.agency_ids.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            forum: "Rapat koordinasi lintas sektor".to_owned(),
            frequency: Some(Frequency::Quarterly),
            participants: "Seluruh OPD anggota Pokja".to_owned(),
            next_dates: NaiveDate::from_ymd_opt(2026, 12, 9).into_iter().collect(),
            ..Self::default()
        }
    }
}
