//! What is in a district's way, and reminding it.

use satupintu::readiness::{ComponentKind, rebuild::rebuild};
use satupintu_tests::{Answer, Client, Service, client::send};
use serde_json::{Value, json};
use sqlx::Executor;

use crate::readiness::fill;

const OVERVIEW: &str = "/api/v1/oversight/overview";
const NUDGES: &str = "/api/v1/districts/73.02/nudges";

async fn district(client: &Client, code: &str) -> Value {
    let page = client.get(OVERVIEW).await.expect(200).json;
    let districts = page["districts"].as_array().cloned().expect("districts");
    districts.into_iter().find(|row| row["code"] == code).expect("district")
}

fn kinds(district: &Value) -> Vec<&str> {
    let obstacles = district["obstacles"].as_array().expect("obstacles").iter();
    obstacles.filter_map(|obstacle| obstacle["kind"].as_str()).collect()
}

async fn codes(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("{OVERVIEW}{query}")).await.expect(200).json;
    let districts = page["districts"].as_array().cloned().expect("districts");
    districts
        .iter()
        .filter_map(|row| row["code"].as_str().map(str::to_owned))
        .collect()
}

async fn settle(service: &Service) -> Vec<String> {
    let (db, _) = service.job_parts().await;
    rebuild(&db).await.expect("rebuild").differed
}

#[tokio::test]
async fn the_summary_says_what_is_in_the_way() {
    let service = Service::demo().await;
    settle(&service).await;
    let sulsel = service.demo_client("sulsel").await;
    assert_eq!(kinds(&district(&sulsel, "73.02").await)[0], "never_used");
    // The first sign-in of a coordinator shows at once, that of somebody else not.
    service.demo_client("data.bulukumba").await;
    assert_eq!(kinds(&district(&sulsel, "73.02").await)[0], "never_used");
    let admin = service.demo_client("admin.bulukumba").await;
    assert_eq!(kinds(&district(&sulsel, "73.02").await), ["unassigned"]);
    assert_eq!(codes(&sulsel, "?obstacle=returned").await, Vec::<String>::new());

    let file = fill::upload(&admin).await;
    let evidence = fill::show(&admin, "REG-1", "regent_regulation", &file)
        .await
        .expect(201);
    let returned = fill::decide(&sulsel, &evidence, "returned", "Belum bernomor.")
        .await
        .expect(200);
    let seen = district(&sulsel, "73.02").await;
    assert_eq!(kinds(&seen), ["returned", "unassigned"]);
    assert_eq!(
        (&seen["obstacles"][0]["count"], &seen["obstacles"][0]["items"]),
        (&json!(1), &json!(["REG-1"]))
    );
    assert_eq!(codes(&sulsel, "?obstacle=returned").await, ["73.02"]);
    let wrong = sulsel.get(&format!("{OVERVIEW}?obstacle=lazy")).await;
    assert!([400, 422].contains(&wrong.status.as_u16()), "{}", wrong.text);

    // Handing it in again clears the way.
    let document =
        json!({ "kind": "regent_regulation", "title": "Perbup", "document_date": "2026-09-01", "file_id": file });
    let path = format!("{}/evidence/{}", fill::DISTRICT, evidence.id());
    admin.put(&path, &returned.etag(), document).await.expect(200);
    assert_eq!(kinds(&district(&sulsel, "73.02").await), ["unassigned"]);
    assert_eq!(
        settle(&service).await,
        Vec::<String>::new(),
        "the summaries are what the rows give"
    );
}

/// Nobody makes a centre live without ever coming in: the pilots of the demo are at work, of the others some never came.
#[tokio::test]
async fn the_pilots_of_the_demo_are_in_use() {
    let service = Service::full_demo().await;
    settle(&service).await;
    let page = service.demo_client("pusat").await.get(OVERVIEW).await.expect(200).json;
    let districts = page["districts"].as_array().cloned().expect("districts");
    let (live, others): (Vec<_>, Vec<_>) = districts
        .iter()
        .filter(|row| row["obstacles"].is_array())
        .partition(|row| row["status"] == "live");
    let unused = |rows: &[&Value]| rows.iter().filter(|row| kinds(row).contains(&"never_used")).count();
    assert_eq!((live.len(), unused(&live)), (5, 0));
    assert!(unused(&others) > 0);
}

