//! Trainings and meetings: invitations, seats, changes, reminders.

use satupintu::{calendar::reminder, notices::circular};
use satupintu_tests::{Answer, Client, Service, people::member_with};
use serde_json::{Value, json};
use sqlx::{Executor, Row};

use crate::standing;

mod answers;

const EVENTS: &str = "/api/v1/oversight/events";

fn details(seats: Value) -> Value {
    json!({ "kind": "training", "title": "Contoh pelatihan", "starts_at": "2030-02-05T01:00:00Z",
        "ends_at": "2030-02-05T08:00:00Z", "time_zone": "Asia/Jakarta", "place": "Aula contoh", "seats": seats,
        "register_until": "2030-02-01T10:00:00Z", "remind_days": 3 })
}

async fn offer(client: &Client, seats: Value, districts: &[&str]) -> Answer {
    let body = json!({ "event": details(seats), "audience": { "districts": districts } });
    client.post(EVENTS, body).await
}

/// The ministry invites Bulukumba, and nobody else.
pub async fn bulukumba_has_one(service: &Service) {
    let ministry = service.demo_client("pusat").await;
    offer(&ministry, json!(5), &["73.02"]).await.expect(201);
}

fn registering(count: usize) -> Value {
    let people: Vec<Value> = (1..=count)
        .map(|number| json!({ "name": format!("Contoh Peserta {number}"), "position": "Pekerja sosial" }))
        .collect();
    json!({ "answer": "registered", "participants": people })
}

fn declining() -> Value {
    json!({ "answer": "declined", "note": "Contoh: bertepatan dengan rapat." })
}

fn in_district(code: &str, id: &str) -> String {
    format!("/api/v1/districts/{code}/events/{id}")
}

/// Answers in place of what the district has answered by now.
async fn answer(client: &Client, code: &str, id: &str, mut body: Value) -> Answer {
    let seen = client.get(&in_district(code, id)).await;
    body["replaces"] = seen.json["answered_at"].clone();
    client.post(&format!("{}/answer", in_district(code, id)), body).await
}

/// The newest first.
async fn told(service: &Service, client: &Client) -> Vec<Value> {
    service.tell().await;
    let list = client.get("/api/v1/notifications").await.expect(200);
    let of_kind = list.items().iter().filter(|notice| notice["kind"] == "event_news");
    of_kind.cloned().collect()
}

async fn titles(service: &Service, client: &Client) -> Vec<String> {
    let told = told(service, client).await;
    told.iter()
        .filter_map(|notice| notice["title"].as_str().map(str::to_owned))
        .collect()
}

async fn near(service: &Service, event: &str) {
    let mut database = service.database.superuser().await;
    let sql = "UPDATE calendar_event SET starts_at = now() + interval '2 days', ends_at = now() + interval '3 days', \
               register_until = now() + interval '1 day' WHERE id = $1::uuid";
    let moved = sqlx::query(sql).bind(event).execute(&mut database).await.expect("near");
    assert_eq!(moved.rows_affected(), 1);
}

