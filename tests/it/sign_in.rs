//! Signing in and out, and what attackers try.

use satupintu_tests::{Client, DEMO_PASSWORD, Service, cluster::Content};
use serde_json::json;

const GOWA: &str = "admin.gowa@demo.satupintu.example";

async fn attempt(client: &Client, email: &str, password: &str) -> satupintu_tests::Answer {
    client
        .post("/api/v1/auth/login", json!({ "email": email, "password": password }))
        .await
}

#[tokio::test]
async fn signing_in_gives_a_token_and_a_cookie() {
    let service = Service::demo().await;
    let answer = attempt(
        &service.anonymous(),
        " Admin.GOWA@demo.satupintu.example ",
        DEMO_PASSWORD,
    )
    .await
    .expect(200);
    assert_eq!(answer.json["token_type"], "Bearer");
    assert_eq!(answer.json["expires_in"], 900);
    let cookies: Vec<_> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let refresh = cookies
        .iter()
        .find(|cookie| cookie.starts_with("satupintu_refresh="))
        .expect("cookie");
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/api/v1/auth"] {
        assert!(refresh.contains(attribute), "{refresh}");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_email_look_the_same() {
    let service = Service::demo().await;
    let client = service.anonymous();
    let wrong = attempt(&client, GOWA, "bukan kata sandinya")
        .await
        .expect_problem(401, "invalid_credentials");
    let unknown = attempt(&client, "siapa@demo.satupintu.example", "bukan kata sandinya").await;
    let unknown = unknown.expect_problem(401, "invalid_credentials");
    assert_eq!(wrong.json["title"], unknown.json["title"]);
}

/// People type their password where the email goes; the trail is for ever.
#[tokio::test]
async fn what_was_typed_at_a_failed_sign_in_is_not_recorded() {
    let service = Service::demo().await;
    let client = service.anonymous();
    for email in ["rahasia-sekali", "siapa@demo.satupintu.example", GOWA] {
        attempt(&client, email, "bukan kata sandinya").await.expect(401);
    }
    let mut db = service.database.superuser().await;
    let whose: Vec<String> = sqlx::query_scalar(
        "SELECT COALESCE(a.email, e.entity_id) FROM system_audit_event e LEFT JOIN account a ON a.id::text = e.entity_id \
         WHERE e.action = 'sign_in_failed' ORDER BY e.id",
    )
    .fetch_all(&mut db)
    .await
    .expect("trail");
    assert_eq!(whose, ["unknown", "unknown", GOWA]);
}

#[tokio::test]
async fn errors_speak_the_readers_language() {
    let service = Service::demo().await;
    let client = service.anonymous();
    let request = client
        .request(reqwest::Method::GET, "/api/v1/me")
        .header("accept-language", "en-GB,en;q=0.9");
    let english = satupintu_tests::client::send(request)
        .await
        .expect_problem(401, "unauthenticated");
    assert!(
        english.json["title"]
            .as_str()
            .expect("title")
            .starts_with("You are not signed in")
    );
    let indonesian = client.get("/api/v1/me").await.expect_problem(401, "unauthenticated");
    assert!(
        indonesian.json["title"]
            .as_str()
            .expect("title")
            .starts_with("Anda belum masuk")
    );
}

#[tokio::test]
async fn refresh_rotates_and_a_stolen_cookie_ends_the_session() {
    let service = Service::demo().await;
    let mut owner = service.anonymous();
    let login = attempt(&owner, GOWA, DEMO_PASSWORD).await.expect(200);
    let first = cookie(&login);
    owner.set_token(login.json["access_token"].as_str().expect("token"));
    let second = owner.post_empty("/api/v1/auth/refresh").await.expect(200);
    assert_ne!(first, cookie(&second));
    // Right afterwards the old one still works once more: two tabs refresh at the same moment.
    with_cookie(&service, &first).await.expect(200);
    // Later it does not, and whoever has it loses the session, thief and owner alike.
    let mut db = service.database.superuser().await;
    sqlx::query("UPDATE refresh_token SET used_at = used_at - interval '1 minute'")
        .execute(&mut db)
        .await
        .expect("time passes");
    with_cookie(&service, &first)
        .await
        .expect_problem(401, "session_expired");
    owner
        .post_empty("/api/v1/auth/refresh")
        .await
        .expect_problem(401, "session_expired");
    owner.get("/api/v1/me").await.expect_problem(401, "session_expired");
}

/// Who copied a cookie right when it was used has one of two that follow it; one of both ends the session, with both in it.
#[tokio::test]
async fn a_copy_made_within_the_grace_is_noticed() {
    let service = Service::demo().await;
    let owner = service.anonymous();
    let first = cookie(&attempt(&owner, GOWA, DEMO_PASSWORD).await.expect(200));
    let owners = cookie(&with_cookie(&service, &first).await.expect(200));
    let thiefs = cookie(&with_cookie(&service, &first).await.expect(200));
    let next = cookie(&with_cookie(&service, &owners).await.expect(200));
    let mut db = service.database.superuser().await;
    sqlx::query("UPDATE refresh_token SET used_at = used_at - interval '1 minute'")
        .execute(&mut db)
        .await
        .expect("time passes");
    for secret in [thiefs, next] {
        with_cookie(&service, &secret)
            .await
            .expect_problem(401, "session_expired");
    }
}

#[tokio::test]
async fn a_session_ends_however_much_it_is_used() {
    let service = Service::demo().await;
    let mut secret = cookie(&attempt(&service.anonymous(), GOWA, DEMO_PASSWORD).await.expect(200));
    let mut db = service.database.superuser().await;
    for (days, status) in [(80, 200), (9, 200), (2, 401)] {
        sqlx::query(
            "UPDATE session SET created_at = created_at - $1 * interval '1 day', \
             expires_at = CASE WHEN $1 > 20 THEN expires_at ELSE expires_at - $1 * interval '1 day' END",
        )
        .bind(days)
        .execute(&mut db)
        .await
        .expect("time passes");
        let refreshed = with_cookie(&service, &secret).await.expect(status);
        if status == 200 {
            secret = cookie(&refreshed);
        }
    }
}

fn cookie(answer: &satupintu_tests::Answer) -> String {
    let all = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let refresh = all
        .filter_map(|cookie| cookie.strip_prefix("satupintu_refresh="))
        .next()
        .expect("cookie");
    refresh.split(';').next().unwrap_or_default().to_owned()
}

async fn with_cookie(service: &Service, secret: &str) -> satupintu_tests::Answer {
    let client = service.anonymous();
    let request = client.request(reqwest::Method::POST, "/api/v1/auth/refresh");
    satupintu_tests::client::send(request.header("cookie", format!("satupintu_refresh={secret}"))).await
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    client.get("/api/v1/me").await.expect(200);
    client.post_empty("/api/v1/auth/logout").await.expect(204);
    client.get("/api/v1/me").await.expect_problem(401, "session_expired");
    client
        .post_empty("/api/v1/auth/refresh")
        .await
        .expect_problem(401, "session_expired");
}

#[tokio::test]
async fn guessing_is_slowed_but_the_owner_is_not_locked_out() {
    let service = Service::demo().await;
    let owner = service.demo_client("admin.gowa").await;
    let attacker = service.anonymous();
    for _ in 0..6 {
        attempt(&attacker, GOWA, "tebakan tebakan").await;
    }
    let slowed = attempt(&attacker, GOWA, "tebakan tebakan")
        .await
        .expect_problem(429, "too_many_attempts");
    assert!(
        slowed
            .header("retry-after")
            .parse::<u64>()
            .is_ok_and(|seconds| seconds >= 1),
        "{:?}",
        slowed.headers
    );
    // Even the right password has to wait from there…
    attempt(&attacker, GOWA, DEMO_PASSWORD)
        .await
        .expect_problem(429, "too_many_attempts");
    // …but the owner's own device, behind the same address, does not notice.
    attempt(&owner, GOWA, DEMO_PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_password_is_reset_by_mail() {
    let (service, mail) = Service::demo_with_mail().await;
    let mut client = service.demo_client("admin.gowa").await;
    let reset = json!({ "email": GOWA });
    // A server that is busy gets the mail a little later.
    mail.refuse(1);
    service
        .anonymous()
        .post("/api/v1/auth/password-reset", reset)
        .await
        .expect(202);
    let unknown = json!({ "email": "siapa@demo.satupintu.example" });
    service
        .anonymous()
        .post("/api/v1/auth/password-reset", unknown)
        .await
        .expect(202);
    let received = mail.wait_for(GOWA, 1).await;
    assert_eq!(mail.refusals_left(), 0);
    let confirm = |password: &str| json!({ "token": received.token(), "password": password });
    let path = "/api/v1/auth/password-reset/confirm";
    service
        .anonymous()
        .post(path, confirm("pendek"))
        .await
        .expect_field("password", "password_length");
    service
        .anonymous()
        .post(path, confirm("aaaaaaaaaaaaaaaa"))
        .await
        .expect_field("password", "password_guessable");
    // Somebody guesses all the while. The mail proves whose account it is, so that the owner's new phone gets in.
    let (attacker, phone) = (service.anonymous(), service.anonymous());
    for _ in 0..7 {
        attempt(&attacker, GOWA, "tebakan tebakan").await;
    }
    phone
        .post(path, confirm("kuda laut menari di Losari"))
        .await
        .expect(204);
    attempt(&phone, GOWA, "kuda laut menari di Losari").await.expect(200);
    service
        .anonymous()
        .post(path, confirm("kuda laut menari di Losari"))
        .await
        .expect_problem(410, "link_expired");
    client.get("/api/v1/me").await.expect_problem(401, "session_expired");
    attempt(&phone, GOWA, DEMO_PASSWORD)
        .await
        .expect_problem(401, "invalid_credentials");
    client.login(GOWA, "kuda laut menari di Losari").await;
    client.get("/api/v1/me").await.expect(200);
    assert!(
        mail.received()
            .iter()
            .all(|mail| !mail.to.iter().any(|to| to.starts_with("siapa@")))
    );
}

#[tokio::test]
async fn an_old_reset_link_is_refused() {
    let (service, mail) = Service::demo_with_mail().await;
    service
        .anonymous()
        .post("/api/v1/auth/password-reset", json!({ "email": GOWA }))
        .await
        .expect(202);
    let token = mail.wait_for(GOWA, 1).await.token();
    let mut db = service.database.superuser().await;
    sqlx::query("UPDATE one_time_token SET expires_at = now() - interval '1 second'")
        .execute(&mut db)
        .await
        .expect("time passes");
    let body = json!({ "token": token, "password": "kuda laut menari di Losari" });
    service
        .anonymous()
        .post("/api/v1/auth/password-reset/confirm", body)
        .await
        .expect_problem(410, "link_expired");
}

/// One cookie can be written in many ways, and is one device.
#[tokio::test]
async fn a_known_device_is_one_however_its_cookie_is_written() {
    let service = Service::demo().await;
    let login = attempt(&service.anonymous(), GOWA, DEMO_PASSWORD).await.expect(200);
    let all = login.headers.get_all("set-cookie").iter();
    let mut all = all.filter_map(|value| value.to_str().ok()?.strip_prefix("satupintu_device="));
    let device = all.next().expect("cookie").split(';').next().unwrap_or_default();
    let mut statuses = Vec::new();
    for upper in 0..12 {
        let (start, rest) = device.split_at(upper * 4);
        let written = format!("satupintu_device={}{rest}", start.to_uppercase());
        let request = service
            .anonymous()
            .request(reqwest::Method::POST, "/api/v1/auth/login")
            .header("cookie", written)
            .json(&json!({ "email": GOWA, "password": "tebakan tebakan" }));
        statuses.push(satupintu_tests::client::send(request).await.status.as_u16());
    }
    assert_eq!(statuses, [vec![401; 8], vec![429; 4]].concat());
    let mut database = service.database.superuser().await;
    let buckets: Vec<String> = sqlx::query_scalar("SELECT lower(bucket) FROM login_throttle")
        .fetch_all(&mut database)
        .await
        .expect("buckets");
    assert!(
        !buckets.is_empty() && buckets.iter().all(|bucket| !bucket.contains(device)),
        "{buckets:?}"
    );
}

/// Who knew the old password must not come in by it at the very moment it ends: the sign-in waits, and then sees the new one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_that_ends_during_a_sign_in_opens_nothing() {
    let service = Service::demo().await;
    let mut database = service.database.superuser().await;
    // What a reset does, stopped before its end.
    for statement in [
        "BEGIN",
        "UPDATE account_credential SET password_hash = password_hash || 'x' WHERE account_id = \
            (SELECT id FROM account WHERE email = 'admin.gowa@demo.satupintu.example')",
    ] {
        sqlx::query(statement).execute(&mut database).await.expect("statement");
    }
    let client = service.anonymous();
    let thief = tokio::spawn(async move { attempt(&client, GOWA, DEMO_PASSWORD).await });
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert!(!thief.is_finished(), "the sign-in did not wait");
    sqlx::query("COMMIT").execute(&mut database).await.expect("commit");
    thief.await.expect("answer").expect_problem(401, "invalid_credentials");
}

async fn reset_link(service: &Service, mail: &satupintu_tests::mail_server::MailServer, nth: usize) -> String {
    let ask = json!({ "email": GOWA });
    let path = "/api/v1/auth/password-reset";
    service.anonymous().post(path, ask).await.expect(202);
    mail.wait_for(GOWA, nth).await.token()
}

#[tokio::test]
async fn a_reset_link_works_once_even_when_used_twice_at_once() {
    let (service, mail) = Service::demo_with_mail().await;
    let token = reset_link(&service, &mail, 1).await;
    let confirm = async |password: &str| {
        let body = json!({ "token": token, "password": password });
        let client = service.anonymous();
        client
            .post("/api/v1/auth/password-reset/confirm", body)
            .await
            .status
            .as_u16()
    };
    let (one, other) = tokio::join!(
        confirm("kuda laut menari di Losari"),
        confirm("perahu kecil di Tanjung Bira")
    );
    let mut statuses = [one, other];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 410]);
}

