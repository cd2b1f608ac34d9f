//! What the API shows of all districts, and which of them are asked for.

use chrono::{DateTime, NaiveDate, Utc};
use entity::ids::WaveId;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use super::{
    plan::Plan,
    rules::{Course, MonthFigures, PhaseFigures, funnel, trend},
    waves::OverviewWave,
};
use crate::{
    error::{ApiResult, Text},
    http::Checks,
    readiness::{
        Percent, Phase,
        obstacles::{Obstacle, ObstacleKind},
        view::ComponentScore,
    },
};

/// All districts within reach that were asked for, and what they make together.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// When the figures changed last; they have held since. Null when there are none.
    pub as_of: Option<DateTime<Utc>>,
    /// Out of how many districts the nation counts. Null for a province, whose share nobody has announced.
    pub plan: Option<Plan>,
    /// How many districts there are of each sort.
    pub counts: OverviewCounts,
    /// The seven phases in order.
    pub phases: Vec<OverviewPhase>,
    /// Every month from the first in which a district reached a phase.
    pub trend: Vec<OverviewMonth>,
    /// The waves of replication, by year and number. When something was asked for, those that its districts are in.
    pub waves: Vec<OverviewWave>,
    /// The provinces within reach, by code.
    pub provinces: Vec<OverviewProvince>,
    /// The districts, by code.
    pub districts: Vec<OverviewDistrict>,
}

/// How many districts there are of each sort.
#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct OverviewCounts {
    /// Invited and not here yet.
    pub invited: usize,
    /// Getting ready.
    pub onboarding: usize,
    /// Live.
    pub live: usize,
    /// Suspended.
    pub suspended: usize,
    /// Getting ready or live, with items that have expired or will within 90 days.
    pub expiring: usize,
}

/// What the districts make of one phase.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverviewPhase {
    /// The phase.
    pub phase: Phase,
    /// Districts that have reached it, those that went further included.
    #[schema(example = 9)]
    pub reached: usize,
    /// Districts that are in it now.
    #[schema(example = 2)]
    pub current: usize,
    /// Median of the days from reaching it to reaching the next. Null when no district has.
    #[schema(example = 120)]
    pub median_days: Option<i64>,
    /// Of how many districts the median is.
    #[schema(example = 7)]
    pub left: usize,
}

/// How many districts were in each phase at the end of a month, as their dated documents tell today.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverviewMonth {
    /// The first day of the month. The figures of this month are those of today.
    pub month: NaiveDate,
    /// Districts by phase, in the order of `phases`.
    pub districts: Vec<usize>,
}

/// A province.
#[derive(Debug, Serialize, ToSchema, sea_orm::FromQueryResult)]
pub struct OverviewProvince {
    /// Kemendagri code.
    #[schema(example = "73")]
    pub code: String,
    /// Name.
    #[schema(example = "Sulawesi Selatan")]
    pub name: String,
    /// How many kabupaten/kota it has, whether they take part or not.
    #[schema(example = 24)]
    pub regencies: i64,
}

