//! A live district publishes what it set up; everybody signed in reads it.

use satupintu::readiness::ComponentKind;
use satupintu_tests::{Client, Service, client::send, people::member_with};
use serde_json::{Value, json};

use super::arrange::{BULUKUMBA, GOWA, add, draft, gowa, publish, sop};

const PREVIEW: &str = "/api/v1/districts/73.06/packages/preview";

async fn withdraw(client: &Client, path: &str, etag: &str) -> satupintu_tests::Answer {
    send(client.request(reqwest::Method::POST, path).header("if-match", etag)).await
}

#[tokio::test]
async fn the_preview_is_what_leaves() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let preview = gowa.admin.post(PREVIEW, draft(ComponentKind::ALL)).await.expect(200);
    for secret in ["RAHASIA", "Rahasia", "0812", "0411", "Jalan Contoh", "Disdukcapil"] {
        assert!(!preview.text.contains(secret), "{secret} leaves: {}", preview.text);
    }
    let document = &preview.json["document"];
    assert_eq!(
        (&document["version"], &document["signature"]),
        (&json!(1), &json!(null))
    );
    let service_of = &document["components"]["service_range"]["service"][0];
    assert_eq!(service_of["origin_id"], json!(gowa.service));
    assert_eq!(service_of["content"]["providers"][0]["agency_id"], json!(gowa.registry));
    assert_eq!(
        preview.json["staying"],
        json!([{ "component": "staff", "kind": "staff_member", "records": 1 }])
    );
    assert_eq!(preview.json["suspects"], json!([]));
    // Nothing was published by looking.
    assert_eq!(gowa.admin.get("/api/v1/packages").await.expect(200).items().len(), 0);

    let published = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await.json;
    let path = format!(
        "/api/v1/packages/{}/document",
        published["id"].as_str().unwrap_or_default()
    );
    let file = gowa.admin.get(&path).await.expect(200);
    assert_eq!(file.json["components"], document["components"]);
    assert!(file.header("content-disposition").contains(".json"));
    satupintu::packages::parse::parse(file.text.as_bytes()).expect("what we publish can be imported");
}

#[tokio::test]
async fn texts_that_look_personal_are_refused_by_place() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let mut content = sop("");
    content["legal_basis_ids"] = json!([]);
    content["steps"][1]["note"] = json!("Telepon 0812-3456-7890");
    let id = add(&admin, GOWA, "work-mechanism/sops", content).await;
    let preview = admin.post(PREVIEW, draft(ComponentKind::ALL)).await.expect(200);
    assert_eq!(
        preview.json["suspects"],
        json!([{ "kind": "sop", "record_id": id, "title": "Penerimaan pengaduan", "field": "steps.1.note" }])
    );
    let refused = admin.post(&format!("{GOWA}/packages"), draft(ComponentKind::ALL)).await;
    refused.expect_field(&format!("sop.{id}.steps.1.note"), "looks_personal");
}

#[tokio::test]
async fn what_leaves_is_what_the_preview_showed() {
    let service = Service::demo().await;
    let admin = gowa(&service).await.admin;
    let mut looked = draft(&["work_mechanism"]);
    let preview = admin.post(PREVIEW, looked.clone()).await.expect(200);
    looked["preview_hash"] = preview.json["content_hash"].clone();
    let again = admin.post(PREVIEW, looked.clone()).await.expect(200);
    assert_eq!(again.json["content_hash"], preview.json["content_hash"]);

    let rhythm = json!({ "name": "Supervisi contoh", "frequency": "monthly", "supervised_roles": ["case_manager"] });
    add(&admin, GOWA, "work-mechanism/supervision-rhythms", rhythm).await;
    let packages = format!("{GOWA}/packages");
    let refused = admin.post(&packages, looked.clone()).await;
    refused.expect_problem(412, "stale");
    let preview = admin.post(PREVIEW, looked.clone()).await.expect(200);
    looked["preview_hash"] = preview.json["content_hash"].clone();
    admin.post(&packages, looked).await.expect(201);
}

