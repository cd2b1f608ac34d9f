//! Boundaries for the map: who may load them, what is refused and why, and how browsers get them. All shapes are squares.

use std::{
    collections::BTreeMap,
    io::Read,
    process::{Command, Output},
};

use reqwest::{Method, multipart::Form, multipart::Part};
use satupintu_tests::{Answer, Client, Service, client::send, process};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/oversight/boundaries";
const TOPOLOGY: &str = "/api/v1/oversight/boundaries/topology";

type Ring = Vec<[f64; 2]>;

/// Codes and names of all kabupaten/kota.
async fn codes(service: &Service) -> BTreeMap<String, String> {
    let mut database = service.database.superuser().await;
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT code, full_name FROM region WHERE level = 'regency'")
        .fetch_all(&mut database)
        .await
        .expect("regions");
    rows.into_iter().collect()
}

/// A square of a board that covers the country; each shares its sides with the next.
fn square(place: u16) -> Ring {
    let (west, south) = (95.0 + f64::from(place % 30) * 1.5, -11.0 + f64::from(place / 30) * 0.9);
    let (east, north) = (west + 1.5, south + 0.9);
    vec![
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
    ]
}

fn feature(code: &str, ring: &Ring) -> Value {
    json!({ "type": "Feature", "properties": { "kode": code, "luas": 12.5 },
        "geometry": { "type": "Polygon", "coordinates": [ring] } })
}

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn topology(arcs: &Value, ring: &Value) -> String {
    json!({ "type": "Topology", "arcs": arcs, "objects": { "kabupaten": { "type": "GeometryCollection",
        "geometries": [{ "type": "Polygon", "id": "7306", "arcs": [ring] }] } } })
    .to_string()
}

/// Gowa, with this border.
fn gowa(ring: &Ring) -> String {
    collection(&[feature("73.06", ring)])
}

fn form(file: impl Into<Vec<u8>>) -> Form {
    let part = Part::bytes(file.into()).file_name("batas.geojson");
    Form::new()
        .part("file", part)
        .text("source", "Contoh, peta buatan")
        .text("licence", "CC0")
}

async fn load(client: &Client, query: &str, file: impl Into<Vec<u8>>) -> Answer {
    let request = client.request(Method::POST, &format!("{PATH}{query}"));
    send(request.multipart(form(file))).await
}

async fn check(client: &Client, file: impl Into<Vec<u8>>) -> Value {
    load(client, "?check=true", file).await.expect(200).json
}

/// Kinds of the problems in a report.
fn kinds(report: &Value) -> Vec<&str> {
    let problems = report["problems"].as_array().expect("problems");
    problems.iter().filter_map(|problem| problem["kind"].as_str()).collect()
}

