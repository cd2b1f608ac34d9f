//! What can go wrong with the embedded database, said so that the reader knows what to do next.

use std::path::PathBuf;

/// Why the embedded PostgreSQL could not be started, reached or stopped.
///
/// Every message names the thing that is wrong and, where a person can act, the action.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddedError {
    /// No directory with `postgres` and `initdb` of a supported version was found.
    #[error(
        "no PostgreSQL 15 to 18 found (searched {}): install it (Debian, Ubuntu: `apt-get install postgresql`), \
         or set PG_BIN to the folder that holds `postgres` and `initdb`, or set DATABASE_URL to use a server of your own",
        list(.searched)
    )]
    NoBinaries {
        /// Folders that were looked into.
        searched: Vec<PathBuf>,
    },
    /// The folder given as `PG_BIN` lacks one of the programs.
    #[error("PG_BIN is {dir}, but there is no `{missing}` in it: give the folder that holds `postgres` and `initdb`", dir = .dir.display())]
    IncompleteBinDir {
        /// The folder given.
        dir: PathBuf,
        /// The program that is not there.
        missing: &'static str,
    },
    /// The binaries in the folder given as `PG_BIN` are too old or too new.
    #[error("PostgreSQL in {dir} is version {found}; supported are 15 to 18: set PG_BIN to the folder of a supported version", dir = .dir.display())]
    UnsupportedVersion {
        /// The folder looked into.
        dir: PathBuf,
        /// Its major version.
        found: u32,
    },
    /// `postgres --version` did not answer with a version.
    #[error("cannot tell the version of {program}: it answered {answer:?}", program = .program.display())]
    UnknownVersion {
        /// The program asked.
        program: PathBuf,
        /// What it printed.
        answer: String,
    },
    /// The cluster on disk was made by a version of which no binaries are installed.
    #[error(
        "the database in {data} was made by PostgreSQL {cluster}, but only {} is installed: \
         install PostgreSQL {cluster} (Debian: `apt-get install postgresql-{cluster}`) or set PG_BIN to its programs",
        majors(.found), data = .data.display()
    )]
    NoBinariesForCluster {
        /// The cluster's folder.
        data: PathBuf,
        /// Major version of the cluster.
        cluster: u32,
        /// Major versions that are installed.
        found: Vec<u32>,
    },
    /// The cluster's folder holds files, but not a cluster.
    #[error("{data} is not empty and holds no PostgreSQL cluster: move it away or choose another SATUPINTU_DATA_DIR", data = .data.display())]
    NotACluster {
        /// The folder.
        data: PathBuf,
    },
    /// Running as root and neither `postgres` nor `nobody` exists.
    #[error(
        "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it as: \
         create one (`useradd --system postgres`) or start the service as an ordinary user"
    )]
    NoUnprivilegedUser,
    /// The user that runs PostgreSQL cannot reach the data folder.
    #[error(
        "user {user} (uid {uid}), as whom PostgreSQL runs, may not enter {dir}: set SATUPINTU_DATA_DIR to a folder \
         outside of it, such as /var/lib/satupintu, or allow it with `chmod o+x {dir}`",
        dir = .dir.display()
    )]
    NotSearchable {
        /// The closed folder on the way to the data folder.
        dir: PathBuf,
        /// Name of the user.
        user: String,
        /// Its uid.
        uid: u32,
    },
    /// The cluster belongs to another user.
    #[error(
        "{path} belongs to uid {owner}, but the service runs as uid {own}: start it as that user or as root, \
         or choose another SATUPINTU_DATA_DIR",
        path = .path.display()
    )]
    NotOwner {
        /// The folder.
        path: PathBuf,
        /// Who owns it.
        owner: u32,
        /// Who we are.
        own: u32,
    },
    /// The path of the socket does not fit into the kernel's 107 bytes.
    #[error(
        "the database's socket would be {path}: {length} bytes, and the system allows {max}; \
         choose a SATUPINTU_DATA_DIR at least {} bytes shorter",
        .length - .max, path = .path.display()
    )]
    SocketPathTooLong {
        /// The socket's path.
        path: PathBuf,
        /// Its length in bytes.
        length: usize,
        /// The longest possible, in bytes.
        max: usize,
    },
    /// The path cannot be written in PostgreSQL's configuration.
    #[error("{path} contains a line break or is not UTF-8: choose another SATUPINTU_DATA_DIR", path = .path.display())]
    UnusablePath {
        /// The path.
        path: PathBuf,
    },
    /// A file operation failed.
    #[error("cannot {action} {path}: {source}", path = .path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// `initdb` failed.
    #[error("initdb could not create the database cluster: {output}")]
    Initdb {
        /// What it printed.
        output: String,
    },
    /// The server ended by itself or did not get ready in time.
    #[error("PostgreSQL did not get ready: {reason}{}; its log is in {log}", quoted(.output), log = .log.display())]
    NotReady {
        /// What was observed.
        reason: String,
        /// The last lines it printed before its own log took over.
        output: String,
        /// The folder of its log files.
        log: PathBuf,
    },
    /// Roles or the database could not be created.
    #[error("cannot prepare the embedded database ({step}): {source}")]
    Bootstrap {
        /// What was being done.
        step: &'static str,
        /// PostgreSQL's answer.
        source: sqlx::Error,
    },
    /// The server had to be killed because it ignored two requests to stop.
    #[error("PostgreSQL (pid {pid}) did not stop when asked and was killed; it recovers at the next start")]
    Killed {
        /// Its process id.
        pid: u32,
    },
    /// `stop` was called while the server was still being started.
    #[error("stopped before the database was ready")]
    Interrupted,
    /// The thread that looks after the server ended by a panic.
    #[error("the thread that looks after PostgreSQL ended unexpectedly")]
    KeeperGone,
}

impl EmbeddedError {
    /// An [`EmbeddedError::Io`] for `action` on `path`, as a function for `map_err`.
    pub(super) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}

fn list(paths: &[PathBuf]) -> String {
    let shown: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
    shown.join(", ")
}

fn majors(found: &[u32]) -> String {
    let shown: Vec<_> = found.iter().map(u32::to_string).collect();
    shown.join(", ")
}

fn quoted(output: &str) -> String {
    if output.is_empty() {
        String::new()
    } else {
        format!(": {output}")
    }
}
