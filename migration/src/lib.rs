//! Migrations of the Satu Pintu database and the reference data that comes with them.
//!
//! Migrations run as the **owner** role. Afterwards [`grant`] gives the powerless service role exactly what each
//! table's class allows (see [`table_class`]).

mod grants;
mod m20261121_000001_foundation;
pub mod table_class;

pub use grants::grant;
use sea_orm_migration::prelude::*;
pub use sea_orm_migration::{MigratorTrait, sea_orm};

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261121_000001_foundation::Migration)]
    }
}
