//! The form with which a boundary file comes.

use actix_multipart::{Field, Multipart};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use futures_util::{TryStreamExt, future::LocalBoxFuture};
use utoipa::ToSchema;

use super::MAX_BYTES;
use crate::{
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    files::{
        name,
        upload::{bounded, drain},
    },
    http::{body::refuse_encoded, endpoint::Argument},
};

/// What the form may add to the file.
const FORM_OVERHEAD: u64 = 64 * 1024;
/// Longest text beside the file, in bytes.
const MAX_TEXT: usize = 4_000;

/// The form of a boundary file.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "only describes the body in the OpenAPI document")]
pub struct BoundaryUpload {
    /// GeoJSON or TopoJSON, at most 32 MB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// Whose boundaries they are. Not needed for a check.
    #[schema(example = "Badan Informasi Geospasial, 2025")]
    source: Option<String>,
    /// Under which terms they may be shown. Not needed for a check.
    #[schema(example = "CC BY 4.0")]
    licence: Option<String>,
}

/// What was sent, not yet looked at.
#[derive(Debug, Default)]
pub struct BoundaryForm {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its name, harmless.
    pub file_name: String,
    /// Whose boundaries they are.
    pub source: String,
    /// Under which terms they may be shown.
    pub licence: String,
}

impl Argument for BoundaryForm {}

impl FromRequest for BoundaryForm {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, ApiResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let length = request
            .headers()
            .get(header::CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        let as_it_is = refuse_encoded(request);
        let mut form = Multipart::new(request.headers(), bounded(payload.take(), MAX_BYTES as u64));
        Box::pin(async move {
            as_it_is?;
            let outcome = if length.is_some_and(|length| length > MAX_BYTES as u64 + FORM_OVERHEAD) {
                Err(too_large())
            } else {
                read(&mut form).await
            };
            // A form that is broken or none at all has no rest to read.
            if let Err(error) = &outcome
                && matches!(error.code(), ErrorCode::PayloadTooLarge | ErrorCode::InvalidInput)
            {
                drain(form).await;
            }
            outcome
        })
    }
}

/// The answer to a file that is too large.
#[must_use]
pub fn too_large() -> ApiError {
    let mega = MAX_BYTES / 1024 / 1024;
    ApiError::new(ErrorCode::PayloadTooLarge).detail(Text::new(
        format!("Berkas batas wilayah paling besar {mega} MB. Sederhanakan dahulu."),
        format!("A boundary file is at most {mega} MB. Simplify it first."),
    ))
}

async fn read(form: &mut Multipart) -> ApiResult<BoundaryForm> {
    let mut read = BoundaryForm::default();
    let mut has_file = false;
    while let Some(field) = form.try_next().await? {
        match field.name() {
            Some("file") if !has_file => {
                has_file = true;
                let given = field
                    .content_disposition()
                    .and_then(|it| it.get_filename())
                    .unwrap_or_default();
                read.file_name = name::clean(given);
                read.bytes = content(field, MAX_BYTES).await?.ok_or_else(too_large)?;
            }
            Some("source") => read.source = text(field, "source").await?,
            Some("licence") => read.licence = text(field, "licence").await?,
            other => {
                let text = Text::fixed(
                    "Isian formulir hanya file, source, dan licence, masing-masing sekali.",
                    "The form has the fields file, source and licence, each once.",
                );
                return Err(wrong_form(other.unwrap_or_default(), "unknown_field", text));
            }
        }
    }
    if has_file {
        return Ok(read);
    }
    let text = Text::fixed(
        "Pilih berkas GeoJSON atau TopoJSON.",
        "Choose a GeoJSON or TopoJSON file.",
    );
    Err(wrong_form("file", "required", text))
}

fn wrong_form(field: &str, code: &'static str, message: Text) -> ApiError {
    ApiError::invalid(vec![FieldError {
        field: field.to_owned(),
        code,
        message,
    }])
}

/// The bytes of a field; none when there are more than `max`.
async fn content(mut field: Field, max: usize) -> ApiResult<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.try_next().await? {
        if bytes.len() + chunk.len() > max {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

async fn text(field: Field, name: &'static str) -> ApiResult<String> {
    let too_long = || {
        wrong_form(
            name,
            "too_long",
            Text::fixed("Isian ini terlalu panjang.", "This is too long."),
        )
    };
    let bytes = content(field, MAX_TEXT).await?.ok_or_else(too_long)?;
    String::from_utf8(bytes).map_err(|_| ErrorCode::BadRequest.into())
}