#[tokio::test]
async fn all_but_one_are_loaded_and_the_one_is_named() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let codes = codes(&service).await;
    let all = codes.len();
    assert_eq!(all, 514);
    // Without the dot, as numbers, and under other names, as files come.
    let features: Vec<Value> = (0..)
        .zip(codes.keys().filter(|code| *code != "73.06"))
        .map(|(place, code)| {
            let plain = code.replace('.', "");
            let mut feature = feature(code, &square(place));
            match place % 4 {
                0 => feature["properties"] = json!({ "KDPKAB": code }),
                1 => feature["properties"] = json!({ "Kode": plain }),
                2 => feature["properties"] = json!({ "code": plain.parse::<u32>().expect("number") }),
                _ => {
                    feature["properties"] = json!({ "code": null, "nama": "x" });
                    feature["id"] = json!(plain);
                }
            }
            feature
        })
        .collect();
    let file = collection(&features);
    let report = check(&ministry, file.clone()).await;
    assert_eq!(
        (report["is_usable"].as_bool(), report["matched"].as_u64()),
        (Some(true), Some(513)),
        "{report}"
    );
    assert_eq!(report["regencies"], 514);
    assert_eq!(
        report["missing"],
        json!([{ "code": "73.06", "name": "Kabupaten Gowa" }])
    );
    assert_eq!(report["format"], "geojson");
    let none = ministry.get(PATH).await.expect(200);
    assert_eq!(none.json["loaded"], Value::Null, "a check keeps nothing");
    ministry.get(TOPOLOGY).await.expect_problem(404, "not_found");

    let loaded = load(&ministry, "", file).await.expect(201);
    assert_eq!(loaded.json["matched"], 513);
    assert_eq!(loaded.json["missing"][0]["code"], "73.06");
    assert_eq!(loaded.json["source"], "Contoh, peta buatan");
    assert_eq!(loaded.json["licence"], "CC0");
    let shown = ministry.get(PATH).await.expect(200);
    assert_eq!(shown.json["loaded"], loaded.json);
    assert_eq!(shown.etag(), loaded.etag());
    let topology = ministry.get(TOPOLOGY).await.expect(200).json;
    let geometries = topology["objects"]["districts"]["geometries"]
        .as_array()
        .expect("list")
        .len();
    assert_eq!(geometries, 513);
    // Neighbours share sides: with a border each it would be four arcs a square.
    let arcs = topology["arcs"].as_array().expect("arcs").len();
    assert!(arcs < 513 * 4 * 2 / 3, "{arcs} arcs");
    let events = ministry
        .get("/api/v1/oversight/audit-events?entity=boundary_set")
        .await
        .expect(200);
    assert_eq!(events.items()[0]["action"], "load");
    assert_eq!(events.items()[0]["after"]["matched"], 513);
}

#[tokio::test]
async fn a_browser_loads_them_once() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    load(&ministry, "", gowa(&square(3))).await.expect(201);
    let plain = ministry.get(TOPOLOGY).await.expect(200);
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.header("content-type"), "application/json");
    assert_eq!(plain.header("cache-control"), "private, no-cache");
    let packed = ministry
        .request(Method::GET, TOPOLOGY)
        .header("accept-encoding", "br, gzip;q=0.8");
    let packed = packed.send().await.expect("answer");
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert_eq!(packed.headers()["etag"], plain.header("etag"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*packed.bytes().await.expect("body"))
        .read_to_string(&mut text)
        .expect("gzip");
    assert_eq!(text, plain.text);
    for tag in [plain.etag(), format!("W/{}", plain.etag())] {
        let again = ministry.request(Method::GET, TOPOLOGY).header("if-none-match", &tag);
        let again = send(again).await.expect(304);
        assert_eq!((again.text.as_str(), again.etag()), ("", plain.etag()));
    }
    // Others have another tag, and the same ones loaded again the same.
    load(&ministry, "", gowa(&square(4))).await.expect(201);
    assert_ne!(ministry.get(TOPOLOGY).await.expect(200).etag(), plain.etag());
    load(&ministry, "", gowa(&square(3))).await.expect(201);
    assert_eq!(ministry.get(TOPOLOGY).await.expect(200).etag(), plain.etag());
}

#[tokio::test]
async fn only_the_ministrys_admin_loads_and_all_of_oversight_reads() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    load(&ministry, "", gowa(&square(3))).await.expect(201);
    let tag = ministry.get(PATH).await.expect(200).etag();
    for person in ["sulsel", "jateng"] {
        let client = service.demo_client(person).await;
        client.get(PATH).await.expect(200);
        client.get(TOPOLOGY).await.expect(200);
        load(&client, "", gowa(&square(3)))
            .await
            .expect_problem(403, "forbidden");
        load(&client, "?check=true", gowa(&square(3)))
            .await
            .expect_problem(403, "forbidden");
        client.delete(PATH, &tag).await.expect_problem(403, "forbidden");
    }
    let district = service.demo_client("admin.gowa").await;
    district.get(PATH).await.expect_problem(403, "forbidden");
    district.get(TOPOLOGY).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn they_are_removed_by_who_has_seen_them() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let nothing = ministry.get(PATH).await.expect(200).etag();
    ministry.delete(PATH, &nothing).await.expect_problem(404, "not_found");
    let first = load(&ministry, "", gowa(&square(3))).await.expect(201).etag();
    let second = load(&ministry, "", gowa(&square(4))).await.expect(201).etag();
    ministry.delete(PATH, &first).await.expect_problem(412, "stale");
    ministry.delete(PATH, &second).await.expect(204);
    ministry.get(TOPOLOGY).await.expect_problem(404, "not_found");
    let third = load(&ministry, "", gowa(&square(3))).await.expect(201).etag();
    assert!(![nothing, first, second].contains(&third), "versions go on");
    // Sent twice under one key, it is loaded once.
    let twice = || {
        let request = ministry.request(Method::POST, PATH).header("idempotency-key", "sekali");
        send(request.multipart(form(gowa(&square(5)))))
    };
    let once = twice().await.expect(201);
    let again = twice().await.expect(201);
    assert_eq!(
        (once.etag(), again.header("idempotency-replayed")),
        (again.etag(), "true")
    );
}

