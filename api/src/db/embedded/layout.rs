//! The folders and configuration files of the embedded database.
//!
//! ```text
//! $SATUPINTU_DATA_DIR/          the service's
//!   postgres/                   the service's; as root, PostgreSQL's user may pass through but not write
//!     start.lock  owner.lock    see `keeper`
//!     postgresql.conf  pg_hba.conf  pg_ident.conf    written at every start
//!     local.conf                an operator's own settings, never overwritten
//!     start.log                 what the server printed before its own log took over
//!     data/                     the cluster       ┐
//!     log/                      its log files     ├ PostgreSQL's user, closed to all others
//!     run/                      its socket        ┘
//! ```
//!
//! When the service is root, everything that root writes lies in folders only root can write to. Otherwise a
//! process of the database's user could put a link in root's way.

use std::fs::{DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::EmbeddedError;
use super::user::RunAs;
use super::{APP_ROLE, OWNER_ROLE, PORT, SUPERUSER};

/// Longest path of a Unix socket in bytes: `sun_path` holds 108 with its closing zero.
const MAX_SOCKET_PATH: usize = 107;

/// Paths of one embedded database; all absolute and free of links.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    home: PathBuf,
}

impl Layout {
    /// Makes the folders that are missing and checks that the database's user reaches them.
    pub(super) fn prepare(data_dir: &Path) -> Result<Self, EmbeddedError> {
        make_dir(data_dir)?;
        let root = data_dir
            .canonicalize()
            .map_err(EmbeddedError::io("resolve", data_dir))?;
        let layout = Self {
            home: root.join("postgres"),
        };
        layout.check_socket_path()?;
        layout.check_quotable()?;
        make_dir(&layout.home)?;
        Ok(layout)
    }

    /// Opens the way to the cluster for `user` and makes the folders that belong to it.
    pub(super) fn hand_over(&self, user: &RunAs) -> Result<(), EmbeddedError> {
        if let Some(root) = self.home.parent() {
            user.check_ancestors(root)?;
            user.let_through(root)?;
        }
        user.let_through(&self.home)?;
        for dir in [self.run(), self.log()] {
            make_dir(&dir)?;
            close(&dir)?;
            user.give(&dir)?;
        }
        Ok(())
    }

    /// The cluster.
    pub(super) fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// A cluster that is still being made.
    pub(super) fn data_new(&self) -> PathBuf {
        self.home.join("data.new")
    }

    /// The folder of everything here.
    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    /// The folder of the socket.
    pub(super) fn run(&self) -> PathBuf {
        self.home.join("run")
    }

    /// The folder of the server's log files.
    pub(super) fn log(&self) -> PathBuf {
        self.home.join("log")
    }

    /// What the server printed before its own log took over.
    pub(super) fn start_log(&self) -> PathBuf {
        self.home.join("start.log")
    }

    /// The server's configuration.
    pub(super) fn config(&self) -> PathBuf {
        self.home.join("postgresql.conf")
    }

    /// The server's socket.
    pub(super) fn socket(&self) -> PathBuf {
        self.run().join(format!(".s.PGSQL.{PORT}"))
    }

    /// Opens, and makes when missing, the lock file `name`.
    pub(super) fn lock_file(&self, name: &str) -> Result<File, EmbeddedError> {
        let path = self.home.join(name);
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(EmbeddedError::io("open", path))
    }

    /// Writes the three configuration files.
    pub(super) fn write_config(&self, user: &RunAs, durable: bool) -> Result<(), EmbeddedError> {
        self.write("postgresql.conf", &self.server_config(durable))?;
        self.write(
            "pg_hba.conf",
            "# Only the socket, and only those whom pg_ident.conf names.\nlocal all all peer map=satupintu\n",
        )?;
        self.write("pg_ident.conf", &ident_map(user))?;
        let local = self.home.join("local.conf");
        if local.exists() {
            return Ok(());
        }
        self.write(
            "local.conf",
            "# Settings of your own, read last. See postgresql.conf beside this file.\n",
        )
    }

    fn server_config(&self, durable: bool) -> String {
        let path = |path: PathBuf| quote(&path);
        let durability = if durable {
            "fsync = on\nsynchronous_commit = on\nfull_page_writes = on\n"
        } else {
            "# Not durable: a database for tests.\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
        };
        format!(
            "# Written by satupintu at every start; settings of your own belong in local.conf beside this file.\n\
             # What initdb found out about this machine, such as which kind of shared memory works.\n\
             include {initdb}\n\
             data_directory = {data}\n\
             hba_file = {hba}\n\
             ident_file = {ident}\n\
             listen_addresses = ''\n\
             port = {PORT}\n\
             unix_socket_directories = {run}\n\
             unix_socket_permissions = 0777 # the folder is what keeps others out\n\
             max_connections = 64\n\
             shared_buffers = 128MB\n\
             max_wal_size = 1GB\n\
             {durability}\
             timezone = 'UTC'\n\
             log_timezone = 'UTC'\n\
             default_text_search_config = 'pg_catalog.simple'\n\
             logging_collector = on\n\
             log_directory = {log}\n\
             log_filename = 'postgresql-%a.log' # one a weekday: a week is kept\n\
             log_truncate_on_rotation = on\n\
             log_rotation_age = 1d\n\
             log_line_prefix = '%m [%p] %q%u@%d '\n\
             include {local}\n",
            initdb = path(self.data().join("postgresql.conf")),
            data = path(self.data()),
            hba = path(self.home.join("pg_hba.conf")),
            ident = path(self.home.join("pg_ident.conf")),
            run = path(self.run()),
            log = path(self.log()),
            local = path(self.home.join("local.conf")),
        )
    }

