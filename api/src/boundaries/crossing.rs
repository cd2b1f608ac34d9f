//! Where borders cross.
//!
//! `geo`'s own `Validation` compares each line of a ring with each other (20,000 points of a coastline are 400 million pairs)
//! and does not say where. Here a line is compared with those only that reach as far west as it does; a property test holds
//! both against each other. The test of two lines is `geo`'s, with its robust predicates.

use geo::{
    Coord, Line,
    line_intersection::{LineIntersection, line_intersection},
};

/// Comparisons that may be spent on a file: a few seconds. A thousand times what the coasts of the country take.
pub const BUDGET: usize = 1_000_000_000;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tangle {
    /// Two lines cross, or lie on one another, here.
    At(Coord<f64>),
    /// The budget was used up.
    TooComplex,
}

/// Whether lines that lie on one another count, as they do in a file; simplifying may lay two lines of an inlet on one
/// another, which no eye sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlaps {
    /// They are faults.
    Count,
    /// They are let pass.
    Pass,
}

/// Finds a place in which lines of these closed rings cross. Rings may touch themselves and each other in points.
#[must_use]
pub fn find(rings: &[Vec<Coord<f64>>], overlaps: Overlaps, budget: &mut usize) -> Option<Tangle> {
    let mut lines: Vec<Line<f64>> = rings
        .iter()
        .flat_map(|ring| ring.windows(2))
        .filter(|pair| pair[0] != pair[1])
        .map(|pair| {
            if pair[0].x <= pair[1].x {
                (pair[0], pair[1])
            } else {
                (pair[1], pair[0])
            }
        })
        .map(|(west, east)| Line::new(west, east))
        .collect();
    lines.sort_unstable_by(|a, b| a.start.x.total_cmp(&b.start.x));
    // Those that may still reach the line at hand.
    let mut open: Vec<Line<f64>> = Vec::new();
    for line in lines {
        open.retain(|other| other.end.x >= line.start.x);
        match budget.checked_sub(open.len()) {
            Some(left) => *budget = left,
            None => return Some(Tangle::TooComplex),
        }
        for other in &open {
            if !share_height(line, *other) {
                continue;
            }
            match line_intersection(line, *other) {
                Some(LineIntersection::SinglePoint {
                    intersection,
                    is_proper: true,
                }) => return Some(Tangle::At(intersection)),
                Some(LineIntersection::Collinear { intersection })
                    if overlaps == Overlaps::Count && intersection.start != intersection.end =>
                {
                    return Some(Tangle::At(intersection.start));
                }
                _ => {}
            }
        }
        open.push(line);
    }
    None
}

fn share_height(a: Line<f64>, b: Line<f64>) -> bool {
    a.start.y.min(a.end.y) <= b.start.y.max(b.end.y) && b.start.y.min(b.end.y) <= a.start.y.max(a.end.y)
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, Overlaps, Tangle, find};
    use geo::{Coord, LineString, Polygon, Validation};
    use proptest::prelude::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord<f64>> {
        let mut ring: Vec<_> = points.iter().map(|&(x, y)| Coord { x, y }).collect();
        ring.push(ring[0]);
        ring
    }

    fn found(rings: &[Vec<Coord<f64>>]) -> Option<Tangle> {
        find(rings, Overlaps::Count, &mut BUDGET.clone())
    }

    #[test]
    fn crossings_are_found_with_their_place() {
        let bow = ring(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)]);
        assert_eq!(found(&[bow]), Some(Tangle::At(Coord { x: 1.0, y: 1.0 })));
        let square = ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]);
        assert_eq!(found(std::slice::from_ref(&square)), None);
        let hole = ring(&[(1.0, 1.0), (1.0, 2.0), (5.0, 1.5)]);
        assert!(matches!(found(&[square.clone(), hole]), Some(Tangle::At(_))));
        let touching = ring(&[(0.0, 2.0), (1.0, 1.0), (1.0, 3.0)]);
        assert_eq!(found(&[square, touching]), None, "holes may touch in a point");
        let spike = ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (6.0, 2.0), (4.0, 2.0), (4.0, 4.0)]);
        assert!(found(std::slice::from_ref(&spike)).is_some());
        assert_eq!(find(&[spike], Overlaps::Pass, &mut BUDGET.clone()), None);
    }

    #[test]
    fn a_tangle_ends_the_search() {
        let comb: Vec<_> = (0..200)
            .map(|i| (if i % 2 == 0 { 0.0 } else { 9.0 }, f64::from(i)))
            .collect();
        assert_eq!(
            find(&[ring(&comb)], Overlaps::Count, &mut 1_000),
            Some(Tangle::TooComplex)
        );
    }

    proptest! {
        /// Points on a circle in any order: crossing or not is what `geo` says of it too.
        #[test]
        fn agrees_with_geo(order in Just((0..9_u8).collect::<Vec<_>>()).prop_shuffle(), swaps in 0..9_usize) {
            // Half of the cases nearly in order, else almost all would cross.
            let mut order = order;
            if swaps < 5 {
                order.sort_unstable();
                order.swap(swaps, swaps + 3);
                order.swap(0, swaps);
            }
            let points: Vec<_> = order
                .iter()
                .map(|&i| { let angle = f64::from(i) * 0.7 + 0.1; (angle.cos(), angle.sin()) })
                .collect();
            let ring = ring(&points);
            let polygon = Polygon::new(LineString::new(ring.clone()), vec![]);
            prop_assert_eq!(found(&[ring]).is_none(), polygon.is_valid());
        }
    }
}
