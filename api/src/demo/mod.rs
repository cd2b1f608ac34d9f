//! The demo: the districts that the sources name, where they stand, with synthetic people. Never loaded in production.
//!
//! It is loaded in steps of one transaction each: people and districts, then what each district set up, then what is
//! before the ministry, then the pilots' packages, then the calendar. Every step looks whether it was done, so a start that was
//! killed is taken up by the next.

mod calendar;
pub mod content;
pub mod districts;
pub mod generate;
mod packages;
pub(crate) mod paper;
pub mod people;
mod queue;
mod upload;
mod write;

use anyhow::Result;

use crate::{db::Db, files::store::FileStore, packages::sign::PackageKeys};

/// The password of every demo account.
pub const PASSWORD: &str = "SatuPintu-Demo-2026";

pub use people::refuse_if_loaded;

/// Loads what is not there yet. Returns the accounts to show at start.
///
/// # Errors
/// When the database or the file store refuses, or the database holds real accounts: the demo is never mixed with them.
pub async fn load(db: &Db, files: &FileStore, keys: &PackageKeys) -> Result<Vec<String>> {
    let emails = people::load(db).await?;
    for demo in districts::DEMO_DISTRICTS {
        write::load(db, files, demo).await?;
    }
    queue::load(db, files).await?;
    packages::load(db, keys).await?;
    calendar::load(db).await?;
    Ok(emails)
}
