//! Looking up regions. The statements live beside the tables, in [`migration::regions`].

use migration::regions::{CHILDREN_SQL, RegionLevel, SEARCH_SQL};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};
use serde::{Deserialize, Serialize};

/// A region and its place in the list.
#[derive(Debug, FromQueryResult)]
pub struct RegionRow {
    pub code: String,
    pub level: String,
    pub parent_code: Option<String>,
    pub name: String,
    pub full_name: String,
    pub folded_name: String,
    pub bps_code: Option<String>,
    pub time_zone: Option<String>,
    pub place: i16,
    pub depth: i16,
}

/// Where a page begins: after this row.
#[derive(Debug, Deserialize, Serialize)]
pub struct RegionCursor {
    place: i16,
    depth: i16,
    folded_name: String,
    code: String,
}

impl RegionCursor {
    /// The row after which the next page begins.
    #[must_use]
    pub fn after(row: &RegionRow) -> Self {
        Self {
            place: row.place,
            depth: row.depth,
            folded_name: row.folded_name.clone(),
            code: row.code.clone(),
        }
    }

    const fn start() -> Self {
        Self {
            place: -1,
            depth: 0,
            folded_name: String::new(),
            code: String::new(),
        }
    }
}

/// Regions with a word that begins like `key` (see [`migration::regions::search_key`]), at `level`, within `within`.
///
/// # Errors
/// When the database refuses.
pub async fn search<C: ConnectionTrait>(
    db: &C,
    key: &str,
    level: Option<RegionLevel>,
    within: Option<&str>,
    after: Option<RegionCursor>,
    limit: i64,
) -> Result<Vec<RegionRow>, DbErr> {
    let after = after.unwrap_or_else(RegionCursor::start);
    find(
        db,
        SEARCH_SQL.to_owned(),
        vec![
            key.into(),
            level.map(|level| i32::from(level.depth())).into(),
            within.map(str::to_owned).into(),
            i32::from(after.place).into(),
            i32::from(after.depth).into(),
            after.folded_name.into(),
            after.code.into(),
            limit.into(),
        ],
    )
    .await
}

/// The regions directly below `parent` by name; the provinces without one.
///
/// # Errors
/// When the database refuses.
pub async fn children<C: ConnectionTrait>(
    db: &C,
    parent: Option<&str>,
    after: Option<RegionCursor>,
    limit: i64,
) -> Result<Vec<RegionRow>, DbErr> {
    let after = after.unwrap_or_else(RegionCursor::start);
    let (condition, key) = match parent {
        Some(parent) => ("parent_code = $1", parent),
        None => ("level = $1", "province"),
    };
    let sql = CHILDREN_SQL.replace("parent_code = $1", condition);
    find(
        db,
        sql,
        vec![key.into(), after.folded_name.into(), after.code.into(), limit.into()],
    )
    .await
}

async fn find<C: ConnectionTrait>(db: &C, sql: String, values: Vec<Value>) -> Result<Vec<RegionRow>, DbErr> {
    RegionRow::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
        .all(db)
        .await
}
