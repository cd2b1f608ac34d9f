//! Every reference file parses, is complete in both languages, and mentions only codes that are defined.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::readiness::standard::{ComputedRule, JudgedBy, NEWEST, Standard};

type Codes<'a> = BTreeSet<&'a str>;

fn reference() -> Reference {
    Reference::load().unwrap_or_else(|error| panic!("{error}"))
}

fn standard() -> Standard {
    Standard::parse(NEWEST).unwrap_or_else(|error| panic!("{error}"))
}

/// The codes of a list, each of which must occur once.
fn once<'a>(what: &str, codes: impl IntoIterator<Item = &'a str>) -> Codes<'a> {
    let mut seen = Codes::new();
    for code in codes {
        let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        assert!(plain && !code.is_empty(), "{what}: `{code}` is not a code");
        assert!(seen.insert(code), "{what}: {code} occurs twice");
    }
    assert!(!seen.is_empty(), "{what} is empty");
    seen
}

fn named<'a>(what: &str, list: &'a [Named]) -> Codes<'a> {
    once(what, list.iter().map(|entry| entry.code.as_str()))
}

fn defined<'a>(what: &str, mentioned: impl IntoIterator<Item = &'a String>, codes: &Codes) {
    for code in mentioned {
        assert!(codes.contains(code.as_str()), "{what}: {code} is not defined");
    }
}

#[test]
fn the_lists_have_their_length() {
    let reference = reference();
    assert_eq!(reference.services.len(), 8);
    assert_eq!(reference.tiers.len(), 3);
    assert_eq!(reference.case_stages.len(), 9);
    assert_eq!(reference.legal_instruments.stages.len(), 7);
    let sets: Vec<_> = reference
        .category_sets
        .iter()
        .map(|set| (set.code.as_str(), set.categories.len()))
        .collect();
    assert_eq!(sets, [("gowa_outreach", 8), ("ampk", 15), ("ppks_child", 7)]);
    let figures = reference.category_sets[0]
        .categories
        .iter()
        .map(|category| category.figure_2017.unwrap_or(0));
    assert_eq!(figures.sum::<u32>(), 1_540);
}

#[test]
fn codes_between_the_files_resolve() {
    let reference = reference();
    let services = once(
        "services",
        reference.services.iter().map(|service| service.code.as_str()),
    );
    let agencies = once(
        "agency kinds",
        reference.agency_kinds.iter().map(|kind| kind.code.as_str()),
    );
    for service in &reference.services {
        assert!(!service.lead_agency_kinds.is_empty(), "{}", service.code);
        defined(&service.code, &service.lead_agency_kinds, &agencies);
    }
    let categories = reference.category_sets.iter().flat_map(|set| &set.categories);
    once("categories", categories.clone().map(|category| category.code.as_str()));
    for category in categories {
        assert!(!category.services.is_empty(), "{}", category.code);
        defined(&category.code, &category.services, &services);
    }
    for service in &services {
        assert!(
            reference.categories_answered_by(service).count() > 0,
            "{service} answers no category"
        );
    }
    let stages = once("stages", reference.case_stages.iter().map(|stage| stage.code.as_str()));
    let limits = named("limits", &reference.clocks.limits);
    for (index, stage) in reference.case_stages.iter().enumerate() {
        assert_eq!(usize::from(stage.position), index + 1);
        defined(&stage.code, &stage.clock, &limits);
    }
    let items: Vec<String> = standard().items().map(|(_, item)| item.code.clone()).collect();
    once("SOP kinds", reference.sop_kinds.iter().map(|kind| kind.code.as_str()));
    for kind in &reference.sop_kinds {
        defined(&kind.code, &kind.stages, &stages);
        assert!(
            kind.item.as_ref().is_none_or(|item| items.contains(item)),
            "{}",
            kind.code
        );
    }
    let positions = named("positions", &reference.institution.positions);
    for team in &reference.institution.teams {
        defined(&team.code, &team.positions, &positions);
    }
    once("evidence", reference.evidence_kinds());
    named("roles", &reference.staff.roles);
    named("trainings", &reference.staff.trainings);
}

