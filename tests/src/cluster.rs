//! One PostgreSQL for all tests of a process, and a fresh database for each test, copied from a migrated template.

use std::{
    path::PathBuf,
    sync::{
        LazyLock, OnceLock,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
};

use satupintu::{
    db::embedded::{APP_ROLE, EmbeddedConfig, EmbeddedPostgres, OWNER_ROLE},
    files::FileStore,
    packages::sign::PackageKeys,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// What a test's database starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Tables and reference data only.
    Empty,
    /// The demo's districts and people; nobody has set anything up yet.
    Demo,
    /// The whole demo, with what its districts set up. Its files are in [`full_demo_files`].
    FullDemo,
}

impl Content {
    const fn template(self) -> &'static str {
        match self {
            Self::Empty => "template_empty",
            Self::Demo => "template_demo",
            Self::FullDemo => "template_full_demo",
        }
    }
}

static CLUSTER: OnceLock<EmbeddedPostgres> = OnceLock::new();
static TEMPLATES: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
static FULL_DEMO: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(1);

fn cluster() -> &'static EmbeddedPostgres {
    CLUSTER.get_or_init(|| {
        forget_dead();
        let config = EmbeddedConfig {
            data_dir: root().join(std::process::id().to_string()),
            pg_bin: None,
            durable: false,
        };
        EmbeddedPostgres::start(&config).expect("the test cluster starts")
    })
}

/// Reachable by the user that PostgreSQL runs as, and short enough for a socket's path.
fn root() -> PathBuf {
    PathBuf::from("/var/tmp/satupintu-test").join(nix::unistd::Uid::effective().to_string())
}

/// Removes what earlier test processes left; their servers ended with them.
fn forget_dead() {
    for entry in std::fs::read_dir(root()).into_iter().flatten().flatten() {
        let alive = entry
            .file_name()
            .to_str()
            .is_some_and(|pid| PathBuf::from("/proc").join(pid).exists());
        if !alive {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

async fn superuser(database: &str) -> PgConnection {
    PgConnection::connect(&cluster().superuser_url(database))
        .await
        .expect("the superuser connects")
}

async fn make_templates() {
    let mut postgres = superuser("postgres").await;
    for template in [Content::Empty.template(), Content::Demo.template()] {
        // The demo's template begins as a copy of the migrated one, so that migrations run once.
        let source = if template == Content::Empty.template() {
            "template0"
        } else {
            Content::Empty.template()
        };
        create(&mut postgres, template, source).await;
        if template == Content::Empty.template() {
            migration::apply(&cluster().owner_url(template), APP_ROLE)
                .await
                .expect("migrations");
        } else {
            let db = satupintu::db::Db::lazy(&cluster().app_url(template), 1).expect("url");
            satupintu::demo::people::load(&db).await.expect("demo");
            db.close().await;
        }
    }
}

/// Only tests that look at the whole demo wait for it.
async fn make_full_demo() {
    let template = Content::FullDemo.template();
    create(&mut superuser("postgres").await, template, Content::Empty.template()).await;
    let db = satupintu::db::Db::lazy(&cluster().app_url(template), 2).expect("url");
    let files = FileStore::open(&format!("file://{}", full_demo_files().display())).expect("folder");
    satupintu::demo::load(&db, &files, &PackageKeys::of_secret(&[7; 32]))
        .await
        .expect("demo");
    db.close().await;
}

/// Where the files of the whole demo are; to be copied, not to be used.
#[must_use]
pub fn full_demo_files() -> PathBuf {
    root().join(std::process::id().to_string()).join("demo-files")
}

async fn create(postgres: &mut PgConnection, name: &str, template: &str) {
    let sql = format!("CREATE DATABASE {name} OWNER {OWNER_ROLE} TEMPLATE {template} STRATEGY FILE_COPY");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(postgres)
        .await
        .expect("create database");
}

/// Names of databases whose tests have ended; a thread of its own removes them, so that no test waits for it.
static ENDED: LazyLock<mpsc::Sender<String>> = LazyLock::new(|| {
    let (sender, names) = mpsc::channel();
    thread::spawn(move || remove(names));
    sender
});

#[tokio::main(flavor = "current_thread")]
async fn remove(names: mpsc::Receiver<String>) {
    let mut postgres = superuser("postgres").await;
    for name in names {
        let sql = format!("DROP DATABASE {name} WITH (FORCE)");
        if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut postgres).await {
            eprintln!("{name} stays: {error}");
        }
    }
}

/// A database of one test's own, gone when the test has ended: all of them together would take 16 GB.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // Without the thread it stays until the next run of the tests.
        let _ = ENDED.send(std::mem::take(&mut self.name));
    }
}

impl TestDatabase {
    /// Copies the template (about 15 ms).
    pub async fn create(content: Content) -> Self {
        // Starting a server blocks; tests of this runtime would wait with it.
        tokio::task::spawn_blocking(cluster)
            .await
            .expect("the test cluster starts");
        TEMPLATES.get_or_init(make_templates).await;
        if content == Content::FullDemo {
            FULL_DEMO.get_or_init(make_full_demo).await;
        }
        let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
        create(&mut superuser("postgres").await, &name, content.template()).await;
        Self { name }
    }

    /// For the service.
    #[must_use]
    pub fn app_url(&self) -> String {
        cluster().app_url(&self.name)
    }

    /// For migrations.
    #[must_use]
    pub fn owner_url(&self) -> String {
        cluster().owner_url(&self.name)
    }

    /// A connection that sees everything, for arranging and for looking behind the scenes.
    pub async fn superuser(&self) -> PgConnection {
        superuser(&self.name).await
    }

    /// A connection with exactly the service's rights.
    pub async fn app(&self) -> PgConnection {
        PgConnection::connect(&self.app_url())
            .await
            .expect("the service's role connects")
    }
}
