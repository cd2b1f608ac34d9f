//! A whole setup as a file, out of one installation and into another.

use satupintu_tests::{Answer, Client, Service, client::send};
use serde_json::{Value, json};

use super::arrange::{BULUKUMBA, GOWA, add, gowa};

async fn import(client: &Client, district: &str, file: impl Into<Vec<u8>>) -> Answer {
    let request = client.request(reqwest::Method::POST, &format!("{district}/setup-file"));
    let file: Vec<u8> = file.into();
    send(request.header("content-type", "application/json").body(file)).await
}

/// The records with nothing of time and place.
fn records(file: &Answer) -> Value {
    file.json["records"].clone()
}

#[tokio::test]
async fn out_and_in_and_out_again_is_the_same() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    // An archived record with the code of one in use, and an order of the district's own.
    let old = json!({ "code": "lama", "name_id": "Lama" });
    let old = add(&gowa.admin, GOWA, "data-system/vulnerability-categories", old).await;
    let path = format!("{GOWA}/setup/data-system/vulnerability-categories/{old}/archive");
    send(
        gowa.admin
            .request(reqwest::Method::POST, &path)
            .header("if-match", "\"1\""),
    )
    .await
    .expect(200);
    add(
        &gowa.admin,
        GOWA,
        "data-system/vulnerability-categories",
        json!({ "code": "lama", "name_id": "Baru" }),
    )
    .await;
    let target = json!({ "name": "Akta", "baseline": 61.25, "target": 95.0 });
    add(&gowa.admin, GOWA, "data-system/indicators", target).await;
    let reorder = format!("{GOWA}/setup/institution/agencies/reorder");
    gowa.admin
        .post(&reorder, json!({ "id": gowa.registry, "before": null }))
        .await
        .expect(200);
    let file = gowa.admin.get(&format!("{GOWA}/setup-file")).await.expect(200);
    assert!(
        file.text.contains("Contoh Orang Rahasia"),
        "it is the district's own, and whole"
    );

    let second = Service::demo().await;
    let there = second.demo_client("admin.gowa").await;
    let imported = import(&there, GOWA, file.text.clone()).await.expect(201);
    assert_eq!(imported.json["taken_out"], json!([]));
    assert_eq!(
        imported.json["records"].as_u64(),
        records(&file).as_array().map(|all| all.len() as u64)
    );
    let again = there.get(&format!("{GOWA}/setup-file")).await.expect(200);
    assert_eq!(records(&again), records(&file));
    import(&there, GOWA, file.text.clone())
        .await
        .expect_problem(409, "conflict");
    // Readiness follows.
    let readiness = |client: Client| async move {
        client.get(&format!("{GOWA}/readiness")).await.expect(200).json["claimed"].clone()
    };
    assert_eq!(readiness(there).await, readiness(gowa.admin.clone()).await);
}

#[tokio::test]
async fn what_is_not_here_is_taken_out_and_named() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let file = admin
        .upload(&format!("{GOWA}/files"), "SK.pdf", "%PDF-1.7\n<</Type/Page>>\n")
        .await
        .expect(201)
        .id();
    let decree = json!({ "kind": "decree", "title": "SK", "file_id": file });
    let decree = add(&admin, GOWA, "regulation/legal-instruments", decree).await;
    let team =
        json!({ "kind": "area_group", "name": "Pokja kecamatan", "region_code": "73.06.01", "decree_id": decree });
    let team = add(&admin, GOWA, "institution/teams", team).await;
    let export = admin.get(&format!("{GOWA}/setup-file")).await.expect(200);
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let imported = import(&bulukumba, BULUKUMBA, export.text).await.expect(201);
    let expected = json!([
        { "kind": "legal_instrument", "record_id": decree, "title": "SK", "field": "file_id" },
        { "kind": "team", "record_id": team, "title": "Pokja kecamatan", "field": "region_code" },
    ]);
    assert_eq!(imported.json["taken_out"], expected);
    let path = format!("{BULUKUMBA}/setup/institution/teams/{team}");
    let kept = bulukumba.get(&path).await.expect(200);
    assert_eq!(
        (&kept.json["content"]["region_code"], &kept.json["content"]["decree_id"]),
        (&json!(""), &json!(decree))
    );
}

#[tokio::test]
async fn bad_files_leave_nothing_behind() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let file = |records: Value| {
        json!({ "format": "satu-pintu/setup", "schema_version": 1, "district_code": "73.06",
            "exported_at": "2026-01-05T08:00:00Z", "records": records })
    };
    let id = "01890000-0000-7000-8000-000000000001";
    let record = |kind: &str, content: Value| json!({ "id": id, "kind": kind, "archived": false, "content": content });
    let mut newer = file(json!([]));
    newer["schema_version"] = json!(2);
    for (what, body, status, code) in [
        (
            "a package",
            json!({ "format": "satu-pintu/package" }),
            422,
            "package_invalid",
        ),
        ("a newer file", newer, 422, "package_too_new"),
        (
            "an unknown kind",
            file(json!([record("robot", json!({}))])),
            422,
            "package_unknown_kind",
        ),
        (
            "a wrong field",
            file(json!([record("team", json!({ "surprise": 1 }))])),
            422,
            "package_invalid",
        ),
        (
            "an id twice",
            file(json!([record("team", json!({})), record("sop", json!({}))])),
            422,
            "package_invalid",
        ),
        (
            "a dangling reference",
            file(json!([record("team", json!({ "decree_id": gone() }))])),
            422,
            "package_invalid",
        ),
        (
            "a bomb of small values",
            json!({ "format": "satu-pintu/setup", "schema_version": 1, "records": vec![0; 2_000_001] }),
            422,
            "package_too_many_records",
        ),
        (
            "its own parent",
            file(json!([record("team", json!({ "parent_id": id }))])),
            422,
            "invalid_input",
        ),
    ] {
        let answer = import(&admin, GOWA, body.to_string()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json["code"].as_str()),
            (status, Some(code)),
            "{what}: {}",
            answer.text
        );
    }
    let export = admin.get(&format!("{GOWA}/setup-file")).await.expect(200);
    assert_eq!(records(&export), json!([]));
}

/// A setup may be larger than any package: more records of one kind than those may have, and more bytes.
#[tokio::test]
async fn what_is_larger_than_a_package_comes_in_again() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let notes = "Catatan contoh. ".repeat(170);
    let records: Vec<Value> = (0..2_100)
        .map(|number| {
            let content = json!({ "name": format!("Layanan contoh {number}"), "notes": notes });
            json!({ "id": format!("01890000-0000-7000-8000-{number:012}"), "kind": "service", "archived": false, "content": content })
        })
        .collect();
    let file = json!({ "format": "satu-pintu/setup", "schema_version": 1, "district_code": "73.06",
        "exported_at": "2026-01-05T08:00:00Z", "records": records });
    let text = file.to_string();
    assert!(text.len() > 5 << 20, "{}", text.len());
    let imported = import(&admin, GOWA, text).await.expect(201);
    assert_eq!(imported.json["records"], json!(2_100));
    let out = admin.get(&format!("{GOWA}/setup-file")).await.expect(200);
    assert_eq!(out.json["records"].as_array().map(Vec::len), Some(2_100));
}

const fn gone() -> &'static str {
    "01890000-0000-7000-8000-0000000000ee"
}
