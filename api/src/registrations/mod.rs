//! Registration: a district's officer applies, the province may endorse, the ministry decides, and approval makes the
//! district a tenant with the applicant as its coordinator.
//!
//! The applicant has no account yet and shows a token instead ([`guard::Registrant`]). What may follow what stands in
//! [`rules`]; every step writes its history, its audit event and its mails in one transaction ([`query::advance`],
//! [`mails`]). A district has one application with a confirmed email, and applications that are not followed up
//! lapse ([`expiry`]), so that nobody can keep a district from registering.

pub mod applicant;
mod approval;
pub mod confirmation;
pub mod expiry;
pub mod guard;
pub mod invited;
mod mails;
pub mod oversight;
mod query;
mod quota;
pub mod rules;
mod view;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    applicant::endpoints(endpoints);
    confirmation::endpoints(endpoints);
    oversight::endpoints(endpoints);
    invited::endpoints(endpoints);
}
