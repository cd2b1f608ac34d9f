//! Guards: the first argument of every handler. Each decides whether the request may go on, and only then hands out
//! transactions. Order of refusals: 401 unknown, 404 not yours to know about, 403 known but not
//! permitted, 423 permitted but the district is suspended.

use std::{marker::PhantomData, sync::Arc};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web};
use entity::{district, ids::DistrictId};
use futures_util::future::LocalBoxFuture;
use sea_orm::sea_query::LockType;

use super::{
    access::{Access, DistrictRef, Grant, Membership},
    permission::{Permission, PermissionType},
    role::{DISTRICT_ADMIN_KEY, Scope},
};
use crate::{
    app::App,
    db::{Origin, OversightTx, SystemTx, TenantTx},
    districts::standing::{self, Standing},
    error::{ApiError, ApiResult, ErrorCode},
    http::{client_address, endpoint::Guard, middleware::RequestId},
};

/// Anybody may call. Counted per address.
#[derive(Debug)]
pub struct Public {
    /// The service.
    pub app: App,
    /// Where the request came from; nobody is behind it.
    pub origin: Origin,
}

/// Whoever is signed in may call.
#[derive(Debug)]
pub struct SignedIn {
    /// The service.
    pub app: App,
    /// Who is behind the request and where it came from.
    pub origin: Origin,
    /// What the session may do.
    pub access: Arc<Access>,
}

/// Whoever holds permission `P` for the district in the path may call.
#[derive(Debug)]
pub struct InDistrict<P> {
    /// Who it is.
    pub signed_in: SignedIn,
    /// The district in the path.
    pub district: DistrictRef,
    /// The request changes something, and only while the district is active.
    needs_active: bool,
    permission: PhantomData<P>,
}

/// Province and ministry staff who hold permission `P` may call.
#[derive(Debug)]
pub struct Oversight<P> {
    /// Who it is.
    pub signed_in: SignedIn,
    /// What they may look at.
    pub reach: Reach,
    permission: PhantomData<P>,
}

/// What province and ministry staff may look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything.
    Nation,
    /// The provinces with these codes.
    Provinces(Vec<String>),
}

impl Public {
    /// A transaction on identity and plumbing.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn system(&self) -> ApiResult<SystemTx> {
        Ok(self.app.db.system(self.origin.clone()).await?)
    }
}

impl SignedIn {
    /// A transaction on identity and plumbing.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn system(&self) -> ApiResult<SystemTx> {
        Ok(self.app.db.system(self.origin.clone()).await?)
    }
}

impl<P> InDistrict<P> {
    /// A transaction in which only this district's rows exist. A request that changes something holds the district to its
    /// standing until the end.
    ///
    /// # Errors
    /// 423 when the district was suspended meanwhile; when no connection can be had.
    pub async fn tenant(&self) -> ApiResult<TenantTx> {
        let tx = self.begin().await?;
        if self.needs_active {
            standing::hold(&tx, LockType::Share).await?;
        }
        Ok(tx)
    }

    /// As [`Self::tenant`], for a request that changes the row of the district itself, which comes with it.
    ///
    /// # Errors
    /// 423 when the district was suspended meanwhile; when no connection can be had.
    pub async fn tenant_to_change(&self) -> ApiResult<(TenantTx, district::Model)> {
        let tx = self.begin().await?;
        // Not the lock of a deletion, for which rows that refer to the district would wait.
        let row = if self.needs_active {
            standing::hold(&tx, LockType::NoKeyUpdate).await?
        } else {
            standing::lock(&tx, LockType::NoKeyUpdate).await?
        };
        Ok((tx, row))
    }

    async fn begin(&self) -> ApiResult<TenantTx> {
        let app = &self.signed_in.app;
        Ok(app.db.tenant(self.district.id, self.signed_in.origin.clone()).await?)
    }

    /// The membership in this very district; none for those who only oversee it.
    #[must_use]
    pub fn own_membership(&self) -> Option<&Membership> {
        let mut memberships = self.signed_in.access.memberships.iter();
        memberships.find(|membership| {
            let district = membership.district.as_ref().map(|district| district.id);
            membership.scope == Scope::District && district == Some(self.district.id)
        })
    }

    /// True of the district's coordinators, and of those who oversee it: they see what is addressed to coordinators only.
    #[must_use]
    pub fn sees_as_coordinator(&self) -> bool {
        let own = self.own_membership();
        own.is_none_or(|membership| membership.role_key == DISTRICT_ADMIN_KEY)
    }

    /// The service.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.signed_in.app
    }

    /// The district.
    #[must_use]
    pub const fn district_id(&self) -> DistrictId {
        self.district.id
    }
}

impl<P> Oversight<P> {
    /// A transaction on identity and plumbing; what is read in it must be narrowed to [`Oversight::reach`].
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn system(&self) -> ApiResult<SystemTx> {
        self.signed_in.system().await
    }

    /// A transaction that reads what lies within reach; the database hides the rest.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn within_reach(&self) -> ApiResult<OversightTx> {
        let provinces = match &self.reach {
            Reach::Nation => None,
            Reach::Provinces(codes) => Some(codes.as_slice()),
        };
        let (db, origin) = (&self.signed_in.app.db, self.signed_in.origin.clone());
        Ok(db.oversight(provinces, origin).await?)
    }

    /// The service.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.signed_in.app
    }
}

impl Reach {
    /// True when the province with that code is within reach.
    #[must_use]
    pub fn covers(&self, province_code: &str) -> bool {
        match self {
            Self::Nation => true,
            Self::Provinces(codes) => codes.iter().any(|code| code == province_code),
        }
    }
}

