//! Every operation of the OpenAPI document, as everybody who must not get through.
//!
//! Nothing here names an operation except [`PUBLIC`], which says why anybody may call it. A new operation is covered by
//! being in the document.

use std::collections::HashMap;

use reqwest::Method;
use satupintu::auth::permission::{Level, Permission};
use satupintu_tests::{
    Answer, Client, Service,
    client::{file_form, send},
    openapi::{Operation, example, operations},
    people::{account, member_with},
};
use serde_json::Value;

const GOWA: (&str, i32) = ("73.06", 7306);
const BULUKUMBA: (&str, i32) = ("73.02", 7302);

/// Operations that anybody may call, and why.
const PUBLIC: &[(&str, &str)] = &[
    ("login", "is how one gets in"),
    ("refresh", "carries the refresh cookie instead of a token"),
    ("logout", "must work when the token has expired"),
    ("request_password_reset", "is for people who cannot get in"),
    ("confirm_password_reset", "carries the mailed token"),
    ("preview_invitation", "carries the mailed token"),
    ("opt_out_of_digest", "carries the token of a mailed digest"),
    ("accept_invitation", "carries the mailed token"),
    ("create_registration", "an applicant has no account yet"),
    ("confirm_registration_email", "carries the mailed token"),
    ("get_jwks", "public keys are public"),
    ("get_package_keys", "public keys are public"),
    ("list_regions", "public facts, needed before registration"),
    ("get_region", "public facts, needed before registration"),
    ("get_current_standard", "the standard is public"),
    ("get_standard", "the standard is public"),
    ("list_standards", "the standard is public"),
    ("get_standard_changes", "the standard is public"),
    ("list_public_districts", "is the page of live districts for families"),
    ("get_public_district", "is the page of a live district for families"),
];

pub async fn document(client: &Client) -> Value {
    client.get("/api/v1/openapi.json").await.expect(200).json
}

async fn call(client: &Client, document: &Value, operation: &Operation, path: &str) -> Answer {
    let method = Method::from_bytes(operation.method.as_bytes()).expect("method");
    let mut request = client.request(method, path).header("if-match", "\"1\"");
    if operation.is_upload {
        request = request.multipart(file_form("Contoh.pdf", "%PDF-1.7\n<</Type/Page>>\n"));
    }
    if let Some(schema) = &operation.body {
        request = request.json(&example(document, schema));
    }
    send(request).await
}

fn nobody(_: &str) -> String {
    "01890000-0000-7000-8000-000000000000".to_owned()
}

pub fn district_permissions_but(left_out: Option<&str>) -> Vec<&'static str> {
    let all = Permission::ALL
        .iter()
        .filter(|permission| permission.level() == Level::District);
    all.map(|permission| permission.key())
        .filter(|key| Some(*key) != left_out)
        .collect()
}

pub fn is_district_permission(key: &str) -> bool {
    district_permissions_but(None).contains(&key)
}

#[tokio::test]
async fn anonymous_is_refused() {
    let service = Service::demo().await;
    let client = service.anonymous();
    let document = document(&client).await;
    let mut public = Vec::new();
    for operation in operations(&document) {
        let answer = call(&client, &document, &operation, &operation.path_with(GOWA.0, nobody)).await;
        match operation.scheme.as_deref() {
            None => public.push(operation.id),
            Some("bearer") => {
                answer.expect_problem(401, "unauthenticated");
            }
            Some(_) => assert!(
                [401, 404].contains(&answer.status.as_u16()),
                "{}: {}",
                operation.id,
                answer.text
            ),
        }
    }
    let mut expected: Vec<&str> = PUBLIC.iter().map(|(id, _)| *id).collect();
    expected.sort_unstable();
    public.sort_unstable();
    assert_eq!(
        public, expected,
        "operations without a guard must be listed with a reason"
    );
}

