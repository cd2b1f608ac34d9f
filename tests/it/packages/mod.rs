//! Model packages over HTTP.

mod adopting;
pub mod arrange;
mod backup;
mod merging;
mod publishing;
mod trust;
