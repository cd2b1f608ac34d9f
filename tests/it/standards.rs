//! Drafting, previewing and publishing the next version of the national standard.

use satupintu::{readiness::refresh_due, standards::preview};
use satupintu_tests::{Answer, Client, Service};
use serde_json::{Value, json};
use sqlx::Executor;

const DRAFT: &str = "/api/v1/oversight/standard-draft";
const PREVIEW: &str = "/api/v1/oversight/standard-draft/preview";
const IMPACTS: &str = "/api/v1/oversight/standard-draft/impacts";
pub(crate) const PUBLICATION: &str = "/api/v1/oversight/standard-draft/publication";

/// What is saved of a draft that was read.
fn content(draft: &Value) -> Value {
    json!({ "title": draft["title"], "note": draft["note"], "components": draft["components"] })
}

/// Adds a mandatory item to the first component, gives its first item more weight, rewords the second, retires the last.
pub(crate) fn revised(draft: &Value) -> Value {
    let mut content = content(draft);
    let items = content["components"][0]["items"].as_array_mut().expect("items");
    let mut added = items[0].clone();
    added["code"] = json!("REG-90");
    added["title"] = json!({ "id": "Rencana aksi daerah", "en": "District plan of action" });
    items[0]["weight"] = json!(7);
    items[1]["title"]["id"] = json!("Perda tentang anak");
    items.pop();
    items.push(added);
    content
}

pub(crate) async fn begin(pusat: &Client) -> Answer {
    pusat.post_empty(DRAFT).await.expect(201)
}

pub(crate) async fn save(pusat: &Client, draft: &Answer, content: Value) -> Answer {
    pusat.put(DRAFT, &draft.etag(), content).await
}

/// Asks for a preview and does the job's work.
pub(crate) async fn previewed(service: &Service, pusat: &Client) -> Value {
    pusat.post_empty(PREVIEW).await.expect(200);
    let (db, _) = service.job_parts().await;
    while preview::run(&db).await.expect("judged") > 0 {}
    let preview = pusat.get(PREVIEW).await.expect(200).json;
    assert!(preview["finished_at"].is_string(), "{preview}");
    preview
}

pub(crate) fn publication(preview: &Value, effective_from: &str, grace_days: i32) -> Value {
    json!({
        "preview_hash": preview["content_hash"], "effective_from": effective_from, "grace_days": grace_days,
        "status": "proposal",
    })
}

/// The day at the ministry, shifted.
pub(crate) async fn day(service: &Service, shift: i32) -> String {
    sqlx::query_scalar("SELECT ((now() AT TIME ZONE 'Asia/Jakarta')::date + $1)::text")
        .bind(shift)
        .fetch_one(&mut service.database.superuser().await)
        .await
        .expect("day")
}

pub(crate) async fn change(service: &Service, sql: &'static str) {
    service.database.superuser().await.execute(sql).await.expect("changed");
}

