//! Uploaded files: evidence of a district, letters of registrations.
//!
//! A file is a row ([`objects`]) and content in an object store ([`store`]) under the hash of its bytes, apart for each
//! district, so that nobody learns from an upload whether another district has the same file. Content is written first
//! and its row with the change that needs it: a write that fails leaves no row without content. Content without a row
//! (the transaction failed after all) is collected by [`sweep`].
//!
//! What a file is, is found in its content ([`kind`]); a name or declared type that says otherwise is refused.

pub mod bounded;
pub mod download;
pub mod kind;
pub mod name;
pub mod objects;
mod pdf_pages;
pub mod routes;
pub mod store;
pub mod sweep;
pub mod upload;
mod zip_directory;

pub use store::FileStore;
pub use upload::Upload;
