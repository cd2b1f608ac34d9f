//! Waking the open streams of a person when there is news.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::ids::AccountId;
use sea_orm::{ConnectionTrait, Statement};
use tokio::sync::{broadcast, oneshot, watch};
use uuid::Uuid;

use crate::{
    db::{Db, SystemTx},
    error::ApiResult,
};

/// The channel of PostgreSQL on which the processes tell each other who has news.
const CHANNEL: &str = "satupintu_notice";
/// Wake-ups that may wait for a slow stream; one that misses some counts anew.
const WAITING: usize = 256;
/// Streams that one person holds open, over all tabs and devices; the next one ends the oldest. A connection that a phone lost
/// looks open until something is sent through it, so refusing the newest would leave only those that nobody hears.
const STREAMS_PER_ACCOUNT: usize = 10;

/// Knows the open streams of this process.
#[derive(Clone, Debug)]
pub struct Hub {
    news: broadcast::Sender<AccountId>,
    closing: watch::Sender<bool>,
    open: Arc<Mutex<OpenStreams>>,
}

/// The streams of each person, the oldest first. What is dropped ends its stream.
type OpenStreams = HashMap<AccountId, VecDeque<(Uuid, oneshot::Sender<()>)>>;

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
    /// Resolves when newer streams of the same person took its place.
    pub replaced: oneshot::Receiver<()>,
    id: Uuid,
    account: AccountId,
    open: Arc<Mutex<OpenStreams>>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(streams) = open.get_mut(&self.account) {
            streams.retain(|(id, _)| *id != self.id);
            if streams.is_empty() {
                open.remove(&self.account);
            }
        }
    }
}

impl Hub {
    /// Opens a stream, and ends the oldest of this person when there are too many.
    #[must_use]
    pub fn subscribe(&self, account: AccountId) -> Subscription {
        let (id, (replace, replaced)) = (Uuid::now_v7(), oneshot::channel());
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let streams = open.entry(account).or_default();
        streams.push_back((id, replace));
        if streams.len() > STREAMS_PER_ACCOUNT {
            streams.pop_front();
        }
        Subscription {
            news: self.news.subscribe(),
            closing: self.closing.subscribe(),
            replaced,
            id,
            account,
            open: self.open.clone(),
        }
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
    use tokio::sync::oneshot::error::TryRecvError;

    use super::{AccountId, Hub, STREAMS_PER_ACCOUNT, Subscription};

    #[test]
    fn the_newest_stream_takes_the_place_of_the_oldest_of_the_same_person() {
        let hub = Hub::default();
        let (one, other) = (AccountId::generate(), AccountId::generate());
        let ended = |held: &mut [Subscription]| -> Vec<bool> {
            held.iter_mut()
                .map(|each| each.replaced.try_recv() == Err(TryRecvError::Closed))
                .collect()
        };
        let others = hub.subscribe(other);
        let mut held: Vec<_> = (0..STREAMS_PER_ACCOUNT).map(|_| hub.subscribe(one)).collect();
        assert!(!ended(&mut held).contains(&true));
        held.push(hub.subscribe(one));
        assert_eq!(ended(&mut held).iter().position(|ended| *ended), Some(0));
        assert_eq!(ended(&mut held).iter().filter(|ended| **ended).count(), 1);
        // One that was closed makes room.
        held.pop();
        held.push(hub.subscribe(one));
        assert_eq!(ended(&mut held).iter().filter(|ended| **ended).count(), 1);
        assert!(!ended(&mut [others]).contains(&true));
        drop(held);
        assert!(hub.open.lock().unwrap().is_empty());
    }
}
