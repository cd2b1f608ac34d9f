//! Borders cut into arcs that neighbours share, so that what is done to one arc is done to the border of both.
//!
//! Points are put on a grid first: two districts share a border when their points fall into the same cells. A ring is cut
//! wherever it meets or leaves another one, which is where a point has other neighbours in one ring than in another.

use std::collections::HashMap;

use geo::Coord;

use super::{check::Shapes, read::Rings};

/// Width of a cell of the grid in degrees: 11 metres.
pub const CELL: f64 = 0.0001;

/// A point on the grid.
pub type Cell = [i32; 2];

/// A ring on the grid: at least three points, none the same as the one before, the first not repeated at the end.
pub type GridRing = Vec<Cell>;

/// What districts consist of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mesh {
    /// The arcs, each once, in the direction in which they were first met.
    pub arcs: Vec<Vec<Cell>>,
    /// The districts by code.
    pub districts: Vec<District>,
}

/// A district made of arcs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Its code.
    pub code: String,
    /// Polygons of rings of arcs; the first ring is the border, the others are holes.
    pub polygons: Vec<Vec<Vec<ArcUse>>>,
}

/// An arc in a ring: its number, or the complement of that (`!i`) when the ring goes along it backwards.
pub type ArcUse = i32;

/// Which arc it is.
#[must_use]
pub fn number(arc: ArcUse) -> usize {
    usize::try_from(if arc < 0 { !arc } else { arc }).unwrap_or_default()
}

/// The cell that a point falls into.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "degrees of the globe fit by far")]
pub fn cell(at: Coord<f64>) -> Cell {
    [(at.x / CELL).round() as i32, (at.y / CELL).round() as i32]
}

/// A ring on the grid; none when so little is left that it has no extent.
#[must_use]
pub fn grid_ring(ring: &[Coord<f64>]) -> Option<GridRing> {
    let mut cells: GridRing = ring.iter().copied().map(cell).collect();
    cells.dedup();
    while cells.len() > 1 && cells.first() == cells.last() {
        cells.pop();
    }
    (cells.len() >= 3).then_some(cells)
}

/// Cuts districts into arcs. Polygons and holes that vanish on the grid are left out, and districts of nothing else.
#[must_use]
pub fn cut(shapes: &Shapes) -> Mesh {
    let on_grid: Vec<(String, Vec<Vec<GridRing>>)> = shapes
        .iter()
        .map(|(code, polygons)| (code.clone(), polygons.iter().filter_map(grid_polygon).collect()))
        .collect();
    let junctions = Junctions::of(on_grid.iter().flat_map(|(_, polygons)| polygons.iter().flatten()));
    let mut cutter = Cutter::default();
    let districts = on_grid
        .into_iter()
        .map(|(code, polygons)| District {
            code,
            polygons: polygons
                .iter()
                .map(|rings| rings.iter().map(|ring| cutter.cut(ring, &junctions)).collect())
                .collect(),
        })
        .filter(|district: &District| !district.polygons.is_empty())
        .collect();
    Mesh {
        arcs: cutter.arcs,
        districts,
    }
}

fn grid_polygon(rings: &Rings) -> Option<Vec<GridRing>> {
    let (border, holes) = rings.split_first()?;
    let mut polygon = vec![wound(grid_ring(border)?, true)];
    polygon.extend(holes.iter().filter_map(|hole| Some(wound(grid_ring(hole)?, false))));
    Some(polygon)
}

/// A ring that goes round as RFC 7946 has it: borders counter-clockwise, holes clockwise. Files do as they like; a hole wound
/// like its border would be filled.
fn wound(mut ring: GridRing, is_border: bool) -> GridRing {
    let next = ring.iter().cycle().skip(1);
    let doubled_area: i64 = ring
        .iter()
        .zip(next)
        .map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1]))
        .sum();
    if (doubled_area < 0) == is_border {
        ring.reverse();
    }
    ring
}

/// Points in which rings meet or part.
struct Junctions(HashMap<Cell, Neighbours>);

struct Neighbours {
    pair: [Cell; 2],
    is_junction: bool,
}

