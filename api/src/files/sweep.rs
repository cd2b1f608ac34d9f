//! Collecting content that belongs to no row: uploads that were cut off, and content whose transaction failed after the
//! content was in its place. (In a bucket, parts of uploads that were cut off are invisible here: give the bucket a rule
//! that aborts incomplete multipart uploads.)

use anyhow::Result;
use chrono::{Duration, Utc};
use entity::{file_object, system_file_object};
use futures_util::TryStreamExt;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{FileStore, objects, store::Space};
use crate::db::{Db, Origin};

/// Nothing younger is looked at: an upload may still be on its way.
fn min_age() -> Duration {
    Duration::hours(24)
}

/// Removes uploads that nobody finished. Returns how many.
///
/// # Errors
/// When the store cannot be used.
pub async fn staged(store: &FileStore) -> Result<usize> {
    let old = Utc::now() - min_age();
    let mut removed = 0;
    let mut objects = store.list_staged();
    while let Some(meta) = objects.try_next().await? {
        if meta.last_modified < old {
            store.remove(&meta.location).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Removes content without a row. Returns how much.
///
/// # Errors
/// When the store or the database cannot be used.
pub async fn orphans(db: &Db, store: &FileStore) -> Result<usize> {
    let mut removed = 0;
    for space in store.spaces().await? {
        removed += orphans_of(db, store, space, min_age()).await?;
    }
    Ok(removed)
}

/// Removes the content of a file of the installation whose row has gone, however young it is, unless another row has it.
///
/// # Errors
/// When the store or the database cannot be used.
pub async fn replaced(db: &Db, store: &FileStore, sha256: &[u8]) -> Result<()> {
    let tx = db.system(Origin::system("files")).await?;
    objects::lock(&tx, Space::System, "pg_advisory_xact_lock")
        .await
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let rows = system_file_object::Entity::find().filter(system_file_object::Column::Sha256.eq(sha256));
    if rows.count(&tx).await? == 0 {
        store.remove_content(Space::System, sha256).await?;
    }
    Ok(())
}

async fn orphans_of(db: &Db, store: &FileStore, space: Space, min_age: Duration) -> Result<usize> {
    let old = Utc::now() - min_age;
    let mut removed = 0;
    let mut objects = store.list(space);
    while let Some((meta, hash)) = objects.try_next().await? {
        if meta.last_modified < old && !has_row(db, space, &hash).await? {
            removed += usize::from(remove_orphan(db, store, space, &hash, &meta.location).await?);
        }
    }
    Ok(removed)
}

/// Looks without a lock: almost everything has a row.
async fn has_row(db: &Db, space: Space, hash: &[u8]) -> Result<bool> {
    Ok(match space {
        Space::District(district) => {
            let tx = db.tenant(district, Origin::system("files")).await?;
            let rows = tx
                .find::<file_object::Entity>()
                .filter(file_object::Column::Sha256.eq(hash));
            rows.count(&tx).await? > 0
        }
        Space::System => {
            let tx = db.system(Origin::system("files")).await?;
            let rows = system_file_object::Entity::find().filter(system_file_object::Column::Sha256.eq(hash));
            rows.count(&tx).await? > 0
        }
    })
}

/// Looks again while no upload can be between content and row (see [`objects::lock_space`]).
async fn remove_orphan(
    db: &Db,
    store: &FileStore,
    space: Space,
    hash: &[u8],
    path: &object_store::path::Path,
) -> Result<bool> {
    let lock_holder = db.system(Origin::system("files")).await?;
    objects::lock(&lock_holder, space, "pg_advisory_xact_lock")
        .await
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    if has_row(db, space, hash).await? {
        return Ok(false);
    }
    store.remove(path).await?;
    drop(lock_holder);
    Ok(true)
}
