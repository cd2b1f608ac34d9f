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
