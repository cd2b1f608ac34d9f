//! Taking a step back: what it added is put away, what it changed gets its content back; what people changed since stays.

use std::collections::BTreeSet;

use actix_web::web::Json;
use chrono::Utc;
use entity::{
    ids::{PackageAdoptionId, SetupRecordId},
    package_adoption, package_change, setup_origin,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult,
    IntoActiveModel, QueryFilter, QueryOrder, Statement,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::adopt::{self, AdoptionPath, PackageAdoption};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{IfMatch, Path, endpoint::Endpoints},
    readiness,
    setup::{self, kind::Kind, links, store},
};

/// What taking a step back did.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageUndone {
    /// The step.
    pub adoption: PackageAdoption,
    /// Records that are as they were before: put away again, or with their content of then.
    pub restored: Vec<SetupRecordId>,
    /// Records that stay as they are, and why.
    pub kept: Vec<PackageKept>,
}

/// A record that taking a step back did not touch.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageKept {
    /// The record.
    pub record_id: SetupRecordId,
    /// What people call it.
    pub title: String,
    /// `changed_since` when people went on with it, `in_use` when other records mention it, `no_longer_fits` when what it
    /// mentioned before is put away.
    #[schema(example = "changed_since")]
    pub reason: String,
}

#[derive(FromQueryResult)]
struct Mention {
    from_id: SetupRecordId,
    to_id: SetupRecordId,
}

/// Which records in use mention which.
async fn mentions(tx: &TenantTx) -> ApiResult<Vec<Mention>> {
    let sql = "SELECT f.from_id, f.to_id FROM setup_reference f \
               JOIN setup_record r ON r.district_id = f.district_id AND r.id = f.from_id \
               WHERE f.district_id = $1 AND r.archived_at IS NULL";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [tx.district_id().into()]);
    Ok(Mention::find_by_statement(statement).all(tx).await?)
}

/// Of the records that would go, those that nobody else's record mentions: others keep what they need.
fn removable(mut going: BTreeSet<SetupRecordId>, mentions: &[Mention]) -> BTreeSet<SetupRecordId> {
    loop {
        let held: Vec<SetupRecordId> = mentions
            .iter()
            .filter(|mention| going.contains(&mention.to_id) && !going.contains(&mention.from_id))
            .map(|mention| mention.to_id)
            .collect();
        if held.is_empty() {
            return going;
        }
        for id in held {
            going.remove(&id);
        }
    }
}

/// Take a step back
///
/// Records that it added are archived, contents that it changed come back, unless somebody changed them since or another
/// record needs them: those stay, and the answer names them.
#[utoipa::path(post, path = "/api/v1/districts/{code}/package-adoptions/{adoption_id}/undo", tag = "packages",
    responses((status = 200, body = PackageUndone)))]
async fn undo_package_adoption(
    who: InDistrict<perm::SetupWrite>,
    Path(path): Path<AdoptionPath>,
    version: IfMatch,
) -> ApiResult<Json<PackageUndone>> {
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let row = adopt::find(&tx, path.adoption_id).await?;
    if row.version != version.0 {
        return Err(ApiError::new(ErrorCode::Stale).current(adopt::describe(&tx, row).await?));
    }
    if row.undone_at.is_some() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Langkah ini sudah dibatalkan.",
            "This step was taken back already.",
        )));
    }
    refuse_unless_last(&tx, &row).await?;
    let (restored, kept, events) = take_back(&tx, path.adoption_id).await?;
    let next = row.version + 1;
    let mut row = row.into_active_model();
    row.undone_at = Set(Some(Utc::now()));
    row.undone_by_name = Set(Some(tx.origin().actor_name.clone()));
    row.version = Set(next);
    let row = row.update(&tx).await?;
    readiness::refresh(&tx).await?;
    let mut events = events;
    events.push(
        Change::of("undo", "package_adoption", path.adoption_id).after(serde_json::json!({
            "restored": restored.len(), "kept": kept.len(),
        })),
    );
    let adoption = adopt::describe(&tx, row).await?;
    audit::record_all(&tx, events).await?;
    tx.commit().await?;
    Ok(Json(PackageUndone {
        adoption,
        restored,
        kept,
    }))
}

/// Steps on one package are taken back in the order opposite to that in which they were done.
async fn refuse_unless_last(tx: &TenantTx, row: &package_adoption::Model) -> ApiResult<()> {
    let later = tx
        .find::<package_adoption::Entity>()
        .filter(package_adoption::Column::PackageId.eq(row.package_id))
        .filter(package_adoption::Column::UndoneAt.is_null())
        .filter(package_adoption::Column::Id.gt(row.id));
    match later.one(tx).await? {
        None => Ok(()),
        Some(_) => Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Batalkan dahulu langkah yang lebih baru atas paket ini.",
            "Take back the later steps on this package first.",
        ))),
    }
}

type TakenBack = (Vec<SetupRecordId>, Vec<PackageKept>, Vec<Change>);

