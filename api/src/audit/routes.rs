//! The audit trail of a district and of the installation, and with `entity` and `entity_id` the history of one thing.

use actix_web::web::Json;
use chrono::{DateTime, Utc};
use entity::{audit_event, ids::AccountId, system_audit_event};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    auth::{InDistrict, Oversight, perm},
    endpoints,
    error::ApiResult,
    http::{Page, PageQuery, Query, endpoint::Endpoints},
};

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEvent {
    /// Its place in its chain: 1, 2, 3…
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The account that did it.
    pub actor_id: Option<AccountId>,
    /// Its name at that time.
    pub actor_name: String,
    /// The address it came from, as the proxy named it; empty for the system's own work.
    #[schema(example = "192.0.2.7")]
    pub ip: String,
    /// The program it came from, as that names itself.
    pub user_agent: String,
    /// What was done.
    #[schema(example = "update")]
    pub action: String,
    /// To what kind of thing.
    #[schema(example = "district_role")]
    pub entity: String,
    /// To which one.
    pub entity_id: String,
    /// What it was.
    #[schema(value_type = Option<Object>)]
    pub before: Option<serde_json::Value>,
    /// What it became.
    #[schema(value_type = Option<Object>)]
    pub after: Option<serde_json::Value>,
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditEventFilter {
    /// Only of this kind of thing.
    pub entity: Option<String>,
    /// Only of this one.
    pub entity_id: Option<String>,
    /// Only what this account did.
    pub actor_id: Option<AccountId>,
    /// Only from this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Only before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// The page of events that a filter asks for, newest first. The two trails have the same columns in two tables.
macro_rules! page_of {
    ($table:ident, $select:expr, $tx:expr, $filter:expr, $page:expr) => {{
        use $table::Column;
        let (filter, page): (AuditEventFilter, PageQuery) = ($filter, $page);
        let limit = page.limit()?;
        let condition = Condition::all()
            .add_option(filter.entity.map(|entity| Column::Entity.eq(entity)))
            .add_option(filter.entity_id.map(|id| Column::EntityId.eq(id)))
            .add_option(filter.actor_id.map(|actor| Column::ActorId.eq(actor)))
            .add_option(filter.from.map(|from| Column::At.gte(from)))
            .add_option(filter.until.map(|until| Column::At.lt(until)))
            .add_option(page.after::<i64>()?.map(|before| Column::Id.lt(before)));
        let rows = $select
            .filter(condition)
            .order_by_desc(Column::Id)
            .limit(limit + 1)
            .all($tx)
            .await?;
        Json(Page::of(
            rows,
            limit,
            |row| row.id,
            |row| AuditEvent {
                id: row.id,
                at: row.at,
                actor_id: row.actor_id,
                actor_name: row.actor_name,
                ip: row.ip,
                user_agent: row.user_agent,
                action: row.action,
                entity: row.entity,
                entity_id: row.entity_id,
                before: row.before,
                after: row.after,
            },
        ))
    }};
}

/// List what happened in a district, newest first.
#[utoipa::path(get, path = "/api/v1/districts/{code}/audit-events", tag = "audit",
    params(AuditEventFilter, PageQuery), responses((status = 200, body = Page<AuditEvent>)))]
async fn list_audit_events(
    who: InDistrict<perm::AuditRead>,
    Query(filter): Query<AuditEventFilter>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<AuditEvent>>> {
    let tx = who.tenant().await?;
    let select = tx.find::<audit_event::Entity>();
    Ok(page_of!(audit_event, select, &tx, filter, page))
}

/// List what happened outside districts, newest first
///
/// Sign-in, accounts, applications, the ministry's own doings: the installation's own trail.
#[utoipa::path(get, path = "/api/v1/oversight/audit-events", tag = "audit",
    params(AuditEventFilter, PageQuery), responses((status = 200, body = Page<AuditEvent>)))]
async fn list_installation_audit_events(
    who: Oversight<perm::InstallationAuditRead>,
    Query(filter): Query<AuditEventFilter>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<AuditEvent>>> {
    let tx = who.system().await?;
    let select = system_audit_event::Entity::find();
    Ok(page_of!(system_audit_event, select, &tx, filter, page))
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_audit_events, list_installation_audit_events);
}
