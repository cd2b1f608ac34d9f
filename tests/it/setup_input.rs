//! Clumsy and hostile contents: each gets its clear error, none a 500.

use satupintu_tests::{Client, Service, client::send};
use serde_json::{Value, json};

const SETUP: &str = "/api/v1/districts/73.06/setup";

async fn raw(client: &Client, path: &str, body: String) -> satupintu_tests::Answer {
    let request = client
        .request(reqwest::Method::POST, path)
        .header("content-type", "application/json");
    send(request.body(body)).await
}

#[tokio::test]
async fn bad_contents_are_named_by_their_field() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let long = "a".repeat(501);
    let many: Vec<Value> = (0..201).map(|_| json!({ "activity": "x" })).collect();
    for (kind, content, field, code) in [
        (
            "regulation/legal-instruments",
            json!({ "signed_on": "0026-03-24" }),
            "signed_on",
            "out_of_range",
        ),
        (
            "regulation/legal-instruments",
            json!({ "signed_on": "2026-02-30" }),
            "signed_on",
            "not_a_date",
        ),
        (
            "regulation/legal-instruments",
            json!({ "signed_on": 20_260_324 }),
            "signed_on",
            "wrong_type",
        ),
        (
            "regulation/legal-instruments",
            json!({ "year": 20_266 }),
            "year",
            "out_of_range",
        ),
        (
            "regulation/legal-instruments",
            json!({ "year": "2026" }),
            "year",
            "wrong_type",
        ),
        (
            "regulation/legal-instruments",
            json!({ "title": long }),
            "title",
            "too_long",
        ),
        (
            "regulation/legal-instruments",
            json!({ "title": "a\u{0}b" }),
            "title",
            "invisible_characters",
        ),
        (
            "regulation/legal-instruments",
            json!({ "title": "\u{202E}bup" }),
            "title",
            "invisible_characters",
        ),
        (
            "regulation/legal-instruments",
            json!({ "kind": "Perbup" }),
            "kind",
            "not_in_list",
        ),
        (
            "regulation/legal-instruments",
            json!({ "judul": "x" }),
            "judul",
            "unknown_field",
        ),
        ("regulation/legal-instruments", json!([]), "", "wrong_type"),
        ("regulation/legal-instruments", json!("x"), "", "wrong_type"),
        ("regulation/legal-instruments", json!(null), "", "wrong_type"),
        (
            "institution/agencies",
            json!({ "name": "Dinas 🏢" }),
            "name",
            "not_a_name",
        ),
        (
            "institution/agencies",
            json!({ "phone": "+1 555 0100" }),
            "phone",
            "not_a_phone",
        ),
        (
            "institution/agencies",
            json!({ "email": "a@b" }),
            "email",
            "not_an_email",
        ),
        (
            "institution/teams",
            json!({ "region_code": "73.02.01" }),
            "region_code",
            "not_found",
        ),
        (
            "institution/teams",
            json!({ "region_code": "' OR 1=1" }),
            "region_code",
            "not_found",
        ),
        ("work-mechanism/sops", json!({ "steps": many }), "steps", "too_many"),
        (
            "work-mechanism/sops",
            json!({ "steps": [{ "id": "../../etc" }] }),
            "steps.0.id",
            "not_an_id",
        ),
        (
            "work-mechanism/sops",
            json!({ "status": "in_force" }),
            "status",
            "not_ready",
        ),
        (
            "work-mechanism/sops",
            json!({ "approved_by": { "nip": "19800101" } }),
            "approved_by.nip",
            "not_a_nip",
        ),
        (
            "service-range/services",
            json!({ "min_age": 300 }),
            "min_age",
            "wrong_type",
        ),
        (
            "service-range/services",
            json!({ "min_age": 12, "max_age": 6 }),
            "max_age",
            "below_minimum",
        ),
        (
            "service-range/services",
            json!({ "working_days": -1 }),
            "working_days",
            "wrong_type",
        ),
        (
            "staff/staff-members",
            json!({ "caseload_limit": 0 }),
            "caseload_limit",
            "out_of_range",
        ),
        (
            "data-system/form-fields",
            json!({ "key": "Jarak Sekolah" }),
            "key",
            "not_a_key",
        ),
        (
            "data-system/form-fields",
            json!({ "type": "text", "minimum": 3 }),
            "minimum",
            "not_for_this_type",
        ),
        (
            "data-system/indicators",
            json!({ "target": 1e300 }),
            "target",
            "out_of_range",
        ),
        (
            "data-system/indicators",
            json!({ "target": "banyak" }),
            "target",
            "wrong_type",
        ),
        (
            "data-system/retention-rules",
            json!({ "months": 4_294_967_296_u64 }),
            "months",
            "wrong_type",
        ),
        (
            "data-system/data-agreements",
            json!({ "signed_on": "2026-01-02", "valid_until": "2026-01-01" }),
            "valid_until",
            "before_start",
        ),
    ] {
        let field = if field.is_empty() {
            "content".to_owned()
        } else {
            format!("content.{field}")
        };
        let answer = admin
            .post(&format!("{SETUP}/{kind}"), json!({ "content": content }))
            .await;
        answer.expect_field(&field, code);
    }
}

