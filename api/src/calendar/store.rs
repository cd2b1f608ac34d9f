//! Writing events and answers.

use chrono::{DateTime, Utc};
use entity::{calendar_event, calendar_invitation, calendar_participant, calendar_seats, ids::*};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};

use super::{
    rules,
    view::{EventAnswer, EventDetails},
};
use crate::{
    audience::{Audience, Sender},
    db::{SystemTx, TenantTx},
    error::{ApiError, ApiResult, ErrorCode, Text},
};

/// What is offered, to whom and by whom.
#[derive(Debug)]
pub struct Offer<'a> {
    /// What is offered, when and where.
    pub event: &'a EventDetails,
    /// To whom, in the organiser's words.
    pub audience: &'a Audience,
    /// The districts that these are.
    pub to: &'a [DistrictId],
    /// In whose name.
    pub sender: Sender,
    /// Who enters it.
    pub by: (AccountId, String),
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds an event and invites the districts; nobody is told yet.
///
/// # Errors
/// When the database refuses: it lets a province invite its own districts only.
pub async fn offer(tx: &SystemTx, offer: Offer<'_>) -> ApiResult<calendar_event::Model> {
    let Offer { event, at, .. } = offer;
    let row = calendar_event::ActiveModel {
        id: Set(EventId::generate()),
        owner_province: Set(offer.sender.province),
        organiser: Set(offer.sender.name),
        audience: Set(serde_json::to_value(offer.audience).map_err(ApiError::internal)?),
        roles: Set(offer.audience.roles.as_str().to_owned()),
        reminded_at: Set(already_reminded(event, at)),
        created_by: Set(offer.by.0),
        created_by_name: Set(offer.by.1),
        cancelled_reason: Set(String::new()),
        version: Set(1),
        created_at: Set(at),
        updated_at: Set(at),
        ..details(event)
    };
    let row = row.insert(tx).await?;
    let seats = calendar_seats::ActiveModel {
        id: Set(row.id),
        seats: Set(event.seats),
        taken: Set(0),
    };
    calendar_seats::Entity::insert(seats).exec_without_returning(tx).await?;
    let invitations = offer.to.iter().map(|&district| calendar_invitation::ActiveModel {
        district_id: Set(district),
        id: Set(row.id),
        owner_province: Set(row.owner_province.clone()),
        participants: Set(0),
        ..Default::default()
    });
    if !offer.to.is_empty() {
        calendar_invitation::Entity::insert_many(invitations)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(row)
}

/// Writes what was changed. The reminder is planned anew when the event or the reminder was moved.
///
/// # Errors
/// When the database refuses.
pub async fn change(
    tx: &SystemTx,
    row: &calendar_event::Model,
    seats: calendar_seats::Model,
    event: &EventDetails,
) -> ApiResult<calendar_event::Model> {
    let now = Utc::now();
    let mut seats = seats.into_active_model();
    seats.seats = Set(event.seats);
    seats.update(tx).await?;
    let moved = (row.starts_at, row.remind_days) != (event.starts_at, event.remind_days);
    let changed = calendar_event::ActiveModel {
        id: Set(row.id),
        reminded_at: Set(if moved {
            already_reminded(event, now)
        } else {
            row.reminded_at
        }),
        version: Set(row.version + 1),
        updated_at: Set(now),
        ..details(event)
    };
    Ok(changed.update(tx).await?)
}

/// A reminder whose moment is past is not sent: what is told now says the same.
fn already_reminded(event: &EventDetails, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (!rules::will_remind(event.starts_at, event.remind_days, now)).then_some(now)
}

fn details(event: &EventDetails) -> calendar_event::ActiveModel {
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
        seats_per_district: Set(event.seats_per_district),
        remind_days: Set(event.remind_days),
        ..Default::default()
    }
}

/// The seats of an event, locked until the transaction ends: who answers, changes or cancels waits for who does so already, and
/// then sees what that one did.
///
/// # Errors
/// 404 when there is no such event, or the district of the transaction is not invited.
pub async fn lock_seats<C: ConnectionTrait>(tx: &C, id: EventId) -> ApiResult<calendar_seats::Model> {
    let seats = calendar_seats::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    Ok(seats.ok_or(ErrorCode::NotFound)?)
}

/// Keeps a district's answer in place of the one before, with `seats` as [`lock_seats`] gives them.
///
/// # Errors
/// 404 when the district is not invited; 409 when fewer seats are left than the answer needs.
pub async fn answer(
    tx: &TenantTx,
    seats: calendar_seats::Model,
    answer: &EventAnswer,
    by_name: &str,
    at: DateTime<Utc>,
) -> ApiResult<()> {
    let invitation = calendar_invitation::Entity::find_by_id((tx.district_id(), seats.id))
        .one(tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let count = i32::try_from(answer.participants.len()).map_err(ApiError::internal)?;
    let taken = seats.taken - invitation.participants + count;
    let more = count > invitation.participants;
    if more && seats.seats.is_some_and(|seats| taken > seats) {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Kursi yang tersisa tidak cukup. Kurangi peserta, atau hubungi penyelenggara.",
            "Not enough seats are left. Register fewer people, or contact the organiser.",
        )));
    }
    let mut seats = seats.into_active_model();
    seats.taken = Set(taken);
    seats.update(tx).await?;
    name_participants(tx, &invitation, answer).await?;
    let mut row = invitation.into_active_model();
    row.answer = Set(Some(answer.answer.as_str().to_owned()));
    row.participants = Set(count);
    row.note = Set(answer.note.clone());
    row.answered_at = Set(Some(at));
    row.answered_by_name = Set(by_name.to_owned());
    row.update(tx).await?;
    Ok(())
}

async fn name_participants(
    tx: &TenantTx,
    invitation: &calendar_invitation::Model,
    answer: &EventAnswer,
) -> ApiResult<()> {
    use calendar_participant::{ActiveModel, Column, Entity};
    Entity::delete_many()
        .filter(Column::DistrictId.eq(tx.district_id()))
        .filter(Column::EventId.eq(invitation.id))
        .exec(tx)
        .await?;
    if answer.participants.is_empty() {
        return Ok(());
    }
    let rows = answer.participants.iter().map(|person| ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(EventParticipantId::generate()),
        event_id: Set(invitation.id),
        owner_province: Set(invitation.owner_province.clone()),
        name: Set(person.name.clone()),
        position: Set(person.position.clone()),
    });
    Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
