//! What a merge keeps, whatever the three contents are.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::merge::*;

fn paths(merged: &Merged) -> Vec<(&str, ChangedBy)> {
    merged
        .differences
        .iter()
        .map(|one| (one.path.as_str(), one.changed_by))
        .collect()
}

fn sop(steps: &[(&str, &str, u32)], purpose: &str) -> Json {
    let steps: Vec<Json> = steps
        .iter()
        .map(|(id, activity, duration)| json!({ "id": id, "activity": activity, "duration": duration }))
        .collect();
    json!({ "title": "Rujukan", "purpose": purpose, "steps": steps, "equipment": ["Meja"] })
}

#[test]
fn step_by_step() {
    let base = sop(&[("a", "Terima", 10), ("b", "Catat", 30), ("c", "Tutup", 5)], "");
    let mine = sop(
        &[
            ("a", "Terima", 10),
            ("b", "Catat", 60),
            ("x", "Lapor kami", 5),
            ("c", "Tutup", 5),
        ],
        "Kami",
    );
    let theirs = sop(
        &[
            ("a", "Terima ramah", 10),
            ("b", "Catat", 20),
            ("y", "Rujuk", 9),
            ("c", "Tutup", 5),
        ],
        "",
    );
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(
        paths(&merged),
        [
            ("steps.a.activity", ChangedBy::Model),
            ("steps.b.duration", ChangedBy::Both),
            ("steps.y", ChangedBy::Model),
        ]
    );
    let expected = sop(
        &[
            ("a", "Terima ramah", 10),
            ("b", "Catat", 60),
            ("y", "Rujuk", 9),
            ("x", "Lapor kami", 5),
            ("c", "Tutup", 5),
        ],
        "Kami",
    );
    assert_eq!(merged.result, expected);
    let decisions = Decisions::from([
        ("steps.b.duration".to_owned(), Decision::Edited(json!(45))),
        ("steps.a.activity".to_owned(), Decision::Mine),
        ("steps.y".to_owned(), Decision::Mine),
    ]);
    let decided = merge_with(&base, &mine, &theirs, &decisions).result;
    assert_eq!(
        decided,
        sop(
            &[
                ("a", "Terima", 10),
                ("b", "Catat", 45),
                ("x", "Lapor kami", 5),
                ("c", "Tutup", 5)
            ],
            "Kami"
        )
    );
}

#[test]
fn rows_that_are_gone() {
    let base = sop(&[("a", "Terima", 10), ("b", "Catat", 30)], "");
    let without_b = sop(&[("a", "Terima", 10)], "");
    let changed_b = sop(&[("a", "Terima", 10), ("b", "Catat", 60)], "");
    // The model drops a step that the district left alone; one that it changed is for the district to decide.
    assert_eq!(merge(&base, &base, &without_b).result, without_b);
    let merged = merge(&base, &changed_b, &without_b);
    assert_eq!(paths(&merged), [("steps.b", ChangedBy::Both)]);
    assert_eq!(merged.result, changed_b);
    // The district dropped it: it stays away, and comes back only when asked for.
    assert_eq!(merge(&base, &without_b, &base).result, without_b);
    let merged = merge(&base, &without_b, &changed_b);
    assert_eq!(paths(&merged), [("steps.b", ChangedBy::Both)]);
    assert_eq!(merged.result, without_b);
    let take = Decisions::from([("steps.b".to_owned(), Decision::Theirs)]);
    assert_eq!(merge_with(&base, &without_b, &changed_b, &take).result, changed_b);
}

#[test]
fn order_of_rows() {
    let order = |ids: &[&str]| sop(&ids.iter().map(|id| (*id, "x", 1)).collect::<Vec<_>>(), "");
    let base = order(&["a", "b", "c"]);
    let moved = merge(&base, &order(&["a", "b", "n", "c"]), &order(&["c", "a", "b"]));
    assert_eq!(moved.result, order(&["c", "a", "b", "n"]));
    let both = merge(&base, &order(&["b", "a", "c"]), &order(&["c", "b", "a"]));
    assert_eq!(paths(&both), [("steps.@order", ChangedBy::Both)]);
    assert_eq!(both.result, order(&["b", "a", "c"]));
    let decided = |decision| {
        let decisions = Decisions::from([("steps.@order".to_owned(), decision)]);
        merge_with(&base, &order(&["b", "a", "c"]), &order(&["c", "b", "a"]), &decisions).result
    };
    assert_eq!(decided(Decision::Theirs), order(&["c", "b", "a"]));
    let value = json!(["c", "a", "b"]);
    assert_eq!(decided(Decision::Edited(value)), order(&["c", "a", "b"]));
}

#[test]
fn lists_without_ids_are_taken_whole() {
    let with = |equipment: Json| json!({ "equipment": equipment });
    let base = with(json!(["Meja"]));
    assert_eq!(
        merge(&base, &base, &with(json!(["Meja", "Kursi"]))).result,
        with(json!(["Meja", "Kursi"]))
    );
    let merged = merge(&base, &with(json!(["Lemari"])), &with(json!(["Kursi"])));
    assert_eq!(paths(&merged), [("equipment", ChangedBy::Both)]);
}

