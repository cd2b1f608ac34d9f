//! Nudges: a reminder to the coordinators of a district that does not come along, with what the system sees in its way.
//! Whether it was read and what happened since is kept with it, and in the district's summary.

pub mod routes;
pub mod rules;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    routes::endpoints(endpoints);
}
