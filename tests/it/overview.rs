//! The page of all districts: what it says, to whom, and that it says what the districts' own rows give.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use satupintu::readiness::rebuild::rebuild;
use satupintu_tests::{Answer, Client, DEMO_PASSWORD, Service, client::send, people};
use serde_json::{Value, json};
use sqlx::{Connection, Executor, PgConnection};

const OVERVIEW: &str = "/api/v1/oversight/overview";
const PLAN: &str = "/api/v1/oversight/plan";

/// The demo with every summary made: a starting service makes those that are due while it answers already.
async fn settled(service: Service) -> Service {
    let (db, _) = service.job_parts().await;
    rebuild(&db).await.expect("rebuild");
    service
}

async fn overview(client: &Client, query: &str) -> Value {
    client.get(&format!("{OVERVIEW}{query}")).await.expect(200).json
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field]
        .as_array()
        .unwrap_or_else(|| panic!("no {field} in {value}"))
}

fn codes(overview: &Value) -> Vec<&str> {
    list(overview, "districts")
        .iter()
        .filter_map(|district| district["code"].as_str())
        .collect()
}

/// What a district's own report says, in the words of the overview.
fn expected(report: &Value) -> Value {
    let components: Vec<Value> = list(report, "components")
        .iter()
        .map(|component| {
            json!({ "component": component["component"], "claimed": component["claimed"],
                "verified": component["verified"], "complete": component["complete"] })
        })
        .collect();
    let today: NaiveDate = report["as_of"].as_str().expect("day").parse().expect("day");
    let notice = today + Days::new(90);
    let items: Vec<&Value> = list(report, "components")
        .iter()
        .flat_map(|component| list(component, "items"))
        .collect();
    let ends = |item: &&&Value| {
        let until = item["valid_until"]
            .as_str()
            .and_then(|day| day.parse::<NaiveDate>().ok());
        matches!(item["state"].as_str(), Some("present" | "verified")) && until.is_some_and(|day| day <= notice)
    };
    json!({
        "claimed": report["claimed"], "verified": report["verified"], "components": components,
        "blockers": list(&report["go_live"], "blockers").len(), "phase": report["phase"]["current"],
        "expiring": items.iter().filter(ends).count(),
        "expired": items.iter().filter(|item| item["state"] == "expired").count(),
    })
}

/// Days on which a district reached its phases.
fn reached(report: &Value) -> Vec<NaiveDate> {
    let steps = list(&report["phase"], "steps").iter();
    steps
        .map_while(|step| step["reached_on"].as_str()?.parse().ok())
        .collect()
}

#[tokio::test]
async fn the_figures_are_what_the_districts_reports_give() {
    let service = settled(Service::full_demo().await).await;
    let ministry = service.demo_client("pusat").await;
    let page = overview(&ministry, "").await;
    let mut courses: Vec<Vec<NaiveDate>> = Vec::new();
    let mut by_status: BTreeMap<&str, usize> = BTreeMap::new();
    for district in list(&page, "districts") {
        let status = district["status"].as_str().expect("status");
        *by_status.entry(status).or_default() += 1;
        if status == "invited" {
            assert_eq!(
                (&district["phase"], &district["components"]),
                (&Value::Null, &json!([]))
            );
            continue;
        }
        let path = format!(
            "/api/v1/districts/{}/readiness",
            district["code"].as_str().expect("code")
        );
        let report = ministry.get(&path).await.expect(200).json;
        for (field, value) in expected(&report).as_object().expect("object") {
            assert_eq!(&district[field], value, "{field} of {}", district["code"]);
        }
        courses.push(reached(&report));
    }
    assert_eq!(
        by_status,
        BTreeMap::from([("invited", 5), ("live", 5), ("onboarding", 4)])
    );
    for (status, count) in by_status {
        assert_eq!(page["counts"][status], count, "{status}");
    }
    for (place, phase) in list(&page, "phases").iter().enumerate() {
        let at_least = courses.iter().filter(|days| days.len() > place).count();
        assert_eq!(phase["reached"], at_least, "{phase}");
        let left = courses.iter().filter(|days| days.len() > place + 1).count();
        assert_eq!(
            (&phase["left"], phase["median_days"].is_null()),
            (&json!(left), left == 0),
            "{phase}"
        );
    }
    let now: Vec<&Value> = list(&page, "phases").iter().map(|phase| &phase["current"]).collect();
    let last = list(&page, "trend").last().expect("a month");
    assert_eq!(list(last, "districts").iter().collect::<Vec<_>>(), now);
    let first = courses.iter().filter_map(|days| days.first()).min().expect("a day");
    assert_eq!(page["trend"][0]["month"], first.format("%Y-%m-01").to_string());
    assert_eq!(list(&page, "provinces").len(), 38);
    let regencies: i64 = list(&page, "provinces")
        .iter()
        .filter_map(|province| province["regencies"].as_i64())
        .sum();
    assert_eq!(regencies, 514);
    assert_eq!(page["plan"]["districts"], 111);
}

