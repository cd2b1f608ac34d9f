//! What districts answer: seats, people by name, and two who answer at once.

use super::*;

#[tokio::test]
async fn two_districts_do_not_both_take_the_last_seat() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let (gowa, bulukumba) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("admin.bulukumba").await,
    );
    for _ in 0..5 {
        let event = offer(&ministry, json!(1), &["73.06", "73.02"]).await.expect(201).id();
        let (first, second) = tokio::join!(
            answer(&gowa, "73.06", &event, registering(1)),
            answer(&bulukumba, "73.02", &event, registering(1))
        );
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", first.text, second.text);
        let seen = ministry.get(&format!("{EVENTS}/{event}")).await.expect(200).json;
        assert_eq!((&seen["taken"], &seen["registered"]), (&json!(1), &json!(1)));
        // Who declines gives the seat back.
        let (winner, code, loser, other) = if first.status == 200 {
            (&gowa, "73.06", &bulukumba, "73.02")
        } else {
            (&bulukumba, "73.02", &gowa, "73.06")
        };
        answer(winner, code, &event, declining()).await.expect(200);
        let seen = ministry.get(&format!("{EVENTS}/{event}")).await.expect(200).json;
        assert_eq!((&seen["taken"], &seen["declined"]), (&json!(0), &json!(1)));
        answer(loser, other, &event, registering(1)).await.expect(200);
    }
}

#[tokio::test]
async fn taken_seats_are_those_of_the_participants_whoever_answers_at_once() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let event = offer(&ministry, json!(7), &[]).await.expect(201).id();
    let districts = [
        ("gowa", "73.06"),
        ("bulukumba", "73.02"),
        ("maros", "73.09"),
        ("klaten", "33.10"),
    ];
    let mut clients = Vec::new();
    for (name, code) in districts {
        clients.push((service.demo_client(&format!("admin.{name}")).await, code));
    }
    let mut refused = 0;
    for round in 0..6 {
        let send = |place: usize| {
            let (client, code) = &clients[place];
            let count = (round * 2 + place * 3) % 5;
            let body = if count == 0 { declining() } else { registering(count) };
            answer(client, code, &event, body)
        };
        let (a, b, c, d) = tokio::join!(send(0), send(1), send(2), send(3));
        for answer in [a, b, c, d] {
            assert!([200, 409].contains(&answer.status.as_u16()), "{}", answer.text);
            refused += i32::from(answer.status == 409);
        }
        let seen = ministry.get(&format!("{EVENTS}/{event}")).await.expect(200).json;
        let rows = ministry.get(&format!("{EVENTS}/{event}/registrations?limit=200")).await;
        let rows = rows.expect(200);
        let people = |row: &Value| row["participants"].as_array().map_or(0, Vec::len);
        let named: usize = rows.items().iter().map(people).sum();
        assert_eq!(seen["taken"], json!(named));
        assert!(named <= 7, "{named}");
    }
    assert!(refused > 0, "the seats were never scarce");
}

#[tokio::test]
async fn nobody_registers_behind_a_cancellation() {
    let service = Service::full_demo().await;
    let (ministry, gowa) = (
        service.demo_client("pusat").await,
        service.demo_client("admin.gowa").await,
    );
    for _ in 0..4 {
        let event = offer(&ministry, json!(5), &["73.06"]).await.expect(201).id();
        let path = format!("{EVENTS}/{event}/cancellation");
        let own = format!("{}/answer", in_district("73.06", &event));
        let (cancelled, answered) = tokio::join!(
            ministry.post(&path, json!({ "reason": "Contoh." })),
            gowa.post(&own, registering(1))
        );
        cancelled.expect(200);
        if answered.status == 200 {
            let told = told(&service, &gowa).await;
            let of_it = |notice: &&Value| {
                let is_of_it = notice["link"].as_str().is_some_and(|link| link.ends_with(&event));
                is_of_it && notice["title"] == "Kegiatan dibatalkan: Contoh pelatihan"
            };
            assert_eq!(told.iter().filter(of_it).count(), 1, "who registered is told");
        } else {
            answered.expect_problem(409, "conflict");
            let seen = ministry.get(&format!("{EVENTS}/{event}")).await.expect(200).json;
            assert_eq!(seen["taken"], json!(0));
        }
    }
}