#[tokio::test]
async fn bodies_that_are_no_content_are_refused() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let sops = format!("{SETUP}/work-mechanism/sops");
    raw(&admin, &sops, "{".to_owned())
        .await
        .expect_problem(400, "bad_request");
    raw(&admin, &sops, "{}".to_owned())
        .await
        .expect_field("content", "required");
    let deep = format!("{{\"content\":{}{}}}", "[".repeat(5_000), "]".repeat(5_000));
    raw(&admin, &sops, deep).await.expect_field("content", "wrong_type");
    let deep = format!(
        "{{\"content\":{{\"steps\":{}{}}}}}",
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    let answer = raw(&admin, &sops, deep).await;
    assert!([400, 422].contains(&answer.status.as_u16()), "{}", answer.text);
    let huge = format!("{{\"content\":{{\"notes\":\"{}\"}}}}", "a".repeat(2_000_000));
    raw(&admin, &sops, huge).await.expect_problem(413, "payload_too_large");
    let surrogate = "{\"content\":{\"title\":\"\\ud800\"}}".to_owned();
    let answer = raw(&admin, &sops, surrogate).await;
    assert!([400, 422].contains(&answer.status.as_u16()), "{}", answer.text);
    let twice = "{\"content\":{\"title\":\"a\",\"title\":\"b\"}}".to_owned();
    let answer = raw(&admin, &sops, twice).await;
    assert_eq!(answer.status.as_u16(), 422, "{}", answer.text);
    let nobody = json!({ "id": "bukan-uuid", "content": {} });
    admin.post(&sops, nobody).await.expect_field("id", "wrong_type");
    assert_eq!(admin.get(&sops).await.expect(200).items().len(), 0, "nothing was kept");
}

#[tokio::test]
async fn an_sop_comes_into_force_when_its_flow_is_sound() {
    let service = Service::demo().await;
    let admin = service.demo_client("admin.gowa").await;
    let sops = format!("{SETUP}/work-mechanism/sops");
    let step = |id: &str, kind: &str| json!({ "id": id, "kind": kind, "activity": "Kegiatan", "actor": "Peksos" });
    let mut decision = step("b", "decision");
    decision["yes"] = json!("c");
    decision["no"] = json!("z");
    let mut content = json!({
        "kind": "complaint", "number": "SOP/01/2026", "title": "Pengaduan", "status": "in_force",
        "made_on": "2026-01-05", "effective_on": "2026-02-01",
        "approved_by": { "position": "Kepala Dinas Sosial", "name": "Contoh Kepala Dinas", "nip": "198001012005011001" },
        "legal_basis": ["Peraturan Bupati contoh"], "executor_qualifications": ["Pekerja sosial"], "records": ["Register"],
        "steps": [step("a", "start"), decision, step("c", "end")]
    });
    let send_content = async |content: &Value| admin.post(&sops, json!({ "content": content })).await;
    send_content(&content)
        .await
        .expect_field("content.status", "flow_has_faults");
    content["status"] = json!("draft");
    let draft = send_content(&content).await.expect(201);
    let missing = draft.json["missing"].to_string();
    assert!(
        missing.contains("steps.1.no") && missing.contains("status"),
        "{missing}"
    );
    content["steps"][1]["no"] = json!("a");
    content["status"] = json!("in_force");
    let path = format!("{sops}/{}", draft.id());
    let sound = admin
        .put(&path, &draft.etag(), json!({ "content": content }))
        .await
        .expect(200);
    assert_eq!(sound.json["missing"], json!([]));
    assert_eq!(sound.json["complete"], true);
}

/// Two people type into the same SOP at the same moment, many times: every text that was acknowledged is in the
/// history, and the second writer always got the first one's version.
#[tokio::test]
async fn writers_at_once_lose_nothing() {
    let service = Service::demo().await;
    let sops = format!("{SETUP}/work-mechanism/sops");
    let admin = service.demo_client("admin.gowa").await;
    let made = admin
        .post(&sops, json!({ "content": { "title": "Rujukan" } }))
        .await
        .expect(201);
    let path = format!("{sops}/{}", made.id());
    let write = async |name: &'static str| {
        let client = service.demo_client("admin.gowa").await;
        let (mut etag, mut kept, mut refused) = (made.etag(), Vec::new(), 0);
        for round in 0..10 {
            let title = format!("Rujukan {name} {round}");
            loop {
                let answer = client.put(&path, &etag, json!({ "content": { "title": title } })).await;
                if answer.status.as_u16() == 200 {
                    etag = answer.etag();
                    kept.push(title);
                    break;
                }
                let answer = answer.expect_problem(412, "stale");
                etag = format!("\"{}\"", answer.json["current"]["version"]);
                refused += 1;
            }
        }
        (kept, refused)
    };
    let ((mut kept, refused), (others, others_refused)) = tokio::join!(write("satu"), write("dua"));
    kept.extend(others);
    assert!(refused + others_refused > 0, "the two never met");
    let history = admin.get(&format!("{path}/history?limit=200")).await.expect(200);
    let texts: Vec<String> = history
        .items()
        .iter()
        .map(|change| change["after"]["title"].to_string())
        .collect();
    for title in kept {
        assert_eq!(
            texts.iter().filter(|text| **text == format!("\"{title}\"")).count(),
            1,
            "{title}"
        );
    }
    assert_eq!(history.items().len(), 21);
}