async fn obstacle(client: &Client, kind: &str) -> Option<(Value, Value, Value)> {
    let seen = district(client, "73.02").await;
    let all = seen["obstacles"].as_array().expect("obstacles").iter();
    let found = all.filter(|obstacle| obstacle["kind"] == kind);
    found
        .map(|found| (found["count"].clone(), found["since"].clone(), found["items"].clone()))
        .next()
}

/// Somebody in charge of a component is in charge of its items; an item can have somebody of its own.
#[tokio::test]
async fn who_is_put_in_charge_ends_unassigned() {
    let service = Service::demo().await;
    settle(&service).await;
    let sulsel = service.demo_client("sulsel").await;
    let admin = service.demo_client("admin.bulukumba").await;
    let me = admin.get("/api/v1/me").await.expect(200).json["id"].clone();
    let left = |seen: Option<(Value, Value, Value)>| seen.and_then(|(count, ..)| count.as_u64()).unwrap_or(0);
    let mut open = left(obstacle(&sulsel, "unassigned").await);
    assert!(open > 20, "only {open} mandatory items wait for somebody");
    let (last, others) = ComponentKind::ALL.split_last().expect("components");
    for component in others {
        let body = json!({ "component": component, "account_id": me });
        let path = format!("{}/setup/responsibilities", fill::DISTRICT);
        admin.post(&path, body).await.expect(201);
        let now = left(obstacle(&sulsel, "unassigned").await);
        assert!(now < open, "{component:?}: {now} as before");
        open = now;
    }
    let readiness = admin.get(&format!("{}/readiness", fill::DISTRICT)).await.expect(200);
    let components = readiness.json["components"].as_array().cloned().expect("components");
    let component = components.iter().find(|found| found["component"] == json!(last));
    let items = component.and_then(|found| found["items"].as_array()).expect("items");
    for item in items.iter().filter(|item| item["mandatory"] == true) {
        assert_eq!(kinds(&district(&sulsel, "73.02").await), ["unassigned"]);
        let code = item["code"].as_str().expect("code");
        let path = format!("{}/readiness/{code}/progress", fill::DISTRICT);
        let etag = admin.get(&path).await.expect(200).etag();
        admin.put(&path, &etag, json!({ "assignee_id": me })).await.expect(200);
    }
    assert_eq!(kinds(&district(&sulsel, "73.02").await), Vec::<&str>::new());
    let listed = codes(&sulsel, "?obstacle=unassigned").await;
    assert!(!listed.contains(&"73.02".to_owned()), "{listed:?}");
    assert_eq!(
        settle(&service).await,
        Vec::<String>::new(),
        "the summaries are what the rows give"
    );
}

/// What is shown with a last day: within the notice of 90 days it is told before, and afterwards that it is over.
#[tokio::test]
async fn proof_that_ends_is_in_the_way() {
    let service = Service::demo().await;
    settle(&service).await;
    let sulsel = service.demo_client("sulsel").await;
    let admin = service.demo_client("admin.bulukumba").await;
    let file = fill::upload(&admin).await;
    let today = satupintu::day::in_zone(chrono::Utc::now(), "Asia/Makassar");
    let day = |days: i64| json!(today + chrono::Duration::days(days));
    let show = |until: Value| {
        json!({ "item_code": "REG-1", "kind": "regent_regulation", "title": "Perbup contoh", "number": "12/2026",
            "document_date": "2026-01-05", "file_id": file, "valid_until": until })
    };
    let shown = admin
        .post(&format!("{}/evidence", fill::DISTRICT), show(day(91)))
        .await
        .expect(201);
    let path = format!("{}/evidence/{}", fill::DISTRICT, shown.id());
    assert_eq!(obstacle(&sulsel, "expiring").await, None, "not yet");

    for (until, kind, other) in [
        (day(90), "expiring", "expired"),
        (day(0), "expiring", "expired"),
        (day(-1), "expired", "expiring"),
    ] {
        let etag = admin.get(&path).await.expect(200).etag();
        let mut body = show(until.clone());
        body.as_object_mut().expect("an object").remove("item_code");
        admin.put(&path, &etag, body).await.expect(200);
        assert_eq!(
            (obstacle(&sulsel, kind).await, obstacle(&sulsel, other).await),
            (Some((json!(1), until, json!(["REG-1"]))), None),
            "{kind}"
        );
        assert_eq!(codes(&sulsel, &format!("?obstacle={kind}")).await, ["73.02"]);
    }
    assert_eq!(
        settle(&service).await,
        Vec::<String>::new(),
        "the summaries are what the rows give"
    );
}