#[tokio::test]
async fn versions_follow_one_another_and_can_be_withdrawn() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let packages = format!("{GOWA}/packages");
    let key = || {
        gowa.admin
            .request(reqwest::Method::POST, &packages)
            .header("idempotency-key", "terbit")
    };
    let first = send(key().json(&draft(&["work_mechanism"]))).await.expect(201);
    let again = send(key().json(&draft(&["work_mechanism"]))).await.expect(201);
    assert_eq!(again.id(), first.id(), "a repeated request publishes once");
    assert_eq!(first.json["author"]["name"], "Kabupaten Gowa");
    let mut next = draft(&["work_mechanism"]);
    next["package_id"] = first.json["package_id"].clone();
    gowa.admin
        .post(&packages, next.clone())
        .await
        .expect_problem(409, "conflict");
    next["components"] = json!(["work_mechanism", "service_range"]);
    let second = gowa.admin.post(&packages, next.clone()).await.expect(201);
    assert_eq!(
        (&second.json["package_version"], &second.json["package_id"]),
        (&json!(2), &first.json["package_id"])
    );
    let catalogue = gowa.admin.get("/api/v1/packages?q=GOWA").await.expect(200);
    assert_eq!(ids(&catalogue.json), [second.id()], "the newest version of each");
    assert_eq!(catalogue.items()[0]["adopters"], json!({ "count": 0, "names": [] }));
    let versions = gowa
        .admin
        .get(&format!("/api/v1/packages/{}/versions", first.id()))
        .await
        .expect(200);
    assert_eq!(ids(&versions.json), [second.id(), first.id()]);

    let path = format!("{packages}/{}/withdraw", second.id());
    withdraw(&gowa.admin, &path, "\"7\"").await.expect_problem(412, "stale");
    let withdrawn = withdraw(&gowa.admin, &path, &second.etag()).await.expect(200);
    assert!(withdrawn.json["withdrawn_at"].is_string());
    assert_eq!(withdrawn.etag(), "\"2\"");
    let catalogue = gowa.admin.get("/api/v1/packages").await.expect(200);
    assert_eq!(
        ids(&catalogue.json),
        [first.id()],
        "the version before it is on offer again"
    );
    next["components"] = json!(["service_range"]);
    let third = gowa.admin.post(&packages, next).await.expect(201);
    assert_eq!(third.json["package_version"], 3, "a number is never used twice");
}

