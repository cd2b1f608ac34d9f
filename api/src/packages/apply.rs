//! Merging improvements of a package: a person decides, one transaction does it.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpResponse, web::Json};
use chrono::Utc;
use entity::ids::{PackageId, SetupRecordId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    adopt::{self, PackageAdoption, Step, Touched},
    merge::{ChangedBy, Decision, Decisions, Difference},
    narrow,
    plan::{self, AgencyChoice, Here},
    updates::{self, Followed, Ground, PackageUpdate},
};
use crate::{
    audit::Change,
    auth::{InDistrict, perm},
    db::TenantTx,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{Body, Created, IdempotencyKey, Path, endpoint::Endpoints, idempotency::create_once, problem::Problem},
    readiness::{self, Situation},
    setup::{institution::Agency, kind::SetupKind, operations, store},
};

/// What later versions of the packages that the district took over change for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageUpdates {
    /// One for each package with something new.
    pub items: Vec<PackageUpdate>,
}

/// See what later versions of adopted packages change
///
/// Nothing is applied. For each record: what the model changed, what both changed, what is new or no longer in the model.
#[utoipa::path(get, path = "/api/v1/districts/{code}/package-updates", tag = "packages",
    responses((status = 200, body = PackageUpdates)))]
async fn list_package_updates(who: InDistrict<perm::SetupRead>) -> ApiResult<Json<PackageUpdates>> {
    let tx = who.tenant().await?;
    let mut items = Vec::new();
    for package in updates::adopted_packages(&tx).await? {
        items.extend(updates::update(&tx, package).await?);
    }
    Ok(Json(PackageUpdates { items }))
}

/// Which value to take at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MergeChoice {
    /// The district's.
    KeepMine,
    /// The model's.
    TakeTheirs,
    /// Another one: `value`.
    Edited,
}

/// A decision on one place of a record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeDecision {
    /// The place, as the update names it.
    #[schema(example = "steps.catat.duration")]
    pub path: String,
    /// Which value.
    pub choice: MergeChoice,
    /// For `edited`: the value.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub value: Value,
}

/// What to do with a record that the model changed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordMerge {
    /// The district's record.
    pub record_id: SetupRecordId,
    /// Its version when the update was looked at.
    pub version: i32,
    /// Decisions: one for every place that both changed; places that only the model changed are taken unless decided
    /// otherwise.
    #[serde(default)]
    pub decisions: Vec<MergeDecision>,
}

/// What to do with a record that the model no longer has.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordRetire {
    /// The district's record.
    pub record_id: SetupRecordId,
    /// Its version when the update was looked at.
    pub version: i32,
    /// Archive it too; otherwise it is kept and no longer follows the model.
    pub archive: bool,
}

/// What to take of a later version. Records that are not named stay as they are and come up again.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageMerge {
    /// The version that was looked at: refused when a newer one came meanwhile.
    #[schema(example = 2)]
    pub package_version: i32,
    /// Records that the model changed.
    #[serde(default)]
    pub records: Vec<RecordMerge>,
    /// Records to add: ids in the package.
    #[serde(default)]
    pub new: Vec<SetupRecordId>,
    /// Which of the district's agencies stand in for new ones of the package.
    #[serde(default)]
    pub agencies: Vec<AgencyChoice>,
    /// Records that the model no longer has.
    #[serde(default)]
    pub retired: Vec<RecordRetire>,
}

#[derive(Debug, Deserialize)]
struct UpdatePath {
    package: PackageId,
}

/// What applying did so far.
#[derive(Default)]
struct Done {
    touched: Vec<Touched>,
    events: Vec<Change>,
}

/// Merge improvements of a package
///
/// In one transaction, or not at all: 412 when a record or the package changed since it was looked at. Nothing is taken that
/// is not named here; what the district changed stays where it is not decided otherwise. The step can be taken back.
#[utoipa::path(post, path = "/api/v1/districts/{code}/package-updates/{package}/merge", tag = "packages",
    params(("package" = String, Path, description = "Id of the package", example = "01890000-0000-7000-8000-000000000000")),
    request_body = PackageMerge,
    responses((status = 201, body = PackageAdoption),
        (status = 412, description = "A record or the package changed since: `current` is the update as it is now", body = Problem, content_type = "application/problem+json")))]
