//! Every feature's operations, in one place.

use crate::{
    accounts, announcements, audit, auth, boundaries, calendar, districts, files, http::endpoint::Endpoints, members,
    notices, nudges, overview, packages, public_pages, readiness, regions, registrations, review_queue, setup,
    standards, succession, system, waves,
};

/// Adds all operations of the API. A new feature adds its line here.
pub fn endpoints(endpoints: &mut Endpoints) {
    auth::routes::endpoints(endpoints);
    auth::reset::endpoints(endpoints);
    system::health::endpoints(endpoints);
    accounts::routes::endpoints(endpoints);
    accounts::security::endpoints(endpoints);
    notices::endpoints(endpoints);
    regions::routes::endpoints(endpoints);
    districts::routes::endpoints(endpoints);
    members::routes::endpoints(endpoints);
    succession::endpoints(endpoints);
    registrations::endpoints(endpoints);
    setup::endpoints(endpoints);
    readiness::endpoints(endpoints);
    standards::endpoints(endpoints);
    overview::endpoints(endpoints);
    waves::endpoints(endpoints);
    nudges::endpoints(endpoints);
    announcements::endpoints(endpoints);
    calendar::endpoints(endpoints);
    review_queue::endpoints(endpoints);
    boundaries::routes::endpoints(endpoints);
    packages::endpoints(endpoints);
    public_pages::routes::endpoints(endpoints);
    files::routes::endpoints(endpoints);
    audit::routes::endpoints(endpoints);
}
