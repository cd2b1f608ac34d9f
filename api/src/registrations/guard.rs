//! The guard of applicants, who have no account yet.

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chrono::Utc;
use entity::{ids::RegistrationId, registration_token};
use futures_util::future::LocalBoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    app::App,
    auth::{Public, token::RandomToken},
    db::SystemTx,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::endpoint::Guard,
};

const HEADER: &str = "x-registration-token";
/// How the audit trail calls an applicant.
const ACTOR: &str = "pendaftar";

/// Whoever shows a token of the application in the path may call. Counted per address.
#[derive(Debug)]
pub struct Registrant {
    public: Public,
    /// The application.
    pub registration_id: RegistrationId,
}

impl Registrant {
    /// A transaction on identity and plumbing; only this application is the applicant's business in it.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn system(&self) -> ApiResult<SystemTx> {
        self.public.system().await
    }

    /// The service.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.public.app
    }
}

impl Guard for Registrant {
    const SCHEME: Option<&'static str> = Some("registration_token");
    const REFUSALS: &'static [ErrorCode] = &[
        ErrorCode::Unauthenticated,
        ErrorCode::NotFound,
        ErrorCode::TooManyRequests,
    ];
}

impl FromRequest for Registrant {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let mut public = Public::extract(&request).await?;
            ACTOR.clone_into(&mut public.origin.actor_name);
            let token = request.headers().get(HEADER).ok_or_else(no_token)?;
            let hash = RandomToken::hash(token.to_str().map_err(|_| ErrorCode::NotFound)?);
            let id = request.match_info().get("registration_id").unwrap_or_default();
            let registration_id = Uuid::parse_str(id)
                .map(RegistrationId)
                .map_err(|_| ErrorCode::NotFound)?;
            let tx = public.system().await?;
            registration_token::Entity::find_by_id(hash)
                .filter(registration_token::Column::RegistrationId.eq(registration_id))
                .filter(registration_token::Column::ExpiresAt.gt(Utc::now()))
                .one(&tx)
                .await?
                .ok_or(ErrorCode::NotFound)?;
            Ok(Self {
                public,
                registration_id,
            })
        })
    }
}

fn no_token() -> ApiError {
    ApiError::new(ErrorCode::Unauthenticated).detail(Text::fixed(
        "Buka permohonan melalui tautan di surel Anda, atau di perangkat tempat permohonan dibuat.",
        "Open the application with the link in your mail, or on the device where it was made.",
    ))
}
