//! Reading a person's notices and wishes.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use entity::ids::{AccountId, NoticeId, NudgeId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::{
    kind::NoticeKind,
    rules::{Channel, Quiet, Rhythm, Wishes},
};
use crate::{
    db::SystemTx,
    error::{ApiError, ApiResult},
};

/// An archived district is told of to nobody of its own, except that it is archived.
macro_rules! in_reach {
    ($account:literal) => {
        concat!(
            "(n.district_id IS NULL AND n.province_code IS NULL OR EXISTS \
             (SELECT 1 FROM membership m LEFT JOIN district o ON o.id = m.district_id WHERE m.account_id = ",
            $account,
            " AND (m.scope = 'nation' OR m.province_code = n.province_code OR m.district_id = n.district_id \
             AND (o.status <> 'archived' OR n.kind = 'standing_changed'))))"
        )
    };
}

/// True for notices of areas where account `$1` still has a role: nobody is told of others, wherever it is.
pub(super) const IN_REACH: &str = in_reach!("$1");

/// The same for the account of each notice.
pub(super) const IN_REACH_OF_ITS_ACCOUNT: &str = in_reach!("n.account_id");

/// Which notices account `$1` sees behind the bell.
const VISIBLE: &str = concat!("n.account_id = $1 AND n.in_app AND ", in_reach!("$1"));

/// The clock of an account: of the district that the notice tells of when it is a member there, else of its own district,
/// else of its province, else of the capital. The placeholders are SQL expressions.
pub(super) fn zone(account: &str, district: &str) -> String {
    format!(
        "COALESCE((SELECT d.time_zone FROM membership m JOIN district d ON d.id = m.district_id \
             WHERE m.account_id = {account} ORDER BY (d.id = {district}) DESC NULLS LAST, m.created_at LIMIT 1), \
         (SELECT r.time_zone FROM membership m JOIN region r ON r.parent_code = m.province_code \
             WHERE m.account_id = {account} AND r.time_zone IS NOT NULL ORDER BY r.code LIMIT 1), 'Asia/Jakarta')"
    )
}

