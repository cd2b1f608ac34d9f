//! A private PostgreSQL, for installations that bring none of their own.
//!
//! [`EmbeddedPostgres::start`] finds PostgreSQL's programs on the machine, makes a cluster under the data folder when
//! there is none, starts the server with a Unix socket and no TCP port, and creates the service's roles and database.
//! The server stops with the service, in order when the service stops in order, and by the kernel's hand when the
//! service is killed. When the server itself dies, it is started again. No acknowledged row is lost either way, and
//! nothing has to be cleaned up by hand.
//!
//! # Who can connect
//!
//! Only root and the operating system user that runs the server: the socket's folder is closed to all others, and
//! PostgreSQL checks by `peer` authentication who is calling. PostgreSQL refuses to run as root; a service that is
//! root runs it as user `postgres` (else `nobody`), with the cluster in folders of that user inside folders of root.

mod binaries;
mod bootstrap;
mod cluster;
mod error;
mod keeper;
mod layout;
mod process;
mod user;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

pub use error::EmbeddedError;
use keeper::Shared;
use layout::Layout;
use user::RunAs;

/// Name of the service's database.
pub const DATABASE: &str = "satupintu";
/// Owns the database and everything in it; runs migrations. Not a superuser.
pub const OWNER_ROLE: &str = "satupintu_owner";
/// Serves requests. Owns nothing and cannot bypass row level security.
pub const APP_ROLE: &str = "satupintu_app";
const SUPERUSER: &str = "postgres";
/// Part of the socket's name only: the server does not listen on TCP.
const PORT: u16 = 5432;

/// Where the cluster lives and how it is found.
#[derive(Debug, Clone)]
pub struct EmbeddedConfig {
    /// The service's data folder; the database is in `postgres` beneath. Made when missing.
    pub data_dir: PathBuf,
    /// The folder of `postgres` and `initdb`. Without it they are looked for in `/usr/lib/postgresql/*/bin` and PATH.
    pub pg_bin: Option<PathBuf>,
    /// Whether an acknowledged write survives a crash of the machine. `false` turns fsync off: faster, for tests only.
    pub durable: bool,
}

/// The data folder used when none is set: `/var/lib/satupintu` for root, whose home is closed to PostgreSQL's user,
/// else `satupintu` in the user's XDG data folder. `None` when neither XDG_DATA_HOME nor HOME is set.
#[must_use]
pub fn default_data_dir() -> Option<PathBuf> {
    if nix::unistd::Uid::effective().is_root() {
        return Some("/var/lib/satupintu".into());
    }
    let absolute = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let data_home = absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")));
    data_home.map(|dir| dir.join("satupintu"))
}

/// A running private PostgreSQL. Dropping it (or [`stop`](Self::stop)) stops the server if this process started it.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    shared: Arc<Shared>,
    /// `None` once stopped.
    keeper: Option<JoinHandle<Result<(), EmbeddedError>>>,
}

impl EmbeddedPostgres {
    /// Makes the cluster if there is none and starts it, or attaches to the server that another process started.
    ///
    /// Blocks until the server accepts connections and roles and database exist: half a second for a new cluster,
    /// some hundredths of a second else, longer when the server has to recover from a crash. May be called from any
    /// thread; a thread of its own keeps the server and restarts it when it dies.
    ///
    /// # Errors
    /// When no PostgreSQL 15 to 18 is installed, when the data folder cannot be used, or when the server does not get
    /// ready; the message says what to do.
    pub fn start(config: &EmbeddedConfig) -> Result<Self, EmbeddedError> {
        let layout = Layout::prepare(&config.data_dir)?;
        let user = RunAs::determine(&layout.data())?;
        let shared = Arc::new(Shared {
            layout,
            user,
            pg_bin: config.pg_bin.clone(),
            durable: config.durable,
            pid: AtomicU32::new(0),
            owned: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
        });
        let (started, report) = mpsc::sync_channel(1);
        let kept = Arc::clone(&shared);
        let keeper = std::thread::Builder::new()
            .name("postgres-keeper".into())
            .spawn(move || keeper::keep(&kept, &started))
            .map_err(EmbeddedError::io("start a thread for", shared.layout.home()))?;
        // From here on dropping the value ends the thread.
        let postgres = Self {
            shared,
            keeper: Some(keeper),
        };
        report.recv().unwrap_or(Err(EmbeddedError::KeeperGone))?;
        Ok(postgres)
    }

    /// URL for the role that owns the database: for migrations.
    #[must_use]
    pub fn owner_url(&self, database: &str) -> String {
        url(OWNER_ROLE, database, &self.shared.layout.run())
    }

    /// URL for the role that serves requests.
    #[must_use]
    pub fn app_url(&self, database: &str) -> String {
        url(APP_ROLE, database, &self.shared.layout.run())
    }

    /// URL for the superuser: for tests only.
    #[must_use]
    pub fn superuser_url(&self, database: &str) -> String {
        url(SUPERUSER, database, &self.shared.layout.run())
    }

    /// Process id of the server; another one after a restart.
    #[must_use]
    pub fn postmaster_pid(&self) -> u32 {
        self.shared.pid.load(Ordering::Acquire)
    }

    /// Whether this process started the server, and not another one that still runs.
    #[must_use]
    pub fn is_owner(&self) -> bool {
        self.shared.owned.load(Ordering::Acquire)
    }

    /// Stops the server if this process started it: open transactions are rolled back, everything else is written.
    ///
    /// # Errors
    /// When the server ignored the request for over a minute and had to be killed.
    pub fn stop(mut self) -> Result<(), EmbeddedError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), EmbeddedError> {
        let Some(keeper) = self.keeper.take() else {
            return Ok(());
        };
        self.shared.stopping.store(true, Ordering::Release);
        keeper.thread().unpark();
        keeper.join().unwrap_or(Err(EmbeddedError::KeeperGone))
    }
}

impl Drop for EmbeddedPostgres {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::error!(%error, "embedded database");
        }
    }
}

/// A connection URL over the socket in `run`. TLS is off: it would guard a socket that never leaves the machine.
fn url(role: &str, database: &str, run: &Path) -> String {
    let (database, run) = (encode(database, ""), encode(&run.to_string_lossy(), "/"));
    format!("postgres://{role}@localhost:{PORT}/{database}?host={run}&sslmode=disable")
}

/// Percent-encodes all but letters, digits, `-._~` and the characters in `keep`.
fn encode(text: &str, keep: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.as_bytes().contains(&byte);
        if plain {
            encoded.push(char::from(byte))
        } else {
            encoded.push_str(&format!("%{byte:02X}"))
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_carry_any_path_and_database_name() {
        let url = url(APP_ROLE, "a/b?", Path::new("/srv/satu pintu&co/run"));
        assert_eq!(
            url,
            "postgres://satupintu_app@localhost:5432/a%2Fb%3F?host=/srv/satu%20pintu%26co/run&sslmode=disable"
        );
    }
}
