//! Announcing as ministry or province, and seeing who has read it.

use actix_web::{HttpRequest, HttpResponse, web::Json};
use chrono::Utc;
use entity::{announcement, announcement_delivery, ids::*};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    EntityTrait, IntoActiveModel, QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    query::{self, Only},
    rules,
    view::{AnnouncementCreate, AnnouncementReceipt, AnnouncementSent, AnnouncementText, SentRow},
};
use crate::{
    audience::{Audience, AudienceQuery, AudienceSize, Roles, Sender},
    audit::{self, Change},
    auth::{Oversight, guard::Reach, perm},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, Page, PageQuery, Path, Query,
        endpoint::Endpoints,
        idempotency::create_once,
        problem::{self, Problem},
    },
    notices::{Announced, Circular, NoticeContent, Stage, circulate, take_back},
};

type Who = Oversight<perm::AnnouncementsManage>;

#[derive(Deserialize)]
struct AnnouncementPath {
    announcement_id: AnnouncementId,
}

/// Why an announcement is taken back.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementWithdrawal {
    /// The reason, which its readers see.
    #[schema(example = "Tanggalnya keliru.")]
    pub reason: String,
}

/// Which receipts.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// Of districts where nobody opened it.
    Unopened,
    /// Of districts where nobody confirmed it.
    Unconfirmed,
}

/// Which receipts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReceiptQuery {
    /// Only of districts where this is missing.
    #[param(inline)]
    reading: Option<ReceiptState>,
}

/// See how many an announcement or invitation would reach
///
/// The active districts within reach that are all that is asked for, and the people in them.
#[utoipa::path(get, path = "/api/v1/oversight/audience", tag = "announcements", params(AudienceQuery),
    responses((status = 200, body = AudienceSize)))]
async fn get_audience_size(who: Who, Query(query): Query<AudienceQuery>) -> ApiResult<Json<AudienceSize>> {
    let audience = Audience::from(query);
    let mut checks = Checks::new();
    audience.check(&mut checks);
    checks.finish()?;
    let tx = who.system().await?;
    Ok(Json(audience.size(&tx, &who.reach).await?))
}

/// List announcements that were sent, the newest first
///
/// A province sees its own, the ministry all.
#[utoipa::path(get, path = "/api/v1/oversight/announcements", tag = "announcements", params(PageQuery),
    responses((status = 200, body = Page<AnnouncementSent>)))]
async fn list_sent_announcements(who: Who, Query(page): Query<PageQuery>) -> ApiResult<Json<Page<AnnouncementSent>>> {
    let limit = page.limit()?;
    let tx = who.within_reach().await?;
    let rows = query::sent(&tx, page.after::<AnnouncementId>()?, limit + 1).await?;
    Page::try_of(rows, limit, |row| row.id, SentRow::describe).map(Json)
}

/// See an announcement that was sent
#[utoipa::path(get, path = "/api/v1/oversight/announcements/{announcement_id}", tag = "announcements",
    responses((status = 200, body = AnnouncementSent)))]
async fn get_sent_announcement(who: Who, Path(path): Path<AnnouncementPath>) -> ApiResult<Json<AnnouncementSent>> {
    let tx = who.within_reach().await?;
    let row = query::sent_one(&tx, path.announcement_id).await?;
    Ok(Json(row.ok_or(ErrorCode::NotFound)?.describe()?))
}

/// List the districts that an announcement reached, and who opened it
///
/// Coordinators by name, others by their role.
#[utoipa::path(get, path = "/api/v1/oversight/announcements/{announcement_id}/receipts", tag = "announcements",
    params(PageQuery, ReceiptQuery), responses((status = 200, body = Page<AnnouncementReceipt>)))]
async fn list_announcement_receipts(
    who: Who,
    request: HttpRequest,
    Path(path): Path<AnnouncementPath>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<ReceiptQuery>,
) -> ApiResult<Json<Page<AnnouncementReceipt>>> {
    let limit = page.limit()?;
    let only = match filter.reading {
        None => Only::All,
        Some(ReceiptState::Unopened) => Only::Unopened,
        Some(ReceiptState::Unconfirmed) => Only::Unconfirmed,
    };
    let tx = who.within_reach().await?;
    let id = path.announcement_id;
    query::sent_one(&tx, id).await?.ok_or(ErrorCode::NotFound)?;
    let after = page.after::<String>()?;
    let rows = query::receipts(&tx, id, only, after, limit + 1, problem::language(&request)).await?;
    Ok(Json(Page::of(rows, limit, |row| row.district_code.clone(), |row| row)))
}

/// Announce something to many districts
///
/// To all active districts within reach, or those of them that are all that the audience says. They are told behind the bell,
/// by mail or in their digest, as each person wishes, a few moments later.
#[utoipa::path(post, path = "/api/v1/oversight/announcements", tag = "announcements", request_body = AnnouncementCreate,
    responses((status = 201, body = AnnouncementSent)))]
