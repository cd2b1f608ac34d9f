//! Evidence and what reviewers say to it.

use satupintu_tests::{
    Answer, Client, DEMO_PASSWORD, Service, client::send, cluster::Content, mail_server::MailServer, people,
};
use serde_json::{Value, json};

use super::fill::{self, DISTRICT};

async fn state(client: &Client, item: &str) -> Value {
    find(client, item).await.expect("item")
}

async fn find(client: &Client, item: &str) -> Option<Value> {
    let report = client.get(&format!("{DISTRICT}/readiness")).await.json;
    let items = report["components"].as_array().cloned().unwrap_or_default();
    let mut items = items
        .iter()
        .flat_map(|component| component["items"].as_array().cloned().unwrap_or_default());
    items.find(|found| found["code"] == item)
}

async fn review_item(reviewer: &Client, item: &str, decision: &str, comment: &str) -> Answer {
    let seen = find(reviewer, item).await.unwrap_or_default();
    decide_on(
        reviewer,
        item,
        decision,
        comment,
        seen["review_subject"].as_str().unwrap_or_default(),
    )
    .await
}

async fn decide_on(reviewer: &Client, item: &str, decision: &str, comment: &str, subject: &str) -> Answer {
    let path = format!("{DISTRICT}/readiness/{item}/review");
    let body = json!({ "decision": decision, "comment": comment, "subject": subject });
    reviewer.post(&path, body).await
}

#[tokio::test]
async fn a_document_goes_back_and_forth() {
    let service = Service::demo().await;
    let data = service.demo_client("data.bulukumba").await;
    let reviewer = service.demo_client("sulsel").await;
    let body = json!({ "item_code": "REG-1", "kind": "regent_regulation", "title": "Perbup PKSAI" });
    let draft = data.post(&format!("{DISTRICT}/evidence"), body).await.expect(201);
    assert_eq!(state(&data, "REG-1").await["state"], "in_progress");
    // A draft without a file cannot be verified.
    fill::decide(&reviewer, &draft, "verified", "")
        .await
        .expect_problem(409, "conflict");

    let path = format!("{DISTRICT}/evidence/{}", draft.id());
    let document = json!({
        "kind": "regent_regulation", "title": "Perbup PKSAI", "number": "12", "document_date": "2026-09-01",
        "file_id": fill::upload(&data).await,
    });
    let submitted = data.put(&path, &draft.etag(), document.clone()).await.expect(200);
    assert_eq!(state(&data, "REG-1").await["state"], "present");
    data.put(&path, &draft.etag(), document.clone())
        .await
        .expect_problem(412, "stale");
    fill::decide(&reviewer, &submitted, "returned", " ")
        .await
        .expect_field("comment", "required");
    fill::decide(&reviewer, &draft, "returned", "Lama")
        .await
        .expect_problem(412, "stale");
    let returned = fill::decide(&reviewer, &submitted, "returned", "Halaman pengesahan belum ada.")
        .await
        .expect(200);
    let item = state(&data, "REG-1").await;
    assert_eq!(item["state"], "in_progress");
    assert_eq!(item["evidence"]["last_comment"], "Halaman pengesahan belum ada.");

    // Correcting it submits it anew.
    let again = data.put(&path, &returned.etag(), document.clone()).await.expect(200);
    assert_eq!(again.json["status"], "submitted");
    let verified = fill::decide(&reviewer, &again, "verified", "").await.expect(200);
    assert_eq!(verified.json["reviewed_by_name"], "Contoh Peninjau Sulawesi Selatan");
    assert_eq!(state(&data, "REG-1").await["state"], "verified");
    data.put(&path, &verified.etag(), document)
        .await
        .expect_problem(409, "conflict");

    data.delete(&path, &verified.etag()).await.expect(204);
    assert_eq!(state(&data, "REG-1").await["state"], "missing");
    data.delete(&path, "\"6\"").await.expect_problem(409, "conflict");
    let all = data.get(&format!("{DISTRICT}/evidence?item=REG-1")).await.expect(200);
    assert_eq!(all.items().len(), 0);
    let withdrawn = data
        .get(&format!("{DISTRICT}/evidence?status=withdrawn"))
        .await
        .expect(200);
    assert_eq!(withdrawn.items()[0]["id"], draft.id());
}

