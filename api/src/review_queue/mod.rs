//! What waits for reviewers over all districts within reach, oldest first: read from a table that the districts' own writes
//! keep ([`crate::readiness::queue`]), and what reviewers do about it beside deciding one by one.

pub mod ask;
pub mod batch;
pub mod history;
pub mod routes;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    routes::endpoints(endpoints);
    ask::endpoints(endpoints);
    batch::endpoints(endpoints);
    history::endpoints(endpoints);
}
