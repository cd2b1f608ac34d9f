//! Where a district stands: its rows judged by the standard, and the summary that is kept of it.

use std::{collections::HashMap, sync::Arc};

use anyhow::Result;
use chrono::NaiveDate;
use entity::{district, ids::DistrictId, item_progress};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::{
    Percent, Phase, PhaseReport, Readiness, Standard, assess, configured, day_facts::DayFacts, days, derive_phase,
    facts::Rows, obstacles, query, queue, records::Records, standards, view::ComponentScore,
};
use crate::{
    db::{Db, Origin, TenantTx, Transaction},
    districts::own_district,
    error::{ApiError, ApiResult},
    public_pages,
    setup::store,
};

/// Where a district stands on a day, with everything that says why.
#[derive(Debug)]
pub struct Situation {
    /// The district.
    pub district: district::Model,
    /// The day there.
    pub today: NaiveDate,
    /// The measure.
    pub standard: Arc<Standard>,
    /// Its rows.
    pub rows: Rows,
    /// What the rules look at of them.
    pub facts: DayFacts,
    /// Their judgement.
    pub readiness: Readiness,
    /// Since when all components are complete without a break.
    pub all_complete_since: Option<NaiveDate>,
    /// The phase that follows.
    pub phase: PhaseReport,
}

impl Situation {
    /// Gathers and judges.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn load(tx: &TenantTx) -> ApiResult<Self> {
        let district = own_district(tx).await?;
        let today = query::today(tx).await?;
        let standard = standards::current(tx, today).await?;
        let records = Records::load(tx).await?;
        let rows = Rows {
            evidence: query::evidence(tx).await?,
            reviews: query::last_reviews(tx).await?,
            progress: query::progress(tx).await?,
            documents: configured::documents(&records),
            records,
        };
        let configuration = configured::configuration(&rows.records, query::places(tx).await?);
        let facts = rows.day_facts(configuration, &district.time_zone);
        let remembered = query::all_complete_since(tx).await?;
        let readiness = assess(&standard, &facts.item_facts(&standard, today), today);
        let complete = readiness.complete_components == readiness.components.len();
        let all_complete_since = complete.then(|| remembered.unwrap_or(today));
        let dated = rows.phase_facts(&standard, &facts.configuration, &district, all_complete_since);
        let phase = derive_phase(&dated, today);
        Ok(Self {
            district,
            today,
            standard,
            rows,
            facts,
            readiness,
            all_complete_since,
            phase,
        })
    }

    /// The progress row of an item.
    #[must_use]
    pub fn progress_of(&self, code: &str) -> Option<&item_progress::Model> {
        let rows: &HashMap<_, _> = &self.rows.progress;
        rows.get(code)
    }

    /// When the phase was reached.
    #[must_use]
    pub fn phase_since(&self) -> Option<NaiveDate> {
        let step = self
            .phase
            .steps
            .iter()
            .find(|step| Some(step.phase) == self.phase.current);
        step.and_then(|step| step.reached_on)
    }

    /// When each phase was reached, in order: as many days as phases were.
    fn phase_dates(&self) -> Vec<NaiveDate> {
        self.phase.steps.iter().map_while(|step| step.reached_on).collect()
    }

    async fn keep_summary(&self, tx: &TenantTx) -> ApiResult<()> {
        let small = |number: usize| i16::try_from(number).unwrap_or(i16::MAX);
        let hundredths = |percent: Percent| i16::try_from(percent.hundredths()).unwrap_or_default();
        let components: Vec<ComponentScore> = self.readiness.components.iter().map(ComponentScore::of).collect();
        let components = serde_json::to_value(components).map_err(ApiError::internal)?;
        let values = [
            tx.district_id().into(),
            self.standard.version.clone().into(),
            self.today.into(),
            hundredths(self.readiness.claimed).into(),
            hundredths(self.readiness.verified).into(),
            small(self.readiness.complete_components).into(),
            small(self.readiness.go_live.blockers.len()).into(),
            components.into(),
            self.phase.current.map(Phase::as_str).into(),
            self.phase_since().into(),
            self.all_complete_since.into(),
            self.standard.fingerprint.clone().into(),
            serde_json::to_value(self.phase_dates())
                .map_err(ApiError::internal)?
                .into(),
            small(self.readiness.expiring()).into(),
            small(self.readiness.expired()).into(),
            serde_json::to_value(obstacles::of(tx, self).await?)
                .map_err(ApiError::internal)?
                .into(),
        ];
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            UPSERT,
            values,
        ))
        .await?;
        Ok(())
    }
}

