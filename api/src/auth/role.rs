//! Built-in roles. A district may add its own from the district permissions; see [`crate::members`].

use super::permission::{Level, Permission, PermissionSet};
use crate::error::Text;

/// Where a membership holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One district.
    District,
    /// One province and the districts in it.
    Province,
    /// All districts.
    Nation,
}

impl Scope {
    /// Its word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Province => "province",
            Self::Nation => "nation",
        }
    }
}

/// A role that comes with the product.
#[derive(Clone, Copy, Debug)]
pub struct BuiltInRole {
    /// Its word.
    pub key: &'static str,
    /// Where it can be held.
    pub scope: Scope,
    /// Its name.
    pub name: BilingualName,
    /// Whether a second factor is required outside demo mode.
    pub needs_second_factor: bool,
    permissions: &'static [Permission],
}

type BilingualName = (&'static str, &'static str);

use Permission as P;

const EVERY_MEMBER: &[P] = &[P::DistrictRead];
const DISTRICT_ADMIN: &[P] = &[
    P::DistrictRead,
    P::DistrictUpdate,
    P::MembersRead,
    P::MembersManage,
    P::RolesManage,
    P::AuditRead,
    P::FilesRead,
    P::FilesWrite,
    P::SetupRead,
    P::SetupWrite,
    P::SetupGoLive,
    P::PackagesPublish,
    P::SetupTransfer,
    P::AnnouncementsRespond,
    P::SuccessionRequest,
];
const SETUP_WRITER: &[P] = &[
    P::DistrictRead,
    P::MembersRead,
    P::FilesRead,
    P::FilesWrite,
    P::SetupRead,
    P::SetupWrite,
];
const SUPERVISOR: &[P] = &[
    P::DistrictRead,
    P::MembersRead,
    P::FilesRead,
    P::FilesWrite,
    P::SetupRead,
    P::SetupWrite,
    P::SuccessionRequest,
];
const SETUP_READER: &[P] = &[P::DistrictRead, P::MembersRead, P::FilesRead, P::SetupRead];
const PROVINCE_REVIEWER: &[P] = &[
    P::DistrictRead,
    P::FilesRead,
    P::SetupRead,
    P::RegistrationsRead,
    P::RegistrationsEndorse,
    P::OversightRead,
    P::DistrictsNudge,
    P::AnnouncementsManage,
    P::SetupReview,
    P::SuccessionRequest,
    P::SuccessionDecide,
];
const OVERSIGHT_VIEWER: &[P] = &[P::DistrictRead, P::SetupRead, P::RegistrationsRead, P::OversightRead];
const NATION_REVIEWER: &[P] = &[
    P::DistrictRead,
    P::FilesRead,
    P::SetupRead,
    P::RegistrationsRead,
    P::RegistrationsDecide,
    P::OversightRead,
    P::DistrictsNudge,
    P::AnnouncementsManage,
    P::SetupReview,
    P::SuccessionRequest,
    P::SuccessionDecide,
];
const NATION_ADMIN: &[P] = &[
    P::DistrictRead,
    P::FilesRead,
    P::SetupRead,
    P::RegistrationsRead,
    P::RegistrationsDecide,
    P::OversightRead,
    P::PlanManage,
    P::StandardManage,
    P::BoundariesManage,
    P::InvitationsManage,
    P::InstallationAuditRead,
    P::PackagesManage,
    P::DistrictsNudge,
    P::AnnouncementsManage,
    P::DistrictsManage,
    P::SetupReview,
    P::SuccessionRequest,
    P::SuccessionDecide,
];

const fn role(key: &'static str, scope: Scope, name: BilingualName, permissions: &'static [P]) -> BuiltInRole {
    BuiltInRole {
        key,
        scope,
        name,
        needs_second_factor: false,
        permissions,
    }
}

const fn guarded(role: BuiltInRole) -> BuiltInRole {
    BuiltInRole {
        needs_second_factor: true,
        ..role
    }
}

/// Whether a role that a district made needs a second factor: when it may do something that, of the built-in roles of
/// districts, only those with a second factor may.
#[must_use]
pub fn own_role_needs_second_factor(permissions: PermissionSet) -> bool {
    let open = |permission| {
        BUILT_IN.iter().any(|role| {
            role.scope == Scope::District && !role.needs_second_factor && role.permissions.contains(permission)
        })
    };
    Permission::ALL
        .iter()
        .any(|permission| permissions.has(*permission) && !open(permission))
}

