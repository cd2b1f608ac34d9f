//! Suspending, reactivating and archiving a district's workspace.

use satupintu_tests::{Answer, DEMO_PASSWORD, Service};
use serde_json::json;
use sqlx::Connection;

const GOWA: &str = "/api/v1/districts/73.06";
const REASON: &str = "Contoh: unit layanan sedang ditata ulang.";

/// Takes a district one step as the ministry.
pub async fn put(service: &Service, code: &str, standing: &str) -> Answer {
    let ministry = service.demo_client("pusat").await;
    let district = format!("/api/v1/districts/{code}");
    let etag = ministry.get(&district).await.expect(200).etag();
    let body = json!({ "standing": standing, "reason": REASON });
    ministry.put(&format!("{district}/standing"), &etag, body).await
}

fn codes(list: &Answer) -> Vec<&str> {
    list.items().iter().filter_map(|item| item["code"].as_str()).collect()
}

#[tokio::test]
async fn a_workspace_is_suspended_archived_and_comes_back() {
    let service = Service::full_demo().await;
    let (ministry, admin) = (
        service.demo_client("pusat").await,
        service.demo_client("admin.gowa").await,
    );
    let public = "/api/v1/public/districts/73.06";
    service.anonymous().get(public).await.expect(200);

    put(&service, "73.06", "archived").await.expect_problem(409, "conflict");
    put(&service, "73.06", "active").await.expect_problem(409, "conflict");
    let suspended = put(&service, "73.06", "suspended").await.expect(200);
    assert_eq!(suspended.json["standing_by_name"], "Contoh Admin Pusat");
    service.anonymous().get(public).await.expect_problem(404, "not_found");

    // Its people read why, and change nothing.
    let seen = admin.get(GOWA).await.expect(200);
    assert_eq!(
        (&seen.json["standing"], &seen.json["standing_reason"]),
        (&json!("suspended"), &json!(REASON))
    );
    let me = admin.get("/api/v1/me").await.expect(200);
    let offered = me.json["memberships"][0]["permissions"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert!(
        !offered.is_empty()
            && offered
                .iter()
                .all(|word| word.as_str().is_some_and(|word| word.ends_with(".read")))
    );
    let refused = admin
        .patch(GOWA, &seen.etag(), json!({ "hotline": "0411-123456" }))
        .await;
    refused.expect_problem(423, "district_suspended");
    let list = ministry.get("/api/v1/oversight/districts?standing=suspended").await;
    assert_eq!(codes(&list.expect(200)), ["73.06"]);

    put(&service, "73.06", "archived").await.expect(200);
    admin.get(GOWA).await.expect_problem(404, "not_found");
    assert_eq!(admin.get("/api/v1/me").await.expect(200).json["memberships"], json!([]));
    let list = ministry.get("/api/v1/oversight/districts").await.expect(200);
    assert!(!codes(&list).contains(&"73.06"));
    let list = ministry.get("/api/v1/oversight/districts?standing=archived").await;
    assert_eq!(codes(&list.expect(200)), ["73.06"]);
    ministry.get(&format!("{GOWA}/readiness")).await.expect(200);

    put(&service, "73.06", "suspended").await.expect(200);
    put(&service, "73.06", "active").await.expect(200);
    let back = admin.get(GOWA).await.expect(200);
    let changed = admin
        .patch(GOWA, &back.etag(), json!({ "hotline": "0411-123456" }))
        .await;
    changed.expect(200);
    service.anonymous().get(public).await.expect(200);

    let trail = admin.get(&format!("{GOWA}/audit-events?limit=200")).await.expect(200);
    let steps: Vec<&str> = trail
        .items()
        .iter()
        .filter_map(|event| event["action"].as_str())
        .collect();
    let steps: Vec<&str> = steps
        .into_iter()
        .filter(|action| ["suspend", "archive", "restore", "reactivate"].contains(action))
        .collect();
    assert_eq!(
        steps,
        ["reactivate", "restore", "archive", "suspend"],
        "the newest first"
    );
}

#[tokio::test]
async fn only_the_ministry_decides_with_a_reason_and_on_what_it_saw() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let etag = ministry.get(GOWA).await.expect(200).etag();
    let path = format!("{GOWA}/standing");
    let suspend = |reason: &str| json!({ "standing": "suspended", "reason": reason });
    let refused = ministry.put(&path, &etag, suspend("bubar")).await;
    refused.expect_field("reason", "too_short");
    let refused = ministry.put(&path, "\"99\"", suspend(REASON)).await;
    assert_eq!(refused.expect_problem(412, "stale").json["current"]["code"], "73.06");
    for other in ["sulsel", "admin.gowa"] {
        let client = service.demo_client(other).await;
        client
            .put(&path, &etag, suspend(REASON))
            .await
            .expect_problem(403, "forbidden");
    }
}

