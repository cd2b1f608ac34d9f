//! Who is in charge of a component, and until when. Of an item: the progress of the item, in `readiness`.

use actix_web::{HttpResponse, web::Json};
use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    ids::{AccountId, SetupRecordId, SetupResponsibilityId},
    setup_responsibility,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    form::Form,
    kind::{Links, SetupKind},
    links,
    staff::StaffMember,
    store,
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, IfMatch, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once, problem,
    },
    readiness::{self, ComponentKind},
};

/// Who is in charge of a component.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SetupResponsibility {
    /// Its id.
    pub id: SetupResponsibilityId,
    /// The component.
    pub component: ComponentKind,
    /// The member in charge.
    pub account_id: Option<AccountId>,
    /// The person in charge, from the staff list, with or without an account.
    pub staff_id: Option<SetupRecordId>,
    /// To be done by this day.
    pub due_on: Option<NaiveDate>,
    /// What was agreed.
    pub note: String,
    /// The `ETag` as a number.
    pub version: i32,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

/// A component for which somebody takes responsibility. Items have their own person in their progress.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupResponsibilityCreate {
    /// The component; each can be given once.
    pub component: ComponentKind,
    /// The member in charge.
    pub account_id: Option<AccountId>,
    /// The person in charge, from the staff list.
    pub staff_id: Option<SetupRecordId>,
    /// To be done by this day.
    pub due_on: Option<NaiveDate>,
    /// What was agreed.
    #[serde(default)]
    pub note: String,
}

/// Who should be in charge from now on; what is left out is emptied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupResponsibilityUpdate {
    /// The member in charge.
    pub account_id: Option<AccountId>,
    /// The person in charge, from the staff list.
    pub staff_id: Option<SetupRecordId>,
    /// To be done by this day.
    pub due_on: Option<NaiveDate>,
    /// What was agreed.
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
struct ResponsibilityPath {
    responsibility_id: SetupResponsibilityId,
}

impl TryFrom<setup_responsibility::Model> for SetupResponsibility {
    type Error = ApiError;

    fn try_from(row: setup_responsibility::Model) -> ApiResult<Self> {
        let component = ComponentKind::ALL.iter().find(|one| one.slug() == row.component);
        let unknown = || ApiError::internal(anyhow::anyhow!("there is no component {}", row.component));
        Ok(Self {
            id: row.id,
            component: *component.ok_or_else(unknown)?,
            account_id: row.account_id,
            staff_id: row.staff_id,
            due_on: row.due_on,
            note: row.note,
            version: row.version,
            updated_at: row.updated_at,
        })
    }
}

/// List who is in charge of which component
#[utoipa::path(get, path = "/api/v1/districts/{code}/setup/responsibilities", tag = "setup: responsibilities", params(PageQuery),
    responses((status = 200, body = Page<SetupResponsibility>)))]
async fn list_setup_responsibilities(
    who: InDistrict<perm::SetupRead>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<SetupResponsibility>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<setup_responsibility::Entity>()
        .order_by_asc(setup_responsibility::Column::Component)
        .limit(limit + 1);
    if let Some(after) = page.after::<String>()? {
        select = select.filter(setup_responsibility::Column::Component.gt(after));
    }
    let rows = select.all(&tx).await?.into_iter().map(SetupResponsibility::try_from);
    let rows: Vec<_> = rows.collect::<ApiResult<_>>()?;
    let place = |row: &SetupResponsibility| row.component.slug().to_owned();
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// Say who is in charge of a component
#[utoipa::path(post, path = "/api/v1/districts/{code}/setup/responsibilities", tag = "setup: responsibilities",
    request_body = SetupResponsibilityCreate,
    responses((status = 201, body = SetupResponsibility),
        (status = 409, description = "Somebody is in charge already: change that", body = problem::Problem, content_type = "application/problem+json")))]