#[tokio::test]
async fn districts_are_told_of_invitation_change_reminder_and_cancellation() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let (gowa, klaten) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("admin.klaten").await,
    );
    let event = offer(&ministry, json!(2), &["73.06", "33.10"]).await.expect(201);
    let path = format!("{EVENTS}/{}", event.id());
    // Each on the clock of the district.
    let [invited] = &told(&service, &gowa).await[..] else {
        panic!("one invitation")
    };
    assert_eq!(invited["title"], "Undangan: Contoh pelatihan");
    let when =
        "Waktu: Selasa, 5 Februari 2030 pukul 08.00 WIB (09.00 WITA). Tempat: Aula contoh. Penyelenggara: Kementerian.";
    assert_eq!(invited["paragraphs"][0], when);
    let [invited] = &told(&service, &klaten).await[..] else {
        panic!("one invitation")
    };
    assert_eq!(
        invited["paragraphs"][1],
        "Pendaftaran sampai Jumat, 1 Februari 2030 pukul 17.00 WIB."
    );
    // Seats are no news.
    let mut changed = details(json!(5));
    ministry.put(&path, "\"1\"", changed.clone()).await.expect(200);
    assert_eq!(titles(&service, &gowa).await.len(), 1);
    changed["place"] = json!("Aula lain");
    let stale = ministry.put(&path, "\"1\"", changed.clone()).await;
    assert_eq!(stale.expect_problem(412, "stale").json["current"]["version"], json!(2));
    let saved = ministry.put(&path, "\"2\"", changed.clone()).await.expect(200);
    assert_eq!(saved.etag(), "\"3\"");
    ministry.put(&path, "\"3\"", changed).await.expect(200);
    assert_eq!(
        titles(&service, &gowa).await,
        ["Perubahan kegiatan: Contoh pelatihan", "Undangan: Contoh pelatihan"]
    );
    let (db, _) = service.job_parts().await;
    assert_eq!(reminder::run(&db).await.expect("reminders"), 0, "it is far");
    answer(&klaten, "33.10", &event.id(), declining()).await.expect(200);
    near(&service, &event.id()).await;
    let (one, other) = tokio::join!(reminder::run(&db), reminder::run(&db));
    // The service's own job may have come first, and nobody comes twice.
    assert!(one.expect("one") + other.expect("other") <= 1);
    assert_eq!(
        titles(&service, &gowa).await[..2],
        [
            "Menunggu jawaban daerah Anda: Contoh pelatihan",
            "Perubahan kegiatan: Contoh pelatihan"
        ]
    );
    let reason = json!({ "reason": "Contoh alasan." });
    ministry.post(&format!("{path}/cancellation"), reason).await.expect(200);
    let cancelled = told(&service, &gowa).await[0].clone();
    assert_eq!(cancelled["title"], "Kegiatan dibatalkan: Contoh pelatihan");
    let why = "Kementerian membatalkan kegiatan ini. Alasan: Contoh alasan.";
    assert_eq!(cancelled["paragraphs"][0], why);
    assert_eq!(
        cancelled["link"].as_str(),
        Some(format!("/d/73.06/kalender/{}", event.id()).as_str())
    );
    // Who declined hears no more of it.
    assert_eq!(titles(&service, &klaten).await.len(), 2);
    answer(&gowa, "73.06", &event.id(), registering(1))
        .await
        .expect_problem(409, "conflict");
    ministry
        .put(&path, "\"4\"", details(json!(3)))
        .await
        .expect_problem(409, "conflict");
}

/// Who was told of the invitation is told of the cancellation, although a change before it had not reached them; who was not told of
/// the invitation is invited to the event as it is now.
#[tokio::test]
async fn what_was_not_told_yet_is_taken_back() {
    let service = Service::full_demo().await;
    let (ministry, gowa) = (
        service.demo_client("pusat").await,
        service.demo_client("admin.gowa").await,
    );
    let event = offer(&ministry, json!(2), &["73.06"]).await.expect(201).id();
    let path = format!("{EVENTS}/{event}");
    let mut changed = details(json!(2));
    changed["place"] = json!("Aula lain");
    ministry.put(&path, "\"1\"", changed.clone()).await.expect(200);
    let all = told(&service, &gowa).await;
    let first = all.last().expect("told").clone();
    assert_eq!(first["title"], "Undangan: Contoh pelatihan");
    if all.len() == 1 {
        assert!(
            first["paragraphs"][0]
                .as_str()
                .is_some_and(|text| text.contains("Aula lain")),
            "{first}"
        );
    }
    changed["place"] = json!("Aula ketiga");
    ministry.put(&path, "\"2\"", changed).await.expect(200);
    let reason = json!({ "reason": "Contoh." });
    ministry.post(&format!("{path}/cancellation"), reason).await.expect(200);
    assert_eq!(
        titles(&service, &gowa).await[0],
        "Kegiatan dibatalkan: Contoh pelatihan"
    );
}

