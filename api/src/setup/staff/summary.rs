//! How many people there are in which role and kecamatan, and how many cases they can carry.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::Json;
use chrono::{NaiveDate, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use utoipa::ToSchema;

use super::StaffMember;
use crate::{
    auth::{InDistrict, perm},
    day,
    districts::own_district,
    endpoints,
    error::ApiResult,
    http::endpoint::Endpoints,
    setup::{codes::StaffRole, store},
};

/// People at work, by role and kecamatan.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct StaffSummary {
    /// People at work today.
    #[schema(example = 12)]
    pub people: u32,
    /// Those appointed by decree.
    pub with_decree: u32,
    /// Those who signed the code of conduct.
    pub with_pledge: u32,
    /// Those with an account.
    pub with_account: u32,
    /// Those who carry cases.
    pub case_carriers: u32,
    /// Cases that they may carry together, where a limit is set.
    #[schema(example = 75)]
    pub case_capacity: u32,
    /// Those who carry cases without a limit.
    pub without_limit: u32,
    /// People by role; a person with two roles counts in both.
    pub roles: Vec<StaffRoleCount>,
    /// Every kecamatan of the district with the people who cover it.
    pub subdistricts: Vec<StaffSubdistrict>,
}

/// People in one role.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct StaffRoleCount {
    /// The role.
    pub role: StaffRole,
    /// How many.
    #[schema(example = 3)]
    pub people: u32,
}

/// People who cover one kecamatan.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct StaffSubdistrict {
    /// Its code.
    #[schema(example = "73.06.01")]
    pub code: String,
    /// Its name.
    #[schema(example = "Bontonompo")]
    pub name: String,
    /// How many.
    #[schema(example = 1)]
    pub people: u32,
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The summary of a staff list on a day; `subdistricts` are all of the district, by code and name.
#[must_use]
pub fn summarise(staff: &[StaffMember], subdistricts: &[(String, String)], day: NaiveDate) -> StaffSummary {
    let staff: Vec<&StaffMember> = staff.iter().filter(|person| person.is_at_work(day)).collect();
    let count = |holds: &dyn Fn(&StaffMember) -> bool| number(staff.iter().filter(|person| holds(person)).count());
    let mut covered: BTreeMap<&str, u32> = BTreeMap::new();
    for person in &staff {
        for code in person.subdistrict_codes.iter().collect::<BTreeSet<_>>() {
            *covered.entry(code).or_default() += 1;
        }
    }
    let carriers = staff.iter().filter(|person| person.carries_cases());
    StaffSummary {
        people: number(staff.len()),
        with_decree: count(&|person| person.decree_id.is_some()),
        with_pledge: count(&|person| person.pledge_signed_on.is_some()),
        with_account: count(&|person| person.account_id.is_some()),
        case_carriers: count(&StaffMember::carries_cases),
        case_capacity: carriers.filter_map(|person| person.caseload_limit).sum(),
        without_limit: count(&|person| person.carries_cases() && person.caseload_limit.is_none()),
        roles: StaffRole::ALL
            .iter()
            .map(|role| StaffRoleCount {
                role: *role,
                people: count(&|person| person.roles.contains(role)),
            })
            .collect(),
        subdistricts: subdistricts
            .iter()
            .map(|(code, name)| StaffSubdistrict {
                code: code.clone(),
                name: name.clone(),
                people: covered.get(code.as_str()).copied().unwrap_or(0),
            })
            .collect(),
    }
}

/// See how many people there are by role and kecamatan
///
/// Counts people who are at work today and not archived.
#[utoipa::path(get, path = "/api/v1/districts/{code}/setup/staff/summary", tag = "setup: staff",
    responses((status = 200, body = StaffSummary)))]
async fn get_staff_summary(who: InDistrict<perm::SetupRead>) -> ApiResult<Json<StaffSummary>> {
    let tx = who.tenant().await?;
    let staff = store::contents::<StaffMember>(&tx).await?;
    let staff: Vec<StaffMember> = staff.into_iter().map(|(_, person)| person).collect();
    let subdistricts = entity::region::Entity::find()
        .filter(entity::region::Column::ParentCode.eq(&who.district.code))
        .order_by_asc(entity::region::Column::Code)
        .all(&tx)
        .await?;
    let subdistricts: Vec<(String, String)> = subdistricts.into_iter().map(|row| (row.code, row.name)).collect();
    let zone = own_district(&tx).await?.time_zone;
    Ok(Json(summarise(&staff, &subdistricts, day::in_zone(Utc::now(), &zone))))
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_staff_summary);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_who_left_do_not_count() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        let person = |limit, left_on, codes: &[&str]| StaffMember {
            roles: vec![StaffRole::CaseManager, StaffRole::Supervisor],
            caseload_limit: limit,
            left_on,
            subdistrict_codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            ..StaffMember::default()
        };
        let staff = [
            person(Some(25), None, &["73.06.01", "73.06.01"]),
            person(None, Some(day), &["73.06.01"]),
            person(Some(20), day.pred_opt(), &["73.06.02"]),
        ];
        let area = [
            ("73.06.01".to_owned(), "Bontonompo".to_owned()),
            ("73.06.02".to_owned(), "Bajeng".to_owned()),
        ];
        let summary = summarise(&staff, &area, day);
        assert_eq!(
            (summary.people, summary.case_carriers, summary.without_limit),
            (2, 2, 1)
        );
        assert_eq!(summary.case_capacity, 25);
        let covered: Vec<u32> = summary.subdistricts.iter().map(|area| area.people).collect();
        assert_eq!(covered, [2, 0]);
        let managers = summary.roles.iter().find(|line| line.role == StaffRole::CaseManager);
        assert_eq!(managers.map(|line| line.people), Some(2));
    }
}