async fn create_setup_responsibility(
    who: InDistrict<perm::SetupWrite>,
    key: IdempotencyKey,
    body: Body<SetupResponsibilityCreate>,
) -> ApiResult<HttpResponse> {
    let input = body.value;
    let mut checks = Checks::new();
    let mut people = SetupResponsibilityUpdate {
        account_id: input.account_id,
        staff_id: input.staff_id,
        due_on: input.due_on,
        note: input.note,
    };
    check_fields(&mut checks, &mut people);
    checks.finish()?;
    let (tx, operation) = (who.tenant().await?, "create_setup_responsibility");
    create_once(tx, operation, key, body.hash, async |tx| {
        store::take_turn(tx).await?;
        check_people(tx, &people).await?;
        refuse_second(tx, input.component).await?;
        let now = Utc::now();
        let row = setup_responsibility::ActiveModel {
            district_id: Set(tx.district_id()),
            id: Set(SetupResponsibilityId::generate()),
            component: Set(input.component.slug().to_owned()),
            account_id: Set(people.account_id),
            staff_id: Set(people.staff_id),
            due_on: Set(people.due_on),
            note: Set(people.note),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let value = SetupResponsibility::try_from(row.insert(tx).await?)?;
        readiness::refresh(tx).await?;
        audit::record(tx, Change::of("create", "setup_responsibility", value.id).after(&value)).await?;
        Ok(Created {
            version: Some(value.version),
            value,
        })
    })
    .await
}

async fn refuse_second(tx: &TenantTx, component: ComponentKind) -> ApiResult<()> {
    let select = tx
        .find::<setup_responsibility::Entity>()
        .filter(setup_responsibility::Column::Component.eq(component.slug()));
    match select.one(tx).await? {
        None => Ok(()),
        Some(_) => Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Penanggung jawab komponen ini sudah ditentukan. Ubah yang sudah ada.",
            "Somebody is in charge of this component already. Change that instead.",
        ))),
    }
}

fn check_fields(checks: &mut Checks, input: &mut SetupResponsibilityUpdate) {
    input.note = checks.paragraph("note", &input.note, 2_000);
    Form::new(checks, "").date("due_on", input.due_on);
}

async fn check_people(tx: &TenantTx, input: &SetupResponsibilityUpdate) -> ApiResult<()> {
    let mut people = Links::default();
    people.member("account_id", input.account_id);
    people.record("staff_id", input.staff_id, &[StaffMember::KEY]);
    links::check_links(tx, None, &people.into_vec()).await
}

async fn find(tx: &TenantTx, id: SetupResponsibilityId) -> ApiResult<setup_responsibility::Model> {
    let select = tx
        .find::<setup_responsibility::Entity>()
        .filter(setup_responsibility::Column::Id.eq(id));
    select.one(tx).await?.ok_or_else(|| ErrorCode::NotFound.into())
}

/// See who is in charge of one component
#[utoipa::path(get, path = "/api/v1/districts/{code}/setup/responsibilities/{responsibility_id}", tag = "setup: responsibilities",
    responses((status = 200, body = SetupResponsibility)))]
async fn get_setup_responsibility(
    who: InDistrict<perm::SetupRead>,
    Path(path): Path<ResponsibilityPath>,
) -> ApiResult<Tagged<SetupResponsibility>> {
    let tx = who.tenant().await?;
    let row = find(&tx, path.responsibility_id).await?;
    Ok(Tagged {
        version: row.version,
        value: row.try_into()?,
    })
}

/// Change who is in charge
#[utoipa::path(put, path = "/api/v1/districts/{code}/setup/responsibilities/{responsibility_id}", tag = "setup: responsibilities",
    request_body = SetupResponsibilityUpdate,
    responses((status = 200, body = SetupResponsibility),
        (status = 412, description = "Somebody else changed it: `current` is what is kept now", body = problem::Problem, content_type = "application/problem+json")))]
async fn update_setup_responsibility(
    who: InDistrict<perm::SetupWrite>,
    Path(path): Path<ResponsibilityPath>,
    version: IfMatch,
    body: Body<SetupResponsibilityUpdate>,
) -> ApiResult<Tagged<SetupResponsibility>> {
    let mut input = body.value;
    let mut checks = Checks::new();
    check_fields(&mut checks, &mut input);
    checks.finish()?;
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let row = find(&tx, path.responsibility_id).await?;
    let before = SetupResponsibility::try_from(row.clone())?;
    if row.version != version.0 {
        return Err(ApiError::new(ErrorCode::Stale).current(before));
    }
    check_people(&tx, &input).await?;
    let mut row: setup_responsibility::ActiveModel = row.into();
    row.account_id = Set(input.account_id);
    row.staff_id = Set(input.staff_id);
    row.due_on = Set(input.due_on);
    row.note = Set(input.note);
    row.version = Set(before.version + 1);
    row.updated_at = Set(Utc::now());
    let after = SetupResponsibility::try_from(row.update(&tx).await?)?;
    readiness::refresh(&tx).await?;
    let change = Change::of("update", "setup_responsibility", after.id);
    audit::record(&tx, change.before(before).after(&after)).await?;
    tx.commit().await?;
    Ok(Tagged {
        version: after.version,
        value: after,
    })
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_setup_responsibilities,
        create_setup_responsibility,
        get_setup_responsibility,
        update_setup_responsibility
    );
}
