//! The service about itself: health, metrics, keys, documentation, the demo's mailbox, the SPA.

pub mod dev_mail;
pub mod health;
pub mod spa;
