//! Reading announcements: as their senders, who see what their reach lets them, and as a district.

use chrono::{DateTime, Utc};
use entity::ids::{AccountId, AnnouncementId, DistrictId};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};
use serde::Deserialize;

use super::view::{Announcement, AnnouncementReader, AnnouncementReceipt, SentRow};
use crate::{
    auth::role::{Scope, built_in},
    db::{Narrowed, OversightTx, TenantTx},
    error::{ApiError, ApiResult, Language},
};

/// Row level security shows what the province sent, or everything to the ministry.
const SENT: &str = "SELECT a.id, a.sender, a.title, a.body, a.link, a.must_confirm, a.audience, a.sent_by_name, a.sent_at, \
     a.replaces, a.replaced_by, a.withdrawn_at, a.withdrawn_by_name, a.withdrawn_reason, \
     c.districts, c.opened, c.confirmed FROM announcement a CROSS JOIN LATERAL \
     (SELECT count(*) AS districts, count(x.opened_at) AS opened, count(x.confirmed_at) AS confirmed \
      FROM announcement_delivery x WHERE x.id = a.id) c WHERE true";

/// Up to `limit` announcements that were sent within reach, the newest first, older than `before`.
///
/// # Errors
/// When the database refuses.
pub async fn sent(tx: &OversightTx, before: Option<AnnouncementId>, limit: u64) -> Result<Vec<SentRow>, DbErr> {
    let mut query = Narrowed::new(SENT, Vec::new());
    if let Some(before) = before {
        query.and("a.id < ?", [before.into()]);
    }
    query.first(tx, "a.id DESC", limit).await
}

/// One of them; none when it is not within reach. Also in the transaction that has just written it.
///
/// # Errors
/// When the database refuses.
pub async fn sent_one<C: ConnectionTrait>(tx: &C, id: AnnouncementId) -> Result<Option<SentRow>, DbErr> {
    let mut query = Narrowed::new(SENT, Vec::new());
    query.and("a.id = ?", [id.into()]);
    Ok(query.first(tx, "a.id", 1).await?.pop())
}

#[derive(FromQueryResult)]
struct ReceiptRow {
    code: String,
    name: String,
    province_name: String,
    opened_at: Option<DateTime<Utc>>,
    confirmed_at: Option<DateTime<Utc>>,
    confirmed_by_name: Option<String>,
    readers: serde_json::Value,
}

#[derive(Deserialize)]
struct KeptReader {
    role_key: String,
    role_name: String,
    name: Option<String>,
    opened_at: DateTime<Utc>,
}

impl KeptReader {
    fn describe(self, language: Language) -> AnnouncementReader {
        let role = match built_in(Scope::District, &self.role_key) {
            Some(role) => role.text().in_language(language).to_owned(),
            None if self.role_name.is_empty() => self.role_key,
            None => self.role_name,
        };
        AnnouncementReader {
            role,
            name: self.name,
            opened_at: self.opened_at,
        }
    }
}

impl ReceiptRow {
    fn describe(self, language: Language) -> ApiResult<AnnouncementReceipt> {
        let readers: Vec<KeptReader> = serde_json::from_value(self.readers).map_err(ApiError::internal)?;
        Ok(AnnouncementReceipt {
            district_code: self.code,
            district_name: self.name,
            province_name: self.province_name,
            opened_at: self.opened_at,
            confirmed_at: self.confirmed_at,
            confirmed_by_name: self.confirmed_by_name,
            readers: readers.into_iter().map(|reader| reader.describe(language)).collect(),
        })
    }
}

const RECEIPTS: &str = "SELECT d.code, d.name, d.province_name, x.opened_at, x.confirmed_at, x.confirmed_by_name, \
     COALESCE((SELECT jsonb_agg(jsonb_build_object('role_key', r.role_key, 'role_name', r.role_name, 'name', r.name, \
         'opened_at', r.opened_at) ORDER BY r.opened_at, r.id) FROM announcement_receipt r \
         WHERE r.district_id = x.district_id AND r.announcement_id = x.id), '[]') AS readers \
     FROM announcement_delivery x JOIN district d ON d.id = x.district_id WHERE x.id = $1";

