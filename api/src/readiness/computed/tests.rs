//! Each rule by example, with the parameters of the shipped standard.

use chrono::NaiveDate;

use super::super::configuration::*;
use super::super::standard::{JudgedBy, NEWEST, Standard};
use super::*;

fn shipped() -> Standard {
    Standard::parse(NEWEST).unwrap_or_else(|error| panic!("{error}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a day"))
}

/// Outcome of the shipped rule of an item.
fn count(code: &str, district: &Configuration) -> (u32, u32) {
    let standard = shipped();
    let (_, item) = standard
        .items()
        .find(|(_, item)| item.code == code)
        .unwrap_or_else(|| panic!("{code}"));
    let JudgedBy::Computed { rule, .. } = &item.judged_by else {
        panic!("{code} has no rule")
    };
    let progress = evaluate(rule, district, day("2026-03-01"));
    (progress.done, progress.needed)
}

fn codes(list: &[&str]) -> Codes {
    list.iter().map(|code| (*code).to_owned()).collect()
}

fn person(roles: &[&str]) -> Person {
    Person {
        roles: codes(roles),
        started_on: None,
        left_on: None,
        has_decree: true,
        trainings: vec![],
        has_supervisor: false,
        pledge_signed_on: None,
        caseload_limit: None,
        subdistricts: Codes::new(),
    }
}

fn service(domain: &str, tier: &str, provider: &str) -> Service {
    Service {
        domain: domain.to_owned(),
        tiers: codes(&[tier]),
        providers: vec![Provider {
            id: provider.to_owned(),
            has_contact: provider == "dinsos",
        }],
        has_requirements: true,
        has_duration: domain != "health",
    }
}

#[test]
fn nothing_configured_meets_no_rule() {
    let nothing = Configuration::default();
    for (_, item) in shipped().items() {
        if let JudgedBy::Computed { rule, .. } = &item.judged_by {
            let progress = evaluate(rule, &nothing, day("2026-03-01"));
            assert!(progress.done == 0 && progress.needed > 0, "{}: {progress:?}", item.code);
        }
    }
}

#[test]
fn rules_on_services() {
    let district = Configuration {
        services: vec![
            service("education", "secondary", "disdik"),
            service("health", "primary", "dinkes"),
            service("social_assistance", "secondary", "dinsos"),
            service("alternative_care", "secondary", "dinsos"),
        ],
        ..Configuration::default()
    };
    assert_eq!(count("LAY-1", &district), (3, 8), "health states no duration");
    assert_eq!(count("LAY-2", &district), (4, 8));
    assert_eq!(count("LAY-3", &district), (1, 3), "a provider counts once");
    assert_eq!(count("LAY-5", &district), (2, 3));
}

#[test]
fn the_decree_may_name_a_steering_team_instead_of_a_working_group() {
    let team = |kind: &str, filled: [bool; 3]| Team {
        kind: kind.to_owned(),
        positions: ["chair", "secretary", "member"]
            .into_iter()
            .zip(filled)
            .map(|(kind, filled)| Position {
                kind: kind.to_owned(),
                filled,
                has_tasks: false,
            })
            .collect(),
    };
    let with = |teams: Vec<Team>| Configuration {
        teams,
        ..Configuration::default()
    };
    assert_eq!(count("LEM-1", &with(vec![team("steering_team", [true; 3])])), (3, 3));
    assert_eq!(
        count("LEM-1", &with(vec![team("village_working_group", [true; 3])])),
        (0, 3)
    );
    // Half of one and half of the other make no team.
    let halves = vec![
        team("steering_team", [true, true, false]),
        team("working_group", [false, false, true]),
    ];
    assert_eq!(count("LEM-1", &with(halves)), (2, 3));
}

#[test]
fn rules_on_the_institution() {
    let position = |kind: &str, filled| Position {
        kind: kind.to_owned(),
        filled,
        has_tasks: filled,
    };
    let district = Configuration {
        teams: vec![Team {
            kind: "working_group".to_owned(),
            positions: vec![
                position("chair", true),
                position("secretary", false),
                position("member", true),
            ],
        }],
        secretariat: Secretariat {
            has_address: true,
            has_hotline: true,
            has_private_room: false,
        },
        agencies: vec![
            Agency {
                kind: "health_agency".to_owned(),
                has_focal_point: true,
            },
            Agency {
                kind: "social_agency".to_owned(),
                has_focal_point: false,
            },
        ],
        coordination_interval_months: Some(4),
        area: Area {
            subdistricts: 10,
            subdistricts_with_group: 4,
            villages: 135,
            villages_with_early_detection: 68,
        },
        ..Configuration::default()
    };
    assert_eq!(count("LEM-1", &district), (2, 3));
    assert_eq!(
        count("LEM-3", &district),
        (2, 4),
        "the executing unit without positions is one part missing"
    );
    assert_eq!(count("LEM-4", &district), (2, 3));
    assert_eq!(count("LEM-5", &district), (1, 5));
    assert_eq!(count("LEM-6", &district), (0, 1), "every four months is too rare");
    assert_eq!(count("LEM-7", &district), (4, 10));
    assert_eq!(count("LAY-7", &district), (68, 68), "half of 135, rounded up");
}

