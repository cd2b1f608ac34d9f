//! What the queue lists, for whom, in which order.

use satupintu_tests::Client;
use serde_json::{Value, json};
use sqlx::{Connection, Executor, PgConnection};

use super::{BULUKUMBA, KLATEN, LOAD, QUEUE, age, district, entry, hand_in, names, queue, settle, settled};
use crate::readiness::fill;

#[tokio::test]
async fn the_oldest_comes_first_and_filters_narrow() {
    let service = settled().await;
    let (pusat, sulsel) = (service.demo_client("pusat").await, service.demo_client("sulsel").await);
    assert_eq!(queue(&pusat, "").await, Vec::<Value>::new());
    let nothing = pusat.get(LOAD).await.expect(200).json;
    assert_eq!(
        nothing,
        json!({ "waiting": 0, "oldest": null, "unasked": 0, "reviewers": [] })
    );

    let bulukumba = service.demo_client("admin.bulukumba").await;
    let klaten = service.demo_client("admin.klaten").await;
    let regulation = hand_in(&bulukumba, BULUKUMBA, "REG-1", "regent_regulation").await;
    let minutes = hand_in(&bulukumba, BULUKUMBA, "LEM-8", "minutes").await;
    let plan = hand_in(&klaten, KLATEN, "REG-3", "annual_plan").await;
    for (evidence, days) in [(&regulation, 3), (&minutes, 20), (&plan, 12)] {
        age(&service, evidence, days).await;
    }
    let mut differed = settle(&service).await;
    differed.sort_unstable();
    assert_eq!(differed, [KLATEN, BULUKUMBA], "behind the service's back");
    assert_eq!(settle(&service).await, Vec::<String>::new());

    let all = queue(&pusat, "").await;
    assert_eq!(
        names(&all),
        [(BULUKUMBA, "LEM-8"), (KLATEN, "REG-3"), (BULUKUMBA, "REG-1")]
    );
    let days: Vec<&Value> = all.iter().map(|entry| &entry["waiting_days"]).collect();
    assert_eq!(days, [20, 12, 3]);
    let first = &all[0];
    assert_eq!(
        (&first["id"], &first["subject"], &first["caution"], &first["kind"]),
        (
            &json!(minutes.id()),
            &json!("evidence"),
            &Value::Null,
            &json!("minutes")
        )
    );
    assert_eq!(
        (&first["submitted_by_name"], &first["component"], &first["file_id"]),
        (
            &minutes.json["submitted_by_name"],
            &json!("institution"),
            &minutes.json["file_id"]
        )
    );
    assert_eq!(
        all[2]["caution"], "decisive",
        "it decides whether the district may go live"
    );

    for (query, expected) in [
        ("?province=33", vec![(KLATEN, "REG-3")]),
        ("?district=73.02", vec![(BULUKUMBA, "LEM-8"), (BULUKUMBA, "REG-1")]),
        ("?component=regulation", vec![(KLATEN, "REG-3"), (BULUKUMBA, "REG-1")]),
        ("?safe=true", vec![(BULUKUMBA, "LEM-8"), (KLATEN, "REG-3")]),
        (
            "?unasked=true",
            vec![(BULUKUMBA, "LEM-8"), (KLATEN, "REG-3"), (BULUKUMBA, "REG-1")],
        ),
        ("?mine=true", vec![]),
    ] {
        assert_eq!(names(&queue(&pusat, query).await), expected, "{query}");
    }
    let wrong = pusat.get(&format!("{QUEUE}?component=money")).await;
    wrong.expect_field("component", "not_in_list");

    // Page after page nothing is left out and nothing comes twice.
    let first = pusat.get(&format!("{QUEUE}?limit=2")).await.expect(200);
    assert_eq!(names(first.items()), [(BULUKUMBA, "LEM-8"), (KLATEN, "REG-3")]);
    let cursor = first.json["next_cursor"].as_str().expect("more");
    let second = queue(&pusat, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!(names(&second), [(BULUKUMBA, "REG-1")]);

    // A province sees its own.
    assert_eq!(
        names(&queue(&sulsel, "").await),
        [(BULUKUMBA, "LEM-8"), (BULUKUMBA, "REG-1")]
    );
    assert_eq!(queue(&sulsel, "?province=33").await, Vec::<Value>::new());
    assert_eq!(sulsel.get(LOAD).await.expect(200).json["waiting"], 2);
    assert_eq!(
        pusat.get(LOAD).await.expect(200).json["oldest"],
        all[0]["waiting_since"]
    );
    bulukumba.get(QUEUE).await.expect_problem(403, "forbidden");

    // What waits in a suspended district waits for nobody.
    let mut database = service.database.superuser().await;
    database
        .execute("UPDATE district SET status = 'suspended' WHERE code = '73.02'")
        .await
        .expect("suspended");
    assert_eq!(names(&queue(&pusat, "").await), [(KLATEN, "REG-3")]);
    assert_eq!(pusat.get(LOAD).await.expect(200).json["waiting"], 1);
}

/// What is entered and needs a reviewer's eye waits as well: just those items that the report says are there unconfirmed.
#[tokio::test]
async fn items_without_a_document_wait_for_a_confirmation() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let sulsel = service.demo_client("sulsel").await;
    fill::setup(&admin).await;
    let before = waiting_items(&sulsel).await;
    assert_eq!(before, unconfirmed(&sulsel).await);
    let item = before.first().expect("an item to confirm").clone();
    let waits = entry(&sulsel, BULUKUMBA, &item).await;
    assert_eq!(
        (&waits["caution"], &waits["file_id"], &waits["submitted_by_name"]),
        (&json!("no_document"), &Value::Null, &json!(""))
    );
    let subject = crate::readiness::review_subject(&sulsel, &district(BULUKUMBA), &item).await;
    let path = format!("{}/readiness/{item}/review", district(BULUKUMBA));
    let mut body = json!({ "decision": "returned", "comment": "Periksa lagi.", "subject": subject });
    sulsel.post(&path, body.clone()).await.expect(200);
    assert!(!waiting_items(&sulsel).await.contains(&item), "{item} was returned");
    // The district's answer makes it wait again, as the entry that it was.
    let answer = format!("{}/readiness/{item}/answer", district(BULUKUMBA));
    admin.post(&answer, json!({ "answer": "Sudah." })).await.expect(200);
    assert_eq!(entry(&sulsel, BULUKUMBA, &item).await["id"], waits["id"]);
    body["decision"] = json!("confirmed");
    sulsel.post(&path, body).await.expect(200);
    let after = waiting_items(&sulsel).await;
    assert!(!after.contains(&item), "{item} was confirmed");
    assert_eq!(after, unconfirmed(&sulsel).await);
    assert_eq!(settle(&service).await, Vec::<String>::new());
}

