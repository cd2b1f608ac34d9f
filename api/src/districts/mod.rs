//! The tenants' own profile: unit name, office, address, hotline.

pub mod routes;