/// Which receipts.
#[derive(Clone, Copy, Debug)]
pub enum Only {
    /// All.
    All,
    /// Of districts where nobody opened it.
    Unopened,
    /// Of districts where nobody confirmed it.
    Unconfirmed,
}

/// Up to `limit` districts that an announcement reached, by code, after `after`.
///
/// # Errors
/// When the database refuses.
pub async fn receipts(
    tx: &OversightTx,
    id: AnnouncementId,
    only: Only,
    after: Option<String>,
    limit: u64,
    language: Language,
) -> ApiResult<Vec<AnnouncementReceipt>> {
    let mut query = Narrowed::new(RECEIPTS, vec![id.into()]);
    match only {
        Only::All => {}
        Only::Unopened => query.and("x.opened_at IS NULL", []),
        Only::Unconfirmed => query.and("x.confirmed_at IS NULL", []),
    }
    if let Some(after) = after {
        query.and("d.code > ?", [after.into()]);
    }
    let rows = query.first::<ReceiptRow>(tx, "d.code", limit).await?;
    rows.into_iter().map(|row| row.describe(language)).collect()
}

/// Who reads in a district.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The account.
    pub account: AccountId,
    /// Sees what is for coordinators only.
    pub as_coordinator: bool,
}

const RECEIVED: &str = "SELECT a.id, a.title, CASE WHEN a.withdrawn_at IS NULL THEN a.body ELSE '' END AS text, \
     CASE WHEN a.withdrawn_at IS NULL THEN a.link END AS link, a.must_confirm, NULLIF(a.sender, '') AS province_name, \
     a.sent_by_name, a.sent_at, a.replaces, a.replaced_by, a.withdrawn_at, a.withdrawn_reason, r.id IS NOT NULL AS is_read, \
     x.confirmed_at, x.confirmed_by_name \
     FROM announcement_delivery x JOIN announcement a ON a.id = x.id \
     LEFT JOIN announcement_receipt r ON r.district_id = x.district_id AND r.announcement_id = x.id AND r.account_id = $2 \
     WHERE x.district_id = $1 AND (a.roles = 'everyone' OR $3)";

fn to_district(tx: &TenantTx, reader: Reader) -> Narrowed {
    let values = vec![
        tx.district_id().into(),
        reader.account.into(),
        reader.as_coordinator.into(),
    ];
    Narrowed::new(RECEIVED, values)
}

/// Up to `limit` announcements that reached the district, the newest first, older than `before`.
///
/// # Errors
/// When the database refuses.
pub async fn received(
    tx: &TenantTx,
    reader: Reader,
    before: Option<AnnouncementId>,
    limit: u64,
) -> Result<Vec<Announcement>, DbErr> {
    let mut query = to_district(tx, reader);
    if let Some(before) = before {
        query.and("x.id < ?", [before.into()]);
    }
    query.first(tx, "x.id DESC", limit).await
}

/// One of them.
///
/// # Errors
/// When the database refuses.
pub async fn received_one(tx: &TenantTx, reader: Reader, id: AnnouncementId) -> Result<Option<Announcement>, DbErr> {
    let mut query = to_district(tx, reader);
    query.and("x.id = ?", [id.into()]);
    Ok(query.first(tx, "x.id", 1).await?.pop())
}

#[derive(FromQueryResult)]
struct Reached {
    district_id: DistrictId,
}

/// The districts that an announcement reached.
///
/// # Errors
/// When the database refuses.
pub async fn reached<C: ConnectionTrait>(tx: &C, id: AnnouncementId) -> Result<Vec<DistrictId>, DbErr> {
    let sql = "SELECT district_id FROM announcement_delivery WHERE id = $1 ORDER BY district_id";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [id.into()]);
    let rows = Reached::find_by_statement(statement).all(tx).await?;
    Ok(rows.into_iter().map(|row| row.district_id).collect())
}
