//! JSON request bodies.

use std::marker::PhantomData;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use futures_util::{StreamExt, future::LocalBoxFuture};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::error::{ApiError, ErrorCode, FieldError, Text};

/// The largest JSON body, in bytes. Files have their own limit.
pub const MAX_JSON_BYTES: usize = 1024 * 1024;

/// A JSON body, parsed, and its hash for [`crate::http::IdempotencyKey`].
#[derive(Debug)]
pub struct Body<T> {
    /// What was sent.
    pub value: T,
    /// SHA-256 of the bytes as they came.
    pub hash: [u8; 32],
    _type: PhantomData<T>,
}

impl<T: DeserializeOwned + 'static> crate::http::endpoint::Argument for Body<T> {}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| {
                let kind = kind.trim();
                kind == "application/json" || kind.ends_with("+json")
            });
        let as_it_is = refuse_encoded(request);
        let payload = payload.take();
        Box::pin(async move {
            as_it_is?;
            if !is_json {
                return Err(ApiError::new(ErrorCode::UnsupportedMediaType).detail(Text::fixed(
                    "Kirim isi sebagai application/json.",
                    "Send the body as application/json.",
                )));
            }
            let bytes = read(payload).await?;
            let hash = Sha256::digest(&bytes).into();
            Ok(Self {
                value: parse(&bytes)?,
                hash,
                _type: PhantomData,
            })
        })
    }
}

/// Bodies are taken as they are: nothing here unpacks, so that no small body becomes a large one.
///
/// # Errors
/// 415 when the body is compressed.
pub(crate) fn refuse_encoded(request: &HttpRequest) -> Result<(), ApiError> {
    let mut encodings = request.headers().get_all(header::CONTENT_ENCODING);
    if encodings.all(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::UnsupportedMediaType).detail(Text::fixed(
        "Kirim isi tanpa dimampatkan (tanpa Content-Encoding).",
        "Send the body uncompressed (without Content-Encoding).",
    )))
}

async fn read(mut payload: Payload) -> Result<web::BytesMut, ApiError> {
    let mut bytes = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| ApiError::new(ErrorCode::BadRequest))?;
        if bytes.len() + chunk.len() > MAX_JSON_BYTES {
            return Err(ApiError::new(ErrorCode::PayloadTooLarge).detail(Text::fixed(
                "Isi JSON paling besar 1 MB.",
                "A JSON body is at most 1 MB.",
            )));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Parses JSON; whatever does not fit is named by its path.
///
/// # Errors
/// 400 when it is no JSON, 422 when it has another shape.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string().replace('[', ".").replace(']', "");
        let cause = error.into_inner();
        if cause.is_data() {
            data_error(&path, &cause)
        } else {
            ApiError::new(ErrorCode::BadRequest).detail(Text::new(
                format!(
                    "Isi bukan JSON yang benar (baris {}, kolom {}).",
                    cause.line(),
                    cause.column()
                ),
                format!(
                    "The body is not valid JSON (line {}, column {}).",
                    cause.line(),
                    cause.column()
                ),
            ))
        }
    })?;
    deserializer.end().map_err(|_| {
        ApiError::new(ErrorCode::BadRequest).detail(Text::fixed(
            "Ada sisa teks setelah JSON.",
            "There is text after the JSON.",
        ))
    })?;
    Ok(value)
}

/// serde names a missing or unknown field in its message only; the rest of the message is for programmers and stays out.
fn data_error(path: &str, cause: &serde_json::Error) -> ApiError {
    let message = cause.to_string();
    let named = message.split('`').nth(1).unwrap_or_default();
    let join = |name: &str| match path {
        "." | "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    let (field, code, text) = if message.starts_with("missing field") {
        (
            join(named),
            "required",
            Text::fixed("Wajib diisi.", "This is required."),
        )
    } else if message.starts_with("unknown field") {
        let text = Text::fixed("Isian ini tidak dikenal.", "This field is not known.");
        // serde_path_to_error already ends the path with the unknown field's name.
        (
            if path.ends_with(named) {
                path.to_owned()
            } else {
                join(named)
            },
            "unknown_field",
            text,
        )
    } else if message.starts_with("unknown variant") {
        (path.to_owned(), "not_in_list", one_of(&message))
    } else if is_about_a_date(&message) {
        let text = Text::fixed(
            "Tanggal ini tidak ada. Tulis sebagai tahun-bulan-hari, misalnya 2026-03-24.",
            "There is no such date. Write it as year-month-day, for example 2026-03-24.",
        );
        (path.to_owned(), "not_a_date", text)
    } else {
        let text = Text::fixed(
            "Jenis atau bentuk isian ini tidak sesuai.",
            "This value has the wrong type or form.",
        );
        (path.to_owned(), "wrong_type", text)
    };
    ApiError::invalid(vec![FieldError {
        field,
        code,
        message: text,
    }])
}

/// serde ends its message with the words it knows, quoted.
fn one_of(message: &str) -> Text {
    let words = message.rsplit_once("expected ").map_or("", |(_, words)| words);
    let known: Vec<&str> = words.split('`').skip(1).step_by(2).collect();
    let known = known.join(", ");
    Text::new(
        format!("Pilih salah satu: {known}."),
        format!("Choose one of: {known}."),
    )
}

/// The words of chrono's parse errors.
fn is_about_a_date(message: &str) -> bool {
    [
        "input is out of range",
        "input contains invalid characters",
        "premature end of input",
        "trailing input",
        "no possible date and time",
    ]
    .iter()
    .any(|words| message.starts_with(words))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only parsed")]
    struct Inner {
        name: String,
    }

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only parsed")]
    struct Outer {
        steps: Vec<Inner>,
    }

    fn field(json: &str) -> (String, &'static str) {
        let error = parse::<Outer>(json.as_bytes()).unwrap_err();
        let field = &error.fields()[0];
        (field.field.clone(), field.code)
    }

    #[test]
    fn names_the_field() {
        assert_eq!(field(r#"{"steps":[{}]}"#), ("steps.0.name".into(), "required"));
        assert_eq!(field(r#"{}"#), ("steps".into(), "required"));
        assert_eq!(
            field(r#"{"steps":[{"name":3}]}"#),
            ("steps.0.name".into(), "wrong_type")
        );
        assert_eq!(field(r#"{"steps":[],"x":1}"#), ("x".into(), "unknown_field"));
    }
}
