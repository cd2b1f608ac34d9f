//! What must be right with the kabupaten/kota of a file before it is used.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Area, Contains, Coord, LineString, Point, Polygon};

use super::{
    crossing::{self, BUDGET, Overlaps, Tangle},
    names::Names,
    problem::{Problem, ProblemKind, Problems, Subject},
    read::{Contents, Feature, Regencies, Ring, Rings, subject_of},
};
use crate::error::Text;

/// Indonesia with a margin of half a degree: Rondo, Benggala, Ndana, the border of Papua.
const WEST_EAST: (f64, f64) = (94.5, 141.5);
const SOUTH_NORTH: (f64, f64) = (-11.5, 6.5);

/// How many points of a hole may lie on the border before it is taken to be outside.
const MOST_TOUCHING: usize = 200;

/// The polygons of each kabupaten/kota by code.
pub type Shapes = BTreeMap<String, Vec<Rings>>;

/// Checks everything; what is right comes out by code.
///
/// # Errors
/// Everything that is wrong, the file as a whole first.
pub fn check(contents: Contents, regencies: &Regencies) -> Result<Shapes, Problems> {
    if contents.features.is_empty() {
        return Err(Problem::of_file(ProblemKind::NoShapes, &Text::fixed("", "")).into());
    }
    // Every other word about places would be in vain.
    if let Some(problem) = coordinate_system(&contents.features, regencies) {
        return Err(problem.into());
    }
    let names = Names::of(regencies);
    let mut problems = Problems::default();
    let mut shapes = Shapes::new();
    let mut seen = BTreeSet::new();
    let mut budget = BUDGET;
    for feature in contents.features {
        let subject = subject_of(feature.number, feature.code.as_deref(), regencies);
        if let Some((kind, detail)) = code_problem(&feature, &subject, &mut seen, &names) {
            problems.push(|| Problem::new(kind, subject, None, &detail));
            continue;
        }
        match shape_problem(&feature.polygons, &mut budget) {
            Some((kind, at)) => problems.push(|| Problem::new(kind, subject, at, &Text::fixed("", ""))),
            None => {
                shapes.insert(feature.code.unwrap_or_default(), feature.polygons);
            }
        }
    }
    if problems.is_empty() { Ok(shapes) } else { Err(problems) }
}

fn points(feature: &Feature) -> impl Iterator<Item = Coord<f64>> {
    feature.polygons.iter().flatten().flatten().copied()
}

const fn within(value: f64, range: (f64, f64)) -> bool {
    range.0 <= value && value <= range.1
}

fn is_in_indonesia(at: Coord<f64>) -> bool {
    within(at.x, WEST_EAST) && within(at.y, SOUTH_NORTH)
}

/// Projected coordinates, or latitude before longitude: one word for the whole file.
fn coordinate_system(features: &[Feature], regencies: &Regencies) -> Option<Problem> {
    let told = |kind, feature: &Feature, at| {
        let subject = subject_of(feature.number, feature.code.as_deref(), regencies);
        Problem::new(kind, subject, Some(at), &Text::fixed("", ""))
    };
    let is_degrees = |at: Coord<f64>| at.x.abs() <= 180.0 && at.y.abs() <= 90.0;
    let is_swapped = |at: Coord<f64>| !is_in_indonesia(at) && is_in_indonesia(Coord { x: at.y, y: at.x });
    let (mut swapped, mut count) = (None, (0_usize, 0_usize));
    for feature in features {
        let (mut turned, mut all) = (0_usize, 0_usize);
        for at in points(feature) {
            // 119.5 before -5.2 is turned, and no latitude either.
            if is_swapped(at) {
                turned += 1;
                swapped.get_or_insert((feature, at));
            } else if !is_degrees(at) {
                return Some(told(ProblemKind::Projected, feature, at));
            }
            all += 1;
        }
        count = (count.0 + turned, count.1 + all);
    }
    let (feature, at) = swapped?;
    (count.0 * 2 > count.1).then(|| told(ProblemKind::Swapped, feature, at))
}

fn code_problem(
    feature: &Feature,
    subject: &Subject,
    seen: &mut BTreeSet<String>,
    names: &Names,
) -> Option<(ProblemKind, Text)> {
    let Some(code) = &feature.code else {
        return Some((ProblemKind::NoCode, Text::fixed("", "")));
    };
    if matches!(subject, Subject::Feature(_)) {
        let detail = format!("“{code}”");
        return Some((ProblemKind::UnknownCode, Text::new(detail.clone(), detail)));
    }
    if !seen.insert(code.clone()) {
        return Some((ProblemKind::DuplicateCode, Text::fixed("", "")));
    }
    let (given, other) = names.other(code, &feature.names)?;
    let detail = Text::new(
        format!("“{given}”, seperti {} ({})", other.name, other.code),
        format!("“{given}”, as is {} ({})", other.name, other.code),
    );
    Some((ProblemKind::OtherName, detail))
}

