//! Reading events: as their organisers, who see what their reach lets them, and as a district.

use chrono::{DateTime, Utc};
use entity::ids::{DistrictId, EventId};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use super::view::{AnswerWord, Event, EventParticipant, EventRegistration, EventRow, OrganisedEvent};
use crate::{
    db::{Narrowed, OversightTx, SystemTx, TenantTx},
    error::{ApiError, ApiResult},
};

/// Columns of [`EventRow`].
const COLUMNS: &str = "e.id, e.organiser, e.kind, e.title, e.description, e.starts_at, e.ends_at, e.time_zone, e.place, \
     e.online_link, e.register_until, e.remind_days, e.seats_per_district, e.audience, e.created_by_name, e.cancelled_at, \
     e.cancelled_reason, e.version, e.updated_at, s.seats, s.taken";

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
    fn describe(self) -> ApiResult<OrganisedEvent> {
        Ok(OrganisedEvent {
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
        })
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
    rows.into_iter().map(OrganisedRow::describe).collect()
}

/// One of them; none when it is not within reach. Also in the transaction that has just written it.
///
/// # Errors
/// When the database refuses.
pub async fn one_organised<C: ConnectionTrait>(tx: &C, id: EventId) -> ApiResult<Option<OrganisedEvent>> {
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

/// Who takes part, in the order in which they were named; `i` is the invitation.
const PARTICIPANTS: &str = "COALESCE((SELECT jsonb_agg(jsonb_build_object('name', p.name, 'position', p.position) \
     ORDER BY p.id) FROM calendar_participant p \
     WHERE p.district_id = i.district_id AND p.event_id = i.id), '[]') AS participants";

fn participants(kept: serde_json::Value) -> ApiResult<Vec<EventParticipant>> {
    serde_json::from_value(kept).map_err(ApiError::internal)
}

impl InvitedRow {
    fn describe(self) -> ApiResult<Event> {
        let event = self.event;
        Ok(Event {
            id: event.id,
            event: event.details(),
            province_name: event.province_name(),
            cancelled_at: event.cancelled_at,
            seats_left: event.seats.map(|seats| (seats - event.taken).max(0)),
            cancelled_reason: event.cancelled_reason,
            answer: self.answer.as_deref().and_then(AnswerWord::parse),
            note: self.note,
            answered_at: self.answered_at,
            answered_by_name: self.answered_by_name,
            participants: participants(self.participants)?,
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
    rows.into_iter().map(InvitedRow::describe).collect()
}

/// One of them.
///
/// # Errors
/// When the database refuses.
pub async fn one_invited(tx: &TenantTx, as_coordinator: bool, id: EventId) -> ApiResult<Option<Event>> {
    let mut query = invited(tx, as_coordinator);
    query.and("i.id = ?", [id.into()]);
    let row = query.first::<InvitedRow>(tx, "i.id", 1).await?.pop();
    row.map(InvitedRow::describe).transpose()
}

#[derive(FromQueryResult)]
struct RegistrationRow {
    code: String,
    name: String,
    province_name: String,
    is_active: bool,
    answer: Option<String>,
    note: String,
    answered_at: Option<DateTime<Utc>>,
    answered_by_name: String,
    participants: serde_json::Value,
}

impl RegistrationRow {
    fn describe(self) -> ApiResult<EventRegistration> {
        Ok(EventRegistration {
            district_code: self.code,
            district_name: self.name,
            province_name: self.province_name,
            is_active: self.is_active,
            answer: self.answer.as_deref().and_then(AnswerWord::parse),
            note: self.note,
            answered_at: self.answered_at,
            answered_by_name: self.answered_by_name,
            participants: participants(self.participants)?,
        })
    }
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
) -> ApiResult<Vec<EventRegistration>> {
    let select = format!(
        "SELECT d.code, d.name, d.province_name, d.status = 'active' AS is_active, i.answer, i.note, i.answered_at, \
         i.answered_by_name, {PARTICIPANTS} \
         FROM calendar_invitation i JOIN district d ON d.id = i.district_id WHERE i.id = $1"
    );
    let mut query = Narrowed::new(select, vec![id.into()]);
    if let Some(after) = after {
        query.and("d.code > ?", [after.into()]);
    }
    let rows = query.first::<RegistrationRow>(tx, "d.code", limit).await?;
    rows.into_iter().map(RegistrationRow::describe).collect()
}

/// A district that is told what becomes of an event.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Guest {
    /// The district.
    pub id: DistrictId,
    /// Its time zone.
    pub time_zone: String,
    /// It registered somebody.
    pub registered: bool,
    /// Its people may answer: those of a suspended district cannot.
    pub is_active: bool,
}

/// The invited districts that did not decline. Those of a suspended district are told too, because they may have a seat;
/// nobody reads in an archived one.
///
/// # Errors
/// When the database refuses.
pub async fn guests(tx: &SystemTx, id: EventId) -> Result<Vec<Guest>, DbErr> {
    let sql = "SELECT d.id, d.time_zone, i.answer IS NOT NULL AS registered, d.status = 'active' AS is_active \
               FROM calendar_invitation i JOIN district d ON d.id = i.district_id \
               WHERE i.id = $1 AND i.answer IS DISTINCT FROM 'declined' AND d.status <> 'archived' ORDER BY d.id";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [id.into()]);
    Guest::find_by_statement(statement).all(tx).await
}
