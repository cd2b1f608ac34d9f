//! Succession of a coordinator, when the officer is reassigned: one person asks, another one decides (ADR 13).
//!
//! ```text
//! requested ──approve──> approved ──the invited person joins──> completed
//!     │                      (a member takes over at once)
//!     ├──refuse───> refused
//!     └──withdraw─> withdrawn
//! ```

mod query;
mod routes;
pub mod rules;
mod view;

use crate::http::endpoint::Endpoints;

pub use query::take_over;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    routes::endpoints(endpoints);
}
