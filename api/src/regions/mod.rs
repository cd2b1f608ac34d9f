//! Regions: provinces, kabupaten/kota, kecamatan, desa/kelurahan. Public facts.

mod query;
pub mod routes;
