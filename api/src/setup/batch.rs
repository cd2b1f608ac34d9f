//! Adding many records at once: the checks of adding one by one, in few round trips.

use std::collections::BTreeMap;

use chrono::Utc;
use entity::ids::SetupRecordId;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use super::{
    kind::{Document, Kind, Link, Target},
    links::{check_links, references},
    store,
};
use crate::{db::TenantTx, error::ApiResult};

/// A record to add.
#[derive(Debug)]
pub struct NewRecord {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its id; other records of the batch may refer to it.
    pub id: SetupRecordId,
    /// Its content, read and checked by its kind.
    pub document: Document,
    /// It is put away. What it mentions must exist but may be put away too; taking it back checks it as always.
    pub archived: bool,
}

/// Adds records at the end of their lists. Call in the district's turn ([`store::take_turn`]); when it fails, the
/// transaction holds rows that were not checked and must not be committed.
///
/// # Errors
/// 422 when a link points nowhere or what must be unique is not.
pub async fn insert(tx: &TenantTx, records: Vec<NewRecord>) -> ApiResult<()> {
    let (mut rows, mut mentions, mut plain, mut with_parent) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut positions: BTreeMap<&str, i32> = BTreeMap::new();
    let mut unique = Vec::new();
    for NewRecord {
        kind,
        id,
        document,
        archived,
    } in records
    {
        let position = match positions.get(kind.key) {
            Some(last) => last + 1,
            None => store::next_position(tx, kind).await?,
        };
        positions.insert(kind.key, position);
        mentions.extend(references(tx, id, &document.links));
        // Whether a chain of parents comes back is asked for one record at a time, and few have any.
        if archived {
            // The foreign keys of its references say that what it mentions is there.
        } else if document.links.iter().any(is_parent) {
            with_parent.push((id, document.links.clone()));
        } else {
            plain.extend(document.links.iter().cloned());
        }
        if !archived && !kind.unique.is_empty() {
            unique.push((kind, id, document.content.clone()));
        }
        let mut row = store::new_row(tx, kind, id, position, document)?;
        row.archived_at = Set(archived.then(Utc::now));
        rows.push(row);
    }
    if rows.is_empty() {
        return Ok(());
    }
    insert_in_parts(tx, rows).await?;
    insert_in_parts(tx, mentions).await?;
    check_links(tx, None, &plain).await?;
    for (id, links) in with_parent {
        check_links(tx, Some(id), &links).await?;
    }
    for (kind, id, content) in unique {
        store::check_unique(tx, kind, id, &content).await?;
    }
    Ok(())
}

/// Rows of one statement. PostgreSQL takes 65,535 values in one, and no table here has more than 30 columns.
const AT_ONCE: usize = 2_000;

/// Inserts any number of rows.
///
/// # Errors
/// When the database refuses.
pub async fn insert_in_parts<Row>(tx: &TenantTx, rows: Vec<Row>) -> ApiResult<()>
where
    Row: ActiveModelTrait + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let part: Vec<Row> = rows.by_ref().take(AT_ONCE).collect();
        Row::Entity::insert_many(part).exec_without_returning(tx).await?;
    }
    Ok(())
}

const fn is_parent(link: &Link) -> bool {
    matches!(link.target, Target::Record { is_parent: true, .. })
}
