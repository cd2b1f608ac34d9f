//! What organisers and districts see of an event.

use chrono::{DateTime, Utc};
use entity::ids::EventId;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    audience::Audience,
    error::{ApiError, ApiResult},
};

/// What kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A training.
    Training,
    /// A coordination meeting.
    Coordination,
    /// Something else.
    Other,
}

impl EventKind {
    /// Its word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Coordination => "coordination",
            Self::Other => "other",
        }
    }
}

/// What is offered, when and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventDetails {
    /// What kind of event.
    pub kind: EventKind,
    /// One line.
    #[schema(example = "Pelatihan pencatatan kasus")]
    pub title: String,
    /// Plain text; a blank line begins a paragraph.
    #[serde(default)]
    #[schema(example = "Dua orang per daerah. Bawalah laptop.")]
    pub description: String,
    /// When it begins.
    #[schema(example = "2030-02-05T01:00:00Z")]
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    #[schema(example = "2030-02-05T08:00:00Z")]
    pub ends_at: DateTime<Utc>,
    /// On whose clock it is told: `Asia/Jakarta`, `Asia/Makassar` or `Asia/Jayapura`.
    #[schema(example = "Asia/Jakarta")]
    pub time_zone: String,
    /// Where; may be empty when it is online.
    #[serde(default)]
    #[schema(example = "Aula contoh, Jakarta")]
    pub place: String,
    /// Where online.
    #[serde(default)]
    #[schema(example = "https://rapat.contoh.example/1")]
    pub online_link: Option<String>,
    /// How many may take part; null: as many as come.
    #[serde(default)]
    #[schema(example = 60)]
    pub seats: Option<i32>,
    /// How many may take part of each district, 1 to 50.
    #[serde(default = "a_few")]
    #[schema(example = 2, default = 5)]
    pub seats_per_district: i32,
    /// Until when districts may register.
    #[schema(example = "2030-02-01T10:00:00Z")]
    pub register_until: DateTime<Utc>,
    /// How many days before it a reminder goes out, 0 to 30; 0: none.
    #[serde(default)]
    #[schema(example = 3)]
    pub remind_days: i16,
}

const fn a_few() -> i32 {
    5
}

/// What to offer, and to whom.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventCreate {
    /// What is offered, when and where.
    pub event: EventDetails,
    /// To whom.
    #[serde(default)]
    pub audience: Audience,
}

/// What the trail keeps of an answer.
#[derive(Debug, Serialize)]
pub struct AnswerTrail<'a> {
    /// Of the event.
    pub title: &'a str,
    /// None before the first answer.
    pub answer: Option<AnswerWord>,
    /// By name.
    pub participants: Vec<&'a str>,
    /// What was said with it.
    pub note: &'a str,
}

impl<'a> AnswerTrail<'a> {
    /// What a district has answered, if it has.
    #[must_use]
    pub fn of(event: &'a Event) -> Self {
        Self {
            title: &event.event.title,
            answer: event.answer,
            participants: event.participants.iter().map(|person| person.name.as_str()).collect(),
            note: &event.note,
        }
    }
}

/// Why an event is cancelled.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventCancellation {
    /// The reason, which the districts see.
    #[schema(example = "Narasumber berhalangan.")]
    pub reason: String,
}

/// An event as its organisers see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrganisedEvent {
    /// Its id.
    pub id: EventId,
    /// What is offered, when and where.
    pub event: EventDetails,
    /// To whom it is offered.
    pub audience: Audience,
    /// Name of the province that invites; null: the ministry.
    pub province_name: Option<String>,
    /// Who entered it.
    pub created_by_name: String,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why; empty when it is not.
    pub cancelled_reason: String,
    /// Its version, for `If-Match`. There is no `ETag`: registrations change the counts and not the version.
    #[schema(example = 1)]
    pub version: i32,
    /// How many take part.
    #[schema(example = 12)]
    pub taken: i32,
    /// How many districts are invited.
    #[schema(example = 14)]
    pub districts: i64,
    /// How many of them registered somebody.
    #[schema(example = 6)]
    pub registered: i64,
    /// How many of them declined.
    #[schema(example = 1)]
    pub declined: i64,
}

