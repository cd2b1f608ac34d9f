//! Service range: the catalogue of services and where risks are found early.

pub mod coverage;
mod early_detection;
mod service;

pub use early_detection::EarlyDetection;
pub use service::{Service, ServiceProvider};
