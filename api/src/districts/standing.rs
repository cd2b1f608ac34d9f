//! Whether people may work in a district's workspace: suspension, reactivation, archiving.
//!
//! The rules are proposals of this product; no source describes how a centre's workspace ends. Nothing is deleted: a
//! suspended workspace can be read by its people, an archived one by province and ministry only, and each step back is possible.

use chrono::Utc;
use entity::district;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect, sea_query::LockType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::routes::District;
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{Body, Checks, IfMatch, Tagged, endpoint::Endpoints, problem::Problem},
    members::coordinators::coordinators,
    notices::{About, Notice, NoticeContent, post},
};

/// Whether people may work in a district's workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// They may.
    Active,
    /// Everybody reads as before and nobody changes anything; the public page is closed.
    Suspended,
    /// Only province and ministry still read.
    Archived,
}

impl Standing {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Active, Self::Suspended, Self::Archived];

    /// Its word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Archived => "archived",
        }
    }

    /// The standing in a row. The table's check allows no other word; one that it should allow later keeps people out until
    /// this service knows it.
    #[must_use]
    pub fn of(row: &district::Model) -> Self {
        let known = Self::ALL.iter().copied().find(|one| one.as_str() == row.status);
        known.unwrap_or(Self::Archived)
    }

    /// One step at a time: a workspace is suspended before it is archived, and comes back the same way.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Active | Self::Archived, Self::Suspended) | (Self::Suspended, Self::Active | Self::Archived)
        )
    }
}

/// A step, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingUpdate {
    /// What the workspace becomes.
    pub standing: Standing,
    /// Why, in at least ten characters; the district's people read it.
    #[schema(example = "Unit layanan bergabung dengan kabupaten induk.")]
    pub reason: String,
}

/// Shortest reason, in characters.
const SHORTEST_REASON: usize = 10;

/// Suspend, reactivate or archive the workspace of a district
///
/// One step at a time: active, suspended, archived, and back the same way. Nothing is deleted. The coordinators are told, with
/// the reason.
#[utoipa::path(put, path = "/api/v1/districts/{code}/standing", tag = "oversight", request_body = StandingUpdate,
    responses((status = 200, body = District),
        (status = 409, description = "It is not one step from what the workspace is", body = Problem, content_type = "application/problem+json")))]
async fn update_standing(
    who: InDistrict<perm::DistrictsManage>,
    version: IfMatch,
    body: Body<StandingUpdate>,
) -> ApiResult<Tagged<District>> {
    let mut checks = Checks::new();
    let reason = checks.paragraph("reason", &body.value.reason, 1_000);
    checks.ensure(
        reason.chars().count() >= SHORTEST_REASON,
        "reason",
        "too_short",
        Text::fixed(
            "Tuliskan alasannya dalam sedikitnya 10 karakter; orang-orang daerah itu membacanya.",
            "Write the reason in at least 10 characters; the people of that district read it.",
        ),
    );
    checks.finish()?;
    let (tx, row) = who.tenant_to_change().await?;
    let row = step(&tx, row, version.0, body.value.standing, reason).await?;
    tell(&tx, &row).await?;
    tx.commit().await?;
    who.app().shared.access.forget_district(&row.code).await;
    Ok(Tagged {
        version: row.version,
        value: row.into(),
    })
}

async fn step(
    tx: &TenantTx,
    row: district::Model,
    version: i32,
    next: Standing,
    reason: String,
) -> ApiResult<district::Model> {
    let now = Standing::of(&row);
    if row.version != version {
        return Err(ApiError::new(ErrorCode::Stale).current(District::from(row)));
    }
    if !now.may_become(next) {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::new(
            format!(
                "Ruang kerja ini {}, sehingga tidak dapat langsung menjadi {}.",
                word(now).id,
                word(next).id
            ),
            format!(
                "This workspace is {}, so it cannot become {} at once.",
                word(now).en,
                word(next).en
            ),
        )));
    }
    let before = in_trail(&row);
    let mut change = row.into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.status_reason = Set(reason);
    change.status_by_name = Set(tx.origin().actor_name.clone());
    change.status_at = Set(Utc::now());
    change.updated_at = Set(Utc::now());
    change.version = Set(version + 1);
    let row = change.update(tx).await?;
    let action = match next {
        Standing::Active => "reactivate",
        Standing::Suspended if now == Standing::Archived => "restore",
        Standing::Suspended => "suspend",
        Standing::Archived => "archive",
    };
    let change = Change::of(action, "district", &row.code)
        .before(before)
        .after(in_trail(&row));
    audit::record(tx, change).await?;
    Ok(row)
}

/// The row of the district, locked until the end of the transaction.
///
/// # Errors
/// 404 when it is gone.
pub async fn lock(tx: &TenantTx, kind: LockType) -> ApiResult<district::Model> {
    let row = district::Entity::find_by_id(tx.district_id())
        .lock(kind)
        .one(tx)
        .await?;
    row.ok_or_else(|| ErrorCode::NotFound.into())
}

/// As [`lock`], only while people may work there: whoever suspends it waits for them, and they for whoever does.
///
/// # Errors
/// 423 when they may not.
pub async fn hold(tx: &TenantTx, kind: LockType) -> ApiResult<district::Model> {
    let row = lock(tx, kind).await?;
    if Standing::of(&row) == Standing::Active {
        Ok(row)
    } else {
        Err(ErrorCode::DistrictSuspended.into())
    }
}

/// What the audit trail keeps of it.
fn in_trail(row: &district::Model) -> serde_json::Value {
    serde_json::json!({ "standing": row.status, "reason": row.status_reason })
}

/// In a sentence.
const fn word(standing: Standing) -> Text {
    match standing {
        Standing::Active => Text::fixed("aktif", "active"),
        Standing::Suspended => Text::fixed("ditangguhkan", "suspended"),
        Standing::Archived => Text::fixed("diarsipkan", "archived"),
    }
}

async fn tell(tx: &TenantTx, row: &district::Model) -> ApiResult<()> {
    let standing = Standing::of(row);
    let notice = Notice {
        content: NoticeContent::StandingChanged {
            unit: row.unit_name.clone(),
            district: row.name.clone(),
            standing,
            reason: row.status_reason.clone(),
            by: row.status_by_name.clone(),
        },
        link: match standing {
            Standing::Archived => "/".to_owned(),
            Standing::Active | Standing::Suspended => format!("/d/{}", row.code),
        },
        about: About::district(row),
    };
    post(tx, coordinators(tx).await?, &notice).await
}

/// The operations of this feature.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, update_standing);
}

#[cfg(test)]
mod tests {
    use super::Standing;

    #[test]
    fn every_standing_is_reached_and_left_one_step_at_a_time() {
        for from in Standing::ALL {
            assert!(!from.may_become(*from), "{from:?}");
            let ways = Standing::ALL.iter().filter(|to| from.may_become(**to));
            let expected = if *from == Standing::Suspended { 2 } else { 1 };
            assert_eq!(ways.count(), expected, "{from:?}");
        }
    }
}
