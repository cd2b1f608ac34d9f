//! Offering events as ministry or province, and seeing who takes part.

use actix_web::{HttpResponse, web::Json};
use chrono::Utc;
use entity::{calendar_event, ids::*};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};
use serde::Deserialize;

use super::{
    query, rules,
    store::{self, Offer},
    told,
    view::{EventCancellation, EventCreate, EventDetails, EventRegistration, OrganisedEvent},
};
use crate::{
    audit::{self, Change},
    auth::{Oversight, guard::Reach, perm},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, IfMatch, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once,
    },
};

type Who = Oversight<perm::AnnouncementsManage>;

#[derive(Deserialize)]
struct EventPath {
    event_id: EventId,
}

/// List the events that are offered, the latest first
///
/// A province sees its own, the ministry all.
#[utoipa::path(get, path = "/api/v1/oversight/events", tag = "calendar", params(PageQuery),
    responses((status = 200, body = Page<OrganisedEvent>)))]
async fn list_organised_events(who: Who, Query(page): Query<PageQuery>) -> ApiResult<Json<Page<OrganisedEvent>>> {
    let limit = page.limit()?;
    let tx = who.within_reach().await?;
    let rows = query::list_organised(&tx, page.after::<query::Place>()?, limit + 1).await?;
    let place = |row: &OrganisedEvent| (row.event.starts_at, row.id);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// See an event that is offered
#[utoipa::path(get, path = "/api/v1/oversight/events/{event_id}", tag = "calendar",
    responses((status = 200, body = OrganisedEvent)))]
async fn get_organised_event(who: Who, Path(path): Path<EventPath>) -> ApiResult<Json<OrganisedEvent>> {
    let tx = who.within_reach().await?;
    let found = query::one_organised(&tx, path.event_id).await?;
    Ok(Json(found.ok_or(ErrorCode::NotFound)?))
}

/// List the districts that are invited to an event, what they answered and who takes part
#[utoipa::path(get, path = "/api/v1/oversight/events/{event_id}/registrations", tag = "calendar", params(PageQuery),
    responses((status = 200, body = Page<EventRegistration>)))]
async fn list_event_registrations(
    who: Who,
    Path(path): Path<EventPath>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<EventRegistration>>> {
    let limit = page.limit()?;
    let tx = who.within_reach().await?;
    let id = path.event_id;
    query::one_organised(&tx, id).await?.ok_or(ErrorCode::NotFound)?;
    let rows = query::registrations(&tx, id, page.after::<String>()?, limit + 1).await?;
    Ok(Json(Page::of(rows, limit, |row| row.district_code.clone(), |row| row)))
}

/// Offer an event to districts
///
/// To all active districts within reach, or those of them that are all that the audience says. Their people are told as each
/// of them wishes; the districts register participants or decline.
#[utoipa::path(post, path = "/api/v1/oversight/events", tag = "calendar", request_body = EventCreate,
    responses((status = 201, body = OrganisedEvent)))]
async fn create_event(who: Who, key: IdempotencyKey, body: Body<EventCreate>) -> ApiResult<HttpResponse> {
    let now = Utc::now();
    let mut checks = Checks::new();
    let event = rules::check(&mut checks, body.value.event, None, now);
    checks.finish().map_err(|error| error.within("event"))?;
    let audience = body.value.audience;
    let mut checks = Checks::new();
    audience.check(&mut checks);
    checks.finish()?;
    create_once(who.system().await?, "create_event", key, body.hash, async |tx| {
        let (to, sender) = audience.resolve(tx, &who.reach).await?;
        let access = &who.signed_in.access;
        let offer = Offer {
            event: &event,
            audience: &audience,
            to: &to,
            sender,
            by: (access.account_id, access.name.clone()),
            at: now,
        };
        let row = store::offer(tx, offer).await?;
        told::invite(tx, &row).await?;
        let value = described(tx, row.id).await?;
        let change = Change::of("create", "calendar_event", value.id);
        audit::record(tx, change.after(&value.event)).await?;
        let version = Some(value.version);
        Ok(Created { version, value })
    })
    .await
}

/// Change an event
///
/// The districts that did not decline are told, unless only seats or the reminder changed. Not to fewer seats than are taken.
#[utoipa::path(put, path = "/api/v1/oversight/events/{event_id}", tag = "calendar", request_body = EventDetails,
    responses((status = 200, body = OrganisedEvent)))]
