//! Reading events: as their organisers, who see what their reach lets them, and as a district.

use chrono::{DateTime, Utc};
use entity::ids::{AccountId, DistrictId, EventId};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};
use serde::Deserialize;

use super::view::{Event, EventParticipant, EventRegistration, EventRow, OrganisedEvent};
use crate::{
    auth::role::{Scope, built_in},
    db::{Narrowed, OversightTx, TenantTx},
    error::{ApiError, ApiResult, Language},
};

/// Columns of [`EventRow`].
const COLUMNS: &str = "e.id, e.organiser, e.kind, e.title, e.description, e.starts_at, e.ends_at, e.time_zone, e.place, \
     e.online_link, e.register_until, e.remind_days, e.audience, e.created_by_name, e.cancelled_at, e.cancelled_reason, \
     e.version, e.updated_at, s.seats, s.taken";

/// Where a list of events goes on.
pub type Place = (DateTime<Utc>, EventId);

#[derive(FromQueryResult)]
struct OrganisedRow {
    #[sea_orm(nested)]
    event: EventRow,
    districts: i64,
    registered: i64,
    declined: i64,
}

fn organised() -> Narrowed {
    // Row level security shows what the province offers, or everything to the ministry.
    Narrowed::new(
        format!(
            "SELECT {COLUMNS}, c.districts, c.registered, c.declined FROM calendar_event e \
             JOIN calendar_seats s ON s.id = e.id CROSS JOIN LATERAL \
             (SELECT count(*) AS districts, count(*) FILTER (WHERE i.answer = 'registered') AS registered, \
              count(*) FILTER (WHERE i.answer = 'declined') AS declined FROM calendar_invitation i WHERE i.id = e.id) c \
             WHERE true"
        ),
        Vec::new(),
    )
}

impl OrganisedRow {
    fn describe(self) -> ApiResult<(i32, OrganisedEvent)> {
        let event = OrganisedEvent {
            id: self.event.id,
            event: self.event.details(),
            audience: self.event.audience()?,
            province_name: self.event.province_name(),
            created_by_name: self.event.created_by_name,
            cancelled_at: self.event.cancelled_at,
            cancelled_reason: self.event.cancelled_reason,
            version: self.event.version,
            taken: self.event.taken,
            districts: self.districts,
            registered: self.registered,
            declined: self.declined,
        };
        Ok((self.event.version, event))
    }
}

/// Up to `limit` events that are offered within reach, the latest first, before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn list_organised(tx: &OversightTx, before: Option<Place>, limit: u64) -> ApiResult<Vec<OrganisedEvent>> {
    let mut query = organised();
    if let Some((starts_at, id)) = before {
        query.and("(e.starts_at, e.id) < (?, ?)", [starts_at.into(), id.into()]);
    }
    let rows = query
        .first::<OrganisedRow>(tx, "e.starts_at DESC, e.id DESC", limit)
        .await?;
    rows.into_iter().map(|row| Ok(row.describe()?.1)).collect()
}

/// One of them with its version; none when it is not within reach. Also in the transaction that has just written it.
///
/// # Errors
/// When the database refuses.
pub async fn one_organised<C: ConnectionTrait>(tx: &C, id: EventId) -> ApiResult<Option<(i32, OrganisedEvent)>> {
    let mut query = organised();
    query.and("e.id = ?", [id.into()]);
    let row = query.first::<OrganisedRow>(tx, "e.id", 1).await?.pop();
    row.map(OrganisedRow::describe).transpose()
}

#[derive(FromQueryResult)]
struct InvitedRow {
    #[sea_orm(nested)]
    event: EventRow,
    answer: Option<String>,
    note: String,
    answered_at: Option<DateTime<Utc>>,
    answered_by_name: String,
    participants: serde_json::Value,
}

#[derive(Deserialize)]
struct KeptParticipant {
    account_id: AccountId,
    name: String,
    role_key: String,
    role_name: String,
}

/// Who takes part, by name; `i` is the invitation.
const PARTICIPANTS: &str = "COALESCE((SELECT jsonb_agg(jsonb_build_object('account_id', p.account_id, 'name', p.name, \
     'role_key', p.role_key, 'role_name', p.role_name) ORDER BY p.name, p.id) FROM calendar_participant p \
     WHERE p.district_id = i.district_id AND p.event_id = i.id), '[]') AS participants";

fn participants(kept: serde_json::Value, language: Language) -> ApiResult<Vec<EventParticipant>> {
    let kept: Vec<KeptParticipant> = serde_json::from_value(kept).map_err(ApiError::internal)?;
    let describe = |kept: KeptParticipant| EventParticipant {
        account_id: kept.account_id,
        name: kept.name,
        role: match built_in(Scope::District, &kept.role_key) {
            Some(role) => role.text().in_language(language).to_owned(),
            None => kept.role_name,
        },
    };
    Ok(kept.into_iter().map(describe).collect())
}

