//! The national standard: what a district needs, as data. Read from `reference/standard/*.json` and validated.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use super::component::ComponentKind;
use super::{faults::Fault, grace::Grace};

/// The newest standard that ships with the program; it runs by the versions in the database (see [`super::standards`]).
#[cfg(test)]
pub const NEWEST: &str = match migration::standards::FILES.last() {
    Some(file) => file,
    None => "",
};

/// A wording in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BilingualText)]
pub struct Text {
    /// Indonesian.
    pub id: String,
    /// English.
    pub en: String,
}

/// What good looks like, with where it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StandardExample)]
pub struct Example {
    /// Indonesian.
    pub id: String,
    /// English.
    pub en: String,
    /// Citation as people read it, such as "SINDOnews, 29 Juni 2019".
    pub source: String,
}

/// A version of the national standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// The JSON Schema beside the file, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Which standard: "pksai".
    pub code: String,
    /// Version within the code: "1.0".
    pub version: String,
    /// Title shown to people.
    pub title: Text,
    /// Whether a ministry has adopted it.
    pub status: StandardStatus,
    /// From this day it is the measure.
    pub effective_from: NaiveDate,
    /// Languages of every text, by ISO code.
    pub languages: Vec<String>,
    /// What the reader must know about its origin.
    pub note: Text,
    /// The components in order.
    pub components: Vec<Component>,
    /// Fingerprint of the file it came from, which changes with any change of a proposal; empty outside the database.
    #[serde(skip)]
    pub fingerprint: String,
    /// While districts have time to follow a new version: what of it does not count yet. None when everything counts.
    #[serde(skip)]
    pub grace: Option<Grace>,
}

/// Standing of a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StandardStatus {
    /// Made by the project, not adopted by an authority.
    Proposal,
    /// Adopted by the ministry.
    Adopted,
}

/// One component with its items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StandardComponent)]
pub struct Component {
    /// Code of the items: "REG".
    pub code: String,
    /// Which one it is.
    pub component: ComponentKind,
    /// Title shown to people.
    pub title: Text,
    /// What the component is for.
    pub purpose: Text,
    /// Items in order.
    pub items: Vec<Item>,
}

/// One item of the checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StandardItem)]
pub struct Item {
    /// Unique code: "REG-1".
    pub code: String,
    /// Title.
    pub title: Text,
    /// Why it matters.
    pub why: Text,
    /// What to do while it is missing.
    pub next_step: Text,
    /// What good looks like, where a source says so.
    pub example: Option<Example>,
    /// What proves it.
    pub evidence: Text,
    /// How its state is found.
    pub judged_by: JudgedBy,
    /// Needed for the component to be complete and, at least present, for go-live.
    pub mandatory: bool,
    /// Present does not suffice for go-live: it must be verified. Only mandatory items may ask for it.
    pub must_be_verified_for_go_live: bool,
    /// Share in the score of its component; above zero.
    pub weight: u32,
    /// How long evidence counts after its date; null when it counts until it is replaced.
    pub validity_months: Option<u32>,
    /// Slug of the screen where it is done.
    pub screen: String,
    /// Where the item comes from.
    pub source: Vec<String>,
}

/// How the state of an item is found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JudgedBy {
    /// By a linked document alone.
    Document {
        /// Kinds of document that count: legal instruments and document kinds of the reference data.
        accepts: Vec<String>,
    },
    /// By a rule over the district's configuration, and what the rule's outcome needs to count as verified.
    Computed {
        /// The rule with its parameters.
        #[serde(flatten)]
        rule: ComputedRule,
        /// What verifies a met rule.
        proof: Proof,
    },
}

/// What makes a met rule a verified item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = StandardProof)]
pub enum Proof {
    /// Nothing more: what the system counts itself needs no second witness.
    Computation,
    /// A reviewer looks at what was configured and confirms it.
    Review,
    /// A document, present for the item to be present, verified for the item to be verified.
    Document {
        /// Kinds of document that count.
        accepts: Vec<String>,
    },
}

/// What an agreement with another agency is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreementPurpose {
    /// Working together in cases.
    Cooperation,
    /// Exchanging data on children.
    DataSharing,
    /// Reading from a data source such as the civil registry.
    DataAccess,
}

