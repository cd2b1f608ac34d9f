//! The rules over the configuration: each counts how many parts of what it asks for are there.
//!
//! A share of a count is rounded up: half of five subdistricts is three. Where there is nothing to count (no staff, no
//! subdistricts known), one part is needed and none is there: an empty list meets no rule.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::configuration::{Agreement, Configuration, Person, Service};
use super::rules::Progress;
use super::standard::{AgreementPurpose, ComputedRule};

/// How much of what the rule asks for is there on the day `as_of`.
pub fn evaluate(rule: &ComputedRule, district: &Configuration, as_of: NaiveDate) -> Progress {
    match rule {
        ComputedRule::Agreements {
            purpose,
            agency_kinds,
            at_least,
        } => Progress::new(
            agreements(&district.agreements, *purpose, agency_kinds, as_of),
            *at_least,
        ),
        ComputedRule::RegulationHarmonised {} => {
            all_of([district.regulation_harmonised_on.is_some_and(|day| day <= as_of)])
        }
        ComputedRule::TeamFilled { teams, positions } => team_filled(district, teams, positions),
        ComputedRule::TasksDescribed { teams } => tasks_described(district, teams),
        ComputedRule::SecretariatRecorded {} => {
            let place = &district.secretariat;
            all_of([place.has_address, place.has_hotline, place.has_private_room])
        }
        ComputedRule::FocalPoints { agency_kinds } => each(agency_kinds, |kind| {
            district
                .agencies
                .iter()
                .any(|agency| agency.kind == *kind && agency.has_focal_point)
        }),
        ComputedRule::CoordinationPlanned { max_interval_months } => all_of([often_enough(
            district.coordination_interval_months,
            *max_interval_months,
        )]),
        ComputedRule::GroupsPerSubdistrict { share_percent } => {
            let area = &district.area;
            share(
                u64::from(area.subdistricts_with_group),
                u64::from(area.subdistricts),
                *share_percent,
            )
        }
        ComputedRule::SopInForce { sop_kind } => all_of([sop_in_force(district, sop_kind, as_of)]),
        ComputedRule::CaseProcedureComplete {
            sop_kind,
            stages,
            risk_levels,
        } => {
            let stages = each(stages, |stage| stage_bound(district, sop_kind, stage, as_of));
            let levels = each(risk_levels, |level| district.clocked_risk_levels.contains(level));
            all_of([sop_in_force(district, sop_kind, as_of)]) + stages + levels
        }
        ComputedRule::ServicesCatalogued { domains } => each(domains, |domain| {
            let complete = |s: &&Service| s.has_requirements && s.has_duration && !s.providers.is_empty();
            services_in(district, domain).any(|service| complete(&service))
        }),
        ComputedRule::ProvidersPerService { domains, at_least } => each(domains, |domain| {
            let providers = services_in(district, domain).flat_map(|service| &service.providers);
            let distinct = providers
                .map(|provider| &provider.id)
                .collect::<std::collections::BTreeSet<_>>();
            distinct.len() >= *at_least as usize
        }),
        ComputedRule::ProviderContacts {} => provider_contacts(district),
        ComputedRule::TiersCovered { tiers } => each(tiers, |tier| {
            district.services.iter().any(|service| service.tiers.contains(tier))
        }),
        ComputedRule::EarlyDetectionCoverage { share_percent } => {
            let area = &district.area;
            share(
                u64::from(area.villages_with_early_detection),
                u64::from(area.villages),
                *share_percent,
            )
        }
        ComputedRule::StaffInRoles { slots, with_decree } => each(slots, |roles| {
            in_roles(district, roles, as_of).any(|person| person.has_decree || !with_decree)
        }),
        ComputedRule::StaffTrained {
            training,
            roles,
            share_percent,
        } => share_of(in_roles(district, roles, as_of), *share_percent, |person| {
            is_trained(person, training, as_of)
        }),
        ComputedRule::SupervisionArranged {
            roles,
            max_interval_months,
        } => {
            all_of([often_enough(district.supervision_interval_months, *max_interval_months)])
                + share_of(in_roles(district, roles, as_of), 100, |person| person.has_supervisor)
        }
        ComputedRule::PledgesSigned { share_percent } => share_of(at_work(district, as_of), *share_percent, |person| {
            person.pledge_signed_on.is_some_and(|day| day <= as_of)
        }),
        ComputedRule::SubdistrictsWithOfficer { roles, share_percent } => {
            let covered = in_roles(district, roles, as_of).flat_map(|person| &person.subdistricts);
            let covered = covered.collect::<std::collections::BTreeSet<_>>().len();
            share(covered as u64, u64::from(district.area.subdistricts), *share_percent)
        }
        ComputedRule::CaseloadLimits { roles, max_cases } => {
            let limited = |person: &&Person| person.caseload_limit.is_some_and(|limit| limit <= *max_cases);
            share_of(in_roles(district, roles, as_of), 100, limited)
        }
        ComputedRule::RegisterReady { forms } => {
            share_of(district.categories.iter(), 100, |category| category.services > 0)
                + each(forms, |form| district.published_forms.contains(form))
        }
        ComputedRule::DataProtectionSet {} => {
            let set = &district.protection;
            all_of([set.has_retention, set.has_contact, set.access_reviewed])
        }
        ComputedRule::ReportsPlanned { at_least } => {
            let planned = district
                .reports
                .iter()
                .filter(|report| report.has_rhythm && report.has_recipient);
            Progress::new(planned.count() as u64, *at_least)
        }
    }
}

