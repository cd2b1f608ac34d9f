//! The audit trail and its chain.

use satupintu::{audit::verify::verify_all, db::Db};
use satupintu_tests::Service;
use serde_json::json;

async fn broken(service: &Service) -> Vec<(String, i64, &'static str)> {
    let db = Db::lazy(&service.database.app_url(), 1).expect("url");
    let reports = verify_all(&db).await.expect("verify");
    reports
        .into_iter()
        .filter_map(|report| report.broken_at.map(|(link, why)| (report.chain, link, why)))
        .collect()
}

async fn some_changes(service: &Service) {
    let admin = service.demo_client("admin.gowa").await;
    for number in 1..=5 {
        let key = format!("peran_{number}");
        let body = json!({ "key": key, "name": "Peran \"é\" uji", "permissions": ["district.read"] });
        admin.post("/api/v1/districts/73.06/roles", body).await.expect(201);
    }
}

#[tokio::test]
async fn changes_are_recorded_with_who_and_what() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let district = admin.get("/api/v1/districts/73.06").await.expect(200);
    let body = json!({ "hotline": "0411-123456" });
    admin
        .patch("/api/v1/districts/73.06", &district.etag(), body)
        .await
        .expect(200);
    let events = admin
        .get("/api/v1/districts/73.06/audit-events?entity=district")
        .await
        .expect(200);
    let event = &events.items()[0];
    assert_eq!(event["action"], "update");
    assert_eq!(event["actor_name"], "Contoh Koordinator (admin daerah) Gowa");
    assert_eq!(event["before"]["hotline"], "");
    assert_eq!(event["after"]["hotline"], "+62411123456");
    assert_eq!(event["ip"], "127.0.0.1");

    // Found by who and when, too; and not by another or at another time.
    let actor = event["actor_id"].as_str().expect("account");
    let at = event["at"].as_str().expect("time").replace('+', "%2B");
    for (filter, found) in [
        (format!("actor_id={actor}&from={at}"), true),
        (format!("until={at}"), false),
        (format!("actor_id={}", uuid::Uuid::nil()), false),
    ] {
        let path = format!("/api/v1/districts/73.06/audit-events?entity=district&{filter}");
        assert_eq!(
            admin.get(&path).await.expect(200).items().is_empty(),
            !found,
            "{filter}"
        );
    }
    let others = service
        .demo_client("admin.bulukumba")
        .await
        .get("/api/v1/districts/73.02/audit-events")
        .await
        .expect(200);
    assert!(others.items().is_empty());
}

#[tokio::test]
async fn an_intact_chain_verifies() {
    let service = Service::demo().await;
    some_changes(&service).await;
    assert_eq!(broken(&service).await, []);
}

#[tokio::test]
async fn tampering_is_found() {
    let service = Service::demo().await;
    some_changes(&service).await;
    let mut db = service.database.superuser().await;
    let cases = [
        (
            "UPDATE audit_event SET actor_name = 'Orang lain' WHERE district_id = 7306 AND id = 2",
            2,
            "altered",
        ),
        (
            "UPDATE audit_event SET after = after || '{\"name\": \"x\"}' WHERE district_id = 7306 AND id = 4",
            4,
            "altered",
        ),
        (
            "UPDATE audit_event SET at = at + interval '1 microsecond' WHERE district_id = 7306 AND id = 5",
            5,
            "altered",
        ),
        (
            "DELETE FROM audit_event WHERE district_id = 7306 AND id = 3",
            3,
            "missing",
        ),
        (
            "DELETE FROM audit_event WHERE district_id = 7306 AND id = 1",
            1,
            "missing",
        ),
    ];
    for (sql, link, why) in cases {
        sqlx::raw_sql("CREATE TABLE keep AS TABLE audit_event")
            .execute(&mut db)
            .await
            .expect("keep");
        sqlx::raw_sql(sql).execute(&mut db).await.expect("tamper");
        assert_eq!(broken(&service).await, [("73.06".to_owned(), link, why)], "{sql}");
        sqlx::raw_sql("DELETE FROM audit_event; INSERT INTO audit_event TABLE keep; DROP TABLE keep")
            .execute(&mut db)
            .await
            .expect("restore");
    }
    assert_eq!(broken(&service).await, []);
    sqlx::raw_sql("UPDATE system_audit_event SET ip = '10.0.0.1' WHERE id = 1")
        .execute(&mut db)
        .await
        .expect("tamper");
    assert_eq!(broken(&service).await, [("nasional".to_owned(), 1, "altered")]);
}

