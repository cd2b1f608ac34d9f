//! Somebody follows a coordinator: one person asks, another decides.

use satupintu_tests::{Answer, Client, DEMO_PASSWORD, Service, client::send};
use serde_json::{Value, json};

const GOWA: &str = "/api/v1/districts/73.06";
const SUCCESSIONS: &str = "/api/v1/districts/73.06/successions";
const REASON: &str = "Contoh: koordinator dimutasi ke dinas lain.";

async fn coordinators(client: &Client) -> Vec<Value> {
    let list = client.get(&format!("{GOWA}/coordinators")).await.expect(200);
    list.items().to_vec()
}

fn request(email: &str, leaving: &Value) -> Value {
    json!({ "successor_email": email, "leaving": leaving, "reason": REASON, "letter_number": "800/CONTOH/2026" })
}

async fn decide(client: &Client, request: &Answer, approved: bool, note: &str) -> Answer {
    let path = format!("{SUCCESSIONS}/{}/decision", request.id());
    let body = json!({ "approved": approved, "note": note });
    let asked = client.request(reqwest::Method::POST, &path);
    send(asked.header("if-match", request.etag()).json(&body)).await
}

async fn withdraw(client: &Client, request: &Answer) -> Answer {
    let path = format!("{SUCCESSIONS}/{}/withdrawal", request.id());
    let asked = client.request(reqwest::Method::POST, &path);
    send(asked.header("if-match", request.etag())).await
}

#[tokio::test]
async fn a_member_follows_at_once_and_who_leaves_is_out() {
    let service = Service::demo().await;
    let (admin, province) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("sulsel").await,
    );
    let leaving = coordinators(&admin).await[0]["id"].clone();
    let email = "supervisor.gowa@demo.satupintu.example";
    let supervisor = service.demo_client("supervisor.gowa").await;
    let asked = supervisor.post(SUCCESSIONS, request(email, &leaving)).await.expect(201);
    assert_eq!(asked.json["status"], "requested");
    assert_eq!(asked.json["leaving_name"], coordinators(&admin).await[0]["name"]);
    supervisor
        .post(SUCCESSIONS, request(email, &leaving))
        .await
        .expect_problem(409, "conflict");
    // Nobody in the district decides, and who coordinates is told.
    decide(&admin, &asked, true, "").await.expect_problem(403, "forbidden");
    service.tell().await;
    let told = admin.get("/api/v1/notifications").await.expect(200);
    assert_eq!(told.items()[0]["kind"], "succession_changed");

    let done = decide(&province, &asked, true, "Surat tugas sudah dicocokkan.")
        .await
        .expect(200);
    assert_eq!(done.json["status"], "completed");
    let now = coordinators(&province).await;
    assert_eq!(now.len(), 1, "{now:?}");
    assert_ne!(now[0]["id"], leaving);
    admin.get(GOWA).await.expect_problem(404, "not_found");
    // The trail says who asked and who decided.
    let trail = service
        .demo_client("supervisor.gowa")
        .await
        .get(&format!("{GOWA}/audit-events?entity=succession"))
        .await
        .expect(200);
    let acts: Vec<_> = trail.items().iter().map(|event| event["action"].clone()).collect();
    assert_eq!(acts, [json!("approve"), json!("create")]);
    decide(&province, &done, true, "").await.expect_problem(409, "conflict");
}

