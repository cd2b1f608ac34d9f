//! What a draft would do to every district: asked for by a person, worked out by a job district by district, kept.

use std::sync::Arc;

use actix_web::web::Json;
use anyhow::Result;
use chrono::{DateTime, Utc};
use entity::{ids::DistrictId, standard_draft, standard_impact, standard_preview};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::OnConflict,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    check::StandardContent,
    draft::{self, Open},
    impact,
};
use crate::{
    audit::{self, Change},
    auth::{Oversight, perm},
    day,
    db::{Db, Origin, SystemTx, Transaction},
    endpoints,
    error::{ApiResult, ErrorCode},
    http::{endpoint::Endpoints, problem::Problem},
    readiness::{Percent, Situation, Standard, assess, standards},
};

/// How many districts are judged before the other jobs have their turn.
const BATCH: u64 = 20;

/// How far a preview is, and what it says of all districts together.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandardPreview {
    /// Fingerprint of the content that it is of: `preview_hash` of the publication of just this.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub content_hash: String,
    /// It is of the draft as it is now, against the measure of today.
    pub is_current: bool,
    /// The version in force that it is held against.
    #[schema(example = "1.0")]
    pub against_version: String,
    /// How many districts are to be judged.
    #[schema(example = 14)]
    pub districts: i32,
    /// How many have been.
    #[schema(example = 14)]
    pub done: i32,
    /// How many of them could not be judged; the log says why.
    #[schema(example = 0)]
    pub failed: i32,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// By whom.
    pub requested_by_name: String,
    /// When the last district was judged: the time for which it holds. Null while it is worked on.
    pub finished_at: Option<DateTime<Utc>>,
    /// The districts judged so far, counted.
    pub totals: ImpactTotals,
}

/// Districts by what a draft would do to them.
#[derive(Debug, Default, FromQueryResult, Serialize, ToSchema)]
pub struct ImpactTotals {
    /// Their verified score would be higher.
    pub better: i64,
    /// It would be the same.
    pub same: i64,
    /// It would be lower.
    pub worse: i64,
    /// Every component is complete today and would not be. A live district stays live.
    pub loses_complete: i64,
    /// Live districts among those.
    pub live_loses_complete: i64,
    /// Something new would stand in the way of going live.
    pub newly_blocked: i64,
}

const TOTALS: &str = "SELECT count(*) FILTER (WHERE verified_after > verified_before) AS better, \
     count(*) FILTER (WHERE verified_after = verified_before) AS same, \
     count(*) FILTER (WHERE verified_after < verified_before) AS worse, \
     count(*) FILTER (WHERE loses_complete) AS loses_complete, \
     count(*) FILTER (WHERE loses_complete AND d.live_at IS NOT NULL) AS live_loses_complete, \
     count(*) FILTER (WHERE new_blockers > 0 AND d.live_at IS NULL) AS newly_blocked \
     FROM standard_impact i JOIN district d ON d.id = i.district_id WHERE i.id = $1";

async fn totals(tx: &SystemTx, hash: &str) -> ApiResult<ImpactTotals> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), TOTALS, [hash.into()]);
    let totals = ImpactTotals::find_by_statement(statement).one(tx).await?;
    Ok(totals.unwrap_or_default())
}

/// The measure at the ministry today.
async fn measure(tx: &SystemTx) -> ApiResult<Arc<Standard>> {
    standards::current(tx, day::today_at_the_ministry()).await
}

/// The finished or running preview of just this draft against the measure of today.
///
/// # Errors
/// When the database refuses.
pub(super) async fn of_draft(tx: &SystemTx, draft: &Open) -> ApiResult<Option<standard_preview::Model>> {
    let row = standard_preview::Entity::find_by_id(&draft.row.content_hash)
        .one(tx)
        .await?;
    let fingerprint = &measure(tx).await?.fingerprint;
    Ok(row.filter(|row| row.against_fingerprint == *fingerprint))
}

/// Forgets what was worked out of drafts.
///
/// # Errors
/// When the database refuses.
pub(super) async fn forget(tx: &SystemTx) -> ApiResult<()> {
    standard_preview::Entity::delete_many().exec(tx).await?;
    standard_impact::Entity::delete_many().exec(tx).await?;
    Ok(())
}

