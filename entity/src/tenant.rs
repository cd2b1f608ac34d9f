//! Which entities are rows of a district.

use sea_orm::EntityTrait;

/// An entity whose rows belong to one district each.
pub trait TenantEntity: EntityTrait {
    /// The column that names the district.
    const DISTRICT: Self::Column;
}

macro_rules! tenant_entities {
    ($($module:ident),* $(,)?) => {$(
        impl TenantEntity for crate::$module::Entity {
            const DISTRICT: Self::Column = crate::$module::Column::DistrictId;
        }
    )*};
}

tenant_entities!(
    announcement_delivery,
    announcement_receipt,
    audit_event,
    calendar_invitation,
    calendar_participant,
    district_role,
    evidence,
    file_object,
    invitation,
    item_progress,
    item_review,
    membership,
    nudge,
    package_adoption,
    package_change,
    public_page,
    readiness_day,
    readiness_summary,
    review_decision,
    review_queue,
    review_request,
    setup_origin,
    setup_record,
    setup_reference,
    setup_responsibility,
    standard_impact,
    succession,
);
