//! The queue, and how much each reviewer has on the table.

use actix_web::{HttpRequest, web::Json};
use chrono::{DateTime, Utc};
use entity::ids::{AccountId, DistrictId, FileObjectId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    auth::{Oversight, perm},
    day,
    db::Narrowed,
    endpoints,
    error::{ApiResult, Language},
    http::{Checks, Page, PageQuery, Query, endpoint::Endpoints, problem},
    readiness::{ComponentKind, Standard, standards, view::find_item},
};

/// Something that waits for a reviewer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewQueueEntry {
    /// Its id: of the evidence, or one that stands for the item.
    pub id: Uuid,
    /// Kemendagri code of the district.
    #[schema(example = "73.02")]
    pub district_code: String,
    /// Name of the district.
    pub district_name: String,
    /// Name of the province.
    pub province_name: String,
    /// `evidence`, or `item` when what was entered is to be confirmed.
    #[schema(example = "evidence")]
    pub subject: String,
    /// Code of the item.
    #[schema(example = "REG-1")]
    pub item_code: String,
    /// Title of the item, in the language of the request.
    pub item_title: String,
    /// The component.
    #[schema(example = "regulation")]
    pub component: String,
    /// Title of the evidence; empty for an item.
    pub title: String,
    /// Kind of document; empty for an item.
    pub kind: String,
    /// The document.
    pub file_id: Option<FileObjectId>,
    /// Version of the evidence, for `If-Match`.
    pub evidence_version: Option<i32>,
    /// Since when it waits.
    pub waiting_since: DateTime<Utc>,
    /// Days since then.
    #[schema(example = 12)]
    pub waiting_days: i32,
    /// Who handed it in.
    pub submitted_by_name: String,
    /// Why it has to be looked at by itself: `no_document`, `decisive`, `handed_in_again`, `ending` or `other_standard`; null
    /// when it may be accepted with others.
    #[schema(example = "decisive")]
    pub caution: Option<String>,
    /// Who was asked to look at it.
    pub reviewer_name: Option<String>,
    /// The reader was asked to look at it.
    pub is_mine: bool,
    /// Who asked.
    pub asked_by_name: Option<String>,
    /// What was said when asking.
    pub ask_note: Option<String>,
    /// The reader handed it in or is a member of the district, and must not decide on it.
    pub has_conflict: bool,
}

/// What of the queue.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewQueueQuery {
    /// Only of this province.
    #[param(example = "73")]
    province: Option<String>,
    /// Only of this district.
    #[param(example = "73.02")]
    district: Option<String>,
    /// Only of this component.
    #[param(example = "regulation")]
    component: Option<String>,
    /// Only what the reader was asked to look at.
    mine: Option<bool>,
    /// Only what nobody was asked to look at.
    unasked: Option<bool>,
    /// Only what may be accepted with others.
    safe: Option<bool>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    district_id: DistrictId,
    district_code: String,
    district_name: String,
    province_name: String,
    subject: String,
    item_code: String,
    component: String,
    title: String,
    kind: String,
    file_id: Option<FileObjectId>,
    evidence_version: Option<i32>,
    waiting_since: DateTime<Utc>,
    waiting_days: i32,
    submitted_by: Option<AccountId>,
    submitted_by_name: String,
    caution: Option<String>,
    reviewer_id: Option<AccountId>,
    reviewer_name: Option<String>,
    asked_by_name: Option<String>,
    ask_note: Option<String>,
}

/// Who reads, as far as the entries care.
struct Reader<'a> {
    account: AccountId,
    districts: Vec<DistrictId>,
    standard: &'a Standard,
    language: Language,
}

impl Row {
    fn describe(self, reader: &Reader<'_>) -> ReviewQueueEntry {
        let item = find_item(reader.standard, &self.item_code);
        let item_title = item.map(|item| match reader.language {
            Language::Indonesian => item.title.id.clone(),
            Language::English => item.title.en.clone(),
        });
        ReviewQueueEntry {
            id: self.id,
            district_code: self.district_code,
            district_name: self.district_name,
            province_name: self.province_name,
            subject: self.subject,
            item_title: item_title.unwrap_or_else(|| self.item_code.clone()),
            item_code: self.item_code,
            component: self.component,
            title: self.title,
            kind: self.kind,
            file_id: self.file_id,
            evidence_version: self.evidence_version,
            waiting_since: self.waiting_since,
            waiting_days: self.waiting_days,
            submitted_by_name: self.submitted_by_name,
            caution: self.caution,
            reviewer_name: self.reviewer_name,
            is_mine: self.reviewer_id == Some(reader.account),
            asked_by_name: self.asked_by_name,
            ask_note: self.ask_note,
            has_conflict: self.submitted_by == Some(reader.account) || reader.districts.contains(&self.district_id),
        }
    }
}

/// Row level security shows the rows within reach. What waits in a district that is suspended or archived waits for nobody.
const SELECT: &str = "SELECT q.id, q.district_id, d.code AS district_code, d.name AS district_name, d.province_name, q.subject, \
     q.item_code, q.component, q.title, q.kind, q.file_id, q.evidence_version, q.waiting_since, \
     floor(extract(epoch FROM now() - q.waiting_since) / 86400)::integer AS waiting_days, q.submitted_by, \
     q.submitted_by_name, q.caution, q.reviewer_id, q.reviewer_name, q.asked_by_name, q.ask_note \
     FROM review_queue q JOIN district d ON d.id = q.district_id WHERE d.status = 'active'";