async fn describe(tx: &SystemTx, row: standard_preview::Model, draft: &Open) -> ApiResult<StandardPreview> {
    let current = of_draft(tx, draft).await?;
    Ok(StandardPreview {
        is_current: current.is_some_and(|current| current.content_hash == row.content_hash),
        totals: totals(tx, &row.content_hash).await?,
        content_hash: row.content_hash,
        against_version: row.against_version,
        districts: row.districts,
        done: row.done,
        failed: row.failed,
        requested_at: row.requested_at,
        requested_by_name: row.requested_by_name,
        finished_at: row.finished_at,
    })
}

/// See how far the preview of the draft is
///
/// The last one that was asked for, of the draft as it was then; `is_current` tells whether it still is.
#[utoipa::path(get, path = "/api/v1/oversight/standard-draft/preview", tag = "standards",
    responses((status = 200, body = StandardPreview),
        (status = 404, description = "No draft is open, or nobody has asked for a preview", body = Problem, content_type = "application/problem+json")))]
async fn get_standard_preview(who: Oversight<perm::StandardManage>) -> ApiResult<Json<StandardPreview>> {
    let tx = who.system().await?;
    let draft = draft::open(&tx, standard_draft::Entity::find()).await?;
    let row = last(&tx).await?.ok_or(ErrorCode::NotFound)?;
    Ok(Json(describe(&tx, row, &draft).await?))
}

/// The preview that was asked for last.
pub(super) async fn last(tx: &SystemTx) -> ApiResult<Option<standard_preview::Model>> {
    let select = standard_preview::Entity::find().order_by_desc(standard_preview::Column::RequestedAt);
    Ok(select.one(tx).await?)
}

/// Ask what the draft would do to every district
///
/// A job judges one district after the other by the draft and by the measure of today, as if the draft counted today. Asking
/// again while it is worked on changes nothing; asking again afterwards judges anew.
#[utoipa::path(post, path = "/api/v1/oversight/standard-draft/preview", tag = "standards",
    responses((status = 200, body = StandardPreview),
        (status = 404, description = "No draft is open", body = Problem, content_type = "application/problem+json")))]
async fn start_standard_preview(who: Oversight<perm::StandardManage>) -> ApiResult<Json<StandardPreview>> {
    let tx = who.system().await?;
    let draft = draft::open(&tx, standard_draft::Entity::find().lock_exclusive()).await?;
    if let Some(running) = of_draft(&tx, &draft).await?.filter(|row| row.finished_at.is_none()) {
        return Ok(Json(describe(&tx, running, &draft).await?));
    }
    forget(&tx).await?;
    let against = measure(&tx).await?;
    let row = standard_preview::ActiveModel {
        content_hash: Set(draft.row.content_hash.clone()),
        content: Set(draft.row.content.clone()),
        against_version: Set(against.version.clone()),
        against_fingerprint: Set(against.fingerprint.clone()),
        districts: Set(i32::try_from(districts(&tx, 0, u64::from(u16::MAX)).await?.len()).unwrap_or(i32::MAX)),
        done: NotSet,
        failed: NotSet,
        last_district: NotSet,
        requested_at: NotSet,
        requested_by_name: Set(tx.origin().actor_name.clone()),
        finished_at: NotSet,
    };
    let row = row.insert(&tx).await?;
    let change = Change::of("preview", "standard_draft", &draft.version);
    let answer = describe(&tx, row, &draft).await?;
    audit::record(
        &tx,
        change.after(serde_json::json!({ "content_hash": answer.content_hash })),
    )
    .await?;
    tx.commit().await?;
    Ok(Json(answer))
}

#[derive(FromQueryResult)]
struct Tenant {
    id: DistrictId,
}

