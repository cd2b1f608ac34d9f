//! Services: what a child can get, from whom, under which conditions. Later the menu of referrals.

use entity::ids::SetupRecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::Text,
    readiness::ComponentKind,
    setup::{
        codes::{ServiceDomain, Tier},
        data_system::VulnerabilityCategory,
        form::{Form, rows},
        institution::Agency,
        kind::{Links, MissingList, SetupKind},
    },
};

/// A service in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Service {
    /// Which of the eight services it belongs to.
    pub domain: Option<ServiceDomain>,
    /// Tiers of prevention it serves.
    pub tiers: Vec<Tier>,
    /// Its name.
    pub name: String,
    /// What the child gets.
    pub description: String,
    /// Who gives it, with whom to send a referral to.
    pub providers: Vec<ServiceProvider>,
    /// Youngest age in completed years.
    pub min_age: Option<u8>,
    /// Oldest age in completed years.
    pub max_age: Option<u8>,
    /// Vulnerability categories that qualify; empty for every child.
    pub category_ids: Vec<SetupRecordId>,
    /// Who else qualifies, in words.
    pub eligibility: String,
    /// Papers to bring.
    pub requirements: Vec<String>,
    /// No papers are needed.
    pub no_requirements: bool,
    /// How long it takes, in working days; 0 for the same day.
    pub working_days: Option<u32>,
    /// What it costs; "gratis" when nothing.
    pub cost: String,
    /// Where it is given.
    pub place: String,
    /// When it is given.
    pub hours: String,
    /// How many children a month it can take.
    pub monthly_capacity: Option<u32>,
    /// Shown on the district's public page.
    pub is_public: bool,
    /// Anything else.
    pub notes: String,
}

/// An agency that gives a service, and the contact for referrals there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceProvider {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// The agency.
    pub agency_id: Option<SetupRecordId>,
    /// Whom to send a referral to; empty for the agency's focal points.
    pub contact_name: String,
    /// Phone number of the contact.
    pub contact_phone: String,
    /// Email of the contact.
    pub contact_email: String,
}

rows!(ServiceProvider);

impl ServiceProvider {
    /// It names a contact of its own that can be reached.
    #[must_use]
    pub fn has_contact(&self) -> bool {
        !self.contact_name.is_empty() && (!self.contact_phone.is_empty() || !self.contact_email.is_empty())
    }
}

impl Service {
    /// What has to be brought is stated, be it nothing.
    #[must_use]
    pub fn has_requirements(&self) -> bool {
        self.no_requirements || !self.requirements.is_empty()
    }
}

/// Oldest age in years that a service for children may name: aftercare reaches beyond 18.
const OLDEST: u8 = 21;

impl SetupKind for Service {
    const KEY: &'static str = "service";
    const COMPONENT: ComponentKind = ComponentKind::ServiceRange;
    const PLURAL: &'static str = "services";
    const NAME: (&'static str, &'static str) = ("layanan", "service");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.set("tiers", &mut self.tiers, 3);
        form.line("name", &mut self.name, 200);
        form.paragraph("description", &mut self.description, 4_000);
        form.rows("providers", &mut self.providers, 50, |provider, form| {
            form.name("contact_name", &mut provider.contact_name, 160);
            form.phone("contact_phone", &mut provider.contact_phone);
            form.email("contact_email", &mut provider.contact_email);
        });
        form.number("min_age", self.min_age, 0..=OLDEST);
        form.number("max_age", self.max_age, 0..=OLDEST);
        form.ensure(
            self.max_age.is_none() || self.max_age >= self.min_age,
            "max_age",
            "below_minimum",
            Text::fixed(
                "Tidak boleh di bawah usia termuda.",
                "It cannot be below the youngest age.",
            ),
        );
        form.records("category_ids", &mut self.category_ids);
        form.paragraph("eligibility", &mut self.eligibility, 2_000);
        form.lines("requirements", &mut self.requirements, 40, 500);
        form.ensure(
            !self.no_requirements || self.requirements.is_empty(),
            "no_requirements",
            "contradiction",
            Text::fixed(
                "Kosongkan Berkas yang dibawa, atau hapus centang Tidak perlu berkas.",
                "Empty Papers to bring, or clear the box No papers are needed.",
            ),
        );
        form.number("working_days", self.working_days, 0..=365);
        form.line("cost", &mut self.cost, 200);
        form.paragraph("place", &mut self.place, 500);
        form.paragraph("hours", &mut self.hours, 500);
        form.number("monthly_capacity", self.monthly_capacity, 0..=1_000_000);
        form.paragraph("notes", &mut self.notes, 5_000);
    }

    fn missing(&self, list: &mut MissingList) {
        list.when(
            self.domain.is_none(),
            "domain",
            "Pilih jenis layanan.",
            "Choose which of the eight services.",
        );
        list.when(
            self.tiers.is_empty(),
            "tiers",
            "Pilih tingkat pencegahan.",
            "Choose the tier of prevention.",
        );
        list.text(
            "name",
            &self.name,
            "Tulis nama layanan.",
            "Write the name of the service.",
        );
        let has_provider = self.providers.iter().any(|provider| provider.agency_id.is_some());
        list.when(
            !has_provider,
            "providers",
            "Pilih instansi pemberi layanan.",
            "Choose who gives the service.",
        );
        list.when(
            !self.has_requirements(),
            "requirements",
            "Isi Berkas yang dibawa, atau centang Tidak perlu berkas.",
            "Fill in Papers to bring, or check No papers are needed.",
        );
        list.when(
            self.working_days.is_none(),
            "working_days",
            "Isi lama layanan dalam hari kerja.",
            "Give the time it takes in working days.",
        );
        list.text(
            "cost",
            &self.cost,
            "Isi biayanya; tulis gratis bila tidak ada.",
            "Give the cost; write free if none.",
        );
        list.text("place", &self.place, "Isi tempat layanan.", "Say where it is given.");
    }

    fn links(&self, links: &mut Links) {
        for (index, provider) in self.providers.iter().enumerate() {
            links.record(
                format!("providers.{index}.agency_id"),
                provider.agency_id,
                &[Agency::KEY],
            );
        }
        links.records("category_ids", &self.category_ids, &[VulnerabilityCategory::KEY]);
    }

    /// The service with the agencies that give it, as kinds; no contacts, places, hours or capacity.
    fn published(&self) -> Option<Self> {
        let provider = |provider: &ServiceProvider| ServiceProvider {
            id: provider.id.clone(),
            agency_id: provider.agency_id,
            ..ServiceProvider::default()
        };
        Some(Self {
            domain: self.domain,
            tiers: self.tiers.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            providers: self.providers.iter().map(provider).collect(),
            min_age: self.min_age,
            max_age: self.max_age,
            category_ids: self.category_ids.clone(),
            eligibility: self.eligibility.clone(),
            requirements: self.requirements.clone(),
            no_requirements: self.no_requirements,
            working_days: self.working_days,
            cost: self.cost.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            domain: Some(ServiceDomain::LegalIdentity),
            tiers: vec![Tier::Secondary],
            name: "Akta kelahiran jalur khusus".to_owned(),
            max_age: Some(17),
            requirements: vec!["Surat keterangan lahir".to_owned(), "Kartu keluarga".to_owned()],
            working_days: Some(3),
            cost: "gratis".to_owned(),
            place: "Kantor Dukcapil".to_owned(),
            is_public: true,
            ..Self::default()
        }
    }
}
