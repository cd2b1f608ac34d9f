//! Merging three versions of a content: what it was when it was taken over, what the district made of it, what the model
//! has now. Plain functions over JSON; they know nothing of kinds.
//!
//! Objects are merged field by field. Lists whose items are objects with an `id` are merged row by row, their order too;
//! other lists are taken as a whole. Paths name rows by their id: `steps.catat.duration`; the order of rows is
//! `steps.@order`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;

/// The last part of a path that stands for the order of a list's rows.
pub const ORDER: &str = "@order";

/// Who changed a place since it was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangedBy {
    /// The model only: it is taken unless the district decides otherwise.
    Model,
    /// Both, differently: the district decides.
    Both,
}

/// A place where the model differs from what was taken over.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Difference {
    /// The place; rows are named by their id.
    #[schema(example = "steps.catat.duration")]
    pub path: String,
    /// Who changed it.
    pub changed_by: ChangedBy,
    /// What it was when it was taken over; null when it was not there.
    #[schema(value_type = Object)]
    pub base: Json,
    /// What the district has.
    #[schema(value_type = Object)]
    pub mine: Json,
    /// What the model has.
    #[schema(value_type = Object)]
    pub theirs: Json,
}

/// What to do at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Keep what the district has.
    Mine,
    /// Take what the model has.
    Theirs,
    /// Neither: this value.
    Edited(Json),
}

/// Decisions by path.
pub type Decisions = BTreeMap<String, Decision>;

/// The outcome of a merge.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The content that follows; where both changed and nothing was decided, the district's.
    pub result: Json,
    /// Where the model differs from what was taken over, in the order of the content.
    pub differences: Vec<Difference>,
}

impl Merged {
    /// Places where both changed.
    pub fn conflicts(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|one| one.changed_by == ChangedBy::Both)
    }
}

/// Merges with nothing decided: the model's changes are taken where the district made none.
#[must_use]
pub fn merge(base: &Json, mine: &Json, theirs: &Json) -> Merged {
    merge_with(base, mine, theirs, &Decisions::new())
}

/// Merges with decisions.
#[must_use]
pub fn merge_with(base: &Json, mine: &Json, theirs: &Json, decisions: &Decisions) -> Merged {
    let mut merger = Merger {
        decisions,
        differences: Vec::new(),
    };
    let result = merger.value("", Some(base), Some(mine), Some(theirs));
    Merged {
        result: result.unwrap_or(Json::Null),
        differences: merger.differences,
    }
}

/// Where two contents differ, as what the second would change in the first.
#[must_use]
pub fn compare(one: &Json, other: &Json) -> Vec<Difference> {
    merge(one, one, other).differences
}

struct Merger<'a> {
    decisions: &'a Decisions,
    differences: Vec<Difference>,
}

