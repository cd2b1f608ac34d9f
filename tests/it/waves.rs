//! Waves of replication: what is planned for them, and how far they are.

use satupintu_tests::{Client, Service};
use serde_json::{Value, json};

const WAVES: &str = "/api/v1/oversight/waves";
const OVERVIEW: &str = "/api/v1/oversight/overview";
const INVITED: &str = "/api/v1/oversight/invited-districts";

fn plan(number: i32, districts: &[&str]) -> Value {
    json!({ "year": 2026, "number": number, "name": "Contoh", "starts_on": "2026-01-05", "target_phase": "decree",
        "target_on": "2026-12-31", "note": "Catatan contoh.", "districts": districts })
}

fn letter(code: &str, wave: Value) -> Value {
    json!({ "code": code, "invited_on": "2026-01-05", "wave": wave, "letter_number": "", "source": "Surat contoh" })
}

/// The waves as the page of all districts tells them.
async fn shown(client: &Client, query: &str) -> Vec<Value> {
    let overview = client.get(&format!("{OVERVIEW}{query}")).await.expect(200).json;
    overview["waves"].as_array().expect("waves").clone()
}

#[tokio::test]
async fn a_wave_is_planned_changed_and_given_up() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let created = ministry.post(WAVES, plan(1, &["73.06", "33.10"])).await.expect(201);
    assert_eq!(created.json["districts"], json!(["33.10", "73.06"]), "by code");
    let one = format!("{WAVES}/{}", created.id());
    let seen = ministry.get(&one).await.expect(200);
    assert_eq!(seen.json, created.json);
    assert_eq!(
        ministry.get(WAVES).await.expect(200).items(),
        std::slice::from_ref(&created.json)
    );

    // The number is taken, the districts too.
    ministry.post(WAVES, plan(1, &[])).await.expect_problem(409, "conflict");
    ministry
        .post(WAVES, plan(2, &["73.02", "73.06"]))
        .await
        .expect_field("districts", "in_another_wave");

    let mut new = plan(1, &["73.06", "73.02"]);
    new["target_on"] = json!("2027-03-31");
    let changed = ministry.put(&one, &seen.etag(), new.clone()).await.expect(200);
    assert_eq!(
        (&changed.json["districts"], &changed.json["target_on"]),
        (&json!(["73.02", "73.06"]), &json!("2027-03-31"))
    );
    ministry.put(&one, &seen.etag(), new).await.expect_problem(412, "stale");
    // Klaten is free again.
    ministry.post(WAVES, plan(2, &["33.10"])).await.expect(201);

    ministry.delete(&one, &seen.etag()).await.expect_problem(412, "stale");
    ministry.delete(&one, &changed.etag()).await.expect(204);
    ministry.get(&one).await.expect_problem(404, "not_found");
    ministry.post(WAVES, plan(1, &["73.06"])).await.expect(201);
    let trail = format!(
        "/api/v1/oversight/audit-events?entity=replication_wave&entity_id={}",
        created.id()
    );
    let trail = ministry.get(&trail).await.expect(200);
    let mut actions: Vec<&Value> = trail.items().iter().map(|event| &event["action"]).collect();
    actions.sort_by_key(|action| action.as_str().map(str::to_owned));
    assert_eq!(actions, ["create", "delete", "update"]);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_the_reason() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    for (field, value, code) in [
        ("year", json!(26), "out_of_range"),
        ("number", json!(0), "out_of_range"),
        ("target_on", json!("2025-12-31"), "before_start"),
        ("target_on", json!("9999-12-31"), "out_of_range"),
        ("name", json!("a\u{202e}b"), "invisible_characters"),
        ("note", json!("x".repeat(2_001)), "too_long"),
        // Nobody has asked Enrekang, and there is no 99.99.
        ("districts", json!(["73.16"]), "not_invited"),
        ("districts", json!(["99.99"]), "not_invited"),
        ("districts", json!(["73.061", "73.06"]), "not_invited"),
        (
            "districts",
            json!((0..601).map(|at| format!("{at}")).collect::<Vec<_>>()),
            "too_many",
        ),
    ] {
        let mut bad = plan(1, &["73.06"]);
        bad[field] = value;
        ministry.post(WAVES, bad).await.expect_field(field, code);
    }
    let mut bad = plan(1, &[]);
    bad["target_phase"] = json!("soon");
    let refused = ministry.post(WAVES, bad).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    let province = service.demo_client("sulsel").await;
    province
        .post(WAVES, plan(1, &[]))
        .await
        .expect_problem(403, "forbidden");
    assert_eq!(
        ministry.get(WAVES).await.expect(200).items().len(),
        0,
        "nothing was kept"
    );
}

