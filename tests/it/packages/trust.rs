//! Packages travel between installations: what is trusted, what is refused, what the ministry makes of them.

use satupintu::{
    packages::{document::PackageDocument, sign::PackageKeys},
    readiness::ComponentKind,
};
use satupintu_tests::{Answer, Client, Service, client::send};
use serde_json::{Value, json};

use super::arrange::{GOWA, draft, gowa, publish};

const IMPORT: &str = "/api/v1/oversight/packages/import";

async fn import(client: &Client, query: &str, file: impl Into<Vec<u8>>) -> Answer {
    let request = client.request(reqwest::Method::POST, &format!("{IMPORT}{query}"));
    let file: Vec<u8> = file.into();
    send(request.header("content-type", "application/json").body(file)).await
}

/// A file of another installation, and the fingerprint of its key.
async fn foreign() -> (String, String) {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let published = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let file = gowa
        .admin
        .get(&format!("/api/v1/packages/{}/document", published.id()))
        .await
        .expect(200);
    let keys = service.anonymous().get("/api/v1/packages/jwks.json").await.expect(200);
    let kid = keys.json["keys"][0]["kid"].as_str().expect("kid").to_owned();
    assert_eq!(file.json["signature"]["kid"], json!(kid));
    (file.text, kid)
}

#[tokio::test]
async fn an_unknown_signer_needs_its_fingerprint() {
    let (file, kid) = foreign().await;
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let asked = import(&ministry, "", file.clone())
        .await
        .expect_problem(409, "package_untrusted");
    assert_eq!(asked.json["current"]["signer_kid"], json!(kid));
    import(&ministry, "?fingerprint=lain", file.clone())
        .await
        .expect_problem(409, "package_untrusted");
    let imported = import(&ministry, &format!("?fingerprint={kid}"), file.clone())
        .await
        .expect(201);
    assert_eq!(imported.json["is_imported"], true);
    assert_eq!(imported.json["author"]["name"], "Kabupaten Gowa");
    let again = ministry
        .get(&format!("/api/v1/packages/{}/document", imported.id()))
        .await
        .expect(200);
    assert_eq!(again.text, file, "it is passed on as it came");
    import(&ministry, &format!("?fingerprint={kid}"), file)
        .await
        .expect_problem(409, "conflict");
    let province = service.demo_client("sulsel").await;
    import(&province, "", "{}").await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn a_listed_signer_is_believed() {
    let (file, kid) = foreign().await;
    let trusted = format!("--trusted-package-keys={kid}");
    let service = Service::start(satupintu_tests::cluster::Content::Demo, &["--demo", &trusted]).await;
    let ministry = service.demo_client("pusat").await;
    import(&ministry, "", file).await.expect(201);
}

#[tokio::test]
async fn bad_files_get_their_own_answers() {
    let (file, _) = foreign().await;
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let value: Value = serde_json::from_str(&file).expect("json");
    let with = |field: &str, new: Value| {
        let mut value = value.clone();
        value[field] = new;
        value.to_string()
    };
    let at = file.find("Penerimaan").expect("a title");
    let mut flipped = file.clone().into_bytes();
    flipped[at] ^= 1;
    let cases: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        ("a flipped byte", flipped, 422, "package_altered"),
        (
            "another name",
            with("name", json!("Lain")).into_bytes(),
            422,
            "package_altered",
        ),
        (
            "a newer schema",
            with("schema_version", json!(2)).into_bytes(),
            422,
            "package_too_new",
        ),
        (
            "another format",
            with("format", json!("x")).into_bytes(),
            422,
            "package_invalid",
        ),
        (
            "a surprise",
            with("surprise", json!(1)).into_bytes(),
            422,
            "package_invalid",
        ),
        ("no JSON", b"PK\x03\x04".to_vec(), 422, "package_invalid"),
        (
            "deep nesting",
            "[".repeat(2_000_000).into_bytes(),
            422,
            "package_too_deep",
        ),
        (
            "half a file",
            file.as_bytes()[..file.len() / 2].to_vec(),
            422,
            "package_invalid",
        ),
        ("too large", vec![b' '; 6 * 1024 * 1024], 413, "payload_too_large"),
        ("nothing", Vec::new(), 422, "package_invalid"),
    ];
    for (what, body, status, code) in cases {
        let answer = import(&ministry, "", body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json["code"].as_str()),
            (status, Some(code)),
            "{what}: {}",
            answer.text
        );
    }
    let packages = ministry.get("/api/v1/packages").await.expect(200);
    assert_eq!(packages.items().len(), 0);
}