/// A district on the page of all districts.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverviewDistrict {
    /// Kemendagri code.
    #[schema(example = "73.06")]
    pub code: String,
    /// Name.
    #[schema(example = "Kabupaten Gowa")]
    pub name: String,
    /// Code of the province.
    #[schema(example = "73")]
    pub province_code: String,
    /// Name of the province.
    #[schema(example = "Sulawesi Selatan")]
    pub province_name: String,
    /// What the district calls its centre; null while it is only invited.
    #[schema(example = "PPKAI Sikamaseang")]
    pub unit_name: Option<String>,
    /// Where it stands.
    pub status: OverviewStatus,
    /// The phase reached last.
    pub phase: Option<Phase>,
    /// When it was reached.
    pub phase_since: Option<NaiveDate>,
    /// Mean of the claimed scores, in percent.
    #[schema(value_type = Option<f64>, example = 61.5)]
    pub claimed: Option<Percent>,
    /// Mean of the verified scores, in percent.
    #[schema(value_type = Option<f64>, example = 40.25)]
    pub verified: Option<Percent>,
    /// The scores of the components in order; empty while it is only invited.
    #[schema(value_type = Vec<ComponentScore>)]
    pub components: Box<RawValue>,
    /// How many items stand in the way of going live.
    pub blockers: Option<i16>,
    /// How many items will expire within 90 days.
    pub expiring: Option<i16>,
    /// How many items have expired.
    pub expired: Option<i16>,
    /// The day of the last thing that the district itself did: setup, evidence, answers, assignments.
    pub last_progress_on: Option<NaiveDate>,
    /// Days since then.
    #[schema(example = 12)]
    pub idle_days: Option<i32>,
    /// What the system can see in its way, the gravest first.
    #[schema(value_type = Vec<Obstacle>)]
    pub obstacles: Box<RawValue>,
    /// The wave of replication that it is in.
    pub wave_id: Option<WaveId>,
    /// The reminder that it got last.
    pub last_nudge: Option<LastNudge>,
}

/// The reminder that a district got last.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastNudge {
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// Who sent it.
    pub sent_by_name: String,
    /// When a coordinator first read it.
    pub opened_at: Option<DateTime<Utc>>,
    /// The district has done something on a later day than the last before the reminder.
    pub progress_since: bool,
}

/// Where a district stands as a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OverviewStatus {
    /// Asked to run PKSAI and not here yet.
    Invited,
    /// Getting ready.
    Onboarding,
    /// Live.
    Live,
    /// Suspended.
    Suspended,
}

impl OverviewStatus {
    const ALL: [Self; 4] = [Self::Invited, Self::Onboarding, Self::Live, Self::Suspended];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Onboarding => "onboarding",
            Self::Live => "live",
            Self::Suspended => "suspended",
        }
    }

    /// The status with that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// Which districts. Everything in the answer is about those alone.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OverviewQuery {
    /// Only of this province.
    #[param(example = "73")]
    province: Option<String>,
    /// Only in this phase now, e.g. `decree`.
    #[param(example = "decree")]
    phase: Option<String>,
    /// Only `invited`, `onboarding`, `live` or `suspended`.
    #[param(example = "onboarding")]
    status: Option<String>,
    /// Only those that are getting ready and have done nothing for so many days.
    #[param(minimum = 1, maximum = 3650, example = 90)]
    stuck_days: Option<i32>,
    /// Only with this in the way, e.g. `returned`.
    #[param(inline, example = "returned")]
    obstacle: Option<ObstacleKind>,
    /// Only with items that have expired or will within 90 days.
    expiring: Option<bool>,
    /// Only of this wave of replication.
    wave: Option<WaveId>,
    /// Only with this text in the name of the district or its centre.
    #[param(max_length = 100)]
    q: Option<String>,
}

/// A checked [`OverviewQuery`].
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Filter {
    province: Option<String>,
    phase: Option<Phase>,
    status: Option<OverviewStatus>,
    stuck_days: Option<i32>,
    obstacle: Option<ObstacleKind>,
    expiring: bool,
    wave: Option<WaveId>,
    text: String,
}

impl OverviewQuery {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// 422 for words that mean nothing.
    pub fn check(self) -> ApiResult<Filter> {
        let mut checks = Checks::new();
        if let Some(phase) = &self.phase {
            checks.one_of("phase", phase, &Phase::ALL.map(Phase::as_str));
        }
        if let Some(status) = &self.status {
            checks.one_of("status", status, &OverviewStatus::ALL.map(OverviewStatus::as_str));
        }
        let in_range = self.stuck_days.is_none_or(|days| (1..=3650).contains(&days));
        let text = Text::fixed("Isi angka 1 sampai 3650.", "Give a number from 1 to 3650.");
        checks.ensure(in_range, "stuck_days", "out_of_range", text);
        let text = checks.optional_line("q", self.q.as_deref().unwrap_or_default(), 100);
        checks.finish()?;
        Ok(Filter {
            province: self.province,
            phase: self.phase.as_deref().and_then(Phase::parse),
            status: self.status.as_deref().and_then(OverviewStatus::parse),
            stuck_days: self.stuck_days,
            obstacle: self.obstacle,
            expiring: self.expiring.unwrap_or_default(),
            wave: self.wave,
            text: text.to_lowercase(),
        })
    }
}

