//! The audit trail: append-only, hash-chained, one chain per district and one for what happens outside districts.
//!
//! Every write of a handler calls [`record`] in its own transaction, so there is no change without its event and no
//! event without its change. The database role of the service may only add rows. Whoever alters or removes a row by
//! other means breaks the chain, which [`verify`] finds.

mod chain;
pub mod routes;
pub mod verify;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{FromQueryResult, Statement, Value};
use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    db::{LockClass, Origin, Transaction},
    error::ApiResult,
};

pub(crate) use chain::{Link, link_hash};

/// What happened to a thing.
#[derive(Clone, Debug)]
pub struct Change {
    /// What was done: `create`, `update`, `delete`, `read` or a verb of the feature (`sign_in`, `approve`).
    pub action: &'static str,
    /// The kind of thing, by its table or schema name.
    pub entity: &'static str,
    /// Which one.
    pub entity_id: String,
    /// What it was, for changes and deletions.
    pub before: Option<Json>,
    /// What it is now.
    pub after: Option<Json>,
}

impl Change {
    /// A change with nothing to show but that it happened.
    #[must_use]
    pub fn of(action: &'static str, entity: &'static str, entity_id: impl ToString) -> Self {
        Self {
            action,
            entity,
            entity_id: entity_id.to_string(),
            before: None,
            after: None,
        }
    }

    /// Shows what it was. Secrets must not be among the fields.
    #[must_use]
    pub fn before(mut self, value: impl Serialize) -> Self {
        self.before = serde_json::to_value(value).ok();
        self
    }

    /// Shows what it is now. Secrets must not be among the fields.
    #[must_use]
    pub fn after(mut self, value: impl Serialize) -> Self {
        self.after = serde_json::to_value(value).ok();
        self
    }
}

#[derive(FromQueryResult)]
struct Head {
    id: i64,
    hash: Vec<u8>,
}

/// Appends an event to the chain of the transaction's district, or to the installation's chain.
///
/// Appending waits for other writers of the same chain, so call it last before the commit.
///
/// # Errors
/// When the database refuses.
pub async fn record<X: Transaction>(tx: &X, change: Change) -> ApiResult<()> {
    record_all(tx, vec![change]).await
}

/// Events of one INSERT: 13 values each, and PostgreSQL takes 65,535.
const EVENTS_AT_ONCE: usize = 1_000;

/// Appends events in their order; like [`record`], but with as few round trips for many as for one.
///
/// # Errors
/// When the database refuses.
pub async fn record_all<X: Transaction>(tx: &X, changes: Vec<Change>) -> ApiResult<()> {
    let district = tx.district();
    let backend = tx.get_database_backend();
    // One writer per chain until its transaction ends; chain 0 is the installation's.
    tx.execute_raw(Statement::from_sql_and_values(
        backend,
        "SELECT pg_advisory_xact_lock($1, $2)",
        [
            (LockClass::AuditChain as i32).into(),
            district.map_or(0, |district| district.0).into(),
        ],
    ))
    .await?;
    let (table, filter) = match district {
        Some(district) => ("audit_event", format!("WHERE district_id = {district}")),
        None => ("system_audit_event", String::new()),
    };
    let head = Head::find_by_statement(Statement::from_string(
        backend,
        format!("SELECT id, hash FROM {table} {filter} ORDER BY id DESC LIMIT 1"),
    ))
    .one(tx)
    .await?;
    let (mut last, mut previous) = head.map_or((0, Vec::new()), |head| (head.id, head.hash));
    for part in changes.chunks(EVENTS_AT_ONCE) {
        let mut values: Vec<Value> = Vec::with_capacity(part.len() * COLUMNS);
        for change in part {
            last += 1;
            previous = push_event(&mut values, tx.origin(), last, &previous, change);
        }
        let sql = format!(
            "INSERT INTO {table} (id, at, actor_id, actor_name, action, entity, entity_id, before, after, ip, \
             user_agent, request_id, hash) VALUES {}",
            placeholders(part.len())
        );
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    Ok(())
}

const COLUMNS: usize = 13;

/// `($1, …, $13), ($14, …` for so many rows.
fn placeholders(rows: usize) -> String {
    let row = |row: usize| {
        let columns: Vec<String> = (1..=COLUMNS)
            .map(|column| format!("${}", row * COLUMNS + column))
            .collect();
        format!("({})", columns.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Adds the values of one event and returns its hash.
fn push_event(values: &mut Vec<Value>, origin: &Origin, id: i64, previous: &[u8], change: &Change) -> Vec<u8> {
    let link = Link {
        id,
        at: now(),
        actor_id: origin.actor_id,
        actor_name: &origin.actor_name,
        action: change.action,
        entity: change.entity,
        entity_id: &change.entity_id,
        before: change.before.as_ref(),
        after: change.after.as_ref(),
        ip: &origin.ip,
        user_agent: &origin.user_agent,
        request_id: &origin.request_id,
    };
    let hash = link_hash(previous, &link);
    values.extend([
        link.id.into(),
        link.at.into(),
        link.actor_id.map(|id| id.0).into(),
        link.actor_name.into(),
        link.action.into(),
        link.entity.into(),
        link.entity_id.into(),
        change.before.clone().into(),
        change.after.clone().into(),
        link.ip.into(),
        link.user_agent.into(),
        link.request_id.into(),
        hash.clone().into(),
    ]);
    hash
}

/// PostgreSQL keeps microseconds; the hash must be over what will be read back.
fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
