//! The model improves; a district merges it and keeps what it made its own.

use satupintu::readiness::ComponentKind;
use satupintu_tests::{Answer, Client, Service, client::send};
use serde_json::{Value, json};

use super::arrange::{BULUKUMBA, GOWA, Gowa, add, adopt, draft, gowa, list, publish};

const UPDATES: &str = "/api/v1/districts/73.02/package-updates";
const SOPS: &str = "work-mechanism/sops";

struct Story {
    gowa: Gowa,
    admin: Client,
    package: Value,
    sop: String,
}

/// Bulukumba started from Gowa's package and made the second step its own.
async fn begin(service: &Service) -> Story {
    let gowa = gowa(service).await;
    let package = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let admin = service.demo_client("admin.bulukumba").await;
    adopt(&admin, BULUKUMBA, &package.id(), json!([])).await;
    let sop = list(&admin, BULUKUMBA, SOPS).await[0]["id"]
        .as_str()
        .expect("id")
        .to_owned();
    Story {
        gowa,
        admin,
        package: package.json,
        sop,
    }
}

async fn change(client: &Client, district: &str, kind: &str, id: &str, edit: impl FnOnce(&mut Value)) -> Answer {
    let path = format!("{district}/setup/{kind}/{id}");
    let now = client.get(&path).await.expect(200);
    let mut content = now.json["content"].clone();
    edit(&mut content);
    client
        .put(&path, &now.etag(), json!({ "content": content }))
        .await
        .expect(200)
}

impl Story {
    async fn gowa_publishes(&self) -> Answer {
        let mut next = draft(ComponentKind::ALL);
        next["package_id"] = self.package["package_id"].clone();
        publish(&self.gowa.admin, GOWA, next).await
    }

    async fn update(&self) -> Value {
        let updates = self.admin.get(UPDATES).await.expect(200);
        updates.json["items"].get(0).cloned().unwrap_or(Value::Null)
    }

    async fn merge(&self, body: Value) -> Answer {
        let package = self.package["package_id"].as_str().unwrap_or_default();
        self.admin.post(&format!("{UPDATES}/{package}/merge"), body).await
    }

    async fn origin_of(&self, id: &str) -> Value {
        let origins = self
            .admin
            .get(&format!("{BULUKUMBA}/package-origins"))
            .await
            .expect(200);
        let found = origins.items().iter().find(|origin| origin["record_id"] == id);
        found.cloned().unwrap_or(Value::Null)
    }

    async fn own_sop(&self) -> Value {
        let path = format!("{BULUKUMBA}/setup/{SOPS}/{}", self.sop);
        self.admin.get(&path).await.expect(200).json
    }
}

fn places(record: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let differences = record["differences"].as_array().into_iter().flatten();
    differences
        .map(|one| (word(&one["path"]), word(&one["changed_by"])))
        .collect()
}

fn pair(path: &str, by: &str) -> (String, String) {
    (path.to_owned(), by.to_owned())
}

