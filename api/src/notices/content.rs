//! Every sentence of every notice, in both languages.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{announced::Announced, event_news::EventNews, kind::NoticeKind};
use crate::{
    day, districts::standing::Standing, error::Text, jobs::mail::MailContent, succession::rules::SuccessionStatus,
};

/// Words of a record that exist in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Indonesian.
    pub id: String,
    /// English.
    pub en: String,
}

/// What a notice says: its kind and what its sentences are made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "params", rename_all = "snake_case")]
pub enum NoticeContent {
    /// A reviewer decided on evidence, or on an item that is counted.
    ItemDecided {
        /// Name of the district.
        district: String,
        /// Code of the item.
        item: String,
        /// Its title.
        title: Words,
        /// Title of the evidence; none when the item itself was decided on.
        evidence: Option<String>,
        /// Accepted, or sent back.
        accepted: bool,
        /// What the reviewer said.
        comment: String,
        /// The reviewer's name.
        reviewer: String,
    },
    /// A reviewer verified several pieces of evidence at once.
    ItemsVerified {
        /// Name of the district.
        district: String,
        /// Codes of their items.
        items: Vec<String>,
        /// The reviewer's name.
        reviewer: String,
    },
    /// A reviewer asks another to look at what a district handed in.
    ReviewAsked {
        /// Name of the district.
        district: String,
        /// Code of the item.
        item: String,
        /// Its title.
        title: Words,
        /// Who asks.
        asker: String,
        /// What was said; may be empty.
        note: String,
    },
    /// A centre went live.
    WentLive {
        /// What the district calls its centre.
        unit: String,
        /// Name of the district.
        district: String,
        /// Who took it live.
        by: String,
    },
    /// Province or ministry remind the coordinators.
    Nudged {
        /// Name of the district.
        district: String,
        /// Who sent it.
        sender: String,
        /// What the sender added; may be empty.
        message: String,
        /// What the system sees in the way, a sentence each.
        reasons: Vec<Words>,
    },
    /// Province or ministry tell many districts something.
    Announced(Announced),
    /// Something happened to a training or meeting to which districts are invited.
    EventNews(EventNews),
    /// The ministry suspended, reactivated or archived a workspace.
    StandingChanged {
        /// What the district calls its centre.
        unit: String,
        /// Name of the district.
        district: String,
        /// What it is now.
        standing: Standing,
        /// Why.
        reason: String,
        /// Who did it.
        by: String,
    },
    /// Somebody shall follow a coordinator.
    SuccessionChanged {
        /// Name of the district.
        district: String,
        /// Where it stands.
        status: SuccessionStatus,
        /// Email of the successor.
        successor: String,
        /// Name of who leaves; empty when nobody does.
        leaving: String,
        /// Who asked, decided or took over.
        by: String,
        /// The reason, or what was said about the decision; may be empty.
        said: String,
    },
    /// The ministry published a version of the standard.
    StandardPublished {
        /// Name of the district.
        district: String,
        /// Title of the version.
        title: Words,
        /// From this day it is shown.
        effective_from: NaiveDate,
        /// From this day it counts in full.
        counts_from: NaiveDate,
    },
    /// A district handed in an application.
    RegistrationSubmitted {
        /// The office that did.
        office: String,
        /// What it calls its centre.
        unit: String,
        /// Name of the district.
        district: String,
    },
    /// An application was approved.
    RegistrationApproved {
        /// What the district calls its centre.
        unit: String,
        /// Name of the district.
        district: String,
    },
}

use NoticeContent as C;

impl NoticeContent {
    /// What it is about.
    #[must_use]
    pub const fn kind(&self) -> NoticeKind {
        match self {
            C::ItemDecided { .. } => NoticeKind::ItemDecided,
            C::ItemsVerified { .. } => NoticeKind::ItemsVerified,
            C::ReviewAsked { .. } => NoticeKind::ReviewAsked,
            C::WentLive { .. } => NoticeKind::WentLive,
            C::Nudged { .. } => NoticeKind::Nudged,
            C::Announced(_) => NoticeKind::Announced,
            C::EventNews(_) => NoticeKind::EventNews,
            C::StandingChanged { .. } => NoticeKind::StandingChanged,
            C::SuccessionChanged { .. } => NoticeKind::SuccessionChanged,
            C::StandardPublished { .. } => NoticeKind::StandardPublished,
            C::RegistrationSubmitted { .. } => NoticeKind::RegistrationSubmitted,
            C::RegistrationApproved { .. } => NoticeKind::RegistrationApproved,
        }
    }

