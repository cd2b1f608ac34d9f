//! The plan of each wave: the ministry's administrators write it, province and ministry read it.

use actix_web::{HttpResponse, web::Json};
use chrono::{DateTime, Utc};
use entity::{ids::WaveId, replication_wave};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ModelTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{content::WaveContent, membership, query};
use crate::{
    audit::{self, Change},
    auth::{Oversight, perm},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{
        Body, Created, IdempotencyKey, IfMatch, NoContent, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once, problem::Problem,
    },
};

/// A wave of replication.
#[derive(Debug, Serialize, ToSchema)]
pub struct Wave {
    /// Its id.
    pub id: WaveId,
    /// What is planned.
    #[serde(flatten)]
    pub content: WaveContent,
    /// Counts its changes; also the `ETag`.
    #[schema(example = 1)]
    pub version: i32,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Wave {
    fn of((row, districts): query::Wave) -> ApiResult<Self> {
        Ok(Self {
            id: row.id,
            content: WaveContent::of(&row, districts)?,
            version: row.version,
            updated_at: row.updated_at,
        })
    }
}

#[derive(Deserialize)]
struct WavePath {
    wave_id: WaveId,
}

/// List the waves of replication, by year and number
///
/// Province staff see of each wave the districts of their province.
#[utoipa::path(get, path = "/api/v1/oversight/waves", tag = "oversight", params(PageQuery),
    responses((status = 200, body = Page<Wave>)))]
async fn list_waves(who: Oversight<perm::OversightRead>, Query(page): Query<PageQuery>) -> ApiResult<Json<Page<Wave>>> {
    let limit = page.limit()?;
    let after = page.after::<(i16, i16)>()?;
    let tx = who.within_reach().await?;
    let rows = query::list(&tx, after, limit + 1).await?;
    Page::try_of(rows, limit, |(row, _)| (row.year, row.number), Wave::of).map(Json)
}

/// See a wave of replication
#[utoipa::path(get, path = "/api/v1/oversight/waves/{wave_id}", tag = "oversight",
    params(("wave_id" = WaveId, Path, description = "Id of the wave")),
    responses((status = 200, body = Wave)))]
async fn get_wave(who: Oversight<perm::OversightRead>, Path(path): Path<WavePath>) -> ApiResult<Tagged<Wave>> {
    let tx = who.within_reach().await?;
    let row = replication_wave::Entity::find_by_id(path.wave_id).one(&tx).await?;
    let row = row.ok_or(ErrorCode::NotFound)?;
    let districts = query::districts(&tx, row.id).await?;
    tagged((row, districts))
}

/// Plan a wave of replication
///
/// Its districts are invited or registered, and in no other wave. Those whose letter of invitation names this wave belong to
/// it without being listed.
#[utoipa::path(post, path = "/api/v1/oversight/waves", tag = "oversight", request_body = WaveContent,
    responses((status = 201, body = Wave),
        (status = 409, description = "The year has a wave of this number", body = Problem, content_type = "application/problem+json")))]
async fn create_wave(
    who: Oversight<perm::PlanManage>,
    key: IdempotencyKey,
    body: Body<WaveContent>,
) -> ApiResult<HttpResponse> {
    let hash = body.hash;
    let content = body.value.checked()?;
    create_once(who.system().await?, "create_wave", key, hash, async |tx| {
        let id = WaveId::generate();
        query::take_turn(tx).await?;
        refuse_second(tx, id, &content).await?;
        query::refuse_unfit(tx, id, &content).await?;
        let now = Utc::now();
        let row = replication_wave::ActiveModel {
            id: Set(id),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..planned(&content)
        };
        let row = row.insert(tx).await?;
        query::keep_districts(tx, id, &content.districts).await?;
        membership::take_in_by_letter(tx, &row).await?;
        let districts = query::districts(tx, id).await?;
        let value = Wave::of((row, districts))?;
        audit::record(tx, Change::of("create", "replication_wave", id).after(&value.content)).await?;
        Ok(Created {
            version: Some(value.version),
            value,
        })
    })
    .await
}

