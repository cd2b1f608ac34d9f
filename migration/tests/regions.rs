//! The regions in a real PostgreSQL: loaded fast, twice without change, and found through their indexes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use migration::regions::{self, CHILDREN_SQL, DDL, SEARCH_SQL, search_key};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Row};

/// A PostgreSQL of its own in a temporary folder, stopped and deleted when dropped.
struct Server {
    folder: tempfile::TempDir,
    bin: PathBuf,
    user: Option<u32>,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("regions").tempdir().unwrap();
        let server = Self {
            folder,
            bin: binaries(),
            user: unprivileged_user(),
        };
        std::fs::set_permissions(server.folder.path(), PermissionsExt::from_mode(0o700)).unwrap();
        chown(server.folder.path(), server.user, None).unwrap();
        let data = server.path("data");
        server.run(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "owner",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
        );
        let options = format!("-k {} -c listen_addresses= -c fsync=off", server.path(""));
        server.run(
            "pg_ctl",
            &["-D", &data, "-w", "-l", &server.path("log"), "-o", &options, "start"],
        );
        server
    }

    async fn connect(&self) -> PgConnection {
        let options = PgConnectOptions::new()
            .username("owner")
            .database("postgres")
            .socket(self.folder.path());
        options.connect().await.unwrap()
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(self.bin.join(program));
        command.args(arguments).current_dir("/").stdout(Stdio::null());
        if let Some(user) = self.user {
            command.uid(user).gid(user);
        }
        let status = command.status().unwrap();
        assert!(status.success(), "{program} {arguments:?}: {status}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("pg_ctl", &["-D", &self.path("data"), "-m", "immediate", "stop"]);
    }
}

/// The folder of the newest installed server, or `PG_BIN`.
fn binaries() -> PathBuf {
    if let Some(folder) = std::env::var_os("PG_BIN") {
        return folder.into();
    }
    let installed = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is not installed: set PG_BIN");
    let folders = installed.map(|entry| entry.unwrap().path().join("bin"));
    folders
        .filter(|folder| folder.join("initdb").exists())
        .max()
        .expect("no initdb below /usr/lib/postgresql")
}

/// PostgreSQL refuses to run as root: then `nobody` runs it.
fn unprivileged_user() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let root = Path::new("/proc/self").metadata().unwrap().uid() == 0;
    root.then_some(65_534)
}

async fn search(connection: &mut PgConnection, typed: &str, depth: Option<i16>, within: Option<&str>) -> Vec<String> {
    let rows = sqlx::query(SEARCH_SQL)
        .bind(search_key(typed))
        .bind(depth)
        .bind(within)
        .bind(-1i16)
        .bind(0i16)
        .bind("")
        .bind("")
        .bind(500i64)
        .fetch_all(connection)
        .await
        .unwrap();
    rows.iter().map(|row| row.get("full_name")).collect()
}

async fn children(connection: &mut PgConnection, parent: &str, page: i64) -> Vec<String> {
    let (mut names, mut last) = (Vec::new(), (String::new(), String::new()));
    loop {
        let query = sqlx::query(CHILDREN_SQL)
            .bind(parent)
            .bind(&last.0)
            .bind(&last.1)
            .bind(page);
        let rows = query.fetch_all(&mut *connection).await.unwrap();
        let Some(end) = rows.last() else { return names };
        last = (end.get("folded_name"), end.get("code"));
        names.extend(rows.iter().map(|row| row.get::<String, _>("name")));
    }
}

async fn plan(connection: &mut PgConnection, sql: &str, values: &str) -> String {
    let prepare = format!("PREPARE q AS {sql}; SET plan_cache_mode = force_generic_plan");
    sqlx::raw_sql(sqlx::AssertSqlSafe(prepare))
        .execute(&mut *connection)
        .await
        .unwrap();
    let explain = sqlx::AssertSqlSafe(format!("EXPLAIN EXECUTE q({values})"));
    let rows = sqlx::raw_sql(explain).fetch_all(&mut *connection).await.unwrap();
    sqlx::raw_sql("DEALLOCATE q; RESET plan_cache_mode")
        .execute(connection)
        .await
        .unwrap();
    rows.iter().map(|row| row.get::<String, _>(0) + "\n").collect()
}

#[tokio::test]
async fn loaded_found_and_loaded_again() {
    let server = Server::start();
    let mut connection = server.connect().await;
    sqlx::raw_sql(DDL).execute(&mut connection).await.unwrap();

    let begin = Instant::now();
    let counts = regions::load(&mut connection).await.unwrap();
    let elapsed = begin.elapsed();
    println!("{counts:?} in {elapsed:?}");
    assert_eq!(
        (counts.provinces, counts.regencies, counts.subdistricts, counts.villages),
        (38, 514, 7_285, 83_762)
    );
    assert_eq!(counts.written, 91_599);
    // The bound that a first start may cost; a debug build on a busy machine stays below it.
    assert!(elapsed < Duration::from_secs(20), "{elapsed:?}");

    the_words_of_a_name_are_found(&mut connection).await;
    pages_of_children_hold_all_once(&mut connection).await;
    both_questions_use_their_index(&mut connection).await;
    a_second_load_mends_only_what_differs(&mut connection).await;
}

