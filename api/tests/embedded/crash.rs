//! Processes killed, and what killed processes leave behind.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Instant;

use nix::unistd::Uid;
use satupintu::db::embedded::DATABASE;

use crate::support::*;

#[test]
fn a_killed_server_comes_back_with_every_acknowledged_row() {
    let dir = tempfile::tempdir().unwrap();
    let mut service = Service::start(dir.path());
    let pid = service.next("pid").unwrap();
    let mut acknowledged = 0;
    while acknowledged < 200 {
        acknowledged = service.next("ack").unwrap();
    }
    kill_hard(pid.try_into().unwrap());
    while let Some(n) = service.next("ack") {
        acknowledged = n;
    }
    // The writer has ended with an error; what it was told is there.
    service.kill_hard();
    let postgres = start(&durable(dir.path()));
    let rows = sql(&postgres.owner_url(DATABASE), &["SELECT count(*) FROM ack"]).unwrap();
    assert!(
        rows == acknowledged || rows == acknowledged + 1,
        "{acknowledged} acknowledged, {rows} found"
    );
}

#[test]
fn the_keeper_starts_a_killed_server_again() {
    let dir = tempfile::tempdir().unwrap();
    let config = durable(dir.path());
    let postgres = start(&config);
    sql(
        &postgres.owner_url(DATABASE),
        &["CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)", "SELECT 1::int8"],
    )
    .unwrap();
    let pid = postgres.postmaster_pid();
    let begun = Instant::now();
    kill_hard(pid);
    eventually("a new server answers", || {
        postgres.postmaster_pid() != pid && sql(&postgres.owner_url(DATABASE), &["SELECT count(*) FROM t"]).is_ok()
    });
    println!("back after kill -9 of the server: {:?}", begun.elapsed());
    assert_eq!(
        sql(&postgres.owner_url(DATABASE), &["SELECT count(*) FROM t"]).unwrap(),
        1
    );
    postgres.stop().unwrap();
    assert_eq!(postgres_processes(&config), Vec::<u32>::new());
}

#[test]
fn a_killed_service_leaves_no_server_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let config = durable(dir.path());
    let mut service = Service::start(dir.path());
    service.next("pid").unwrap();
    let mut acknowledged = 0;
    while acknowledged < 200 {
        acknowledged = service.next("ack").unwrap();
    }
    service.kill_hard();
    while let Some(n) = service.next("ack") {
        acknowledged = n;
    }
    eventually("no server is left", || postgres_processes(&config).is_empty());

    let begun = Instant::now();
    let postgres = start(&config);
    println!("start after kill -9 of the service: {:?}", begun.elapsed());
    assert!(postgres.is_owner());
    let rows = sql(&postgres.owner_url(DATABASE), &["SELECT count(*) FROM ack"]).unwrap();
    assert!(
        rows == acknowledged || rows == acknowledged + 1,
        "{acknowledged} acknowledged, {rows} found"
    );
}

#[test]
fn a_backend_that_outlives_its_killed_server_is_told_to_quit() {
    let dir = tempfile::tempdir().unwrap();
    let config = durable(dir.path());
    let postgres = start(&config);
    let pid = postgres.postmaster_pid();
    let url = postgres.owner_url(DATABASE);
    // A loop without a pause never looks whether its server still lives.
    let busy = std::thread::spawn(move || sql(&url, &["DO 'BEGIN LOOP END LOOP; END'", "SELECT 1::int8"]).is_err());
    let loops = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'";
    eventually("the loop runs", || {
        sql(&postgres.superuser_url("postgres"), &[loops]).unwrap() == 1
    });
    kill_hard(pid);
    eventually("a new server answers", || {
        postgres.postmaster_pid() != pid && sql(&postgres.app_url(DATABASE), &["SELECT 1::int8"]).is_ok()
    });
    assert!(busy.join().unwrap(), "the loop was ended");
}

#[test]
fn both_killed_at_once_and_started_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut service = Service::start(dir.path());
    let pid = service.next("pid").unwrap();
    service.next("ack").unwrap();
    kill_hard(pid.try_into().unwrap());
    service.kill_hard();
    let postgres = start(&durable(dir.path()));
    assert!(postgres.is_owner());
    assert!(sql(&postgres.owner_url(DATABASE), &["SELECT count(*) FROM ack"]).unwrap() >= 1);
}

#[test]
fn a_stale_pid_file_does_not_keep_the_server_from_starting() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    start(&config).stop().unwrap();
    let zombie = Command::new("true").spawn().unwrap();
    // A number without a process, another program's, a zombie's.
    let mut sleeper = sleeper(&cluster(&config));
    for pid in [4_000_000, sleeper.id(), zombie.id()] {
        let file = cluster(&config).join("postmaster.pid");
        let text = format!(
            "{pid}\n{}\n1700000000\n5432\n\n\n  1 1\nready   \n",
            cluster(&config).display()
        );
        std::fs::write(&file, text).unwrap();
        let owner = std::fs::metadata(cluster(&config)).unwrap();
        std::os::unix::fs::chown(&file, Some(owner.uid()), Some(owner.gid())).unwrap();
        let postgres = start(&config);
        assert!(postgres.is_owner());
        assert!(sql(&postgres.app_url(DATABASE), &["SELECT 1::int8"]).is_ok());
        postgres.stop().unwrap();
    }
    assert!(
        sleeper.try_wait().unwrap().is_none(),
        "the other program was left alone"
    );
    sleeper.kill().unwrap();
    sleeper.wait().unwrap();
    let mut zombie = zombie;
    zombie.wait().unwrap();
}

/// A program of the cluster's own user, whose number PostgreSQL by itself would take for a running server.
fn sleeper(cluster: &Path) -> Child {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new("sleep");
    command.arg("600").current_dir("/");
    if Uid::effective().is_root() {
        command.uid(std::fs::metadata(cluster).unwrap().uid());
    }
    command.spawn().unwrap()
}

#[test]
fn a_half_made_cluster_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    let half = config.data_dir.join("postgres/data.new");
    std::fs::create_dir_all(half.join("base")).unwrap();
    std::fs::write(half.join("PG_VERSION"), "15\n").unwrap();
    let postgres = start(&config);
    assert!(sql(&postgres.app_url(DATABASE), &["SELECT 1::int8"]).is_ok());
    assert!(!half.exists());
}
