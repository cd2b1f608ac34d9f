//! From setup records to what the rules look at: plain functions.
//!
//! A record with something missing is never itself the thing that was asked for (an agreement, an SOP in force, a group in
//! an area), yet it stays among what there is: a member of staff without a pledge must keep the share of pledges down.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use entity::ids::{FileObjectId, SetupRecordId};

use super::{
    ComputedRule, Configuration,
    configuration::{
        self, Agreement, Area, Category, Codes, Person, Places, Position, Protection, Provider, Secretariat, Sop,
        Training,
    },
    records::{Record, Records},
    standard::AgreementPurpose,
};
use crate::setup::{
    codes::{AgreementKind, InstrumentKind, InstrumentStage, TeamKind},
    data_system::{
        DataAgreement, DataForm, DataProtection, FormStatus, ReportPlan, RetentionRule, VulnerabilityCategory,
    },
    institution::{Agency, FocalPoint, Team},
    kind::SetupKind,
    regulation::LegalInstrument,
    service_range::{EarlyDetection, Service, ServiceProvider},
    staff::StaffMember,
    work_mechanism::{self, CoordinationRhythm, SopStatus, SupervisionRhythm},
};

/// Milestones of the phases that the registers know, each with its date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// The decree that formed the working group or the steering team was signed.
    pub working_group_decree_on: Option<NaiveDate>,
    /// The PKSAI regulation was promulgated.
    pub regulation_promulgated_on: Option<NaiveDate>,
    /// Years of budgets that name PKSAI.
    pub budget_years: Vec<i32>,
    /// The executing unit says since when it serves children.
    pub first_served_on: Option<NaiveDate>,
}

/// The signed document of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordDocument {
    /// The file.
    pub file_id: FileObjectId,
    /// Its date.
    pub issued_on: Option<NaiveDate>,
    /// Its last day, when it has one.
    pub valid_until: Option<NaiveDate>,
}

/// What the rules look at, from the records in use; `places` says how many subdistricts and villages there are.
pub fn configuration(records: &Records, places: Places) -> Configuration {
    let coordination = records.coordination.iter().filter(|record| record.complete);
    let supervision = records.supervision.iter().filter(|record| record.complete);
    Configuration {
        agreements: agreements(records),
        regulation_harmonised_on: regulation(records, InstrumentStage::Harmonisation),
        teams: records.teams.iter().filter_map(team).collect(),
        secretariat: secretariat(records),
        agencies: agencies(records),
        coordination_interval_months: coordination
            .filter_map(|record| record.content.frequency?.months())
            .min(),
        area: Area {
            subdistricts: places.subdistricts,
            villages: places.villages,
            subdistricts_with_group: count(&subdistricts_with_group(records)),
            villages_with_early_detection: count(&villages_with_early_detection(records)),
        },
        sops: sops(records),
        clocked_risk_levels: clocked_levels(records),
        services: services(records),
        staff: records.staff.iter().map(|record| person(&record.content)).collect(),
        supervision_interval_months: supervision
            .filter_map(|record| record.content.frequency?.months())
            .min(),
        categories: categories(records),
        published_forms: published_forms(records),
        protection: protection(records),
        reports: reports(records),
    }
}

/// The milestones that the registers know.
pub fn milestones(records: &Records) -> Milestones {
    let working_groups = records.teams.iter().filter(|record| {
        matches!(
            record.content.kind,
            Some(TeamKind::WorkingGroup | TeamKind::SteeringTeam)
        )
    });
    let decrees = working_groups.filter_map(|record| record.content.decree_id);
    let signed = decrees.filter_map(|id| {
        let decree = records.instruments.iter().find(|record| record.id == id)?;
        decree.content.signed_on.filter(|_| decree.content.is_enacted())
    });
    let budgets = records
        .instruments
        .iter()
        .filter(|record| record.complete && record.content.is_enacted())
        .filter(|record| record.content.kind == Some(InstrumentKind::BudgetDocument));
    let units = records
        .teams
        .iter()
        .filter(|record| record.content.kind == Some(TeamKind::ExecutingUnit));
    Milestones {
        working_group_decree_on: signed.min(),
        regulation_promulgated_on: regulation(records, InstrumentStage::Promulgation),
        budget_years: budgets
            .filter_map(|record| {
                record
                    .content
                    .year
                    .or_else(|| record.content.signed_on.map(|day| day.year()))
            })
            .collect(),
        first_served_on: units.filter_map(|record| record.content.serving_since).min(),
    }
}