#[test]
fn instruments_pass_known_stages_in_order() {
    let instruments = reference().legal_instruments;
    let order: Vec<&str> = instruments.stages.iter().map(|stage| stage.code.as_str()).collect();
    for kind in &instruments.kinds {
        let places: Vec<_> = kind
            .stages
            .iter()
            .map(|stage| order.iter().position(|code| code == stage))
            .collect();
        assert!(
            !places.is_empty() && places.is_sorted() && !places.contains(&None),
            "{}",
            kind.code
        );
        let gazetted = kind.stages.last().is_some_and(|last| last == "promulgation");
        assert_eq!(kind.gazette.is_some(), gazetted, "{}", kind.code);
    }
    assert!(
        instruments
            .stages
            .iter()
            .zip(1u8..)
            .all(|(stage, place)| stage.position == place)
    );
}

#[test]
fn the_default_clock_is_whole_and_never_slower_for_a_higher_risk() {
    let clocks = reference().clocks;
    let levels = named("risk levels", &clocks.risk_levels);
    let limits = named("limits", &clocks.limits);
    for table in &clocks.tables {
        assert_eq!(
            table.levels.keys().map(String::as_str).collect::<Codes>(),
            levels,
            "{}",
            table.code
        );
        assert_eq!(table.legal_basis, None, "no law sets these limits");
        for (level, cells) in &table.levels {
            defined(level, cells.keys(), &limits);
            assert!(
                cells.values().all(|cell| cell.immediate || cell.at_most.is_some()),
                "{} {level}",
                table.code
            );
        }
    }
    let default = clocks.tables.iter().find(|table| table.code == "welfare_default");
    let default = default.unwrap_or_else(|| panic!("no default table"));
    for limit in &limits {
        let minutes = clocks.risk_levels.iter().map(|level| {
            let cell = default.levels.get(&level.code).and_then(|cells| cells.get(*limit));
            cell.and_then(|cell| cell.at_most).map(Span::minutes)
        });
        let minutes: Vec<Option<u64>> = minutes.collect();
        assert!(
            minutes.iter().all(Option::is_some) && minutes.is_sorted(),
            "{limit}: {minutes:?}"
        );
    }
}

#[test]
fn outreach_fields_have_options_exactly_when_they_are_choices() {
    let fields = reference().outreach_fields;
    once("outreach fields", fields.iter().map(|field| field.code.as_str()));
    for field in &fields {
        assert_eq!(
            field.options.is_some(),
            field.kind == FieldKind::Choice,
            "{}",
            field.code
        );
        if let Some(options) = &field.options {
            assert!(named(&field.code, options).len() > 1);
        }
    }
    for identity in ["child_name", "nik", "disability", "chronic_illness"] {
        assert!(
            fields.iter().any(|field| field.code == identity && field.sensitive),
            "{identity}"
        );
    }
}

#[test]
fn ages_are_those_of_children() {
    for set in reference().category_sets {
        for category in set.categories {
            let (min, max) = (category.age.min.unwrap_or(0), category.age.max.unwrap_or(17));
            // "Anak telantar" is stated as 6 to 18.
            assert!(min < max && max <= 18, "{}", category.code);
        }
    }
}

