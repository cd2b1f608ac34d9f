//! Gathering what the rules look at from the district's rows.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{evidence, file_object, ids::*, item_progress, item_review, readiness_summary, setup_record};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};

use super::configuration::Places;
use crate::{
    db::TenantTx,
    error::{ApiError, ApiResult, Text},
    http::Checks,
};

#[derive(FromQueryResult)]
struct TodayRow {
    today: NaiveDate,
}

/// The day it is in the district.
///
/// # Errors
/// When the database cannot be asked.
pub async fn today(tx: &TenantTx) -> ApiResult<NaiveDate> {
    let sql = "SELECT (now() AT TIME ZONE time_zone)::date AS today FROM district WHERE id = $1";
    let row = TodayRow::find_by_statement(in_district(tx, sql)).one(tx).await?;
    row.map(|row| row.today)
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("no district {}", tx.district_id())))
}

/// Evidence that was not withdrawn, the oldest first.
///
/// # Errors
/// When the database cannot be asked.
pub async fn evidence(tx: &TenantTx) -> ApiResult<Vec<evidence::Model>> {
    let select = tx
        .find::<evidence::Entity>()
        .filter(evidence::Column::Status.ne("withdrawn"))
        .order_by_asc(evidence::Column::Id);
    Ok(select.all(tx).await?)
}

/// The last decision on each item.
///
/// # Errors
/// When the database cannot be asked.
pub async fn last_reviews(tx: &TenantTx) -> ApiResult<HashMap<String, item_review::Model>> {
    let rows = tx
        .find::<item_review::Entity>()
        .order_by_asc(item_review::Column::Id)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.item_code.clone(), row)).collect())
}

/// Who looks after each item.
///
/// # Errors
/// When the database cannot be asked.
pub async fn progress(tx: &TenantTx) -> ApiResult<HashMap<String, item_progress::Model>> {
    let rows = tx.find::<item_progress::Entity>().all(tx).await?;
    Ok(rows.into_iter().map(|row| (row.item_code.clone(), row)).collect())
}

/// Since when all components are complete, as the summary remembers it.
///
/// # Errors
/// When the database cannot be asked.
pub async fn all_complete_since(tx: &TenantTx) -> ApiResult<Option<NaiveDate>> {
    let row = tx.find::<readiness_summary::Entity>().one(tx).await?;
    Ok(row.and_then(|row| row.all_complete_since))
}

/// The day of the last thing that the district did, as the summary has it.
///
/// # Errors
/// When the database cannot be asked.
pub async fn last_progress_on(tx: &TenantTx) -> ApiResult<Option<NaiveDate>> {
    let row = tx.find::<readiness_summary::Entity>().one(tx).await?;
    Ok(row.and_then(|row| row.last_progress_on))
}

#[derive(FromQueryResult)]
struct AreaRow {
    subdistricts: i64,
    villages: i64,
}

/// How many subdistricts and villages the district has.
///
/// # Errors
/// When the database cannot be asked.
pub async fn places(tx: &TenantTx) -> ApiResult<Places> {
    let sql = "SELECT count(*) FILTER (WHERE r.level = 'subdistrict') AS subdistricts, \
               count(*) FILTER (WHERE r.level = 'village') AS villages \
               FROM district d JOIN region r ON r.code > d.code || '.' AND r.code < d.code || '/' WHERE d.id = $1";
    let row = AreaRow::find_by_statement(in_district(tx, sql)).one(tx).await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(row.map_or_else(Places::default, |row| Places {
        subdistricts: count(row.subdistricts),
        villages: count(row.villages),
    }))
}

/// A statement whose `$1` is the district.
fn in_district(tx: &TenantTx, sql: &str) -> Statement {
    Statement::from_sql_and_values(tx.get_database_backend(), sql, [tx.district_id().into()])
}

/// Checks that a file and a setup record exist in this district.
///
/// # Errors
/// When the database cannot be asked.
pub async fn check_links(
    tx: &TenantTx,
    checks: &mut Checks,
    file: Option<FileObjectId>,
    record: Option<SetupRecordId>,
) -> ApiResult<()> {
    if let Some(id) = file {
        let select = tx.find::<file_object::Entity>().filter(file_object::Column::Id.eq(id));
        let text = Text::fixed(
            "Berkas ini tidak ada. Unggah lagi.",
            "There is no such file. Upload it again.",
        );
        checks.ensure(select.one(tx).await?.is_some(), "file_id", "not_found", text);
    }
    if let Some(id) = record {
        let select = tx
            .find::<setup_record::Entity>()
            .filter(setup_record::Column::Id.eq(id))
            .filter(setup_record::Column::ArchivedAt.is_null());
        let text = Text::fixed(
            "Data persiapan ini tidak ada atau diarsipkan.",
            "This setup record does not exist or is archived.",
        );
        checks.ensure(select.one(tx).await?.is_some(), "record_id", "not_found", text);
    }
    Ok(())
}
