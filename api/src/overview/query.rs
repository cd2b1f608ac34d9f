//! Reading summaries, districts and invitations within reach. Row level security hides the others.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{ids::WaveId, replication_plan, replication_wave};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QueryOrder, Statement};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    rules::Course,
    view::{LastNudge, OverviewDistrict, OverviewProvince, OverviewStatus, Standing},
    waves::{OverviewWave, WaveProgress},
};
use crate::{
    auth::guard::Reach,
    db::{OversightTx, by_place},
    error::{ApiError, ApiResult},
    readiness::{Percent, Phase},
};

by_place! {
    /// The columns of [`STANDINGS`] in their order.
    struct Row {
        code: String,
        name: String,
        province_code: String,
        province_name: String,
        unit_name: Option<String>,
        status: String,
        phase: Option<String>,
        phase_since: Option<NaiveDate>,
        phase_dates: Option<String>,
        claimed: Option<i16>,
        verified: Option<i16>,
        blockers: Option<i16>,
        components: Option<String>,
        expiring: Option<i16>,
        expired: Option<i16>,
        last_progress_on: Option<NaiveDate>,
        idle_days: Option<i32>,
        obstacles: Option<String>,
        last_nudge: Option<String>,
        wave_id: Option<WaveId>,
        changed_at: DateTime<Utc>,
    }
}

/// LATERAL and LIMIT: under row level security the planner expects a handful of summaries and would read all of them for
/// each district.
const STANDINGS: &str = "SELECT d.code, d.name, d.province_code, d.province_name, d.unit_name, \
     CASE d.status WHEN 'suspended' THEN d.status ELSE d.phase END AS status, \
     s.phase, s.phase_since, s.phase_dates::text AS phase_dates, s.claimed, s.verified, s.blockers, \
     s.components::text AS components, s.expiring, s.expired, s.last_progress_on, \
     (now() AT TIME ZONE d.time_zone)::date - s.last_progress_on AS idle_days, \
     s.obstacles::text AS obstacles, s.last_nudge::text AS last_nudge, \
     (SELECT m.wave_id FROM replication_wave_district m WHERE m.code = d.code) AS wave_id, \
     GREATEST(d.updated_at, s.updated_at) AS changed_at \
     FROM district d \
     LEFT JOIN LATERAL (SELECT * FROM readiness_summary WHERE district_id = d.id LIMIT 1) s ON true \
     WHERE d.status <> 'archived' \
     UNION ALL \
     SELECT i.code, r.full_name, p.code, p.name, NULL, 'invited', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
     NULL, NULL, NULL, NULL, (SELECT m.wave_id FROM replication_wave_district m WHERE m.code = i.code), i.created_at \
     FROM district_invitation i JOIN region r ON r.code = i.code JOIN region p ON p.code = r.parent_code \
     WHERE NOT EXISTS (SELECT 1 FROM district d WHERE d.code = i.code) \
     ORDER BY 1";

/// A nudge as the summary keeps it.
#[derive(Deserialize)]
struct KeptNudge {
    sent_at: DateTime<Utc>,
    sent_by_name: String,
    opened_at: Option<DateTime<Utc>>,
    progress_on: Option<NaiveDate>,
}

impl KeptNudge {
    fn describe(self, progress_on: Option<NaiveDate>) -> LastNudge {
        LastNudge {
            sent_at: self.sent_at,
            sent_by_name: self.sent_by_name,
            opened_at: self.opened_at,
            progress_since: progress_on > self.progress_on,
        }
    }
}

