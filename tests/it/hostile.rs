//! Clumsy and hostile input: each case gets a clear answer, none a server error, and nothing is half-written.

use reqwest::Method;
use satupintu_tests::{Answer, Client, DEMO_PASSWORD, Service, client::send};
use serde_json::{Value, json};

const ROLES: &str = "/api/v1/districts/73.06/roles";

/// What was sent, and the status and code that must come back.
type Case = (&'static str, Method, String, Sent, u16, &'static str);

enum Sent {
    Nothing,
    Json(Value),
    Raw(&'static str, Vec<u8>),
}

async fn call(client: &Client, method: Method, path: &str, sent: Sent) -> Answer {
    let request = client.request(method, path).header("if-match", "\"1\"");
    send(match sent {
        Sent::Nothing => request,
        Sent::Json(body) => request.json(&body),
        Sent::Raw(kind, body) => request.header("content-type", kind).body(body),
    })
    .await
}

fn role(name: &str) -> Value {
    json!({ "key": "uji", "name": name, "permissions": ["district.read"] })
}

fn login(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

fn cases() -> Vec<Case> {
    let text = |text: &str| text.to_owned();
    let json_bytes = |text: &str| Sent::Raw("application/json", text.as_bytes().to_vec());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let (get, post, patch) = (Method::GET, Method::POST, Method::PATCH);
    vec![
        (
            "no body",
            post.clone(),
            text(ROLES),
            Sent::Nothing,
            415,
            "unsupported_media_type",
        ),
        (
            "an empty body",
            post.clone(),
            text(ROLES),
            json_bytes(""),
            400,
            "bad_request",
        ),
        (
            "half a JSON",
            post.clone(),
            text(ROLES),
            json_bytes("{\"key\": \"uj"),
            400,
            "bad_request",
        ),
        (
            "two JSONs",
            post.clone(),
            text(ROLES),
            json_bytes("{\"key\":\"uji\",\"name\":\"Uji\",\"permissions\":[\"district.read\"]}{}"),
            400,
            "bad_request",
        ),
        (
            "JSON nested deeper than the stack",
            post.clone(),
            text(ROLES),
            json_bytes(&deep),
            422,
            "invalid_input",
        ),
        (
            "not UTF-8",
            post.clone(),
            text(ROLES),
            Sent::Raw("application/json", b"{\"key\": \"\xff\xfe\"}".to_vec()),
            400,
            "bad_request",
        ),
        (
            "a list instead of an object",
            post.clone(),
            text(ROLES),
            Sent::Json(json!([])),
            422,
            "invalid_input",
        ),
        (
            "a number as name",
            post.clone(),
            text(ROLES),
            Sent::Json(json!({"key": "uji", "name": 7, "permissions": []})),
            422,
            "invalid_input",
        ),
        (
            "a field nobody asked for",
            post.clone(),
            text(ROLES),
            Sent::Json(json!({"key": "uji", "name": "Uji", "permissions": ["district.read"], "district_id": 7302})),
            422,
            "invalid_input",
        ),
        (
            "a form",
            post.clone(),
            text(ROLES),
            Sent::Raw("application/x-www-form-urlencoded", b"key=uji".to_vec()),
            415,
            "unsupported_media_type",
        ),
        (
            "XML",
            post.clone(),
            text(ROLES),
            Sent::Raw("text/xml", b"<key/>".to_vec()),
            415,
            "unsupported_media_type",
        ),
        (
            "two megabytes of JSON",
            post.clone(),
            text(ROLES),
            Sent::Json(role(&"a".repeat(2_000_000))),
            413,
            "payload_too_large",
        ),
        (
            "a very long name",
            post.clone(),
            text(ROLES),
            Sent::Json(role(&"a".repeat(100_000))),
            422,
            "invalid_input",
        ),
        (
            "an emoji as name",
            post.clone(),
            text(ROLES),
            Sent::Json(role("Peran 😀")),
            422,
            "invalid_input",
        ),
        (
            "a name that turns around",
            post.clone(),
            text(ROLES),
            Sent::Json(role("Peran \u{202E}nimda")),
            422,
            "invalid_input",
        ),
        (
            "a name of spaces",
            post.clone(),
            text(ROLES),
            Sent::Json(role(" \t\n ")),
            422,
            "invalid_input",
        ),
        (
            "the null character in a name",
            post.clone(),
            text(ROLES),
            Sent::Json(role("Pe\u{0}ran")),
            422,
            "invalid_input",
        ),
        (
            "the null character in an email",
            post.clone(),
            text("/api/v1/auth/login"),
            Sent::Json(login("a\u{0}@b.id", "x")),
            400,
            "bad_request",
        ),
        (
            "the null character in a code",
            get.clone(),
            text("/api/v1/regions/73%0006"),
            Sent::Nothing,
            400,
            "bad_request",
        ),
        (
            "the null character in a filter",
            get.clone(),
            text("/api/v1/districts/73.06/audit-events?entity=%00"),
            Sent::Nothing,
            400,
            "bad_request",
        ),
        (
            "SQL in a code",
            get.clone(),
            text("/api/v1/districts/73.06'%20OR%201=1/members"),
            Sent::Nothing,
            404,
            "not_found",
        ),
        (
            "SQL in a search",
            get.clone(),
            text("/api/v1/regions?q=%27;DROP%20TABLE%20region;--&level=%27"),
            Sent::Nothing,
            422,
            "invalid_input",
        ),
        (
            "a path that climbs",
            get.clone(),
            text("/api/v1/districts/..%2f..%2fetc/members"),
            Sent::Nothing,
            404,
            "not_found",
        ),
        (
            "an id that is none",
            get.clone(),
            text("/api/v1/districts/73.06/members/1%20OR%201=1"),
            Sent::Nothing,
            404,
            "not_found",
        ),
        (
            "a cursor of somebody else's making",
            get.clone(),
            text("/api/v1/districts/73.06/members?cursor=W10"),
            Sent::Nothing,
            422,
            "invalid_input",
        ),
        (
            "a negative limit",
            get.clone(),
            text("/api/v1/districts/73.06/members?limit=-1"),
            Sent::Nothing,
            422,
            "invalid_input",
        ),
        (
            "a limit beyond all numbers",
            get.clone(),
            text("/api/v1/districts/73.06/members?limit=99999999999999999999999"),
            Sent::Nothing,
            422,
            "invalid_input",
        ),
        (
            "the same parameter twice",
            get.clone(),
            text("/api/v1/districts/73.06/members?limit=1&limit=2"),
            Sent::Nothing,
            422,
            "invalid_input",
        ),
        (
            "a very long email",
            post.clone(),
            text("/api/v1/auth/login"),
            Sent::Json(login(&format!("{}@b.id", "a".repeat(300)), "x")),
            401,
            "invalid_credentials",
        ),
        (
            "a very long password",
            post.clone(),
            text("/api/v1/auth/login"),
            Sent::Json(login("a@b.id", &"x".repeat(100_000))),
            401,
            "invalid_credentials",
        ),
        (
            "a reset token of nobody's",
            post.clone(),
            text("/api/v1/auth/password-reset/confirm"),
            Sent::Json(json!({"token": "x", "password": "kuda laut menari"})),
            410,
            "link_expired",
        ),
        (
            "an invitation token with SQL",
            post,
            text("/api/v1/auth/invitation"),
            Sent::Json(json!({"token": "' OR ''='"})),
            410,
            "link_expired",
        ),
        (
            "a phone number with letters",
            patch.clone(),
            text("/api/v1/districts/73.06"),
            Sent::Json(json!({"hotline": "0812-ABC"})),
            422,
            "invalid_input",
        ),
        (
            "an unknown language",
            patch,
            text("/api/v1/me"),
            Sent::Json(json!({"locale": "xx"})),
            422,
            "invalid_input",
        ),
        (
            "an unknown page",
            get,
            text("/api/v1/nothing"),
            Sent::Nothing,
            404,
            "not_found",
        ),
        (
            "a method that is not there",
            Method::PUT,
            text("/api/v1/me"),
            Sent::Nothing,
            405,
            "method_not_allowed",
        ),
    ]
}

#[tokio::test]
async fn every_case_has_its_answer() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    for (what, method, path, sent, status, code) in cases() {
        let answer = call(&client, method, &path, sent).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json["code"].as_str()),
            (status, Some(code)),
            "{what}: {}",
            answer.text
        );
        let spoken = answer.json["title"].as_str().is_some_and(|title| !title.is_empty());
        assert!(spoken, "{what}: {}", answer.text);
        for leak in ["sqlx", "serde", "postgres", "src/", "panicked", "SELECT"] {
            assert!(!answer.text.contains(leak), "{what} shows internals: {}", answer.text);
        }
    }
    // Nothing of all that left a trace.
    let own: Vec<_> = client
        .get(ROLES)
        .await
        .expect(200)
        .items()
        .iter()
        .filter(|role| role["built_in"] == false)
        .cloned()
        .collect();
    assert_eq!(own, Vec::<Value>::new());
}

