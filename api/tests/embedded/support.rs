//! What the tests share.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use satupintu::db::embedded::{EmbeddedConfig, EmbeddedPostgres};
use sqlx::{Connection, PgConnection};

/// Names the data folder for [`service`].
pub(crate) const SERVICE_DATA_DIR: &str = "SATUPINTU_TEST_SERVICE_DATA_DIR";
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn config(dir: &Path) -> EmbeddedConfig {
    let pg_bin = std::env::var_os("PG_BIN").map(PathBuf::from);
    EmbeddedConfig {
        data_dir: dir.join("data"),
        pg_bin,
        durable: false,
    }
}

pub(crate) fn durable(dir: &Path) -> EmbeddedConfig {
    EmbeddedConfig {
        durable: true,
        ..config(dir)
    }
}

pub(crate) fn start(config: &EmbeddedConfig) -> EmbeddedPostgres {
    EmbeddedPostgres::start(config).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn cluster(config: &EmbeddedConfig) -> PathBuf {
    config.data_dir.join("postgres/data")
}

pub(crate) fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

/// Runs statements, and gives the number in the first column of the last one's row.
pub(crate) fn sql(url: &str, statements: &[&'static str]) -> Result<i64, sqlx::Error> {
    run(async {
        let mut connection = PgConnection::connect(url).await?;
        let (last, before) = statements.split_last().unwrap();
        for statement in before {
            sqlx::raw_sql(*statement).execute(&mut connection).await?;
        }
        let number = sqlx::query_scalar(*last).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(number)
    })
}

pub(crate) fn kill_hard(pid: u32) {
    kill(Pid::from_raw(pid.try_into().unwrap()), Signal::SIGKILL).unwrap();
}

pub(crate) fn eventually(what: &str, mut check: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !check() {
        assert!(begun.elapsed() < PATIENCE, "still not so after {PATIENCE:?}: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Living processes whose working folder is the cluster: all PostgreSQL processes of it.
pub(crate) fn postgres_processes(config: &EmbeddedConfig) -> Vec<u32> {
    let Ok(data) = cluster(config).canonicalize() else {
        return Vec::new();
    };
    let pids = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid: &u32| std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == data))
        .collect()
}

pub(crate) struct Service {
    process: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Service {
    pub(crate) fn start(dir: &Path) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "service", "--ignored", "--nocapture"])
            .env(SERVICE_DATA_DIR, dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, lines }
    }

    /// The number in the next line that begins with `word`; `None` when the output has ended.
    pub(crate) fn next(&mut self, word: &str) -> Option<i64> {
        self.lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once(word)?.1.trim().parse().ok())
    }

    pub(crate) fn kill_hard(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
