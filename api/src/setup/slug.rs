//! The words of the six components in the database and in paths.

use crate::readiness::ComponentKind;

/// The word in the database: `work_mechanism`.
#[must_use]
pub const fn of(component: ComponentKind) -> &'static str {
    match component {
        ComponentKind::Regulation => "regulation",
        ComponentKind::Institution => "institution",
        ComponentKind::WorkMechanism => "work_mechanism",
        ComponentKind::ServiceRange => "service_range",
        ComponentKind::Staff => "staff",
        ComponentKind::DataSystem => "data_system",
    }
}

/// The word in paths: `work-mechanism`.
#[must_use]
pub fn in_path(word: &str) -> String {
    word.replace('_', "-")
}