/// An event as a district sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What is offered, when and where.
    pub event: EventDetails,
    /// Name of the province that invites; null: the ministry.
    pub province_name: Option<String>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why; empty when it is not.
    pub cancelled_reason: String,
    /// How many seats are left; null: as many as come.
    #[schema(example = 48)]
    pub seats_left: Option<i32>,
    /// What the district answered; null while it has not.
    pub answer: Option<AnswerWord>,
    /// What was said with the answer.
    pub note: String,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who answered; empty while nobody did.
    pub answered_by_name: String,
    /// Who of the district takes part, by name.
    pub participants: Vec<EventParticipant>,
    /// How often it was changed.
    pub version: i32,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

/// Somebody who takes part. Need not have an account: a district that has only begun has one or two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventParticipant {
    /// The name.
    #[schema(example = "Contoh Peserta Satu")]
    pub name: String,
    /// What the person does there; may be empty.
    #[serde(default)]
    #[schema(example = "Pekerja sosial")]
    pub position: String,
}

/// Whether a district takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerWord {
    /// It declines.
    Declined,
    /// It takes part.
    Registered,
}

impl AnswerWord {
    /// Its word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Declined => "declined",
        }
    }

    /// The word of the database.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Declined, Self::Registered]
            .into_iter()
            .find(|one| one.as_str() == word)
    }
}

/// What a district answers.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventAnswer {
    /// Whether it takes part.
    pub answer: AnswerWord,
    /// Who takes part. All of them: who is left out is registered no more. Empty when declining.
    #[serde(default)]
    #[schema(example = json!([]))]
    pub participants: Vec<EventParticipant>,
    /// What to say to the organiser: why the district declines, else whatever there is to say.
    #[serde(default)]
    #[schema(example = "Bertepatan dengan rapat anggaran.")]
    pub note: String,
    /// `answered_at` of the answer in whose place this one is given; null for the first. When another coordinator has
    /// answered since, nothing changes and the answer is 412.
    #[serde(default)]
    pub replaces: Option<DateTime<Utc>>,
}

/// What a district answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventRegistration {
    /// Kemendagri code of the district.
    #[schema(example = "73.02")]
    pub district_code: String,
    /// Its name.
    #[schema(example = "Kabupaten Bulukumba")]
    pub district_name: String,
    /// Name of its province.
    pub province_name: String,
    /// Its workspace is active; people of a suspended one read and cannot answer.
    #[schema(example = true)]
    pub is_active: bool,
    /// Whether it takes part; null while it has not answered.
    pub answer: Option<AnswerWord>,
    /// What was said with the answer.
    pub note: String,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who answered; empty while nobody did.
    pub answered_by_name: String,
    /// Who takes part, by name.
    pub participants: Vec<EventParticipant>,
}

/// The columns of an event.
#[derive(Debug, FromQueryResult)]
#[allow(missing_docs, reason = "as in EventDetails and what holds it")]
pub struct EventRow {
    pub id: EventId,
    pub organiser: String,
    pub kind: String,
    pub title: String,
    pub description: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub time_zone: String,
    pub place: String,
    pub online_link: Option<String>,
    pub register_until: DateTime<Utc>,
    pub remind_days: i16,
    pub audience: serde_json::Value,
    pub created_by_name: String,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub cancelled_reason: String,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
    pub seats_per_district: i32,
    pub seats: Option<i32>,
    pub taken: i32,
}

impl EventRow {
    /// What is offered, when and where.
    #[must_use]
    pub fn details(&self) -> EventDetails {
        EventDetails {
            kind: match self.kind.as_str() {
                "training" => EventKind::Training,
                "coordination" => EventKind::Coordination,
                _ => EventKind::Other,
            },
            title: self.title.clone(),
            description: self.description.clone(),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: self.time_zone.clone(),
            place: self.place.clone(),
            online_link: self.online_link.clone(),
            seats: self.seats,
            seats_per_district: self.seats_per_district,
            register_until: self.register_until,
            remind_days: self.remind_days,
        }
    }

    /// Name of the province that invites; none is the ministry.
    #[must_use]
    pub fn province_name(&self) -> Option<String> {
        Some(self.organiser.clone()).filter(|name| !name.is_empty())
    }

    /// To whom it is offered.
    ///
    /// # Errors
    /// 500 when it was kept in other words.
    pub fn audience(&self) -> ApiResult<Audience> {
        serde_json::from_value(self.audience.clone()).map_err(ApiError::internal)
    }
}
