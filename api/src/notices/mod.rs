//! Notices: what a person should know of, behind the bell and by mail, as that person wishes.
//!
//! ```text
//! a change ──post──> notice ──dispatch (job)──> bell + stream │ mail at once, not in quiet hours │ digest
//! ```
//!
//! What concerns many districts is one [`circular`]; a job posts it, district by district. Features write a notice with [`post`] in the transaction of its cause, as they write to the outbox. [`dispatch`] decides
//! afterwards, by the plain functions of [`rules`], where it is shown. [`content`] holds every sentence.

pub mod announced;
pub mod circular;
pub mod content;
pub mod digest;
pub mod dispatch;
pub mod event_news;
pub mod hub;
pub mod kind;
mod post;
pub mod preferences;
pub mod query;
pub mod routes;
pub mod rules;
pub mod stream;

use crate::http::endpoint::Endpoints;

pub use announced::{Announced, Stage};
pub use circular::{Circular, Untold, circulate, take_back};
pub use content::{NoticeContent, Words};
pub use event_news::{EventNews, EventStage};
pub use kind::NoticeKind;
pub use post::{About, Notice, post, post_about};

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    routes::endpoints(endpoints);
    preferences::endpoints(endpoints);
    stream::endpoints(endpoints);
}
