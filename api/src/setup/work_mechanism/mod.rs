//! Work mechanism: SOPs with their clocks, and the rhythms of coordination, supervision and satisfaction.

mod coordination_rhythm;
mod satisfaction_survey;
mod service_standard;
mod sop;
pub mod sop_clock;
pub mod sop_steps;
mod supervision_rhythm;

pub use coordination_rhythm::CoordinationRhythm;
pub use satisfaction_survey::{QuestionType, SatisfactionSurvey, SurveyQuestion};
pub use service_standard::ServiceStandard;
pub use sop::{Sop, SopApproval, SopStatus};
pub use sop_clock::{ClockLimit, ClockRow, SpanUnit};
pub use sop_steps::{SopStep, SopStepKind};
pub use supervision_rhythm::SupervisionRhythm;
