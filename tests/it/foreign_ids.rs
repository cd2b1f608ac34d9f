//! Ids of another district in the bodies of requests: whoever may do everything in Gowa, and the province's reviewer, get the
//! same answer for something of Bulukumba as for something that never was, and nothing of Bulukumba changes.
//!
//! Generated over every operation in a district and every place of its body that takes an id.

use reqwest::Method;
use satupintu::readiness::ComponentKind;
use satupintu_tests::{
    Answer, Client, Service,
    client::send,
    openapi::{IdKind, IdPlace, Operation, example, id_places, operations},
    people::member_with,
};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgConnection};
use tokio::task::JoinSet;

use crate::{
    coverage::{district_permissions_but, document, is_district_permission, something_in},
    packages::arrange,
    province_scope::plant,
};

const GOWA: (&str, i32) = ("73.06", 7306);
const BULUKUMBA: (&str, &str) = ("73.02", "(7302)");
/// Codes of Bulukumba, of one of its kecamatan and of one of its villages; and three that no region has.
const REGIONS: [(&str, &str); 3] = [
    ("73.02", "73.99"),
    ("73.02.01", "73.06.99"),
    ("73.02.01.2003", "73.06.99.2999"),
];

/// Places whose id is taken whatever it is, by the beginning of the operation's id, and why.
const TAKEN: &[(&str, &str, &str)] = &[
    (
        "verify_evidence_batch",
        "evidence.0.id",
        "each entry of the batch has its own outcome: it is not there",
    ),
    (
        "verify_evidence_batch",
        "evidence.0.file_id",
        "each entry of the batch has its own outcome: the example's is not there",
    ),
];

/// Operations that refuse otherwise, with the status and the reason.
const REFUSED_OTHERWISE: &[(&str, u16, &str)] = &[
    (
        "import_setup",
        409,
        "only into a district that has nothing; there, ids of what is not there are taken out (`packages/backup.rs`)",
    ),
    (
        "review_evidence",
        412,
        "the file is the one that the reviewer looked at: whatever is not shown now is no longer shown",
    ),
];

/// Kinds that are not made under a name of one's own choice, and why.
const NOT_NAMED: &[(&str, &str)] = &[("create_data_form", "a district has two forms, and Gowa has both")];

/// The example of `{package}` in paths.
const NO_PACKAGE: &str = "01890000-0000-7000-8000-000000000000";

/// Requests at a time.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_of_another_district_are_ids_of_nothing() {
    let arguments = ["--demo", "--workers=2", "--database-connections=10"];
    let service = Service::start(satupintu_tests::cluster::Content::FullDemo, &arguments).await;
    plant::arrange(&service).await;
    let gowa = member_with(&service, GOWA.1, &district_permissions_but(None)).await;
    let package = a_package_with_a_later_version(&service, &gowa).await;
    let evidence = waits_for_review(&gowa).await;
    service.tell().await;
    let sulsel = service.demo_client("sulsel").await;
    let document = document(&gowa).await;
    let all = operations(&document);
    let ids = plant::ids_of(&service, BULUKUMBA.1, 1).await;
    assert!(ids.len() > 40, "only {} ids", ids.len());
    let mut database = service.database.superuser().await;
    let records: Vec<String> =
        sqlx::query_scalar("SELECT id::text FROM setup_record WHERE district_id = 7302 ORDER BY id")
            .fetch_all(&mut database)
            .await
            .expect("records");
    let before = rows_of_bulukumba(&mut database).await;

    let (mut running, mut faults, mut places, mut named) = (JoinSet::new(), Vec::new(), 0, Vec::new());
    let with_body = |operation: &&Operation| operation.is_in_district() && operation.body.is_some();
    for operation in all.iter().filter(with_body) {
        let schema = operation.body.as_ref().expect("a body");
        let mut found = id_places(&document, schema);
        places += found.len();
        let count = found.len();
        found.retain(|place| !(operation.id.starts_with("create_") && place.path() == "id"));
        let is_named = found.len() < count;
        if count == 0 {
            continue;
        }
        let of_members = operation.permission.as_deref().is_none_or(is_district_permission);
        let who = if of_members { &gowa } else { &sulsel };
        let mut own = operation.clone();
        own.path = own.path.replace("{evidence_id}", &evidence);
        let asked = Asked {
            client: who.clone(),
            path: own_path(&gowa, &document, &all, &own)
                .await
                .replace(NO_PACKAGE, &package),
            operation: operation.clone(),
            example: example(&document, schema),
        };
        if running.len() >= AT_ONCE {
            faults.extend(running.join_next().await.expect("one runs").expect("asked"));
        }
        if is_named && !NOT_NAMED.iter().any(|(id, _)| *id == operation.id) {
            named.push(asked.clone());
        }
        let ids = ids.clone();
        running.spawn(async move { asked.everywhere(found, &ids).await });
    }
    faults.extend(running.join_all().await.into_iter().flatten());
    for (asked, id) in named.iter().zip(&records) {
        faults.extend(asked.own_name(id).await);
    }
    assert!(
        named.len() > 15 && records.len() >= named.len(),
        "{} {}",
        named.len(),
        records.len()
    );
    assert!(places > 100, "only {places} places");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    let after = rows_of_bulukumba(&mut database).await;
    assert_eq!(before, after, "something of Bulukumba changed");
}

