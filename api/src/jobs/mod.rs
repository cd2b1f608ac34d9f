//! Work that no request waits for: the outbox, mail, housekeeping.

pub mod housekeeping;
pub mod mail;
pub mod outbox;
