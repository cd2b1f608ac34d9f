//! What Sulawesi Selatan's districts have that Jawa Tengah's reviewer must never see: a text and figures that stand nowhere
//! else, in every table that holds something of a district.

use satupintu::readiness::ComponentKind;
use satupintu_tests::{
    Client, Service,
    openapi::{example, operations},
};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::{packages::arrange, readiness::review_subject};

/// Stands in names, titles, notes, addresses and the content of a file. Searched for in any case.
pub const MARKER: &str = "PENANDA-SULSEL-8F3A";
/// Part of it, to search with: an answer may repeat what was asked.
pub const ASKED: &str = "PENANDA-S";
/// Figures, as answers write them.
pub const FIGURES: [f64; 4] = [43.21, 32.17, 771.0, 873.0];

/// The district that is planted and is being set up.
pub const CODE: &str = "73.02";
pub const ID: i32 = 7302;
/// The district that is planted and live: see [`super::live`].
pub const LIVE_CODE: &str = "73.06";
pub const LIVE_ID: i32 = 7306;
/// Both.
pub const CODES: [&str; 2] = [CODE, LIVE_CODE];
const IDS: &str = "(7302, 7306)";

/// Tables of districts in which Bulukumba has no row, and why.
const EMPTY: &[(&str, &str)] = &[
    ("public_page", "only of districts that are live; the other one has it"),
    (
        "idempotency_key",
        "answers kept for a repeated request, given to nobody else",
    ),
    (
        "circular_pending",
        "a queue: a district is gone from it when its people were told",
    ),
];

/// True when an answer tells what was planted.
pub fn is_told(text: &str, json: &Value) -> bool {
    text.to_uppercase().contains(MARKER) || has_figure(json)
}

fn has_figure(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| FIGURES.contains(&number)),
        Value::Array(all) => all.iter().any(has_figure),
        Value::Object(fields) => fields.values().any(has_figure),
        _ => false,
    }
}

/// What people do: a file, an invitation, a role, a responsibility, an adopted package, an answered return, an application.
pub async fn arrange(service: &Service) {
    let admin = service.demo_client("admin.bulukumba").await;
    let sulsel = service.demo_client("sulsel").await;
    let district = format!("/api/v1/districts/{CODE}");
    let content = format!("%PDF-1.7\n<</Type/Page>>\n{MARKER}\n%%EOF\n");
    admin
        .upload(&format!("{district}/files"), &format!("{MARKER}.pdf"), content)
        .await
        .expect(201);
    let body = json!({ "email": "undangan@contoh.example", "role_key": "viewer" });
    admin.post(&format!("{district}/invitations"), body).await.expect(201);
    let body = json!({ "key": "peran_contoh", "name": "Peran contoh", "permissions": ["setup.read"] });
    admin.post(&format!("{district}/roles"), body).await.expect(201);
    let me = admin.get("/api/v1/me").await.expect(200).json["id"].clone();
    let body = json!({ "component": "regulation", "account_id": me, "note": "Catatan contoh tanggung jawab." });
    admin
        .post(&format!("{district}/setup/responsibilities"), body)
        .await
        .expect(201);
    let klaten = service.demo_client("admin.klaten").await;
    let package = arrange::publish(&klaten, "/api/v1/districts/33.10", arrange::draft(ComponentKind::ALL)).await;
    arrange::adopt(&admin, &district, &package.id(), json!([])).await;
    let item = format!("{district}/readiness/LEM-3");
    let subject = review_subject(&sulsel, &district, "LEM-3").await;
    let body = json!({ "decision": "returned", "comment": "Catatan contoh peninjau.", "subject": subject });
    sulsel.post(&format!("{item}/review"), body).await.expect(200);
    waiting(&admin, &sulsel, &district).await;
    let body = json!({ "message": "Catatan contoh pengingat." });
    sulsel.post(&format!("{district}/nudges"), body).await.expect(201);
    let path = format!("{item}/progress");
    let etag = admin.get(&path).await.expect(200).etag();
    admin
        .put(&path, &etag, json!({ "note": "Catatan contoh tugas.", "begun": true }))
        .await
        .expect(200);
    let body = json!({ "successor_email": "pengganti@contoh.example", "reason": "Catatan contoh pergantian." });
    admin.post(&format!("{district}/successions"), body).await.expect(201);
    announced(&admin, &sulsel, &district).await;
    invited(&admin, &sulsel, &district).await;
    one_of_each_kind(&admin, &district).await;
    let ministry = service.demo_client("pusat").await;
    let wave = json!({ "year": 2026, "number": 1, "starts_on": "2026-01-05", "target_phase": "launched",
        "target_on": "2026-12-31", "districts": ["33.10", CODE] });
    ministry.post("/api/v1/oversight/waves", wave).await.expect(201);
    preview_of_a_standard(service).await;
    let mut database = service.database.superuser().await;
    apply(&mut database).await;
}