#[tokio::test]
async fn evidence_is_checked() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let path = format!("{DISTRICT}/evidence");
    let with = |field: &str, value: Value| {
        let mut body = json!({ "item_code": "REG-1", "kind": "regent_regulation", "title": "Perbup" });
        body[field] = value;
        body
    };
    for (field, value, code) in [
        ("item_code", json!("REG-77"), "unknown_item"),
        ("item_code", json!("LAY-2"), "no_evidence_needed"),
        ("kind", json!("photo"), "not_in_list"),
        ("title", json!(" "), "required"),
        ("title", json!("Perbup \u{202E}"), "invisible_characters"),
        ("document_date", json!("0026-09-01"), "out_of_range"),
        ("document_date", json!("2031-01-01"), "out_of_range"),
        ("valid_until", json!("1026-09-01"), "out_of_range"),
        ("file_id", json!("01890000-0000-7000-8000-000000000000"), "not_found"),
        ("record_id", json!("01890000-0000-7000-8000-000000000000"), "not_found"),
        ("status", json!("verified"), "unknown_field"),
    ] {
        admin.post(&path, with(field, value)).await.expect_field(field, code);
    }
    // A file of another district is none.
    let gowa = service.demo_client("admin.gowa").await;
    let foreign = gowa
        .upload(
            "/api/v1/districts/73.06/files",
            "x.pdf",
            &b"%PDF-1.7\n<</Type/Page>>\nx\n%%EOF\n"[..],
        )
        .await
        .expect(201);
    admin
        .post(&path, with("file_id", json!(foreign.id())))
        .await
        .expect_field("file_id", "not_found");
}

#[tokio::test]
async fn reviewers_decide_where_they_may() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let file = fill::upload(&admin).await;
    let evidence = fill::show(&admin, "REG-1", "regent_regulation", &file)
        .await
        .expect(201);

    // Another province's reviewer sees nothing; the district's own people may not decide.
    let jateng = service.demo_client("jateng").await;
    fill::decide(&jateng, &evidence, "verified", "")
        .await
        .expect_problem(404, "not_found");
    jateng
        .get(&format!("{DISTRICT}/readiness"))
        .await
        .expect_problem(404, "not_found");
    review_item(&jateng, "LEM-3", "returned", "x")
        .await
        .expect_problem(404, "not_found");
    fill::decide(&admin, &evidence, "verified", "")
        .await
        .expect_problem(403, "forbidden");

    // A reviewer who is also a member of the district must leave it to another one.
    let mut database = service.database.superuser().await;
    let both = people::account(&mut database, "keduanya@uji.example").await;
    people::membership(&mut database, both, "province", None, Some("73"), "province_reviewer").await;
    people::membership(&mut database, both, "district", Some(7302), None, "viewer").await;
    let mut client = service.anonymous();
    client.login("keduanya@uji.example", DEMO_PASSWORD).await;
    let refused = fill::decide(&client, &evidence, "verified", "").await;
    refused.expect_problem(403, "conflict_of_interest");
    review_item(&client, "LEM-3", "returned", "x")
        .await
        .expect_problem(403, "conflict_of_interest");

    let pusat = service.demo_client("pusat").await;
    fill::decide(&pusat, &evidence, "verified", "").await.expect(200);
    assert_eq!(state(&admin, "REG-1").await["state"], "verified");
}

