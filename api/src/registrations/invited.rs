//! Districts that were asked to run PKSAI and are no tenants yet.

use actix_web::{HttpResponse, web::Json};
use chrono::{NaiveDate, Utc};
use entity::{district, district_invitation, region};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::RegistrationStatus;
use crate::{
    audit::{self, Change},
    auth::{Oversight, perm},
    day,
    db::{Narrowed, SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, NoContent, Page, PageQuery, Path, Query, endpoint::Endpoints,
        idempotency::create_once, problem::Problem,
    },
    waves::membership,
};

/// A letter of invitation to a district.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DistrictInvitation {
    /// Kemendagri code of the kabupaten/kota.
    #[schema(example = "33.29")]
    pub code: String,
    /// Date of the letter; its year is the year of the wave.
    #[schema(example = "2026-01-05")]
    pub invited_on: NaiveDate,
    /// Which wave of replication, when the letter says so.
    #[schema(example = 2, minimum = 1, maximum = 99)]
    pub wave: Option<i16>,
    /// Number of the letter.
    #[serde(default)]
    #[schema(example = "005/CONTOH/2026")]
    pub letter_number: String,
    /// Where the invitation is to be found: who sent it, or where it was announced.
    #[schema(example = "Surat Direktur Rehabilitasi Sosial Anak (contoh)")]
    pub source: String,
}

impl From<&district_invitation::Model> for DistrictInvitation {
    fn from(row: &district_invitation::Model) -> Self {
        Self {
            code: row.code.clone(),
            invited_on: row.invited_on,
            wave: row.wave,
            letter_number: row.letter_number.clone(),
            source: row.source.clone(),
        }
    }
}

/// A district that was invited and has not become a tenant.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitedDistrict {
    /// The code again, so that every item of a list has an id.
    #[schema(example = "33.07")]
    pub id: String,
    /// Kemendagri code.
    #[schema(example = "33.07")]
    pub code: String,
    /// Name.
    #[schema(example = "Kabupaten Wonosobo")]
    pub name: String,
    /// Code of the province.
    #[schema(example = "33")]
    pub province_code: String,
    /// Name of the province.
    #[schema(example = "Jawa Tengah")]
    pub province_name: String,
    /// When it was invited, or its invitation was made known.
    pub invited_on: NaiveDate,
    /// Where it was announced.
    #[schema(example = "SINDOnews, 29 Juni 2019")]
    pub source: String,
    /// Which wave of replication, when the letter says so.
    pub wave: Option<i16>,
    /// Number of the letter; empty when it is not known.
    pub letter_number: String,
    /// Where its application stands, when it has applied.
    pub application: Option<RegistrationStatus>,
}

#[derive(FromQueryResult)]
struct Row {
    code: String,
    name: String,
    province_code: String,
    province_name: String,
    invited_on: NaiveDate,
    source: String,
    wave: Option<i16>,
    letter_number: String,
    application: Option<String>,
}

impl Row {
    fn describe(self) -> ApiResult<InvitedDistrict> {
        let find = |word: String| {
            let status = RegistrationStatus::ALL
                .into_iter()
                .find(|status| status.as_str() == word);
            status.ok_or_else(|| ApiError::internal(anyhow::anyhow!("{word} is no status")))
        };
        Ok(InvitedDistrict {
            id: self.code.clone(),
            code: self.code,
            name: self.name,
            province_code: self.province_code,
            province_name: self.province_name,
            invited_on: self.invited_on,
            source: self.source,
            wave: self.wave,
            letter_number: self.letter_number,
            application: self.application.map(find).transpose()?,
        })
    }
}

/// List invited districts that are not here yet, by code
///
/// An invitation is answered when the district becomes a tenant; then it stands in the list of districts. Province staff see
/// their province, ministry staff the nation.
#[utoipa::path(get, path = "/api/v1/oversight/invited-districts", tag = "oversight", params(PageQuery),
    responses((status = 200, body = Page<InvitedDistrict>)))]
async fn list_invited_districts(
    who: Oversight<perm::OversightRead>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<InvitedDistrict>>> {
    let limit = page.limit()?;
    let after = page.after::<String>()?.unwrap_or_default();
    let live: Vec<String> = RegistrationStatus::ALL
        .into_iter()
        .filter(|status| status.is_live())
        .map(|status| status.as_str().to_owned())
        .collect();
    let query = Narrowed::new(
        "SELECT i.code, r.full_name AS name, p.code AS province_code, p.name AS province_name, i.invited_on, \
                   i.source, i.wave, i.letter_number, (SELECT g.status FROM registration g WHERE g.district_code = i.code \
                   AND g.submitted_at IS NOT NULL AND g.status = ANY($2)) AS application \
                   FROM district_invitation i JOIN region r ON r.code = i.code JOIN region p ON p.code = r.parent_code \
                   WHERE i.code > $1 AND NOT EXISTS (SELECT 1 FROM district d WHERE d.code = i.code)",
        vec![after.into(), live.into()],
    );
    let tx = who.within_reach().await?;
    let rows = query.first(&tx, "i.code", limit + 1).await?;
    Page::try_of(rows, limit, |row: &Row| row.code.clone(), Row::describe).map(Json)
}

/// Record that a district was invited
///
/// With the facts of the letter. The district then stands in the lists of oversight until it is a tenant.
#[utoipa::path(post, path = "/api/v1/oversight/invited-districts", tag = "oversight", request_body = DistrictInvitation,
    responses((status = 201, body = DistrictInvitation),
        (status = 409, description = "It was invited already, or is a tenant", body = Problem, content_type = "application/problem+json")))]
