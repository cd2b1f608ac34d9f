//! Out of how many districts the ministry counts, and who said so.

use chrono::{NaiveDate, Utc};
use entity::replication_plan;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::query;
use crate::{
    audit::{self, Change},
    auth::{Oversight, perm},
    db::Transaction,
    endpoints,
    error::{ApiResult, ErrorCode, Text},
    http::{Body, Checks, IfMatch, Tagged, endpoint::Endpoints},
};

/// The largest number that may be planned.
const MAX_DISTRICTS: i32 = 9999;

/// The national plan of replication.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// How many districts are planned to run PKSAI.
    #[schema(example = 111, minimum = 1, maximum = 9999)]
    pub districts: i32,
    /// Where the number was announced.
    #[schema(example = "SINDOnews, “111 Kabupaten di Indonesia Akan Replikasi PLKSAI”")]
    pub source: String,
    /// When it was announced.
    #[schema(example = "2019-06-29")]
    pub announced_on: Option<NaiveDate>,
}

impl From<replication_plan::Model> for Plan {
    fn from(row: replication_plan::Model) -> Self {
        Self {
            districts: row.districts,
            source: row.source,
            announced_on: row.announced_on,
        }
    }
}

/// See the national plan of replication
#[utoipa::path(get, path = "/api/v1/oversight/plan", tag = "oversight", responses((status = 200, body = Plan)))]
async fn get_plan(who: Oversight<perm::OversightRead>) -> ApiResult<Tagged<Plan>> {
    let tx = who.within_reach().await?;
    let row = query::plan(&tx).await?;
    Ok(Tagged {
        version: row.version,
        value: row.into(),
    })
}

/// Change the national plan of replication
///
/// The number with its source: where it was announced, and when.
#[utoipa::path(put, path = "/api/v1/oversight/plan", tag = "oversight", request_body = Plan,
    responses((status = 200, body = Plan)))]
async fn update_plan(who: Oversight<perm::PlanManage>, version: IfMatch, body: Body<Plan>) -> ApiResult<Tagged<Plan>> {
    let mut plan = body.value;
    let mut checks = Checks::new();
    let in_range = (1..=MAX_DISTRICTS).contains(&plan.districts);
    let text = Text::fixed("Isi angka 1 sampai 9999.", "Give a number from 1 to 9999.");
    checks.ensure(in_range, "districts", "out_of_range", text);
    plan.source = checks.line("source", &plan.source, 300);
    checks.finish()?;
    let tx = who.system().await?;
    let row = replication_plan::Entity::find().lock_exclusive().one(&tx).await?;
    let row = row.filter(|row| row.version == version.0).ok_or(ErrorCode::Stale)?;
    let next = row.version + 1;
    let before = Plan::from(row.clone());
    let mut row: replication_plan::ActiveModel = row.into();
    row.districts = Set(plan.districts);
    row.source = Set(plan.source);
    row.announced_on = Set(plan.announced_on);
    row.version = Set(next);
    row.updated_at = Set(Utc::now());
    let plan = Plan::from(row.update(&tx).await?);
    let change = Change::of("update", "replication_plan", 1).before(before).after(&plan);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Tagged {
        version: next,
        value: plan,
    })
}

/// The operations on the plan.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_plan, update_plan);
}
