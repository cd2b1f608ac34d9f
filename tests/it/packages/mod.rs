//! Model packages over HTTP.

mod adopting;
pub mod arrange;
mod merging;
mod publishing;
mod trust;
