//! Who may give which role.

use crate::{
    auth::{
        access::Access,
        permission::{Level, Permission, PermissionSet},
        role::{self, Scope},
    },
    error::Text,
    http::Checks,
};

/// Records an error when the person would give away more than they hold: a coordinator cannot make a mightier one.
pub fn check_grants(checks: &mut Checks, field: &str, own: PermissionSet, given: PermissionSet) {
    checks.ensure(
        own.contains(given),
        field,
        "more_than_own",
        Text::fixed(
            "Anda tidak dapat memberi izin yang tidak Anda miliki sendiri.",
            "You cannot give permissions that you do not hold yourself.",
        ),
    );
}

/// Everything the person holds in the district.
#[must_use]
pub fn own_permissions(access: &Access, district: &crate::auth::access::DistrictRef) -> PermissionSet {
    access
        .reaching(district)
        .flat_map(|membership| membership.permissions.iter())
        .collect()
}

/// The permissions behind the words of a role; words that are none or not for districts are recorded.
pub fn check_permissions(checks: &mut Checks, field: &str, words: &[String]) -> PermissionSet {
    let mut set = Vec::new();
    for (index, word) in words.iter().enumerate() {
        match Permission::from_key(word).filter(|permission| permission.level() == Level::District) {
            Some(permission) => set.push(permission),
            None => checks.error(
                &format!("{field}.{index}"),
                "unknown_permission",
                Text::fixed("Izin ini tidak dikenal.", "This permission is not known."),
            ),
        }
    }
    checks.ensure(
        !words.is_empty(),
        field,
        "required",
        Text::fixed("Pilih sedikitnya satu izin.", "Choose at least one permission."),
    );
    PermissionSet::of(&set)
}

/// Checks the key of a district's own role: lower-case words, not one of the built-in ones.
pub fn check_role_key(checks: &mut Checks, field: &str, key: &str) {
    let well_formed = (3..=40).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    checks.ensure(
        well_formed,
        field,
        "not_a_key",
        Text::fixed(
            "Pakai 3 sampai 40 huruf kecil, angka, atau garis bawah, misalnya petugas_kecamatan.",
            "Use 3 to 40 lower-case letters, digits or underscores, for example subdistrict_officer.",
        ),
    );
    checks.ensure(
        role::BUILT_IN.iter().all(|role| role.key != key),
        field,
        "key_taken",
        Text::fixed("Kunci ini milik peran bawaan.", "This key belongs to a built-in role."),
    );
}

/// The permissions of a role key in a district: built-in, or one of its own roles.
#[must_use]
pub fn role_permissions(key: &str, own_roles: &[entity::district_role::Model]) -> Option<PermissionSet> {
    role::built_in(Scope::District, key)
        .map(role::BuiltInRole::permissions)
        .or_else(|| {
            let own = own_roles.iter().find(|role| role.key == key)?;
            Some(role::district_permissions(&own.permissions))
        })
}
