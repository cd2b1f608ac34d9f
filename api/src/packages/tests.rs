//! What leaves, and what a file from outside may not do.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::ids::{PackageId, SetupRecordId};
use serde_json::{Map, Value as Json, json};

use super::{
    build::{self, OwnRecord},
    document::{FORMAT, PackageAuthor, PackageDocument, PackageNote, PackageScope, SCHEMA_VERSION},
    parse,
    sign::PackageKeys,
};
use crate::{
    error::ErrorCode,
    readiness::ComponentKind,
    setup::{self, kind::Kind},
};

/// What every field of every kind is filled with.
const MARKER: &str = "penanda";
const MARKER_ID: &str = "01890000-0000-7000-8000-0000000000ff";

/// A content of a kind with something in every field, made of its schema.
fn filled(kind: &Kind) -> Json {
    let schemas: BTreeMap<String, Json> = (kind.schemas)()
        .into_iter()
        .map(|(name, schema)| (name, serde_json::to_value(schema).unwrap()))
        .collect();
    let own = (kind.schemas)().remove(0).0;
    let mut content = fill(&schemas, &schemas[&own]);
    // The type of a question excludes some of its fields; without one they can all be filled.
    if kind.key == "form_field" {
        content["type"] = Json::Null;
    }
    if kind.key == "service" {
        content["requirements"] = json!([]);
    }
    if kind.key == "satisfaction_survey" {
        content["questions"][0]["type"] = Json::Null;
    }
    content
}

