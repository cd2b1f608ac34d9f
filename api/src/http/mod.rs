//! Extractors and replies that every feature uses.

pub mod body;
pub mod checks;
pub mod client_address;
pub mod endpoint;
pub mod etag;
pub mod idempotency;
pub mod json_scan;
pub mod links;
pub mod middleware;
pub mod page;
pub mod path;
pub mod problem;
pub mod rate_limit;
pub mod reply;

pub use body::Body;
pub use checks::Checks;
pub use client_address::client_address;
pub use etag::IfMatch;
pub use idempotency::IdempotencyKey;
pub use page::{Cursor, Page, PageQuery};
pub use path::{Path, Query};
pub use reply::{Created, Derived, JsonPage, NoContent, Tagged};
