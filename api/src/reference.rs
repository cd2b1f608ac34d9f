//! The reference data in `reference/*.json`: ready lists a district starts from, with names in both languages.
//!
//! The files are part of the program; [`Reference::load`] reads them, and a test checks that every code one file mentions
//! is defined in another. What is a proposal and what was read in a source is stated in the files.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use crate::readiness::standard::Text;

/// All reference data.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The eight services.
    pub services: Vec<Service>,
    /// The three tiers of prevention.
    pub tiers: Vec<Tier>,
    /// Kinds of agencies.
    pub agency_kinds: Vec<AgencyKind>,
    /// Ready sets of vulnerability categories.
    pub category_sets: Vec<CategorySet>,
    /// The nine stages of a case.
    pub case_stages: Vec<CaseStage>,
    /// Risk levels, limits and tables of time limits.
    pub clocks: Clocks,
    /// Kinds of legal instruments and their stages.
    pub legal_instruments: LegalInstruments,
    /// Kinds of evidence that are not legal instruments.
    pub document_kinds: Vec<Named>,
    /// Kinds of SOPs.
    pub sop_kinds: Vec<SopKind>,
    /// Teams and positions.
    pub institution: Institution,
    /// Roles of the staff and trainings.
    pub staff: Staff,
    /// Fields of the outreach form.
    pub outreach_fields: Vec<OutreachField>,
}

/// A code with its name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Named {
    /// Stable code.
    pub code: String,
    /// Name shown to people.
    pub name: Text,
}

/// One of the eight services.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Stable code, used as domain of a district's services.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Kinds of agency that usually lead.
    pub lead_agency_kinds: Vec<String>,
    /// Where the service was read.
    pub source: String,
    /// The lead agencies are general knowledge, for the district to confirm.
    pub leads_are_proposal: bool,
}

/// A tier of prevention.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// What belongs to it.
    pub meaning: Text,
    /// Where it was read.
    pub source: String,
}

/// To whom an agency answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sector {
    /// To the head of the district.
    Opd,
    /// To a ministry or national body.
    Vertical,
    /// Outside government.
    Ngo,
}

/// A kind of agency.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyKind {
    /// Stable code.
    pub code: String,
    /// To whom it answers.
    pub sector: Sector,
    /// What officers call it: "Dinsos".
    pub short_name: String,
    /// Full name.
    pub name: Text,
    /// Where it was read.
    pub source: String,
}

/// A ready set of vulnerability categories.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategorySet {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Legal basis where a source names it.
    pub legal_basis: Option<String>,
    /// Where it was read.
    pub source: String,
    /// What the user of the set must know.
    pub note: Option<Text>,
    /// Its categories.
    pub categories: Vec<Category>,
}

/// A vulnerability category.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Age limits where a source states them.
    pub age: AgeLimits,
    /// Services that answer it: a proposal.
    pub services: Vec<String>,
    /// Gowa's count of 2017, in the Gowa set.
    #[serde(default)]
    pub figure_2017: Option<u32>,
}

/// Age limits in completed years, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeLimits {
    /// Youngest age.
    pub min: Option<u8>,
    /// Oldest age.
    pub max: Option<u8>,
}

/// A stage of a case.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseStage {
    /// Stable code.
    pub code: String,
    /// 1 to 9.
    pub position: u8,
    /// Name.
    pub name: Text,
    /// The time limit under which it stands.
    pub clock: Option<String>,
}

/// Time limits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Clocks {
    /// Risk levels, the highest first.
    pub risk_levels: Vec<Named>,
    /// What is limited.
    pub limits: Vec<Named>,
    /// Tables to start from.
    pub tables: Vec<ClockTable>,
}

/// A table of time limits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockTable {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Kind of need it is for.
    pub applies_to: String,
    /// General knowledge, for the district to confirm.
    pub proposal: bool,
    /// Legal basis: none is known, the district names its own.
    pub legal_basis: Option<String>,
    /// Where it was read.
    pub source: String,
    /// By risk level, then by what is limited; a table may leave gaps.
    pub levels: BTreeMap<String, BTreeMap<String, TimeLimit>>,
}

/// One time limit, in calendar time.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// To be done at once.
    pub immediate: bool,
    /// The latest moment; none where the source states none.
    pub at_most: Option<Span>,
    /// The source says "about".
    pub approximate: bool,
}

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// How many units.
    pub amount: u32,
    /// The unit.
    pub unit: SpanUnit,
}

/// Unit of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanUnit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Calendar days of 24 hours.
    Day,
}

impl Span {
    /// The span in minutes.
    pub const fn minutes(self) -> u64 {
        let unit = match self.unit {
            SpanUnit::Minute => 1,
            SpanUnit::Hour => 60,
            SpanUnit::Day => 1_440,
        };
        self.amount as u64 * unit
    }
}

/// Legal instruments.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LegalInstruments {
    /// Kinds.
    pub kinds: Vec<InstrumentKind>,
    /// Stages of the life of an instrument, in order.
    pub stages: Vec<InstrumentStage>,
}

