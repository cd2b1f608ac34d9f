//! Looking up regions.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

/// A region as the API shows it.
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
}

/// What to look for.
#[derive(Debug, Default)]
pub struct RegionFilter<'a> {
    /// One level.
    pub level: Option<&'a str>,
    /// Children of this region.
    pub parent: Option<&'a str>,
    /// Regions one of whose words begins with this (folded).
    pub prefix: Option<&'a str>,
    /// Continue after this name and code.
    pub after: Option<(String, String)>,
}

/// Regions by name, at most `limit`.
///
/// # Errors
/// When the database refuses.
pub async fn list<C: ConnectionTrait>(db: &C, filter: RegionFilter<'_>, limit: u64) -> Result<Vec<RegionRow>, DbErr> {
    let mut values: Vec<Value> = Vec::new();
    let mut conditions: Vec<String> = Vec::new();
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(level) = filter.level {
        conditions.push(format!("r.level = {}", bind(level.into())));
    }
    if let Some(parent) = filter.parent {
        conditions.push(format!("r.parent_code = {}", bind(parent.into())));
    }
    if let Some(prefix) = filter.prefix {
        // A range instead of LIKE: it uses the index whatever the collation, and needs no escaping.
        let from = bind(prefix.into());
        let to = bind(format!("{prefix}\u{10FFFF}").into());
        conditions.push(format!(
            "r.code IN (SELECT s.code FROM region_search s WHERE s.token >= {from} AND s.token < {to})"
        ));
    }
    if let Some((name, code)) = filter.after {
        conditions.push(format!("(r.folded_name, r.code) > ({}, {})", bind(name.into()), bind(code.into())));
    }
    let condition = if conditions.is_empty() { "TRUE".to_owned() } else { conditions.join(" AND ") };
    let limit = bind(i64::try_from(limit).unwrap_or(i64::MAX).into());
    let sql = format!(
        "SELECT r.code, r.level, r.parent_code, r.name, r.full_name, r.folded_name, r.bps_code, r.time_zone \
         FROM region r WHERE {condition} ORDER BY r.folded_name, r.code LIMIT {limit}"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    RegionRow::find_by_statement(statement).all(db).await
}
