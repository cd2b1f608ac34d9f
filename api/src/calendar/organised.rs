//! Offering events as ministry or province, and seeing who takes part.

use actix_web::{HttpRequest, HttpResponse, web::Json};
use chrono::Utc;
use entity::{calendar_event, calendar_invitation, calendar_seats, ids::*};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};
use serde::Deserialize;

use super::{
    query, rules,
    view::{EventCancellation, EventCreate, EventDetails, EventRegistration, OrganisedEvent},
};
use crate::{
    audience::{Roles, Sender},
    audit::{self, Change},
    auth::{Oversight, guard::Reach, perm},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, IfMatch, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once, problem,
    },
    notices::{Circular, EventNews, EventStage, NoticeContent, circulate, take_back},
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
    Ok(Json(found.ok_or(ErrorCode::NotFound)?.1))
}

/// List the districts that are invited to an event, what they answered and who takes part
#[utoipa::path(get, path = "/api/v1/oversight/events/{event_id}/registrations", tag = "calendar", params(PageQuery),
    responses((status = 200, body = Page<EventRegistration>)))]
async fn list_event_registrations(
    who: Who,
    request: HttpRequest,
    Path(path): Path<EventPath>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<EventRegistration>>> {
    let limit = page.limit()?;
    let tx = who.within_reach().await?;
    let id = path.event_id;
    query::one_organised(&tx, id).await?.ok_or(ErrorCode::NotFound)?;
    let language = problem::language(&request);
    let rows = query::registrations(&tx, id, page.after::<String>()?, limit + 1, language).await?;
    Ok(Json(Page::of(rows, limit, |row| row.district_code.clone(), |row| row)))
}

/// Offer an event to districts
///
/// To all active districts within reach, or those of them that are all that the audience says. Their people are told as each
/// of them wishes; the districts register participants or decline.
#[utoipa::path(post, path = "/api/v1/oversight/events", tag = "calendar", request_body = EventCreate,
    responses((status = 201, body = OrganisedEvent)))]
async fn create_event(who: Who, key: IdempotencyKey, body: Body<EventCreate>) -> ApiResult<HttpResponse> {
    let mut checks = Checks::new();
    let event = rules::check(&mut checks, body.value.event, Utc::now());
    let audience = body.value.audience;
    audience.check(&mut checks);
    checks.finish()?;
    create_once(who.system().await?, "create_event", key, body.hash, async |tx| {
        let to = audience.resolve(tx, &who.reach).await?;
        let organiser = Sender::with_reach(tx, &who.reach).await?;
        let access = &who.signed_in.access;
        let row = calendar_event::ActiveModel {
            id: Set(EventId::generate()),
            owner_province: Set(organiser.province),
            organiser: Set(organiser.name),
            audience: Set(serde_json::to_value(&audience).map_err(ApiError::internal)?),
            roles: Set(audience.roles.as_str().to_owned()),
            created_by: Set(access.account_id),
            created_by_name: Set(access.name.clone()),
            cancelled_reason: Set(String::new()),
            version: Set(1),
            created_at: Set(Utc::now()),
            ..written(&event)
        };
        let row = row.insert(tx).await?;
        let seats = calendar_seats::ActiveModel {
            id: Set(row.id),
            seats: Set(event.seats),
            taken: Set(0),
        };
        calendar_seats::Entity::insert(seats).exec_without_returning(tx).await?;
        let invitations = to.iter().map(|&district| calendar_invitation::ActiveModel {
            district_id: Set(district),
            id: Set(row.id),
            owner_province: Set(row.owner_province.clone()),
            ..Default::default()
        });
        calendar_invitation::Entity::insert_many(invitations)
            .exec_without_returning(tx)
            .await?;
        circulate(tx, &circular(&row, EventStage::Invited, String::new()), &to).await?;
        let (version, value) = described(tx, row.id).await?;
        audit::record(tx, Change::of("create", "calendar_event", value.id).after(&value)).await?;
        Ok(Created {
            version: Some(version),
            value,
        })
    })
    .await
}

/// Change an event
///
/// The districts that did not decline are told. Not to fewer seats than are taken.
#[utoipa::path(put, path = "/api/v1/oversight/events/{event_id}", tag = "calendar", request_body = EventDetails,
    responses((status = 200, body = OrganisedEvent)))]
