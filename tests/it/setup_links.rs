//! Setup records that refer to each other, to people and to regions: never out of the district, never into nothing.

use satupintu_tests::{Answer, Client, Service, client::send};
use serde_json::{Value, json};

const GOWA: &str = "/api/v1/districts/73.06/setup";
const BULUKUMBA: &str = "/api/v1/districts/73.02/setup";
const NOBODY: &str = "01890000-0000-7000-8000-000000000000";

async fn make(client: &Client, path: &str, content: Value) -> Answer {
    client.post(path, json!({ "content": content })).await
}

async fn archive(client: &Client, path: &str, etag: &str) -> Answer {
    send(
        client
            .request(reqwest::Method::POST, &format!("{path}/archive"))
            .header("if-match", etag),
    )
    .await
}

#[tokio::test]
async fn what_is_mentioned_cannot_be_put_away() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let agencies = format!("{GOWA}/institution/agencies");
    let services = format!("{GOWA}/service-range/services");
    let agency = make(&admin, &agencies, json!({ "name": "Dinas Contoh" }))
        .await
        .expect(201)
        .id();
    let content = json!({ "name": "Layanan contoh", "providers": [{ "agency_id": agency }] });
    let made = make(&admin, &services, content).await.expect(201);
    let agency_path = format!("{agencies}/{agency}");
    let refused = archive(&admin, &agency_path, "\"1\"")
        .await
        .expect_problem(409, "conflict");
    assert!(refused.text.contains("“Layanan contoh”"), "{}", refused.text);
    let service_path = format!("{services}/{}", made.id());
    archive(&admin, &service_path, "\"1\"").await.expect(200);
    archive(&admin, &agency_path, "\"1\"").await.expect(200);
    // The service comes back only when what it needs is back.
    let restore = |path: String, etag: &'static str| {
        send(
            admin
                .request(reqwest::Method::POST, &format!("{path}/restore"))
                .header("if-match", etag),
        )
    };
    restore(service_path.clone(), "\"2\"")
        .await
        .expect_field("content.providers.0.agency_id", "archived");
    restore(agency_path, "\"2\"").await.expect(200);
    restore(service_path, "\"2\"").await.expect(200);
}

#[tokio::test]
async fn links_lead_to_the_right_kind_in_this_district() {
    let service = Service::demo().await;
    let gowa = service.demo_client("admin.gowa").await;
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let theirs = make(
        &bulukumba,
        &format!("{BULUKUMBA}/institution/agencies"),
        json!({ "name": "Dinas Tetangga" }),
    )
    .await;
    let theirs = theirs.expect(201).id();
    let agency = make(
        &gowa,
        &format!("{GOWA}/institution/agencies"),
        json!({ "name": "Dinas Kita" }),
    )
    .await;
    let agency = agency.expect(201).id();
    let staff = format!("{GOWA}/staff/staff-members");
    let me = bulukumba.get("/api/v1/me").await.expect(200).json["id"].clone();
    for (content, field) in [
        (json!({ "employer_id": theirs }), "employer_id"),
        (json!({ "employer_id": NOBODY }), "employer_id"),
        (json!({ "decree_id": agency }), "decree_id"),
        (json!({ "account_id": me }), "account_id"),
        (json!({ "account_id": NOBODY }), "account_id"),
        (json!({ "pledge_file_id": NOBODY }), "pledge_file_id"),
        (
            json!({ "subdistrict_codes": ["73.06.01", "73.02.01"] }),
            "subdistrict_codes.1",
        ),
        (json!({ "subdistrict_codes": ["73.06.99"] }), "subdistrict_codes.0"),
    ] {
        let field = format!("content.{field}");
        make(&gowa, &staff, content).await.expect_field(&field, "not_found");
    }
    let mine = gowa.get("/api/v1/me").await.expect(200).json["id"].clone();
    let content = json!({ "name": "Contoh Petugas", "employer_id": agency, "account_id": mine,
        "subdistrict_codes": ["73.06.01"], "roles": ["case_manager"], "caseload_limit": 20 });
    make(&gowa, &staff, content).await.expect(201);
    let summary = gowa.get(&format!("{GOWA}/staff/summary")).await.expect(200).json;
    assert_eq!(
        (summary["people"].as_i64(), summary["case_capacity"].as_i64()),
        (Some(1), Some(20))
    );
    let area = summary["subdistricts"].as_array().expect("kecamatan");
    assert_eq!(
        (area.len(), area[0]["people"].as_i64(), area[1]["people"].as_i64()),
        (18, Some(1), Some(0))
    );
}