/// A kind of legal instrument.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentKind {
    /// Stable code, also a kind of evidence.
    pub code: String,
    /// What officers call it: "Perbup/Perwali".
    pub short_name: String,
    /// Full name.
    pub name: Text,
    /// The stages it passes, in order; the last one puts it in force.
    pub stages: Vec<String>,
    /// Where it is published.
    pub gazette: Option<String>,
    /// Where it was read.
    pub source: String,
}

/// A stage in the life of an instrument.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentStage {
    /// Stable code.
    pub code: String,
    /// 1 to 7.
    pub position: u8,
    /// Name.
    pub name: Text,
}

/// A kind of SOP.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SopKind {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// The item of the standard that asks for it.
    pub item: Option<String>,
    /// Case stages it usually covers.
    pub stages: Vec<String>,
    /// Where it was read.
    pub source: String,
}

/// Teams and positions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Institution {
    /// Kinds of team.
    pub teams: Vec<TeamKind>,
    /// Kinds of position.
    pub positions: Vec<Named>,
}

/// A kind of team.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamKind {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Positions usually found in it.
    pub positions: Vec<String>,
}

/// Roles and trainings.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Staff {
    /// Roles in the service.
    pub roles: Vec<Named>,
    /// Trainings.
    pub trainings: Vec<Named>,
}

/// A field of the outreach form.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutreachField {
    /// Stable code.
    pub code: String,
    /// Label.
    pub label: Text,
    /// What may be entered.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Must be filled in.
    pub required: bool,
    /// Hidden from those who need not know.
    pub sensitive: bool,
    /// Answers to choose from; only a choice has them.
    pub options: Option<Vec<Named>>,
}

/// What may be entered in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A day.
    Date,
    /// A village by its code.
    Region,
    /// A member of the staff.
    Staff,
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A population number of 16 digits.
    Nik,
    /// One of the options.
    Choice,
    /// Vulnerability categories in use.
    Categories,
    /// Yes or no.
    Boolean,
}

/// A reference file that does not parse: the build is wrong.
#[derive(Debug, thiserror::Error)]
#[error("reference/{file} at {path}: {message}")]
pub struct ReferenceError {
    /// File name.
    pub file: &'static str,
    /// Path in the document.
    pub path: String,
    /// The parser's words.
    pub message: String,
}

impl Reference {
    /// Reads the files that are part of the program.
    ///
    /// # Errors
    /// [`ReferenceError`] for the first file that does not have its shape.
    pub fn load() -> Result<Self, ReferenceError> {
        macro_rules! file {
            ($name:literal) => {
                ($name, include_str!(concat!("../../reference/", $name)))
            };
        }
        Ok(Self {
            services: list(file!("services.json"), "services")?,
            tiers: list(file!("tiers.json"), "tiers")?,
            agency_kinds: list(file!("agency_kinds.json"), "agency_kinds")?,
            category_sets: list(file!("categories.json"), "sets")?,
            case_stages: list(file!("case_stages.json"), "stages")?,
            clocks: whole(file!("clocks.json"))?,
            legal_instruments: whole(file!("legal_instruments.json"))?,
            document_kinds: list(file!("document_kinds.json"), "document_kinds")?,
            sop_kinds: list(file!("sop_kinds.json"), "sop_kinds")?,
            institution: whole(file!("institution.json"))?,
            staff: whole(file!("staff.json"))?,
            outreach_fields: list(file!("outreach_fields.json"), "fields")?,
        })
    }

    /// The categories of all sets that a service answers: the other direction of [`Category::services`], which is the
    /// only place where the relation is kept.
    pub fn categories_answered_by<'a>(&'a self, service: &'a str) -> impl Iterator<Item = &'a Category> {
        let categories = self.category_sets.iter().flat_map(|set| &set.categories);
        categories.filter(move |category| category.services.iter().any(|code| code == service))
    }

    /// Every kind of evidence: legal instruments, then the other documents.
    pub fn evidence_kinds(&self) -> impl Iterator<Item = &str> {
        let instruments = self.legal_instruments.kinds.iter().map(|kind| kind.code.as_str());
        instruments.chain(self.document_kinds.iter().map(|kind| kind.code.as_str()))
    }
}

fn whole<T: DeserializeOwned>((file, json): (&'static str, &str)) -> Result<T, ReferenceError> {
    let mut reader = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| ReferenceError {
        file,
        path: error.path().to_string(),
        message: error.inner().to_string(),
    })
}

/// The list under a key of a file; what stands beside it is for readers.
fn list<T: DeserializeOwned>(file: (&'static str, &str), key: &'static str) -> Result<Vec<T>, ReferenceError> {
    let name = file.0;
    let mut document: serde_json::Map<String, serde_json::Value> = whole(file)?;
    let rows = document.remove(key).unwrap_or_default();
    serde_path_to_error::deserialize(rows).map_err(|error| ReferenceError {
        file: name,
        path: format!("{key}{}", error.path()),
        message: error.inner().to_string(),
    })
}

#[cfg(test)]
mod tests;
