//! Satu Pintu: the REST service with which a district sets up and runs PKSAI.

pub mod db;
