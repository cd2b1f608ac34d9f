//! Who is in charge of a component or of an item of the standard, and until when.

use actix_web::web::Json;
use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    ids::{AccountId, SetupRecordId, SetupResponsibilityId},
    setup_responsibility,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{form::Form, kind::Links, slug, store};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode},
    http::{Body, Checks, IfMatch, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints, problem},
    readiness::ComponentKind,
};

/// Who is in charge of a component or of an item of the standard.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SetupResponsibility {
    /// Its id.
    pub id: SetupResponsibilityId,
    /// A component (`staff`) or the code of an item (`REG-1`).
    #[schema(example = "REG-1")]
    pub subject: String,
    /// The member in charge.
    pub account_id: Option<AccountId>,
    /// The person in charge, from the staff list, with or without an account.
    pub staff_id: Option<SetupRecordId>,
    /// To be done by this day.
    pub due_on: Option<NaiveDate>,
    /// What was agreed.
    pub note: String,
    /// The `ETag` as a number.
    pub version: i32,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

/// Who should be in charge. Everything empty means nobody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupResponsibilityUpdate {
    /// The member in charge.
    pub account_id: Option<AccountId>,
    /// The person in charge, from the staff list.
    pub staff_id: Option<SetupRecordId>,
    /// To be done by this day.
    pub due_on: Option<NaiveDate>,
    /// What was agreed.
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
struct SubjectPath {
    subject: String,
}

impl From<setup_responsibility::Model> for SetupResponsibility {
    fn from(row: setup_responsibility::Model) -> Self {
        Self {
            id: row.id,
            subject: row.subject,
            account_id: row.account_id,
            staff_id: row.staff_id,
            due_on: row.due_on,
            note: row.note,
            version: row.version,
            updated_at: row.updated_at,
        }
    }
}

/// A component, or an item code: the letters of a component and a number.
fn is_subject(subject: &str) -> bool {
    let is_item = |component: &ComponentKind| {
        let number = subject
            .strip_prefix(component.code())
            .and_then(|rest| rest.strip_prefix('-'));
        number.is_some_and(|digits| (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    ComponentKind::ALL
        .iter()
        .any(|component| slug::of(*component) == subject || is_item(component))
}

/// List who is in charge of what
#[utoipa::path(get, path = "/api/v1/districts/{code}/setup/responsibilities", tag = "setup: responsibilities", params(PageQuery),
    responses((status = 200, body = Page<SetupResponsibility>)))]
async fn list_setup_responsibilities(
    who: InDistrict<perm::SetupRead>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<SetupResponsibility>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<setup_responsibility::Entity>()
        .order_by_asc(setup_responsibility::Column::Subject)
        .limit(limit + 1);
    if let Some(after) = page.after::<String>()? {
        select = select.filter(setup_responsibility::Column::Subject.gt(after));
    }
    let rows = select.all(&tx).await?;
    Ok(Json(Page::of(rows, limit, |row| row.subject.clone(), Into::into)))
}

/// Say who is in charge of a component or an item
///
/// `If-Match: "0"` says that nobody was named before.
#[utoipa::path(put, path = "/api/v1/districts/{code}/setup/responsibilities/{subject}", tag = "setup: responsibilities",
    params(("subject" = String, Path, description = "A component (`staff`) or the code of an item of the standard (`REG-1`)", example = "REG-1"),
        ("If-Match" = String, Header, description = "ETag of the version that you change, `\"0\"` for the first")),
    request_body = SetupResponsibilityUpdate,
    responses((status = 200, body = SetupResponsibility),
        (status = 412, description = "Somebody else changed it: `current` is what is kept now", body = problem::Problem, content_type = "application/problem+json")))]
async fn update_setup_responsibility(
    who: InDistrict<perm::SetupWrite>,
    Path(path): Path<SubjectPath>,
    version: IfMatch,
    body: Body<SetupResponsibilityUpdate>,
) -> ApiResult<Tagged<SetupResponsibility>> {
    if !is_subject(&path.subject) {
        return Err(ErrorCode::NotFound.into());
    }
    let mut input = body.value;
    let mut checks = Checks::new();
    input.note = checks.paragraph("note", &input.note, 2_000);
    Form::new(&mut checks, "").date("due_on", input.due_on);
    checks.finish()?;
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let before = find(&tx, &path.subject).await?;
    if before.as_ref().map_or(0, |row| row.version) != version.0 {
        let stale = ApiError::new(ErrorCode::Stale);
        return Err(match before {
            Some(row) => stale.current(SetupResponsibility::from(row)),
            None => stale,
        });
    }
    check_people(&tx, &input).await?;
    let after = keep(&tx, path.subject, before.as_ref(), input).await?;
    let mut change = Change::of("update", "setup_responsibility", &after.subject).after(&after);
    if let Some(before) = before {
        change = change.before(SetupResponsibility::from(before));
    }
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Tagged {
        version: after.version,
        value: after,
    })
}

async fn find(tx: &TenantTx, subject: &str) -> ApiResult<Option<setup_responsibility::Model>> {
    let select = tx
        .find::<setup_responsibility::Entity>()
        .filter(setup_responsibility::Column::Subject.eq(subject));
    Ok(select.one(tx).await?)
}

async fn check_people(tx: &TenantTx, input: &SetupResponsibilityUpdate) -> ApiResult<()> {
    let mut links = Links::default();
    links.member("account_id", input.account_id);
    links.record("staff_id", input.staff_id, &["staff_member"]);
    store::check_links(tx, None, &links.into_vec()).await
}

async fn keep(
    tx: &TenantTx,
    subject: String,
    before: Option<&setup_responsibility::Model>,
    input: SetupResponsibilityUpdate,
) -> ApiResult<SetupResponsibility> {
    let now = Utc::now();
    let row = setup_responsibility::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(before.map_or_else(SetupResponsibilityId::generate, |row| row.id)),
        subject: Set(subject),
        account_id: Set(input.account_id),
        staff_id: Set(input.staff_id),
        due_on: Set(input.due_on),
        note: Set(input.note),
        version: Set(before.map_or(0, |row| row.version) + 1),
        created_at: Set(before.map_or(now, |row| row.created_at)),
        updated_at: Set(now),
    };
    let row = if before.is_some() {
        row.update(tx).await?
    } else {
        row.insert(tx).await?
    };
    Ok(row.into())
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_setup_responsibilities, update_setup_responsibility);
}

#[cfg(test)]
mod tests {
    use super::is_subject;

    #[test]
    fn subjects() {
        for good in ["staff", "work_mechanism", "REG-1", "DAT-12"] {
            assert!(is_subject(good), "{good}");
        }
        for bad in ["", "REG", "REG-", "REG-x", "reg-1", "nation", "REG-1234"] {
            assert!(!is_subject(bad), "{bad}");
        }
    }
}
