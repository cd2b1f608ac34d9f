//! Boundaries of kabupaten/kota that a ministry loads for the map of the national page.
//!
//! The product comes without any: whose boundaries hold is for the ministry to say. A file is [`read`], [`check`]ed, cut into
//! [`arcs`] that neighbours share, [`simplify`]ed arc by arc and kept as a [`topology`]; see ADR 8.

pub mod arcs;
pub mod check;
pub mod cli;
pub mod crossing;
mod json;
pub mod names;
pub mod one_at_a_time;
pub mod prepare;
pub mod problem;
pub mod query;
pub mod read;
pub mod routes;
pub mod simplify;
pub mod topology;
pub mod upload;

/// The largest file, in bytes.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// The deepest nesting of lists and objects.
pub const MAX_DEPTH: usize = 32;
/// The most points in all rings together.
pub const MAX_POINTS: usize = 2_000_000;
/// The most values that a parser would build.
const MAX_VALUES: usize = 3 * MAX_POINTS;
/// The most lists and objects that a parser would build: a point is a list, also one without anything in it.
const MAX_LISTS: usize = 2_500_000;
/// The most objects: a feature has two or three, layers that are not used have theirs.
const MAX_OBJECTS: usize = 500_000;
/// The most features that are looked at: ten times the kabupaten/kota of the country.
pub const MAX_FEATURES: usize = 5_000;
/// The most problems that are told at once; the others are counted.
pub const MAX_PROBLEMS: usize = 100;
