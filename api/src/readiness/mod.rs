//! Readiness: how far a district is with the components, what is missing, and whether it may go live.
//!
//! The rules are pure, over plain types ([`rules`], [`computed`], [`phase`]): they read no database, clock or file. [`query`]
//! reads the rows, [`facts`] turns them into [`ItemFacts`] and [`PhaseFacts`], [`Situation`] puts it together.
//!
//! ```text
//! standard file ──parse──> Standard ─┐
//! Configuration ──evaluate──> Progress ─┴─> ItemFacts ──judge──> ItemState ──assess──> scores, complete, go-live
//! dated facts ──────────────────────────────────────────derive──> phase
//! ```

pub mod component;
pub mod computed;
pub mod configuration;
pub mod configured;
pub mod day_facts;
pub mod days;
pub mod decisions;
pub mod evidence;
pub mod facts;
pub mod faults;
pub mod grace;
mod notify;
pub mod obstacles;
pub mod oversight;
pub mod past;
pub mod phase;
pub mod query;
pub mod queue;
pub mod rebuild;
pub mod records;
pub mod review;
pub mod routes;
pub mod rules;
pub mod situation;
pub mod standard;
pub mod standards;
pub mod view;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use crate::http::endpoint::Endpoints;

pub use component::ComponentKind;
pub use computed::evaluate;
pub use configuration::Configuration;
pub use grace::in_grace;
pub use phase::{Phase, PhaseFacts, PhaseReport, derive_phase};
pub use rules::{
    BlockReason, Blocker, ComponentReadiness, DocumentFact, DocumentStatus, GoLive, ItemFacts, ItemState, Judgement,
    Percent, Progress, Readiness, Review, ReviewDecision, assess, judge,
};
pub use situation::{Situation, refresh, refresh_due};
pub use standard::{ComputedRule, Item, JudgedBy, Proof, Standard, StandardError};

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    standards::endpoints(endpoints);
    routes::endpoints(endpoints);
    past::endpoints(endpoints);
    evidence::endpoints(endpoints);
    review::endpoints(endpoints);
    decisions::endpoints(endpoints);
    oversight::endpoints(endpoints);
}
