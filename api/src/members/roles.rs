//! Roles of a district: the built-in ones and its own.

use actix_web::{HttpRequest, HttpResponse, web::Json};
use entity::{district_role, ids::DistrictRoleId, invitation, membership};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ModelTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules;
use crate::{
    audit::{self, Change},
    auth::{
        InDistrict, SignedIn, perm,
        permission::{Level, Permission},
        role::{self, Scope},
    },
    db::{TenantTx, Transaction, is_unique_violation},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, IfMatch, NoContent, Page, PageQuery, Path, Query, Tagged,
        endpoint::Endpoints, idempotency::create_once, problem,
    },
};

/// A permission that a district can put into a role.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionInfo {
    /// Its word.
    #[schema(example = "members.read")]
    pub key: String,
    /// What it allows, in Indonesian.
    pub description_id: String,
    /// What it allows, in English.
    pub description_en: String,
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionList {
    /// In the order of the screens.
    pub items: Vec<PermissionInfo>,
}

/// A named set of permissions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DistrictRole {
    /// Its id; null for built-in roles.
    pub id: Option<DistrictRoleId>,
    /// Its key, unique in the district.
    #[schema(example = "petugas_kecamatan")]
    pub key: String,
    /// Its name.
    #[schema(example = "Petugas kecamatan")]
    pub name: String,
    /// What it may do.
    pub permissions: Vec<String>,
    /// It comes with the product and cannot be changed.
    pub built_in: bool,
}

/// A new role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DistrictRoleCreate {
    /// Lower-case letters, digits, underscores.
    #[schema(example = "petugas_kecamatan")]
    pub key: String,
    /// Its name.
    #[schema(example = "Petugas kecamatan")]
    pub name: String,
    /// What it may do.
    #[schema(example = json!(["district.read", "setup.read"]))]
    pub permissions: Vec<String>,
}

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DistrictRoleUpdate {
    /// Its name.
    pub name: Option<String>,
    /// What it may do.
    #[schema(example = json!(["district.read"]))]
    pub permissions: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct RolePath {
    role_id: DistrictRoleId,
}

impl From<district_role::Model> for DistrictRole {
    fn from(row: district_role::Model) -> Self {
        Self {
            id: Some(row.id),
            key: row.key,
            name: row.name,
            permissions: row.permissions,
            built_in: false,
        }
    }
}

/// List the permissions that roles are made of
#[utoipa::path(get, path = "/api/v1/permissions", tag = "members", responses((status = 200, body = PermissionList)))]
async fn list_permissions(_: SignedIn) -> Json<PermissionList> {
    let items = Permission::ALL
        .iter()
        .filter(|permission| permission.level() == Level::District);
    Json(PermissionList {
        items: items
            .map(|permission| PermissionInfo {
                key: permission.key().to_owned(),
                description_id: permission.description().id.into_owned(),
                description_en: permission.description().en.into_owned(),
            })
            .collect(),
    })
}

/// List the roles of a district, its own first, then the built-in ones
#[utoipa::path(get, path = "/api/v1/districts/{code}/roles", tag = "members", params(PageQuery),
    responses((status = 200, body = Page<DistrictRole>)))]
async fn list_roles(
    who: InDistrict<perm::MembersRead>,
    request: HttpRequest,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<DistrictRole>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<district_role::Entity>()
        .order_by_asc(district_role::Column::Id)
        .limit(limit + 1);
    if let Some(after) = page.after::<DistrictRoleId>()? {
        select = select.filter(district_role::Column::Id.gt(after));
    }
    let rows = select.all(&tx).await?;
    let mut page = Page::of(rows, limit, |row| row.id, DistrictRole::from);
    if page.next_cursor.is_none() {
        let language = problem::language(&request);
        let built_in = role::BUILT_IN.iter().filter(|role| role.scope == Scope::District);
        page.items.extend(built_in.map(|role| {
            DistrictRole {
                id: None,
                key: role.key.to_owned(),
                name: role.text().in_language(language).to_owned(),
                permissions: role
                    .permissions()
                    .iter()
                    .map(|permission| permission.key().to_owned())
                    .collect(),
                built_in: true,
            }
        }));
    }
    Ok(Json(page))
}

/// Make a role
#[utoipa::path(post, path = "/api/v1/districts/{code}/roles", tag = "members", request_body = DistrictRoleCreate,
    responses((status = 201, body = DistrictRole)))]
