//! The reviewers' side, and what approval makes.

use super::*;

#[tokio::test]
async fn from_application_to_the_coordinators_first_sign_in() {
    let (service, mail) = Service::demo_with_mail().await;
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
    // Judged from the first moment on, not only after its first write.
    let list = ministry.get("/api/v1/oversight/districts?q=blora").await.expect(200);
    assert_eq!(list.items()[0]["phase"], "commitment");
    assert!(list.items()[0]["as_of"].is_string(), "{}", list.text);
    assert_eq!(
        list.items()[0]["components"].as_array().map(Vec::len),
        Some(ComponentKind::ALL.len())
    );

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
async fn a_returned_application_is_mended_and_handed_in_again() {
    let (service, mail) = Service::demo_with_mail().await;
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
async fn provinces_see_their_own_and_do_not_decide() {
    let (service, mail) = Service::demo_with_mail().await;
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
    assert_eq!(ids(&jateng.get(OVERSIGHT).await.expect(200)), [blora.id.as_str()]);
    assert_eq!(
        ids(&jateng.get(&format!("{OVERSIGHT}?province=73")).await.expect(200)),
        Vec::<String>::new()
    );
    assert_eq!(
        ids(&ministry.get(OVERSIGHT).await.expect(200)),
        [bone.id.as_str(), blora.id.as_str()]
    );
    assert_eq!(
        ids(&ministry.get(&format!("{OVERSIGHT}?province=73")).await.expect(200)),
        [bone.id.as_str()]
    );
    for q in ["%27%3B%20DROP%20TABLE%20registration%3B%20--", "%25", "_"] {
        let answer = ministry.get(&format!("{OVERSIGHT}?q={q}")).await;
        assert_eq!(ids(&answer.expect(200)), Vec::<String>::new(), "{q}");
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
    assert_eq!(ids(&second), [blora.id.as_str()]);
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
    let (service, mail) = Service::demo_with_mail().await;
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
    let (service, mail) = Service::demo_with_mail().await;
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

/// Nobody makes themselves coordinator.
#[tokio::test]
async fn reviewers_do_not_decide_about_their_own_application() {
    let (service, mail) = Service::demo_with_mail().await;
    let own = "pusat@demo.satupintu.example";
    let applicant = Applicant::submitted(&service, &mail, BLORA, own).await;
    let ministry = service.demo_client("pusat").await;
    let tag = etag(&ministry, &applicant.id).await;
    decide(&ministry, &applicant.id, &tag, "approve", None)
        .await
        .expect_problem(403, "conflict_of_interest");
    let province = Applicant::submitted(&service, &mail, "73.03", "sulsel@demo.satupintu.example").await;
    let sulsel = service.demo_client("sulsel").await;
    let tag = etag(&sulsel, &province.id).await;
    decide(&sulsel, &province.id, &tag, "endorse", Some(json!({ "note": "" })))
        .await
        .expect_problem(403, "conflict_of_interest");
    decide(&ministry, &province.id, &tag, "approve", None).await.expect(200);
}
