//! One's own account.

use satupintu_tests::{Answer, Client, DEMO_PASSWORD, Service, cluster::Content, people};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

const NEW_PASSWORD: &str = "perahu kecil di Tanjung Bira";

fn code(secret: &str, steps_ahead: i64) -> String {
    let secret = Secret::try_from_base32(secret).expect("base32");
    let totp = Builder::new().with_secret(secret).build().expect("totp");
    let then = chrono::Utc::now().timestamp() + 30 * steps_ahead;
    totp.generate(u64::try_from(then).expect("time")).to_string()
}

/// Waits until a code has just changed, unless it has: what follows is to happen while the same code is shown.
async fn while_a_code_is_shown() {
    const SHOWN: i64 = 30;
    const YOUNG: i64 = 8;
    let age = chrono::Utc::now().timestamp() % SHOWN;
    if age > YOUNG {
        let rest = u64::try_from(SHOWN - age).unwrap_or_default();
        tokio::time::sleep(std::time::Duration::from_secs(rest)).await;
    }
}

async fn set_up(client: &Client) -> (String, Vec<String>) {
    while_a_code_is_shown().await;
    let begin = async |password: &str| {
        client
            .post("/api/v1/me/second-factor", json!({ "password": password }))
            .await
    };
    begin("salah").await.expect_field("password", "wrong_password");
    let secret = begin(DEMO_PASSWORD).await.expect(200);
    let base32 = secret.json["secret"].as_str().expect("secret").to_owned();
    assert!(secret.json["otpauth_uri"].as_str().expect("uri").contains(&base32));
    client
        .post("/api/v1/me/second-factor/confirm", json!({ "code": "000000" }))
        .await
        .expect_field("code", "wrong_code");
    let confirmed = client
        .post("/api/v1/me/second-factor/confirm", json!({ "code": code(&base32, 0) }))
        .await
        .expect(200);
    let codes: Vec<String> = serde_json::from_value(confirmed.json["recovery_codes"].clone()).expect("codes");
    assert_eq!(codes.len(), 10);
    (base32, codes)
}

async fn login(service: &Service, email: &str, code: Option<&str>) -> Answer {
    let mut body = json!({ "email": email, "password": DEMO_PASSWORD });
    if let Some(code) = code {
        body["second_factor_code"] = Value::from(code);
    }
    service.anonymous().post("/api/v1/auth/login", body).await
}

#[tokio::test]
async fn me_shows_memberships_in_the_readers_language() {
    let service = Service::demo().await;
    let client = service.demo_client("peksos.gowa").await;
    let me = client.get("/api/v1/me").await.expect(200);
    assert_eq!(me.json["memberships"][0]["role_name"], "Pekerja sosial");
    assert_eq!(me.json["memberships"][0]["unit_name"], "PPKAI Sikamaseang");
    let province = service.demo_client("sulsel").await.get("/api/v1/me").await.expect(200);
    assert_eq!(
        province.json["memberships"][0]["area_name"],
        "Provinsi Sulawesi Selatan"
    );
}

