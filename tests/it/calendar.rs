//! Trainings and meetings: invitations, seats, changes, reminders.

use satupintu::{
    calendar::reminder,
    notices::{circular, dispatch},
};
use satupintu_tests::{Answer, Client, Service};
use serde_json::{Value, json};
use sqlx::Executor;

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

async fn me(client: &Client) -> Value {
    client.get("/api/v1/me").await.expect(200).json["id"].clone()
}

async fn answer(client: &Client, code: &str, id: &str, body: Value) -> Answer {
    client
        .post(&format!("/api/v1/districts/{code}/events/{id}/answer"), body)
        .await
}

async fn titles(service: &Service, client: &Client) -> Vec<String> {
    let (db, shared) = service.job_parts().await;
    circular::run(&db).await.expect("circulars");
    dispatch::run(&db, &shared.config).await.expect("dispatch");
    let list = client.get("/api/v1/notifications").await.expect(200);
    let of_kind = list.items().iter().filter(|notice| notice["kind"] == "event_news");
    of_kind
        .filter_map(|notice| notice["title"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn two_districts_do_not_both_take_the_last_seat() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let (gowa, bulukumba) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("admin.bulukumba").await,
    );
    let (one, other) = (me(&gowa).await, me(&bulukumba).await);
    for _ in 0..5 {
        let event = offer(&ministry, json!(1), &["73.06", "73.02"]).await.expect(201).id();
        let register = |account: &Value| json!({ "answer": "registered", "account_ids": [account] });
        let (first, second) = tokio::join!(
            answer(&gowa, "73.06", &event, register(&one)),
            answer(&bulukumba, "73.02", &event, register(&other))
        );
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", first.text, second.text);
        let seen = ministry.get(&format!("{EVENTS}/{event}")).await.expect(200).json;
        assert_eq!((&seen["taken"], &seen["registered"]), (&json!(1), &json!(1)));
        // Who declines gives the seat back.
        let (winner, code) = if first.status == 200 {
            (&gowa, "73.06")
        } else {
            (&bulukumba, "73.02")
        };
        answer(winner, code, &event, json!({ "answer": "declined" }))
            .await
            .expect(200);
        let seen = ministry.get(&format!("{EVENTS}/{event}")).await.expect(200).json;
        assert_eq!((&seen["taken"], &seen["declined"]), (&json!(0), &json!(1)));
    }
}

#[tokio::test]
async fn districts_are_told_of_invitation_change_reminder_and_cancellation() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let gowa = service.demo_client("admin.gowa").await;
    let event = offer(&ministry, json!(2), &["73.06"]).await.expect(201);
    let path = format!("{EVENTS}/{}", event.id());
    assert_eq!(titles(&service, &gowa).await, ["Undangan: Contoh pelatihan"]);
    let mut changed = details(json!(2));
    changed["place"] = json!("Aula lain");
    ministry.put(&path, "\"1\"", changed.clone()).await.expect(200);
    ministry.put(&path, "\"1\"", changed).await.expect_problem(412, "stale");
    assert_eq!(titles(&service, &gowa).await[0], "Perubahan kegiatan: Contoh pelatihan");
    let (db, _) = service.job_parts().await;
    assert_eq!(reminder::run(&db).await.expect("reminders"), 0, "it is far");
    let mut database = service.database.superuser().await;
    database
        .execute("UPDATE calendar_event SET starts_at = now() + interval '2 days', register_until = now() + interval '1 day'")
        .await
        .expect("near");
    let (one, other) = tokio::join!(reminder::run(&db), reminder::run(&db));
    assert_eq!(one.expect("one") + other.expect("other"), 1);
    assert_eq!(titles(&service, &gowa).await[0], "Segera: Contoh pelatihan");
    let reason = json!({ "reason": "Contoh." });
    ministry.post(&format!("{path}/cancellation"), reason).await.expect(200);
    assert_eq!(
        titles(&service, &gowa).await[0],
        "Kegiatan dibatalkan: Contoh pelatihan"
    );
    let body = json!({ "answer": "declined" });
    answer(&gowa, "73.06", &event.id(), body)
        .await
        .expect_problem(409, "conflict");
}

#[tokio::test]
async fn only_members_take_part_and_seats_do_not_shrink_below_them() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let (gowa, klaten) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("admin.klaten").await,
    );
    let event = offer(&ministry, json!(2), &["73.06"]).await.expect(201).id();
    let stranger = me(&klaten).await;
    answer(
        &gowa,
        "73.06",
        &event,
        json!({ "answer": "registered", "account_ids": [stranger] }),
    )
    .await
    .expect_field("account_ids", "not_in_list");
    answer(&gowa, "73.06", &event, json!({ "answer": "registered" }))
        .await
        .expect_field("account_ids", "out_of_range");
    let worker = service.demo_client("peksos.gowa").await;
    let people = json!([me(&gowa).await, me(&worker).await]);
    let body = json!({ "answer": "registered", "account_ids": people });
    let seen = answer(&gowa, "73.06", &event, body.clone()).await.expect(200);
    assert_eq!(seen.json["seats_left"], json!(0));
    answer(&gowa, "73.06", &event, body.clone()).await.expect(200);
    answer(&worker, "73.06", &event, body)
        .await
        .expect_problem(403, "forbidden");
    let path = format!("{EVENTS}/{event}");
    ministry
        .put(&path, "\"1\"", details(json!(1)))
        .await
        .expect_field("seats", "out_of_range");
    let jateng = service.demo_client("jateng").await;
    jateng.get(&path).await.expect_problem(404, "not_found");
    answer(&klaten, "33.10", &event, json!({ "answer": "declined" }))
        .await
        .expect_problem(404, "not_found");
}
