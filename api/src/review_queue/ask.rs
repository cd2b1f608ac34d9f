//! Asking another reviewer.

use actix_web::web::Json;
use chrono::Utc;
use entity::{account, ids::AccountId, membership, review_queue, review_request};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm, permission::Permission},
    db::{SystemTx, TenantTx, Transaction},
    endpoints,
    error::{ApiResult, ErrorCode, Text},
    http::{Body, Checks, NoContent, endpoint::Endpoints},
    members::overseers,
    notices::{About, Notice, NoticeContent, Words, post},
    readiness::{self, view::find_item},
};

/// Somebody who may decide on what a district hands in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reviewer {
    /// The account.
    pub account_id: AccountId,
    /// The name.
    pub name: String,
    /// `province` or `nation`.
    #[schema(example = "province")]
    pub scope: String,
}

/// The reviewers of a district.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reviewers {
    /// By name.
    pub items: Vec<Reviewer>,
}

/// Whom to ask to look at what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewRequestCreate {
    /// The entry of the queue.
    pub entry_id: Uuid,
    /// Whom to ask.
    pub reviewer_id: AccountId,
    /// What to say; may be empty.
    #[serde(default)]
    #[schema(example = "Mohon dilihat, Anda yang mengenal Perbup ini.")]
    pub note: String,
}

/// Those who may decide in the district: reviewers of its province and of the nation who are not its members.
async fn reviewers<P>(tx: &SystemTx, who: &InDistrict<P>) -> ApiResult<Vec<Reviewer>> {
    let province = &who.district.province_code;
    let overseers = overseers::holding(province, Permission::SetupReview, Permission::SetupReview);
    let of_district = membership::Column::DistrictId.eq(who.district_id());
    let rows = membership::Entity::find()
        .filter(overseers.add(of_district))
        .all(tx)
        .await?;
    let members: Vec<AccountId> = rows
        .iter()
        .filter(|row| row.district_id.is_some())
        .map(|row| row.account_id)
        .collect();
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(rows.iter().map(|row| row.account_id)))
        .filter(account::Column::Id.is_not_in(members))
        .filter(account::Column::DisabledAt.is_null())
        .order_by_asc(account::Column::Name)
        .all(tx)
        .await?;
    let scope = |id: AccountId| {
        rows.iter()
            .find(|row| row.account_id == id)
            .map(|row| row.scope.clone())
    };
    Ok(accounts
        .into_iter()
        .map(|account| Reviewer {
            account_id: account.id,
            scope: scope(account.id).unwrap_or_default(),
            name: account.name,
        })
        .collect())
}

/// List who may decide on what a district hands in
#[utoipa::path(get, path = "/api/v1/districts/{code}/reviewers", tag = "oversight", responses((status = 200, body = Reviewers)))]
async fn list_reviewers(who: InDistrict<perm::SetupReview>) -> ApiResult<Json<Reviewers>> {
    let tx = who.signed_in.system().await?;
    let items = reviewers(&tx, &who).await?;
    Ok(Json(Reviewers { items }))
}

/// Ask another reviewer to look at what waits
///
/// Who is asked is told by mail and in the application; who asks oneself takes it upon oneself. Whoever may decide still may;
/// asking again asks another.
#[utoipa::path(post, path = "/api/v1/districts/{code}/review-requests", tag = "oversight", request_body = ReviewRequestCreate,
    responses((status = 204)))]
async fn ask_reviewer(who: InDistrict<perm::SetupReview>, body: Body<ReviewRequestCreate>) -> ApiResult<NoContent> {
    let input = body.value;
    let mut checks = Checks::new();
    let note = checks.paragraph("note", &input.note, 500);
    let system = who.signed_in.system().await?;
    let asked = reviewers(&system, &who).await?;
    drop(system);
    let asked = asked
        .into_iter()
        .find(|reviewer| reviewer.account_id == input.reviewer_id);
    let text = Text::fixed(
        "Orang ini tidak dapat memutuskan bukti daerah ini. Pilih peninjau dari daftar.",
        "This person cannot decide on this district's evidence. Choose a reviewer from the list.",
    );
    checks.ensure(asked.is_some(), "reviewer_id", "not_in_list", text);
    checks.finish()?;
    let asked = asked.ok_or(ErrorCode::NotFound)?;
    let tx = who.tenant().await?;
    // In the district's turn: what waits must not be decided meanwhile.
    let situation = readiness::refresh(&tx).await?;
    let entry = entry(&tx, input.entry_id).await?;
    if entry.submitted_by == Some(asked.account_id) {
        return Err(ErrorCode::ConflictOfInterest.into());
    }
    let asker = &who.signed_in.access;
    // Sent again after a lost answer: nobody is told twice.
    if known_request(&tx, &entry).await?.is_some_and(|known| {
        (known.reviewer_id, known.asked_by, &known.note) == (asked.account_id, asker.account_id, &note)
    }) {
        return Ok(NoContent);
    }
    let row = review_request::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(input.entry_id),
        reviewer_id: Set(asked.account_id),
        reviewer_name: Set(asked.name.clone()),
        asked_by: Set(asker.account_id),
        asked_by_name: Set(asker.name.clone()),
        note: Set(note.clone()),
        asked_at: Set(Utc::now()),
    };
    use review_request::Column;
    let anew = OnConflict::columns([Column::DistrictId, Column::Id])
        .update_columns([
            Column::ReviewerId,
            Column::ReviewerName,
            Column::AskedBy,
            Column::AskedByName,
            Column::Note,
            Column::AskedAt,
        ])
        .to_owned();
    review_request::Entity::insert(row)
        .on_conflict(anew)
        .exec_without_returning(&tx)
        .await?;
    readiness::queue::keep(&tx, &situation).await?;
    let title = find_item(&situation.standard, &entry.item_code).map(|item| item.title.clone());
    let notice = Notice {
        content: NoticeContent::ReviewAsked {
            district: situation.district.name.clone(),
            item: entry.item_code.clone(),
            title: title.map_or_else(
                || Words::from(Text::fixed("", "")),
                |title| Words {
                    id: title.id,
                    en: title.en,
                },
            ),
            asker: asker.name.clone(),
            note: note.clone(),
        },
        link: format!("/pusat/antrean/{}/{}", situation.district.code, entry.id),
        about: About::district(&situation.district),
    };
    // Who takes it upon oneself need not be told.
    let told = Some(asked.account_id).filter(|asked| *asked != asker.account_id);
    post(&tx, told, &notice).await?;
    // The district reads its trail; what reviewers say to each other is not for it.
    let after = serde_json::json!({ "item_code": entry.item_code, "reviewer": asked.name });
    audit::record(&tx, Change::of("ask", "review_request", input.entry_id).after(after)).await?;
    tx.commit().await?;
    Ok(NoContent)
}

async fn known_request(tx: &TenantTx, entry: &review_queue::Model) -> ApiResult<Option<review_request::Model>> {
    let select = tx
        .find::<review_request::Entity>()
        .filter(review_request::Column::Id.eq(entry.id));
    Ok(select.one(tx).await?)
}

async fn entry(tx: &TenantTx, id: Uuid) -> ApiResult<review_queue::Model> {
    let select = tx
        .find::<review_queue::Entity>()
        .filter(review_queue::Column::Id.eq(id));
    select.one(tx).await?.ok_or_else(|| ErrorCode::NotFound.into())
}

/// The operations on asking.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_reviewers, ask_reviewer);
}
