//! Seeing the readiness of a district, sharing out its items, and going live.

use actix_web::{HttpRequest, web::Json};
use chrono::{NaiveDate, Utc};
use entity::{district, ids::*, item_progress, membership};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, QueryFilter,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    notify,
    review::ItemPath,
    situation::{self, Situation},
    standards,
    view::{self, ItemProgress, ReadinessReport, find_item},
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    districts::routes::District,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Body, Checks, IfMatch, Path, Tagged,
        endpoint::Endpoints,
        problem::{self, Problem},
    },
    setup::store,
};

/// Who should look after an item until when, as a whole: what is left out is emptied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemProgressUpdate {
    /// The member in charge.
    pub assignee_id: Option<AccountId>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// A note for the team.
    #[serde(default)]
    pub note: String,
    /// Work has begun although nothing can be shown yet.
    #[serde(default)]
    pub begun: bool,
}

/// See how ready a district is
///
/// Scores, the state of every item, what to do next, who does it until when, the phase with its dates, and what stands in
/// the way of going live.
#[utoipa::path(get, path = "/api/v1/districts/{code}/readiness", tag = "readiness",
    responses((status = 200, body = ReadinessReport)))]
async fn get_readiness(who: InDistrict<perm::SetupRead>, request: HttpRequest) -> ApiResult<Json<ReadinessReport>> {
    let tx = who.tenant().await?;
    let situation = Situation::load(&tx).await?;
    let assignees = situation.rows.progress.values().filter_map(|row| row.assignee_id);
    let people = notify::people(&tx, assignees).await?;
    Ok(Json(view::report(&situation, &people, problem::language(&request))))
}

async fn progress_of(tx: &TenantTx, code: &str) -> ApiResult<Option<item_progress::Model>> {
    let select = tx
        .find::<item_progress::Entity>()
        .filter(item_progress::Column::ItemCode.eq(code));
    Ok(select.one(tx).await?)
}

async fn describe(tx: &TenantTx, code: &str, row: Option<&item_progress::Model>) -> ApiResult<Tagged<ItemProgress>> {
    let people = notify::people(tx, row.and_then(|row| row.assignee_id)).await?;
    let value = ItemProgress::of(code, row, &people);
    Ok(Tagged {
        version: value.version,
        value,
    })
}

async fn known_item(tx: &TenantTx, code: &str) -> ApiResult<()> {
    let standard = standards::current(tx, super::query::today(tx).await?).await?;
    match find_item(&standard, code) {
        Some(_) => Ok(()),
        None => Err(ErrorCode::NotFound.into()),
    }
}

/// See who looks after an item
///
/// Its `ETag` is `"0"` before anything was said.
#[utoipa::path(get, path = "/api/v1/districts/{code}/readiness/{item_code}/progress", tag = "readiness",
    params(("item_code" = String, Path, description = "Code of an item of the standard", example = "REG-1")),
    responses((status = 200, body = ItemProgress)))]
async fn get_item_progress(
    who: InDistrict<perm::SetupRead>,
    Path(path): Path<ItemPath>,
) -> ApiResult<Tagged<ItemProgress>> {
    let tx = who.tenant().await?;
    known_item(&tx, &path.item_code).await?;
    let row = progress_of(&tx, &path.item_code).await?;
    describe(&tx, &path.item_code, row.as_ref()).await
}

/// Say who looks after an item until when
///
/// Whoever may be put in charge is in the list of members. `If-Match: "0"` when nothing was said before.
#[utoipa::path(put, path = "/api/v1/districts/{code}/readiness/{item_code}/progress", tag = "readiness",
    params(("item_code" = String, Path, description = "Code of an item of the standard", example = "REG-1")),
    request_body = ItemProgressUpdate, responses((status = 200, body = ItemProgress)))]
