//! Who am I: profile and memberships.

use actix_web::HttpRequest;
use entity::{account, ids::*};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    audit::{self, Change},
    auth::{SignedIn, access::Membership, role},
    db::Transaction,
    endpoints,
    error::{ApiResult, ErrorCode, Language},
    http::{Body, Checks, IfMatch, Tagged, endpoint::Endpoints, problem},
};

/// A language that the product speaks: Indonesian or English.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
#[allow(dead_code, reason = "only describes the word in the OpenAPI document")]
pub enum Locale {
    /// Bahasa Indonesia.
    Id,
    /// English.
    En,
}

/// The person who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The account.
    pub id: AccountId,
    /// The email to sign in with.
    #[schema(example = "admin.gowa@demo.satupintu.example")]
    pub email: String,
    /// The name others see.
    pub name: String,
    /// Language of screens and mails.
    #[schema(value_type = Locale)]
    pub locale: String,
    /// The second factor.
    pub second_factor: SecondFactorState,
    /// Where the person works, and as what.
    pub memberships: Vec<MyMembership>,
}

/// Whether there is a second factor and whether there must be.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactorState {
    /// It is set up.
    pub enabled: bool,
    /// A role of this person asks for it; until it is set up, that role may do nothing.
    pub required: bool,
}

/// A role in a district, a province or the nation.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyMembership {
    /// Its id.
    pub id: MembershipId,
    /// `district`, `province` or `nation`.
    #[schema(example = "district")]
    pub scope: String,
    /// Kemendagri code of the district, for district memberships.
    #[schema(example = "73.06")]
    pub district_code: Option<String>,
    /// Kemendagri code of the province, for province memberships.
    pub province_code: Option<String>,
    /// Name of the district, the province or the country.
    #[schema(example = "Kabupaten Gowa")]
    pub area_name: String,
    /// What the district calls its centre.
    pub unit_name: Option<String>,
    /// The role.
    #[schema(example = "district_admin")]
    pub role_key: String,
    /// Its name in the language of the request.
    pub role_name: String,
    /// What it may do.
    pub permissions: Vec<String>,
}

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeUpdate {
    /// The name others see.
    pub name: Option<String>,
    /// Language of screens and mails.
    #[schema(value_type = Option<Locale>)]
    pub locale: Option<String>,
}

fn describe(membership: &Membership, language: Language) -> MyMembership {
    let built_in = role::built_in(membership.scope, &membership.role_key);
    MyMembership {
        id: membership.id,
        scope: membership.scope.as_str().to_owned(),
        district_code: membership.district.as_ref().map(|district| district.code.clone()),
        province_code: membership.province_code.clone(),
        area_name: membership.area_name.clone(),
        unit_name: membership.unit_name.clone(),
        role_key: membership.role_key.clone(),
        role_name: match (built_in, &membership.own_role_name) {
            (Some(role), _) => role.text().in_language(language).to_owned(),
            (None, Some(name)) => name.clone(),
            (None, None) => membership.role_key.clone(),
        },
        // What would be refused in a suspended district is not offered either.
        permissions: membership
            .permissions
            .iter()
            .filter(|permission| membership.is_active() || permission.only_reads())
            .map(|permission| permission.key().to_owned())
            .collect(),
    }
}

fn me(who: &SignedIn, account: account::Model, language: Language) -> Tagged<Me> {
    let rule = who.app.shared.second_factor_rule();
    let memberships = &who.access.memberships;
    Tagged {
        version: account.version,
        value: Me {
            id: account.id,
            email: account.email,
            name: account.name,
            locale: account.locale,
            second_factor: SecondFactorState {
                enabled: who.access.has_second_factor,
                required: rule && memberships.iter().any(|membership| membership.needs_second_factor),
            },
            // Who was a member of an archived district has no workspace there any more.
            memberships: memberships
                .iter()
                .filter(|membership| membership.is_open())
                .map(|membership| describe(membership, language))
                .collect(),
        },
    }
}

/// See who is signed in
#[utoipa::path(get, path = "/api/v1/me", tag = "account", responses((status = 200, body = Me)))]
async fn get_me(who: SignedIn, request: HttpRequest) -> ApiResult<Tagged<Me>> {
    let tx = who.system().await?;
    let account = account::Entity::find_by_id(who.access.account_id).one(&tx).await?;
    let account = account.ok_or(ErrorCode::SessionExpired)?;
    Ok(me(&who, account, problem::language(&request)))
}

/// Change one's own name or language
#[utoipa::path(patch, path = "/api/v1/me", tag = "account", request_body = MeUpdate, responses((status = 200, body = Me)))]
async fn update_me(
    who: SignedIn,
    request: HttpRequest,
    version: IfMatch,
    body: Body<MeUpdate>,
) -> ApiResult<Tagged<Me>> {
    let mut checks = Checks::new();
    let name = body.value.name.as_deref().map(|name| checks.name("name", name, 120));
    if let Some(locale) = &body.value.locale {
        checks.one_of("locale", locale, &["id", "en"]);
    }
    checks.finish()?;
    let tx = who.system().await?;
    let account = account::Entity::find_by_id(who.access.account_id)
        .lock_exclusive()
        .one(&tx)
        .await?;
    let account = account
        .filter(|account| account.version == version.0)
        .ok_or(ErrorCode::Stale)?;
    let before = serde_json::json!({"name": account.name, "locale": account.locale});
    let next = account.version + 1;
    let mut account: account::ActiveModel = account.into();
    if let Some(name) = name {
        account.name = Set(name);
    }
    if let Some(locale) = body.value.locale {
        account.locale = Set(locale);
    }
    account.version = Set(next);
    account.updated_at = Set(chrono::Utc::now());
    let account = account.update(&tx).await?;
    let after = serde_json::json!({"name": account.name, "locale": account.locale});
    audit::record(
        &tx,
        Change::of("update", "account", account.id).before(before).after(after),
    )
    .await?;
    tx.commit().await?;
    who.app.shared.access.forget_account(account.id);
    Ok(me(&who, account, problem::language(&request)))
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_me, update_me);
}
