//! The one row of boundaries.

use chrono::{DateTime, Utc};
use entity::{boundary_set, region};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    prepare::{BoundaryRegency, Prepared},
    read::Regencies,
};
use crate::{
    audit::{self, Change},
    db::{SystemTx, Transaction},
    error::{ApiError, ApiResult, ErrorCode},
};

/// The boundaries that are loaded, if any.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Boundaries {
    /// Null when none are: the map is one of tiles then.
    pub loaded: Option<BoundarySet>,
}

/// Boundaries that are loaded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoundarySet {
    /// Name of the file.
    #[schema(example = "batas-kabupaten.geojson")]
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: String,
    /// Whose boundaries they are; shown below the map.
    #[schema(example = "Badan Informasi Geospasial, 2025")]
    pub source: String,
    /// Under which terms they may be shown.
    #[schema(example = "CC BY 4.0")]
    pub licence: String,
    /// How many kabupaten/kota have a shape.
    #[schema(example = 513)]
    pub matched: i32,
    /// Those that had none when the file was loaded.
    pub missing: Vec<BoundaryRegency>,
    /// Points in the file.
    pub points_read: i32,
    /// Points that are left for drawing.
    pub points_kept: i32,
    /// Bytes of the topology.
    pub size: i32,
    /// Bytes of the topology as browsers load it, compressed.
    pub compressed_size: i32,
    /// What the topology is known by; another one has another.
    pub topology_hash: String,
    /// Who loaded it.
    pub loaded_by_name: String,
    /// When.
    pub loaded_at: DateTime<Utc>,
}

/// Where a set comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: [u8; 32],
    /// Whose boundaries they are.
    pub source: String,
    /// Under which terms.
    pub licence: String,
}

/// The row without the topology.
#[derive(FromQueryResult)]
struct Row {
    file_name: Option<String>,
    file_hash: Option<Vec<u8>>,
    source: Option<String>,
    licence: Option<String>,
    matched: Option<i32>,
    missing: Option<serde_json::Value>,
    points_read: Option<i32>,
    points_kept: Option<i32>,
    topology_size: Option<i32>,
    compressed_size: Option<i32>,
    topology_hash: Option<Vec<u8>>,
    loaded_by_name: Option<String>,
    loaded_at: Option<DateTime<Utc>>,
    version: i32,
}

impl Row {
    fn set(self) -> Option<BoundarySet> {
        Some(BoundarySet {
            file_name: self.file_name?,
            file_hash: hex::encode(self.file_hash?),
            source: self.source?,
            licence: self.licence?,
            matched: self.matched?,
            missing: serde_json::from_value(self.missing?).ok()?,
            points_read: self.points_read?,
            points_kept: self.points_kept?,
            size: self.topology_size?,
            compressed_size: self.compressed_size?,
            topology_hash: hex::encode(self.topology_hash?),
            loaded_by_name: self.loaded_by_name?,
            loaded_at: self.loaded_at?,
        })
    }
}

async fn row<C: ConnectionTrait>(db: &C, is_for_update: bool) -> ApiResult<Row> {
    use boundary_set::Column as C;
    let mut select = boundary_set::Entity::find().select_only().columns([
        C::FileName,
        C::FileHash,
        C::Source,
        C::Licence,
        C::Matched,
        C::Missing,
        C::PointsRead,
        C::PointsKept,
        C::TopologySize,
        C::TopologyHash,
        C::LoadedByName,
        C::LoadedAt,
        C::Version,
    ]);
    select = select.column_as(
        sea_orm::sea_query::Expr::cust("octet_length(topology)"),
        "compressed_size",
    );
    if is_for_update {
        select = select.lock_exclusive();
    }
    let row = select.into_model::<Row>().one(db).await?;
    row.ok_or_else(|| ApiError::internal(anyhow::anyhow!("the boundaries have no row")))
}

/// What is loaded, with its version.
///
/// # Errors
/// When the database cannot be asked.
pub async fn current<C: ConnectionTrait>(db: &C) -> ApiResult<(i32, Option<BoundarySet>)> {
    let row = row(db, false).await?;
    Ok((row.version, row.set()))
}

#[derive(FromQueryResult)]
struct Hash {
    topology_hash: Option<Vec<u8>>,
}

#[derive(FromQueryResult)]
struct Packed {
    topology_hash: Option<Vec<u8>>,
    topology: Option<Vec<u8>>,
}