/// Contents like those of setup records: fields, nested objects, lists of rows and plain lists.
fn content() -> impl Strategy<Value = Json> {
    let text = prop_oneof![Just(""), Just("a"), Just("b"), Just("c")].prop_map(Json::from);
    let row = (text.clone(), prop::option::of(0_u8..3), text.clone()).prop_map(
        |(activity, duration, note)| json!({ "activity": activity, "duration": duration, "limit": { "note": note } }),
    );
    let ids = prop::sample::subsequence(vec!["p", "q", "r", "s", "t"], 0..=5).prop_shuffle();
    let rows = (ids, prop::collection::vec(row, 5)).prop_map(|(ids, rows)| {
        let with_id = |(id, mut row): (&str, Json)| {
            row["id"] = json!(id);
            row
        };
        ids.into_iter().zip(rows).map(with_id).collect::<Vec<_>>()
    });
    let plain = prop::collection::vec(text.clone(), 0..3);
    (text.clone(), prop::option::of(text), rows, plain).prop_map(
        |(title, purpose, rows, plain)| json!({ "title": title, "purpose": purpose, "steps": rows, "equipment": plain }),
    )
}

fn ids(content: &Json) -> Vec<String> {
    let rows = content["steps"].as_array().into_iter().flatten();
    rows.filter_map(|row| row["id"].as_str().map(str::to_owned)).collect()
}

fn row<'a>(content: &'a Json, id: &str) -> Option<&'a Json> {
    content["steps"].as_array()?.iter().find(|row| row["id"] == id)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// A model that did not change changes nothing; a district that did not change gets the model.
    #[test]
    fn equal_sides_do_nothing(base in content(), other in content()) {
        let mine = merge(&base, &other, &base);
        prop_assert_eq!(&mine.result, &other);
        prop_assert_eq!(mine.differences.len(), 0);
        prop_assert_eq!(merge(&base, &base, &other).result, other.clone());
        let agreed = merge(&base, &other, &other);
        prop_assert_eq!((agreed.result, agreed.differences.len()), (other, 0));
    }

    /// Once merged, the same model has nothing more to say, decided or not.
    #[test]
    fn merging_again_changes_nothing(base in content(), mine in content(), theirs in content()) {
        let once = merge(&base, &mine, &theirs).result;
        let again = merge(&theirs, &once, &theirs);
        prop_assert_eq!(again.result, once);
        prop_assert_eq!(again.differences.len(), 0);
    }

    /// A field that only the district changed keeps its value, and so does one that both changed.
    #[test]
    fn own_changes_survive(base in content(), mine in content(), theirs in content()) {
        let merged = merge(&base, &mine, &theirs).result;
        for field in ["title", "purpose", "equipment"] {
            if mine[field] != base[field] {
                prop_assert_eq!(&merged[field], &mine[field]);
            }
        }
        for id in ids(&mine) {
            let is_changed = row(&base, &id) != row(&mine, &id);
            if is_changed {
                let kept = row(&merged, &id);
                prop_assert!(kept.is_some(), "row {} is lost", id);
                for field in ["activity", "duration"] {
                    let was = row(&base, &id).map_or(&Json::Null, |row| &row[field]);
                    let own = row(&mine, &id).map_or(&Json::Null, |row| &row[field]);
                    if was != own {
                        prop_assert_eq!(kept.map(|row| &row[field]), Some(own));
                    }
                }
            }
        }
        for id in ids(&base) {
            if row(&mine, &id).is_none() {
                prop_assert!(row(&merged, &id).is_none(), "row {} comes back", id);
            }
        }
    }

    /// Who is called mine does not matter for where the two are at odds.
    #[test]
    fn conflicts_are_symmetric(base in content(), mine in content(), theirs in content()) {
        let places = |merged: Merged| {
            let mut places: Vec<String> = merged.conflicts().map(|one| one.path.clone()).collect();
            places.sort();
            places
        };
        prop_assert_eq!(places(merge(&base, &mine, &theirs)), places(merge(&base, &theirs, &mine)));
    }

    /// Deciding for the model everywhere gives its fields and rows; for oneself everywhere, one's own content.
    #[test]
    fn decisions_are_followed(base in content(), mine in content(), theirs in content()) {
        let all = |decision: Decision| -> Decisions {
            let merged = merge(&base, &mine, &theirs);
            merged.differences.into_iter().map(|one| (one.path, decision.clone())).collect()
        };
        prop_assert_eq!(merge_with(&base, &mine, &theirs, &all(Decision::Mine)).result, mine.clone());
        let taken = merge_with(&base, &mine, &theirs, &all(Decision::Theirs)).result;
        for field in ["title", "purpose", "equipment"] {
            let expected = if theirs[field] == base[field] { &mine[field] } else { &theirs[field] };
            prop_assert_eq!(&taken[field], expected);
        }
    }

    #[test]
    fn comparing_is_reading_the_difference(one in content(), other in content()) {
        prop_assert_eq!(compare(&one, &other).is_empty(), one == other);
    }
}