/// A field that is left out is the same as one that is null.
fn present(value: Option<&Json>) -> Option<&Json> {
    value.filter(|value| !value.is_null())
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

impl Merger<'_> {
    /// `None` where nothing remains.
    fn value(&mut self, path: &str, base: Option<&Json>, mine: Option<&Json>, theirs: Option<&Json>) -> Option<Json> {
        let (base, mine, theirs) = (present(base), present(mine), present(theirs));
        if mine == theirs || base == theirs {
            return mine.cloned();
        }
        match (mine, theirs) {
            (Some(Json::Object(mine)), Some(Json::Object(theirs))) => {
                let nothing = Map::new();
                let base = base.and_then(Json::as_object).unwrap_or(&nothing);
                Some(Json::Object(self.object(path, base, mine, theirs)))
            }
            (Some(Json::Array(mine_items)), Some(Json::Array(their_items))) => {
                let base_items = base.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
                match (rows(base_items), rows(mine_items), rows(their_items)) {
                    (Some(base), Some(mine), Some(theirs)) => Some(self.rows(path, &base, &mine, &theirs)),
                    _ => self.decide(path, base, mine, theirs),
                }
            }
            _ => self.decide(path, base, mine, theirs),
        }
    }

    fn object(
        &mut self,
        path: &str,
        base: &Map<String, Json>,
        mine: &Map<String, Json>,
        theirs: &Map<String, Json>,
    ) -> Map<String, Json> {
        let keys: BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
        let mut result = Map::new();
        for key in keys {
            let value = self.value(&below(path, key), base.get(key), mine.get(key), theirs.get(key));
            if value.is_some() || mine.contains_key(key) {
                result.insert(key.clone(), value.unwrap_or(Json::Null));
            }
        }
        result
    }

    fn rows(&mut self, path: &str, base: &Rows<'_>, mine: &Rows<'_>, theirs: &Rows<'_>) -> Json {
        let mut kept: BTreeMap<&str, Json> = BTreeMap::new();
        for id in union(&mine.order, &theirs.order) {
            let place = below(path, id);
            if let Some(row) = self.value(&place, base.get(id), mine.get(id), theirs.get(id)) {
                kept.insert(id, row);
            }
        }
        let order = self.order(path, base, mine, theirs);
        Json::Array(order.into_iter().filter_map(|id| kept.remove(id)).collect())
    }

    /// The order of the rows that remain: whoever moved rows is followed; when both did, it is decided.
    fn order<'a>(&mut self, path: &str, base: &Rows<'a>, mine: &Rows<'a>, theirs: &Rows<'a>) -> Vec<&'a str> {
        let shared = |order: &[&'a str]| -> Vec<&'a str> {
            let everywhere = |id: &&str| base.get(id).is_some() && mine.get(id).is_some() && theirs.get(id).is_some();
            order.iter().copied().filter(everywhere).collect()
        };
        let (was, is_mine, is_theirs) = (shared(&base.order), shared(&mine.order), shared(&theirs.order));
        let as_json = |order: &[&str]| Json::from(order.to_vec());
        let mut follow_model = false;
        let mut edited = None;
        if is_theirs != was && is_mine != is_theirs {
            let place = below(path, ORDER);
            let changed_by = if is_mine == was {
                ChangedBy::Model
            } else {
                ChangedBy::Both
            };
            match self.decisions.get(&place) {
                Some(Decision::Mine) => {}
                Some(Decision::Theirs) => follow_model = true,
                Some(Decision::Edited(value)) => edited = value.as_array(),
                None => follow_model = changed_by == ChangedBy::Model,
            }
            self.differences.push(Difference {
                path: place,
                changed_by,
                base: as_json(&was),
                mine: as_json(&is_mine),
                theirs: as_json(&is_theirs),
            });
        }
        let mut order = if follow_model {
            interleave(&theirs.order, &mine.order)
        } else {
            interleave(&mine.order, &theirs.order)
        };
        if let Some(wanted) = edited {
            let place = |id: &str| wanted.iter().position(|one| one == id).unwrap_or(usize::MAX);
            order.sort_by_key(|id| place(id));
        }
        order
    }

    /// A place that cannot be divided further.
    fn decide(&mut self, path: &str, base: Option<&Json>, mine: Option<&Json>, theirs: Option<&Json>) -> Option<Json> {
        let changed_by = if base == mine {
            ChangedBy::Model
        } else {
            ChangedBy::Both
        };
        let json = |value: Option<&Json>| value.cloned().unwrap_or(Json::Null);
        self.differences.push(Difference {
            path: path.to_owned(),
            changed_by,
            base: json(base),
            mine: json(mine),
            theirs: json(theirs),
        });
        match (self.decisions.get(path), changed_by) {
            (Some(Decision::Edited(value)), _) => present(Some(value)).cloned(),
            (Some(Decision::Theirs), _) | (None, ChangedBy::Model) => theirs.cloned(),
            (Some(Decision::Mine), _) | (None, ChangedBy::Both) => mine.cloned(),
        }
    }
}

/// A list whose items have ids.
struct Rows<'a> {
    order: Vec<&'a str>,
    by_id: BTreeMap<&'a str, &'a Json>,
}

impl<'a> Rows<'a> {
    fn get(&self, id: &str) -> Option<&'a Json> {
        self.by_id.get(id).copied()
    }
}

/// The rows of a list, unless an item has no id, a repeated one, or one that would be taken for the order.
fn rows(items: &[Json]) -> Option<Rows<'_>> {
    let mut rows = Rows {
        order: Vec::with_capacity(items.len()),
        by_id: BTreeMap::new(),
    };
    for item in items {
        let id = item.as_object()?.get("id")?.as_str().filter(|id| *id != ORDER)?;
        if rows.by_id.insert(id, item).is_some() {
            return None;
        }
        rows.order.push(id);
    }
    Some(rows)
}

fn union<'a>(one: &[&'a str], other: &[&'a str]) -> Vec<&'a str> {
    let more = other.iter().filter(|id| !one.contains(id));
    one.iter().chain(more).copied().collect()
}

/// `first` with what only `second` has, each behind the one that it follows there.
fn interleave<'a>(first: &[&'a str], second: &[&'a str]) -> Vec<&'a str> {
    let mut order = first.to_vec();
    for (index, id) in second.iter().enumerate() {
        if order.contains(id) {
            continue;
        }
        let earlier = second.iter().take(index).rev();
        let before = earlier
            .filter_map(|other| order.iter().position(|one| one == other))
            .next();
        order.insert(before.map_or(0, |place| place + 1), id);
    }
    order
}