    /// As the table keeps it.
    ///
    /// # Errors
    /// Only when it cannot be written as JSON.
    pub fn split(&self) -> Result<(NoticeKind, Value), serde_json::Error> {
        let mut whole = serde_json::to_value(self)?;
        let params = whole.get_mut("params").map(Value::take).unwrap_or_default();
        Ok((self.kind(), params))
    }

    /// As the table kept it.
    ///
    /// # Errors
    /// When the row was written by a version that said it otherwise.
    pub fn join(kind: &str, params: Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(json!({ "kind": kind, "params": params }))
    }

    /// One line, also the subject of its mail.
    #[must_use]
    pub fn title(&self) -> Text {
        match self {
            C::ItemDecided {
                item, title, accepted, ..
            } => {
                let (id, en) = if *accepted {
                    ("diverifikasi", "verified")
                } else {
                    ("dikembalikan", "returned")
                };
                Text::new(
                    format!("Butir {item} {id}: {}", title.id),
                    format!("Item {item} {en}: {}", title.en),
                )
            }
            C::ItemsVerified { items, .. } => Text::new(
                format!("{} bukti diverifikasi", items.len()),
                format!("Evidence verified: {}", items.len()),
            ),
            C::ReviewAsked {
                district, item, title, ..
            } => Text::new(
                format!("Mohon ditinjau: butir {item} {district}, {}", title.id),
                format!("Please review: item {item} of {district}, {}", title.en),
            ),
            C::WentLive { unit, district, .. } => Text::new(
                format!("{unit} {district} sudah diluncurkan"),
                format!("{unit} {district} is live"),
            ),
            C::Nudged { district, .. } => Text::new(
                format!("Pengingat: persiapan {district}"),
                format!("Reminder: the setup of {district}"),
            ),
            C::Announced(announced) => announced.title(),
            C::EventNews(event) => event.title(),
            C::StandingChanged {
                unit,
                district,
                standing,
                ..
            } => standing_title(unit, district, *standing),
            C::SuccessionChanged { district, status, .. } => succession_title(district, *status),
            C::StandardPublished { title, .. } => Text::new(
                format!("Standar baru: {}", title.id),
                format!("New standard: {}", title.en),
            ),
            C::RegistrationSubmitted { district, .. } => Text::new(
                format!("Permohonan baru: {district}"),
                format!("New application: {district}"),
            ),
            C::RegistrationApproved { unit, district } => Text::new(
                format!("{unit} {district} disetujui"),
                format!("{unit} {district} is approved"),
            ),
        }
    }