#[tokio::test]
async fn filters_narrow_everything() {
    let service = settled(Service::demo().await).await;
    let ministry = service.demo_client("pusat").await;
    let live = overview(&ministry, "?status=live").await;
    assert_eq!(codes(&live), ["33.10", "33.72", "35.04", "73.06", "73.71"]);
    assert_eq!(
        (&live["counts"]["live"], &live["counts"]["invited"]),
        (&json!(5), &json!(0))
    );
    let reached: Vec<&Value> = list(&live, "phases").iter().map(|phase| &phase["reached"]).collect();
    assert_eq!(reached[0], 5);
    assert_eq!(
        codes(&overview(&ministry, "?province=33&status=live").await),
        ["33.10", "33.72"]
    );
    assert_eq!(codes(&overview(&ministry, "?q=sikamaseang").await), ["73.06"]);
    assert_eq!(codes(&overview(&ministry, "?phase=decree").await), Vec::<&str>::new());
    let none = overview(&ministry, "?q=tidak-ada").await;
    assert_eq!((&none["as_of"], list(&none, "trend").len()), (&Value::Null, 0));
    let mut database = service.database.superuser().await;
    let idle = "UPDATE readiness_summary SET last_progress_on = current_date \
                - CASE WHEN district_id IN (7302, 7306) THEN 100 ELSE 50 END";
    database.execute(idle).await.expect("idle");
    // A live district that changes nothing is not stuck.
    assert_eq!(codes(&overview(&ministry, "?stuck_days=90").await), ["73.02"]);
    database
        .execute("UPDATE readiness_summary SET expired = 1 WHERE district_id = 3310")
        .await
        .expect("expired");
    assert_eq!(codes(&overview(&ministry, "?expiring=true").await), ["33.10"]);
    for (query, field, code) in [
        ("?phase=sk", "phase", "not_in_list"),
        ("?status=archived", "status", "not_in_list"),
        ("?stuck_days=0", "stuck_days", "out_of_range"),
    ] {
        let answer = ministry.get(&format!("{OVERVIEW}{query}")).await;
        answer.expect_field(field, code);
    }
    let suspended = "UPDATE district SET status = 'suspended' WHERE code = '73.06'";
    database.execute(suspended).await.expect("suspended");
    assert_eq!(codes(&overview(&ministry, "?status=suspended").await), ["73.06"]);
}

#[tokio::test]
async fn a_province_sees_its_own() {
    let service = settled(Service::full_demo().await).await;
    let jateng = service.demo_client("jateng").await;
    for query in ["", "?province=73", "?q=a"] {
        let answer = jateng.get(&format!("{OVERVIEW}{query}")).await.expect(200);
        assert!(
            codes(&answer.json).iter().all(|code| code.starts_with("33.")),
            "{}",
            answer.text
        );
        assert_eq!(
            (list(&answer.json, "provinces").len(), &answer.json["plan"]),
            (1, &Value::Null)
        );
        assert!(
            !answer.text.contains("Sulawesi") && !answer.text.contains("Gowa"),
            "{}",
            answer.text
        );
    }
    assert!(
        codes(&overview(&jateng, "").await).len() > 2,
        "invited districts are among them"
    );
    let member = service.demo_client("admin.gowa").await;
    member.get(OVERVIEW).await.expect_problem(403, "forbidden");
}