impl InvitedRow {
    fn describe(self, language: Language) -> ApiResult<Event> {
        let event = self.event;
        Ok(Event {
            id: event.id,
            event: event.details(),
            province_name: event.province_name(),
            cancelled_at: event.cancelled_at,
            seats_left: event.seats.map(|seats| (seats - event.taken).max(0)),
            cancelled_reason: event.cancelled_reason,
            answer: self.answer,
            note: self.note,
            answered_at: self.answered_at,
            answered_by_name: self.answered_by_name,
            participants: participants(self.participants, language)?,
            version: event.version,
            updated_at: event.updated_at,
        })
    }
}

fn invited(tx: &TenantTx, as_coordinator: bool) -> Narrowed {
    let select = format!(
        "SELECT {COLUMNS}, i.answer, i.note, i.answered_at, i.answered_by_name, {PARTICIPANTS} \
         FROM calendar_invitation i JOIN calendar_event e ON e.id = i.id JOIN calendar_seats s ON s.id = e.id \
         WHERE i.district_id = $1 AND (e.roles = 'everyone' OR $2)"
    );
    Narrowed::new(select, vec![tx.district_id().into(), as_coordinator.into()])
}

/// Up to `limit` events to which the district is invited: those that are not over, the next first, or those that are, the
/// latest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_invited(
    tx: &TenantTx,
    as_coordinator: bool,
    past: bool,
    after: Option<Place>,
    limit: u64,
    language: Language,
) -> ApiResult<Vec<Event>> {
    let mut query = invited(tx, as_coordinator);
    let (time, further, order) = if past {
        (
            "e.ends_at <= now()",
            "(e.starts_at, e.id) < (?, ?)",
            "e.starts_at DESC, e.id DESC",
        )
    } else {
        ("e.ends_at > now()", "(e.starts_at, e.id) > (?, ?)", "e.starts_at, e.id")
    };
    query.and(time, []);
    if let Some((starts_at, id)) = after {
        query.and(further, [starts_at.into(), id.into()]);
    }
    let rows = query.first::<InvitedRow>(tx, order, limit).await?;
    rows.into_iter().map(|row| row.describe(language)).collect()
}

/// One of them.
///
/// # Errors
/// When the database refuses.
pub async fn one_invited(
    tx: &TenantTx,
    as_coordinator: bool,
    id: EventId,
    language: Language,
) -> ApiResult<Option<Event>> {
    let mut query = invited(tx, as_coordinator);
    query.and("i.id = ?", [id.into()]);
    let row = query.first::<InvitedRow>(tx, "i.id", 1).await?.pop();
    row.map(|row| row.describe(language)).transpose()
}

#[derive(FromQueryResult)]
struct RegistrationRow {
    code: String,
    name: String,
    province_name: String,
    answer: Option<String>,
    note: String,
    answered_at: Option<DateTime<Utc>>,
    answered_by_name: String,
    participants: serde_json::Value,
}

/// Up to `limit` districts that are invited, by code, after `after`.
///
/// # Errors
/// When the database refuses.
pub async fn registrations(
    tx: &OversightTx,
    id: EventId,
    after: Option<String>,
    limit: u64,
    language: Language,
) -> ApiResult<Vec<EventRegistration>> {
    let select = format!(
        "SELECT d.code, d.name, d.province_name, i.answer, i.note, i.answered_at, i.answered_by_name, {PARTICIPANTS} \
         FROM calendar_invitation i JOIN district d ON d.id = i.district_id WHERE i.id = $1"
    );
    let mut query = Narrowed::new(select, vec![id.into()]);
    if let Some(after) = after {
        query.and("d.code > ?", [after.into()]);
    }
    let rows = query.first::<RegistrationRow>(tx, "d.code", limit).await?;
    let describe = |row: RegistrationRow| {
        Ok(EventRegistration {
            district_code: row.code,
            district_name: row.name,
            province_name: row.province_name,
            answer: row.answer,
            note: row.note,
            answered_at: row.answered_at,
            answered_by_name: row.answered_by_name,
            participants: participants(row.participants, language)?,
        })
    };
    rows.into_iter().map(describe).collect()
}

#[derive(FromQueryResult)]
struct Invited {
    district_id: DistrictId,
}

/// The districts that are invited; with `without_declined`, those that did not decline.
///
/// # Errors
/// When the database refuses.
pub async fn guests<C: ConnectionTrait>(tx: &C, id: EventId, without_declined: bool) -> Result<Vec<DistrictId>, DbErr> {
    let sql = "SELECT district_id FROM calendar_invitation WHERE id = $1 AND (NOT $2 OR answer IS DISTINCT FROM 'declined') \
               ORDER BY district_id";
    let values = [id.into(), without_declined.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let rows = Invited::find_by_statement(statement).all(tx).await?;
    Ok(rows.into_iter().map(|row| row.district_id).collect())
}
