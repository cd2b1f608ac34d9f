//! Sessions: one per signed-in device, kept alive by rotating refresh tokens.

use chrono::{Duration, Utc};
use entity::{ids::*, refresh_token, session};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Statement,
    sea_query::Expr,
};

use super::token::RandomToken;
use crate::{
    db::{SystemTx, Transaction},
    error::{ApiResult, ErrorCode},
};

/// A session ends this long after its last use.
pub const IDLE_DAYS: i64 = 14;
/// A session ends this long after sign-in, however much it is used.
const LONGEST_DAYS: i64 = 90;
/// A refresh token that was just used may come again within this time: two tabs, or an answer lost on a weak signal.
const REUSE_GRACE: Duration = Duration::seconds(20);

/// A session with the refresh token to be put into the cookie.
#[derive(Debug)]
pub struct Opened {
    /// The account.
    pub account_id: AccountId,
    /// The session.
    pub session_id: SessionId,
    /// The new refresh token.
    pub refresh_token: RandomToken,
}

/// What became of a refresh token.
#[derive(Debug)]
pub enum Refreshed {
    /// Here is the next one.
    Yes(Opened),
    /// It was used before: somebody has a copy. The session is revoked; commit, then refuse.
    Reused(AccountId),
}

/// Opens a session.
///
/// # Errors
/// When the database refuses.
pub async fn open(tx: &SystemTx, account_id: AccountId) -> ApiResult<Opened> {
    let now = Utc::now();
    let session_id = SessionId::generate();
    let origin = tx.origin();
    session::ActiveModel {
        id: Set(session_id),
        account_id: Set(account_id),
        user_agent: Set(origin.user_agent.clone()),
        ip: Set(origin.ip.clone()),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(now + Duration::days(IDLE_DAYS)),
        revoked_at: Set(None),
        revoke_reason: Set(None),
    }
    .insert(tx)
    .await?;
    note_first_sign_in(tx, account_id).await?;
    let refresh_token = issue(tx, session_id).await?;
    Ok(Opened {
        account_id,
        session_id,
        refresh_token,
    })
}

async fn issue(tx: &SystemTx, session_id: SessionId) -> ApiResult<RandomToken> {
    let token = RandomToken::generate();
    refresh_token::ActiveModel {
        token_hash: Set(token.hash.clone()),
        session_id: Set(session_id),
        created_at: Set(Utc::now()),
        used_at: Set(None),
    }
    .insert(tx)
    .await?;
    Ok(token)
}

/// Exchanges a refresh token for the next one.
///
/// # Errors
/// 401 when the token is unknown or its session has ended.
pub async fn refresh(tx: &SystemTx, secret: &str) -> ApiResult<Refreshed> {
    let hash = RandomToken::hash(secret);
    let token = refresh_token::Entity::find_by_id(hash)
        .one(tx)
        .await?
        .ok_or(ErrorCode::SessionExpired)?;
    // Lock the session, so that two refreshes of one session come one after the other.
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        "SELECT 1 FROM session WHERE id = $1 FOR UPDATE",
        [token.session_id.into()],
    ))
    .await?;
    let now = Utc::now();
    let session = session::Entity::find_by_id(token.session_id)
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .one(tx)
        .await?
        .ok_or(ErrorCode::SessionExpired)?;
    let used_at = refresh_token::Entity::find_by_id(token.token_hash.clone())
        .one(tx)
        .await?
        .and_then(|token| token.used_at);
    if used_at.is_some_and(|used| now - used > REUSE_GRACE) {
        revoke(tx, session.account_id, Some(session.id), "refresh_token_reused").await?;
        return Ok(Refreshed::Reused(session.account_id));
    }
    if used_at.is_none() {
        // With the grace there may be two that follow the same token. Of these the one goes on that is used first: whoever
        // comes with the other later is noticed, as with any token that was replaced.
        refresh_token::Entity::update_many()
            .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
            .filter(refresh_token::Column::SessionId.eq(session.id))
            .filter(refresh_token::Column::UsedAt.is_null())
            .exec(tx)
            .await?;
    }
    let (account_id, session_id) = (session.account_id, session.id);
    let longest = session.created_at + Duration::days(LONGEST_DAYS);
    let mut session: session::ActiveModel = session.into();
    session.last_used_at = Set(now);
    session.expires_at = Set(longest.min(now + Duration::days(IDLE_DAYS)));
    session.update(tx).await?;
    let refresh_token = issue(tx, session_id).await?;
    Ok(Refreshed::Yes(Opened {
        account_id,
        session_id,
        refresh_token,
    }))
}

/// What the summaries of the person's districts say until then: no coordinator has ever signed in.
const USED: &str = "UPDATE readiness_summary s SET updated_at = now(), obstacles = (SELECT COALESCE(jsonb_agg(o ORDER BY n), '[]') \
     FROM jsonb_array_elements(s.obstacles) WITH ORDINALITY AS e (o, n) WHERE o->>'kind' <> 'never_used') \
     WHERE s.obstacles @> '[{\"kind\": \"never_used\"}]' AND EXISTS (SELECT 1 FROM membership m \
     WHERE m.account_id = $1 AND m.district_id = s.district_id AND m.role_key = 'district_admin')";

/// Notes when somebody signs in for the first time.
async fn note_first_sign_in(tx: &SystemTx, account_id: AccountId) -> Result<(), DbErr> {
    let first = "UPDATE account SET first_signed_in_at = now() WHERE id = $1 AND first_signed_in_at IS NULL";
    let statement = |sql| Statement::from_sql_and_values(tx.get_database_backend(), sql, [account_id.into()]);
    if tx.execute_raw(statement(first)).await?.rows_affected() > 0 {
        tx.execute_raw(statement(USED)).await?;
    }
    Ok(())
}

/// Revokes one session of an account, or all. Returns how many were open.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(tx: &SystemTx, account: AccountId, one: Option<SessionId>, reason: &str) -> ApiResult<u64> {
    let mut update = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::current_timestamp())
        .col_expr(session::Column::RevokeReason, Expr::value(reason))
        .filter(session::Column::AccountId.eq(account))
        .filter(session::Column::RevokedAt.is_null());
    if let Some(session) = one {
        update = update.filter(session::Column::Id.eq(session));
    }
    Ok(update.exec(tx).await?.rows_affected)
}