#[tokio::test]
async fn source_and_licence_are_needed_to_load_but_not_to_check() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    ministry
        .upload(PATH, "batas.geojson", gowa(&square(1)))
        .await
        .expect_field("source", "required");
    ministry
        .upload(PATH, "batas.geojson", gowa(&square(1)))
        .await
        .expect_field("licence", "required");
    let checked = ministry
        .upload(&format!("{PATH}?check=true"), "b.json", gowa(&square(1)))
        .await
        .expect(200);
    assert_eq!(checked.json["is_usable"], true);
    let twice = form(gowa(&square(1))).part("file", Part::bytes(b"{}".as_slice()));
    let twice = send(ministry.request(Method::POST, PATH).multipart(twice)).await;
    twice.expect_field("file", "unknown_field");
    ministry
        .post(PATH, json!({}))
        .await
        .expect_problem(415, "unsupported_media_type");
}

#[tokio::test]
async fn unknown_and_repeated_codes_are_listed() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let file = collection(&[
        feature("73.06", &square(0)),
        feature("99.99", &square(1)),
        feature("Gowa", &square(2)),
        feature("73.06", &square(3)),
        json!({ "type": "Feature", "properties": { "nama": "x" },
            "geometry": { "type": "Polygon", "coordinates": [square(4)] } }),
        json!({ "type": "Feature", "properties": { "kode": "73.02" },
            "geometry": { "type": "Point", "coordinates": [119.0, -5.0] } }),
    ]);
    let point = check(&ministry, file).await;
    assert_eq!(kinds(&point), ["not_polygon"], "{point}");
    let file = collection(&[
        feature("73.06", &square(0)),
        feature("99.99", &square(1)),
        feature("Gowa", &square(2)),
        feature("7306", &square(3)),
        json!({ "type": "Feature", "properties": null, "geometry": { "type": "Polygon", "coordinates": [square(4)] } }),
    ]);
    let report = check(&ministry, file.clone()).await;
    assert_eq!(
        kinds(&report),
        ["unknown_code", "unknown_code", "duplicate_code", "no_code"]
    );
    assert_eq!(report["problems"][2]["district_code"], "73.06");
    assert_eq!(report["problems"][0]["subject"], "features.2");
    let refused = load(&ministry, "", file).await.expect_problem(422, "boundary_invalid");
    let errors = refused.json["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 4);
    assert!(
        errors[0]["message"].as_str().is_some_and(|text| text.contains("99.99")),
        "{errors:?}"
    );
    assert_eq!(ministry.get(PATH).await.expect(200).json["loaded"], Value::Null);
}

