//! The districts of the demo and where they stand, as the sources state it.

/// A district that the sources name.
pub struct DemoDistrict {
    /// Kemendagri code.
    pub code: &'static str,
    /// In email addresses.
    pub slug: &'static str,
    /// In names of people.
    pub short_name: &'static str,
    /// What the district calls its centre (BaKTI, SINDOnews 29 June 2019 and local press; see the demo's sources).
    pub unit_name: &'static str,
    /// It is a tenant; the others are invited.
    pub onboarded: bool,
    /// It is one of the five pilots, which are in operation.
    pub live: bool,
    /// It has one account per built-in role.
    pub all_roles: bool,
}

const fn pilot(
    code: &'static str,
    slug: &'static str,
    short_name: &'static str,
    unit_name: &'static str,
) -> DemoDistrict {
    DemoDistrict {
        code,
        slug,
        short_name,
        unit_name,
        onboarded: true,
        live: true,
        all_roles: false,
    }
}

const fn replicating(code: &'static str, slug: &'static str, short_name: &'static str) -> DemoDistrict {
    DemoDistrict {
        code,
        slug,
        short_name,
        unit_name: "PKSAI",
        onboarded: true,
        live: false,
        all_roles: false,
    }
}

const fn invited(code: &'static str, slug: &'static str, short_name: &'static str) -> DemoDistrict {
    DemoDistrict {
        code,
        slug,
        short_name,
        unit_name: "PLKSAI",
        onboarded: false,
        live: false,
        all_roles: false,
    }
}

/// The fourteen: pilots and Jawa Tengah's five of SINDOnews (29 June 2019), Sulawesi Selatan's three of BaKTI
/// (24 March 2020), Mataram of LPA NTB (13 February 2019).
pub const DEMO_DISTRICTS: &[DemoDistrict] = &[
    pilot("35.04", "tulungagung", "Tulungagung", "ULT PSAI"),
    pilot("33.72", "surakarta", "Surakarta", "PLKSAI"),
    pilot("33.10", "klaten", "Klaten", "PLKSAI"),
    DemoDistrict {
        all_roles: true,
        ..pilot("73.06", "gowa", "Gowa", "PPKAI Sikamaseang")
    },
    pilot("73.71", "makassar", "Makassar", "PKSAI"),
    DemoDistrict {
        all_roles: true,
        ..replicating("73.02", "bulukumba", "Bulukumba")
    },
    replicating("73.72", "parepare", "Parepare"),
    replicating("73.09", "maros", "Maros"),
    replicating("52.71", "mataram", "Mataram"),
    invited("33.16", "blora", "Blora"),
    invited("33.07", "wonosobo", "Wonosobo"),
    invited("33.14", "sragen", "Sragen"),
    invited("33.75", "pekalongan", "Kota Pekalongan"),
    invited("33.02", "banyumas", "Banyumas"),
];