async fn update_item_progress(
    who: InDistrict<perm::SetupWrite>,
    Path(path): Path<ItemPath>,
    version: IfMatch,
    body: Body<ItemProgressUpdate>,
) -> ApiResult<Tagged<ItemProgress>> {
    let code = path.item_code;
    let input = body.value;
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    known_item(&tx, &code).await?;
    let row = progress_of(&tx, &code).await?;
    if row.as_ref().map_or(0, |row| row.version) != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    let note = check_progress(&tx, &input, row.as_ref()).await?;
    let before = describe(&tx, &code, row.as_ref()).await?.value;
    let values = item_progress::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(row.as_ref().map_or_else(ItemProgressId::generate, |row| row.id)),
        item_code: Set(code.clone()),
        assignee_id: Set(input.assignee_id),
        due_on: Set(input.due_on),
        note: Set(note),
        begun: Set(input.begun),
        version: Set(version.0 + 1),
        created_at: NotSet,
        updated_at: Set(Utc::now()),
    };
    let row = match row {
        Some(_) => values.update(&tx).await?,
        None => values.insert(&tx).await?,
    };
    let answer = describe(&tx, &code, Some(&row)).await?;
    situation::refresh(&tx).await?;
    let change = Change::of("update", "item_progress", &code);
    audit::record(&tx, change.before(before).after(&answer.value)).await?;
    tx.commit().await?;
    Ok(answer)
}

async fn check_progress(
    tx: &TenantTx,
    input: &ItemProgressUpdate,
    before: Option<&item_progress::Model>,
) -> ApiResult<String> {
    let mut checks = Checks::new();
    let note = checks.paragraph("note", &input.note, 2_000);
    if let Some(assignee) = input.assignee_id {
        let member = tx
            .find::<membership::Entity>()
            .filter(membership::Column::AccountId.eq(assignee))
            .one(tx)
            .await?;
        checks.ensure(
            member.is_some(),
            "assignee_id",
            "not_a_member",
            Text::fixed("Pilih anggota daerah Anda.", "Choose a member of your district."),
        );
    }
    // A date that has passed may stay: the item is overdue, not wrong.
    let known = before.and_then(|row| row.due_on);
    if let Some(due) = input.due_on.filter(|due| Some(*due) != known) {
        let today = super::query::today(tx).await?;
        let latest = today + chrono::Duration::days(20 * 365);
        checks.ensure(
            (today..=latest).contains(&due),
            "due_on",
            "out_of_range",
            Text::fixed("Pilih tanggal mulai hari ini.", "Choose a date from today on."),
        );
    }
    checks.finish()?;
    Ok(note)
}

/// Take the centre live
///
/// Allowed when every mandatory item is at least present and those that the standard flags are verified. Otherwise 409
/// `not_ready` with every item in the way: `field` is the item's code, `code` the reason.
#[utoipa::path(post, path = "/api/v1/districts/{code}/go-live", tag = "readiness",
    responses((status = 200, body = District),
        (status = 409, description = "It is not ready, or live already", body = Problem, content_type = "application/problem+json")))]
async fn go_live(who: InDistrict<perm::SetupGoLive>, version: IfMatch) -> ApiResult<Tagged<District>> {
    let (tx, row) = who.tenant_to_change().await?;
    store::take_turn(&tx).await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    if row.phase == "live" {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Layanan ini sudah diluncurkan.",
            "This centre is live already.",
        )));
    }
    let before = District::from(row.clone());
    let (now, next) = (Utc::now(), row.version + 1);
    let mut row: district::ActiveModel = row.into();
    row.phase = Set("live".to_owned());
    row.live_at = Set(Some(now));
    row.version = Set(next);
    row.updated_at = Set(now);
    let after = District::from(row.update(&tx).await?);
    let situation = situation::refresh(&tx).await?;
    if !situation.readiness.go_live.is_allowed() {
        // Nothing was committed: the refusal undoes the change above.
        return Err(not_ready(&situation));
    }
    notify::went_live(&tx, &situation, &who.signed_in.access.name).await?;
    let change = Change::of("go_live", "district", &after.code);
    audit::record(&tx, change.before(before).after(&after)).await?;
    tx.commit().await?;
    who.app().shared.access.forget_district(&after.code).await;
    Ok(Tagged {
        version: next,
        value: after,
    })
}

fn not_ready(situation: &Situation) -> ApiError {
    let blockers = situation.readiness.go_live.blockers.iter();
    let fields = blockers.filter_map(|blocker| {
        let item = find_item(&situation.standard, &blocker.item)?;
        let reason = blocker.reason.text();
        Some(FieldError {
            field: item.code.clone(),
            code: blocker.reason.as_str(),
            message: Text::new(
                format!("{}: {}.", item.title.id, reason.id),
                format!("{}: {}.", item.title.en, reason.en),
            ),
        })
    });
    ApiError::new(ErrorCode::NotReady).with_fields(fields.collect())
}

/// The operations on a district's readiness.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        get_readiness,
        get_item_progress,
        update_item_progress,
        go_live
    );
}
