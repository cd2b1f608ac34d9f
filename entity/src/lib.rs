//! One sea-orm entity per table, and the newtype ids.
//!
//! Entities carry no rules. What a table means stands in its migration; what may be done with it, in the feature.

pub mod account;
pub mod account_credential;
pub mod audit_event;
pub mod boundary_set;
pub mod district;
pub mod district_invitation;
pub mod district_role;
pub mod evidence;
pub mod file_object;
pub mod ids;
pub mod invitation;
pub mod item_progress;
pub mod item_review;
pub mod local_mail;
pub mod membership;
pub mod model_package;
pub mod notice;
pub mod notice_preference;
pub mod nudge;
pub mod one_time_token;
pub mod outbox;
pub mod package_adoption;
pub mod package_change;
pub mod package_key;
pub mod public_page;
pub mod readiness_summary;
pub mod recovery_code;
pub mod refresh_token;
pub mod region;
pub mod registration;
pub mod registration_event;
pub mod registration_token;
pub mod replication_plan;
pub mod session;
pub mod setup_origin;
pub mod setup_record;
pub mod setup_reference;
pub mod setup_responsibility;
pub mod signing_key;
pub mod standard_version;
pub mod system_audit_event;
pub mod system_file_object;
mod tenant;
pub use tenant::TenantEntity;