#[tokio::test]
async fn a_reminder_goes_to_those_who_come_or_still_may() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let (gowa, klaten) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("admin.klaten").await,
    );
    let event = offer(&ministry, json!(null), &["73.06", "33.10"])
        .await
        .expect(201)
        .id();
    answer(&gowa, "73.06", &event, registering(1)).await.expect(200);
    titles(&service, &gowa).await;
    let mut database = service.database.superuser().await;
    let sql = "UPDATE calendar_event SET starts_at = now() + interval '1 hour', ends_at = now() + interval '2 hours', \
               register_until = now() - interval '1 hour' WHERE title = 'Contoh pelatihan'";
    database.execute(sql).await.expect("closed");
    let (db, _) = service.job_parts().await;
    reminder::run(&db).await.expect("reminders");
    assert_eq!(titles(&service, &gowa).await[0], "Pengingat: Contoh pelatihan");
    assert_eq!(titles(&service, &klaten).await, ["Undangan: Contoh pelatihan"]);
    answer(&klaten, "33.10", &event, registering(1))
        .await
        .expect_problem(409, "conflict");
}

#[tokio::test]
async fn who_cannot_answer_is_not_reminded_to() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let klaten = service.demo_client("admin.klaten").await;
    let event = offer(&ministry, json!(null), &["33.10"]).await.expect(201).id();
    let invited = titles(&service, &klaten).await;
    near(&service, &event).await;
    standing::put(&service, "33.10", "suspended").await.expect(200);
    let (db, _) = service.job_parts().await;
    assert_eq!(reminder::run(&db).await.expect("reminders"), 1);
    assert_eq!(titles(&service, &klaten).await, invited);
}

#[tokio::test]
async fn what_is_for_coordinators_others_do_not_see() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let audience = json!({ "districts": ["73.06"], "roles": "coordinators" });
    let body = json!({ "event": details(json!(null)), "audience": audience });
    let id = ministry.post(EVENTS, body).await.expect(201).id();
    let path = in_district("73.06", &id);
    service.demo_client("admin.gowa").await.get(&path).await.expect(200);
    service.demo_client("sulsel").await.get(&path).await.expect(200);
    let worker = service.demo_client("peksos.gowa").await;
    worker.get(&path).await.expect_problem(404, "not_found");
    let list = worker.get("/api/v1/districts/73.06/events").await.expect(200);
    assert!(list.items().iter().all(|event| event["id"] != json!(id)));
    // Nor answer, with a role that may.
    let other = member_with(&service, 7306, &["district.read", "announcements.respond"]).await;
    answer(&other, "73.06", &id, registering(1))
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_province_invites_its_own_and_sees_its_own() {
    let service = Service::full_demo().await;
    let (ministry, jateng) = (service.demo_client("pusat").await, service.demo_client("jateng").await);
    let of_ministry = offer(&ministry, json!(5), &["33.10"]).await.expect(201).id();
    offer(&jateng, json!(5), &["73.06"])
        .await
        .expect_field("audience.districts", "not_in_list");
    let own = jateng
        .post(EVENTS, json!({ "event": details(json!(5)) }))
        .await
        .expect(201);
    assert_eq!(own.json["province_name"], "Jawa Tengah");
    let rows = jateng
        .get(&format!("{EVENTS}/{}/registrations?limit=200", own.id()))
        .await;
    let rows = rows.expect(200);
    assert!(!rows.items().is_empty());
    assert!(rows.items().iter().all(|row| row["province_name"] == "Jawa Tengah"));
    let list = jateng.get(EVENTS).await.expect(200);
    assert_eq!(list.items().len(), 1, "{}", list.text);
    let theirs = format!("{EVENTS}/{of_ministry}");
    jateng.get(&theirs).await.expect_problem(404, "not_found");
    jateng
        .get(&format!("{theirs}/registrations"))
        .await
        .expect_problem(404, "not_found");
    jateng
        .put(&theirs, "\"1\"", details(json!(6)))
        .await
        .expect_problem(404, "not_found");
    let reason = json!({ "reason": "Contoh." });
    jateng
        .post(&format!("{theirs}/cancellation"), reason.clone())
        .await
        .expect_problem(404, "not_found");
    // Another province's district is not there; the ministry cancels what a province offers, and does not move it.
    let gowa = service.demo_client("admin.gowa").await;
    gowa.get(&in_district("73.06", &own.id()))
        .await
        .expect_problem(404, "not_found");
    answer(&gowa, "73.06", &own.id(), registering(1))
        .await
        .expect_problem(404, "not_found");
    let path = format!("{EVENTS}/{}", own.id());
    ministry
        .put(&path, "\"1\"", details(json!(6)))
        .await
        .expect_problem(409, "conflict");
    let klaten = service.demo_client("admin.klaten").await;
    titles(&service, &klaten).await;
    ministry.post(&format!("{path}/cancellation"), reason).await.expect(200);
    // Both the district and the province read who has done it.
    for reader in [&klaten, &jateng] {
        let said = told(&service, reader).await[0]["paragraphs"][0].clone();
        let said = said.as_str().expect("a sentence");
        assert!(said.starts_with("Kementerian membatalkan kegiatan ini."), "{said}");
    }
}