#[tokio::test]
async fn bad_shapes_are_named_with_their_place() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let bow = vec![
        [119.0, -5.0],
        [120.0, -4.0],
        [120.0, -5.0],
        [119.0, -4.0],
        [119.0, -5.0],
    ];
    let report = check(&ministry, gowa(&bow)).await;
    let problem = &report["problems"][0];
    assert_eq!(
        (problem["kind"].as_str(), problem["district_code"].as_str()),
        (Some("self_crossing"), Some("73.06"))
    );
    assert_eq!(
        (problem["longitude"].as_f64(), problem["latitude"].as_f64()),
        (Some(119.5), Some(-4.5))
    );
    let message = problem["message"].as_str().expect("text");
    assert_eq!(
        message,
        "Batas Kabupaten Gowa (73.06) memotong dirinya sendiri di 119,5000° BT 4,5000° LS."
    );
    let mut english = ministry.request(Method::POST, &format!("{PATH}?check=true"));
    english = english.header("accept-language", "en").multipart(form(gowa(&bow)));
    let english = send(english).await.expect(200).json;
    let message = english["problems"][0]["message"].as_str().expect("text");
    assert_eq!(
        message,
        "The border of Kabupaten Gowa (73.06) crosses itself at 119.5000° E 4.5000° S."
    );

    let ring = square(10);
    let moved = |x: f64, y: f64, factor: f64| -> Ring {
        ring.iter()
            .map(|point| [point[0] * factor + x, point[1] * factor + y])
            .collect()
    };
    let swapped: Ring = ring.iter().map(|point| [point[1], point[0]]).collect();
    let hole = json!({ "type": "FeatureCollection", "features": [{ "type": "Feature", "id": 7306,
        "geometry": { "type": "Polygon", "coordinates": [square(10), square(12)] } }] });
    for (what, file, kind) in [
        ("UTM metres", gowa(&moved(700_000.0, 9_000_000.0, 1000.0)), "projected"),
        ("latitude first", gowa(&swapped), "swapped"),
        ("Madagascar", gowa(&moved(-62.0, -10.0, 1.0)), "outside_indonesia"),
        ("three points", gowa(&ring[..3].to_vec()), "too_few_points"),
        ("not closed", gowa(&ring[..4].to_vec()), "unclosed"),
        ("no points", gowa(&vec![]), "too_few_points"),
        (
            "a line",
            gowa(&vec![ring[0], ring[1], ring[1], ring[0]]),
            "self_crossing",
        ),
        ("one place", gowa(&vec![ring[0]; 5]), "empty"),
        ("a hole elsewhere", hole.to_string(), "hole_outside"),
        ("no features", collection(&[]), "no_shapes"),
        ("a lone feature", feature("73.06", &ring).to_string(), "not_boundaries"),
        (
            "features that are none",
            json!({ "type": "FeatureCollection", "features": [7] }).to_string(),
            "not_boundaries",
        ),
        ("text", "kode;batas".to_owned(), "not_json"),
        ("half a file", gowa(&ring)[..100].to_owned(), "not_json"),
        ("nothing", String::new(), "not_json"),
    ] {
        let report = check(&ministry, file.clone()).await;
        assert_eq!(kinds(&report), [kind], "{what}: {report}");
        assert_eq!(
            (report["is_usable"].as_bool(), report["problem_count"].as_u64()),
            (Some(false), Some(1))
        );
        let refused = load(&ministry, "", file).await.expect_problem(422, "boundary_invalid");
        assert_eq!(refused.json["errors"][0]["code"], kind);
    }
}

