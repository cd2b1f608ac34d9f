//! Announcements: what ministry and provinces tell many districts at once, and who has read it.
//!
//! Sending writes one row per district (`announcement_delivery`) and a circular, from which a job makes the notices. Who opens
//! it is kept per person and counted in the delivery, which the sender reads: never the districts' own rows. An announcement
//! is never changed: a correction replaces it, a withdrawal takes it back, and both are told where it is opened.

mod query;
mod received;
mod rules;
mod sent;
mod view;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    sent::endpoints(endpoints);
    received::endpoints(endpoints);
}