/// Gowa started from Klaten's package, of which there is a second version: something to merge. The package's id.
async fn a_package_with_a_later_version(service: &Service, gowa: &Client) -> String {
    let klaten = service.demo_client("admin.klaten").await;
    let district = "/api/v1/districts/33.10";
    let first = arrange::publish(&klaten, district, arrange::draft(ComponentKind::ALL)).await;
    arrange::adopt(gowa, arrange::GOWA, &first.id(), json!([])).await;
    let mut next = arrange::draft(ComponentKind::ALL);
    next["package_id"] = first.json["package_id"].clone();
    arrange::add(
        &klaten,
        district,
        "work-mechanism/sops",
        json!({ "title": "Contoh prosedur baru" }),
    )
    .await;
    arrange::publish(&klaten, district, next).await;
    first.json["package_id"].as_str().expect("id").to_owned()
}

/// Evidence that nobody has decided on: it can be changed and reviewed.
async fn waits_for_review(gowa: &Client) -> String {
    let path = format!("{}/files", arrange::GOWA);
    let file = gowa
        .upload(&path, "contoh.pdf", "%PDF-1.7\n<</Type/Page>>\ncontoh\n%%EOF\n")
        .await
        .expect(201);
    let body = json!({ "item_code": "LEM-8", "kind": "minutes", "title": "Berita acara contoh",
        "file_id": file.id(), "document_date": "2026-10-01" });
    let path = format!("{}/evidence", arrange::GOWA);
    gowa.post(&path, body).await.expect(201).id()
}

/// An operation that somebody may use in Gowa, on something of Gowa.
#[derive(Clone)]
struct Asked {
    client: Client,
    operation: Operation,
    path: String,
    example: Value,
}

impl Asked {
    async fn everywhere(&self, places: Vec<IdPlace>, ids: &[String]) -> Vec<String> {
        let mut faults = Vec::new();
        for place in places {
            match place.kind {
                IdKind::Thing => {
                    let nothing = self.send(&place, &uuid::Uuid::now_v7().to_string()).await;
                    for id in ids {
                        let of_another = self.send(&place, id).await;
                        faults.extend(self.fault(&place, &nothing, &of_another));
                        if of_another.0 < 300 {
                            break;
                        }
                    }
                }
                IdKind::Region => {
                    for (code, none) in REGIONS {
                        // Regions are public: only that they are not this district's matters.
                        let nothing = (self.send(&place, none).await.0, Value::Null);
                        let of_another = (self.send(&place, code).await.0, Value::Null);
                        faults.extend(self.fault(&place, &nothing, &of_another));
                    }
                }
            }
        }
        faults
    }

    /// The status, and the answer without what no two answers share.
    async fn send(&self, place: &IdPlace, id: &str) -> (u16, Value) {
        let above = self.path.rsplit_once('/').map_or("", |(above, _)| above);
        let mut etag = "\"1\"".to_owned();
        if self.operation.method == "PUT" {
            etag = self.client.get(&self.path).await.expect(200).etag();
        } else if self.operation.path.ends_with("/review") {
            etag = self.client.get(above).await.expect(200).etag();
        }
        let method = Method::from_bytes(self.operation.method.as_bytes()).expect("method");
        let request = self.client.request(method, &self.path).header("if-match", etag);
        let answer: Answer = send(request.json(&place.fill(&self.example, id))).await;
        let mut json: Value = serde_json::from_str(&answer.text.replace(id, "ID")).unwrap_or_default();
        if let Some(fields) = json.as_object_mut() {
            fields.remove("request_id");
        }
        let status = answer.status.as_u16();
        (status, if status == 201 { Value::Null } else { json })
    }

    fn fault(&self, place: &IdPlace, nothing: &(u16, Value), of_another: &(u16, Value)) -> Option<String> {
        let (id, path) = (self.operation.id.as_str(), place.path());
        let is_taken = TAKEN
            .iter()
            .any(|(operation, place, _)| id == *operation && path == *place);
        let otherwise = REFUSED_OTHERWISE.iter().find(|(operation, ..)| id == *operation);
        let expected = match otherwise {
            Some((_, status, _)) => vec![*status],
            None if is_taken => vec![200],
            None => vec![404, 422],
        };
        let is_right = nothing == of_another && expected.contains(&of_another.0);
        (!is_right).then(|| format!("{id} {path}: nothing {nothing:?}, another's {of_another:?}"))
    }

    /// Who makes a record may name it. A name that another district has used is as free as any: the record is one's own, and
    /// the other district's stays what it is.
    async fn own_name(&self, id: &str) -> Option<String> {
        let mut body = self.example.clone();
        body["id"] = json!(id);
        // What may occur only once in a district has been made already.
        for field in ["code", "key"] {
            if body["content"][field].is_string() {
                body["content"][field] = json!("contoh_nama_sendiri");
            }
        }
        let answer = self.client.post(&self.path, body).await;
        let is_right = answer.status == 201 && answer.id() == id;
        (!is_right).then(|| format!("{} id: {} {}", self.operation.id, answer.status, answer.text))
    }
}

/// The path of an operation with ids of Gowa's own things.
async fn own_path(gowa: &Client, document: &Value, all: &[Operation], operation: &Operation) -> String {
    let mut path = operation.path.clone();
    for name in operation.ids() {
        let hole = format!("/{{{name}}}");
        let collection = path.split(&hole).next().unwrap_or_default().to_owned();
        let id = something_in(gowa, document, all, &collection.replace("{code}", GOWA.0), &collection).await;
        path = path.replace(&hole, &format!("/{id}"));
    }
    Operation {
        path,
        ..operation.clone()
    }
    .path_with(GOWA.0, |name| panic!("{name} is no id"))
}

/// A hash of the rows of each table of the district.
async fn rows_of_bulukumba(database: &mut PgConnection) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    for table in plant::tables(database).await {
        let sql = format!(
            "SELECT md5(string_agg(row::text, ',' ORDER BY row::text)) FROM {table} row WHERE district_id IN {}",
            BULUKUMBA.1
        );
        let hash = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *database).await;
        all.push((table, hash.expect("hash")));
    }
    all
}
