//! Announcements: to whom they go, who is told, who has read them.

use satupintu::notices::{circular, dispatch};
use satupintu_tests::{Answer, Client, Service};
use serde_json::{Value, json};
use sqlx::{Executor, Row};

use crate::standing;

const SENT: &str = "/api/v1/oversight/announcements";

fn draft(title: &str, audience: Value) -> Value {
    json!({ "title": title, "text": "Alinea satu.\n\nAlinea dua.", "link": "/pemberitahuan", "must_confirm": true,
        "audience": audience })
}

async fn announce(client: &Client, title: &str, audience: Value) -> Answer {
    client.post(SENT, draft(title, audience)).await
}

/// The ministry tells Bulukumba something, and nobody else.
pub async fn bulukumba_has_one(service: &Service) {
    let ministry = service.demo_client("pusat").await;
    let audience = json!({ "districts": ["73.02"] });
    announce(&ministry, "Contoh untuk Bulukumba", audience)
        .await
        .expect(201);
}

async fn tell(service: &Service) {
    let (db, shared) = service.job_parts().await;
    circular::run(&db).await.expect("circulars");
    dispatch::run(&db, &shared.config).await.expect("dispatch");
}

async fn told(client: &Client) -> Vec<String> {
    let list = client.get("/api/v1/notifications").await.expect(200);
    let of_kind = list.items().iter().filter(|notice| notice["kind"] == "announced");
    of_kind
        .filter_map(|notice| notice["title"].as_str().map(str::to_owned))
        .collect()
}

fn in_district(code: &str, id: &str) -> String {
    format!("/api/v1/districts/{code}/announcements/{id}")
}

#[tokio::test]
async fn an_announcement_is_sent_read_and_confirmed() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let size = ministry
        .get("/api/v1/oversight/audience?roles=everyone")
        .await
        .expect(200)
        .json;
    let sent = announce(&ministry, "Contoh jadwal", json!({})).await.expect(201);
    assert_eq!(sent.json["districts"], size["districts"]);
    assert!(size["people"].as_i64() >= size["districts"].as_i64(), "{size}");
    assert_eq!(
        (&sent.json["opened"], &sent.json["province_name"]),
        (&json!(0), &Value::Null)
    );

    tell(&service).await;
    let admin = service.demo_client("admin.gowa").await;
    assert_eq!(told(&admin).await, ["Pengumuman: Contoh jadwal"]);
    tell(&service).await;
    assert_eq!(told(&admin).await.len(), 1, "nobody is told twice");

    // Reading it in the list is not opening it; opening it twice is opening it once.
    let id = sent.id();
    let path = in_district("73.06", &id);
    let listed = admin.get("/api/v1/districts/73.06/announcements").await.expect(200);
    assert_eq!(listed.items()[0]["is_read"], json!(false));
    for _ in 0..2 {
        admin.post_empty(&format!("{path}/opened")).await.expect(204);
    }
    let worker = service.demo_client("peksos.gowa").await;
    worker.post_empty(&format!("{path}/opened")).await.expect(204);
    // Who oversees the district looks, and is not counted.
    service
        .demo_client("sulsel")
        .await
        .post_empty(&format!("{path}/opened"))
        .await
        .expect(204);
    assert_eq!(admin.get(&path).await.expect(200).json["is_read"], json!(true));
    worker
        .post_empty(&format!("{path}/confirmation"))
        .await
        .expect_problem(403, "forbidden");
    let confirmed = admin.post_empty(&format!("{path}/confirmation")).await.expect(200);
    let again = admin.post_empty(&format!("{path}/confirmation")).await.expect(200);
    assert!(confirmed.json["confirmed_at"].is_string());
    assert_eq!(confirmed.json["confirmed_at"], again.json["confirmed_at"]);

    let seen = ministry.get(&format!("{SENT}/{id}")).await.expect(200).json;
    assert_eq!((&seen["opened"], &seen["confirmed"]), (&json!(1), &json!(1)));
    let receipts = ministry
        .get(&format!("{SENT}/{id}/receipts?limit=200"))
        .await
        .expect(200);
    let gowa = receipts
        .items()
        .iter()
        .find(|row| row["district_code"] == "73.06")
        .cloned()
        .expect("gowa");
    let readers = gowa["readers"].as_array().cloned().expect("readers");
    assert_eq!(readers.len(), 2, "{gowa}");
    assert!(readers[0]["name"].is_string() && readers[1]["name"].is_null(), "{gowa}");
    assert_eq!(readers[1]["role"], "Pekerja sosial");
    let unopened = ministry
        .get(&format!("{SENT}/{id}/receipts?reading=unopened&limit=200"))
        .await
        .expect(200);
    assert_eq!(unopened.items().len() + 1, receipts.items().len());
}