#[tokio::test]
async fn a_forged_or_foreign_token_is_refused() {
    let service = Service::demo().await;
    let other = Service::demo().await;
    let signed_elsewhere = other.demo_client("admin.gowa").await;
    let client = service.demo_client("admin.gowa").await;
    let mut altered = client.token().to_owned();
    altered.replace_range(altered.len() - 4.., "AAAA");
    let unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.";
    for token in [signed_elsewhere.token(), &altered, unsigned, "x"] {
        let mut forged = service.anonymous();
        forged.set_token(token);
        forged
            .get("/api/v1/districts/73.06")
            .await
            .expect_problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn without_the_permission_is_forbidden() {
    let service = Service::demo().await;
    let document = document(&service.anonymous()).await;
    let mut people: HashMap<String, Client> = HashMap::new();
    for operation in operations(&document) {
        let Some(permission) = operation.permission.as_deref() else {
            continue;
        };
        // Whoever holds every district permission but this one; oversight permissions no member of a district holds.
        if !people.contains_key(permission) {
            let client = member_with(&service, GOWA.1, &district_permissions_but(Some(permission))).await;
            people.insert(permission.to_owned(), client);
        }
        let client = &people[permission];
        let answer = call(client, &document, &operation, &operation.path_with(GOWA.0, nobody)).await;
        assert_eq!(answer.status.as_u16(), 403, "{}: {}", operation.id, answer.text);
    }
}

#[tokio::test]
async fn the_documented_permission_is_the_one_that_opens() {
    let service = Service::demo().await;
    let document = document(&service.anonymous()).await;
    let mut people: HashMap<(String, bool), Client> = HashMap::new();
    for operation in operations(&document) {
        let Some(permission) = operation.permission.as_deref() else {
            continue;
        };
        let is_member = is_district_permission(permission) && operation.is_in_district();
        let who = (permission.to_owned(), is_member);
        if !people.contains_key(&who) {
            let client = if is_member {
                member_with(&service, GOWA.1, &[permission]).await
            } else {
                official_with(&service, permission).await
            };
            people.insert(who.clone(), client);
        }
        let answer = call(
            &people[&who],
            &document,
            &operation,
            &operation.path_with(GOWA.0, nobody),
        )
        .await;
        assert!(
            ![401, 403].contains(&answer.status.as_u16()),
            "{}: {}",
            operation.id,
            answer.text
        );
        assert_ne!(answer.status.as_u16(), 500, "{}: {}", operation.id, answer.text);
    }
}

/// What an operation reads of the headers is what the document says that it reads.
#[tokio::test]
async fn headers_are_documented_where_they_are_read() {
    let service = Service::demo().await;
    let document = document(&service.anonymous()).await;
    let mut read = HashMap::from([("If-Match", 0), ("Idempotency-Key", 0)]);
    for operation in operations(&document) {
        let parameters = &document["paths"][&operation.path][operation.method.to_lowercase()]["parameters"];
        let documents = |name: &str, required: bool| {
            let parameters = parameters.as_array().into_iter().flatten();
            let of_name = parameters.filter(|parameter| parameter["name"] == name && parameter["in"] == "header");
            let found: Vec<_> = of_name.map(|parameter| parameter["required"] == required).collect();
            assert!(found.len() <= 1, "{}: {name} twice", operation.id);
            found.first().is_some_and(|as_wanted| *as_wanted)
        };
        let Some(permission) = operation.permission.as_deref() else {
            continue;
        };
        let client = if is_district_permission(permission) && operation.is_in_district() {
            member_with(&service, GOWA.1, &district_permissions_but(None)).await
        } else {
            official_with(&service, permission).await
        };
        let path = operation.path_with(GOWA.0, nobody);
        let method = Method::from_bytes(operation.method.as_bytes()).expect("method");
        let bare = send(client.request(method.clone(), &path).json(&serde_json::json!({}))).await;
        let asks = bare.json["code"] == "precondition_required";
        assert_eq!(asks, documents("If-Match", true), "{}: {}", operation.id, bare.text);
        let long = "x".repeat(200);
        let request = client
            .request(method, &path)
            .header("if-match", "\"1\"")
            .header("idempotency-key", long);
        let refused = send(request.json(&serde_json::json!({}))).await;
        let reads = refused.json["errors"][0]["field"] == "Idempotency-Key";
        assert_eq!(
            reads,
            documents("Idempotency-Key", false),
            "{}: {}",
            operation.id,
            refused.text
        );
        *read.entry("If-Match").or_default() += usize::from(asks);
        *read.entry("Idempotency-Key").or_default() += usize::from(reads);
    }
    assert!(read.values().all(|count| *count > 5), "{read:?}");
}

#[tokio::test]
async fn words_of_a_list_are_enums_in_the_document() {
    let service = Service::demo().await;
    let document = document(&service.anonymous()).await;
    let words = |schema: &str, field: &str| {
        let field = &document["components"]["schemas"][schema]["properties"][field];
        let name = field["$ref"]
            .as_str()
            .and_then(|link| link.rsplit('/').next())
            .unwrap_or_default();
        document["components"]["schemas"][name]["enum"].clone()
    };
    assert_eq!(words("Me", "locale"), serde_json::json!(["id", "en"]));
    assert_eq!(words("District", "phase"), serde_json::json!(["onboarding", "live"]));
}

/// Somebody of the nation or, when only provinces hold the permission, of Gowa's province.
async fn official_with(service: &Service, permission: &str) -> Client {
    use satupintu::auth::role::{BUILT_IN, Scope};
    let holds = |role: &&satupintu::auth::role::BuiltInRole| {
        role.permissions().iter().any(|held| held.key() == permission) && role.scope != Scope::District
    };
    let role = BUILT_IN
        .iter()
        .rev()
        .find(holds)
        .unwrap_or_else(|| panic!("no official holds {permission}"));
    let mut database = service.database.superuser().await;
    let email = format!("pejabat-{}@uji.example", uuid::Uuid::now_v7().simple());
    let id = account(&mut database, &email).await;
    let province = (role.scope == Scope::Province).then_some("73");
    satupintu_tests::people::membership(&mut database, id, role.scope.as_str(), None, province, role.key).await;
    let mut client = service.anonymous();
    client.login(&email, satupintu_tests::DEMO_PASSWORD).await;
    client
}

#[tokio::test]
async fn another_district_does_not_exist() {
    let service = Service::demo().await;
    let document = document(&service.anonymous()).await;
    let client = member_with(&service, GOWA.1, &district_permissions_but(None)).await;
    for operation in operations(&document)
        .iter()
        .filter(|operation| operation.is_in_district())
    {
        for code in [BULUKUMBA.0, "33.16", "99.99", "7306", "73.06.01", "%27", "73.06%20"] {
            let answer = call(&client, &document, operation, &operation.path_with(code, nobody)).await;
            assert_eq!(
                answer.status.as_u16(),
                404,
                "{} in {code}: {}",
                operation.id,
                answer.text
            );
        }
    }
}

#[tokio::test]
async fn another_districts_things_do_not_exist() {
    let service = Service::demo().await;
    let document = document(&service.anonymous()).await;
    let all = operations(&document);
    crate::packages::arrange::bulukumba_has_packages(&service).await;
    crate::announcements::bulukumba_has_one(&service).await;
    crate::calendar::bulukumba_has_one(&service).await;
    let gowa = member_with(&service, GOWA.1, &district_permissions_but(None)).await;
    let bulukumba = member_with(&service, BULUKUMBA.1, &district_permissions_but(None)).await;
    let (sulsel, jateng) = (service.demo_client("sulsel").await, service.demo_client("jateng").await);
    let mut seen = 0;
    for operation in all
        .iter()
        .filter(|operation| operation.is_in_district() && !operation.ids().is_empty())
    {
        let mut path = operation.path.clone();
        for name in operation.ids() {
            let collection = path
                .split(&format!("/{{{name}}}"))
                .next()
                .unwrap_or_default()
                .to_owned();
            let id = something_in(
                &bulukumba,
                &document,
                &all,
                &collection.replace("{code}", BULUKUMBA.0),
                &collection,
            )
            .await;
            path = path.replace(&format!("{{{name}}}"), &id);
        }
        // It exists where it belongs (asked only by reading: the same thing serves the other operations)…
        if operation.method == "GET" {
            let own = call(&bulukumba, &document, operation, &path.replace("{code}", BULUKUMBA.0)).await;
            assert_eq!(own.status.as_u16(), 200, "{}: {}", operation.id, own.text);
        }
        // …and nowhere else, whichever district the path names. What officials may do in a district, they may not do with
        // another district's things, nor in another province.
        let strangers: &[(&Client, &str)] = match operation.permission.as_deref() {
            Some(permission) if !is_district_permission(permission) => {
                &[(&sulsel, GOWA.0), (&jateng, GOWA.0), (&jateng, BULUKUMBA.0)]
            }
            _ => &[(&gowa, GOWA.0), (&gowa, BULUKUMBA.0)],
        };
        for (stranger, code) in strangers {
            let foreign = call(stranger, &document, operation, &path.replace("{code}", code)).await;
            assert_eq!(
                foreign.status.as_u16(),
                404,
                "{} via {code}: {}",
                operation.id,
                foreign.text
            );
        }
        seen += 1;
    }
    assert!(seen > 5, "only {seen} operations with ids");
}

/// The id of something in a collection: the first one there, or one made of the document's example.
pub async fn something_in(client: &Client, document: &Value, all: &[Operation], path: &str, template: &str) -> String {
    let listed = client.get(path).await;
    let first = listed.json["items"]
        .as_array()
        .into_iter()
        .flatten()
        .find_map(|item| item["id"].as_str().map(str::to_owned));
    if let Some(id) = first {
        return id;
    }
    let create = all
        .iter()
        .find(|operation| operation.method == "POST" && operation.path == template);
    let create = create.unwrap_or_else(|| panic!("{template} is empty in the demo and has no create operation"));
    call(client, document, create, path).await.expect(201).id()
}

/// Whoever may do everything in a suspended district reads as before and changes nothing; in an archived one there is
/// nothing to see any more.
#[tokio::test]
async fn nothing_is_changed_in_a_suspended_district() {
    let service = Service::demo().await;
    let document = document(&service.anonymous()).await;
    let all = operations(&document);
    let member = member_with(&service, GOWA.1, &district_permissions_but(None)).await;
    let reviewer = service.demo_client("sulsel").await;
    let in_district = |operation: &&Operation| operation.is_in_district() && operation.permission.is_some();
    let in_district: Vec<&Operation> = all.iter().filter(in_district).collect();
    let of_members = |operation: &Operation| operation.permission.as_deref().is_some_and(is_district_permission);
    let mut before = HashMap::new();
    for operation in in_district.iter().filter(|operation| operation.method == "GET") {
        let who = if of_members(operation) { &member } else { &reviewer };
        let answer = call(who, &document, operation, &operation.path_with(GOWA.0, nobody)).await;
        before.insert(operation.id.clone(), answer.status);
    }
    crate::standing::put(&service, GOWA.0, "suspended").await.expect(200);
    let (mut read, mut refused) = (0, 0);
    for operation in &in_district {
        let who = if of_members(operation) { &member } else { &reviewer };
        let answer = call(who, &document, operation, &operation.path_with(GOWA.0, nobody)).await;
        let status = answer.status.as_u16();
        if operation.method == "GET" {
            assert_eq!(
                answer.status, before[&operation.id],
                "{}: {}",
                operation.id, answer.text
            );
            read += usize::from(answer.status.is_success());
        } else if status != 403 {
            // 403: what only the ministry may do.
            assert_eq!(status, 423, "{}: {}", operation.id, answer.text);
            refused += 1;
        }
    }
    assert!(read > 20 && refused > 20, "{read} {refused}");

    crate::standing::put(&service, GOWA.0, "archived").await.expect(200);
    for operation in in_district {
        let path = operation.path_with(GOWA.0, nobody);
        let answer = call(&member, &document, operation, &path).await;
        assert_eq!(answer.status.as_u16(), 404, "{}: {}", operation.id, answer.text);
        if operation.method != "GET" && !of_members(operation) {
            let answer = call(&reviewer, &document, operation, &path).await;
            assert!(
                [403, 423].contains(&answer.status.as_u16()),
                "{}: {}",
                operation.id,
                answer.text
            );
        }
    }
}
