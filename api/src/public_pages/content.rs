//! What of a district's setup is for everybody: a plain function, and the only place that decides it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    readiness::records::{Record, Records},
    setup::{
        codes::{ServiceDomain, TeamKind},
        service_range::Service,
    },
};

/// The derived part of a public page, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicContent {
    /// Address of the secretariat.
    pub address: String,
    /// Its phone number for the public.
    pub hotline: String,
    /// Its email for the public.
    pub email: String,
    /// When it is open.
    pub opening_hours: String,
    /// Services that the district shows.
    pub services: Vec<PublishedService>,
    /// People whose names the district shows.
    pub people: Vec<PublishedPerson>,
}

/// A service as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedService {
    /// Which of the eight services.
    pub domain: ServiceDomain,
    /// Its name.
    pub name: String,
    /// What the child gets.
    pub description: String,
    /// Names of the agencies that give it.
    pub providers: Vec<String>,
    /// Youngest age.
    pub min_age: Option<u8>,
    /// Oldest age.
    pub max_age: Option<u8>,
    /// Categories that qualify, in Indonesian and English; none for every child.
    pub categories: Vec<(String, String)>,
    /// Who else qualifies.
    pub eligibility: String,
    /// Papers to bring.
    pub requirements: Vec<String>,
    /// How long it takes in working days.
    pub working_days: Option<u32>,
    /// What it costs.
    pub cost: String,
    /// Where.
    pub place: String,
    /// When.
    pub hours: String,
}

/// A member of staff as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedPerson {
    /// The name.
    pub name: String,
    /// The position.
    pub position: String,
}

/// The public part of the setup on the day `today`: complete services marked as public, people at work who are marked so.
/// Contacts for referrals stay inside.
pub fn content(records: &Records, today: NaiveDate) -> PublicContent {
    let mut places = records
        .teams
        .iter()
        .map(|record| &record.content)
        .filter(|team| team.kind == Some(TeamKind::Secretariat));
    let place = places.next().cloned().unwrap_or_default();
    let people = records
        .staff
        .iter()
        .map(|record| &record.content)
        .filter(|person| person.is_public && person.is_at_work(today));
    PublicContent {
        address: place.address,
        hotline: place.hotline,
        email: place.email,
        opening_hours: place.opening_hours,
        services: records
            .services
            .iter()
            .filter_map(|record| service(records, record))
            .collect(),
        people: people
            .map(|person| PublishedPerson {
                name: person.name.clone(),
                position: person.position.clone(),
            })
            .collect(),
    }
}

fn service(records: &Records, record: &Record<Service>) -> Option<PublishedService> {
    let service = &record.content;
    let domain = service.domain.filter(|_| service.is_public && record.complete)?;
    let agency = |id| records.agencies.iter().find(|record| Some(record.id) == id);
    let providers = service.providers.iter();
    let categories = service
        .category_ids
        .iter()
        .filter_map(|id| records.categories.iter().find(|record| record.id == *id));
    Some(PublishedService {
        domain,
        name: service.name.clone(),
        description: service.description.clone(),
        providers: providers
            .filter_map(|provider| Some(agency(provider.agency_id)?.content.name.clone()))
            .collect(),
        min_age: service.min_age,
        max_age: service.max_age,
        categories: categories
            .map(|record| (record.content.name_id.clone(), record.content.name_en.clone()))
            .collect(),
        eligibility: service.eligibility.clone(),
        requirements: service.requirements.clone(),
        working_days: service.working_days,
        cost: service.cost.clone(),
        place: service.place.clone(),
        hours: service.hours.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Record, Records, content};
    use crate::setup::{kind::SetupKind, service_range::Service, staff::StaffMember};
    use chrono::NaiveDate;
    use entity::ids::SetupRecordId;

    fn record<K>(complete: bool, content: K) -> Record<K> {
        Record {
            id: SetupRecordId::generate(),
            complete,
            content,
        }
    }

    #[test]
    fn only_what_was_chosen_is_public() {
        let service = |name: &str, is_public| Service {
            name: name.to_owned(),
            is_public,
            ..Service::example()
        };
        let person = |name: &str, is_public, left_on| StaffMember {
            name: name.to_owned(),
            is_public,
            left_on,
            ..StaffMember::default()
        };
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
        let records = Records {
            services: vec![
                record(true, service("Akta kelahiran", true)),
                record(true, service("Rumah aman", false)),
                record(false, service("Setengah jadi", true)),
            ],
            staff: vec![
                record(true, person("Contoh Terbuka", true, None)),
                record(true, person("Contoh Tertutup", false, None)),
                record(true, person("Contoh Pergi", true, today.pred_opt())),
            ],
            ..Records::default()
        };
        let page = content(&records, today);
        let names: Vec<&str> = page.services.iter().map(|service| service.name.as_str()).collect();
        assert_eq!(names, ["Akta kelahiran"]);
        let people: Vec<&str> = page.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(people, ["Contoh Terbuka"]);
        let kept = serde_json::to_string(&page).unwrap();
        assert!(!kept.contains("contact"), "{kept}");
    }
}
