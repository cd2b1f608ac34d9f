//! Black-box tests of the service: over HTTP, with a real PostgreSQL, the service's own powerless database role, and a
//! real mail server.
#![allow(clippy::expect_used, missing_docs, reason = "tests")]

mod account;
mod announcements;
mod audit;
mod bombs;
mod boundaries;
mod calendar;
mod command_line;
mod coverage;
mod demo;
mod district_invitations;
mod durability;
mod files;
mod foreign_ids;
mod generate;
mod hostile;
mod members;
mod notifications;
mod nudges;
mod outbox;
mod overview;
mod packages;
mod past_readiness;
mod province_scope;
mod readiness;
mod regions;
mod registrations;
mod review_queue;
mod rollups;
mod schema;
mod setup_input;
mod setup_kinds;
mod setup_links;
mod sign_in;
mod standards;
mod standing;
mod succession;
mod telemetry;
mod tenancy;
mod waves;
