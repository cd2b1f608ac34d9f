//! Fewer points, arc by arc: what neighbours share stays shared, because an arc is simplified once.
//!
//! Visvalingam and Whyatt: the point that makes the smallest triangle with its neighbours goes first. How small is small
//! depends on the districts on both sides: a city is drawn more finely than a district as large as a province. Ends of arcs
//! stay. Where simplifying makes a border cross itself, its arcs get more of their points back; a border that crosses itself
//! on the grid already gets none, they would not mend it. What is too fine as a whole is drawn more coarsely as a whole.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap, HashMap},
};

use geo::Coord;

use super::{
    arcs::{ArcUse, Cell, District, Mesh, assemble, number},
    crossing::{self, BUDGET, Overlaps, Tangle},
};

/// A district as wide as this many tolerances is drawn with all that its tolerance leaves.
const FINENESS: f64 = 90.0;
/// Tolerance in cells: from 22 metres for the smallest to 660 metres for the largest, about a pixel when a
/// province fills the screen.
const TOLERANCE: (f64, f64) = (2.0, 60.0);
/// How often arcs of a border that crosses itself get finer, before all their points come back.
const ROUNDS: u32 = 4;

/// The most points that are kept: about two megabytes before they are packed, and what a phone draws without stopping.
pub const MAX_KEPT: usize = 150_000;
/// How often everything is drawn more coarsely before what is left is left; tolerances double each time.
const COARSENINGS: u32 = 10;

/// The mesh with fewer points, at most [`MAX_KEPT`] unless borders meet more often than that. Islets and holes below the
/// tolerance go, unless they are all that a district has, or a neighbour's.
#[must_use]
pub fn simplify(mesh: &Mesh) -> Mesh {
    simplify_to(mesh, MAX_KEPT)
}

fn simplify_to(mesh: &Mesh, most: usize) -> Mesh {
    let tolerances: Vec<f64> = mesh
        .districts
        .iter()
        .map(|district| tolerance(area(district, &mesh.arcs)))
        .collect();
    let weights: Vec<Vec<f64>> = mesh.arcs.iter().map(|arc| weights(arc)).collect();
    // One budget for all that is looked for crossings: what cannot be paid for is taken for good.
    let mut budget = BUDGET;
    let mut simple = Mesh::default();
    for coarsening in 0..=COARSENINGS {
        let factor = f64::from(2_u32.pow(coarsening));
        let tolerances: Vec<f64> = tolerances.iter().map(|tolerance| tolerance * factor).collect();
        // A file that has to be this coarse gets no points back for looks.
        let rounds = if coarsening + 1 < COARSENINGS { ROUNDS } else { 0 };
        simple = thinned(mesh, &tolerances, &weights, rounds, &mut budget);
        if simple.arcs.iter().map(Vec::len).sum::<usize>() <= most {
            break;
        }
    }
    simple
}

fn thinned(mesh: &Mesh, tolerances: &[f64], weights: &[Vec<f64>], rounds: u32, budget: &mut usize) -> Mesh {
    let districts = without_specks(mesh, tolerances);
    let beyond_help = if rounds > 0 {
        tangled(&districts, &mesh.arcs, &BTreeSet::new(), budget)
    } else {
        Tangled::default()
    };
    let beyond_help: BTreeSet<_> = beyond_help.crossing.union(&beyond_help.unknown).copied().collect();
    let mut wanted = wanted(&districts, tolerances, mesh.arcs.len());
    let mut round = 0;
    loop {
        let arcs: Vec<Vec<Cell>> = (0..mesh.arcs.len())
            .map(|index| thin(&mesh.arcs[index], &weights[index], wanted[index]))
            .collect();
        if round == rounds {
            return compact(&districts, &arcs);
        }
        let crossing = tangled(&districts, &arcs, &beyond_help, budget).crossing;
        if crossing.is_empty() {
            return compact(&districts, &arcs);
        }
        round += 1;
        for index in arcs_of(&districts, &crossing) {
            let arc = &mut wanted[index];
            arc.least_area = if round == rounds { 0.0 } else { arc.least_area / 16.0 };
        }
    }
}