/// The roles, district first.
pub const BUILT_IN: &[BuiltInRole] = &[
    guarded(role(
        "district_admin",
        Scope::District,
        ("Koordinator (admin daerah)", "Coordinator (district admin)"),
        DISTRICT_ADMIN,
    )),
    role("supervisor", Scope::District, ("Supervisor", "Supervisor"), SUPERVISOR),
    role(
        "case_manager",
        Scope::District,
        ("Manajer kasus", "Case manager"),
        SETUP_READER,
    ),
    role(
        "social_worker",
        Scope::District,
        ("Pekerja sosial", "Social worker"),
        SETUP_READER,
    ),
    role(
        "outreach_officer",
        Scope::District,
        ("Petugas penjangkauan", "Outreach officer"),
        EVERY_MEMBER,
    ),
    role(
        "data_officer",
        Scope::District,
        ("Petugas data", "Data officer"),
        SETUP_WRITER,
    ),
    role(
        "partner_agency",
        Scope::District,
        ("Petugas OPD mitra", "Partner agency officer"),
        EVERY_MEMBER,
    ),
    role("viewer", Scope::District, ("Pengamat", "Viewer"), SETUP_READER),
    guarded(role(
        "province_reviewer",
        Scope::Province,
        ("Peninjau provinsi", "Province reviewer"),
        PROVINCE_REVIEWER,
    )),
    guarded(role(
        "province_viewer",
        Scope::Province,
        ("Pengamat provinsi", "Province viewer"),
        OVERSIGHT_VIEWER,
    )),
    guarded(role(
        "nation_admin",
        Scope::Nation,
        ("Admin pusat", "National admin"),
        NATION_ADMIN,
    )),
    guarded(role(
        "nation_reviewer",
        Scope::Nation,
        ("Peninjau pusat", "National reviewer"),
        NATION_REVIEWER,
    )),
    guarded(role(
        "nation_viewer",
        Scope::Nation,
        ("Pengamat pusat", "National viewer"),
        OVERSIGHT_VIEWER,
    )),
];

/// The role of the applicant when a registration is approved.
pub const DISTRICT_ADMIN_KEY: &str = "district_admin";

impl BuiltInRole {
    /// What it may do.
    #[must_use]
    pub fn permissions(&self) -> PermissionSet {
        PermissionSet::of(self.permissions)
    }

    /// Its name in both languages.
    #[must_use]
    pub const fn text(&self) -> Text {
        Text::fixed(self.name.0, self.name.1)
    }
}

/// The built-in role with that key in that scope.
#[must_use]
pub fn built_in(scope: Scope, key: &str) -> Option<&'static BuiltInRole> {
    BUILT_IN.iter().find(|role| role.scope == scope && role.key == key)
}

/// The permissions that the words of a district's own role stand for; words of oversight or of nothing are ignored,
/// so that a role stored long ago never grants what districts may not have.
#[must_use]
pub fn district_permissions(words: &[String]) -> PermissionSet {
    words
        .iter()
        .filter_map(|word| Permission::from_key(word))
        .filter(|permission| permission.level() == Level::District)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Level, Permission, Scope, built_in, district_permissions};

    #[test]
    fn keys_are_unique() {
        for role in BUILT_IN {
            assert_eq!(built_in(role.scope, role.key).map(|found| found.name), Some(role.name));
        }
        let mut keys: Vec<_> = BUILT_IN.iter().map(|role| role.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), BUILT_IN.len());
    }

    /// They see many districts with one password; reviewers of a province also decide who coordinates one.
    #[test]
    fn whoever_oversees_needs_a_second_factor() {
        for role in BUILT_IN.iter().filter(|role| role.scope != Scope::District) {
            assert!(role.needs_second_factor, "{}", role.key);
        }
    }

    #[test]
    fn districts_hold_no_oversight() {
        for role in BUILT_IN.iter().filter(|role| role.scope == Scope::District) {
            assert!(
                role.permissions()
                    .iter()
                    .all(|permission| permission.level() == Level::District),
                "{}",
                role.key
            );
        }
        let stolen = [
            "registrations.decide".to_owned(),
            "members.read".to_owned(),
            "nonsense".to_owned(),
        ];
        assert_eq!(
            district_permissions(&stolen).iter().collect::<Vec<_>>(),
            [Permission::MembersRead]
        );
    }
}
