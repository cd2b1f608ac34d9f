//! Members of a district, their invitations, and the roles a district makes itself.

pub mod coordinators;
pub mod invitations;
pub mod join;
pub mod overseers;
pub mod roles;
pub mod routes;
pub mod rules;
