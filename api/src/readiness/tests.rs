//! The standard file and the judgement of single items.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::standard::NEWEST;
use super::*;

fn shipped() -> Standard {
    Standard::parse(NEWEST).unwrap_or_else(|error| panic!("{error}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a day"))
}

/// The shipped standard with one value changed, parsed.
fn broken(pointer: &str, value: Value) -> StandardError {
    let mut file: Value = serde_json::from_str(NEWEST).unwrap_or_default();
    let place = file
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("{pointer} is not there"));
    *place = value;
    Standard::parse(&file.to_string())
        .err()
        .unwrap_or_else(|| panic!("{pointer} was accepted"))
}

#[test]
fn the_shipped_standard_is_whole() {
    let standard = shipped();
    let components = standard.components.iter().map(|component| &component.component);
    assert!(
        components.eq(ComponentKind::ALL),
        "the newest standard has every component"
    );
    // What is mandatory decides who may go live: it is said twice, so that nobody changes it by the way.
    let mandatory: Vec<&str> = standard
        .items()
        .filter(|(_, item)| item.mandatory)
        .map(|(_, item)| item.code.as_str())
        .collect();
    let expected = "REG-1 REG-3 REG-4 LEM-1 LEM-2 LEM-3 LEM-4 LEM-5 MEK-1 MEK-2 MEK-3 MEK-4 MEK-5 MEK-6 \
                    LAY-1 LAY-2 LAY-3 LAY-5 SDM-1 SDM-2 SDM-4 SDM-5 SDM-6 DAT-1 DAT-2 DAT-3 DAT-4 DAT-5";
    assert_eq!(mandatory.join(" "), expected);
}

#[test]
fn writing_a_standard_and_reading_it_again() {
    let standard = shipped();
    let json = serde_json::to_string(&standard).unwrap_or_default();
    assert_eq!(Standard::parse(&json), Ok(standard));
}

#[test]
fn faults_name_the_item() {
    for (pointer, value, words) in [
        ("/components/0/items/0/weight", json!(0), "REG-1: give a weight"),
        ("/components/0/items/1/code", json!("REG-1"), "REG-1: occurs twice"),
        (
            "/components/0/items/1/code",
            json!("LEM-2"),
            "LEM-2: write the code of the component",
        ),
        (
            "/components/1/items/0/title/en",
            json!(""),
            "LEM-1: give the text in both languages",
        ),
        (
            "/components/1/items/0/why/id",
            json!(" x"),
            "LEM-1: give the text in both languages, without spaces",
        ),
        (
            "/components/0/items/0/mandatory",
            json!(false),
            "REG-1: must be verified, yet is not mandatory",
        ),
        (
            "/components/0/items/0/validity_months",
            json!(0),
            "REG-1: give a validity",
        ),
        (
            "/components/0/items/0/screen",
            json!("../x y"),
            "REG-1: write the address of the screen",
        ),
        (
            "/components/0/items/0/judged_by/accepts",
            json!([]),
            "REG-1: correct the rule or document",
        ),
        (
            "/components/3/items/1/judged_by/at_least",
            json!(0),
            "LAY-2: correct the rule or document",
        ),
        (
            "/components/0/items",
            json!([]),
            "REG: mark at least one item as mandatory",
        ),
        ("/components/0/component", json!("staff"), "put the components in order"),
        ("/languages", json!(["id"]), "set languages"),
    ] {
        let error = broken(pointer, value).to_string();
        assert!(error.contains(words), "{pointer}: {error}");
    }
}

