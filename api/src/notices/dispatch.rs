//! The job that decides where each new notice is told.

use anyhow::Result;
use chrono::{DateTime, NaiveDateTime, Utc};
use entity::ids::{AccountId, NoticeId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::{
    content::NoticeContent,
    hub,
    kind::NoticeKind,
    query::{self, world_time},
};
use crate::{
    config::Config,
    db::{Db, Origin, SystemTx, Transaction},
    error::Language,
    jobs::outbox,
};

/// How many notices are decided on in one transaction.
const AT_ONCE: usize = 100;

#[derive(FromQueryResult)]
struct Fresh {
    id: NoticeId,
    account_id: AccountId,
    kind: String,
    params: serde_json::Value,
    link: String,
    email: String,
    name: String,
    locale: String,
    is_disabled: bool,
    is_in_reach: bool,
    channels: Option<serde_json::Value>,
    rhythm: Option<String>,
    quiet_from: Option<i16>,
    quiet_until: Option<i16>,
    local_now: NaiveDateTime,
    now: DateTime<Utc>,
}

/// Decides on all notices that nobody decided on yet, the oldest first. Several processes may do so side by side.
///
/// # Errors
/// When the database cannot be used.
pub async fn run(db: &Db, config: &Config) -> Result<usize> {
    let mut decided = 0;
    loop {
        let now = step(db, config).await?;
        decided += now;
        if now < AT_ONCE {
            return Ok(decided);
        }
    }
}

async fn step(db: &Db, config: &Config) -> Result<usize> {
    let tx = db.system(Origin::system("notices")).await?;
    let sql = format!(
        "SELECT n.id, n.account_id, n.kind, n.params, n.link, a.email, a.name, a.locale, \
         a.disabled_at IS NOT NULL AS is_disabled, {} AS is_in_reach, p.channels, p.rhythm, p.quiet_from, p.quiet_until, \
         now() AT TIME ZONE {} AS local_now, now() AS now \
         FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN notice_preference p ON p.account_id = n.account_id \
         WHERE n.routed_at IS NULL ORDER BY n.id LIMIT {AT_ONCE} FOR UPDATE OF n SKIP LOCKED",
        query::IN_REACH_OF_ITS_ACCOUNT,
        query::zone("n.account_id", "n.district_id")
    );
    let fresh = Fresh::find_by_statement(Statement::from_string(tx.get_database_backend(), sql))
        .all(&tx)
        .await?;
    let count = fresh.len();
    for notice in fresh {
        tell(&tx, config, notice).await?;
    }
    if count > 0 {
        tx.commit().await?;
    }
    Ok(count)
}

async fn tell(tx: &SystemTx, config: &Config, notice: Fresh) -> Result<()> {
    let content = NoticeContent::join(&notice.kind, notice.params.clone());
    if !notice.is_in_reach {
        return keep(tx, notice.id, false, None).await;
    }
    let (Some(kind), Ok(content), false) = (NoticeKind::parse(&notice.kind), content, notice.is_disabled) else {
        tracing::warn!(notice = %notice.id, kind = notice.kind, "a notice that nobody can be told of");
        return keep(tx, notice.id, false, None).await;
    };
    let quiet = notice.quiet_from.zip(notice.quiet_until);
    let wishes = query::wishes(notice.channels, notice.rhythm.as_deref(), quiet)?;
    let route = wishes.route(kind, notice.local_now);
    let in_world = |local| world_time(local, notice.local_now, notice.now);
    if let Some(due) = route.mail_at {
        let mail = content.mail(&notice.name, config.link(&with_id(&notice.link, notice.id)));
        let language = Language::from_locale(&notice.locale);
        outbox::enqueue_mail_for(tx, &notice.email, language, &mail, in_world(due)).await?;
    }
    keep(tx, notice.id, route.in_app, route.digest_at.map(in_world)).await?;
    if route.in_app {
        hub::announce(tx, notice.account_id).await?;
    }
    Ok(())
}

/// The link of a mail names its notice, so that who comes by it has read it. In the part of the address that stays with the
/// browser.
fn with_id(link: &str, id: NoticeId) -> String {
    format!("{link}#kabar={id}")
}

async fn keep(tx: &SystemTx, id: NoticeId, in_app: bool, digest_due_at: Option<DateTime<Utc>>) -> Result<()> {
    let sql = "UPDATE notice SET routed_at = now(), in_app = $2, digest_due_at = $3 WHERE id = $1";
    let values = [id.into(), in_app.into(), digest_due_at.into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    Ok(())
}
