//! Writing errors as `application/problem+json`, in the reader's language.

use actix_web::{
    HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::ServiceResponse,
    http::{StatusCode, header},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{ApiError, ErrorCode, Language};

/// An error as RFC 9457 describes it, with a stable `code`, the request's id and all field errors at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A URN made of the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:satupintu:problem:invalid_input")]
    pub kind: String,
    /// What happened and what to do, in the language of `Accept-Language`.
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// The stable word a program may match on.
    #[schema(example = "invalid_input")]
    pub code: String,
    /// More about this very case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Quote it when you report the problem.
    pub request_id: String,
    /// What is wrong, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// The resource as it is now, on 412 where an operation says so: show it beside the person's own version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<serde_json::Value>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Path of the field in the request.
    #[schema(example = "email")]
    pub field: String,
    /// A stable word.
    #[schema(example = "required")]
    pub code: String,
    /// An instruction for the person who filled the field.
    pub message: String,
}

/// The language a request asks for.
#[must_use]
pub fn language(request: &HttpRequest) -> Language {
    request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or(Language::Indonesian, Language::from_accept_language)
}

/// Gives a failed answer its body. Errors of actix itself (unknown route, wrong method, broken body) get theirs here too,
/// so that no plain text escapes.
#[must_use]
pub fn render<B: MessageBody + 'static>(response: ServiceResponse<B>, request_id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response.map_into_boxed_body();
    }
    let (request, response) = response.into_parts();
    let own = response.error().and_then(|error| error.as_error::<ApiError>());
    let is_written = response.headers().contains_key(header::CONTENT_TYPE) && response.error().is_none();
    if is_written {
        return ServiceResponse::new(request, response.map_into_boxed_body());
    }
    let fallback;
    let error = match own {
        Some(error) => error,
        None => {
            fallback = ApiError::new(code_for(status));
            &fallback
        }
    };
    if let Some(cause) = error.cause() {
        tracing::error!(code = error.code().code(), request_id, "{cause:#}");
    }
    let mut answer = HttpResponse::build(error.code().status());
    for (name, value) in response.headers() {
        answer.append_header((name.clone(), value.clone()));
    }
    if let Some(wait) = error.wait() {
        answer.insert_header((header::RETRY_AFTER, wait.as_secs().max(1)));
    }
    if error.code().status() == StatusCode::UNAUTHORIZED {
        answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    let language = language(&request);
    answer.insert_header((
        header::CONTENT_LANGUAGE,
        match language {
            Language::Indonesian => "id",
            Language::English => "en",
        },
    ));
    answer.insert_header((header::CONTENT_TYPE, "application/problem+json"));
    let problem = problem(error, language, request_id);
    let body = serde_json::to_string(&problem).unwrap_or_default();
    ServiceResponse::new(request, answer.body(body))
}

fn code_for(status: StatusCode) -> ErrorCode {
    match status {
        StatusCode::NOT_FOUND => ErrorCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::PayloadTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorCode::UnsupportedMediaType,
        StatusCode::SERVICE_UNAVAILABLE => ErrorCode::Unavailable,
        status if status.is_client_error() => ErrorCode::BadRequest,
        _ => ErrorCode::Internal,
    }
}

fn problem(error: &ApiError, language: Language, request_id: &str) -> Problem {
    let code = error.code();
    Problem {
        kind: format!("urn:satupintu:problem:{}", code.code()),
        title: code.title().in_language(language).to_owned(),
        status: code.status().as_u16(),
        code: code.code().to_owned(),
        detail: error.detail_text().map(|text| text.in_language(language).to_owned()),
        request_id: request_id.to_owned(),
        errors: error
            .fields()
            .iter()
            .map(|field| ProblemField {
                field: field.field.clone(),
                code: field.code.to_owned(),
                message: field.message.in_language(language).to_owned(),
            })
            .collect(),
        current: error.current_resource().cloned(),
    }
}
