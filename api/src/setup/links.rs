//! Links out of a record: checking that they lead somewhere in this district, and keeping them as references.

use std::collections::BTreeSet;

use entity::{
    file_object,
    ids::{AccountId, FileObjectId, SetupRecordId, SetupReferenceId},
    setup_reference,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter};

use super::{
    kind::{Link, Target},
    store::{Word, statement},
};
use crate::{
    db::TenantTx,
    error::{ApiError, ApiResult, FieldError, Text},
};

/// Keeps what a record mentions, instead of what it mentioned before.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep_references(tx: &TenantTx, from: SetupRecordId, links: &[Link]) -> Result<(), DbErr> {
    setup_reference::Entity::delete_many()
        .filter(setup_reference::Column::DistrictId.eq(tx.district_id()))
        .filter(setup_reference::Column::FromId.eq(from))
        .exec(tx)
        .await?;
    let rows: Vec<_> = references(tx, from, links).collect();
    if !rows.is_empty() {
        setup_reference::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The rows that say what a record mentions.
pub(super) fn references<'a>(
    tx: &'a TenantTx,
    from: SetupRecordId,
    links: &'a [Link],
) -> impl Iterator<Item = setup_reference::ActiveModel> + 'a {
    links.iter().filter_map(move |link| match &link.target {
        Target::Record { id, .. } => Some(setup_reference::ActiveModel {
            district_id: Set(tx.district_id()),
            id: Set(SetupReferenceId::generate()),
            from_id: Set(from),
            to_id: Set(*id),
            field: Set(link.field.clone()),
        }),
        Target::Member(_) | Target::Region(_) | Target::File(_) => None,
    })
}

#[derive(FromQueryResult)]
struct Found {
    id: SetupRecordId,
    kind: String,
    archived: bool,
}

/// Checks that every link leads somewhere in this district.
///
/// # Errors
/// 422 with every link that does not.
pub async fn check_links(tx: &TenantTx, from: Option<SetupRecordId>, links: &[Link]) -> ApiResult<()> {
    let mut errors = Vec::new();
    let records = found_records(tx, links).await?;
    let members = found_members(tx, links).await?;
    let regions = found_regions(tx, links).await?;
    let files = found_files(tx, links).await?;
    for link in links {
        let fault = match &link.target {
            Target::Record { id, .. } if Some(*id) == from => Some(("self_reference", TO_ITSELF)),
            Target::Record { id, kinds, .. } => match records.iter().find(|record| record.id == *id) {
                Some(record) if record.archived => Some(("archived", ARCHIVED)),
                Some(record) if kinds.is_empty() || kinds.contains(&record.kind.as_str()) => None,
                _ => Some(("not_found", GONE)),
            },
            Target::Member(id) if members.contains(id) => None,
            Target::Member(_) => Some(("not_found", NO_MEMBER)),
            Target::Region(code) if regions.contains(code) => None,
            Target::Region(_) => Some(("not_found", NO_REGION)),
            Target::File(id) if files.contains(id) => None,
            Target::File(_) => Some(("not_found", NO_FILE)),
        };
        let fault = match (&link.target, fault, from) {
            (
                Target::Record {
                    id, is_parent: true, ..
                },
                None,
                Some(from),
            ) if leads_to(tx, *id, from, &link.field).await? => Some(("circular", CIRCULAR)),
            (_, fault, _) => fault,
        };
        if let Some((code, (id, en))) = fault {
            errors.push(FieldError {
                field: link.field.clone(),
                code,
                message: Text::fixed(id, en),
            });
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid(errors))
    }
}

