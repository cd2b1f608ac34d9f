//! The calendar: trainings and coordination meetings that ministry and provinces offer to districts, and who takes part.
//!
//! An event is addressed as an announcement is; each invited district has a row in which it answers. Seats are counted in a row
//! of their own that whoever answers, changes or cancels locks, so that two districts cannot both take the last one and nobody
//! registers behind a cancellation. Invitations, changes, cancellations and reminders are circulars.

mod invited;
mod organised;
mod query;
pub mod reminder;
mod rules;
pub(crate) mod store;
mod told;
pub(crate) mod view;

use crate::http::endpoint::Endpoints;

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    organised::endpoints(endpoints);
    invited::endpoints(endpoints);
}
