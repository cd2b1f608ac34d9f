//! What one session may do: account and memberships, read from the database and kept for seconds.
//!
//! Tokens carry no rights. Revoking a session, changing a role or disabling an account works at once in this process
//! ([`AccessCache::forget_account`]) and within [`KEEP`] in others.

use std::{sync::Arc, time::Duration};

use entity::{account, account_credential, district, district_role, ids::*, membership, session};
use moka::future::Cache;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    keys::TokenKeys,
    permission::{Permission, PermissionSet},
    role::{self, Scope},
    token::{self, Claims, RandomToken},
};
use crate::{
    db::{Db, Origin, SystemTx},
    districts::standing::Standing,
    error::{ApiResult, ErrorCode},
};

/// How long another process may go on with what it knew.
pub const KEEP: Duration = Duration::from_secs(10);

/// A tenant as requests need it.
#[derive(Clone, Debug)]
pub struct DistrictRef {
    /// The tenant.
    pub id: DistrictId,
    /// Its Kemendagri code, dotted.
    pub code: String,
    /// The province's code.
    pub province_code: String,
    /// Whether people may work there.
    pub standing: Standing,
}

impl From<&district::Model> for DistrictRef {
    fn from(row: &district::Model) -> Self {
        Self {
            id: row.id,
            code: row.code.clone(),
            province_code: row.province_code.clone(),
            standing: Standing::of(row),
        }
    }
}

/// One membership with what it allows.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// Where it holds.
    pub scope: Scope,
    /// The district, for district memberships.
    pub district: Option<DistrictRef>,
    /// Name of district, province or nation, and the district's own unit name.
    pub area_name: String,
    /// The district's own name of its centre.
    pub unit_name: Option<String>,
    /// The province, for province memberships.
    pub province_code: Option<String>,
    /// The role's key.
    pub role_key: String,
    /// The name of a district's own role; built-in roles have theirs in code.
    pub own_role_name: Option<String>,
    /// What it allows.
    pub permissions: PermissionSet,
    /// Whether it asks for a second factor.
    pub needs_second_factor: bool,
}

impl Membership {
    /// False in an archived district, which its own people cannot open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let standing = self.district.as_ref().map(|district| district.standing);
        standing != Some(Standing::Archived)
    }

    /// False in a district that is suspended or archived.
    #[must_use]
    pub fn is_active(&self) -> bool {
        let standing = self.district.as_ref().map(|district| district.standing);
        standing.is_none_or(|standing| standing == Standing::Active)
    }
}

/// What one session may do.
#[derive(Clone, Debug)]
pub struct Access {
    /// The account.
    pub account_id: AccountId,
    /// The session.
    pub session_id: SessionId,
    /// The account's email.
    pub email: String,
    /// The account's name.
    pub name: String,
    /// Whether the account has a second factor.
    pub has_second_factor: bool,
    /// Its memberships.
    pub memberships: Vec<Membership>,
}

/// Whether a membership grants a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// It does.
    Yes,
    /// It would, once the second factor is set up.
    AfterSecondFactor,
    /// It does not.
    No,
}

impl Access {
    /// The memberships that reach `district`: its own unless it is archived, its province's, the nation's.
    pub fn reaching<'a>(&'a self, district: &'a DistrictRef) -> impl Iterator<Item = &'a Membership> {
        self.memberships
            .iter()
            .filter(move |membership| match membership.scope {
                Scope::District => {
                    district.standing != Standing::Archived
                        && membership.district.as_ref().is_some_and(|own| own.id == district.id)
                }
                Scope::Province => membership.province_code.as_deref() == Some(&district.province_code),
                Scope::Nation => true,
            })
    }

