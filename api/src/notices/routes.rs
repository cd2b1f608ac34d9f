//! A person's notices.

use actix_web::{HttpRequest, web::Json};
use chrono::{DateTime, Utc};
use entity::ids::NoticeId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    content::NoticeContent,
    hub,
    query::{self, Shown},
};
use crate::{
    auth::SignedIn,
    db::Transaction,
    endpoints,
    error::{ApiResult, ErrorCode, Language},
    http::{Body, NoContent, Page, PageQuery, Path, Query, endpoint::Endpoints, problem},
};

/// Something that the reader should know of.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notification {
    /// Its id.
    pub id: NoticeId,
    /// What it is about.
    #[schema(example = "item_decided")]
    pub kind: String,
    /// One line, in the language of the request.
    pub title: String,
    /// What happened and what was said about it, a paragraph each.
    pub paragraphs: Vec<String>,
    /// What the way to its screen is called.
    #[schema(example = "Buka butir REG-1")]
    pub action: String,
    /// Path of the screen within the application.
    #[schema(example = "/d/73.06/butir/REG-1")]
    pub link: String,
    /// Kemendagri code of the district that it tells of.
    #[schema(example = "73.06")]
    pub district_code: Option<String>,
    /// When it happened.
    pub created_at: DateTime<Utc>,
    /// When it was read; null while it is unread.
    pub read_at: Option<DateTime<Utc>>,
}

/// How many notifications are unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnreadCount {
    /// How many; 100 means a hundred or more.
    #[schema(example = 3, minimum = 0, maximum = 100)]
    pub unread: i64,
}

/// Which notifications.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NotificationQuery {
    /// Only those that are unread.
    unread: Option<bool>,
}

/// Up to where everything was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadUpTo {
    /// The newest notification that the reader saw.
    pub up_to: NoticeId,
}

#[derive(Deserialize)]
struct NotificationPath {
    notification_id: NoticeId,
}

/// None for a notice that an older version wrote in other words.
fn describe(row: Shown, language: Language) -> Option<Notification> {
    let content = NoticeContent::join(&row.kind, row.params).ok()?;
    let say = |text: crate::error::Text| text.in_language(language).to_owned();
    Some(Notification {
        id: row.id,
        kind: row.kind,
        title: say(content.title()),
        paragraphs: content.paragraphs().into_iter().map(say).collect(),
        action: say(content.action()),
        link: row.link,
        district_code: row.district_code,
        created_at: row.created_at,
        read_at: row.read_at,
    })
}

/// List one's own notifications, the newest first
///
/// Those of areas in which one no longer has a role are gone.
#[utoipa::path(get, path = "/api/v1/notifications", tag = "notifications", params(PageQuery, NotificationQuery),
    responses((status = 200, body = Page<Notification>)))]
async fn list_notifications(
    who: SignedIn,
    request: HttpRequest,
    Query(page): Query<PageQuery>,
    Query(filter): Query<NotificationQuery>,
) -> ApiResult<Json<Page<Notification>>> {
    let limit = page.limit()?;
    let tx = who.system().await?;
    let (account, before) = (who.access.account_id, page.after::<NoticeId>()?);
    let rows = query::page(&tx, account, filter.unread.unwrap_or_default(), before, limit + 1).await?;
    let language = problem::language(&request);
    let page = Page::of(rows, limit, |row: &Shown| row.id, |row| row);
    Ok(Json(Page {
        items: page
            .items
            .into_iter()
            .filter_map(|row| describe(row, language))
            .collect(),
        next_cursor: page.next_cursor,
    }))
}

/// Count one's own unread notifications
#[utoipa::path(get, path = "/api/v1/notifications/unread", tag = "notifications", responses((status = 200, body = UnreadCount)))]
async fn count_unread_notifications(who: SignedIn) -> ApiResult<Json<UnreadCount>> {
    let tx = who.system().await?;
    let unread = query::unread(&tx, who.access.account_id).await?;
    Ok(Json(UnreadCount { unread }))
}

/// Mark a notification read
///
/// Doing so again changes nothing. Reading leaves no audit event: it is the state of the reader's own list.
#[utoipa::path(post, path = "/api/v1/notifications/{notification_id}/read", tag = "notifications", responses((status = 204)))]
async fn read_notification(who: SignedIn, Path(path): Path<NotificationPath>) -> ApiResult<NoContent> {
    let tx = who.system().await?;
    let account = who.access.account_id;
    let read = query::mark_read(&tx, account, path.notification_id).await?;
    let read = read.ok_or(ErrorCode::NotFound)?;
    if read.is_some() {
        hub::announce(&tx, account).await?;
        tx.commit().await?;
    }
    Ok(NoContent)
}

/// Mark all notifications read up to the one that was seen last
///
/// What came after it stays unread.
#[utoipa::path(post, path = "/api/v1/notifications/read", tag = "notifications", request_body = ReadUpTo, responses((status = 204)))]
async fn read_all_notifications(who: SignedIn, body: Body<ReadUpTo>) -> ApiResult<NoContent> {
    let tx = who.system().await?;
    let account = who.access.account_id;
    let read = query::mark_all_read(&tx, account, body.value.up_to).await?;
    if !read.is_empty() {
        hub::announce(&tx, account).await?;
        tx.commit().await?;
    }
    Ok(NoContent)
}

/// The operations on notifications.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_notifications,
        count_unread_notifications,
        read_notification,
        read_all_notifications
    );
}