async fn update_event(
    who: Who,
    Path(path): Path<EventPath>,
    version: IfMatch,
    body: Body<EventDetails>,
) -> ApiResult<Tagged<OrganisedEvent>> {
    let mut checks = Checks::new();
    let event = rules::check(&mut checks, body.value, Utc::now());
    checks.finish()?;
    let tx = who.system().await?;
    let row = planned(&tx, &who.reach, path.event_id).await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    let (_, before) = described(&tx, row.id).await?;
    if before.event == event {
        return Ok(Tagged {
            version: row.version,
            value: before,
        });
    }
    let seats = calendar_seats::Entity::find_by_id(row.id)
        .lock_exclusive()
        .one(&tx)
        .await?;
    let seats = seats.ok_or_else(|| ApiError::internal(anyhow::anyhow!("the event has no seats")))?;
    let mut checks = Checks::new();
    let text = Text::new(
        format!("Sudah ada {} peserta terdaftar.", seats.taken),
        format!("{} participants are registered already.", seats.taken),
    );
    let enough = event.seats.is_none_or(|wanted| wanted >= seats.taken);
    checks.ensure(enough, "seats", "out_of_range", text);
    checks.finish()?;
    let mut seats = seats.into_active_model();
    seats.seats = Set(event.seats);
    seats.update(&tx).await?;
    let next = row.version + 1;
    let id = row.id;
    let changed = calendar_event::ActiveModel {
        id: Set(id),
        version: Set(next),
        ..written(&event)
    };
    let row = changed.update(&tx).await?;
    let to = query::guests(&tx, id, true).await?;
    circulate(&tx, &circular(&row, EventStage::Changed, String::new()), &to).await?;
    let (version, value) = described(&tx, id).await?;
    let change = Change::of("update", "calendar_event", id).before(before).after(&value);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Tagged { version, value })
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
    let next = row.version + 1;
    let mut row = row.into_active_model();
    row.cancelled_at = Set(Some(Utc::now()));
    row.cancelled_reason = Set(reason.clone());
    row.version = Set(next);
    row.updated_at = Set(Utc::now());
    let row = row.update(&tx).await?;
    let untold = take_back(&tx, row.id.0).await?;
    let mut to = query::guests(&tx, row.id, true).await?;
    to.retain(|district| !untold.contains(district));
    circulate(&tx, &circular(&row, EventStage::Cancelled, reason), &to).await?;
    let (_, value) = described(&tx, row.id).await?;
    let change = Change::of("cancel", "calendar_event", row.id).after(&value);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Json(value))
}

/// What was entered. A reminder whose moment is past is not sent: what is told now says the same.
fn written(event: &EventDetails) -> calendar_event::ActiveModel {
    let now = Utc::now();
    let will_remind = rules::will_remind(event.starts_at, event.remind_days, now);
    calendar_event::ActiveModel {
        kind: Set(event.kind.as_str().to_owned()),
        title: Set(event.title.clone()),
        description: Set(event.description.clone()),
        starts_at: Set(event.starts_at),
        ends_at: Set(event.ends_at),
        time_zone: Set(event.time_zone.clone()),
        place: Set(event.place.clone()),
        online_link: Set(event.online_link.clone()),
        register_until: Set(event.register_until),
        remind_days: Set(event.remind_days),
        reminded_at: Set((!will_remind).then_some(now)),
        updated_at: Set(now),
        ..Default::default()
    }
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

/// What its districts are told of an event.
pub(super) fn circular(row: &calendar_event::Model, stage: EventStage, reason: String) -> Circular {
    Circular {
        subject: row.id.0,
        content: NoticeContent::EventNews(EventNews {
            organiser: Sender::words(&row.organiser),
            title: row.title.clone(),
            when: rules::moment(row.starts_at, &row.time_zone),
            place: row.place.clone(),
            register_until: rules::moment(row.register_until, &row.time_zone),
            reason,
            stage,
        }),
        link: format!("/kalender/{}", row.id),
        roles: Roles::parse(&row.roles),
    }
}

async fn described(tx: &SystemTx, id: EventId) -> ApiResult<(i32, OrganisedEvent)> {
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