/// Change the plan of a wave
///
/// All of it, the list of its districts included. Where it gets another number or year, the districts whose letters name that
/// one join it.
#[utoipa::path(put, path = "/api/v1/oversight/waves/{wave_id}", tag = "oversight", request_body = WaveContent,
    params(("wave_id" = WaveId, Path, description = "Id of the wave")),
    responses((status = 200, body = Wave),
        (status = 409, description = "The year has another wave of this number", body = Problem, content_type = "application/problem+json")))]
async fn update_wave(
    who: Oversight<perm::PlanManage>,
    Path(path): Path<WavePath>,
    version: IfMatch,
    body: Body<WaveContent>,
) -> ApiResult<Tagged<Wave>> {
    let content = body.value.checked()?;
    let tx = who.system().await?;
    query::take_turn(&tx).await?;
    let (row, before) = locked(&tx, path.wave_id, version).await?;
    refuse_second(&tx, row.id, &content).await?;
    query::refuse_unfit(&tx, row.id, &content).await?;
    let change = replication_wave::ActiveModel {
        id: Set(row.id),
        version: Set(row.version + 1),
        updated_at: Set(Utc::now()),
        ..planned(&content)
    };
    let row = change.update(&tx).await?;
    query::keep_districts(&tx, row.id, &content.districts).await?;
    if (before.year, before.number) != (content.year, content.number) {
        membership::take_in_by_letter(&tx, &row).await?;
    }
    let districts = query::districts(&tx, row.id).await?;
    let changed = tagged((row, districts))?;
    let change = Change::of("update", "replication_wave", path.wave_id);
    audit::record(&tx, change.before(before).after(&changed.value.content)).await?;
    tx.commit().await?;
    Ok(changed)
}

/// Give up a wave
///
/// Its districts are in no wave then. What was planned stays in the audit trail.
#[utoipa::path(delete, path = "/api/v1/oversight/waves/{wave_id}", tag = "oversight",
    params(("wave_id" = WaveId, Path, description = "Id of the wave")), responses((status = 204)))]
async fn delete_wave(
    who: Oversight<perm::PlanManage>,
    Path(path): Path<WavePath>,
    version: IfMatch,
) -> ApiResult<NoContent> {
    let tx = who.system().await?;
    query::take_turn(&tx).await?;
    let (row, before) = locked(&tx, path.wave_id, version).await?;
    let id = row.id;
    row.delete(&tx).await?;
    audit::record(&tx, Change::of("delete", "replication_wave", id).before(before)).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The wave that is about to be changed, with what it says.
async fn locked(tx: &SystemTx, id: WaveId, version: IfMatch) -> ApiResult<(replication_wave::Model, WaveContent)> {
    let row = replication_wave::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    let row = row.ok_or(ErrorCode::NotFound)?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    let content = WaveContent::of(&row, query::districts(tx, id).await?)?;
    Ok((row, content))
}

async fn refuse_second(tx: &SystemTx, id: WaveId, content: &WaveContent) -> ApiResult<()> {
    let same = replication_wave::Entity::find()
        .filter(replication_wave::Column::Year.eq(content.year))
        .filter(replication_wave::Column::Number.eq(content.number))
        .filter(replication_wave::Column::Id.ne(id));
    if same.one(tx).await?.is_none() {
        return Ok(());
    }
    let WaveContent { year, number, .. } = content;
    Err(ApiError::new(ErrorCode::Conflict).detail(Text::new(
        format!("Gelombang {number} tahun {year} sudah ada. Ubah gelombang itu, atau pakai nomor lain."),
        format!("There is a wave {number} of {year} already. Change that one, or use another number."),
    )))
}

fn planned(content: &WaveContent) -> replication_wave::ActiveModel {
    replication_wave::ActiveModel {
        year: Set(content.year),
        number: Set(content.number),
        name: Set(content.name.clone()),
        starts_on: Set(content.starts_on),
        target_phase: Set(content.target_phase.as_str().to_owned()),
        target_on: Set(content.target_on),
        note: Set(content.note.clone()),
        ..Default::default()
    }
}

fn tagged(wave: query::Wave) -> ApiResult<Tagged<Wave>> {
    let value = Wave::of(wave)?;
    Ok(Tagged {
        version: value.version,
        value,
    })
}

/// The operations on waves.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_waves, get_wave, create_wave, update_wave, delete_wave);
}