async fn take_back(tx: &TenantTx, id: PackageAdoptionId) -> ApiResult<TakenBack> {
    let changes = tx
        .find::<package_change::Entity>()
        .filter(package_change::Column::AdoptionId.eq(id))
        .order_by_asc(package_change::Column::Id)
        .all(tx)
        .await?;
    let own = super::build::own_records(tx, true).await?;
    let record = |id| own.iter().find(|own| own.id == id);
    let untouched = |change: &package_change::Model| {
        record(change.record_id).is_some_and(|own| own.version == change.after_version)
    };
    let (mut restored, mut kept, mut events) = (Vec::new(), Vec::new(), Vec::new());
    // Contents first: what they mentioned may be free to go then.
    let mut waiting = Vec::new();
    for change in changes.iter().filter(|change| change.action != "create") {
        let Some(own) = record(change.record_id) else { continue };
        if !matches!(change.action.as_str(), "change" | "archive") {
            restore_origin(tx, change).await?;
        } else if untouched(change) {
            waiting.push((change, own));
        } else {
            kept.push(kept_for(own, "changed_since"));
        }
    }
    // One may mention another that comes back only after it: as long as a round brings something back, there is another.
    loop {
        let mut refused = Vec::new();
        let before = waiting.len();
        for (change, own) in waiting {
            match restore(tx, change, own).await {
                Ok(event) => {
                    events.push(event);
                    restored.push(change.record_id);
                    restore_origin(tx, change).await?;
                }
                // What it mentioned then is put away now. Nothing was written yet.
                Err(error) if error.code() == ErrorCode::InvalidInput => refused.push((change, own)),
                Err(error) => return Err(error),
            }
        }
        if refused.is_empty() || refused.len() == before {
            kept.extend(refused.into_iter().map(|(_, own)| kept_for(own, "no_longer_fits")));
            break;
        }
        waiting = refused;
    }
    let created: Vec<&package_change::Model> = changes.iter().filter(|change| change.action == "create").collect();
    let going = created
        .iter()
        .filter(|change| untouched(change))
        .map(|change| change.record_id);
    let going = removable(going.collect(), &mentions(tx).await?);
    for change in created {
        let (Some(own), Some(kind)) = (record(change.record_id), setup::kind(&change.kind)) else {
            continue;
        };
        if going.contains(&change.record_id) {
            put_away(tx, kind, change.record_id).await?;
            restore_origin(tx, change).await?;
            events.push(Change::of("archive", kind.key, change.record_id));
            restored.push(change.record_id);
        } else {
            kept.push(kept_for(
                own,
                if untouched(change) { "in_use" } else { "changed_since" },
            ));
        }
    }
    Ok((restored, kept, events))
}

fn kept_for(own: &super::build::OwnRecord, reason: &str) -> PackageKept {
    PackageKept {
        record_id: own.id,
        title: own.title.clone(),
        reason: reason.to_owned(),
    }
}

async fn put_away(tx: &TenantTx, kind: &Kind, id: SetupRecordId) -> ApiResult<()> {
    let record = store::get(tx, kind, id).await?;
    if !record.archived {
        store::set_archived(tx, kind, &record, true).await?;
    }
    Ok(())
}

/// Gives a record its content, or its place among those in use, back.
async fn restore(tx: &TenantTx, change: &package_change::Model, own: &super::build::OwnRecord) -> ApiResult<Change> {
    let kind = setup::kind(&change.kind).ok_or(ErrorCode::NotFound)?;
    let record = store::get(tx, kind, change.record_id).await?;
    if change.action == "archive" {
        let document = (kind.read)(record.content.get())?;
        links::check_links(tx, Some(change.record_id), &document.links).await?;
        store::check_unique(tx, kind, change.record_id, &document.content).await?;
        store::set_archived(tx, kind, &record, false).await?;
        return Ok(Change::of("restore", kind.key, change.record_id));
    }
    let before = change.before.as_ref().map(ToString::to_string).unwrap_or_default();
    let document = (kind.read)(&before)?;
    let after = document.content.clone();
    store::replace(tx, kind, change.record_id, own.version, document).await?;
    let was: serde_json::Value = serde_json::from_str(&own.content).map_err(ApiError::internal)?;
    Ok(Change::of("update", kind.key, change.record_id)
        .before(was)
        .after(after))
}

/// Where the record came from before the step: from nowhere, or from an earlier version.
async fn restore_origin(tx: &TenantTx, change: &package_change::Model) -> ApiResult<()> {
    let package = tx
        .find::<package_adoption::Entity>()
        .filter(package_adoption::Column::Id.eq(change.adoption_id))
        .one(tx)
        .await?
        .ok_or(ErrorCode::NotFound)?
        .package_id;
    let of_origin = Condition::all()
        .add(setup_origin::Column::OriginId.eq(change.origin_id))
        .add(setup_origin::Column::PackageId.eq(package));
    match &change.origin_before {
        None => {
            setup_origin::Entity::delete_many()
                .filter(setup_origin::Column::DistrictId.eq(tx.district_id()))
                .filter(of_origin)
                .exec(tx)
                .await?;
        }
        Some(before) => {
            let row = tx.find::<setup_origin::Entity>().filter(of_origin).one(tx).await?;
            let mut row = row.ok_or(ErrorCode::NotFound)?.into_active_model();
            let version = before["package_version"]
                .as_i64()
                .and_then(|version| i32::try_from(version).ok());
            row.package_version = Set(version.unwrap_or(1));
            row.base = Set(before.get("base").filter(|base| !base.is_null()).cloned());
            row.updated_at = Set(Utc::now());
            row.update(tx).await?;
        }
    }
    Ok(())
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, undo_package_adoption);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_mention_stays_and_what_that_mentions_too() {
        let ids: Vec<SetupRecordId> = (0..4).map(|_| SetupRecordId::generate()).collect();
        let mention = |from: usize, to: usize| Mention {
            from_id: ids[from],
            to_id: ids[to],
        };
        // 3 is the district's own and mentions 0, which mentions 1; 2 mentions 1 as well.
        let mentions = [mention(3, 0), mention(0, 1), mention(2, 1)];
        let going = removable(ids[..3].iter().copied().collect(), &mentions);
        assert_eq!(going, BTreeSet::from([ids[2]]));
        let going = removable(ids.iter().copied().collect(), &mentions);
        assert_eq!(going.len(), 4);
    }
}