/// Whatever the service would ask for.
#[tokio::test]
async fn the_database_keeps_a_province_within_its_reach() {
    let service = Service::full_demo().await;
    let jateng = service.demo_client("jateng").await;
    let own = jateng
        .post(EVENTS, json!({ "event": details(json!(5)) }))
        .await
        .expect(201)
        .id();
    let mut database = service.database.app().await;
    let begin = "BEGIN; SET LOCAL app.scope = 'system'";
    let invite = |district: i32| {
        let sql = format!(
            "INSERT INTO calendar_invitation (district_id, id, owner_province) VALUES ({district}, '{own}', '33') \
             ON CONFLICT DO NOTHING"
        );
        sqlx::AssertSqlSafe(sql)
    };
    database.execute(begin).await.expect("begin");
    database.execute(invite(3310)).await.expect("its own");
    let error = database.execute(invite(7306)).await.expect_err("refused");
    let constraint = error
        .as_database_error()
        .and_then(|error| error.constraint().map(str::to_owned));
    assert_eq!(constraint.as_deref(), Some("calendar_invitation_within_reach"));
    database.execute("ROLLBACK").await.expect("rollback");
    // Who is not invited neither sees the event nor its seats, and takes none.
    for (district, rows) in [(3310, 1), (7306, 0)] {
        let begin = format!("BEGIN; SET LOCAL app.district_id = '{district}'");
        database.execute(sqlx::AssertSqlSafe(begin)).await.expect("begin");
        for table in ["calendar_event", "calendar_seats"] {
            let sql = format!("SELECT count(*) FROM {table} WHERE id = '{own}'");
            let row = database.fetch_one(sqlx::AssertSqlSafe(sql)).await.expect("count");
            assert_eq!(row.get::<i64, _>(0), rows, "{table} {district}");
        }
        let sql = format!("UPDATE calendar_seats SET taken = taken + 1 WHERE id = '{own}'");
        let taken = database.execute(sqlx::AssertSqlSafe(sql)).await.expect("update");
        assert_eq!(i64::try_from(taken.rows_affected()).expect("a row"), rows, "{district}");
        database.execute("ROLLBACK").await.expect("rollback");
    }
}