#[tokio::test]
async fn all_field_errors_come_at_once_in_the_readers_language() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    let body = json!({ "key": "X", "name": "", "permissions": ["a", "district.read", "b"] });
    let answer = client
        .post(ROLES, body.clone())
        .await
        .expect_problem(422, "invalid_input");
    let fields: Vec<_> = answer.json["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| error["field"].clone())
        .collect();
    assert_eq!(fields, ["key", "name", "permissions.0", "permissions.2"]);
    let request = client
        .request(Method::POST, ROLES)
        .header("accept-language", "en")
        .json(&body);
    let english = send(request).await.expect_problem(422, "invalid_input");
    assert_eq!(english.json["errors"][1]["message"], "This is required.");
}

#[tokio::test]
async fn too_many_calls_are_told_when_to_come_back() {
    use satupintu_tests::cluster::Content;
    let service = Service::start(Content::Demo, &["--demo", "--rate-per-account=5"]).await;
    let client = service.demo_client("admin.gowa").await;
    let first = client.get("/api/v1/me").await.expect(200);
    assert_eq!(first.header("ratelimit"), "limit=5, remaining=4");
    for _ in 0..4 {
        client.get("/api/v1/me").await.expect(200);
    }
    let refused = client.get("/api/v1/me").await.expect_problem(429, "too_many_requests");
    assert!(
        refused
            .header("retry-after")
            .parse::<u64>()
            .is_ok_and(|seconds| seconds >= 1)
    );
    // Per person, not per address: a colleague in the same office goes on.
    let mut colleague = service.anonymous();
    colleague
        .login("peksos.gowa@demo.satupintu.example", DEMO_PASSWORD)
        .await;
    colleague.get("/api/v1/me").await.expect(200);
}

#[tokio::test]
async fn other_origins_are_let_in_only_by_setting() {
    use satupintu_tests::cluster::Content;
    let service = Service::start(Content::Demo, &["--demo", "--cors-origins=https://spa.example"]).await;
    let preflight = |origin: &'static str| {
        service
            .anonymous()
            .request(Method::OPTIONS, "/api/v1/me")
            .header("origin", origin)
            .header("access-control-request-method", "PATCH")
            .header("access-control-request-headers", "authorization,if-match")
    };
    let allowed = send(preflight("https://spa.example")).await.expect(200);
    assert_eq!(allowed.header("access-control-allow-origin"), "https://spa.example");
    let refused = send(preflight("https://evil.example")).await;
    assert_eq!(refused.header("access-control-allow-origin"), "");
}
