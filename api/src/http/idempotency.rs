//! A write that may be sent twice: the answer is stored with the write, in its transaction, under the client's key.

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::StatusCode, http::header};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};
use serde::Serialize;
use std::future::{Ready, ready};

use utoipa::openapi::{Required, path::Operation};

use super::{
    Created,
    endpoint::{Argument, describe_header, describe_problem},
    etag,
};
use crate::{
    db::Transaction,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Text},
};

/// The `Idempotency-Key` header, if there is one.
#[derive(Clone, Debug, Default)]
pub struct IdempotencyKey(Option<String>);

impl IdempotencyKey {
    /// The key, for operations whose answer holds a secret and must not be stored.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl FromRequest for IdempotencyKey {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(header) = request.headers().get("idempotency-key") else {
            return ready(Ok(Self(None)));
        };
        let key = header.to_str().ok().map(str::trim);
        ready(match key {
            Some(key) if (1..=128).contains(&key.len()) => Ok(Self(Some(key.to_owned()))),
            _ => Err(ApiError::invalid(vec![FieldError {
                field: "Idempotency-Key".into(),
                code: "out_of_range",
                message: Text::fixed("Isi 1 sampai 128 karakter ASCII.", "Give 1 to 128 ASCII characters."),
            }])),
        })
    }
}

impl Argument for IdempotencyKey {
    fn describe(operation: &mut Operation) {
        describe_header(
            operation,
            "Idempotency-Key",
            "Makes it safe to send the request again",
            Required::False,
        );
        describe_problem(operation, ErrorCode::IdempotencyKeyReused);
    }
}

#[derive(FromQueryResult)]
struct Stored {
    request_hash: Vec<u8>,
    status: Option<i16>,
    etag: Option<String>,
    body: Option<serde_json::Value>,
}

/// Does `work` in `tx` and commits, once per key: a repeated request gets the stored answer and changes nothing.
///
/// `operation` and the account separate the keys of different operations and people.
///
/// # Errors
/// What `work` returns (then nothing is kept and the key is free again); 422 when the key was used with another body.
pub async fn create_once<X, T>(
    tx: X,
    operation: &str,
    key: IdempotencyKey,
    request_hash: [u8; 32],
    work: impl AsyncFnOnce(&X) -> ApiResult<Created<T>>,
) -> ApiResult<HttpResponse>
where
    X: Transaction,
    T: Serialize,
{
    let Some(key) = key.0 else {
        let created = work(&tx).await?;
        tx.commit().await?;
        return answer(&created);
    };
    let actor = tx.origin().actor_id.map(|id| id.to_string()).unwrap_or_default();
    let id = format!("{operation} {actor} {key}");
    if let Some(stored) = claim(&tx, &id, &request_hash).await? {
        return replay(stored, &request_hash);
    }
    let created = work(&tx).await?;
    store(&tx, &id, &created).await?;
    tx.commit().await?;
    answer(&created)
}

fn table<X: Transaction>(tx: &X) -> &'static str {
    if tx.district().is_some() {
        "idempotency_key"
    } else {
        "system_idempotency_key"
    }
}

/// Takes the key, or waits for the transaction that has it and reads what that one stored.
async fn claim<X: Transaction>(tx: &X, id: &str, hash: &[u8; 32]) -> Result<Option<Stored>, DbErr> {
    let table = table(tx);
    let claimed = tx
        .execute_raw(statement(
            tx,
            &format!("INSERT INTO {table} (id, request_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING"),
            [id.into(), hash.to_vec().into()],
        ))
        .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    Stored::find_by_statement(statement(
        tx,
        &format!(
            "SELECT request_hash, status, etag, body FROM {table} WHERE id = $1 {}",
            and_district(tx)
        ),
        [id.into()],
    ))
    .one(tx)
    .await
}

async fn store<X: Transaction, T: Serialize>(tx: &X, id: &str, created: &Created<T>) -> ApiResult<()> {
    let body = serde_json::to_value(&created.value).map_err(ApiError::internal)?;
    let status = i32::from(StatusCode::CREATED.as_u16());
    let sql = format!(
        "UPDATE {} SET status = $2, etag = $3, body = $4 WHERE id = $1 {}",
        table(tx),
        and_district(tx)
    );
    let etag = created.version.map(etag::of);
    tx.execute_raw(statement(
        tx,
        &sql,
        [id.into(), status.into(), etag.into(), body.into()],
    ))
    .await?;
    Ok(())
}

fn and_district<X: Transaction>(tx: &X) -> String {
    tx.district()
        .map(|district| format!("AND district_id = {district}"))
        .unwrap_or_default()
}

fn statement<const N: usize>(tx: &impl ConnectionTrait, sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(tx.get_database_backend(), sql, values)
}

fn answer<T: Serialize>(created: &Created<T>) -> ApiResult<HttpResponse> {
    let body = serde_json::to_value(&created.value).map_err(ApiError::internal)?;
    Ok(respond(
        StatusCode::CREATED,
        created.version.map(etag::of),
        &body,
        false,
    ))
}

fn replay(stored: Stored, hash: &[u8; 32]) -> ApiResult<HttpResponse> {
    if stored.request_hash != hash {
        return Err(ErrorCode::IdempotencyKeyReused.into());
    }
    let status = stored.status.and_then(|status| u16::try_from(status).ok());
    let status = status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(StatusCode::CREATED);
    Ok(respond(status, stored.etag, &stored.body.unwrap_or_default(), true))
}

fn respond(status: StatusCode, tag: Option<String>, body: &serde_json::Value, replayed: bool) -> HttpResponse {
    let mut answer = HttpResponse::build(status);
    if let Some(tag) = tag {
        answer.insert_header((header::ETAG, tag));
    }
    if replayed {
        answer.insert_header(("idempotency-replayed", "true"));
    }
    answer.json(body)
}
