//! Members of a district.

use actix_web::{HttpRequest, web::Json};
use chrono::{DateTime, Utc};
use entity::{account, district_role, ids::*, membership};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{invitations, rules};
use crate::{
    audit::{self, Change},
    auth::{
        InDistrict, Permission, perm,
        role::{self, DISTRICT_ADMIN_KEY, Scope},
    },
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Language, Text},
    http::{Body, Checks, IfMatch, NoContent, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints, problem},
    readiness,
    setup::store,
};

/// A person who works in the district's centre.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Member {
    /// The membership.
    pub id: MembershipId,
    /// The account.
    pub account_id: AccountId,
    /// The person's name.
    pub name: String,
    /// The person's email.
    pub email: String,
    /// The role.
    #[schema(example = "case_manager")]
    pub role_key: String,
    /// Its name in the language of the request.
    pub role_name: String,
    /// Since when.
    pub joined_at: DateTime<Utc>,
}

/// A member's new role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberUpdate {
    /// A built-in role or one of the district's own.
    #[schema(example = "case_manager")]
    pub role_key: String,
}

#[derive(Deserialize)]
struct MemberPath {
    member_id: MembershipId,
}

/// The name of a district role in the reader's language.
pub(super) fn role_name(key: &str, own: &[district_role::Model], language: Language) -> String {
    match role::built_in(Scope::District, key) {
        Some(role) => role.text().in_language(language).to_owned(),
        None => own
            .iter()
            .find(|role| role.key == key)
            .map_or_else(|| key.to_owned(), |role| role.name.clone()),
    }
}

/// The district's own roles.
pub(super) async fn own_roles(tx: &TenantTx) -> ApiResult<Vec<district_role::Model>> {
    Ok(tx.find::<district_role::Entity>().all(tx).await?)
}

async fn members(tx: &TenantTx, rows: Vec<membership::Model>, language: Language) -> ApiResult<Vec<Member>> {
    let own = own_roles(tx).await?;
    let ids: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .all(tx)
        .await?;
    let members = rows.into_iter().filter_map(|row| {
        let account = accounts.iter().find(|account| account.id == row.account_id)?;
        Some(Member {
            id: row.id,
            account_id: row.account_id,
            name: account.name.clone(),
            email: account.email.clone(),
            role_name: role_name(&row.role_key, &own, language),
            role_key: row.role_key,
            joined_at: row.created_at,
        })
    });
    Ok(members.collect())
}

async fn find(tx: &TenantTx, id: MembershipId) -> ApiResult<membership::Model> {
    let row = tx.find::<membership::Entity>().filter(membership::Column::Id.eq(id));
    row.lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| ErrorCode::NotFound.into())
}

/// List the members of a district
#[utoipa::path(get, path = "/api/v1/districts/{code}/members", tag = "members", params(PageQuery),
    responses((status = 200, body = Page<Member>)))]
async fn list_members(
    who: InDistrict<perm::MembersRead>,
    request: HttpRequest,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Member>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<membership::Entity>()
        .order_by_asc(membership::Column::Id)
        .limit(limit + 1);
    if let Some(after) = page.after::<MembershipId>()? {
        select = select.filter(membership::Column::Id.gt(after));
    }
    let rows = select.all(&tx).await?;
    let page = Page::of(rows, limit, |row: &membership::Model| row.id, |row| row);
    let items = members(&tx, page.items, problem::language(&request)).await?;
    Ok(Json(Page {
        items,
        next_cursor: page.next_cursor,
    }))
}

async fn tagged(tx: &TenantTx, row: membership::Model, language: Language) -> ApiResult<Tagged<Member>> {
    let version = row.version;
    let value = members(tx, vec![row], language)
        .await?
        .pop()
        .ok_or(ErrorCode::NotFound)?;
    Ok(Tagged { version, value })
}

/// See one member
#[utoipa::path(get, path = "/api/v1/districts/{code}/members/{member_id}", tag = "members", responses((status = 200, body = Member)))]
async fn get_member(
    who: InDistrict<perm::MembersRead>,
    request: HttpRequest,
    Path(path): Path<MemberPath>,
) -> ApiResult<Tagged<Member>> {
    let tx = who.tenant().await?;
    let row = find(&tx, path.member_id).await?;
    tagged(&tx, row, problem::language(&request)).await
}