/// Every code in the shipped standard is defined in the reference data.
#[test]
fn the_standard_mentions_only_defined_codes() {
    let reference = reference();
    let evidence: Codes = reference.evidence_kinds().collect();
    let agencies: Codes = reference.agency_kinds.iter().map(|kind| kind.code.as_str()).collect();
    let services: Codes = reference.services.iter().map(|service| service.code.as_str()).collect();
    let tiers: Codes = reference.tiers.iter().map(|tier| tier.code.as_str()).collect();
    let stages: Codes = reference.case_stages.iter().map(|stage| stage.code.as_str()).collect();
    let levels = named("risk levels", &reference.clocks.risk_levels);
    let sops: Codes = reference.sop_kinds.iter().map(|kind| kind.code.as_str()).collect();
    let teams: Codes = reference
        .institution
        .teams
        .iter()
        .map(|team| team.code.as_str())
        .collect();
    let positions = named("positions", &reference.institution.positions);
    let roles = named("roles", &reference.staff.roles);
    let trainings = named("trainings", &reference.staff.trainings);
    let forms = Codes::from(["child", "outreach"]);
    for (_, item) in standard().items() {
        let code = &item.code;
        defined(code, item.judged_by.accepted_documents(), &evidence);
        let JudgedBy::Computed { rule, .. } = &item.judged_by else {
            continue;
        };
        use ComputedRule as R;
        match rule {
            R::Agreements { agency_kinds, .. } | R::FocalPoints { agency_kinds } => {
                defined(code, agency_kinds, &agencies);
            }
            R::TeamFilled {
                teams: wanted_teams,
                positions: wanted,
            } => {
                defined(code, wanted_teams, &teams);
                defined(code, wanted, &positions);
            }
            R::TasksDescribed { teams: wanted } => defined(code, wanted, &teams),
            R::SopInForce { sop_kind } => {
                let kind = reference.sop_kinds.iter().find(|kind| kind.code == *sop_kind);
                assert_eq!(kind.and_then(|kind| kind.item.as_ref()), Some(code), "{sop_kind}");
            }
            R::CaseProcedureComplete {
                sop_kind,
                stages: wanted,
                risk_levels,
            } => {
                defined(code, [sop_kind], &sops);
                defined(code, wanted, &stages);
                defined(code, risk_levels, &levels);
                assert_eq!((wanted.len(), risk_levels.len()), (stages.len(), levels.len()));
            }
            R::ServicesCatalogued { domains } | R::ProvidersPerService { domains, .. } => {
                defined(code, domains, &services);
                assert_eq!(domains.len(), services.len());
            }
            R::TiersCovered { tiers: wanted } => defined(code, wanted, &tiers),
            R::StaffInRoles { slots, .. } => defined(code, slots.iter().flatten(), &roles),
            R::StaffTrained {
                training,
                roles: wanted,
                ..
            } => {
                defined(code, [training], &trainings);
                defined(code, wanted, &roles);
            }
            R::SupervisionArranged { roles: wanted, .. }
            | R::SubdistrictsWithOfficer { roles: wanted, .. }
            | R::CaseloadLimits { roles: wanted, .. } => defined(code, wanted, &roles),
            R::RegisterReady { forms: wanted } => defined(code, wanted, &forms),
            R::RegulationHarmonised {}
            | R::SecretariatRecorded {}
            | R::CoordinationPlanned { .. }
            | R::GroupsPerSubdistrict { .. }
            | R::ProviderContacts {}
            | R::EarlyDetectionCoverage { .. }
            | R::PledgesSigned { .. }
            | R::DataProtectionSet {}
            | R::ReportsPlanned { .. } => {}
        }
    }
}

/// Wherever a file has an Indonesian text it has an English one, and neither is empty.
#[test]
fn both_languages_everywhere() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference");
    let mut files = 0;
    for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{error}")) {
        let path = entry.map(|entry| entry.path()).unwrap_or_default();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            check_languages(&value, &path.display().to_string());
            files += 1;
        }
    }
    assert_eq!(files, 12, "a new file needs its type in Reference");
}

fn check_languages(value: &Value, place: &str) {
    match value {
        Value::Object(map) => {
            if map.contains_key("id") || map.contains_key("en") {
                for language in ["id", "en"] {
                    let text = map.get(language).and_then(Value::as_str).unwrap_or_default();
                    assert!(
                        !text.is_empty() && text.trim() == text,
                        "{place}: {language} of {value}"
                    );
                }
            }
            map.iter()
                .for_each(|(key, value)| check_languages(value, &format!("{place}/{key}")));
        }
        Value::Array(list) => list.iter().for_each(|value| check_languages(value, place)),
        _ => {}
    }
}
