//! Accounts with exactly the rights that a test needs, put straight into the database.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Client, DEMO_PASSWORD, Service};

/// An account without any membership; its password is the demo's.
pub async fn account(database: &mut PgConnection, email: &str) -> Uuid {
    let id = Uuid::now_v7();
    let hash = satupintu::auth::password::hash_now(DEMO_PASSWORD).expect("hash");
    sqlx::query("INSERT INTO account (id, email, name, email_confirmed_at) VALUES ($1, $2, 'Contoh Orang Uji', now())")
        .bind(id)
        .bind(email)
        .execute(&mut *database)
        .await
        .expect("account");
    sqlx::query("INSERT INTO account_credential (account_id, password_hash) VALUES ($1, $2)")
        .bind(id)
        .bind(hash)
        .execute(database)
        .await
        .expect("credential");
    id
}

/// Makes an account a member of a district with an own role of these permissions.
pub async fn district_role(database: &mut PgConnection, account: Uuid, district: i32, permissions: &[&str]) {
    let key = format!("uji_{}", Uuid::now_v7().simple());
    sqlx::query(
        "INSERT INTO district_role (district_id, id, key, name, permissions) VALUES ($1, $2, $3, 'Peran uji', $4)",
    )
    .bind(district)
    .bind(Uuid::now_v7())
    .bind(&key)
    .bind(permissions)
    .execute(&mut *database)
    .await
    .expect("role");
    membership(database, account, "district", Some(district), None, &key).await;
}

/// Gives an account a role.
pub async fn membership(
    database: &mut PgConnection,
    account: Uuid,
    scope: &str,
    district: Option<i32>,
    province: Option<&str>,
    role_key: &str,
) {
    sqlx::query(
        "INSERT INTO membership (id, account_id, scope, district_id, province_code, role_key) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(Uuid::now_v7())
    .bind(account)
    .bind(scope)
    .bind(district)
    .bind(province)
    .bind(role_key)
    .execute(database)
    .await
    .expect("membership");
}

/// A signed-in member of a district with exactly these permissions.
pub async fn member_with(service: &Service, district: i32, permissions: &[&str]) -> Client {
    let mut database = service.database.superuser().await;
    let email = format!("uji-{}@uji.example", Uuid::now_v7().simple());
    let account = account(&mut database, &email).await;
    district_role(&mut database, account, district, permissions).await;
    let mut client = service.anonymous();
    client.login(&email, DEMO_PASSWORD).await;
    client
}