#[tokio::test]
async fn a_province_addresses_its_own_and_sees_its_own() {
    let service = Service::full_demo().await;
    let (ministry, jateng) = (service.demo_client("pusat").await, service.demo_client("jateng").await);
    let of_ministry = announce(&ministry, "Dari kementerian", json!({})).await.expect(201);
    let all = ministry.get("/api/v1/oversight/audience").await.expect(200).json;
    let own = jateng.get("/api/v1/oversight/audience").await.expect(200).json;
    assert!(own["districts"].as_i64() < all["districts"].as_i64(), "{own} {all}");
    let beyond = jateng.get("/api/v1/oversight/audience?province=73").await.expect(200);
    assert_eq!(beyond.json["districts"], json!(0));
    announce(&jateng, "Contoh", json!({ "provinces": ["73"] }))
        .await
        .expect_field("audience", "empty");
    announce(&jateng, "Contoh", json!({ "districts": ["73.06"] }))
        .await
        .expect_field("audience.districts", "not_in_list");
    announce(&jateng, "Contoh", json!({ "districts": ["73'06"] }))
        .await
        .expect_field("audience.districts", "not_in_list");

    let sent = announce(&jateng, "Dari provinsi", json!({ "roles": "coordinators" }))
        .await
        .expect(201);
    assert_eq!(
        (&sent.json["districts"], &sent.json["province_name"]),
        (&own["districts"], &json!("Jawa Tengah"))
    );
    let list = jateng.get(SENT).await.expect(200);
    assert_eq!(list.items().len(), 1, "{}", list.text);
    assert_eq!(ministry.get(SENT).await.expect(200).items().len(), 2);
    let theirs = format!("{SENT}/{}", of_ministry.id());
    jateng.get(&theirs).await.expect_problem(404, "not_found");
    jateng
        .get(&format!("{theirs}/receipts"))
        .await
        .expect_problem(404, "not_found");
    let reason = json!({ "reason": "Contoh." });
    jateng
        .post(&format!("{theirs}/withdrawal"), reason)
        .await
        .expect_problem(404, "not_found");
    // It reached its own districts and nobody else's; in them, the coordinators.
    tell(&service).await;
    let klaten = service.demo_client("admin.klaten").await;
    assert!(told(&klaten).await.contains(&"Pengumuman: Dari provinsi".to_owned()));
    let gowa = service.demo_client("admin.gowa").await;
    assert_eq!(told(&gowa).await, ["Pengumuman: Dari kementerian"]);
    gowa.get(&in_district("73.06", &sent.id()))
        .await
        .expect_problem(404, "not_found");
    let mut database = service.database.superuser().await;
    let sql = "SELECT count(*) FROM notice n JOIN membership m ON m.account_id = n.account_id AND m.district_id = n.district_id \
               WHERE n.params->>'title' = 'Dari provinsi' AND m.role_key <> 'district_admin'";
    let others: i64 = database.fetch_one(sql).await.expect("count").get(0);
    assert_eq!(others, 0);
}

