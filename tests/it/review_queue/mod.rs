//! What waits for reviewers over all districts, and what they do about it.

mod asking;
mod batch;
mod deciding;
mod listing;

use satupintu::readiness::rebuild::rebuild;
use satupintu_tests::{Answer, Client, DEMO_PASSWORD, Service, client::send, people};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::readiness::shown_file;

const QUEUE: &str = "/api/v1/oversight/review-queue";
const LOAD: &str = "/api/v1/oversight/review-load";
const BULUKUMBA: &str = "73.02";
const KLATEN: &str = "33.10";

fn district(code: &str) -> String {
    format!("/api/v1/districts/{code}")
}

/// The demo with every summary made: a starting service makes those that are due while it answers already.
async fn settled() -> Service {
    let service = Service::demo().await;
    settle(&service).await;
    service
}

/// Codes of the districts whose kept figures were not what their rows give.
async fn settle(service: &Service) -> Vec<String> {
    let (db, _) = service.job_parts().await;
    rebuild(&db).await.expect("rebuild").differed
}

async fn queue(client: &Client, query: &str) -> Vec<Value> {
    client
        .get(&format!("{QUEUE}{query}"))
        .await
        .expect(200)
        .items()
        .to_vec()
}

/// District and item of each entry.
fn names(entries: &[Value]) -> Vec<(&str, &str)> {
    entries
        .iter()
        .map(|entry| {
            (
                entry["district_code"].as_str().unwrap_or_default(),
                entry["item_code"].as_str().unwrap_or_default(),
            )
        })
        .collect()
}

async fn entry(client: &Client, code: &str, item: &str) -> Value {
    let all = queue(client, &format!("?district={code}")).await;
    let found = all.into_iter().find(|entry| entry["item_code"] == item);
    found.unwrap_or_else(|| panic!("{item} of {code} does not wait"))
}

async fn upload(client: &Client, code: &str) -> String {
    let path = format!("{}/files", district(code));
    let content = format!("%PDF-1.7\n<</Type/Page>>\n{}\n%%EOF\n", Uuid::now_v7());
    client.upload(&path, "bukti.pdf", content).await.expect(201).id()
}

/// Hands in a document with a file for an item.
async fn hand_in(client: &Client, code: &str, item: &str, kind: &str) -> Answer {
    let body = json!({
        "item_code": item, "kind": kind, "title": format!("Bukti {item}"), "document_date": "2026-10-01",
        "file_id": upload(client, code).await,
    });
    client
        .post(&format!("{}/evidence", district(code)), body)
        .await
        .expect(201)
}

/// Makes evidence as old as that, as if it had been handed in then.
async fn age(service: &Service, evidence: &Answer, days: i32) {
    let mut database = service.database.superuser().await;
    let sql = "UPDATE evidence SET submitted_at = now() - make_interval(days => $2, hours => 1) WHERE id = $1::uuid";
    let aged = sqlx::query(sql).bind(evidence.id()).bind(days);
    assert_eq!(aged.execute(&mut database).await.expect("age").rows_affected(), 1);
}

/// Decides on what the evidence shows now, unless the body names another file.
async fn decide(client: &Client, code: &str, evidence: &Answer, mut body: Value) -> Answer {
    if body["file_id"].is_null() {
        body["file_id"] = shown_file(client, &district(code), &evidence.json).await;
    }
    let path = format!("{}/evidence/{}/review", district(code), evidence.id());
    let request = client.request(reqwest::Method::POST, &path);
    send(request.header("if-match", evidence.etag()).json(&body)).await
}

async fn ask(client: &Client, code: &str, entry: &Value, reviewer: &Value) -> Answer {
    let body = json!({ "entry_id": entry["id"], "reviewer_id": reviewer, "note": "Mohon dilihat." });
    client.post(&format!("{}/review-requests", district(code)), body).await
}

/// A reviewer of the province who is at work in Bulukumba as well.
async fn reviewer_with_two_hats(service: &Service) -> Client {
    let mut database = service.database.superuser().await;
    let id = people::account(&mut database, "dua-topi@uji.example").await;
    people::membership(&mut database, id, "province", None, Some("73"), "province_reviewer").await;
    people::membership(&mut database, id, "district", Some(7302), None, "data_officer").await;
    let mut client = service.anonymous();
    client.login("dua-topi@uji.example", DEMO_PASSWORD).await;
    client
}
