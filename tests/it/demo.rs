//! The demo as people find it: where each district stands, over HTTP.

use std::collections::{BTreeMap, BTreeSet};

use satupintu::{db::Db, demo, files::FileStore, packages::sign::PackageKeys};
use satupintu_tests::{
    Answer, Client, DEMO_PASSWORD, Service,
    cluster::{Content, TestDatabase},
    openapi::operations,
    process::ServiceProcess,
};
use serde_json::{Value, json};

const DISTRICTS: &[(&str, &str)] = &[
    ("35.04", "tulungagung"),
    ("33.72", "surakarta"),
    ("33.10", "klaten"),
    ("73.06", "gowa"),
    ("73.71", "makassar"),
    ("73.02", "bulukumba"),
    ("73.72", "parepare"),
    ("73.09", "maros"),
    ("52.71", "mataram"),
];

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// All pages of a list.
async fn all(client: &Client, list: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{list}?limit=200{cursor}")).await.expect(200);
        items.extend_from_slice(page.items());
        match page.json["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// The state of each item of a district, by code.
fn states(report: &Answer) -> BTreeMap<String, String> {
    let components = report.json["components"].as_array().expect("components");
    let items = components
        .iter()
        .flat_map(|component| component["items"].as_array().expect("items"));
    items
        .map(|item| (text(item, "code").to_owned(), text(item, "state").to_owned()))
        .collect()
}

#[tokio::test]
async fn every_district_stands_where_the_sources_say() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let list = ministry.get("/api/v1/oversight/districts").await.expect(200);
    let stands: BTreeMap<&str, (&str, &str)> = list
        .items()
        .iter()
        .map(|row| (text(row, "code"), (text(row, "status"), text(row, "phase"))))
        .collect();
    let expected = [
        ("33.10", ("live", "operational")),
        ("33.72", ("live", "operational")),
        ("35.04", ("live", "operational")),
        ("52.71", ("onboarding", "commitment")),
        // The decree and the SOPs are there; the regulation that should come before the SOPs is not.
        ("73.02", ("onboarding", "decree")),
        ("73.06", ("live", "operational")),
        ("73.09", ("onboarding", "commitment")),
        ("73.71", ("live", "operational")),
        ("73.72", ("onboarding", "decree")),
    ];
    assert_eq!(stands, expected.into());

    let public = service.anonymous().get("/api/v1/public/districts").await.expect(200);
    let public: Vec<&str> = public.items().iter().map(|row| text(row, "code")).collect();
    assert_eq!(public, ["33.10", "33.72", "35.04", "73.06", "73.71"]);
    for code in public {
        let page = format!("/api/v1/public/districts/{code}");
        let page = service.anonymous().get(&page).await.expect(200).json;
        assert_eq!(page["services"].as_array().map(Vec::len), Some(8), "{code}");
        assert!(text(&page, "address").contains("contoh"), "{code}: {page}");

        let report = ministry
            .get(&format!("/api/v1/districts/{code}/readiness"))
            .await
            .expect(200);
        assert_eq!(report.json["go_live"]["allowed"], true, "{code}");
        // Nobody served a child before there was a regulation, nor was live before the working group had its decree.
        let reached: Vec<&str> = report.json["phase"]["steps"]
            .as_array()
            .expect("steps")
            .iter()
            .filter_map(|step| step["reached_on"].as_str())
            .collect();
        assert_eq!(reached.len(), 6, "{code}");
        assert!(reached.is_sorted() && reached[0] < "2017", "{code}: {reached:?}");
    }
}

#[tokio::test]
async fn bulukumba_waits_for_its_regulation_and_others_have_something_to_mend() {
    let service = Service::full_demo().await;
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let report = bulukumba.get("/api/v1/districts/73.02/readiness").await.expect(200);
    let blockers = report.json["go_live"]["blockers"].as_array().expect("blockers").clone();
    assert!(
        blockers.iter().any(|blocker| blocker["item"] == "REG-1"),
        "{blockers:?}"
    );
    assert!(
        blockers.iter().all(|blocker| blocker["item"] != "LEM-1"),
        "{blockers:?}"
    );
    let states = states(&report);
    let state = |item: &str| states[item].as_str();
    assert_eq!((state("REG-1"), state("LEM-1")), ("in_progress", "verified"));
    let sops: Vec<&str> = (1..=6)
        .map(|number| states[&format!("MEK-{number}")].as_str())
        .collect();
    assert_eq!(
        sops,
        ["verified", "verified", "verified", "verified", "present", "present"]
    );
    // BDT 2019 was sorted in March 2020 and has not been sorted since.
    assert_eq!((state("DAT-2"), state("SDM-4")), ("expired", "present"));

    let setup = "/api/v1/districts/73.02/setup";
    let instruments = all(&bulukumba, &format!("{setup}/regulation/legal-instruments")).await;
    let draft = instruments
        .iter()
        .find(|row| row["content"]["is_pksai_basis"] == true)
        .expect("the regulation");
    let stages: Vec<&str> = draft["content"]["stages"]
        .as_array()
        .expect("stages")
        .iter()
        .map(|stage| text(stage, "stage"))
        .collect();
    assert_eq!(stages, ["draft", "meeting"]);
    let staff = bulukumba.get(&format!("{setup}/staff/summary")).await.expect(200);
    let covered = staff.json["subdistricts"].as_array().expect("subdistricts");
    assert_eq!(covered.len(), 10);
    assert!(covered.iter().all(|row| row["people"] == 2), "{covered:?}");
    let agencies = all(&bulukumba, &format!("{setup}/institution/agencies")).await;
    let names: Vec<&str> = agencies.iter().map(|row| text(&row["content"], "short_name")).collect();
    assert_eq!(names, ["Dinsos", "DP3A", "Dukcapil", "Dinkes", "TRC", "BaKTI"]);

    for (code, slug, item) in [("73.72", "parepare", "LEM-1"), ("73.09", "maros", "MEK-2")] {
        let admin = service.demo_client(&format!("admin.{slug}")).await;
        let evidence = admin
            .get(&format!("/api/v1/districts/{code}/evidence?item={item}"))
            .await
            .expect(200);
        assert_eq!(evidence.items()[0]["status"], "returned", "{slug}");
        assert_eq!(
            evidence.items()[0]["reviewed_by_name"],
            "Contoh Peninjau Sulawesi Selatan"
        );
        assert!(text(&evidence.items()[0], "review_comment").len() > 20, "{slug}");
    }
    let mataram = service.demo_client("admin.mataram").await;
    let agencies = all(&mataram, "/api/v1/districts/52.71/setup/institution/agencies").await;
    assert_eq!(agencies.len(), 13);
}

#[tokio::test]
async fn gowa_shows_what_its_outreach_found() {
    let service = Service::full_demo().await;
    let gowa = service.demo_client("pengamat.gowa").await;
    let setup = "/api/v1/districts/73.06/setup";
    let categories = all(&gowa, &format!("{setup}/data-system/vulnerability-categories")).await;
    assert_eq!(categories.len(), 8);
    assert!(categories.iter().all(|row| row["content"]["set"] == "gowa_outreach"));
    let indicators = all(&gowa, &format!("{setup}/data-system/indicators")).await;
    let figures: Vec<f64> = indicators
        .iter()
        .filter(|row| row["content"]["baseline_year"] == 2017)
        .filter_map(|row| row["content"]["baseline"].as_f64())
        .collect();
    assert_eq!(figures, [386.0, 108.0, 364.0, 54.0, 127.0, 452.0, 30.0, 19.0, 1540.0]);
    assert!((figures[..8].iter().sum::<f64>() - 1540.0).abs() < f64::EPSILON);
    for row in &indicators {
        assert!(text(&row["content"], "notes").contains("BaKTI"), "{row}");
    }
    let instruments = all(&gowa, &format!("{setup}/regulation/legal-instruments")).await;
    let reported = instruments
        .iter()
        .find(|row| row["content"]["number"] == "35")
        .expect("35/2016");
    assert_eq!(reported["content"]["year"], 2016);
    assert!(text(&reported["content"], "notes").contains("apkasi.org"));

    // A document can be opened, and says what it is.
    let evidence = gowa
        .get("/api/v1/districts/73.06/evidence?item=REG-1")
        .await
        .expect(200);
    assert_eq!(evidence.items()[0]["status"], "verified");
    let file = text(&evidence.items()[0], "file_id").to_owned();
    let path = format!("/api/v1/districts/73.06/files/{file}/content");
    let pdf = gowa.get(&path).await.expect(200);
    assert!(
        pdf.text.starts_with("%PDF-") && pdf.text.contains("CONTOH"),
        "{}",
        pdf.text
    );
}

/// Every record passes the checks of the API as it is, and one of each kind can be changed.
#[tokio::test]
async fn every_record_could_have_been_entered() {
    let service = Service::full_demo().await;
    let document = service.anonymous().get("/api/v1/openapi.json").await.expect(200).json;
    let operations = operations(&document);
    let lists: Vec<&str> = operations
        .iter()
        .filter(|operation| operation.method == "POST" && operation.path.contains("/setup/"))
        .filter_map(|operation| operation.path.strip_suffix("/reorder"))
        .collect();
    assert_eq!(lists.len(), satupintu::setup::KINDS.len());
    let mut seen = BTreeSet::new();
    for (code, slug) in DISTRICTS {
        let admin = service.demo_client(&format!("admin.{slug}")).await;
        for list in &lists {
            let list = list.replace("{code}", code);
            let kind = list.rsplit('/').next().unwrap_or_default().to_owned();
            for row in all(&admin, &list).await {
                let path = format!("{list}/{}", text(&row, "id"));
                let mut content = row["content"].clone();
                let same = json!({ "content": content });
                let kept = admin.put(&path, "\"1\"", same).await.expect(200);
                assert_eq!(kept.json["version"], 1, "{path}: kept as the API would have");
                if seen.insert(kind.clone()) && content["notes"].is_string() {
                    content["notes"] = json!(format!("{} Ditambah.", text(&content, "notes")));
                    let changed = admin.put(&path, "\"1\"", json!({ "content": content })).await;
                    assert_eq!(changed.expect(200).json["version"], 2, "{path}");
                }
            }
        }
    }
    // Only what no source speaks of, and nothing asks for, is not shown anywhere.
    let expected = lists.iter().map(|list| list.rsplit('/').next().unwrap_or_default());
    let unseen: BTreeSet<&str> = expected.filter(|kind| !seen.contains(*kind)).collect();
    assert_eq!(
        unseen,
        ["service-standards", "early-detections", "data-agreements"].into()
    );
}

#[tokio::test]
async fn invitations_and_applications_wait_for_the_ministry() {
    let service = Service::full_demo().await;
    let ministry = service.demo_client("pusat").await;
    let invited = ministry.get("/api/v1/oversight/invited-districts").await.expect(200);
    let codes: Vec<&str> = invited.items().iter().map(|row| text(row, "code")).collect();
    assert_eq!(codes, ["33.02", "33.07", "33.14", "33.16", "33.75"]);
    for row in invited.items() {
        assert_eq!(
            (text(row, "invited_on"), text(row, "source")),
            ("2019-06-29", "SINDOnews, 29 Juni 2019")
        );
        assert_eq!(row["application"], Value::Null);
        let registered = format!("/api/v1/districts/{}", text(row, "code"));
        ministry.get(&registered).await.expect_problem(404, "not_found");
    }
    let sulsel = service.demo_client("sulsel").await;
    let none = sulsel.get("/api/v1/oversight/invited-districts").await.expect(200);
    assert_eq!(none.items().len(), 0);
    let jateng = service.demo_client("jateng").await;
    let first = jateng
        .get("/api/v1/oversight/invited-districts?limit=2")
        .await
        .expect(200);
    assert_eq!(first.items().len(), 2);
    assert!(first.json["next_cursor"].is_string());

    let waiting = ministry.get("/api/v1/oversight/registrations").await.expect(200);
    let waiting: Vec<(&str, &str)> = waiting
        .items()
        .iter()
        .map(|row| (text(row, "district_code"), text(row, "status")))
        .collect();
    assert_eq!(waiting, [("64.72", "submitted"), ("33.29", "endorsed")]);

    // An application shows at the invitation; the tenant answers it.
    let mut database = service.database.superuser().await;
    let letter: uuid::Uuid = sqlx::query_scalar("SELECT letter_id FROM registration LIMIT 1")
        .fetch_one(&mut database)
        .await
        .expect("a letter");
    sqlx::query(
        "UPDATE registration SET district_code = '33.07', district_name = 'Kabupaten Wonosobo', letter_id = $1, \
         province_code = '33', province_name = 'Jawa Tengah' WHERE district_code = '33.29'",
    )
    .bind(letter)
    .execute(&mut database)
    .await
    .expect("an application");
    let invited = jateng.get("/api/v1/oversight/invited-districts").await.expect(200);
    assert_eq!(invited.items()[1]["application"], "endorsed");
    let list = ministry
        .get("/api/v1/oversight/registrations?q=wonosobo")
        .await
        .expect(200);
    let path = format!("/api/v1/oversight/registrations/{}", text(&list.items()[0], "id"));
    let etag = ministry.get(&path).await.expect(200).etag();
    let request = ministry.request(reqwest::Method::POST, &format!("{path}/approve"));
    satupintu_tests::client::send(request.header("if-match", etag))
        .await
        .expect(200);
    let left = jateng.get("/api/v1/oversight/invited-districts").await.expect(200);
    assert!(left.items().iter().all(|row| row["code"] != "33.07"));
    let districts = jateng.get("/api/v1/oversight/districts?q=wonosobo").await.expect(200);
    assert_eq!(districts.items()[0]["phase"], "commitment");
}

/// How much there is of everything that the demo writes, by district and kind.
async fn amounts(database: &TestDatabase) -> Vec<(String, i64)> {
    let sql = "SELECT district_id || ' ' || kind, count(*) FROM setup_record GROUP BY 1 \
               UNION ALL SELECT district_id || ' evidence ' || status, count(*) FROM evidence GROUP BY 1 \
               UNION ALL SELECT district_id || ' file', count(*) FROM file_object GROUP BY 1 \
               UNION ALL SELECT district_id || ' event', count(*) FROM audit_event GROUP BY 1 \
               UNION ALL SELECT 'account', count(*) FROM account \
               UNION ALL SELECT 'membership', count(*) FROM membership \
               UNION ALL SELECT 'invited', count(*) FROM district_invitation \
               UNION ALL SELECT 'application', count(*) FROM registration \
               UNION ALL SELECT 'package', count(*) FROM model_package ORDER BY 1";
    sqlx::query_as(sql)
        .fetch_all(&mut database.superuser().await)
        .await
        .expect("amounts")
}

async fn wait_for_districts(database: &TestDatabase, count: i64) {
    let mut connection = database.superuser().await;
    loop {
        let loaded: i64 = sqlx::query_scalar("SELECT count(DISTINCT district_id) FROM audit_event")
            .fetch_one(&mut connection)
            .await
            .expect("districts");
        if loaded >= count {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn every_pilot_offers_its_setup() {
    let service = Service::full_demo().await;
    let newcomer = service.demo_client("admin.mataram").await;
    let list = newcomer.get("/api/v1/packages").await.expect(200);
    let mut authors: Vec<&str> = list.items().iter().map(|one| text(&one["author"], "code")).collect();
    authors.sort_unstable();
    assert_eq!(authors, ["33.10", "33.72", "35.04", "73.06", "73.71"]);
    for one in list.items() {
        let counts = one["counts"].as_array().expect("counts");
        assert!(counts.len() > 5, "{} offers more than a name", text(one, "name"));
    }
}

#[tokio::test]
async fn a_load_that_was_cut_off_is_taken_up_and_a_full_one_left_alone() {
    let whole = amounts(&TestDatabase::create(Content::FullDemo).await).await;
    assert!(whole.len() > 80, "{whole:?}");
    let database = TestDatabase::create(Content::Empty).await;
    let folder = tempfile::tempdir().expect("folder");
    let files = FileStore::open(&format!("file://{}", folder.path().display())).expect("store");
    let db = Db::lazy(&database.app_url(), 2).expect("url");
    let keys = PackageKeys::of_secret(&[7; 32]);
    tokio::select! {
        _ = demo::load(&db, &files, &keys) => panic!("it should have been cut off"),
        () = wait_for_districts(&database, 3) => {}
    }
    assert_ne!(amounts(&database).await, whole, "half of it");
    let accounts = demo::load(&db, &files, &keys).await.expect("taken up");
    assert_eq!(amounts(&database).await, whole);
    assert_eq!(demo::load(&db, &files, &keys).await.expect("left alone"), accounts);
    assert_eq!(amounts(&database).await, whole);
    let reports = satupintu::audit::verify::verify_all(&db).await.expect("verified");
    assert!(reports.iter().all(|report| report.broken_at.is_none()));
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_binary_serves_the_demo_and_keeps_it() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("permissions");
    let page = "/api/v1/public/districts/73.06";
    let service = ServiceProcess::start(folder.path(), &["--demo"]);
    let first = Client::new(&service.url).get(page).await.expect(200).json;
    assert_eq!(first["unit_name"], "PPKAI Sikamaseang");
    let mut gowa = Client::new(&service.url);
    gowa.login("admin.gowa@demo.satupintu.example", DEMO_PASSWORD).await;
    let events = "/api/v1/districts/73.06/audit-events";
    let before = gowa.get(events).await.expect(200).items().to_vec();
    assert!(service.terminate().success());

    let service = ServiceProcess::start(folder.path(), &["--demo"]);
    let mut gowa = Client::new(&service.url);
    gowa.login("admin.gowa@demo.satupintu.example", DEMO_PASSWORD).await;
    let newest = gowa.get(events).await.expect(200);
    assert_eq!(newest.items()[0]["id"], before[0]["id"]);
    assert_eq!(Client::new(&service.url).get(page).await.expect(200).json, first);
    assert!(service.terminate().success());

    // Everybody knows the passwords of the demo's people: without --demo they are not let in.
    let refused = std::process::Command::new(satupintu_tests::process::binary())
        .args(["serve", "--addr=127.0.0.1:0", "--data-dir"])
        .arg(folder.path())
        .env_remove("DATABASE_URL")
        .output()
        .expect("the service ends");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("akun demo"), "{said}");
}
