//! One's own account: profile, password, second factor, sessions.

pub mod routes;
pub mod security;