async fn merge_package_update(
    who: InDistrict<perm::SetupWrite>,
    Path(path): Path<UpdatePath>,
    key: IdempotencyKey,
    body: Body<PackageMerge>,
) -> ApiResult<HttpResponse> {
    let input = body.value;
    create_once(
        who.tenant().await?,
        "merge_package_update",
        key,
        body.hash,
        async |tx| {
            store::take_turn(tx).await?;
            let ground = Ground::load(tx, path.package).await?.ok_or(ErrorCode::NotFound)?;
            refuse_stale(tx, &ground, &input).await?;
            let before = Situation::load(tx).await?.readiness.claimed;
            let mut done = Done::default();
            add_new(tx, &ground, &input, &mut done).await?;
            // Read again: references of merged records may point to records that were just added.
            let seen = ground.package.id;
            let ground = Ground::load(tx, path.package).await?.ok_or(ErrorCode::NotFound)?;
            if ground.package.id != seen {
                // The author published in between; nobody has looked at that version.
                return Err(ErrorCode::Stale.into());
            }
            let followed = ground.followed()?;
            merge_records(tx, &ground, &followed, &input, &mut done).await?;
            retire_records(tx, &ground, &followed, &input, &mut done).await?;
            if done.touched.is_empty() {
                return Err(ApiError::invalid(vec![FieldError {
                    field: "records".to_owned(),
                    code: "required",
                    message: Text::fixed("Pilih sedikitnya satu pembaruan.", "Choose at least one update."),
                }]));
            }
            let after = readiness::refresh(tx).await?.readiness.claimed;
            let step = Step {
                package: &ground.package,
                step: "update",
                components: &[],
                before,
                after,
            };
            let value = adopt::keep_step(tx, step, done.touched, done.events).await?;
            Ok(Created {
                version: Some(value.version),
                value,
            })
        },
    )
    .await
}

/// Every record must be the version that was looked at, and so must the package.
async fn refuse_stale(tx: &TenantTx, ground: &Ground, input: &PackageMerge) -> ApiResult<()> {
    let named = input
        .records
        .iter()
        .map(|one| (one.record_id, one.version))
        .chain(input.retired.iter().map(|one| (one.record_id, one.version)));
    let mut seen = BTreeSet::new();
    let mut is_stale = input.package_version != ground.package.package_version;
    for (id, version) in named {
        let own = ground.own.iter().find(|own| own.id == id).ok_or(ErrorCode::NotFound)?;
        is_stale |= own.version != version;
        if !seen.insert(id) {
            return Err(ApiError::invalid(vec![FieldError {
                field: format!("records.{id}"),
                code: "repeated",
                message: Text::fixed("Data ini disebut dua kali.", "This record is named twice."),
            }]));
        }
    }
    if !is_stale {
        return Ok(());
    }
    let current = updates::update(tx, ground.package.package_id).await?;
    Err(ApiError::new(ErrorCode::Stale).current(current))
}

/// Adds records that are new in the model, like starting from a package does; with the agencies that they mention.
async fn add_new(tx: &TenantTx, ground: &Ground, input: &PackageMerge, done: &mut Done) -> ApiResult<()> {
    if input.new.is_empty() {
        return Ok(());
    }
    let mut wanted: BTreeSet<SetupRecordId> = input.new.iter().copied().collect();
    for (kind, record) in ground.additions() {
        if input.new.contains(&record.origin_id) {
            let read = (kind.read)(&record.content.to_string())?;
            let is_agency = |id: &SetupRecordId| {
                ground
                    .additions()
                    .any(|(kind, one)| one.origin_id == *id && kind.key == Agency::KEY)
            };
            wanted.extend(narrow::mentions(&read).filter(is_agency));
        }
    }
    let mut document = ground.document.clone();
    for records in document.components.values_mut().flat_map(BTreeMap::values_mut) {
        records.retain(|record| ground.origins.contains_key(&record.origin_id) || wanted.contains(&record.origin_id));
    }
    let here = Here {
        own: &ground.own,
        origins: &ground.origins,
        names: &ground.names,
        choices: &input.agencies,
    };
    let mut plan = plan::plan(&document, &[], &here)?;
    adopt::refuse_open_questions(&plan)?;
    done.events
        .extend(adopt::keep_plan(tx, &ground.package, &mut plan).await?);
    done.touched.extend(plan.items.iter().filter_map(adopt::touched));
    Ok(())
}

fn followed_record<'a>(followed: &'a [Followed<'a>], id: SetupRecordId) -> ApiResult<&'a Followed<'a>> {
    let found = followed.iter().find(|one| one.own.id == id);
    found.ok_or_else(|| problem(format!("records.{id}"), "not_found", NOT_FOLLOWED))
}

const NOT_FOLLOWED: Text = Text::fixed(
    "Data ini tidak mengikuti paket tersebut.",
    "This record does not follow that package.",
);

fn problem(field: String, code: &'static str, message: Text) -> ApiError {
    ApiError::invalid(vec![FieldError { field, code, message }])
}

