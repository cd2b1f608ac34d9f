//! Who looks at the catalogue, and which adopters of a package they may know.
//!
//! That a district took a package over, and what it gained by that, is a matter between it, its province, the ministry and
//! whoever published the package. Others see how many did, and the names of those that are live, which are public.

use entity::{model_package, package_adoption};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde::Deserialize;

use super::query::PackageAdopters;
use crate::auth::{access::Access, role::Scope};

/// Of how many districts at least a median says nothing about any single one.
const MIN_FOR_MEDIAN: usize = 3;

/// Who looks.
#[derive(Clone, Debug, Default)]
pub enum Viewer {
    /// A district that writes: its transaction cannot see others.
    #[default]
    Writer,
    /// The ministry.
    Nation,
    /// People of these provinces and districts.
    Of {
        /// Codes of provinces.
        provinces: Vec<String>,
        /// Ids of districts.
        districts: Vec<i32>,
    },
}

/// A district that took a package over, as the database tells it.
#[derive(Debug, Deserialize)]
pub struct Adopter {
    id: i32,
    name: String,
    province: String,
    is_live: bool,
}

impl Viewer {
    /// The person behind a session.
    #[must_use]
    pub fn of(access: &Access) -> Self {
        let all = || access.memberships.iter().filter(|membership| membership.is_open());
        if all().any(|membership| membership.scope == Scope::Nation) {
            return Self::Nation;
        }
        let district = |membership: &crate::auth::access::Membership| Some(membership.district.as_ref()?.id.0);
        Self::Of {
            provinces: all()
                .filter_map(|membership| membership.province_code.clone())
                .collect(),
            districts: all().filter_map(district).collect(),
        }
    }

    /// True of the ministry, and of the districts that published the package or took it over: to them a version that was
    /// withdrawn still shows.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_party(&self, tx: &impl ConnectionTrait, package: &model_package::Model) -> Result<bool, DbErr> {
        let districts = match self {
            Self::Nation => return Ok(true),
            Self::Writer => return Ok(false),
            Self::Of { districts, .. } => districts,
        };
        if package
            .author_district_id
            .is_some_and(|author| districts.contains(&author.0))
        {
            return Ok(true);
        }
        let adoptions = package_adoption::Entity::find()
            .filter(package_adoption::Column::PackageId.eq(package.package_id))
            .filter(package_adoption::Column::DistrictId.is_in(districts.iter().copied()));
        Ok(adoptions.count(tx).await? > 0)
    }

    /// What this viewer may know of the adopters of a package by `author`, and of the median of what they gained.
    #[must_use]
    pub fn see(
        &self,
        author: Option<i32>,
        adopters: Vec<Adopter>,
        gained: Option<f64>,
    ) -> (Option<PackageAdopters>, Option<f64>) {
        let count = adopters.len();
        let (close, names): (Vec<bool>, Vec<Option<String>>) = adopters
            .into_iter()
            .map(|adopter| {
                let close = self.is_close_to(author, &adopter);
                (close, (close || adopter.is_live).then_some(adopter.name))
            })
            .unzip();
        if matches!(self, Self::Writer) {
            return (None, None);
        }
        let may_know = count >= MIN_FOR_MEDIAN || close.iter().all(|close| *close);
        let names = names.into_iter().flatten().collect();
        (Some(PackageAdopters { count, names }), gained.filter(|_| may_know))
    }

    fn is_close_to(&self, author: Option<i32>, adopter: &Adopter) -> bool {
        match self {
            Self::Writer => false,
            Self::Nation => true,
            Self::Of { provinces, districts } => {
                let is_author = author.is_some_and(|author| districts.contains(&author));
                is_author || districts.contains(&adopter.id) || provinces.contains(&adopter.province)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adopter(id: i32, is_live: bool) -> Adopter {
        Adopter {
            id,
            name: format!("Kabupaten {id}"),
            province: (id / 100).to_string(),
            is_live,
        }
    }

    fn seen(viewer: &Viewer, author: i32, adopters: Vec<Adopter>) -> (usize, Vec<String>, bool) {
        let (adopters, gained) = viewer.see(Some(author), adopters, Some(12.5));
        let adopters = adopters.unwrap();
        (adopters.count, adopters.names, gained.is_some())
    }

    #[test]
    fn names_stay_with_those_who_are_close() {
        let both = || vec![adopter(7302, false), adopter(7306, true)];
        let all = vec!["Kabupaten 7302".to_owned(), "Kabupaten 7306".to_owned()];
        let of = |provinces: &[&str], districts: &[i32]| Viewer::Of {
            provinces: provinces.iter().map(|&code| code.to_owned()).collect(),
            districts: districts.to_vec(),
        };
        assert_eq!(seen(&Viewer::Nation, 3310, both()), (2, all.clone(), true));
        assert_eq!(seen(&of(&["73"], &[]), 3310, both()), (2, all.clone(), true));
        assert_eq!(seen(&of(&[], &[3310]), 3310, both()), (2, all, true), "the author");
        let live_only = (2, vec!["Kabupaten 7306".to_owned()], false);
        assert_eq!(seen(&of(&["33"], &[]), 3310, both()), live_only);
        assert_eq!(seen(&of(&[], &[3372]), 3310, both()), live_only);
        assert!(Viewer::Writer.see(Some(7302), both(), Some(1.0)).0.is_none());
    }

    #[test]
    fn a_median_of_few_is_a_figure_of_one() {
        let stranger = Viewer::Of {
            provinces: vec!["33".to_owned()],
            districts: Vec::new(),
        };
        for (count, known) in [(1, false), (2, false), (3, true)] {
            let adopters = (0..count).map(|number| adopter(7302 + number, false)).collect();
            assert_eq!(seen(&stranger, 7371, adopters).2, known, "{count}");
        }
        assert!(seen(&stranger, 7371, Vec::new()).2, "nobody's figure");
    }
}