/// Kinds of agency with an agreement in force; with no kinds named, the number of agreements.
fn agreements(list: &[Agreement], purpose: AgreementPurpose, kinds: &[String], as_of: NaiveDate) -> u64 {
    let in_force = |agreement: &&Agreement| {
        agreement.purpose == purpose
            && agreement.signed_on.is_some_and(|day| day <= as_of)
            && agreement.valid_until.is_none_or(|day| as_of <= day)
    };
    if kinds.is_empty() {
        return list.iter().filter(in_force).count() as u64;
    }
    kinds
        .iter()
        .filter(|kind| list.iter().filter(in_force).any(|a| a.agency_kind == **kind))
        .count() as u64
}

/// Positions that are filled in the fullest of these teams; two halves of different teams make no whole.
fn team_filled(district: &Configuration, teams: &[String], positions: &[String]) -> Progress {
    let filled = |team: &String| {
        each(positions, |wanted| {
            let mut held = positions_of(district, team);
            held.any(|position| position.kind == *wanted && position.filled)
        })
    };
    let fullest = teams.iter().map(filled).max_by_key(|progress| progress.done);
    fullest.unwrap_or_else(|| each(positions, |_| false))
}

/// Positions with described tasks out of all positions of these teams; a team without positions is one part missing.
fn tasks_described(district: &Configuration, teams: &[String]) -> Progress {
    teams.iter().fold(Progress::default(), |sum, team| {
        sum + share_of(positions_of(district, team), 100, |position| position.has_tasks)
    })
}

/// Distinct providers with a contact out of all; one that has a contact at any service has it.
fn provider_contacts(district: &Configuration) -> Progress {
    let mut contacts: BTreeMap<&str, bool> = BTreeMap::new();
    for provider in district.services.iter().flat_map(|service| &service.providers) {
        *contacts.entry(&provider.id).or_default() |= provider.has_contact;
    }
    share_of(contacts.into_values(), 100, |has_contact| *has_contact)
}

fn positions_of<'a>(
    district: &'a Configuration,
    team: &'a str,
) -> impl Iterator<Item = &'a super::configuration::Position> {
    district
        .teams
        .iter()
        .filter(move |found| found.kind == team)
        .flat_map(|found| &found.positions)
}

fn services_in<'a>(district: &'a Configuration, domain: &'a str) -> impl Iterator<Item = &'a Service> {
    district.services.iter().filter(move |service| service.domain == domain)
}

/// The people who are at work on a day.
fn at_work(district: &Configuration, as_of: NaiveDate) -> impl Iterator<Item = &Person> {
    district.staff.iter().filter(move |person| {
        person.started_on.is_none_or(|first| first <= as_of) && person.left_on.is_none_or(|last| as_of <= last)
    })
}

fn in_roles<'a>(
    district: &'a Configuration,
    roles: &'a [String],
    as_of: NaiveDate,
) -> impl Iterator<Item = &'a Person> {
    at_work(district, as_of).filter(|person| roles.iter().any(|role| person.roles.contains(role)))
}

fn is_trained(person: &Person, training: &str, as_of: NaiveDate) -> bool {
    let counts = |day: Option<NaiveDate>| day.is_none_or(|day| as_of <= day);
    person
        .trainings
        .iter()
        .any(|taken| taken.kind == training && taken.held_on <= as_of && counts(taken.valid_until))
}

fn sop_in_force(district: &Configuration, kind: &str, as_of: NaiveDate) -> bool {
    let in_force = |since: Option<NaiveDate>| since.is_some_and(|day| day <= as_of);
    district
        .sops
        .iter()
        .any(|sop| sop.kind == kind && in_force(sop.in_force_since))
}

fn stage_bound(district: &Configuration, kind: &str, stage: &str, as_of: NaiveDate) -> bool {
    let in_force = |since: Option<NaiveDate>| since.is_some_and(|day| day <= as_of);
    let mut sops = district
        .sops
        .iter()
        .filter(|sop| sop.kind == kind && in_force(sop.in_force_since));
    sops.any(|sop| sop.bound_stages.contains(stage))
}

fn often_enough(interval_months: Option<u32>, longest: u32) -> bool {
    interval_months.is_some_and(|months| (1..=longest).contains(&months))
}

/// One part for each wanted thing.
fn each<T>(wanted: &[T], there: impl Fn(&T) -> bool) -> Progress {
    let done = wanted.iter().filter(|thing| there(thing)).count();
    Progress::new(done as u64, u32::try_from(wanted.len()).unwrap_or(u32::MAX))
}

/// One part for each fact.
fn all_of<const N: usize>(facts: [bool; N]) -> Progress {
    each(&facts, |fact| *fact)
}

/// The part of a list for which something holds, against a share of the list.
fn share_of<T>(list: impl Iterator<Item = T>, percent: u32, holds: impl Fn(&T) -> bool) -> Progress {
    let (done, total) = list.fold((0, 0), |(done, total), thing| {
        (done + u64::from(holds(&thing)), total + 1)
    });
    share(done, total, percent)
}

/// `done` against a share of `total`, rounded up, one at least.
fn share(done: u64, total: u64, percent: u32) -> Progress {
    let needed = (total * u64::from(percent)).div_ceil(100).max(1);
    Progress::new(done, u32::try_from(needed).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
