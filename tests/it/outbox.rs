//! Mails leave at least once, and no mail server holds up the database.

use satupintu::jobs::{housekeeping, mail::Mailer, outbox};
use satupintu_tests::{Service, cluster::Content};
use serde_json::json;

const GOWA: &str = "admin.gowa@demo.satupintu.example";

async fn ask_for_a_mail(service: &Service, code: &str, email: &str) {
    let body = json!({
        "district_code": code, "unit_name": "PLKSAI", "office_name": "Dinas Sosial Contoh",
        "applicant_name": "Contoh Pendaftar", "position": "Kepala Bidang Contoh", "email": email, "phone": "0812-3456-7890",
    });
    service
        .anonymous()
        .post("/api/v1/registrations", body)
        .await
        .expect(201);
}

async fn run(service: &Service, sql: &'static str) {
    let mut database = service.database.superuser().await;
    sqlx::query(sql).execute(&mut database).await.expect(sql);
}

async fn recipients(service: &Service) -> Vec<String> {
    let mut database = service.database.superuser().await;
    sqlx::query_scalar("SELECT recipient FROM local_mail ORDER BY sent_at")
        .fetch_all(&mut database)
        .await
        .expect("mails")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_mail_server_holds_no_transaction() {
    let (service, mail) = Service::demo_with_mail().await;
    mail.hold(true);
    let reset = json!({ "email": GOWA });
    service
        .anonymous()
        .post("/api/v1/auth/password-reset", reset)
        .await
        .expect(202);
    mail.wait_until_held().await;
    let mut database = service.database.superuser().await;
    let open: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
    )
    .fetch_one(&mut database)
    .await
    .expect("activity");
    assert_eq!(open, 0, "a transaction waits for the mail server");
    let (claimed, attempts): (bool, i32) =
        sqlx::query_as("SELECT claimed_until > now(), attempts FROM outbox WHERE kind = 'mail' AND done_at IS NULL")
            .fetch_one(&mut database)
            .await
            .expect("outbox");
    assert_eq!((claimed, attempts), (true, 1));
    // Another process finds nothing to do meanwhile.
    let (db, shared) = service.job_parts().await;
    assert_eq!(outbox::drain(&db, &shared, &Mailer::Local).await.expect("drain"), 0);
    mail.hold(false);
    mail.wait_for(GOWA, 1).await;
    assert_eq!(mail.received().len(), 1);
}

#[tokio::test]
async fn a_claim_ends_and_the_mail_is_sent_after_all_in_its_order() {
    // Production rules without a mail server: nothing leaves by itself.
    let service = Service::start(Content::Demo, &[]).await;
    ask_for_a_mail(&service, "33.16", "satu@contoh.example").await;
    ask_for_a_mail(&service, "33.07", "dua@contoh.example").await;
    // Somebody took the first one and died before telling how it went.
    run(
        &service,
        "UPDATE outbox SET attempts = 1, claimed_until = now() + interval '1 minute' WHERE payload->>'to' LIKE 'satu@%'",
    )
    .await;
    let (db, shared) = service.job_parts().await;
    assert_eq!(outbox::drain(&db, &shared, &Mailer::Local).await.expect("drain"), 1);
    assert_eq!(recipients(&service).await, ["dua@contoh.example"]);
    run(
        &service,
        "UPDATE outbox SET claimed_until = now() - interval '1 second'",
    )
    .await;
    ask_for_a_mail(&service, "33.14", "tiga@contoh.example").await;
    assert_eq!(outbox::drain(&db, &shared, &Mailer::Local).await.expect("drain"), 2);
    assert_eq!(
        recipients(&service).await,
        ["dua@contoh.example", "satu@contoh.example", "tiga@contoh.example"]
    );
    let mut database = service.database.superuser().await;
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox WHERE done_at IS NULL OR payload <> 'null'")
        .fetch_one(&mut database)
        .await
        .expect("count");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn keys_of_repeated_requests_are_forgotten_after_a_week_in_districts_too() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let post = async |key: &str| {
        let body = json!({ "key": key, "name": "Peran uji", "permissions": ["district.read"] });
        let request = admin.request(reqwest::Method::POST, "/api/v1/districts/73.06/roles");
        let request = request.header("idempotency-key", key).json(&body);
        satupintu_tests::client::send(request).await.expect(201);
    };
    post("lama").await;
    run(
        &service,
        "UPDATE idempotency_key SET created_at = created_at - interval '8 days'",
    )
    .await;
    post("baru").await;
    let (db, _) = service.job_parts().await;
    housekeeping::clear(&db).await.expect("housekeeping");
    let mut database = service.database.superuser().await;
    let left: Vec<String> = sqlx::query_scalar("SELECT split_part(id, ' ', 3) FROM idempotency_key")
        .fetch_all(&mut database)
        .await
        .expect("keys");
    assert_eq!(left, ["baru"]);
}

/// A mail holds links that are keys, so what could not be sent is not kept for ever.
#[tokio::test]
async fn what_was_given_up_is_forgotten() {
    let service = Service::start(Content::Demo, &[]).await;
    ask_for_a_mail(&service, "33.16", "satu@contoh.example").await;
    let (db, _) = service.job_parts().await;
    let left = async || -> i64 {
        let mut database = service.database.superuser().await;
        let count = sqlx::query_scalar("SELECT count(*) FROM outbox");
        count.fetch_one(&mut database).await.expect("count")
    };
    for (days, expected) in [(29, 1), (31, 0)] {
        let mut database = service.database.superuser().await;
        sqlx::query("UPDATE outbox SET failed_at = now() - $1 * interval '1 day'")
            .bind(days)
            .execute(&mut database)
            .await
            .expect("given up");
        housekeeping::clear(&db).await.expect("housekeeping");
        assert_eq!(left().await, expected, "after {days} days");
    }
}