#[tokio::test]
async fn changing_the_password_voids_reset_links() {
    let (service, mail) = Service::demo_with_mail().await;
    let owner = service.demo_client("admin.gowa").await;
    let token = reset_link(&service, &mail, 1).await;
    let change = json!({ "current_password": DEMO_PASSWORD, "new_password": "perahu kecil di Tanjung Bira" });
    owner.post("/api/v1/me/password", change).await.expect(204);
    let body = json!({ "token": token, "password": "kuda laut menari di Losari" });
    service
        .anonymous()
        .post("/api/v1/auth/password-reset/confirm", body)
        .await
        .expect_problem(410, "link_expired");
}

/// What is asked for at the same moment counts as if it came one after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_once_count_as_many() {
    let service = Service::demo().await;
    let owner = service.demo_client("admin.gowa").await;
    let guesses: Vec<_> = (0..20)
        .map(|number| {
            let client = service.anonymous();
            tokio::spawn(async move {
                attempt(&client, GOWA, &format!("tebakan nomor {number}"))
                    .await
                    .status
                    .as_u16()
            })
        })
        .collect();
    let mut statuses = Vec::new();
    for guess in guesses {
        statuses.push(guess.await.expect("guess"));
    }
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(401), count(429)), (5, 15), "{statuses:?}");
    attempt(&owner, GOWA, DEMO_PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_success_takes_its_attempt_back() {
    let service = Service::demo().await;
    // A whole office, one address, each on a device that is not known.
    for _ in 0..12 {
        attempt(&service.anonymous(), GOWA, DEMO_PASSWORD).await.expect(200);
    }
    let mut database = service.database.superuser().await;
    let counted: i64 = sqlx::query_scalar("SELECT COALESCE(sum(failures), 0) FROM login_throttle")
        .fetch_one(&mut database)
        .await
        .expect("sum");
    assert_eq!(counted, 0);
    // Who gets in must not wash clean what was tried on others from the same address.
    attempt(&service.anonymous(), "siapa@contoh.example", "tebakan tebakan").await;
    attempt(&service.anonymous(), GOWA, DEMO_PASSWORD).await.expect(200);
    let address: i32 = sqlx::query_scalar("SELECT failures FROM login_throttle WHERE bucket LIKE 'address %'")
        .fetch_one(&mut database)
        .await
        .expect("address");
    assert_eq!(address, 1);
}

/// Whether there is an account shows neither in the answer nor in what is done before it, and is asked three times at most.
#[tokio::test]
async fn asking_for_a_reset_tells_nothing_about_accounts() {
    // Without a way out for mails the job does not run: what is there was done before the answer.
    let service = Service::start(Content::Demo, &[]).await;
    let ask = async |email: &str| {
        let body = json!({ "email": email });
        service.anonymous().post("/api/v1/auth/password-reset", body).await
    };
    let mut seen = Vec::new();
    for email in [GOWA, "siapa@demo.satupintu.example"] {
        let mut answers = Vec::new();
        for _ in 0..4 {
            let answer = ask(email).await;
            answers.push((
                answer.status.as_u16(),
                answer.json["code"].clone(),
                answer.json["detail"].clone(),
            ));
        }
        assert_eq!(
            answers.iter().map(|answer| answer.0).collect::<Vec<_>>(),
            [202, 202, 202, 429]
        );
        seen.push(answers);
    }
    assert_eq!(seen[0], seen[1]);
    let mut database = service.database.superuser().await;
    let done: (i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM one_time_token), (SELECT count(*) FROM outbox WHERE kind = 'mail'), \
             (SELECT count(*) FROM outbox WHERE kind = 'password_reset')",
    )
    .fetch_one(&mut database)
    .await
    .expect("counts");
    assert_eq!(done, (0, 0, 6));
}

