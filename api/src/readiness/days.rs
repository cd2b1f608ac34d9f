//! What is kept of each day on which a district's facts changed, so that its readiness on any past day can be worked out
//! again, by the measure of that day or by any version (ADR 14).
//!
//! One row a district and day at most, written by [`super::refresh`] only when the facts differ from those kept last. The
//! facts of a day without a row are those of the last day before it that has one.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use sha2::{Digest, Sha256};

use super::day_facts::{DayFacts, FORMAT};
use crate::{
    day,
    db::TenantTx,
    error::{ApiError, ApiResult, ErrorCode, Text},
};

/// The day is asked of the clock at this moment and not of the transaction's beginning: writers take turns, so who writes
/// after midnight what waited since before it belongs to the new day, and no day misses what its row was written before.
const KEEP: &str = "INSERT INTO readiness_day (district_id, id, format, facts, facts_hash) \
     SELECT $1, clock.today, $2, $3::jsonb, $4 \
     FROM (SELECT (clock_timestamp() AT TIME ZONE time_zone)::date AS today FROM district WHERE id = $1) AS clock \
     WHERE $4 IS DISTINCT FROM (SELECT facts_hash FROM readiness_day \
         WHERE district_id = $1 AND id <= clock.today ORDER BY id DESC LIMIT 1) \
     ON CONFLICT (district_id, id) DO UPDATE SET format = excluded.format, facts = excluded.facts, \
     facts_hash = excluded.facts_hash, kept_at = now()";

/// Keeps the facts as those of today, where they differ from what is kept. To be called in the district's turn.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep(tx: &TenantTx, facts: &DayFacts) -> ApiResult<()> {
    let (json, hash) = written(facts)?;
    let values = [tx.district_id().into(), FORMAT.into(), json.into(), hash.into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), KEEP, values))
        .await?;
    Ok(())
}

/// Keeps facts as those of a day that is over: for the demo, which says when its districts did what it loads.
///
/// # Errors
/// When the database refuses, also when something is kept of that day.
pub async fn date_back(tx: &TenantTx, facts: &DayFacts, to: NaiveDate) -> ApiResult<()> {
    // The database adds no day to the past unless told so, until the transaction ends.
    dating_back(tx, "SET LOCAL app.dates_back = 'on'").await?;
    let sql =
        "INSERT INTO readiness_day (district_id, id, format, facts, facts_hash) VALUES ($1, $2, $3, $4::jsonb, $5)";
    let (json, hash) = written(facts)?;
    let values = [
        tx.district_id().into(),
        to.into(),
        FORMAT.into(),
        json.into(),
        hash.into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    dating_back(tx, "SET LOCAL app.dates_back = 'off'").await
}

async fn dating_back(tx: &TenantTx, setting: &str) -> ApiResult<()> {
    tx.execute_raw(Statement::from_string(tx.get_database_backend(), setting))
        .await?;
    Ok(())
}

/// The facts as they are kept, and their fingerprint.
fn written(facts: &DayFacts) -> ApiResult<(String, String)> {
    let json = serde_json::to_string(facts).map_err(ApiError::internal)?;
    let hash = hex::encode(Sha256::digest(format!("{FORMAT}:{json}")));
    Ok((json, hash))
}

/// The facts of a day.
#[derive(Debug)]
pub(super) struct Kept {
    /// The day on which they last changed until then.
    pub since: NaiveDate,
    /// When they were written.
    pub kept_at: DateTime<Utc>,
    /// The facts.
    pub facts: DayFacts,
}

#[derive(FromQueryResult)]
struct Row {
    id: NaiveDate,
    kept_at: DateTime<Utc>,
    format: i16,
    facts: serde_json::Value,
}

#[derive(FromQueryResult)]
struct First {
    id: Option<NaiveDate>,
}

/// The facts of a district on a day, at its end.
///
/// # Errors
/// 404 when nothing is kept of that day, or it is kept in a form that this program does not read.
pub(super) async fn of_day(tx: &TenantTx, day: NaiveDate) -> ApiResult<Kept> {
    let sql = "SELECT id, kept_at, format, facts FROM readiness_day WHERE district_id = $1 AND id <= $2 ORDER BY id DESC LIMIT 1";
    let values = [tx.district_id().into(), day.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let Some(row) = Row::find_by_statement(statement).one(tx).await? else {
        return Err(not_kept(first(tx).await?));
    };
    read(row)
}

fn read(row: Row) -> ApiResult<Kept> {
    if row.format != FORMAT {
        return Err(ApiError::new(ErrorCode::DayNotKept).detail(Text::fixed(
            "Keadaan hari itu disimpan oleh versi Satu Pintu lain dalam bentuk yang tidak dibaca versi ini.",
            "That day was kept by another version of Satu Pintu in a form that this one does not read.",
        )));
    }
    Ok(Kept {
        since: row.id,
        kept_at: row.kept_at,
        facts: serde_json::from_value(row.facts).map_err(ApiError::internal)?,
    })
}

async fn first(tx: &TenantTx) -> ApiResult<Option<NaiveDate>> {
    let sql = "SELECT min(id) AS id FROM readiness_day WHERE district_id = $1";
    let values = [tx.district_id().into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(First::find_by_statement(statement)
        .one(tx)
        .await?
        .and_then(|first| first.id))
}

fn not_kept(first: Option<NaiveDate>) -> ApiError {
    let error = ApiError::new(ErrorCode::DayNotKept);
    match first {
        Some(first) => {
            let since = day::in_words(first);
            error.detail(Text::new(
                format!("Keadaan daerah ini disimpan sejak {}.", since.id),
                format!("What this district had is kept since {}.", since.en),
            ))
        }
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_program_kept_is_said_to_be_unreadable() {
        let of_format = |format| Row {
            id: NaiveDate::default(),
            kept_at: DateTime::default(),
            format,
            facts: serde_json::to_value(DayFacts::default()).unwrap(),
        };
        assert_eq!(read(of_format(FORMAT)).unwrap().facts, DayFacts::default());
        let error = read(of_format(FORMAT + 1)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::DayNotKept);
        assert!(error.detail_text().is_some());
    }
}
