//! Path and query parameters, with our errors instead of plain text.

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

use super::endpoint::Argument;
use crate::error::{ApiError, ErrorCode, FieldError, Text};

/// Path parameters as a struct; the district's code is read by the guard and may be left out. A value of the wrong
/// form cannot name anything, so it is a 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let path = web::Path::<T>::from_request(request, payload).into_inner();
        ready(
            path.map(|path| Self(path.into_inner()))
                .map_err(|_| ErrorCode::NotFound.into()),
        )
    }
}

impl<T: DeserializeOwned + 'static> Argument for Path<T> {}

/// Query parameters as a struct.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = web::Query::<T>::from_query(request.query_string());
        ready(query.map(|query| Self(query.into_inner())).map_err(|error| {
            let message = error.to_string();
            ApiError::invalid(vec![FieldError {
                field: message.split('`').nth(1).unwrap_or("query").to_owned(),
                code: "wrong_type",
                message: Text::fixed(
                    "Parameter alamat ini tidak sesuai.",
                    "This query parameter has the wrong form.",
                ),
            }])
        }))
    }
}

impl<T: DeserializeOwned + 'static> Argument for Query<T> {}