#[tokio::test]
async fn a_correction_replaces_and_a_withdrawal_takes_back() {
    let service = Service::full_demo().await;
    let (ministry, gowa) = (
        service.demo_client("pusat").await,
        service.demo_client("admin.gowa").await,
    );
    let audience = json!({ "districts": ["73.06"] });
    let first = announce(&ministry, "Keliru", audience.clone()).await.expect(201);
    let path = format!("{SENT}/{}", first.id());
    let text = json!({ "title": "Benar", "text": "Yang benar.", "must_confirm": false });
    let second = ministry
        .post(&format!("{path}/correction"), text.clone())
        .await
        .expect(201);
    assert_eq!(second.json["replaces"].as_str(), Some(first.id().as_str()));
    ministry
        .post(&format!("{path}/correction"), text)
        .await
        .expect_problem(409, "conflict");
    tell(&service).await;
    // The first had not been told when it was corrected: only the correction is.
    assert_eq!(told(&gowa).await, ["Ralat pengumuman: Benar"]);
    let old = in_district("73.06", &first.id());
    assert_eq!(
        gowa.get(&old).await.expect(200).json["replaced_by"].as_str(),
        Some(second.id().as_str())
    );
    gowa.post_empty(&format!("{old}/confirmation"))
        .await
        .expect_problem(409, "conflict");

    let path = format!("{SENT}/{}/withdrawal", second.id());
    ministry
        .post(&path, json!({ "reason": " " }))
        .await
        .expect_field("reason", "required");
    let reason = json!({ "reason": "Batal." });
    ministry.post(&path, reason.clone()).await.expect(200);
    ministry.post(&path, reason).await.expect_problem(409, "conflict");
    tell(&service).await;
    assert_eq!(told(&gowa).await[0], "Pengumuman ditarik: Benar");
    let seen = gowa.get(&in_district("73.06", &second.id())).await.expect(200).json;
    assert_eq!(
        (&seen["withdrawn_reason"], &seen["text"]),
        (&json!("Batal."), &json!(""))
    );
}

#[tokio::test]
async fn telling_goes_on_where_it_was_broken_off() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    standing::put(&service, "73.06", "suspended").await.expect(200);
    let sent = announce(&ministry, "Contoh", json!({})).await.expect(201);
    let mut database = service.database.superuser().await;
    let waiting: i64 = database
        .fetch_one("SELECT count(*) FROM circular_pending")
        .await
        .expect("count")
        .get(0);
    assert_eq!(sent.json["districts"], json!(waiting));
    let gowa: i64 = database
        .fetch_one("SELECT count(*) FROM circular_pending WHERE district_id = 7306")
        .await
        .expect("count")
        .get(0);
    assert_eq!(gowa, 0, "a suspended district is not addressed");
    // As after a kill in the midst of it: some districts are told and gone from the queue, the others wait.
    let broken_off = "CREATE TABLE told AS SELECT * FROM circular_pending LIMIT 2";
    database.execute(broken_off).await.expect("some");
    database
        .execute("DELETE FROM circular_pending p USING told t WHERE t.district_id = p.district_id")
        .await
        .expect("told");
    let (db, _) = service.job_parts().await;
    let one = circular::run(&db);
    let other = circular::run(&db);
    let (one, other) = tokio::join!(one, other);
    assert_eq!(
        one.expect("one") + other.expect("other"),
        usize::try_from(waiting).expect("count") - 2
    );
    let twice: i64 = database
        .fetch_one(
            "SELECT count(*) FROM (SELECT 1 FROM notice WHERE kind = 'announced' GROUP BY account_id, district_id \
             HAVING count(*) > 1) twice",
        )
        .await
        .expect("count")
        .get(0);
    assert_eq!(twice, 0);
    let told_again: i64 = database
        .fetch_one(
            "SELECT count(*) FROM notice n JOIN told t ON t.district_id = n.district_id WHERE n.kind = 'announced'",
        )
        .await
        .expect("count")
        .get(0);
    assert_eq!(told_again, 0);
}

#[tokio::test]
async fn what_cannot_be_announced_says_why() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    for (field, value, code) in [
        ("title", json!(""), "required"),
        ("title", json!("x".repeat(201)), "too_long"),
        ("text", json!("  \n "), "required"),
        ("text", json!("x".repeat(8_001)), "too_long"),
        ("link", json!("javascript:alert(1)"), "not_a_link"),
        ("link", json!("//contoh.example"), "not_a_link"),
    ] {
        let mut body = draft("Contoh", json!({}));
        body[field] = value;
        ministry.post(SENT, body).await.expect_field(field, code);
    }
}
