//! Sending the content of a file.

use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    http::header::{
        self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderName, HeaderValue,
    },
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{FileStore, kind::FileKind, store::Space};
use crate::error::ApiResult;

/// How to download.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DownloadQuery {
    /// Ask for it to be shown instead of saved; followed for PDF, JPEG and PNG.
    #[serde(default)]
    #[param(default = false)]
    pub inline: bool,
}

/// What a download needs to know of a file.
#[derive(Debug)]
pub struct Content<'a> {
    /// Whose it is.
    pub space: Space,
    /// SHA-256 of the content.
    pub sha256: &'a [u8],
    /// Bytes.
    pub size: i64,
    /// What it is.
    pub media_type: &'a str,
    /// Its name.
    pub file_name: &'a str,
}

/// Streams the content. It is shown or saved, never run: no sniffing, and a sandbox without scripts.
///
/// # Errors
/// When the store does not have it.
pub async fn answer(
    store: &FileStore,
    request: &HttpRequest,
    content: Content<'_>,
    query: &DownloadQuery,
) -> ApiResult<HttpResponse> {
    let tag = format!("\"{}\"", hex::encode(content.sha256));
    let headers = [
        // Offices share computers: what was read must not stay on the disk of one.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("sandbox; default-src 'none'"),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-site"),
        ),
    ];
    let mut answer = HttpResponse::Ok();
    for header in headers {
        answer.insert_header(header);
    }
    answer.insert_header((header::ETAG, tag.clone()));
    let known = request.headers().get(header::IF_NONE_MATCH);
    let known = known.and_then(|value| value.to_str().ok());
    if known.is_some_and(|list| {
        list.split(',')
            .any(|known| known.trim().trim_start_matches("W/") == tag)
    }) {
        return Ok(answer.status(actix_web::http::StatusCode::NOT_MODIFIED).finish());
    }
    let is_shown =
        query.inline && FileKind::from_media_type(content.media_type).is_some_and(FileKind::is_shown_by_browsers);
    let object = store.read(content.space, content.sha256).await?;
    let size = u64::try_from(content.size).unwrap_or_default();
    Ok(answer
        .content_type(content.media_type)
        .insert_header(disposition(content.file_name, is_shown))
        // All accepted kinds are compressed already.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(SizedStream::new(size, object.into_stream())))
}

/// The name in UTF-8 for all browsers of today, and in ASCII for the rest.
fn disposition(file_name: &str, is_shown: bool) -> ContentDisposition {
    let ascii: String = file_name
        .chars()
        .map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' })
        .filter(|c| !matches!(c, '"' | '\\'))
        .collect();
    ContentDisposition {
        disposition: if is_shown {
            DispositionType::Inline
        } else {
            DispositionType::Attachment
        },
        parameters: vec![
            DispositionParam::Filename(ascii),
            DispositionParam::FilenameExt(ExtendedValue {
                charset: Charset::Ext("UTF-8".to_owned()),
                language_tag: None,
                value: file_name.as_bytes().to_vec(),
            }),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn names_in_headers() {
        assert_eq!(
            disposition("Surat \"é\" 表.pdf", false).to_string(),
            "attachment; filename=\"Surat _ _.pdf\"; filename*=UTF-8''Surat%20%22%C3%A9%22%20%E8%A1%A8.pdf"
        );
        assert!(disposition("a.pdf", true).to_string().starts_with("inline;"));
    }
}
