//! Inviting people into a district.

use actix_web::{HttpRequest, HttpResponse, web::Json};
use chrono::{DateTime, Duration, Utc};
use entity::{
    account,
    ids::{AccountId, InvitationId},
    invitation, membership,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, IntoCondition},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::routes::{check_role, own_roles, role_name};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm, token::RandomToken},
    db::{TenantTx, Transaction},
    districts::own_district,
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Language, Text},
    http::{
        Body, Checks, Created, IdempotencyKey, NoContent, Page, PageQuery, Path, Query, endpoint::Endpoints,
        idempotency::create_once, problem,
    },
    jobs::{mail::MailContent, outbox},
    succession,
};

/// An invitation is good this long.
pub const GOOD_FOR_DAYS: i64 = 7;

/// An open invitation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Whom it went to.
    pub email: String,
    /// The role the person will have.
    #[schema(example = "social_worker")]
    pub role_key: String,
    /// Its name in the language of the request.
    pub role_name: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Good until.
    pub expires_at: DateTime<Utc>,
}

/// Whom to invite, as what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationCreate {
    /// Where the invitation goes.
    #[schema(example = "rekan@contoh.example")]
    pub email: String,
    /// A built-in role or one of the district's own.
    #[schema(example = "social_worker")]
    pub role_key: String,
}

#[derive(Deserialize)]
struct InvitationPath {
    invitation_id: InvitationId,
}

fn describe(row: invitation::Model, own: &[entity::district_role::Model], language: Language) -> Invitation {
    Invitation {
        id: row.id,
        email: row.email,
        role_name: role_name(&row.role_key, own, language),
        role_key: row.role_key,
        created_at: row.created_at,
        expires_at: row.expires_at,
    }
}

/// List open invitations, the newest first
#[utoipa::path(get, path = "/api/v1/districts/{code}/invitations", tag = "members", params(PageQuery),
    responses((status = 200, body = Page<Invitation>)))]
async fn list_invitations(
    who: InDistrict<perm::MembersRead>,
    request: HttpRequest,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Invitation>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<invitation::Entity>()
        .filter(is_open())
        .order_by_desc(invitation::Column::Id)
        .limit(limit + 1);
    if let Some(after) = page.after::<InvitationId>()? {
        select = select.filter(invitation::Column::Id.lt(after));
    }
    let rows = select.all(&tx).await?;
    let own = own_roles(&tx).await?;
    let language = problem::language(&request);
    Ok(Json(Page::of(
        rows,
        limit,
        |row| row.id,
        |row| describe(row, &own, language),
    )))
}

/// Invite a person
///
/// Sends a mail with a link. An open invitation to the same address is replaced.
#[utoipa::path(post, path = "/api/v1/districts/{code}/invitations", tag = "members", request_body = InvitationCreate,
    responses((status = 201, body = Invitation)))]
async fn create_invitation(
    who: InDistrict<perm::MembersManage>,
    request: HttpRequest,
    key: IdempotencyKey,
    body: Body<InvitationCreate>,
) -> ApiResult<HttpResponse> {
    let mut checks = Checks::new();
    let email = checks.email("email", &body.value.email);
    checks.finish()?;
    let role_key = body.value.role_key;
    let language = problem::language(&request);
    create_once(who.tenant().await?, "create_invitation", key, body.hash, async |tx| {
        check_role(&who, tx, "role_key", &role_key).await?;
        refuse_member(tx, &email).await?;
        succession::refuse_touching(tx, &email).await?;
        let row = issue(tx, &who, &email, &role_key).await?;
        let value = describe(row, &own_roles(tx).await?, language);
        audit::record(tx, Change::of("create", "invitation", value.id).after(&value)).await?;
        Ok(Created { version: None, value })
    })
    .await
}

/// Writes an invitation and its mail; an open one to the same address is replaced.
///
/// # Errors
/// When the database refuses.
pub async fn issue<P>(tx: &TenantTx, who: &InDistrict<P>, email: &str, role_key: &str) -> ApiResult<invitation::Model> {
    revoke_where(tx, invitation::Column::Email.eq(email)).await?;
    let token = RandomToken::generate();
    let now = Utc::now();
    let row = invitation::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(InvitationId::generate()),
        email: Set(email.to_owned()),
        role_key: Set(role_key.to_owned()),
        token_hash: Set(token.hash.clone()),
        invited_by: Set(who.signed_in.access.account_id),
        expires_at: Set(now + Duration::days(GOOD_FOR_DAYS)),
        accepted_at: Set(None),
        revoked_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = row.insert(tx).await?;
    let config = &who.app().shared.config;
    let link = config.link(&format!("/undangan#token={}", token.secret));
    send_mail(tx, &row, &who.signed_in.access.name, link).await?;
    Ok(row)
}

