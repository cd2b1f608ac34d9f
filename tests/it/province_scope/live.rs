//! Gowa: live, with a public page and a package. Every text of its setup says in itself where it may be read: nowhere
//! outside, on the public page, in packages, or in either.

use entity::ids::DistrictId;
use satupintu::readiness::{ComponentKind, rebuild::rebuild_district};
use satupintu_tests::{
    Service,
    openapi::{Operation, operations},
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::plant::{self, LIVE_CODE, LIVE_ID, MARKER};
use crate::packages::arrange;

/// Stands in what is for families.
pub const PAGE: &str = "PENANDA-HALAMAN-4B7E";
/// Stands in what is for other districts.
pub const PACKAGE: &str = "PENANDA-PAKET-9D2C";
/// Stands in what is for both.
pub const EITHER: &str = "PENANDA-TERBUKA-6F1A";
/// All three.
pub const MARKERS: [&str; 3] = [PAGE, PACKAGE, EITHER];

/// What of a record is published.
struct Published {
    kind: &'static str,
    /// Names of fields in its content, without places in lists.
    fields: &'static str,
    marker: &'static str,
    /// Of which records.
    when: fn(&Value) -> bool,
}

const fn in_packages(kind: &'static str, fields: &'static str) -> Published {
    Published {
        kind,
        fields,
        marker: PACKAGE,
        when: |_| true,
    }
}

const fn on_the_page(kind: &'static str, fields: &'static str, when: fn(&Value) -> bool) -> Published {
    Published {
        kind,
        fields,
        marker: PAGE,
        when,
    }
}

/// Every text of a setup record that is published. Packages: how the work is done, for others to do likewise; no people,
/// places, numbers and papers. The page: where families find what. What is not in this list must not come out.
const PUBLISHED: &[Published] = &[
    in_packages("legal_instrument", "passage subject title"),
    in_packages("team", "name purpose positions.tasks positions.title"),
    in_packages(
        "sop",
        "clock_legal_basis equipment executor_qualifications legal_basis purpose records steps.activity steps.actor \
         steps.inputs steps.note steps.output title warnings",
    ),
    in_packages("coordination_rhythm", "forum purpose"),
    in_packages("service_standard", "cost name procedure product requirements"),
    in_packages("supervision_rhythm", "method name record_keeping"),
    in_packages(
        "satisfaction_survey",
        "follow_up name questions.choices questions.text respondents",
    ),
    in_packages("service", "cost description eligibility name requirements"),
    in_packages("vulnerability_category", "name_en name_id source_law"),
    in_packages("data_form", "consent_text introduction title"),
    in_packages(
        "form_field",
        "choices.label_en choices.label_id help_en help_id label_en label_id section",
    ),
    in_packages("indicator", "breakdowns formula name unit"),
    in_packages("report_plan", "contents due name"),
    in_packages("retention_rule", "counted_from legal_basis subject"),
    in_packages("data_protection", "breach_procedure name"),
    on_the_page("team", "address email hotline opening_hours", |team| {
        team["kind"] == "secretariat"
    }),
    on_the_page(
        "service",
        "cost description eligibility hours name place requirements",
        |service| service["is_public"] == true,
    ),
    // As whose services they are; as words for who may have them.
    on_the_page("agency", "name", |_| true),
    on_the_page("vulnerability_category", "name_en name_id", |_| true),
    on_the_page("staff_member", "name position", |person| person["is_public"] == true),
];

/// Fields of text that are no text: they are pointed to, or are codes.
const CODES: &[&str] = &[
    "id",
    "code",
    "key",
    "next",
    "yes",
    "no",
    "region_code",
    "village_codes",
    "subdistrict_codes",
];

/// Gowa's setup with the markers, its page, and a package of it.
pub async fn arrange(service: &Service) {
    let admin = service.demo_client("admin.gowa").await;
    let district = format!("/api/v1/districts/{LIVE_CODE}");
    plant::one_of_each_kind(&admin, &district).await;
    let shown = json!({ "name": "Contoh Petugas Terbuka", "position": "Petugas penerima", "is_public": true });
    arrange::add(&admin, &district, "staff/staff-members", shown).await;
    let mut database = service.database.superuser().await;
    let document = admin.get("/api/v1/openapi.json").await.expect(200).json;
    mark_setup(&mut database, &document).await;
    plant::mark_people(&mut database).await;
    let sql = "UPDATE district SET unit_name = unit_name || ' ' || $3, office_name = office_name || ' ' || $2, \
               address = 'Jalan Contoh ' || $2, hotline = '' WHERE id = $1";
    let marked = sqlx::query(sql).bind(LIVE_ID).bind(PAGE).bind(EITHER);
    marked.execute(&mut database).await.expect("district");
    let (db, _) = service.job_parts().await;
    rebuild_district(&db, DistrictId(LIVE_ID)).await.expect("page");
    let mut draft = arrange::draft(ComponentKind::ALL);
    draft["name"] = json!(format!("Model contoh {PACKAGE}"));
    arrange::publish(&admin, &district, draft).await;
}

async fn mark_setup(database: &mut PgConnection, document: &Value) {
    let all = operations(document);
    let rows: Vec<(Uuid, String, Value)> =
        sqlx::query_as("SELECT id, kind, content FROM setup_record WHERE district_id = $1")
            .bind(LIVE_ID)
            .fetch_all(&mut *database)
            .await
            .expect("records");
    let mut planted = [(MARKER, 0), (PAGE, 0), (PACKAGE, 0), (EITHER, 0)];
    for (id, kind, content) in rows {
        let schema = content_schema(document, &all, &kind);
        let record = Record {
            document,
            kind: &kind,
            content: &content,
        };
        let mut marked = content.clone();
        record.mark(&schema, "", &mut marked);
        let text = marked.to_string();
        for (marker, count) in &mut planted {
            *count += text.matches(*marker).count();
        }
        sqlx::query("UPDATE setup_record SET content = $3 WHERE district_id = $1 AND id = $2")
            .bind(LIVE_ID)
            .bind(id)
            .bind(marked)
            .execute(&mut *database)
            .await
            .expect("marked");
    }
    assert!(planted.iter().all(|(_, count)| *count > 20), "{planted:?}");
}

fn content_schema(document: &Value, all: &[Operation], kind: &str) -> Value {
    let id = format!("create_{kind}");
    let create = all.iter().find(|operation| operation.id == id);
    let create = create.unwrap_or_else(|| panic!("no {id}"));
    let body = resolve(document, create.body.as_ref().expect("a body"));
    body["properties"]["content"].clone()
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|link| link.rsplit('/').next()) {
        Some(name) => resolve(document, &document["components"]["schemas"][name]),
        None => schema,
    }
}