/// What a draft of the next standard would do to every district.
async fn preview_of_a_standard(service: &Service) {
    let pusat = service.demo_client("pusat").await;
    let draft = "/api/v1/oversight/standard-draft";
    pusat.post_empty(draft).await.expect(201);
    pusat.post_empty(&format!("{draft}/preview")).await.expect(200);
    let (db, _) = service.job_parts().await;
    while satupintu::standards::preview::run(&db).await.expect("judged") > 0 {}
}

/// A document that a reviewer was asked to look at.
async fn waiting(admin: &Client, sulsel: &Client, district: &str) {
    let file = admin
        .upload(
            &format!("{district}/files"),
            "contoh.pdf",
            format!("%PDF-1.7\n<</Type/Page>>\ncontoh {MARKER}\n%%EOF\n"),
        )
        .await
        .expect(201);
    let body = json!({ "item_code": "LEM-8", "kind": "minutes", "title": "Berita acara contoh", "file_id": file.id(),
        "document_date": "2026-10-01" });
    let evidence = admin.post(&format!("{district}/evidence"), body).await.expect(201);
    let me = sulsel.get("/api/v1/me").await.expect(200).json["id"].clone();
    let body = json!({ "entry_id": evidence.id(), "reviewer_id": me, "note": "Catatan contoh permintaan." });
    let path = format!("{district}/review-requests");
    sulsel.post(&path, body).await.expect(204);
}

/// An announcement of the province, read and confirmed.
async fn announced(admin: &Client, sulsel: &Client, district: &str) {
    let body = json!({ "title": MARKER, "text": MARKER, "must_confirm": true });
    let sent = sulsel.post("/api/v1/oversight/announcements", body).await.expect(201);
    let path = format!("{district}/announcements/{}/confirmation", sent.id());
    admin.post_empty(&path).await.expect(200);
}

/// Events of the province to which the district sends somebody: one that is over, one to come.
async fn invited(admin: &Client, sulsel: &Client, district: &str) {
    for title in ["Contoh lewat", "Contoh mendatang"] {
        let event = json!({ "kind": "training", "title": title, "description": MARKER, "starts_at": "2030-02-05T01:00:00Z",
            "ends_at": "2030-02-05T08:00:00Z", "time_zone": "Asia/Makassar", "place": MARKER,
            "register_until": "2030-02-01T10:00:00Z" });
        let body = json!({ "event": event, "audience": { "districts": [CODE] } });
        let offered = sulsel.post("/api/v1/oversight/events", body).await.expect(201);
        let path = format!("{district}/events/{}/answer", offered.id());
        let people = json!([{ "name": "Contoh Peserta", "position": "Pekerja sosial" }]);
        let body = json!({ "answer": "registered", "participants": people, "note": "Catatan contoh peserta." });
        admin.post(&path, body).await.expect(200);
    }
}

/// Every kind of setup record has one at least: the document's example.
pub async fn one_of_each_kind(admin: &Client, district: &str) {
    let document = admin.get("/api/v1/openapi.json").await.expect(200).json;
    let all = operations(&document);
    for operation in all.iter().filter(|operation| operation.method == "POST") {
        let is_kind = all
            .iter()
            .any(|other| other.path == format!("{}/reorder", operation.path));
        let list = operation.path.replace("/api/v1/districts/{code}", district);
        if is_kind && admin.get(&list).await.expect(200).items().is_empty() {
            let body = example(&document, operation.body.as_ref().expect("a body"));
            admin.post(&list, body).await.expect(201);
        }
    }
}

/// An application of another district of the province, like one that waits.
async fn apply(database: &mut PgConnection) {
    let id = Uuid::now_v7();
    let application = "INSERT INTO registration SELECT (jsonb_populate_record(r, jsonb_build_object('id', $1::text, \
         'district_code', '73.03', 'district_name', 'Kabupaten Contoh', 'province_code', '73', \
         'province_name', 'Sulawesi Selatan', 'email', 'pemohon@contoh.example', 'status', 'submitted'))).* \
         FROM registration r WHERE status = 'submitted' LIMIT 1";
    let made = sqlx::query(application)
        .bind(id.to_string())
        .execute(&mut *database)
        .await;
    assert_eq!(made.expect("application").rows_affected(), 1);
    let event = "INSERT INTO registration_event SELECT (jsonb_populate_record(e, jsonb_build_object('id', $1::text, \
         'registration_id', $2::text, 'note', 'Catatan contoh pendaftaran'))).* FROM registration_event e LIMIT 1";
    let made = sqlx::query(event).bind(Uuid::now_v7().to_string()).bind(id.to_string());
    made.execute(database).await.expect("event");
}

