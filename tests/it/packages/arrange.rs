//! Districts with something to publish.

use satupintu::readiness::ComponentKind;
use satupintu_tests::{Answer, Client, Service};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::Executor;

pub const GOWA: &str = "/api/v1/districts/73.06";
pub const BULUKUMBA: &str = "/api/v1/districts/73.02";

/// Adds a setup record; its id.
pub async fn add(client: &Client, district: &str, list: &str, content: Value) -> String {
    let made = client
        .post(&format!("{district}/setup/{list}"), json!({ "content": content }))
        .await;
    made.expect(201).id()
}

/// What Gowa has: agencies, a decree, a team with a holder, an SOP, a service with a contact, a category and people.
pub struct Gowa {
    pub admin: Client,
    pub registry: String,
    pub sop: String,
    pub service: String,
}

pub async fn gowa(service: &Service) -> Gowa {
    let admin = service.demo_client("admin.gowa").await;
    let registry = json!({ "kind": "civil_registry", "name": "Disdukcapil Gowa", "phone": "0411-123456",
        "domains": ["legal_identity"], "address": "Jalan Contoh 1" });
    let registry = add(&admin, GOWA, "institution/agencies", registry).await;
    let health = json!({ "kind": "health_agency", "name": "Dinkes Gowa", "domains": ["health"] });
    let health = add(&admin, GOWA, "institution/agencies", health).await;
    let decree =
        json!({ "kind": "decree", "title": "Tim PKSAI Kabupaten Gowa", "number": "800/12/RAHASIA", "year": 2020 });
    let decree = add(&admin, GOWA, "regulation/legal-instruments", decree).await;
    let person = json!({ "name": "Contoh Orang Rahasia", "phone": "0812-0000-0001" });
    let person = add(&admin, GOWA, "staff/staff-members", person).await;
    let team = json!({ "kind": "working_group", "name": "Pokja Kabupaten Gowa", "decree_id": decree, "positions": [
        { "id": "ketua", "kind": "chair", "title": "Ketua", "tasks": "Memimpin rapat.", "staff_id": person },
        { "id": "anggota", "kind": "member", "title": "Anggota", "tasks": "Hadir.", "holder": "Contoh Orang Rahasia", "agency_id": health }] });
    add(&admin, GOWA, "institution/teams", team).await;
    let category = json!({ "code": "tanpa_akta", "name_id": "Anak tanpa akta", "domains": ["legal_identity"] });
    let category = add(&admin, GOWA, "data-system/vulnerability-categories", category).await;
    let sop = add(&admin, GOWA, "work-mechanism/sops", sop(&decree)).await;
    let content = json!({ "name": "Akta kelahiran", "domain": "legal_identity", "tiers": ["secondary"],
        "description": "Akta bagi anak di Kabupaten Gowa.", "category_ids": [category], "cost": "gratis", "working_days": 3,
        "providers": [{ "id": "capil", "agency_id": registry, "contact_name": "Contoh Orang Rahasia", "contact_phone": "0812-0000-0002" }],
        "place": "Jalan Contoh 1" });
    let akta = add(&admin, GOWA, "service-range/services", content).await;
    Gowa {
        admin,
        registry,
        sop,
        service: akta,
    }
}

pub fn sop(decree: &str) -> Value {
    json!({ "title": "Penerimaan pengaduan", "number": "SOP-RAHASIA", "legal_basis_ids": [decree],
        "approved_by": { "position": "Kepala Dinas", "name": "Contoh Orang Rahasia" }, "steps": [
            { "id": "mulai", "kind": "start", "activity": "Menerima laporan", "actor": "Petugas" },
            { "id": "catat", "kind": "process", "activity": "Mencatat", "actor": "Petugas", "duration": 30, "duration_unit": "minute" },
            { "id": "selesai", "kind": "end", "activity": "Menutup berkas", "actor": "Petugas" }] })
}

pub fn draft<Word: Serialize>(components: &[Word]) -> Value {
    json!({ "name": "Model Gowa", "components": components, "note": { "id": "Terbitan contoh.", "en": "" } })
}

/// Publishes; the answer.
pub async fn publish(client: &Client, district: &str, draft: Value) -> Answer {
    client.post(&format!("{district}/packages"), draft).await.expect(201)
}

/// Makes Bulukumba live, whatever its readiness.
pub async fn make_live(service: &Service, district: i32) {
    let mut database = service.database.superuser().await;
    let sql = format!("UPDATE district SET phase = 'live', live_at = now() WHERE id = {district}");
    database.execute(sqlx::AssertSqlSafe(sql)).await.expect("live");
}

/// Bulukumba, live, has published something and started from Gowa's package.
pub async fn bulukumba_has_packages(service: &Service) {
    make_live(service, 7302).await;
    let gowa = gowa(service).await;
    let package = publish(&gowa.admin, GOWA, draft(ComponentKind::ALL)).await;
    let admin = service.demo_client("admin.bulukumba").await;
    adopt(&admin, BULUKUMBA, &package.id(), json!([])).await;
    add(
        &admin,
        BULUKUMBA,
        "work-mechanism/sops",
        json!({ "title": "Penjangkauan" }),
    )
    .await;
    publish(&admin, BULUKUMBA, draft(ComponentKind::ALL)).await;
}

/// Starts from a package; the answer.
pub async fn adopt(client: &Client, district: &str, package: &str, agencies: Value) -> Answer {
    let body = json!({ "model_package_id": package, "agencies": agencies });
    client
        .post(&format!("{district}/package-adoptions"), body)
        .await
        .expect(201)
}

/// The records of a list.
pub async fn list(client: &Client, district: &str, list: &str) -> Vec<Value> {
    let listed = client.get(&format!("{district}/setup/{list}")).await.expect(200);
    listed.items().to_vec()
}
