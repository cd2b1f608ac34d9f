//! Asking for a successor, deciding, taking back.

use actix_web::{HttpResponse, web::Json};
use chrono::Utc;
use entity::{
    account,
    ids::{AccountId, SuccessionId},
    membership, succession,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde::Deserialize;

use super::{
    hand_over::{end_approved, hand_over, revoke_its_invitation},
    query::{coordinators_of, find, find_to_change, leaving_of, member_with, put_status, record, tell},
    rules::{Parties, SuccessionStatus, refuse_involved},
    view::{Coordinators, Succession, SuccessionCreate, SuccessionDecision},
};
use crate::{
    auth::{InDistrict, Permission, perm, role::DISTRICT_ADMIN_KEY},
    db::{TenantTx, Transaction, constraint},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{
        Body, Created, IdempotencyKey, IfMatch, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints,
        idempotency::create_once, problem::Problem,
    },
    members::{coordinators::coordinators, invitations, overseers, rules::own_permissions},
    readiness,
    setup::store,
};

#[derive(Deserialize)]
struct SuccessionPath {
    succession_id: SuccessionId,
}

fn tagged(row: succession::Model) -> ApiResult<Tagged<Succession>> {
    Ok(Tagged {
        version: row.version,
        value: Succession::of(row)?,
    })
}

/// List the coordinators of a district
///
/// For those who may ask for a successor. Their names only.
#[utoipa::path(get, path = "/api/v1/districts/{code}/coordinators", tag = "members", responses((status = 200, body = Coordinators)))]
async fn list_coordinators(who: InDistrict<perm::SuccessionRequest>) -> ApiResult<Json<Coordinators>> {
    let tx = who.tenant().await?;
    let items = coordinators_of(&tx).await?.into_iter().map(Into::into).collect();
    Ok(Json(Coordinators { items }))
}

/// List the successions of a district's coordinators, the newest first
#[utoipa::path(get, path = "/api/v1/districts/{code}/successions", tag = "members", params(PageQuery),
    responses((status = 200, body = Page<Succession>)))]
async fn list_successions(
    who: InDistrict<perm::SuccessionRequest>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Succession>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let mut select = tx
        .find::<succession::Entity>()
        .order_by_desc(succession::Column::Id)
        .limit(limit + 1);
    if let Some(before) = page.after::<SuccessionId>()? {
        select = select.filter(succession::Column::Id.lt(before));
    }
    Page::try_of(select.all(&tx).await?, limit, |row| row.id, Succession::of).map(Json)
}

/// Ask that somebody follow a coordinator
///
/// For members and overseers, when the officer was reassigned. A reviewer of the province or the ministry who did not ask
/// decides. The reviewers and the coordinators are told. One request at a time.
#[utoipa::path(post, path = "/api/v1/districts/{code}/successions", tag = "members", request_body = SuccessionCreate,
    responses((status = 201, body = Succession),
        (status = 409, description = "Another request waits for a decision", body = Problem, content_type = "application/problem+json")))]
async fn create_succession(
    who: InDistrict<perm::SuccessionRequest>,
    key: IdempotencyKey,
    body: Body<SuccessionCreate>,
) -> ApiResult<HttpResponse> {
    let hash = body.hash;
    let input = body.value.checked()?;
    let deciders = deciders(&who).await?;
    create_once(who.tenant().await?, "create_succession", key, hash, async |tx| {
        store::take_turn(tx).await?;
        let row = ask(tx, &who, input.clone()).await?;
        tell(tx, &row, coordinators(tx).await?.into_iter().chain(deciders.clone())).await?;
        let value = record(tx, "create", &row).await?;
        Ok(Created {
            version: Some(value.version),
            value,
        })
    })
    .await
}

/// The reviewers who may decide in this district.
async fn deciders(who: &InDistrict<perm::SuccessionRequest>) -> ApiResult<Vec<AccountId>> {
    let tx = who.signed_in.system().await?;
    let decide = Permission::SuccessionDecide;
    let rows = membership::Entity::find()
        .filter(overseers::holding(&who.district.province_code, decide, decide))
        .all(&tx)
        .await?;
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(rows.iter().map(|row| row.account_id)))
        .filter(account::Column::DisabledAt.is_null())
        .all(&tx)
        .await?;
    Ok(accounts.into_iter().map(|account| account.id).collect())
}

