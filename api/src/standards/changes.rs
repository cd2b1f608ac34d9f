//! What is different between two versions of the standard: a plain function.

use serde::Serialize;
use utoipa::ToSchema;

use crate::readiness::{ComponentKind, Item, Standard};

/// In which way an item is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StandardChangeKind {
    /// The item is new.
    Added,
    /// The item is no longer asked for.
    Retired,
    /// It says something otherwise; what is asked for is the same.
    Reworded,
    /// It has another share in the score.
    Reweighted,
    /// It has become mandatory, or has to be verified for going live.
    Demanded,
    /// It is no longer mandatory, or no longer has to be verified for going live.
    Relaxed,
    /// It is judged otherwise: another rule, other documents, another time for which proof counts.
    JudgedOtherwise,
}

/// An item that is different.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StandardItemChange {
    /// Its code.
    #[schema(example = "REG-4")]
    pub code: String,
    /// Its component.
    pub component: ComponentKind,
    /// In which ways it is different.
    pub kinds: Vec<StandardChangeKind>,
    /// As it was; null when it is new.
    pub before: Option<Item>,
    /// As it is; null when it is retired.
    pub after: Option<Item>,
}

/// Every item that is different in `new`, in the order of `new`; the retired ones after the others.
#[must_use]
pub fn changes(old: &Standard, new: &Standard) -> Vec<StandardItemChange> {
    let find = |standard: &'_ Standard, code: &str| {
        let found = standard.items().find(|(_, item)| item.code == code);
        found.map(|(_, item)| item.clone())
    };
    let kept = new.items().map(|(component, item)| {
        let before = find(old, &item.code);
        let kinds = before
            .as_ref()
            .map_or_else(|| vec![StandardChangeKind::Added], |before| differences(before, item));
        StandardItemChange {
            code: item.code.clone(),
            component,
            kinds,
            before,
            after: Some(item.clone()),
        }
    });
    let retired = old
        .items()
        .filter(|(_, item)| find(new, &item.code).is_none())
        .map(|(component, item)| StandardItemChange {
            code: item.code.clone(),
            component,
            kinds: vec![StandardChangeKind::Retired],
            before: Some(item.clone()),
            after: None,
        });
    kept.filter(|change| !change.kinds.is_empty()).chain(retired).collect()
}

fn differences(before: &Item, after: &Item) -> Vec<StandardChangeKind> {
    let words = |item: &Item| {
        (
            [&item.title, &item.why, &item.next_step, &item.evidence].map(Clone::clone),
            item.example.clone(),
            item.screen.clone(),
            item.source.clone(),
        )
    };
    let demands = |item: &Item| [item.mandatory, item.must_be_verified_for_go_live];
    let pairs = || demands(before).into_iter().zip(demands(after));
    let judged = |item: &Item| (item.judged_by.clone(), item.validity_months);
    [
        (words(before) != words(after), StandardChangeKind::Reworded),
        (before.weight != after.weight, StandardChangeKind::Reweighted),
        (pairs().any(|(was, is)| !was && is), StandardChangeKind::Demanded),
        (pairs().any(|(was, is)| was && !is), StandardChangeKind::Relaxed),
        (judged(before) != judged(after), StandardChangeKind::JudgedOtherwise),
    ]
    .into_iter()
    .filter_map(|(differs, kind)| differs.then_some(kind))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{StandardChangeKind as Kind, changes};
    use crate::readiness::{Standard, standard::NEWEST};

    fn shipped() -> Standard {
        Standard::parse(NEWEST).unwrap()
    }

    #[test]
    fn nothing_differs_from_itself() {
        assert_eq!(changes(&shipped(), &shipped()), []);
    }

    #[test]
    fn every_kind_is_told_with_both_sides() {
        let old = shipped();
        let mut new = shipped();
        let items = &mut new.components[0].items;
        items[0].weight += 1;
        items[1].title.id.push_str(" baru");
        items[1].mandatory = !items[1].mandatory;
        items[2].validity_months = Some(7);
        let retired = items.pop().unwrap();
        let mut added = items[0].clone();
        added.code = "REG-99".into();
        items.push(added);
        let found = changes(&old, &new);
        let told: Vec<(&str, &[Kind])> = found
            .iter()
            .map(|change| (change.code.as_str(), change.kinds.as_slice()))
            .collect();
        let moved = if old.components[0].items[1].mandatory {
            Kind::Relaxed
        } else {
            Kind::Demanded
        };
        assert_eq!(
            told,
            [
                ("REG-1", &[Kind::Reweighted][..]),
                ("REG-2", &[Kind::Reworded, moved][..]),
                ("REG-3", &[Kind::JudgedOtherwise][..]),
                ("REG-99", &[Kind::Added][..]),
                (retired.code.as_str(), &[Kind::Retired][..]),
            ]
        );
        assert!(found.iter().all(|change| change.before != change.after));
        assert_eq!(found[3].before, None);
        assert_eq!(found[4].after, None);
    }
}
