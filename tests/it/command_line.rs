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
    // The second as one in sixty-four is: base64 has hyphens.
    for other in ["lain", "-lain"] {
        let (status, text) = verify(&file, &["--fingerprint", other]);
        assert_eq!(status, Some(3), "{text}");
        assert!(text.contains("signed by another key"), "{text}");
    }

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

const MINISTRY: &str = "pusat@demo.satupintu.example";
const PROVINCE: &str = "sulsel@demo.satupintu.example";

async fn sign_in(service: &Service, email: &str) -> u16 {
    let body = serde_json::json!({ "email": email, "password": satupintu_tests::DEMO_PASSWORD });
    let answer = service.anonymous().post("/api/v1/auth/login", body).await;
    answer.status.as_u16()
}

async fn acts(service: &Service, entity: &str) -> Vec<String> {
    let mut database = service.database.superuser().await;
    sqlx::query_scalar(
        "SELECT action FROM system_audit_event WHERE entity = $1 AND actor_name = 'sistem: operator' ORDER BY id",
    )
    .bind(entity)
    .fetch_all(&mut database)
    .await
    .expect("trail")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_disabled_with_its_sessions_and_enabled_again() {
    let service = Service::demo().await;
    let official = service.demo_client("sulsel").await;
    let (status, text) = run(&service, &["account", "disable", PROVINCE]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("sessions ended: 1"), "{text}");
    let refreshed = official.without_token().post_empty("/api/v1/auth/refresh").await;
    refreshed.expect_problem(401, "session_expired");
    assert_eq!(sign_in(&service, PROVINCE).await, 401);
    let (status, text) = run(&service, &["account", "disable", PROVINCE]);
    assert!(status != Some(0) && text.contains("disabled already"), "{text}");
    let (status, text) = run(&service, &["account", "enable", PROVINCE]);
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(sign_in(&service, PROVINCE).await, 200);
    assert_eq!(acts(&service, "account").await, ["disable", "enable"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_is_taken_away_but_never_that_of_the_last_national_admin() {
    let service = Service::demo().await;
    let official = service.demo_client("sulsel").await;
    let role = [
        "account",
        "remove-role",
        PROVINCE,
        "--role",
        "province_reviewer",
        "--province",
        "73",
    ];
    let (status, text) = run(&service, &role);
    assert_eq!(status, Some(0), "{text}");
    let refreshed = official.without_token().post_empty("/api/v1/auth/refresh").await;
    refreshed.expect_problem(401, "session_expired");
    let again = service.demo_client("sulsel").await;
    assert_eq!(
        again.get("/api/v1/me").await.expect(200).json["memberships"],
        serde_json::json!([])
    );
    let (status, text) = run(&service, &role);
    assert!(status != Some(0) && text.contains("does not have the role"), "{text}");
    let last = ["account", "remove-role", MINISTRY, "--role", "nation_admin"];
    for arguments in [&last[..], &["account", "disable", MINISTRY]] {
        let (status, text) = run(&service, arguments);
        assert!(status != Some(0) && text.contains("last national admin"), "{text}");
    }
    let second = [
        "account",
        "create",
        "--email",
        "kedua@contoh.example",
        "--name",
        "Contoh Kedua",
    ];
    let (status, text) = run(&service, &second);
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = run(&service, &last);
    assert_eq!(status, Some(0), "{text}");
    // Nor by way of disabling the one that is left.
    let (status, text) = run(&service, &["account", "disable", "kedua@contoh.example"]);
    assert!(status != Some(0) && text.contains("last national admin"), "{text}");
    assert_eq!(acts(&service, "membership").await, ["delete", "create", "delete"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_second_factor_is_reset() {
    let (service, mail) = Service::demo_with_mail().await;
    let (status, text) = run(&service, &["account", "reset-second-factor", PROVINCE]);
    assert!(status != Some(0) && text.contains("no second factor"), "{text}");
    let official = service.demo_client("sulsel").await;
    let mut database = service.database.superuser().await;
    sqlx::query(
        "UPDATE account_credential SET totp_secret_sealed = 'x', totp_confirmed_at = now() \
         WHERE account_id = (SELECT id FROM account WHERE email = $1)",
    )
    .bind(PROVINCE)
    .execute(&mut database)
    .await
    .expect("a second factor");
    assert_eq!(sign_in(&service, PROVINCE).await, 401);
    let (status, text) = run(&service, &["account", "reset-second-factor", PROVINCE]);
    assert_eq!(status, Some(0), "{text}");
    let refreshed = official.without_token().post_empty("/api/v1/auth/refresh").await;
    refreshed.expect_problem(401, "session_expired");
    assert_eq!(sign_in(&service, PROVINCE).await, 200);
    assert_eq!(acts(&service, "account").await, ["second_factor_reset"]);
    // As it arrives: the outbox forgets what a mail said once it is sent.
    let told = mail.wait_for(PROVINCE, 1).await;
    assert!(told.text.contains("Pengelola server"), "{}", told.text);
}