async fn nudge(client: &Client, message: &str) -> Answer {
    client.post(NUDGES, json!({ "message": message })).await
}

#[tokio::test]
async fn a_nudge_is_sent_read_and_followed() {
    let service = Service::demo().await;
    settle(&service).await;
    let sulsel = service.demo_client("sulsel").await;
    let sent = nudge(&sulsel, "Ada yang dapat kami bantu?").await.expect(201);
    assert_eq!(
        (&sent.json["recipients"], &sent.json["opened_at"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(sent.json["obstacles"][0]["kind"], "never_used");
    let seen = district(&sulsel, "73.02").await;
    assert_eq!(seen["last_nudge"]["sent_by_name"], "Contoh Peninjau Sulawesi Selatan");
    assert_eq!(
        (&seen["last_nudge"]["opened_at"], &seen["last_nudge"]["progress_since"]),
        (&Value::Null, &json!(false))
    );
    // Not again within a week, whoever asks.
    nudge(&sulsel, "").await.expect_problem(409, "nudged_recently");
    let pusat = service.demo_client("pusat").await;
    nudge(&pusat, "").await.expect_problem(409, "nudged_recently");
    nudge(&service.demo_client("jateng").await, "")
        .await
        .expect_problem(404, "not_found");
    nudge(&sulsel, &"x".repeat(1_001))
        .await
        .expect_field("message", "too_long");

    // The coordinator has it behind the bell and by mail; reading it tells the sender.
    service.tell().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let notices = admin.get("/api/v1/notifications").await.expect(200);
    let notice = &notices.items()[0];
    assert_eq!(
        (&notice["kind"], &notice["link"]),
        (&json!("nudged"), &json!("/d/73.02"))
    );
    assert!(
        notices.text.contains("Pesan: Ada yang dapat kami bantu?"),
        "{}",
        notices.text
    );
    let path = format!("/api/v1/notifications/{}/read", notice["id"].as_str().expect("id"));
    admin.post_empty(&path).await.expect(204);
    assert!(district(&sulsel, "73.02").await["last_nudge"]["opened_at"].is_string());
    let listed = admin.get(NUDGES).await.expect(200);
    assert!(listed.items()[0]["opened_at"].is_string(), "{}", listed.text);
    assert_eq!(
        settle(&service).await,
        Vec::<String>::new(),
        "the summary is what the rows give"
    );

    // Progress on a later day than the last before it counts as followed; after a week it may be sent again.
    let mut database = service.database.superuser().await;
    let earlier = "UPDATE nudge SET progress_on = progress_on - 3, sent_at = sent_at - interval '7 days'";
    database.execute(earlier).await.expect("earlier");
    settle(&service).await;
    assert_eq!(
        district(&sulsel, "73.02").await["last_nudge"]["progress_since"],
        json!(true)
    );
    nudge(&sulsel, "").await.expect(201);
    assert_eq!(admin.get(NUDGES).await.expect(200).items().len(), 2);
}

#[tokio::test]
async fn two_officials_at_once_send_one() {
    let service = Service::demo().await;
    let (sulsel, pusat) = (service.demo_client("sulsel").await, service.demo_client("pusat").await);
    let (one, other) = tokio::join!(nudge(&sulsel, ""), nudge(&pusat, ""));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.text, other.text);
    // A lost answer is asked for again with the same key and sends nothing twice.
    let again = |key: &'static str| {
        let request = pusat.request(reqwest::Method::POST, "/api/v1/districts/73.06/nudges");
        let request = request.header("idempotency-key", key).json(&json!({ "message": "" }));
        async move { send(request).await }
    };
    let first = again("ingat-1").await.expect(201);
    assert_eq!(again("ingat-1").await.expect(201).id(), first.id());
}
