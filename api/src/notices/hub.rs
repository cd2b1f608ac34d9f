//! Waking the open streams of a person when there is news.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::ids::AccountId;
use sea_orm::{ConnectionTrait, Statement};
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

use crate::{
    db::{Db, SystemTx},
    error::{ApiResult, ErrorCode},
};

/// The channel of PostgreSQL on which the processes tell each other who has news.
const CHANNEL: &str = "satupintu_notice";
/// Wake-ups that may wait for a slow stream; one that misses some counts anew.
const WAITING: usize = 256;
/// Streams that one person may hold open, over all tabs and devices.
const STREAMS_PER_ACCOUNT: usize = 10;

/// Knows the open streams of this process.
#[derive(Clone, Debug)]
pub struct Hub {
    news: broadcast::Sender<AccountId>,
    closing: watch::Sender<bool>,
    open: Arc<Mutex<HashMap<AccountId, usize>>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            news: broadcast::Sender::new(WAITING),
            closing: watch::Sender::new(false),
            open: Arc::default(),
        }
    }
}

/// A place for one stream; given back when it is dropped.
#[derive(Debug)]
pub struct Subscription {
    /// Who has news.
    pub news: broadcast::Receiver<AccountId>,
    /// Turns true when the service stops.
    pub closing: watch::Receiver<bool>,
    account: AccountId,
    open: Arc<Mutex<HashMap<AccountId, usize>>>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.account);
            }
        }
    }
}

impl Hub {
    /// Opens a stream.
    ///
    /// # Errors
    /// 429 when the person holds too many.
    pub fn subscribe(&self, account: AccountId) -> ApiResult<Subscription> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(account).or_default();
        if *count >= STREAMS_PER_ACCOUNT {
            return Err(ErrorCode::TooManyRequests.into());
        }
        *count += 1;
        Ok(Subscription {
            news: self.news.subscribe(),
            closing: self.closing.subscribe(),
            account,
            open: self.open.clone(),
        })
    }

    /// Ends all streams, so that the service can stop without waiting for them.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Passes on what other transactions announce until `stop` changes. Without a way to listen (a pooler in between),
    /// streams still count anew by themselves from time to time.
    pub async fn listen(self, db: Db, mut stop: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                outcome = self.pass_on(&db) => {
                    if let Err(error) = outcome {
                        tracing::warn!("notices: listening: {error}");
                    }
                }
                _ = stop.changed() => return,
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(10)) => {}
                _ = stop.changed() => return,
            }
        }
    }

    async fn pass_on(&self, db: &Db) -> Result<(), sqlx::Error> {
        let mut listener = db.listen(CHANNEL).await?;
        loop {
            let told = listener.recv().await?;
            if let Ok(account) = told.payload().parse::<Uuid>() {
                // Fails only when nobody has a stream open.
                let _ = self.news.send(AccountId(account));
            }
        }
    }
}

/// Announces, with the commit of the transaction, that this person's notices changed.
///
/// # Errors
/// When the database refuses.
pub async fn announce(tx: &SystemTx, account: AccountId) -> ApiResult<()> {
    let sql = "SELECT pg_notify($1, $2)";
    let values = [CHANNEL.into(), account.to_string().into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{AccountId, Hub, STREAMS_PER_ACCOUNT};

    #[test]
    fn a_person_holds_so_many_streams_and_others_are_not_kept_from_theirs() {
        let hub = Hub::default();
        let one = AccountId::generate();
        let mut held: Vec<_> = (0..STREAMS_PER_ACCOUNT).map(|_| hub.subscribe(one).unwrap()).collect();
        assert!(hub.subscribe(one).is_err());
        assert!(hub.subscribe(AccountId::generate()).is_ok());
        held.pop();
        assert!(hub.subscribe(one).is_ok());
        drop(held);
        assert!(hub.open.lock().unwrap().is_empty());
    }
}
