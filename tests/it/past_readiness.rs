//! How ready a district was on a past day. Days go by in the database: what is kept of today becomes that of yesterday.

use satupintu::readiness::refresh_due;
use satupintu_tests::{Client, Service};
use serde_json::{Value, json};
use sqlx::Executor;

use crate::standards::{PUBLICATION, begin, change, day, previewed, publication, revised, save};

const READINESS: &str = "/api/v1/districts/73.06/readiness";
const PAST: &str = "/api/v1/districts/73.06/past-readiness";

async fn past(client: &Client, date: &str) -> Value {
    client.get(&format!("{PAST}?date={date}")).await.expect(200).json
}

/// Makes everything that is kept of Gowa until now that of yesterday.
async fn a_day_goes_by(service: &Service) {
    change(service, "UPDATE readiness_day SET id = id - 1 WHERE district_id = 7306").await;
}

/// The day in Gowa, shifted.
async fn day_in_gowa(service: &Service, shift: i32) -> String {
    sqlx::query_scalar("SELECT ((now() AT TIME ZONE 'Asia/Makassar')::date + $1)::text")
        .bind(shift)
        .fetch_one(&mut service.database.superuser().await)
        .await
        .expect("day")
}

/// The days of which something is kept, with the fingerprint of it.
async fn kept(service: &Service) -> Vec<(String, String)> {
    sqlx::query_as("SELECT id::text, facts_hash FROM readiness_day WHERE district_id = 7306 ORDER BY id")
        .fetch_all(&mut service.database.superuser().await)
        .await
        .expect("kept")
}

/// Withdraws the document that proves the regulation.
async fn withdraw_the_regulation(gowa: &Client) {
    let shown = gowa
        .get("/api/v1/districts/73.06/evidence?item=REG-1")
        .await
        .expect(200);
    let evidence = shown.items()[0].clone();
    let path = format!(
        "/api/v1/districts/73.06/evidence/{}",
        evidence["id"].as_str().expect("id")
    );
    gowa.delete(&path, &format!("\"{}\"", evidence["version"]))
        .await
        .expect(204);
}

/// What a report and an answer about the past have in common.
fn judged(report: &Value) -> Value {
    let components: Vec<Value> = report["components"]
        .as_array()
        .expect("components")
        .iter()
        .map(|component| {
            let items: Vec<Value> = component["items"]
                .as_array()
                .expect("items")
                .iter()
                .map(|item| {
                    json!([
                        item["code"],
                        item["title"],
                        item["state"],
                        item["progress"],
                        item["valid_until"],
                        item["weight"],
                        item["mandatory"],
                        item["counts_from"],
                    ])
                })
                .collect();
            json!([
                component["component"],
                component["claimed"],
                component["verified"],
                component["complete"],
                component["counts"],
                items,
            ])
        })
        .collect();
    json!([
        report["standard"],
        report["claimed"],
        report["verified"],
        report["complete_components"],
        components,
    ])
}

#[tokio::test]
async fn what_is_shown_today_is_the_answer_about_today_tomorrow() {
    let service = Service::full_demo().await;
    let gowa = service.demo_client("admin.gowa").await;
    let (db, _) = service.job_parts().await;
    refresh_due(&db).await.expect("renewed");
    let shown = gowa.get(READINESS).await.expect(200).json;
    a_day_goes_by(&service).await;
    let yesterday = day_in_gowa(&service, -1).await;

    let told = past(&gowa, &yesterday).await;
    assert_eq!(judged(&told), judged(&shown));
    assert_eq!(told["facts_of"], json!(yesterday));
    assert_eq!(told["is_measure_of_the_day"], true);
    assert_eq!(told["measure_of_the_day"], "1.0");
    let document = &told["components"][0]["items"][0]["documents"][0];
    assert_eq!(document["status"], "verified");

    // What the district does today is no matter of yesterday.
    withdraw_the_regulation(&gowa).await;
    let now = gowa.get(READINESS).await.expect(200).json;
    assert_ne!(now["verified"], shown["verified"]);
    assert_eq!(past(&gowa, &yesterday).await, told);

    // The days between two changes are those of the first.
    change(
        &service,
        "UPDATE readiness_day SET id = id - 7 WHERE district_id = 7306",
    )
    .await;
    let between = past(&gowa, &day_in_gowa(&service, -8).await).await;
    assert_eq!(judged(&between), judged(&shown));
    let after = past(&gowa, &day_in_gowa(&service, -3).await).await;
    assert_eq!(judged(&after), judged(&now));
    assert_eq!(after["facts_of"], json!(day_in_gowa(&service, -7).await));
}

