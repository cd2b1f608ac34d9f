//! Regulation: the register of legal and planning instruments.

mod legal_instrument;

pub use legal_instrument::{LegalInstrument, StageEntry};
