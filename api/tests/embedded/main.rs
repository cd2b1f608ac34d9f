//! The embedded database under everything that may happen to it: processes killed, files left over, folders unfit.
//!
//! Each test has a cluster of its own in a temporary folder. They run as root (the server then runs as another user)
//! and as an ordinary user alike. A test that needs a service to kill starts this very program again, with the
//! ignored test [`service`] as its only one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test")]

mod crash;
mod support;

use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid};
use satupintu::db::embedded::{APP_ROLE, DATABASE, EmbeddedConfig, EmbeddedError, EmbeddedPostgres, OWNER_ROLE};
use sqlx::{Connection, PgConnection};

use support::*;

/// Not a test: the service that other tests kill. Starts the database, says so, then writes rows one by one and
/// prints each number after its commit was acknowledged, until it is killed.
#[test]
#[ignore = "started by other tests as a process to kill"]
fn service() {
    let Some(dir) = std::env::var_os(SERVICE_DATA_DIR) else {
        return;
    };
    let postgres = start(&durable(Path::new(&dir)));
    let mut out = std::io::stdout().lock();
    run(async {
        let mut connection = PgConnection::connect(&postgres.owner_url(DATABASE)).await.unwrap();
        sqlx::raw_sql("CREATE TABLE IF NOT EXISTS ack (n bigint PRIMARY KEY)")
            .execute(&mut connection)
            .await
            .unwrap();
        writeln!(out, "pid {}", postgres.postmaster_pid()).unwrap();
        for n in 1_i64.. {
            let insert = sqlx::query("INSERT INTO ack VALUES ($1)").bind(n);
            if insert.execute(&mut connection).await.is_err() {
                break;
            }
            writeln!(out, "ack {n}").unwrap();
            out.flush().unwrap();
        }
    });
}

#[test]
fn a_cluster_is_made_once_and_its_rows_stay() {
    let dir = tempfile::tempdir().unwrap();
    let config = durable(dir.path());
    let begun = Instant::now();
    let postgres = start(&config);
    println!("cold start {:?}", begun.elapsed());
    assert!(postgres.is_owner());
    sql(
        &postgres.owner_url(DATABASE),
        &["CREATE TABLE t (n int)", "INSERT INTO t VALUES (7)", "SELECT 1::int8"],
    )
    .unwrap();
    let pid = postgres.postmaster_pid();
    postgres.stop().unwrap();
    assert!(!Path::new(&format!("/proc/{pid}")).exists(), "stopped and reaped");
    assert_eq!(postgres_processes(&config), Vec::<u32>::new());

    let begun = Instant::now();
    let postgres = start(&config);
    println!("warm start {:?}", begun.elapsed());
    assert_eq!(
        sql(&postgres.owner_url(DATABASE), &["SELECT n::int8 FROM t"]).unwrap(),
        7
    );
}

#[test]
fn the_roles_have_no_power_and_there_is_no_tcp_port() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    let postgres = start(&config);
    let superuser = postgres.superuser_url("postgres");
    let (owner, app) = (postgres.owner_url(DATABASE), postgres.app_url(DATABASE));
    for url in [&owner, &app] {
        let power = "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND \
                     (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication)";
        assert_eq!(sql(url, &[power]).unwrap(), 0, "{url}");
        let memberships = "SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole";
        assert_eq!(sql(url, &[memberships]).unwrap(), 0, "{url}");
    }
    let refused = |url: &str, statement| sql(url, &[statement, "SELECT 1::int8"]).unwrap_err().to_string();
    assert!(refused(&app, "CREATE TABLE t (n int)").contains("permission denied for schema public"));
    assert!(refused(&app, "CREATE TEMP TABLE t (n int)").contains("permission denied to create temporary tables"));
    assert!(refused(&app, "SET ROLE satupintu_owner").contains("permission denied to set role"));
    assert!(
        sql(&postgres.app_url("postgres"), &["SELECT 1::int8"])
            .unwrap_err()
            .to_string()
            .contains("permission denied")
    );
    sql(&owner, &["CREATE TABLE t (n int)", "SELECT 1::int8"]).unwrap();

    let owners = "SELECT count(*) FROM pg_database WHERE datname = 'satupintu' AND datdba = 'satupintu_owner'::regrole";
    assert_eq!(sql(&superuser, &[owners]).unwrap(), 1);
    let silent = "SELECT count(*) FROM pg_settings WHERE name = 'listen_addresses' AND setting = ''";
    assert_eq!(sql(&superuser, &[silent]).unwrap(), 1);
    let unicode =
        "SELECT count(*) FROM (SELECT 1) x WHERE lower('ÉÑ') = 'éñ' AND current_setting('server_encoding') = 'UTF8'";
    assert_eq!(sql(&app, &[unicode]).unwrap(), 1);
}