async fn ask(
    tx: &TenantTx,
    who: &InDistrict<perm::SuccessionRequest>,
    input: SuccessionCreate,
) -> ApiResult<succession::Model> {
    let leaving = match input.leaving {
        None => None,
        Some(id) => {
            let mut coordinators = coordinators_of(tx).await?.into_iter();
            Some(
                coordinators
                    .find(|(row, _)| row.id == id)
                    .ok_or_else(not_a_coordinator)?,
            )
        }
    };
    refuse_pointless(tx, &input, leaving.as_ref().map(|(_, account)| account)).await?;
    let row = succession::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(SuccessionId::generate()),
        successor_email: Set(input.successor_email),
        leaving: Set(input.leaving),
        leaving_name: Set(leaving.map(|(_, account)| account.name).unwrap_or_default()),
        reason: Set(input.reason),
        letter_number: Set(input.letter_number),
        status: Set(SuccessionStatus::Requested.as_str().to_owned()),
        requested_by: Set(who.signed_in.access.account_id),
        requested_by_name: Set(who.signed_in.access.name.clone()),
        requested_at: Set(Utc::now()),
        decided_by: Set(None),
        decided_by_name: Set(String::new()),
        decided_at: Set(None),
        decision_note: Set(String::new()),
        completed_at: NotSet,
        invitation_id: NotSet,
        version: Set(1),
    };
    row.insert(tx).await.map_err(|error| match constraint(&error) {
        Some("succession_open") => ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Masih ada permintaan pergantian yang menunggu keputusan. Tarik dahulu, atau tunggu keputusannya.",
            "Another request waits for a decision. Take it back first, or wait for the decision.",
        )),
        _ => error.into(),
    })
}

const ACCOUNT_CLOSED: Text = Text::fixed(
    "Akun orang ini sudah ditutup. Pilih orang lain.",
    "The account of this person is closed. Choose somebody else.",
);

fn not_a_coordinator() -> ApiError {
    ApiError::invalid(vec![FieldError {
        field: "leaving".into(),
        code: "not_a_coordinator",
        message: Text::fixed(
            "Orang ini bukan koordinator daerah ini. Muat ulang laman, lalu pilih lagi.",
            "This person is no coordinator of this district. Load the page again and choose again.",
        ),
    }])
}

/// A successor who is coordinator already, and nobody who leaves, changes nothing; nobody follows oneself.
async fn refuse_pointless(tx: &TenantTx, input: &SuccessionCreate, leaving: Option<&account::Model>) -> ApiResult<()> {
    let refuse = |code, message| {
        Err(ApiError::invalid(vec![FieldError {
            field: "successor_email".into(),
            code,
            message,
        }]))
    };
    if leaving.is_some_and(|account| account.email == input.successor_email) {
        let message = Text::fixed(
            "Pengganti tidak boleh koordinator yang diganti.",
            "Nobody can follow oneself: choose somebody else.",
        );
        return refuse("follows_oneself", message);
    }
    let member = member_with(tx, &input.successor_email).await?;
    if member
        .as_ref()
        .is_some_and(|(_, account)| account.disabled_at.is_some())
    {
        return refuse("account_closed", ACCOUNT_CLOSED);
    }
    if leaving.is_none() && member.is_some_and(|(row, _)| row.role_key == DISTRICT_ADMIN_KEY) {
        let message = Text::fixed(
            "Orang ini sudah koordinator. Pilih koordinator yang diganti, atau orang lain.",
            "This person is coordinator already. Choose who leaves, or somebody else.",
        );
        return refuse("already_coordinator", message);
    }
    Ok(())
}

/// Approve or refuse a succession
///
/// By a reviewer of the province or the ministry who did not ask for it, is not the successor and no member of the district.
/// A member becomes coordinator at once, and whoever leaves is a member no longer; anybody else is invited, and whoever leaves
/// stays until the invitation is accepted.
#[utoipa::path(post, path = "/api/v1/districts/{code}/successions/{succession_id}/decision", tag = "members",
    request_body = SuccessionDecision,
    responses((status = 200, body = Succession),
        (status = 409, description = "It was decided or taken back already", body = Problem, content_type = "application/problem+json")))]
async fn decide_succession(
    who: InDistrict<perm::SuccessionDecide>,
    Path(path): Path<SuccessionPath>,
    version: IfMatch,
    body: Body<SuccessionDecision>,
) -> ApiResult<Tagged<Succession>> {
    let decision = body.value.checked()?;
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let row = find_open(&tx, path.succession_id, version).await?;
    refuse_involved(parties(&tx, &who, &row).await?)?;
    let leaving = leaving_of(&tx, &row).await?.map(|(_, account)| account.id);
    let (row, changed) = decide(&tx, &who, row, decision).await?;
    let concerned = coordinators(&tx)
        .await?
        .into_iter()
        .chain([row.requested_by])
        .chain(leaving);
    tell(&tx, &row, concerned).await?;
    let action = if row.status == SuccessionStatus::Refused.as_str() {
        "refuse"
    } else {
        "approve"
    };
    record(&tx, action, &row).await?;
    tx.commit().await?;
    for account in changed {
        who.app().shared.access.forget_account(account);
    }
    tagged(row)
}

