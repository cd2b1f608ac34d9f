//! The database as the last wall: what the service's role can and cannot do, whatever the service asks.

use satupintu_tests::{cluster::Content, cluster::TestDatabase};
use sqlx::{Executor, PgConnection};

async fn count(db: &mut PgConnection, sql: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned()))
        .fetch_one(db)
        .await
}

async fn in_district(db: &mut PgConnection, district: i32) {
    db.execute(sqlx::AssertSqlSafe(format!(
        "BEGIN; SET LOCAL app.district_id = '{district}'"
    )))
    .await
    .expect("begin");
}

const ROLE: &str = "INSERT INTO district_role (district_id, id, key, name, permissions) VALUES";

#[tokio::test]
async fn without_a_tenant_there_are_no_rows_but_an_error() {
    let database = TestDatabase::create(Content::Demo).await;
    let mut db = database.app().await;
    assert!(count(&mut db, "SELECT count(*) FROM audit_event").await.is_err());
    // After a transaction that had one, the setting is empty, not gone.
    in_district(&mut db, 7306).await;
    db.execute("COMMIT").await.expect("commit");
    assert!(count(&mut db, "SELECT count(*) FROM audit_event").await.is_err());
    assert_eq!(count(&mut db, "SELECT count(*) FROM account").await.expect("hidden"), 0);
    assert_eq!(
        count(&mut db, "SELECT count(*) FROM membership").await.expect("hidden"),
        0
    );
    assert_eq!(
        count(&mut db, "SELECT count(*) FROM account_credential")
            .await
            .expect("hidden"),
        0
    );
}

#[tokio::test]
async fn a_district_sees_itself_only() {
    let database = TestDatabase::create(Content::Demo).await;
    let mut owner = database.superuser().await;
    for district in [7306, 7302] {
        let sql = format!("{ROLE} ({district}, gen_random_uuid(), 'uji', 'Uji', '{{}}')");
        owner.execute(sqlx::AssertSqlSafe(sql)).await.expect("role");
    }
    let mut db = database.app().await;
    in_district(&mut db, 7306).await;
    assert_eq!(
        count(&mut db, "SELECT count(*) FROM district_role").await.expect("own"),
        1
    );
    assert_eq!(
        count(&mut db, "SELECT count(*) FROM district_role WHERE district_id = 7302")
            .await
            .expect("other"),
        0
    );
    let own = "SELECT count(*) FROM membership WHERE district_id IS DISTINCT FROM 7306";
    assert_eq!(count(&mut db, own).await.expect("members"), 0);
    assert!(
        count(&mut db, "SELECT count(*) FROM account")
            .await
            .expect("fellow members")
            > 0
    );
    let strangers = "SELECT count(*) FROM account WHERE email LIKE '%bulukumba%' OR email LIKE 'pusat%'";
    assert_eq!(count(&mut db, strangers).await.expect("strangers"), 0);
    assert_eq!(
        count(&mut db, "SELECT count(*) FROM session").await.expect("sessions"),
        0
    );
    let updated = db
        .execute("UPDATE district_role SET name = 'x' WHERE district_id = 7302")
        .await
        .expect("update");
    assert_eq!(updated.rows_affected(), 0);
    let updated = db
        .execute("UPDATE district SET unit_name = 'x' WHERE id = 7302")
        .await
        .expect("update");
    assert_eq!(updated.rows_affected(), 0);
    let moved = db
        .execute("UPDATE district_role SET district_id = 7302")
        .await
        .expect_err("moving a row away");
    assert_eq!(
        moved
            .as_database_error()
            .and_then(|error| error.code().map(|code| code.into_owned()))
            .as_deref(),
        Some("42501")
    );
}

#[tokio::test]
async fn a_district_cannot_write_into_another() {
    let database = TestDatabase::create(Content::Demo).await;
    let mut db = database.app().await;
    in_district(&mut db, 7306).await;
    let sql = format!("{ROLE} (7302, gen_random_uuid(), 'uji', 'Uji', '{{}}')");
    let error = db.execute(sqlx::AssertSqlSafe(sql)).await.expect_err("refused");
    assert_eq!(
        error
            .as_database_error()
            .and_then(|error| error.code().map(|code| code.into_owned()))
            .as_deref(),
        Some("42501")
    );
}

#[tokio::test]
async fn the_service_cannot_change_history_or_the_schema() {
    let database = TestDatabase::create(Content::Demo).await;
    let mut db = database.app().await;
    for sql in [
        "UPDATE audit_event SET action = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE system_audit_event SET action = 'x'",
        "DELETE FROM system_audit_event",
        "ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON audit_event",
        "CREATE TABLE mine (id integer)",
        "UPDATE region SET name = 'x'",
        "DELETE FROM account",
        "SET ROLE satupintu_owner",
    ] {
        in_district(&mut db, 7306).await;
        assert!(db.execute(sql).await.is_err(), "{sql}");
        db.execute("ROLLBACK").await.expect("rollback");
    }
}

#[tokio::test]
async fn a_role_that_row_level_security_does_not_hold_is_refused() {
    use satupintu::db::Db;
    let database = TestDatabase::create(Content::Demo).await;
    let powerless = Db::lazy(&database.app_url(), 1).expect("url");
    powerless.require_powerless().await.expect("the service's own role");
    let owner = Db::lazy(&database.owner_url(), 1).expect("url");
    let refused = owner.require_powerless().await.expect_err("owns the tables");
    assert!(refused.to_string().contains("DATABASE_OWNER_URL"), "{refused}");
}