async fn create_announcement(who: Who, key: IdempotencyKey, body: Body<AnnouncementCreate>) -> ApiResult<HttpResponse> {
    let mut checks = Checks::new();
    let (text, audience) = body.value.split();
    let text = text.checked(&mut checks);
    audience.check(&mut checks);
    checks.finish()?;
    create_once(who.system().await?, "create_announcement", key, body.hash, async |tx| {
        let (to, sender) = audience.resolve(tx, &who.reach).await?;
        let row = written(tx, &who, &text);
        let row = announcement::ActiveModel {
            owner_province: Set(sender.province),
            sender: Set(sender.name),
            audience: Set(serde_json::to_value(&audience).map_err(ApiError::internal)?),
            roles: Set(audience.roles.as_str().to_owned()),
            ..row
        };
        let value = send(tx, row.insert(tx).await?, &to, Stage::New).await?;
        audit::record(tx, Change::of("create", "announcement", value.id).after(&value)).await?;
        Ok(Created { version: None, value })
    })
    .await
}

/// Correct an announcement
///
/// The correction goes to the same people, and takes the place of the one that it corrects wherever that is opened.
#[utoipa::path(post, path = "/api/v1/oversight/announcements/{announcement_id}/correction", tag = "announcements",
    request_body = AnnouncementText, responses((status = 201, body = AnnouncementSent)))]
async fn correct_announcement(
    who: Who,
    Path(path): Path<AnnouncementPath>,
    key: IdempotencyKey,
    body: Body<AnnouncementText>,
) -> ApiResult<HttpResponse> {
    let mut checks = Checks::new();
    let text = body.value.checked(&mut checks);
    checks.finish()?;
    let operation = format!("correct_announcement {}", path.announcement_id);
    create_once(who.system().await?, &operation, key, body.hash, async |tx| {
        let old = standing(tx, &who.reach, path.announcement_id).await?;
        refuse_words_of_others(&who.reach, &old)?;
        let row = announcement::ActiveModel {
            owner_province: Set(old.owner_province.clone()),
            sender: Set(old.sender.clone()),
            audience: Set(old.audience.clone()),
            roles: Set(old.roles.clone()),
            replaces: Set(Some(old.id)),
            ..written(tx, &who, &text)
        };
        let row = row.insert(tx).await?;
        let to = query::reached(tx, old.id).await?;
        take_back(tx, old.id.0).await?;
        let mut old = old.into_active_model();
        old.replaced_by = Set(Some(row.id));
        old.update(tx).await?;
        let value = send(tx, row, &to, Stage::Corrected).await?;
        let change = Change::of("correct", "announcement", path.announcement_id);
        audit::record(tx, change.after(&value)).await?;
        Ok(Created { version: None, value })
    })
    .await
}

/// Withdraw an announcement
///
/// Where it is opened it says so, with the reason; its text is gone. Who was told of it is told of that. What it corrects is
/// withdrawn with it: else a text that was replaced would be the last one to be read. What was corrected is withdrawn by
/// withdrawing its correction.
#[utoipa::path(post, path = "/api/v1/oversight/announcements/{announcement_id}/withdrawal", tag = "announcements",
    request_body = AnnouncementWithdrawal, responses((status = 200, body = AnnouncementSent),
        (status = 409, description = "It was withdrawn before, or a correction has taken its place", body = Problem, content_type = "application/problem+json")))]
async fn withdraw_announcement(
    who: Who,
    Path(path): Path<AnnouncementPath>,
    body: Body<AnnouncementWithdrawal>,
) -> ApiResult<Json<AnnouncementSent>> {
    let mut checks = Checks::new();
    let reason = checks.line("reason", &body.value.reason, 500);
    checks.finish()?;
    let tx = who.system().await?;
    let standing = standing(&tx, &who.reach, path.announcement_id).await?;
    let mark = announcement::ActiveModel {
        withdrawn_at: Set(Some(Utc::now())),
        withdrawn_by_name: Set(who.signed_in.access.name.clone()),
        withdrawn_reason: Set(reason.clone()),
        ..Default::default()
    };
    let row = withdraw(&tx, standing, &mark).await?;
    let untold = take_back(&tx, row.id.0).await?;
    let mut told = query::reached(&tx, row.id).await?;
    // Whoever was told of what this one corrects is told too, although the correction had not reached them.
    if row.replaces.is_none() {
        told.retain(|&district| untold.iter().all(|one| one.district != district));
    }
    circulate(&tx, &circular(&row, Stage::Withdrawn, reason), &told).await?;
    let value = described(&tx, row.id).await?;
    let mut changes = vec![Change::of("withdraw", "announcement", row.id).after(&value)];
    let mut replaced = row.replaces;
    while let Some(older) = find_locked(&tx, replaced).await? {
        let older = withdraw(&tx, older, &mark).await?;
        let gone = described(&tx, older.id).await?;
        changes.push(Change::of("withdraw", "announcement", older.id).after(&gone));
        replaced = older.replaces;
    }
    audit::record_all(&tx, changes).await?;
    tx.commit().await?;
    Ok(Json(value))
}

