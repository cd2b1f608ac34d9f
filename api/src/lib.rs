//! placeholder

pub mod readiness;
pub mod reference;