#[test]
fn tampered_roles_are_set_right_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    let postgres = start(&config);
    sql(
        &postgres.superuser_url("postgres"),
        &["ALTER ROLE satupintu_app SUPERUSER BYPASSRLS", "SELECT 1::int8"],
    )
    .unwrap();
    postgres.stop().unwrap();
    let postgres = start(&config);
    let power = "SELECT count(*) FROM pg_roles WHERE rolname = 'satupintu_app' AND (rolsuper OR rolbypassrls)";
    assert_eq!(sql(&postgres.app_url(DATABASE), &[power]).unwrap(), 0);
}

#[test]
fn other_users_are_kept_out() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    let postgres = start(&config);
    let home = config.data_dir.join("postgres");
    for name in ["data", "run", "log"] {
        let mode = std::fs::metadata(home.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} is open to others: {mode:o}");
    }
    for path in [&home, &config.data_dir] {
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o027, 0, "{} is open to others: {mode:o}", path.display());
    }
    if !Uid::effective().is_root() {
        println!("not root: cannot try as another user");
        return;
    }
    // Even where the folders are opened by mistake, the server asks the kernel who is calling.
    for path in [dir.path(), &config.data_dir, &home, &home.join("run")] {
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    let stranger = nix::unistd::User::from_name("daemon")
        .unwrap()
        .expect("every system has a user daemon");
    let answer = connect_as(stranger.uid.as_raw(), &home.join("run"), OWNER_ROLE);
    assert!(answer.contains("Peer authentication failed"), "{answer}");
    let runs_server = std::fs::metadata(home.join("data")).unwrap().uid();
    let answer = connect_as(runs_server, &home.join("run"), OWNER_ROLE);
    assert!(answer.contains("let in"), "its own user may: {answer}");
    drop(postgres);
}

/// What `psql` says, run as user `uid`.
fn connect_as(uid: u32, run: &Path, role: &str) -> String {
    use std::os::unix::process::CommandExt;
    // Debian's programs are not in PATH; elsewhere they are.
    let folders = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let psql = folders
        .map(|version| version.path().join("bin/psql"))
        .find(|psql| psql.exists());
    let output = Command::new(psql.unwrap_or_else(|| "psql".into()))
        .args([
            "--no-psqlrc",
            "--no-password",
            "--tuples-only",
            "--command=SELECT 'let in'",
        ])
        .arg(format!("--host={}", run.display()))
        .arg(format!("--username={role}"))
        .arg(format!("--dbname={DATABASE}"))
        .uid(uid)
        .current_dir("/")
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_second_start_attaches_and_takes_over_when_the_first_stops() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    let mut first = Service::start(dir.path());
    let pid = first.next("pid").unwrap();
    let config = EmbeddedConfig {
        data_dir: dir.path().join("data"),
        ..config
    };
    let second = start(&config);
    assert!(!second.is_owner());
    assert_eq!(i64::from(second.postmaster_pid()), pid, "the same server");
    assert!(sql(&second.app_url(DATABASE), &["SELECT 1::int8"]).is_ok());

    first.kill_hard();
    eventually("the second has a server of its own", || second.is_owner());
    assert_ne!(i64::from(second.postmaster_pid()), pid);
    assert!(sql(&second.app_url(DATABASE), &["SELECT 1::int8"]).is_ok());
}

#[test]
fn a_server_started_by_hand_is_attached_to_and_left_running() {
    use std::os::unix::process::CommandExt;
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    let postgres = start(&config);
    let program = std::fs::read_link(format!("/proc/{}/exe", postgres.postmaster_pid())).unwrap();
    postgres.stop().unwrap();

    let mut command = Command::new(program);
    let settings = config.data_dir.join("postgres/postgresql.conf");
    command
        .arg("-D")
        .arg(cluster(&config))
        .arg("-c")
        .arg(format!("config_file={}", settings.display()));
    command.current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
    if Uid::effective().is_root() {
        let owner = std::fs::metadata(cluster(&config)).unwrap();
        command.uid(owner.uid()).gid(owner.gid());
    }
    let mut by_hand = command.spawn().unwrap();
    eventually("it has begun", || cluster(&config).join("postmaster.pid").exists());
    let postgres = start(&config);
    assert!(!postgres.is_owner());
    assert_eq!(postgres.postmaster_pid(), by_hand.id());
    postgres.stop().unwrap();
    assert!(by_hand.try_wait().unwrap().is_none(), "not ours to stop");
    kill(Pid::from_raw(by_hand.id().try_into().unwrap()), Signal::SIGINT).unwrap();
    by_hand.wait().unwrap();
}

