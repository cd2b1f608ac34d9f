//! A part of a package that stands on its own.

use std::collections::{BTreeMap, BTreeSet};

use entity::ids::SetupRecordId;

use super::{
    document::{PackageComponents, PackageRecord},
    relink::relink,
};
use crate::{
    error::ApiResult,
    readiness::ComponentKind,
    setup::{
        self,
        institution::Agency,
        kind::{Document, SetupKind, Target},
    },
};

/// The chosen components of a package; none chosen means all. Agencies that they mention come along, other references out
/// of them are taken out.
///
/// # Errors
/// When a content cannot be read by its kind, which reading the package excluded.
pub fn to(components: &PackageComponents, chosen: &[ComponentKind]) -> ApiResult<PackageComponents> {
    let is_chosen = |component| chosen.is_empty() || chosen.contains(&component);
    let (mut taken, mut agencies): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    for kind in setup::KINDS {
        let of_component = components.get(kind.component.slug());
        for record in of_component.and_then(|kinds| kinds.get(kind.key)).into_iter().flatten() {
            let document = (kind.read)(&record.content.to_string())?;
            if is_chosen(kind.component) {
                taken.push((kind, record.origin_id, document));
            } else if kind.key == Agency::KEY {
                agencies.push((kind, record.origin_id, document));
            }
        }
    }
    let mentioned: BTreeSet<SetupRecordId> = taken.iter().flat_map(|(_, _, document)| mentions(document)).collect();
    taken.extend(agencies.into_iter().filter(|(_, id, _)| mentioned.contains(id)));
    let ids: BTreeSet<SetupRecordId> = taken.iter().map(|(_, id, _)| *id).collect();
    let mut parts: PackageComponents = BTreeMap::new();
    for (kind, origin_id, mut document) in taken {
        relink(&mut document.content, &document.links, |id| {
            ids.contains(&id).then_some(id)
        });
        let of_component = parts.entry(kind.component.slug().to_owned()).or_default();
        of_component
            .entry(kind.key.to_owned())
            .or_default()
            .push(PackageRecord {
                origin_id,
                title: document.title,
                content: document.content,
            });
    }
    Ok(parts)
}

/// The records that a content mentions.
pub fn mentions(document: &Document) -> impl Iterator<Item = SetupRecordId> + '_ {
    document.links.iter().filter_map(|link| match link.target {
        Target::Record { id, .. } => Some(id),
        _ => None,
    })
}