impl Junctions {
    fn of<'a>(rings: impl Iterator<Item = &'a GridRing>) -> Self {
        let mut points: HashMap<Cell, Neighbours> = HashMap::new();
        for ring in rings {
            for (index, point) in ring.iter().enumerate() {
                let before = ring[(index + ring.len() - 1) % ring.len()];
                let after = ring[(index + 1) % ring.len()];
                let mut pair = [before, after];
                pair.sort_unstable();
                points
                    .entry(*point)
                    .and_modify(|known| known.is_junction |= known.pair != pair)
                    .or_insert(Neighbours {
                        pair,
                        is_junction: false,
                    });
            }
        }
        Self(points)
    }

    fn has(&self, point: &Cell) -> bool {
        self.0.get(point).is_some_and(|known| known.is_junction)
    }
}

#[derive(Default)]
struct Cutter {
    arcs: Vec<Vec<Cell>>,
    /// Arcs by their points in the one of both directions that sorts first.
    known: HashMap<Vec<Cell>, usize>,
}

impl Cutter {
    fn cut(&mut self, ring: &GridRing, junctions: &Junctions) -> Vec<ArcUse> {
        let Some(first) = ring.iter().position(|point| junctions.has(point)) else {
            return vec![self.arc(whole(ring))];
        };
        let mut arcs = Vec::new();
        let mut arc = vec![ring[first]];
        for step in 1..=ring.len() {
            let point = ring[(first + step) % ring.len()];
            arc.push(point);
            if junctions.has(&point) {
                arcs.push(self.arc(std::mem::replace(&mut arc, vec![point])));
            }
        }
        arcs
    }

    fn arc(&mut self, points: Vec<Cell>) -> ArcUse {
        let mut backwards = points.clone();
        backwards.reverse();
        let key = if backwards < points { backwards } else { points.clone() };
        let index = *self.known.entry(key).or_insert_with(|| {
            self.arcs.push(points.clone());
            self.arcs.len() - 1
        });
        let number = i32::try_from(index).unwrap_or(i32::MAX);
        // An arc that reads the same both ways goes forwards.
        if self.arcs[index] == points { number } else { !number }
    }
}

/// A ring that nothing else touches in parts only: as an arc that begins at its least point, so that the same ring round a
/// hole and round what lies in the hole is the same arc.
fn whole(ring: &GridRing) -> Vec<Cell> {
    let start = (0..ring.len()).min_by_key(|&index| ring[index]).unwrap_or_default();
    let mut arc: Vec<Cell> = ring[start..].iter().chain(&ring[..start]).copied().collect();
    arc.push(ring[start]);
    arc
}

