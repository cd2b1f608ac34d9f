//! Regions of Indonesia: provinces, kabupaten/kota, kecamatan, desa/kelurahan with their Kemendagri codes.
//!
//! [`DDL`] makes the tables, [`load`] fills them from the files in `migration/data/regions` (their README names origin
//! and licence), and [`CHILDREN_SQL`] and [`SEARCH_SQL`] are the two questions the tables are built for.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use sqlx::{Connection, PgConnection};

mod data;
mod names;

pub use data::{Alias, DataFault, Dataset, Region, RegionLevel, read};
pub use names::{fold, search_key};

/// The tables `region`, `region_alias` and `region_search` with their indexes. Run once, by a migration.
pub const DDL: &str = include_str!("regions.sql");

/// One page of the regions below a parent, by name.
///
/// `$1` parent code, `$2` and `$3` folded name and code of the last row seen (both empty for the first page), `$4` rows.
/// The columns are those of [`SEARCH_SQL`].
pub const CHILDREN_SQL: &str = "
    SELECT code, level, parent_code, name, full_name, folded_name, bps_code, time_zone,
           0::smallint AS place, 0::smallint AS depth
    FROM region
    WHERE parent_code = $1 AND (folded_name, code) > ($2, $3)
    ORDER BY folded_name, code
    LIMIT $4";

/// Regions with a word that begins as the query does: names that begin so first, larger regions before smaller ones.
///
/// `$1` [`search_key`] of what was typed (ask for two letters at least), `$2` depth ([`RegionLevel::depth`]) or null for
/// all levels, `$3` code within which to search or null, `$4` to `$7` place, depth, folded name and code of the last row
/// seen (-1, 0 and two empty texts for the first page), `$8` rows.
pub const SEARCH_SQL: &str = "
    WITH hit AS (
        SELECT code, depth, min(place) AS place
        FROM region_search
        WHERE term >= $1 AND term < $1 || '~'
          AND ($2::smallint IS NULL OR depth = $2)
          AND ($3::text IS NULL OR code = $3 OR starts_with(code, $3 || '.'))
        GROUP BY code, depth
    )
    SELECT r.code, r.level, r.parent_code, r.name, r.full_name, r.folded_name, r.bps_code, r.time_zone,
           hit.place, hit.depth
    FROM hit JOIN region r ON r.code = hit.code
    WHERE (hit.place, hit.depth, r.folded_name, r.code) > ($4, $5, $6, $7)
    ORDER BY hit.place, hit.depth, r.folded_name, r.code
    LIMIT $8";

/// How many rows of each kind [`load`] found in the files; after it the tables hold at least these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RegionCounts {
    /// Provinces.
    pub provinces: usize,
    /// Kabupaten and kota.
    pub regencies: usize,
    /// Kecamatan.
    pub subdistricts: usize,
    /// Desa and kelurahan.
    pub villages: usize,
    /// Aliases.
    pub aliases: usize,
    /// Search terms.
    pub search_terms: usize,
    /// Rows of `region` that were new or differed from the files.
    pub written: u64,
}

/// Why the regions could not be loaded.
#[derive(Debug)]
pub enum RegionError {
    /// An embedded file is faulty.
    Data(DataFault),
    /// The database refused.
    Database(sqlx::Error),
}

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data(fault) => write!(f, "region data: {fault}"),
            Self::Database(_) => f.write_str("the regions could not be written to the database"),
        }
    }
}

impl std::error::Error for RegionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Data(fault) => Some(fault),
            Self::Database(error) => Some(error),
        }
    }
}

impl From<DataFault> for RegionError {
    fn from(fault: DataFault) -> Self {
        Self::Data(fault)
    }
}

impl From<sqlx::Error> for RegionError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// Loads the files if they differ from the ones loaded last. Comparing costs milliseconds, loading seconds.
///
/// # Errors
/// As [`load`].
pub async fn load_if_changed(connection: &mut PgConnection) -> Result<Option<RegionCounts>, RegionError> {
    let fingerprint = data::fingerprint();
    let loaded: Option<String> = sqlx::query_scalar("SELECT fingerprint FROM reference_load WHERE name = 'regions'")
        .fetch_optional(&mut *connection)
        .await?;
    if loaded.as_ref() == Some(&fingerprint) {
        return Ok(None);
    }
    let counts = load(connection).await?;
    sqlx::query(
        "INSERT INTO reference_load (name, fingerprint) VALUES ('regions', $1)
         ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint, loaded_at = now()",
    )
    .bind(fingerprint)
    .execute(connection)
    .await?;
    Ok(Some(counts))
}

/// Writes all regions, aliases and search terms in one transaction; loading again changes only what differs.
///
/// Regions that a newer file no longer holds stay, since districts may refer to them; aliases and search terms are
/// derived data and follow the files exactly.
///
/// # Errors
/// [`RegionError::Data`] when an embedded file is faulty, [`RegionError::Database`] when PostgreSQL refuses; nothing is
/// written then.
pub async fn load(connection: &mut PgConnection) -> Result<RegionCounts, RegionError> {
    let data = read()?;
    let mut transaction = connection.begin().await?;
    let written = write_regions(&mut transaction, &data.regions).await?;
    write_aliases(&mut transaction, &data.aliases).await?;
    let search_terms = write_search(&mut transaction, &data).await?;
    transaction.commit().await?;
    // Without statistics the planner scans the fresh tables until autovacuum comes by.
    sqlx::raw_sql("ANALYZE region, region_alias, region_search")
        .execute(connection)
        .await?;
    let count = |level| data.regions.iter().filter(|region| region.level == level).count();
    Ok(RegionCounts {
        provinces: count(RegionLevel::Province),
        regencies: count(RegionLevel::Regency),
        subdistricts: count(RegionLevel::Subdistrict),
        villages: count(RegionLevel::Village),
        aliases: data.aliases.len(),
        search_terms,
        written,
    })
}

