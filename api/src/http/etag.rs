//! Optimistic locking: every single resource has a version, its `ETag`, and an update says which version it changes.

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use std::future::{Ready, ready};

use utoipa::openapi::{Required, path::Operation};

use super::endpoint::{Argument, describe_header, describe_problem};
use crate::error::{ApiError, ErrorCode};

/// The version in a required `If-Match` header: 428 without one. Compared by the update itself, which answers 412.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub i32);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get(header::IF_MATCH);
        ready(match header.map(|value| value.to_str().map(parse)) {
            None => Err(ErrorCode::PreconditionRequired.into()),
            // An ETag that we never issued cannot be the current one.
            Some(Ok(Some(version))) => Ok(Self(version)),
            Some(_) => Err(ErrorCode::Stale.into()),
        })
    }
}

impl Argument for IfMatch {
    fn describe(operation: &mut Operation) {
        describe_header(
            operation,
            "If-Match",
            "ETag of the version that you change",
            Required::True,
        );
        describe_problem(operation, ErrorCode::Stale);
        describe_problem(operation, ErrorCode::PreconditionRequired);
    }
}

/// The `ETag` of a version.
#[must_use]
pub fn of(version: i32) -> String {
    format!("\"{version}\"")
}

/// A tag without the mark of the weak form, into which proxies turn tags when they compress.
#[must_use]
pub fn opaque(tag: &str) -> &str {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// The version in an `ETag`. Accepts the weak form, into which proxies turn tags when they compress.
#[must_use]
pub fn parse(tag: &str) -> Option<i32> {
    opaque(tag).strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{of, parse};

    #[test]
    fn round_trip() {
        assert_eq!(parse(&of(7)), Some(7));
        assert_eq!(parse("W/\"7\""), Some(7));
        for bad in ["7", "\"x\"", "*", "", "\"7"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