/// Two teams, each above the other, in a package that is whole and well signed.
#[tokio::test]
async fn teams_in_a_circle_are_refused() {
    let (file, _) = foreign().await;
    let keys = PackageKeys::of_secret(&[9; 32]);
    let service = Service::start(
        satupintu_tests::cluster::Content::Demo,
        &["--demo", "--trusted-package-keys", &keys.kid()],
    )
    .await;
    let ministry = service.demo_client("pusat").await;
    let ids = [
        "01890000-0000-7000-8000-00000000000a",
        "01890000-0000-7000-8000-00000000000b",
    ];
    let with_parents = |parents: [Option<&str>; 2]| {
        let mut document: PackageDocument = serde_json::from_str(&file).expect("a package");
        let teams = document
            .components
            .get_mut("institution")
            .and_then(|kinds| kinds.get_mut("team"));
        let teams = teams.expect("teams");
        let mut team = teams[0].clone();
        team.content["decree_id"] = Value::Null;
        team.content["positions"] = json!([]);
        teams.clear();
        for (place, parent) in parents.into_iter().enumerate() {
            let mut team = team.clone();
            team.origin_id = serde_json::from_value(json!(ids[place])).expect("id");
            team.content["parent_id"] = json!(parent);
            teams.push(team);
        }
        keys.sign(&mut document).expect("signed");
        document.to_text().expect("text")
    };
    for parents in [[Some(ids[1]), Some(ids[0])], [Some(ids[0]), None]] {
        let refused = import(&ministry, "", with_parents(parents))
            .await
            .expect_problem(422, "package_cyclic");
        assert!(refused.text.contains("Pokja Kabupaten Gowa"), "{}", refused.text);
    }
    let nobody = ministry.get("/api/v1/packages").await.expect(200);
    assert_eq!(nobody.items().len(), 0);
    // The same teams in a line.
    import(&ministry, "", with_parents([None, Some(ids[0])]))
        .await
        .expect(201);
}

#[tokio::test]
async fn the_ministry_publishes_what_a_district_made() {
    let service = Service::demo().await;
    let gowa = gowa(&service).await;
    let source = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let ministry = service.demo_client("pusat").await;
    let body = json!({ "source": source.id(), "name": "Model nasional", "components": ["work_mechanism"] });
    let national = ministry
        .post("/api/v1/oversight/packages", body.clone())
        .await
        .expect(201);
    assert_eq!(national.json["author"]["scope"], "nation");
    let file = ministry
        .get(&format!("/api/v1/packages/{}/document", national.id()))
        .await
        .expect(200);
    assert_eq!(file.json["taken_from"]["name"], "Kabupaten Gowa");
    assert_eq!(file.json["components"].as_object().map(|parts| parts.len()), Some(1));
    assert_eq!(
        file.json["components"]["work_mechanism"]["sop"][0]["origin_id"],
        json!(gowa.sop)
    );
    satupintu::packages::parse::parse(file.text.as_bytes()).expect("it stands on its own");
    gowa.admin
        .post("/api/v1/oversight/packages", body)
        .await
        .expect_problem(403, "forbidden");
    let path = format!("/api/v1/oversight/packages/{}/withdraw", source.id());
    let request = ministry
        .request(reqwest::Method::POST, &path)
        .header("if-match", source.etag());
    send(request).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn the_command_line_verifies_exports_and_imports() {
    use satupintu::{
        db::Db,
        packages::cli::{self, Verdict},
    };
    let (file, kid) = foreign().await;
    let (verdict, text) = cli::verify(file.as_bytes(), Some(&kid));
    assert_eq!(
        (verdict.exit_code(), text.contains("Kabupaten Gowa")),
        (0, true),
        "{text}"
    );
    assert_eq!(cli::verify(file.as_bytes(), None).0, Verdict::Good);
    assert_eq!(cli::verify(file.as_bytes(), Some("lain")).0.exit_code(), 3);
    let (verdict, text) = cli::verify(file.replace("Penerimaan", "Penolakan").as_bytes(), Some(&kid));
    assert_eq!(verdict.exit_code(), 1);
    assert!(
        text.contains("rusak atau diubah") && text.contains("damaged or was altered"),
        "{text}"
    );

    let service = Service::demo().await;
    let db = Db::lazy(&service.database.app_url(), 1).expect("url");
    let refused = cli::import(&db, file.as_bytes(), &[], None)
        .await
        .expect_err("unknown signer");
    assert!(refused.to_string().contains(&kid));
    let kept = cli::import(&db, file.as_bytes(), &[], Some(&kid))
        .await
        .expect("imported");
    assert_eq!(cli::export(&db, &kept.id.to_string()).await.expect("exported"), file);
    assert!(cli::export(&db, "x").await.is_err());
    let ministry = service.demo_client("pusat").await;
    assert_eq!(ministry.get("/api/v1/packages").await.expect(200).items().len(), 1);
}