#[tokio::test]
async fn planned_stands_against_actual() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    ministry.post(INVITED, letter("33.29", Value::Null)).await.expect(201);
    let codes = ["73.06", "73.02", "33.10", "33.29"];
    let wave = ministry.post(WAVES, plan(1, &codes)).await.expect(201);
    let empty = ministry.post(WAVES, plan(2, &[])).await.expect(201);

    let overview = ministry.get(OVERVIEW).await.expect(200).json;
    let districts = overview["districts"].as_array().expect("districts");
    let own: Vec<&Value> = districts
        .iter()
        .filter(|one| one["wave_id"] == wave.json["id"])
        .collect();
    assert_eq!(own.len(), codes.len());
    let beyond = |one: &&&Value| !matches!(one["phase"].as_str(), None | Some("commitment"));
    let reached = own.iter().filter(beyond).count();
    let seen = shown(&ministry, "").await;
    assert_eq!(
        seen.iter().map(|wave| &wave["id"]).collect::<Vec<_>>(),
        [&wave.json["id"], &empty.json["id"]]
    );
    assert_eq!(
        (&seen[0]["districts"], &seen[0]["registered"], &seen[0]["reached"]),
        (&json!(4), &json!(3), &json!(reached))
    );
    assert!(reached > 0, "the demo's districts have decrees");

    // A filter narrows the waves as everything else; a wave is a filter.
    let narrowed = shown(&ministry, "?province=33").await;
    assert_eq!(narrowed.len(), 1);
    assert_eq!(narrowed[0], seen[0], "a filter chooses waves and changes none");
    let only = ministry
        .get(&format!("{OVERVIEW}?wave={}", wave.id()))
        .await
        .expect(200)
        .json;
    assert_eq!(only["districts"].as_array().map(Vec::len), Some(codes.len()));
    assert_eq!(
        ministry
            .get(&format!("{OVERVIEW}?wave={}", empty.id()))
            .await
            .expect(200)
            .json["districts"],
        json!([])
    );

    // A province reads the plan with its own districts.
    let jateng = service.demo_client("jateng").await;
    assert_eq!(
        jateng.get(WAVES).await.expect(200).items()[0]["districts"],
        json!(["33.10", "33.29"])
    );
    assert_eq!(shown(&jateng, "").await[0]["districts"], json!(2));
}

#[tokio::test]
async fn letters_lead_into_their_wave_and_out_again() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let wave = ministry.post(WAVES, plan(2, &[])).await.expect(201);
    let one = format!("{WAVES}/{}", wave.id());
    for (code, number) in [("33.29", json!(2)), ("33.28", json!(3)), ("33.27", Value::Null)] {
        ministry.post(INVITED, letter(code, number)).await.expect(201);
    }
    assert_eq!(ministry.get(&one).await.expect(200).json["districts"], json!(["33.29"]));
    // Who had the plan open before the letter came does not undo it.
    ministry
        .put(&one, &wave.etag(), plan(2, &[]))
        .await
        .expect_problem(412, "stale");
    let later = ministry.post(WAVES, plan(3, &[])).await.expect(201);
    assert_eq!(later.json["districts"], json!(["33.28"]), "the letter was there first");
    ministry.delete(&format!("{INVITED}/33.29"), "").await.expect(204);
    assert_eq!(ministry.get(&one).await.expect(200).json["districts"], json!([]));
    // A wave that takes another number takes in whom the letters call there.
    ministry.post(INVITED, letter("33.26", json!(5))).await.expect(201);
    let read = ministry.get(&one).await.expect(200);
    let moved = ministry.put(&one, &read.etag(), plan(5, &[])).await.expect(200);
    assert_eq!(moved.json["districts"], json!(["33.26"]));
}

/// Two administrators plan at the same moment: one number and one district end up in one wave, and the other is told why.
#[tokio::test]
async fn two_at_once_take_neither_one_number_nor_one_district() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    for round in 1..=5 {
        let (one, other) = tokio::join!(
            ministry.post(WAVES, plan(round, &[])),
            ministry.post(WAVES, plan(round, &[]))
        );
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }
    let (one, other) = tokio::join!(
        ministry.post(WAVES, plan(6, &["73.06"])),
        ministry.post(WAVES, plan(7, &["73.06"]))
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422]);
    // Changing and giving up at once: one of them counts, and neither waits for the other in a circle.
    for number in 8..=12 {
        let wave = ministry.post(WAVES, plan(number, &[])).await.expect(201);
        let path = format!("{WAVES}/{}", wave.id());
        let etag = wave.etag();
        let (changed, gone) = tokio::join!(
            ministry.put(&path, &etag, plan(number, &[])),
            ministry.delete(&path, &etag)
        );
        let statuses = (changed.status.as_u16(), gone.status.as_u16());
        assert!([(200, 412), (404, 204)].contains(&statuses), "{statuses:?}");
    }
}