#[tokio::test]
async fn an_spa_on_another_site_keeps_its_session_when_the_settings_name_it() {
    let arguments = [
        "--demo",
        "--cookie-same-site=none",
        "--public-url=https://api.contoh.example",
        "--cors-origins=https://spa.contoh.example",
    ];
    let service = Service::start(Content::Demo, &arguments).await;
    let login = attempt(&service.anonymous(), GOWA, DEMO_PASSWORD).await.expect(200);
    let cookies = login.headers.get_all("set-cookie").iter();
    for cookie in cookies.filter_map(|cookie| cookie.to_str().ok()) {
        assert!(
            cookie.contains("SameSite=None") && cookie.contains("Secure"),
            "{cookie}"
        );
    }
    let secret = cookie(&login);
    let refresh = async |origin: &str| {
        let client = service.anonymous();
        let request = client.request(reqwest::Method::POST, "/api/v1/auth/refresh");
        let request = request
            .header("cookie", format!("satupintu_refresh={secret}"))
            .header("origin", origin);
        satupintu_tests::client::send(request).await
    };
    for origin in [
        "https://jahat.example",
        "null",
        "https://spa.contoh.example.jahat.example",
    ] {
        assert!(!refresh(origin).await.status.is_success(), "{origin}");
    }
    let allowed = refresh("https://spa.contoh.example").await.expect(200);
    assert_eq!(
        allowed.header("access-control-allow-origin"),
        "https://spa.contoh.example"
    );
    assert_eq!(allowed.header("access-control-allow-credentials"), "true");
}

