//! Sets up a district through the API until it may go live, item by item.

use satupintu_tests::{Answer, Client};
use serde_json::{Value, json};

/// The district that the tests set up.
pub const DISTRICT: &str = "/api/v1/districts/73.02";
const PDF: &[u8] = b"%PDF-1.7\n<</Type/Page>>\nbukti\n%%EOF\n";

/// What stands for each service: domain, tier, and which of the agencies gives it.
const SERVICES: &[(&str, &str, usize)] = &[
    ("education", "primary", 1),
    ("health", "primary", 2),
    ("legal_identity", "secondary", 3),
    ("social_rehabilitation", "tertiary", 0),
    ("legal_aid", "tertiary", 4),
    ("social_assistance", "secondary", 0),
    ("family_strengthening", "primary", 4),
    ("alternative_care", "tertiary", 0),
];

const STAGES: &[&str] = &[
    "identification",
    "registration",
    "initial_assessment",
    "full_assessment",
    "intervention_plan",
    "implementation",
    "monitoring_review",
    "closure",
    "aftercare",
];

/// Mandatory items that ask for a document, with a kind that they accept.
pub const DOCUMENTS: &[(&str, &str)] = &[
    ("REG-1", "regent_regulation"),
    ("REG-3", "annual_plan"),
    ("REG-4", "budget_document"),
    ("LEM-1", "decree"),
    ("LEM-2", "decree"),
    ("LEM-4", "photo"),
    ("MEK-1", "sop"),
    ("MEK-2", "sop"),
    ("MEK-3", "sop"),
    ("MEK-4", "sop"),
    ("MEK-5", "sop"),
    ("MEK-6", "sop"),
    ("SDM-1", "decree"),
    ("SDM-2", "certificate"),
    ("SDM-4", "certificate"),
    ("SDM-6", "pledge"),
    ("DAT-2", "aggregate_report"),
    ("DAT-3", "letter"),
    ("DAT-4", "policy"),
];

/// Items that must be verified before going live.
pub const FLAGGED: &[&str] = &["REG-1", "LEM-1", "LEM-2", "MEK-6", "DAT-4"];

/// Uploads a file.
pub async fn upload(client: &Client) -> String {
    let path = format!("{DISTRICT}/files");
    client.upload(&path, "bukti.pdf", PDF).await.expect(201).id()
}

/// Adds a setup record that lacks nothing.
pub async fn add(client: &Client, path: &str, content: Value) -> String {
    let answer = client
        .post(&format!("{DISTRICT}/setup/{path}"), json!({ "content": content }))
        .await
        .expect(201);
    assert_eq!(answer.json["complete"], true, "{path}: {}", answer.json["missing"]);
    answer.id()
}

/// Shows a document with a file for an item.
pub async fn show(client: &Client, item: &str, kind: &str, file: &str) -> Answer {
    let body = json!({
        "item_code": item, "kind": kind, "title": format!("Bukti {item}"), "number": "12/2026",
        "document_date": "2026-10-01", "file_id": file,
    });
    client.post(&format!("{DISTRICT}/evidence"), body).await
}

/// A reviewer decides on evidence.
pub async fn decide(reviewer: &Client, evidence: &Answer, decision: &str, comment: &str) -> Answer {
    let path = format!("{DISTRICT}/evidence/{}/review", evidence.id());
    let request = reviewer
        .request(reqwest::Method::POST, &path)
        .header("if-match", evidence.etag())
        .json(&json!({ "decision": decision, "comment": comment,
            "file_id": super::shown_file(reviewer, DISTRICT, &evidence.json).await }));
    satupintu_tests::client::send(request).await
}

/// Everything that the mandatory items count, without any evidence.
pub async fn setup(client: &Client) {
    let file = upload(client).await;
    let agencies = agencies(client).await;
    let decree = legal_instruments(client, &file).await;
    teams(client, &decree).await;
    sops(client).await;
    services(client, &agencies).await;
    staff(client, &agencies[0], &decree).await;
    supervision(client).await;
    data_system(client, &file, &agencies[0]).await;
}

async fn agencies(client: &Client) -> Vec<String> {
    let mut ids = Vec::new();
    for kind in [
        "social_agency",
        "education_agency",
        "health_agency",
        "civil_registry",
        "women_child_agency",
    ] {
        let content = json!({
            "kind": kind, "name": format!("Dinas {kind}"), "domains": ["education"],
            "focal_points": [{ "name": "Contoh Narahubung", "phone": "0413-81234" }],
        });
        ids.push(add(client, "institution/agencies", content).await);
    }
    ids
}

/// The regulation, promulgated, and a decree, whose id is given back.
async fn legal_instruments(client: &Client, file: &str) -> String {
    let stage = |stage: &str, day: &str| json!({ "stage": stage, "reached_on": day });
    let regulation = json!({
        "kind": "regent_regulation", "title": "PKSAI", "number": "12", "year": 2026, "is_pksai_basis": true,
        "stages": [stage("harmonisation", "2026-08-01"), stage("enactment", "2026-09-01"), stage("promulgation", "2026-09-02")],
        "signed_on": "2026-09-01", "gazette_number": "12", "file_id": file,
    });
    add(client, "regulation/legal-instruments", regulation).await;
    let decree = json!({
        "kind": "decree", "title": "Tim Pokja PKSAI", "number": "100", "year": 2026,
        "stages": [stage("enactment", "2026-07-01")], "signed_on": "2026-07-01", "file_id": file,
    });
    add(client, "regulation/legal-instruments", decree).await
}