#[tokio::test]
async fn a_draft_is_one_is_checked_and_changes_nothing_published() {
    let service = Service::demo().await;
    let pusat = service.demo_client("pusat").await;
    pusat.get(DRAFT).await.expect_problem(404, "not_found");
    let published = pusat.get("/api/v1/standards/1.0").await.expect(200).json;

    let draft = begin(&pusat).await;
    assert_eq!(draft.json["version"], "1.1");
    assert_eq!(draft.json["title"]["id"], "Standar PKSAI 1.1");
    assert_eq!(draft.json["changes"], json!([]));
    pusat.post_empty(DRAFT).await.expect_problem(409, "conflict");

    let mut faulty = content(&draft.json);
    faulty["components"][0]["items"][1]["weight"] = json!(0);
    faulty["components"][2]["items"][0]["screen"] = json!("nowhere");
    let refused = save(&pusat, &draft, faulty).await.expect_problem(422, "invalid_input");
    let fields = refused.json["errors"].as_array().cloned().expect("errors");
    let told: Vec<&str> = fields.iter().filter_map(|field| field["field"].as_str()).collect();
    assert_eq!(told, ["components.0.items.1.weight", "components.2.items.0.screen"]);
    assert_eq!(fields[0]["message"], "REG-2: isi bobot 1 sampai 100");

    let saved = save(&pusat, &draft, revised(&draft.json)).await.expect(200);
    let kinds: Vec<String> = saved.json["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|change| change["kinds"].to_string())
        .collect();
    assert_eq!(
        kinds,
        ["[\"reweighted\"]", "[\"reworded\"]", "[\"added\"]", "[\"retired\"]"]
    );
    save(&pusat, &draft, revised(&draft.json))
        .await
        .expect_problem(412, "stale");
    assert_eq!(pusat.get("/api/v1/standards/1.0").await.expect(200).json, published);
    pusat.get("/api/v1/standards/1.1").await.expect(404);

    pusat.delete(DRAFT, &saved.etag()).await.expect(204);
    pusat.get(DRAFT).await.expect_problem(404, "not_found");
    let actions: Vec<String> =
        sqlx::query_scalar("SELECT action FROM system_audit_event WHERE entity = 'standard_draft' ORDER BY id")
            .fetch_all(&mut service.database.superuser().await)
            .await
            .expect("trail");
    assert_eq!(actions, ["create", "update", "delete"]);
}

#[tokio::test]
async fn the_preview_tells_every_district_and_only_its_content_is_published() {
    let service = Service::full_demo().await;
    let pusat = service.demo_client("pusat").await;
    let draft = begin(&pusat).await;
    let saved = save(&pusat, &draft, revised(&draft.json)).await.expect(200);
    let preview = previewed(&service, &pusat).await;
    let districts: i64 = sqlx::query_scalar("SELECT count(*) FROM district WHERE status <> 'archived'")
        .fetch_one(&mut service.database.superuser().await)
        .await
        .expect("districts");
    assert_eq!(preview["done"], districts);
    assert_eq!(preview["is_current"], true);
    let sum: i64 = ["better", "same", "worse"]
        .iter()
        .filter_map(|word| preview["totals"][word].as_i64())
        .sum();
    assert_eq!(sum, districts);

    let page = pusat.get(&format!("{IMPACTS}?limit=200")).await.expect(200);
    assert_eq!(page.items().len(), usize::try_from(districts).expect("count"));
    let gowa = page
        .items()
        .iter()
        .find(|row| row["code"] == "73.06")
        .expect("Gowa")
        .clone();
    let today = pusat.get("/api/v1/districts/73.06/readiness").await.expect(200).json;
    assert_eq!(gowa["verified_before"], today["verified"]);
    assert_eq!(gowa["is_live"], true);
    let missing = gowa["detail"]["newly_missing"].as_array().expect("list");
    assert!(missing.contains(&json!("REG-90")), "{gowa}");
    assert!(
        gowa["detail"]["new_blockers"]
            .as_array()
            .expect("list")
            .contains(&json!("REG-90"))
    );
    let worse = pusat
        .get(&format!("{IMPACTS}?effect=worse&province=73"))
        .await
        .expect(200);
    assert!(worse.items().iter().all(|row| row["province_code"] == "73"));
    assert!(worse.items().iter().any(|row| row["code"] == "73.06"), "{gowa}");
    pusat
        .get(&format!("{IMPACTS}?effect=odd"))
        .await
        .expect_field("effect", "not_in_list");

    // What was changed after the preview is not what was looked at.
    let mut other = content(&saved.json);
    other["components"][0]["items"][0]["weight"] = json!(6);
    save(&pusat, &saved, other).await.expect(200);
    assert_eq!(pusat.get(PREVIEW).await.expect(200).json["is_current"], false);
    let soon = day(&service, 7).await;
    pusat
        .post(PUBLICATION, publication(&preview, &soon, 90))
        .await
        .expect_problem(412, "stale");
    let preview = previewed(&service, &pusat).await;
    let past = day(&service, -1).await;
    pusat
        .post(PUBLICATION, publication(&preview, &past, 90))
        .await
        .expect_field("effective_from", "in_the_past");
    let mut adopted = publication(&preview, &soon, 90);
    adopted["status"] = json!("adopted");
    pusat.post(PUBLICATION, adopted).await.expect_field("basis", "required");
    let edition = pusat
        .post(PUBLICATION, publication(&preview, &soon, 90))
        .await
        .expect(201)
        .json;
    assert_eq!(edition["state"], "planned");
    assert_eq!(edition["supersedes"], "1.0");
    assert_eq!(edition["counts_from"], day(&service, 97).await);
    pusat.get(DRAFT).await.expect(404);

    // The next draft begins from it, and cannot take effect before it counts in full.
    let next = begin(&pusat).await;
    assert_eq!(
        (&next.json["version"], &next.json["base_version"]),
        (&json!("1.2"), &json!("1.1"))
    );
    let mut reused = content(&next.json);
    let retired = retired_code(&draft.json);
    let last = reused["components"][0]["items"]
        .as_array_mut()
        .expect("items")
        .last_mut()
        .expect("item");
    last["code"] = json!(retired);
    let refused = save(&pusat, &next, reused).await.expect_problem(422, "invalid_input");
    assert!(
        refused.json.to_string().contains("butir yang sudah dihapus"),
        "{}",
        refused.json
    );
    let mut third = content(&next.json);
    third["components"][0]["items"][0]["weight"] = json!(3);
    save(&pusat, &next, third).await.expect(200);
    let preview = previewed(&service, &pusat).await;
    pusat
        .post(PUBLICATION, publication(&preview, &day(&service, 96).await, 0))
        .await
        .expect_field("effective_from", "too_early");
}

/// The item that `revised` retires.
fn retired_code(draft: &Value) -> String {
    let items = draft["components"][0]["items"].as_array().expect("items");
    items.last().expect("item")["code"].as_str().expect("code").to_owned()
}

#[tokio::test]
async fn districts_see_the_change_and_lose_nothing_before_the_grace_ends() {
    let service = Service::full_demo().await;
    let pusat = service.demo_client("pusat").await;
    let gowa = service.demo_client("admin.gowa").await;
    let readiness = "/api/v1/districts/73.06/readiness";
    let path = "/api/v1/districts/73.06/standard-change";
    assert_eq!(gowa.get(path).await.expect(200).json, json!({ "changes": [] }));
    let before = gowa.get(readiness).await.expect(200).json;

    let draft = begin(&pusat).await;
    save(&pusat, &draft, revised(&draft.json)).await.expect(200);
    let preview = previewed(&service, &pusat).await;
    let today = day(&service, 0).await;
    pusat
        .post(PUBLICATION, publication(&preview, &today, 30))
        .await
        .expect(201);

    // Coordinators are told, with the way to the screen.
    service.tell().await;
    let notices = gowa.get("/api/v1/notifications").await.expect(200);
    let told = notices
        .items()
        .iter()
        .find(|notice| notice["kind"] == "standard_published");
    assert_eq!(told.expect("a notice")["link"], "/d/73.06/perubahan-standar");

    // In the grace everything that counts is as it was, and what is new can be worked on.
    let during = gowa.get(readiness).await.expect(200).json;
    for figure in ["claimed", "verified", "complete_components", "go_live"] {
        assert_eq!(during[figure], before[figure], "{figure}");
    }
    assert_eq!(during["standard"], before["standard"], "what counts is what is named");
    let named = pusat.get("/api/v1/standards/current").await.expect(200).json;
    assert_eq!(named["version"], "1.0");
    let items = during["components"][0]["items"].as_array().expect("items");
    let added = items.iter().find(|item| item["code"] == "REG-90").expect("shown");
    assert_eq!(added["counts_from"], day(&service, 30).await);
    assert_eq!((&added["weight"], &added["mandatory"]), (&json!(0), &json!(false)));
    assert!(items.iter().any(|item| item["code"] == retired_code(&draft.json)));
    gowa.get("/api/v1/districts/73.06/readiness/REG-90/progress")
        .await
        .expect(200);

    let change = gowa.get(path).await.expect(200).json["changes"][0].clone();
    assert_eq!(
        (&change["from"], &change["to"], &change["state"]),
        (&json!("1.0"), &json!("1.1"), &json!("grace"))
    );
    assert_eq!(change["verified_now"], before["verified"]);
    let added = change["items"]
        .as_array()
        .expect("items")
        .iter()
        .find(|item| item["code"] == "REG-90");
    let added = added.expect("told");
    assert_eq!(
        (&added["state"], &added["is_open"], &added["before"]),
        (&json!("missing"), &json!(true), &Value::Null)
    );
    assert_eq!(added["after"]["mandatory"], true);

    // The summaries follow the measure: in the grace, and when it ends.
    let (db, _) = service.job_parts().await;
    let renewed = refresh_due(&db).await.expect("renewed");
    assert!(renewed > 1);
    assert_eq!(refresh_due(&db).await.expect("renewed"), 0);
    change_day(&service).await;
    assert_eq!(refresh_due(&db).await.expect("renewed"), renewed);
    assert_eq!(refresh_due(&db).await.expect("renewed"), 0);
    let after = gowa.get(readiness).await.expect(200).json;
    assert_eq!(after["verified"], change["verified_then"]);
    assert_ne!(after["verified"], before["verified"]);
    let blockers = after["go_live"]["blockers"].as_array().expect("blockers");
    assert!(blockers.iter().any(|blocker| blocker["item"] == "REG-90"));
    // The centre is live all the same.
    assert_eq!(after["go_live"]["live_at"], before["go_live"]["live_at"]);
}

/// Lets 31 days pass for the version in its grace.
async fn change_day(service: &Service) {
    change(
        service,
        "UPDATE standard_version SET effective_from = effective_from - 31 WHERE version = '1.1'",
    )
    .await;
}

#[tokio::test]
async fn the_service_can_add_a_version_and_never_change_one() {
    let service = Service::demo().await;
    let mut app = service.database.app().await;
    app.execute("BEGIN; SET LOCAL app.scope = 'system'")
        .await
        .expect("begun");
    let refused = app
        .execute("UPDATE standard_version SET grace_days = 0")
        .await
        .expect_err("refused");
    assert!(refused.to_string().contains("permission denied"), "{refused}");
}

#[tokio::test]
async fn only_the_ministry_s_administrators_see_a_draft() {
    let service = Service::demo().await;
    let pusat = service.demo_client("pusat").await;
    begin(&pusat).await;
    previewed(&service, &pusat).await;
    let sulsel = service.demo_client("sulsel").await;
    for path in [DRAFT, PREVIEW, IMPACTS] {
        sulsel.get(path).await.expect_problem(403, "forbidden");
    }
    let page = sulsel.get("/api/v1/standards").await.expect(200);
    assert_eq!(page.items().len(), 1);
    assert_eq!(page.items()[0]["state"], "in_force");
    let same = sulsel.get("/api/v1/standards/1.0/changes?from=1.0").await.expect(200);
    assert_eq!(same.json["changes"], json!([]));
    sulsel.get("/api/v1/standards/1.0/changes").await.expect(404);
}

/// Publishes the draft that a change of its content gives, from today on.
async fn publish(service: &Service, pusat: &Client, grace_days: i32, edit: impl FnOnce(&mut Value)) {
    let draft = begin(pusat).await;
    let mut content = content(&draft.json);
    edit(&mut content);
    save(pusat, &draft, content).await.expect(200);
    let preview = previewed(service, pusat).await;
    let body = publication(&preview, &day(service, 0).await, grace_days);
    pusat.post(PUBLICATION, body).await.expect(201);
}

#[tokio::test]
async fn in_the_grace_documents_that_will_count_are_taken_under_the_version_that_counts() {
    let service = Service::full_demo().await;
    let pusat = service.demo_client("pusat").await;
    let gowa = service.demo_client("admin.gowa").await;
    let district = "/api/v1/districts/73.06";
    let file = gowa
        .upload(
            &format!("{district}/files"),
            "contoh.pdf",
            "%PDF-1.7\n<</Type/Page>>\ncontoh\n%%EOF\n",
        )
        .await
        .expect(201);
    let show = async || {
        let body = json!({ "item_code": "REG-7", "kind": "minutes", "title": "Notulen contoh",
            "file_id": file.id(), "document_date": "2026-10-01" });
        gowa.post(&format!("{district}/evidence"), body).await
    };
    show().await.expect(422);
    let before = gowa.get(&format!("{district}/readiness")).await.expect(200).json;

    publish(&service, &pusat, 30, |content| {
        let items = content["components"][0]["items"].as_array_mut().expect("items");
        let villages = items.iter_mut().find(|item| item["code"] == "REG-7").expect("REG-7");
        villages["judged_by"]["accepts"] = json!(["minutes"]);
    })
    .await;
    let shown = show().await.expect(201);
    assert_eq!(shown.json["standard_version"], "1.0");
    let during = gowa.get(&format!("{district}/readiness")).await.expect(200).json;
    assert_eq!(during["claimed"], before["claimed"]);
    let item = |report: &Value| {
        let items = report["components"][0]["items"].as_array().expect("items").clone();
        items.into_iter().find(|item| item["code"] == "REG-7").expect("REG-7")
    };
    assert_eq!(
        item(&during)["accepts"],
        json!(["village_regulation", "village_budget", "decree", "minutes"])
    );
    assert_eq!(item(&during)["state"], item(&before)["state"]);
    let counted = |report: &Value| item(report)["evidence"]["submitted"].as_u64().expect("number");
    assert_eq!(counted(&during), counted(&before) + 1);
    // A reviewer finds it among what waits.
    let waiting = pusat
        .get("/api/v1/oversight/review-queue?district=73.06&limit=200")
        .await
        .expect(200);
    assert!(waiting.items().iter().any(|entry| entry["id"] == shown.json["id"]));

    change_day(&service).await;
    let after = gowa.get(&format!("{district}/readiness")).await.expect(200).json;
    assert_eq!(after["standard"]["version"], "1.1");
    assert_eq!(item(&after)["state"], "present");
}

#[tokio::test]
async fn every_transition_is_told_and_no_code_is_free_again() {
    let service = Service::full_demo().await;
    let pusat = service.demo_client("pusat").await;
    let gowa = service.demo_client("admin.gowa").await;
    let mut retired = Value::Null;
    publish(&service, &pusat, 0, |content| {
        let items = content["components"][0]["items"].as_array_mut().expect("items");
        retired = items.pop().expect("item")["code"].clone();
    })
    .await;
    change_day(&service).await;
    let draft = begin(&pusat).await;
    let used = draft.json["used_codes"].as_array().expect("codes");
    assert!(used.contains(&retired), "{retired}");
    let mut again = content(&draft.json);
    again["components"][0]["items"][0]["weight"] = json!(9);
    save(&pusat, &draft, again).await.expect(200);
    let preview = previewed(&service, &pusat).await;
    let body = publication(&preview, &day(&service, 20).await, 30);
    pusat.post(PUBLICATION, body).await.expect(201);

    let told = gowa.get("/api/v1/districts/73.06/standard-change").await.expect(200);
    let changes = told.json["changes"].as_array().expect("changes");
    let states: Vec<_> = changes
        .iter()
        .map(|change| (change["to"].clone(), change["state"].clone()))
        .collect();
    assert_eq!(
        states,
        [(json!("1.2"), json!("planned")), (json!("1.1"), json!("in_force"))]
    );
    assert_eq!(changes[1]["items"][0]["code"], retired);
}
