//! Starting from a package: chosen components in one transaction, each record with its origin.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web::Json};
use chrono::{DateTime, Utc};
use entity::{
    ids::{ModelPackageId, PackageAdoptionId, PackageChangeId, PackageId, SetupOriginId, SetupRecordId},
    model_package, package_adoption, package_change, setup_origin,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    build,
    localise::{Names, PackageReplacement},
    plan::{self, AgencyChoice, Here, PackageAgency, PackageItem, PackageItemFate, Plan},
    query,
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    districts::own_district,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Body, Created, IdempotencyKey, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once, problem::Problem,
    },
    readiness::{self, ComponentKind, Percent, Situation},
    setup::{
        batch::{self, NewRecord},
        store,
    },
};

/// From which package to start, and what to take of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageAdoptionCreate {
    /// The version of the package.
    pub model_package_id: ModelPackageId,
    /// Components to take; empty for all.
    #[serde(default)]
    pub components: Vec<ComponentKind>,
    /// Which of the district's agencies stand in for the package's; agencies that are not named get the only one of their
    /// kind, or are added.
    #[serde(default)]
    pub agencies: Vec<AgencyChoice>,
}

/// What starting from a package would do. It was tried and taken back: what it says is what would happen.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageAdoptionPreview {
    /// Every record of the chosen components and what would happen to it.
    pub items: Vec<PackageItem>,
    /// The agencies of the package, and those of the district that could stand in.
    pub agencies: Vec<PackageAgency>,
    /// Names of the author's district that would be replaced.
    pub replacements: Vec<PackageReplacement>,
    /// The district's claimed readiness now, in percent.
    #[schema(value_type = f64, example = 12.5)]
    pub claimed_before: Percent,
    /// Its claimed readiness afterwards, in percent.
    #[schema(value_type = f64, example = 55.0)]
    pub claimed_after: Percent,
}

/// A step in which the district took over a package, or improvements of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageAdoption {
    /// Its id.
    pub id: PackageAdoptionId,
    /// The version that was taken over.
    pub model_package_id: ModelPackageId,
    /// The package.
    pub package_id: PackageId,
    /// Number of the version.
    #[schema(example = 1)]
    pub package_version: i32,
    /// Name of the package.
    pub package_name: String,
    /// `adopt` for starting from it, `update` for its improvements.
    #[schema(example = "adopt")]
    pub step: String,
    /// The components that were chosen; empty for all.
    pub components: Vec<ComponentKind>,
    /// What it did, record by record.
    pub changes: Vec<PackageChange>,
    /// Claimed readiness before, in percent.
    #[schema(value_type = f64, example = 12.5)]
    pub claimed_before: Percent,
    /// Claimed readiness after, in percent.
    #[schema(value_type = f64, example = 55.0)]
    pub claimed_after: Percent,
    /// When.
    pub adopted_at: DateTime<Utc>,
    /// Who, by the name at that time.
    pub adopted_by_name: String,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub undone_by_name: Option<String>,
    /// Also the `ETag`.
    #[schema(example = 1)]
    pub version: i32,
}

/// What a step did to one record.
#[derive(Debug, Serialize, ToSchema, FromQueryResult)]
pub struct PackageChange {
    /// The kind of the record.
    #[schema(example = "sop")]
    pub kind: String,
    /// The district's record.
    pub record_id: SetupRecordId,
    /// Its id in the package.
    pub origin_id: SetupRecordId,
    /// What people call it now.
    pub title: String,
    /// `create`, `map` (it stands in for one of the package), `change`, `archive`, or `acknowledge` (kept as it is).
    #[schema(example = "create")]
    pub action: String,
}

/// Hundredths of a percent as they are kept.
#[must_use]
pub fn hundredths(percent: Percent) -> i16 {
    i16::try_from(percent.hundredths()).unwrap_or(i16::MAX)
}