/// Give a member another role
#[utoipa::path(patch, path = "/api/v1/districts/{code}/members/{member_id}", tag = "members", request_body = MemberUpdate,
    responses((status = 200, body = Member), (status = 409, description = "The last coordinator must stay one", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn update_member(
    who: InDistrict<perm::MembersManage>,
    request: HttpRequest,
    Path(path): Path<MemberPath>,
    version: IfMatch,
    body: Body<MemberUpdate>,
) -> ApiResult<Tagged<Member>> {
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let row = find(&tx, path.member_id).await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    check_role(&who, &tx, "role_key", &body.value.role_key).await?;
    refuse_mightier(&who, &tx, &row).await?;
    if body.value.role_key != DISTRICT_ADMIN_KEY {
        keep_one_coordinator(&tx, &row).await?;
    }
    let language = problem::language(&request);
    let before = row.role_key.clone();
    let account = row.account_id;
    let next = row.version + 1;
    let mut row: membership::ActiveModel = row.into();
    row.role_key = Set(body.value.role_key);
    row.version = Set(next);
    row.updated_at = Set(Utc::now());
    let row = row.update(&tx).await?;
    revoke_beyond(&tx, &row).await?;
    let answer = tagged(&tx, row, language).await?;
    // Whether any coordinator has ever signed in is part of it.
    readiness::refresh(&tx).await?;
    let change = Change::of("update", "membership", path.member_id)
        .before(serde_json::json!({ "role_key": before }))
        .after(serde_json::json!({ "role_key": answer.value.role_key }));
    audit::record(&tx, change).await?;
    tx.commit().await?;
    who.app().shared.access.forget_account(account);
    Ok(answer)
}

/// Checks that a role exists and that the person may give it.
pub(super) async fn check_role<P>(who: &InDistrict<P>, tx: &TenantTx, field: &str, key: &str) -> ApiResult<()> {
    let mut checks = Checks::new();
    match rules::role_permissions(key, &own_roles(tx).await?) {
        Some(permissions) => {
            let own = rules::own_permissions(&who.signed_in.access, &who.district);
            rules::check_grants(&mut checks, field, own, permissions);
        }
        None => checks.error(
            field,
            "unknown_role",
            Text::fixed("Peran ini tidak ada di daerah Anda.", "Your district has no such role."),
        ),
    }
    checks.finish()
}

/// Who may give a role may take it: a role of the district's own with `members.manage` must not put coordinators out. One's own
/// membership anybody may give up.
async fn refuse_mightier<P>(who: &InDistrict<P>, tx: &TenantTx, target: &membership::Model) -> ApiResult<()> {
    let access = &who.signed_in.access;
    if target.account_id == access.account_id {
        return Ok(());
    }
    let theirs = rules::role_permissions(&target.role_key, &own_roles(tx).await?).unwrap_or_default();
    if rules::own_permissions(access, &who.district).contains(theirs) {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::Forbidden).detail(Text::fixed(
        "Anggota ini punya izin yang tidak Anda miliki. Hanya yang memilikinya dapat mengubah perannya atau mengeluarkannya.",
        "This member holds permissions that you do not. Only who holds them can change the role or remove the member.",
    )))
}

/// Takes the open invitations back that the member sent, and with the present role could not send.
async fn revoke_beyond(tx: &TenantTx, inviter: &membership::Model) -> ApiResult<()> {
    let own = own_roles(tx).await?;
    let held = rules::role_permissions(&inviter.role_key, &own).unwrap_or_default();
    for invitation in invitations::open_of(tx, inviter.account_id).await? {
        let given = rules::role_permissions(&invitation.role_key, &own).unwrap_or_default();
        if !held.has(Permission::MembersManage) || !held.contains(given) {
            invitations::revoke(tx, invitation.id).await?;
        }
    }
    Ok(())
}

/// A district without a coordinator could never be administered again.
async fn keep_one_coordinator(tx: &TenantTx, row: &membership::Model) -> ApiResult<()> {
    if row.role_key != DISTRICT_ADMIN_KEY {
        return Ok(());
    }
    // Locks all coordinators, so that two cannot step down at the same moment.
    let coordinators = tx
        .find::<membership::Entity>()
        .filter(membership::Column::RoleKey.eq(DISTRICT_ADMIN_KEY))
        .order_by_asc(membership::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    if coordinators.len() <= 1 {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Ini koordinator terakhir daerah Anda. Angkat koordinator lain dahulu.",
            "This is the last coordinator of your district. Appoint another one first.",
        )));
    }
    Ok(())
}

/// Remove a member
#[utoipa::path(delete, path = "/api/v1/districts/{code}/members/{member_id}", tag = "members",
    responses((status = 204), (status = 409, description = "The last coordinator must stay", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn delete_member(
    who: InDistrict<perm::MembersManage>,
    Path(path): Path<MemberPath>,
    version: IfMatch,
) -> ApiResult<NoContent> {
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let row = find(&tx, path.member_id).await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    refuse_mightier(&who, &tx, &row).await?;
    keep_one_coordinator(&tx, &row).await?;
    let account = row.account_id;
    let before = serde_json::json!({ "account_id": account, "role_key": row.role_key });
    row.delete(&tx).await?;
    invitations::revoke_those_of(&tx, account).await?;
    readiness::refresh(&tx).await?;
    audit::record(&tx, Change::of("delete", "membership", path.member_id).before(before)).await?;
    tx.commit().await?;
    who.app().shared.access.forget_account(account);
    Ok(NoContent)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_members, get_member, update_member, delete_member);
    super::roles::endpoints(endpoints);
    super::invitations::endpoints(endpoints);
    super::join::endpoints(endpoints);
}