fn ids(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().cloned().unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item["id"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn only_live_districts_publish_and_only_their_own() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let refused = bulukumba
        .post(&format!("{BULUKUMBA}/packages"), draft(ComponentKind::ALL))
        .await;
    refused.expect_problem(409, "not_live");
    let published = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    super::arrange::make_live(&service, 7302).await;
    add(
        &bulukumba,
        BULUKUMBA,
        "work-mechanism/sops",
        json!({ "title": "SOP lain" }),
    )
    .await;
    let mut stolen = draft(ComponentKind::ALL);
    stolen["package_id"] = published.json["package_id"].clone();
    let refused = bulukumba.post(&format!("{BULUKUMBA}/packages"), stolen).await;
    refused.expect_field("package_id", "not_found");
    let path = format!("{BULUKUMBA}/packages/{}/withdraw", published.id());
    withdraw(&bulukumba, &path, &published.etag())
        .await
        .expect_problem(404, "not_found");
    // Everybody who is signed in reads it.
    let viewer = member_with(&service, 7302, &["district.read"]).await;
    viewer
        .get(&format!("/api/v1/packages/{}", published.id()))
        .await
        .expect(200);
    bulukumba
        .post(
            &format!("{BULUKUMBA}/packages"),
            json!({ "name": "Kosong", "components": ["staff"] }),
        )
        .await
        .expect_field("components", "empty");
}

/// The database itself keeps districts from writing others' packages.
#[tokio::test]
async fn a_district_cannot_write_anothers_package() {
    use sqlx::Executor;
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let published = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let mut database = service.database.app().await;
    database
        .execute("BEGIN; SET LOCAL app.district_id = '7302'")
        .await
        .expect("begin");
    let update = "UPDATE model_package SET name = 'x'";
    assert_eq!(database.execute(update).await.expect("update").rows_affected(), 0);
    let insert = "INSERT INTO model_package SELECT gen_random_uuid(), package_id, 9, name, author_scope, author_code, author_name, \
                  author_unit, author_district_id, is_imported, standard_version, note_id, note_en, counts, document, content_hash, \
                  signer_kid, published_at, published_by_name, withdrawn_at, version FROM model_package";
    assert!(database.execute(insert).await.is_err(), "in Gowa's name");
    let after = gowa
        .admin
        .get(&format!("/api/v1/packages/{}", published.id()))
        .await
        .expect(200);
    assert_eq!(after.json["name"], "Model Gowa");
}

/// What was published by mistake can be taken back: only who has a part in it still reads it.
#[tokio::test]
async fn what_is_withdrawn_shows_to_its_parties_only() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let first = publish(&gowa.admin, GOWA, draft(&["work_mechanism"])).await;
    let mut next = draft(&["work_mechanism", "service_range"]);
    next["package_id"] = first.json["package_id"].clone();
    let second = publish(&gowa.admin, GOWA, next).await;
    let withdrawn = format!("/api/v1/packages/{}", second.id());
    let paths = [
        withdrawn.clone(),
        format!("{withdrawn}/document"),
        format!("{withdrawn}/versions"),
        format!("/api/v1/packages/{}/comparison?with={}", first.id(), second.id()),
    ];
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let compared = format!("{BULUKUMBA}/setup-comparison?with={}", second.id());
    for path in paths.iter().chain([&compared]) {
        bulukumba.get(path).await.expect(200);
    }
    let withdraw_path = format!("{GOWA}/packages/{}/withdraw", second.id());
    withdraw(&gowa.admin, &withdraw_path, &second.etag()).await.expect(200);
    let ministry = service.demo_client("pusat").await;
    for path in &paths {
        bulukumba.get(path).await.expect_problem(404, "not_found");
        gowa.admin.get(path).await.expect(200);
        ministry.get(path).await.expect(200);
    }
    bulukumba.get(&compared).await.expect_problem(404, "not_found");
    let versions = format!("/api/v1/packages/{}/versions", first.id());
    assert_eq!(ids(&bulukumba.get(&versions).await.expect(200).json), [first.id()]);
    assert_eq!(ids(&gowa.admin.get(&versions).await.expect(200).json).len(), 2);
    // Who stands on it compares and undoes.
    let mut database = service.database.superuser().await;
    sqlx::query(
        "INSERT INTO package_adoption (district_id, id, model_package_id, package_id, step, components, claimed_before, \
         claimed_after, adopted_by_name) VALUES (7302, gen_random_uuid(), $1::uuid, $2::uuid, 'adopt', '[]', 0, 0, 'Contoh')",
    )
    .bind(second.id())
    .bind(second.json["package_id"].as_str().expect("id"))
    .execute(&mut database)
    .await
    .expect("adoption");
    for path in paths.iter().chain([&compared]) {
        bulukumba.get(path).await.expect(200);
    }
}

/// The words around the records travel with them.
#[tokio::test]
async fn names_and_notes_that_look_personal_are_refused() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let source = publish(&gowa.admin, GOWA, draft(&["work_mechanism"])).await.id();
    let ministry = service.demo_client("pusat").await;
    for (field, value) in [
        ("name", json!({ "name": "Model 0812-3456-7890" })),
        (
            "note.id",
            json!({ "note": { "id": "Hubungi contoh@contoh.example.", "en": "" } }),
        ),
        ("note.en", json!({ "note": { "id": "", "en": "NIK 7306010101010001" } })),
    ] {
        let with = |mut body: Value| {
            for (key, value) in value.as_object().expect("object") {
                body[key] = value.clone();
            }
            body
        };
        let district = with(draft(ComponentKind::ALL));
        for path in [PREVIEW.to_owned(), format!("{GOWA}/packages")] {
            gowa.admin
                .post(&path, district.clone())
                .await
                .expect_field(field, "looks_personal");
        }
        let national = with(json!({ "source": source, "name": "Model nasional" }));
        let refused = ministry.post("/api/v1/oversight/packages", national).await;
        refused.expect_field(field, "looks_personal");
    }
}