async fn changes(tx: &TenantTx, id: PackageAdoptionId) -> ApiResult<Vec<PackageChange>> {
    let sql = "SELECT c.kind, c.record_id, c.origin_id, r.title, c.action FROM package_change c \
               JOIN setup_record r ON r.district_id = c.district_id AND r.id = c.record_id \
               WHERE c.district_id = $1 AND c.adoption_id = $2 ORDER BY c.id";
    let values = [tx.district_id().into(), id.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(PackageChange::find_by_statement(statement).all(tx).await?)
}

/// A step as people see it.
///
/// # Errors
/// When the database refuses.
pub async fn describe(tx: &TenantTx, row: package_adoption::Model) -> ApiResult<PackageAdoption> {
    let package = query::find(tx, row.model_package_id).await?;
    Ok(PackageAdoption {
        id: row.id,
        model_package_id: row.model_package_id,
        package_id: row.package_id,
        package_version: package.package_version,
        package_name: package.name,
        step: row.step,
        components: serde_json::from_value(row.components).map_err(ApiError::internal)?,
        changes: changes(tx, row.id).await?,
        claimed_before: Percent::from_hundredths(row.claimed_before),
        claimed_after: Percent::from_hundredths(row.claimed_after),
        adopted_at: row.adopted_at,
        adopted_by_name: row.adopted_by_name,
        undone_at: row.undone_at,
        undone_by_name: row.undone_by_name,
        version: row.version,
    })
}

/// A package that this district may start from.
///
/// # Errors
/// 404 when there is none, 409 when it is withdrawn or the district's own.
pub async fn offered(tx: &TenantTx, id: ModelPackageId) -> ApiResult<model_package::Model> {
    let row = query::find(tx, id).await?;
    let conflict = |id, en| Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(id, en)));
    if row.author_district_id == Some(tx.district_id()) {
        return conflict(
            "Paket ini milik daerah Anda sendiri.",
            "This package is your own district's.",
        );
    }
    if row.withdrawn_at.is_some() {
        return conflict(
            "Versi ini sudah ditarik penerbitnya.",
            "This version was withdrawn by its publisher.",
        );
    }
    Ok(row)
}

/// What taking over did, before it is kept.
struct Outcome {
    package: model_package::Model,
    plan: Plan,
    before: Situation,
    after: Situation,
    events: Vec<Change>,
}

/// Does it all in the district's turn, but for the record of the step itself.
async fn take_over(tx: &TenantTx, input: &PackageAdoptionCreate) -> ApiResult<Outcome> {
    store::take_turn(tx).await?;
    let package = offered(tx, input.model_package_id).await?;
    let document = query::document(&package)?;
    let district = own_district(tx).await?;
    let before = Situation::load(tx).await?;
    let names = Names::between(&document, &district.name, &district.unit_name);
    let own = build::own_records(tx, true).await?;
    let origins = plan::origins(tx, package.package_id).await?;
    let here = Here {
        own: &own,
        origins: &origins,
        names: &names,
        choices: &input.agencies,
    };
    let mut plan = plan::plan(&document, &input.components, &here)?;
    let events = keep_plan(tx, &package, &mut plan).await?;
    let after = readiness::refresh(tx).await?;
    Ok(Outcome {
        package,
        plan,
        before,
        after,
        events,
    })
}

/// Adds what a plan adds, remembers where everything in it comes from, and returns the events.
///
/// # Errors
/// 422 when a record does not fit into the district's setup.
pub async fn keep_plan(tx: &TenantTx, package: &model_package::Model, plan: &mut Plan) -> ApiResult<Vec<Change>> {
    let records = std::mem::take(&mut plan.records);
    let event = |record: &NewRecord| Change::of("create", record.kind.key, record.id).after(&record.document.content);
    let events = records.iter().map(event).collect();
    let mut contents: BTreeMap<SetupRecordId, serde_json::Value> = records
        .iter()
        .map(|record| (record.id, record.document.content.clone()))
        .collect();
    batch::insert(tx, records).await?;
    // What was taken over before keeps the base of the version it came from.
    for item in plan.items.iter().filter(|item| item.fate.is_first_time()) {
        let base = contents.remove(&item.record_id);
        keep_origin(tx, package, item, base).await?;
    }
    Ok(events)
}

async fn keep_origin(
    tx: &TenantTx,
    package: &model_package::Model,
    item: &PackageItem,
    base: Option<serde_json::Value>,
) -> ApiResult<()> {
    let now = Utc::now();
    setup_origin::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(SetupOriginId::generate()),
        record_id: Set(item.record_id),
        package_id: Set(package.package_id),
        origin_id: Set(item.origin_id),
        package_version: Set(package.package_version),
        base: Set(base),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(tx)
    .await?;
    Ok(())
}