impl Row {
    fn standing(self) -> ApiResult<Standing> {
        let status = OverviewStatus::parse(&self.status)
            .ok_or_else(|| ApiError::internal(anyhow::anyhow!("{} is no status", self.status)))?;
        let days = self.phase_dates.as_deref().map(serde_json::from_str).transpose();
        let components = self.components.unwrap_or_else(|| "[]".to_owned());
        let obstacles = self.obstacles.unwrap_or_else(|| "[]".to_owned());
        let kept = self.last_nudge.as_deref().map(serde_json::from_str::<KeptNudge>);
        let last_nudge = kept.transpose().map_err(ApiError::internal)?;
        let last_nudge = last_nudge.map(|nudge| nudge.describe(self.last_progress_on));
        Ok(Standing {
            course: Course::new(days.map_err(ApiError::internal)?.unwrap_or_default()),
            changed_at: self.changed_at,
            district: OverviewDistrict {
                code: self.code,
                name: self.name,
                province_code: self.province_code,
                province_name: self.province_name,
                unit_name: self.unit_name,
                status,
                phase: self.phase.as_deref().and_then(Phase::parse),
                phase_since: self.phase_since,
                claimed: self.claimed.map(Percent::from_hundredths),
                verified: self.verified.map(Percent::from_hundredths),
                // As it is kept: reading it only to write it again would be most of the work of a request.
                components: RawValue::from_string(components).map_err(ApiError::internal)?,
                blockers: self.blockers,
                expiring: self.expiring,
                expired: self.expired,
                last_progress_on: self.last_progress_on,
                idle_days: self.idle_days,
                obstacles: RawValue::from_string(obstacles).map_err(ApiError::internal)?,
                wave_id: self.wave_id,
                last_nudge,
            },
        })
    }
}

/// Where every district within reach stands, by code.
///
/// # Errors
/// When the database cannot be asked.
pub async fn standings(tx: &OversightTx) -> ApiResult<Vec<Standing>> {
    let statement = Statement::from_string(tx.get_database_backend(), STANDINGS);
    tx.map_rows(statement, |row| Row::from_query_result(&row, "")?.standing())
        .await
}

/// The provinces within reach, by code.
///
/// # Errors
/// When the database cannot be asked.
pub async fn provinces(tx: &OversightTx, reach: &Reach) -> ApiResult<Vec<OverviewProvince>> {
    let sql = "SELECT p.code, p.name, (SELECT count(*) FROM region r WHERE r.parent_code = p.code) AS regencies \
               FROM region p WHERE p.level = 'province' ORDER BY p.code";
    let statement = Statement::from_string(tx.get_database_backend(), sql);
    let mut provinces = OverviewProvince::find_by_statement(statement).all(tx).await?;
    provinces.retain(|province| reach.covers(&province.code));
    Ok(provinces)
}

/// The plan of the nation.
///
/// # Errors
/// When the database cannot be asked.
pub async fn plan<C: ConnectionTrait>(tx: &C) -> ApiResult<replication_plan::Model> {
    let row = replication_plan::Entity::find().one(tx).await?;
    row.ok_or_else(|| ApiError::internal(anyhow::anyhow!("the plan of replication has no row")))
}

/// The waves of replication as planned, by year and number.
///
/// # Errors
/// When the database cannot be asked, or holds a phase that nobody knows.
pub async fn waves(tx: &OversightTx) -> ApiResult<Vec<OverviewWave>> {
    let select = replication_wave::Entity::find()
        .order_by_asc(replication_wave::Column::Year)
        .order_by_asc(replication_wave::Column::Number);
    let planned = |row: replication_wave::Model| {
        Ok(OverviewWave {
            id: row.id,
            year: row.year,
            number: row.number,
            target_phase: Phase::kept(&row.target_phase)?,
            name: row.name,
            starts_on: row.starts_on,
            target_on: row.target_on,
            progress: WaveProgress::default(),
        })
    };
    select.all(tx).await?.into_iter().map(planned).collect()
}

#[derive(FromQueryResult)]
struct Today {
    today: NaiveDate,
}

/// The day it is at the ministry, in Jakarta.
///
/// # Errors
/// When the database cannot be asked.
pub async fn today(tx: &OversightTx) -> ApiResult<NaiveDate> {
    let sql = "SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date AS today";
    let row = Today::find_by_statement(Statement::from_string(tx.get_database_backend(), sql))
        .one(tx)
        .await?;
    row.map(|row| row.today)
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("no day")))
}
