//! Digests: what a person has not read yet, in one mail, with a link that ends them.

use anyhow::Result;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::ids::{AccountId, NoticeId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::{content::NoticeContent, query};
use crate::{
    app::Shared,
    auth::keys::MasterKey,
    db::{Db, Origin, SystemTx, Transaction},
    error::{ApiResult, ErrorCode, Language, Text},
    jobs::{mail::MailContent, outbox},
};

/// How many notices a digest names; the others are only counted.
const NAMED: usize = 20;
/// What the token in the link is sealed for.
const OPT_OUT: &str = "notice digest opt-out";

/// The token of the link that ends a person's digests. It needs no row: it can only do that.
///
/// # Errors
/// Only when the machine is out of randomness.
pub fn opt_out_token(key: &MasterKey, account: AccountId) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(key.seal(OPT_OUT, account.0.as_bytes())?))
}

/// Whose digests the token ends.
///
/// # Errors
/// 410 when it is none that [`opt_out_token`] made.
pub fn read_opt_out(key: &MasterKey, token: &str) -> ApiResult<AccountId> {
    let sealed = URL_SAFE_NO_PAD.decode(token).ok();
    let opened = sealed.and_then(|sealed| key.open(OPT_OUT, &sealed).ok());
    let id = opened.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    id.map(AccountId).ok_or_else(|| ErrorCode::LinkExpired.into())
}

#[derive(FromQueryResult)]
struct Reader {
    id: AccountId,
    email: String,
    name: String,
    locale: String,
    wants: bool,
}

/// The next person with a digest due. The row of the account is the lock, so that two processes do not send it twice.
const NEXT: &str = "SELECT a.id, a.email, a.name, a.locale, \
     a.disabled_at IS NULL AND COALESCE(p.rhythm, 'daily') <> 'off' AS wants \
     FROM account a LEFT JOIN notice_preference p ON p.account_id = a.id \
     WHERE EXISTS (SELECT 1 FROM notice n WHERE n.account_id = a.id AND n.digest_due_at <= now() AND n.digested_at IS NULL) \
     ORDER BY a.id LIMIT 1 FOR UPDATE OF a SKIP LOCKED";

/// Everything that waits for this person's digest goes with it, what is due only later too. What they know already, or may
/// no longer know, is left out.
fn take(reader: AccountId, tx: &SystemTx) -> Statement {
    let sql = format!(
        "UPDATE notice n SET digested_at = now() \
         WHERE n.account_id = $1 AND n.digest_due_at IS NOT NULL AND n.digested_at IS NULL \
         RETURNING n.id, n.kind, n.params, n.read_at IS NULL AND {} AS is_news",
        query::IN_REACH
    );
    Statement::from_sql_and_values(tx.get_database_backend(), sql, [reader.into()])
}

#[derive(FromQueryResult)]
struct Taken {
    id: NoticeId,
    kind: String,
    params: serde_json::Value,
    is_news: bool,
}

/// Sends every digest that is due. Returns how many mails.
///
/// # Errors
/// When the database cannot be used.
pub async fn run(db: &Db, shared: &Shared) -> Result<usize> {
    let mut sent = 0;
    loop {
        let tx = db.system(Origin::system("notices")).await?;
        let next = Statement::from_string(tx.get_database_backend(), NEXT);
        let Some(reader) = Reader::find_by_statement(next).one(&tx).await? else {
            return Ok(sent);
        };
        sent += usize::from(send(&tx, shared, &reader).await?);
        tx.commit().await?;
    }
}

/// True when there was something to send.
async fn send(tx: &SystemTx, shared: &Shared, reader: &Reader) -> Result<bool> {
    let mut taken = Taken::find_by_statement(take(reader.id, tx)).all(tx).await?;
    taken.sort_by_key(|notice| notice.id);
    let unread = taken.into_iter().filter(|notice| notice.is_news);
    let news: Vec<NoticeContent> = unread
        .filter_map(|notice| NoticeContent::join(&notice.kind, notice.params).ok())
        .collect();
    if news.is_empty() || !reader.wants {
        return Ok(false);
    }
    let token = opt_out_token(&shared.master_key, reader.id)?;
    let stop = shared.config.link(&format!("/berhenti-ringkasan#token={token}"));
    let mail = mail(&reader.name, &news, shared.config.link("/pemberitahuan"), &stop);
    let language = Language::from_locale(&reader.locale);
    outbox::enqueue_mail(tx, &reader.email, language, &mail).await?;
    Ok(true)
}

fn mail(name: &str, news: &[NoticeContent], link: String, stop: &str) -> MailContent {
    let count = news.len();
    let mut paragraphs: Vec<Text> = news
        .iter()
        .take(NAMED)
        .map(|content| {
            let title = content.title();
            Text::new(format!("• {}", title.id), format!("• {}", title.en))
        })
        .collect();
    let others = count.saturating_sub(NAMED);
    if others > 0 {
        paragraphs.push(Text::new(
            format!("… dan {others} lainnya."),
            format!("… and {others} more."),
        ));
    }
    paragraphs.push(Text::new(
        format!("Tidak ingin menerima ringkasan ini lagi? Buka {stop}"),
        format!("You do not want this digest any more? Open {stop}"),
    ));
    MailContent {
        subject: Text::new(
            format!("{count} pemberitahuan belum dibaca"),
            if count == 1 {
                "1 unread notification".to_owned()
            } else {
                format!("{count} unread notifications")
            },
        ),
        name: name.to_owned(),
        paragraphs,
        action: Some((Text::fixed("Buka pemberitahuan", "Open the notifications"), link)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_digest_names_some_and_counts_the_others() {
        let one = NoticeContent::RegistrationApproved {
            unit: "PKSAI".into(),
            district: "Kabupaten Contoh".into(),
        };
        let mail = mail("Contoh", &vec![one; NAMED + 3], "/p".into(), "/s#token=x");
        assert_eq!(mail.subject.id, "23 pemberitahuan belum dibaca");
        assert_eq!(mail.paragraphs.len(), NAMED + 2);
        assert_eq!(mail.paragraphs[NAMED].id, "… dan 3 lainnya.");
        assert!(mail.paragraphs[NAMED + 1].en.ends_with("/s#token=x"));
    }

    #[test]
    fn only_our_tokens_end_digests() {
        let key = MasterKey::from_base64(&base64::engine::general_purpose::STANDARD.encode([7; 32])).unwrap();
        let account = AccountId::generate();
        let token = opt_out_token(&key, account).unwrap();
        assert_eq!(read_opt_out(&key, &token).unwrap(), account);
        for bad in ["", "x", &token[1..]] {
            assert!(read_opt_out(&key, bad).is_err(), "{bad}");
        }
    }
}
