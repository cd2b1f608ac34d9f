//! Members, invitations and own roles of a district.

use satupintu_tests::{DEMO_PASSWORD, Service, people};
use serde_json::json;

const ROLES: &str = "/api/v1/districts/73.06/roles";
const INVITATIONS: &str = "/api/v1/districts/73.06/invitations";
const MEMBERS: &str = "/api/v1/districts/73.06/members";

#[tokio::test]
async fn an_invited_person_joins_with_a_new_account() {
    let (service, mail) = Service::demo_with_mail().await;
    let admin = service.demo_client("admin.gowa").await;
    let email = "rekan.baru@contoh.example";
    admin
        .post(INVITATIONS, json!({ "email": email, "role_key": "social_worker" }))
        .await
        .expect(201);
    let received = mail.wait_for(email, 1).await;
    assert!(
        received.text.contains("Pekerja sosial") && received.text.contains("Sikamaseang"),
        "{}",
        received.text
    );
    let token = json!({ "token": received.token() });
    let preview = service
        .anonymous()
        .post("/api/v1/auth/invitation", token.clone())
        .await
        .expect(200);
    assert_eq!(preview.json["account_exists"], false);
    assert_eq!(preview.json["area_name"], "Kabupaten Gowa");
    let accept = |name: &str, password: &str| json!({ "token": received.token(), "name": name, "password": password });
    let path = "/api/v1/auth/invitation/accept";
    service
        .anonymous()
        .post(path, accept("", "x"))
        .await
        .expect_field("name", "required");
    let mut person = service.anonymous();
    let joined = person
        .post(path, accept("Contoh Rekan Baru", DEMO_PASSWORD))
        .await
        .expect(200);
    person.set_token(joined.json["access_token"].as_str().expect("token"));
    person.get("/api/v1/districts/73.06").await.expect(200);
    person
        .get("/api/v1/districts/73.02")
        .await
        .expect_problem(404, "not_found");
    service
        .anonymous()
        .post(path, accept("Contoh Rekan Baru", DEMO_PASSWORD))
        .await
        .expect_problem(410, "link_expired");
    // The district reads in its own trail who has joined; the installation's tells that the link was used.
    let trail = admin
        .get("/api/v1/districts/73.06/audit-events?entity=membership")
        .await
        .expect(200);
    let event = &trail.items()[0];
    assert_eq!(
        (&event["action"], &event["actor_name"]),
        (&json!("join"), &json!("Contoh Rekan Baru"))
    );
    assert_eq!(event["after"], json!({ "email": email, "role_key": "social_worker" }));
    let db = satupintu::db::Db::lazy(&service.database.app_url(), 1).expect("url");
    let chains = satupintu::audit::verify::verify_all(&db).await.expect("verify");
    assert!(chains.iter().all(|chain| chain.broken_at.is_none()), "{chains:?}");
    let again = admin
        .post(INVITATIONS, json!({ "email": email, "role_key": "viewer" }))
        .await;
    again.expect_field("email", "already_member");
}

