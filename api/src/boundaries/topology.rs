//! The boundaries as they are kept and served: TopoJSON with one object, `districts`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    arcs::{ArcUse, CELL, Cell, Mesh},
    read::Regencies,
};

/// TopoJSON: borders as arcs that neighbours share, points as steps on a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BoundaryTopology {
    /// `Topology`.
    #[serde(rename = "type")]
    #[schema(example = "Topology")]
    pub kind: String,
    /// West, south, east and north, in degrees.
    pub bbox: [f64; 4],
    /// From the grid to degrees.
    pub transform: BoundaryTransform,
    /// The one object.
    pub objects: BoundaryObjects,
    /// The arcs: the first point, then steps from each to the next.
    pub arcs: Vec<Vec<[i32; 2]>>,
}

/// From the grid to degrees: longitude is `x · scale[0] + translate[0]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BoundaryTransform {
    /// Width and height of a cell.
    pub scale: [f64; 2],
    /// Where the grid begins.
    pub translate: [f64; 2],
}

/// The objects of the topology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BoundaryObjects {
    /// The kabupaten/kota.
    pub districts: BoundaryCollection,
}

/// A GeometryCollection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BoundaryCollection {
    /// `GeometryCollection`.
    #[serde(rename = "type")]
    #[schema(example = "GeometryCollection")]
    pub kind: String,
    /// The kabupaten/kota, by code.
    pub geometries: Vec<BoundaryGeometry>,
}

/// A kabupaten/kota.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BoundaryGeometry {
    /// `MultiPolygon`.
    #[serde(rename = "type")]
    #[schema(example = "MultiPolygon")]
    pub kind: String,
    /// Kemendagri code.
    #[schema(example = "73.06")]
    pub id: String,
    /// Its name.
    pub properties: BoundaryName,
    /// Polygons of rings of arcs; `-1 - i` is arc `i` backwards.
    pub arcs: Vec<Vec<Vec<ArcUse>>>,
}

/// What is said of a kabupaten/kota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BoundaryName {
    /// Its name.
    #[schema(example = "Kabupaten Gowa")]
    pub name: String,
}

impl BoundaryTopology {
    /// Writes a mesh as TopoJSON.
    #[must_use]
    pub fn of(mesh: &Mesh, regencies: &Regencies) -> Self {
        let points = || mesh.arcs.iter().flatten();
        let least = |axis: usize| points().map(|point| point[axis]).min().unwrap_or_default();
        let most = |axis: usize| points().map(|point| point[axis]).max().unwrap_or_default();
        let origin = [least(0), least(1)];
        let geometries = mesh.districts.iter().map(|district| BoundaryGeometry {
            kind: "MultiPolygon".to_owned(),
            id: district.code.clone(),
            properties: BoundaryName {
                name: regencies.get(&district.code).cloned().unwrap_or_default(),
            },
            arcs: district.polygons.clone(),
        });
        Self {
            kind: "Topology".to_owned(),
            bbox: [
                degrees(origin[0]),
                degrees(origin[1]),
                degrees(most(0)),
                degrees(most(1)),
            ],
            transform: BoundaryTransform {
                scale: [CELL, CELL],
                translate: origin.map(degrees),
            },
            objects: BoundaryObjects {
                districts: BoundaryCollection {
                    kind: "GeometryCollection".to_owned(),
                    geometries: geometries.collect(),
                },
            },
            arcs: mesh.arcs.iter().map(|arc| steps(arc, origin)).collect(),
        }
    }
}

/// A whole number of cells as degrees, without the tail that multiplying by a fraction leaves.
fn degrees(cells: i32) -> f64 {
    f64::from(cells) / (1.0 / CELL).round()
}

fn steps(arc: &[Cell], origin: Cell) -> Vec<[i32; 2]> {
    let mut last = origin;
    let step = |point: &Cell| {
        let step = [point[0] - last[0], point[1] - last[1]];
        last = *point;
        step
    };
    arc.iter().map(step).collect()
}
