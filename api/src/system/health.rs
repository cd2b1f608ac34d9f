//! Is it alive, is it ready, how is it doing; and the public keys of access tokens.

use actix_web::{HttpResponse, web};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    auth::Public,
    db::{Db, Origin},
    endpoints,
    error::{ApiResult, ErrorCode},
    http::endpoint::Endpoints,
};

/// The public keys that check access tokens (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct JsonWebKeySet {
    /// The keys, newest first.
    pub keys: Vec<JsonWebKey>,
}

/// One Ed25519 key (RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
pub struct JsonWebKey {
    /// `OKP`.
    pub kty: String,
    /// `Ed25519`.
    pub crv: String,
    /// `EdDSA`.
    pub alg: String,
    /// `sig`.
    #[serde(rename = "use")]
    pub usage: String,
    /// Its id, in the header of tokens.
    pub kid: String,
    /// The key, base64url.
    pub x: String,
}

/// Get the keys that check access tokens
#[utoipa::path(get, path = "/api/v1/auth/jwks.json", tag = "auth", responses((status = 200, body = JsonWebKeySet)))]
async fn get_jwks(who: Public) -> web::Json<JsonWebKeySet> {
    let keys = who.app.shared.token_keys.all().iter().map(|key| JsonWebKey {
        kty: "OKP".into(),
        crv: "Ed25519".into(),
        alg: "EdDSA".into(),
        usage: "sig".into(),
        kid: key.kid.clone(),
        x: URL_SAFE_NO_PAD.encode(&key.public),
    });
    web::Json(JsonWebKeySet { keys: keys.collect() })
}

/// The process runs.
async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers and is migrated.
async fn readyz(app: web::Data<App>) -> ApiResult<&'static str> {
    ready(&app.db).await?;
    Ok("ready\n")
}

async fn ready(db: &Db) -> ApiResult<()> {
    let tx = db.system(Origin::default()).await?;
    let pending = migration::pending(&tx).await?;
    if pending.is_empty() {
        return Ok(());
    }
    tracing::error!(?pending, "the database is not migrated");
    Err(ErrorCode::Unavailable.into())
}

async fn metrics(handle: web::Data<PrometheusHandle>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(handle.render())
}

/// Routes for operators; they are not part of the documented API.
pub fn register(config: &mut web::ServiceConfig) {
    config
        .route("/healthz", web::get().to(healthz))
        .route("/readyz", web::get().to(readyz))
        .route("/metrics", web::get().to(metrics));
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_jwks);
}
