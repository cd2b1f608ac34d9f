//! Data system: categories, forms, sources, indicators, reports, retention, agreements, protection.

pub mod adoption;
mod data_agreement;
mod data_form;
mod data_protection;
mod data_source;
mod form_field;
mod indicator;
mod report_plan;
mod retention_rule;
mod vulnerability_category;

pub use data_agreement::DataAgreement;
pub use data_form::{DataForm, FormStatus, FormTarget};
pub use data_protection::DataProtection;
pub use data_source::{DataSource, DataSourceType};
pub use form_field::{FieldChoice, FieldType, FormField};
pub use indicator::Indicator;
pub use report_plan::ReportPlan;
pub use retention_rule::{RetentionAction, RetentionRule};
pub use vulnerability_category::VulnerabilityCategory;
