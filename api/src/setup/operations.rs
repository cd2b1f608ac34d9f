//! The operations that every kind of setup record has.
//!
//! The handlers are written once over [`Kind`]; [`endpoints`] adds them for each kind with its own path, operation ids
//! and schemas.

use actix_web::{HttpResponse, web::Json};
use chrono::{DateTime, Utc};
use entity::{audit_event, ids::SetupRecordId};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema, openapi::HttpMethod};

use super::{
    describe::Describe,
    kind::Kind,
    links,
    store::{self, Place, RawRecord, Selection},
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Body, Created, IdempotencyKey, IfMatch, JsonPage, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once,
    },
    readiness,
};

/// A new record. The content may be half filled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupRecordCreate<C> {
    /// An id made by the client, so that a record made offline keeps it.
    #[serde(default)]
    pub id: Option<SetupRecordId>,
    /// The content.
    pub content: C,
}

/// The new content of a record, as a whole: what is left out is emptied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupRecordUpdate<C> {
    /// The content.
    pub content: C,
}

/// Where a record should stand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupRecordMove {
    /// The record to move.
    pub id: SetupRecordId,
    /// The record it should stand in front of; null for the end of the list.
    pub before: Option<SetupRecordId>,
}

/// Where a record stands now.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupRecordPlace {
    /// The record.
    pub id: SetupRecordId,
    /// Its place, counted from 1.
    #[schema(example = 1)]
    pub position: i32,
}

/// Which records.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SetupRecordFilter {
    /// True for archived records, false for those in use (the default; with `updated_since`, both).
    pub archived: Option<bool>,
    /// Only what was changed or moved at or after this time, archived records included: for clients that mirror.
    pub updated_since: Option<DateTime<Utc>>,
    /// Only with this text in the title, in any case.
    #[param(max_length = 100)]
    pub q: Option<String>,
}

/// A change of a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupRecordChange {
    /// Its number in the district's audit trail.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by the name at that time.
    pub actor_name: String,
    /// `create`, `update`, `archive`, `restore` or `move`.
    #[schema(example = "update")]
    pub action: String,
    /// The content before, for an update; the place before, for a move.
    #[schema(value_type = Option<Object>)]
    pub before: Option<serde_json::Value>,
    /// The content or place after.
    #[schema(value_type = Option<Object>)]
    pub after: Option<serde_json::Value>,
}

/// The id in a path.
#[derive(Debug, Deserialize)]
pub struct RecordPath {
    record_id: SetupRecordId,
}

type Reader = InDistrict<perm::SetupRead>;
type Writer = InDistrict<perm::SetupWrite>;

async fn list(
    kind: &Kind,
    who: Reader,
    Query(filter): Query<SetupRecordFilter>,
    Query(page): Query<PageQuery>,
) -> ApiResult<JsonPage> {
    let limit = page.limit()?;
    let after = page.after::<Place>()?;
    let text = filter.q.map(|q| q.trim().to_owned()).filter(|q| !q.is_empty());
    if text
        .as_deref()
        .is_some_and(|q| q.chars().count() > 100 || q.contains('\0'))
    {
        return Err(ApiError::invalid(vec![FieldError {
            field: "q".into(),
            code: "too_long",
            message: Text::fixed(
                "Cari dengan paling banyak 100 karakter.",
                "Search with at most 100 characters.",
            ),
        }]));
    }
    let archived = match (filter.archived, filter.updated_since) {
        (None, None) => Some(false),
        (archived, _) => archived,
    };
    let selection = Selection {
        archived,
        updated_since: filter.updated_since,
        text,
    };
    let tx = who.tenant().await?;
    let rows = store::list(&tx, kind, selection, after, limit).await?;
    Ok(JsonPage(Page::of(rows, limit, |row| row.place, |row| row.json)))
}