#[test]
fn wrong_shapes_name_the_place() {
    for (pointer, value, path) in [
        (
            "/components/0/items/0/weight",
            json!("five"),
            "components[0].items[0].weight",
        ),
        (
            "/components/1/items/0/judged_by/rule",
            json!("by_feeling"),
            "components[1].items[0].judged_by",
        ),
        (
            "/components/3/items/1/judged_by/at_least",
            json!(null),
            "components[3].items[1].judged_by",
        ),
        (
            "/components/0/items/0/example",
            json!({"id": "x"}),
            "components[0].items[0].example",
        ),
        ("/effective_from", json!("2026-13-01"), "effective_from"),
    ] {
        match broken(pointer, value) {
            StandardError::Shape { path: found, .. } => assert!(found.starts_with(path), "{pointer}: {found}"),
            faults => panic!("{pointer}: {faults}"),
        }
    }
    assert!(matches!(Standard::parse("{"), Err(StandardError::Shape { .. })));
    let twice = format!("{NEWEST}{NEWEST}");
    assert!(matches!(Standard::parse(&twice), Err(StandardError::Shape { .. })));
}

#[test]
fn an_unknown_parameter_or_field_is_refused() {
    for (pointer, key) in [
        ("/components/3/items/1/judged_by", "at_lest"),
        ("/components/0/items/0", "wieght"),
    ] {
        let mut file: Value = serde_json::from_str(NEWEST).unwrap_or_default();
        let place = file.pointer_mut(pointer).and_then(Value::as_object_mut);
        place
            .unwrap_or_else(|| panic!("{pointer}"))
            .insert(key.to_owned(), json!(1));
        assert!(
            matches!(Standard::parse(&file.to_string()), Err(StandardError::Shape { .. })),
            "{pointer}"
        );
    }
}

/// The JSON Schema beside the standard knows the same fields and the same rules as the types.
#[test]
fn the_schema_agrees_with_the_types() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../reference/standard/schema.json")).unwrap_or_default();
    let file: Value = serde_json::from_str(NEWEST).unwrap_or_default();
    let keys = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .map(|map| map.keys().cloned().collect())
            .unwrap_or_default()
    };
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    let item = &file["components"][0]["items"][0];
    assert_eq!(sorted(keys(&schema["$defs"]["item"]["properties"])), sorted(keys(item)));
    assert_eq!(
        sorted(keys(&schema["$defs"]["component"]["properties"])),
        sorted(keys(&file["components"][0]))
    );
    assert_eq!(sorted(keys(&schema["properties"])), sorted(keys(&file)));
    let named = schema["$defs"]["computed"]["properties"]["rule"]["enum"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert!(!named.is_empty());
    for rule in &named {
        // A known rule fails for its parameters or not at all; an unknown one names the variants.
        let error = serde_json::from_value::<ComputedRule>(json!({ "rule": rule })).err();
        assert!(
            !error.is_some_and(|error| error.to_string().contains("unknown variant")),
            "{rule}"
        );
    }
    let unknown = serde_json::from_value::<ComputedRule>(json!({ "rule": "x" }))
        .err()
        .map(|e| e.to_string());
    let known = unknown.unwrap_or_default().matches('`').count() / 2 - 1;
    assert_eq!(named.len(), known, "every rule of the program is in the schema");
}

/// The schema offers an editor the components that the program knows, and no others.
#[test]
fn the_schema_names_every_component() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../reference/standard/schema.json")).unwrap_or_default();
    let component = &schema["$defs"]["component"]["properties"];
    let all = |word: fn(ComponentKind) -> &'static str| -> Value {
        ComponentKind::ALL.iter().map(|component| word(*component)).collect()
    };
    assert_eq!(component["component"]["enum"], all(ComponentKind::slug));
    assert_eq!(component["code"]["enum"], all(ComponentKind::code));
    assert_eq!(schema["properties"]["components"]["maxItems"], ComponentKind::ALL.len());
    // A version from before a component was added has fewer.
    assert_eq!(schema["properties"]["components"]["minItems"], 1);
}

/// Every file is named where versions are loaded, and none stops being readable when the program learns more.
#[test]
fn every_published_version_is_loaded_and_valid() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference/standard");
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{error}"));
    let names = files.map(|file| file.map(|file| file.file_name()).unwrap_or_default());
    let names: Vec<_> = names.filter(|name| name != "schema.json").collect();
    assert_eq!(names.len(), migration::standards::FILES.len(), "{names:?}");
    let mut versions: Vec<String> = Vec::new();
    for file in migration::standards::FILES {
        let standard = Standard::parse(file).unwrap_or_else(|error| panic!("{error}"));
        assert!(
            !versions.contains(&standard.version),
            "{} comes twice",
            standard.version
        );
        versions.push(standard.version);
    }
}

