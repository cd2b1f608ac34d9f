//! Accepting and returning one by one, and what is told of it.

use reqwest::Method;
use satupintu_tests::{Service, client::send};
use serde_json::{Value, json};
use sqlx::Executor;

use super::{
    BULUKUMBA, LOAD, decide, district, entry, hand_in, names, queue, reviewer_with_two_hats, settle, settled, upload,
};
use crate::readiness::fill;

#[tokio::test]
async fn what_is_decided_waits_no_more_and_is_remembered() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let sulsel = service.demo_client("sulsel").await;
    let kept = hand_in(&admin, BULUKUMBA, "REG-1", "regent_regulation").await;
    let returned = hand_in(&admin, BULUKUMBA, "LEM-8", "minutes").await;
    let withdrawn = hand_in(&admin, BULUKUMBA, "REG-3", "annual_plan").await;
    let evidence = format!("{}/evidence", district(BULUKUMBA));
    admin
        .delete(&format!("{evidence}/{}", withdrawn.id()), &withdrawn.etag())
        .await
        .expect(204);
    let draft = json!({ "item_code": "REG-2", "kind": "regional_regulation", "title": "Tanpa berkas" });
    admin.post(&evidence, draft).await.expect(201);
    assert_eq!(
        names(&queue(&sulsel, "").await),
        [(BULUKUMBA, "REG-1"), (BULUKUMBA, "LEM-8")]
    );

    let seen = entry(&sulsel, BULUKUMBA, "REG-1").await;
    let body = json!({ "decision": "verified", "file_id": seen["file_id"] });
    decide(&sulsel, BULUKUMBA, &kept, body).await.expect(200);
    let body =
        json!({ "decision": "returned", "comment": "Tanda tangan belum ada.", "file_id": returned.json["file_id"] });
    let back = decide(&sulsel, BULUKUMBA, &returned, body).await.expect(200);
    assert_eq!(queue(&sulsel, "").await, Vec::<Value>::new());
    let load = sulsel.get(LOAD).await.expect(200).json;
    assert_eq!(
        (&load["reviewers"][0]["decided"], &load["reviewers"][0]["waiting"]),
        (&json!(2), &json!(0))
    );

    // The district mends it; it waits anew, and alone: somebody has looked at it before.
    let document = json!({ "kind": "minutes", "title": "Berita acara", "document_date": "2026-10-01",
        "file_id": upload(&admin, BULUKUMBA).await });
    let path = format!("{evidence}/{}", returned.id());
    let again = admin.put(&path, &back.etag(), document).await.expect(200);
    assert_eq!(entry(&sulsel, BULUKUMBA, "LEM-8").await["caution"], "handed_in_again");
    decide(&sulsel, BULUKUMBA, &again, json!({ "decision": "verified" }))
        .await
        .expect(200);

    // Both sides read every decision, the newest first, and of one item.
    let decisions = format!("{}/review-decisions", district(BULUKUMBA));
    for reader in [&admin, &sulsel] {
        let all = reader.get(&decisions).await.expect(200);
        let told: Vec<_> = all
            .items()
            .iter()
            .map(|row| (&row["item_code"], &row["decision"]))
            .collect();
        assert_eq!(
            told,
            [
                (&json!("LEM-8"), &json!("verified")),
                (&json!("LEM-8"), &json!("returned")),
                (&json!("REG-1"), &json!("verified"))
            ]
        );
    }
    let first = sulsel.get(&format!("{decisions}?item=LEM-8&limit=1")).await.expect(200);
    let cursor = first.json["next_cursor"].as_str().expect("more");
    let second = sulsel
        .get(&format!("{decisions}?item=LEM-8&limit=1&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(second.items()[0]["comment"], "Tanda tangan belum ada.");
    assert_eq!(second.json["next_cursor"], Value::Null);
    let jateng = service.demo_client("jateng").await;
    jateng.get(&decisions).await.expect_problem(404, "not_found");
    assert_eq!(settle(&service).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_changed_meanwhile_is_not_decided_on() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let (sulsel, pusat) = (service.demo_client("sulsel").await, service.demo_client("pusat").await);
    let evidence = hand_in(&admin, BULUKUMBA, "LEM-8", "minutes").await;
    decide(&pusat, BULUKUMBA, &evidence, json!({ "decision": "verified" }))
        .await
        .expect(200);
    decide(
        &sulsel,
        BULUKUMBA,
        &evidence,
        json!({ "decision": "returned", "comment": "Terlambat." }),
    )
    .await
    .expect_problem(412, "stale");

    // The register's file is replaced: the evidence itself has no new version, but it shows another document.
    let file = upload(&admin, BULUKUMBA).await;
    let instrument = json!({ "kind": "regent_regulation", "title": "PKSAI", "number": "12", "year": 2026,
        "stages": [{ "stage": "promulgation", "reached_on": "2026-09-02" }], "signed_on": "2026-09-01",
        "is_pksai_basis": true, "gazette_number": "12", "file_id": file });
    let record = fill::add(&admin, "regulation/legal-instruments", instrument).await;
    let body = json!({ "item_code": "REG-1", "kind": "regent_regulation", "title": "Perbup", "record_id": record });
    let path = format!("{}/evidence", district(BULUKUMBA));
    let shown = admin.post(&path, body).await.expect(201);
    let seen = entry(&sulsel, BULUKUMBA, "REG-1").await;
    assert_eq!(seen["file_id"], file.as_str());
    let path = format!("{}/setup/regulation/legal-instruments/{record}", district(BULUKUMBA));
    let entry_now = admin.get(&path).await.expect(200);
    let mut content = entry_now.json["content"].clone();
    content["file_id"] = json!(upload(&admin, BULUKUMBA).await);
    let request = admin.request(Method::PUT, &path).header("if-match", entry_now.etag());
    send(request.json(&json!({ "content": content }))).await.expect(200);
    let looked = json!({ "decision": "verified", "file_id": seen["file_id"] });
    decide(&sulsel, BULUKUMBA, &shown, looked)
        .await
        .expect_problem(412, "stale");
    let now = entry(&sulsel, BULUKUMBA, "REG-1").await;
    assert_eq!(now["file_id"], content["file_id"]);
    let path = format!("{}/evidence/{}/review", district(BULUKUMBA), shown.id());
    let blind = sulsel.request(Method::POST, &path).header("if-match", shown.etag());
    send(blind.json(&json!({ "decision": "verified" })))
        .await
        .expect_problem(412, "stale");
    let looked = json!({ "decision": "verified", "file_id": now["file_id"] });
    let verified = decide(&sulsel, BULUKUMBA, &shown, looked).await.expect(200);
    assert_eq!(verified.json["file_id"], now["file_id"]);
}

/// How many decisions the district has, and how many of them stand in its trail.
async fn written(service: &Service) -> (i64, i64) {
    let mut database = service.database.superuser().await;
    let mut count = async |sql: &str| {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        let counted: i64 = sqlx::query_scalar(sql).fetch_one(&mut database).await.expect("count");
        counted
    };
    (
        count("SELECT count(*) FROM review_decision WHERE district_id = 7302").await,
        count("SELECT count(*) FROM audit_event WHERE district_id = 7302 AND action = 'review'").await,
    )
}

#[tokio::test]
async fn what_is_verified_is_not_verified_again() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let (sulsel, pusat) = (service.demo_client("sulsel").await, service.demo_client("pusat").await);
    let evidence = hand_in(&admin, BULUKUMBA, "LEM-8", "minutes").await;
    let verified = json!({ "decision": "verified", "file_id": evidence.json["file_id"] });
    let once = decide(&sulsel, BULUKUMBA, &evidence, verified.clone())
        .await
        .expect(200);
    let before = written(&service).await;
    // The reply was lost and the same request comes again: the same answer.
    let resent = decide(&sulsel, BULUKUMBA, &evidence, verified.clone())
        .await
        .expect(200);
    assert_eq!((&resent.json, resent.etag()), (&once.json, once.etag()));
    // Another reviewer who saw it unverified has to look again; who sees that it is verified has nothing to do.
    decide(&pusat, BULUKUMBA, &evidence, verified.clone())
        .await
        .expect_problem(412, "stale");
    for reviewer in [&sulsel, &pusat] {
        let again = decide(reviewer, BULUKUMBA, &once, verified.clone()).await;
        again.expect_problem(409, "conflict");
    }
    assert_eq!(written(&service).await, before);

    // A return with other words is another decision.
    let mut last = once;
    for (comment, adds) in [("Cap belum ada.", 1), ("Cap dan tanggal belum ada.", 1)] {
        let before = written(&service).await;
        let returned = json!({ "decision": "returned", "comment": comment });
        let seen = last;
        last = decide(&sulsel, BULUKUMBA, &seen, returned.clone()).await.expect(200);
        let resent = decide(&sulsel, BULUKUMBA, &seen, returned.clone()).await.expect(200);
        assert_eq!(resent.json, last.json);
        let again = decide(&sulsel, BULUKUMBA, &last, returned).await;
        again.expect_problem(409, "conflict");
        assert_eq!(written(&service).await, (before.0 + adds, before.1 + adds));
    }
}

#[tokio::test]
async fn what_is_confirmed_is_not_confirmed_again() {
    let service = settled().await;
    let (sulsel, pusat) = (service.demo_client("sulsel").await, service.demo_client("pusat").await);
    let path = format!("{}/readiness/LEM-3/review", district(BULUKUMBA));
    let admin = service.demo_client("admin.bulukumba").await;
    fill::setup(&admin).await;
    let subject = crate::readiness::review_subject(&sulsel, &district(BULUKUMBA), "LEM-3").await;
    for decision in ["confirmed", "returned"] {
        let body = json!({ "decision": decision, "comment": "Catatan.", "subject": subject });
        let once = sulsel.post(&path, body.clone()).await.expect(200);
        let before = written(&service).await;
        let resent = sulsel.post(&path, body.clone()).await.expect(200);
        assert_eq!(resent.json, once.json);
        pusat.post(&path, body).await.expect_problem(409, "conflict");
        assert_eq!(written(&service).await, before);
    }
}

#[tokio::test]
async fn nobody_decides_on_the_own_district() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let reviewer = reviewer_with_two_hats(&service).await;
    let evidence = hand_in(&admin, BULUKUMBA, "LEM-8", "minutes").await;
    let waits = entry(&reviewer, BULUKUMBA, "LEM-8").await;
    assert_eq!(waits["has_conflict"], true);
    let sulsel = service.demo_client("sulsel").await;
    assert_eq!(entry(&sulsel, BULUKUMBA, "LEM-8").await["has_conflict"], false);
    decide(&reviewer, BULUKUMBA, &evidence, json!({ "decision": "verified" }))
        .await
        .expect_problem(403, "conflict_of_interest");
    let batch = json!({ "evidence": [
        { "id": evidence.id(), "version": 1, "file_id": evidence.json["file_id"] }] });
    let path = format!("{}/evidence-verifications", district(BULUKUMBA));
    reviewer
        .post(&path, batch)
        .await
        .expect_problem(403, "conflict_of_interest");
    assert_eq!(entry(&sulsel, BULUKUMBA, "LEM-8").await["id"], waits["id"]);
}

/// An installation that was at work before decisions were kept apart has them after the migration.
#[tokio::test]
async fn decisions_from_before_are_taken_over() {
    let service = Service::full_demo().await;
    let mut database = service.database.superuser().await;
    let kept = "SELECT concat_ws('|', district_id, item_code, evidence_id, title, decision, comment, reviewer_id, reviewer_name) \
                FROM review_decision ORDER BY 1";
    let before: Vec<String> = sqlx::query_scalar(kept).fetch_all(&mut database).await.expect("kept");
    assert!(before.iter().any(|row| row.contains("|returned|")) && before.len() > 20);
    database.execute("TRUNCATE review_decision").await.expect("emptied");
    let taken_over = include_str!("../../../migration/src/sql/review_decisions_before.sql");
    sqlx::raw_sql(taken_over)
        .execute(&mut database)
        .await
        .expect("taken over");
    let after: Vec<String> = sqlx::query_scalar(kept).fetch_all(&mut database).await.expect("kept");
    assert_eq!(after, before);
}