/// A setup record whose texts are marked.
struct Record<'a> {
    document: &'a Value,
    kind: &'a str,
    content: &'a Value,
}

impl Record<'_> {
    /// Puts into every text of `value` where it is published, and into all others that they are not.
    fn mark(&self, schema: &Value, path: &str, value: &mut Value) {
        let schema = resolve(self.document, schema);
        for combination in ["oneOf", "anyOf", "allOf"] {
            for part in schema[combination].as_array().into_iter().flatten() {
                self.mark(part, path, value);
            }
        }
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    let below = if path.is_empty() {
                        name.clone()
                    } else {
                        format!("{path}.{name}")
                    };
                    self.mark(&schema["properties"][name], &below, field);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.mark(&schema["items"], path, item);
                }
            }
            Value::String(text) if is_text(schema, path) => {
                let marker = self.marker(path);
                if marker == MARKER || !text.is_empty() {
                    *text = format!("{text} {marker}").trim().to_owned();
                }
            }
            _ => {}
        }
    }

    fn marker(&self, path: &str) -> &'static str {
        let is_it = |published: &&Published| {
            published.kind == self.kind
                && published.fields.split(' ').any(|field| field == path)
                && (published.when)(self.content)
        };
        let mut places = PUBLISHED.iter().filter(is_it);
        match (places.next(), places.next()) {
            (None, _) => MARKER,
            (Some(only), None) => only.marker,
            (Some(_), Some(_)) => EITHER,
        }
    }
}

fn is_text(schema: &Value, path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or(path);
    let is_string = schema["type"] == "string" || schema["type"][0] == "string";
    is_string && schema.get("enum").is_none() && schema.get("format").is_none() && !CODES.contains(&last)
}