async fn update_event(
    who: Who,
    Path(path): Path<EventPath>,
    version: IfMatch,
    body: Body<EventDetails>,
) -> ApiResult<Tagged<OrganisedEvent>> {
    let id = path.event_id;
    let tx = who.system().await?;
    let row = planned(&tx, &who.reach, id).await?;
    refuse_events_of_others(&who.reach, &row)?;
    let seats = store::lock_seats(&tx, id).await?;
    let before = described(&tx, id).await?;
    if before.version != version.0 {
        return Err(ApiError::new(ErrorCode::Stale).current(before));
    }
    let mut checks = Checks::new();
    let event = rules::check(&mut checks, body.value, Some(&before.event), Utc::now());
    let text = Text::new(
        format!("Sudah ada {} peserta terdaftar.", seats.taken),
        format!("{} participants are registered already.", seats.taken),
    );
    let enough = event.seats.is_none_or(|wanted| wanted >= seats.taken);
    checks.ensure(enough, "seats", "out_of_range", text);
    checks.finish()?;
    if before.event == event {
        return Ok(Tagged {
            version: row.version,
            value: before,
        });
    }
    let row = store::change(&tx, &row, seats, &event).await?;
    if rules::is_news(&before.event, &event) {
        told::change(&tx, &row).await?;
    }
    let value = described(&tx, id).await?;
    let change = Change::of("update", "calendar_event", id)
        .before(before.event)
        .after(&value.event);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Tagged {
        version: value.version,
        value,
    })
}

/// Cancel an event
///
/// The districts that did not decline are told why.
#[utoipa::path(post, path = "/api/v1/oversight/events/{event_id}/cancellation", tag = "calendar",
    request_body = EventCancellation, responses((status = 200, body = OrganisedEvent)))]
async fn cancel_event(
    who: Who,
    Path(path): Path<EventPath>,
    body: Body<EventCancellation>,
) -> ApiResult<Json<OrganisedEvent>> {
    let mut checks = Checks::new();
    let reason = checks.line("reason", &body.value.reason, 500);
    checks.finish()?;
    let tx = who.system().await?;
    let row = planned(&tx, &who.reach, path.event_id).await?;
    // Whoever is registering ends first, and is told.
    store::lock_seats(&tx, row.id).await?;
    let (now, next) = (Utc::now(), row.version + 1);
    let mut row = row.into_active_model();
    row.cancelled_at = Set(Some(now));
    row.cancelled_reason = Set(reason);
    row.cancelled_by_ministry = Set(who.reach == Reach::Nation);
    row.version = Set(next);
    row.updated_at = Set(now);
    let row = row.update(&tx).await?;
    told::cancel(&tx, &row).await?;
    if row.created_by != who.signed_in.access.account_id {
        told::cancelled_by_another(&tx, &row).await?;
    }
    let value = described(&tx, row.id).await?;
    let change = Change::of("cancel", "calendar_event", row.id);
    let change = change.after(serde_json::json!({ "title": row.title, "reason": row.cancelled_reason }));
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Json(value))
}

/// An event of this reach that is neither over nor cancelled, locked until the transaction ends.
async fn planned(tx: &SystemTx, reach: &Reach, id: EventId) -> ApiResult<calendar_event::Model> {
    let row = calendar_event::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    let row = row.filter(|row| match &row.owner_province {
        Some(province) => reach.covers(province),
        None => *reach == Reach::Nation,
    });
    let row = row.ok_or(ErrorCode::NotFound)?;
    if row.cancelled_at.is_some() || row.ends_at <= Utc::now() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Kegiatan ini sudah dibatalkan atau sudah lewat.",
            "This event was cancelled or is over.",
        )));
    }
    Ok(row)
}

/// Only who invites says when and where: the ministry may cancel what a province offers, but does not move it in its name.
fn refuse_events_of_others(reach: &Reach, row: &calendar_event::Model) -> ApiResult<()> {
    if *reach == Reach::Nation && row.owner_province.is_some() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Hanya provinsi penyelenggara yang dapat mengubah kegiatan ini. Anda dapat membatalkannya.",
            "Only the province that organises this event can change it. You may cancel it.",
        )));
    }
    Ok(())
}

async fn described(tx: &SystemTx, id: EventId) -> ApiResult<OrganisedEvent> {
    let found = query::one_organised(tx, id).await?;
    found.ok_or_else(|| ApiError::internal(anyhow::anyhow!("the event is gone")))
}

/// The operations of those who organise.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_organised_events,
        get_organised_event,
        list_event_registrations,
        create_event,
        update_event,
        cancel_event
    );
}