#[tokio::test]
async fn nothing_stands_above_itself() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let teams = format!("{GOWA}/institution/teams");
    let top = make(&admin, &teams, json!({ "name": "Tim Pengarah" }))
        .await
        .expect(201)
        .id();
    let middle = make(&admin, &teams, json!({ "name": "Tim Pokja", "parent_id": top }))
        .await
        .expect(201)
        .id();
    let low = make(&admin, &teams, json!({ "name": "Pokja Desa", "parent_id": middle }))
        .await
        .expect(201)
        .id();
    let path = format!("{teams}/{top}");
    let below = |id: &str| json!({ "content": { "name": "Tim Pengarah", "parent_id": id } });
    admin
        .put(&path, "\"1\"", below(&top))
        .await
        .expect_field("content.parent_id", "self_reference");
    admin
        .put(&path, "\"1\"", below(&low))
        .await
        .expect_field("content.parent_id", "circular");
    admin
        .put(&path, "\"1\"", below(&middle))
        .await
        .expect_field("content.parent_id", "circular");
}

#[tokio::test]
async fn a_ready_set_is_taken_over_once() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let categories = format!("{GOWA}/data-system/vulnerability-categories");
    let adopt = format!("{categories}/adopt");
    let first = admin
        .post(&adopt, json!({ "set": "gowa_outreach" }))
        .await
        .expect(200)
        .json;
    assert_eq!(
        (first["added"].as_array().map(Vec::len), first["already_there"].as_i64()),
        (Some(8), Some(0))
    );
    let again = admin
        .post(&adopt, json!({ "set": "gowa_outreach" }))
        .await
        .expect(200)
        .json;
    assert_eq!(
        (again["added"].as_array().map(Vec::len), again["already_there"].as_i64()),
        (Some(0), Some(8))
    );
    let listed = admin.get(&categories).await.expect(200);
    assert_eq!(listed.items().len(), 8);
    assert!(listed.items().iter().all(|item| item["complete"] == true));
    assert_eq!(listed.items()[0]["content"]["code"], "no_birth_certificate");
    admin
        .post(&adopt, json!({ "set": "nonsense" }))
        .await
        .expect_field("set", "not_in_list");
    let twice = make(
        &admin,
        &categories,
        json!({ "code": "disability", "name_id": "Disabilitas" }),
    )
    .await;
    twice.expect_field("content.code", "taken");
    let own = json!({ "code": "anak_pulau", "name_id": "Anak di pulau terpencil", "domains": ["health"] });
    make(&admin, &categories, own).await.expect(201);
}

#[tokio::test]
async fn the_coverage_matrix_shows_gaps() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let agency = make(
        &admin,
        &format!("{GOWA}/institution/agencies"),
        json!({ "name": "Dukcapil" }),
    )
    .await;
    let content = json!({ "domain": "legal_identity", "tiers": ["primary", "secondary"], "name": "Akta",
        "providers": [{ "agency_id": agency.expect(201).id() }] });
    make(&admin, &format!("{GOWA}/service-range/services"), content)
        .await
        .expect(201);
    let matrix = admin
        .get(&format!("{GOWA}/service-range/coverage"))
        .await
        .expect(200)
        .json;
    let cells = matrix["cells"].as_array().expect("cells");
    assert_eq!(cells.len(), 24);
    let filled: Vec<_> = cells.iter().filter(|cell| cell["is_gap"] == false).collect();
    assert_eq!(filled.len(), 2);
    assert!(
        filled
            .iter()
            .all(|cell| cell["domain"] == "legal_identity" && cell["providers"] == 1)
    );
}

#[tokio::test]
async fn somebody_is_in_charge() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let path = format!("{GOWA}/responsibilities");
    let me = admin.get("/api/v1/me").await.expect(200).json["id"].clone();
    let body = json!({ "component": "regulation", "account_id": me, "due_on": "2026-12-31", "note": "Kawal Perbup." });
    let made = admin.post(&path, body.clone()).await.expect(201);
    admin.post(&path, body).await.expect_problem(409, "conflict");
    admin
        .post(&path, json!({ "component": "REG-1" }))
        .await
        .expect_field("component", "not_in_list");
    admin
        .post(&path, json!({ "component": "staff", "due_on": "0026-12-31" }))
        .await
        .expect_field("due_on", "out_of_range");
    admin
        .post(&path, json!({ "component": "staff", "account_id": NOBODY }))
        .await
        .expect_field("account_id", "not_found");
    let one = format!("{path}/{}", made.id());
    let changed = admin
        .put(&one, &made.etag(), json!({ "note": "Selesai dibahas." }))
        .await
        .expect(200);
    assert_eq!(changed.json["account_id"], Value::Null);
    let stale = admin
        .put(&one, &made.etag(), json!({ "note": "Lain." }))
        .await
        .expect_problem(412, "stale");
    assert_eq!(stale.json["current"]["note"], "Selesai dibahas.");
    assert_eq!(admin.get(&path).await.expect(200).items(), [changed.json]);
}