async fn create_role(
    who: InDistrict<perm::RolesManage>,
    key: IdempotencyKey,
    body: Body<DistrictRoleCreate>,
) -> ApiResult<HttpResponse> {
    let input = body.value;
    let mut checks = Checks::new();
    rules::check_role_key(&mut checks, "key", &input.key);
    let name = checks.name("name", &input.name, 80);
    let permissions = rules::check_permissions(&mut checks, "permissions", &input.permissions);
    let own = rules::own_permissions(&who.signed_in.access, &who.district);
    rules::check_grants(&mut checks, "permissions", own, permissions);
    checks.finish()?;
    create_once(who.tenant().await?, "create_role", key, body.hash, async |tx| {
        let now = chrono::Utc::now();
        let row = district_role::ActiveModel {
            district_id: Set(tx.district_id()),
            id: Set(DistrictRoleId::generate()),
            key: Set(input.key),
            name: Set(name),
            permissions: Set(permissions
                .iter()
                .map(|permission| permission.key().to_owned())
                .collect()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = row.insert(tx).await.map_err(key_taken)?;
        let value = DistrictRole::from(row.clone());
        audit::record(tx, Change::of("create", "district_role", row.id).after(&value)).await?;
        Ok(Created {
            version: Some(row.version),
            value,
        })
    })
    .await
}

fn key_taken(error: sea_orm::DbErr) -> ApiError {
    if is_unique_violation(&error, "district_role_district_id_key_key") {
        return ApiError::invalid(vec![FieldError {
            field: "key".into(),
            code: "key_taken",
            message: Text::fixed("Kunci ini sudah dipakai.", "This key is taken."),
        }]);
    }
    error.into()
}

async fn find(tx: &TenantTx, id: DistrictRoleId) -> ApiResult<district_role::Model> {
    let row = tx
        .find::<district_role::Entity>()
        .filter(district_role::Column::Id.eq(id));
    row.lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| ErrorCode::NotFound.into())
}

/// See one of the district's own roles
#[utoipa::path(get, path = "/api/v1/districts/{code}/roles/{role_id}", tag = "members", responses((status = 200, body = DistrictRole)))]
async fn get_role(who: InDistrict<perm::MembersRead>, Path(path): Path<RolePath>) -> ApiResult<Tagged<DistrictRole>> {
    let tx = who.tenant().await?;
    let row = find(&tx, path.role_id).await?;
    Ok(Tagged {
        version: row.version,
        value: row.into(),
    })
}

/// Change one of the district's own roles
#[utoipa::path(patch, path = "/api/v1/districts/{code}/roles/{role_id}", tag = "members", request_body = DistrictRoleUpdate,
    responses((status = 200, body = DistrictRole)))]
async fn update_role(
    who: InDistrict<perm::RolesManage>,
    Path(path): Path<RolePath>,
    version: IfMatch,
    body: Body<DistrictRoleUpdate>,
) -> ApiResult<Tagged<DistrictRole>> {
    let tx = who.tenant().await?;
    let row = find(&tx, path.role_id).await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    let mut checks = Checks::new();
    let name = body.value.name.map(|name| checks.name("name", &name, 80));
    let permissions = body
        .value
        .permissions
        .map(|words| rules::check_permissions(&mut checks, "permissions", &words));
    if let Some(permissions) = permissions {
        let own = rules::own_permissions(&who.signed_in.access, &who.district);
        rules::check_grants(&mut checks, "permissions", own, permissions);
    }
    checks.finish()?;
    let before = DistrictRole::from(row.clone());
    let next = row.version + 1;
    let mut row: district_role::ActiveModel = row.into();
    if let Some(name) = name {
        row.name = Set(name);
    }
    if let Some(permissions) = permissions {
        row.permissions = Set(permissions
            .iter()
            .map(|permission| permission.key().to_owned())
            .collect());
    }
    row.version = Set(next);
    row.updated_at = Set(chrono::Utc::now());
    let after = DistrictRole::from(row.update(&tx).await?);
    audit::record(
        &tx,
        Change::of("update", "district_role", path.role_id)
            .before(before)
            .after(&after),
    )
    .await?;
    tx.commit().await?;
    who.app().shared.access.forget_district(&who.district.code).await;
    Ok(Tagged {
        version: next,
        value: after,
    })
}

/// Delete one of the district's own roles
///
/// Refused while a member or an open invitation has it.
#[utoipa::path(delete, path = "/api/v1/districts/{code}/roles/{role_id}", tag = "members",
    responses((status = 204), (status = 409, description = "The role is in use", body = crate::http::problem::Problem, content_type = "application/problem+json")))]
async fn delete_role(
    who: InDistrict<perm::RolesManage>,
    Path(path): Path<RolePath>,
    version: IfMatch,
) -> ApiResult<NoContent> {
    let tx = who.tenant().await?;
    let row = find(&tx, path.role_id).await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    let members = tx
        .find::<membership::Entity>()
        .filter(membership::Column::RoleKey.eq(&row.key))
        .count(&tx)
        .await?;
    let invited = tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::RoleKey.eq(&row.key))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .count(&tx)
        .await?;
    if members + invited > 0 {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::new(
            format!("Peran ini masih dipakai {members} anggota dan {invited} undangan. Ganti peran mereka dahulu."),
            format!("{members} members and {invited} invitations still have this role. Give them another one first."),
        )));
    }
    let before = DistrictRole::from(row.clone());
    row.delete(&tx).await?;
    audit::record(&tx, Change::of("delete", "district_role", path.role_id).before(before)).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_permissions,
        list_roles,
        create_role,
        get_role,
        update_role,
        delete_role
    );
}