#[tokio::test]
async fn writers_of_one_district_make_one_chain() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let writes = (0..20).map(|number| {
        let admin = admin.clone();
        tokio::spawn(async move {
            let body = json!({ "key": format!("peran_{number}"), "name": "Uji", "permissions": ["district.read"] });
            admin.post("/api/v1/districts/73.06/roles", body).await.expect(201);
        })
    });
    for write in writes.collect::<Vec<_>>() {
        write.await.expect("write");
    }
    assert_eq!(broken(&service).await, []);
    let events = admin.get("/api/v1/districts/73.06/audit-events").await.expect(200);
    let ids: Vec<_> = events.items().iter().filter_map(|event| event["id"].as_i64()).collect();
    assert_eq!(ids, (1..=20).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn verify_names_every_broken_chain_and_where() {
    let service = Service::demo().await;
    some_changes(&service).await;
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let body = json!({ "key": "peran", "name": "Peran uji", "permissions": ["district.read"] });
    bulukumba.post("/api/v1/districts/73.02/roles", body).await.expect(201);
    let mut db = service.database.superuser().await;
    sqlx::raw_sql(
        "UPDATE audit_event SET ip = 'x' WHERE district_id = 7302 AND id = 1; \
         DELETE FROM audit_event WHERE district_id = 7306 AND id = 3; \
         UPDATE system_audit_event SET ip = 'x' WHERE id = 2",
    )
    .execute(&mut db)
    .await
    .expect("tamper");
    let output = std::process::Command::new(satupintu_tests::process::binary())
        .args(["audit", "verify", "--data-dir"])
        .arg(service.data_dir())
        .env("DATABASE_URL", service.database.app_url())
        .output()
        .expect("the command runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let broken: Vec<&str> = said.lines().filter(|line| line.contains("BROKEN")).collect();
    assert_eq!(
        broken,
        [
            "nasional 1 events BROKEN at 2: altered",
            "73.02 0 events BROKEN at 1: altered",
            "73.06 2 events BROKEN at 3: missing"
        ]
    );
    assert!(said.lines().count() > broken.len(), "the others are told too: {said}");
}

/// What happens outside districts is for the ministry's admin alone.
#[tokio::test]
async fn the_installations_trail_is_read_by_the_ministrys_admin() {
    const TRAIL: &str = "/api/v1/oversight/audit-events";
    let service = Service::demo().await;
    for person in ["peksos.gowa", "data.gowa", "admin.bulukumba"] {
        service.demo_client(person).await;
    }
    let ministry = service.demo_client("pusat").await;
    let first = ministry.get(&format!("{TRAIL}?limit=2")).await.expect(200);
    assert_eq!(first.items().len(), 2);
    let newest = &first.items()[0];
    assert_eq!(
        (&newest["action"], &newest["entity"]),
        (&json!("sign_in"), &json!("account"))
    );
    assert_eq!(newest["actor_id"], newest["entity_id"], "who signed in has a name");
    let cursor = first.json["next_cursor"].as_str().expect("more");
    let next = ministry
        .get(&format!("{TRAIL}?limit=2&cursor={cursor}"))
        .await
        .expect(200);
    let ids = |page: &satupintu_tests::Answer| -> Vec<i64> {
        page.items().iter().filter_map(|event| event["id"].as_i64()).collect()
    };
    assert_eq!(ids(&first)[1] - 1, ids(&next)[0]);
    let account = newest["entity_id"].as_str().expect("account");
    let at = newest["at"].as_str().expect("time").replace('+', "%2B");
    for (filter, found) in [
        (format!("entity=account&entity_id={account}&from={at}"), true),
        ("entity=sop".to_owned(), false),
        (format!("entity_id={account}&until={at}"), false),
    ] {
        let page = ministry.get(&format!("{TRAIL}?{filter}")).await.expect(200);
        assert_eq!(!page.items().is_empty(), found, "{filter}");
    }
    for other in ["sulsel", "admin.gowa"] {
        let client = service.demo_client(other).await;
        client.get(TRAIL).await.expect_problem(403, "forbidden");
    }
}
