//! What holds for every kind.

use std::collections::HashSet;

use super::{KINDS, kind};
use crate::readiness::ComponentKind;

#[test]
fn kinds_are_distinct() {
    let mut seen = HashSet::new();
    for one in KINDS {
        assert!(seen.insert(one.key) && seen.insert(one.plural), "{}", one.key);
        assert_eq!(kind(one.key).map(|found| found.plural), Some(one.plural));
    }
}

/// A component without kinds has no screen to work on.
#[test]
fn every_component_has_kinds() {
    for component in ComponentKind::ALL {
        assert!(KINDS.iter().any(|kind| kind.component == *component), "{component:?}");
    }
    assert!(
        KINDS.is_sorted_by_key(|kind| kind.component),
        "in the order of the components"
    );
}

/// The examples in the API's document are contents that the service keeps, unchanged.
#[test]
fn examples_pass_their_checks() {
    for kind in KINDS {
        let example = (kind.example)();
        let document = (kind.read)(&example.to_string()).unwrap_or_else(|error| panic!("{}: {error:?}", kind.key));
        assert_eq!(document.content, example, "{}", kind.key);
        assert!(!document.title.is_empty(), "{}", kind.key);
        for missing in document.missing {
            assert!(
                missing.message_id.ends_with('.') && missing.message_en.ends_with('.'),
                "{missing:?}"
            );
        }
    }
}

/// A form that somebody has just opened can be kept, and says what is missing.
#[test]
fn an_empty_form_is_kept_and_incomplete() {
    for kind in KINDS {
        let document = (kind.read)("{}").unwrap_or_else(|error| panic!("{}: {error:?}", kind.key));
        assert!(!document.missing.is_empty(), "{}", kind.key);
        assert!(document.links.is_empty(), "{}", kind.key);
        let again = (kind.read)(&document.content.to_string()).unwrap();
        assert_eq!(again.content, document.content, "{}", kind.key);
    }
}

#[test]
fn unknown_fields_and_wrong_types_are_named() {
    for kind in KINDS {
        let error = (kind.read)(r#"{"surprise": 1}"#).unwrap_err();
        let field = &error.fields()[0];
        assert_eq!(
            (field.field.as_str(), field.code),
            ("content.surprise", "unknown_field"),
            "{}",
            kind.key
        );
        let error = (kind.read)("[]").unwrap_err();
        assert_eq!(error.fields()[0].code, "wrong_type", "{}", kind.key);
    }
}

#[test]
fn clumsy_values_are_refused_with_their_field() {
    let cases = [
        ("legal_instrument", r#"{"year": 26}"#, "content.year", "out_of_range"),
        (
            "legal_instrument",
            r#"{"signed_on": "0026-03-24"}"#,
            "content.signed_on",
            "out_of_range",
        ),
        (
            "legal_instrument",
            r#"{"signed_on": "2026-02-31"}"#,
            "content.signed_on",
            "not_a_date",
        ),
        (
            "legal_instrument",
            r#"{"signed_on": "24-03-2020"}"#,
            "content.signed_on",
            "not_a_date",
        ),
        (
            "legal_instrument",
            r#"{"kind": "perda"}"#,
            "content.kind",
            "not_in_list",
        ),
        (
            "legal_instrument",
            r#"{"title": "a\u0000b"}"#,
            "content.title",
            "invisible_characters",
        ),
        (
            "legal_instrument",
            r#"{"title": "a\u202Eb"}"#,
            "content.title",
            "invisible_characters",
        ),
        (
            "legal_instrument",
            r#"{"kind": "decree", "stages": [{"stage": "promulgation"}]}"#,
            "content.stages.0.stage",
            "not_of_this_kind",
        ),
        (
            "legal_instrument",
            r#"{"effective_on": "2020-01-02", "valid_until": "2020-01-01"}"#,
            "content.valid_until",
            "before_start",
        ),
        (
            "legal_instrument",
            r#"{"amends": ["x"]}"#,
            "content.amends.0",
            "wrong_type",
        ),
        ("agency", r#"{"name": "Dinas 😀"}"#, "content.name", "not_a_name"),
        ("agency", r#"{"phone": "call me"}"#, "content.phone", "not_a_phone"),
        (
            "agency",
            r#"{"focal_points": [{"id": "a"}, {"id": "a"}]}"#,
            "content.focal_points.1.id",
            "repeated",
        ),
        ("sop", r#"{"status": "in_force"}"#, "content.status", "not_ready"),
        (
            "sop",
            r#"{"approved_by": {"nip": "123"}}"#,
            "content.approved_by.nip",
            "not_a_nip",
        ),
        (
            "sop",
            r#"{"clocks": [{"risk_level": "high"}, {"risk_level": "high"}]}"#,
            "content.clocks.1.risk_level",
            "repeated",
        ),
        (
            "sop",
            r#"{"steps": [{"duration": -1}]}"#,
            "content.steps.0.duration",
            "wrong_type",
        ),
    ];
    for (key, json, field, code) in cases {
        let error = (kind(key).unwrap().read)(json).unwrap_err();
        let found: Vec<_> = error
            .fields()
            .iter()
            .map(|error| (error.field.as_str(), error.code))
            .collect();
        assert!(found.contains(&(field, code)), "{json}: {found:?}");
    }
}

#[test]
fn rows_get_ids_that_stay() {
    let read = kind("agency").unwrap().read;
    let first = read(r#"{"focal_points": [{"name": "Contoh"}]}"#).unwrap().content;
    assert!(first["focal_points"][0]["id"].as_str().is_some_and(|id| id.len() == 36));
    assert_eq!(read(&first.to_string()).unwrap().content, first);
}
