//! Regions: provinces, kabupaten/kota, kecamatan, desa/kelurahan. Public facts.

pub mod query;
pub mod routes;