/// What to leave of an arc.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    /// Points that make smaller triangles go; in cells².
    least_area: f64,
    /// But this many between the ends stay.
    least_points: usize,
}

fn tolerance(area: f64) -> f64 {
    (area.sqrt() / FINENESS).clamp(TOLERANCE.0, TOLERANCE.1)
}

/// Twice the area of a closed ring, in cells².
#[allow(clippy::cast_precision_loss, reason = "areas of the globe in cells fit")]
fn doubled_area(ring: &[Cell]) -> f64 {
    let sum: i64 = ring
        .windows(2)
        .map(|pair| i64::from(pair[0][0]) * i64::from(pair[1][1]) - i64::from(pair[1][0]) * i64::from(pair[0][1]))
        .sum();
    sum.abs() as f64
}

fn ring_area(ring: &[ArcUse], arcs: &[Vec<Cell>]) -> f64 {
    doubled_area(&assemble(ring, arcs)) / 2.0
}

fn area(district: &District, arcs: &[Vec<Cell>]) -> f64 {
    let borders = district.polygons.iter().filter_map(|rings| rings.first());
    borders.map(|border| ring_area(border, arcs)).sum()
}

/// How many rings go along each arc.
fn uses(districts: &[District]) -> HashMap<usize, usize> {
    let mut uses = HashMap::new();
    for arc in districts
        .iter()
        .flat_map(|district| district.polygons.iter().flatten().flatten())
    {
        *uses.entry(number(*arc)).or_default() += 1;
    }
    uses
}

fn without_specks(mesh: &Mesh, tolerances: &[f64]) -> Vec<District> {
    let uses = uses(&mesh.districts);
    let is_shared = |ring: &[ArcUse]| {
        ring.iter()
            .any(|arc| uses.get(&number(*arc)).is_some_and(|uses| *uses > 1))
    };
    let keep = |(district, tolerance): (&District, &f64)| {
        let is_speck = |ring: &Vec<ArcUse>| ring_area(ring, &mesh.arcs) < tolerance * tolerance && !is_shared(ring);
        let largest = district
            .polygons
            .iter()
            .filter_map(|rings| rings.first())
            .map(|border| ring_area(border, &mesh.arcs))
            .fold(0.0, f64::max);
        let is_kept = |rings: &&Vec<Vec<ArcUse>>| {
            rings
                .first()
                .is_some_and(|border| !is_speck(border) || ring_area(border, &mesh.arcs) >= largest)
        };
        let kept = district.polygons.iter().filter(is_kept).map(|rings| {
            let holes = rings.iter().skip(1).filter(|hole| !is_speck(hole));
            rings.iter().take(1).chain(holes).cloned().collect()
        });
        District {
            code: district.code.clone(),
            polygons: kept.collect(),
        }
    };
    mesh.districts.iter().zip(tolerances).map(keep).collect()
}

fn wanted(districts: &[District], tolerances: &[f64], arcs: usize) -> Vec<Wanted> {
    let mut wanted = vec![
        Wanted {
            least_area: f64::INFINITY,
            least_points: 0,
        };
        arcs
    ];
    for (district, tolerance) in districts.iter().zip(tolerances) {
        for ring in district.polygons.iter().flatten() {
            for arc in ring {
                let arc = &mut wanted[number(*arc)];
                arc.least_area = arc.least_area.min(tolerance * tolerance);
                // A ring needs three corners: of one arc two beside its end, of two arcs one beside their ends.
                arc.least_points = arc.least_points.max(3_usize.saturating_sub(ring.len()));
            }
        }
    }
    wanted
}