/// The signed documents that records carry, by record.
pub fn documents(records: &Records) -> HashMap<SetupRecordId, RecordDocument> {
    let mut documents = HashMap::new();
    let mut add = |id, file: Option<FileObjectId>, issued_on, valid_until| {
        if let Some(file_id) = file {
            let document = RecordDocument {
                file_id,
                issued_on,
                valid_until,
            };
            documents.insert(id, document);
        }
    };
    for Record { id, content, .. } in &records.instruments {
        let file = content.file_id.filter(|_| content.is_enacted());
        add(*id, file, content.signed_on, content.valid_until);
    }
    for Record { id, content, .. } in &records.sops {
        let file = content.file_id.filter(|_| content.status == Some(SopStatus::InForce));
        add(*id, file, content.effective_on, None);
    }
    for Record { id, content, .. } in &records.agreements {
        add(*id, content.file_id, content.signed_on, content.valid_until);
    }
    for Record { id, content, .. } in &records.standards {
        add(*id, content.file_id, content.effective_on, None);
    }
    documents
}

/// The kinds of setup record that a rule reads.
pub const fn record_kinds(rule: &ComputedRule) -> &'static [&'static str] {
    match rule {
        ComputedRule::Agreements { .. } => &[LegalInstrument::KEY, DataAgreement::KEY, Agency::KEY],
        ComputedRule::RegulationHarmonised {} => &[LegalInstrument::KEY],
        ComputedRule::TeamFilled { .. }
        | ComputedRule::TasksDescribed { .. }
        | ComputedRule::SecretariatRecorded {}
        | ComputedRule::GroupsPerSubdistrict { .. } => &[Team::KEY],
        ComputedRule::FocalPoints { .. } => &[Agency::KEY],
        ComputedRule::CoordinationPlanned { .. } => &[CoordinationRhythm::KEY],
        ComputedRule::SopInForce { .. } | ComputedRule::CaseProcedureComplete { .. } => &[work_mechanism::Sop::KEY],
        ComputedRule::ServicesCatalogued { .. }
        | ComputedRule::ProvidersPerService { .. }
        | ComputedRule::TiersCovered { .. } => &[Service::KEY],
        ComputedRule::ProviderContacts {} => &[Service::KEY, Agency::KEY],
        ComputedRule::EarlyDetectionCoverage { .. } => &[EarlyDetection::KEY],
        ComputedRule::StaffInRoles { .. }
        | ComputedRule::StaffTrained { .. }
        | ComputedRule::PledgesSigned { .. }
        | ComputedRule::SubdistrictsWithOfficer { .. }
        | ComputedRule::CaseloadLimits { .. } => &[StaffMember::KEY],
        ComputedRule::SupervisionArranged { .. } => &[StaffMember::KEY, SupervisionRhythm::KEY],
        ComputedRule::RegisterReady { .. } => &[VulnerabilityCategory::KEY, DataForm::KEY],
        ComputedRule::DataProtectionSet {} => &[DataProtection::KEY, RetentionRule::KEY],
        ComputedRule::ReportsPlanned { .. } => &[ReportPlan::KEY],
    }
}

fn count(set: &Codes) -> u32 {
    u32::try_from(set.len()).unwrap_or(u32::MAX)
}

const fn purpose(kind: AgreementKind) -> AgreementPurpose {
    match kind {
        AgreementKind::Cooperation => AgreementPurpose::Cooperation,
        AgreementKind::DataSharing => AgreementPurpose::DataSharing,
        AgreementKind::DataAccess => AgreementPurpose::DataAccess,
    }
}

/// Agreements of the register and of the data system, one for each other party. One that both hold is told once.
fn agreements(records: &Records) -> Vec<Agreement> {
    let party = |id: SetupRecordId, purpose, signed_on, valid_until| {
        Some(Agreement {
            agency_kind: agency_kind(records, id)?,
            purpose,
            signed_on,
            valid_until,
        })
    };
    let register = records
        .instruments
        .iter()
        .filter(|record| record.complete && record.content.is_enacted());
    let of_register = register.flat_map(|record| {
        let instrument = &record.content;
        let purpose = instrument.agreement.map(purpose);
        let parties = instrument.party_agency_ids.iter();
        parties.filter_map(move |id| party(*id, purpose?, instrument.signed_on, instrument.valid_until))
    });
    let in_register = |id: Option<SetupRecordId>| {
        records.instruments.iter().any(|record| {
            Some(record.id) == id && record.content.kind == Some(InstrumentKind::Agreement) && record.complete
        })
    };
    let of_data = records
        .agreements
        .iter()
        .filter(|record| record.complete && !in_register(record.content.instrument_id))
        .filter_map(|record| {
            let agreement = &record.content;
            let purpose = agreement.purpose.map(purpose)?;
            party(
                agreement.party_agency_id?,
                purpose,
                agreement.signed_on,
                agreement.valid_until,
            )
        });
    of_register.chain(of_data).collect()
}