#[tokio::test]
async fn name_and_language_are_changed_under_a_version() {
    let service = Service::demo().await;
    let client = service.demo_client("peksos.gowa").await;
    let me = client.get("/api/v1/me").await.expect(200);
    let changed = client
        .patch(
            "/api/v1/me",
            &me.etag(),
            json!({ "name": " Contoh  Nama Baru ", "locale": "en" }),
        )
        .await
        .expect(200);
    assert_eq!(changed.json["name"], "Contoh Nama Baru");
    client
        .patch("/api/v1/me", &me.etag(), json!({ "name": "Terlambat" }))
        .await
        .expect_problem(412, "stale");
    let missing = client.request(reqwest::Method::PATCH, "/api/v1/me").json(&json!({}));
    satupintu_tests::client::send(missing)
        .await
        .expect_problem(428, "precondition_required");
    client
        .patch("/api/v1/me", &changed.etag(), json!({ "name": "😀", "locale": "fr" }))
        .await
        .expect_field("locale", "not_in_list");
    client
        .patch("/api/v1/me", &changed.etag(), json!({ "nama": "x" }))
        .await
        .expect_field("nama", "unknown_field");
    let same = client
        .request(reqwest::Method::GET, "/api/v1/me")
        .header("if-none-match", changed.etag());
    satupintu_tests::client::send(same).await.expect(304);
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_each_code_works_once() {
    let service = Service::demo().await;
    let email = "peksos.gowa@demo.satupintu.example";
    let client = service.demo_client("peksos.gowa").await;
    let (secret, recovery) = set_up(&client).await;
    login(&service, email, None)
        .await
        .expect_problem(401, "second_factor_required");
    login(&service, email, Some("123"))
        .await
        .expect_problem(401, "second_factor_invalid");
    // The code that confirmed the set-up is used up.
    login(&service, email, Some(&code(&secret, 0)))
        .await
        .expect_problem(401, "second_factor_invalid");
    let mut db = service.database.superuser().await;
    sqlx::query("UPDATE account_credential SET totp_last_step = totp_last_step - 2")
        .execute(&mut db)
        .await
        .expect("time passes");
    // A code of the last half minute does not use up the one that is shown now; and the next one, of a phone whose
    // clock is fast, ends those before it.
    for (step, status) in [(-1, 200), (0, 200), (0, 401), (1, 200), (1, 401), (0, 401)] {
        login(&service, email, Some(&code(&secret, step))).await.expect(status);
    }
    login(&service, email, Some(&recovery[3].to_uppercase()))
        .await
        .expect(200);
    login(&service, email, Some(&recovery[3]))
        .await
        .expect_problem(401, "second_factor_invalid");
    client
        .post("/api/v1/me/second-factor", json!({ "password": DEMO_PASSWORD }))
        .await
        .expect_problem(409, "conflict");
}

/// Many known devices are no way to try many codes.
#[tokio::test]
async fn codes_are_counted_over_all_devices() {
    let service = Service::demo().await;
    let email = "peksos.gowa@demo.satupintu.example";
    let mut devices = Vec::new();
    for _ in 0..3 {
        devices.push(service.demo_client("peksos.gowa").await);
    }
    set_up(&devices[0]).await;
    let mut statuses = Vec::new();
    // No device has come to the end of its own count.
    for (device, tries) in devices.iter().zip([5, 5, 1]) {
        for _ in 0..tries {
            let body = json!({ "email": email, "password": DEMO_PASSWORD, "second_factor_code": "000000" });
            statuses.push(device.post("/api/v1/auth/login", body).await.status.as_u16());
        }
    }
    assert_eq!(statuses, [vec![401; 10], vec![429; 1]].concat());
    // A wrong password says nothing of codes.
    let client = service.anonymous();
    let body = json!({ "email": email, "password": "tebakan tebakan", "second_factor_code": "000000" });
    let wrong = client.post("/api/v1/auth/login", body).await;
    wrong.expect_problem(401, "invalid_credentials");
}

/// An open screen and a password are not the person: turning the second factor off asks for both factors.
#[tokio::test]
async fn the_second_factor_is_turned_off_with_both_factors() {
    let service = Service::demo().await;
    let email = "peksos.gowa@demo.satupintu.example";
    let client = service.demo_client("peksos.gowa").await;
    let (secret, recovery) = set_up(&client).await;
    let mut database = service.database.superuser().await;
    sqlx::query("UPDATE account_credential SET totp_last_step = totp_last_step - 2")
        .execute(&mut database)
        .await
        .expect("time passes");
    let disable = async |password: &str, code: &str| {
        let body = json!({ "password": password, "second_factor_code": code });
        client.post("/api/v1/me/second-factor/disable", body).await
    };
    client
        .post("/api/v1/me/second-factor/disable", json!({ "password": DEMO_PASSWORD }))
        .await
        .expect_problem(422, "invalid_input");
    disable("salah", &code(&secret, 0))
        .await
        .expect_field("password", "wrong_password");
    for wrong in ["", "000000", "aaaaa-aaaaa"] {
        disable(DEMO_PASSWORD, wrong)
            .await
            .expect_field("second_factor_code", "wrong_code");
    }
    login(&service, email, None)
        .await
        .expect_problem(401, "second_factor_required");
    // Guessing ends soon, by itself for a while, and for nobody but this account's sessions.
    for _ in 0..4 {
        disable(DEMO_PASSWORD, "000000")
            .await
            .expect_problem(422, "invalid_input");
    }
    disable(DEMO_PASSWORD, &code(&secret, 0))
        .await
        .expect_problem(429, "too_many_attempts");
    login(&service, email, Some(&code(&secret, 0))).await.expect(200);
    sqlx::query("UPDATE login_throttle SET blocked_until = NULL")
        .execute(&mut database)
        .await
        .expect("time passes");
    disable(DEMO_PASSWORD, &recovery[0]).await.expect(204);
    login(&service, email, None).await.expect(200);
}

#[tokio::test]
async fn guessing_the_current_password_is_slowed() {
    let service = Service::demo().await;
    let client = service.demo_client("peksos.gowa").await;
    let change = json!({ "current_password": "salah", "new_password": NEW_PASSWORD });
    for _ in 0..8 {
        client
            .post("/api/v1/me/password", change.clone())
            .await
            .expect_field("current_password", "wrong_password");
    }
    client
        .post("/api/v1/me/password", change)
        .await
        .expect_problem(429, "too_many_attempts");
}

#[tokio::test]
async fn outside_the_demo_coordinators_need_a_second_factor() {
    // The demo's people on a service with production rules.
    let service = Service::start(Content::Demo, &[]).await;
    let admin = service.demo_client("admin.gowa").await;
    admin
        .get("/api/v1/districts/73.06")
        .await
        .expect_problem(403, "second_factor_setup_required");
    // Neither does a province look into its districts without one.
    let province = service.demo_client("sulsel").await;
    for path in ["/api/v1/districts/73.06", "/api/v1/oversight/registrations"] {
        province
            .get(path)
            .await
            .expect_problem(403, "second_factor_setup_required");
    }
    let me = admin.get("/api/v1/me").await.expect(200);
    assert_eq!(me.json["second_factor"], json!({ "enabled": false, "required": true }));
    service
        .demo_client("peksos.gowa")
        .await
        .get("/api/v1/districts/73.06")
        .await
        .expect(200);
    // Somebody else who knew the password has a session, too; it ends when the second factor begins.
    let thief = service.demo_client("admin.gowa").await;
    set_up(&admin).await;
    admin.get("/api/v1/districts/73.06").await.expect(200);
    thief.get("/api/v1/me").await.expect_problem(401, "session_expired");
}

#[tokio::test]
async fn own_roles_with_the_coordinators_rights_need_a_second_factor_too() {
    let service = Service::start(Content::Demo, &[]).await;
    let gowa = 7306;
    let powerful = people::member_with(&service, gowa, &["district.read", "members.manage"]).await;
    powerful
        .get("/api/v1/districts/73.06")
        .await
        .expect_problem(403, "second_factor_setup_required");
    let writer = people::member_with(&service, gowa, &["district.read", "setup.write"]).await;
    writer.get("/api/v1/districts/73.06").await.expect(200);
}

#[tokio::test]
async fn changing_the_password_ends_other_sessions() {
    let service = Service::demo().await;
    let here = service.demo_client("peksos.gowa").await;
    let elsewhere = service.demo_client("peksos.gowa").await;
    let change = |current: &str| json!({ "current_password": current, "new_password": NEW_PASSWORD });
    here.post("/api/v1/me/password", change("salah"))
        .await
        .expect_field("current_password", "wrong_password");
    here.post("/api/v1/me/password", change(DEMO_PASSWORD))
        .await
        .expect(204);
    here.get("/api/v1/me").await.expect(200);
    elsewhere.get("/api/v1/me").await.expect_problem(401, "session_expired");
}

/// Whoever did it from an open screen cannot do it unseen.
#[tokio::test]
async fn the_owner_hears_of_what_was_done_to_the_account() {
    let (service, mail) = Service::demo_with_mail().await;
    let email = "peksos.gowa@demo.satupintu.example";
    let client = service.demo_client("peksos.gowa").await;
    let (_, recovery) = set_up(&client).await;
    let on = mail.wait_for(email, 1).await;
    assert!(on.text.contains("meminta kode keamanan"), "{}", on.text);
    let both = json!({ "password": DEMO_PASSWORD, "second_factor_code": recovery[0] });
    client.post("/api/v1/me/second-factor/disable", both).await.expect(204);
    let off = mail.wait_for(email, 2).await;
    assert!(off.text.contains("tidak lagi meminta"), "{}", off.text);
    assert!(off.text.contains("/lupa-sandi"), "{}", off.text);
    let change = json!({ "current_password": DEMO_PASSWORD, "new_password": NEW_PASSWORD });
    client.post("/api/v1/me/password", change).await.expect(204);
    let changed = mail.wait_for(email, 3).await;
    assert!(changed.text.contains("perangkat yang sedang masuk"), "{}", changed.text);
    let anybody = service.anonymous();
    anybody
        .post("/api/v1/auth/password-reset", json!({ "email": email }))
        .await
        .expect(202);
    let link = mail.wait_for(email, 4).await.token();
    let new = json!({ "token": link, "password": "kapal besar di Tanjung Bira" });
    anybody
        .post("/api/v1/auth/password-reset/confirm", new)
        .await
        .expect(204);
    let reset = mail.wait_for(email, 5).await;
    assert!(reset.text.contains("Lupa kata sandi"), "{}", reset.text);
}

#[tokio::test]
async fn sessions_are_listed_and_revoked() {
    let service = Service::demo().await;
    let here = service.demo_client("peksos.gowa").await;
    let elsewhere = service.demo_client("peksos.gowa").await;
    let sessions = here.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(sessions.items().len(), 2);
    let other = sessions
        .items()
        .iter()
        .find(|session| session["current"] == false)
        .expect("other")["id"]
        .clone();
    let path = format!("/api/v1/me/sessions/{}", other.as_str().expect("id"));
    service
        .demo_client("admin.gowa")
        .await
        .delete(&path, "")
        .await
        .expect_problem(404, "not_found");
    here.delete(&path, "").await.expect(204);
    elsewhere.get("/api/v1/me").await.expect_problem(401, "session_expired");
    here.delete(&path, "").await.expect_problem(404, "not_found");
}
