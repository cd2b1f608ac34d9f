//! A district starts from a package, and takes the step back.

use satupintu::readiness::ComponentKind;
use satupintu_tests::{Answer, Client, Service, client::send};
use serde_json::{Value, json};

use super::arrange::{BULUKUMBA, GOWA, add, adopt, draft, gowa, list, publish};

const ADOPTIONS: &str = "/api/v1/districts/73.02/package-adoptions";

async fn undo(client: &Client, id: &str, etag: &str) -> Answer {
    let path = format!("{ADOPTIONS}/{id}/undo");
    send(client.request(reqwest::Method::POST, &path).header("if-match", etag)).await
}

fn actions(adoption: &Value, action: &str) -> Vec<String> {
    let changes = adoption["changes"].as_array().cloned().unwrap_or_default();
    let of_action = changes.iter().filter(|change| change["action"] == action);
    of_action
        .filter_map(|change| change["kind"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn what_is_taken_over_is_the_districts_own_with_its_names_and_agencies() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let package = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let admin = service.demo_client("admin.bulukumba").await;
    let registry = json!({ "kind": "civil_registry", "name": "Disdukcapil Bulukumba" });
    let registry = add(&admin, BULUKUMBA, "institution/agencies", registry).await;
    let category = json!({ "code": "tanpa_akta", "name_id": "Nama kami sendiri" });
    let category = add(&admin, BULUKUMBA, "data-system/vulnerability-categories", category).await;

    let body = json!({ "model_package_id": package.id() });
    let preview = admin
        .post(&format!("{ADOPTIONS}/preview"), body.clone())
        .await
        .expect(200);
    let fate = |kind: &str| -> Vec<&str> {
        let items = preview.json["items"].as_array().into_iter().flatten();
        items
            .filter(|item| item["kind"] == kind)
            .filter_map(|item| item["fate"].as_str())
            .collect()
    };
    assert_eq!(fate("agency"), ["map", "add"]);
    assert_eq!(fate("vulnerability_category"), ["same"]);
    assert_eq!(fate("sop"), ["add"]);
    let agency = &preview.json["agencies"][0];
    assert_eq!(
        agency["proposals"],
        json!([{ "record_id": registry, "title": "Disdukcapil Bulukumba" }])
    );
    let replaced = json!([{ "from": "Kabupaten Gowa", "to": "Kabupaten Bulukumba", "places": 3 }]);
    assert_eq!(preview.json["replacements"], replaced);
    assert_eq!(
        list(&admin, BULUKUMBA, "work-mechanism/sops").await.len(),
        0,
        "a preview keeps nothing"
    );

    let adopted = admin.post(ADOPTIONS, body.clone()).await.expect(201);
    assert_eq!(actions(&adopted.json, "map"), ["agency", "vulnerability_category"]);
    assert_eq!(adopted.json["claimed_after"], preview.json["claimed_after"]);
    let report = admin.get(&format!("{BULUKUMBA}/readiness")).await.expect(200);
    assert_eq!(
        report.json["claimed"], adopted.json["claimed_after"],
        "readiness follows at once"
    );

    let services = list(&admin, BULUKUMBA, "service-range/services").await;
    let content = &services[0]["content"];
    assert_eq!(content["description"], "Akta bagi anak di Kabupaten Bulukumba.");
    assert_eq!(content["providers"][0]["agency_id"], json!(registry));
    assert_eq!(content["category_ids"], json!([category]));
    assert_ne!(services[0]["id"], json!(gowa.service), "it is a record of its own");
    let categories = list(&admin, BULUKUMBA, "data-system/vulnerability-categories").await;
    assert_eq!(
        categories[0]["title"], "Nama kami sendiri",
        "what was there stays as it is"
    );
    let teams = list(&admin, BULUKUMBA, "institution/teams").await;
    assert_eq!(teams[0]["content"]["name"], "Pokja Kabupaten Bulukumba");
    let decrees = list(&admin, BULUKUMBA, "regulation/legal-instruments").await;
    assert_eq!(teams[0]["content"]["decree_id"], decrees[0]["id"]);
    let history = admin
        .get(&format!(
            "{BULUKUMBA}/setup/institution/teams/{}/history",
            teams[0]["id"].as_str().unwrap_or_default()
        ))
        .await
        .expect(200);
    assert_eq!(history.items()[0]["action"], "create");

    // Nothing twice; whoever chose fewer components before gets the rest.
    admin.post(ADOPTIONS, body).await.expect_problem(409, "conflict");
    assert_eq!(list(&admin, BULUKUMBA, "work-mechanism/sops").await.len(), 1);
    let shown = gowa
        .admin
        .get(&format!("/api/v1/packages/{}", package.id()))
        .await
        .expect(200);
    assert_eq!(
        shown.json["adopters"],
        json!({ "count": 1, "names": ["Kabupaten Bulukumba"] })
    );
    let gained = adopted.json["claimed_after"]
        .as_f64()
        .zip(adopted.json["claimed_before"].as_f64());
    let gained = gained.map(|(after, before)| after - before).expect("numbers");
    assert!((shown.json["readiness_gained"].as_f64().expect("a median") - gained).abs() < 0.001);
    let own = gowa
        .admin
        .post(
            &format!("{GOWA}/package-adoptions"),
            json!({ "model_package_id": package.id() }),
        )
        .await;
    own.expect_problem(409, "conflict");
}

#[tokio::test]
async fn components_one_after_the_other_add_up() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let package = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let admin = service.demo_client("admin.bulukumba").await;
    let take = |components: &[&str]| {
        let body = json!({ "model_package_id": package.id(), "components": components });
        let admin = admin.clone();
        async move { admin.post(ADOPTIONS, body).await }
    };
    let first = take(&["service_range"]).await.expect(201);
    assert_eq!(
        actions(&first.json, "create"),
        ["agency", "service"],
        "with the agency that gives it"
    );
    let rest = take(&[]).await.expect(201);
    assert!(!actions(&rest.json, "create").contains(&"service".to_owned()));
    assert_eq!(list(&admin, BULUKUMBA, "institution/agencies").await.len(), 2);
    let key = || {
        admin
            .request(reqwest::Method::POST, ADOPTIONS)
            .header("idempotency-key", "mulai")
    };
    let body = json!({ "model_package_id": package.id() });
    send(key().json(&body)).await.expect_problem(409, "conflict");
}

#[tokio::test]
async fn several_agencies_of_a_kind_ask_for_a_choice() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let package = publish(&gowa.admin, GOWA, draft(&["service_range"])).await;
    let admin = service.demo_client("admin.bulukumba").await;
    let mut ids = Vec::new();
    for name in ["Satu", "Dua"] {
        let agency = json!({ "kind": "civil_registry", "name": format!("Dinas {name}") });
        ids.push(add(&admin, BULUKUMBA, "institution/agencies", agency).await);
    }
    let body = json!({ "model_package_id": package.id() });
    let field = format!("agencies.{}", gowa.registry);
    admin.post(ADOPTIONS, body).await.expect_field(&field, "choose");
    let foreign = json!([{ "origin_id": gowa.registry, "record_id": gowa.sop }]);
    let body = json!({ "model_package_id": package.id(), "agencies": foreign });
    admin.post(ADOPTIONS, body).await.expect_field(&field, "not_found");
    let choice = json!([{ "origin_id": gowa.registry, "record_id": ids[1] }]);
    adopt(&admin, BULUKUMBA, &package.id(), choice).await;
    let services = list(&admin, BULUKUMBA, "service-range/services").await;
    assert_eq!(services[0]["content"]["providers"][0]["agency_id"], json!(ids[1]));
}