impl Filter {
    /// True when everything was asked for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// True when the district was asked for.
    #[must_use]
    pub fn admits(&self, district: &OverviewDistrict) -> bool {
        let is_stuck = |days: i32| {
            district.status == OverviewStatus::Onboarding && district.idle_days.is_some_and(|idle| idle >= days)
        };
        let has_text = |name: &str| name.to_lowercase().contains(&self.text);
        self.province
            .as_ref()
            .is_none_or(|code| *code == district.province_code)
            && self.phase.is_none_or(|phase| Some(phase) == district.phase)
            && self.status.is_none_or(|status| status == district.status)
            && self.stuck_days.is_none_or(is_stuck)
            && self.obstacle.is_none_or(|kind| district.has_obstacle(kind))
            && (!self.expiring || district.is_expiring())
            && self.wave.is_none_or(|wave| Some(wave) == district.wave_id)
            && (has_text(&district.name) || district.unit_name.as_deref().is_some_and(has_text))
    }
}

impl OverviewDistrict {
    fn has_obstacle(&self, kind: ObstacleKind) -> bool {
        let obstacles: Vec<Obstacle> = serde_json::from_str(self.obstacles.get()).unwrap_or_default();
        obstacles.iter().any(|obstacle| obstacle.kind == kind)
    }

    fn is_expiring(&self) -> bool {
        let takes_part = matches!(self.status, OverviewStatus::Onboarding | OverviewStatus::Live);
        takes_part && (self.expiring.unwrap_or_default() > 0 || self.expired.unwrap_or_default() > 0)
    }
}

/// A district with what its row tells besides.
#[derive(Debug)]
pub struct Standing {
    /// What is shown.
    pub district: OverviewDistrict,
    /// The days of its phases.
    pub course: Course,
    /// When anything of it changed last.
    pub changed_at: DateTime<Utc>,
}

impl Overview {
    /// Puts together what the districts that were asked for make.
    #[must_use]
    pub fn of(
        standings: Vec<Standing>,
        plan: Option<Plan>,
        waves: Vec<OverviewWave>,
        provinces: Vec<OverviewProvince>,
        today: NaiveDate,
    ) -> Self {
        let as_of = standings.iter().map(|standing| standing.changed_at).max();
        let (districts, courses): (Vec<_>, Vec<_>) = standings
            .into_iter()
            .map(|standing| (standing.district, standing.course))
            .unzip();
        Self {
            as_of,
            plan,
            counts: OverviewCounts::of(&districts),
            phases: funnel(&courses).into_iter().map(Into::into).collect(),
            trend: trend(&courses, today).into_iter().map(Into::into).collect(),
            waves,
            provinces,
            districts,
        }
    }
}

impl OverviewCounts {
    fn of(districts: &[OverviewDistrict]) -> Self {
        let of = |status| districts.iter().filter(|district| district.status == status).count();
        Self {
            invited: of(OverviewStatus::Invited),
            onboarding: of(OverviewStatus::Onboarding),
            live: of(OverviewStatus::Live),
            suspended: of(OverviewStatus::Suspended),
            expiring: districts.iter().filter(|district| district.is_expiring()).count(),
        }
    }
}

impl From<PhaseFigures> for OverviewPhase {
    fn from(figures: PhaseFigures) -> Self {
        Self {
            phase: figures.phase,
            reached: figures.reached,
            current: figures.current,
            median_days: figures.median_days,
            left: figures.left,
        }
    }
}

impl From<MonthFigures> for OverviewMonth {
    fn from(figures: MonthFigures) -> Self {
        Self {
            month: figures.month,
            districts: figures.districts,
        }
    }
}
