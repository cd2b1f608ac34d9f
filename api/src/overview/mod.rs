//! All districts on one page, for ministry and province: who is where, and how the whole comes along.
//!
//! [`rules`] are plain functions over dates and figures; [`query`] reads summaries, districts and invitations and never the
//! rows inside a district; [`plan`] is the number out of which the ministry counts,
//! [`waves`] how far the waves of replication are.

pub mod plan;
pub mod query;
pub mod routes;
pub mod rules;
pub mod view;
pub mod waves;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    routes::endpoints(endpoints);
    plan::endpoints(endpoints);
}