/// The hash of the topology, if there is one.
///
/// # Errors
/// When the database cannot be asked.
pub async fn topology_hash<C: ConnectionTrait>(db: &C) -> ApiResult<Option<Vec<u8>>> {
    let select = boundary_set::Entity::find().select_only();
    let hash = select
        .column(boundary_set::Column::TopologyHash)
        .into_model::<Hash>()
        .one(db)
        .await?;
    Ok(hash.and_then(|hash| hash.topology_hash))
}

/// The topology with its hash, of one row: JSON, compressed with gzip.
///
/// # Errors
/// 404 when none is loaded.
pub async fn topology<C: ConnectionTrait>(db: &C) -> ApiResult<(Vec<u8>, Vec<u8>)> {
    let select = boundary_set::Entity::find().select_only();
    let packed = select
        .columns([boundary_set::Column::TopologyHash, boundary_set::Column::Topology])
        .into_model::<Packed>()
        .one(db)
        .await?;
    let both = packed.and_then(|packed| packed.topology_hash.zip(packed.topology));
    Ok(both.ok_or(ErrorCode::NotFound)?)
}

/// Names of all kabupaten/kota by code.
///
/// # Errors
/// When the database cannot be asked.
pub async fn regencies<C: ConnectionTrait>(db: &C) -> ApiResult<Regencies> {
    let rows = region::Entity::find()
        .filter(region::Column::Level.eq("regency"))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.full_name)).collect())
}

/// Keeps boundaries in place of what was loaded before.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &SystemTx, prepared: Prepared, origin: Origin) -> ApiResult<(i32, BoundarySet)> {
    let before = row(tx, true).await?;
    let version = before.version + 1;
    let whole = |number: usize| i32::try_from(number).map_err(ApiError::internal);
    let now = Utc::now();
    boundary_set::ActiveModel {
        id: Set(1),
        file_name: Set(Some(origin.file_name)),
        file_hash: Set(Some(origin.file_hash.to_vec())),
        source: Set(Some(origin.source)),
        licence: Set(Some(origin.licence)),
        matched: Set(Some(whole(prepared.matched)?)),
        missing: Set(Some(
            serde_json::to_value(&prepared.missing).map_err(ApiError::internal)?,
        )),
        points_read: Set(Some(whole(prepared.points_read)?)),
        points_kept: Set(Some(whole(prepared.points_kept)?)),
        topology: Set(Some(prepared.gzip)),
        topology_size: Set(Some(whole(prepared.size)?)),
        topology_hash: Set(Some(prepared.hash.to_vec())),
        loaded_by_name: Set(Some(tx.origin().actor_name.clone())),
        loaded_at: Set(Some(now)),
        version: Set(version),
        created_at: sea_orm::ActiveValue::NotSet,
        updated_at: Set(now),
    }
    .update(tx)
    .await?;
    let set = row(tx, false).await?.set();
    let set = set.ok_or_else(|| ApiError::internal(anyhow::anyhow!("the boundaries are not there")))?;
    let change = Change::of("load", "boundary_set", 1).after(&set);
    let change = match before.set() {
        Some(before) => change.before(before),
        None => change,
    };
    audit::record(tx, change).await?;
    Ok((version, set))
}

/// Removes what is loaded. `expected` is the version that the caller has seen, if it saw one.
///
/// # Errors
/// 404 when nothing is loaded, 412 when something else is.
pub async fn remove(tx: &SystemTx, expected: Option<i32>) -> ApiResult<BoundarySet> {
    let before = row(tx, true).await?;
    let version = before.version;
    let set = before.set().ok_or(ErrorCode::NotFound)?;
    if expected.is_some_and(|expected| expected != version) {
        return Err(ErrorCode::Stale.into());
    }
    boundary_set::ActiveModel {
        id: Set(1),
        file_name: Set(None),
        file_hash: Set(None),
        source: Set(None),
        licence: Set(None),
        matched: Set(None),
        missing: Set(None),
        points_read: Set(None),
        points_kept: Set(None),
        topology: Set(None),
        topology_size: Set(None),
        topology_hash: Set(None),
        loaded_by_name: Set(None),
        loaded_at: Set(None),
        version: Set(version + 1),
        created_at: sea_orm::ActiveValue::NotSet,
        updated_at: Set(Utc::now()),
    }
    .update(tx)
    .await?;
    audit::record(tx, Change::of("delete", "boundary_set", 1).before(&set)).await?;
    Ok(set)
}
