//! Accepting several at once, where each is a plain case.

use std::collections::BTreeMap;

use satupintu_tests::{Answer, Client};
use serde_json::{Value, json};

use super::{BULUKUMBA, KLATEN, decide, district, hand_in, names, queue, settle, settled, upload};

fn seen(evidence: &Answer) -> Value {
    json!({ "id": evidence.id(), "version": evidence.json["version"], "file_id": evidence.json["file_id"] })
}

async fn accept(client: &Client, evidence: &[Value]) -> Answer {
    let path = format!("{}/evidence-verifications", district(BULUKUMBA));
    client.post(&path, json!({ "evidence": evidence })).await
}

#[tokio::test]
async fn plain_cases_are_accepted_and_of_the_others_it_is_said_why() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let klaten = service.demo_client("admin.klaten").await;
    let (sulsel, pusat) = (service.demo_client("sulsel").await, service.demo_client("pusat").await);
    let plain = hand_in(&admin, BULUKUMBA, "LEM-8", "minutes").await;
    let other = hand_in(&admin, BULUKUMBA, "REG-3", "annual_plan").await;
    let decisive = hand_in(&admin, BULUKUMBA, "REG-1", "regent_regulation").await;
    let decided = hand_in(&admin, BULUKUMBA, "LAY-4", "decree").await;
    decide(&pusat, BULUKUMBA, &decided, json!({ "decision": "verified" }))
        .await
        .expect(200);
    let again = returned_and_handed_in_again(&admin, &sulsel).await;
    let changed = hand_in(&admin, BULUKUMBA, "REG-7", "decree").await;
    let ending = ending(&admin).await;
    let foreign = hand_in(&klaten, KLATEN, "REG-3", "annual_plan").await;

    let mut old = seen(&changed);
    old["file_id"] = plain.json["file_id"].clone();
    let mut late = seen(&decided);
    late["version"] = json!(2);
    let wanted = [
        seen(&plain),
        seen(&plain),
        seen(&other),
        seen(&decisive),
        late,
        seen(&again),
        old,
        seen(&ending),
        seen(&foreign),
    ];
    let answer = accept(&sulsel, &wanted).await.expect(200);
    assert_eq!(answer.json["verified"], json!([plain.id(), other.id()]));
    let reasons: BTreeMap<String, String> = answer.json["refused"]
        .as_array()
        .expect("refused")
        .iter()
        .filter_map(|row| Some((row["id"].as_str()?.to_owned(), row["reason"].as_str()?.to_owned())))
        .collect();
    let expected = [
        (&decisive, "decisive"),
        (&decided, "already_decided"),
        (&again, "handed_in_again"),
        (&changed, "stale"),
        (&ending, "ending"),
        (&foreign, "not_found"),
    ];
    let expected: BTreeMap<String, String> = expected
        .iter()
        .map(|(evidence, reason)| (evidence.id(), (*reason).to_owned()))
        .collect();
    assert_eq!(reasons, expected);
    // What may be accepted with others is what the queue says may be.
    let safe = queue(&sulsel, "?safe=true").await;
    assert_eq!(names(&safe), [(BULUKUMBA, "REG-7")]);

    // One notice tells the district of all of them.
    service.tell().await;
    let notices = admin.get("/api/v1/notifications").await.expect(200);
    let told: Vec<&Value> = notices
        .items()
        .iter()
        .filter(|row| row["kind"] == "items_verified")
        .collect();
    assert_eq!(told.len(), 1, "{}", notices.text);
    assert!(told[0].to_string().contains("LEM-8, REG-3"), "{}", told[0]);
    let events = admin
        .get(&format!(
            "{}/audit-events?entity=evidence&entity_id={}",
            district(BULUKUMBA),
            plain.id()
        ))
        .await
        .expect(200);
    assert_eq!(events.items()[0]["action"], "review");
    assert_eq!(settle(&service).await, Vec::<String>::new());
}

async fn returned_and_handed_in_again(admin: &Client, reviewer: &Client) -> Answer {
    let evidence = hand_in(admin, BULUKUMBA, "REG-2", "regional_regulation").await;
    let body = json!({ "decision": "returned", "comment": "Belum ditandatangani." });
    let back = decide(reviewer, BULUKUMBA, &evidence, body).await.expect(200);
    let document = json!({ "kind": "regional_regulation", "title": "Perda", "document_date": "2026-10-01",
        "file_id": upload(admin, BULUKUMBA).await });
    let path = format!("{}/evidence/{}", district(BULUKUMBA), evidence.id());
    admin.put(&path, &back.etag(), document).await.expect(200)
}

/// A report that stops being proof within 90 days: the standard lets it count for a year.
async fn ending(admin: &Client) -> Answer {
    let last_year = chrono::Utc::now().date_naive() - chrono::Days::new(330);
    let body = json!({ "item_code": "DAT-2", "kind": "aggregate_report", "title": "Laporan", "document_date": last_year,
        "file_id": upload(admin, BULUKUMBA).await });
    let path = format!("{}/evidence", district(BULUKUMBA));
    admin.post(&path, body).await.expect(201)
}

#[tokio::test]
async fn the_list_has_bounds() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let sulsel = service.demo_client("sulsel").await;
    accept(&sulsel, &[]).await.expect_field("evidence", "out_of_range");
    let evidence = hand_in(&admin, BULUKUMBA, "LEM-8", "minutes").await;
    let many: Vec<Value> = std::iter::repeat_n(seen(&evidence), 51).collect();
    accept(&sulsel, &many).await.expect_field("evidence", "out_of_range");
    accept(&admin, &[seen(&evidence)])
        .await
        .expect_problem(403, "forbidden");
    let jateng = service.demo_client("jateng").await;
    accept(&jateng, &[seen(&evidence)])
        .await
        .expect_problem(404, "not_found");
    // Two at once: each piece is accepted once.
    let pusat = service.demo_client("pusat").await;
    let one = [seen(&evidence)];
    let (first, second) = tokio::join!(accept(&sulsel, &one), accept(&pusat, &one));
    let mut verified = [first, second].map(|answer| answer.expect(200).json["verified"].as_array().map_or(0, Vec::len));
    verified.sort_unstable();
    assert_eq!(verified, [0, 1]);
}
