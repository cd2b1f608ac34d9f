//! The standard, evidence, reviews, going live, oversight and the public page.

mod evidence;
mod fill;
mod main_path;
mod standards;
mod summary;
