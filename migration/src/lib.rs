//! Migrations of the Satu Pintu database and the reference data that comes with them.
//!
//! Migrations run as the **owner** role. Afterwards the reference data are brought up to date and the powerless service
//! role gets exactly what each table's class allows (see [`table_class`]).
// Migrations are fixed SQL of several statements, run as the owner; nothing in them comes from outside.
#![allow(clippy::disallowed_methods, reason = "migrations are SQL files")]

mod apply;
mod grants;
mod m20261121_000001_foundation;
mod m20261121_000002_regions;
mod m20261121_000003_files;
mod m20261121_000004_registrations;
mod m20261121_000010_setup;
mod m20261121_000020_readiness;
mod m20261122_000030_invitations;
mod m20261122_000040_components;
mod m20261122_000050_national;
mod m20261122_000060_packages;
mod m20261122_000110_outbox_claims;
mod m20261122_000111_registrations_held;
mod m20261122_000112_invitation_letters;
mod m20261122_000200_notices;
mod m20261122_000210_nudges;
mod m20261122_000220_review_queue;
mod m20261122_000240_boundaries;
mod m20261122_000250_standing;
mod m20261122_000260_standard_evolves;
mod m20261122_000270_announcements;
mod m20261122_000300_waves;
mod m20261122_000310_calendar;
mod m20261122_000320_readiness_days;
mod m20261122_000330_succession;
mod m20261122_000340_reach;
mod m20261122_000360_handed_in_holds;
mod m20261122_000361_readiness_days_stay;
pub mod regions;
pub mod standards;
pub mod table_class;

pub use apply::{MigrationError, apply, pending};
use sea_orm_migration::prelude::*;

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_foundation::Migration),
            Box::new(m20261121_000002_regions::Migration),
            Box::new(m20261121_000003_files::Migration),
            Box::new(m20261121_000004_registrations::Migration),
            Box::new(m20261121_000010_setup::Migration),
            Box::new(m20261121_000020_readiness::Migration),
            Box::new(m20261122_000030_invitations::Migration),
            Box::new(m20261122_000040_components::Migration),
            Box::new(m20261122_000050_national::Migration),
            Box::new(m20261122_000060_packages::Migration),
            Box::new(m20261122_000110_outbox_claims::Migration),
            Box::new(m20261122_000111_registrations_held::Migration),
            Box::new(m20261122_000112_invitation_letters::Migration),
            Box::new(m20261122_000200_notices::Migration),
            Box::new(m20261122_000210_nudges::Migration),
            Box::new(m20261122_000220_review_queue::Migration),
            Box::new(m20261122_000240_boundaries::Migration),
            Box::new(m20261122_000250_standing::Migration),
            Box::new(m20261122_000260_standard_evolves::Migration),
            Box::new(m20261122_000270_announcements::Migration),
            Box::new(m20261122_000300_waves::Migration),
            Box::new(m20261122_000310_calendar::Migration),
            Box::new(m20261122_000320_readiness_days::Migration),
            Box::new(m20261122_000330_succession::Migration),
            Box::new(m20261122_000340_reach::Migration),
            Box::new(m20261122_000360_handed_in_holds::Migration),
            Box::new(m20261122_000361_readiness_days_stay::Migration),
        ]
    }
}
