//! The applicant's side.

use super::*;

#[tokio::test]
async fn a_second_officer_is_told_the_office_and_no_names() {
    let (service, mail) = Service::demo_with_mail().await;
    let first = Applicant::submitted(&service, &mail, BLORA, "satu@contoh.example").await;
    let second = service
        .anonymous()
        .post(REGISTRATIONS, application(BLORA, "dua@contoh.example"))
        .await;
    let second = second.expect_problem(409, "district_already_registered");
    let detail = second.json["detail"].as_str().expect("detail");
    assert!(detail.contains("Dinas Sosial Contoh"), "{detail}");
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

/// Anybody may name a district and an address. Only who opens the mail has it.
#[tokio::test]
async fn who_never_confirms_keeps_nobody_out() {
    let (service, mail) = Service::demo_with_mail().await;
    let stranger = Applicant::new(&service, BLORA, "orang.lain@contoh.example").await;
    let asked = mail.wait_for("orang.lain@contoh.example", 1).await;
    assert!(
        asked
            .text
            .contains("Daerah Anda baru dipegang untuk Anda setelah permohonan dikirim ke Kementerian Sosial."),
        "{}",
        asked.text
    );
    let officer = Applicant::submitted(&service, &mail, BLORA, "pejabat@contoh.example").await;
    let late = stranger
        .confirm(&mail)
        .await
        .expect_problem(409, "district_already_registered");
    assert!(
        late.json["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("Dinas Sosial Contoh"))
    );
    stranger.submit().await.expect_problem(409, "wrong_status");
    let ministry = service.demo_client("pusat").await;
    let tag = etag(&ministry, &officer.id).await;
    decide(&ministry, &officer.id, &tag, "approve", None).await.expect(200);
    stranger
        .confirm(&mail)
        .await
        .expect_problem(409, "district_already_registered");
}

/// A draft that nobody sees and nobody could reject holds nothing, however its email was confirmed.
#[tokio::test]
async fn who_never_hands_in_keeps_nobody_out() {
    let (service, mail) = Service::demo_with_mail().await;
    let stranger = Applicant::new(&service, BLORA, "orang.lain@contoh.example").await;
    stranger.confirm(&mail).await.expect(200);
    stranger.upload("a.pdf", LETTER).await.expect(200);
    Applicant::submitted(&service, &mail, BLORA, "pejabat@contoh.example").await;
    let late = stranger
        .submit()
        .await
        .expect_problem(409, "district_already_registered");
    let detail = late.json["detail"].as_str().expect("detail");
    assert!(detail.contains("Dinas Sosial Contoh"), "{detail}");
    assert_eq!(stranger.get().await.expect(200).json["status"], "draft");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_hand_in_at_once_one_has_the_district() {
    let (service, mail) = Service::demo_with_mail().await;
    let (one, other) = (
        Applicant::new(&service, BLORA, "satu@contoh.example").await,
        Applicant::new(&service, BLORA, "dua@contoh.example").await,
    );
    for applicant in [&one, &other] {
        applicant.confirm(&mail).await.expect(200);
        applicant.upload("a.pdf", LETTER).await.expect(200);
    }
    let (a, b) = tokio::join!(one.submit(), other.submit());
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", a.text, b.text);
    assert_eq!(
        count(&service, "SELECT count(*) FROM registration WHERE status = 'submitted'").await,
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_twice_at_once_makes_one_application() {
    let (service, _mail) = Service::demo_with_mail().await;
    let post = async || {
        let client = service.anonymous();
        let request = client
            .request(Method::POST, REGISTRATIONS)
            .header("idempotency-key", "kunci-acak-2");
        send(request.json(&application(BLORA, "satu@contoh.example"))).await
    };
    let (a, b) = tokio::join!(post(), post());
    assert_eq!(a.expect(201).id(), b.expect(201).id());
    assert_eq!(count(&service, "SELECT count(*) FROM registration").await, 1);
}

#[tokio::test]
async fn a_strangers_mailbox_is_not_flooded() {
    let (service, _mail) = Service::demo_with_mail().await;
    for code in ["33.16", "33.07", "33.14", "33.02", "33.75"] {
        Applicant::new(&service, code, "korban@contoh.example").await;
    }
    service
        .anonymous()
        .post(REGISTRATIONS, application("33.01", "korban@contoh.example"))
        .await
        .expect_problem(429, "too_many_attempts");
    // Nor by an application that changes its address afterwards.
    let other = Applicant::new(&service, "33.01", "lain@contoh.example").await;
    let refused = other.patch("\"1\"", json!({ "email": "korban@contoh.example" })).await;
    let refused = refused.expect_problem(429, "too_many_attempts");
    let detail = refused.json["detail"].as_str().expect("detail");
    assert!(detail.contains("konfirmasi"), "{detail}");
}

#[tokio::test]
async fn only_so_much_is_uploaded_in_a_day() {
    let mail = MailServer::start();
    let arguments = ["--demo", "--smtp-url", &mail.url(), "--applicant-upload-mib=1"];
    let service = Service::start(Content::Demo, &arguments).await;
    let letter = |kib: usize| [LETTER, &vec![b' '; kib * 1024]].concat();
    let first = Applicant::new(&service, BLORA, "satu@contoh.example").await;
    // Replaced letters count too, whether or not the email is confirmed.
    first.upload("a.pdf", &letter(300)).await.expect(200);
    first.confirm(&mail).await.expect(200);
    for _ in 0..2 {
        first.upload("a.pdf", &letter(300)).await.expect(200);
    }
    let full = first
        .upload("a.pdf", &letter(300))
        .await
        .expect_problem(429, "too_many_requests");
    assert!(
        full.json["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("besok"))
    );
    assert!(!full.header("retry-after").is_empty());
    // Another email from the same address does not help, what still fits does.
    let second = Applicant::new(&service, "33.07", "dua@contoh.example").await;
    second
        .upload("a.pdf", &letter(300))
        .await
        .expect_problem(429, "too_many_requests");
    second.upload("a.pdf", &letter(10)).await.expect(200);
}

fn contents(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let paths = entries.map(|entry| entry.expect("entry").path());
    paths.map(|path| if path.is_dir() { contents(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn a_replaced_letter_leaves_the_disk_at_once() {
    let (service, mail) = Service::demo_with_mail().await;
    let folder = service.data_dir().join("files").join("system");
    let applicant = Applicant::new(&service, BLORA, "satu@contoh.example").await;
    let letter = |number: u8| [LETTER, &[number]].concat();
    for number in 0..3 {
        applicant.upload("a.pdf", &letter(number)).await.expect(200);
        assert_eq!(contents(&folder), 1, "after letter {number}");
    }
    // The same content again, and by somebody else as well.
    applicant.upload("b.pdf", &letter(2)).await.expect(200);
    let other = Applicant::new(&service, "33.07", "dua@contoh.example").await;
    other.upload("b.pdf", &letter(2)).await.expect(200);
    applicant.upload("c.pdf", &letter(3)).await.expect(200);
    assert_eq!(contents(&folder), 2, "the other one still needs it");
    // What reviewers have seen stays.
    applicant.confirm(&mail).await.expect(200);
    applicant.submit().await.expect(200);
    let ministry = service.demo_client("pusat").await;
    let tag = etag(&ministry, &applicant.id).await;
    let reason = json!({ "reason": "Belum ditandatangani." });
    decide(&ministry, &applicant.id, &tag, "return", Some(reason))
        .await
        .expect(200);
    applicant.upload("d.pdf", &letter(4)).await.expect(200);
    assert_eq!(contents(&folder), 3);
}

#[tokio::test]
async fn a_change_is_recorded_without_the_persons_facts() {
    let (service, _mail) = Service::demo_with_mail().await;
    let applicant = Applicant::new(&service, BLORA, "satu@contoh.example").await;
    let tag = applicant.get().await.expect(200).etag();
    let change =
        json!({ "office_name": "Dinas Sosial Baru", "phone": "0812-0000-1111", "position": "Kepala Seksi Contoh" });
    applicant.patch(&tag, change).await.expect(200);
    let ministry = service.demo_client("pusat").await;
    let path = format!(
        "/api/v1/oversight/audit-events?entity=registration&entity_id={}",
        applicant.id
    );
    let trail = ministry.get(&path).await.expect(200);
    let event = &trail.items()[0];
    assert_eq!(
        event["before"],
        json!({ "unit_name": "PLKSAI", "office_name": "Dinas Sosial Contoh" })
    );
    assert_eq!(
        event["after"],
        json!({ "unit_name": "PLKSAI", "office_name": "Dinas Sosial Baru", "changed_fields": ["position", "phone"] })
    );
}

#[tokio::test]
async fn clumsy_applications_are_told_everything_at_once() {
    let (service, _mail) = Service::demo_with_mail().await;
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
    let (service, mail) = Service::demo_with_mail().await;
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
    let (service, _mail) = Service::demo_with_mail().await;
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
    let (service, mail) = Service::demo_with_mail().await;
    let applicant = Applicant::new(&service, BLORA, "satu@contoh.example").await;
    applicant
        .upload("surat.pdf", b"MZ\x90\0\x03\0\0\0")
        .await
        .expect_field("file", "unsupported_file_type");
    // A megabyte more than a letter may have, and far less than what a district may upload.
    let long = [LETTER, &vec![b' '; 11 * 1024 * 1024]].concat();
    applicant
        .upload("surat.pdf", &long)
        .await
        .expect_problem(413, "payload_too_large");
    let first = applicant.upload("../a.pdf", LETTER).await.expect(200);
    assert_eq!(first.json["commitment_letter"]["file_name"], "a.pdf");
    // Nobody has seen the first letter: it makes room.
    applicant
        .upload("b.pdf", b"%PDF-1.4 <</Type/Page>> lain")
        .await
        .expect(200);
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
async fn a_wrong_address_is_corrected_before_it_is_confirmed() {
    let (service, mail) = Service::demo_with_mail().await;
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
async fn applications_that_nobody_goes_on_with_lapse() {
    let (service, mail) = Service::demo_with_mail().await;
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
        let (db, shared) = service.job_parts().await;
        satupintu::registrations::expiry::run(&db, &shared)
            .await
            .expect("expiry")
    };
    age(&mut database, 1).await;
    assert_eq!(run().await, (0, 0));
    age(&mut database, 1).await;
    assert_eq!(run().await, (1, 0), "48 hours");
    assert_eq!(unconfirmed.get().await.expect(200).json["status"], "expired");
    let late = json!({ "token": link });
    let confirm = format!("{REGISTRATIONS}/confirm-email");
    service
        .anonymous()
        .post(&confirm, late)
        .await
        .expect_problem(410, "link_expired");
    Applicant::new(&service, BLORA, "baru@contoh.example").await;
    age(&mut database, 29).await;
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

#[tokio::test]
async fn who_was_rejected_is_forgotten_after_a_while() {
    let (service, mail) = Service::demo_with_mail().await;
    let applicant = Applicant::submitted(&service, &mail, BLORA, "satu@contoh.example").await;
    let ministry = service.demo_client("pusat").await;
    let tag = etag(&ministry, &applicant.id).await;
    let reason = json!({ "reason": "Kabupaten ini sudah memiliki layanan serupa." });
    decide(&ministry, &applicant.id, &tag, "reject", Some(reason))
        .await
        .expect(200);
    let told = mail.wait_for("satu@contoh.example", 4).await;
    assert!(told.text.contains("setelah 90 hari"), "{}", told.text);
    let mut database = service.database.superuser().await;
    for (days, name) in [(89, "Contoh Pendaftar"), (2, "")] {
        sqlx::query("UPDATE registration SET status_at = status_at - $1 * interval '1 day'")
            .bind(days)
            .execute(&mut database)
            .await
            .expect("time passes");
        let (db, shared) = service.job_parts().await;
        satupintu::registrations::expiry::run(&db, &shared)
            .await
            .expect("expiry");
        let seen = ministry.get(&format!("{OVERSIGHT}/{}", applicant.id)).await.expect(200);
        assert_eq!(seen.json["applicant_name"], name, "after {days} more days");
        assert_eq!(seen.json["commitment_letter"].is_null(), name.is_empty());
        assert_eq!(seen.json["status"], "rejected");
    }
}

/// Anybody may have the installation write to anybody, so not in words of their own.
#[tokio::test]
async fn the_first_mail_says_nothing_that_strangers_wrote() {
    let (service, mail) = Service::demo_with_mail().await;
    let mut written = application(BLORA, "korban@contoh.example");
    written["applicant_name"] = json!("Segera hubungi jahat.example");
    written["unit_name"] = json!("Hadiah menanti");
    service
        .anonymous()
        .post(REGISTRATIONS, written.clone())
        .await
        .expect(201);
    let received = mail.wait_for("korban@contoh.example", 1).await.text;
    assert!(received.contains("Kabupaten Blora"), "{received}");
    assert!(
        !received.contains("jahat") && !received.contains("Hadiah"),
        "{received}"
    );
    for (field, text) in [
        ("unit_name", "Lihat HTTPS://jahat.example"),
        ("position", "www.jahat.example"),
    ] {
        let mut linked = application("33.07", "korban@contoh.example");
        linked[field] = json!(text);
        let refused = service.anonymous().post(REGISTRATIONS, linked).await;
        refused.expect_field(field, "has_link");
    }
}
