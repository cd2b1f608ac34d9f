//! Database migrations and reference data.

pub mod regions;
