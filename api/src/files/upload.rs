//! One file from a `multipart/form-data` body.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header, web, web::Bytes};
use futures_util::{Stream, StreamExt, TryStreamExt, future::LocalBoxFuture};
use utoipa::ToSchema;

use super::{
    kind::{self, FileKind},
    name,
    store::{Staged, too_large},
};
use crate::{
    app::App,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
    http::{Checks, body::refuse_encoded, endpoint::Argument},
};

const FIELD: &str = "file";
/// What the multipart form may add to the file: boundaries, headers.
const FORM_OVERHEAD: u64 = 64 * 1024;
/// How much more than may be of a body that is refused is still read, so that the sender gets to read the answer.
const DRAIN_BYTES: u64 = 64 * 1024 * 1024;

/// The form of an upload.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "only describes the body in the OpenAPI document")]
pub struct FileUpload {
    /// PDF, JPEG, PNG, DOCX or XLSX (without macros). What it is, is found in the content; a name or type that says
    /// otherwise is refused.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// A file of an accepted kind in the temporary place of the store. Comes after the guard in a handler's arguments:
/// nothing of the body is read before the guard has decided.
#[derive(Debug)]
pub struct Upload {
    /// The content.
    pub staged: Staged,
    /// What it is.
    pub kind: FileKind,
    /// Its name, harmless.
    pub file_name: String,
}

impl FromRequest for Upload {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, ApiResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let app = request.app_data::<web::Data<App>>().cloned();
        let length = request
            .headers()
            .get(header::CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        let as_it_is = refuse_encoded(request);
        let limit = app.as_ref().map_or(0, |app| app.shared.config.max_upload_bytes());
        let form = Multipart::new(request.headers(), bounded(payload.take(), limit));
        Box::pin(async move {
            as_it_is?;
            let app =
                app.ok_or_else(|| ApiError::internal(anyhow::anyhow!("the application state is not registered")))?;
            read(&app, form, length).await
        })
    }
}

impl Argument for Upload {}

async fn read(app: &App, mut form: Multipart, length: Option<u64>) -> ApiResult<Upload> {
    let limit = app.shared.config.max_upload_bytes();
    let outcome = if length.is_some_and(|length| length > limit + FORM_OVERHEAD) {
        Err(too_large(limit))
    } else {
        read_form(app, &mut form, limit).await
    };
    // A form that is broken or none at all has no rest to read.
    if let Err(error) = &outcome
        && matches!(error.code(), ErrorCode::PayloadTooLarge | ErrorCode::InvalidInput)
    {
        drain(form).await;
    }
    outcome
}

async fn read_form(app: &App, form: &mut Multipart, limit: u64) -> ApiResult<Upload> {
    let field = form.try_next().await?.ok_or_else(|| wrong_form("required"))?;
    if field.name() != Some(FIELD) {
        return Err(wrong_form("unknown_field"));
    }
    let upload = read_file(app, field, limit).await?;
    match form.try_next().await? {
        None => Ok(upload),
        Some(_) => Err(wrong_form("more_than_one_part")),
    }
}

fn wrong_form(code: &'static str) -> ApiError {
    ApiError::invalid(vec![FieldError {
        field: FIELD.to_owned(),
        code,
        message: Text::fixed(
            "Kirim tepat satu berkas dalam isian bernama file.",
            "Send exactly one file, in a field named file.",
        ),
    }])
}

async fn read_file(app: &App, field: Field, limit: u64) -> ApiResult<Upload> {
    let given = field
        .content_disposition()
        .and_then(|disposition| match disposition.get_filename_ext() {
            Some(extended) => Some(String::from_utf8_lossy(&extended.value).into_owned()),
            None => disposition.get_filename().map(str::to_owned),
        })
        .unwrap_or_default();
    let declared = field.content_type().map(|mime| mime.essence_str().to_lowercase());
    let staged = app.shared.files.stage(field, limit).await?;
    let kind = staged
        .kind
        .ok_or_else(|| ApiError::invalid(vec![kind::not_accepted(FIELD)]))?;
    if staged.is_without_pages {
        return Err(ApiError::invalid(vec![kind::without_pages(FIELD)]));
    }
    let mut file_name = name::clean(&given);
    let extension = name::extension(&file_name);
    let mut checks = Checks::new();
    kind::check_claims(&mut checks, FIELD, kind, extension.as_deref(), declared.as_deref());
    checks.finish()?;
    if extension.is_none() {
        file_name = format!("{file_name}.{}", kind.extensions()[0]);
    }
    Ok(Upload {
        staged,
        kind,
        file_name,
    })
}

/// The bytes of a request with a file of at most `limit` bytes. It ends with an error well behind that: the form reads over
/// what nobody wants of a field, and whoever sends without end is to get an answer.
pub fn bounded(payload: Payload, limit: u64) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let mut left = limit + FORM_OVERHEAD + DRAIN_BYTES;
    payload.map(move |chunk| {
        let chunk = chunk?;
        let rest = left.checked_sub(chunk.len() as u64);
        left = rest.unwrap_or(0);
        rest.map(|_| chunk).ok_or(PayloadError::Overflow)
    })
}

/// Reads the rest of a form made of [`bounded`]. A connection that is closed while its sender still writes is reset, and the
/// answer lost on the way.
pub async fn drain(mut form: Multipart) {
    while let Some(Ok(mut field)) = form.next().await {
        while let Some(Ok(_)) = field.next().await {}
    }
}

impl From<MultipartError> for ApiError {
    fn from(error: MultipartError) -> Self {
        match error {
            MultipartError::ContentTypeMissing
            | MultipartError::ContentTypeParse
            | MultipartError::ContentTypeIncompatible => {
                Self::new(ErrorCode::UnsupportedMediaType).detail(Text::fixed(
                    "Kirim berkas sebagai multipart/form-data.",
                    "Send the file as multipart/form-data.",
                ))
            }
            _ => Self::new(ErrorCode::BadRequest).detail(Text::fixed(
                "Pengiriman berkas terputus atau tidak lengkap. Coba unggah lagi.",
                "The upload was cut off or is incomplete. Try to upload it again.",
            )),
        }
    }
}
