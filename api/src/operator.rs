//! What the operator of an installation does by command: accounts of ministry and province, from the first one to the end of
//! somebody's office.
//!
//! Whatever takes something away ends the sessions of the account. A service that runs notices within
//! [`KEEP`](crate::auth::access::KEEP).

use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, Duration, Utc};
use entity::{
    account, account_credential,
    ids::{AccountId, MembershipId},
    membership, one_time_token,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::{
    accounts::mails::{SecurityChange, tell_owner},
    audit::{self, Change},
    auth::{
        password,
        reset::void_links,
        role::{self, Scope},
        second_factor, session,
        token::RandomToken,
    },
    db::{Db, Origin, SystemTx, Transaction},
    http::Checks,
    members::join::insert_account,
};

/// A national or provincial account to make.
#[derive(Clone, Debug)]
pub struct NewOfficial {
    /// The email to sign in with.
    pub email: String,
    /// The name others see.
    pub name: String,
    /// A built-in role of the nation or a province, e.g. `nation_admin`.
    pub role_key: String,
    /// Kemendagri code of the province, for province roles.
    pub province_code: Option<String>,
}

/// Makes an account with a role in the nation or a province, and returns the token of a link with which its owner sets
/// the password. The account cannot be used before.
///
/// # Errors
/// When the input does not fit or the email has an account with that role.
pub async fn create_official(db: &Db, new: NewOfficial) -> Result<String> {
    let tx = db.system(Origin::system("operator")).await?;
    let mut checks = Checks::new();
    let email = checks.email("email", &new.email);
    let name = checks.name("name", &new.name, 120);
    if let Err(error) = checks.finish() {
        let first = error
            .fields()
            .first()
            .map(|field| format!("{}: {}", field.field, field.message.en));
        bail!("{}", first.unwrap_or_default());
    }
    let scope = if new.province_code.is_some() {
        Scope::Province
    } else {
        Scope::Nation
    };
    role::built_in(scope, &new.role_key)
        .with_context(|| format!("there is no role {} for a {}", new.role_key, scope.as_str()))?;
    let existing = account::Entity::find()
        .filter(account::Column::Email.eq(&email))
        .one(&tx)
        .await?;
    let account_id = match existing {
        Some(account) => account.id,
        None => {
            let unusable = password::hash_now(&RandomToken::generate().secret)?;
            insert_account(&tx, &email, &name, unusable).await?.id
        }
    };
    add_membership(&tx, account_id, scope, new.province_code, &new.role_key).await?;
    let token = RandomToken::generate();
    one_time_token::ActiveModel {
        token_hash: Set(token.hash.clone()),
        purpose: Set("password_reset".to_owned()),
        account_id: Set(Some(account_id)),
        subject_id: Set(None),
        created_at: Set(Utc::now()),
        expires_at: Set(Utc::now() + Duration::days(3)),
        used_at: Set(None),
    }
    .insert(&tx)
    .await?;
    let change = Change::of("create", "membership", account_id).after(serde_json::json!({ "role_key": new.role_key }));
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(token.secret)
}

/// Who is to have a role no longer.
#[derive(Clone, Debug)]
pub struct RoleToRemove {
    /// The email of the account.
    pub email: String,
    /// A built-in role of the nation or a province.
    pub role_key: String,
    /// Kemendagri code of the province, for province roles.
    pub province_code: Option<String>,
}

const NATION_ADMIN: &str = "nation_admin";

/// The account with that email, held until the transaction ends, so that no sign-in goes on with what was true before.
async fn hold(tx: &SystemTx, email: &str) -> Result<account::Model> {
    let email = email.trim().to_lowercase();
    let found = account::Entity::find().filter(account::Column::Email.eq(&email));
    let account = found
        .one(tx)
        .await?
        .with_context(|| format!("there is no account {email}"))?;
    account_credential::Entity::find_by_id(account.id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(account)
}

/// An installation without a national admin could not be administered. Locks all of them, so that two commands cannot each
/// take away the other's last one.
async fn keep_one_admin(tx: &SystemTx, account: AccountId) -> Result<()> {
    let admins = membership::Entity::find()
        .filter(membership::Column::Scope.eq(Scope::Nation.as_str()))
        .filter(membership::Column::RoleKey.eq(NATION_ADMIN))
        .order_by_asc(membership::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    if admins.iter().all(|admin| admin.account_id != account) {
        return Ok(());
    }
    let others = admins.iter().map(|admin| admin.account_id).filter(|id| *id != account);
    let able = account::Entity::find()
        .filter(account::Column::Id.is_in(others))
        .filter(account::Column::DisabledAt.is_null());
    if able.one(tx).await?.is_none() {
        bail!("this is the last national admin; make another one first with `account create`");
    }
    Ok(())
}

/// Ends what the account has open: sessions, and links that set a password.
async fn end_access(tx: &SystemTx, account: AccountId, why: &str) -> Result<u64> {
    let ended = session::revoke(tx, account, None, why).await;
    let ended = ended.map_err(|error| anyhow!("{error}"))?;
    void_links(tx, account).await.map_err(|error| anyhow!("{error}"))?;
    Ok(ended)
}

async fn set_disabled(tx: &SystemTx, account: account::Model, since: Option<DateTime<Utc>>) -> Result<()> {
    let version = account.version + 1;
    let mut row = account.into_active_model();
    row.disabled_at = Set(since);
    row.version = Set(version);
    row.updated_at = Set(Utc::now());
    row.update(tx).await?;
    Ok(())
}

/// Ends the use of an account, with its roles left as they are. Returns how many sessions were open.
///
/// # Errors
/// When there is none, it is disabled already, or it is the last national admin's.
pub async fn disable(db: &Db, email: &str) -> Result<u64> {
    let tx = db.system(Origin::system("operator")).await?;
    let account = hold(&tx, email).await?;
    if account.disabled_at.is_some() {
        bail!("this account is disabled already");
    }
    let id = account.id;
    keep_one_admin(&tx, id).await?;
    set_disabled(&tx, account, Some(Utc::now())).await?;
    let ended = end_access(&tx, id, "account_disabled").await?;
    audit::record(&tx, Change::of("disable", "account", id)).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Lets an account be used again, with the password, second factor and roles that it has.
///
/// # Errors
/// When there is none or it is not disabled.
pub async fn enable(db: &Db, email: &str) -> Result<()> {
    let tx = db.system(Origin::system("operator")).await?;
    let account = hold(&tx, email).await?;
    if account.disabled_at.is_none() {
        bail!("this account is not disabled");
    }
    let id = account.id;
    set_disabled(&tx, account, None).await?;
    audit::record(&tx, Change::of("enable", "account", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a role in the nation or a province away. Returns how many sessions were open.
///
/// # Errors
/// When the account does not have it, or is the last national admin's.
pub async fn remove_role(db: &Db, role: RoleToRemove) -> Result<u64> {
    let tx = db.system(Origin::system("operator")).await?;
    let account = hold(&tx, &role.email).await?.id;
    let mut held = membership::Entity::find()
        .filter(membership::Column::AccountId.eq(account))
        .filter(membership::Column::RoleKey.eq(&role.role_key));
    held = match &role.province_code {
        Some(code) => held.filter(membership::Column::ProvinceCode.eq(code)),
        None => held.filter(membership::Column::Scope.eq(Scope::Nation.as_str())),
    };
    let held = held
        .one(&tx)
        .await?
        .with_context(|| format!("this account does not have the role {} there", role.role_key))?;
    if held.role_key == NATION_ADMIN {
        keep_one_admin(&tx, account).await?;
    }
    let shown = serde_json::json!({
        "account_id": account, "role_key": held.role_key, "province_code": held.province_code,
    });
    let change = Change::of("delete", "membership", held.id).before(shown);
    held.delete(&tx).await?;
    let ended = end_access(&tx, account, "role_removed").await?;
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Turns the second factor of an account off, for somebody who has lost phone and recovery codes; the operator answers for who
/// it is. Returns how many sessions were open.
///
/// # Errors
/// When there is no such account or it has no second factor.
pub async fn reset_second_factor(db: &Db, email: &str) -> Result<u64> {
    let tx = db.system(Origin::system("operator")).await?;
    let owner = hold(&tx, email).await?;
    let account = owner.id;
    let credential = account_credential::Entity::find_by_id(account).one(&tx).await?;
    if credential.is_none_or(|credential| credential.totp_confirmed_at.is_none()) {
        bail!("this account has no second factor");
    }
    let removed = second_factor::remove(&tx, account).await;
    removed.map_err(|error| anyhow!("{error}"))?;
    let ended = end_access(&tx, account, "second_factor_reset").await?;
    let told = tell_owner(&tx, None, &owner, SecurityChange::SecondFactorReset).await;
    told.map_err(|error| anyhow!("{error}"))?;
    audit::record(&tx, Change::of("second_factor_reset", "account", account)).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Gives an account a role in the nation or a province.
///
/// # Errors
/// When it has one there already.
pub async fn add_membership(
    tx: &SystemTx,
    account_id: entity::ids::AccountId,
    scope: Scope,
    province_code: Option<String>,
    role_key: &str,
) -> Result<()> {
    let now = Utc::now();
    membership::ActiveModel {
        id: Set(MembershipId::generate()),
        account_id: Set(account_id),
        scope: Set(scope.as_str().to_owned()),
        district_id: Set(None),
        province_code: Set(province_code),
        role_key: Set(role_key.to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(tx)
    .await
    .context("this account has a role there already")?;
    Ok(())
}
