//! A district's answers to events.

use actix_web::web::Json;
use chrono::Utc;
use entity::ids::*;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    query, rules, store,
    view::{AnswerTrail, Event, EventAnswer},
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::Transaction,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{Body, Checks, Page, PageQuery, Path, Query, endpoint::Endpoints, problem::Problem},
};

#[derive(Deserialize)]
struct EventPath {
    event_id: EventId,
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// Those that are over, the latest first; else those that are not, the next first.
    past: Option<bool>,
}

/// List the events to which a district is invited
///
/// Those for coordinators only are seen by coordinators and by those who oversee the district.
#[utoipa::path(get, path = "/api/v1/districts/{code}/events", tag = "calendar", params(PageQuery, EventQuery),
    responses((status = 200, body = Page<Event>)))]
async fn list_events(
    who: InDistrict<perm::DistrictRead>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<EventQuery>,
) -> ApiResult<Json<Page<Event>>> {
    let limit = page.limit()?;
    let after = page.after::<query::Place>()?;
    let tx = who.tenant().await?;
    let past = filter.past.unwrap_or_default();
    let rows = query::list_invited(&tx, who.sees_as_coordinator(), past, after, limit + 1).await?;
    let place = |row: &Event| (row.event.starts_at, row.id);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// See an event to which a district is invited
#[utoipa::path(get, path = "/api/v1/districts/{code}/events/{event_id}", tag = "calendar", responses((status = 200, body = Event)))]
async fn get_event(who: InDistrict<perm::DistrictRead>, Path(path): Path<EventPath>) -> ApiResult<Json<Event>> {
    let tx = who.tenant().await?;
    let event = query::one_invited(&tx, who.sees_as_coordinator(), path.event_id).await?;
    Ok(Json(event.ok_or(ErrorCode::NotFound)?))
}

/// Register participants for an event, or decline
///
/// Until registration ends, as often as need be: each answer names the one that it replaces, so that two coordinators do not
/// undo each other's list unseen. Seats are taken or given back at once; when fewer are left than the answer needs, nothing
/// changes. Who declines says why.
#[utoipa::path(post, path = "/api/v1/districts/{code}/events/{event_id}/answer", tag = "calendar", request_body = EventAnswer,
    responses((status = 200, body = Event),
        (status = 412, description = "Another coordinator has answered since; `current` is the event with that answer", body = Problem, content_type = "application/problem+json")))]
async fn answer_event(
    who: InDistrict<perm::AnnouncementsRespond>,
    Path(path): Path<EventPath>,
    body: Body<EventAnswer>,
) -> ApiResult<Json<Event>> {
    let (id, as_coordinator) = (path.event_id, who.sees_as_coordinator());
    let tx = who.tenant().await?;
    // Before anything is looked at: a change or cancellation that is under way ends first.
    let seats = store::lock_seats(&tx, id).await?;
    let event = query::one_invited(&tx, as_coordinator, id).await?;
    let event = event.ok_or(ErrorCode::NotFound)?;
    let mut checks = Checks::new();
    let answer = rules::check_answer(&mut checks, &body.value, event.event.seats_per_district);
    let checked = checks.finish();
    // Sent again because the first reply was lost on the way: it is done, also when registration has ended since.
    if checked.is_ok() && rules::says(&event, &answer) {
        return Ok(Json(event));
    }
    let now = Utc::now();
    if event.cancelled_at.is_some() || event.event.register_until < now {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Pendaftaran kegiatan ini sudah ditutup.",
            "Registration for this event is closed.",
        )));
    }
    checked?;
    if event.answered_at != answer.replaces {
        return Err(ApiError::new(ErrorCode::Stale).current(event));
    }
    store::answer(&tx, seats, &answer, &who.signed_in.access.name, now).await?;
    let value = query::one_invited(&tx, as_coordinator, id).await?;
    let value = value.ok_or(ErrorCode::NotFound)?;
    let change = Change::of("answer", "calendar_event", id);
    let change = change.before(AnswerTrail::of(&event)).after(AnswerTrail::of(&value));
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Json(value))
}

/// The operations of those who are invited.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_events, get_event, answer_event);
}
