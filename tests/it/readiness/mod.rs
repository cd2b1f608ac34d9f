//! The standard, evidence, reviews, going live, oversight and the public page.

mod evidence;
pub(crate) mod fill;
mod main_path;
mod standards;
mod summary;

use satupintu_tests::Client;
use serde_json::Value;

/// The file that evidence shows: its own, or that of the legal instrument it belongs to.
pub async fn shown_file(client: &Client, district: &str, evidence: &Value) -> Value {
    if evidence["file_id"].is_string() || !evidence["record_id"].is_string() {
        return evidence["file_id"].clone();
    }
    let record = evidence["record_id"].as_str().unwrap_or_default();
    let path = format!("{district}/setup/regulation/legal-instruments/{record}");
    client.get(&path).await.json["content"]["file_id"].clone()
}

/// What a reviewer of an item looks at: to be sent along with the decision.
pub async fn review_subject(client: &Client, district: &str, item: &str) -> Value {
    let report = client.get(&format!("{district}/readiness")).await.expect(200).json;
    let components = report["components"].as_array().cloned().unwrap_or_default();
    let mut items = components
        .iter()
        .flat_map(|component| component["items"].as_array().into_iter().flatten());
    items
        .find(|found| found["code"] == item)
        .map(|found| found["review_subject"].clone())
        .unwrap_or_default()
}