async fn create_district_invitation(
    who: Oversight<perm::InvitationsManage>,
    key: IdempotencyKey,
    body: Body<DistrictInvitation>,
) -> ApiResult<HttpResponse> {
    let hash = body.hash;
    let new = checked(body.value)?;
    let tx = who.system().await?;
    create_once(tx, "create_district_invitation", key, hash, async |tx| {
        refuse_unfit(tx, &new.code).await?;
        let row = district_invitation::ActiveModel {
            code: Set(new.code.clone()),
            invited_on: Set(new.invited_on),
            source: Set(new.source.clone()),
            created_at: Set(Utc::now()),
            wave: Set(new.wave),
            letter_number: Set(new.letter_number.clone()),
        };
        let value = DistrictInvitation::from(&row.insert(tx).await?);
        if let Some(wave) = value.wave {
            membership::join_by_letter(tx, &value.code, value.invited_on, wave).await?;
        }
        let change = Change::of("create", "district_invitation", &value.code).after(&value);
        audit::record(tx, change).await?;
        Ok(Created { version: None, value })
    })
    .await
}

fn checked(mut new: DistrictInvitation) -> ApiResult<DistrictInvitation> {
    let mut checks = Checks::new();
    new.code = checks.line("code", &new.code, 5);
    new.source = checks.line("source", &new.source, 300);
    if !new.letter_number.trim().is_empty() {
        new.letter_number = checks.line("letter_number", &new.letter_number, 80);
    }
    checks.ensure(
        new.wave.is_none_or(|wave| (1..=99).contains(&wave)),
        "wave",
        "out_of_range",
        Text::fixed("Isi angka 1 sampai 99.", "Give a number from 1 to 99."),
    );
    checks.ensure(
        new.invited_on <= day::today_at_the_ministry(),
        "invited_on",
        "in_future",
        Text::fixed("Tanggal surat belum tiba.", "The date of the letter is in the future."),
    );
    checks.finish()?;
    Ok(new)
}

async fn refuse_unfit(tx: &SystemTx, code: &str) -> ApiResult<()> {
    let places = region::Entity::find_by_id(code).filter(region::Column::Level.eq("regency"));
    if places.count(tx).await? == 0 {
        return Err(ApiError::invalid(vec![FieldError {
            field: "code".to_owned(),
            code: "unknown_district",
            message: Text::fixed(
                "Pilih kabupaten/kota dari daftar; kodenya seperti 73.02.",
                "Choose a kabupaten/kota from the list; its code looks like 73.02.",
            ),
        }]));
    }
    let tenants = district::Entity::find().filter(district::Column::Code.eq(code));
    if tenants.count(tx).await? > 0 {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Daerah ini sudah terdaftar, jadi tidak perlu diundang.",
            "This district is registered already, so it need not be invited.",
        )));
    }
    let invited = district_invitation::Entity::find_by_id(code);
    if invited.count(tx).await? > 0 {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Daerah ini sudah diundang. Tarik undangan lama dahulu bila datanya keliru.",
            "This district was invited already. Withdraw that invitation first when its facts are wrong.",
        )));
    }
    Ok(())
}

#[derive(Deserialize)]
struct InvitedPath {
    district_code: String,
}

/// Withdraw the invitation of a district
///
/// For one that was recorded by mistake. What it said stays in the audit trail. The invitation of a tenant is answered and
/// stays.
#[utoipa::path(delete, path = "/api/v1/oversight/invited-districts/{district_code}", tag = "oversight",
    params(("district_code" = String, Path, description = "Kemendagri code of the district", example = "33.29")),
    responses((status = 204),
        (status = 404, description = "It was not invited", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is a tenant", body = Problem, content_type = "application/problem+json")))]
async fn withdraw_district_invitation(
    who: Oversight<perm::InvitationsManage>,
    Path(path): Path<InvitedPath>,
) -> ApiResult<NoContent> {
    let tx = who.system().await?;
    let row = district_invitation::Entity::find_by_id(&path.district_code)
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let tenants = district::Entity::find().filter(district::Column::Code.eq(&row.code));
    if tenants.count(&tx).await? > 0 {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Daerah ini sudah terdaftar. Undangannya sudah terjawab dan tetap tercatat.",
            "This district is registered. Its invitation is answered and stays on record.",
        )));
    }
    let before = DistrictInvitation::from(&row);
    district_invitation::Entity::delete_by_id(&row.code).exec(&tx).await?;
    membership::leave(&tx, &row.code).await?;
    let change = Change::of("delete", "district_invitation", &row.code).before(before);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The operations on invited districts.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_invited_districts,
        create_district_invitation,
        withdraw_district_invitation
    );
}
