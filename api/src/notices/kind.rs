//! The kinds of notices, and what a person may choose for each.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::Channel;
use crate::error::Text;

/// How a kind is told.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// Without a choice.
    default: Channel,
    /// What may be chosen.
    choices: &'static [Channel],
}

const FREE: &[Channel] = &[Channel::Mail, Channel::Digest, Channel::App, Channel::None];

/// Told by mail unless the person chose otherwise.
const MAILED: Manner = Manner {
    default: Channel::Mail,
    choices: FREE,
};

/// A mail with a key in it goes out anyway; the notice repeats it behind the bell.
const MAILED_APART: Manner = Manner {
    default: Channel::App,
    choices: &[Channel::App, Channel::None],
};

macro_rules! kinds {
    ($($name:ident $key:literal $manner:ident $id:literal / $en:literal;)*) => {
        /// What a notice is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum NoticeKind {
            $(#[doc = $en] $name,)*
        }

        impl NoticeKind {
            /// All kinds, in the order in which a person chooses.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its word in the API and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// What the person who chooses reads.
            #[must_use]
            pub const fn label(self) -> Text {
                match self { $(Self::$name => Text::fixed($id, $en),)* }
            }

            const fn manner(self) -> Manner {
                match self { $(Self::$name => $manner,)* }
            }
        }
    };
}

/// What oversight sends cannot be refused, only be told more quietly.
const OFFICIAL: Manner = Manner {
    default: Channel::Mail,
    choices: &[Channel::Mail, Channel::Digest, Channel::App],
};

kinds! {
    ItemDecided "item_decided" MAILED "Bukti atau isian diverifikasi atau dikembalikan" / "Evidence or an item was verified or returned";
    ItemsVerified "items_verified" MAILED "Beberapa bukti diverifikasi sekaligus" / "Several pieces of evidence were verified at once";
    ReviewAsked "review_asked" MAILED "Peninjau lain meminta saya melihat sebuah butir" / "Another reviewer asked me to look at an item";
    WentLive "went_live" MAILED "Layanan daerah saya diluncurkan" / "The centre of my district went live";
    Nudged "nudged" OFFICIAL "Pengingat dari provinsi atau kementerian" / "A reminder from province or ministry";
    Announced "announced" OFFICIAL "Pengumuman dari provinsi atau kementerian" / "An announcement from province or ministry";
    EventNews "event_news" OFFICIAL "Undangan pelatihan dan rapat, perubahan, pembatalan, dan pengingatnya" / "Invitations to trainings and meetings, their changes, cancellations and reminders";
    StandingChanged "standing_changed" OFFICIAL "Ruang kerja daerah saya ditangguhkan, diaktifkan kembali, atau diarsipkan" / "The workspace of my district was suspended, reactivated or archived";
    SuccessionChanged "succession_changed" OFFICIAL "Pergantian koordinator" / "The succession of a coordinator";
    StandardPublished "standard_published" OFFICIAL "Kementerian menerbitkan standar baru" / "The ministry published a new standard";
    RegistrationSubmitted "registration_submitted" MAILED "Permohonan baru dari daerah" / "A district handed in an application";
    RegistrationApproved "registration_approved" MAILED_APART "Permohonan daerah saya disetujui" / "The application of my district was approved";
}

impl NoticeKind {
    /// How it is told to those who chose nothing.
    #[must_use]
    pub const fn default_channel(self) -> Channel {
        self.manner().default
    }

    /// What may be chosen.
    #[must_use]
    pub const fn choices(self) -> &'static [Channel] {
        self.manner().choices
    }

    /// The kind with that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::NoticeKind;

    #[test]
    fn words_are_those_of_json_and_defaults_may_be_chosen() {
        for kind in NoticeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), serde_json::json!(kind.as_str()));
            assert_eq!(NoticeKind::parse(kind.as_str()), Some(*kind));
            assert!(kind.choices().contains(&kind.default_channel()), "{kind:?}");
        }
    }
}
