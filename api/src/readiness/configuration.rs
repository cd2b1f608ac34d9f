//! What the rules look at of a district's configuration: plain values, gathered by the caller in a few queries.
//!
//! Archived rows are not gathered. Codes are those of the reference data.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::standard::AgreementPurpose;

/// A set of codes.
pub type Codes = BTreeSet<String>;

/// The configuration of one district. What begins or ends by itself is in it with its dates; the rules look at them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// Agreements with other agencies.
    pub agreements: Vec<Agreement>,
    /// When the PKSAI regulation passed harmonisation.
    pub regulation_harmonised_on: Option<NaiveDate>,
    /// Teams with their positions.
    pub teams: Vec<Team>,
    /// Where people find the service.
    pub secretariat: Secretariat,
    /// Agencies in the directory.
    pub agencies: Vec<Agency>,
    /// Months between coordination meetings, when a rhythm is set.
    pub coordination_interval_months: Option<u32>,
    /// What is known of the district's area.
    pub area: Area,
    /// SOPs of all kinds.
    pub sops: Vec<Sop>,
    /// Risk levels for which every limit of the clock table is set.
    pub clocked_risk_levels: Codes,
    /// Services in the catalogue.
    pub services: Vec<Service>,
    /// People who work for the centre, also those who begin later or have left by a date.
    pub staff: Vec<Person>,
    /// Months between supervision sessions, when a rhythm is set.
    pub supervision_interval_months: Option<u32>,
    /// Vulnerability categories in use.
    pub categories: Vec<Category>,
    /// Forms that are published.
    pub published_forms: Codes,
    /// What is set to protect the data.
    pub protection: Protection,
    /// The reporting calendar.
    pub reports: Vec<ReportPlan>,
}

/// An agreement with another agency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Kind of the other agency.
    pub agency_kind: String,
    /// What it is for.
    pub purpose: AgreementPurpose,
    /// When both sides had signed.
    pub signed_on: Option<NaiveDate>,
    /// Its last day, when it has one.
    pub valid_until: Option<NaiveDate>,
}

/// A team and its positions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Team {
    /// Kind of team.
    pub kind: String,
    /// Positions in it.
    pub positions: Vec<Position>,
}

/// A position in a team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Kind of position.
    pub kind: String,
    /// Whether a person holds it.
    pub filled: bool,
    /// Whether its tasks are described.
    pub has_tasks: bool,
}

/// The secretariat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Secretariat {
    /// An address is recorded.
    pub has_address: bool,
    /// A hotline is recorded.
    pub has_hotline: bool,
    /// A private counselling room is stated.
    pub has_private_room: bool,
}

/// An agency in the directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agency {
    /// Kind of agency.
    pub kind: String,
    /// A focal point with a name and a phone or email.
    pub has_focal_point: bool,
}

/// How many places the district has; from the table of regions, not from what it entered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places {
    /// Kecamatan.
    pub subdistricts: u32,
    /// Desa and kelurahan.
    pub villages: u32,
}

/// Counts over the district's area.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Subdistricts of the district.
    pub subdistricts: u32,
    /// Those with a working group or PATBM in one of their villages.
    pub subdistricts_with_group: u32,
    /// Villages of the district.
    pub villages: u32,
    /// Those marked as having early detection.
    pub villages_with_early_detection: u32,
}

/// An SOP.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sop {
    /// Kind of SOP.
    pub kind: String,
    /// In force since; none while it is a draft or after it was replaced.
    pub in_force_since: Option<NaiveDate>,
    /// Case stages to which its steps are bound.
    pub bound_stages: Codes,
}

/// A service in the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// Which of the eight domains.
    pub domain: String,
    /// Prevention tiers it belongs to.
    pub tiers: Codes,
    /// Its providers; one that gives two services occurs at both.
    pub providers: Vec<Provider>,
    /// Requirements are stated, be it that there are none.
    pub has_requirements: bool,
    /// The time it takes is stated.
    pub has_duration: bool,
}

/// A provider of a service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Provider {
    /// Identity, so that one provider counts once.
    pub id: String,
    /// A referral contact with a name and a phone or email.
    pub has_contact: bool,
}

/// A person on the staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Roles in the service.
    pub roles: Codes,
    /// First day at work; none when it is not known, which counts as always.
    pub started_on: Option<NaiveDate>,
    /// Last day at work, when it is known.
    pub left_on: Option<NaiveDate>,
    /// Appointed by decree.
    pub has_decree: bool,
    /// Trainings held.
    pub trainings: Vec<Training>,
    /// A supervisor is assigned.
    pub has_supervisor: bool,
    /// When the code of conduct was signed.
    pub pledge_signed_on: Option<NaiveDate>,
    /// Most cases the person may carry, when a limit is set.
    pub caseload_limit: Option<u32>,
    /// Codes of the subdistricts covered.
    pub subdistricts: Codes,
}

/// A training somebody took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// Kind of training.
    pub kind: String,
    /// Its first day.
    pub held_on: NaiveDate,
    /// Last day on which it counts, when it has one.
    pub valid_until: Option<NaiveDate>,
}

/// A vulnerability category in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Category {
    /// Code of the category.
    pub code: String,
    /// How many services answer it.
    pub services: u32,
}

/// What is set to protect the data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Protection {
    /// How long data are kept is set.
    pub has_retention: bool,
    /// Somebody is named to whom people turn about their data.
    pub has_contact: bool,
    /// Roles and their rights were reviewed by the district.
    pub access_reviewed: bool,
}

/// A line of the reporting calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportPlan {
    /// How often is set.
    pub has_rhythm: bool,
    /// A recipient is set.
    pub has_recipient: bool,
}