#[tokio::test]
async fn who_asks_does_not_decide() {
    let service = Service::demo().await;
    let (admin, province, ministry) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("sulsel").await,
        service.demo_client("pusat").await,
    );
    let leaving = coordinators(&province).await[0]["id"].clone();
    let asked = province
        .post(SUCCESSIONS, request("baru@contoh.example", &leaving))
        .await
        .expect(201);
    decide(&province, &asked, true, "")
        .await
        .expect_problem(403, "conflict_of_interest");
    service
        .demo_client("jateng")
        .await
        .get(SUCCESSIONS)
        .await
        .expect_problem(404, "not_found");
    decide(&ministry, &asked, false, "Tidak")
        .await
        .expect_field("note", "too_short");
    let refused = decide(&ministry, &asked, false, "Surat tugas belum ada.")
        .await
        .expect(200);
    assert_eq!(refused.json["status"], "refused");
    admin.get(GOWA).await.expect(200);

    // A refused one makes room for the next, which only who asked or a reviewer takes back.
    let next = admin
        .post(SUCCESSIONS, request("lain@contoh.example", &leaving))
        .await
        .expect(201);
    let supervisor = service.demo_client("supervisor.gowa").await;
    withdraw(&supervisor, &next).await.expect_problem(403, "forbidden");
    let back = withdraw(&admin, &next).await.expect(200);
    assert_eq!(back.json["status"], "withdrawn");
    decide(&ministry, &back, true, "").await.expect_problem(409, "conflict");
    let list = admin.get(SUCCESSIONS).await.expect(200);
    let ends: Vec<_> = list.items().iter().map(|row| row["status"].clone()).collect();
    assert_eq!(ends, [json!("withdrawn"), json!("refused")]);
}

#[tokio::test]
async fn an_invited_successor_takes_over_by_joining() {
    let (service, mail) = Service::demo_with_mail().await;
    let (admin, province, ministry) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("sulsel").await,
        service.demo_client("pusat").await,
    );
    let email = "pengganti@contoh.example";
    let leaving = coordinators(&admin).await[0]["id"].clone();
    let asked = province.post(SUCCESSIONS, request(email, &leaving)).await.expect(201);
    let approved = decide(&ministry, &asked, true, "").await.expect(200);
    assert_eq!(approved.json["status"], "approved");
    // Until then the district has its coordinator.
    admin.get(GOWA).await.expect(200);
    let received = mail.wait_for(email, 1).await;
    let body = json!({ "token": received.token(), "name": "Contoh Pengganti", "password": DEMO_PASSWORD });
    let joined = service
        .anonymous()
        .post("/api/v1/auth/invitation/accept", body)
        .await
        .expect(200);
    let mut successor = service.anonymous();
    successor.set_token(joined.json["access_token"].as_str().expect("token"));
    let now = coordinators(&successor).await;
    assert_eq!((now.len(), &now[0]["name"]), (1, &json!("Contoh Pengganti")));
    admin.get(GOWA).await.expect_problem(404, "not_found");
    let list = successor.get(SUCCESSIONS).await.expect(200);
    assert_eq!(list.items()[0]["status"], "completed");
    // Who is out sees no notices of the district any more, and is told by mail.
    let goodbye = mail.wait_for("admin.gowa@demo.satupintu.example", 3).await;
    assert!(goodbye.text.contains("tidak lagi menjadi anggota"), "{}", goodbye.text);
}

/// Who leaves still manages members until the successor joins, and must not be able to undo alone what two have decided.
#[tokio::test]
async fn one_person_alone_does_not_undo_it() {
    let (service, mail) = Service::demo_with_mail().await;
    let (admin, province, ministry) = (
        service.demo_client("admin.gowa").await,
        service.demo_client("sulsel").await,
        service.demo_client("pusat").await,
    );
    let email = "pengganti@contoh.example";
    let leaving = coordinators(&admin).await[0]["id"].clone();
    let asked = province.post(SUCCESSIONS, request(email, &leaving)).await.expect(201);
    let approved = decide(&ministry, &asked, true, "").await.expect(200);
    let invitations = format!("{GOWA}/invitations");
    let sent = admin.get(&invitations).await.expect(200).items()[0]["id"].clone();
    let sent = sent.as_str().expect("id");
    let again = json!({ "email": email, "role_key": "social_worker" });
    admin.post(&invitations, again).await.expect_problem(409, "conflict");
    admin
        .delete(&format!("{invitations}/{sent}"), "\"1\"")
        .await
        .expect_problem(409, "conflict");
    // What who leaves has left behind opens nothing.
    let own = json!({ "email": "kotak.lain@contoh.example", "role_key": "district_admin" });
    admin.post(&invitations, own).await.expect(201);
    let left_behind = mail.wait_for("kotak.lain@contoh.example", 1).await.token();
    let accept = "/api/v1/auth/invitation/accept";
    let received = mail.wait_for(email, 1).await;
    let body = |token: &str| json!({ "token": token, "name": "Contoh Pengganti", "password": DEMO_PASSWORD });
    let anonymous = service.anonymous();
    anonymous.post(accept, body(&received.token())).await.expect(200);
    anonymous
        .post(accept, body(&left_behind))
        .await
        .expect_problem(410, "link_expired");
    withdraw(&ministry, &approved).await.expect_problem(412, "stale");
}