async fn create(
    kind: &'static Kind,
    who: Writer,
    key: IdempotencyKey,
    body: Body<SetupRecordCreate<Box<RawValue>>>,
) -> ApiResult<HttpResponse> {
    let document = (kind.read)(body.value.content.get())?;
    let id = body.value.id.unwrap_or_else(SetupRecordId::generate);
    let operation = format!("create_{}", kind.key);
    create_once(who.tenant().await?, &operation, key, body.hash, async |tx| {
        store::take_turn(tx).await?;
        let after = document.content.clone();
        let record = store::insert(tx, kind, id, document).await?;
        readiness::refresh(tx).await?;
        audit::record(tx, Change::of("create", kind.key, id).after(after)).await?;
        Ok(Created {
            version: Some(record.version),
            value: record,
        })
    })
    .await
}

const fn tagged(record: RawRecord) -> Tagged<RawRecord> {
    Tagged {
        version: record.version,
        value: record,
    }
}

async fn get(kind: &Kind, who: Reader, Path(path): Path<RecordPath>) -> ApiResult<Tagged<RawRecord>> {
    let tx = who.tenant().await?;
    Ok(tagged(store::get(&tx, kind, path.record_id).await?))
}

/// The record in its present state, which must be the version the client knows.
async fn expect(tx: &TenantTx, kind: &Kind, id: SetupRecordId, version: IfMatch) -> ApiResult<RawRecord> {
    store::take_turn(tx).await?;
    let record = store::get(tx, kind, id).await?;
    if record.version != version.0 {
        return Err(ApiError::new(ErrorCode::Stale).current(&record));
    }
    Ok(record)
}

async fn replace(
    kind: &Kind,
    who: Writer,
    Path(path): Path<RecordPath>,
    version: IfMatch,
    body: Body<SetupRecordUpdate<Box<RawValue>>>,
) -> ApiResult<Tagged<RawRecord>> {
    let document = (kind.read)(body.value.content.get())?;
    let tx = who.tenant().await?;
    let record = expect(&tx, kind, path.record_id, version).await?;
    if record.archived {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Data ini diarsipkan. Pulihkan dahulu sebelum mengubahnya.",
            "This is archived. Restore it before you change it.",
        )));
    }
    let before: serde_json::Value = serde_json::from_str(record.content.get()).map_err(ApiError::internal)?;
    if before == document.content {
        // Autosave sends what is already there: no version, no event.
        return Ok(tagged(record));
    }
    let after = document.content.clone();
    let record = store::replace(&tx, kind, path.record_id, record.version, document).await?;
    readiness::refresh(&tx).await?;
    let change = Change::of("update", kind.key, path.record_id)
        .before(before)
        .after(after);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(tagged(record))
}

async fn set_archived(
    kind: &Kind,
    who: Writer,
    Path(path): Path<RecordPath>,
    version: IfMatch,
    archived: bool,
) -> ApiResult<Tagged<RawRecord>> {
    let tx = who.tenant().await?;
    let record = expect(&tx, kind, path.record_id, version).await?;
    if record.archived == archived {
        return Ok(tagged(record));
    }
    if archived {
        refuse_if_mentioned(&tx, path.record_id).await?;
    } else {
        // What it mentions may have been archived meanwhile; it must be whole again when it comes back.
        let document = (kind.read)(record.content.get())?;
        links::check_links(&tx, Some(path.record_id), &document.links)
            .await
            .map_err(|error| error.within("content"))?;
        store::check_unique(&tx, kind, path.record_id, &document.content).await?;
    }
    let record = store::set_archived(&tx, kind, &record, archived).await?;
    let action = if archived { "archive" } else { "restore" };
    readiness::refresh(&tx).await?;
    audit::record(&tx, Change::of(action, kind.key, path.record_id)).await?;
    tx.commit().await?;
    Ok(tagged(record))
}

/// Refuses to put away what records in use mention.
///
/// # Errors
/// 409 with their titles.
pub async fn refuse_if_mentioned(tx: &TenantTx, id: SetupRecordId) -> ApiResult<()> {
    let referrers = store::referrers(tx, id).await?;
    if referrers.is_empty() {
        return Ok(());
    }
    let titles: Vec<String> = referrers
        .into_iter()
        .map(|referrer| format!("“{}”", referrer.title))
        .collect();
    let titles = titles.join(", ");
    Err(ApiError::new(ErrorCode::Conflict).detail(Text::new(
        format!("Masih dipakai oleh {titles}. Lepaskan dari sana dahulu."),
        format!("Still used by {titles}. Take it out there first."),
    )))
}