#[tokio::test]
async fn a_person_with_an_account_joins_a_second_district() {
    let (service, mail) = Service::demo_with_mail().await;
    let admin = service.demo_client("admin.gowa").await;
    let email = "admin.bulukumba@demo.satupintu.example";
    admin
        .post(INVITATIONS, json!({ "email": email, "role_key": "viewer" }))
        .await
        .expect(201);
    let token = json!({ "token": mail.wait_for(email, 1).await.token() });
    let path = "/api/v1/auth/invitation/accept";
    service
        .anonymous()
        .post(path, token.clone())
        .await
        .expect_problem(401, "unauthenticated");
    admin
        .post(path, token.clone())
        .await
        .expect_problem(401, "unauthenticated");
    let person = service.demo_client("admin.bulukumba").await;
    person
        .get("/api/v1/districts/73.06")
        .await
        .expect_problem(404, "not_found");
    person.post(path, token).await.expect(200);
    person.get("/api/v1/districts/73.06").await.expect(200);
    assert_eq!(
        person.get("/api/v1/me").await.expect(200).json["memberships"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}

#[tokio::test]
async fn an_invitation_can_be_taken_back_and_is_replaced_by_a_newer_one() {
    let (service, mail) = Service::demo_with_mail().await;
    let admin = service.demo_client("admin.gowa").await;
    let email = "rekan.baru@contoh.example";
    let body = json!({ "email": email, "role_key": "viewer" });
    admin.post(INVITATIONS, body.clone()).await.expect(201);
    let second = admin.post(INVITATIONS, body).await.expect(201);
    assert_eq!(admin.get(INVITATIONS).await.expect(200).items().len(), 1);
    let first = json!({ "token": mail.wait_for(email, 1).await.token() });
    service
        .anonymous()
        .post("/api/v1/auth/invitation", first)
        .await
        .expect_problem(410, "link_expired");
    let path = format!("{INVITATIONS}/{}", second.id());
    admin.delete(&path, "").await.expect(204);
    admin.delete(&path, "").await.expect_problem(404, "not_found");
    let second = json!({ "token": mail.wait_for(email, 2).await.token() });
    service
        .anonymous()
        .post("/api/v1/auth/invitation", second)
        .await
        .expect_problem(410, "link_expired");
}

#[tokio::test]
async fn roles_are_made_and_take_effect_at_once() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let body = json!({ "key": "petugas_kecamatan", "name": "Petugas kecamatan", "permissions": ["district.read"] });
    let role = admin.post(ROLES, body.clone()).await.expect(201);
    admin.post(ROLES, body).await.expect_field("key", "key_taken");
    let members = admin.get(MEMBERS).await.expect(200);
    let peksos = members
        .items()
        .iter()
        .find(|member| member["role_key"] == "social_worker")
        .expect("peksos");
    let member = admin
        .get(&format!("{MEMBERS}/{}", peksos["id"].as_str().expect("id")))
        .await
        .expect(200);
    let path = format!("{MEMBERS}/{}", member.id());
    let worker = service.demo_client("peksos.gowa").await;
    worker.get(MEMBERS).await.expect(200);
    let changed = admin
        .patch(&path, &member.etag(), json!({ "role_key": "petugas_kecamatan" }))
        .await
        .expect(200);
    assert_eq!(changed.json["role_name"], "Petugas kecamatan");
    worker.get(MEMBERS).await.expect_problem(403, "forbidden");
    worker.get("/api/v1/districts/73.06").await.expect(200);
    let role_path = format!("{ROLES}/{}", role.id());
    admin
        .delete(&role_path, &role.etag())
        .await
        .expect_problem(409, "conflict");
    let widened = json!({ "permissions": ["district.read", "members.read"] });
    let role = admin.patch(&role_path, &role.etag(), widened).await.expect(200);
    worker.get(MEMBERS).await.expect(200);
    admin
        .patch(&path, &member.etag(), json!({ "role_key": "viewer" }))
        .await
        .expect_problem(412, "stale");
    admin
        .patch(&path, &changed.etag(), json!({ "role_key": "viewer" }))
        .await
        .expect(200);
    admin.delete(&role_path, &role.etag()).await.expect(204);
    admin.get(&role_path).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn nobody_gives_what_they_do_not_have() {
    let service = Service::demo().await;
    let manager =
        satupintu_tests::people::member_with(&service, 7306, &["members.manage", "members.read", "roles.manage"]).await;
    let body = json!({ "key": "besar", "name": "Besar", "permissions": ["audit.read"] });
    manager
        .post(ROLES, body)
        .await
        .expect_field("permissions", "more_than_own");
    let stolen = json!({ "key": "besar", "name": "Besar", "permissions": ["registrations.decide"] });
    manager
        .post(ROLES, stolen)
        .await
        .expect_field("permissions.0", "unknown_permission");
    let invite = json!({ "email": "a@contoh.example", "role_key": "district_admin" });
    manager
        .post(INVITATIONS, invite)
        .await
        .expect_field("role_key", "more_than_own");
    let nowhere = json!({ "email": "a@contoh.example", "role_key": "nation_admin" });
    manager
        .post(INVITATIONS, nowhere)
        .await
        .expect_field("role_key", "unknown_role");
}

#[tokio::test]
async fn the_last_coordinator_stays() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let members = admin.get(MEMBERS).await.expect(200);
    let own = members
        .items()
        .iter()
        .find(|member| member["role_key"] == "district_admin")
        .expect("admin");
    let path = format!("{MEMBERS}/{}", own["id"].as_str().expect("id"));
    let member = admin.get(&path).await.expect(200);
    admin
        .patch(&path, &member.etag(), json!({ "role_key": "viewer" }))
        .await
        .expect_problem(409, "conflict");
    admin
        .delete(&path, &member.etag())
        .await
        .expect_problem(409, "conflict");
}

#[tokio::test]
async fn a_repeated_create_happens_once() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let send = async |body: serde_json::Value| {
        let request = admin
            .request(reqwest::Method::POST, ROLES)
            .header("idempotency-key", "satu-kali")
            .json(&body);
        satupintu_tests::client::send(request).await
    };
    let body = json!({ "key": "sekali", "name": "Sekali", "permissions": ["district.read"] });
    // Side by side and one after the other: one role, the same answer.
    let (first, second) = tokio::join!(send(body.clone()), send(body.clone()));
    let third = send(body.clone()).await.expect(201);
    assert_eq!(
        (first.expect(201).id(), second.expect(201).id()),
        (third.id(), third.id())
    );
    assert_eq!(third.header("idempotency-replayed"), "true");
    assert_eq!(third.etag(), "\"1\"");
    let mut other = body;
    other["name"] = "Lain".into();
    send(other).await.expect_problem(422, "idempotency_key_reused");
    // The same key of somebody else is somebody else's.
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let request = bulukumba
        .request(reqwest::Method::POST, "/api/v1/districts/73.02/roles")
        .header("idempotency-key", "satu-kali");
    let body = json!({ "key": "sekali", "name": "Sekali", "permissions": ["district.read"] });
    satupintu_tests::client::send(request.json(&body)).await.expect(201);
}