#[tokio::test]
async fn arcs_that_lead_astray_are_refused() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let (first, second) = (
        json!([[119.0, -5.0], [120.0, -5.0], [120.0, -4.0]]),
        json!([[119.0, -5.0], [119.0, -4.0], [120.0, -4.0]]),
    );
    let good = check(&ministry, topology(&json!([first, second]), &json!([0, -2]))).await;
    assert_eq!(
        (good["is_usable"].as_bool(), good["format"].as_str()),
        (Some(true), Some("topojson")),
        "{good}"
    );
    assert_eq!(good["object"], "kabupaten");
    for (what, ring, kind) in [
        ("an arc that is not there", json!([0, -3]), "arc_out_of_range"),
        ("far out", json!([0, i64::MIN]), "arc_out_of_range"),
        ("further than numbers go", json!([u64::MAX]), "arc_out_of_range"),
        ("round and round", json!([0, -1, 0, -1]), "arc_repeated"),
        ("arcs apart", json!([0, 1]), "arcs_apart"),
        ("open", json!([0]), "too_few_points"),
        ("no numbers", json!(["x"]), "not_boundaries"),
        ("a list too many", json!([[0]]), "not_polygon"),
    ] {
        let report = check(&ministry, topology(&json!([first, second]), &ring)).await;
        assert_eq!(kinds(&report), [kind], "{what}: {report}");
    }
    // A small file that names one arc again and again would be a large country.
    let arc: Vec<[f64; 2]> = (0..20_000).map(|step| [119.0 + f64::from(step) * 1e-5, -5.0]).collect();
    let geometry = json!({ "type": "Polygon", "id": "7306", "arcs": [[0]] });
    let bomb = json!({ "type": "Topology", "arcs": [arc], "objects": { "x": { "type": "GeometryCollection",
        "geometries": vec![geometry; 200] } } });
    let report = check(&ministry, bomb.to_string()).await;
    assert_eq!(kinds(&report), ["too_many_points"], "{report}");
    // Collections in collections are as deep as lists may be, no more.
    let mut nested = json!({ "type": "Polygon", "id": "7306", "arcs": [[0, -2]] });
    for _ in 0..9 {
        nested = json!({ "type": "GeometryCollection", "geometries": [nested] });
    }
    let file = json!({ "type": "Topology", "arcs": [first, second], "objects": { "x": nested } });
    assert_eq!(check(&ministry, file.to_string()).await["is_usable"], true);
}

#[tokio::test]
async fn bombs_are_told_by_their_kind() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let deep = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":{}{}}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    assert_eq!(kinds(&check(&ministry, deep).await), ["too_deep"]);
    let many = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}0]}}",
        "0,".repeat(6_100_000)
    );
    assert_eq!(kinds(&check(&ministry, many).await), ["too_many_points"]);
    let lists = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}[]]}}",
        "[],".repeat(2_600_000)
    );
    assert_eq!(kinds(&check(&ministry, lists).await), ["too_many_points"]);
    let objects = format!("{{\"type\":\"Topology\",\"objects\":[{}{{}}]}}", "{},".repeat(600_000));
    assert_eq!(kinds(&check(&ministry, objects).await), ["too_many_features"]);
    let features = collection(&vec![json!({ "type": "Feature" }); 6_000]);
    assert_eq!(kinds(&check(&ministry, features).await), ["too_many_features"]);
    let geometries = json!({ "type": "Topology", "arcs": [], "objects": { "x": { "type": "GeometryCollection",
        "geometries": vec![json!({ "type": "GeometryCollection", "geometries": vec![json!({}); 60] }); 100] } } });
    assert_eq!(
        kinds(&check(&ministry, geometries.to_string()).await),
        ["too_many_features"]
    );
    // Of many faults a hundred are told, and all are counted.
    let faulty = check(&ministry, collection(&vec![json!({ "type": "Feature" }); 4_000])).await;
    assert_eq!(
        (kinds(&faulty).len(), faulty["problem_count"].as_u64()),
        (100, Some(4_000))
    );
    let large = vec![b' '; 40 * 1024 * 1024];
    let refused = load(&ministry, "?check=true", large)
        .await
        .expect_problem(413, "payload_too_large");
    assert!(refused.text.contains("32 MB"), "{}", refused.text);
    // A border on which every line crosses the height of all others ends the search instead of taking an hour.
    let comb: Vec<[f64; 2]> = (0..60_000)
        .map(|tooth| {
            [
                if tooth % 2 == 0 { 100.0 } else { 120.0 },
                -5.0 + f64::from(tooth) * 1e-4,
            ]
        })
        .chain([[100.0, -5.0]])
        .collect();
    let report = check(&ministry, gowa(&comb)).await;
    assert_eq!(kinds(&report), ["too_complex"], "{report}");
}

