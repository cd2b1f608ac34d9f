//! The standard, evidence, reviews, going live, oversight and the public page.

mod evidence;
pub(crate) mod fill;
mod main_path;
mod standards;
mod summary;

use satupintu_tests::Client;
use serde_json::Value;

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
