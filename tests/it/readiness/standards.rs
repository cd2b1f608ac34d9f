//! How the national standard comes into the database.

use migration::MigrationError;
use satupintu::db::embedded::APP_ROLE;
use satupintu_tests::cluster::{Content, TestDatabase};

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
    assert_eq!(components, 6);

    // What was adopted stays as it was adopted.
    change(
        &database,
        "UPDATE standard_version SET fingerprint = 'adopted', status = 'adopted'",
    )
    .await;
    let refused = apply().await.expect_err("refused");
    assert!(matches!(refused, MigrationError::Standards(_)), "{refused}");
}
