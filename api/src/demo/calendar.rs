//! Trainings and meetings of the demo: one that is over, one to come, one of a province. All of it is made up.

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, NaiveTime, Utc};
use entity::{calendar_event, calendar_invitation, ids::*};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{people, write::told};
use crate::{
    audience::Audience,
    audit::{self, Change},
    auth::guard::Reach,
    calendar::{
        store::{self, Offer},
        view::{AnswerTrail, AnswerWord, EventAnswer, EventDetails, EventKind, EventParticipant},
    },
    db::{Db, Origin, SystemTx, Transaction},
};

struct Event {
    kind: EventKind,
    title: &'static str,
    description: &'static str,
    /// Days from today, negative before.
    days: i64,
    time_zone: &'static str,
    place: &'static str,
    seats: Option<i32>,
    /// Local part of the account that offers it, and its province.
    by: (&'static str, Option<&'static str>),
    /// Districts with the people that they send; who sends nobody declines.
    answers: &'static [(&'static str, &'static [(&'static str, &'static str)])],
}

const EVENTS: &[Event] = &[
    Event {
        kind: EventKind::Coordination,
        title: "Contoh: rapat koordinasi PKSAI",
        description: "Contoh rapat yang sudah lewat.",
        days: -40,
        time_zone: "Asia/Jakarta",
        place: "",
        seats: None,
        by: ("pusat", None),
        answers: &[
            ("73.06", &[("Contoh Koordinator Gowa", "Koordinator")]),
            ("33.10", &[("Contoh Koordinator Klaten", "Koordinator")]),
            ("73.71", &[]),
        ],
    },
    Event {
        kind: EventKind::Training,
        title: "Contoh: pelatihan pencatatan kasus",
        description: "Contoh pelatihan.\n\nDua orang per daerah. Bawalah laptop.",
        days: 24,
        time_zone: "Asia/Jakarta",
        place: "Aula contoh, Jakarta",
        seats: Some(60),
        by: ("pusat", None),
        answers: &[(
            "73.71",
            &[
                ("Contoh Peserta Satu", "Pekerja sosial"),
                ("Contoh Peserta Dua", "Manajer kasus"),
            ],
        )],
    },
    Event {
        kind: EventKind::Coordination,
        title: "Contoh: rapat layanan rujukan",
        description: "Contoh rapat satu provinsi.",
        days: 15,
        time_zone: "Asia/Makassar",
        place: "Ruang rapat contoh, Makassar",
        seats: Some(20),
        by: ("sulsel", Some("73")),
        answers: &[("73.02", &[("Contoh Peserta Tiga", "Supervisor")])],
    },
];

/// Adds them unless there are events, and the answers that are missing. Nobody is told: it was all long known.
///
/// # Errors
/// When the database refuses.
pub async fn load(db: &Db) -> Result<()> {
    let tx = db.system(Origin::system("demo")).await?;
    if calendar_event::Entity::find().count(&tx).await? == 0 {
        let mut changes = Vec::new();
        for event in EVENTS {
            let id = offer(&tx, event).await?;
            let after = serde_json::json!({ "title": event.title });
            changes.push(Change::of("create", "calendar_event", id).after(after));
        }
        audit::record_all(&tx, changes).await.map_err(told)?;
        tx.commit().await?;
    }
    for event in EVENTS {
        for (code, people) in event.answers {
            answer(db, event.title, code, people).await?;
        }
    }
    Ok(())
}

/// Nine in the morning in western Indonesia, which is a time to begin everywhere in it.
fn nine(days: i64) -> Result<DateTime<Utc>> {
    let clock = NaiveTime::from_hms_opt(2, 0, 0).context("02:00")?;
    let day = Utc::now().date_naive() + Duration::days(days);
    Ok(day.and_time(clock).and_utc())
}

async fn offer(tx: &SystemTx, event: &Event) -> Result<EventId> {
    let starts_at = nine(event.days)?;
    let (local, province) = event.by;
    let person = people::find(tx, local).await?;
    let reach = province.map_or(Reach::Nation, |code| Reach::Provinces(vec![code.to_owned()]));
    let audience = Audience::default();
    let (to, sender) = audience.resolve(tx, &reach).await.map_err(told)?;
    let details = EventDetails {
        kind: event.kind,
        title: event.title.to_owned(),
        description: event.description.to_owned(),
        starts_at,
        ends_at: starts_at + Duration::hours(6),
        time_zone: event.time_zone.to_owned(),
        place: event.place.to_owned(),
        online_link: event
            .place
            .is_empty()
            .then(|| "https://rapat.contoh.example/pksai".to_owned()),
        seats: event.seats,
        seats_per_district: 2,
        register_until: starts_at - Duration::days(4),
        remind_days: 3,
    };
    let offer = Offer {
        event: &details,
        audience: &audience,
        to: &to,
        sender,
        by: (person.id, person.name),
        at: starts_at - Duration::days(30),
    };
    Ok(store::offer(tx, offer).await.map_err(told)?.id)
}

async fn answer(db: &Db, title: &str, code: &str, people: &[(&str, &str)]) -> Result<()> {
    let tx = db
        .tenant(
            DistrictId::for_new_district(code).context("not a district code")?,
            Origin::system("demo"),
        )
        .await?;
    let event = calendar_event::Entity::find()
        .filter(calendar_event::Column::Title.eq(title))
        .one(&tx)
        .await?
        .with_context(|| format!("{code} is not invited to {title}"))?;
    let unanswered = tx
        .find::<calendar_invitation::Entity>()
        .filter(calendar_invitation::Column::Id.eq(event.id))
        .filter(calendar_invitation::Column::Answer.is_null());
    if unanswered.count(&tx).await? == 0 {
        return Ok(());
    }
    let participants = people.iter().map(|(name, position)| EventParticipant {
        name: (*name).to_owned(),
        position: (*position).to_owned(),
    });
    let value = EventAnswer {
        answer: if people.is_empty() {
            AnswerWord::Declined
        } else {
            AnswerWord::Registered
        },
        participants: participants.collect(),
        note: if people.is_empty() {
            "Contoh: bertepatan dengan rapat anggaran."
        } else {
            ""
        }
        .to_owned(),
        replaces: None,
    };
    let seats = store::lock_seats(&tx, event.id).await.map_err(told)?;
    let at = event.created_at + Duration::days(2);
    store::answer(&tx, seats, &value, "Contoh Koordinator", at)
        .await
        .map_err(told)?;
    let trail = AnswerTrail {
        title,
        answer: Some(value.answer),
        participants: value.participants.iter().map(|person| person.name.as_str()).collect(),
        note: &value.note,
    };
    let change = Change::of("answer", "calendar_event", event.id).after(trail);
    audit::record(&tx, change).await.map_err(told)?;
    tx.commit().await?;
    Ok(())
}