async fn refuse_member(tx: &TenantTx, email: &str) -> ApiResult<()> {
    let account = account::Entity::find()
        .filter(account::Column::Email.eq(email))
        .one(tx)
        .await?;
    let Some(account) = account else {
        return Ok(());
    };
    let member = tx
        .find::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(account.id))
        .one(tx)
        .await?;
    match member {
        None => Ok(()),
        Some(_) => Err(ApiError::invalid(vec![FieldError {
            field: "email".into(),
            code: "already_member",
            message: Text::fixed(
                "Orang ini sudah anggota. Ubah perannya di daftar anggota.",
                "This person is a member already. Change the role in the list of members.",
            ),
        }])),
    }
}

async fn send_mail(tx: &TenantTx, invitation: &invitation::Model, inviter: &str, link: String) -> ApiResult<()> {
    let district = own_district(tx).await?;
    let own = own_roles(tx).await?;
    let role_id = role_name(&invitation.role_key, &own, Language::Indonesian);
    let role_en = role_name(&invitation.role_key, &own, Language::English);
    let (unit, area) = (&district.unit_name, &district.name);
    let content = MailContent {
        subject: Text::new(
            format!("Undangan bergabung dengan {unit} {area}"),
            format!("Invitation to join {unit} {area}"),
        ),
        name: invitation.email.clone(),
        paragraphs: vec![
            Text::new(
                format!("{inviter} mengundang Anda bergabung dengan {unit} {area} di Satu Pintu sebagai {role_id}."),
                format!("{inviter} invites you to join {unit} {area} on Satu Pintu as {role_en}."),
            ),
            Text::new(
                format!("Undangan ini berlaku {GOOD_FOR_DAYS} hari."),
                format!("This invitation is good for {GOOD_FOR_DAYS} days."),
            ),
        ],
        action: Some((Text::fixed("Terima undangan", "Accept the invitation"), link)),
    };
    outbox::enqueue_mail(tx, &invitation.email, Language::Indonesian, &content).await
}

/// Takes an open invitation back; false when it was not open.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(tx: &TenantTx, id: InvitationId) -> ApiResult<bool> {
    Ok(revoke_where(tx, invitation::Column::Id.eq(id)).await? > 0)
}

/// The open invitations that somebody sent.
///
/// # Errors
/// When the database refuses.
pub async fn open_of(tx: &TenantTx, inviter: AccountId) -> ApiResult<Vec<invitation::Model>> {
    Ok(tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::InvitedBy.eq(inviter))
        .filter(is_open())
        .all(tx)
        .await?)
}

/// Takes the open invitations back that somebody sent: who no longer belongs to the district has nobody in it.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_those_of(tx: &TenantTx, inviter: AccountId) -> ApiResult<()> {
    revoke_where(tx, invitation::Column::InvitedBy.eq(inviter))
        .await
        .map(drop)
}

/// Neither accepted nor taken back; it may have expired.
fn is_open() -> Condition {
    Condition::all()
        .add(invitation::Column::AcceptedAt.is_null())
        .add(invitation::Column::RevokedAt.is_null())
}

async fn revoke_where(tx: &TenantTx, which: impl IntoCondition) -> ApiResult<u64> {
    let revoked = invitation::Entity::update_many()
        .col_expr(invitation::Column::RevokedAt, Expr::current_timestamp())
        .filter(invitation::Column::DistrictId.eq(tx.district_id()))
        .filter(which.into_condition())
        .filter(is_open())
        .exec(tx)
        .await?;
    Ok(revoked.rows_affected)
}

/// Take an invitation back
#[utoipa::path(delete, path = "/api/v1/districts/{code}/invitations/{invitation_id}", tag = "members", responses((status = 204)))]
async fn delete_invitation(
    who: InDistrict<perm::MembersManage>,
    Path(path): Path<InvitationPath>,
) -> ApiResult<NoContent> {
    let tx = who.tenant().await?;
    let row = tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::Id.eq(path.invitation_id))
        .one(&tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    succession::refuse_touching(&tx, &row.email).await?;
    if !revoke(&tx, row.id).await? {
        return Err(ErrorCode::NotFound.into());
    }
    audit::record(&tx, Change::of("revoke", "invitation", path.invitation_id)).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_invitations, create_invitation, delete_invitation);
}
