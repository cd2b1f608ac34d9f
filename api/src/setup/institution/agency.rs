//! Agencies: OPD, vertical bodies and NGOs with their focal points.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    readiness::ComponentKind,
    setup::{
        codes::{AgencyKind, ServiceDomain, reference},
        form::{Form, rows},
        kind::{MissingList, SetupKind},
    },
};

/// An agency that takes part, with whom to call there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Agency {
    /// What kind it is.
    pub kind: Option<AgencyKind>,
    /// What it is called in this district.
    pub name: String,
    /// What people call it.
    pub short_name: String,
    /// Whom to call.
    pub focal_points: Vec<FocalPoint>,
    /// Services for which it receives referrals.
    pub domains: Vec<ServiceDomain>,
    /// Where it is.
    pub address: String,
    /// Phone number of the office.
    pub phone: String,
    /// Email of the office.
    pub email: String,
    /// When it is open.
    pub opening_hours: String,
    /// Anything else.
    pub notes: String,
}

/// A person to call in an agency.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FocalPoint {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// The person's position.
    pub position: String,
    /// Phone number.
    pub phone: String,
    /// Email address.
    pub email: String,
}

rows!(FocalPoint);

impl FocalPoint {
    /// It has a name and a way to be reached.
    #[must_use]
    pub fn can_be_reached(&self) -> bool {
        !self.name.is_empty() && (!self.phone.is_empty() || !self.email.is_empty())
    }

    /// Tidies the fields.
    pub fn check(&mut self, form: &mut Form<'_>) {
        form.name("name", &mut self.name, 160);
        form.line("position", &mut self.position, 160);
        form.phone("phone", &mut self.phone);
        form.email("email", &mut self.email);
    }
}

impl SetupKind for Agency {
    const KEY: &'static str = "agency";
    const COMPONENT: ComponentKind = ComponentKind::Institution;
    const PLURAL: &'static str = "agencies";
    const NAME: (&'static str, &'static str) = ("instansi", "agency");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.name("name", &mut self.name, 200);
        form.line("short_name", &mut self.short_name, 60);
        form.set("domains", &mut self.domains, 8);
        form.paragraph("address", &mut self.address, 500);
        form.phone("phone", &mut self.phone);
        form.email("email", &mut self.email);
        form.paragraph("opening_hours", &mut self.opening_hours, 500);
        form.paragraph("notes", &mut self.notes, 5_000);
        form.rows("focal_points", &mut self.focal_points, 20, FocalPoint::check);
    }

    fn missing(&self, list: &mut MissingList) {
        list.when(
            self.kind.is_none(),
            "kind",
            "Pilih jenis instansi.",
            "Choose the kind of agency.",
        );
        list.text(
            "name",
            &self.name,
            "Tulis nama instansi.",
            "Write the name of the agency.",
        );
        list.when(
            !self.focal_points.iter().any(FocalPoint::can_be_reached),
            "focal_points",
            "Tambahkan narahubung dengan telepon atau surel.",
            "Add a focal point with a phone number or an email.",
        );
        list.when(
            self.domains.is_empty(),
            "domains",
            "Pilih layanan yang dapat diterima instansi ini.",
            "Choose the services this agency can receive.",
        );
    }

    /// Its kind and domains, under the name that the kind has everywhere.
    fn published(&self) -> Option<Self> {
        let kind = self.kind?;
        let known = reference()?
            .agency_kinds
            .iter()
            .find(|known| known.code == kind.code())?;
        Some(Self {
            kind: Some(kind),
            name: known.name.id.clone(),
            domains: self.domains.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            kind: Some(AgencyKind::CivilRegistry),
            name: "Dinas Kependudukan dan Pencatatan Sipil".to_owned(),
            short_name: "Dukcapil".to_owned(),
            focal_points: vec![FocalPoint {
                id: "narahubung-1".to_owned(),
                name: "Contoh Narahubung".to_owned(),
                position: "Kepala Seksi Kelahiran".to_owned(),
                phone: "+6281200000001".to_owned(),
                email: "narahubung@contoh.example".to_owned(),
            }],
            domains: vec![ServiceDomain::LegalIdentity],
            ..Self::default()
        }
    }
}
