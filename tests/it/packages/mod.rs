//! Model packages over HTTP.

pub mod arrange;
mod publishing;
mod trust;