#[tokio::test]
async fn a_new_version_moves_no_past_day_and_can_be_asked_for() {
    let service = Service::full_demo().await;
    let gowa = service.demo_client("admin.gowa").await;
    a_day_goes_by(&service).await;
    let yesterday = day_in_gowa(&service, -1).await;
    let before = past(&gowa, &yesterday).await;

    let pusat = service.demo_client("pusat").await;
    let draft = begin(&pusat).await;
    save(&pusat, &draft, revised(&draft.json)).await.expect(200);
    let preview = previewed(&service, &pusat).await;
    let start = day(&service, 0).await;
    let body = publication(&preview, &start, 0);
    pusat.post(PUBLICATION, body).await.expect(201);
    assert_eq!(gowa.get(READINESS).await.expect(200).json["standard"]["version"], "1.1");

    assert_eq!(past(&gowa, &yesterday).await, before);
    // Whatever day it says it takes effect on: nobody was judged by it before it was published.
    change(
        &service,
        "UPDATE standard_version SET effective_from = effective_from - 5 WHERE version = '1.1'",
    )
    .await;
    assert_eq!(past(&gowa, &yesterday).await, before);

    let path = |version: &str| format!("{PAST}?date={yesterday}&standard={version}");
    let by_new = gowa.get(&path("1.1")).await.expect(200).json;
    assert_eq!(by_new["standard"]["version"], "1.1");
    assert_eq!(by_new["is_measure_of_the_day"], false);
    assert_eq!(by_new["measure_of_the_day"], "1.0");
    assert_ne!(by_new["verified"], before["verified"]);
    let items = by_new["components"][0]["items"].as_array().expect("items");
    let added = items
        .iter()
        .find(|item| item["code"] == "REG-90")
        .expect("the new item");
    assert_eq!(added["state"], "missing");
    let by_old = gowa.get(&path("1.0")).await.expect(200).json;
    assert_eq!(by_old, before);
}

#[tokio::test]
async fn a_document_that_ended_since_had_not_ended_then() {
    let service = Service::full_demo().await;
    let gowa = service.demo_client("admin.gowa").await;
    let (db, _) = service.job_parts().await;
    change(
        &service,
        "UPDATE evidence SET valid_until = (now() AT TIME ZONE 'Asia/Makassar')::date - 1 \
         WHERE district_id = 7306 AND item_code = 'REG-1'",
    )
    .await;
    change(
        &service,
        "UPDATE readiness_summary SET as_of = as_of - 1 WHERE district_id = 7306",
    )
    .await;
    refresh_due(&db).await.expect("renewed");
    change(
        &service,
        "UPDATE readiness_day SET id = id - 3 WHERE district_id = 7306",
    )
    .await;

    let state = async |shift| {
        let told = past(&gowa, &day_in_gowa(&service, shift).await).await;
        told["components"][0]["items"][0]["state"].clone()
    };
    let now = gowa.get(READINESS).await.expect(200).json;
    assert_eq!(now["components"][0]["items"][0]["state"], "expired");
    assert_eq!(state(-1).await, "verified", "its last day");
    // Nothing was written on the day on which it had ended, and that day says so.
    change(
        &service,
        "UPDATE readiness_day SET facts = replace(facts::text, $$\"valid_until\": \"$$ || \
         ((now() AT TIME ZONE 'Asia/Makassar')::date - 1), $$\"valid_until\": \"$$ || \
         ((now() AT TIME ZONE 'Asia/Makassar')::date - 2))::jsonb WHERE district_id = 7306",
    )
    .await;
    assert_eq!(state(-2).await, "verified");
    assert_eq!(state(-1).await, "expired");
}