fn agency_kind(records: &Records, id: SetupRecordId) -> Option<String> {
    let agency = records.agencies.iter().find(|record| record.id == id)?;
    agency.content.kind.map(|kind| kind.code().to_owned())
}

/// When the regulation that PKSAI stands on reached a stage.
fn regulation(records: &Records, stage: InstrumentStage) -> Option<NaiveDate> {
    let is_basis = |instrument: &LegalInstrument| {
        let of_kind = instrument.kind == Some(InstrumentKind::RegentRegulation);
        instrument.is_pksai_basis && of_kind
    };
    let reached = records
        .instruments
        .iter()
        .filter(|record| record.complete && is_basis(&record.content))
        .flat_map(|record| &record.content.stages)
        .filter(|entry| entry.stage == Some(stage));
    reached.filter_map(|entry| entry.reached_on).min()
}

fn team(record: &Record<Team>) -> Option<configuration::Team> {
    let position = |position: &crate::setup::institution::TeamPosition| {
        Some(Position {
            kind: position.kind?.code().to_owned(),
            filled: position.is_filled(),
            has_tasks: !position.tasks.is_empty(),
        })
    };
    Some(configuration::Team {
        kind: record.content.kind?.code().to_owned(),
        positions: record.content.positions.iter().filter_map(position).collect(),
    })
}

/// What is recorded of the secretariat's place.
fn secretariat(records: &Records) -> Secretariat {
    let places = || {
        let teams = records.teams.iter().map(|record| &record.content);
        teams.filter(|team| team.kind == Some(TeamKind::Secretariat))
    };
    Secretariat {
        has_address: places().any(|place| !place.address.is_empty()),
        has_hotline: places().any(|place| !place.hotline.is_empty()),
        has_private_room: places().any(|place| place.rooms.iter().any(|room| room.is_private)),
    }
}

fn agencies(records: &Records) -> Vec<configuration::Agency> {
    let agency = |record: &Record<crate::setup::institution::Agency>| {
        Some(configuration::Agency {
            kind: record.content.kind?.code().to_owned(),
            has_focal_point: record.content.focal_points.iter().any(FocalPoint::can_be_reached),
        })
    };
    records.agencies.iter().filter_map(agency).collect()
}

/// Length of a subdistrict's code, such as 73.02.01.
const SUBDISTRICT_CODE: usize = 8;

fn subdistricts_with_group(records: &Records) -> Codes {
    let groups = records
        .teams
        .iter()
        .filter(|record| record.complete && record.content.kind == Some(TeamKind::AreaGroup));
    groups
        .filter_map(|record| record.content.region_code.get(..SUBDISTRICT_CODE))
        .map(str::to_owned)
        .collect()
}

fn villages_with_early_detection(records: &Records) -> Codes {
    let places = records.early_detection.iter().filter(|record| record.complete);
    places.flat_map(|record| record.content.village_codes.clone()).collect()
}

fn sops(records: &Records) -> Vec<Sop> {
    let sop = |record: &Record<crate::setup::work_mechanism::Sop>| {
        let sop = &record.content;
        let in_force = record.complete && sop.status == Some(SopStatus::InForce);
        Some(Sop {
            kind: sop.kind?.code().to_owned(),
            in_force_since: sop.effective_on.filter(|_| in_force),
            bound_stages: sop.bound_stages().iter().map(|stage| stage.code().to_owned()).collect(),
        })
    };
    records.sops.iter().filter_map(sop).collect()
}

/// Levels whose limits are set, be it in a draft: that the SOP is in force is counted by itself.
fn clocked_levels(records: &Records) -> Codes {
    let current = records
        .sops
        .iter()
        .filter(|record| record.content.status != Some(SopStatus::Replaced));
    current
        .flat_map(|record| record.content.clocked_levels())
        .map(|level| level.code().to_owned())
        .collect()
}