#[test]
fn rules_on_procedures() {
    let sop = |kind: &str, since: Option<&str>, stages: &[&str]| Sop {
        kind: kind.to_owned(),
        in_force_since: since.map(day),
        bound_stages: codes(stages),
    };
    let district = Configuration {
        sops: vec![
            sop("complaint", Some("2026-04-01"), &[]),
            sop("referral", Some("2026-02-01"), &[]),
            sop("case_handling", Some("2026-02-01"), &["registration", "closure"]),
            sop("case_handling", None, &["aftercare"]),
        ],
        clocked_risk_levels: codes(&["high"]),
        ..Configuration::default()
    };
    assert_eq!(count("MEK-1", &district), (0, 1), "in force only next month");
    assert_eq!(count("MEK-4", &district), (1, 1));
    assert_eq!(count("MEK-3", &district), (4, 13), "a draft binds nothing");
}

#[test]
fn rules_on_staff() {
    let training = |until: Option<&str>| Training {
        kind: "case_management".to_owned(),
        held_on: day("2026-01-05"),
        valid_until: until.map(day),
    };
    let district = Configuration {
        staff: vec![
            Person {
                trainings: vec![training(None)],
                has_supervisor: true,
                pledge_signed_on: Some(day("2026-03-01")),
                caseload_limit: Some(25),
                ..person(&["case_manager"])
            },
            Person {
                has_decree: false,
                trainings: vec![training(Some("2026-02-28"))],
                caseload_limit: Some(40),
                ..person(&["social_worker"])
            },
            Person {
                subdistricts: codes(&["73.02.01", "73.02.02"]),
                ..person(&["facilitator", "paralegal"])
            },
        ],
        supervision_interval_months: Some(1),
        area: Area {
            subdistricts: 10,
            ..Area::default()
        },
        ..Configuration::default()
    };
    assert_eq!(count("SDM-1", &district), (1, 1));
    assert_eq!(count("SDM-2", &district), (0, 1), "no decree");
    assert_eq!(count("SDM-3", &district), (1, 2));
    assert_eq!(count("SDM-4", &district), (1, 2), "one certificate has lapsed");
    assert_eq!(count("SDM-5", &district), (2, 3));
    assert_eq!(count("SDM-6", &district), (1, 3));
    assert_eq!(count("SDM-7", &district), (2, 10));
    assert_eq!(count("SDM-8", &district), (1, 2));
}

#[test]
fn rules_on_regulation_and_data() {
    let agreement = |kind: &str, purpose, signed: Option<&str>, until: Option<&str>| Agreement {
        agency_kind: kind.to_owned(),
        purpose,
        signed_on: signed.map(day),
        valid_until: until.map(day),
    };
    let cooperation = AgreementPurpose::Cooperation;
    let district = Configuration {
        agreements: vec![
            agreement("probation_office", cooperation, Some("2026-01-01"), Some("2026-03-01")),
            agreement("police_child_unit", cooperation, Some("2024-01-01"), Some("2026-02-28")),
            agreement("religious_affairs", cooperation, None, None),
            agreement("health_agency", AgreementPurpose::DataSharing, Some("2026-01-01"), None),
        ],
        regulation_harmonised_on: Some(day("2026-02-01")),
        categories: vec![
            Category {
                code: "no_birth_certificate".to_owned(),
                services: 1,
            },
            Category {
                code: "own".to_owned(),
                services: 0,
            },
        ],
        published_forms: codes(&["child"]),
        protection: Protection {
            has_retention: true,
            has_contact: false,
            access_reviewed: true,
        },
        reports: vec![ReportPlan {
            has_rhythm: true,
            has_recipient: true,
        }],
        ..Configuration::default()
    };
    assert_eq!(count("REG-5", &district), (1, 3), "one lapsed, one unsigned");
    assert_eq!(count("REG-6", &district), (1, 1));
    assert_eq!(count("REG-8", &district), (1, 1));
    assert_eq!(count("DAT-1", &district), (2, 4));
    assert_eq!(count("DAT-4", &district), (2, 3));
    assert_eq!(count("DAT-5", &district), (1, 1));
    assert_eq!(count("DAT-7", &district), (0, 1));
}