/// For each point of an arc the area with which it goes: never less than that of one that went before. The ends never go.
fn weights(arc: &[Cell]) -> Vec<f64> {
    let mut weights = vec![f64::INFINITY; arc.len()];
    let mut before: Vec<usize> = (0..arc.len()).map(|index| index.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (1..=arc.len()).collect();
    let triangle = |a: usize, b: usize, c: usize| doubled_area(&[arc[a], arc[b], arc[c], arc[a]]) / 2.0;
    let inner = 1..arc.len().saturating_sub(1);
    let mut now: Vec<f64> = weights.clone();
    // Areas of triangles are halves of whole numbers: doubled they are exact and can be ordered.
    let key = |area: f64, index: usize| Reverse((ordered(area), index));
    let mut heap = BinaryHeap::new();
    for index in inner {
        now[index] = triangle(index - 1, index, index + 1);
        heap.push(key(now[index], index));
    }
    let mut least = 0.0_f64;
    while let Some(Reverse((area, index))) = heap.pop() {
        if weights[index].is_finite() || area != ordered(now[index]) {
            continue;
        }
        least = least.max(now[index]);
        weights[index] = least;
        let (left, right) = (before[index], after[index]);
        after[left] = right;
        before[right] = left;
        for neighbour in [left, right] {
            if neighbour > 0 && neighbour + 1 < arc.len() {
                now[neighbour] = triangle(before[neighbour], neighbour, after[neighbour]);
                heap.push(key(now[neighbour], neighbour));
            }
        }
    }
    weights
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "twice the area of a triangle of cells is whole"
)]
fn ordered(area: f64) -> u64 {
    (area * 2.0) as u64
}

/// The points of an arc that stay.
fn thin(arc: &[Cell], weights: &[f64], wanted: Wanted) -> Vec<Cell> {
    let inner = 1..arc.len().saturating_sub(1);
    let staying = inner
        .clone()
        .filter(|&index| weights[index] >= wanted.least_area)
        .count();
    let mut least_area = wanted.least_area;
    if staying < wanted.least_points {
        let mut largest: Vec<f64> = inner.map(|index| weights[index]).collect();
        largest.sort_by(|a, b| b.total_cmp(a));
        least_area = largest
            .get(wanted.least_points - 1)
            .or(largest.last())
            .copied()
            .unwrap_or(0.0);
    }
    let stays = arc.iter().zip(weights).filter(|(_, weight)| **weight >= least_area);
    stays.map(|(point, _)| *point).collect()
}

/// A polygon: the place of its district and its own among the district's.
type Place = (usize, usize);

/// Polygons that are not as they should be.
#[derive(Debug, Default)]
struct Tangled {
    /// Their borders cross.
    crossing: BTreeSet<Place>,
    /// The budget did not suffice to say.
    unknown: BTreeSet<Place>,
}

/// Polygons whose borders cross, but for those `without` which nobody asks about.
fn tangled(districts: &[District], arcs: &[Vec<Cell>], without: &BTreeSet<Place>, budget: &mut usize) -> Tangled {
    let mut tangled = Tangled::default();
    let places = districts.iter().enumerate().flat_map(|(place, district)| {
        let polygons = district.polygons.iter().enumerate();
        polygons.map(move |(polygon, rings)| ((place, polygon), rings))
    });
    for (place, rings) in places.filter(|(place, _)| !without.contains(place)) {
        let drawn: Vec<Vec<Coord<f64>>> = rings
            .iter()
            .map(|ring| assemble(ring, arcs).into_iter().map(coord).collect())
            .collect();
        match crossing::find(&drawn, Overlaps::Pass, budget) {
            Some(Tangle::At(_)) => tangled.crossing.insert(place),
            Some(Tangle::TooComplex) => tangled.unknown.insert(place),
            None => false,
        };
    }
    tangled
}

fn arcs_of(districts: &[District], places: &BTreeSet<Place>) -> BTreeSet<usize> {
    let polygons = places
        .iter()
        .map(|&(district, polygon)| &districts[district].polygons[polygon]);
    polygons.flatten().flatten().map(|arc| number(*arc)).collect()
}