#[tokio::test]
async fn a_suspended_district_is_not_invited_and_keeps_its_seats() {
    let service = Service::full_demo().await;
    let (ministry, gowa) = (
        service.demo_client("pusat").await,
        service.demo_client("admin.gowa").await,
    );
    let event = offer(&ministry, json!(5), &["73.06", "73.02"]).await.expect(201).id();
    answer(&gowa, "73.06", &event, registering(1)).await.expect(200);
    standing::put(&service, "73.06", "suspended").await.expect(200);
    offer(&ministry, json!(5), &["73.06"])
        .await
        .expect_field("audience.districts", "not_in_list");
    gowa.get(&in_district("73.06", &event)).await.expect(200);
    answer(&gowa, "73.06", &event, registering(2))
        .await
        .expect_problem(423, "district_suspended");
    let rows = ministry
        .get(&format!("{EVENTS}/{event}/registrations"))
        .await
        .expect(200);
    let row = rows.items().iter().find(|row| row["district_code"] == "73.06").cloned();
    let row = row.expect("gowa");
    assert_eq!(
        (&row["is_active"], &row["answer"]),
        (&json!(false), &json!("registered"))
    );
    // Who has a seat is told all the same.
    let mut moved = details(json!(5));
    moved["place"] = json!("Aula lain");
    ministry
        .put(&format!("{EVENTS}/{event}"), "\"1\"", moved)
        .await
        .expect(200);
    assert!(
        titles(&service, &gowa).await[0].ends_with("Contoh pelatihan"),
        "told of the event"
    );
    standing::put(&service, "73.06", "archived").await.expect(200);
    let reason = json!({ "reason": "Contoh." });
    ministry
        .post(&format!("{EVENTS}/{event}/cancellation"), reason)
        .await
        .expect(200);
    let mut database = service.database.superuser().await;
    let (db, _) = service.job_parts().await;
    circular::run(&db).await.expect("circulars");
    let sql = "SELECT count(*) FROM notice WHERE district_id = 7306 AND kind = 'event_news' \
               AND params->>'stage' = 'cancelled'";
    let told: i64 = database.fetch_one(sql).await.expect("count").get(0);
    assert_eq!(told, 0, "nobody reads in an archived district");
}

#[tokio::test]
async fn what_cannot_be_offered_says_why() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    for (field, value, code) in [
        ("title", json!(" "), "required"),
        ("time_zone", json!("Europe/Paris"), "not_in_list"),
        ("ends_at", json!("2030-02-05T01:00:00Z"), "out_of_range"),
        ("ends_at", json!("2030-04-05T01:00:00Z"), "out_of_range"),
        ("starts_at", json!("2020-02-05T01:00:00Z"), "out_of_range"),
        ("register_until", json!("2030-02-05T01:00:01Z"), "out_of_range"),
        ("register_until", json!("2020-02-05T01:00:01Z"), "out_of_range"),
        ("place", json!(""), "required"),
        ("online_link", json!("javascript:alert(1)"), "not_a_link"),
        ("seats", json!(0), "out_of_range"),
        ("seats_per_district", json!(0), "out_of_range"),
        ("remind_days", json!(31), "out_of_range"),
        ("description", json!("x".repeat(4_001)), "too_long"),
    ] {
        let mut event = details(json!(3));
        event[field] = value;
        let answer = ministry.post(EVENTS, json!({ "event": event })).await;
        answer.expect_field(&format!("event.{field}"), code);
    }
    ministry
        .post(
            &format!("{EVENTS}/01890000-0000-7000-8000-000000000000/cancellation"),
            json!({ "reason": " " }),
        )
        .await
        .expect_field("reason", "required");
}

#[tokio::test]
async fn what_is_over_is_listed_apart() {
    let service = Service::full_demo().await;
    let gowa = service.demo_client("admin.gowa").await;
    let list = "/api/v1/districts/73.06/events";
    let titles = |list: &Answer| -> Vec<String> {
        let title = |event: &Value| event["event"]["title"].as_str().map(str::to_owned);
        list.items().iter().filter_map(title).collect()
    };
    let coming = gowa.get(list).await.expect(200);
    assert_eq!(
        titles(&coming),
        ["Contoh: rapat layanan rujukan", "Contoh: pelatihan pencatatan kasus"]
    );
    let past = gowa.get(&format!("{list}?past=true")).await.expect(200);
    assert_eq!(titles(&past), ["Contoh: rapat koordinasi PKSAI"]);
    let page = gowa.get(&format!("{list}?limit=1")).await.expect(200);
    let cursor = page.json["next_cursor"].as_str().expect("more").to_owned();
    let next = gowa.get(&format!("{list}?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!(titles(&next), ["Contoh: pelatihan pencatatan kasus"]);
    let klaten = service.demo_client("admin.klaten").await;
    let coming = klaten.get("/api/v1/districts/33.10/events").await.expect(200);
    assert_eq!(titles(&coming), ["Contoh: pelatihan pencatatan kasus"]);
}