async fn reorder(kind: &Kind, who: Writer, body: Body<SetupRecordMove>) -> ApiResult<Json<SetupRecordPlace>> {
    let SetupRecordMove { id, before } = body.value;
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let was = store::get(&tx, kind, id).await?.position;
    let position = store::reorder(&tx, kind, id, before).await?;
    // Others may have been numbered anew although this one kept its place.
    readiness::refresh(&tx).await?;
    if position != was {
        let change = Change::of("move", kind.key, id)
            .before(serde_json::json!({ "position": was }))
            .after(serde_json::json!({ "position": position }));
        audit::record(&tx, change).await?;
    }
    tx.commit().await?;
    Ok(Json(SetupRecordPlace { id, position }))
}

async fn history(
    kind: &Kind,
    who: Reader,
    Path(path): Path<RecordPath>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<SetupRecordChange>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    store::get(&tx, kind, path.record_id).await?;
    let mut select = tx
        .find::<audit_event::Entity>()
        .filter(audit_event::Column::Entity.eq(kind.key))
        .filter(audit_event::Column::EntityId.eq(path.record_id.to_string()));
    if let Some(before) = page.after::<i64>()? {
        select = select.filter(audit_event::Column::Id.lt(before));
    }
    let rows = select
        .order_by_desc(audit_event::Column::Id)
        .limit(limit + 1)
        .all(&tx)
        .await?;
    let change = |row: audit_event::Model| SetupRecordChange {
        id: row.id,
        at: row.at,
        actor_name: row.actor_name,
        action: row.action,
        before: row.before,
        after: row.after,
    };
    Ok(Json(Page::of(rows, limit, |row| row.id, change)))
}

/// Adds the operations of one kind.
pub fn endpoints(endpoints: &mut Endpoints, kind: &'static Kind) {
    let describe = Describe::new(kind);
    endpoints.add_schemas(|| describe.schemas());
    endpoints.add_operation(
        describe.path(""),
        vec![HttpMethod::Get],
        || describe.list(),
        move |who: Reader, filter: Query<SetupRecordFilter>, page: Query<PageQuery>| list(kind, who, filter, page),
    );
    endpoints.add_operation(
        describe.path(""),
        vec![HttpMethod::Post],
        || describe.create(),
        move |who: Writer, key: IdempotencyKey, body: Body<SetupRecordCreate<Box<RawValue>>>| {
            create(kind, who, key, body)
        },
    );
    endpoints.add_operation(
        describe.path("/reorder"),
        vec![HttpMethod::Post],
        || describe.reorder(),
        move |who: Writer, body: Body<SetupRecordMove>| reorder(kind, who, body),
    );
    endpoints.add_operation(
        describe.path("/{record_id}"),
        vec![HttpMethod::Get],
        || describe.get(),
        move |who: Reader, path: Path<RecordPath>| get(kind, who, path),
    );
    endpoints.add_operation(
        describe.path("/{record_id}"),
        vec![HttpMethod::Put],
        || describe.replace(),
        move |who: Writer, path: Path<RecordPath>, version: IfMatch, body: Body<SetupRecordUpdate<Box<RawValue>>>| {
            replace(kind, who, path, version, body)
        },
    );
    endpoints.add_operation(
        describe.path("/{record_id}/archive"),
        vec![HttpMethod::Post],
        || describe.archive(),
        move |who: Writer, path: Path<RecordPath>, version: IfMatch| set_archived(kind, who, path, version, true),
    );
    endpoints.add_operation(
        describe.path("/{record_id}/restore"),
        vec![HttpMethod::Post],
        || describe.restore(),
        move |who: Writer, path: Path<RecordPath>, version: IfMatch| set_archived(kind, who, path, version, false),
    );
    endpoints.add_operation(
        describe.path("/{record_id}/history"),
        vec![HttpMethod::Get],
        || describe.history(),
        move |who: Reader, path: Path<RecordPath>, page: Query<PageQuery>| history(kind, who, path, page),
    );
}