/// What the service cannot show by mistake: its database role sees no row beyond reach.
#[tokio::test]
async fn the_database_hides_what_lies_beyond_reach() {
    let service = settled(Service::full_demo().await).await;
    let mut role = PgConnection::connect(&service.database.app_url()).await.expect("role");
    let visible = [
        ("district", "code"),
        ("district_invitation", "code"),
        ("readiness_summary", "lpad(district_id::text, 4, '0')"),
        ("registration", "district_code"),
    ];
    for (provinces, expected) in [("33", Some("33")), ("", None), ("*", Some(""))] {
        for (table, code) in visible {
            let mut tx = role.begin().await.expect("begin");
            let open = format!("SET LOCAL app.scope = 'oversight'; SET LOCAL app.provinces = '{provinces}'");
            tx.execute(sqlx::AssertSqlSafe(open)).await.expect("open");
            let sql = format!("SELECT {code} FROM {table}");
            let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_all(&mut *tx)
                .await
                .expect(table);
            assert_eq!(rows.is_empty(), expected.is_none(), "{table} for {provinces:?}");
            let within = |code: &String| expected.is_some_and(|start| code.starts_with(start));
            assert!(rows.iter().all(within), "{table} for {provinces:?}: {rows:?}");
        }
    }
    for table in ["evidence", "setup_record", "audit_event"] {
        let mut tx = role.begin().await.expect("begin");
        tx.execute("SET LOCAL app.scope = 'oversight'; SET LOCAL app.provinces = '*'")
            .await
            .expect("open");
        let sql = format!("SELECT count(*) FROM {table}");
        let refused = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *tx).await;
        assert!(refused.is_err(), "{table} answers oversight");
    }
}

#[tokio::test]
async fn asking_again_costs_little() {
    let service = settled(Service::demo().await).await;
    let ministry = service.demo_client("pusat").await;
    let ask = |tag: String| {
        let request = ministry
            .request(reqwest::Method::GET, OVERVIEW)
            .header("if-none-match", tag);
        async move { send(request).await }
    };
    let first = ministry.get(OVERVIEW).await.expect(200);
    assert_eq!(first.header("cache-control"), "private, no-cache");
    assert!(
        first.header("vary").to_lowercase().contains("authorization"),
        "{:?}",
        first.headers
    );
    let again = ask(first.etag()).await.expect(304);
    assert_eq!((again.text.as_str(), again.etag()), ("", first.etag()));
    ask(format!("\"other\", W/{}", first.etag())).await.expect(304);
    let other = service.demo_client("sulsel").await.get(OVERVIEW).await.expect(200);
    assert_ne!(other.etag(), first.etag());
    let district = service.demo_client("admin.gowa").await;
    let path = "/api/v1/districts/73.06/setup/service-range/services";
    district
        .post(path, json!({ "content": { "name": "Layanan contoh" } }))
        .await
        .expect(201);
    let changed = ask(first.etag()).await.expect(200);
    assert_ne!(changed.etag(), first.etag());
    assert!(changed.json["as_of"].as_str() > first.json["as_of"].as_str());
}

async fn official(service: &Service, role: &str) -> Client {
    let mut database = service.database.superuser().await;
    let email = format!("{}@uji.example", role.replace('_', "-"));
    let id = people::account(&mut database, &email).await;
    people::membership(&mut database, id, "nation", None, None, role).await;
    let mut client = service.anonymous();
    client.login(&email, DEMO_PASSWORD).await;
    client
}

#[tokio::test]
async fn the_plan_is_the_administrators() {
    let service = settled(Service::demo().await).await;
    let admin = official(&service, "nation_admin").await;
    let plan: Answer = admin.get(PLAN).await.expect(200);
    assert_eq!(plan.json["districts"], 111);
    let new = json!({ "districts": 150, "source": "Surat contoh", "announced_on": "2020-01-02" });
    let changed = admin.put(PLAN, &plan.etag(), new.clone()).await.expect(200);
    assert_eq!(changed.json, new);
    assert_eq!(overview(&admin, "").await["plan"], new);
    admin
        .put(PLAN, &plan.etag(), new.clone())
        .await
        .expect_problem(412, "stale");
    for (field, value, code) in [
        ("districts", json!(0), "out_of_range"),
        ("districts", json!(10_000), "out_of_range"),
        ("source", json!(" "), "required"),
    ] {
        let mut bad = new.clone();
        bad[field] = value;
        admin.put(PLAN, &changed.etag(), bad).await.expect_field(field, code);
    }
    let reviewer = official(&service, "nation_reviewer").await;
    reviewer
        .put(PLAN, &changed.etag(), new)
        .await
        .expect_problem(403, "forbidden");
    let mut database = service.database.superuser().await;
    let events: i64 = sqlx::query_scalar("SELECT count(*) FROM system_audit_event WHERE entity = 'replication_plan'")
        .fetch_one(&mut database)
        .await
        .expect("events");
    assert_eq!(events, 1);
}
