//! Every decision of reviewers, kept apart from what it is about: a piece of evidence and an item remember the last one only,
//! and who looks at many districts counts decisions over all of them.

use actix_web::web::Json;
use chrono::{DateTime, Utc};
use entity::{ids::*, review_decision};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{evidence::Evidence, view::ItemReview};
use crate::{
    auth::{InDistrict, access::Access, perm},
    db::TenantTx,
    endpoints,
    error::ApiResult,
    http::{Page, PageQuery, Query, endpoint::Endpoints},
};

/// What a reviewer decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewerDecision {
    /// Its id.
    pub id: ReviewDecisionId,
    /// Code of the item.
    #[schema(example = "REG-1")]
    pub item_code: String,
    /// The evidence; null when the item itself was decided on.
    pub evidence_id: Option<EvidenceId>,
    /// Title of the evidence then; empty for an item.
    pub title: String,
    /// `verified`, `confirmed` or `returned`.
    #[schema(example = "returned")]
    pub decision: String,
    /// What the reviewer said.
    pub comment: String,
    /// The reviewer's name.
    pub reviewer_name: String,
    /// When.
    pub decided_at: DateTime<Utc>,
}

impl From<review_decision::Model> for ReviewerDecision {
    fn from(row: review_decision::Model) -> Self {
        Self {
            id: row.id,
            item_code: row.item_code,
            evidence_id: row.evidence_id,
            title: row.title,
            decision: row.decision,
            comment: row.comment,
            reviewer_name: row.reviewer_name,
            decided_at: row.decided_at,
        }
    }
}

/// Which decisions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewDecisionQuery {
    /// Only on this item.
    #[param(example = "REG-1")]
    item: Option<String>,
}

/// List what reviewers decided in a district, the newest first
///
/// With every comment, also on evidence that was corrected or withdrawn since.
#[utoipa::path(get, path = "/api/v1/districts/{code}/review-decisions", tag = "readiness",
    params(PageQuery, ReviewDecisionQuery), responses((status = 200, body = Page<ReviewerDecision>)))]
async fn list_review_decisions(
    who: InDistrict<perm::SetupRead>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<ReviewDecisionQuery>,
) -> ApiResult<Json<Page<ReviewerDecision>>> {
    use review_decision::Column;
    let limit = page.limit()?;
    let after = page.after::<(DateTime<Utc>, ReviewDecisionId)>()?;
    let older = after.map(|(at, id)| {
        let same_moment = Condition::all().add(Column::DecidedAt.eq(at)).add(Column::Id.lt(id));
        Condition::any().add(Column::DecidedAt.lt(at)).add(same_moment)
    });
    let condition = Condition::all()
        .add_option(filter.item.map(|item| Column::ItemCode.eq(item)))
        .add_option(older);
    let tx = who.tenant().await?;
    let rows = tx
        .find::<review_decision::Entity>()
        .filter(condition)
        .order_by_desc(Column::DecidedAt)
        .order_by_desc(Column::Id)
        .limit(limit + 1)
        .all(&tx)
        .await?;
    let cursor = |row: &review_decision::Model| (row.decided_at, row.id);
    Ok(Json(Page::of(rows, limit, cursor, ReviewerDecision::from)))
}

/// Keeps a decision on evidence, which is as it was decided.
pub(super) async fn keep_evidence(tx: &TenantTx, decided: &Evidence, reviewer: &Access) -> ApiResult<()> {
    let by = (reviewer.account_id, reviewer.name.as_str());
    insert(tx, tx.district_id(), of_evidence(decided, by)).await?;
    Ok(())
}

/// Keeps a decision on an item.
pub(super) async fn keep_item(tx: &TenantTx, decided: &ItemReview, reviewer: &Access) -> ApiResult<()> {
    let by = (reviewer.account_id, reviewer.name.as_str());
    insert(tx, tx.district_id(), of_item(decided, by)).await?;
    Ok(())
}

/// A decision on evidence, as it is kept.
pub(crate) fn of_evidence(decided: &Evidence, reviewer: (AccountId, &str)) -> review_decision::ActiveModel {
    review_decision::ActiveModel {
        item_code: Set(decided.item_code.clone()),
        evidence_id: Set(Some(decided.id)),
        title: Set(decided.title.clone()),
        decision: Set(decided.status.clone()),
        comment: Set(decided.review_comment.clone()),
        submitted_by: Set(Some(decided.submitted_by)),
        ..by(reviewer)
    }
}

/// A decision on an item, as it is kept.
pub(crate) fn of_item(decided: &ItemReview, reviewer: (AccountId, &str)) -> review_decision::ActiveModel {
    review_decision::ActiveModel {
        item_code: Set(decided.item_code.clone()),
        decision: Set(decided.decision.clone()),
        comment: Set(decided.comment.clone()),
        ..by(reviewer)
    }
}

fn by((id, name): (AccountId, &str)) -> review_decision::ActiveModel {
    review_decision::ActiveModel {
        id: Set(ReviewDecisionId::generate()),
        reviewer_id: Set(id),
        reviewer_name: Set(name.to_owned()),
        decided_at: Set(Utc::now()),
        ..Default::default()
    }
}

/// Adds it to those of the district.
pub(crate) async fn insert(
    tx: &impl ConnectionTrait,
    district: DistrictId,
    row: review_decision::ActiveModel,
) -> Result<(), DbErr> {
    let row = review_decision::ActiveModel {
        district_id: Set(district),
        ..row
    };
    row.insert(tx).await?;
    Ok(())
}

/// The operation on decisions that were made.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_review_decisions);
}
