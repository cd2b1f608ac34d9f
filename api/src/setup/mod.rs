//! Setup: what a district configures in the components of PKSAI, and what later drives its cases.
//!
//! Every thing is one row of `setup_record` whose content is a typed document ([`kind::SetupKind`]). All kinds share
//! their operations ([`operations`]), storage ([`store`]) and OpenAPI text ([`describe`]); a kind is one file that says
//! which fields it has, what is wrong, what is missing, and what it points to. Why one table: `docs/adr/0002`.
//!
//! To add a kind: write its file in the folder of its component, and name it in [`KINDS`].

pub mod batch;
pub mod codes;
pub mod data_system;
mod describe;
pub mod form;
pub mod institution;
pub mod kind;
pub mod links;
pub mod operations;
pub mod regulation;
pub mod responsibilities;
pub mod service_range;
pub mod staff;
pub mod store;
pub mod work_mechanism;

#[cfg(test)]
mod tests;

use crate::http::endpoint::Endpoints;
use kind::Kind;

/// Every kind of setup record, in the order of the components.
pub static KINDS: &[Kind] = &[
    Kind::of::<regulation::LegalInstrument>(),
    Kind::of::<institution::Team>(),
    Kind::of::<institution::Agency>(),
    Kind::of::<work_mechanism::Sop>(),
    Kind::of::<work_mechanism::CoordinationRhythm>(),
    Kind::of::<work_mechanism::ServiceStandard>(),
    Kind::of::<work_mechanism::SupervisionRhythm>(),
    Kind::of::<work_mechanism::SatisfactionSurvey>(),
    Kind::of::<service_range::Service>(),
    Kind::of::<service_range::EarlyDetection>(),
    Kind::of::<staff::StaffMember>(),
    Kind::of::<data_system::VulnerabilityCategory>(),
    Kind::of::<data_system::DataForm>(),
    Kind::of::<data_system::FormField>(),
    Kind::of::<data_system::DataSource>(),
    Kind::of::<data_system::Indicator>(),
    Kind::of::<data_system::ReportPlan>(),
    Kind::of::<data_system::RetentionRule>(),
    Kind::of::<data_system::DataAgreement>(),
    Kind::of::<data_system::DataProtection>(),
];

/// The kind with that key.
#[must_use]
pub fn kind(key: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.key == key)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    for kind in KINDS {
        operations::endpoints(endpoints, kind);
    }
    service_range::coverage::endpoints(endpoints);
    staff::summary::endpoints(endpoints);
    data_system::adoption::endpoints(endpoints);
    responsibilities::endpoints(endpoints);
}