#[tokio::test]
async fn counted_items_are_confirmed_and_returned() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let reviewer = service.demo_client("sulsel").await;
    fill::setup(&admin).await;
    assert_eq!(state(&admin, "LEM-3").await["state"], "present");
    review_item(&reviewer, "LEM-3", "confirmed", "").await.expect(200);
    assert_eq!(state(&admin, "LEM-3").await["state"], "verified");

    // What was confirmed changes: the confirmation ends.
    let seen = state(&reviewer, "LEM-3").await["review_subject"].clone();
    let teams = format!("{DISTRICT}/setup/institution/teams");
    let team = admin.get(&teams).await.items()[0].clone();
    let path = format!("{teams}/{}", team["id"].as_str().expect("id"));
    let mut content = team["content"].clone();
    content["positions"][0]["tasks"] = json!("Tugas lain.");
    let etag = format!("\"{}\"", team["version"]);
    admin.put(&path, &etag, json!({ "content": content })).await.expect(200);
    assert_eq!(state(&admin, "LEM-3").await["state"], "present");
    // And who still has the old one on the screen does not decide on the new one.
    let seen = seen.as_str().expect("subject");
    for (decision, comment) in [("confirmed", ""), ("returned", "Uraian tugas belum lengkap.")] {
        let stale = decide_on(&reviewer, "LEM-3", decision, comment, seen).await;
        let stale = stale.expect_problem(412, "stale");
        assert!(
            stale.json["detail"]
                .as_str()
                .is_some_and(|detail| detail.contains("Muat ulang"))
        );
    }
    assert_eq!(state(&admin, "LEM-3").await["review"], Value::Null);

    // A return stands until it is answered, even where the system counts by itself.
    assert_eq!(state(&admin, "LAY-2").await["state"], "verified");
    review_item(&reviewer, "LAY-2", "confirmed", "")
        .await
        .expect_problem(409, "conflict");
    review_item(&reviewer, "REG-1", "returned", "x")
        .await
        .expect_problem(409, "conflict");
    review_item(&reviewer, "LAY-99", "returned", "x")
        .await
        .expect_problem(404, "not_found");
    review_item(&reviewer, "LAY-2", "returned", "Penyedia bantuan hukum tidak dikenal.")
        .await
        .expect(200);
    let item = state(&admin, "LAY-2").await;
    assert_eq!(item["state"], "in_progress");
    assert_eq!(item["review"]["comment"], "Penyedia bantuan hukum tidak dikenal.");
    let answer = format!("{DISTRICT}/readiness/LAY-2/answer");
    admin
        .post(&answer, json!({ "answer": "" }))
        .await
        .expect_field("answer", "required");
    admin
        .post(&answer, json!({ "answer": "Sudah diganti." }))
        .await
        .expect(200);
    admin
        .post(&answer, json!({ "answer": "Lagi." }))
        .await
        .expect_problem(409, "conflict");
    let item = state(&admin, "LAY-2").await;
    assert_eq!((&item["state"], &item["review"]), (&json!("verified"), &Value::Null));
}

#[tokio::test]
async fn a_register_entry_counts_as_evidence_with_its_file() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let file = fill::upload(&admin).await;
    let entry = json!({
        "kind": "regent_regulation", "title": "PKSAI", "number": "12", "year": 2026, "is_pksai_basis": true,
        "stages": [{ "stage": "promulgation", "reached_on": "2026-09-02" }], "signed_on": "2026-09-01",
        "gazette_number": "12", "file_id": file,
    });
    let record = fill::add(&admin, "regulation/legal-instruments", entry).await;
    let body =
        json!({ "item_code": "REG-1", "kind": "regent_regulation", "title": "Perbup PKSAI", "record_id": record });
    let shown = admin.post(&format!("{DISTRICT}/evidence"), body).await.expect(201);
    assert_eq!(state(&admin, "REG-1").await["state"], "present");

    // What a reviewer verified is that file, whatever the register says later.
    let reviewer = service.demo_client("sulsel").await;
    let verified = fill::decide(&reviewer, &shown, "verified", "").await.expect(200);
    assert_eq!(verified.json["file_id"], file.as_str());
    assert_eq!(verified.json["document_date"], "2026-09-01");
    let path = format!("{DISTRICT}/setup/regulation/legal-instruments/{record}");
    let entry = admin.get(&path).await.expect(200);
    let mut content = entry.json["content"].clone();
    content["file_id"] = json!(fill::upload(&admin).await);
    content["signed_on"] = json!("2020-01-01");
    let request = admin
        .request(reqwest::Method::PUT, &path)
        .header("if-match", entry.etag());
    send(request.json(&json!({ "content": content }))).await.expect(200);
    let now = admin.get(&format!("{DISTRICT}/evidence?item=REG-1")).await.expect(200);
    assert_eq!(now.items()[0]["file_id"], file.as_str());
    assert_eq!(now.items()[0]["document_date"], "2026-09-01");
}

