//! What people are told, where, when, and how they choose.

use std::time::Duration;

use satupintu::notices::digest;
use satupintu_tests::{Answer, Client, Service, client::send, cluster::Content, mail_server::MailServer};
use serde_json::{Value, json};
use sqlx::Executor;

use crate::readiness::fill;

const LIST: &str = "/api/v1/notifications";
const UNREAD: &str = "/api/v1/notifications/unread";
const PREFERENCES: &str = "/api/v1/notifications/preferences";
const STREAM: &str = "/api/v1/notifications/stream";

/// Bulukumba's data officer shows a document and the province sends it back. Waits until the job has decided on the notices.
async fn send_back(service: &Service) -> Answer {
    let data = service.demo_client("data.bulukumba").await;
    let reviewer = service.demo_client("sulsel").await;
    let file = fill::upload(&data).await;
    let evidence = fill::show(&data, "REG-1", "regent_regulation", &file).await.expect(201);
    let answer = fill::decide(&reviewer, &evidence, "returned", "Belum bernomor.")
        .await
        .expect(200);
    service.tell().await;
    answer
}

async fn unread(client: &Client) -> i64 {
    client.get(UNREAD).await.expect(200).json["unread"]
        .as_i64()
        .expect("number")
}

async fn choose(client: &Client, body: Value) -> Answer {
    let etag = client.get(PREFERENCES).await.expect(200).etag();
    client.put(PREFERENCES, &etag, body).await
}

fn wishes(channel: &str, rhythm: &str) -> Value {
    json!({ "channels": { "item_decided": channel }, "rhythm": rhythm, "quiet_from": null, "quiet_until": null })
}

#[tokio::test]
async fn a_decision_is_behind_the_bell_of_those_it_concerns() {
    let service = Service::demo().await;
    send_back(&service).await;
    let data = service.demo_client("data.bulukumba").await;
    let listed = data.get(LIST).await.expect(200);
    let notice = &listed.items()[0];
    assert_eq!(notice["kind"], "item_decided");
    assert!(
        notice["title"]
            .as_str()
            .expect("title")
            .starts_with("Butir REG-1 dikembalikan"),
        "{notice}"
    );
    assert_eq!(notice["paragraphs"][1], "Catatan peninjau: Belum bernomor.");
    assert_eq!(
        (&notice["link"], &notice["district_code"]),
        (&json!("/d/73.02/butir/REG-1"), &json!("73.02"))
    );
    let english = data.request(reqwest::Method::GET, LIST).header("accept-language", "en");
    let english = send(english).await.expect(200);
    assert!(english.text.contains("Item REG-1 returned"), "{}", english.text);

    // The others' bells are silent, and nobody reads in another's list.
    for other in ["supervisor.bulukumba", "admin.gowa", "sulsel"] {
        let other = service.demo_client(other).await;
        assert_eq!(
            (unread(&other).await, other.get(LIST).await.expect(200).items().len()),
            (0, 0)
        );
        let path = format!("{LIST}/{}/read", notice["id"].as_str().expect("id"));
        other.post_empty(&path).await.expect_problem(404, "not_found");
    }
    let path = format!("{LIST}/{}/read", notice["id"].as_str().expect("id"));
    assert_eq!(unread(&data).await, 1);
    data.post_empty(&path).await.expect(204);
    data.post_empty(&path).await.expect(204);
    assert_eq!(unread(&data).await, 0);
    assert_eq!(
        data.get(&format!("{LIST}?unread=true")).await.expect(200).items().len(),
        0
    );
    assert_eq!(data.get(LIST).await.expect(200).items().len(), 1);
    assert_eq!(unread(&service.demo_client("admin.bulukumba").await).await, 1);
}

#[tokio::test]
async fn everything_seen_is_read_and_what_comes_later_is_not() {
    let service = Service::demo().await;
    let returned = send_back(&service).await;
    let admin = service.demo_client("admin.bulukumba").await;
    let seen = admin.get(LIST).await.expect(200).items()[0]["id"].clone();
    let reviewer = service.demo_client("sulsel").await;
    fill::decide(&reviewer, &returned, "verified", "").await.expect(200);
    service.tell().await;
    assert_eq!(unread(&admin).await, 2);
    admin
        .post(&format!("{LIST}/read"), json!({ "up_to": seen }))
        .await
        .expect(204);
    assert_eq!(unread(&admin).await, 1);
    let page = admin.get(&format!("{LIST}?limit=1")).await.expect(200);
    assert!(
        page.items()[0]["title"]
            .as_str()
            .expect("title")
            .contains("diverifikasi"),
        "{}",
        page.text
    );
    let next = page.json["next_cursor"].as_str().expect("a second page");
    let second = admin.get(&format!("{LIST}?limit=1&cursor={next}")).await.expect(200);
    assert_eq!(
        (&second.items()[0]["id"], &second.json["next_cursor"]),
        (&seen, &Value::Null)
    );
}

