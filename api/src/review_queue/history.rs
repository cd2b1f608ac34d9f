//! What happened to the setup of a district, for those who may look at it but not at its whole audit trail.

use actix_web::web::Json;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm, role::Scope},
    db::Transaction,
    endpoints,
    error::ApiResult,
    http::{Page, PageQuery, Query, endpoint::Endpoints},
    setup,
};

/// Something that was done to the setup of a district.
#[derive(Debug, Serialize, ToSchema, FromQueryResult)]
pub struct SetupEvent {
    /// Its place in the district's audit trail.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it, by name.
    pub actor_name: String,
    /// What was done.
    #[schema(example = "update")]
    pub action: String,
    /// To what kind of thing.
    #[schema(example = "sop")]
    pub entity: String,
    /// To which one.
    pub entity_id: String,
    /// What that is called today; empty when it has no name.
    #[schema(example = "SOP Rujukan")]
    pub title: String,
    /// The item of the standard that it is about.
    #[schema(example = "REG-1")]
    pub item_code: Option<String>,
}

/// Of what else than setup records the history tells. Members, roles, invitations, files and who read what are the
/// district's own business.
const THINGS: &[&str] = &[
    "evidence",
    "item_progress",
    "item_review",
    "setup_responsibility",
    "district",
    "package_adoption",
    "model_package",
    "nudge",
    AMONG_REVIEWERS,
];

/// Whom reviewers ask is not shown to the district.
const AMONG_REVIEWERS: &str = "review_request";

/// The names of things are looked up after the page is cut. An id may be a word, so it is compared as text once.
const SELECT: &str = "SELECT e.id, e.at, e.actor_name, e.action, e.entity, e.entity_id, \
     coalesce(r.title, v.title, '') AS title, e.item_code FROM ( \
     SELECT id, at, actor_name, action, entity, entity_id, coalesce(after->>'item_code', before->>'item_code', \
         CASE entity WHEN 'item_progress' THEN entity_id END) AS item_code, \
         CASE WHEN entity_id ~ '^[0-9a-f]{8}-[0-9a-f-]{27}$' THEN entity_id::uuid END AS uuid \
     FROM audit_event WHERE district_id = $1 AND id < $2 AND entity = ANY($3) AND action <> 'read' \
     ORDER BY id DESC LIMIT $4) e \
     LEFT JOIN setup_record r ON r.district_id = $1 AND r.id = e.uuid \
     LEFT JOIN evidence v ON v.district_id = $1 AND v.id = e.uuid ORDER BY e.id DESC";

/// List what happened to the setup of a district, the newest first
///
/// Who did what and when, without what it was before and became: each record has its own history for that. That somebody of
/// the province or the ministry read it is recorded.
#[utoipa::path(get, path = "/api/v1/districts/{code}/setup-events", tag = "oversight", params(PageQuery),
    responses((status = 200, body = Page<SetupEvent>)))]
async fn list_setup_events(
    who: InDistrict<perm::SetupRead>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<SetupEvent>>> {
    let limit = page.limit()?;
    let before = page.after::<i64>()?;
    let kinds = setup::KINDS.iter().map(|kind| kind.key);
    let is_member = is_member(&who);
    let things = THINGS
        .iter()
        .copied()
        .filter(|thing| !is_member || *thing != AMONG_REVIEWERS);
    let things: Vec<String> = kinds.chain(things).map(str::to_owned).collect();
    let rows = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let values: [Value; 4] = [
        who.district_id().into(),
        before.unwrap_or(i64::MAX).into(),
        things.into(),
        rows.into(),
    ];
    let tx = who.tenant().await?;
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), SELECT, values);
    let events = SetupEvent::find_by_statement(statement).all(&tx).await?;
    if !is_member {
        audit::record(&tx, Change::of("read", "setup_history", &who.district.code)).await?;
        tx.commit().await?;
    }
    Ok(Json(Page::of(events, limit, |event| event.id, |event| event)))
}

fn is_member<P>(who: &InDistrict<P>) -> bool {
    let mut reaching = who.signed_in.access.reaching(&who.district);
    reaching.any(|membership| membership.scope == Scope::District)
}

/// The operation on what happened.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_setup_events);
}
