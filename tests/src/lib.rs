//! What black-box tests need: a real PostgreSQL with a database per test, a running service, a client, a mail server.
#![allow(clippy::expect_used, reason = "a test that cannot be set up should say so at once")]

pub mod client;
pub mod cluster;
pub mod mail_server;
pub mod openapi;
pub mod people;
pub mod process;
pub mod service;

pub use client::{Answer, Client};
pub use service::{DEMO_PASSWORD, Service};