#[tokio::test]
async fn improvements_are_merged_and_own_changes_stay() {
    let service = Service::demo().await;
    let story = begin(&service).await;
    assert_eq!(story.update().await, Value::Null, "nothing new yet");
    change(&story.admin, BULUKUMBA, SOPS, &story.sop, |content| {
        content["steps"][1]["duration"] = json!(60);
        content["purpose"] = json!("Tujuan Bulukumba.");
    })
    .await;
    change(&story.gowa.admin, GOWA, SOPS, &story.gowa.sop, |content| {
        content["steps"][1]["duration"] = json!(20);
        content["steps"][1]["actor"] = json!("Petugas data");
        content["warnings"] = json!(["Laporan yang hilang tidak ditangani di Kabupaten Gowa."]);
        let step = json!({ "id": "periksa", "kind": "process", "activity": "Memeriksa", "actor": "Supervisor" });
        content["steps"].as_array_mut().expect("steps").insert(2, step);
    })
    .await;
    add(&story.gowa.admin, GOWA, SOPS, json!({ "title": "Rujukan" })).await;
    story.gowa_publishes().await;

    let update = story.update().await;
    assert_eq!(update["newest"]["package_version"], 2);
    let record = &update["changed"][0];
    assert_eq!(update["changed"].as_array().map(Vec::len), Some(1));
    let origin = story.origin_of(&story.sop).await;
    assert_eq!(
        (&origin["package_name"], &origin["package_version"], &origin["state"]),
        (&json!("Model Gowa"), &json!(1), &json!("changed"))
    );
    assert_eq!(
        places(record),
        [
            pair("steps.catat.actor", "model"),
            pair("steps.catat.duration", "both"),
            pair("steps.periksa", "model"),
            pair("warnings", "model"),
        ]
    );
    let duration = &record["differences"][1];
    assert_eq!(
        (&duration["base"], &duration["mine"], &duration["theirs"]),
        (&json!(30), &json!(60), &json!(20))
    );
    assert_eq!(update["new"][0]["title"], "Rujukan");

    let named = |decisions: Value| {
        json!({ "package_version": 2, "new": [update["new"][0]["origin_id"]],
            "records": [{ "record_id": story.sop, "version": record["version"], "decisions": decisions }] })
    };
    let field = format!("records.{}.steps.catat.duration", story.sop);
    story.merge(named(json!([]))).await.expect_field(&field, "undecided");
    let nowhere =
        json!([{ "path": "steps.catat.duration", "choice": "keep_mine" }, { "path": "title", "choice": "keep_mine" }]);
    story
        .merge(named(nowhere))
        .await
        .expect_field(&format!("records.{}.title", story.sop), "not_found");
    let keep = json!([{ "path": "steps.catat.duration", "choice": "keep_mine" }]);
    let merged = story.merge(named(keep.clone())).await.expect(201);
    assert_eq!(merged.json["step"], "update");

    assert_eq!(story.origin_of(&story.sop).await["package_version"], 2);
    let own = story.own_sop().await;
    let step = |index: usize, field: &str| own["content"]["steps"][index][field].clone();
    assert_eq!(
        (step(1, "duration"), step(1, "actor")),
        (json!(60), json!("Petugas data"))
    );
    assert_eq!(step(2, "id"), "periksa");
    assert_eq!(own["content"]["purpose"], "Tujuan Bulukumba.");
    assert_eq!(
        own["content"]["warnings"],
        json!(["Laporan yang hilang tidak ditangani di Kabupaten Bulukumba."])
    );
    assert_eq!(list(&story.admin, BULUKUMBA, SOPS).await.len(), 2);
    assert_eq!(
        story.update().await,
        Value::Null,
        "what was decided does not come up again"
    );
    story.merge(named(keep)).await.expect_problem(412, "stale");

    // The step can be taken back, and then comes up again as it did.
    let path = format!("{BULUKUMBA}/package-adoptions/{}/undo", merged.id());
    let request = story
        .admin
        .request(reqwest::Method::POST, &path)
        .header("if-match", merged.etag());
    send(request).await.expect(200);
    let own = story.own_sop().await;
    assert_eq!(own["content"]["steps"].as_array().map(Vec::len), Some(3));
    assert_eq!(own["content"]["purpose"], "Tujuan Bulukumba.");
    let again = story.update().await;
    assert_eq!(places(&again["changed"][0]), places(record));
    assert_eq!(again["new"][0]["title"], "Rujukan");
}

#[tokio::test]
async fn a_withdrawn_version_is_not_followed_back() {
    let service = Service::demo().await;
    let story = begin(&service).await;
    change(&story.gowa.admin, GOWA, SOPS, &story.gowa.sop, |content| {
        content["purpose"] = json!("Tujuan Gowa.")
    })
    .await;
    let second = story.gowa_publishes().await;
    story
        .merge(json!({ "package_version": 2, "records": [{ "record_id": story.sop, "version": 1 }] }))
        .await
        .expect(201);
    let path = format!("{GOWA}/packages/{}/withdraw", second.id());
    let request = story.gowa.admin.request(reqwest::Method::POST, &path);
    send(request.header("if-match", "\"1\"")).await.expect(200);
    assert_eq!(
        story.update().await,
        Value::Null,
        "the version before it is no improvement"
    );
}

#[tokio::test]
async fn an_edited_value_and_the_model_where_told() {
    let service = Service::demo().await;
    let story = begin(&service).await;
    for (client, district, id, minutes) in [
        (&story.admin, BULUKUMBA, &story.sop, 60),
        (&story.gowa.admin, GOWA, &story.gowa.sop, 20),
    ] {
        change(client, district, SOPS, id, |content| {
            content["steps"][1]["duration"] = json!(minutes);
            content["purpose"] = json!(format!("Tujuan {minutes}."));
        })
        .await;
    }
    story.gowa_publishes().await;
    let body = |value: Value| {
        json!({ "package_version": 2, "records": [{ "record_id": story.sop, "version": 2, "decisions": [
            { "path": "steps.catat.duration", "choice": "edited", "value": value },
            { "path": "purpose", "choice": "take_theirs" }] }] })
    };
    // The kind's own checks apply to what was decided.
    let refused = story.merge(body(json!("lama"))).await;
    refused.expect_field(&format!("records.{}.content.steps.1.duration", story.sop), "wrong_type");
    story.merge(body(json!(45))).await.expect(201);
    let own = story.own_sop().await;
    assert_eq!(own["content"]["steps"][1]["duration"], 45);
    assert_eq!(own["content"]["purpose"], "Tujuan 20.");
}

