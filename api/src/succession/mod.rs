//! Succession of a coordinator, when the officer is reassigned: one person asks, another one decides (ADR 13).
//!
//! ```text
//! requested ──approve──> approved ──the invited person joins──> completed
//!     │                      (a member takes over at once)
//!     ├──refuse───> refused       │
//!     └──withdraw─> withdrawn <───┘ by who asked or by a reviewer, or by a newer approval
//! ```

mod hand_over;
mod query;
mod routes;
pub mod rules;
mod view;

use crate::http::endpoint::Endpoints;

pub use hand_over::{refuse_touching, take_over};

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    routes::endpoints(endpoints);
}