    /// What happened, and what was said about it.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<Text> {
        match self {
            C::ItemDecided { comment, .. } => {
                let mut paragraphs = vec![self.decision()];
                if !comment.is_empty() {
                    paragraphs.push(Text::new(
                        format!("Catatan peninjau: {comment}"),
                        format!("The reviewer's comment: {comment}"),
                    ));
                }
                paragraphs
            }
            C::ItemsVerified {
                district,
                items,
                reviewer,
            } => vec![Text::new(
                format!(
                    "{reviewer} telah memverifikasi bukti {district} untuk butir {}.",
                    items.join(", ")
                ),
                format!(
                    "{reviewer} has verified the evidence of {district} for items {}.",
                    items.join(", ")
                ),
            )],
            C::ReviewAsked { asker, note, .. } => {
                let asks = Text::new(
                    format!("{asker} meminta Anda melihatnya."),
                    format!("{asker} asks you to look at it."),
                );
                let said = (!note.is_empty()).then(|| Text::new(format!("Pesan: {note}"), format!("Message: {note}")));
                std::iter::once(asks).chain(said).collect()
            }
            C::WentLive { unit, district, by } => vec![Text::new(
                format!("{by} meluncurkan {unit} {district}. Laman publiknya kini terbuka untuk umum."),
                format!("{by} has taken {unit} {district} live. Its public page is now open to everybody."),
            )],
            C::Nudged {
                sender,
                message,
                reasons,
                ..
            } => reminder(sender, message, reasons),
            C::Announced(announced) => announced.paragraphs(),
            C::EventNews(event) => event.paragraphs(),
            C::StandingChanged {
                reason, by, standing, ..
            } => vec![
                Text::new(format!("Alasan: {reason}"), format!("Reason: {reason}")),
                standing_means(*standing),
                Text::new(format!("Diputuskan oleh {by}."), format!("Decided by {by}.")),
            ],
            C::SuccessionChanged {
                status,
                successor,
                leaving,
                by,
                said,
                ..
            } => succession_means(*status, successor, leaving, by, said),
            C::StandardPublished {
                district,
                effective_from,
                counts_from,
                ..
            } => standard_means(district, *effective_from, *counts_from),
            C::RegistrationSubmitted { office, unit, district } => vec![Text::new(
                format!("{office} mengajukan {unit} {district} dan menunggu tinjauan Anda."),
                format!("{office} has handed in {unit} {district} and waits for your review."),
            )],
            C::RegistrationApproved { .. } => vec![Text::fixed(
                "Anda menjadi koordinator. Mulai persiapan komponen, dan undang rekan kerja Anda.",
                "You are the coordinator. Begin the setup of the components, and invite your colleagues.",
            )],
        }
    }

    fn decision(&self) -> Text {
        let C::ItemDecided {
            district,
            item,
            evidence,
            accepted,
            reviewer,
            ..
        } = self
        else {
            return Text::fixed("", "");
        };
        let what = match evidence {
            Some(title) => Text::new(
                format!("bukti “{title}” untuk butir {item} {district}"),
                format!("the evidence “{title}” for item {item} of {district}"),
            ),
            None => Text::new(
                format!("isian butir {item} {district}"),
                format!("what was entered for item {item} of {district}"),
            ),
        };
        if *accepted {
            Text::new(
                format!("{reviewer} telah memverifikasi {}.", what.id),
                format!("{reviewer} has verified {}.", what.en),
            )
        } else {
            Text::new(
                format!("{reviewer} mengembalikan {} untuk diperbaiki.", what.id),
                format!("{reviewer} has returned {} for correction.", what.en),
            )
        }
    }

    /// What the way to its screen is called.
    #[must_use]
    pub fn action(&self) -> Text {
        match self {
            C::ItemDecided { item, .. } => Text::new(format!("Buka butir {item}"), format!("Open item {item}")),
            C::ItemsVerified { .. } => Text::fixed("Buka beranda", "Open the home page"),
            C::ReviewAsked { .. } => Text::fixed("Buka antrean verifikasi", "Open the review queue"),
            C::WentLive { .. } => Text::fixed("Lihat laman publik", "See the public page"),
            C::Nudged { .. } => Text::fixed("Lanjutkan persiapan", "Go on with the setup"),
            C::Announced(_) => Text::fixed("Buka pengumuman", "Open the announcement"),
            C::EventNews(_) => Text::fixed("Buka kegiatan", "Open the event"),
            C::StandingChanged { .. } => Text::fixed("Buka Satu Pintu", "Open Satu Pintu"),
            C::SuccessionChanged { .. } => Text::fixed("Buka pergantian koordinator", "Open the succession"),
            C::StandardPublished { .. } => Text::fixed("Lihat perubahannya", "See what changes"),
            C::RegistrationSubmitted { .. } => Text::fixed("Tinjau permohonan", "Review the application"),
            C::RegistrationApproved { .. } => Text::fixed("Buka ruang kerja", "Open the workspace"),
        }
    }

    /// As a mail of its own; `link` is complete.
    #[must_use]
    pub fn mail(&self, name: &str, link: String) -> MailContent {
        MailContent {
            subject: self.title(),
            name: name.to_owned(),
            paragraphs: self.paragraphs(),
            action: Some((self.action(), link)),
        }
    }
}

fn standing_title(unit: &str, district: &str, standing: Standing) -> Text {
    let (id, en) = match standing {
        Standing::Active => ("aktif kembali", "active again"),
        Standing::Suspended => ("ditangguhkan", "suspended"),
        Standing::Archived => ("diarsipkan", "archived"),
    };
    Text::new(
        format!("Ruang kerja {unit} {district} {id}"),
        format!("The workspace of {unit} {district} is {en}"),
    )
}

const fn standing_means(standing: Standing) -> Text {
    match standing {
        Standing::Active => Text::fixed("Anda dapat bekerja seperti biasa.", "You can work as usual."),
        Standing::Suspended => Text::fixed(
            "Semua data tetap tersimpan dan dapat dilihat, tetapi tidak dapat diubah, dan laman publik ditutup.",
            "All data are kept and can be read, not changed, and the public page is closed.",
        ),
        Standing::Archived => Text::fixed(
            "Semua data tetap tersimpan, tetapi hanya kementerian dan provinsi yang dapat melihatnya.",
            "All data are kept, but only ministry and province can read them.",
        ),
    }
}

