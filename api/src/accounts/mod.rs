//! One's own account: profile, password, second factor, sessions.

pub mod mails;
pub mod routes;
pub mod security;
