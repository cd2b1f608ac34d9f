//! The profile of a district.

use chrono::{DateTime, Utc};
use entity::{district, ids::DistrictId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::standing::Standing;
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::Transaction,
    endpoints,
    error::{ApiResult, ErrorCode},
    http::{Body, Checks, IfMatch, Tagged, endpoint::Endpoints},
};

/// Whether a district's centre is being set up or at work; the table's check says the same.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
#[allow(dead_code, reason = "only describes the word in the OpenAPI document")]
pub enum DistrictPhase {
    /// Being set up.
    Onboarding,
    /// At work.
    Live,
}

/// A kabupaten/kota that runs PKSAI here.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct District {
    /// Its id, stable even when the code changes.
    #[schema(value_type = i32, example = 7306)]
    pub id: DistrictId,
    /// Kemendagri code.
    #[schema(example = "73.06")]
    pub code: String,
    /// Name of the kabupaten/kota.
    #[schema(example = "Kabupaten Gowa")]
    pub name: String,
    /// Kemendagri code of the province.
    #[schema(example = "73")]
    pub province_code: String,
    /// Name of the province.
    #[schema(example = "Sulawesi Selatan")]
    pub province_name: String,
    /// What the district calls its centre.
    #[schema(example = "PPKAI Sikamaseang")]
    pub unit_name: String,
    /// The office that runs it.
    #[schema(example = "Dinas Sosial Kabupaten Gowa")]
    pub office_name: String,
    /// Address of the centre.
    pub address: String,
    /// Phone number for the public.
    pub hotline: String,
    /// IANA time zone.
    #[schema(example = "Asia/Makassar")]
    pub time_zone: String,
    /// Whether the centre is being set up or at work.
    #[schema(value_type = DistrictPhase)]
    pub phase: String,
    /// Since when it is live.
    pub live_at: Option<DateTime<Utc>>,
    /// Whether people may work in its workspace.
    pub standing: Standing,
    /// Why it is not active; empty while nobody ever changed that.
    pub standing_reason: String,
    /// Who changed that last; empty when nobody did.
    pub standing_by_name: String,
    /// Since when it is so.
    pub standing_at: DateTime<Utc>,
    /// Since when it is on this installation.
    pub created_at: DateTime<Utc>,
}

impl From<district::Model> for District {
    fn from(row: district::Model) -> Self {
        Self {
            standing: Standing::of(&row),
            standing_reason: row.status_reason,
            standing_by_name: row.status_by_name,
            standing_at: row.status_at,
            id: row.id,
            code: row.code,
            name: row.name,
            province_code: row.province_code,
            province_name: row.province_name,
            unit_name: row.unit_name,
            office_name: row.office_name,
            address: row.address,
            hotline: row.hotline,
            time_zone: row.time_zone,
            phase: row.phase,
            live_at: row.live_at,
            created_at: row.created_at,
        }
    }
}

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DistrictUpdate {
    /// What the district calls its centre.
    #[schema(example = "PPKAI Sikamaseang")]
    pub unit_name: Option<String>,
    /// The office that runs it.
    pub office_name: Option<String>,
    /// Address of the centre.
    pub address: Option<String>,
    /// Phone number for the public.
    #[schema(example = "0411-123456")]
    pub hotline: Option<String>,
}

/// See the profile of a district
#[utoipa::path(get, path = "/api/v1/districts/{code}", tag = "districts", responses((status = 200, body = District)))]
async fn get_district(who: InDistrict<perm::DistrictRead>) -> ApiResult<Tagged<District>> {
    let tx = who.tenant().await?;
    let row = district::Entity::find_by_id(who.district_id())
        .one(&tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    Ok(Tagged {
        version: row.version,
        value: row.into(),
    })
}

/// Change the profile of a district
#[utoipa::path(patch, path = "/api/v1/districts/{code}", tag = "districts", request_body = DistrictUpdate,
    responses((status = 200, body = District)))]
async fn update_district(
    who: InDistrict<perm::DistrictUpdate>,
    version: IfMatch,
    body: Body<DistrictUpdate>,
) -> ApiResult<Tagged<District>> {
    let input = body.value;
    let mut checks = Checks::new();
    let unit_name = input.unit_name.map(|value| checks.name("unit_name", &value, 120));
    let office_name = input.office_name.map(|value| checks.name("office_name", &value, 160));
    let address = input.address.map(|value| checks.paragraph("address", &value, 500));
    let hotline = input.hotline.map(|value| checks.optional_phone("hotline", &value));
    checks.finish()?;
    let (tx, row) = who.tenant_to_change().await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    let before = District::from(row.clone());
    let next = row.version + 1;
    let mut row: district::ActiveModel = row.into();
    let set = |field: &mut sea_orm::ActiveValue<String>, value: Option<String>| {
        if let Some(value) = value {
            *field = Set(value);
        }
    };
    set(&mut row.unit_name, unit_name);
    set(&mut row.office_name, office_name);
    set(&mut row.address, address);
    set(&mut row.hotline, hotline);
    row.version = Set(next);
    row.updated_at = Set(Utc::now());
    let row = row.update(&tx).await?;
    let after = District::from(row.clone());
    audit::record(
        &tx,
        Change::of("update", "district", &row.code).before(before).after(&after),
    )
    .await?;
    tx.commit().await?;
    who.app().shared.access.forget_district(&after.code).await;
    Ok(Tagged {
        version: next,
        value: after,
    })
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_district, update_district);
    super::standing::endpoints(endpoints);
}
