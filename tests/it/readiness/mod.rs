//! The standard, evidence, reviews, going live, oversight and the public page.

mod evidence;
pub(crate) mod fill;
mod main_path;
mod standards;
mod summary;
