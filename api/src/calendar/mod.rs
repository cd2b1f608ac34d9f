//! The calendar: trainings and coordination meetings that ministry and provinces offer to districts, and who takes part.
//!
//! An event is addressed as an announcement is; each invited district has a row in which it answers. Seats are counted in a row
//! of their own that registering changes, so that two districts cannot both take the last one. Invitations, changes,
//! cancellations and reminders are circulars.

mod invited;
mod organised;
mod query;
pub mod reminder;
mod rules;
mod view;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    organised::endpoints(endpoints);
    invited::endpoints(endpoints);
}
