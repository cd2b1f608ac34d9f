//! The database.

pub mod embedded;
