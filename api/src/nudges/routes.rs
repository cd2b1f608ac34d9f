//! Sending nudges and seeing what came of them.

use actix_web::{HttpResponse, web::Json};
use chrono::{DateTime, NaiveDate, Utc};
use entity::{ids::*, nudge};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules;
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    day,
    db::TenantTx,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, Page, PageQuery, Query, endpoint::Endpoints, idempotency::create_once,
        problem::Problem,
    },
    members::coordinators::coordinators,
    notices::{About, Notice, NoticeContent, Words, post_about},
    readiness::{self, obstacles::Obstacle},
};

/// A reminder to a district's coordinators.
#[derive(Debug, Serialize, ToSchema)]
pub struct Nudge {
    /// Its id.
    pub id: NudgeId,
    /// What the sender added.
    pub message: String,
    /// What the system saw in the way when it was sent.
    pub obstacles: Vec<Obstacle>,
    /// The day of the district's last progress when it was sent.
    pub progress_on: Option<NaiveDate>,
    /// How many coordinators got it.
    #[schema(example = 1)]
    pub recipients: i16,
    /// The sender's name.
    pub sent_by_name: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When a coordinator first read it in the application.
    pub opened_at: Option<DateTime<Utc>>,
}

/// What to say besides what the system sees.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NudgeCreate {
    /// A few words to the coordinators; may be empty.
    #[serde(default)]
    #[schema(example = "Apakah ada yang dapat kami bantu dengan Perbupnya?")]
    pub message: String,
}

impl Nudge {
    fn of(row: nudge::Model) -> ApiResult<Self> {
        Ok(Self {
            id: row.id,
            message: row.message,
            obstacles: serde_json::from_value(row.obstacles).map_err(ApiError::internal)?,
            progress_on: row.progress_on,
            recipients: row.recipients,
            sent_by_name: row.sent_by_name,
            sent_at: row.sent_at,
            opened_at: row.opened_at,
        })
    }
}

/// List the nudges that a district got, the newest first
#[utoipa::path(get, path = "/api/v1/districts/{code}/nudges", tag = "oversight", params(PageQuery),
    responses((status = 200, body = Page<Nudge>)))]
async fn list_nudges(who: InDistrict<perm::SetupRead>, Query(page): Query<PageQuery>) -> ApiResult<Json<Page<Nudge>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<nudge::Entity>()
        .order_by_desc(nudge::Column::Id)
        .limit(limit + 1);
    if let Some(before) = page.after::<NudgeId>()? {
        select = select.filter(nudge::Column::Id.lt(before));
    }
    Page::try_of(select.all(&tx).await?, limit, |row| row.id, Nudge::of).map(Json)
}

/// Remind a district's coordinators
///
/// By mail and in the application, with what the system sees in the district's way. Once a week at most, whoever sends it.
#[utoipa::path(post, path = "/api/v1/districts/{code}/nudges", tag = "oversight", request_body = NudgeCreate,
    responses((status = 201, body = Nudge),
        (status = 409, description = "It was reminded less than a week ago, or has no coordinator", body = Problem, content_type = "application/problem+json")))]
async fn create_nudge(
    who: InDistrict<perm::DistrictsNudge>,
    key: IdempotencyKey,
    body: Body<NudgeCreate>,
) -> ApiResult<HttpResponse> {
    let mut checks = Checks::new();
    let message = checks.paragraph("message", &body.value.message, 1_000);
    checks.finish()?;
    create_once(who.tenant().await?, "create_nudge", key, body.hash, async |tx| {
        let value = send(tx, &who, message).await?;
        audit::record(tx, Change::of("create", "nudge", value.id).after(&value)).await?;
        Ok(Created { version: None, value })
    })
    .await
}

async fn send(tx: &TenantTx, who: &InDistrict<perm::DistrictsNudge>, message: String) -> ApiResult<Nudge> {
    // In this district's turn: two officials at once send one.
    let situation = readiness::refresh(tx).await?;
    refuse_too_soon(tx, &situation.district.time_zone).await?;
    let to = coordinators(tx).await?;
    if to.is_empty() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Daerah ini tidak memiliki koordinator yang dapat dihubungi.",
            "This district has no coordinator who could be reached.",
        )));
    }
    let obstacles = readiness::obstacles::of(tx, &situation).await?;
    let sender = &who.signed_in.access;
    let row = nudge::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(NudgeId::generate()),
        message: Set(message),
        obstacles: Set(serde_json::to_value(&obstacles).map_err(ApiError::internal)?),
        progress_on: Set(readiness::query::last_progress_on(tx).await?),
        recipients: Set(i16::try_from(to.len()).unwrap_or(i16::MAX)),
        sent_by: Set(sender.account_id),
        sent_by_name: Set(sender.name.clone()),
        sent_at: Set(Utc::now()),
        opened_at: NotSet,
    };
    let row = row.insert(tx).await?;
    readiness::refresh(tx).await?;
    let notice = Notice {
        content: NoticeContent::Nudged {
            district: situation.district.name.clone(),
            sender: row.sent_by_name.clone(),
            message: row.message.clone(),
            reasons: obstacles.iter().map(|obstacle| Words::from(obstacle.text())).collect(),
        },
        link: format!("/d/{}", situation.district.code),
        about: About::district(&situation.district),
    };
    post_about(tx, to, &notice, Some(row.id)).await?;
    Nudge::of(row)
}

async fn refuse_too_soon(tx: &TenantTx, zone: &str) -> ApiResult<()> {
    let last = tx
        .find::<nudge::Entity>()
        .order_by_desc(nudge::Column::Id)
        .limit(1)
        .one(tx)
        .await?;
    match rules::next_allowed(last.map(|row| row.sent_at), Utc::now()) {
        None => Ok(()),
        Some(next) => {
            let day = day::in_words(day::in_zone(next, zone));
            Err(ApiError::new(ErrorCode::NudgedRecently).detail(Text::new(
                format!("Dapat diingatkan lagi mulai {}.", day.id),
                format!("It may be reminded again from {}.", day.en),
            )))
        }
    }
}

/// The operations on nudges.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_nudges, create_nudge);
}