async fn teams(client: &Client, decree: &str) {
    let position = |kind: &str| json!({ "kind": kind, "holder": "Kepala Bidang", "tasks": "Menjalankan tugas." });
    let team = |kind: &str, positions: Value| json!({ "kind": kind, "name": kind, "decree_id": decree, "positions": positions });
    let working_group = json!([position("chair"), position("secretary"), position("member")]);
    add(client, "institution/teams", team("working_group", working_group)).await;
    add(
        client,
        "institution/teams",
        team("executing_unit", json!([position("manager")])),
    )
    .await;
    let secretariat = json!({
        "kind": "secretariat", "name": "Sekretariat", "address": "Jalan Contoh 1, Ujung Bulu", "hotline": "0413-81234",
        "opening_hours": "Senin sampai Jumat, 08.00–16.00", "rooms": [{ "name": "Ruang konseling", "is_private": true }],
    });
    add(client, "institution/teams", secretariat).await;
}

async fn sops(client: &Client) {
    let clock = |hours: u32| json!({ "amount": hours, "unit": "hour" });
    let level = |level: &str| {
        json!({ "risk_level": level, "first_response": clock(24), "initial_assessment": clock(48),
            "full_assessment_and_plan": clock(168), "review": clock(720) })
    };
    for kind in [
        "complaint",
        "outreach",
        "case_handling",
        "referral",
        "monitoring_closure",
        "data_confidentiality",
    ] {
        let stages: &[&str] = if kind == "case_handling" { STAGES } else { &[] };
        let step = |kind: &str| json!({ "kind": kind, "activity": "Kegiatan", "actor": "Petugas" });
        let bound = stages
            .iter()
            .map(|stage| json!({ "kind": "process", "activity": stage, "actor": "Petugas", "stage": stage }));
        let steps: Vec<Value> = std::iter::once(step("start"))
            .chain(bound)
            .chain([step("end")])
            .collect();
        let clocks = if stages.is_empty() {
            json!([])
        } else {
            json!([level("high"), level("medium"), level("low")])
        };
        let content = json!({
            "kind": kind, "number": "01", "title": format!("SOP {kind}"), "status": "in_force", "made_on": "2026-09-01",
            "effective_on": "2026-10-01", "approved_by": { "position": "Kepala Dinas", "name": "Contoh Pengesah" },
            "legal_basis": ["Peraturan Bupati"], "executor_qualifications": ["Terlatih"], "records": ["Buku register"],
            "steps": steps, "clocks": clocks,
        });
        add(client, "work-mechanism/sops", content).await;
    }
}

async fn services(client: &Client, agencies: &[String]) {
    for (domain, tier, agency) in SERVICES {
        let agency = &agencies[*agency];
        let content = json!({
            "domain": domain, "tiers": [tier], "name": format!("Layanan {domain}"),
            "providers": [{ "agency_id": agency }], "no_requirements": true, "working_days": 3, "cost": "gratis",
            "place": "Sekretariat", "is_public": *domain == "legal_identity", "min_age": 0, "max_age": 17,
        });
        add(client, "service-range/services", content).await;
    }
}

async fn staff(client: &Client, agency: &str, decree: &str) {
    let person = |name: &str, role: &str| {
        json!({
            "name": name, "position": "Petugas", "roles": [role], "employer_id": agency, "decree_id": decree,
            "pledge_signed_on": "2026-09-01", "caseload_limit": 25,
            "trainings": [{ "kind": "case_management", "topic": "Manajemen kasus", "held_on": "2026-05-01" }],
        })
    };
    let supervisor = add(client, "staff/staff-members", person("Contoh Supervisor", "supervisor")).await;
    for (name, role, is_public) in [
        ("Contoh Manajer", "case_manager", true),
        ("Contoh Peksos", "social_worker", false),
    ] {
        let mut content = person(name, role);
        content["supervisor_id"] = json!(supervisor);
        content["is_public"] = json!(is_public);
        add(client, "staff/staff-members", content).await;
    }
}

async fn supervision(client: &Client) {
    let rhythm = json!({
        "name": "Supervisi bulanan", "frequency": "monthly", "supervised_roles": ["case_manager", "social_worker"],
        "record_keeping": "Buku supervisi",
    });
    add(client, "work-mechanism/supervision-rhythms", rhythm).await;
}

async fn data_system(client: &Client, file: &str, agency: &str) {
    let adopted = client
        .post(
            &format!("{DISTRICT}/setup/data-system/vulnerability-categories/adopt"),
            json!({ "set": "gowa_outreach" }),
        )
        .await;
    adopted.expect(200);
    for form in ["child", "outreach"] {
        let content = json!({
            "form": form, "title": form, "consent_text": "Data ini dipakai untuk membantu anak.", "status": "published",
        });
        add(client, "data-system/data-forms", content).await;
    }
    let retention =
        json!({ "subject": "Berkas kasus", "months": 60, "counted_from": "penutupan kasus", "action": "delete" });
    add(client, "data-system/retention-rules", retention).await;
    let protection = json!({
        "name": "Pelindungan data", "contact_name": "Contoh Narahubung Data", "contact_phone": "0413-81234",
        "access_reviewed_on": "2026-10-01", "policy_file_id": file, "impact_assessment_file_id": file,
        "breach_procedure": "Laporkan kepada admin daerah.",
    });
    add(client, "data-system/data-protections", protection).await;
    let staff = client
        .get(&format!("{DISTRICT}/setup/staff/staff-members"))
        .await
        .expect(200);
    let report = json!({
        "name": "Laporan triwulan", "frequency": "quarterly", "recipient_agency_ids": [agency],
        "staff_id": staff.items()[0]["id"],
    });
    add(client, "data-system/report-plans", report).await;
}