/// The next districts to judge, by their ids.
async fn districts(tx: &SystemTx, after: i32, limit: u64) -> Result<Vec<DistrictId>, sea_orm::DbErr> {
    let sql = "SELECT id FROM district WHERE id > $1 AND status <> 'archived' ORDER BY id LIMIT $2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [after.into(), limit.into()]);
    let rows = Tenant::find_by_statement(statement).all(tx).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Works on the preview that was asked for, some districts at a time. Returns how many were judged. It goes on where it was
/// when the service stops; two processes at once do the same work and count it once.
///
/// # Errors
/// When the database cannot be used. A district that cannot be judged is counted, logged and passed over.
pub async fn run(db: &Db) -> Result<usize> {
    let tx = db.system(Origin::system("standard")).await?;
    let asked = standard_preview::Entity::find()
        .filter(standard_preview::Column::FinishedAt.is_null())
        .order_by_asc(standard_preview::Column::RequestedAt)
        .one(&tx)
        .await?;
    let Some(asked) = asked else {
        return Ok(0);
    };
    let batch = districts(&tx, asked.last_district, BATCH).await?;
    let base = standards::of_version(&tx, &asked.against_version)
        .await
        .map_err(|error| anyhow::anyhow!("{error:#}"))?
        .ok_or_else(|| anyhow::anyhow!("version {} is gone", asked.against_version))?;
    drop(tx);
    let content: StandardContent = serde_json::from_value(asked.content.clone())?;
    let draft = content.into_standard(&base, "0.0");
    let mut failed = 0;
    for district in &batch {
        // One district that cannot be judged must not keep the others from being so.
        if let Err(error) = judge(db, *district, &draft, &asked.content_hash).await {
            tracing::error!(%district, "standard: {error:#}");
            failed += 1;
        }
    }
    keep_progress(db, &asked, &batch, failed).await?;
    Ok(batch.len())
}

async fn judge(db: &Db, district: DistrictId, draft: &Standard, hash: &str) -> Result<()> {
    let tx = db.tenant(district, Origin::system("standard")).await?;
    let situation = Situation::load(&tx)
        .await
        .map_err(|error| anyhow::anyhow!("{error:#}"))?;
    let before = &situation.readiness;
    let after = assess(
        draft,
        &situation.facts.item_facts(draft, situation.today),
        situation.today,
    );
    let detail = impact::detail(before, &after);
    let hundredths = |percent: Percent| i16::try_from(percent.hundredths()).unwrap_or_default();
    let row = standard_impact::ActiveModel {
        district_id: Set(district),
        id: Set(hash.to_owned()),
        as_of: Set(situation.today),
        claimed_before: Set(hundredths(before.claimed)),
        claimed_after: Set(hundredths(after.claimed)),
        verified_before: Set(hundredths(before.verified)),
        verified_after: Set(hundredths(after.verified)),
        loses_complete: Set(impact::loses_complete(before, &after)),
        new_blockers: Set(i16::try_from(detail.new_blockers.len()).unwrap_or(i16::MAX)),
        detail: Set(serde_json::to_value(&detail)?),
        computed_at: Set(Utc::now()),
    };
    use standard_impact::Column as C;
    let again = OnConflict::columns([C::DistrictId, C::Id])
        .update_columns([
            C::AsOf,
            C::ClaimedBefore,
            C::ClaimedAfter,
            C::VerifiedBefore,
            C::VerifiedAfter,
            C::LosesComplete,
            C::NewBlockers,
            C::Detail,
            C::ComputedAt,
        ])
        .to_owned();
    standard_impact::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Counts a batch, unless another process has counted it.
async fn keep_progress(db: &Db, asked: &standard_preview::Model, batch: &[DistrictId], failed: i32) -> Result<()> {
    let tx = db.system(Origin::system("standard")).await?;
    let sql = "UPDATE standard_preview SET done = done + $3, failed = failed + $4, last_district = $5, \
         finished_at = CASE WHEN $6 THEN now() END, districts = CASE WHEN $6 THEN done + $3 ELSE districts END \
         WHERE content_hash = $1 AND requested_at = $7 AND last_district = $2";
    let is_last = (batch.len() as u64) < BATCH;
    let values = [
        asked.content_hash.clone().into(),
        asked.last_district.into(),
        i32::try_from(batch.len()).unwrap_or_default().into(),
        failed.into(),
        batch.last().map_or(asked.last_district, |district| district.0).into(),
        is_last.into(),
        asked.requested_at.into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    Ok(tx.commit().await?)
}

/// The operations on previews.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_standard_preview, start_standard_preview);
}