fn services(records: &Records) -> Vec<configuration::Service> {
    let reachable: BTreeSet<SetupRecordId> = records
        .agencies
        .iter()
        .filter(|record| record.content.focal_points.iter().any(FocalPoint::can_be_reached))
        .map(|record| record.id)
        .collect();
    // A provider without a contact of its own is reached at the agency's focal points.
    let provider = |provider: &ServiceProvider| {
        let agency = provider.agency_id?;
        Some(Provider {
            id: agency.to_string(),
            has_contact: provider.has_contact() || reachable.contains(&agency),
        })
    };
    let service = |record: &Record<crate::setup::service_range::Service>| {
        let service = &record.content;
        Some(configuration::Service {
            domain: service.domain?.code().to_owned(),
            tiers: service.tiers.iter().map(|tier| tier.code().to_owned()).collect(),
            providers: service.providers.iter().filter_map(provider).collect(),
            has_requirements: service.has_requirements(),
            has_duration: service.working_days.is_some(),
        })
    };
    records.services.iter().filter_map(service).collect()
}

fn person(member: &StaffMember) -> Person {
    let trainings = member.trainings.iter().filter_map(|training| {
        Some(Training {
            kind: training.kind?.code().to_owned(),
            held_on: training.held_on?,
            valid_until: training.valid_until,
        })
    });
    Person {
        roles: member.roles.iter().map(|role| role.code().to_owned()).collect(),
        started_on: member.started_on,
        left_on: member.left_on,
        has_decree: member.decree_id.is_some(),
        trainings: trainings.collect(),
        has_supervisor: member.supervisor_id.is_some(),
        pledge_signed_on: member.pledge_signed_on,
        caseload_limit: member.caseload_limit,
        subdistricts: member.subdistrict_codes.iter().cloned().collect(),
    }
}

fn categories(records: &Records) -> Vec<Category> {
    let category = |record: &Record<crate::setup::data_system::VulnerabilityCategory>| {
        let answers = record.content.domains.len() + record.content.service_ids.len();
        Category {
            code: record.content.code.clone(),
            services: u32::try_from(answers).unwrap_or(u32::MAX),
        }
    };
    records.categories.iter().map(category).collect()
}

fn published_forms(records: &Records) -> Codes {
    let published = records
        .forms
        .iter()
        .filter(|record| record.complete && record.content.status == Some(FormStatus::Published));
    published
        .filter_map(|record| record.content.form.map(|form| form.code().to_owned()))
        .collect()
}

fn protection(records: &Records) -> Protection {
    let set = || records.protection.iter().map(|record| &record.content);
    Protection {
        has_retention: records.retention.iter().any(|record| record.complete),
        has_contact: set().any(crate::setup::data_system::DataProtection::has_contact),
        access_reviewed: set().any(|protection| protection.access_reviewed_on.is_some()),
    }
}

