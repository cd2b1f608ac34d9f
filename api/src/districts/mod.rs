//! The tenants: their own profile (unit name, office, address, hotline), and whether people may work in them.

pub mod routes;
pub mod standing;
