//! Identity, tenancy, audit, idempotency and the outbox.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[(&str, TableClass, &str)] = &[
    (
        "district",
        TableClass::District,
        "kabupaten/kota that runs PKSAI here: a tenant",
    ),
    ("account", TableClass::Account, "a person who signs in"),
    (
        "account_credential",
        TableClass::System,
        "password hash and second factor of an account",
    ),
    (
        "recovery_code",
        TableClass::System,
        "one-time codes for a lost second factor",
    ),
    ("session", TableClass::System, "a signed-in device"),
    (
        "refresh_token",
        TableClass::System,
        "rotating refresh tokens of a session, by hash",
    ),
    ("one_time_token", TableClass::System, "links sent by mail, by hash"),
    ("login_throttle", TableClass::System, "failed sign-ins per bucket"),
    ("signing_key", TableClass::System, "keys that sign access tokens"),
    (
        "membership",
        TableClass::TenantAndSystem,
        "a role of an account in a district, a province or the nation",
    ),
    (
        "district_role",
        TableClass::TenantAndSystem,
        "a role a district made itself",
    ),
    (
        "invitation",
        TableClass::TenantAndSystem,
        "an invitation to become a member of a district",
    ),
    (
        "audit_event",
        TableClass::TenantAppendOnly,
        "who did what in a district, hash-chained",
    ),
    (
        "system_audit_event",
        TableClass::SystemAppendOnly,
        "who did what outside any district, hash-chained",
    ),
    (
        "idempotency_key",
        TableClass::Tenant,
        "answers to repeatable writes of a district",
    ),
    (
        "system_idempotency_key",
        TableClass::System,
        "answers to repeatable writes outside any district",
    ),
    ("outbox", TableClass::SystemQueue, "what must leave the installation"),
    (
        "local_mail",
        TableClass::System,
        "mails kept instead of sent, demo mode only",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/foundation.sql")).await?;
        for (table, class, meaning) in TABLES {
            classify(db, table, *class, meaning).await?;
        }
        Ok(())
    }
}