/// A reviewer who learns that a request was false takes the approval back, and a newer one ends the one before.
#[tokio::test]
async fn an_approval_is_taken_back_with_its_invitation() {
    let (service, mail) = Service::demo_with_mail().await;
    let (province, ministry) = (service.demo_client("sulsel").await, service.demo_client("pusat").await);
    let leaving = coordinators(&province).await[0]["id"].clone();
    let mut tokens = Vec::new();
    for email in ["satu@contoh.example", "dua@contoh.example"] {
        let asked = province.post(SUCCESSIONS, request(email, &leaving)).await.expect(201);
        decide(&ministry, &asked, true, "").await.expect(200);
        tokens.push(mail.wait_for(email, 1).await.token());
    }
    let list = province.get(SUCCESSIONS).await.expect(200);
    let states: Vec<_> = list.items().iter().map(|row| row["status"].clone()).collect();
    assert_eq!(states, [json!("approved"), json!("withdrawn")]);
    let newest = list.items()[0].clone();
    let path = format!("{SUCCESSIONS}/{}/withdrawal", newest["id"].as_str().expect("id"));
    let etag = format!("\"{}\"", newest["version"]);
    let asked = ministry.request(reqwest::Method::POST, &path).header("if-match", etag);
    assert_eq!(send(asked).await.expect(200).json["status"], "withdrawn");
    for token in tokens {
        let body = json!({ "token": token, "name": "Contoh Pengganti", "password": DEMO_PASSWORD });
        service
            .anonymous()
            .post("/api/v1/auth/invitation/accept", body)
            .await
            .expect_problem(410, "link_expired");
    }
}

/// Who joins while others write in the district's setup waits for nobody in a circle.
#[tokio::test]
async fn joining_and_writing_do_not_wait_for_each_other() {
    let (service, mail) = Service::demo_with_mail().await;
    let (province, ministry) = (service.demo_client("sulsel").await, service.demo_client("pusat").await);
    let data = service.demo_client("data.gowa").await;
    for round in 0..5 {
        let email = format!("pengganti{round}@contoh.example");
        let asked = province
            .post(SUCCESSIONS, request(&email, &Value::Null))
            .await
            .expect(201);
        decide(&ministry, &asked, true, "").await.expect(200);
        let token = mail.wait_for(&email, 1).await.token();
        let body = json!({ "token": token, "name": "Contoh Pengganti", "password": DEMO_PASSWORD });
        let anonymous = service.anonymous();
        let progress = format!("{GOWA}/readiness/LEM-3/progress");
        let etag = data.get(&progress).await.expect(200).etag();
        let note = json!({ "note": format!("Contoh {round}"), "begun": true });
        let (joined, written) = tokio::join!(
            anonymous.post("/api/v1/auth/invitation/accept", body),
            data.put(&progress, &etag, note),
        );
        joined.expect(200);
        written.expect(200);
    }
}

#[tokio::test]
async fn what_would_change_nothing_is_refused_in_words() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let own = "admin.gowa@demo.satupintu.example";
    let leaving = coordinators(&admin).await[0]["id"].clone();
    let field = "successor_email";
    admin
        .post(SUCCESSIONS, request(own, &leaving))
        .await
        .expect_field(field, "follows_oneself");
    admin
        .post(SUCCESSIONS, request(own, &Value::Null))
        .await
        .expect_field(field, "already_coordinator");
    admin
        .post(SUCCESSIONS, request("bukan surel", &leaving))
        .await
        .expect_field(field, "not_an_email");
    let nobody = json!("01900000-0000-7000-8000-000000000000");
    admin
        .post(SUCCESSIONS, request("baru@contoh.example", &nobody))
        .await
        .expect_field("leaving", "not_a_coordinator");
    let social_worker = service.demo_client("peksos.gowa").await;
    social_worker.get(SUCCESSIONS).await.expect_problem(403, "forbidden");
}