fn fill(schemas: &BTreeMap<String, Json>, schema: &Json) -> Json {
    if let Some(name) = schema["$ref"].as_str().and_then(|link| link.rsplit('/').next()) {
        return fill(schemas, &schemas[name]);
    }
    for combination in ["oneOf", "anyOf", "allOf"] {
        if let Some(options) = schema[combination].as_array() {
            let option = options.iter().find(|option| option["type"] != "null").unwrap();
            return fill(schemas, option);
        }
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    let types = match &schema["type"] {
        Json::Array(types) => types.iter().find(|kind| *kind != "null").cloned().unwrap(),
        one => one.clone(),
    };
    match types.as_str().unwrap_or_else(|| panic!("{schema}")) {
        "object" => {
            let fields = schema["properties"].as_object().unwrap().iter();
            Json::Object(
                fields
                    .map(|(name, field)| (name.clone(), fill(schemas, field)))
                    .collect(),
            )
        }
        "array" => json!([fill(schemas, &schema["items"])]),
        "integer" | "number" => json!(1),
        "boolean" => json!(true),
        _ => match schema["format"].as_str() {
            Some("uuid") => json!(MARKER_ID),
            Some("date") => json!("2020-01-02"),
            _ => json!(MARKER),
        },
    }
}

/// The fields that hold something, without the places in lists.
fn fields(value: &Json, path: &str, found: &mut Vec<String>) {
    match value {
        Json::Object(map) => {
            for (key, field) in map {
                let below = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                fields(field, &below, found);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| fields(item, path, found)),
        Json::Null | Json::Bool(false) => {}
        Json::String(text) if text.is_empty() => {}
        _ => found.push(path.to_owned()),
    }
}

/// Every field that leaves, by kind. A new field of a kind does not, until it stands in the kind's `published` and here.
const LEAVING: &[(&str, &str)] = &[
    (
        "legal_instrument",
        "agreement is_pksai_basis kind legal_basis_of party_agency_ids passage subject title",
    ),
    (
        "team",
        "decree_id kind name parent_id positions.agency_id positions.id positions.kind positions.tasks positions.title purpose",
    ),
    ("agency", "domains kind name"),
    (
        "sop",
        "clock_legal_basis clocks.first_response.amount clocks.first_response.immediate clocks.first_response.unit \
         clocks.full_assessment_and_plan.amount clocks.full_assessment_and_plan.immediate \
         clocks.full_assessment_and_plan.unit clocks.id clocks.initial_assessment.amount \
         clocks.initial_assessment.immediate clocks.initial_assessment.unit clocks.review.amount clocks.review.immediate \
         clocks.review.unit clocks.risk_level equipment executor_qualifications kind legal_basis legal_basis_ids purpose \
         records related_ids steps.activity steps.actor steps.duration steps.duration_unit steps.id steps.inputs steps.kind \
         steps.next steps.no steps.note steps.output steps.stage steps.yes title warnings",
    ),
    (
        "coordination_rhythm",
        "agency_ids convener_team_id forum frequency purpose",
    ),
    (
        "service_standard",
        "cost decree_id domain name procedure product requirements working_days",
    ),
    (
        "supervision_rhythm",
        "frequency method name record_keeping supervised_roles",
    ),
    (
        "satisfaction_survey",
        "follow_up name period questions.choices questions.id questions.required questions.text respondents",
    ),
    (
        "service",
        "category_ids cost description domain eligibility max_age min_age name no_requirements providers.agency_id \
         providers.id tiers working_days",
    ),
    ("early_detection", ""),
    ("staff_member", ""),
    (
        "vulnerability_category",
        "code domains is_sensitive max_age min_age name_en name_id service_ids set source_law",
    ),
    ("data_form", "consent_text form introduction status title"),
    (
        "form_field",
        "choices.id choices.label_en choices.label_id form help_en help_id is_sensitive key label_en label_id max_length \
         maximum minimum required section",
    ),
    ("data_source", ""),
    ("indicator", "breakdowns formula name period unit"),
    ("report_plan", "contents due frequency name recipient_agency_ids"),
    ("retention_rule", "action counted_from legal_basis months subject"),
    ("data_agreement", ""),
    ("data_protection", "breach_procedure name"),
];

#[test]
fn only_what_the_list_allows_leaves() {
    for kind in setup::KINDS {
        let content = filled(kind);
        let mut all = Vec::new();
        fields(&content, "", &mut all);
        assert!(!all.is_empty(), "{}", kind.key);
        let published = (kind.publish)(&content.to_string()).unwrap_or_else(|error| panic!("{}: {error:?}", kind.key));
        let mut found = Vec::new();
        if let Some(document) = &published {
            fields(&document.content, "", &mut found);
        }
        found.sort();
        found.dedup();
        let row = LEAVING.iter().find(|(key, _)| *key == kind.key);
        let (_, allowed) =
            row.unwrap_or_else(|| panic!("{} needs a row in LEAVING, empty when nothing leaves", kind.key));
        assert_eq!(found, allowed.split_whitespace().collect::<Vec<_>>(), "{}", kind.key);
    }
}

/// Names of fields that hold people, ways to reach them, places, numbers and files, whichever kind has them.
const NEVER: &[&str] = &[
    "phone",
    "email",
    "hotline",
    "contact",
    "address",
    "holder",
    "held_by",
    "staff",
    "supervisor",
    "account",
    "nip",
    "number",
    "file",
    "notes",
    "signed",
    "gazette",
    "approved",
    "place",
    "hours",
    "_on",
    "region",
    "village",
    "since",
    "baseline",
    "target",
    "capacity",
    "focal",
    "convener_name",
    "complaint",
    "certificate",
    "training",
];

#[test]
fn no_field_of_people_places_and_papers_leaves() {
    for (kind, allowed) in LEAVING {
        for field in allowed.split_whitespace() {
            let last = field.rsplit('.').next().unwrap_or(field);
            let never = NEVER.iter().find(|never| last.contains(**never));
            assert_eq!(never, None, "{kind}.{field}");
        }
    }
    // The name of an agency is that of its kind, not what the district calls it.
    let agency = setup::kind("agency").unwrap();
    let published = (agency.publish)(&filled(agency).to_string()).unwrap().unwrap();
    assert!(!published.content.to_string().contains(MARKER));
}

fn record(kind: &str, id: u8, content: Json) -> OwnRecord {
    let document = (setup::kind(kind).unwrap().read)(&content.to_string()).unwrap();
    OwnRecord {
        id: id_of(id),
        kind: kind.to_owned(),
        title: document.title,
        content: document.content.to_string(),
        version: 1,
        archived: false,
    }
}

fn id_of(id: u8) -> SetupRecordId {
    serde_json::from_value(json!(format!("01890000-0000-7000-8000-0000000000{id:02x}"))).unwrap()
}

fn district() -> Vec<OwnRecord> {
    vec![
        record(
            "agency",
            1,
            json!({ "kind": "civil_registry", "name": "Disdukcapil Gowa", "phone": "0411123456" }),
        ),
        record("agency", 2, json!({ "kind": "health_agency", "name": "Dinkes Gowa" })),
        record("legal_instrument", 3, json!({ "kind": "decree", "title": "Tim" })),
        record(
            "team",
            4,
            json!({ "name": "Pokja", "decree_id": id_of(3), "positions": [{ "id": "a", "holder": "Contoh Orang" }] }),
        ),
        record("team", 5, json!({ "name": "Unit", "parent_id": id_of(4) })),
        record("staff_member", 6, json!({ "name": "Contoh Orang" })),
        record(
            "service",
            7,
            json!({ "name": "Akta", "providers": [{ "id": "p", "agency_id": id_of(1), "contact_name": "Contoh Orang" }] }),
        ),
    ]
}

#[test]
fn references_stay_inside_and_agencies_come_along() {
    let services = build::components(&district(), &[ComponentKind::ServiceRange]).unwrap();
    assert_eq!(
        services["institution"]["agency"].len(),
        1,
        "the agency that is mentioned, and no other"
    );
    assert_eq!(
        services["service_range"]["service"][0].content["providers"][0]["agency_id"],
        json!(id_of(1))
    );
    let teams = build::components(&district(), &[ComponentKind::Institution]).unwrap();
    assert_eq!(
        teams["institution"]["team"][0].content["decree_id"],
        json!(null),
        "the decree is not in it"
    );
    assert_eq!(teams["institution"]["team"][1].content["parent_id"], json!(id_of(4)));
    let all = build::components(&district(), ComponentKind::ALL).unwrap();
    assert_eq!(all["institution"]["team"][0].content["decree_id"], json!(id_of(3)));
    assert!(!all.contains_key("staff"));
    assert!(!serde_json::to_string(&all).unwrap().contains("Contoh Orang"));
    assert_eq!(build::components(&district(), &[]).unwrap().len(), 0);
}

fn keys() -> PackageKeys {
    PackageKeys::of_secret(&[7; 32])
}

fn package(records: &[OwnRecord]) -> PackageDocument {
    PackageDocument {
        format: FORMAT.to_owned(),
        schema_version: SCHEMA_VERSION,
        package_id: PackageId::generate(),
        name: "Model contoh".to_owned(),
        version: 1,
        author: PackageAuthor {
            scope: PackageScope::District,
            code: "73.06".to_owned(),
            name: "Kabupaten Gowa".to_owned(),
            unit_name: "PPKAI Sikamaseang".to_owned(),
        },
        taken_from: None,
        standard_version: "1.0".to_owned(),
        created_at: DateTime::<Utc>::UNIX_EPOCH,
        note: PackageNote::default(),
        components: build::components(records, ComponentKind::ALL).unwrap(),
        content_hash: String::new(),
        signature: None,
    }
}

fn signed(mut document: PackageDocument) -> String {
    keys().sign(&mut document).unwrap();
    document.to_text().unwrap()
}

/// The code with which a text is refused.
fn refusal(text: &str) -> ErrorCode {
    parse::parse(text.as_bytes()).unwrap_err().code()
}

/// What no district can publish, no signature brings in: neither around the records nor in their free text.
#[test]
fn texts_that_look_personal_are_not_imported() {
    let document = package(&district());
    let refused = |document: PackageDocument| {
        let error = parse::parse(signed(document).as_bytes()).unwrap_err();
        (error.fields()[0].field.clone(), error.fields()[0].code)
    };
    let mut named = document.clone();
    named.author.unit_name = "PPKAI 0812-3456-7890".to_owned();
    assert_eq!(refused(named), ("author.unit_name".to_owned(), "looks_personal"));
    let mut noted = document.clone();
    noted.note.en = "Write to contoh@contoh.example".to_owned();
    assert_eq!(refused(noted), ("note.en".to_owned(), "looks_personal"));
    let mut filled = document;
    let teams = filled
        .components
        .get_mut("institution")
        .unwrap()
        .get_mut("team")
        .unwrap();
    teams[0].content["name"] = json!("Tim 0812-3456-7890");
    assert!(refused(filled).0.ends_with(".name"));
}

#[test]
fn what_was_signed_is_read_back() {
    let document = package(&district());
    let text = signed(document.clone());
    let read = parse::parse(text.as_bytes()).unwrap();
    assert_eq!(read.kid, keys().kid());
    assert_eq!(read.document.components, document.components);
    // The layout of the file does not matter, its content does.
    let pretty: Json = serde_json::from_str(&text).unwrap();
    parse::parse(serde_json::to_string_pretty(&pretty).unwrap().as_bytes()).unwrap();
}

/// Whichever byte of the file is flipped, the package is refused; never taken for another one.
#[test]
fn a_flipped_byte_is_refused() {
    let text = signed(package(&district()[..3]));
    for index in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[index] ^= 1;
        let Err(error) = parse::parse(&bytes) else {
            panic!("byte {index} of {:?}", &text[index.saturating_sub(30)..index]);
        };
        assert_ne!(error.code(), ErrorCode::Internal);
    }
    let other_name = text.replace("Model contoh", "Model lancung");
    assert_eq!(refusal(&other_name), ErrorCode::PackageAltered);
    // Hashed anew, but signed by nobody: with another's key in it, or none.
    let mut forged = package(&district());
    keys().sign(&mut forged).unwrap();
    forged.name = "Model lancung".to_owned();
    forged.content_hash = hex::encode(super::document::hash_of(&serde_json::to_value(&forged).unwrap()));
    assert_eq!(refusal(&forged.to_text().unwrap()), ErrorCode::PackageAltered);
    forged.signature = None;
    assert_eq!(refusal(&forged.to_text().unwrap()), ErrorCode::PackageAltered);
}

#[test]
fn each_fault_has_its_own_answer() {
    assert_eq!(refusal("{"), ErrorCode::PackageInvalid);
    assert_eq!(refusal("{}"), ErrorCode::PackageInvalid);
    assert_eq!(
        refusal(r#"{"format": "satu-pintu/package"}"#),
        ErrorCode::PackageInvalid
    );
    let text = signed(package(&district()));
    // A newer schema is named before anything in it is looked at.
    let newer = text.replace("\"schema_version\":1", "\"schema_version\":2,\"surprise\":1");
    assert_eq!(refusal(&newer), ErrorCode::PackageTooNew);
    let bomb = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(refusal(&bomb), ErrorCode::PackageTooDeep);
    assert_eq!(
        refusal(&format!("\"{}\"", "[".repeat(100))),
        ErrorCode::PackageInvalid,
        "brackets in a text are no nesting"
    );
    assert_eq!(
        refusal(&" ".repeat((parse::MEGABYTES << 20) + 1)),
        ErrorCode::PayloadTooLarge
    );

    let mut document = package(&district());
    document
        .components
        .entry("institution".to_owned())
        .or_default()
        .insert("robot".to_owned(), Vec::new());
    assert_eq!(refusal(&signed(document)), ErrorCode::PackageUnknownKind);
    let mut document = package(&district());
    document
        .components
        .insert("nowhere".to_owned(), BTreeMap::from([("sop".to_owned(), Vec::new())]));
    assert_eq!(refusal(&signed(document)), ErrorCode::PackageUnknownKind);

    let mut document = package(&district());
    let mut teams = document.components["institution"]["team"].clone();
    teams[0].content["parent_id"] = json!(teams[1].origin_id);
    document
        .components
        .get_mut("institution")
        .unwrap()
        .insert("team".to_owned(), teams.clone());
    assert_eq!(refusal(&signed(document.clone())), ErrorCode::PackageCyclic);

    // What our own districts may not let out, nobody may send in.
    teams[0].content["parent_id"] = Json::Null;
    teams[0].content["hotline"] = json!("129");
    document
        .components
        .get_mut("institution")
        .unwrap()
        .insert("team".to_owned(), teams.clone());
    let error = parse::parse(signed(document.clone()).as_bytes()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::PackageInvalid);
    assert_eq!(error.fields()[0].field, "components.institution.team.0.content");
    teams[0].content["hotline"] = json!("");
    teams[0].content["decree_id"] = json!(id_of(99));
    document
        .components
        .get_mut("institution")
        .unwrap()
        .insert("team".to_owned(), teams.clone());
    let error = parse::parse(signed(document.clone()).as_bytes()).unwrap_err();
    assert_eq!(
        error.fields()[0].field,
        "components.institution.team.0.content.decree_id"
    );
    teams.truncate(1);
    teams[0].content["decree_id"] = Json::Null;
    let many = vec![teams[0].clone(); parse::MAX_RECORDS + 1];
    document
        .components
        .get_mut("institution")
        .unwrap()
        .insert("team".to_owned(), many);
    assert_eq!(refusal(&signed(document.clone())), ErrorCode::PackageTooManyRecords);
    document
        .components
        .get_mut("institution")
        .unwrap()
        .insert("team".to_owned(), vec![teams[0].clone(); 2]);
    assert_eq!(
        parse::parse(signed(document).as_bytes()).unwrap_err().fields()[0].code,
        "repeated"
    );
}

#[test]
fn personal_texts_are_found_with_their_place() {
    let steps = json!([{ "id": "a", "activity": "Hubungi 0812-3456-7890", "note": "" }]);
    let records = [record("sop", 8, json!({ "title": "Rujukan", "steps": steps }))];
    let found = build::suspects(&build::components(&records, ComponentKind::ALL).unwrap());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].field.as_str()), ("sop", "steps.0.activity"));
    let harmless: Map<String, Json> = Map::from_iter([("title".to_owned(), json!("Rujukan"))]);
    let records = [record("sop", 8, Json::Object(harmless))];
    assert_eq!(
        build::suspects(&build::components(&records, ComponentKind::ALL).unwrap()),
        []
    );
}
