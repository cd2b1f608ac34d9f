//! Made-up districts beside the demo's: the same ones each time, plainly made up, with figures that hold.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use satupintu::{
    audit::verify::verify_all,
    demo::generate::{Made, generate},
    readiness::rebuild::rebuild,
};
use satupintu_tests::{Service, cluster::Content, people};
use serde_json::{Value, json};

async fn grow(service: &Service, districts: u64, seed: u64) -> anyhow::Result<Made> {
    let (db, shared) = service.job_parts().await;
    generate(&db, &shared.files, &shared.package_keys, districts, seed).await
}

/// The districts as the ministry sees them, without the time of writing.
async fn districts(service: &Service) -> Vec<Value> {
    let ministry = service.demo_client("pusat").await;
    let page = ministry.get("/api/v1/oversight/overview").await.expect(200).json;
    page["districts"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn the_same_seed_makes_the_same_districts_and_a_broken_run_is_taken_up() {
    let (one, two) = (
        Service::start(Content::FullDemo, &["--demo"]).await,
        Service::full_demo().await,
    );
    let made = grow(&one, 16, 7).await.expect("generated");
    assert_eq!((made.districts, made.added), (16, 7));
    for (upto, added) in [(11, 2), (16, 5), (16, 0), (3, 0)] {
        let made = grow(&two, upto, 7).await.expect("generated");
        assert_eq!(made.added, added, "up to {upto}");
    }
    let (first, second) = (districts(&one).await, districts(&two).await);
    assert_eq!(first, second);
    // 16 tenants, and those of the five invited that are none yet.
    let tenants = first.iter().filter(|district| district["status"] != "invited").count();
    assert_eq!(tenants, 16);
    let other = Service::full_demo().await;
    grow(&other, 16, 8).await.expect("generated");
    assert_ne!(districts(&other).await, first);

    // What is kept is what the rows give, and the trail is whole.
    let (db, _) = two.job_parts().await;
    let rebuilt = rebuild(&db).await.expect("rebuild");
    assert_eq!((rebuilt.districts, rebuilt.differed, rebuilt.failed), (16, vec![], 0));
    let chains = verify_all(&db).await.expect("chains");
    assert!(chains.len() >= 16 && chains.iter().all(|chain| chain.broken_at.is_none()));
}

#[tokio::test]
async fn made_up_districts_can_be_opened_and_their_people_are_plainly_made_up() {
    let service = Service::full_demo().await;
    grow(&service, 14, 3).await.expect("generated");
    let mut database = service.database.superuser().await;
    let names: Vec<String> = sqlx::query_scalar("SELECT name FROM account")
        .fetch_all(&mut database)
        .await
        .expect("accounts");
    assert!(names.iter().all(|name| name.starts_with("Contoh ")), "{names:?}");
    let made: Vec<String> = sqlx::query_scalar("SELECT code FROM district ORDER BY created_at")
        .fetch_all(&mut database)
        .await
        .expect("districts");
    let demo: BTreeSet<&str> = satupintu::demo::districts::DEMO_DISTRICTS
        .iter()
        .map(|district| district.code)
        .collect();
    let made: Vec<&String> = made.iter().filter(|code| !demo.contains(code.as_str())).collect();
    assert_eq!(made.len(), 5);
    for code in made {
        let admin = service.demo_client(&format!("admin.{}", code.replace('.', ""))).await;
        let report = admin
            .get(&format!("/api/v1/districts/{code}/readiness"))
            .await
            .expect(200)
            .json;
        let committed = report["phase"]["steps"][0]["reached_on"].as_str().expect("a day");
        assert!(committed.parse::<NaiveDate>().is_ok(), "{code}");
        let agencies = admin
            .get(&format!("/api/v1/districts/{code}/setup/institution/agencies"))
            .await;
        assert!(!agencies.expect(200).items().is_empty(), "{code}");
    }
}

#[tokio::test]
async fn nothing_is_made_beside_anything_real() {
    let service = Service::full_demo().await;
    let mut database = service.database.superuser().await;
    people::account(&mut database, "kepala@dinsos.example").await;
    let refused = grow(&service, 12, 1).await.expect_err("a real account");
    assert!(
        refused.to_string().contains("examples are not mixed with them"),
        "{refused}"
    );

    let service = Service::full_demo().await;
    let mut database = service.database.superuser().await;
    let real = "INSERT INTO district (id, code, name, province_code, province_name, unit_name, office_name, time_zone) \
                VALUES (1101, '11.01', 'Kabupaten Aceh Selatan', '11', 'Aceh', 'PKSAI', 'Dinas Sosial', 'Asia/Jakarta')";
    sqlx::query(real).execute(&mut database).await.expect("district");
    grow(&service, 12, 1).await.expect_err("a real district");
    let districts: i64 = sqlx::query_scalar("SELECT count(*) FROM district")
        .fetch_one(&mut database)
        .await
        .expect("count");
    assert_eq!(json!(districts), json!(10), "nothing was made");
}