#[tokio::test]
async fn only_what_is_past_and_kept_can_be_asked_for() {
    let service = Service::full_demo().await;
    let gowa = service.demo_client("admin.gowa").await;
    let on = |day: &str| format!("{PAST}?date={day}");
    for (shift, code) in [(0, "not_past"), (1, "not_past")] {
        let day = day_in_gowa(&service, shift).await;
        gowa.get(&on(&day)).await.expect_field("date", code);
    }
    gowa.get(&on("2000-01-01"))
        .await
        .expect_field("date", "before_founding");
    gowa.get(&on("yesterday")).await.expect(422);
    gowa.get(PAST).await.expect(422);
    let yesterday = day_in_gowa(&service, -1).await;
    gowa.get(&format!("{}&standard=9.9", on(&yesterday)))
        .await
        .expect_field("standard", "not_found");

    // The district is older than what is kept of it.
    let refused = gowa.get(&on("2025-12-31")).await.expect_problem(404, "day_not_kept");
    assert!(
        refused.json["detail"]
            .as_str()
            .is_some_and(|text| text.contains("disimpan sejak")),
        "{}",
        refused.json
    );
    // No standard was in effect then.
    change(
        &service,
        "UPDATE readiness_day SET id = '2025-12-30' WHERE district_id = 7306 AND id < now()::date - 7",
    )
    .await;
    gowa.get(&on("2025-12-31")).await.expect_field("standard", "required");
    let named = gowa
        .get(&format!("{}&standard=1.0", on("2025-12-31")))
        .await
        .expect(200);
    assert_eq!(named.json["measure_of_the_day"], Value::Null);
    // Another program wrote it.
    change(
        &service,
        "UPDATE readiness_day SET format = 99 WHERE district_id = 7306",
    )
    .await;
    gowa.get(&on(&yesterday)).await.expect_problem(404, "day_not_kept");

    // Those who oversee it ask as it does; who oversees others does not know it.
    change(&service, "UPDATE readiness_day SET format = 1 WHERE district_id = 7306").await;
    let sulsel = service.demo_client("sulsel").await;
    assert_eq!(past(&sulsel, &yesterday).await, past(&gowa, &yesterday).await);
    let jateng = service.demo_client("jateng").await;
    jateng.get(&on(&yesterday)).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_row_is_written_when_something_changed_and_a_day_that_is_over_stays() {
    let service = Service::full_demo().await;
    let gowa = service.demo_client("admin.gowa").await;
    let (db, _) = service.job_parts().await;
    let loaded = kept(&service).await;
    assert_eq!(loaded.len(), 2, "before and after the reviewer looked at it");
    a_day_goes_by(&service).await;
    let yesterday = kept(&service).await;

    // A new day, and a note that readiness does not look at: nothing to keep.
    change(&service, "UPDATE readiness_summary SET as_of = as_of - 1").await;
    assert!(refresh_due(&db).await.expect("renewed") > 0);
    let progress = format!("{READINESS}/REG-1/progress");
    let etag = gowa.get(&progress).await.expect(200).etag();
    gowa.put(&progress, &etag, json!({ "note": "Catatan contoh." }))
        .await
        .expect(200);
    assert_eq!(kept(&service).await, yesterday);

    // Two changes of one day: one row, the last word.
    let announce = async |begun: bool| {
        let progress = format!("{READINESS}/SDM-8/progress");
        let etag = gowa.get(&progress).await.expect(200).etag();
        gowa.put(&progress, &etag, json!({ "begun": begun })).await.expect(200);
    };
    announce(true).await;
    let today = kept(&service).await;
    assert_eq!(today.len(), 3);
    assert_eq!(today[..2], yesterday);
    announce(false).await;
    let today = kept(&service).await;
    assert_eq!(today.len(), 3);
    assert_eq!(today[2].1, yesterday[1].1, "as it was");

    let mut app = service.database.app().await;
    app.execute("BEGIN; SET LOCAL app.district_id = '7306'")
        .await
        .expect("begun");
    let changed = app
        .execute("UPDATE readiness_day SET facts_hash = 'forged'")
        .await
        .expect("asked");
    assert_eq!(changed.rows_affected(), 1, "today's alone");
    let gone = app.execute("DELETE FROM readiness_day").await.expect("asked");
    assert_eq!(gone.rows_affected(), 0, "no day goes");
    let added = app
        .execute(
            "INSERT INTO readiness_day (district_id, id, format, facts, facts_hash) \
             SELECT district_id, id - 400, format, facts, facts_hash FROM readiness_day LIMIT 1",
        )
        .await;
    assert!(added.is_err(), "none is added to the past");
    app.execute("ROLLBACK").await.expect("undone");
}
