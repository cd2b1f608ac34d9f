//! Reading and writing setup records.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::{
    ids::{AccountId, SetupRecordId, SetupReferenceId},
    setup_record, setup_reference,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    Statement, Value,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{
    kind::{Document, Kind, Link, Missing, Target},
    slug,
};
use crate::{
    db::{TenantTx, Transaction},
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
};

/// Something a district set up in one of the six components.
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
    pub created_at: DateTime<Utc>,
    /// Last changed or moved.
    pub updated_at: DateTime<Utc>,
    /// Who changed it last, by the name at that time.
    pub updated_by_name: String,
}

/// A record whose content is passed through as the database gave it.
pub type RawRecord = SetupRecord<Box<RawValue>>;

/// A place in a list.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Place {
    position: i32,
    id: SetupRecordId,
}

impl Place {
    /// The place of a record.
    #[must_use]
    pub const fn of(record: &RawRecord) -> Self {
        Self {
            position: record.position,
            id: record.id,
        }
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

fn statement(tx: &TenantTx, sql: impl Into<String>, values: Vec<Value>) -> Statement {
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
) -> ApiResult<Vec<RawRecord>> {
    let mut sql = SELECT.to_owned();
    let mut values: Vec<Value> = vec![tx.district_id().into(), kind.key.into()];
    match selection.archived {
        Some(true) => sql.push_str(" AND archived_at IS NOT NULL"),
        Some(false) => sql.push_str(" AND archived_at IS NULL"),
        None => {}
    }
    if let Some(since) = selection.updated_since {
        values.push(since.into());
        sql.push_str(&format!(" AND updated_at >= ${}", values.len()));
    }
    if let Some(text) = selection.text {
        values.push(text.into());
        sql.push_str(&format!(" AND strpos(lower(title), lower(${})) > 0", values.len()));
    }
    if let Some(Place { position, id }) = after {
        values.extend([position.into(), id.into()]);
        sql.push_str(&format!(
            " AND (position, id) > (${}, ${})",
            values.len() - 1,
            values.len()
        ));
    }
    values.push(i64::try_from(limit + 1).unwrap_or(i64::MAX).into());
    sql.push_str(&format!(" ORDER BY position, id LIMIT ${}", values.len()));
    let rows = Row::find_by_statement(statement(tx, sql, values)).all(tx).await?;
    rows.into_iter().map(Row::record).collect()
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
    // 2 is this lock's class; 1 is the audit trail's, which is always taken after it.
    tx.execute_raw(statement(
        tx,
        "SELECT pg_advisory_xact_lock(2, $1)",
        vec![tx.district_id().into()],
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
    let now = Utc::now();
    setup_record::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(id),
        kind: Set(kind.key.to_owned()),
        component: Set(slug::of(kind.component).to_owned()),
        position: Set(next_position(tx, kind).await?),
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
    }
    .insert(tx)
    .await?;
    keep_references(tx, id, &document.links).await?;
    get(tx, kind, id).await
}

#[derive(FromQueryResult)]
struct Last {
    position: i32,
}

async fn next_position(tx: &TenantTx, kind: &Kind) -> Result<i32, DbErr> {
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

async fn keep_references(tx: &TenantTx, from: SetupRecordId, links: &[Link]) -> Result<(), DbErr> {
    setup_reference::Entity::delete_many()
        .filter(setup_reference::Column::DistrictId.eq(tx.district_id()))
        .filter(setup_reference::Column::FromId.eq(from))
        .exec(tx)
        .await?;
    let rows = links.iter().filter_map(|link| match &link.target {
        Target::Record { id, .. } => Some(setup_reference::ActiveModel {
            district_id: Set(tx.district_id()),
            id: Set(SetupReferenceId::generate()),
            from_id: Set(from),
            to_id: Set(*id),
            field: Set(link.field.clone()),
        }),
        Target::Member(_) | Target::Region(_) => None,
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        setup_reference::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Found {
    id: SetupRecordId,
    kind: String,
    archived: bool,
}

#[derive(FromQueryResult)]
struct Word {
    word: String,
}

/// Checks that every link leads somewhere in this district.
///
/// # Errors
/// 422 with every link that does not.
pub async fn check_links(tx: &TenantTx, from: Option<SetupRecordId>, links: &[Link]) -> ApiResult<()> {
    let mut errors = Vec::new();
    let records = found_records(tx, links).await?;
    let members = found_members(tx, links).await?;
    let regions = found_regions(tx, links).await?;
    for link in links {
        let fault = match &link.target {
            Target::Record { id, .. } if Some(*id) == from => Some(("self_reference", TO_ITSELF)),
            Target::Record { id, kinds, .. } => match records.iter().find(|record| record.id == *id) {
                Some(record) if record.archived => Some(("archived", ARCHIVED)),
                Some(record) if kinds.is_empty() || kinds.contains(&record.kind.as_str()) => None,
                _ => Some(("not_found", GONE)),
            },
            Target::Member(id) if members.contains(id) => None,
            Target::Member(_) => Some(("not_found", NO_MEMBER)),
            Target::Region(code) if regions.contains(code) => None,
            Target::Region(_) => Some(("not_found", NO_REGION)),
        };
        let fault = match (&link.target, fault, from) {
            (
                Target::Record {
                    id, is_parent: true, ..
                },
                None,
                Some(from),
            ) if leads_to(tx, *id, from, &link.field).await? => Some(("circular", CIRCULAR)),
            (_, fault, _) => fault,
        };
        if let Some((code, (id, en))) = fault {
            errors.push(FieldError {
                field: link.field.clone(),
                code,
                message: Text::fixed(id, en),
            });
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid(errors))
    }
}

type Message = (&'static str, &'static str);
const TO_ITSELF: Message = (
    "Data tidak dapat merujuk dirinya sendiri.",
    "A record cannot refer to itself.",
);
const ARCHIVED: Message = (
    "Data yang dirujuk sudah diarsipkan. Pulihkan dahulu atau pilih yang lain.",
    "What this refers to is archived. Restore it first or choose another.",
);
const GONE: Message = (
    "Data yang dirujuk tidak ada di daerah ini. Pilih dari daftar.",
    "This district has no such record. Choose from the list.",
);
const NO_MEMBER: Message = (
    "Orang ini bukan anggota daerah Anda. Undang dahulu.",
    "This person is no member of your district. Send an invitation first.",
);
const NO_REGION: Message = (
    "Wilayah ini tidak ada di daerah Anda. Pilih dari daftar.",
    "This region is not in your district. Choose from the list.",
);
const CIRCULAR: Message = (
    "Pilihan ini membuat lingkaran: yang dipilih berada di bawah data ini.",
    "This would make a circle: what you chose stands below this record.",
);

fn list_of<T: Into<Value> + sea_orm::sea_query::ValueType>(items: Vec<T>) -> Value
where
    Vec<T>: Into<Value>,
{
    items.into()
}

async fn found_records(tx: &TenantTx, links: &[Link]) -> Result<Vec<Found>, DbErr> {
    let ids: BTreeSet<uuid::Uuid> = links
        .iter()
        .filter_map(|link| match &link.target {
            Target::Record { id, .. } => Some(id.0),
            _ => None,
        })
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT id, kind, archived_at IS NOT NULL AS archived FROM setup_record \
               WHERE district_id = $1 AND id = ANY($2)";
    let values = vec![tx.district_id().into(), list_of(ids.into_iter().collect::<Vec<_>>())];
    Found::find_by_statement(statement(tx, sql, values)).all(tx).await
}

async fn found_members(tx: &TenantTx, links: &[Link]) -> Result<Vec<AccountId>, DbErr> {
    let ids = links.iter().filter_map(|link| match &link.target {
        Target::Member(id) => Some(*id),
        _ => None,
    });
    let ids: Vec<AccountId> = ids.collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let rows = tx
        .find::<entity::membership::Entity>()
        .filter(entity::membership::Column::AccountId.is_in(ids))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.account_id).collect())
}

async fn found_regions(tx: &TenantTx, links: &[Link]) -> Result<BTreeSet<String>, DbErr> {
    let codes = links.iter().filter_map(|link| match &link.target {
        Target::Region(code) => Some(code.clone()),
        _ => None,
    });
    let codes: Vec<String> = codes.collect();
    if codes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sql = "SELECT r.code::text AS word FROM region r JOIN district d ON d.id = $1 \
               WHERE r.code = ANY($2) AND (r.code = d.code OR starts_with(r.code, d.code || '.'))";
    let values = vec![tx.district_id().into(), list_of(codes)];
    let rows = Word::find_by_statement(statement(tx, sql, values)).all(tx).await?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

/// Whether following `field` from `start` arrives at `goal`.
async fn leads_to(tx: &TenantTx, start: SetupRecordId, goal: SetupRecordId, field: &str) -> Result<bool, DbErr> {
    let sql = "WITH RECURSIVE above AS ( \
                 SELECT to_id FROM setup_reference WHERE district_id = $1 AND from_id = $2 AND field = $4 \
                 UNION \
                 SELECT f.to_id FROM setup_reference f JOIN above a ON f.from_id = a.to_id \
                 WHERE f.district_id = $1 AND f.field = $4) \
               SELECT 'yes' AS word FROM above WHERE to_id = $3 LIMIT 1";
    let values = vec![tx.district_id().into(), start.into(), goal.into(), field.into()];
    Ok(Word::find_by_statement(statement(tx, sql, values))
        .one(tx)
        .await?
        .is_some())
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