fn coord(cell: Cell) -> Coord<f64> {
    Coord {
        x: f64::from(cell[0]),
        y: f64::from(cell[1]),
    }
}

/// Only the arcs that are still used, numbered anew.
fn compact(districts: &[District], arcs: &[Vec<Cell>]) -> Mesh {
    let uses = uses(districts);
    let mut kept = Vec::new();
    let mut numbers = HashMap::new();
    for (index, arc) in arcs.iter().enumerate().filter(|(index, _)| uses.contains_key(index)) {
        numbers.insert(index, i32::try_from(kept.len()).unwrap_or(i32::MAX));
        kept.push(arc.clone());
    }
    let renumber = |arc: &ArcUse| {
        let new = numbers.get(&number(*arc)).copied().unwrap_or_default();
        if *arc < 0 { !new } else { new }
    };
    let districts = districts.iter().map(|district| District {
        code: district.code.clone(),
        polygons: district
            .polygons
            .iter()
            .map(|rings| rings.iter().map(|ring| ring.iter().map(renumber).collect()).collect())
            .collect(),
    });
    Mesh {
        districts: districts.collect(),
        arcs: kept,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{
        super::arcs::{
            Cell, District, Mesh, assemble, cut,
            tests::{countries, uses},
        },
        BUDGET, Wanted, doubled_area, simplify, simplify_to, thin, weights,
    };

    /// Districts of one ring each.
    fn mesh(rings: Vec<Vec<Cell>>) -> Mesh {
        let districts = (0..rings.len()).map(|index| District {
            code: index.to_string(),
            polygons: vec![vec![vec![i32::try_from(index).expect("few")]]],
        });
        Mesh {
            districts: districts.collect(),
            arcs: rings,
        }
    }

    /// A closed ring round a lake with a shore of many small waves.
    fn shore(waves: i32, height: i32) -> Vec<Cell> {
        let mut ring: Vec<Cell> = (0..waves)
            .map(|x| [x * 3, if x % 2 == 0 { 0 } else { height }])
            .collect();
        ring.extend([[waves * 3, -20_000], [0, -20_000], [0, 0]]);
        ring
    }

    #[test]
    fn what_crosses_on_the_grid_gets_no_points_back() {
        let straight = mesh(vec![shore(4_000, 2)]);
        let mut crossed = straight.clone();
        // Two points of the far side have changed places.
        let last = crossed.arcs[0].len() - 3;
        crossed.arcs[0].splice(
            last..last,
            [[14_000, -8_000], [13_000, -9_000], [14_000, -9_000], [13_000, -8_000]],
        );
        let is_crossing = super::tangled(&crossed.districts, &crossed.arcs, &BTreeSet::new(), &mut BUDGET.clone());
        assert_eq!(is_crossing.crossing.len(), 1);
        let (straight, crossed) = (simplify(&straight).arcs[0].len(), simplify(&crossed).arcs[0].len());
        assert!(straight < 100 && crossed < 100, "{straight} and {crossed} of 4000");
    }

    #[test]
    fn what_cannot_be_looked_at_gets_no_points_back() {
        let mesh = mesh(vec![shore(4_000, 2)]);
        let tolerances = [20.0];
        let weights: Vec<Vec<f64>> = mesh.arcs.iter().map(|arc| weights(arc)).collect();
        let simple = super::thinned(&mesh, &tolerances, &weights, super::ROUNDS, &mut 0);
        assert!(simple.arcs[0].len() < 100, "{}", simple.arcs[0].len());
    }

    #[test]
    fn what_is_too_fine_is_drawn_more_coarsely() {
        let mesh = mesh((0..5).map(|place| shore(2_000, 2_000 + place)).collect());
        let fine = simplify_to(&mesh, 100_000);
        let coarse = simplify_to(&mesh, 500);
        let points = |mesh: &Mesh| mesh.arcs.iter().map(Vec::len).sum::<usize>();
        assert!(points(&fine) > 5_000, "{}", points(&fine));
        assert!(points(&coarse) <= 500, "{}", points(&coarse));
        assert_eq!(coarse.districts.len(), 5, "nobody disappears");
    }

    #[test]
    fn small_triangles_go_first() {
        let arc: Vec<Cell> = vec![[0, 0], [10, 1], [20, 0], [30, 50], [40, 0]];
        let weights = weights(&arc);
        assert_eq!(weights[1], 10.0);
        assert!(weights[0].is_infinite() && weights[4].is_infinite());
        let wanted = |least_area, least_points| Wanted {
            least_area,
            least_points,
        };
        assert_eq!(
            thin(&arc, &weights, wanted(11.0, 0)),
            [[0, 0], [20, 0], [30, 50], [40, 0]]
        );
        assert_eq!(thin(&arc, &weights, wanted(f64::INFINITY, 0)), [[0, 0], [40, 0]]);
        assert_eq!(
            thin(&arc, &weights, wanted(f64::INFINITY, 1)),
            [[0, 0], [30, 50], [40, 0]]
        );
        assert_eq!(thin(&arc, &weights, wanted(f64::INFINITY, 9)), arc);
    }

    #[test]
    fn weights_only_grow() {
        let arc: Vec<Cell> = (0..400).map(|i| [i * 7, (i * i * 31) % 97]).collect();
        let weights = weights(&arc);
        // Whoever goes later weighs no less: thinning harder keeps a part of what thinning less keeps.
        let mut sorted: Vec<f64> = weights.iter().copied().filter(|weight| weight.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let at = |place: usize| {
            let wanted = Wanted {
                least_area: sorted[place],
                least_points: 0,
            };
            thin(&arc, &weights, wanted)
        };
        let (fine, coarse) = (at(150), at(350));
        assert!(coarse.len() < fine.len() && fine.len() < arc.len());
        let fine: BTreeSet<_> = fine.into_iter().collect();
        assert!(coarse.iter().all(|point| fine.contains(point)));
    }

    proptest! {
        #[test]
        fn borders_stay_shared_and_nothing_vanishes(country in countries()) {
            let mesh = cut(&country.shapes());
            let simple = simplify(&mesh);
            let shared = |mesh| uses(mesh).values().filter(|uses| uses.len() == 2).count();
            // The same number of arcs with two sides, and each of them is gone along both ways, so nothing tears.
            prop_assert_eq!(shared(&simple), shared(&mesh));
            prop_assert!(uses(&simple).values().all(|uses| uses.len() == 1 || uses[0] != uses[1]));
            prop_assert_eq!(simple.districts.len(), mesh.districts.len());
            let all: BTreeSet<Cell> = mesh.arcs.iter().flatten().copied().collect();
            prop_assert!(simple.arcs.iter().flatten().all(|point| all.contains(point)), "no new points");
            for (now, before) in simple.districts.iter().zip(&mesh.districts) {
                prop_assert_eq!(&now.code, &before.code);
                prop_assert_eq!(now.polygons.len(), before.polygons.len());
                for ring in now.polygons.iter().flatten() {
                    let points = assemble(ring, &simple.arcs);
                    prop_assert!(points.len() >= 4 && points.first() == points.last());
                    prop_assert!(doubled_area(&points) > 0.0);
                }
            }
        }

        /// Points go, and what is left crosses nowhere.
        #[test]
        fn simplified_borders_do_not_cross(country in countries()) {
            let mesh = cut(&country.shapes());
            let simple = simplify(&mesh);
            let points = |mesh: &Mesh| mesh.arcs.iter().map(Vec::len).sum::<usize>();
            prop_assert!(points(&simple) * 4 <= points(&mesh) * 3, "{} of {}", points(&simple), points(&mesh));
            let tangled = super::tangled(&simple.districts, &simple.arcs, &BTreeSet::new(), &mut BUDGET.clone());
            prop_assert!(tangled.crossing.is_empty() && tangled.unknown.is_empty());
        }
    }
}