/// List what waits for reviewers within reach, the oldest first
///
/// Evidence that was handed in, and what was entered where the standard asks for a reviewer's confirmation.
#[utoipa::path(get, path = "/api/v1/oversight/review-queue", tag = "oversight", params(PageQuery, ReviewQueueQuery),
    responses((status = 200, body = Page<ReviewQueueEntry>)))]
async fn list_review_queue(
    who: Oversight<perm::SetupReview>,
    request: HttpRequest,
    Query(page): Query<PageQuery>,
    Query(filter): Query<ReviewQueueQuery>,
) -> ApiResult<Json<Page<ReviewQueueEntry>>> {
    let limit = page.limit()?;
    let after = page.after::<(DateTime<Utc>, DistrictId, Uuid)>()?;
    let mut checks = Checks::new();
    if let Some(component) = &filter.component {
        let known: Vec<&str> = ComponentKind::ALL.iter().map(|kind| kind.slug()).collect();
        checks.one_of("component", component, &known);
    }
    checks.finish()?;
    let access = &who.signed_in.access;
    let mut query = Narrowed::new(SELECT, Vec::new());
    if let Some(province) = filter.province {
        query.and("d.province_code = ?", [province.into()]);
    }
    if let Some(district) = filter.district {
        query.and("d.code = ?", [district.into()]);
    }
    if let Some(component) = filter.component {
        query.and("q.component = ?", [component.into()]);
    }
    if filter.mine.unwrap_or_default() {
        query.and("q.reviewer_id = ?", [access.account_id.into()]);
    }
    if filter.unasked.unwrap_or_default() {
        query.and("q.reviewer_id IS NULL", []);
    }
    if filter.safe.unwrap_or_default() {
        query.and("q.caution IS NULL", []);
    }
    if let Some((since, district, id)) = after {
        let place = [since.into(), district.into(), id.into()];
        query.and("(q.waiting_since, q.district_id, q.id) > (?, ?, ?)", place);
    }
    let tx = who.within_reach().await?;
    let standard = standards::current(&tx, day::today_at_the_ministry()).await?;
    let oldest_first = "q.waiting_since, q.district_id, q.id";
    let rows = query.first::<Row>(&tx, oldest_first, limit + 1).await?;
    let reader = Reader {
        account: access.account_id,
        districts: own_districts(&who),
        standard: &standard,
        language: problem::language(&request),
    };
    let cursor = |row: &Row| (row.waiting_since, row.district_id, row.id);
    Ok(Json(Page::of(rows, limit, cursor, |row| row.describe(&reader))))
}

fn own_districts<P>(who: &Oversight<P>) -> Vec<DistrictId> {
    let memberships = who.signed_in.access.memberships.iter();
    memberships
        .filter_map(|membership| Some(membership.district.as_ref()?.id))
        .collect()
}

/// How much reviewers have on the table.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewLoad {
    /// How much waits within reach.
    pub waiting: i64,
    /// Since when the oldest of it waits.
    pub oldest: Option<DateTime<Utc>>,
    /// How much of it nobody was asked to look at.
    pub unasked: i64,
    /// Those who were asked or have decided within reach in the last 30 days, by name.
    pub reviewers: Vec<ReviewerLoad>,
}

/// What one reviewer has on the table.
#[derive(Debug, Serialize, ToSchema, FromQueryResult)]
pub struct ReviewerLoad {
    /// The account.
    pub account_id: AccountId,
    /// The name.
    pub name: String,
    /// How much this reviewer was asked to look at and has not yet.
    pub waiting: i64,
    /// Decisions within reach in the last 30 days.
    pub decided: i64,
}

#[derive(FromQueryResult)]
struct Total {
    waiting: i64,
    oldest: Option<DateTime<Utc>>,
    unasked: i64,
}

const TOTAL: &str = "SELECT count(*) AS waiting, min(q.waiting_since) AS oldest, \
     count(*) FILTER (WHERE q.reviewer_id IS NULL) AS unasked \
     FROM review_queue q JOIN district d ON d.id = q.district_id WHERE d.status = 'active'";

const BY_REVIEWER: &str = "SELECT account_id, max(name) AS name, count(*) FILTER (WHERE waits) AS waiting, \
     count(*) FILTER (WHERE NOT waits) AS decided FROM ( \
     SELECT q.reviewer_id AS account_id, q.reviewer_name AS name, true AS waits FROM review_queue q \
         JOIN district d ON d.id = q.district_id WHERE q.reviewer_id IS NOT NULL AND d.status = 'active' \
     UNION ALL SELECT r.reviewer_id, r.reviewer_name, false FROM review_decision r \
         WHERE r.decided_at > now() - interval '30 days') load GROUP BY account_id ORDER BY name, account_id";

/// See how much reviewers have on the table
#[utoipa::path(get, path = "/api/v1/oversight/review-load", tag = "oversight", responses((status = 200, body = ReviewLoad)))]
async fn get_review_load(who: Oversight<perm::SetupReview>) -> ApiResult<Json<ReviewLoad>> {
    let tx = who.within_reach().await?;
    let backend = tx.get_database_backend();
    let total = Total::find_by_statement(Statement::from_string(backend, TOTAL))
        .one(&tx)
        .await?;
    let reviewers = ReviewerLoad::find_by_statement(Statement::from_string(backend, BY_REVIEWER))
        .all(&tx)
        .await?;
    Ok(Json(ReviewLoad {
        waiting: total.as_ref().map_or(0, |total| total.waiting),
        oldest: total.as_ref().and_then(|total| total.oldest),
        unasked: total.map_or(0, |total| total.unasked),
        reviewers,
    }))
}

/// The operations that read.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_review_queue, get_review_load);
}