#[tokio::test]
async fn a_name_of_another_district_is_refused() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let named = |code: &str, property: &str, name: &str, place: u16| {
        let mut feature = feature(code, &square(place));
        feature["properties"][property] = json!(name);
        feature
    };
    // 1101 is Simeulue to BPS; to Kemendagri it is Aceh Selatan.
    let by_bps = collection(&[
        named("1101", "NAMOBJ", "SIMEULUE", 0),
        named("7306", "WADMKK", "Gowa", 1),
    ]);
    let report = check(&ministry, by_bps.clone()).await;
    assert_eq!(kinds(&report), ["other_name"], "{report}");
    assert_eq!(report["problems"][0]["district_code"], "11.01");
    let message = report["problems"][0]["message"].as_str().expect("text");
    assert!(
        message.contains("Kabupaten Aceh Selatan (11.01)") && message.contains("Kabupaten Simeulue (11.09)"),
        "{message}"
    );
    load(&ministry, "", by_bps)
        .await
        .expect_problem(422, "boundary_invalid");
    // Its own name however it is written, and names that nobody bears, are no reason to refuse.
    let own = collection(&[
        named("1109", "Nama", "Kab. Simeulue", 0),
        named("7306", "kab_kota", "Gowwa", 1),
        feature("73.02", &square(2)),
    ]);
    let report = check(&ministry, own).await;
    assert_eq!(
        (report["is_usable"].as_bool(), report["named"].as_u64()),
        (Some(true), Some(2)),
        "{report}"
    );
    assert_eq!(check(&ministry, gowa(&square(1))).await["named"], 0);
    // All official names are at home under their codes, as they are and in capitals without what they are.
    for short in [false, true] {
        let codes = codes(&service).await;
        let features: Vec<Value> = (0..)
            .zip(&codes)
            .map(|(place, (code, name))| {
                let bare = name
                    .split_once(' ')
                    .map_or(name.as_str(), |(_, bare)| bare)
                    .to_uppercase();
                named(code, "name", if short { &bare } else { name }, place)
            })
            .collect();
        let report = check(&ministry, collection(&features)).await;
        assert_eq!(report["problem_count"], 0, "{report}");
        assert_eq!(report["named"], 514);
    }
}

fn command(service: &Service, arguments: &[&str]) -> Output {
    Command::new(process::binary())
        .arg("boundaries")
        .args(arguments)
        .env("DATABASE_URL", service.database.app_url())
        .env("SATUPINTU_DATA_DIR", service.data_dir())
        .output()
        .expect("the command runs")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_operator_loads_shows_and_removes_by_command() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let file = service.data_dir().join("batas.geojson");
    let path = file.display().to_string();
    let told = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    std::fs::write(&file, gowa(&square(7))).expect("written");
    let checked = command(&service, &["load", &path, "--check"]);
    assert!(checked.status.success(), "{checked:?}");
    assert!(told(&checked).contains("1 dari/of 514 kabupaten/kota"), "{checked:?}");
    assert!(told(&command(&service, &["show"])).contains("No boundaries are loaded."));
    let terms = ["load", &path, "--source", "Contoh", "--licence", "CC0"];
    assert!(command(&service, &terms).status.success());
    let loaded = ministry.get(PATH).await.expect(200).json;
    assert_eq!(loaded["loaded"]["loaded_by_name"], "sistem: boundaries load");
    assert_eq!(loaded["loaded"]["file_name"], "batas.geojson");
    assert!(told(&command(&service, &["show"])).contains("Contoh — CC0"));
    std::fs::write(&file, collection(&[feature("99.99", &square(7))])).expect("written");
    let refused = command(&service, &terms);
    assert_eq!(refused.status.code(), Some(1));
    assert!(told(&refused).contains("“99.99” is no Kemendagri code"), "{refused:?}");
    assert_eq!(ministry.get(PATH).await.expect(200).json, loaded);
    assert!(command(&service, &["remove"]).status.success());
    assert!(!command(&service, &["remove"]).status.success());
    assert_eq!(ministry.get(PATH).await.expect(200).json["loaded"], Value::Null);
    let events = ministry
        .get("/api/v1/oversight/audit-events?entity=boundary_set")
        .await
        .expect(200);
    let actions: Vec<_> = events
        .items()
        .iter()
        .filter_map(|event| event["action"].as_str())
        .collect();
    assert_eq!(actions, ["delete", "load"]);
}