#[test]
fn cookies_for_other_sites_need_https_and_named_origins() {
    let check = |arguments: &[&str]| {
        let output = std::process::Command::new(satupintu_tests::process::binary())
            .args(["config", "check", "--cookie-same-site=none"])
            .args(arguments)
            .env_remove("DATABASE_URL")
            .output()
            .expect("the command runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (https, origin) = (
        "--public-url=https://api.contoh.example",
        "--cors-origins=https://spa.contoh.example",
    );
    for (arguments, named) in [
        (vec![], "SATUPINTU_PUBLIC_URL"),
        (
            vec!["--public-url=http://api.contoh.example", origin],
            "SATUPINTU_PUBLIC_URL",
        ),
        (vec![https], "SATUPINTU_CORS_ORIGINS"),
        (
            vec![https, "--cors-origins=http://spa.contoh.example"],
            "SATUPINTU_CORS_ORIGINS",
        ),
    ] {
        let (good, said) = check(&arguments);
        assert!(!good && said.contains(named), "{arguments:?}: {said}");
    }
    assert!(check(&[https, origin]).0);
}

#[test]
fn passwords_do_not_travel_readable() {
    for (url, is_good) in [
        ("https://satupintu.contoh.go.id", true),
        ("http://127.0.0.1:8080", true),
        ("http://[::1]:8080", true),
        ("http://0.0.0.0:8080", true),
        ("http://192.168.1.20:8080", true),
        ("http://localhost:8080", true),
        ("http://satupintu:8080", true),
        ("http://satupintu.contoh.go.id", false),
        ("http://203.0.113.5", false),
        ("http://[2001:db8::5]:8080", false),
        ("ftp://satupintu.contoh.go.id", false),
        ("satupintu.contoh.go.id", false),
        ("https://", false),
    ] {
        let output = std::process::Command::new(satupintu_tests::process::binary())
            .args(["config", "check", "--public-url", url])
            .env_remove("DATABASE_URL")
            .output()
            .expect("the command runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.success(), is_good, "{url}: {said}");
        assert!(is_good || said.contains("SATUPINTU_PUBLIC_URL"), "{url}: {said}");
    }
}
