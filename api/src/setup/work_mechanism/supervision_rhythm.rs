//! How often supervisors sit with workers.

use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        codes::{Frequency, StaffRole},
        form::Form,
        kind::{Links, MissingList, SetupKind},
        staff::StaffMember,
    },
};

/// A rhythm of supervision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SupervisionRhythm {
    /// Its name.
    pub name: String,
    /// How often.
    pub frequency: Option<Frequency>,
    /// Who supervises.
    pub supervisor_ids: Vec<SetupRecordId>,
    /// Roles of those who are supervised.
    pub supervised_roles: Vec<StaffRole>,
    /// How: alone, in a group, on the case.
    pub method: String,
    /// What is written down, and where.
    pub record_keeping: String,
    /// Anything else.
    pub notes: String,
}

impl SetupKind for SupervisionRhythm {
    const KEY: &'static str = "supervision_rhythm";
    const COMPONENT: ComponentKind = ComponentKind::WorkMechanism;
    const PLURAL: &'static str = "supervision_rhythms";
    const NAME: (&'static str, &'static str) = ("jadwal supervisi", "supervision rhythm");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("name", &mut self.name, 200);
        form.records("supervisor_ids", &mut self.supervisor_ids);
        form.set("supervised_roles", &mut self.supervised_roles, 20);
        form.paragraph("method", &mut self.method, 2_000);
        form.paragraph("record_keeping", &mut self.record_keeping, 2_000);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.text("name", &self.name, "Tulis namanya.", "Write its name.");
        list.when(
            self.frequency.is_none(),
            "frequency",
            "Pilih seberapa sering supervisi dilakukan.",
            "Choose how often supervision takes place.",
        );
        list.when(
            self.supervised_roles.is_empty(),
            "supervised_roles",
            "Pilih peran yang disupervisi.",
            "Choose the roles that are supervised.",
        );
        list.text(
            "record_keeping",
            &self.record_keeping,
            "Tulis cara mencatatnya.",
            "Write how it is recorded.",
        );
    }

    fn links(&self, links: &mut Links) {
        links.records("supervisor_ids", &self.supervisor_ids, &[StaffMember::KEY]);
    }

    fn published(&self) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            frequency: self.frequency,
            supervised_roles: self.supervised_roles.clone(),
            method: self.method.clone(),
            record_keeping: self.record_keeping.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            name: "Supervisi bulanan manajer kasus".to_owned(),
            frequency: Some(Frequency::Monthly),
            supervised_roles: vec![StaffRole::CaseManager, StaffRole::SocialWorker],
            method: "Pembahasan kasus satu per satu.".to_owned(),
            record_keeping: "Buku supervisi.".to_owned(),
            ..Self::default()
        }
    }
}
