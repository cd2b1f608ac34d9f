//! placeholder

pub mod readiness;
