//! What districts are told of an event: by circulars, on the clock of each district.

use chrono::Utc;
use entity::{calendar_event, ids::DistrictId};

use super::{
    query::{self, Guest},
    rules,
};
use crate::{
    audience::{Roles, Sender},
    db::SystemTx,
    error::ApiResult,
    notices::{About, Circular, EventNews, EventStage, Notice, NoticeContent, Untold, circulate, post, take_back},
};

/// Invites the districts.
///
/// # Errors
/// When the database refuses.
pub async fn invite(tx: &SystemTx, event: &calendar_event::Model) -> ApiResult<()> {
    let guests = query::guests(tx, event.id).await?;
    tell(tx, event, EventStage::Invited, guests).await
}

/// Tells what changed. Who was not told of the invitation yet is invited to the event as it is now.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &SystemTx, event: &calendar_event::Model) -> ApiResult<()> {
    let uninvited = uninvited(tx, event).await?;
    let (new, told): (Vec<Guest>, Vec<Guest>) = query::guests(tx, event.id)
        .await?
        .into_iter()
        .partition(|guest| uninvited.contains(&guest.id));
    tell(tx, event, EventStage::Invited, new).await?;
    tell(tx, event, EventStage::Changed, told).await
}

/// Tells that it does not take place. Who was not told of the invitation is told nothing, unless somebody found it in the
/// calendar and registered.
///
/// # Errors
/// When the database refuses.
pub async fn cancel(tx: &SystemTx, event: &calendar_event::Model) -> ApiResult<()> {
    let uninvited = uninvited(tx, event).await?;
    let mut guests = query::guests(tx, event.id).await?;
    guests.retain(|guest| guest.registered || !uninvited.contains(&guest.id));
    tell(tx, event, EventStage::Cancelled, guests).await
}

/// Reminds the districts that take part, and while registration is open also those that have not answered and can.
///
/// # Errors
/// When the database refuses.
pub async fn remind(tx: &SystemTx, event: &calendar_event::Model) -> ApiResult<()> {
    let may_register = event.register_until > Utc::now();
    let mut guests = query::guests(tx, event.id).await?;
    guests.retain(|guest| guest.registered || (may_register && guest.is_active));
    let (coming, silent) = guests.into_iter().partition(|guest| guest.registered);
    tell(tx, event, EventStage::Reminder, coming).await?;
    tell(tx, event, EventStage::Unanswered, silent).await
}

/// Takes back what was not told yet, and returns the districts whose people would have read the invitation.
async fn uninvited(tx: &SystemTx, event: &calendar_event::Model) -> ApiResult<Vec<DistrictId>> {
    let is_invitation = |untold: &Untold| matches!(&untold.content, Some(NoticeContent::EventNews(news)) if news.stage == EventStage::Invited);
    let untold = take_back(tx, event.id.0).await?;
    Ok(untold
        .iter()
        .filter(|one| is_invitation(one))
        .map(|one| one.district)
        .collect())
}

/// One circular for each clock.
async fn tell(tx: &SystemTx, event: &calendar_event::Model, stage: EventStage, to: Vec<Guest>) -> ApiResult<()> {
    for (zone, ..) in rules::ZONES {
        let there = to.iter().filter(|guest| rules::zone(&guest.time_zone).0 == zone);
        let districts: Vec<DistrictId> = there.map(|guest| guest.id).collect();
        if !districts.is_empty() {
            circulate(tx, &circular(event, stage, zone), &districts).await?;
        }
    }
    Ok(())
}

/// Tells who offered it that somebody else has cancelled it.
///
/// # Errors
/// When the database refuses.
pub async fn cancelled_by_another(tx: &SystemTx, event: &calendar_event::Model) -> ApiResult<()> {
    let notice = Notice {
        content: NoticeContent::EventNews(news(event, EventStage::Cancelled, &event.time_zone)),
        link: format!("/pusat/kalender/{}", event.id),
        about: event.owner_province.as_deref().map(About::province).unwrap_or_default(),
    };
    post(tx, [event.created_by], &notice).await
}

/// On the clock of one zone.
fn news(event: &calendar_event::Model, stage: EventStage, zone: &str) -> EventNews {
    let organiser = Sender::words(&event.organiser);
    EventNews {
        by: if event.cancelled_by_ministry {
            Sender::words("")
        } else {
            organiser.clone()
        },
        organiser,
        title: event.title.clone(),
        when: rules::moment(event.starts_at, &event.time_zone, zone),
        place: event.place.clone(),
        register_until: rules::moment(event.register_until, &event.time_zone, zone),
        reason: event.cancelled_reason.clone(),
        stage,
    }
}

fn circular(event: &calendar_event::Model, stage: EventStage, zone: &str) -> Circular {
    Circular {
        subject: event.id.0,
        content: NoticeContent::EventNews(news(event, stage, zone)),
        link: format!("/kalender/{}", event.id),
        roles: Roles::parse(&event.roles),
    }
}