#[test]
fn dropping_an_attached_database_leaves_it_running() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    let first = start(&config);
    let second = start(&config);
    assert!(!second.is_owner());
    drop(second);
    assert!(sql(&first.app_url(DATABASE), &["SELECT 1::int8"]).is_ok());
}

#[test]
fn many_starts_at_once_make_one_cluster_and_one_server() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    let started: Vec<EmbeddedPostgres> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(|| start(&config))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(started.iter().filter(|postgres| postgres.is_owner()).count(), 1);
    let pid = started[0].postmaster_pid();
    assert!(started.iter().all(|postgres| postgres.postmaster_pid() == pid));
}

#[test]
fn strange_files_in_place_of_the_cluster_are_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    std::fs::create_dir_all(cluster(&config)).unwrap();
    std::fs::write(cluster(&config).join("thesis.odt"), "three years").unwrap();
    let error = EmbeddedPostgres::start(&config).unwrap_err();
    assert!(matches!(error, EmbeddedError::NotACluster { .. }), "{error}");
    assert_eq!(
        std::fs::read_to_string(cluster(&config).join("thesis.odt")).unwrap(),
        "three years"
    );
}

#[test]
fn a_data_folder_with_too_long_a_path_is_refused_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(&dir.path().join("a".repeat(100)));
    let error = EmbeddedPostgres::start(&config).unwrap_err().to_string();
    assert!(
        error.contains("the system allows 107") && error.contains("choose a SATUPINTU_DATA_DIR"),
        "{error}"
    );
}

#[test]
fn a_data_folder_with_spaces_quotes_and_letters_of_all_kinds_works() {
    let dir = tempfile::tempdir().unwrap();
    let postgres = start(&config(&dir.path().join(r"it's \ a %41 né&?#")));
    assert!(sql(&postgres.app_url(DATABASE), &["SELECT 1::int8"]).is_ok());
}

#[test]
fn settings_of_the_operator_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    start(&config).stop().unwrap();
    let local = config.data_dir.join("postgres/local.conf");
    std::fs::write(&local, "work_mem = '9MB'\n").unwrap();
    std::fs::set_permissions(&local, PermissionsExt::from_mode(0o644)).unwrap();
    let postgres = start(&config);
    let setting = "SELECT setting::int8 FROM pg_settings WHERE name = 'work_mem'";
    assert_eq!(sql(&postgres.app_url(DATABASE), &[setting]).unwrap(), 9 * 1024);
    postgres.stop().unwrap();

    std::fs::write(&local, "work_mem = 'plenty'\n").unwrap();
    let begun = Instant::now();
    let error = EmbeddedPostgres::start(&config).unwrap_err().to_string();
    assert!(error.contains("work_mem"), "the reason is shown: {error}");
    assert!(
        begun.elapsed() < PATIENCE / 2,
        "a wrong setting is told at once, not after retries"
    );
}

#[test]
fn as_root_the_server_runs_as_another_user_and_closed_folders_are_named() {
    if !Uid::effective().is_root() {
        println!("not root: nothing to see");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let postgres = start(&config(dir.path()));
    let owner = std::fs::metadata(format!("/proc/{}", postgres.postmaster_pid()))
        .unwrap()
        .uid();
    assert_ne!(owner, 0);
    drop(postgres);

    let closed = dir.path().join("closed");
    std::fs::create_dir_all(&closed).unwrap();
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o700)).unwrap();
    let error = EmbeddedPostgres::start(&config(&closed)).unwrap_err();
    assert!(
        matches!(&error, EmbeddedError::NotSearchable { dir, .. } if *dir == closed),
        "{error}"
    );
    assert!(error.to_string().contains("chmod o+x"), "{error}");
}

#[test]
fn the_app_role_is_the_one_in_its_url() {
    let dir = tempfile::tempdir().unwrap();
    let postgres = start(&config(dir.path()));
    let is_app =
        "SELECT count(*) FROM (SELECT 1) x WHERE session_user = 'satupintu_app' AND current_user = session_user";
    assert!(postgres.app_url(DATABASE).contains(APP_ROLE));
    assert_eq!(sql(&postgres.app_url(DATABASE), &[is_app]).unwrap(), 1);
}
