//! Registration of a district: from the application to the new coordinator's sign-in, and everything that must not work.

use reqwest::Method;
use satupintu_tests::{
    Answer, Client, DEMO_PASSWORD, Service,
    client::{file_form, send},
    cluster::Content,
    mail_server::MailServer,
    people,
};
use serde_json::{Value, json};

const REGISTRATIONS: &str = "/api/v1/registrations";
const OVERSIGHT: &str = "/api/v1/oversight/registrations";
const LETTER: &[u8] = b"%PDF-1.7\nsurat komitmen contoh\n%%EOF\n";
const BLORA: &str = "33.16";

fn application(code: &str, email: &str) -> Value {
    json!({
        "district_code": code, "unit_name": "PLKSAI", "office_name": "Dinas Sosial Contoh",
        "applicant_name": "Contoh Pendaftar", "position": "Kepala Bidang Contoh", "email": email, "phone": "0812-3456-7890",
    })
}

/// A service with the demo's rules and a real mail server.
async fn with_mail() -> (Service, MailServer) {
    let mail = MailServer::start();
    let service = Service::start(Content::Demo, &["--demo", "--smtp-url", &mail.url()]).await;
    (service, mail)
}

/// An application and the key to it.
struct Applicant {
    client: Client,
    id: String,
    token: String,
    email: String,
}

impl Applicant {
    async fn new(service: &Service, code: &str, email: &str) -> Self {
        let client = service.anonymous();
        let created = client.post(REGISTRATIONS, application(code, email)).await.expect(201);
        assert_eq!(created.json["status"], "awaiting_email_confirmation");
        Self {
            id: created.id(),
            token: created.json["status_token"].as_str().expect("token").to_owned(),
            client,
            email: email.to_owned(),
        }
    }

    fn request(&self, method: Method, rest: &str) -> reqwest::RequestBuilder {
        let path = format!("{REGISTRATIONS}/{}{rest}", self.id);
        self.client
            .request(method, &path)
            .header("x-registration-token", &self.token)
    }

    async fn get(&self) -> Answer {
        send(self.request(Method::GET, "")).await
    }

    async fn upload(&self, name: &str, content: &[u8]) -> Answer {
        send(
            self.request(Method::PUT, "/commitment-letter")
                .multipart(file_form(name, content)),
        )
        .await
    }

    async fn submit(&self) -> Answer {
        send(self.request(Method::POST, "/submit")).await
    }

    async fn patch(&self, etag: &str, body: Value) -> Answer {
        send(self.request(Method::PATCH, "").header("if-match", etag).json(&body)).await
    }

    async fn confirm(&self, mail: &MailServer) -> Answer {
        let token = mail.wait_for(&self.email, 1).await.token();
        self.client
            .post(&format!("{REGISTRATIONS}/confirm-email"), json!({ "token": token }))
            .await
    }

    /// Handed in, the way every application goes.
    async fn submitted(service: &Service, mail: &MailServer, code: &str, email: &str) -> Self {
        let applicant = Self::new(service, code, email).await;
        applicant.confirm(mail).await.expect(200);
        applicant.upload("Surat komitmen.pdf", LETTER).await.expect(200);
        applicant.submit().await.expect(200);
        applicant
    }
}

