//! What a notice says of an event.

use serde::{Deserialize, Serialize};

use super::content::Words;
use crate::error::Text;

/// What happened to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventStage {
    /// Districts are invited.
    Invited,
    /// It was changed.
    Changed,
    /// It was cancelled.
    Cancelled,
    /// It is near, and the district takes part.
    Reminder,
    /// It is near, and the district has not answered.
    Unanswered,
}

/// An event, as far as a notice tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventNews {
    /// Who invites: the ministry, or a province.
    pub organiser: Words,
    /// Its title.
    pub title: String,
    /// When it begins, on the organiser's clock.
    pub when: Words,
    /// Where; empty when it is online only.
    pub place: String,
    /// Until when districts may register.
    pub register_until: Words,
    /// Who cancelled it, which is not always who invites; else who invites.
    pub by: Words,
    /// Why it was cancelled; else empty.
    pub reason: String,
    /// What happened.
    pub stage: EventStage,
}

impl EventNews {
    /// One line.
    pub(super) fn title(&self) -> Text {
        let title = &self.title;
        let (id, en) = match self.stage {
            EventStage::Invited => ("Undangan", "Invitation"),
            EventStage::Changed => ("Perubahan kegiatan", "Event changed"),
            EventStage::Cancelled => ("Kegiatan dibatalkan", "Event cancelled"),
            EventStage::Reminder => ("Pengingat", "Reminder"),
            EventStage::Unanswered => ("Menunggu jawaban daerah Anda", "Your district has not answered"),
        };
        Text::new(format!("{id}: {title}"), format!("{en}: {title}"))
    }

    /// Who invites, when and where, or why not.
    pub(super) fn paragraphs(&self) -> Vec<Text> {
        let (id, en) = (&self.organiser.id, &self.organiser.en);
        if self.stage == EventStage::Cancelled {
            return vec![Text::new(
                format!("{} membatalkan kegiatan ini. Alasan: {}", self.by.id, self.reason),
                format!("Cancelled by {}. The reason: {}", self.by.en, self.reason),
            )];
        }
        let place = if self.place.is_empty() {
            Text::fixed("daring", "online")
        } else {
            Text::new(self.place.clone(), self.place.clone())
        };
        let what = Text::new(
            format!("Waktu: {}. Tempat: {}. Penyelenggara: {id}.", self.when.id, place.id),
            format!("When: {}. Where: {}. Organiser: {en}.", self.when.en, place.en),
        );
        let until = Text::new(
            format!("Pendaftaran sampai {}.", self.register_until.id),
            format!("Registration until {}.", self.register_until.en),
        );
        std::iter::once(what)
            .chain((self.stage != EventStage::Reminder).then_some(until))
            .collect()
    }
}
