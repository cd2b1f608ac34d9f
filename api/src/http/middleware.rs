//! What every request passes: a request id, the problem body of errors, security headers, metrics.

use std::{net::IpAddr, time::Instant};

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use tracing_actix_web::{DefaultRootSpanBuilder, RootSpanBuilder};
use uuid::Uuid;

use super::{client_address, problem, rate_limit::RateLimitState};
use crate::app::App;

/// The request's id: the client's `X-Request-Id` when it is a sane one, else a new UUID.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

fn request_id(request: &ServiceRequest) -> String {
    request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

/// The span of a request. Id and route come from [`envelope`]: asking the router for the route costs as much as routing, and
/// a log line should bear the id that the client was told.
#[derive(Debug)]
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> tracing::Span {
        let user_agent = request.headers().get(header::USER_AGENT);
        tracing::info_span!(
            "HTTP request",
            http.method = %request.method(),
            http.target = %request.uri(),
            http.user_agent = user_agent.and_then(|value| value.to_str().ok()).unwrap_or_default(),
            http.client_ip = %logged_address(request),
            http.route = tracing::field::Empty,
            http.status_code = tracing::field::Empty,
            request_id = tracing::field::Empty,
            otel.name = tracing::field::Empty,
            otel.kind = "server",
            otel.status_code = tracing::field::Empty,
            exception.message = tracing::field::Empty,
            exception.details = tracing::field::Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: tracing::Span, outcome: &Result<ServiceResponse<B>, Error>) {
        DefaultRootSpanBuilder::on_request_end(span, outcome);
    }
}

/// As limits and audit trail see it, so that nobody writes another's address into the log.
fn logged_address(request: &ServiceRequest) -> IpAddr {
    let behind_proxy = request
        .app_data::<web::Data<App>>()
        .is_some_and(|app| app.shared.config.behind_proxy);
    client_address(behind_proxy, request.request())
}

/// The outermost layer of the API.
///
/// # Errors
/// Only what a layer further out must see; errors of handlers and extractors become answers here.
pub async fn envelope<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let id = request_id(&request);
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::Span::current();
    span.record("request_id", &id);
    let method = method_label(request.method());
    // The request must not be cloned before routing: actix asks for its only reference to write the matched path.
    let response = next.call(request).await?;
    let pattern = response
        .request()
        .match_pattern()
        .unwrap_or_else(|| "unmatched".to_owned());
    span.record("http.route", &pattern);
    span.record("otel.name", format!("{method} {pattern}"));
    let limits = response.request().extensions().get::<RateLimitState>().copied();
    let mut response = problem::render(response, &id);
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, value);
    }
    if let Some(state) = limits
        && let Ok(value) = HeaderValue::from_str(&format!("limit={}, remaining={}", state.limit, state.remaining))
    {
        headers.insert(HeaderName::from_static("ratelimit"), value);
    }
    for (name, value) in SECURITY_HEADERS {
        if !headers.contains_key(*name) {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    if pattern.starts_with("/api/") && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let labels = [
        ("method", method.to_owned()),
        ("route", pattern),
        ("status", response.status().as_u16().to_string()),
    ];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_duration_seconds", &labels).record(started.elapsed().as_secs_f64());
    Ok(response)
}

/// The method as metrics and traces name it. A client may call its method as it likes, and each label is kept for as long as
/// the process runs: what is none of HTTP's own goes by one name.
fn method_label(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "OTHER",
    }
}

/// `connect-src` is open to any host because the SPA may be served from elsewhere than the API; scripts are not.
const SECURITY_HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         connect-src *; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(self)"),
    ("cross-origin-opener-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
];