    /// Whether any of `memberships` grants `permission`. `second_factor_rule` is off in demo mode.
    pub fn grant<'a>(
        &self,
        memberships: impl Iterator<Item = &'a Membership>,
        permission: Permission,
        second_factor_rule: bool,
    ) -> Grant {
        memberships
            .filter(|membership| membership.permissions.has(permission))
            .map(|membership| {
                if second_factor_rule && membership.needs_second_factor && !self.has_second_factor {
                    Grant::AfterSecondFactor
                } else {
                    Grant::Yes
                }
            })
            .fold(Grant::No, |best, grant| match (best, grant) {
                (Grant::Yes, _) | (_, Grant::Yes) => Grant::Yes,
                (_, grant) => grant,
            })
    }
}

/// Sessions and districts that were read, and tokens whose signature was checked, a moment ago.
#[derive(Clone, Debug)]
pub struct AccessCache {
    tokens: Cache<Vec<u8>, Claims>,
    sessions: Cache<SessionId, Option<Arc<Access>>>,
    districts: Cache<String, Option<DistrictRef>>,
}

impl Default for AccessCache {
    fn default() -> Self {
        Self {
            tokens: Cache::builder().max_capacity(20_000).time_to_live(KEEP).build(),
            sessions: Cache::builder()
                .max_capacity(20_000)
                .time_to_live(KEEP)
                .support_invalidation_closures()
                .build(),
            districts: Cache::builder().max_capacity(2_000).time_to_live(KEEP).build(),
        }
    }
}

impl AccessCache {
    /// The claims of an access token. Its signature is checked once and not with each request of a page.
    ///
    /// # Errors
    /// As [`token::verify`].
    pub async fn claims(&self, keys: &TokenKeys, token: &str) -> ApiResult<Claims> {
        let hash = RandomToken::hash(token);
        if let Some(claims) = self.tokens.get(&hash).await.filter(Claims::is_current) {
            return Ok(claims);
        }
        let claims = token::verify(keys, token)?;
        self.tokens.insert(hash, claims.clone()).await;
        Ok(claims)
    }

    /// What the session of `claims` may do.
    ///
    /// # Errors
    /// 401 when the session was revoked or has ended or the account is disabled.
    pub async fn access(&self, db: &Db, claims: &Claims) -> ApiResult<Arc<Access>> {
        let (session, account) = (claims.sid, claims.sub);
        let found = match self.sessions.get(&session).await {
            Some(found) => found,
            None => {
                let tx = db.system(Origin::default()).await?;
                let found = load(&tx, session, account).await?.map(Arc::new);
                self.sessions.insert(session, found.clone()).await;
                found
            }
        };
        found
            .filter(|access| access.account_id == account)
            .ok_or_else(|| ErrorCode::SessionExpired.into())
    }

    /// True while the session with which somebody came is open.
    pub async fn is_open(&self, db: &Db, known: &Access) -> bool {
        if let Some(found) = self.sessions.get(&known.session_id).await {
            return found.is_some();
        }
        let Ok(tx) = db.system(Origin::default()).await else {
            return false;
        };
        match load(&tx, known.session_id, known.account_id).await {
            Ok(found) => {
                let found = found.map(Arc::new);
                self.sessions.insert(known.session_id, found.clone()).await;
                found.is_some()
            }
            Err(_) => false,
        }
    }

    /// The tenant with that code.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn district(&self, db: &Db, code: &str) -> ApiResult<Option<DistrictRef>> {
        if DistrictId::for_new_district(code).is_none() {
            return Ok(None);
        }
        if let Some(found) = self.districts.get(code).await {
            return Ok(found);
        }
        let tx = db.system(Origin::default()).await?;
        let row = district::Entity::find()
            .filter(district::Column::Code.eq(code))
            .one(&tx)
            .await?;
        let found = row.as_ref().map(DistrictRef::from);
        self.districts.insert(code.to_owned(), found.clone()).await;
        Ok(found)
    }

    /// Reads everything about `account` anew from now on.
    pub fn forget_account(&self, account: AccountId) {
        // Fails only when the closure registry is off, and it is on above.
        let _ = self
            .sessions
            .invalidate_entries_if(move |_, access| access.as_ref().is_none_or(|access| access.account_id == account));
    }

    /// Reads everything about `district` anew from now on.
    pub async fn forget_district(&self, code: &str) {
        self.districts.invalidate(code).await;
        self.sessions.invalidate_all();
    }
}

