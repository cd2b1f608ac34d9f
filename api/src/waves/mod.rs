//! Waves of replication: the ministry takes districts on in groups, each with a beginning, and a phase that its districts are
//! to have reached by a day. How far a wave is stands on the page of all districts (`overview/waves.rs`).
//!
//! No source describes waves, their targets or their dates; what is planned is the ministry's to enter.

pub mod content;
pub mod membership;
pub mod query;
pub mod routes;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    routes::endpoints(endpoints);
}