#[tokio::test]
async fn who_has_left_no_longer_sees_what_it_was_about() {
    let service = Service::demo().await;
    send_back(&service).await;
    let data = service.demo_client("data.bulukumba").await;
    assert_eq!(unread(&data).await, 1);
    let gone = "DELETE FROM membership WHERE account_id = (SELECT id FROM account WHERE email LIKE 'data.bulukumba@%')";
    service.database.superuser().await.execute(gone).await.expect("gone");
    assert_eq!(
        (unread(&data).await, data.get(LIST).await.expect(200).items().len()),
        (0, 0)
    );
}

/// Reads a stream until an event says that so many are unread.
async fn wait_for_unread(stream: &mut reqwest::Response, expected: i64) {
    let wanted = format!("event: unread\ndata: {{\"unread\":{expected}}}\n\n");
    let read = async {
        let mut read = String::new();
        while !read.contains(&wanted) {
            let piece = stream.chunk().await.expect("stream").expect("an event before the end");
            read.push_str(&String::from_utf8_lossy(&piece));
        }
    };
    tokio::time::timeout(Duration::from_secs(15), read)
        .await
        .expect("in time");
}

#[tokio::test]
async fn news_comes_by_itself() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let open = admin
        .request(reqwest::Method::GET, STREAM)
        .header("accept-encoding", "gzip");
    let mut stream = open.send().await.expect("stream");
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert!(
        stream
            .headers()
            .get("content-encoding")
            .is_none_or(|encoding| encoding == "identity")
    );
    wait_for_unread(&mut stream, 0).await;
    send_back(&service).await;
    wait_for_unread(&mut stream, 1).await;
    let notice = admin.get(LIST).await.expect(200).items()[0]["id"].clone();
    admin
        .post(&format!("{LIST}/read"), json!({ "up_to": notice }))
        .await
        .expect(204);
    wait_for_unread(&mut stream, 0).await;
    service
        .anonymous()
        .get(STREAM)
        .await
        .expect_problem(401, "unauthenticated");

    // An open stream does not keep the service from stopping.
    let began = std::time::Instant::now();
    service.stop().await;
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    while let Ok(Some(_)) = stream.chunk().await {}
}

#[tokio::test]
async fn the_eleventh_stream_ends_the_first() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let mut open = Vec::new();
    for _ in 0..11 {
        let mut stream = admin
            .request(reqwest::Method::GET, STREAM)
            .send()
            .await
            .expect("stream");
        assert_eq!(stream.status(), 200);
        wait_for_unread(&mut stream, 0).await;
        open.push(stream);
    }
    let mut first = open.remove(0);
    let end = async { while let Ok(Some(_)) = first.chunk().await {} };
    tokio::time::timeout(Duration::from_secs(10), end)
        .await
        .expect("the first ends");
    send_back(&service).await;
    for stream in &mut open {
        wait_for_unread(stream, 1).await;
    }
}