/// The tables that hold something of a district.
pub async fn tables(database: &mut PgConnection) -> Vec<String> {
    let sql = "SELECT table_name::text FROM information_schema.columns JOIN information_schema.tables USING (table_schema, \
               table_name) WHERE table_schema = 'public' AND column_name = 'district_id' AND table_type = 'BASE TABLE' \
               ORDER BY 1";
    sqlx::query_scalar(sql).fetch_all(database).await.expect("tables")
}

/// Puts the marker behind every text of the district that people wrote, and the figures in its summary. Behind the
/// service's back: what is kept of it elsewhere stays as it was, so that whatever shows is read from the district's own rows.
pub async fn mark(service: &Service) {
    let mut database = service.database.superuser().await;
    let mut empty = Vec::new();
    for table in tables(&mut database).await {
        let sql = format!("SELECT count(*) FROM {table} WHERE district_id = {ID}");
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&mut database)
            .await
            .expect("count");
        let may_be_empty = EMPTY.iter().any(|(name, _)| *name == table);
        if rows == 0 && !may_be_empty {
            empty.push(table.clone());
        }
        mark_texts(&mut database, &table, &format!("district_id IN {IDS}")).await;
    }
    assert!(
        empty.is_empty(),
        "nothing in {empty:?}: let `arrange` fill them, or say in EMPTY why not"
    );
    mark_texts(&mut database, "district", &format!("id = {ID}")).await;
    mark_texts(&mut database, "registration", "province_code = '73'").await;
    mark_texts(
        &mut database,
        "registration_event",
        "registration_id IN (SELECT id FROM registration WHERE province_code = '73')",
    )
    .await;
    mark_people(&mut database).await;
    let [claimed, verified, blockers, expiring] = FIGURES;
    let figures = format!(
        "UPDATE readiness_summary SET claimed = {}, verified = {}, blockers = {blockers}, expiring = {expiring}, \
         components = (SELECT jsonb_agg(c || '{{\"claimed\": {claimed}, \"verified\": {verified}}}') \
                       FROM jsonb_array_elements(components) c) WHERE district_id IN {IDS}",
        claimed * 100.0,
        verified * 100.0
    );
    for sql in [
        figures.as_str(),
        "UPDATE setup_record SET content = content || '{\"notes\": \"PENANDA-SULSEL-8F3A\"}' WHERE district_id IN (7302, 7306) AND content ? 'notes'",
        "UPDATE setup_record SET content = content || '{\"title\": \"PENANDA-SULSEL-8F3A\"}' WHERE district_id = 7302 AND content ? 'title'",
        "UPDATE audit_event SET after = jsonb_build_object('name', 'PENANDA-SULSEL-8F3A') WHERE district_id IN (7302, 7306)",
        "UPDATE notice SET routed_at = now(), in_app = true, \
         params = regexp_replace(params::text, 'Bulukumba|Gowa', 'PENANDA-SULSEL-8F3A', 'g')::jsonb \
         WHERE district_id IN (7302, 7306)",
        "UPDATE invitation SET email = 'penanda-sulsel-8f3a@contoh.example' WHERE district_id = 7302",
        // Half of the villages need early detection: a count of the day that probes ask for.
        "INSERT INTO readiness_day (district_id, id, format, facts, facts_hash) \
         SELECT district_id, '2026-01-01', format, jsonb_set(facts, '{configuration,area,villages}', '1542'), 'contoh' \
         FROM readiness_day WHERE district_id = 7302 ORDER BY id DESC LIMIT 1",
        // More of the province than before: a count that took it in would change.
        "INSERT INTO district (id, code, name, province_code, province_name, unit_name, office_name, time_zone) VALUES \
         (7310, '73.10', 'Kabupaten PENANDA-SULSEL-8F3A', '73', 'Sulawesi Selatan', 'PKSAI', 'Dinas Sosial', 'Asia/Makassar')",
        "INSERT INTO district_invitation (code, invited_on, source) VALUES ('73.11', '2020-01-01', 'PENANDA-SULSEL-8F3A')",
        "INSERT INTO replication_wave_district (code, wave_id) SELECT '73.11', id FROM replication_wave",
        "UPDATE district SET status = 'suspended' WHERE code = '73.72'",
        "UPDATE calendar_event SET starts_at = '2020-01-01', ends_at = '2020-01-02', register_until = '2020-01-01' \
         WHERE title = 'Contoh lewat'",
    ] {
        database.execute(AssertSqlSafe(sql.to_owned())).await.expect(sql);
    }
}

