//! Model packages over HTTP.

mod adopting;
pub mod arrange;
mod publishing;
mod trust;