/// Writes the withdrawal into one row.
async fn withdraw(
    tx: &SystemTx,
    row: announcement::Model,
    mark: &announcement::ActiveModel,
) -> ApiResult<announcement::Model> {
    let row = announcement::ActiveModel {
        id: Unchanged(row.id),
        ..mark.clone()
    };
    Ok(row.update(tx).await?)
}

/// The announcement, locked until the transaction ends; none when nothing is named.
async fn find_locked(tx: &SystemTx, id: Option<AnnouncementId>) -> ApiResult<Option<announcement::Model>> {
    let Some(id) = id else { return Ok(None) };
    Ok(announcement::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

/// A new row with what was written, by whom and when.
fn written(tx: &SystemTx, who: &Who, text: &AnnouncementText) -> announcement::ActiveModel {
    let access = &who.signed_in.access;
    announcement::ActiveModel {
        id: Set(AnnouncementId::generate()),
        title: Set(text.title.clone()),
        body: Set(text.text.clone()),
        link: Set(text.link.clone()),
        must_confirm: Set(text.must_confirm),
        sent_by: Set(access.account_id),
        sent_by_name: Set(tx.origin().actor_name.clone()),
        sent_at: Set(Utc::now()),
        ..Default::default()
    }
}

/// Only who spoke says it anew: the ministry may withdraw what a province said, but does not speak in its name.
fn refuse_words_of_others(reach: &Reach, row: &announcement::Model) -> ApiResult<()> {
    if *reach == Reach::Nation && row.owner_province.is_some() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Hanya provinsi pengirim yang dapat meralat pengumuman ini. Anda dapat menariknya.",
            "Only the province that sent this announcement can correct it. You may withdraw it.",
        )));
    }
    Ok(())
}

/// An announcement of this reach that still stands, locked until the transaction ends.
async fn standing(tx: &SystemTx, reach: &Reach, id: AnnouncementId) -> ApiResult<announcement::Model> {
    let row = find_locked(tx, Some(id)).await?;
    let row = row.filter(|row| match &row.owner_province {
        Some(province) => reach.covers(province),
        None => *reach == Reach::Nation,
    });
    let row = row.ok_or(ErrorCode::NotFound)?;
    let refused = if row.withdrawn_at.is_some() {
        Text::fixed(
            "Pengumuman ini sudah ditarik.",
            "This announcement was withdrawn before.",
        )
    } else if row.replaced_by.is_some() {
        Text::fixed(
            "Pengumuman ini sudah diganti ralatnya. Buka ralat yang terbaru: yang diralat atau ditarik adalah yang itu, dan \
             versi lama ikut ditarik bersamanya.",
            "A correction has replaced this announcement. Open the newest correction: that is the one to correct or to \
             withdraw, and older versions are withdrawn with it.",
        )
    } else {
        return Ok(row);
    };
    Err(ApiError::new(ErrorCode::Conflict).detail(refused))
}

async fn send(tx: &SystemTx, row: announcement::Model, to: &[DistrictId], stage: Stage) -> ApiResult<AnnouncementSent> {
    let deliveries = to.iter().map(|&district| announcement_delivery::ActiveModel {
        district_id: Set(district),
        id: Set(row.id),
        owner_province: Set(row.owner_province.clone()),
        readers: Set(0),
        ..Default::default()
    });
    if !to.is_empty() {
        announcement_delivery::Entity::insert_many(deliveries)
            .exec_without_returning(tx)
            .await?;
    }
    circulate(tx, &circular(&row, stage, rules::excerpt(&row.body)), to).await?;
    described(tx, row.id).await
}

fn circular(row: &announcement::Model, stage: Stage, text: String) -> Circular {
    Circular {
        subject: row.id.0,
        content: NoticeContent::Announced(Announced {
            sender: Sender::words(&row.sender),
            title: row.title.clone(),
            text,
            must_confirm: row.must_confirm,
            stage,
        }),
        link: format!("/pengumuman/{}", row.id),
        roles: Roles::parse(&row.roles),
    }
}

async fn described(tx: &SystemTx, id: AnnouncementId) -> ApiResult<AnnouncementSent> {
    let row = query::sent_one(tx, id).await?;
    row.ok_or_else(|| ApiError::internal(anyhow::anyhow!("the announcement is gone")))?
        .describe()
}

/// The operations of those who send.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        get_audience_size,
        list_sent_announcements,
        get_sent_announcement,
        list_announcement_receipts,
        create_announcement,
        correct_announcement,
        withdraw_announcement
    );
}