/// The points of a ring of arcs, the first again at the end.
#[must_use]
pub fn assemble(ring: &[ArcUse], arcs: &[Vec<Cell>]) -> Vec<Cell> {
    let mut points: Vec<Cell> = Vec::new();
    for &arc in ring {
        // Neighbouring arcs share the point in which they meet.
        points.pop();
        let along = &arcs[number(arc)];
        if arc < 0 {
            points.extend(along.iter().rev());
        } else {
            points.extend(along);
        }
    }
    points
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use geo::Coord;
    use proptest::prelude::*;

    use super::{super::read::Ring, Cell, Mesh, Shapes, assemble, cut, grid_ring, number};

    /// Cells of a made-up country: a lattice of districts whose borders wiggle, some with an enclave, some missing.
    #[derive(Clone, Debug)]
    pub struct Country {
        /// How wide and high the lattice is.
        size: (usize, usize),
        /// How the borders wiggle, one number a point.
        wiggle: Vec<u8>,
        /// What is in each field of the lattice.
        fields: Vec<u8>,
    }

    const SPAN: f64 = 0.5;
    /// How far a border wiggles at least, as a share of a side. Eleven of them are less than the way between two points, so that
    /// sides do not meet beside their corner.
    const BUMP: f64 = 0.001;
    /// Points on each side of a field: so many that simplifying leaves most of them out.
    const POINTS: usize = 48;

    pub fn countries() -> impl Strategy<Value = Country> {
        (
            1..4_usize,
            1..4_usize,
            prop::collection::vec(0..12_u8, 400),
            prop::collection::vec(0..6_u8, 16),
        )
            .prop_map(|(width, height, wiggle, fields)| Country {
                size: (width, height),
                wiggle,
                fields,
            })
    }

    impl Country {
        /// A corner, or a point on a side: `along` of [`POINTS`] to the next corner, to the east or north.
        fn point(&self, x: usize, y: usize, is_east: bool, along: usize) -> Coord<f64> {
            let seed = ((x * 5 + y) * 2 + usize::from(is_east)) * POINTS + along;
            let bump = if along == 0 {
                0.0
            } else {
                f64::from(self.wiggle[seed % self.wiggle.len()]) * BUMP
            };
            #[allow(clippy::cast_precision_loss, reason = "small numbers")]
            let (x, y, step) = (x as f64, y as f64, along as f64 / POINTS as f64);
            let (east, north) = if is_east {
                (x + step, y + bump)
            } else {
                (x + bump, y + step)
            };
            Coord {
                x: 110.0 + east * SPAN,
                y: -8.0 + north * SPAN,
            }
        }

        fn side(&self, x: usize, y: usize, is_east: bool) -> Vec<Coord<f64>> {
            let mut side: Vec<_> = (0..POINTS).map(|along| self.point(x, y, is_east, along)).collect();
            side.push(if is_east {
                self.point(x + 1, y, true, 0)
            } else {
                self.point(x, y + 1, false, 0)
            });
            side
        }

        fn border(&self, x: usize, y: usize) -> Vec<Coord<f64>> {
            let reversed = |mut side: Vec<Coord<f64>>| {
                side.reverse();
                side
            };
            let mut ring = self.side(x, y, true);
            ring.extend(self.side(x + 1, y, false));
            ring.extend(reversed(self.side(x, y + 1, true)));
            ring.extend(reversed(self.side(x, y, false)));
            ring.dedup();
            ring
        }

        pub fn shapes(&self) -> Shapes {
            let mut shapes = Shapes::new();
            for x in 0..self.size.0 {
                for y in 0..self.size.1 {
                    let what = self.fields[(x * 4 + y) % self.fields.len()];
                    let mut rings = vec![self.border(x, y)];
                    // Some fields are sea; others have a town in the middle.
                    if what == 0 {
                        continue;
                    }
                    let code = format!("{x}.{y}");
                    if what == 1 {
                        let middle = self.point(x, y, true, 0);
                        let corner = |dx: f64, dy: f64| Coord {
                            x: middle.x + dx,
                            y: middle.y + dy,
                        };
                        let town = vec![
                            corner(0.2, 0.2),
                            corner(0.3, 0.2),
                            corner(0.31, 0.31),
                            corner(0.2, 0.3),
                            corner(0.2, 0.2),
                        ];
                        let mut hole = town.clone();
                        hole.reverse();
                        // The hole begins elsewhere than the town.
                        hole.pop();
                        hole.rotate_left(2);
                        hole.push(hole[0]);
                        rings.push(hole);
                        shapes.insert(format!("{code} town"), vec![vec![town]]);
                    }
                    // Two fields beside one another are one district of two polygons now and then.
                    let owner = if what == 2 { "both".to_owned() } else { code };
                    shapes.entry(owner).or_default().push(rings);
                }
            }
            shapes
        }
    }

    fn rotated(ring: &[Cell]) -> Vec<Cell> {
        let start = (0..ring.len()).min_by_key(|&index| ring[index]).unwrap_or_default();
        ring[start..].iter().chain(&ring[..start]).copied().collect()
    }

    pub fn uses(mesh: &Mesh) -> BTreeMap<usize, Vec<bool>> {
        let mut uses: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
        for arc in mesh
            .districts
            .iter()
            .flat_map(|district| district.polygons.iter().flatten().flatten())
        {
            uses.entry(number(*arc)).or_default().push(*arc < 0);
        }
        uses
    }

    pub fn square(west: f64, south: f64, side: f64) -> Ring {
        let corner = |dx: f64, dy: f64| Coord {
            x: west + dx * side,
            y: south + dy * side,
        };
        vec![
            corner(0.0, 0.0),
            corner(1.0, 0.0),
            corner(1.0, 1.0),
            corner(0.0, 1.0),
            corner(0.0, 0.0),
        ]
    }

    #[test]
    fn neighbours_share_their_border() {
        let at = |west: f64| vec![vec![square(west, 0.0, 1.0)]];
        let shapes = Shapes::from([("a".to_owned(), at(110.0)), ("b".to_owned(), at(111.0))]);
        let mesh = cut(&shapes);
        assert_eq!(mesh.arcs.len(), 3, "one between them, one round each: {:?}", mesh.arcs);
        let shared: Vec<_> = uses(&mesh).into_values().filter(|uses| uses.len() == 2).collect();
        assert_eq!(shared, [vec![false, true]], "along it one way and the other");
    }

    #[test]
    fn what_vanishes_on_the_grid_is_left_out() {
        let speck = |x: f64| Coord { x: 110.0 + x, y: 0.0 };
        assert_eq!(grid_ring(&[speck(0.0), speck(1e-6), speck(2e-6), speck(0.0)]), None);
        let shapes = Shapes::from([("a".to_owned(), vec![vec![vec![speck(0.0), speck(1e-6), speck(0.0)]]])]);
        assert_eq!(cut(&shapes), Mesh::default());
    }

    #[test]
    fn borders_and_holes_go_round_opposite_ways() {
        let reversed = |mut ring: Vec<Coord<f64>>| {
            ring.reverse();
            ring
        };
        let (outer, inner) = (square(110.0, 0.0, 3.0), square(111.0, 1.0, 1.0));
        let right = cut(&Shapes::from([
            ("around".to_owned(), vec![vec![outer.clone(), reversed(inner.clone())]]),
            ("town".to_owned(), vec![vec![inner.clone()]]),
        ]));
        let turning = |ring: &[Cell]| -> i64 {
            let pairs = ring.windows(2);
            pairs
                .map(|pair| {
                    i64::from(pair[0][0]) * i64::from(pair[1][1]) - i64::from(pair[1][0]) * i64::from(pair[0][1])
                })
                .sum()
        };
        for (border, hole) in [
            (outer.clone(), inner.clone()),
            (reversed(outer.clone()), inner.clone()),
            (reversed(outer), reversed(inner.clone())),
        ] {
            let mesh = cut(&Shapes::from([
                ("around".to_owned(), vec![vec![border, hole]]),
                ("town".to_owned(), vec![vec![reversed(inner.clone())]]),
            ]));
            let rings = &mesh.districts[0].polygons[0];
            assert!(turning(&assemble(&rings[0], &mesh.arcs)) > 0);
            assert!(turning(&assemble(&rings[1], &mesh.arcs)) < 0);
            assert!(turning(&assemble(&mesh.districts[1].polygons[0][0], &mesh.arcs)) > 0);
            // The border of the town is one arc, gone along both ways.
            assert_eq!(mesh.arcs.len(), right.arcs.len());
        }
    }

    proptest! {
        #[test]
        fn arcs_put_together_are_the_rings_again(country in countries()) {
            let shapes = country.shapes();
            let mesh = cut(&shapes);
            prop_assert_eq!(mesh.districts.len(), shapes.len());
            for district in &mesh.districts {
                for (polygon, rings) in district.polygons.iter().zip(&shapes[&district.code]) {
                    prop_assert_eq!(polygon.len(), rings.len());
                    for (arcs, ring) in polygon.iter().zip(rings) {
                        let mut assembled = assemble(arcs, &mesh.arcs);
                        prop_assert_eq!(assembled.first(), assembled.last());
                        assembled.pop();
                        let expected = grid_ring(ring).expect("has extent");
                        prop_assert_eq!(rotated(&assembled), rotated(&expected));
                    }
                }
            }
        }

        /// No piece of a border is in two arcs: that is what keeps borders together when arcs are changed.
        #[test]
        fn every_piece_is_in_one_arc(country in countries()) {
            let mesh = cut(&country.shapes());
            let mut seen = BTreeSet::new();
            for pair in mesh.arcs.iter().flat_map(|arc| arc.windows(2)) {
                let mut piece = [pair[0], pair[1]];
                piece.sort_unstable();
                prop_assert!(seen.insert(piece), "{:?} twice", piece);
            }
            prop_assert!(uses(&mesh).values().all(|uses| uses.len() <= 2));
        }
    }
}
