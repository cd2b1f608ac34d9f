//! News as it comes: server-sent events.

use std::time::{Duration, Instant};

use actix_web::{
    HttpResponse,
    http::header::{self, ContentEncoding},
};
use bytes::Bytes;
use futures_util::stream;
use tokio::{
    sync::broadcast::error::RecvError,
    time::{self, Interval},
};

use super::{hub::Subscription, query, routes::UnreadCount};
use crate::{
    auth::{SignedIn, token::ACCESS_TOKEN_SECONDS},
    endpoints,
    error::{ApiError, ApiResult},
    http::endpoint::Endpoints,
};

/// A sign of life this often, so that proxies keep the connection, and a count of one's own in case a wake-up was lost.
const PULSE: Duration = Duration::from_secs(25);
/// A stream ends when the token with which it was opened would; the client opens the next with a new one.
const LONGEST: Duration = Duration::from_secs(ACCESS_TOKEN_SECONDS.unsigned_abs());

/// An open stream.
struct Listening {
    who: SignedIn,
    subscription: Subscription,
    pulse: Interval,
    opened: Instant,
    told: Option<UnreadCount>,
}

impl Listening {
    async fn count(&self) -> ApiResult<UnreadCount> {
        let tx = self.who.system().await?;
        let unread = query::unread(&tx, self.who.access.account_id).await?;
        Ok(UnreadCount { unread })
    }

    /// The next piece of the stream; none at its end. Whatever goes wrong ends it: the client comes back.
    async fn next(&mut self) -> Option<Bytes> {
        if *self.subscription.closing.borrow() {
            return None;
        }
        if self.told.is_none() {
            return self.tell().await;
        }
        loop {
            tokio::select! {
                _ = self.subscription.closing.changed() => return None,
                _ = &mut self.subscription.replaced => return None,
                news = self.subscription.news.recv() => match news {
                    Ok(account) if account != self.who.access.account_id => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return self.tell().await,
                    Err(RecvError::Closed) => return None,
                },
                _ = self.pulse.tick() => return self.beat().await,
            }
        }
    }

    async fn beat(&mut self) -> Option<Bytes> {
        let shared = &self.who.app.shared;
        let is_open = shared.access.is_open(&self.who.app.db, &self.who.access).await;
        if self.opened.elapsed() >= LONGEST || !is_open {
            return None;
        }
        let now = self.count().await.ok()?;
        if Some(now) == self.told {
            return Some(Bytes::from_static(b":\n\n"));
        }
        self.say(now)
    }

    /// Also when the number is the same: one may have come while another was read.
    async fn tell(&mut self) -> Option<Bytes> {
        let now = self.count().await.ok()?;
        self.say(now)
    }

    fn say(&mut self, now: UnreadCount) -> Option<Bytes> {
        self.told = Some(now);
        let data = serde_json::to_string(&now).ok()?;
        Some(Bytes::from(format!("event: unread\ndata: {data}\n\n")))
    }
}

/// Hear of one's own notifications as they come
///
/// Server-sent events: an event `unread` with an `UnreadCount` at once and whenever one's notifications change, a comment
/// now and then as a sign of life. The access token goes into the `Authorization` header as always. The stream ends when
/// the token would, when the session is over and when the service restarts; open it again then. A person has ten at
/// a time: the next one ends the oldest.
#[utoipa::path(get, path = "/api/v1/notifications/stream", tag = "notifications",
    responses((status = 200, description = "Events until the stream ends", body = String, content_type = "text/event-stream")))]
async fn stream_notifications(who: SignedIn) -> ApiResult<HttpResponse> {
    let subscription = who.app.shared.hub.subscribe(who.access.account_id);
    let listening = Listening {
        who,
        subscription,
        pulse: time::interval_at(time::Instant::now() + PULSE, PULSE),
        opened: Instant::now(),
        told: None,
    };
    let events = stream::unfold(listening, async |mut listening| {
        let piece = listening.next().await?;
        Some((Ok::<_, ApiError>(piece), listening))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        // What is compressed would wait until there is enough of it; proxies that collect must not either.
        .insert_header(ContentEncoding::Identity)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(Box::pin(events)))
}

/// The stream.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, stream_notifications);
}