#[tokio::test]
async fn somebody_elses_change_meanwhile_is_not_overwritten() {
    let service = Service::demo().await;
    let story = begin(&service).await;
    change(&story.gowa.admin, GOWA, SOPS, &story.gowa.sop, |content| {
        content["purpose"] = json!("Tujuan Gowa.")
    })
    .await;
    story.gowa_publishes().await;
    let body = json!({ "package_version": 2, "records": [{ "record_id": story.sop, "version": 1 }] });
    change(&story.admin, BULUKUMBA, SOPS, &story.sop, |content| {
        content["purpose"] = json!("Kami.")
    })
    .await;
    let stale = story.merge(body).await.expect_problem(412, "stale");
    assert_eq!(places(&stale.json["current"]["changed"][0]), [pair("purpose", "both")]);
    assert_eq!(story.own_sop().await["content"]["purpose"], "Kami.");
    let other_version = json!({ "package_version": 1, "records": [{ "record_id": story.sop, "version": 2 }] });
    story.merge(other_version).await.expect_problem(412, "stale");
}

#[tokio::test]
async fn what_the_model_retires_is_the_districts_to_keep() {
    let service = Service::demo().await;
    let story = begin(&service).await;
    for id in [&story.gowa.sop] {
        let path = format!("{GOWA}/setup/{SOPS}/{id}/archive");
        let request = story
            .gowa
            .admin
            .request(reqwest::Method::POST, &path)
            .header("if-match", "\"1\"");
        send(request).await.expect(200);
    }
    story.gowa_publishes().await;
    let update = story.update().await;
    assert_eq!(update["retired"][0]["record_id"], json!(story.sop));
    assert_eq!(story.own_sop().await["archived"], false);
    let body = |archive: bool| json!({ "package_version": 2, "retired": [{ "record_id": story.sop, "version": 1, "archive": archive }] });
    let merged = story.merge(body(true)).await.expect(201);
    assert_eq!(story.own_sop().await["archived"], true);
    let path = format!("{BULUKUMBA}/package-adoptions/{}/undo", merged.id());
    let request = story
        .admin
        .request(reqwest::Method::POST, &path)
        .header("if-match", "\"1\"");
    send(request).await.expect(200);
    assert_eq!(story.own_sop().await["archived"], false);
    let version = story.own_sop().await["version"].clone();
    let keep =
        json!({ "package_version": 2, "retired": [{ "record_id": story.sop, "version": version, "archive": false }] });
    story.merge(keep).await.expect(201);
    assert_eq!(story.own_sop().await["archived"], false);
    assert_eq!(story.update().await, Value::Null);
}

#[tokio::test]
async fn setups_are_compared_side_by_side() {
    let service = Service::demo().await;
    let story = begin(&service).await;
    let id = story.package["id"].as_str().expect("id");
    let own = format!("{BULUKUMBA}/setup-comparison?with={id}");
    let same = story.admin.get(&own).await.expect(200);
    assert_eq!(same.json["records"], json!([]), "what was taken over is equal");
    change(&story.admin, BULUKUMBA, SOPS, &story.sop, |content| {
        content["purpose"] = json!("Kami.")
    })
    .await;
    let compared = story.admin.get(&own).await.expect(200);
    let record = &compared.json["records"][0];
    assert_eq!(
        (places(record), &record["one"]["origin_id"]),
        (vec![pair("purpose", "model")], &json!(story.sop))
    );
    add(&story.gowa.admin, GOWA, SOPS, json!({ "title": "Rujukan" })).await;
    let second = story.gowa_publishes().await;
    let path = format!("/api/v1/packages/{id}/comparison?with={}", second.id());
    let compared = story.admin.get(&path).await.expect(200);
    let records = compared.json["records"].as_array().cloned().unwrap_or_default();
    assert_eq!(records.len(), 1);
    assert_eq!(
        (&records[0]["one"], &records[0]["other"]["title"]),
        (&json!(null), &json!("Rujukan"))
    );
    story
        .admin
        .get(&format!("/api/v1/packages/{id}/comparison?with=x"))
        .await
        .expect_problem(422, "invalid_input");
}