#[tokio::test]
async fn people_are_named_within_the_seats() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let gowa = service.demo_client("admin.gowa").await;
    let mut event = details(json!(3));
    event["seats_per_district"] = json!(2);
    let body = json!({ "event": event.clone(), "audience": { "districts": ["73.06"] } });
    let offered = ministry.post(EVENTS, body).await.expect(201);
    let id = offered.id();
    let twice = json!({ "answer": "registered", "participants": [{ "name": "Contoh A" }, { "name": "contoh a" }] });
    for (body, field, code) in [
        (registering(0), "participants", "out_of_range"),
        (registering(3), "participants", "out_of_range"),
        (registering(60), "participants", "out_of_range"),
        (twice, "participants.1.name", "duplicate"),
        (
            json!({ "answer": "registered", "participants": [{ "name": " " }] }),
            "participants.0.name",
            "required",
        ),
        (json!({ "answer": "declined" }), "note", "required"),
    ] {
        answer(&gowa, "73.06", &id, body).await.expect_field(field, code);
    }
    let seen = answer(&gowa, "73.06", &id, registering(2)).await.expect(200);
    assert_eq!(seen.json["seats_left"], json!(1));
    assert_eq!(seen.json["answered_by_name"], "Contoh Koordinator (admin daerah) Gowa");
    assert_eq!(seen.json["participants"][1]["name"], "Contoh Peserta 2");
    answer(&gowa, "73.06", &id, registering(2)).await.expect(200);
    // A social worker reads it and does not answer for the district.
    let worker = service.demo_client("peksos.gowa").await;
    answer(&worker, "73.06", &id, registering(1))
        .await
        .expect_problem(403, "forbidden");
    let read = worker.get(&in_district("73.06", &id)).await.expect(200);
    assert_eq!(read.json["participants"].as_array().map(Vec::len), Some(2));
    let path = format!("{EVENTS}/{id}");
    event["seats"] = json!(1);
    ministry
        .put(&path, "\"1\"", event)
        .await
        .expect_field("seats", "out_of_range");
    let rows = ministry.get(&format!("{path}/registrations")).await.expect(200);
    assert_eq!(rows.items().len(), 1);
    assert_eq!(rows.items()[0]["participants"][0]["position"], "Pekerja sosial");
    // The trail of the district keeps who answered what.
    let trail = gowa
        .get("/api/v1/districts/73.06/audit-events?limit=200")
        .await
        .expect(200);
    let answered = trail
        .items()
        .iter()
        .filter(|event| event["action"] == "answer" && event["entity"] == "calendar_event");
    assert!(answered.count() >= 2, "{}", trail.text);
}

/// Two coordinators of one district answer the same event without having seen each other's list.
#[tokio::test]
async fn an_answer_does_not_undo_one_that_was_not_seen() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let gowa = service.demo_client("admin.gowa").await;
    let id = offer(&ministry, json!(10), &["73.06"]).await.expect(201).id();
    let path = format!("{}/answer", in_district("73.06", &id));
    let first = gowa.post(&path, registering(2)).await.expect(200);
    // The same once more, as a phone sends it that never saw the reply: done, and written once.
    let again = gowa.post(&path, registering(2)).await.expect(200);
    assert_eq!(again.json["answered_at"], first.json["answered_at"]);
    // Who saw no answer yet, or an older one, is shown what stands now; nothing changes.
    let refused = gowa.post(&path, declining()).await.expect_problem(412, "stale");
    assert_eq!(refused.json["current"]["participants"][1]["name"], "Contoh Peserta 2");
    let mut next = registering(1);
    next["replaces"] = first.json["answered_at"].clone();
    let second = gowa.post(&path, next).await.expect(200);
    let mut late = declining();
    late["replaces"] = first.json["answered_at"].clone();
    gowa.post(&path, late.clone()).await.expect_problem(412, "stale");
    let read = gowa.get(&in_district("73.06", &id)).await.expect(200);
    assert_eq!(read.json["participants"].as_array().map(Vec::len), Some(1));
    late["replaces"] = second.json["answered_at"].clone();
    let third = gowa.post(&path, late.clone()).await.expect(200);
    assert_eq!(
        (&third.json["answer"], &third.json["seats_left"]),
        (&json!("declined"), &json!(10))
    );
    // A reply that was lost is asked for again, also when registration has ended meanwhile.
    let mut database = service.database.superuser().await;
    let sql = "UPDATE calendar_event SET register_until = now() - interval '1 hour' WHERE id = $1::uuid";
    sqlx::query(sql).bind(&id).execute(&mut database).await.expect("closed");
    gowa.post(&path, late).await.expect(200);
    gowa.post(&path, registering(1)).await.expect_problem(409, "conflict");
}
