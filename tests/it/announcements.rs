//! Announcements: to whom they go, who is told, who has read them.

use satupintu::notices::circular;
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

    service.tell().await;
    let admin = service.demo_client("admin.gowa").await;
    assert_eq!(told(&admin).await, ["Pengumuman: Contoh jadwal"]);
    service.tell().await;
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
    service.tell().await;
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
    service.tell().await;
    // The first is told only when the job came to it before it was corrected.
    let titles = told(&gowa).await;
    assert_eq!(titles[0], "Ralat pengumuman: Benar");
    assert!(
        titles[1..].iter().all(|title| title == "Pengumuman: Keliru"),
        "{titles:?}"
    );
    let old = in_district("73.06", &first.id());
    assert_eq!(
        gowa.get(&old).await.expect(200).json["replaced_by"].as_str(),
        Some(second.id().as_str())
    );
    gowa.post_empty(&format!("{old}/confirmation"))
        .await
        .expect_problem(409, "conflict");

    // What was corrected is withdrawn by withdrawing what took its place.
    let reason = json!({ "reason": "Batal." });
    let refused = ministry
        .post(&format!("{SENT}/{}/withdrawal", first.id()), reason)
        .await;
    refused.expect_problem(409, "conflict");
    assert_eq!(
        gowa.get(&old).await.expect(200).json["text"],
        "Alinea satu.\n\nAlinea dua."
    );

    let path = format!("{SENT}/{}/withdrawal", second.id());
    ministry
        .post(&path, json!({ "reason": " " }))
        .await
        .expect_field("reason", "required");
    let reason = json!({ "reason": "Batal." });
    ministry.post(&path, reason.clone()).await.expect(200);
    ministry.post(&path, reason).await.expect_problem(409, "conflict");
    service.tell().await;
    assert_eq!(told(&gowa).await[0], "Pengumuman ditarik: Benar");
    let seen = gowa.get(&in_district("73.06", &second.id())).await.expect(200).json;
    assert_eq!(
        (&seen["withdrawn_reason"], &seen["text"]),
        (&json!("Batal."), &json!(""))
    );
    // Nobody reads the older text as if it stood: it is gone with its correction, and still names it.
    let seen = gowa.get(&old).await.expect(200).json;
    assert_eq!(
        (&seen["withdrawn_reason"], &seen["text"], seen["replaced_by"].as_str()),
        (&json!("Batal."), &json!(""), Some(second.id().as_str()))
    );
    let mut database = service.database.superuser().await;
    let sql = "SELECT count(*) FROM system_audit_event WHERE action = 'withdraw' AND entity = 'announcement'";
    let recorded: i64 = database.fetch_one(sql).await.expect("count").get(0);
    assert_eq!(recorded, 2);
}

#[tokio::test]
async fn telling_goes_on_where_it_was_broken_off() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    standing::put(&service, "73.06", "suspended").await.expect(200);
    let sent = announce(&ministry, "Contoh", json!({})).await.expect(201);
    service.tell().await;
    let mut database = service.database.superuser().await;
    let count = "SELECT count(*), count(DISTINCT (account_id, district_id)), count(*) FILTER (WHERE district_id = 7306) \
                 FROM notice WHERE kind = 'announced'";
    let counted = database.fetch_one(count).await.expect("count");
    let [all, different, gowa]: [i64; 3] = [counted.get(0), counted.get(1), counted.get(2)];
    assert!(all > 0 && all == different, "{all} {different}");
    assert_eq!(gowa, 0, "a suspended district is not addressed");
    assert!(sent.json["districts"].as_i64().is_some_and(|districts| districts > 3));
    // As after a kill in the midst of it: a district is told and waits no more, or is not told and waits.
    for sql in [
        "CREATE TABLE untold AS SELECT DISTINCT c.id AS circular_id, n.district_id FROM notice n CROSS JOIN circular c \
         WHERE n.kind = 'announced' LIMIT 3",
        "WITH gone AS (DELETE FROM notice n USING untold u WHERE n.district_id = u.district_id AND n.kind = 'announced') \
         INSERT INTO circular_pending SELECT circular_id, district_id FROM untold",
    ] {
        database.execute(sql).await.expect(sql);
    }
    // Two processes at once, and the service's own job.
    let (db, _) = service.job_parts().await;
    let (one, other) = tokio::join!(circular::run(&db), circular::run(&db));
    one.and(other).expect("circulars");
    let told = async || -> (i64, i64) {
        let mut database = service.database.superuser().await;
        let row = database.fetch_one(count).await.expect("count");
        (row.get(0), row.get(1))
    };
    for _ in 0..100 {
        if told().await.0 >= all {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(told().await, (all, all), "each once, nobody twice");
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

#[tokio::test]
async fn the_database_keeps_a_province_within_its_reach() {
    let service = Service::full_demo().await;
    let jateng = service.demo_client("jateng").await;
    let own = announce(&jateng, "Contoh provinsi", json!({})).await.expect(201).id();
    let mut database = service.database.app().await;
    let mut within = async |district: i32| {
        let sql = format!(
            "BEGIN; SET LOCAL app.scope = 'system'; DELETE FROM announcement_delivery WHERE district_id = {district} AND id = '{own}'; \
             INSERT INTO announcement_delivery (district_id, id, owner_province) VALUES ({district}, '{own}', '33')"
        );
        let written = database.execute(sqlx::AssertSqlSafe(sql)).await;
        database.execute("ROLLBACK").await.expect("rollback");
        written.map_err(|error| {
            let constraint = error.as_database_error().and_then(|error| error.constraint());
            constraint.map(str::to_owned)
        })
    };
    within(3310).await.expect("its own");
    let constraint = within(7306).await.expect_err("another's");
    assert_eq!(constraint.as_deref(), Some("announcement_delivery_within_reach"));
}