#[tokio::test]
async fn coordinators_are_told_and_nobody_joins_meanwhile() {
    let (service, mail) = Service::demo_with_mail().await;
    let admin = service.demo_client("admin.gowa").await;
    let email = "baru@contoh.example";
    let invitation = json!({ "email": email, "role_key": "social_worker" });
    admin.post(&format!("{GOWA}/invitations"), invitation).await.expect(201);
    let token = mail.wait_for(email, 1).await.token();
    put(&service, "73.06", "suspended").await.expect(200);
    let accept = json!({ "token": token, "name": "Contoh Baru", "password": DEMO_PASSWORD });
    let path = "/api/v1/auth/invitation/accept";
    let refused = service.anonymous().post(path, accept.clone()).await;
    refused.expect_problem(423, "district_suspended");

    let told = mail.wait_for("admin.gowa@demo.satupintu.example", 1).await;
    assert!(told.text.contains(REASON), "{}", told.text);
    let notices = admin.get("/api/v1/notifications").await.expect(200);
    let told = notices.items().iter().filter(|one| one["kind"] == "standing_changed");
    assert_eq!(told.count(), 1, "{}", notices.text);

    put(&service, "73.06", "active").await.expect(200);
    service.anonymous().post(path, accept).await.expect(200);
}

#[tokio::test]
async fn an_archived_district_is_told_of_to_nobody_of_its_own() {
    let (service, mail) = Service::demo_with_mail().await;
    let admin = service.demo_client("admin.gowa").await;
    let reviewer = service.demo_client("sulsel").await;
    let nudge = json!({ "message": "Contoh pengingat." });
    reviewer.post(&format!("{GOWA}/nudges"), nudge).await.expect(201);
    mail.wait_for("admin.gowa@demo.satupintu.example", 1).await;
    let kinds = async || -> Vec<String> {
        let list = admin.get("/api/v1/notifications").await.expect(200);
        let kind = |one: &serde_json::Value| one["kind"].as_str().map(str::to_owned);
        list.items().iter().filter_map(kind).collect()
    };
    assert_eq!(kinds().await, ["nudged"]);
    put(&service, "73.06", "suspended").await.expect(200);
    put(&service, "73.06", "archived").await.expect(200);
    mail.wait_for("admin.gowa@demo.satupintu.example", 3).await;
    assert_eq!(kinds().await, ["standing_changed", "standing_changed"]);
}

/// Who changes something holds the district to its standing until the end; who suspends it waits for that.
#[tokio::test]
async fn a_write_under_way_ends_before_the_suspension() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let mut database = service.database.superuser().await;
    let mut under_way = database.begin().await.expect("begin");
    sqlx::query("SELECT id FROM district WHERE id = 7306 FOR SHARE")
        .execute(&mut *under_way)
        .await
        .expect("held");
    let suspending = put(&service, "73.06", "suspended");
    let ending = async {
        let mut watcher = service.database.superuser().await;
        let waiting = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() \
            AND wait_event_type = 'Lock' AND query LIKE '%district%')";
        while !sqlx::query_scalar::<_, bool>(waiting)
            .fetch_one(&mut watcher)
            .await
            .expect("asked")
        {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        under_way.commit().await.expect("commit");
    };
    let both = async { tokio::join!(suspending, ending) };
    let ended = tokio::time::timeout(std::time::Duration::from_secs(30), both).await;
    let (suspended, ()) = ended.expect("the suspension waits for the write, and no longer");
    suspended.expect(200);
    let seen = admin.get(GOWA).await.expect(200);
    let refused = admin
        .patch(GOWA, &seen.etag(), json!({ "hotline": "0411-123456" }))
        .await;
    refused.expect_problem(423, "district_suspended");
}
