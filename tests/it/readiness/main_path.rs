//! A district on its way from nothing to its public page.

use satupintu_tests::{Client, Service, client::send};
use serde_json::{Value, json};

use super::fill::{self, DISTRICT, DOCUMENTS, FLAGGED};

async fn report(client: &Client) -> Value {
    client.get(&format!("{DISTRICT}/readiness")).await.expect(200).json
}

async fn go_live(client: &Client) -> satupintu_tests::Answer {
    let etag = client.get(DISTRICT).await.etag();
    let path = format!("{DISTRICT}/go-live");
    send(client.request(reqwest::Method::POST, &path).header("if-match", etag)).await
}

fn blockers(problem: &Value) -> Vec<(String, String)> {
    let errors = problem["errors"].as_array().expect("errors");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors
        .iter()
        .map(|error| (text(&error["field"]), text(&error["code"])))
        .collect()
}

/// How many items the standard makes mandatory.
async fn mandatory(client: &Client) -> usize {
    let standard = client.get("/api/v1/standards/current").await.expect(200).json;
    let components = standard["components"].as_array().expect("components").iter();
    let items = components.flat_map(|component| component["items"].as_array().expect("items"));
    items.filter(|item| item["mandatory"] == true).count()
}

#[tokio::test]
async fn from_nothing_to_the_public_page() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let reviewer = service.demo_client("sulsel").await;
    let public = service.anonymous();
    let page = "/api/v1/public/districts/73.02";
    public.get(page).await.expect_problem(404, "not_found");

    // Nothing is there: refused with every mandatory item.
    let refused = go_live(&admin).await.expect_problem(409, "not_ready");
    let in_the_way = blockers(&refused.json);
    assert_eq!(in_the_way.len(), mandatory(&public).await, "{}", refused.text);
    assert!(in_the_way.iter().all(|(_, reason)| reason == "missing"));
    let before = report(&admin).await;
    assert_eq!((&before["claimed"], &before["verified"]), (&json!(0.0), &json!(0.0)));
    assert_eq!(before["phase"]["current"], "commitment");

    // Set up: what the system counts is there, what asks for documents has begun.
    fill::setup(&admin).await;
    let set_up = report(&admin).await;
    assert_eq!(set_up["components"][3]["complete"], true, "{}", set_up["components"][3]);
    let in_the_way: Vec<&Value> = set_up["go_live"]["blockers"].as_array().expect("list").iter().collect();
    let items: Vec<&str> = in_the_way
        .iter()
        .filter_map(|blocker| blocker["item"].as_str())
        .collect();
    let wanted: Vec<&str> = DOCUMENTS.iter().map(|(item, _)| *item).collect();
    assert_eq!(items, wanted, "{}", set_up["go_live"]);

    // Documents are shown: what need not be verified no longer blocks.
    let file = fill::upload(&admin).await;
    let mut shown = Vec::new();
    for (item, kind) in DOCUMENTS {
        shown.push(fill::show(&admin, item, kind, &file).await.expect(201));
    }
    let refused = go_live(&admin).await.expect_problem(409, "not_ready");
    let waiting: Vec<(String, String)> = FLAGGED
        .iter()
        .map(|item| ((*item).to_owned(), "not_verified".to_owned()))
        .collect();
    assert_eq!(blockers(&refused.json), waiting);
    assert_eq!(admin.get(DISTRICT).await.json["phase"], "onboarding");

    // The reviewer verifies those that the standard flags.
    for evidence in &shown {
        if FLAGGED.iter().any(|item| evidence.json["item_code"] == *item) {
            fill::decide(&reviewer, evidence, "verified", "").await.expect(200);
        }
    }
    assert_eq!(report(&admin).await["go_live"]["allowed"], true);
    let stale = send(
        admin
            .request(reqwest::Method::POST, &format!("{DISTRICT}/go-live"))
            .header("if-match", "\"99\""),
    )
    .await;
    stale.expect_problem(412, "stale");
    let live = go_live(&admin).await.expect(200);
    assert_eq!(live.json["phase"], "live");
    go_live(&admin).await.expect_problem(409, "conflict");

    // The phase has its dates; nothing is served yet.
    let after = report(&admin).await;
    assert_eq!(after["phase"]["current"], "launched", "{}", after["phase"]);
    assert_eq!(after["phase"]["steps"][2]["milestone_on"], "2026-09-02");
    assert_eq!(after["phase"]["steps"][3]["milestone_on"], "2026-10-01");

    let page = public.get(page).await.expect(200);
    assert_eq!(page.json["address"], "Jalan Contoh 1, Ujung Bulu");
    assert_eq!(page.json["opening_hours"], "Senin sampai Jumat, 08.00–16.00");
    assert_eq!(page.json["services"].as_array().map(Vec::len), Some(1));
    assert_eq!(page.json["services"][0]["domain"], "legal_identity");
    assert_eq!(page.json["services"][0]["providers"][0], "Dinas civil_registry");
    assert_eq!(
        page.json["people"],
        json!([{ "name": "Contoh Manajer", "position": "Petugas" }])
    );
    for secret in ["Contoh Peksos", "Contoh Narahubung", "contact"] {
        assert!(!page.text.contains(secret), "{secret} in {}", page.text);
    }
    let listed = public.get("/api/v1/public/districts").await.expect(200);
    assert!(listed.items().iter().any(|district| district["code"] == "73.02"));
    assert!(
        listed.items().iter().all(|district| district["code"] != "73.09"),
        "Maros is not live"
    );
}