async fn write_regions(connection: &mut PgConnection, regions: &[Region]) -> Result<u64, sqlx::Error> {
    let column = |field: fn(&Region) -> &str| regions.iter().map(field).collect::<Vec<_>>();
    let optional = |field: fn(&Region) -> Option<&str>| regions.iter().map(field).collect::<Vec<_>>();
    let folded: Vec<String> = regions.iter().map(|region| fold(&region.name)).collect();
    let done = sqlx::query(
        "INSERT INTO region (code, level, parent_code, name, full_name, folded_name, bps_code, time_zone)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         ON CONFLICT (code) DO UPDATE SET
             level = excluded.level, parent_code = excluded.parent_code, name = excluded.name,
             full_name = excluded.full_name, folded_name = excluded.folded_name,
             bps_code = excluded.bps_code, time_zone = excluded.time_zone
         WHERE (region.level, region.parent_code, region.name, region.full_name, region.folded_name,
                region.bps_code, region.time_zone)
             IS DISTINCT FROM (excluded.level, excluded.parent_code, excluded.name, excluded.full_name,
                excluded.folded_name, excluded.bps_code, excluded.time_zone)",
    )
    .bind(column(|region| &region.code))
    .bind(column(|region| region.level.as_str()))
    .bind(optional(|region| region.parent_code.as_deref()))
    .bind(column(|region| &region.name))
    .bind(column(|region| &region.full_name))
    .bind(folded)
    .bind(optional(|region| region.bps_code.as_deref()))
    .bind(optional(|region| region.time_zone.as_deref()))
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

async fn write_aliases(connection: &mut PgConnection, aliases: &[Alias]) -> Result<(), sqlx::Error> {
    let column = |field: fn(&Alias) -> &str| aliases.iter().map(field).collect::<Vec<_>>();
    let folded: Vec<String> = aliases.iter().map(|alias| fold(&alias.alias)).collect();
    sqlx::query("DELETE FROM region_alias")
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO region_alias (region_code, alias, folded_alias, kind, source)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])",
    )
    .bind(column(|alias| &alias.region_code))
    .bind(column(|alias| &alias.alias))
    .bind(folded)
    .bind(column(|alias| &alias.kind))
    .bind(column(|alias| &alias.source))
    .execute(connection)
    .await?;
    Ok(())
}

/// Rewrites `region_search` where it differs from the files; returns how many terms there are.
async fn write_search(connection: &mut PgConnection, data: &Dataset) -> Result<usize, sqlx::Error> {
    let terms = search_index(data);
    let mut columns = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for ((term, code), (depth, place)) in &terms {
        columns.0.push(term.as_str());
        columns.1.push(*code);
        columns.2.push(*depth);
        columns.3.push(*place);
    }
    let (terms_column, codes, depths, places) = columns;
    sqlx::query(
        "WITH wanted AS (
             SELECT * FROM unnest($1::text[], $2::text[], $3::smallint[], $4::smallint[]) AS w (term, code, depth, place)
         ), gone AS (
             DELETE FROM region_search s
             WHERE NOT EXISTS (SELECT FROM wanted w WHERE w.term = s.term COLLATE \"C\" AND w.code = s.code COLLATE \"C\")
         )
         INSERT INTO region_search (term, code, depth, place) SELECT * FROM wanted
         ON CONFLICT (term, code) DO UPDATE SET depth = excluded.depth, place = excluded.place
         WHERE (region_search.depth, region_search.place) <> (excluded.depth, excluded.place)",
    )
    .bind(terms_column)
    .bind(codes)
    .bind(depths)
    .bind(places)
    .execute(connection)
    .await?;
    Ok(terms.len())
}

/// Every search term with its region; a term that a region has twice keeps its better place. Sorted, so that the primary
/// key is filled from one end.
fn search_index(data: &Dataset) -> BTreeMap<(String, &str), (i16, i16)> {
    let mut index = BTreeMap::new();
    let mut add = |code, level: RegionLevel, name: &str, whole_only: bool| {
        let terms = names::search_terms(name).into_iter();
        for (term, place) in terms.take(if whole_only { 1 } else { usize::MAX }) {
            let entry = index.entry((term, code)).or_insert((level.depth(), place));
            entry.1 = entry.1.min(place);
        }
    };
    let mut levels = HashMap::new();
    for region in &data.regions {
        add(region.code.as_str(), region.level, &region.name, false);
        // People type "kota pare": only kabupaten and kota, where the kind tells two regions of one name apart.
        if region.level == RegionLevel::Regency {
            add(region.code.as_str(), region.level, &region.full_name, true);
        }
        levels.insert(region.code.as_str(), region.level);
    }
    for alias in &data.aliases {
        if let Some(level) = levels.get(alias.region_code.as_str()) {
            add(alias.region_code.as_str(), *level, &alias.alias, false);
        }
    }
    index
}
