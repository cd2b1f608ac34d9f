//! Reading and writing setup records.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use entity::{ids::SetupRecordId, setup_record};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, FromQueryResult, QueryFilter, QueryResult,
    Statement, Value,
};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value as Json, value::RawValue};
use utoipa::ToSchema;

use super::{
    kind::{Document, Kind, Missing, SetupKind},
    links::{check_links, keep_references},
};
use crate::{
    db::{LockClass, Narrowed, TenantTx, Transaction},
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
};

/// Something a district set up in one of the components.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupRecord<C> {
    /// Its id.
    pub id: SetupRecordId,
    /// Its place in the district's own order.
    #[schema(example = 1)]
    pub position: i32,
    /// What a person calls it, taken from the content.
    pub title: String,
    /// The content.
    pub content: C,
    /// Nothing is missing.
    pub complete: bool,
    /// What is still missing, with an instruction each.
    #[schema(value_type = Vec<Missing>)]
    pub missing: Box<RawValue>,
    /// It is put away: no longer used, still readable.
    pub archived: bool,
    /// Counts changes of the content and of archiving, not of the position; also the `ETag`.
    #[schema(example = 1)]
    pub version: i32,
    /// Since when.
    #[serde(serialize_with = "as_text")]
    pub created_at: DateTime<Utc>,
    /// Last changed or moved.
    #[serde(serialize_with = "as_text")]
    pub updated_at: DateTime<Utc>,
    /// Who changed it last, by the name at that time.
    pub updated_by_name: String,
}

/// To the microsecond, as [`list`] has it from the database.
fn as_text<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time.to_rfc3339_opts(SecondsFormat::Micros, true))
}

/// A record whose content is passed through as the database gave it.
pub type RawRecord = SetupRecord<Box<RawValue>>;

/// A place in a list.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Place {
    position: i32,
    id: SetupRecordId,
}

/// A record in a list: a [`SetupRecord`] as the database put it into JSON. Reading hundreds of values only to write them again
/// would be half of the work of a page.
#[derive(Debug)]
pub struct Listed {
    /// Where it stands.
    pub place: Place,
    /// The record.
    pub json: String,
}

impl FromQueryResult for Listed {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            place: Place {
                position: row.try_get_by_index(0)?,
                id: row.try_get_by_index(1)?,
            },
            json: row.try_get_by_index(2)?,
        })
    }
}

/// Which records of a kind.
#[derive(Debug, Default)]
pub struct Selection {
    /// Archived ones, the others, or both.
    pub archived: Option<bool>,
    /// Changed or moved since.
    pub updated_since: Option<DateTime<Utc>>,
    /// With this text in the title.
    pub text: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: SetupRecordId,
    position: i32,
    title: String,
    content: String,
    complete: bool,
    missing: String,
    archived: bool,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    updated_by_name: String,
}

impl Row {
    fn record(self) -> ApiResult<RawRecord> {
        Ok(SetupRecord {
            id: self.id,
            position: self.position,
            title: self.title,
            content: RawValue::from_string(self.content).map_err(ApiError::internal)?,
            complete: self.complete,
            missing: RawValue::from_string(self.missing).map_err(ApiError::internal)?,
            archived: self.archived,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            updated_by_name: self.updated_by_name,
        })
    }
}

const SELECT: &str = "SELECT id, position, title, content::text AS content, complete, missing::text AS missing, \
     archived_at IS NOT NULL AS archived, version, created_at, updated_at, updated_by_name FROM setup_record \
     WHERE district_id = $1 AND kind = $2";

/// The fields of a [`SetupRecord`] under their names; a generated test compares lists with single records.
const LISTED: &str = "SELECT id, position, title, content, complete, missing, archived_at IS NOT NULL AS archived, version, \
     to_char(created_at AT TIME ZONE 'UTC', $3) AS created_at, to_char(updated_at AT TIME ZONE 'UTC', $3) AS updated_at, \
     updated_by_name \
     FROM setup_record WHERE district_id = $1 AND kind = $2";

/// What [`LISTED`] makes of a time: the same text as [`as_text`].
const MOMENT: &str = "YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"";

pub(super) fn statement(tx: &TenantTx, sql: impl Into<String>, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(tx.get_database_backend(), sql, values)
}

