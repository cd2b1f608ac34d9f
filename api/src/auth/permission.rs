//! The permissions. Each is a value ([`Permission`]), a type ([`perm`]) for handler signatures, and a word
//! (`members.read`) in the OpenAPI document and in roles that districts make.

use crate::error::Text;

/// Where a permission can be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// In a district; a district may put it into its own roles.
    District,
    /// In a province or the nation.
    Oversight,
}

/// A permission as a type, for [`crate::auth::InDistrict`] and [`crate::auth::Oversight`].
pub trait PermissionType: 'static {
    /// Its value.
    const PERMISSION: Permission;
}

macro_rules! permissions {
    ($($level:ident $name:ident $key:literal $id:literal / $en:literal;)*) => {
        /// Something a role may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Permission {
            $(#[doc = $en] $name,)*
        }

        impl Permission {
            /// All permissions, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its word.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// Where it can be held.
            #[must_use]
            pub const fn level(self) -> Level {
                match self { $(Self::$name => Level::$level,)* }
            }

            /// What it allows, for the person who puts a role together.
            #[must_use]
            pub const fn description(self) -> Text {
                match self { $(Self::$name => Text::fixed($id, $en),)* }
            }
        }

        /// One type per permission.
        pub mod perm {
            use super::{Permission, PermissionType};
            $(
                #[doc = $en]
                #[derive(Clone, Copy, Debug)]
                pub struct $name;
                impl PermissionType for $name {
                    const PERMISSION: Permission = Permission::$name;
                }
            )*
        }
    };
}

permissions! {
    District DistrictRead "district.read" "Melihat profil unit layanan" / "See the profile of the service unit";
    District DistrictUpdate "district.update" "Mengubah profil unit layanan" / "Change the profile of the service unit";
    District MembersRead "members.read" "Melihat anggota dan peran" / "See members and roles";
    District MembersManage "members.manage" "Mengundang, mengubah peran, dan mengeluarkan anggota" / "Invite, change the role of and remove members";
    District RolesManage "roles.manage" "Membuat dan mengubah peran daerah" / "Make and change the district's own roles";
    District AuditRead "audit.read" "Melihat jejak audit" / "See the audit trail";
    District FilesRead "files.read" "Membuka berkas yang diunggah" / "Open uploaded files";
    District FilesWrite "files.write" "Mengunggah berkas" / "Upload files";
    District SetupRead "setup.read" "Melihat persiapan komponen" / "See the setup of the components";
    District SetupWrite "setup.write" "Mengisi persiapan komponen" / "Work on the setup of the components";
    District SetupGoLive "setup.go_live" "Meluncurkan layanan" / "Take the centre live";
    District PackagesPublish "packages.publish" "Menerbitkan persiapan daerah sebagai paket model" / "Publish the district's setup as a model package";
    District SetupTransfer "setup.transfer" "Mengekspor dan memulihkan seluruh persiapan daerah" / "Export and restore the whole setup of the district";
    District AnnouncementsRespond "announcements.respond" "Mengonfirmasi pengumuman dan mendaftarkan peserta kegiatan" / "Confirm announcements and register participants for events";
    District SuccessionRequest "succession.request" "Mengajukan pengganti koordinator" / "Ask for a successor of a coordinator";
    Oversight SuccessionDecide "succession.decide" "Memutuskan pergantian koordinator daerah" / "Decide on the succession of a district's coordinator";
    Oversight RegistrationsRead "registrations.read" "Melihat pendaftaran daerah" / "See registrations of districts";
    Oversight RegistrationsEndorse "registrations.endorse" "Memberi catatan provinsi atas pendaftaran" / "Endorse a registration as the province";
    Oversight RegistrationsDecide "registrations.decide" "Menyetujui, mengembalikan, atau menolak pendaftaran" / "Approve, return or reject a registration";
    Oversight OversightRead "oversight.read" "Melihat kesiapan semua daerah dalam wilayahnya" / "See the readiness of all districts within reach";
    Oversight PlanManage "plan.manage" "Mengubah rencana replikasi nasional" / "Change the national plan of replication";
    Oversight StandardManage "standard.manage" "Merancang dan menerbitkan standar nasional" / "Draft and publish the national standard";
    Oversight BoundariesManage "boundaries.manage" "Memuat dan menghapus batas wilayah untuk peta" / "Load and remove the boundaries for the map";
    Oversight InvitationsManage "invitations.manage" "Mencatat dan menarik undangan daerah" / "Record and withdraw invitations of districts";
    Oversight InstallationAuditRead "audit.read_installation" "Melihat jejak audit instalasi, di luar daerah" / "See the installation's audit trail, of what happens outside districts";
    Oversight PackagesManage "packages.manage" "Menerbitkan dan mengimpor paket model nasional" / "Publish and import national model packages";
    Oversight DistrictsNudge "districts.nudge" "Mengingatkan koordinator daerah" / "Remind the coordinators of a district";
    Oversight AnnouncementsManage "announcements.manage" "Mengirim pengumuman dan mengundang daerah ke kegiatan" / "Send announcements and invite districts to events";
    Oversight DistrictsManage "districts.manage" "Menangguhkan, mengaktifkan kembali, dan mengarsipkan ruang kerja daerah" / "Suspend, reactivate and archive the workspace of a district";
    Oversight SetupReview "setup.review" "Memverifikasi bukti persiapan daerah" / "Verify the evidence of a district's setup";
}

impl Permission {
    /// True when it allows to look and nothing else; such words end in `.read`.
    #[must_use]
    pub fn only_reads(self) -> bool {
        self.key().ends_with(".read")
    }

    /// The permission with that word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.key() == key)
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PermissionSet(u128);

impl PermissionSet {
    /// The set of `permissions`.
    #[must_use]
    pub fn of(permissions: &[Permission]) -> Self {
        permissions.iter().copied().collect()
    }

    /// True when `permission` is in the set.
    #[must_use]
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u32) != 0
    }

    /// True when every permission of `other` is in the set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The permissions in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .iter()
            .copied()
            .filter(move |permission| self.has(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(
            permissions
                .into_iter()
                .fold(0, |set, permission| set | 1 << permission as u32),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Permission, PermissionSet};

    #[test]
    fn keys_are_unique_and_the_set_has_room() {
        for (index, permission) in Permission::ALL.iter().enumerate() {
            assert_eq!(Permission::from_key(permission.key()), Some(*permission));
            assert_eq!(*permission as usize, index);
        }
        assert!(Permission::ALL.len() <= 128);
    }

    #[test]
    fn sets() {
        let set = PermissionSet::of(&[Permission::MembersRead, Permission::SetupReview]);
        assert!(set.has(Permission::SetupReview) && !set.has(Permission::AuditRead));
        assert_eq!(
            set.iter().collect::<Vec<_>>(),
            [Permission::MembersRead, Permission::SetupReview]
        );
        assert!(set.contains(PermissionSet::of(&[Permission::MembersRead])));
        assert!(!PermissionSet::of(&[Permission::MembersRead]).contains(set));
    }
}