#[tokio::test]
async fn verified_evidence_expires_by_itself() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let reviewer = service.demo_client("sulsel").await;
    let file = fill::upload(&admin).await;
    let evidence = fill::show(&admin, "REG-1", "regent_regulation", &file)
        .await
        .expect(201);
    fill::decide(&reviewer, &evidence, "verified", "").await.expect(200);
    let summary = || async {
        let list = reviewer
            .get("/api/v1/oversight/districts?q=bulukumba")
            .await
            .expect(200);
        list.items()[0]["verified"].as_f64().expect("score")
    };
    assert_eq!(state(&admin, "REG-1").await["state"], "verified");
    assert!(summary().await > 0.0);

    // Yesterday was its last day, and the summary was made the day before.
    let mut database = service.database.superuser().await;
    sqlx::raw_sql(
        "UPDATE evidence SET valid_until = (now() AT TIME ZONE 'Asia/Makassar')::date - 1 WHERE item_code = 'REG-1'; \
         UPDATE readiness_summary SET as_of = as_of - 1 WHERE district_id = 7302",
    )
    .execute(&mut database)
    .await
    .expect("time passes");
    let item = state(&admin, "REG-1").await;
    assert_eq!(item["state"], "expired");
    assert!(item["next_step"].is_string());
    assert!(summary().await > 0.0, "the summary is of yesterday");
    let db = satupintu::db::Db::lazy(&service.database.app_url(), 1).expect("url");
    assert_eq!(satupintu::readiness::refresh_due(&db).await.expect("refreshed"), 1);
    assert_eq!(satupintu::readiness::refresh_due(&db).await.expect("refreshed"), 0);
    assert_eq!(summary().await, 0.0);
}

#[tokio::test]
async fn decisions_are_mailed() {
    let mail = MailServer::start();
    let url = format!("--smtp-url={}", mail.url());
    let service = Service::start(Content::Demo, &["--demo", &url]).await;
    let data = service.demo_client("data.bulukumba").await;
    let admin = service.demo_client("admin.bulukumba").await;
    let reviewer = service.demo_client("sulsel").await;
    let members = admin.get(&format!("{DISTRICT}/members")).await.expect(200);
    let supervisor = members.items().iter().find(|member| member["role_key"] == "supervisor");
    let supervisor = supervisor.expect("supervisor")["account_id"].clone();
    admin
        .put(
            &format!("{DISTRICT}/readiness/REG-1/progress"),
            "\"0\"",
            json!({ "assignee_id": supervisor }),
        )
        .await
        .expect(200);
    let file = fill::upload(&data).await;
    let evidence = fill::show(&data, "REG-1", "regent_regulation", &file).await.expect(201);
    fill::decide(&reviewer, &evidence, "returned", "Belum bernomor.")
        .await
        .expect(200);
    for person in ["data", "admin", "supervisor"] {
        let to = format!("{person}.bulukumba@demo.satupintu.example");
        let received = mail.wait_for(&to, 1).await;
        assert!(received.text.contains("Belum bernomor."), "{}", received.text);
        assert!(received.text.contains("/d/73.02/butir/REG-1"), "{}", received.text);
    }
    let others = mail.received();
    assert_eq!(others.len(), 3, "{others:?}");

    // Whoever reads English gets it in English.
    let mut database = service.database.superuser().await;
    sqlx::query("UPDATE account SET locale = 'en' WHERE email LIKE 'data.bulukumba@%'")
        .execute(&mut database)
        .await
        .expect("locale");
    review_item(&reviewer, "LEM-3", "returned", "Tugas belum diuraikan.")
        .await
        .expect(200);
    let admins = mail.wait_for("admin.bulukumba@demo.satupintu.example", 2).await;
    assert!(admins.text.contains("mengembalikan"), "{}", admins.text);
    let path = format!("{DISTRICT}/evidence/{}", evidence.id());
    let row = data.get(&path).await;
    fill::decide(&reviewer, &row, "verified", "").await.expect(200);
    let english = mail.wait_for("data.bulukumba@demo.satupintu.example", 2).await;
    assert!(english.text.contains("has verified"), "{}", english.text);
}