/// Records of a kind in the district's order, one more than `limit` when there are more.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    tx: &TenantTx,
    kind: &Kind,
    selection: Selection,
    after: Option<Place>,
    limit: u64,
) -> ApiResult<Vec<Listed>> {
    let mut query = Narrowed::new(LISTED, vec![tx.district_id().into(), kind.key.into(), MOMENT.into()]);
    match selection.archived {
        Some(true) => query.and("archived_at IS NOT NULL", []),
        Some(false) => query.and("archived_at IS NULL", []),
        None => {}
    }
    if let Some(since) = selection.updated_since {
        query.and("updated_at >= ?", [since.into()]);
    }
    if let Some(text) = selection.text {
        query.and("strpos(lower(title), lower(?)) > 0", [text.into()]);
    }
    if let Some(Place { position, id }) = after {
        query.and("(position, id) > (?, ?)", [position.into(), id.into()]);
    }
    Ok(query.first_as_json(tx, "position, id", limit + 1).await?)
}

/// One word of an answer.
#[derive(FromQueryResult)]
pub(super) struct Word {
    /// The word.
    pub word: String,
}

/// One record.
///
/// # Errors
/// 404 when there is none of that kind in this district.
pub async fn get(tx: &TenantTx, kind: &Kind, id: SetupRecordId) -> ApiResult<RawRecord> {
    let values = vec![tx.district_id().into(), kind.key.into(), id.into()];
    Row::find_by_statement(statement(tx, format!("{SELECT} AND id = $3"), values))
        .one(tx)
        .await?
        .ok_or(ErrorCode::NotFound)?
        .record()
}

/// Makes the writers of one district's setup take turns until the transaction ends: positions, references and archiving
/// are then decided on facts that stay true. People write here a few times a minute, so nobody waits noticeably.
///
/// # Errors
/// When the database refuses.
pub async fn take_turn(tx: &TenantTx) -> Result<(), DbErr> {
    // Taken before the audit trail's, always.
    tx.execute_raw(statement(
        tx,
        "SELECT pg_advisory_xact_lock($1, $2)",
        vec![(LockClass::DistrictTurn as i32).into(), tx.district_id().into()],
    ))
    .await?;
    Ok(())
}

/// Adds a record at the end of the list.
///
/// # Errors
/// 409 when the id is taken, 422 when a link points nowhere.
pub async fn insert(tx: &TenantTx, kind: &Kind, id: SetupRecordId, document: Document) -> ApiResult<RawRecord> {
    let taken = tx
        .find::<setup_record::Entity>()
        .filter(setup_record::Column::Id.eq(id));
    if taken.one(tx).await?.is_some() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Id ini sudah dipakai. Muat ulang daftar: mungkin data Anda sudah tersimpan.",
            "This id is taken. Load the list again: your data may have been saved already.",
        )));
    }
    check_links(tx, Some(id), &document.links)
        .await
        .map_err(|error| error.within("content"))?;
    check_unique(tx, kind, id, &document.content).await?;
    let position = next_position(tx, kind).await?;
    let links = document.links.clone();
    new_row(tx, kind, id, position, document)?.insert(tx).await?;
    keep_references(tx, id, &links).await?;
    get(tx, kind, id).await
}

/// A new record as it will stand in its table.
pub(super) fn new_row(
    tx: &TenantTx,
    kind: &Kind,
    id: SetupRecordId,
    position: i32,
    document: Document,
) -> ApiResult<setup_record::ActiveModel> {
    let now = Utc::now();
    Ok(setup_record::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(id),
        kind: Set(kind.key.to_owned()),
        component: Set(kind.component.slug().to_owned()),
        position: Set(position),
        title: Set(document.title),
        content: Set(document.content),
        complete: Set(document.missing.is_empty()),
        missing: Set(serde_json::to_value(&document.missing).map_err(ApiError::internal)?),
        archived_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        updated_by: Set(tx.origin().actor_id),
        updated_by_name: Set(tx.origin().actor_name.clone()),
    })
}

#[derive(FromQueryResult)]
struct Content {
    id: SetupRecordId,
    content: String,
}

/// The contents of the records of a kind in use, in the district's order.
///
/// # Errors
/// When the database refuses, or holds a content that its type cannot read.
pub async fn contents<K: SetupKind>(tx: &TenantTx) -> ApiResult<Vec<(SetupRecordId, K)>> {
    read_contents(tx, "AND archived_at IS NULL").await
}