/// The decisions on a record: each on a place that differs, and one for every place that both changed.
fn decisions(one: &Followed<'_>, given: &[MergeDecision]) -> ApiResult<Decisions> {
    let differences = one
        .merged(&Decisions::new())?
        .map_or_else(Vec::new, |merged| merged.differences);
    let mut decisions = Decisions::new();
    let mut errors = Vec::new();
    let field = |path: &str| format!("records.{}.{path}", one.own.id);
    for decision in given {
        if !differences.iter().any(|difference| difference.path == decision.path) {
            errors.push(FieldError {
                field: field(&decision.path),
                code: "not_found",
                message: Text::fixed(
                    "Tidak ada perbedaan di bagian ini. Muat ulang pembaruan.",
                    "There is no difference at this place. Load the update again.",
                ),
            });
        }
        let choice = match decision.choice {
            MergeChoice::KeepMine => Decision::Mine,
            MergeChoice::TakeTheirs => Decision::Theirs,
            MergeChoice::Edited => Decision::Edited(decision.value.clone()),
        };
        decisions.insert(decision.path.clone(), choice);
    }
    let undecided = |difference: &&Difference| {
        difference.changed_by == ChangedBy::Both && !decisions.contains_key(&difference.path)
    };
    errors.extend(differences.iter().filter(undecided).map(|difference| FieldError {
        field: field(&difference.path),
        code: "undecided",
        message: Text::fixed(
            "Anda dan penerbit sama-sama mengubah bagian ini. Tentukan mana yang dipakai.",
            "You and the publisher both changed this. Decide which to use.",
        ),
    }));
    if errors.is_empty() {
        Ok(decisions)
    } else {
        Err(ApiError::invalid(errors))
    }
}

async fn merge_records(
    tx: &TenantTx,
    ground: &Ground,
    followed: &[Followed<'_>],
    input: &PackageMerge,
    done: &mut Done,
) -> ApiResult<()> {
    for chosen in &input.records {
        let one = followed_record(followed, chosen.record_id)?;
        let decisions = decisions(one, &chosen.decisions)?;
        let (Some(merged), Some(theirs)) = (one.merged(&decisions)?, &one.theirs) else {
            return Err(problem(format!("records.{}", chosen.record_id), "retired", RETIRED));
        };
        let within = format!("records.{}", chosen.record_id);
        let document = (one.kind.read)(&merged.result.to_string()).map_err(|error| error.within(&within))?;
        let before: Value = serde_json::from_str(&one.own.content).map_err(ApiError::internal)?;
        let (mut action, mut after_version) = ("acknowledge", one.own.version);
        if document.content != before {
            let after = document.content.clone();
            let record = store::replace(tx, one.kind, one.own.id, one.own.version, document)
                .await
                .map_err(|error| error.within(&within))?;
            (action, after_version) = ("change", record.version);
            let change = Change::of("update", one.kind.key, one.own.id);
            done.events.push(change.before(before.clone()).after(after));
        }
        follow(tx, ground, one, Some(theirs.content.clone())).await?;
        done.touched.push(Touched {
            before: Some(before),
            ..touched(one, action, after_version)
        });
    }
    Ok(())
}

const RETIRED: Text = Text::fixed(
    "Data ini sudah tidak ada di dalam paket.",
    "This record is no longer in the package.",
);

fn touched(one: &Followed<'_>, action: &'static str, after_version: i32) -> Touched {
    Touched {
        kind: one.kind.key.to_owned(),
        record_id: one.own.id,
        origin_id: one.origin.origin_id,
        action,
        after_version,
        before: None,
        origin_before: Some(json!({ "package_version": one.origin.package_version, "base": one.origin.base })),
    }
}

/// From now on the record stands on this content of the newest version; without one it follows the package no more.
async fn follow(tx: &TenantTx, ground: &Ground, one: &Followed<'_>, base: Option<Value>) -> ApiResult<()> {
    let mut origin = one.origin.clone().into_active_model();
    origin.package_version = Set(ground.package.package_version);
    origin.base = Set(base);
    origin.updated_at = Set(Utc::now());
    origin.update(tx).await?;
    Ok(())
}

async fn retire_records(
    tx: &TenantTx,
    ground: &Ground,
    followed: &[Followed<'_>],
    input: &PackageMerge,
    done: &mut Done,
) -> ApiResult<()> {
    for chosen in &input.retired {
        let one = followed_record(followed, chosen.record_id)?;
        if one.theirs.is_some() {
            return Err(problem(
                format!("retired.{}", chosen.record_id),
                "not_retired",
                NOT_RETIRED,
            ));
        }
        let (mut action, mut after_version) = ("acknowledge", one.own.version);
        if chosen.archive {
            operations::refuse_if_mentioned(tx, one.own.id).await?;
            let record = store::get(tx, one.kind, one.own.id).await?;
            let record = store::set_archived(tx, one.kind, &record, true).await?;
            (action, after_version) = ("archive", record.version);
            done.events.push(Change::of("archive", one.kind.key, one.own.id));
        }
        follow(tx, ground, one, None).await?;
        done.touched.push(touched(one, action, after_version));
    }
    Ok(())
}

const NOT_RETIRED: Text = Text::fixed(
    "Data ini masih ada di dalam paket.",
    "This record is still in the package.",
);

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_package_updates, merge_package_update);
}
