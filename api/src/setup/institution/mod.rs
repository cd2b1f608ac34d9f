//! Institution: teams from the steering team down to the village, and the directory of agencies.

mod agency;
mod team;

pub use agency::{Agency, FocalPoint};
pub use team::{Room, Team, TeamPosition};