/// See what starting from a package would do
///
/// Nothing is kept. What the district has already, by code or name, stays as it is and stands in for the package's.
#[utoipa::path(post, path = "/api/v1/districts/{code}/package-adoptions/preview", tag = "packages",
    request_body = PackageAdoptionCreate, responses((status = 200, body = PackageAdoptionPreview)))]
async fn preview_package_adoption(
    who: InDistrict<perm::SetupWrite>,
    body: Body<PackageAdoptionCreate>,
) -> ApiResult<Json<PackageAdoptionPreview>> {
    let tx = who.tenant().await?;
    let outcome = take_over(&tx, &body.value).await?;
    // Dropped, not committed: it was only tried.
    drop(tx);
    Ok(Json(PackageAdoptionPreview {
        items: outcome.plan.items,
        agencies: outcome.plan.agencies,
        replacements: outcome.plan.replacements,
        claimed_before: outcome.before.readiness.claimed,
        claimed_after: outcome.after.readiness.claimed,
    }))
}

/// Refuses a plan in which several agencies could stand in and none was chosen.
///
/// # Errors
/// 422 with every such agency.
pub fn refuse_open_questions(plan: &Plan) -> ApiResult<()> {
    let open: Vec<FieldError> = plan
        .agencies
        .iter()
        .filter(|agency| agency.needs_choice)
        .map(|agency| FieldError {
            field: format!("agencies.{}", agency.origin_id),
            code: "choose",
            message: Text::new(
                format!("Ada beberapa instansi untuk {}. Pilih salah satu.", agency.name),
                format!("There are several agencies for {}. Choose one.", agency.name),
            ),
        })
        .collect();
    if open.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid(open))
    }
}

/// Start from a package
///
/// In one transaction, through the checks of ordinary writes. Each record remembers where it comes from, so that later
/// versions can be merged. Taking over the same version again adds what is not there yet, and nothing twice.
#[utoipa::path(post, path = "/api/v1/districts/{code}/package-adoptions", tag = "packages",
    request_body = PackageAdoptionCreate,
    responses((status = 201, body = PackageAdoption),
        (status = 409, description = "Withdrawn, the district's own, or everything is here already", body = Problem, content_type = "application/problem+json")))]
async fn create_package_adoption(
    who: InDistrict<perm::SetupWrite>,
    key: IdempotencyKey,
    body: Body<PackageAdoptionCreate>,
) -> ApiResult<HttpResponse> {
    let input = body.value;
    let tx = who.tenant().await?;
    create_once(tx, "create_package_adoption", key, body.hash, async |tx| {
        let outcome = take_over(tx, &input).await?;
        refuse_open_questions(&outcome.plan)?;
        let step = Step {
            package: &outcome.package,
            step: "adopt",
            components: &input.components,
            before: outcome.before.readiness.claimed,
            after: outcome.after.readiness.claimed,
        };
        let changes: Vec<Touched> = outcome.plan.items.iter().filter_map(touched).collect();
        if changes.is_empty() {
            return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
                "Semua isi pilihan ini sudah ada. Lihat pembaruannya bila penerbit mengubahnya.",
                "Everything of this choice is here already. Look at its updates when the publisher changed it.",
            )));
        }
        let value = keep_step(tx, step, changes, outcome.events).await?;
        Ok(Created {
            version: Some(value.version),
            value,
        })
    })
    .await
}

/// What a plan does to a record, if anything.
#[must_use]
pub fn touched(item: &PackageItem) -> Option<Touched> {
    let action = match item.fate {
        PackageItemFate::Add => "create",
        PackageItemFate::Map | PackageItemFate::Same => "map",
        PackageItemFate::Adopted | PackageItemFate::PutAway => return None,
    };
    Some(Touched {
        kind: item.kind.clone(),
        record_id: item.record_id,
        origin_id: item.origin_id,
        action,
        after_version: 1,
        before: None,
        origin_before: None,
    })
}

/// A step to be recorded.
#[derive(Debug)]
pub struct Step<'a> {
    /// The version that was taken over.
    pub package: &'a model_package::Model,
    /// `adopt` or `update`.
    pub step: &'static str,
    /// Components that were chosen.
    pub components: &'a [ComponentKind],
    /// Claimed readiness before.
    pub before: Percent,
    /// Claimed readiness after.
    pub after: Percent,
}