impl Guard for Public {
    const SCHEME: Option<&'static str> = None;
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::TooManyRequests];
}

impl Guard for SignedIn {
    const SCHEME: Option<&'static str> = Some("bearer");
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::Unauthenticated, ErrorCode::TooManyRequests];
}

impl<P: PermissionType> Guard for InDistrict<P> {
    const SCHEME: Option<&'static str> = Some("bearer");
    const REFUSALS: &'static [ErrorCode] = &[
        ErrorCode::Unauthenticated,
        ErrorCode::Forbidden,
        ErrorCode::NotFound,
        ErrorCode::TooManyRequests,
    ];
    const WRITE_REFUSALS: &'static [ErrorCode] = &[ErrorCode::DistrictSuspended];
    fn permission() -> Option<&'static str> {
        Some(P::PERMISSION.key())
    }
}

impl<P: PermissionType> Guard for Oversight<P> {
    const SCHEME: Option<&'static str> = Some("bearer");
    const REFUSALS: &'static [ErrorCode] = &[
        ErrorCode::Unauthenticated,
        ErrorCode::Forbidden,
        ErrorCode::TooManyRequests,
    ];
    fn permission() -> Option<&'static str> {
        Some(P::PERMISSION.key())
    }
}

type Extracted<T> = LocalBoxFuture<'static, ApiResult<T>>;

impl FromRequest for Public {
    type Error = ApiError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = app(&request)?;
            let origin = origin(&app, &request);
            let address = client_address(app.shared.config.behind_proxy, &request);
            app.shared.rate_limits.count_address(&request, address)?;
            Ok(Self { app, origin })
        })
    }
}

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { signed_in(&request).await })
    }
}

impl<P: PermissionType> FromRequest for InDistrict<P> {
    type Error = ApiError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let signed_in = signed_in(&request).await?;
            let app = &signed_in.app;
            let code = request.match_info().get("code").unwrap_or_default();
            let district = app
                .shared
                .access
                .district(&app.db, code)
                .await?
                .ok_or(ErrorCode::NotFound)?;
            let access = &signed_in.access;
            if access.reaching(&district).next().is_none() {
                return Err(ErrorCode::NotFound.into());
            }
            let rule = app.shared.second_factor_rule();
            permit(access.grant(access.reaching(&district), P::PERMISSION, rule))?;
            let needs_active = !request.method().is_safe() && P::PERMISSION != Permission::DistrictsManage;
            if needs_active && district.standing != Standing::Active {
                return Err(ErrorCode::DistrictSuspended.into());
            }
            Ok(Self {
                signed_in,
                district,
                needs_active,
                permission: PhantomData,
            })
        })
    }
}

impl<P: PermissionType> FromRequest for Oversight<P> {
    type Error = ApiError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let signed_in = signed_in(&request).await?;
            let access = &signed_in.access;
            let rule = signed_in.app.shared.second_factor_rule();
            let of_scope = |scope| {
                access
                    .memberships
                    .iter()
                    .filter(move |membership| membership.scope == scope)
            };
            let nation = access.grant(of_scope(Scope::Nation), P::PERMISSION, rule);
            let province = access.grant(of_scope(Scope::Province), P::PERMISSION, rule);
            let reach = if nation == Grant::Yes {
                Reach::Nation
            } else {
                permit(if province == Grant::No { nation } else { province })?;
                let holds = of_scope(Scope::Province).filter(|membership| membership.permissions.has(P::PERMISSION));
                Reach::Provinces(
                    holds
                        .filter_map(|membership| membership.province_code.clone())
                        .collect(),
                )
            };
            Ok(Self {
                signed_in,
                reach,
                permission: PhantomData,
            })
        })
    }
}

fn permit(grant: Grant) -> ApiResult<()> {
    match grant {
        Grant::Yes => Ok(()),
        Grant::AfterSecondFactor => Err(ErrorCode::SecondFactorSetupRequired.into()),
        Grant::No => Err(ErrorCode::Forbidden.into()),
    }
}

fn app(request: &HttpRequest) -> ApiResult<App> {
    request
        .app_data::<web::Data<App>>()
        .map(|app| app.get_ref().clone())
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("the application state is not registered")))
}

async fn signed_in(request: &HttpRequest) -> ApiResult<SignedIn> {
    let app = app(request)?;
    let token = bearer(request).ok_or(ErrorCode::Unauthenticated)?;
    let claims = app.shared.access.claims(&app.shared.token_keys, token).await?;
    app.shared.rate_limits.count_account(request, claims.sub)?;
    let access = app.shared.access.access(&app.db, &claims).await?;
    let origin = Origin {
        actor_id: Some(access.account_id),
        actor_name: access.name.clone(),
        ..origin(&app, request)
    };
    Ok(SignedIn { app, origin, access })
}

fn bearer(request: &HttpRequest) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn origin(app: &App, request: &HttpRequest) -> Origin {
    let text = |name: header::HeaderName, max: usize| -> String {
        let value = request
            .headers()
            .get(name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        value
            .map(|value| value.chars().filter(|c| !c.is_control()).take(max).collect())
            .unwrap_or_default()
    };
    Origin {
        actor_id: None,
        actor_name: String::new(),
        ip: client_address(app.shared.config.behind_proxy, request).to_string(),
        user_agent: text(header::USER_AGENT, 300),
        request_id: request
            .extensions()
            .get::<RequestId>()
            .map(|id| id.0.clone())
            .unwrap_or_default(),
    }
}
