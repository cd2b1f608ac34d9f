//! The thread that starts the server, restarts it when it dies, and stops it.
//!
//! Two locks in the database's folder keep processes from getting in each other's way. Both are released by the
//! kernel when their holder ends, however it ends.
//!
//! - `start.lock` is held for a moment: by whoever looks whether a server runs, and starts one if not.
//! - `owner.lock` is held as long as a server of ours lives: whoever holds it started the server and will stop it.
//!   A server without an owner was orphaned by `kill -9` and is on its way out (the kernel has told it to stop), or
//!   was started by hand.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::binaries::Binaries;
use super::error::EmbeddedError;
use super::layout::Layout;
use super::process::{self, PidFile, Postmaster};
use super::user::RunAs;
use super::{bootstrap, cluster};

/// How long servers that stop, and attempts to start that fail, are given.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a server may take to get ready: after a crash it first replays its journal.
const RECOVERY: Duration = Duration::from_secs(600);
/// A ready server without an owner that still runs after this time was started by hand.
const ORPHAN_GRACE: Duration = Duration::from_secs(2);
/// After this time backends that outlive their killed postmaster are told to quit.
const STRAGGLER_GRACE: Duration = Duration::from_secs(2);
const RETRY: Duration = Duration::from_millis(100);
const READY_POLL: Duration = Duration::from_millis(5);
/// How often the server is looked at.
const WATCH: Duration = Duration::from_millis(200);
const LONGEST_BACKOFF: Duration = Duration::from_secs(10);

/// What the keeper and its handle share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) layout: Layout,
    pub(super) user: RunAs,
    pub(super) pg_bin: Option<PathBuf>,
    pub(super) durable: bool,
    /// Process id of the server, the latest one.
    pub(super) pid: AtomicU32,
    /// Whether this process started it.
    pub(super) owned: AtomicBool,
    /// Set by the handle: stop, and end the thread.
    pub(super) stopping: AtomicBool,
}

enum Server {
    /// Ours: the lock says so to others as long as the server lives. Fields drop in this order.
    Owned {
        postmaster: Postmaster,
        _owner: File,
    },
    Attached {
        pid: u32,
    },
}

/// Runs the keeper: gets a server, reports on `started`, watches it until told to stop.
pub(super) fn keep(shared: &Shared, started: &SyncSender<Result<(), EmbeddedError>>) -> Result<(), EmbeddedError> {
    let mut server = match acquire(shared) {
        Ok(server) => server,
        Err(error) => {
            // The handle waits for this message; it is gone only if its thread was killed.
            let _ = started.send(Err(error));
            return Ok(());
        }
    };
    let _ = started.send(Ok(()));
    while !shared.stopping.load(Ordering::Acquire) {
        thread::park_timeout(WATCH);
        if let Some(how) = lost(&mut server, shared)
            && !shared.stopping.load(Ordering::Acquire)
        {
            tracing::error!(how, "the database server is gone; starting it again");
            drop(server);
            match reacquire(shared) {
                Some(again) => server = again,
                None => return Ok(()),
            }
        }
    }
    match server {
        Server::Owned { mut postmaster, _owner } => {
            postmaster.stop()?;
            wait_for_log_writer(&shared.layout);
            Ok(())
        }
        Server::Attached { .. } => Ok(()),
    }
}

/// The process that writes the log ends a moment after the server; nothing shall be left when we say "stopped".
fn wait_for_log_writer(layout: &Layout) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(1) && !process::stragglers(&layout.data()).is_empty() {
        thread::sleep(READY_POLL);
    }
}

fn lost(server: &mut Server, shared: &Shared) -> Option<String> {
    match server {
        Server::Owned { postmaster, .. } => postmaster.ended().map(|status| status.to_string()),
        Server::Attached { pid } => {
            (!process::is_server(*pid, &shared.layout.data())).then(|| "stopped by the process that started it".into())
        }
    }
}

/// Tries until it works; `None` when told to stop.
fn reacquire(shared: &Shared) -> Option<Server> {
    let mut backoff = WATCH;
    while !shared.stopping.load(Ordering::Acquire) {
        match acquire(shared) {
            Ok(server) => {
                tracing::info!(pid = shared.pid.load(Ordering::Acquire), "the database server is back");
                return Some(server);
            }
            Err(error) => tracing::error!(%error, "cannot start the database server again; will retry"),
        }
        thread::park_timeout(backoff);
        backoff = (backoff * 2).min(LONGEST_BACKOFF);
    }
    None
}

/// Attaches to the running server or starts one.
fn acquire(shared: &Shared) -> Result<Server, EmbeddedError> {
    let begun = Instant::now();
    let unclean = PidFile::read(&shared.layout.data()).is_some();
    let mut failure = None;
    loop {
        if shared.stopping.load(Ordering::Acquire) {
            return Err(EmbeddedError::Interrupted);
        }
        match attempt(shared, begun.elapsed()) {
            Ok(Some(server)) => return Ok(server),
            Ok(None) => {}
            // After a crash what the killed server left may be in the way for a moment; else the reason will stay.
            Err(error @ EmbeddedError::NotReady { .. }) if unclean => failure = Some(error),
            Err(error) => return Err(error),
        }
        if begun.elapsed() > PATIENCE {
            return Err(failure.unwrap_or_else(|| not_ready(shared, "a server that is stopping does not end".into())));
        }
        thread::sleep(RETRY);
    }
}