fn succession_title(district: &str, status: SuccessionStatus) -> Text {
    let (id, en) = match status {
        SuccessionStatus::Requested => ("diajukan, menunggu keputusan", "was asked for and waits for a decision"),
        SuccessionStatus::Approved => ("disetujui", "was approved"),
        SuccessionStatus::Completed => ("selesai", "is complete"),
        SuccessionStatus::Refused => ("ditolak", "was refused"),
        SuccessionStatus::Withdrawn => ("ditarik kembali", "was taken back"),
    };
    Text::new(
        format!("Pergantian koordinator {district} {id}"),
        format!("The succession of the coordinator of {district} {en}"),
    )
}

fn succession_means(status: SuccessionStatus, successor: &str, leaving: &str, by: &str, said: &str) -> Vec<Text> {
    let whom = if leaving.is_empty() {
        Text::new(
            format!("Pengganti: {successor}. Tidak ada koordinator yang keluar."),
            format!("Successor: {successor}. No coordinator leaves."),
        )
    } else {
        Text::new(
            format!("Pengganti: {successor}, menggantikan {leaving}."),
            format!("Successor: {successor}, in place of {leaving}."),
        )
    };
    let what = match status {
        SuccessionStatus::Requested => Text::new(format!("Diajukan oleh {by}."), format!("Asked for by {by}.")),
        SuccessionStatus::Approved => Text::new(
            format!("Disetujui oleh {by}. Pengganti sudah diundang dan mengambil alih begitu undangannya diterima."),
            format!("Approved by {by}. The successor was invited and takes over once the invitation is accepted."),
        ),
        SuccessionStatus::Completed => {
            Text::fixed("Pengganti sekarang koordinator.", "The successor is coordinator now.")
        }
        SuccessionStatus::Refused => Text::new(format!("Ditolak oleh {by}."), format!("Refused by {by}.")),
        SuccessionStatus::Withdrawn => Text::new(format!("Ditarik oleh {by}."), format!("Taken back by {by}.")),
    };
    let said = (!said.is_empty()).then(|| Text::new(format!("Catatan: {said}"), format!("Note: {said}")));
    [what, whom].into_iter().chain(said).collect()
}

fn standard_means(district: &str, effective_from: NaiveDate, counts_from: NaiveDate) -> Vec<Text> {
    let (from, full) = (day::in_words(effective_from), day::in_words(counts_from));
    vec![
        Text::new(
            format!(
                "Versi ini ditampilkan mulai {} dan dihitung penuh mulai {}.",
                from.id, full.id
            ),
            format!("It is shown from {} and counts in full from {}.", from.en, full.en),
        ),
        Text::new(
            format!(
                "Sampai hari itu skor {district} tidak berubah. Lihat apa yang berubah dan apa yang sudah Anda miliki."
            ),
            format!(
                "Until that day the score of {district} stays as it is. See what changes and what you already have."
            ),
        ),
    ]
}

fn reminder(sender: &str, message: &str, reasons: &[Words]) -> Vec<Text> {
    let first = Text::new(
        format!("{sender} mengingatkan Anda untuk melanjutkan persiapan."),
        format!("{sender} reminds you to go on with the setup."),
    );
    let said = (!message.is_empty()).then(|| Text::new(format!("Pesan: {message}"), format!("Message: {message}")));
    let reasons = reasons
        .iter()
        .map(|reason| Text::new(reason.id.clone(), reason.en.clone()));
    std::iter::once(first).chain(said).chain(reasons).collect()
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self {
            id: text.id.into_owned(),
            en: text.en.into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NoticeContent, Words};

    #[test]
    fn what_is_kept_is_what_is_read() {
        let content = NoticeContent::ItemDecided {
            district: "Kabupaten Gowa".into(),
            item: "REG-1".into(),
            title: Words {
                id: "Peraturan".into(),
                en: "Regulation".into(),
            },
            evidence: None,
            accepted: false,
            comment: "Halaman 3 hilang.".into(),
            reviewer: "Peninjau Contoh".into(),
        };
        let (kind, params) = content.split().unwrap();
        assert_eq!(NoticeContent::join(kind.as_str(), params).unwrap(), content);
        assert_eq!(content.title().en, "Item REG-1 returned: Regulation");
        assert_eq!(content.paragraphs().len(), 2);
        assert!(NoticeContent::join("item_decided", serde_json::json!({})).is_err());
    }
}
