//! What the operator of an installation does by command: the first account of the ministry, checks, verification.

use anyhow::{Context, Result, bail};
use chrono::{Duration, Utc};
use entity::{account, ids::MembershipId, membership, one_time_token};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    audit::{self, Change},
    auth::{
        password,
        role::{self, Scope},
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
