//! Who oversees a district.

use entity::membership;
use sea_orm::{ColumnTrait, Condition};

use crate::auth::{
    permission::Permission,
    role::{BUILT_IN, Scope},
};

/// Memberships of staff who hold one permission in a province, or the other in the ministry.
#[must_use]
pub fn holding(province_code: &str, in_province: Permission, in_nation: Permission) -> Condition {
    let roles = |scope: Scope, permission: Permission| {
        let of_scope = BUILT_IN.iter().filter(move |role| role.scope == scope);
        of_scope
            .filter(move |role| role.permissions().has(permission))
            .map(|role| role.key)
    };
    let of_province = Condition::all()
        .add(membership::Column::Scope.eq(Scope::Province.as_str()))
        .add(membership::Column::ProvinceCode.eq(province_code))
        .add(membership::Column::RoleKey.is_in(roles(Scope::Province, in_province)));
    let of_nation = Condition::all()
        .add(membership::Column::Scope.eq(Scope::Nation.as_str()))
        .add(membership::Column::RoleKey.is_in(roles(Scope::Nation, in_nation)));
    Condition::any().add(of_province).add(of_nation)
}