async fn load(tx: &SystemTx, session_id: SessionId, account_id: AccountId) -> ApiResult<Option<Access>> {
    let live = session::Entity::find_by_id(session_id)
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(chrono::Utc::now()))
        .one(tx)
        .await?;
    if live.is_none() {
        return Ok(None);
    }
    let account = account::Entity::find_by_id(account_id)
        .filter(account::Column::DisabledAt.is_null())
        .one(tx)
        .await?;
    let Some(account) = account else {
        return Ok(None);
    };
    let credential = account_credential::Entity::find_by_id(account_id).one(tx).await?;
    Ok(Some(Access {
        account_id,
        session_id,
        email: account.email,
        name: account.name,
        has_second_factor: credential.is_some_and(|credential| credential.totp_confirmed_at.is_some()),
        memberships: memberships(tx, account_id).await?,
    }))
}

async fn memberships(tx: &SystemTx, account: AccountId) -> ApiResult<Vec<Membership>> {
    let rows = membership::Entity::find()
        .filter(membership::Column::AccountId.eq(account))
        .all(tx)
        .await?;
    let ids: Vec<DistrictId> = rows.iter().filter_map(|row| row.district_id).collect();
    let districts = district::Entity::find()
        .filter(district::Column::Id.is_in(ids.clone()))
        .all(tx)
        .await?;
    let own_roles = district_role::Entity::find()
        .filter(district_role::Column::DistrictId.is_in(ids))
        .all(tx)
        .await?;
    let provinces = province_names(tx, &rows).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let district = districts.iter().find(|district| Some(district.id) == row.district_id);
            let own = own_roles
                .iter()
                .find(|own| Some(own.district_id) == row.district_id && own.key == row.role_key);
            let province = provinces
                .iter()
                .find(|(code, _)| Some(code) == row.province_code.as_ref());
            resolve(row, district, own, province.map(|(_, name)| name.clone()))
        })
        .collect())
}

async fn province_names(tx: &SystemTx, rows: &[membership::Model]) -> ApiResult<Vec<(String, String)>> {
    let codes: Vec<String> = rows.iter().filter_map(|row| row.province_code.clone()).collect();
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let regions = entity::region::Entity::find()
        .filter(entity::region::Column::Code.is_in(codes))
        .all(tx)
        .await?;
    Ok(regions
        .into_iter()
        .map(|region| (region.code, region.full_name))
        .collect())
}

/// A membership whose role no longer exists grants nothing but stays visible to its holder.
fn resolve(
    row: membership::Model,
    district: Option<&district::Model>,
    own_role: Option<&district_role::Model>,
    province_name: Option<String>,
) -> Option<Membership> {
    let scope = match row.scope.as_str() {
        "district" => Scope::District,
        "province" => Scope::Province,
        "nation" => Scope::Nation,
        _ => return None,
    };
    let built_in = role::built_in(scope, &row.role_key);
    let permissions = match (built_in, own_role) {
        (Some(role), _) => role.permissions(),
        (None, Some(own)) => role::district_permissions(&own.permissions),
        (None, None) => PermissionSet::default(),
    };
    Some(Membership {
        id: row.id,
        scope,
        area_name: match scope {
            Scope::District => district.map(|district| district.name.clone()).unwrap_or_default(),
            Scope::Province => province_name.unwrap_or_default(),
            Scope::Nation => "Indonesia".to_owned(),
        },
        unit_name: district.map(|district| district.unit_name.clone()),
        district: district.map(DistrictRef::from),
        province_code: row.province_code,
        needs_second_factor: match built_in {
            Some(role) => role.needs_second_factor,
            None => role::own_role_needs_second_factor(permissions),
        },
        own_role_name: built_in
            .is_none()
            .then(|| own_role.map(|own| own.name.clone()))
            .flatten(),
        role_key: row.role_key,
        permissions,
    })
}