#[tokio::test]
async fn preferences_are_kept_and_checked() {
    let service = Service::demo().await;
    let data = service.demo_client("data.bulukumba").await;
    let first = data.get(PREFERENCES).await.expect(200);
    assert_eq!(
        (&first.json["rhythm"], &first.json["time_zone"]),
        (&json!("daily"), &json!("Asia/Makassar"))
    );
    let body =
        json!({ "channels": { "item_decided": "digest" }, "rhythm": "weekly", "quiet_from": 21, "quiet_until": 6 });
    let kept = data.put(PREFERENCES, &first.etag(), body.clone()).await.expect(200);
    let chosen = |answer: &Answer| {
        let kinds = answer.json["kinds"].as_array().cloned().expect("kinds");
        let kind = kinds
            .into_iter()
            .find(|kind| kind["kind"] == "item_decided")
            .expect("kind");
        (kind["channel"].clone(), answer.json["quiet_from"].clone())
    };
    assert_eq!(chosen(&kept), (json!("digest"), json!(21)));
    assert_eq!(chosen(&data.get(PREFERENCES).await), (json!("digest"), json!(21)));
    data.put(PREFERENCES, &first.etag(), body.clone())
        .await
        .expect_problem(412, "stale");
    for (field, value, place, code) in [
        (
            "channels",
            json!({ "nothing": "app" }),
            "channels.nothing",
            "not_in_list",
        ),
        (
            "channels",
            json!({ "registration_approved": "mail" }),
            "channels.registration_approved",
            "not_in_list",
        ),
        ("quiet_from", json!(24), "quiet_from", "out_of_range"),
        ("quiet_from", json!(null), "quiet_until", "out_of_range"),
        ("quiet_until", json!(21), "quiet_until", "out_of_range"),
    ] {
        let mut bad = body.clone();
        bad[field] = value;
        data.put(PREFERENCES, &kept.etag(), bad).await.expect_field(place, code);
    }
    let (jakarta, jateng) = (service.demo_client("pusat").await, service.demo_client("jateng").await);
    for official in [jakarta, jateng] {
        assert_eq!(
            official.get(PREFERENCES).await.expect(200).json["time_zone"],
            "Asia/Jakarta"
        );
    }
}

#[tokio::test]
async fn wishes_are_kept() {
    let mail = MailServer::start();
    let url = format!("--smtp-url={}", mail.url());
    let service = Service::start(Content::Demo, &["--demo", &url]).await;
    let (data, admin) = (
        service.demo_client("data.bulukumba").await,
        service.demo_client("admin.bulukumba").await,
    );
    choose(&data, wishes("none", "daily")).await.expect(200);
    choose(&admin, wishes("digest", "daily")).await.expect(200);
    send_back(&service).await;
    // Nothing for the one, the bell for the other, a mail for neither.
    assert_eq!((unread(&data).await, unread(&admin).await), (0, 1));
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(mail.received().len(), 0, "{:?}", mail.received());

    let (db, shared) = service.job_parts().await;
    assert_eq!(
        digest::run(&db, &shared).await.expect("digest"),
        0,
        "it is not due before the morning"
    );
    let mut database = service.database.superuser().await;
    let due = "UPDATE notice SET digest_due_at = now() WHERE digest_due_at IS NOT NULL";
    database.execute(due).await.expect("due");
    assert_eq!(digest::run(&db, &shared).await.expect("digest"), 1);
    assert_eq!(digest::run(&db, &shared).await.expect("digest"), 0, "once");
    let digest = mail.wait_for("admin.bulukumba@demo.satupintu.example", 1).await;
    assert!(digest.text.contains("Butir REG-1 dikembalikan"), "{}", digest.text);
    assert!(digest.text.contains("/berhenti-ringkasan#token="), "{}", digest.text);

    // The link ends digests, without signing in, and does nothing else.
    let anonymous = service.anonymous();
    let path = format!("{LIST}/digest-opt-out");
    anonymous
        .post(&path, json!({ "token": "x" }))
        .await
        .expect_problem(410, "link_expired");
    for _ in 0..2 {
        anonymous
            .post(&path, json!({ "token": digest.token() }))
            .await
            .expect(204);
    }
    let after = admin.get(PREFERENCES).await.expect(200);
    assert_eq!(after.json["rhythm"], "off");
    send_back(&service).await;
    assert_eq!(unread(&admin).await, 2);
    database.execute(due).await.expect("due");
    let (db, shared) = service.job_parts().await;
    assert_eq!(satupintu::notices::digest::run(&db, &shared).await.expect("digest"), 0);
}

#[tokio::test]
async fn what_was_read_in_the_application_is_not_mailed_again() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    choose(&admin, wishes("digest", "daily")).await.expect(200);
    send_back(&service).await;
    let notice = admin.get(LIST).await.expect(200).items()[0]["id"].clone();
    admin
        .post(&format!("{LIST}/read"), json!({ "up_to": notice }))
        .await
        .expect(204);
    let mut database = service.database.superuser().await;
    database
        .execute("UPDATE notice SET digest_due_at = now()")
        .await
        .expect("due");
    let (db, shared) = service.job_parts().await;
    let sent = digest::run(&db, &shared).await.expect("digest");
    // The data officer, who chose nothing, was mailed at once and has no digest due but what this test made due.
    assert_eq!(mails_to_admin(&mut database).await, 0, "{sent} digests");
}

