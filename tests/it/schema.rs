//! Every table of the database against the rules that all tables keep.

use migration::table_class::TableClass;
use satupintu_tests::cluster::{Content, TestDatabase};
use sqlx::{PgConnection, Row};

struct Table {
    name: String,
    class: TableClass,
}

/// The migrations' own bookkeeping.
const NOT_OURS: &[&str] = &["seaql_migrations"];

/// Tenant tables whose key is not (district_id, id), and why.
const OTHER_KEYS: &[(&str, &str)] = &[("membership", "province and nation memberships have no district")];

async fn tables(database: &mut PgConnection) -> Vec<Table> {
    let rows = sqlx::query(
        "SELECT c.relname::text AS name, obj_description(c.oid, 'pg_class') AS comment FROM pg_class c \
         JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')",
    )
    .fetch_all(database)
    .await
    .expect("tables");
    let mut tables = Vec::new();
    for row in rows {
        let name: String = row.get("name");
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let comment: Option<String> = row.get("comment");
        let class = comment
            .as_deref()
            .and_then(|comment| comment.split(':').next())
            .and_then(TableClass::parse);
        tables.push(Table {
            class: class.unwrap_or_else(|| panic!("{name} has no class: call classify")),
            name,
        });
    }
    assert!(tables.len() > 15);
    tables
}

async fn strings(database: &mut PgConnection, sql: &str, table: &str) -> Vec<String> {
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned()))
        .bind(table)
        .fetch_all(database)
        .await
        .expect("catalogue")
}

#[tokio::test]
async fn tenant_tables_are_walled() {
    let database = TestDatabase::create(Content::Empty).await;
    let mut db = database.superuser().await;
    for table in tables(&mut db).await {
        if table.class == TableClass::Reference {
            continue;
        }
        let name = &table.name;
        let forced: bool =
            sqlx::query_scalar("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = $1::regclass")
                .bind(name)
                .fetch_one(&mut db)
                .await
                .expect("flags");
        assert!(forced, "{name} does not force row level security");
        let open = strings(
            &mut db,
            "SELECT policyname::text FROM pg_policies WHERE schemaname = 'public' AND tablename = $1 AND cmd = 'ALL' AND (qual IS NULL OR with_check IS NULL)",
            name,
        )
        .await;
        assert_eq!(
            open,
            Vec::<String>::new(),
            "policies of {name} without USING or WITH CHECK"
        );
        let count = strings(
            &mut db,
            "SELECT policyname::text FROM pg_policies WHERE tablename = $1",
            name,
        )
        .await
        .len();
        assert!(count > 0, "{name} has no policy");
    }
}

#[tokio::test]
async fn tenant_tables_carry_the_district_in_every_key() {
    let database = TestDatabase::create(Content::Empty).await;
    let mut db = database.superuser().await;
    for table in tables(&mut db).await.iter().filter(|table| table.class.is_tenant()) {
        let name = &table.name;
        if OTHER_KEYS.iter().any(|(other, _)| other == name) {
            continue;
        }
        let primary = strings(
            &mut db,
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'p'",
            name,
        )
        .await;
        assert_eq!(primary, ["PRIMARY KEY (district_id, id)"], "{name}");
        let unique = strings(
            &mut db,
            "SELECT indexdef FROM pg_indexes WHERE tablename = $1 AND indexdef LIKE 'CREATE UNIQUE%'",
            name,
        )
        .await;
        for index in unique {
            assert!(index.contains("(district_id"), "unique across districts: {index}");
        }
        let foreign = strings(
            &mut db,
            "SELECT c.confrelid::regclass || ' ' || pg_get_constraintdef(c.oid) || ' ' || coalesce(obj_description(c.confrelid, 'pg_class'), '') \
             FROM pg_constraint c WHERE conrelid = $1::regclass AND contype = 'f'",
            name,
        )
        .await;
        for key in foreign {
            let to_tenant = key.rsplit(") ").next().is_some_and(|rest| rest.starts_with("tenant"));
            assert!(
                !to_tenant || key.matches("district_id").count() >= 2,
                "{name} can point into another district: {key}"
            );
            assert!(!key.contains("SET NULL"), "{name}: {key}");
        }
        let triggers = strings(
            &mut db,
            "SELECT tgname::text FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal",
            name,
        )
        .await;
        assert_eq!(triggers, Vec::<String>::new(), "{name} has triggers");
    }
}

#[tokio::test]
async fn the_service_role_is_powerless() {
    let database = TestDatabase::create(Content::Empty).await;
    let mut db = database.superuser().await;
    let mighty: bool = sqlx::query_scalar(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'satupintu_app'",
    )
    .fetch_one(&mut db)
    .await
    .expect("role");
    assert!(!mighty);
    let owned: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_class WHERE relowner = 'satupintu_app'::regrole")
        .fetch_one(&mut db)
        .await
        .expect("owned");
    assert_eq!(owned, 0);
    for table in tables(&mut db).await {
        let granted: Vec<String> = strings(
            &mut db,
            "SELECT privilege_type::text FROM information_schema.role_table_grants WHERE grantee = 'satupintu_app' AND table_name = $1",
            &table.name,
        )
        .await;
        let mut allowed: Vec<&str> = table.class.grants().split(", ").collect();
        let mut granted: Vec<&str> = granted.iter().map(String::as_str).collect();
        allowed.sort_unstable();
        granted.sort_unstable();
        assert_eq!(granted, allowed, "{}", table.name);
    }
}

#[tokio::test]
async fn entities_and_tables_agree() {
    let database = TestDatabase::create(Content::Empty).await;
    let mut db = database.superuser().await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../entity/src");
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).expect("entities").flatten() {
        let source = std::fs::read_to_string(entry.path()).expect("source");
        let Some(table) = source
            .split("table_name = \"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
        else {
            continue;
        };
        let model = source
            .split("pub struct Model {")
            .nth(1)
            .and_then(|rest| rest.split("\n}").next())
            .expect("model");
        let mut fields: Vec<String> = model
            .lines()
            .filter_map(|line| line.trim().strip_prefix("pub ")?.split(':').next().map(str::to_owned))
            .collect();
        let mut columns = strings(
            &mut db,
            "SELECT attname::text FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped",
            table,
        )
        .await;
        fields.sort();
        columns.sort();
        assert_eq!(fields, columns, "{table}");
        checked += 1;
    }
    assert!(checked > 10);
}