/// What a step did to a record, with what is needed to take it back.
#[derive(Debug)]
#[allow(missing_docs, reason = "columns of package_change")]
pub struct Touched {
    pub kind: String,
    pub record_id: SetupRecordId,
    pub origin_id: SetupRecordId,
    pub action: &'static str,
    pub after_version: i32,
    pub before: Option<serde_json::Value>,
    pub origin_before: Option<serde_json::Value>,
}

/// Records a step with its changes and the events of its records.
///
/// # Errors
/// When the database refuses.
pub async fn keep_step(
    tx: &TenantTx,
    step: Step<'_>,
    changes: Vec<Touched>,
    mut events: Vec<Change>,
) -> ApiResult<PackageAdoption> {
    let row = package_adoption::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(PackageAdoptionId::generate()),
        model_package_id: Set(step.package.id),
        package_id: Set(step.package.package_id),
        step: Set(step.step.to_owned()),
        components: Set(serde_json::to_value(step.components).map_err(ApiError::internal)?),
        claimed_before: Set(hundredths(step.before)),
        claimed_after: Set(hundredths(step.after)),
        adopted_at: Set(Utc::now()),
        adopted_by: Set(tx.origin().actor_id),
        adopted_by_name: Set(tx.origin().actor_name.clone()),
        undone_at: Set(None),
        undone_by_name: Set(None),
        version: Set(1),
    }
    .insert(tx)
    .await?;
    let rows = changes.into_iter().map(|change| package_change::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(PackageChangeId::generate()),
        adoption_id: Set(row.id),
        record_id: Set(change.record_id),
        kind: Set(change.kind),
        action: Set(change.action.to_owned()),
        origin_id: Set(change.origin_id),
        after_version: Set(change.after_version),
        before: Set(change.before),
        origin_before: Set(change.origin_before),
    });
    batch::insert_in_parts(tx, rows.collect()).await?;
    let value = describe(tx, row).await?;
    events.push(Change::of(step.step, "package_adoption", value.id).after(serde_json::json!({
        "package_id": value.package_id, "package_version": value.package_version, "package_name": value.package_name,
        "components": value.components, "records": value.changes.len(),
    })));
    audit::record_all(tx, events).await?;
    Ok(value)
}

/// List the steps in which the district took over packages, the newest first
#[utoipa::path(get, path = "/api/v1/districts/{code}/package-adoptions", tag = "packages", params(PageQuery),
    responses((status = 200, body = Page<PackageAdoption>)))]
async fn list_package_adoptions(
    who: InDistrict<perm::SetupRead>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<PackageAdoption>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<package_adoption::Entity>()
        .order_by_desc(package_adoption::Column::Id)
        .limit(limit + 1);
    if let Some(before) = page.after::<PackageAdoptionId>()? {
        select = select.filter(package_adoption::Column::Id.lt(before));
    }
    let rows = select.all(&tx).await?;
    let page = Page::of(rows, limit, |row| row.id, |row| row);
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(describe(&tx, row).await?);
    }
    Ok(Json(Page {
        items,
        next_cursor: page.next_cursor,
    }))
}

/// The id in a path.
#[derive(Debug, Deserialize)]
pub struct AdoptionPath {
    /// Of a step.
    pub adoption_id: PackageAdoptionId,
}

/// A step of this district.
///
/// # Errors
/// 404 when there is none.
pub async fn find(tx: &TenantTx, id: PackageAdoptionId) -> ApiResult<package_adoption::Model> {
    let select = tx
        .find::<package_adoption::Entity>()
        .filter(package_adoption::Column::Id.eq(id));
    select.one(tx).await?.ok_or_else(|| ErrorCode::NotFound.into())
}

/// See a step in which the district took over a package
#[utoipa::path(get, path = "/api/v1/districts/{code}/package-adoptions/{adoption_id}", tag = "packages",
    responses((status = 200, body = PackageAdoption)))]
async fn get_package_adoption(
    who: InDistrict<perm::SetupRead>,
    Path(path): Path<AdoptionPath>,
) -> ApiResult<Tagged<PackageAdoption>> {
    let tx = who.tenant().await?;
    let value = describe(&tx, find(&tx, path.adoption_id).await?).await?;
    Ok(Tagged {
        version: value.version,
        value,
    })
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        preview_package_adoption,
        create_package_adoption,
        list_package_adoptions,
        get_package_adoption
    );
}