/// One look: a server, or `None` when the state of things must change first.
fn attempt(shared: &Shared, waited: Duration) -> Result<Option<Server>, EmbeddedError> {
    let layout = &shared.layout;
    let start = layout.lock_file("start.lock")?;
    start.lock().map_err(EmbeddedError::io("lock", layout.home()))?;
    let data = layout.data();
    let pid_file = PidFile::read(&data);
    let running = pid_file.filter(|file| process::is_server(file.pid, &data));
    let owner = layout.lock_file("owner.lock")?;
    let owned_by_another = match owner.try_lock() {
        Ok(()) => false,
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(error)) => return Err(EmbeddedError::io("lock", layout.home())(error)),
    };
    match running {
        Some(file) => {
            let may_attach = owned_by_another || waited > ORPHAN_GRACE;
            if !(may_attach && file.ready && process::accepts(&layout.socket())) {
                return Ok(None);
            }
            bootstrap::ensure(layout)?;
            Ok(Some(became(shared, Server::Attached { pid: file.pid })))
        }
        // Its owner is about to start it again, or about to let go.
        None if owned_by_another => Ok(None),
        None => {
            if !clear_the_way(pid_file, layout, waited)? {
                return Ok(None);
            }
            start_server(shared, owner).map(Some)
        }
    }
}

fn start_server(shared: &Shared, owner: File) -> Result<Server, EmbeddedError> {
    let Shared {
        layout, user, durable, ..
    } = shared;
    let binaries = Binaries::choose(shared.pg_bin.as_deref(), &layout.data())?;
    layout.hand_over(user)?;
    cluster::ensure(&binaries, layout, user, *durable)?;
    layout.write_config(user, *durable)?;
    let mut postmaster = Postmaster::spawn(&binaries, layout, user)?;
    wait_until_ready(shared, &mut postmaster)?;
    bootstrap::ensure(layout)?;
    Ok(became(
        shared,
        Server::Owned {
            postmaster,
            _owner: owner,
        },
    ))
}

fn wait_until_ready(shared: &Shared, postmaster: &mut Postmaster) -> Result<(), EmbeddedError> {
    let (layout, begun, mut told) = (&shared.layout, Instant::now(), 0);
    loop {
        if let Some(status) = postmaster.ended() {
            return Err(not_ready(shared, format!("it ended with {status}")));
        }
        let ready = PidFile::read(&layout.data()).is_some_and(|file| file.pid == postmaster.pid() && file.ready);
        if ready && process::accepts(&layout.socket()) {
            return Ok(());
        }
        if shared.stopping.load(Ordering::Acquire) {
            return Err(EmbeddedError::Interrupted);
        }
        if begun.elapsed() > RECOVERY {
            return Err(not_ready(
                shared,
                format!("it is still recovering after {} seconds", RECOVERY.as_secs()),
            ));
        }
        if begun.elapsed().as_secs() >= told + 10 {
            told = begun.elapsed().as_secs();
            tracing::info!(seconds = told, "the database is recovering from a crash");
        }
        thread::sleep(READY_POLL);
    }
}

/// Removes what a killed server left that would keep a new one from starting; `false` when some of it still runs.
///
/// Called under both locks, when no server runs.
fn clear_the_way(pid_file: Option<PidFile>, layout: &Layout, waited: Duration) -> Result<bool, EmbeddedError> {
    let data = layout.data();
    let stragglers = process::stragglers(&data);
    if !stragglers.is_empty() {
        if waited > STRAGGLER_GRACE {
            tracing::warn!(pids = ?stragglers, "telling backends of a killed server to quit");
            stragglers.iter().for_each(|&pid| process::send(pid, Signal::SIGQUIT));
        }
        return Ok(false);
    }
    // PostgreSQL would take a stale file for a running server when its number belongs to a zombie or to another
    // program of the same user, as happens in containers, where every boot gives the same numbers. Nothing of the
    // cluster runs, so the file is stale. Without such a process PostgreSQL removes the file itself, more carefully.
    if pid_file.is_some_and(|file| process::exists(file.pid)) {
        let path = data.join("postmaster.pid");
        std::fs::remove_file(&path).map_err(EmbeddedError::io("remove the stale", path))?;
    }
    Ok(true)
}

fn became(shared: &Shared, server: Server) -> Server {
    let (pid, owned) = match &server {
        Server::Owned { postmaster, .. } => (postmaster.pid(), true),
        Server::Attached { pid } => (*pid, false),
    };
    shared.pid.store(pid, Ordering::Release);
    shared.owned.store(owned, Ordering::Release);
    tracing::info!(pid, owned, socket = %shared.layout.socket().display(), "embedded database ready");
    server
}

fn not_ready(shared: &Shared, reason: String) -> EmbeddedError {
    let output = process::tail(&shared.layout.start_log(), 2000);
    EmbeddedError::NotReady {
        reason,
        output,
        log: shared.layout.log(),
    }
}