async fn the_words_of_a_name_are_found(connection: &mut PgConnection) {
    let bulu = search(connection, "bulu", None, None).await;
    assert_eq!(bulu[0], "Kabupaten Bulukumba");
    assert!(bulu.contains(&"Kecamatan Bulukumpa".to_owned()));
    assert!(bulu.contains(&"Kecamatan Ujung Bulu".to_owned()), "a later word");

    let in_bulukumba = ["loe", "ujungloe", "Ujung Loe", "UJUNG  L"];
    for typed in in_bulukumba {
        let found = search(connection, typed, Some(3), Some("73.02")).await;
        assert_eq!(found, ["Kecamatan Ujungloe"], "{typed}");
    }
    assert_eq!(
        search(connection, "hero lange", Some(3), None).await,
        ["Kecamatan Herlang"]
    );
    assert_eq!(
        search(connection, "rilau a", Some(3), None).await,
        ["Kecamatan Rilauale"]
    );
    assert_eq!(search(connection, "raas", Some(3), None).await, ["Kecamatan Ra'as"]);
    assert_eq!(
        search(connection, "pekalongan", Some(2), None).await,
        ["Kabupaten Pekalongan", "Kota Pekalongan"]
    );
    assert_eq!(
        search(connection, "kota pekal", Some(2), None).await,
        ["Kota Pekalongan"]
    );
    assert_eq!(search(connection, "zzzz", None, None).await, Vec::<String>::new());
    // 73.0 is no region: a code only limits to what lies below it.
    assert_eq!(
        search(connection, "bulu", None, Some("73.0")).await,
        Vec::<String>::new()
    );
}

async fn pages_of_children_hold_all_once(connection: &mut PgConnection) {
    let bulukumba = children(connection, "73.02", 3).await;
    let expected = [
        "Bonto Bahari",
        "Bonto Tiro",
        "Bulukumpa",
        "Gantarang",
        "Herlang",
        "Kajang",
        "Kindang",
        "Rilauale",
        "Ujung Bulu",
        "Ujungloe",
    ];
    assert_eq!(bulukumba, expected);
    let districts = [
        ("73.06", 18),
        ("73.71", 15),
        ("35.04", 19),
        ("33.72", 5),
        ("33.10", 26),
        ("52.71", 6),
    ];
    for (code, subdistricts) in districts {
        assert_eq!(children(connection, code, 7).await.len(), subdistricts, "{code}");
    }
    let villages: i64 =
        sqlx::query_scalar("SELECT count(*) FROM region WHERE code LIKE '73.02.%' AND level = 'village'")
            .fetch_one(connection)
            .await
            .unwrap();
    assert_eq!(villages, 136);
}

async fn both_questions_use_their_index(connection: &mut PgConnection) {
    let children = plan(connection, CHILDREN_SQL, "'73.02', '', '', 50").await;
    assert!(
        children.contains("region_children") && !children.contains("Sort"),
        "{children}"
    );
    let search = plan(connection, SEARCH_SQL, "'bulu', null, null, -1, 0, '', '', 20").await;
    assert!(
        search.contains("region_search_pkey") && !search.contains("Seq Scan on region_search"),
        "{search}"
    );
}

async fn a_second_load_mends_only_what_differs(connection: &mut PgConnection) {
    let damage = "UPDATE region SET name = 'x' WHERE code = '73.02';
                  DELETE FROM region_search WHERE code = '73.02.09';
                  INSERT INTO region_search VALUES ('nonsense', '73.02', 2, 0)";
    sqlx::raw_sql(damage).execute(&mut *connection).await.unwrap();
    let before: i64 = sqlx::query_scalar("SELECT count(*) FROM region_search")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    let begin = Instant::now();
    let counts = regions::load(connection).await.unwrap();
    println!("again in {:?}, {before} terms before", begin.elapsed());
    assert_eq!(counts.written, 1);
    let terms: i64 = sqlx::query_scalar("SELECT count(*) FROM region_search")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    assert_eq!(usize::try_from(terms).unwrap(), counts.search_terms);
    assert_eq!(search(connection, "nonsense", None, None).await, Vec::<String>::new());
    assert_eq!(
        search(connection, "loe", Some(3), Some("73.02")).await,
        ["Kecamatan Ujungloe"]
    );
    assert_eq!(regions::load(connection).await.unwrap().written, 0);
}