/// The names of both districts' people.
pub async fn mark_people(database: &mut PgConnection) {
    let members = format!("id IN (SELECT account_id FROM membership WHERE district_id IN {IDS})");
    mark_texts(database, "account", &members).await;
}

/// Every text with a space in it: people wrote it, it is no code. A column that refuses keeps what it has.
async fn mark_texts(database: &mut PgConnection, table: &str, rows: &str) {
    let sql = "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 \
               AND data_type = 'text'";
    let columns: Vec<String> = sqlx::query_scalar(sql)
        .bind(table)
        .fetch_all(&mut *database)
        .await
        .expect("columns");
    for column in columns {
        let update = format!(
            "UPDATE {table} SET {column} = {column} || ' {MARKER}' WHERE {rows} AND {column} ~ ' ' AND {column} !~ '{MARKER}'"
        );
        let mut attempt = database.begin().await.expect("begin");
        if attempt.execute(AssertSqlSafe(update)).await.is_ok() {
            attempt.commit().await.expect("commit");
        }
    }
}

/// An id of everything that both districts have.
pub async fn ids(service: &Service) -> Vec<String> {
    let mut ids = ids_of(service, IDS, 2).await;
    // Where only one id is tried together with every other, it is the one that can be compared with others.
    let newest = "SELECT id::text FROM model_package WHERE author_district_id = $1 ORDER BY id DESC LIMIT 1";
    let mut database = service.database.superuser().await;
    let package: String = sqlx::query_scalar(newest)
        .bind(LIVE_ID)
        .fetch_one(&mut database)
        .await
        .expect("a package");
    let public = "SELECT id::text FROM model_package UNION SELECT id::text FROM replication_wave ORDER BY 1";
    let public: Vec<String> = sqlx::query_scalar(public).fetch_all(&mut database).await.expect("ids");
    ids.extend(public);
    ids.retain(|id| *id != package);
    ids.push(package);
    ids
}

/// An id of everything that these districts have, written as a list of SQL: of each table so many, of setup
/// records one of each kind.
pub async fn ids_of(service: &Service, districts: &str, of_each: u8) -> Vec<String> {
    let mut database = service.database.superuser().await;
    let mut all: Vec<Uuid> = Vec::new();
    for table in tables(&mut database).await {
        let column = "SELECT data_type::text FROM information_schema.columns WHERE table_schema = 'public' \
                      AND table_name = $1 AND column_name = 'id'";
        let kind: Option<String> = sqlx::query_scalar(column)
            .bind(&table)
            .fetch_optional(&mut database)
            .await
            .expect("column");
        if kind.as_deref() != Some("uuid") {
            continue;
        }
        let sql = if table == "setup_record" {
            format!(
                "SELECT DISTINCT ON (district_id, kind) id FROM setup_record WHERE district_id IN {districts} \
                 ORDER BY district_id, kind, id"
            )
        } else {
            format!(
                "SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY district_id ORDER BY id) AS place \
                 FROM {table} WHERE district_id IN {districts}) one WHERE place <= {of_each}"
            )
        };
        all.extend(
            sqlx::query_scalar::<_, Uuid>(AssertSqlSafe(sql))
                .fetch_all(&mut database)
                .await
                .expect("ids"),
        );
    }
    let others = format!(
        "SELECT account_id FROM membership WHERE district_id IN {districts} \
         UNION SELECT s.id FROM session s JOIN membership m USING (account_id) WHERE m.district_id IN {districts} \
         UNION SELECT id FROM registration WHERE province_code = '73' \
         UNION SELECT f.id FROM system_file_object f JOIN registration r ON r.letter_id = f.id WHERE r.province_code = '73' \
         UNION SELECT max(id::text)::uuid FROM file_object WHERE district_id IN {districts} GROUP BY district_id \
         UNION SELECT id FROM calendar_event WHERE owner_province = '73'"
    );
    all.extend(
        sqlx::query_scalar::<_, Uuid>(AssertSqlSafe(others))
            .fetch_all(&mut database)
            .await
            .expect("ids"),
    );
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|id| id.to_string()).collect()
}

/// Who may see it all.
pub async fn insiders(service: &Service) -> Vec<Client> {
    vec![
        service.demo_client("admin.bulukumba").await,
        service.demo_client("admin.gowa").await,
        service.demo_client("sulsel").await,
    ]
}