/// Whether they wait or have been sent.
async fn mails_to_admin(database: &mut sqlx::PgConnection) -> i64 {
    let sql = "SELECT (SELECT count(*) FROM outbox WHERE payload->>'to' LIKE 'admin.bulukumba@%') \
               + (SELECT count(*) FROM local_mail WHERE recipient LIKE 'admin.bulukumba@%')";
    sqlx::query_scalar(sql).fetch_one(database).await.expect("mails")
}

#[tokio::test]
async fn who_left_a_district_gets_no_digest_about_it() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    choose(&admin, wishes("digest", "daily")).await.expect(200);
    send_back(&service).await;
    assert_eq!(admin.get(LIST).await.expect(200).items().len(), 1);
    let mut database = service.database.superuser().await;
    database
        .execute(
            "DELETE FROM membership WHERE account_id = (SELECT id FROM account WHERE email LIKE 'admin.bulukumba@%'); \
             UPDATE notice SET digest_due_at = now()",
        )
        .await
        .expect("left");
    let (db, shared) = service.job_parts().await;
    digest::run(&db, &shared).await.expect("digest");
    assert_eq!(mails_to_admin(&mut database).await, 0);
}

#[tokio::test]
async fn quiet_hours_hold_mails_back_on_the_districts_clock() {
    // WIB, WITA and WIT: at one moment three different hours.
    for zone in ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"] {
        quiet_hours_in(zone).await;
    }
}

async fn quiet_hours_in(zone: &str) {
    let service = Service::demo().await;
    let mut database = service.database.superuser().await;
    let moved = sqlx::query("UPDATE district SET time_zone = $1 WHERE code = '73.02'").bind(zone);
    moved.execute(&mut database).await.expect("zone");
    let admin = service.demo_client("admin.bulukumba").await;
    let hour: i32 = sqlx::query_scalar("SELECT extract(hour FROM now() AT TIME ZONE $1)::integer")
        .bind(zone)
        .fetch_one(&mut database)
        .await
        .expect("hour");
    let until = (hour + 3) % 24;
    let mut body = wishes("mail", "daily");
    body["quiet_from"] = json!(hour);
    body["quiet_until"] = json!(until);
    choose(&admin, body).await.expect(200);
    send_back(&service).await;
    let waits: Vec<(bool, i32, i32)> = sqlx::query_as(
        "SELECT due_at > now() + interval '1 hour' AND due_at <= now() + interval '3 hours', \
         extract(hour FROM due_at AT TIME ZONE $1)::integer, extract(minute FROM due_at)::integer \
         FROM outbox WHERE done_at IS NULL AND payload->>'to' LIKE 'admin.bulukumba@%'",
    )
    .bind(zone)
    .fetch_all(&mut database)
    .await
    .expect("outbox");
    assert_eq!(waits, [(true, until, 0)], "{zone}");
    assert_eq!(unread(&admin).await, 1, "the bell is not held back");
}

#[tokio::test]
async fn approval_is_told_to_the_new_coordinator() {
    let service = Service::full_demo().await;
    let pusat = service.demo_client("pusat").await;
    let all = pusat.get("/api/v1/oversight/registrations").await.expect(200);
    let is_open = |row: &&Value| matches!(row["status"].as_str(), Some("submitted" | "endorsed"));
    let waiting = all.items().iter().find(is_open).expect("an open application").clone();
    let path = format!(
        "/api/v1/oversight/registrations/{}",
        waiting["id"].as_str().expect("id")
    );
    let etag = pusat.get(&path).await.expect(200).etag();
    let approve = pusat.request(reqwest::Method::POST, &format!("{path}/approve"));
    send(approve.header("if-match", etag)).await.expect(200);
    let mut database = service.database.superuser().await;
    let told: Vec<(String, String)> = sqlx::query_as(
        "SELECT n.kind, n.link FROM notice n JOIN membership m ON m.account_id = n.account_id AND m.district_id = n.district_id",
    )
    .fetch_all(&mut database)
    .await
    .expect("notices");
    let code = waiting["district_code"].as_str().expect("code");
    assert_eq!(told, [("registration_approved".to_owned(), format!("/d/{code}"))]);
}
