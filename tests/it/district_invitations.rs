//! The ministry's letters of invitation to districts.

use satupintu_tests::{Client, Service};
use serde_json::{Value, json};

const INVITED: &str = "/api/v1/oversight/invited-districts";

fn letter(code: &str) -> Value {
    json!({ "code": code, "invited_on": "2026-01-05", "wave": 2, "letter_number": "005/CONTOH/2026", "source": "Surat contoh" })
}

async fn codes(client: &Client) -> Vec<String> {
    let page = client.get(INVITED).await.expect(200);
    let codes = page.items().iter().filter_map(|item| item["code"].as_str());
    codes.map(str::to_owned).collect()
}

#[tokio::test]
async fn the_ministry_records_a_letter_and_takes_it_back() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let before = codes(&ministry).await;
    let created = ministry.post(INVITED, letter("33.29")).await.expect(201);
    assert_eq!(created.json, letter("33.29"));
    let page = ministry.get(INVITED).await.expect(200);
    let shown = page
        .items()
        .iter()
        .find(|item| item["code"] == "33.29")
        .expect("listed")
        .clone();
    assert_eq!(
        (&shown["wave"], &shown["letter_number"]),
        (&json!(2), &json!("005/CONTOH/2026"))
    );
    ministry
        .post(INVITED, letter("33.29"))
        .await
        .expect_problem(409, "conflict");
    // The province sees it; whoever is not the ministry's admin changes nothing.
    assert!(
        codes(&service.demo_client("jateng").await)
            .await
            .contains(&"33.29".to_owned())
    );
    let province = service.demo_client("jateng").await;
    province
        .post(INVITED, letter("33.28"))
        .await
        .expect_problem(403, "forbidden");
    let one = format!("{INVITED}/33.29");
    province.delete(&one, "").await.expect_problem(403, "forbidden");

    ministry.delete(&one, "").await.expect(204);
    ministry.delete(&one, "").await.expect_problem(404, "not_found");
    assert_eq!(codes(&ministry).await, before);
    let trail = ministry
        .get("/api/v1/oversight/audit-events?entity=district_invitation&entity_id=33.29")
        .await
        .expect(200);
    let events: Vec<&Value> = trail.items().iter().map(|event| &event["action"]).collect();
    assert_eq!(events, ["delete", "create"]);
    assert_eq!(trail.items()[0]["before"], letter("33.29"));
    assert_eq!(trail.items()[1]["after"], letter("33.29"));
}

#[tokio::test]
async fn what_is_no_letter_is_refused() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    for (field, value, code) in [
        ("code", json!("99.99"), "unknown_district"),
        ("code", json!("33"), "unknown_district"),
        ("wave", json!(0), "out_of_range"),
        ("source", json!(" "), "required"),
        ("invited_on", json!("2999-01-01"), "in_future"),
    ] {
        let mut body = letter("33.29");
        body[field] = value;
        ministry.post(INVITED, body).await.expect_field(field, code);
    }
    // A tenant has answered.
    let tenant = ministry.post(INVITED, letter("73.06")).await;
    tenant.expect_problem(409, "conflict");
    // Number and wave need not be known.
    let short = json!({ "code": "33.29", "invited_on": "2026-01-05", "source": "Surat contoh" });
    let created = ministry.post(INVITED, short).await.expect(201);
    assert_eq!(
        (&created.json["wave"], &created.json["letter_number"]),
        (&Value::Null, &json!(""))
    );
}