#[tokio::test]
async fn a_repeated_submission_is_one() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let body = json!({ "item_code": "REG-1", "kind": "regent_regulation", "title": "Perbup" });
    let path = format!("{DISTRICT}/evidence");
    let once = || {
        admin
            .request(reqwest::Method::POST, &path)
            .header("idempotency-key", "bukti-1")
            .json(&body)
    };
    let (first, second) = (send(once()).await.expect(201), send(once()).await.expect(201));
    assert_eq!(first.id(), second.id());
    assert_eq!(admin.get(&path).await.items().len(), 1);
}

#[tokio::test]
async fn odd_words_in_addresses_are_answered() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.bulukumba").await;
    for path in [
        format!("{DISTRICT}/evidence?item=%00"),
        format!("{DISTRICT}/evidence?item=%27%3B--"),
        format!("{DISTRICT}/evidence?cursor=e30"),
        format!("{DISTRICT}/readiness/%00/progress"),
        "/api/v1/public/districts/%00".to_owned(),
        "/api/v1/public/districts?cursor=IlwwIg".to_owned(),
        "/api/v1/public/districts?cursor=IlxcdTAwMDAi".to_owned(),
        "/api/v1/standards/%00".to_owned(),
        "/api/v1/standards/%27".to_owned(),
    ] {
        let answer = admin.get(&path).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text);
    }
    let pusat = service.demo_client("pusat").await;
    for query in [
        "q=%00",
        "province=%00",
        "status=%00",
        "cursor=IlxcdTAwMDAi",
        "cursor=Ilx1MDAwMCI",
    ] {
        let answer = pusat.get(&format!("/api/v1/oversight/districts?{query}")).await;
        assert!(answer.status.as_u16() < 500, "{query}: {}", answer.text);
    }
}

/// Gowa is eight hours ahead: what happened there on a morning did not happen on the day before.
#[tokio::test]
async fn days_are_those_of_the_district() {
    let service = Service::demo().await;
    let mut database = service.database.superuser().await;
    sqlx::query(
        "UPDATE district SET created_at = '2026-03-09T16:30:00Z', live_at = '2026-03-10T15:59:00Z' WHERE id = 7306",
    )
    .execute(&mut database)
    .await
    .expect("update");
    let admin = service.demo_client("admin.gowa").await;
    let report = admin.get("/api/v1/districts/73.06/readiness").await.expect(200).json;
    let steps = report["phase"]["steps"].as_array().expect("steps");
    assert_eq!(steps[0]["milestone_on"], "2026-03-10");
    let launched = steps.iter().find(|step| step["phase"] == "launched").expect("launched");
    assert_eq!(launched["milestone_on"], "2026-03-10");
}