async fn decide(client: &Client, id: &str, etag: &str, verb: &str, body: Option<Value>) -> Answer {
    let request = client
        .request(Method::POST, &format!("{OVERSIGHT}/{id}/{verb}"))
        .header("if-match", etag);
    send(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

async fn etag(client: &Client, id: &str) -> String {
    client.get(&format!("{OVERSIGHT}/{id}")).await.expect(200).etag()
}

async fn count(service: &Service, sql: &'static str) -> i64 {
    let mut database = service.database.superuser().await;
    sqlx::query_scalar(sql).fetch_one(&mut database).await.expect("count")
}

#[tokio::test]
async fn from_application_to_the_coordinators_first_sign_in() {
    let (service, mail) = with_mail().await;
    let email = "pendaftar.blora@contoh.example";
    let applicant = Applicant::new(&service, BLORA, email).await;
    let seen = applicant.get().await.expect(200);
    assert_eq!(seen.json["district_name"], "Kabupaten Blora");
    assert_eq!(seen.json["province_name"], "Jawa Tengah");
    assert_eq!(seen.json["phone"], "+6281234567890");
    assert_eq!(seen.json["commitment_letter"], Value::Null);

    let confirmed = applicant.confirm(&mail).await.expect(200);
    assert_eq!(confirmed.json["registration_id"], applicant.id);
    applicant.submit().await.expect_field("commitment_letter", "required");
    let with_letter = applicant.upload("Surat komitmen.pdf", LETTER).await.expect(200);
    assert_eq!(
        with_letter.json["commitment_letter"],
        json!({ "file_name": "Surat komitmen.pdf", "size": LETTER.len() })
    );
    let submitted = applicant.submit().await.expect(200);
    assert_eq!(submitted.json["status"], "submitted");
    // The province's and the ministry's reviewers are told, another province's is not.
    for reviewer in ["jateng", "pusat"] {
        let told = mail.wait_for(&format!("{reviewer}@demo.satupintu.example"), 1).await;
        assert!(told.text.contains("Kabupaten Blora"), "{}", told.text);
    }

    let province = service.demo_client("jateng").await;
    let listed = province
        .get(&format!("{OVERSIGHT}?status=submitted&q=BLOR"))
        .await
        .expect(200);
    assert_eq!(listed.items().len(), 1);
    assert_eq!(listed.items()[0]["id"], applicant.id);
    let path = format!("{OVERSIGHT}/{}/commitment-letter", applicant.id);
    assert_eq!(province.get(&path).await.expect(200).text.as_bytes(), LETTER);
    let tag = etag(&province, &applicant.id).await;
    let endorsed = decide(
        &province,
        &applicant.id,
        &tag,
        "endorse",
        Some(json!({ "note": "Didukung." })),
    )
    .await;
    let endorsed = endorsed.expect(200);
    assert_eq!(endorsed.json["status"], "endorsed");

    let ministry = service.demo_client("pusat").await;
    // Asked before it exists: the answer must not be remembered.
    ministry
        .get("/api/v1/districts/33.16")
        .await
        .expect_problem(404, "not_found");
    let approved = decide(&ministry, &applicant.id, &endorsed.etag(), "approve", None)
        .await
        .expect(200);
    assert_eq!(approved.json["status"], "approved");
    let statuses: Vec<&str> = approved.json["history"]
        .as_array()
        .expect("history")
        .iter()
        .filter_map(|event| event["status"].as_str())
        .collect();
    assert_eq!(
        statuses,
        [
            "awaiting_email_confirmation",
            "draft",
            "submitted",
            "endorsed",
            "approved"
        ]
    );
    let tenant = ministry.get("/api/v1/districts/33.16").await.expect(200);
    assert_eq!(tenant.json["phase"], "onboarding");
    assert_eq!(tenant.json["time_zone"], "Asia/Jakarta");
    assert_eq!(tenant.json["unit_name"], "PLKSAI");

    // confirm, confirmed, handed in, endorsed, welcome
    let welcome = mail.wait_for(email, 5).await;
    assert!(welcome.text.contains("/atur-ulang#token="), "{}", welcome.text);
    let set = json!({ "token": welcome.token(), "password": "Sandi-Koordinator-Blora-2026" });
    service
        .anonymous()
        .post("/api/v1/auth/password-reset/confirm", set)
        .await
        .expect(204);
    let mut coordinator = service.anonymous();
    coordinator.login(email, "Sandi-Koordinator-Blora-2026").await;
    let me = coordinator.get("/api/v1/me").await.expect(200);
    assert_eq!(me.json["memberships"][0]["district_code"], BLORA);
    assert_eq!(me.json["memberships"][0]["role_key"], "district_admin");
    let members = coordinator.get("/api/v1/districts/33.16/members").await.expect(200);
    assert_eq!(members.items().len(), 1);

    // The letter is the district's now, and its chain tells how it began.
    let mut database = service.database.superuser().await;
    let file: uuid::Uuid = sqlx::query_scalar("SELECT id FROM file_object WHERE district_id = 3316")
        .fetch_one(&mut database)
        .await
        .expect("the letter");
    let path = format!("/api/v1/districts/33.16/files/{file}/content");
    assert_eq!(coordinator.get(&path).await.expect(200).text.as_bytes(), LETTER);
    let events = coordinator
        .get("/api/v1/districts/33.16/audit-events")
        .await
        .expect(200);
    let actions: Vec<&str> = events
        .items()
        .iter()
        .filter_map(|event| event["entity"].as_str())
        .collect();
    assert!(
        actions.contains(&"district") && actions.contains(&"file_object"),
        "{actions:?}"
    );
    let db = satupintu::db::Db::lazy(&service.database.app_url(), 1).expect("url");
    let reports = satupintu::audit::verify::verify_all(&db).await.expect("verified");
    assert!(reports.iter().all(|report| report.broken_at.is_none()));
    db.close().await;

    // A second officer of the district is told where to ask.
    let late = service
        .anonymous()
        .post(REGISTRATIONS, application(BLORA, "lain@contoh.example"))
        .await;
    let late = late.expect_problem(409, "district_already_registered");
    assert!(
        late.json["detail"]
            .as_str()
            .expect("detail")
            .contains("Dinas Sosial Contoh")
    );
}

#[tokio::test]
async fn a_second_officer_is_told_the_office_and_no_names() {
    let (service, _mail) = with_mail().await;
    let first = Applicant::new(&service, BLORA, "satu@contoh.example").await;
    let second = service
        .anonymous()
        .post(REGISTRATIONS, application(BLORA, "dua@contoh.example"))
        .await;
    let second = second.expect_problem(409, "district_already_registered");
    let detail = second.json["detail"].as_str().expect("detail");
    assert!(
        detail.contains("Dinas Sosial Contoh") && detail.contains("gugur"),
        "{detail}"
    );
    assert!(!second.text.contains("Pendaftar") && !second.text.contains("satu@") && !second.text.contains(&first.id));
    // Tenants are told apart from applications.
    let tenant = service
        .anonymous()
        .post(REGISTRATIONS, application("73.06", "dua@contoh.example"))
        .await;
    let tenant = tenant.expect_problem(409, "district_already_registered");
    assert!(
        tenant.json["detail"]
            .as_str()
            .expect("detail")
            .contains("Dinas Sosial Kabupaten Gowa")
    );
}

#[tokio::test]
async fn two_officers_at_once_make_one_application() {
    let (service, _mail) = with_mail().await;
    let client = service.anonymous();
    let (a, b) = tokio::join!(
        client.post(REGISTRATIONS, application(BLORA, "satu@contoh.example")),
        client.post(REGISTRATIONS, application(BLORA, "dua@contoh.example"))
    );
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", a.text, b.text);
    assert_eq!(count(&service, "SELECT count(*) FROM registration").await, 1);
}

#[tokio::test]
async fn clumsy_applications_are_told_everything_at_once() {
    let (service, _mail) = with_mail().await;
    let client = service.anonymous();
    let mut bad = application("99.99", "bukan surel");
    bad["unit_name"] = json!("😀");
    bad["phone"] = json!("12");
    let answer = client.post(REGISTRATIONS, bad).await;
    let answer = answer.expect_field("email", "not_an_email");
    let answer = Answer::expect_field(answer, "unit_name", "not_a_name");
    answer.expect_field("phone", "not_a_phone");
    for code in ["99.99", "73", "7302", "73.02.01", "xx.yy"] {
        let answer = client.post(REGISTRATIONS, application(code, "a@contoh.example")).await;
        assert_eq!(answer.status.as_u16(), 422, "{code}: {}", answer.text);
    }
    assert_eq!(count(&service, "SELECT count(*) FROM registration").await, 0);
}

#[tokio::test]
async fn a_repeated_application_gets_a_key_again() {
    let (service, mail) = with_mail().await;
    let client = service.anonymous();
    let post = async |email: &str| {
        let request = client
            .request(Method::POST, REGISTRATIONS)
            .header("idempotency-key", "kunci-acak-1");
        send(request.json(&application(BLORA, email))).await
    };
    let first = post("satu@contoh.example").await.expect(201);
    let again = post("satu@contoh.example").await.expect(201);
    assert_eq!(first.id(), again.id());
    assert_ne!(first.json["status_token"], again.json["status_token"]);
    assert_eq!(again.header("idempotency-replayed"), "true");
    post("dua@contoh.example")
        .await
        .expect_problem(422, "idempotency_key_reused");
    mail.wait_for("satu@contoh.example", 1).await;
    let stored = "SELECT count(*) FROM system_idempotency_key WHERE body::text LIKE '%status_token%'";
    assert_eq!(count(&service, stored).await, 0, "no token in the database");
}

#[tokio::test]
async fn only_the_right_token_opens_an_application() {
    let (service, _mail) = with_mail().await;
    let mine = Applicant::new(&service, BLORA, "satu@contoh.example").await;
    let other = Applicant::new(&service, "33.07", "dua@contoh.example").await;
    let path = format!("{REGISTRATIONS}/{}", mine.id);
    mine.client.get(&path).await.expect_problem(401, "unauthenticated");
    for token in [other.token.as_str(), "x", "", "é"] {
        let request = mine
            .client
            .request(Method::GET, &path)
            .header("x-registration-token", token);
        send(request).await.expect_problem(404, "not_found");
    }
    let mut database = service.database.superuser().await;
    sqlx::query("UPDATE registration_token SET expires_at = now() - interval '1 second'")
        .execute(&mut database)
        .await
        .expect("update");
    mine.get().await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn letters_are_signed_papers() {
    let (service, mail) = with_mail().await;
    let applicant = Applicant::new(&service, BLORA, "satu@contoh.example").await;
    applicant
        .upload("surat.pdf", b"MZ\x90\0\x03\0\0\0")
        .await
        .expect_field("file", "unsupported_file_type");
    let first = applicant.upload("../a.pdf", LETTER).await.expect(200);
    assert_eq!(first.json["commitment_letter"]["file_name"], "a.pdf");
    // Nobody has seen the first letter: it makes room.
    applicant.upload("b.pdf", b"%PDF-1.4 lain").await.expect(200);
    assert_eq!(count(&service, "SELECT count(*) FROM system_file_object").await, 1);
    applicant.confirm(&mail).await.expect(200);
    applicant.submit().await.expect(200);
    applicant
        .upload("c.pdf", LETTER)
        .await
        .expect_problem(409, "wrong_status");
    // What a reviewer has seen stays.
    let ministry = service.demo_client("pusat").await;
    let tag = etag(&ministry, &applicant.id).await;
    let reason = json!({ "reason": "Surat belum ditandatangani." });
    decide(&ministry, &applicant.id, &tag, "return", Some(reason))
        .await
        .expect(200);
    applicant.upload("c.pdf", LETTER).await.expect(200);
    applicant.upload("d.pdf", LETTER).await.expect(200);
    assert_eq!(count(&service, "SELECT count(*) FROM system_file_object").await, 2);
}

#[tokio::test]
async fn a_returned_application_is_mended_and_handed_in_again() {
    let (service, mail) = with_mail().await;
    let applicant = Applicant::submitted(&service, &mail, BLORA, "satu@contoh.example").await;
    let seen = applicant.get().await.expect(200);
    let rename = json!({ "unit_name": "PKSAI Blora" });
    applicant
        .patch(&seen.etag(), rename.clone())
        .await
        .expect_problem(409, "wrong_status");
    applicant.submit().await.expect_problem(409, "wrong_status");
    let ministry = service.demo_client("pusat").await;
    let tag = etag(&ministry, &applicant.id).await;
    decide(
        &ministry,
        &applicant.id,
        &tag,
        "return",
        Some(json!({ "reason": "  " })),
    )
    .await
    .expect_field("reason", "required");
    let reason = json!({ "reason": "Nama unit belum sesuai." });
    decide(&ministry, &applicant.id, &tag, "return", Some(reason.clone()))
        .await
        .expect(200);
    decide(&ministry, &applicant.id, &tag, "return", Some(reason.clone()))
        .await
        .expect_problem(412, "stale");
    let returned = mail.wait_for("satu@contoh.example", 4).await;
    assert!(returned.text.contains("Nama unit belum sesuai."), "{}", returned.text);
    // The mail's own key opens it.
    let by_mail = Applicant {
        token: returned.token(),
        client: applicant.client.clone(),
        id: applicant.id.clone(),
        email: applicant.email.clone(),
    };
    let seen = by_mail.get().await.expect(200);
    assert_eq!(seen.json["status"], "returned");
    assert_eq!(seen.json["decision_note"], "Nama unit belum sesuai.");
    decide(&ministry, &applicant.id, &seen.etag(), "approve", None)
        .await
        .expect_problem(409, "wrong_status");
    by_mail
        .patch(&seen.etag(), json!({ "email": "lain@contoh.example" }))
        .await
        .expect_field("email", "confirmed");
    let patched = by_mail.patch(&seen.etag(), rename.clone()).await.expect(200);
    assert_eq!(patched.json["unit_name"], "PKSAI Blora");
    by_mail.patch(&seen.etag(), rename).await.expect_problem(412, "stale");
    let again = by_mail.submit().await.expect(200);
    assert_eq!(
        (&again.json["status"], &again.json["decision_note"]),
        (&json!("submitted"), &Value::Null)
    );
    let rejected = decide(&ministry, &applicant.id, &again.etag(), "reject", Some(reason))
        .await
        .expect(200);
    assert_eq!(rejected.json["status"], "rejected");
    by_mail.submit().await.expect_problem(409, "wrong_status");
    // The district may apply anew.
    Applicant::new(&service, BLORA, "baru@contoh.example").await;
}

#[tokio::test]
async fn a_wrong_address_is_corrected_before_it_is_confirmed() {
    let (service, mail) = with_mail().await;
    let applicant = Applicant::new(&service, BLORA, "salah@contoh.example").await;
    let old = mail.wait_for("salah@contoh.example", 1).await.token();
    applicant.submit().await.expect_problem(409, "wrong_status");
    let tag = applicant.get().await.expect(200).etag();
    let right = json!({ "email": "benar@contoh.example" });
    let mut tag = applicant.patch(&tag, right.clone()).await.expect(200).etag();
    let confirm = format!("{REGISTRATIONS}/confirm-email");
    let client = service.anonymous();
    client
        .post(&confirm, json!({ "token": old }))
        .await
        .expect_problem(410, "link_expired");
    let new = json!({ "token": mail.wait_for("benar@contoh.example", 1).await.token() });
    for _ in 0..3 {
        tag = applicant.patch(&tag, right.clone()).await.expect(200).etag();
    }
    let flood = applicant
        .patch(&tag, right)
        .await
        .expect_problem(429, "too_many_requests");
    assert!(!flood.header("retry-after").is_empty());
    client.post(&confirm, new).await.expect_problem(410, "link_expired");
    let newest = json!({ "token": mail.wait_for("benar@contoh.example", 4).await.token() });
    client.post(&confirm, newest.clone()).await.expect(200);
    client.post(&confirm, newest).await.expect_problem(410, "link_expired");
    for token in ["", "x"] {
        client
            .post(&confirm, json!({ "token": token }))
            .await
            .expect_problem(410, "link_expired");
    }
}

#[tokio::test]
async fn provinces_see_their_own_and_do_not_decide() {
    let (service, mail) = with_mail().await;
    let blora = Applicant::submitted(&service, &mail, BLORA, "blora@contoh.example").await;
    let bone = Applicant::submitted(&service, &mail, "73.08", "bone@contoh.example").await;
    // Not handed in: nobody's business yet.
    let draft = Applicant::new(&service, "33.07", "draf@contoh.example").await;
    let jateng = service.demo_client("jateng").await;
    let ministry = service.demo_client("pusat").await;
    let ids = |answer: &Answer| -> Vec<String> {
        answer
            .items()
            .iter()
            .filter_map(|item| item["id"].as_str().map(str::to_owned))
            .collect()
    };
    assert_eq!(ids(&jateng.get(OVERSIGHT).await.expect(200)), [blora.id.clone()]);
    assert_eq!(
        ids(&jateng.get(&format!("{OVERSIGHT}?province=73")).await.expect(200)),
        Vec::<String>::new()
    );
    assert_eq!(
        ids(&ministry.get(OVERSIGHT).await.expect(200)),
        [bone.id.clone(), blora.id.clone()]
    );
    assert_eq!(
        ids(&ministry.get(&format!("{OVERSIGHT}?province=73")).await.expect(200)),
        [bone.id.clone()]
    );
    for q in ["'; DROP TABLE registration; --", "%", "_"] {
        let request = ministry.request(Method::GET, OVERSIGHT).query(&[("q", q)]);
        assert_eq!(ids(&send(request).await.expect(200)), Vec::<String>::new(), "{q}");
    }
    ministry
        .get(&format!("{OVERSIGHT}?status=apa"))
        .await
        .expect_field("status", "not_in_list");
    let first = ministry.get(&format!("{OVERSIGHT}?limit=1")).await.expect(200);
    let cursor = first.json["next_cursor"].as_str().expect("cursor").to_owned();
    let second = ministry
        .get(&format!("{OVERSIGHT}?limit=1&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(ids(&second), [blora.id.clone()]);
    assert_eq!(second.json["next_cursor"], Value::Null);

    for id in [&bone.id, &draft.id] {
        jateng
            .get(&format!("{OVERSIGHT}/{id}"))
            .await
            .expect_problem(404, "not_found");
        jateng
            .get(&format!("{OVERSIGHT}/{id}/commitment-letter"))
            .await
            .expect_problem(404, "not_found");
        let note = Some(json!({ "note": "" }));
        decide(&jateng, id, "\"1\"", "endorse", note)
            .await
            .expect_problem(404, "not_found");
    }
    ministry
        .get(&format!("{OVERSIGHT}/{}", draft.id))
        .await
        .expect_problem(404, "not_found");
    let tag = etag(&jateng, &blora.id).await;
    for (verb, body) in [("approve", None), ("reject", Some(json!({ "reason": "x" })))] {
        decide(&jateng, &blora.id, &tag, verb, body)
            .await
            .expect_problem(403, "forbidden");
    }
    let missing = jateng
        .post(&format!("{OVERSIGHT}/{}/endorse", blora.id), json!({ "note": "" }))
        .await;
    missing.expect_problem(428, "precondition_required");
    // Members of districts have no business here.
    let member = service.demo_client("admin.gowa").await;
    member.get(OVERSIGHT).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn two_approvals_at_once_make_one_district() {
    let (service, mail) = with_mail().await;
    let applicant = Applicant::submitted(&service, &mail, BLORA, "satu@contoh.example").await;
    let ministry = service.demo_client("pusat").await;
    let tag = etag(&ministry, &applicant.id).await;
    let (a, b) = tokio::join!(
        decide(&ministry, &applicant.id, &tag, "approve", None),
        decide(&ministry, &applicant.id, &tag, "approve", None)
    );
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412], "{} {}", a.text, b.text);
    let again = etag(&ministry, &applicant.id).await;
    decide(&ministry, &applicant.id, &again, "approve", None)
        .await
        .expect_problem(409, "wrong_status");
    assert_eq!(
        count(&service, "SELECT count(*) FROM district WHERE id = 3316").await,
        1
    );
    assert_eq!(
        count(&service, "SELECT count(*) FROM membership WHERE district_id = 3316").await,
        1
    );
}

#[tokio::test]
async fn an_applicant_with_an_account_keeps_it() {
    let (service, mail) = with_mail().await;
    let email = "sudah.punya@contoh.example";
    let account = people::account(&mut service.database.superuser().await, email).await;
    let mut person = service.anonymous();
    person.login(email, DEMO_PASSWORD).await;
    assert_eq!(
        person.get("/api/v1/me").await.expect(200).json["memberships"],
        json!([])
    );
    let applicant = Applicant::submitted(&service, &mail, BLORA, email).await;
    let ministry = service.demo_client("pusat").await;
    let tag = etag(&ministry, &applicant.id).await;
    let mut database = service.database.superuser().await;
    let disable = async |database: &mut sqlx::PgConnection, at: &str| {
        sqlx::query("UPDATE account SET disabled_at = $1::timestamptz WHERE id = $2")
            .bind((!at.is_empty()).then_some(at))
            .bind(account)
            .execute(database)
            .await
            .expect("update");
    };
    disable(&mut database, "2026-01-05").await;
    decide(&ministry, &applicant.id, &tag, "approve", None)
        .await
        .expect_problem(409, "conflict");
    assert_eq!(
        count(&service, "SELECT count(*) FROM district WHERE id = 3316").await,
        0
    );
    disable(&mut database, "").await;
    decide(&ministry, &applicant.id, &tag, "approve", None)
        .await
        .expect(200);
    let welcome = mail.wait_for(email, 4).await;
    assert!(
        welcome.text.contains("/masuk") && !welcome.text.contains("token="),
        "{}",
        welcome.text
    );
    // At once, with the session that was open before.
    person.get("/api/v1/districts/33.16").await.expect(200);
}

#[tokio::test]
async fn applications_that_nobody_goes_on_with_lapse() {
    let (service, mail) = with_mail().await;
    let unconfirmed = Applicant::new(&service, BLORA, "satu@contoh.example").await;
    let link = mail.wait_for("satu@contoh.example", 1).await.token();
    let draft = Applicant::new(&service, "33.07", "dua@contoh.example").await;
    draft.confirm(&mail).await.expect(200);
    draft.upload("a.pdf", LETTER).await.expect(200);
    let submitted = Applicant::submitted(&service, &mail, "33.14", "tiga@contoh.example").await;
    let mut database = service.database.superuser().await;
    let age = async |database: &mut sqlx::PgConnection, days: i32| {
        sqlx::query("UPDATE registration SET status_at = status_at - $1 * interval '1 day', updated_at = updated_at - $1 * interval '1 day'")
            .bind(days)
            .execute(database)
            .await
            .expect("update");
    };
    let run = async || {
        let arguments = service.housekeeping().await;
        satupintu::registrations::expiry::run(&arguments.0, &arguments.1)
            .await
            .expect("expiry")
    };
    age(&mut database, 6).await;
    assert_eq!(run().await, (0, 0));
    age(&mut database, 2).await;
    assert_eq!(run().await, (1, 0));
    assert_eq!(unconfirmed.get().await.expect(200).json["status"], "expired");
    let late = json!({ "token": link });
    let confirm = format!("{REGISTRATIONS}/confirm-email");
    service
        .anonymous()
        .post(&confirm, late)
        .await
        .expect_problem(410, "link_expired");
    Applicant::new(&service, BLORA, "baru@contoh.example").await;
    age(&mut database, 25).await;
    assert_eq!(run().await, (2, 0), "the draft, and the second unconfirmed one");
    let told = mail.wait_for("dua@contoh.example", 3).await;
    assert!(told.text.contains("gugur"), "{}", told.text);
    assert_eq!(submitted.get().await.expect(200).json["status"], "submitted");
    age(&mut database, 40).await;
    assert_eq!(run().await, (0, 3));
    let people = "SELECT count(*) FROM registration WHERE status = 'expired' AND (email <> '' OR applicant_name <> '' OR phone <> '' OR letter_id IS NOT NULL)";
    assert_eq!(count(&service, people).await, 0);
    assert_eq!(count(&service, "SELECT count(*) FROM system_file_object").await, 1);
    draft.get().await.expect_problem(404, "not_found");
}
