//! The districts of the demo and where they stand, as the sources state it.

/// A district that the sources name and that is a tenant of the demo.
#[derive(Debug)]
pub struct DemoDistrict {
    /// Kemendagri code.
    pub code: &'static str,
    /// In email addresses.
    pub slug: &'static str,
    /// In names of people.
    pub short_name: &'static str,
    /// What the district calls its centre (BaKTI, SINDOnews 29 June 2019 and local press).
    pub unit_name: &'static str,
    /// When its letter of commitment counts as accepted. The year follows the sources, the day is an example.
    pub committed_on: &'static str,
    /// Since when it is live, for the five pilots. The year follows the sources, the day is an example.
    pub live_on: Option<&'static str>,
    /// It has one account per built-in role.
    pub all_roles: bool,
    /// Local part of the account that reviews it: its province's, or the ministry's where no province has one.
    pub reviewer: &'static str,
    /// What it set up; see [`super::content`].
    pub content: &'static str,
}

/// True for the code of a city rather than of a regency: its head is a mayor.
#[must_use]
pub fn is_city(code: &str) -> bool {
    code.get(3..).is_some_and(|number| number >= "71")
}

macro_rules! content {
    ($slug:literal) => {
        include_str!(concat!("content/districts/", $slug, ".json"))
    };
}

/// The tenants: the pilots of SINDOnews (29 June 2019), Sulawesi Selatan's three of BaKTI (24 March 2020), Mataram of LPA
/// NTB (13 February 2019).
pub const DEMO_DISTRICTS: &[DemoDistrict] = &[
    DemoDistrict {
        code: "35.04",
        slug: "tulungagung",
        short_name: "Tulungagung",
        unit_name: "ULT PSAI",
        committed_on: "2015-03-02",
        live_on: Some("2016-02-01"),
        all_roles: false,
        reviewer: "pusat",
        content: content!("tulungagung"),
    },
    DemoDistrict {
        code: "33.72",
        slug: "surakarta",
        short_name: "Surakarta",
        unit_name: "PLKSAI",
        committed_on: "2016-01-11",
        live_on: Some("2017-05-02"),
        all_roles: false,
        reviewer: "jateng",
        content: content!("surakarta"),
    },
    DemoDistrict {
        code: "33.10",
        slug: "klaten",
        short_name: "Klaten",
        unit_name: "PLKSAI",
        committed_on: "2016-02-08",
        live_on: Some("2016-11-07"),
        all_roles: false,
        reviewer: "jateng",
        content: content!("klaten"),
    },
    DemoDistrict {
        code: "73.06",
        slug: "gowa",
        short_name: "Gowa",
        unit_name: "PPKAI Sikamaseang",
        committed_on: "2016-02-01",
        live_on: Some("2016-11-21"),
        all_roles: true,
        reviewer: "sulsel",
        content: content!("gowa"),
    },
    DemoDistrict {
        code: "73.71",
        slug: "makassar",
        short_name: "Makassar",
        unit_name: "PKSAI",
        committed_on: "2016-02-15",
        live_on: Some("2016-12-05"),
        all_roles: false,
        reviewer: "sulsel",
        content: content!("makassar"),
    },
    DemoDistrict {
        code: "73.02",
        slug: "bulukumba",
        short_name: "Bulukumba",
        unit_name: "PKSAI",
        committed_on: "2018-08-06",
        live_on: None,
        all_roles: true,
        reviewer: "sulsel",
        content: content!("bulukumba"),
    },
    DemoDistrict {
        code: "73.72",
        slug: "parepare",
        short_name: "Parepare",
        unit_name: "PKSAI",
        committed_on: "2018-08-06",
        live_on: None,
        all_roles: false,
        reviewer: "sulsel",
        content: content!("parepare"),
    },
    DemoDistrict {
        code: "73.09",
        slug: "maros",
        short_name: "Maros",
        unit_name: "PKSAI",
        committed_on: "2018-08-06",
        live_on: None,
        all_roles: false,
        reviewer: "sulsel",
        content: content!("maros"),
    },
    DemoDistrict {
        code: "52.71",
        slug: "mataram",
        short_name: "Mataram",
        unit_name: "PKSAI",
        committed_on: "2019-02-13",
        live_on: None,
        all_roles: false,
        reviewer: "pusat",
        content: content!("mataram"),
    },
];
