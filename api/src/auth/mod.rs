//! Who is asking, and what they may do.
//!
//! - [`permission`]: the permissions, each a value and a type;
//! - [`role`]: named sets of permissions;
//! - [`access`]: what one session may do, cached for seconds;
//! - [`guard`]: the first argument of every handler;
//! - [`password`], [`second_factor`], [`token`], [`session`], [`throttle`]: how a person proves who they are;
//! - [`routes`], [`reset`]: sign-in and its relatives.

pub mod access;
pub mod guard;
pub mod keys;
pub mod password;
pub mod permission;
pub mod reset;
pub mod role;
pub mod routes;
pub mod second_factor;
pub mod session;
pub mod throttle;
pub mod token;

pub use guard::{InDistrict, Oversight, Public, SignedIn};
pub use permission::{Permission, perm};
