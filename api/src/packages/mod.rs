//! Model packages: a district publishes its setup, others start from it, keep the link, and merge its improvements.
//!
//! ```text
//! setup records ──SetupKind::published──> PackageDocument ──canonical, hash, sign──> model_package, file
//! model_package / file ──parse──> records ──localise──> setup records + setup_origin (base)
//! base, mine, theirs ──merge──> taken, conflicts ──a person decides──> setup records
//! ```
//!
//! Why packages hold typed contents and what never leaves: `docs/adr/0006`.

pub mod adopt;
pub mod apply;
pub mod backup;
pub mod build;
pub mod canonical;
pub mod catalogue;
pub mod cli;
pub mod comparison;
pub mod document;
pub mod localise;
pub mod merge;
pub mod narrow;
pub mod origins;
pub mod oversight;
pub mod parse;
pub mod plan;
pub mod publish;
pub mod query;
pub mod relink;
pub mod sign;
pub mod undo;
pub mod updates;
pub mod upload;
pub mod viewer;

#[cfg(test)]
mod merge_tests;
#[cfg(test)]
mod tests;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    catalogue::endpoints(endpoints);
    publish::endpoints(endpoints);
    oversight::endpoints(endpoints);
    adopt::endpoints(endpoints);
    undo::endpoints(endpoints);
    apply::endpoints(endpoints);
    comparison::endpoints(endpoints);
    origins::endpoints(endpoints);
    backup::endpoints(endpoints);
}
