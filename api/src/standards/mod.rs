//! How the national standard evolves: the ministry drafts the next version, sees what it would do to every district, and
//! publishes it with a day on which it takes effect and a time to follow; districts see what changed for them.
//!
//! ```text
//! newest version ──draft──> content ──preview (job, district by district)──> standard_impact
//!                              └────────publish, of just the content that was previewed──> standard_version + notices
//! ```
//!
//! What counts while districts have time to follow is the rule of [`crate::readiness::grace`] (ADR 10). [`changes`],
//! [`check`] and [`impact`] are plain functions.

pub mod changes;
pub mod check;
pub mod district;
pub mod draft;
pub mod editions;
pub mod impact;
pub mod impacts;
pub mod preview;
pub mod publish;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    editions::endpoints(endpoints);
    draft::endpoints(endpoints);
    preview::endpoints(endpoints);
    impacts::endpoints(endpoints);
    publish::endpoints(endpoints);
    district::endpoints(endpoints);
}