/// Rules over the configuration. The parameters are the standard's; `computed::evaluate` says what each counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum ComputedRule {
    /// Kinds of agency with an agreement in force; an empty list means any agency.
    Agreements {
        /// What the agreement is for.
        purpose: AgreementPurpose,
        /// Kinds that count.
        agency_kinds: Vec<String>,
        /// How many of them are needed.
        at_least: u32,
    },
    /// The PKSAI regulation has passed harmonisation.
    RegulationHarmonised {},
    /// Positions of a team that are filled: of the kind of team that has most of them, where one or another will do.
    TeamFilled {
        /// Kinds of team, one of which is needed.
        teams: Vec<String>,
        /// Positions that must be filled.
        positions: Vec<String>,
    },
    /// Positions whose tasks are described.
    TasksDescribed {
        /// Teams that must exist and whose positions are looked at.
        teams: Vec<String>,
    },
    /// Address, hotline and private room are recorded.
    SecretariatRecorded {},
    /// Kinds of agency with a focal point.
    FocalPoints {
        /// Kinds needed.
        agency_kinds: Vec<String>,
    },
    /// Coordination meetings are planned often enough.
    CoordinationPlanned {
        /// Longest interval in months.
        max_interval_months: u32,
    },
    /// Subdistricts with a working group in them.
    GroupsPerSubdistrict {
        /// Share needed, 1 to 100.
        share_percent: u32,
    },
    /// An SOP of this kind is in force.
    SopInForce {
        /// Kind of SOP.
        sop_kind: String,
    },
    /// The case SOP is in force, binds the stages and has a clock for each risk level.
    CaseProcedureComplete {
        /// Kind of SOP that carries stages and clocks.
        sop_kind: String,
        /// Stages to bind.
        stages: Vec<String>,
        /// Risk levels that need all their limits.
        risk_levels: Vec<String>,
    },
    /// Service domains with a complete catalogue entry.
    ServicesCatalogued {
        /// Domains needed.
        domains: Vec<String>,
    },
    /// Service domains with enough providers.
    ProvidersPerService {
        /// Domains needed.
        domains: Vec<String>,
        /// Providers in each.
        at_least: u32,
    },
    /// Providers with a referral contact.
    ProviderContacts {},
    /// Prevention tiers with a service.
    TiersCovered {
        /// Tiers needed.
        tiers: Vec<String>,
    },
    /// Villages with early detection.
    EarlyDetectionCoverage {
        /// Share needed, 1 to 100.
        share_percent: u32,
    },
    /// Slots filled, each by a person with one of its roles.
    StaffInRoles {
        /// Roles that fill each slot.
        slots: Vec<Vec<String>>,
        /// Whether the person must have a decree.
        with_decree: bool,
    },
    /// People of these roles with a valid training.
    StaffTrained {
        /// Kind of training.
        training: String,
        /// Roles that need it.
        roles: Vec<String>,
        /// Share needed, 1 to 100.
        share_percent: u32,
    },
    /// People of these roles with a supervisor, and a rhythm of supervision.
    SupervisionArranged {
        /// Roles that need a supervisor.
        roles: Vec<String>,
        /// Longest interval in months.
        max_interval_months: u32,
    },
    /// Members of staff who signed the code of conduct.
    PledgesSigned {
        /// Share needed, 1 to 100.
        share_percent: u32,
    },
    /// Subdistricts covered by a person of these roles.
    SubdistrictsWithOfficer {
        /// Roles that cover a subdistrict.
        roles: Vec<String>,
        /// Share needed, 1 to 100.
        share_percent: u32,
    },
    /// People of these roles with a low enough caseload limit.
    CaseloadLimits {
        /// Roles that carry cases.
        roles: Vec<String>,
        /// Highest limit allowed.
        max_cases: u32,
    },
    /// Categories mapped to services, and forms published.
    RegisterReady {
        /// Forms that must be published.
        forms: Vec<String>,
    },
    /// Retention, protection contact and reviewed access rights.
    DataProtectionSet {},
    /// Reports with a rhythm and a recipient.
    ReportsPlanned {
        /// How many are needed.
        at_least: u32,
    },
}

/// Why a standard file is not accepted.
#[derive(Debug, PartialEq)]
pub enum StandardError {
    /// It is not JSON of the right shape: where and what.
    Shape {
        /// Path in the document, such as `components[0].items[2].weight`.
        path: String,
        /// The parser's words.
        message: String,
    },
    /// It has the right shape and breaks rules: all of them.
    Faults(Vec<Fault>),
}

impl fmt::Display for StandardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape { path, message } => write!(f, "at {path}: {message}"),
            Self::Faults(faults) => {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                f.write_str(&faults.join("; "))
            }
        }
    }
}

