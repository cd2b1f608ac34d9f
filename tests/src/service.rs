//! A running service for one test.

use std::{path::Path, time::Duration};

use clap::Parser;
use satupintu::{
    app::Shared,
    config::Config,
    db::Db,
    notices::{circular, dispatch},
    server,
};

use crate::{
    Client,
    cluster::{Content, TestDatabase, full_demo_files},
    mail_server::MailServer,
};

/// Password of every demo account.
pub const DEMO_PASSWORD: &str = satupintu::demo::PASSWORD;

#[derive(Parser)]
#[command(args_override_self = true)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

/// A service on a free port with a database of its own.
#[allow(missing_debug_implementations, reason = "the running server has none")]
pub struct Service {
    /// Its database.
    pub database: TestDatabase,
    /// Where it is, without a slash at the end.
    pub url: String,
    config: Config,
    running: server::Running,
    folder: tempfile::TempDir,
}

impl Service {
    /// With the demo's districts and people, nothing set up, and its rules (no second factor, local mailbox).
    pub async fn demo() -> Self {
        Self::start(Content::Demo, &["--demo"]).await
    }

    /// As [`Self::demo`], with a mail server that takes what it sends.
    pub async fn demo_with_mail() -> (Self, MailServer) {
        let mail = MailServer::start();
        let service = Self::start(Content::Demo, &["--demo", "--smtp-url", &mail.url()]).await;
        (service, mail)
    }

    /// With the whole demo: everything that its districts set up and show.
    pub async fn full_demo() -> Self {
        Self::start(Content::FullDemo, &["--demo"]).await
    }

    /// Empty, with production rules.
    pub async fn empty() -> Self {
        Self::start(Content::Empty, &[]).await
    }

    /// With settings of the test's own.
    pub async fn start(content: Content, arguments: &[&str]) -> Self {
        let database = TestDatabase::create(content).await;
        let folder = tempfile::tempdir().expect("temporary folder");
        let data_dir = folder.path().display().to_string();
        if content == Content::FullDemo {
            copy_folder(&full_demo_files(), &folder.path().join("files")).expect("the demo's files");
        }
        let defaults = [
            "test",
            "--addr=127.0.0.1:0",
            "--workers=1",
            "--database-connections=4",
            "--rate-per-account=100000",
            "--rate-per-address=100000",
            "--data-dir",
            &data_dir,
        ];
        // Later arguments win.
        let all = defaults.iter().chain(arguments.iter());
        let config = Arguments::parse_from(all).config;
        let running = server::start(config.clone(), &database.app_url())
            .await
            .expect("the service starts");
        let url = format!("http://{}", running.addr);
        Self {
            database,
            url,
            config,
            running,
            folder,
        }
    }

    /// A client that nobody is signed in with.
    #[must_use]
    pub fn anonymous(&self) -> Client {
        Client::new(&self.url)
    }

    /// A client that a demo account is signed in with.
    pub async fn demo_client(&self, local_part: &str) -> Client {
        let mut client = self.anonymous();
        client
            .login(&format!("{local_part}@demo.satupintu.example"), DEMO_PASSWORD)
            .await;
        client
    }

    /// What its jobs work with, to run one of them now.
    pub async fn job_parts(&self) -> (Db, Shared) {
        let db = Db::lazy(&self.database.app_url(), 2).expect("url");
        let shared = Shared::load(self.config.clone(), &db).await.expect("shared");
        (db, shared)
    }

    /// Tells everybody what they are to be told, and waits for what the service's own jobs have taken up meanwhile.
    ///
    /// # Panics
    /// When it is not done within ten seconds.
    pub async fn tell(&self) {
        let (db, shared) = self.job_parts().await;
        let mut database = self.database.superuser().await;
        let waiting =
            "SELECT (SELECT count(*) FROM circular_pending) + (SELECT count(*) FROM notice WHERE routed_at IS NULL)";
        for _ in 0..200 {
            circular::run(&db).await.expect("circulars");
            dispatch::run(&db, &shared.config).await.expect("dispatch");
            let left: i64 = sqlx::query_scalar(waiting)
                .fetch_one(&mut database)
                .await
                .expect("count");
            if left == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("somebody was not told");
    }

    /// Its data folder.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        self.folder.path()
    }

    /// Stops it in order.
    pub async fn stop(self) {
        tokio::time::timeout(Duration::from_secs(30), self.running.stop())
            .await
            .expect("the service stops");
    }
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let (entry, to) = entry.map(|entry| (entry.path(), to.join(entry.file_name())))?;
        if entry.is_dir() {
            copy_folder(&entry, &to)?;
        } else {
            std::fs::copy(&entry, &to)?;
        }
    }
    Ok(())
}
