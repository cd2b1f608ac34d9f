//! How the national standard comes into the database.

use migration::MigrationError;
use satupintu::{
    db::{Db, embedded::APP_ROLE},
    readiness::{ComponentKind, refresh_due},
};
use satupintu_tests::{
    Service,
    cluster::{Content, TestDatabase},
};

async fn loaded_at(database: &TestDatabase) -> String {
    sqlx::query_scalar("SELECT loaded_at::text FROM standard_version WHERE version = '1.0'")
        .fetch_one(&mut database.superuser().await)
        .await
        .expect("1.0 is loaded")
}

async fn change(database: &TestDatabase, sql: &'static str) {
    sqlx::raw_sql(sql)
        .execute(&mut database.superuser().await)
        .await
        .expect("changed");
}

#[tokio::test]
async fn a_version_is_loaded_once_and_an_adopted_one_never_rewritten() {
    let database = TestDatabase::create(Content::Empty).await;
    let apply = || async { migration::apply(&database.owner_url(), APP_ROLE).await };
    let first = loaded_at(&database).await;
    apply().await.expect("again");
    assert_eq!(loaded_at(&database).await, first);

    // A proposal whose file has changed is replaced.
    change(
        &database,
        "UPDATE standard_version SET fingerprint = 'older', content = '{}'",
    )
    .await;
    apply().await.expect("replaced");
    assert_ne!(loaded_at(&database).await, first);
    let components: i32 =
        sqlx::query_scalar("SELECT jsonb_array_length(content -> 'components') FROM standard_version")
            .fetch_one(&mut database.superuser().await)
            .await
            .expect("content");
    assert_eq!(usize::try_from(components), Ok(ComponentKind::ALL.len()));

    // What was adopted stays as it was adopted.
    change(
        &database,
        "UPDATE standard_version SET fingerprint = 'adopted', status = 'adopted'",
    )
    .await;
    let refused = apply().await.expect_err("refused");
    assert!(matches!(refused, MigrationError::Standards(_)), "{refused}");
}

/// How many summaries were made by that version.
async fn measured_by(database: &TestDatabase, version: &str) -> usize {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM readiness_summary WHERE standard_version = $1")
        .bind(version)
        .fetch_one(&mut database.superuser().await)
        .await
        .expect("summaries");
    usize::try_from(count).expect("a count")
}

#[tokio::test]
async fn a_new_standard_renews_the_summaries_at_once() {
    let service = Service::demo().await;
    let database = &service.database;
    let db = Db::lazy(&database.app_url(), 1).expect("url");
    refresh_due(&db).await.expect("refreshed");
    let districts = measured_by(database, "1.0").await;
    assert!(districts > 1);
    assert_eq!(refresh_due(&db).await.expect("refreshed"), 0);

    // One that takes effect later changes nothing yet.
    change(
        database,
        "INSERT INTO standard_version (version, status, effective_from, content, fingerprint) \
         SELECT '1.1', status, (now() + interval '2 days')::date, jsonb_set(content, '{version}', '\"1.1\"'), 'new' \
         FROM standard_version",
    )
    .await;
    assert_eq!(refresh_due(&db).await.expect("refreshed"), 0);
    change(
        database,
        "UPDATE standard_version SET effective_from = (now() - interval '2 days')::date WHERE version = '1.1'",
    )
    .await;
    assert_eq!(refresh_due(&db).await.expect("refreshed"), districts);
    assert_eq!(measured_by(database, "1.1").await, districts);
    assert_eq!(refresh_due(&db).await.expect("refreshed"), 0);

    // A proposal whose file was corrected keeps its version.
    change(
        database,
        "UPDATE standard_version SET fingerprint = 'corrected', loaded_at = now() WHERE version = '1.1'",
    )
    .await;
    assert_eq!(refresh_due(&db).await.expect("refreshed"), districts);
    assert_eq!(refresh_due(&db).await.expect("refreshed"), 0);
}