type Message = (&'static str, &'static str);
const TO_ITSELF: Message = (
    "Data tidak dapat merujuk dirinya sendiri.",
    "A record cannot refer to itself.",
);
const ARCHIVED: Message = (
    "Data yang dirujuk sudah diarsipkan. Pulihkan dahulu atau pilih yang lain.",
    "What this refers to is archived. Restore it first or choose another.",
);
const GONE: Message = (
    "Data yang dirujuk tidak ada di daerah ini. Pilih dari daftar.",
    "This district has no such record. Choose from the list.",
);
const NO_MEMBER: Message = (
    "Orang ini bukan anggota daerah Anda. Undang dahulu.",
    "This person is no member of your district. Send an invitation first.",
);
const NO_REGION: Message = (
    "Wilayah ini tidak ada di daerah Anda. Pilih dari daftar.",
    "This region is not in your district. Choose from the list.",
);
const NO_FILE: Message = (
    "Berkas ini tidak ada di daerah Anda. Unggah dahulu.",
    "Your district has no such file. Upload it first.",
);
const CIRCULAR: Message = (
    "Pilihan ini membuat lingkaran: yang dipilih berada di bawah data ini.",
    "This would make a circle: what you chose stands below this record.",
);

async fn found_records(tx: &TenantTx, links: &[Link]) -> Result<Vec<Found>, DbErr> {
    let ids: BTreeSet<uuid::Uuid> = links
        .iter()
        .filter_map(|link| match &link.target {
            Target::Record { id, .. } => Some(id.0),
            _ => None,
        })
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT id, kind, archived_at IS NOT NULL AS archived FROM setup_record \
               WHERE district_id = $1 AND id = ANY($2)";
    let values = vec![tx.district_id().into(), ids.into_iter().collect::<Vec<_>>().into()];
    Found::find_by_statement(statement(tx, sql, values)).all(tx).await
}

async fn found_members(tx: &TenantTx, links: &[Link]) -> Result<Vec<AccountId>, DbErr> {
    let ids = links.iter().filter_map(|link| match &link.target {
        Target::Member(id) => Some(*id),
        _ => None,
    });
    let ids: Vec<AccountId> = ids.collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let rows = tx
        .find::<entity::membership::Entity>()
        .filter(entity::membership::Column::AccountId.is_in(ids))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.account_id).collect())
}

async fn found_files(tx: &TenantTx, links: &[Link]) -> Result<Vec<FileObjectId>, DbErr> {
    let ids = links.iter().filter_map(|link| match &link.target {
        Target::File(id) => Some(*id),
        _ => None,
    });
    let ids: Vec<FileObjectId> = ids.collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let rows = tx
        .find::<file_object::Entity>()
        .filter(file_object::Column::Id.is_in(ids))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

async fn found_regions(tx: &TenantTx, links: &[Link]) -> Result<BTreeSet<String>, DbErr> {
    let codes = links.iter().filter_map(|link| match &link.target {
        Target::Region(code) => Some(code.clone()),
        _ => None,
    });
    let codes: Vec<String> = codes.collect();
    if codes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sql = "SELECT r.code::text AS word FROM region r JOIN district d ON d.id = $1 \
               WHERE r.code = ANY($2) AND (r.code = d.code OR starts_with(r.code, d.code || '.'))";
    let values = vec![tx.district_id().into(), codes.into()];
    let rows = Word::find_by_statement(statement(tx, sql, values)).all(tx).await?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

/// Whether following `field` from `start` arrives at `goal`.
async fn leads_to(tx: &TenantTx, start: SetupRecordId, goal: SetupRecordId, field: &str) -> Result<bool, DbErr> {
    let sql = "WITH RECURSIVE above AS ( \
                 SELECT to_id FROM setup_reference WHERE district_id = $1 AND from_id = $2 AND field = $4 \
                 UNION \
                 SELECT f.to_id FROM setup_reference f JOIN above a ON f.from_id = a.to_id \
                 WHERE f.district_id = $1 AND f.field = $4) \
               SELECT 'yes' AS word FROM above WHERE to_id = $3 LIMIT 1";
    let values = vec![tx.district_id().into(), start.into(), goal.into(), field.into()];
    Ok(Word::find_by_statement(statement(tx, sql, values))
        .one(tx)
        .await?
        .is_some())
}
