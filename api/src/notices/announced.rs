//! What a notice says of an announcement.

use serde::{Deserialize, Serialize};

use super::content::Words;
use crate::error::Text;

/// What happened to what was sent to many districts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is new.
    New,
    /// It replaces an earlier one.
    Corrected,
    /// It is taken back.
    Withdrawn,
}

/// An announcement, as far as a notice tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// Who sends it: the ministry, or a province.
    pub sender: Words,
    /// Its title.
    pub title: String,
    /// The beginning of its text, or why it was taken back.
    pub text: String,
    /// A coordinator is asked to confirm that it was read.
    pub must_confirm: bool,
    /// What happened to it.
    pub stage: Stage,
}

impl Announced {
    /// One line.
    pub(super) fn title(&self) -> Text {
        let title = &self.title;
        match self.stage {
            Stage::New => Text::new(format!("Pengumuman: {title}"), format!("Announcement: {title}")),
            Stage::Corrected => Text::new(format!("Ralat pengumuman: {title}"), format!("Correction: {title}")),
            Stage::Withdrawn => Text::new(
                format!("Pengumuman ditarik: {title}"),
                format!("Announcement withdrawn: {title}"),
            ),
        }
    }

    /// Who says what.
    pub(super) fn paragraphs(&self) -> Vec<Text> {
        let (id, en) = (&self.sender.id, &self.sender.en);
        let first = match self.stage {
            Stage::New => Text::new(format!("Dari {id}:"), format!("From {en}:")),
            Stage::Corrected => Text::new(
                format!("Dari {id}, menggantikan pengumuman sebelumnya:"),
                format!("From {en}, replacing an earlier announcement:"),
            ),
            Stage::Withdrawn => Text::new(
                format!("Pengumuman dari {id} ini tidak berlaku lagi. Alasan:"),
                format!("This announcement from {en} no longer holds. The reason:"),
            ),
        };
        let text = Text::new(self.text.clone(), self.text.clone());
        let confirm = (self.must_confirm && self.stage != Stage::Withdrawn).then_some(Text::fixed(
            "Mohon seorang koordinator mengonfirmasi bahwa pengumuman ini sudah dibaca.",
            "A coordinator is asked to confirm that this was read.",
        ));
        [first, text].into_iter().chain(confirm).collect()
    }
}
