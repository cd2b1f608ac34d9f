//! Staff: people, what they learned, whom they serve.

mod staff_member;
pub mod summary;

pub use staff_member::{StaffCertificate, StaffMember, StaffTraining};