/// The same with archived ones.
///
/// # Errors
/// When the database refuses, or holds a content that its type cannot read.
pub async fn all_contents<K: SetupKind>(tx: &TenantTx) -> ApiResult<Vec<(SetupRecordId, K)>> {
    read_contents(tx, "").await
}

async fn read_contents<K: SetupKind>(tx: &TenantTx, condition: &str) -> ApiResult<Vec<(SetupRecordId, K)>> {
    let sql = format!(
        "SELECT id, content::text AS content FROM setup_record WHERE district_id = $1 AND kind = $2 {condition} \
         ORDER BY position, id"
    );
    let values = vec![tx.district_id().into(), K::KEY.into()];
    let rows = Content::find_by_statement(statement(tx, sql, values)).all(tx).await?;
    let read = |row: Content| Ok((row.id, serde_json::from_str(&row.content).map_err(ApiError::internal)?));
    rows.into_iter().map(read).collect()
}

/// Refuses a second record with the same values where a kind allows one.
///
/// # Errors
/// 422 at the first of the fields.
pub async fn check_unique(tx: &TenantTx, kind: &Kind, id: SetupRecordId, content: &Json) -> ApiResult<()> {
    let mut sql = "SELECT title AS word FROM setup_record WHERE district_id = $1 AND kind = $2 AND id <> $3 \
                   AND archived_at IS NULL"
        .to_owned();
    let mut values: Vec<Value> = vec![tx.district_id().into(), kind.key.into(), id.into()];
    for field in kind.unique {
        match content[*field].as_str() {
            None | Some("") => return Ok(()),
            Some(value) => values.extend([(*field).into(), value.into()]),
        }
        sql.push_str(&format!(" AND content ->> ${} = ${}", values.len() - 1, values.len()));
    }
    let Some(field) = kind.unique.first() else {
        return Ok(());
    };
    match Word::find_by_statement(statement(tx, sql, values)).one(tx).await? {
        None => Ok(()),
        Some(other) => Err(ApiError::invalid(vec![FieldError {
            field: format!("content.{field}"),
            code: "taken",
            message: Text::new(
                format!("Sudah dipakai oleh “{}”.", other.word),
                format!("Already used by “{}”.", other.word),
            ),
        }])),
    }
}

#[derive(FromQueryResult)]
struct Last {
    position: i32,
}

pub(super) async fn next_position(tx: &TenantTx, kind: &Kind) -> Result<i32, DbErr> {
    let sql = "SELECT COALESCE(max(position), 0) AS position FROM setup_record WHERE district_id = $1 AND kind = $2";
    let values = vec![tx.district_id().into(), kind.key.into()];
    let last = Last::find_by_statement(statement(tx, sql, values)).one(tx).await?;
    Ok(last.map_or(0, |last| last.position).saturating_add(1))
}

/// Replaces the content of a record that was read in the same turn.
///
/// # Errors
/// 422 when a link points nowhere.
pub async fn replace(
    tx: &TenantTx,
    kind: &Kind,
    id: SetupRecordId,
    version: i32,
    document: Document,
) -> ApiResult<RawRecord> {
    check_links(tx, Some(id), &document.links)
        .await
        .map_err(|error| error.within("content"))?;
    check_unique(tx, kind, id, &document.content).await?;
    setup_record::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(id),
        title: Set(document.title),
        content: Set(document.content),
        complete: Set(document.missing.is_empty()),
        missing: Set(serde_json::to_value(&document.missing).map_err(ApiError::internal)?),
        version: Set(version + 1),
        updated_at: Set(Utc::now()),
        updated_by: Set(tx.origin().actor_id),
        updated_by_name: Set(tx.origin().actor_name.clone()),
        ..Default::default()
    }
    .update(tx)
    .await?;
    keep_references(tx, id, &document.links).await?;
    get(tx, kind, id).await
}

/// Puts a record away or takes it back.
///
/// # Errors
/// When the database refuses.
pub async fn set_archived(tx: &TenantTx, kind: &Kind, record: &RawRecord, archived: bool) -> ApiResult<RawRecord> {
    setup_record::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(record.id),
        archived_at: Set(archived.then(Utc::now)),
        version: Set(record.version + 1),
        updated_at: Set(Utc::now()),
        updated_by: Set(tx.origin().actor_id),
        updated_by_name: Set(tx.origin().actor_name.clone()),
        ..Default::default()
    }
    .update(tx)
    .await?;
    get(tx, kind, record.id).await
}