#[tokio::test]
async fn texts_follow_the_language() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let english = admin
        .request(reqwest::Method::GET, &format!("{DISTRICT}/readiness"))
        .header("accept-language", "en");
    let english = send(english).await.expect(200);
    let indonesian = report(&admin).await;
    let of = |report: &Value| {
        report["components"][0]["items"][0]["next_step"]
            .as_str()
            .map(str::to_owned)
    };
    assert_ne!(of(&english.json), of(&indonesian));
    assert_eq!(english.json["phase"]["steps"][0]["name"], "Commitment");
    let standard = service.anonymous().get("/api/v1/standards/current").await.expect(200);
    let item = &standard.json["components"][0]["items"][0];
    assert_eq!(item["next_step"]["en"].as_str().map(str::to_owned), of(&english.json));
    assert_eq!(item["next_step"]["id"].as_str().map(str::to_owned), of(&indonesian));
    let same = service.anonymous().get("/api/v1/standards/1.0").await.expect(200);
    assert_eq!(same.json, standard.json);
    service
        .anonymous()
        .get("/api/v1/standards/9.9")
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn an_item_is_shared_out_to_a_member() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let path = format!("{DISTRICT}/readiness/REG-1/progress");
    let nothing = admin.get(&path).await.expect(200);
    assert_eq!(nothing.etag(), "\"0\"");
    let members = admin.get(&format!("{DISTRICT}/members")).await.expect(200);
    let member = members.items()[0]["account_id"].clone();
    let body = json!({ "assignee_id": member, "due_on": "2027-01-31", "note": "Temui Bagian Hukum", "begun": true });
    let kept = admin.put(&path, "\"0\"", body.clone()).await.expect(200);
    assert_eq!(kept.etag(), "\"1\"");
    assert!(kept.json["assignee_name"].as_str().is_some_and(|name| !name.is_empty()));
    admin.put(&path, "\"0\"", body).await.expect_problem(412, "stale");
    let item = report(&admin).await["components"][0]["items"][0].clone();
    assert_eq!(
        (&item["state"], &item["assignment"]),
        (&json!("in_progress"), &kept.json)
    );

    let gowa = service.demo_client("admin.gowa").await;
    let stranger = gowa.get("/api/v1/account").await.json["account"]["id"].clone();
    let stranger = if stranger.is_null() {
        gowa.get("/api/v1/districts/73.06/members").await.items()[0]["account_id"].clone()
    } else {
        stranger
    };
    admin
        .put(&path, "\"1\"", json!({ "assignee_id": stranger }))
        .await
        .expect_field("assignee_id", "not_a_member");
    admin
        .put(&path, "\"1\"", json!({ "due_on": "0026-01-31" }))
        .await
        .expect_field("due_on", "out_of_range");
    let unknown = format!("{DISTRICT}/readiness/REG-99/progress");
    admin
        .put(&unknown, "\"0\"", json!({}))
        .await
        .expect_problem(404, "not_found");
    let emptied = admin.put(&path, "\"1\"", json!({})).await.expect(200);
    assert_eq!(emptied.json["assignee_id"], Value::Null);
}