/// The program learns a component: a version that was published before stays the measure of who was judged by it.
#[test]
fn a_version_without_the_last_component_stays_valid() {
    let mut file: Value = serde_json::from_str(NEWEST).unwrap_or_default();
    let components = file["components"]
        .as_array_mut()
        .unwrap_or_else(|| panic!("components"));
    components.pop();
    let older = Standard::parse(&file.to_string()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(older.components.len(), ComponentKind::ALL.len() - 1);
    let readiness = assess(&older, &HashMap::new(), day("2026-03-01"));
    assert_eq!(readiness.components.len(), older.components.len());
    for broken in [vec![], vec![1, 0], vec![0, 0]] {
        let mut file: Value = serde_json::from_str(NEWEST).unwrap_or_default();
        file["components"] = broken.iter().map(|index| file["components"][*index].clone()).collect();
        assert!(
            matches!(Standard::parse(&file.to_string()), Err(StandardError::Faults(_))),
            "{broken:?}"
        );
    }
}

fn document(status: DocumentStatus, issued_on: &str, valid_until: Option<&str>) -> DocumentFact {
    DocumentFact {
        status,
        issued_on: Some(day(issued_on)),
        valid_until: valid_until.map(day),
    }
}

fn state_of(code: &str, facts: &ItemFacts, as_of: &str) -> ItemState {
    let standard = shipped();
    let (_, item) = standard
        .items()
        .find(|(_, item)| item.code == code)
        .unwrap_or_else(|| panic!("{code}"));
    judge(&item.judged_by, item.validity_months, facts, day(as_of)).state
}

#[test]
fn a_document_item_follows_its_best_document() {
    use DocumentStatus::{Available, Draft, Returned, Verified};
    let with = |documents: Vec<DocumentFact>| ItemFacts {
        documents,
        ..ItemFacts::default()
    };
    let cases = [
        (vec![], ItemState::Missing),
        (vec![document(Draft, "2026-01-05", None)], ItemState::InProgress),
        (vec![document(Returned, "2026-01-05", None)], ItemState::InProgress),
        (vec![document(Available, "2026-01-05", None)], ItemState::Present),
        (
            vec![
                document(Draft, "2026-01-05", None),
                document(Verified, "2020-01-05", None),
            ],
            ItemState::Verified,
        ),
        (
            vec![document(Verified, "2020-01-05", Some("2025-12-31"))],
            ItemState::Expired,
        ),
        (
            vec![
                document(Verified, "2020-01-05", Some("2025-12-31")),
                document(Draft, "2026-01-05", None),
            ],
            ItemState::Expired,
        ),
        (
            vec![
                document(Verified, "2020-01-05", Some("2025-12-31")),
                document(Available, "2026-01-05", None),
            ],
            ItemState::Present,
        ),
    ];
    for (documents, expected) in cases {
        assert_eq!(
            state_of("REG-1", &with(documents.clone()), "2026-03-01"),
            expected,
            "{documents:?}"
        );
    }
}

#[test]
fn the_standard_ages_documents() {
    // REG-4 asks for the spending authority of the year: twelve months, the last day included.
    let facts = ItemFacts {
        documents: vec![document(DocumentStatus::Verified, "2025-01-10", Some("2030-01-01"))],
        ..ItemFacts::default()
    };
    assert_eq!(state_of("REG-4", &facts, "2026-01-10"), ItemState::Verified);
    assert_eq!(state_of("REG-4", &facts, "2026-01-11"), ItemState::Expired);
    let undated = DocumentFact {
        status: DocumentStatus::Verified,
        issued_on: None,
        valid_until: None,
    };
    let facts = ItemFacts {
        documents: vec![undated],
        ..ItemFacts::default()
    };
    assert_eq!(state_of("REG-4", &facts, "2026-01-10"), ItemState::InProgress);
}

#[test]
fn a_met_rule_needs_its_proof() {
    let today = "2026-03-01";
    let computed = |done, needed| Some(Progress::new(done, needed));
    let review = |decision| {
        Some(Review {
            decision,
            decided_on: day("2026-02-01"),
        })
    };
    let signed = vec![document(DocumentStatus::Verified, "2026-01-05", None)];
    let cases = [
        // Counted by the system alone.
        ("LAY-2", computed(0, 8), vec![], None, ItemState::Missing),
        ("LAY-2", computed(6, 8), vec![], None, ItemState::InProgress),
        ("LAY-2", computed(8, 8), vec![], None, ItemState::Verified),
        (
            "LAY-2",
            computed(8, 8),
            vec![],
            review(ReviewDecision::Returned),
            ItemState::InProgress,
        ),
        // Confirmed by a reviewer.
        ("LEM-3", computed(4, 4), vec![], None, ItemState::Present),
        (
            "LEM-3",
            computed(4, 4),
            vec![],
            review(ReviewDecision::Confirmed),
            ItemState::Verified,
        ),
        (
            "LEM-3",
            computed(3, 4),
            vec![],
            review(ReviewDecision::Confirmed),
            ItemState::InProgress,
        ),
        // Proved by a document.
        ("LEM-1", None, vec![], None, ItemState::Missing),
        ("LEM-1", computed(3, 3), vec![], None, ItemState::InProgress),
        ("LEM-1", computed(0, 3), signed.clone(), None, ItemState::InProgress),
        ("LEM-1", computed(3, 3), signed.clone(), None, ItemState::Verified),
        (
            "LEM-1",
            computed(3, 3),
            signed,
            review(ReviewDecision::Returned),
            ItemState::InProgress,
        ),
    ];
    for (code, computed, documents, review, expected) in cases {
        let facts = ItemFacts {
            documents,
            computed,
            review,
            begun: false,
        };
        assert_eq!(state_of(code, &facts, today), expected, "{code} {facts:?}");
    }
}

#[test]
fn a_new_district_is_refused_with_every_mandatory_item() {
    let standard = shipped();
    let readiness = assess(&standard, &HashMap::new(), day("2026-03-01"));
    assert_eq!(readiness.claimed, Percent::ZERO);
    let mandatory = standard.items().filter(|(_, item)| item.mandatory).count();
    assert_eq!(readiness.go_live.blockers.len(), mandatory);
    assert!(
        readiness
            .go_live
            .blockers
            .iter()
            .all(|blocker| blocker.reason == BlockReason::Missing)
    );
}

#[test]
fn present_but_unverified_decrees_still_block() {
    let standard = shipped();
    let facts: HashMap<String, ItemFacts> = standard
        .items()
        .map(|(_, item)| {
            let documents = vec![document(DocumentStatus::Available, "2026-01-05", None)];
            (
                item.code.clone(),
                ItemFacts {
                    documents,
                    computed: Some(Progress::new(1, 1)),
                    ..ItemFacts::default()
                },
            )
        })
        .collect();
    let readiness = assess(&standard, &facts, day("2026-03-01"));
    let blocking: Vec<&str> = readiness
        .go_live
        .blockers
        .iter()
        .map(|blocker| blocker.item.as_str())
        .collect();
    let flagged = standard.items().filter(|(_, item)| item.must_be_verified_for_go_live);
    let flagged: Vec<&str> = flagged.map(|(_, item)| item.code.as_str()).collect();
    assert!(!flagged.is_empty());
    assert_eq!(blocking, flagged);
    assert!(
        readiness
            .go_live
            .blockers
            .iter()
            .all(|blocker| blocker.reason == BlockReason::NotVerified)
    );
    assert_eq!(readiness.claimed, Percent::FULL);
}