/// A record that mentions another one.
#[derive(Debug, FromQueryResult)]
pub struct Referrer {
    /// What a person calls it.
    pub title: String,
}

/// Records in use that mention `id`.
///
/// # Errors
/// When the database refuses.
pub async fn referrers(tx: &TenantTx, id: SetupRecordId) -> ApiResult<Vec<Referrer>> {
    let sql = "SELECT DISTINCT r.title FROM setup_reference f \
               JOIN setup_record r ON r.district_id = f.district_id AND r.id = f.from_id \
               WHERE f.district_id = $1 AND f.to_id = $2 AND r.archived_at IS NULL ORDER BY r.title LIMIT 20";
    let values = vec![tx.district_id().into(), id.into()];
    Ok(Referrer::find_by_statement(statement(tx, sql, values)).all(tx).await?)
}

#[derive(FromQueryResult)]
struct Ordered {
    id: SetupRecordId,
    position: i32,
}

/// Moves a record in front of another one, or to the end, and numbers the kind anew.
///
/// # Errors
/// 404 when there is no such record in use, 422 when there is none to move it in front of.
pub async fn reorder(tx: &TenantTx, kind: &Kind, id: SetupRecordId, before: Option<SetupRecordId>) -> ApiResult<i32> {
    let sql = "SELECT id, position FROM setup_record WHERE district_id = $1 AND kind = $2 AND archived_at IS NULL \
               ORDER BY position, id";
    let values = vec![tx.district_id().into(), kind.key.into()];
    let rows = Ordered::find_by_statement(statement(tx, sql, values)).all(tx).await?;
    let ids: Vec<SetupRecordId> = rows.iter().map(|row| row.id).collect();
    if !ids.contains(&id) {
        return Err(ErrorCode::NotFound.into());
    }
    let order = moved(&ids, id, before).ok_or_else(|| {
        ApiError::invalid(vec![FieldError {
            field: "before".into(),
            code: "not_found",
            message: Text::fixed(
                "Data tujuan sudah tidak ada. Muat ulang daftar.",
                "What it should stand before is gone. Load the list again.",
            ),
        }])
    })?;
    let current: BTreeMap<SetupRecordId, i32> = rows.iter().map(|row| (row.id, row.position)).collect();
    let mut place = 0;
    for (id, position) in order.iter().zip(1..) {
        if current.get(id) != Some(&position) {
            set_position(tx, *id, position).await?;
        }
    }
    if let Some(found) = order.iter().position(|other| *other == id) {
        place = i32::try_from(found).unwrap_or(i32::MAX).saturating_add(1);
    }
    Ok(place)
}

/// `ids` with `id` moved in front of `before`, or to the end; `None` when `before` is not among them.
fn moved(ids: &[SetupRecordId], id: SetupRecordId, before: Option<SetupRecordId>) -> Option<Vec<SetupRecordId>> {
    let mut order: Vec<SetupRecordId> = ids.iter().copied().filter(|other| *other != id).collect();
    let index = match before {
        None => order.len(),
        Some(before) if before == id => return Some(ids.to_vec()),
        Some(before) => order.iter().position(|other| *other == before)?,
    };
    order.insert(index, id);
    Some(order)
}

async fn set_position(tx: &TenantTx, id: SetupRecordId, position: i32) -> Result<(), DbErr> {
    let sql = "UPDATE setup_record SET position = $3, updated_at = now() WHERE district_id = $1 AND id = $2";
    let values = vec![tx.district_id().into(), id.into(), position.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{SetupRecordId, moved};

    #[test]
    fn moving() {
        let ids: Vec<SetupRecordId> = (0..4).map(|_| SetupRecordId::generate()).collect();
        let [a, b, c, d] = ids[..] else { panic!("four ids") };
        assert_eq!(moved(&ids, d, Some(a)), Some(vec![d, a, b, c]));
        assert_eq!(moved(&ids, a, None), Some(vec![b, c, d, a]));
        assert_eq!(moved(&ids, b, Some(d)), Some(vec![a, c, b, d]));
        assert_eq!(moved(&ids, b, Some(b)), Some(ids.clone()));
        assert_eq!(moved(&ids, b, Some(SetupRecordId::generate())), None);
    }
}