#[tokio::test]
async fn a_step_is_taken_back_but_for_what_people_went_on_with() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let package = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let admin = service.demo_client("admin.bulukumba").await;
    let adopted = adopt(&admin, BULUKUMBA, &package.id(), json!([])).await;
    let sops = list(&admin, BULUKUMBA, "work-mechanism/sops").await;
    let sop = sops[0]["id"].as_str().expect("id").to_owned();
    let mut content = sops[0]["content"].clone();
    content["purpose"] = json!("Tujuan kami sendiri.");
    let path = format!("{BULUKUMBA}/setup/work-mechanism/sops/{sop}");
    admin
        .put(&path, "\"1\"", json!({ "content": content }))
        .await
        .expect(200);

    undo(&admin, &adopted.id(), "\"9\"").await.expect_problem(412, "stale");
    let undone = undo(&admin, &adopted.id(), &adopted.etag()).await.expect(200);
    let kept = undone.json["kept"].as_array().cloned().unwrap_or_default();
    let reasons: Vec<(&str, &str)> = kept
        .iter()
        .map(|kept| {
            (
                kept["title"].as_str().unwrap_or(""),
                kept["reason"].as_str().unwrap_or(""),
            )
        })
        .collect();
    // The SOP that people went on with, and the decree that it stands on.
    assert_eq!(
        reasons,
        [
            ("Tim PKSAI Kabupaten Bulukumba", "in_use"),
            ("Penerimaan pengaduan", "changed_since")
        ]
    );
    assert_eq!(list(&admin, BULUKUMBA, "service-range/services").await.len(), 0);
    assert_eq!(list(&admin, BULUKUMBA, "institution/agencies").await.len(), 0);
    let own = list(&admin, BULUKUMBA, "work-mechanism/sops").await;
    assert_eq!(own[0]["content"]["purpose"], "Tujuan kami sendiri.");
    undo(&admin, &adopted.id(), "\"2\"")
        .await
        .expect_problem(409, "conflict");
    let shown = gowa
        .admin
        .get(&format!("/api/v1/packages/{}", package.id()))
        .await
        .expect(200);
    assert_eq!(shown.json["adopters"]["count"], 0);

    // It can be taken over again; what stayed is not doubled.
    adopt(&admin, BULUKUMBA, &package.id(), json!([])).await;
    assert_eq!(list(&admin, BULUKUMBA, "work-mechanism/sops").await.len(), 1);
    assert_eq!(list(&admin, BULUKUMBA, "service-range/services").await.len(), 1);
}

#[tokio::test]
async fn a_withdrawn_package_is_not_taken_over() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let package = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let path = format!("{GOWA}/packages/{}/withdraw", package.id());
    let request = gowa
        .admin
        .request(reqwest::Method::POST, &path)
        .header("if-match", package.etag());
    send(request).await.expect(200);
    let admin = service.demo_client("admin.bulukumba").await;
    let body = json!({ "model_package_id": package.id() });
    admin.post(ADOPTIONS, body).await.expect_problem(409, "conflict");
    let nobody = json!({ "model_package_id": "01890000-0000-7000-8000-000000000000" });
    admin.post(ADOPTIONS, nobody).await.expect_problem(404, "not_found");
}