/// A notice as its reader sees it.
#[derive(Debug, FromQueryResult)]
pub struct Shown {
    /// Its id.
    pub id: NoticeId,
    /// What it is about.
    pub kind: String,
    /// What its sentences are made of.
    pub params: serde_json::Value,
    /// Where it leads.
    pub link: String,
    /// Code of the district that it tells of.
    pub district_code: Option<String>,
    /// When it happened.
    pub created_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

/// Up to `limit` notices of the account, the newest first, older than `before`.
///
/// # Errors
/// When the database refuses.
pub async fn page(
    tx: &SystemTx,
    account: AccountId,
    unread: bool,
    before: Option<NoticeId>,
    limit: u64,
) -> ApiResult<Vec<Shown>> {
    let sql = format!(
        "SELECT n.id, n.kind, n.params, n.link, d.code AS district_code, n.created_at, n.read_at \
         FROM notice n LEFT JOIN district d ON d.id = n.district_id \
         WHERE {VISIBLE} AND ($2::uuid IS NULL OR n.id < $2) AND (NOT $3 OR n.read_at IS NULL) ORDER BY n.id DESC LIMIT $4"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [
        account.into(),
        before.map(|id| id.0).into(),
        unread.into(),
        limit.into(),
    ];
    Ok(Shown::find_by_statement(statement(tx, &sql, values)).all(tx).await?)
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

/// How many notices nobody counts further than.
pub const COUNTED: i64 = 100;

/// How many notices of the account are unread, at most [`COUNTED`].
///
/// # Errors
/// When the database refuses.
pub async fn unread(tx: &SystemTx, account: AccountId) -> ApiResult<i64> {
    let sql = format!(
        "SELECT count(*) AS count FROM (SELECT 1 FROM notice n WHERE {VISIBLE} AND n.read_at IS NULL LIMIT {COUNTED}) few"
    );
    let row = Count::find_by_statement(statement(tx, &sql, [account.into()]))
        .one(tx)
        .await?;
    Ok(row.map_or(0, |row| row.count))
}

#[derive(FromQueryResult)]
struct JustRead {
    nudge_id: Option<NudgeId>,
}

/// Marks one notice read. `None` when there is none, else whether it was unread.
///
/// # Errors
/// When the database refuses.
pub async fn mark_read(tx: &SystemTx, account: AccountId, id: NoticeId) -> ApiResult<Option<bool>> {
    let condition = format!("n.id = $2 AND {VISIBLE}");
    if mark(tx, &condition, account, id).await? > 0 {
        return Ok(Some(true));
    }
    let sql = format!("SELECT count(*) AS count FROM notice n WHERE {condition}");
    let known = Count::find_by_statement(statement(tx, &sql, [account.into(), id.into()]))
        .one(tx)
        .await?;
    Ok(known.is_some_and(|row| row.count > 0).then_some(false))
}

/// Marks everything read that is not newer than `up_to`. Says how many notices were unread.
///
/// # Errors
/// When the database refuses.
pub async fn mark_all_read(tx: &SystemTx, account: AccountId, up_to: NoticeId) -> ApiResult<usize> {
    mark(tx, &format!("n.id <= $2 AND {VISIBLE}"), account, up_to).await
}

async fn mark(tx: &SystemTx, condition: &str, account: AccountId, id: NoticeId) -> ApiResult<usize> {
    let sql =
        format!("UPDATE notice n SET read_at = now() WHERE n.read_at IS NULL AND {condition} RETURNING n.nudge_id");
    let read = JustRead::find_by_statement(statement(tx, &sql, [account.into(), id.into()]))
        .all(tx)
        .await?;
    for nudge in read.iter().filter_map(|row| row.nudge_id) {
        note_opened(tx, nudge).await?;
    }
    Ok(read.len())
}

/// Who sent a nudge sees that it was read: in the nudge, and in the summary of its district.
async fn note_opened(tx: &SystemTx, nudge: NudgeId) -> ApiResult<()> {
    let opened = "UPDATE nudge SET opened_at = now() WHERE id = $1 AND opened_at IS NULL";
    let summary = "UPDATE readiness_summary s SET updated_at = now(), \
         last_nudge = jsonb_set(s.last_nudge, '{opened_at}', to_jsonb(n.opened_at)) \
         FROM nudge n WHERE n.id = $1 AND s.district_id = n.district_id AND s.last_nudge->>'id' = n.id::text";
    if tx
        .execute_raw(statement(tx, opened, [nudge.into()]))
        .await?
        .rows_affected()
        > 0
    {
        tx.execute_raw(statement(tx, summary, [nudge.into()])).await?;
    }
    Ok(())
}

/// Wishes as the table keeps them.
///
/// # Errors
/// 500 when the table holds what no wish can be.
pub fn wishes(
    channels: Option<serde_json::Value>,
    rhythm: Option<&str>,
    quiet: Option<(i16, i16)>,
) -> ApiResult<Wishes> {
    let channels = channels.unwrap_or_else(|| serde_json::json!({}));
    let words: BTreeMap<String, Channel> = serde_json::from_value(channels).map_err(ApiError::internal)?;
    let hour = |hour: i16| u32::try_from(hour).map_err(ApiError::internal);
    Ok(Wishes {
        // A kind that is no more was chosen for once.
        channels: words
            .into_iter()
            .filter_map(|(word, channel)| Some((NoticeKind::parse(&word)?, channel)))
            .collect(),
        rhythm: rhythm.and_then(Rhythm::parse).unwrap_or_default(),
        quiet: match quiet {
            Some((from, until)) => Some(Quiet {
                from: hour(from)?,
                until: hour(until)?,
            }),
            None => None,
        },
    })
}

#[derive(FromQueryResult)]
struct Zone {
    zone: String,
}

/// The clock of an account.
///
/// # Errors
/// When the database refuses.
pub async fn zone_of(tx: &SystemTx, account: AccountId) -> ApiResult<String> {
    let sql = format!("SELECT {} AS zone", zone("$1", "NULL::integer"));
    let row = Zone::find_by_statement(statement(tx, &sql, [account.into()]))
        .one(tx)
        .await?;
    row.map(|row| row.zone)
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("no time zone")))
}

/// A moment on somebody's clock, in the time of the world.
pub(super) fn world_time(local: NaiveDateTime, local_now: NaiveDateTime, now: DateTime<Utc>) -> DateTime<Utc> {
    now + (local - local_now)
}

fn statement<const N: usize>(tx: &SystemTx, sql: &str, values: [sea_orm::Value; N]) -> Statement {
    Statement::from_sql_and_values(tx.get_database_backend(), sql, values)
}
