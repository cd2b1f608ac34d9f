//! The server as a process: whether one runs, starting it, waiting for it, stopping it.

use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::sys::prctl;
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, getpid, getppid};

use super::binaries::Binaries;
use super::error::EmbeddedError;
use super::layout::Layout;
use super::user::RunAs;

/// How long a request to stop may take before the next, harsher one.
const FAST_STOP: Duration = Duration::from_secs(60);
const IMMEDIATE_STOP: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);

/// What `postmaster.pid` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PidFile {
    pub(super) pid: u32,
    /// The server accepts connections, by its own word.
    pub(super) ready: bool,
}

impl PidFile {
    /// Reads the file in the cluster's folder; `None` when it is absent or not written to its first line yet.
    pub(super) fn read(data: &Path) -> Option<Self> {
        Self::parse(&std::fs::read_to_string(data.join("postmaster.pid")).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        // A server in single-user mode writes its pid negative.
        let pid = lines.next()?.trim().trim_start_matches('-').parse().ok()?;
        let ready = lines.nth(6).is_some_and(|status| status.trim() == "ready");
        Some(Self { pid, ready })
    }
}

/// Whether `pid` is a living PostgreSQL process of the cluster in `data`.
///
/// A pid file outlives its server by `kill -9`, and its number may belong to another program by then. A server's
/// working folder is its cluster. Where /proc keeps that secret (containers without CAP_SYS_PTRACE), a process named
/// `postgres` of the cluster's owner counts.
pub(super) fn is_server(pid: u32, data: &Path) -> bool {
    let uid = |path: &Path| std::fs::metadata(path).map(|metadata| metadata.uid());
    match works_in(pid, data) {
        Some(works_there) => works_there,
        None => matches!((uid(&proc(pid)), uid(data)), (Ok(process), Ok(cluster)) if process == cluster),
    }
}

/// Processes of the cluster in `data`: when it has no postmaster, the backends that a killed one left behind.
///
/// Only those that are so for certain, since they may be told to quit.
pub(super) fn stragglers(data: &Path) -> Vec<u32> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let pids = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|&pid| works_in(pid, data) == Some(true)).collect()
}

/// Whether there is a process `pid`, be it a zombie.
pub(super) fn exists(pid: u32) -> bool {
    proc(pid).exists()
}

/// Whether `pid` is a living process named `postgres` that works in `data`; `None` when it is named so, but its
/// folder is secret.
fn works_in(pid: u32, data: &Path) -> Option<bool> {
    let proc = proc(pid);
    let is_postgres = std::fs::read_to_string(proc.join("comm")).is_ok_and(|name| name.trim() == "postgres");
    if !is_postgres || is_zombie(&proc) {
        return Some(false);
    }
    match std::fs::read_link(proc.join("cwd")) {
        Ok(cwd) => Some(cwd == data),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => None,
        Err(_) => Some(false),
    }
}

fn proc(pid: u32) -> PathBuf {
    Path::new("/proc").join(pid.to_string())
}

fn is_zombie(proc: &Path) -> bool {
    let stat = std::fs::read_to_string(proc.join("stat")).unwrap_or_default();
    // The name in parentheses may itself hold parentheses.
    stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('Z'))
}

/// Whether something accepts connections on the socket.
pub(super) fn accepts(socket: &Path) -> bool {
    UnixStream::connect(socket).is_ok()
}

/// Sends a signal; a process that is gone already is fine.
pub(super) fn send(pid: u32, signal: Signal) {
    if let Ok(pid) = i32::try_from(pid) {
        let _ = kill(Pid::from_raw(pid), signal);
    }
}

/// A server that this process started. Dropping it stops it.
#[derive(Debug)]
pub(super) struct Postmaster {
    child: Child,
}

impl Postmaster {
    /// Starts the server and returns at once.
    ///
    /// The kernel stops it when the calling **thread** ends: call from one that lives as long as the server shall.
    pub(super) fn spawn(binaries: &Binaries, layout: &Layout, user: &RunAs) -> Result<Self, EmbeddedError> {
        let path = layout.start_log();
        let output = std::fs::File::create(&path).map_err(EmbeddedError::io("create", &path))?;
        let errors = output.try_clone().map_err(EmbeddedError::io("open", &path))?;
        let program = binaries.postgres();
        let mut command = Command::new(&program);
        user.apply(&mut command);
        command.arg("-D").arg(layout.data());
        command
            .arg("-c")
            .arg(format!("config_file={}", layout.config().display()));
        // A group of its own: Ctrl-C in the terminal is for the service, which then stops the server in order.
        command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .process_group(0);
        stop_with_this_thread(&mut command);
        let child = command.spawn().map_err(EmbeddedError::io("start", program))?;
        Ok(Self { child })
    }

    /// Its process id.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    pub(super) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Asks for a fast stop: transactions are rolled back, everything is written. Then for an immediate one, then kills.
    pub(super) fn stop(&mut self) -> Result<(), EmbeddedError> {
        let pid = self.pid();
        for (signal, patience) in [(Signal::SIGINT, FAST_STOP), (Signal::SIGQUIT, IMMEDIATE_STOP)] {
            if self.ended().is_some() {
                return Ok(());
            }
            send(pid, signal);
            if self.wait(patience) {
                return Ok(());
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        Err(EmbeddedError::Killed { pid })
    }

    fn wait(&mut self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if self.ended().is_some() {
                return true;
            }
            std::thread::sleep(POLL);
        }
        false
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            tracing::error!(%error, "embedded database");
        }
    }
}

/// Has the kernel send SIGINT (a fast stop) to the child when the calling thread ends, however it ends.
#[allow(unsafe_code)]
fn stop_with_this_thread(command: &mut Command) {
    let parent = getpid();
    let prepare = move || {
        prctl::set_pdeathsig(Signal::SIGINT)?;
        // Had the parent died before the call above, no signal would ever come.
        if getppid() != parent {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        }
        Ok(())
    };
    // SAFETY: the closure runs between fork and exec. It makes two system calls, prctl and getppid, and builds an error
    // value without text: no allocation, no lock, nothing that another thread could have left half done.
    unsafe {
        command.pre_exec(prepare);
    }
}

/// The last `limit` bytes of a file, from the start of a line; empty when it cannot be read.
pub(super) fn tail(path: &Path, limit: u64) -> String {
    let read = || -> std::io::Result<String> {
        let mut file = std::fs::File::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(limit)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
    };
    read().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pid_file_is_read_line_by_line() {
        let text = "4711\n/data\n1700000000\n5432\n/run\n\n  123 456\nready   \n";
        assert_eq!(PidFile::parse(text), Some(PidFile { pid: 4711, ready: true }));
        assert_eq!(
            PidFile::parse(&text.replace("ready", "starting")),
            Some(PidFile {
                pid: 4711,
                ready: false
            })
        );
        assert_eq!(
            PidFile::parse("4711\n/data\n"),
            Some(PidFile {
                pid: 4711,
                ready: false
            })
        );
        assert_eq!(PidFile::parse(""), None);
    }

    #[test]
    fn other_programs_are_not_taken_for_the_server() {
        let here = std::env::current_dir().unwrap();
        assert!(
            !is_server(std::process::id(), &here),
            "this test is not PostgreSQL, though it works in that folder"
        );
        assert!(!is_server(u32::MAX, &here));
    }

    #[test]
    fn the_tail_of_a_log_is_its_end() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "first\nsecond\nthird\n").unwrap();
        assert_eq!(tail(file.path(), 6), "third");
        assert_eq!(tail(Path::new("/nowhere"), 6), "");
    }
}
