//! Reading announcements in a district.

use actix_web::web::Json;
use chrono::Utc;
use entity::{announcement_delivery, announcement_receipt, ids::*};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde::Deserialize;

use super::{
    query::{self, Reader},
    view::Announcement,
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm, role::DISTRICT_ADMIN_KEY},
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{NoContent, Page, PageQuery, Path, Query, endpoint::Endpoints},
};

#[derive(Deserialize)]
struct AnnouncementPath {
    announcement_id: AnnouncementId,
}

fn reader<P>(who: &InDistrict<P>) -> Reader {
    Reader {
        account: who.signed_in.access.account_id,
        as_coordinator: who.sees_as_coordinator(),
    }
}

async fn find<P>(tx: &TenantTx, who: &InDistrict<P>, id: AnnouncementId) -> ApiResult<Announcement> {
    let found = query::received_one(tx, reader(who), id).await?;
    Ok(found.ok_or(ErrorCode::NotFound)?)
}

/// List the announcements that reached a district, the newest first
///
/// Those for coordinators only are seen by coordinators and by those who oversee the district.
#[utoipa::path(get, path = "/api/v1/districts/{code}/announcements", tag = "announcements", params(PageQuery),
    responses((status = 200, body = Page<Announcement>)))]
async fn list_announcements(
    who: InDistrict<perm::DistrictRead>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Announcement>>> {
    let limit = page.limit()?;
    let tx = who.tenant().await?;
    let rows = query::received(&tx, reader(&who), page.after::<AnnouncementId>()?, limit + 1).await?;
    Ok(Json(Page::of(rows, limit, |row| row.id, |row| row)))
}

/// See an announcement
#[utoipa::path(get, path = "/api/v1/districts/{code}/announcements/{announcement_id}", tag = "announcements",
    responses((status = 200, body = Announcement)))]
async fn get_announcement(
    who: InDistrict<perm::DistrictRead>,
    Path(path): Path<AnnouncementPath>,
) -> ApiResult<Json<Announcement>> {
    let tx = who.tenant().await?;
    Ok(Json(find(&tx, &who, path.announcement_id).await?))
}

/// Say that one has opened an announcement
///
/// The sender sees that and when: of coordinators with the name, of others with the role. The first time counts; those who
/// only oversee the district are not counted.
#[utoipa::path(post, path = "/api/v1/districts/{code}/announcements/{announcement_id}/opened", tag = "announcements",
    responses((status = 204)))]
async fn open_announcement(
    who: InDistrict<perm::DistrictRead>,
    Path(path): Path<AnnouncementPath>,
) -> ApiResult<NoContent> {
    let tx = who.tenant().await?;
    let id = path.announcement_id;
    find(&tx, &who, id).await?;
    if note_opened(&tx, &who, id).await? {
        audit::record(&tx, Change::of("read", "announcement", id)).await?;
        tx.commit().await?;
    }
    Ok(NoContent)
}

/// Confirm that an announcement was read
///
/// For the district, where the sender asked for it. The first confirmation counts.
#[utoipa::path(post, path = "/api/v1/districts/{code}/announcements/{announcement_id}/confirmation", tag = "announcements",
    responses((status = 200, body = Announcement)))]
async fn confirm_announcement(
    who: InDistrict<perm::AnnouncementsRespond>,
    Path(path): Path<AnnouncementPath>,
) -> ApiResult<Json<Announcement>> {
    let tx = who.tenant().await?;
    let id = path.announcement_id;
    let found = find(&tx, &who, id).await?;
    if !found.must_confirm || found.withdrawn_at.is_some() || found.replaced_by.is_some() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Pengumuman ini tidak (lagi) meminta konfirmasi.",
            "This announcement does not ask for a confirmation (any more).",
        )));
    }
    note_opened(&tx, &who, id).await?;
    use announcement_delivery::Column as C;
    let confirmed = announcement_delivery::Entity::update_many()
        .col_expr(C::ConfirmedAt, Expr::value(Some(Utc::now())))
        .col_expr(C::ConfirmedByName, Expr::value(Some(who.signed_in.access.name.clone())))
        .filter(C::DistrictId.eq(tx.district_id()))
        .filter(C::Id.eq(id))
        .filter(C::ConfirmedAt.is_null())
        .exec(&tx)
        .await?;
    let value = find(&tx, &who, id).await?;
    if confirmed.rows_affected > 0 {
        audit::record(&tx, Change::of("confirm", "announcement", id)).await?;
        tx.commit().await?;
    }
    Ok(Json(value))
}

/// True when it was the first time that this member opened it.
async fn note_opened<P>(tx: &TenantTx, who: &InDistrict<P>, id: AnnouncementId) -> ApiResult<bool> {
    let Some(membership) = who.own_membership() else {
        return Ok(false);
    };
    use announcement_delivery::Column as C;
    let delivery = tx
        .find::<announcement_delivery::Entity>()
        .filter(C::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let access = &who.signed_in.access;
    let is_coordinator = membership.role_key == DISTRICT_ADMIN_KEY;
    let now = Utc::now();
    let receipt = announcement_receipt::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(AnnouncementReceiptId::generate()),
        announcement_id: Set(id),
        owner_province: Set(delivery.owner_province),
        account_id: Set(access.account_id),
        role_key: Set(membership.role_key.clone()),
        role_name: Set(membership.own_role_name.clone().unwrap_or_default()),
        // The sender is owed the names of those who answer for the district, not of everybody who works there.
        name: Set(is_coordinator.then(|| access.name.clone())),
        opened_at: Set(now),
    };
    let added = announcement_receipt::Entity::insert(receipt)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if added == 0 {
        return Ok(false);
    }
    announcement_delivery::Entity::update_many()
        .col_expr(C::Readers, Expr::col(C::Readers).add(1))
        .col_expr(C::OpenedAt, Expr::cust_with_values("COALESCE(opened_at, $1)", [now]))
        .filter(C::DistrictId.eq(tx.district_id()))
        .filter(C::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(true)
}

/// The operations of those who read.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_announcements,
        get_announcement,
        open_announcement,
        confirm_announcement
    );
}
