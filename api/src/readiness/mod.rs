//! Readiness: how far a district is with the six components, what is missing, and whether it may go live.
//!
//! Pure rules over plain types: nothing here reads a database, a clock or a file. The callers gather facts
//! ([`Configuration`], [`ItemFacts`], [`PhaseFacts`]), the rules judge them.
//!
//! ```text
//! standard file ──parse──> Standard ─┐
//! Configuration ──evaluate──> Progress ─┴─> ItemFacts ──judge──> ItemState ──assess──> scores, complete, go-live
//! dated facts ──────────────────────────────────────────derive──> phase
//! ```

pub mod computed;
pub mod configuration;
pub mod phase;
pub mod rules;
pub mod standard;
pub mod standards;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use crate::http::endpoint::Endpoints;

pub use computed::evaluate;
pub use configuration::Configuration;
pub use phase::{Phase, PhaseFacts, PhaseReport, derive_phase};
pub use rules::{
    BlockReason, Blocker, ComponentReadiness, DocumentFact, DocumentStatus, GoLive, ItemFacts, ItemState, Judgement,
    Percent, Progress, Readiness, Review, ReviewDecision, assess, judge,
};
pub use standard::{ComponentKind, ComputedRule, Item, JudgedBy, Proof, Standard, StandardError};

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    standards::endpoints(endpoints);
}