/// The first thing that is wrong with the polygons of one kabupaten/kota.
fn shape_problem(polygons: &[Rings], budget: &mut usize) -> Option<(ProblemKind, Option<Coord<f64>>)> {
    if polygons.is_empty() {
        return Some((ProblemKind::Empty, None));
    }
    polygons.iter().find_map(|rings| polygon_problem(rings, budget))
}

fn polygon_problem(rings: &Rings, budget: &mut usize) -> Option<(ProblemKind, Option<Coord<f64>>)> {
    let Some(outer) = rings.first() else {
        return Some((ProblemKind::Empty, None));
    };
    for ring in rings {
        if let Some(problem) = ring_problem(ring) {
            return Some((problem, ring.first().copied()));
        }
        if let Some(at) = ring.iter().find(|at| !is_in_indonesia(**at)) {
            return Some((ProblemKind::OutsideIndonesia, Some(*at)));
        }
    }
    match crossing::find(rings, Overlaps::Count, budget) {
        Some(Tangle::At(at)) => return Some((ProblemKind::SelfCrossing, Some(at))),
        Some(Tangle::TooComplex) => return Some((ProblemKind::TooComplex, None)),
        None => {}
    }
    let border = Polygon::new(LineString::new(outer.clone()), Vec::new());
    if border.unsigned_area() == 0.0 {
        return Some((ProblemKind::Empty, outer.first().copied()));
    }
    // Nothing crosses, so one point that is not on the border tells where the hole lies.
    for hole in &rings[1..] {
        match lies_within(&border, hole, budget) {
            Some(true) => {}
            Some(false) => return Some((ProblemKind::HoleOutside, hole.first().copied())),
            None => return Some((ProblemKind::TooComplex, None)),
        }
    }
    None
}

fn ring_problem(ring: &Ring) -> Option<ProblemKind> {
    if ring.len() < 4 {
        return Some(ProblemKind::TooFewPoints);
    }
    (ring.first() != ring.last()).then_some(ProblemKind::Unclosed)
}

/// True when a hole is inside of a border that it does not cross; none when the budget is used up. Points of both may meet;
/// the middle of a line that the border does not have decides.
fn lies_within(border: &Polygon<f64>, hole: &Ring, budget: &mut usize) -> Option<bool> {
    let middles = hole.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0);
    let places = hole.iter().copied().chain(middles);
    for at in places.take(MOST_TOUCHING) {
        // Each look goes along the whole border.
        *budget = budget.checked_sub(border.exterior().0.len())?;
        if border.contains(&Point(at)) {
            return Some(true);
        }
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::{super::arcs::tests::square, BUDGET, ProblemKind, Ring, polygon_problem};

    /// A square with a thousand points on each side and nine hundred holes.
    fn sieve() -> Vec<Ring> {
        let corners = square(110.0, -8.0, 1.0);
        let mut border: Ring = corners
            .windows(2)
            .flat_map(|pair| (0..1000).map(move |step| pair[0] + (pair[1] - pair[0]) * (f64::from(step) / 1000.0)))
            .collect();
        border.push(border[0]);
        let holes = (0..900).map(|place| {
            let (column, row) = (f64::from(place % 30), f64::from(place / 30));
            square(110.01 + column * 0.03, -7.99 + row * 0.03, 0.01)
        });
        [border].into_iter().chain(holes).collect()
    }

    #[test]
    fn looking_for_holes_is_paid_for() {
        let sieve = sieve();
        let spent = |rings: &[Ring]| {
            let mut left = BUDGET;
            assert_eq!(polygon_problem(&rings.to_vec(), &mut left), None);
            BUDGET - left
        };
        let (border, whole) = (spent(&sieve[..1]), spent(&sieve));
        let looks = 900 * (sieve[0].len() - 1);
        assert!(whole >= border + looks, "{whole} for {looks} steps along the border");
        // What is enough to find crossings is not enough to find holes.
        let mut left = whole - looks / 2;
        let found = polygon_problem(&sieve, &mut left);
        assert_eq!(found, Some((ProblemKind::TooComplex, None)));
    }
}
