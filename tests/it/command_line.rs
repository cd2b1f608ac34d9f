//! The commands of an operator as processes: what they say, and the status with which they end.

use std::{
    path::Path,
    process::{Command, Output},
};

use satupintu::readiness::ComponentKind;
use satupintu_tests::{Service, process::binary};
use sqlx::Executor;

use crate::packages::arrange::{GOWA, draft, gowa, publish};

/// The status and everything that was said.
fn said(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    (output.status.code(), text.concat())
}

/// With the database of a running service.
fn run(service: &Service, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(binary())
        .args(arguments)
        .arg("--data-dir")
        .arg(service.data_dir())
        .env("DATABASE_URL", service.database.app_url())
        .output();
    said(&output.expect("the command runs"))
}

fn verify(file: &Path, more: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(binary())
        .args(["package", "verify"])
        .arg(file)
        .args(more)
        .env_remove("DATABASE_URL")
        .output();
    said(&output.expect("the command runs"))
}

#[tokio::test]
async fn package_verify_tells_a_good_file_from_an_altered_one() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let published = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let path = format!("/api/v1/packages/{}/document", published.id());
    let document = gowa.admin.get(&path).await.expect(200);
    let kid = document.json["signature"]["kid"].as_str().expect("kid").to_owned();
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("paket.json");

    std::fs::write(&file, &document.text).expect("write");
    let (status, text) = verify(&file, &[]);
    assert_eq!(status, Some(0), "{text}");
    for told in ["Model Gowa v1", "Kabupaten Gowa", kid.as_str(), "Whole and signed."] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let (status, text) = verify(&file, &["--fingerprint", &kid]);
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = verify(&file, &["--fingerprint", "lain"]);
    assert_eq!(status, Some(3), "{text}");
    assert!(text.contains("signed by another key"), "{text}");

    let mut flipped = document.text.clone().into_bytes();
    let place = document.text.find("Penerimaan").expect("a title");
    flipped[place] ^= 1;
    std::fs::write(&file, flipped).expect("write");
    let (status, text) = verify(&file, &[]);
    assert_eq!(status, Some(1), "{text}");
    assert!(
        text.contains("rusak atau diubah") && text.contains("damaged or was altered"),
        "{text}"
    );

    // Two hundred megabytes that are not there: told by its length, without being read.
    let huge = std::fs::File::create(&file).expect("create");
    huge.set_len(200 * 1024 * 1024).expect("length");
    let (status, text) = verify(&file, &[]);
    assert_eq!(status, Some(1), "{text}");
    assert!(
        text.contains("paling besar 5 MB") && text.contains("at most 5 MB"),
        "{text}"
    );
    let (status, text) = verify(&folder.path().join("tiada.json"), &[]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("tiada.json"), "{text}");
}

#[tokio::test]
async fn audit_verify_ends_well_while_nobody_tampers() {
    let service = Service::demo().await;
    gowa(&service).await;
    let (status, text) = run(&service, &["audit", "verify"]);
    assert_eq!(status, Some(0), "{text}");
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(" events ok head=")).collect();
    assert!(lines.iter().any(|line| line.starts_with("73.06 ")), "{text}");
    assert!(lines.iter().any(|line| line.starts_with("nasional ")), "{text}");

    let mut database = service.database.superuser().await;
    let tamper = "UPDATE audit_event SET actor_name = 'Orang lain' WHERE district_id = 7306 AND id = 2";
    database.execute(tamper).await.expect("tamper");
    let (status, text) = run(&service, &["audit", "verify"]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("BROKEN at 2: altered"), "{text}");
}

#[tokio::test]
async fn rollups_rebuild_says_by_its_status_whether_figures_differed() {
    let service = Service::demo().await;
    run(&service, &["rollups", "rebuild"]);
    let (status, text) = run(&service, &["rollups", "rebuild"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains(" districts, 0 differed, 0 failed"), "{text}");

    let mut database = service.database.superuser().await;
    let wrong = "UPDATE readiness_summary SET claimed = claimed + 1234 WHERE district_id = 7302";
    database.execute(wrong).await.expect("wrong");
    let (status, text) = run(&service, &["rollups", "rebuild"]);
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("73.02 differed\n") && text.contains(" 1 differed, 0 failed"),
        "{text}"
    );
    let (status, text) = run(&service, &["rollups", "rebuild"]);
    assert_eq!(status, Some(0), "it was mended: {text}");

    let (status, help) = run_help();
    assert_eq!(status, Some(0));
    assert!(help.contains("With 2 when some did"), "{help}");
}

fn run_help() -> (Option<i32>, String) {
    let output = Command::new(binary()).args(["rollups", "rebuild", "--help"]).output();
    said(&output.expect("the command runs"))
}