const UPSERT: &str = "INSERT INTO readiness_summary (district_id, standard_version, as_of, claimed, verified, \
     complete_components, blockers, components, phase, phase_since, all_complete_since, standard_fingerprint, \
     phase_dates, expiring, expired, obstacles, last_nudge, last_progress_on) \
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
     (SELECT jsonb_build_object('id', id, 'sent_at', sent_at, 'sent_by_name', sent_by_name, 'opened_at', opened_at, \
         'progress_on', progress_on) FROM nudge WHERE district_id = $1 ORDER BY id DESC LIMIT 1), \
     (GREATEST(d.created_at, d.live_at, \
         (SELECT max(updated_at) FROM setup_record WHERE district_id = $1), \
         (SELECT max(CASE WHEN status = 'withdrawn' THEN updated_at ELSE submitted_at END) FROM evidence \
             WHERE district_id = $1), \
         (SELECT max(answered_at) FROM item_review WHERE district_id = $1), \
         (SELECT max(updated_at) FROM item_progress WHERE district_id = $1)) AT TIME ZONE d.time_zone)::date \
     FROM district d WHERE d.id = $1 \
     ON CONFLICT (district_id, id) DO UPDATE SET standard_version = excluded.standard_version, as_of = excluded.as_of, \
     claimed = excluded.claimed, verified = excluded.verified, complete_components = excluded.complete_components, \
     blockers = excluded.blockers, components = excluded.components, phase = excluded.phase, \
     phase_since = excluded.phase_since, all_complete_since = excluded.all_complete_since, \
     standard_fingerprint = excluded.standard_fingerprint, phase_dates = excluded.phase_dates, \
     expiring = excluded.expiring, expired = excluded.expired, \
     obstacles = excluded.obstacles, last_nudge = excluded.last_nudge, last_progress_on = excluded.last_progress_on, \
     updated_at = now()";

/// Judges the district anew and keeps what is derived of it (the summary, the facts of the day, the queue, the public page), in the transaction of the change that may have moved it.
///
/// Every write on evidence, reviews, progress or setup calls this after its own statements and before
/// [`crate::audit::record`].
///
/// # Errors
/// When the database refuses.
pub async fn refresh(tx: &TenantTx) -> ApiResult<Situation> {
    // Writers take turns, so that the summary never misses what another one wrote at the same time.
    store::take_turn(tx).await?;
    let situation = Situation::load(tx).await?;
    situation.keep_summary(tx).await?;
    days::keep(tx, &situation.facts).await?;
    queue::keep(tx, &situation).await?;
    public_pages::keep(tx, &situation.rows.records, situation.today).await?;
    Ok(situation)
}

#[derive(FromQueryResult)]
struct Due {
    id: DistrictId,
}

/// The districts whose summary is of another day, or measured by another standard than the one in effect there today.
const DUE: &str = "SELECT d.id FROM district d \
     CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE d.time_zone)::date AS today) AS clock \
     LEFT JOIN LATERAL (SELECT CASE WHEN supersedes IS NOT NULL AND clock.today < effective_from + grace_days \
             THEN fingerprint || '+grace' ELSE fingerprint END AS fingerprint \
         FROM standard_version WHERE effective_from <= clock.today \
         ORDER BY effective_from DESC, loaded_at DESC LIMIT 1) AS measure ON true \
     LEFT JOIN readiness_summary s ON s.district_id = d.id \
     WHERE (s.as_of, s.standard_fingerprint) IS DISTINCT FROM (clock.today, measure.fingerprint)";

/// Refreshes the summaries that are due: documents expire, and a new or corrected standard takes effect, without anybody
/// writing anything in the district. Returns how many were.
///
/// # Errors
/// When the database cannot be used. A district that cannot be judged is logged and left for the next time.
pub async fn refresh_due(db: &Db) -> Result<usize> {
    let tx = db.system(Origin::system("readiness")).await?;
    let all = Statement::from_string(tx.get_database_backend(), format!("{DUE} ORDER BY d.id"));
    let due = Due::find_by_statement(all).all(&tx).await?;
    drop(tx);
    let mut renewed = 0;
    for district in &due {
        // One district that cannot be judged must not keep the others from being so.
        match refresh_one(db, district.id).await {
            Ok(is_renewed) => renewed += usize::from(is_renewed),
            Err(error) => tracing::error!(district = %district.id, "readiness: {error:#}"),
        }
    }
    Ok(renewed)
}

/// False when somebody's writing has renewed it meanwhile: figures that did not change are not said to have changed just now.
async fn refresh_one(db: &Db, district: DistrictId) -> Result<bool> {
    let tx = db.tenant(district, Origin::system("readiness")).await?;
    store::take_turn(&tx).await?;
    let still = Statement::from_sql_and_values(
        tx.get_database_backend(),
        format!("{DUE} AND d.id = $1"),
        [district.into()],
    );
    if Due::find_by_statement(still).one(&tx).await?.is_none() {
        return Ok(false);
    }
    refresh(&tx).await?;
    tx.commit().await?;
    Ok(true)
}