/// The request while it waits.
async fn find_open(tx: &TenantTx, id: SuccessionId, version: IfMatch) -> ApiResult<succession::Model> {
    let row = find_to_change(tx, id, version.0).await?;
    if row.status == SuccessionStatus::Requested.as_str() {
        return Ok(row);
    }
    Err(over())
}

fn over() -> ApiError {
    ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
        "Permintaan ini sudah diputuskan atau ditarik.",
        "This request was decided or taken back already.",
    ))
}

async fn parties<'a>(
    tx: &TenantTx,
    who: &'a InDistrict<perm::SuccessionDecide>,
    row: &'a succession::Model,
) -> ApiResult<Parties<'a>> {
    let access = &who.signed_in.access;
    let own = tx
        .find::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(access.account_id))
        .one(tx)
        .await?;
    Ok(Parties {
        decider: access.account_id,
        decider_email: &access.email,
        is_member: own.is_some(),
        requester: row.requested_by,
        successor_email: &row.successor_email,
    })
}

/// Carries the decision out. Answers whose rights have changed.
async fn decide(
    tx: &TenantTx,
    who: &InDistrict<perm::SuccessionDecide>,
    row: succession::Model,
    decision: SuccessionDecision,
) -> ApiResult<(succession::Model, Vec<AccountId>)> {
    let email = row.successor_email.clone();
    let status = if decision.approved {
        SuccessionStatus::Approved
    } else {
        SuccessionStatus::Refused
    };
    let member = member_with(tx, &email).await?;
    if decision.approved {
        if member
            .as_ref()
            .is_some_and(|(_, account)| account.disabled_at.is_some())
        {
            return Err(ApiError::new(ErrorCode::Conflict).detail(ACCOUNT_CLOSED));
        }
        end_approved(tx).await?;
    }
    let access = &who.signed_in.access;
    let row = put_status(tx, row, status, |change| {
        change.decided_by = Set(Some(access.account_id));
        change.decided_by_name = Set(access.name.clone());
        change.decided_at = Set(Some(Utc::now()));
        change.decision_note = Set(decision.note);
    })
    .await?;
    if !decision.approved {
        return Ok((row, Vec::new()));
    }
    match member {
        Some((member, account)) => {
            appoint(tx, member).await?;
            let done = hand_over(tx, row, account.id).await?;
            // Whether any coordinator has ever signed in is part of it.
            readiness::refresh(tx).await?;
            Ok(done)
        }
        None => {
            let sent = invitations::issue(tx, who, &email, DISTRICT_ADMIN_KEY).await?;
            let mut change = row.into_active_model();
            change.invitation_id = Set(Some(sent.id));
            Ok((change.update(tx).await?, Vec::new()))
        }
    }
}

async fn appoint(tx: &TenantTx, member: membership::Model) -> ApiResult<()> {
    let version = member.version;
    let mut change = member.into_active_model();
    change.role_key = Set(DISTRICT_ADMIN_KEY.to_owned());
    change.version = Set(version + 1);
    change.updated_at = Set(Utc::now());
    change.update(tx).await?;
    Ok(())
}

/// Take a request for a succession back
///
/// By whoever asked, or by a reviewer who may decide, until the successor has taken over. An invitation that an approval sent is
/// good no longer.
#[utoipa::path(post, path = "/api/v1/districts/{code}/successions/{succession_id}/withdrawal", tag = "members",
    responses((status = 200, body = Succession),
        (status = 409, description = "It is over already", body = Problem, content_type = "application/problem+json")))]
async fn withdraw_succession(
    who: InDistrict<perm::SuccessionRequest>,
    Path(path): Path<SuccessionPath>,
    version: IfMatch,
) -> ApiResult<Tagged<Succession>> {
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let seen = find(&tx, path.succession_id).await?;
    revoke_its_invitation(&tx, &seen).await?;
    let row = find_to_change(&tx, path.succession_id, version.0).await?;
    if !SuccessionStatus::kept(&row.status)?.is_open() {
        return Err(over());
    }
    let access = &who.signed_in.access;
    let decides = own_permissions(access, &who.district).has(Permission::SuccessionDecide);
    if row.requested_by != access.account_id && !decides {
        return Err(ApiError::new(ErrorCode::Forbidden).detail(Text::fixed(
            "Hanya orang yang mengajukannya atau peninjau dapat menariknya.",
            "Only the person who asked or a reviewer can take it back.",
        )));
    }
    let asked_by = row.requested_by;
    let row = put_status(&tx, row, SuccessionStatus::Withdrawn, |change| {
        change.decided_at = Set(Some(Utc::now()));
    })
    .await?;
    tell(&tx, &row, coordinators(&tx).await?.into_iter().chain([asked_by])).await?;
    record(&tx, "withdraw", &row).await?;
    tx.commit().await?;
    tagged(row)
}

/// The operations on successions.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_coordinators,
        list_successions,
        create_succession,
        decide_succession,
        withdraw_succession,
    );
}
