//! The coverage matrix: which of the eight services exist on which of the three tiers, and where the gaps are.

use std::collections::BTreeSet;

use actix_web::web::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::Service;
use crate::{
    auth::{InDistrict, perm},
    endpoints,
    error::ApiResult,
    http::endpoint::Endpoints,
    setup::{
        codes::{ServiceDomain, Tier},
        store,
    },
};

/// Services by domain and tier.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct ServiceCoverage {
    /// A cell for each domain and tier, in the order of the lists.
    pub cells: Vec<ServiceCoverageCell>,
    /// A line for each domain.
    pub domains: Vec<ServiceDomainCoverage>,
}

/// Services of one domain on one tier.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct ServiceCoverageCell {
    /// The domain.
    pub domain: ServiceDomain,
    /// The tier.
    pub tier: Tier,
    /// Services in use.
    #[schema(example = 2)]
    pub services: u32,
    /// Different agencies that give them.
    #[schema(example = 1)]
    pub providers: u32,
    /// Nothing there, or nobody who gives it.
    pub is_gap: bool,
}

/// Services of one domain.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct ServiceDomainCoverage {
    /// The domain.
    pub domain: ServiceDomain,
    /// Services in use, a service on several tiers counted once.
    #[schema(example = 2)]
    pub services: u32,
    /// Different agencies that give them.
    #[schema(example = 1)]
    pub providers: u32,
    /// Nothing there, or nobody who gives it.
    pub is_gap: bool,
}

fn count(services: &[Service], belongs: impl Fn(&Service) -> bool) -> (u32, u32) {
    let found: Vec<&Service> = services.iter().filter(|service| belongs(service)).collect();
    let agencies: BTreeSet<_> = found
        .iter()
        .flat_map(|service| service.providers.iter().filter_map(|provider| provider.agency_id))
        .collect();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    (number(found.len()), number(agencies.len()))
}

/// The matrix of a catalogue.
#[must_use]
pub fn coverage(services: &[Service]) -> ServiceCoverage {
    let mut cells = Vec::new();
    let mut domains = Vec::new();
    for domain in ServiceDomain::ALL.iter().copied() {
        for tier in Tier::ALL.iter().copied() {
            let (found, providers) = count(services, |service| {
                service.domain == Some(domain) && service.tiers.contains(&tier)
            });
            cells.push(ServiceCoverageCell {
                domain,
                tier,
                services: found,
                providers,
                is_gap: providers == 0,
            });
        }
        let (found, providers) = count(services, |service| service.domain == Some(domain));
        domains.push(ServiceDomainCoverage {
            domain,
            services: found,
            providers,
            is_gap: providers == 0,
        });
    }
    ServiceCoverage { cells, domains }
}

/// See which services exist on which tier, and where the gaps are
///
/// A gap is a domain, or a domain on a tier, for which no agency gives a service. Not every cell has to be filled: the
/// standard asks for each domain and for each tier.
#[utoipa::path(get, path = "/api/v1/districts/{code}/setup/service-range/coverage", tag = "setup: service range",
    responses((status = 200, body = ServiceCoverage)))]
async fn get_service_coverage(who: InDistrict<perm::SetupRead>) -> ApiResult<Json<ServiceCoverage>> {
    let tx = who.tenant().await?;
    let services = store::contents::<Service>(&tx).await?;
    let services: Vec<Service> = services.into_iter().map(|(_, service)| service).collect();
    Ok(Json(coverage(&services)))
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_service_coverage);
}

#[cfg(test)]
mod tests {
    use entity::ids::SetupRecordId;

    use super::*;
    use crate::setup::service_range::ServiceProvider;

    #[test]
    fn gaps_are_where_nobody_gives_a_service() {
        let provider = ServiceProvider {
            agency_id: Some(SetupRecordId::generate()),
            ..ServiceProvider::default()
        };
        let health = Service {
            domain: Some(ServiceDomain::Health),
            tiers: vec![Tier::Primary, Tier::Secondary],
            providers: vec![provider.clone(), provider],
            ..Service::default()
        };
        let unstaffed = Service {
            domain: Some(ServiceDomain::LegalAid),
            tiers: vec![Tier::Tertiary],
            ..Service::default()
        };
        let matrix = coverage(&[health.clone(), health, unstaffed, Service::default()]);
        assert_eq!((matrix.cells.len(), matrix.domains.len()), (24, 8));
        let filled: Vec<_> = matrix.cells.iter().filter(|cell| !cell.is_gap).collect();
        assert_eq!(filled.len(), 2);
        assert!(filled.iter().all(|cell| (cell.services, cell.providers) == (2, 1)));
        let line = |domain| matrix.domains.iter().find(|line| line.domain == domain).unwrap();
        assert_eq!(
            (line(ServiceDomain::Health).services, line(ServiceDomain::Health).is_gap),
            (2, false)
        );
        assert_eq!(
            (
                line(ServiceDomain::LegalAid).services,
                line(ServiceDomain::LegalAid).is_gap
            ),
            (1, true)
        );
    }
}