    /// Replaces a file at once, so that a server starting by hand never reads half of it.
    fn write(&self, name: &str, text: &str) -> Result<(), EmbeddedError> {
        let (path, new) = (self.home.join(name), self.home.join(format!("{name}.new")));
        let mut file = File::create(&new).map_err(EmbeddedError::io("create", &new))?;
        // Readable by the database's user, whatever the umask; only it and we get into the folder.
        file.set_permissions(PermissionsExt::from_mode(0o644))
            .map_err(EmbeddedError::io("change the mode of", &new))?;
        file.write_all(text.as_bytes())
            .map_err(EmbeddedError::io("write", &new))?;
        std::fs::rename(&new, &path).map_err(EmbeddedError::io("replace", &path))
    }

    fn check_socket_path(&self) -> Result<(), EmbeddedError> {
        let path = self.socket();
        let length = path.as_os_str().len();
        if length > MAX_SOCKET_PATH {
            return Err(EmbeddedError::SocketPathTooLong {
                path,
                length,
                max: MAX_SOCKET_PATH,
            });
        }
        Ok(())
    }

    fn check_quotable(&self) -> Result<(), EmbeddedError> {
        match self.home.to_str() {
            Some(text) if !text.contains(['\n', '\r']) => Ok(()),
            _ => Err(EmbeddedError::UnusablePath {
                path: self.home.clone(),
            }),
        }
    }
}

/// Makes `dir` and its parents when missing, closed to others.
///
/// As root the folders must stay passable for PostgreSQL's user; new parents are therefore open to pass through.
fn make_dir(dir: &Path) -> Result<(), EmbeddedError> {
    if dir.is_dir() {
        return Ok(());
    }
    if let Some(parent) = dir
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty() && !parent.is_dir())
    {
        std::fs::create_dir_all(parent).map_err(EmbeddedError::io("create", parent))?;
    }
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .map_err(EmbeddedError::io("create", dir))
}

fn close(dir: &Path) -> Result<(), EmbeddedError> {
    std::fs::set_permissions(dir, PermissionsExt::from_mode(0o700))
        .map_err(EmbeddedError::io("change the mode of", dir))
}

/// A value for postgresql.conf: quotes are doubled, and so are backslashes, which escape there.
fn quote(path: &Path) -> String {
    format!(
        "'{}'",
        path.display().to_string().replace('\\', "\\\\").replace('\'', "''")
    )
}

/// Who may log in as which role: root, the server's own user, nobody else.
///
/// The socket's folder keeps others out already; this holds even if somebody opens it.
fn ident_map(user: &RunAs) -> String {
    let mut text = String::from("# system user, database role\n");
    let users = if user.name == "root" {
        vec!["root"]
    } else {
        vec!["root", user.name.as_str()]
    };
    for system in users {
        for role in [SUPERUSER, OWNER_ROLE, APP_ROLE] {
            text.push_str(&format!("satupintu \"{system}\" {role}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_for_the_configuration_file() {
        assert_eq!(quote(Path::new(r"/it's\here")), r"'/it''s\\here'");
    }

    #[test]
    fn the_longest_socket_path_fits_and_one_byte_more_does_not() {
        let fixed = "/postgres/run/.s.PGSQL.5432".len();
        let layout = |length: usize| Layout {
            home: Path::new(&format!("/{}", "d".repeat(length - 1))).join("postgres"),
        };
        layout(MAX_SOCKET_PATH - fixed).check_socket_path().unwrap();
        let error = layout(MAX_SOCKET_PATH - fixed + 1)
            .check_socket_path()
            .unwrap_err()
            .to_string();
        assert!(error.contains("108 bytes, and the system allows 107"), "{error}");
        assert!(error.contains("at least 1 bytes shorter"), "{error}");
    }

    #[test]
    fn only_root_and_the_servers_user_are_mapped_to_roles() {
        let user = RunAs {
            name: "postgres".into(),
            uid: 101,
            gid: 104,
            switch: true,
        };
        let map = ident_map(&user);
        let entries: Vec<_> = map.lines().skip(1).collect();
        assert_eq!(entries.len(), 6);
        assert!(
            entries
                .iter()
                .all(|e| e.starts_with("satupintu \"root\" ") || e.starts_with("satupintu \"postgres\" "))
        );
    }
}
