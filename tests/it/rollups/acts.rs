//! What can happen, in numbers that mean something in any state: the third record, whichever that is. So a list of
//! operations can be done again with some left out.

/// One thing that somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub verb: Verb,
    /// To which thing, counted round.
    pub which: usize,
    /// With which other one, or how much.
    pub amount: usize,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// Adds a record like another one.
    Copy,
    /// Adds the record of the document's example.
    Add,
    /// Empties a field of a record.
    Trim,
    /// Gives a record the content that another of its kind had at first.
    Refill,
    /// Moves every day in a record.
    Redate,
    /// Puts a record away.
    Archive,
    /// Takes a record back.
    Restore,
    /// Gives a record another place.
    Move,
    /// Shows a document.
    Show,
    /// Changes a document.
    Amend,
    /// Accepts a document.
    Verify,
    /// Sends a document back.
    Return,
    /// Withdraws a document.
    Withdraw,
    /// Confirms a counted item.
    Confirm,
    /// Sends a counted item back.
    SendBack,
    /// Answers that.
    Answer,
    /// Says who looks after an item, and that work has begun.
    Begin,
    /// Takes a ready set of categories over.
    AdoptSet,
    /// Starts from a package.
    AdoptPackage,
    /// Takes that back.
    Undo,
    /// Changes name, address or hotline of the centre.
    Rename,
    /// Asks to go live.
    GoLive,
    /// Says who is in charge of a component.
    Entrust,
    /// Says who does an item.
    Assign,
    /// Gives a member another role.
    Promote,
    /// Puts a member out.
    Expel,
    /// A member signs in, perhaps for the first time.
    SignIn,
    /// The ministry reminds the district.
    Nudge,
    /// The ministry suspends the district and lets it work again.
    Pause,
    /// Not a way of the service: a row is changed in the database. Never thrown.
    PastTheService,
}

/// Those that are thrown, the more often the more lines.
pub const THROWN: &[Verb] = &[
    Verb::Copy,
    Verb::Copy,
    Verb::Add,
    Verb::Trim,
    Verb::Trim,
    Verb::Trim,
    Verb::Refill,
    Verb::Refill,
    Verb::Refill,
    Verb::Redate,
    Verb::Redate,
    Verb::Archive,
    Verb::Archive,
    Verb::Archive,
    Verb::Restore,
    Verb::Restore,
    Verb::Move,
    Verb::Show,
    Verb::Show,
    Verb::Show,
    Verb::Amend,
    Verb::Verify,
    Verb::Verify,
    Verb::Verify,
    Verb::Return,
    Verb::Withdraw,
    Verb::Withdraw,
    Verb::Confirm,
    Verb::SendBack,
    Verb::Answer,
    Verb::Begin,
    Verb::AdoptSet,
    Verb::AdoptPackage,
    Verb::Undo,
    Verb::Rename,
    Verb::GoLive,
    Verb::Entrust,
    Verb::Assign,
    Verb::Promote,
    Verb::Expel,
    Verb::SignIn,
    Verb::Nudge,
    Verb::Pause,
];

impl Act {
    /// A change that nothing renews the figures after.
    pub const fn past_the_service() -> Self {
        Self {
            verb: Verb::PastTheService,
            which: 0,
            amount: 0,
        }
    }
}

/// Numbers that are the same in each run with the same seed.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of one stream.
    pub const fn new(seed: u64, stream: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).expect("31 bits")
    }

    /// What happens next.
    pub fn act(&mut self) -> Act {
        Act {
            verb: THROWN[self.next() % THROWN.len()],
            which: self.next() % 1000,
            amount: self.next() % 1000,
        }
    }
}