fn reports(records: &Records) -> Vec<configuration::ReportPlan> {
    let plan = |record: &Record<crate::setup::data_system::ReportPlan>| configuration::ReportPlan {
        has_rhythm: record
            .content
            .frequency
            .is_some_and(|frequency| frequency.months().is_some()),
        has_recipient: record.content.has_recipient(),
    };
    records.reports.iter().map(plan).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::readiness::{Progress, evaluate};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
    }

    fn record<K: serde::de::DeserializeOwned>(complete: bool, content: serde_json::Value) -> Record<K> {
        Record {
            id: SetupRecordId::generate(),
            complete,
            content: serde_json::from_value(content).unwrap(),
        }
    }

    fn of(records: &Records) -> Configuration {
        configuration(records, Places::default())
    }

    #[test]
    fn rules_read_kinds_that_exist() {
        let standard = crate::readiness::Standard::parse(crate::readiness::standard::NEWEST).unwrap();
        for (_, item) in standard.items() {
            let crate::readiness::JudgedBy::Computed { rule, .. } = &item.judged_by else {
                continue;
            };
            let kinds = record_kinds(rule);
            assert!(!kinds.is_empty(), "{}", item.code);
            assert!(
                kinds.iter().all(|key| crate::setup::kind(key).is_some()),
                "{}",
                item.code
            );
        }
    }

    #[test]
    fn an_incomplete_person_keeps_the_share_down() {
        let records = Records {
            staff: vec![
                record(
                    true,
                    json!({ "roles": ["social_worker"], "pledge_signed_on": "2026-01-05" }),
                ),
                record(false, json!({ "roles": ["social_worker"] })),
                record(true, json!({ "roles": ["social_worker"], "left_on": "2026-11-20" })),
                record(
                    true,
                    json!({ "roles": ["social_worker"], "pledge_signed_on": "2027-01-05" }),
                ),
            ],
            ..Records::default()
        };
        let rule = ComputedRule::PledgesSigned { share_percent: 100 };
        assert_eq!(evaluate(&rule, &of(&records), today()), Progress::new(1, 3));
    }

    #[test]
    fn an_incomplete_sop_is_not_in_force() {
        let sop = json!({ "kind": "complaint", "status": "in_force", "effective_on": "2026-01-05" });
        for (complete, done) in [(true, 1), (false, 0)] {
            let records = Records {
                sops: vec![record(complete, sop.clone())],
                ..Records::default()
            };
            let rule = ComputedRule::SopInForce {
                sop_kind: "complaint".to_owned(),
            };
            assert_eq!(evaluate(&rule, &of(&records), today()), Progress::new(done, 1));
        }
    }

    #[test]
    fn an_agreement_in_both_registers_counts_once() {
        let agency: Record<crate::setup::institution::Agency> = record(true, json!({ "kind": "civil_registry" }));
        let instrument: Record<LegalInstrument> = record(
            true,
            json!({ "kind": "agreement", "agreement": "data_sharing", "party_agency_ids": [agency.id],
                "stages": [{ "stage": "enactment" }], "signed_on": "2026-01-05" }),
        );
        let twin = json!({ "purpose": "data_sharing", "party_agency_id": agency.id, "instrument_id": instrument.id,
            "signed_on": "2026-01-05" });
        let records = Records {
            agencies: vec![agency],
            instruments: vec![instrument],
            agreements: vec![record(true, twin)],
            ..Records::default()
        };
        assert_eq!(of(&records).agreements.len(), 1);
    }

    #[test]
    fn groups_count_by_subdistrict() {
        let group = |code: &str| json!({ "kind": "area_group", "region_code": code });
        let records = Records {
            teams: vec![
                record(true, group("73.02.01")),
                record(true, group("73.02.01.2001")),
                record(true, group("73.02.02.1001")),
                record(false, group("73.02.03")),
            ],
            ..Records::default()
        };
        assert_eq!(of(&records).area.subdistricts_with_group, 2);
    }

    #[test]
    fn a_provider_is_reached_at_the_agency_too() {
        let reachable = json!({ "focal_points": [{ "name": "Contoh", "phone": "+62413" }] });
        let agencies = vec![record(true, reachable), record(true, json!({}))];
        let providers: Vec<_> = agencies
            .iter()
            .map(|agency: &Record<_>| json!({ "agency_id": agency.id }))
            .collect();
        let records = Records {
            services: vec![record(true, json!({ "domain": "health", "providers": providers }))],
            agencies,
            ..Records::default()
        };
        let contacts: Vec<bool> = of(&records).services[0]
            .providers
            .iter()
            .map(|provider| provider.has_contact)
            .collect();
        assert_eq!(contacts, [true, false]);
    }

    #[test]
    fn milestones_come_from_the_registers() {
        for team_kind in ["working_group", "steering_team"] {
            let decree: Record<LegalInstrument> = record(
                true,
                json!({ "kind": "decree", "stages": [{ "stage": "enactment" }], "signed_on": "2020-02-03" }),
            );
            let team = record(true, json!({ "kind": team_kind, "decree_id": decree.id }));
            let budget = json!({ "kind": "budget_document", "year": 2021, "stages": [{ "stage": "enactment" }] });
            let records = Records {
                instruments: vec![decree, record(true, budget.clone()), record(false, budget)],
                teams: vec![
                    team,
                    record(
                        false,
                        json!({ "kind": "executing_unit", "serving_since": "2020-09-07" }),
                    ),
                    record(false, json!({ "kind": "secretariat", "serving_since": "2019-01-01" })),
                ],
                ..Records::default()
            };
            let expected = Milestones {
                working_group_decree_on: NaiveDate::from_ymd_opt(2020, 2, 3),
                regulation_promulgated_on: None,
                budget_years: vec![2021],
                first_served_on: NaiveDate::from_ymd_opt(2020, 9, 7),
            };
            assert_eq!(milestones(&records), expected, "{team_kind}");
        }
    }
}
