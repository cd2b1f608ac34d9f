//! A package or a whole setup as the body of a request.

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use futures_util::{StreamExt, future::LocalBoxFuture};
use sha2::{Digest, Sha256};

use super::parse;
use crate::{
    error::{ApiError, ErrorCode, Text},
    http::endpoint::Argument,
};

/// The bytes of a JSON file of at most so many megabytes (2²⁰ bytes), not yet parsed.
#[derive(Debug)]
pub struct JsonFile<const MEGABYTES: usize> {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256, for [`crate::http::IdempotencyKey`].
    pub hash: [u8; 32],
}

impl<const MEGABYTES: usize> Argument for JsonFile<MEGABYTES> {}

impl<const MEGABYTES: usize> FromRequest for JsonFile<MEGABYTES> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        let is_json = kind.is_some_and(|kind| {
            kind.split(';')
                .next()
                .is_some_and(|kind| kind.trim() == "application/json")
        });
        let mut payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err(ApiError::new(ErrorCode::UnsupportedMediaType).detail(Text::fixed(
                    "Kirim berkasnya sebagai application/json.",
                    "Send the file as application/json.",
                )));
            }
            let mut bytes = Vec::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|_| ApiError::new(ErrorCode::BadRequest))?;
                if bytes.len() + chunk.len() > MEGABYTES << 20 {
                    return Err(parse::too_large(MEGABYTES));
                }
                bytes.extend_from_slice(&chunk);
            }
            let hash = Sha256::digest(&bytes).into();
            Ok(Self { bytes, hash })
        })
    }
}