impl std::error::Error for StandardError {}

impl Standard {
    /// Reads and validates a standard.
    ///
    /// # Errors
    /// [`StandardError::Shape`] for the first place that does not fit the types, unknown rules included;
    /// [`StandardError::Faults`] with every broken rule of [`Standard::faults`].
    pub fn parse(json: &str) -> Result<Self, StandardError> {
        let mut reader = serde_json::Deserializer::from_str(json);
        let standard: Self = serde_path_to_error::deserialize(&mut reader).map_err(|error| StandardError::Shape {
            path: error.path().to_string(),
            message: error.inner().to_string(),
        })?;
        reader.end().map_err(|error| StandardError::Shape {
            path: ".".to_owned(),
            message: error.to_string(),
        })?;
        let faults = standard.faults();
        if faults.is_empty() {
            Ok(standard)
        } else {
            Err(StandardError::Faults(faults))
        }
    }

    /// Kinds of document that can be handed in for an item of this standard: those that count, and in a grace those that will.
    pub fn takes<'a>(&'a self, item: &'a Item) -> Vec<&'a str> {
        let later = self
            .grace
            .as_ref()
            .and_then(|grace| grace.accepted_later.get(&item.code));
        let kinds = item
            .judged_by
            .accepted_documents()
            .iter()
            .chain(later.into_iter().flatten());
        kinds.map(String::as_str).collect()
    }

    /// Every item with its component, in order.
    pub fn items(&self) -> impl Iterator<Item = (ComponentKind, &Item)> {
        self.components
            .iter()
            .flat_map(|component| component.items.iter().map(move |item| (component.component, item)))
    }
}

impl JudgedBy {
    /// Kinds of document that count as evidence; empty when none is asked for.
    pub fn accepted_documents(&self) -> &[String] {
        match self {
            Self::Document { accepts }
            | Self::Computed {
                proof: Proof::Document { accepts },
                ..
            } => accepts,
            Self::Computed { .. } => &[],
        }
    }

    pub(super) fn is_sensible(&self) -> bool {
        match self {
            Self::Document { accepts } => !accepts.is_empty(),
            Self::Computed { rule, proof } => {
                rule.is_sensible() && !matches!(proof, Proof::Document { accepts } if accepts.is_empty())
            }
        }
    }
}

impl ComputedRule {
    fn is_sensible(&self) -> bool {
        let share = |percent: &u32| (1..=100).contains(percent);
        match self {
            Self::Agreements {
                agency_kinds, at_least, ..
            } => *at_least > 0 && (agency_kinds.is_empty() || *at_least as usize <= agency_kinds.len()),
            Self::RegulationHarmonised {}
            | Self::SecretariatRecorded {}
            | Self::ProviderContacts {}
            | Self::DataProtectionSet {} => true,
            Self::TeamFilled { teams, positions } => !teams.is_empty() && !positions.is_empty(),
            Self::TasksDescribed { teams: list }
            | Self::FocalPoints { agency_kinds: list }
            | Self::ServicesCatalogued { domains: list }
            | Self::TiersCovered { tiers: list }
            | Self::RegisterReady { forms: list } => !list.is_empty(),
            Self::CoordinationPlanned { max_interval_months } => *max_interval_months > 0,
            Self::GroupsPerSubdistrict { share_percent }
            | Self::EarlyDetectionCoverage { share_percent }
            | Self::PledgesSigned { share_percent } => share(share_percent),
            Self::SopInForce { sop_kind } => !sop_kind.is_empty(),
            Self::CaseProcedureComplete {
                sop_kind,
                stages,
                risk_levels,
            } => !sop_kind.is_empty() && !stages.is_empty() && !risk_levels.is_empty(),
            Self::ProvidersPerService { domains, at_least } => !domains.is_empty() && *at_least > 0,
            Self::StaffInRoles { slots, .. } => !slots.is_empty() && slots.iter().all(|slot| !slot.is_empty()),
            Self::StaffTrained {
                roles, share_percent, ..
            }
            | Self::SubdistrictsWithOfficer { roles, share_percent } => !roles.is_empty() && share(share_percent),
            Self::SupervisionArranged {
                roles,
                max_interval_months,
            } => !roles.is_empty() && *max_interval_months > 0,
            Self::CaseloadLimits { roles, max_cases } => !roles.is_empty() && *max_cases > 0,
            Self::ReportsPlanned { at_least } => *at_least > 0,
        }
    }
}