async fn waiting_items(client: &Client) -> Vec<String> {
    let entries = queue(client, "?district=73.02").await;
    let items = entries.iter().filter(|entry| entry["subject"] == "item");
    let mut codes: Vec<String> = items
        .filter_map(|entry| entry["item_code"].as_str().map(str::to_owned))
        .collect();
    codes.sort_unstable();
    codes
}

/// The same by the district's own report.
async fn unconfirmed(client: &Client) -> Vec<String> {
    let report = client.get(&format!("{}/readiness", district(BULUKUMBA))).await;
    let components = report.expect(200).json["components"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let items = components
        .iter()
        .flat_map(|part| part["items"].as_array().cloned().unwrap_or_default());
    let waits = |item: &Value| item["confirmed_by_review"] == true && item["state"] == "present";
    let mut codes: Vec<String> = items
        .filter(waits)
        .filter_map(|item| item["code"].as_str().map(str::to_owned))
        .collect();
    codes.sort_unstable();
    codes
}

/// What the service cannot show by mistake: its database role sees no row beyond reach.
#[tokio::test]
async fn the_database_hides_what_lies_beyond_reach() {
    let service = settled().await;
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let klaten = service.demo_client("admin.klaten").await;
    for (client, code, reviewer) in [(&bulukumba, BULUKUMBA, "sulsel"), (&klaten, KLATEN, "jateng")] {
        hand_in(client, code, "LEM-8", "minutes").await;
        let decided = hand_in(client, code, "REG-3", "annual_plan").await;
        let reviewer = service.demo_client(reviewer).await;
        let body = json!({ "decision": "verified" });
        super::decide(&reviewer, code, &decided, body).await.expect(200);
    }
    let mut role = PgConnection::connect(&service.database.app_url()).await.expect("role");
    for (provinces, expected) in [
        ("33", vec![3310]),
        ("73", vec![7302]),
        ("", vec![]),
        ("*", vec![3310, 7302]),
    ] {
        for table in ["review_queue", "review_decision"] {
            let mut tx = role.begin().await.expect("begin");
            let open = format!("SET LOCAL app.scope = 'oversight'; SET LOCAL app.provinces = '{provinces}'");
            tx.execute(sqlx::AssertSqlSafe(open)).await.expect("open");
            let sql = format!("SELECT DISTINCT district_id FROM {table} ORDER BY 1");
            let rows: Vec<i32> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_all(&mut *tx)
                .await
                .expect(table);
            assert_eq!(rows, expected, "{table} for {provinces:?}");
        }
    }
    let mut tx = role.begin().await.expect("begin");
    tx.execute("SET LOCAL app.scope = 'oversight'; SET LOCAL app.provinces = '*'")
        .await
        .expect("open");
    let refused = tx.execute("SELECT count(*) FROM review_request").await;
    assert!(refused.is_err(), "requests answer oversight");
}
