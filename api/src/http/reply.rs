//! The shapes of a successful answer.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    HttpRequest, HttpResponse, Responder, ResponseError,
    body::{BodySize, BoxBody, MessageBody},
    http::{header, header::ContentType},
    web::Bytes,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Page, etag};
use crate::error::ApiError;

/// 200 with the resource and its `ETag`; 304 when the client has that version.
#[derive(Debug)]
pub struct Tagged<T> {
    /// The resource's version.
    pub version: i32,
    /// The resource.
    pub value: T,
}

impl<T: Serialize> Responder for Tagged<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let tag = etag::of(self.version);
        let known = request
            .headers()
            .get(header::IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|list| list.split(',').any(|known| etag::parse(known) == Some(self.version)));
        if known && request.method().is_safe() {
            return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
        }
        HttpResponse::Ok().insert_header((header::ETAG, tag)).json(self.value)
    }
}

/// 200 with a page whose items are JSON already, as the database wrote them.
#[derive(Debug)]
pub struct JsonPage(pub Page<String>);

impl Responder for JsonPage {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Page { items, next_cursor } = self.0;
        // A cursor is base64: nothing in it needs an escape.
        let cursor = next_cursor.map_or_else(|| "null".to_owned(), |cursor| format!("\"{cursor}\""));
        let parts = ["{\"items\":[", &items.join(","), "],\"next_cursor\":", &cursor, "}"];
        HttpResponse::Ok()
            .content_type(ContentType::json())
            .body(parts.concat())
    }
}

/// 200 with what was derived of many rows and an `ETag` that is its fingerprint; 304 when the client has just that. The
/// client may keep it for itself and must ask each time whether it still holds.
#[derive(Debug)]
pub struct Derived<T>(pub T);

/// Where the writing of such an answer begins. Most are smaller; the largest, half a megabyte, is moved four times instead of
/// thirteen.
const ROOM: usize = 64 * 1024;

impl<T: Serialize> Responder for Derived<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut body = Vec::with_capacity(ROOM);
        if let Err(error) = serde_json::to_writer(&mut body, &self.0) {
            return ApiError::internal(error).error_response();
        }
        let tag = fingerprint(&body);
        let known = is_known(request, &tag);
        let mut answer = if known {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        answer
            .insert_header((header::ETAG, tag))
            .insert_header((header::CACHE_CONTROL, "private, no-cache"))
            .append_header((header::VARY, "authorization"));
        if known {
            answer.finish()
        } else {
            answer
                .content_type(header::ContentType::json())
                .body(Slices(body.into()))
        }
    }
}

/// A body that leaves slice by slice: given whole, the connection copies all of it before it sends the first byte.
struct Slices(Bytes);

/// What the connection holds at a time.
const SLICE: usize = 32 * 1024;

impl MessageBody for Slices {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.0.len() as u64)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let rest = &mut self.get_mut().0;
        let slice = rest.split_to(rest.len().min(SLICE));
        Poll::Ready((!slice.is_empty()).then_some(Ok(slice)))
    }
}

fn fingerprint(body: &[u8]) -> String {
    tag_of_hash(&Sha256::digest(body))
}

/// The `ETag` of what has this hash.
#[must_use]
pub fn tag_of_hash(hash: &[u8]) -> String {
    format!("\"{}\"", hex::encode(hash.get(..16).unwrap_or_default()))
}

/// True when the client has what bears this `ETag`.
#[must_use]
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|list| list.split(',').any(|known| etag::opaque(known) == tag))
}

/// 201 with the new resource and its `ETag`.
#[derive(Debug)]
pub struct Created<T> {
    /// The resource's version, if it has one.
    pub version: Option<i32>,
    /// The resource.
    pub value: T,
}

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::Created();
        if let Some(version) = self.version {
            answer.insert_header((header::ETAG, etag::of(version)));
        }
        answer.json(self.value)
    }
}

/// 204.
#[derive(Clone, Copy, Debug)]
pub struct NoContent;

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}
