//! Asking another reviewer, and what happened to a setup as reviewers read it.

use serde_json::{Value, json};

use super::{
    BULUKUMBA, LOAD, ask, decide, district, entry, hand_in, names, queue, reviewer_with_two_hats, settle, settled,
    upload,
};

#[tokio::test]
async fn another_reviewer_is_asked_told_and_done_with_it() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let (sulsel, pusat) = (service.demo_client("sulsel").await, service.demo_client("pusat").await);
    reviewer_with_two_hats(&service).await;
    let evidence = hand_in(&admin, BULUKUMBA, "LEM-8", "minutes").await;
    hand_in(&admin, BULUKUMBA, "REG-3", "annual_plan").await;
    let waits = entry(&sulsel, BULUKUMBA, "LEM-8").await;

    let reviewers = sulsel
        .get(&format!("{}/reviewers", district(BULUKUMBA)))
        .await
        .expect(200);
    let listed: Vec<_> = reviewers
        .items()
        .iter()
        .map(|row| (&row["name"], &row["scope"]))
        .collect();
    assert_eq!(
        listed,
        [
            (&json!("Contoh Admin Pusat"), &json!("nation")),
            (&json!("Contoh Peninjau Sulawesi Selatan"), &json!("province"))
        ],
        "neither another province's nor who is at work in the district"
    );
    let central = &reviewers.items()[0]["account_id"];
    let own = &reviewers.items()[1]["account_id"];
    ask(&sulsel, BULUKUMBA, &waits, central).await.expect(204);
    let stranger = service
        .demo_client("jateng")
        .await
        .get("/api/v1/me")
        .await
        .expect(200)
        .json["id"]
        .clone();
    ask(&sulsel, BULUKUMBA, &waits, &stranger)
        .await
        .expect_field("reviewer_id", "not_in_list");
    ask(&sulsel, BULUKUMBA, &json!({ "id": stranger }), central)
        .await
        .expect_problem(404, "not_found");
    ask(&admin, BULUKUMBA, &waits, central)
        .await
        .expect_problem(403, "forbidden");

    // It is the other's now, in the queue, in the load, behind the bell.
    assert_eq!(names(&queue(&pusat, "?mine=true").await), [(BULUKUMBA, "LEM-8")]);
    assert_eq!(queue(&sulsel, "?mine=true").await, Vec::<Value>::new());
    assert_eq!(names(&queue(&sulsel, "?unasked=true").await), [(BULUKUMBA, "REG-3")]);
    let asked = entry(&pusat, BULUKUMBA, "LEM-8").await;
    assert_eq!(
        (
            &asked["is_mine"],
            &asked["reviewer_name"],
            &asked["asked_by_name"],
            &asked["ask_note"]
        ),
        (
            &json!(true),
            &json!("Contoh Admin Pusat"),
            &json!("Contoh Peninjau Sulawesi Selatan"),
            &json!("Mohon dilihat.")
        )
    );
    let load = sulsel.get(LOAD).await.expect(200).json;
    assert_eq!(
        (&load["waiting"], &load["unasked"], &load["reviewers"][0]["waiting"]),
        (&json!(2), &json!(1), &json!(1))
    );
    service.tell().await;
    let notices = pusat.get("/api/v1/notifications").await.expect(200);
    let told = notices.items().iter().find(|row| row["kind"] == "review_asked");
    assert_eq!(
        told.expect("told")["link"],
        format!("/pusat/antrean/{BULUKUMBA}/{}", evidence.id())
    );

    // Asking again asks another; who takes it upon oneself is not told so.
    ask(&sulsel, BULUKUMBA, &waits, own).await.expect(204);
    assert_eq!(names(&queue(&sulsel, "?mine=true").await), [(BULUKUMBA, "LEM-8")]);
    service.tell().await;
    let notices = sulsel.get("/api/v1/notifications").await.expect(200);
    assert!(notices.items().iter().all(|row| row["kind"] != "review_asked"));
    assert_eq!(settle(&service).await, Vec::<String>::new());

    // A decision ends it: what is handed in again is anybody's.
    let body = json!({ "decision": "returned", "comment": "Belum lengkap." });
    let back = decide(&pusat, BULUKUMBA, &evidence, body).await.expect(200);
    let document = json!({ "kind": "minutes", "title": "Berita acara", "document_date": "2026-10-01",
        "file_id": upload(&admin, BULUKUMBA).await });
    let path = format!("{}/evidence/{}", district(BULUKUMBA), evidence.id());
    admin.put(&path, &back.etag(), document).await.expect(200);
    assert_eq!(entry(&sulsel, BULUKUMBA, "LEM-8").await["reviewer_name"], Value::Null);
    assert_eq!(settle(&service).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_history_of_a_setup_names_staff_and_nothing_else() {
    let service = settled().await;
    let admin = service.demo_client("admin.bulukumba").await;
    let sulsel = service.demo_client("sulsel").await;
    let path = format!("{}/setup-events", district(BULUKUMBA));
    let agency = json!({ "content": { "kind": "civil_registry", "name": "Disdukcapil", "phone": "0413-900100" } });
    let list = format!("{}/setup/institution/agencies", district(BULUKUMBA));
    let agency = admin.post(&list, agency).await.expect(201);
    let evidence = hand_in(&admin, BULUKUMBA, "LEM-8", "minutes").await;
    let invited = json!({ "email": "rahasia@contoh.example", "role_key": "viewer" });
    let invitations = format!("{}/invitations", district(BULUKUMBA));
    admin.post(&invitations, invited).await.expect(201);

    let history = sulsel.get(&path).await.expect(200);
    let told: Vec<_> = history
        .items()
        .iter()
        .map(|row| (&row["entity"], &row["entity_id"], &row["title"], &row["item_code"]))
        .collect();
    assert_eq!(
        told,
        [
            (
                &json!("evidence"),
                &json!(evidence.id()),
                &json!("Bukti LEM-8"),
                &json!("LEM-8")
            ),
            (
                &json!("agency"),
                &json!(agency.id()),
                &json!("Disdukcapil"),
                &Value::Null
            )
        ]
    );
    for secret in ["0413-900100", "rahasia@contoh.example", "127.0.0.1"] {
        assert!(!history.text.contains(secret), "{secret}");
    }
    let first = sulsel.get(&format!("{path}?limit=1")).await.expect(200);
    let cursor = first.json["next_cursor"].as_str().expect("more");
    let second = sulsel.get(&format!("{path}?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!(second.items()[0]["entity"], "agency");

    // The district sees that the province has read it, page by page; its own people reading leave no trace.
    admin.get(&path).await.expect(200);
    let trail = admin
        .get(&format!("{}/audit-events?entity=setup_history", district(BULUKUMBA)))
        .await
        .expect(200);
    let readers: Vec<&Value> = trail.items().iter().map(|row| &row["actor_name"]).collect();
    assert_eq!(readers, ["Contoh Peninjau Sulawesi Selatan"; 3]);
    let jateng = service.demo_client("jateng").await;
    jateng.get(&path).await.expect_problem(404, "not_found");
}
