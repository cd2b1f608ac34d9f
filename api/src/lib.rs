//! Satu Pintu: the service with which an Indonesian kabupaten/kota sets up PKSAI, the integrated child welfare service
//! centre, and runs it.
//!
//! `ARCHITECTURE.md` in the repository is the map; start there.

pub mod accounts;
pub mod announcements;
pub mod app;
pub mod audience;
pub mod audit;
pub mod auth;
pub mod boundaries;
pub mod calendar;
pub mod config;
pub mod day;
pub mod db;
pub mod demo;
pub mod districts;
pub mod error;
pub mod files;
pub mod http;
pub mod jobs;
pub mod members;
pub mod memory;
pub mod notices;
pub mod nudges;
pub mod openapi;
pub mod operator;
pub mod overview;
pub mod packages;
pub mod public_pages;
pub mod readiness;
pub mod reference;
pub mod regions;
pub mod registrations;
pub mod review_queue;
pub mod routes;
pub mod server;
pub mod setup;
pub mod standards;
pub mod succession;
pub mod system;
pub mod telemetry;
pub mod waves;