#[tokio::test]
async fn lists_are_paged_without_gaps() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let all = admin.get(MEMBERS).await.expect(200);
    let mut seen = Vec::new();
    let mut path = format!("{MEMBERS}?limit=3");
    loop {
        let page = admin.get(&path).await.expect(200);
        assert!(page.items().len() <= 3);
        seen.extend(page.items().iter().map(|member| member["id"].clone()));
        let Some(cursor) = page.json["next_cursor"].as_str() else {
            break;
        };
        path = format!("{MEMBERS}?limit=3&cursor={cursor}");
    }
    let expected: Vec<_> = all.items().iter().map(|member| member["id"].clone()).collect();
    assert_eq!(seen, expected);
    admin
        .get(&format!("{MEMBERS}?limit=0"))
        .await
        .expect_field("limit", "out_of_range");
    admin
        .get(&format!("{MEMBERS}?limit=banyak"))
        .await
        .expect_problem(422, "invalid_input");
    admin
        .get(&format!("{MEMBERS}?cursor=xx"))
        .await
        .expect_field("cursor", "unknown_cursor");
}

/// What somebody could give is not given by what they once sent.
#[tokio::test]
async fn invitations_end_with_the_right_to_send_them() {
    let (service, mail) = Service::demo_with_mail().await;
    let admin = service.demo_client("admin.gowa").await;
    let mut database = service.database.superuser().await;
    let second = people::account(&mut database, "koordinator.dua@contoh.example").await;
    people::membership(&mut database, second, "district", Some(7306), None, "district_admin").await;
    let mut other = service.anonymous();
    other.login("koordinator.dua@contoh.example", DEMO_PASSWORD).await;
    for (email, role) in [
        ("diri.lain@contoh.example", "district_admin"),
        ("pengamat@contoh.example", "viewer"),
    ] {
        let invite = json!({ "email": email, "role_key": role });
        other.post(INVITATIONS, invite).await.expect(201);
    }
    let key = json!({ "key": "pengelola", "name": "Pengelola", "permissions":
        ["members.manage", "members.read", "district.read", "files.read", "setup.read"] });
    admin.post(ROLES, key).await.expect(201);
    let members = admin.get(MEMBERS).await.expect(200);
    let id = |account: &str| {
        let member = members.items().iter().find(|member| member["account_id"] == account);
        format!("{MEMBERS}/{}", member.expect("member")["id"].as_str().expect("id"))
    };
    let path = id(&second.to_string());
    let tag = admin.get(&path).await.expect(200).etag();
    admin
        .patch(&path, &tag, json!({ "role_key": "pengelola" }))
        .await
        .expect(200);
    let open = admin.get(INVITATIONS).await.expect(200);
    let emails: Vec<_> = open.items().iter().map(|item| item["email"].clone()).collect();
    assert_eq!(
        emails,
        ["pengamat@contoh.example"],
        "a manager may still invite viewers"
    );
    let token = mail.wait_for("diri.lain@contoh.example", 1).await.token();
    let accept = json!({ "token": token, "name": "Contoh Diri Lain", "password": DEMO_PASSWORD });
    let accepted = service.anonymous().post("/api/v1/auth/invitation/accept", accept).await;
    accepted.expect_problem(410, "link_expired");
    let tag = admin.get(&path).await.expect(200).etag();
    admin
        .patch(&path, &tag, json!({ "role_key": "viewer" }))
        .await
        .expect(200);
    assert!(admin.get(INVITATIONS).await.expect(200).items().is_empty());
}

/// With the permission to manage members, but less than a coordinator, nobody puts a coordinator out.
#[tokio::test]
async fn only_equals_change_or_remove_a_member() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let mut database = service.database.superuser().await;
    let second = people::account(&mut database, "koordinator.dua@contoh.example").await;
    people::membership(&mut database, second, "district", Some(7306), None, "district_admin").await;
    let granted = [
        "members.manage",
        "members.read",
        "district.read",
        "files.read",
        "setup.read",
    ];
    let manager = people::member_with(&service, 7306, &granted).await;
    let members = admin.get(MEMBERS).await.expect(200);
    for (role, status) in [("district_admin", 403), ("social_worker", 200)] {
        let member = members.items().iter().find(|member| member["role_key"] == role);
        let path = format!("{MEMBERS}/{}", member.expect(role)["id"].as_str().expect("id"));
        let tag = manager.get(&path).await.expect(200).etag();
        let changed = manager.patch(&path, &tag, json!({ "role_key": "viewer" })).await;
        let tag = manager.get(&path).await.expect(200).etag();
        changed.expect(status);
        let removed = manager.delete(&path, &tag).await;
        removed.expect(if status == 403 { 403 } else { 204 });
    }
}
