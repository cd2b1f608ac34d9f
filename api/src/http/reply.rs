//! The shapes of a successful answer.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use serde::Serialize;

use super::etag;

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
