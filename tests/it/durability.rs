//! An acknowledged write survives whatever is killed.

use std::{path::Path, time::Duration};

use nix::{sys::signal::Signal, unistd::Pid};
use satupintu_tests::{
    Client, DEMO_PASSWORD,
    process::{ServiceProcess, postmaster_pid},
};
use serde_json::json;

const ROLES: &str = "/api/v1/districts/73.06/roles";

async fn signed_in(url: &str) -> Client {
    let mut client = Client::new(url);
    client.login("admin.gowa@demo.satupintu.example", DEMO_PASSWORD).await;
    client
}

/// Writes until the service is gone; returns the keys whose write was acknowledged.
async fn write_until_dead(client: Client, round: u32, writer: u32) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for number in 0.. {
        let key = format!("r{round}_w{writer}_{number}");
        let body = json!({ "key": key, "name": "Uji tahan putus", "permissions": ["district.read"] });
        let Ok(answer) = client.request(reqwest::Method::POST, ROLES).json(&body).send().await else {
            break;
        };
        match answer.status().as_u16() {
            201 => acknowledged.push(key),
            // The database died first: not acknowledged, and the service says so.
            status => assert!(status >= 500, "unexpected {status}"),
        }
    }
    acknowledged
}

async fn all_keys(client: &Client) -> Vec<String> {
    let mut keys = Vec::new();
    let mut path = format!("{ROLES}?limit=200");
    loop {
        let page = client.get(&path).await.expect(200);
        keys.extend(
            page.items()
                .iter()
                .filter_map(|role| role["key"].as_str().map(str::to_owned)),
        );
        let Some(cursor) = page.json["next_cursor"].as_str() else {
            return keys;
        };
        path = format!("{ROLES}?limit=200&cursor={cursor}");
    }
}

fn kill_database(data_dir: &Path) {
    let pid = postmaster_pid(data_dir).expect("a running database");
    nix::sys::signal::kill(Pid::from_raw(pid), Signal::SIGKILL).expect("kill the database");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_writes_survive_kill_9_of_service_and_database() {
    let folder = tempfile::Builder::new()
        .prefix("satupintu-")
        .tempdir_in("/var/tmp")
        .expect("folder");
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let mut service = ServiceProcess::start(folder.path(), &["--demo"]);
        let client = signed_in(&service.url).await;
        let writers: Vec<_> = (0..4)
            .map(|writer| tokio::spawn(write_until_dead(client.clone(), round, writer)))
            .collect();
        tokio::time::sleep(Duration::from_millis(1500)).await;
        // Once the database first, once the service first, once the service alone.
        match round {
            0 => {
                kill_database(folder.path());
                service.kill();
            }
            1 => {
                service.kill();
                if let Some(pid) = postmaster_pid(folder.path()) {
                    // It may have ended with the service already.
                    let _ = nix::sys::signal::kill(Pid::from_raw(pid), Signal::SIGKILL);
                }
            }
            _ => service.kill(),
        }
        for writer in writers {
            acknowledged.extend(writer.await.expect("writer"));
        }
    }
    assert!(
        acknowledged.len() > 30,
        "only {} writes: the test proves little",
        acknowledged.len()
    );
    let service = ServiceProcess::start(folder.path(), &["--demo"]);
    let keys = all_keys(&signed_in(&service.url).await).await;
    let lost: Vec<_> = acknowledged.iter().filter(|key| !keys.contains(key)).collect();
    assert!(
        lost.is_empty(),
        "{} of {} acknowledged writes are gone: {lost:?}",
        lost.len(),
        acknowledged.len()
    );
    assert!(service.terminate().success());
    assert_eq!(
        postmaster_pid(folder.path()),
        None,
        "the database was stopped with the service"
    );
}

#[tokio::test]
async fn a_killed_database_comes_back_by_itself() {
    let folder = tempfile::Builder::new()
        .prefix("satupintu-")
        .tempdir_in("/var/tmp")
        .expect("folder");
    let service = ServiceProcess::start(folder.path(), &["--demo"]);
    let client = signed_in(&service.url).await;
    kill_database(folder.path());
    let mut patience = 100;
    while client.get("/api/v1/districts/73.06/members").await.status != 200 {
        patience -= 1;
        assert!(patience > 0, "still not back");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
