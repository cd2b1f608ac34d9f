//! Reading GeoJSON and TopoJSON: nothing in the file is believed before it is checked.
//!
//! Both are parsed straight into the few types that are needed; attributes, which are most of such files, are skipped.

use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;
use serde::Deserialize;

use super::{
    MAX_DEPTH, MAX_FEATURES, MAX_LISTS, MAX_OBJECTS, MAX_POINTS, MAX_VALUES,
    json::{ArcIndex, Nest, Position, Properties, Scalar},
    problem::{Problem, ProblemKind, Problems, Subject},
};
use crate::{error::Text, http::json_scan};

/// Properties in which a code is looked for, in this order and whatever the case; `id` of the feature itself comes last.
/// `kdpkab` is how the base maps of the country call it.
pub const CODE_NAMES: [&str; 5] = ["code", "kode", "kode_kab", "kdpkab", "id"];

/// Properties in which a name is looked for, whatever the case.
pub const NAME_NAMES: [&str; 6] = ["wadmkk", "kabupaten", "kab_kota", "namobj", "nama", "name"];

/// A ring as it stands in the file, the first point again at its end.
pub type Ring = Vec<Coord<f64>>;
/// The border of a polygon, and of its holes.
pub type Rings = Vec<Ring>;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// RFC 7946.
    GeoJson,
    /// GeoJSON's topological relative.
    TopoJson,
}

/// One feature with its polygons.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its code, with the dot when it looks like one.
    pub code: Option<String>,
    /// What it may be named, as it stands in the file.
    pub names: Vec<String>,
    /// What it covers.
    pub polygons: Vec<Rings>,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Contents {
    /// What it is.
    pub format: Format,
    /// The object of a TopoJSON file that holds the kabupaten/kota.
    pub object: Option<String>,
    /// Its other objects.
    pub ignored: Vec<String>,
    /// The features.
    pub features: Vec<Feature>,
    /// Points in all rings.
    pub points: usize,
}

/// Names of kabupaten/kota by code.
pub type Regencies = BTreeMap<String, String>;

/// Reads a file. Codes are only used to find the right object of a TopoJSON file and to name what is wrong.
///
/// # Errors
/// What makes it unreadable.
pub fn read(bytes: &[u8], regencies: &Regencies) -> Result<Contents, Problems> {
    let scan = json_scan::scan(bytes);
    if scan.depth > MAX_DEPTH {
        return Err(of_file(ProblemKind::TooDeep));
    }
    if scan.commas > MAX_VALUES || scan.lists + scan.objects > MAX_LISTS {
        return Err(of_file(ProblemKind::TooManyPoints));
    }
    if scan.objects > MAX_OBJECTS {
        return Err(of_file(ProblemKind::TooManyFeatures));
    }
    let head: Head = parse(bytes, ProblemKind::NotBoundaries)?;
    match head.kind.as_deref() {
        Some("FeatureCollection") => geojson(parse(bytes, ProblemKind::NotBoundaries)?, regencies),
        Some("Topology") => topojson(parse(bytes, ProblemKind::NotBoundaries)?, regencies),
        _ => Err(of_file(ProblemKind::NotBoundaries)),
    }
}

fn of_file(kind: ProblemKind) -> Problems {
    Problem::of_file(kind, &Text::fixed("", "")).into()
}

fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8], misshapen: ProblemKind) -> Result<T, Problems> {
    serde_json::from_slice(bytes).map_err(|error| {
        let kind = if error.is_data() {
            misshapen
        } else {
            ProblemKind::NotJson
        };
        let (line, column) = (error.line(), error.column());
        let at = Text::new(
            format!(" (baris {line}, kolom {column})"),
            format!(" (line {line}, column {column})"),
        );
        Problem::of_file(kind, &at).into()
    })
}

#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct GeoJsonFile {
    features: Vec<GeoJsonFeature>,
}

#[derive(Deserialize)]
struct GeoJsonFeature {
    #[serde(default)]
    id: Scalar,
    #[serde(default)]
    properties: Option<Properties>,
    geometry: Option<GeoJsonGeometry>,
}

#[derive(Deserialize)]
struct GeoJsonGeometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Nest<Position>,
}

#[derive(Deserialize)]
struct TopoJsonFile {
    arcs: Vec<Vec<Position>>,
    #[serde(default)]
    transform: Option<Transform>,
    objects: BTreeMap<String, TopoJsonGeometry>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct TopoJsonGeometry {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    id: Scalar,
    #[serde(default)]
    properties: Option<Properties>,
    #[serde(default)]
    arcs: Nest<ArcIndex>,
    #[serde(default)]
    geometries: Vec<TopoJsonGeometry>,
}

/// The code of a feature: `73.06`, `7306` or a number.
fn code_of(properties: Option<&Properties>, id: &Scalar) -> Option<String> {
    let text = |scalar: &Scalar| match scalar {
        Scalar::Text(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    let named = CODE_NAMES
        .iter()
        .find_map(|name| properties.and_then(|properties| properties.0.get(*name)).and_then(text));
    let code = named.or_else(|| text(id))?;
    let is_plain = code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit());
    Some(if is_plain {
        format!("{}.{}", &code[..2], &code[2..])
    } else {
        code
    })
}

/// What a feature may be named.
fn names_of(properties: Option<&Properties>) -> Vec<String> {
    let named = NAME_NAMES
        .iter()
        .filter_map(|name| properties.and_then(|properties| properties.0.get(*name)));
    let texts = named.filter_map(|scalar| match scalar {
        Scalar::Text(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

fn geojson(file: GeoJsonFile, regencies: &Regencies) -> Result<Contents, Problems> {
    if file.features.len() > MAX_FEATURES {
        return Err(of_file(ProblemKind::TooManyFeatures));
    }
    let (mut features, mut problems, mut points) = (Vec::new(), Problems::default(), 0);
    for (index, feature) in file.features.into_iter().enumerate() {
        let number = index + 1;
        let code = code_of(feature.properties.as_ref(), &feature.id);
        let names = names_of(feature.properties.as_ref());
        let polygons = feature.geometry.and_then(GeoJsonGeometry::polygons);
        let Some(polygons) = polygons else {
            problems.push(|| {
                let subject = subject_of(number, code.as_deref(), regencies);
                Problem::new(ProblemKind::NotPolygon, subject, None, &Text::fixed("", ""))
            });
            continue;
        };
        points += polygons.iter().flatten().map(Vec::len).sum::<usize>();
        features.push(Feature {
            number,
            code,
            names,
            polygons,
        });
    }
    if points > MAX_POINTS {
        problems.insert_first(Problem::of_file(ProblemKind::TooManyPoints, &Text::fixed("", "")));
    }
    if problems.is_empty() {
        Ok(Contents {
            format: Format::GeoJson,
            object: None,
            ignored: Vec::new(),
            features,
            points,
        })
    } else {
        Err(problems)
    }
}

impl GeoJsonGeometry {
    /// Its polygons; none when it is something else.
    fn polygons(self) -> Option<Vec<Rings>> {
        match self.kind.as_str() {
            "Polygon" => Some(vec![rings(self.coordinates)?]),
            "MultiPolygon" => self.coordinates.list()?.into_iter().map(rings).collect(),
            _ => None,
        }
    }
}

fn rings(nest: Nest<Position>) -> Option<Rings> {
    let ring = |nest: Nest<Position>| -> Option<Ring> {
        let points = nest.list()?.into_iter().map(|point| Some(point.one()?.0));
        points.collect()
    };
    nest.list()?.into_iter().map(ring).collect()
}

/// Picks the object that holds the most kabupaten/kota and puts its rings together.
fn topojson(file: TopoJsonFile, regencies: &Regencies) -> Result<Contents, Problems> {
    let arcs: Vec<Ring> = file
        .arcs
        .into_iter()
        .map(|arc| decode(arc, file.transform.as_ref()))
        .collect();
    let mut objects: Vec<(String, Vec<TopoJsonGeometry>)> = file
        .objects
        .into_iter()
        .map(|(name, geometry)| (name, geometry.flatten()))
        .collect();
    let known = |geometries: &[TopoJsonGeometry]| {
        let codes = geometries.iter().filter_map(TopoJsonGeometry::code);
        codes.filter(|code| regencies.contains_key(code)).count()
    };
    // The first of those with as many.
    let best = (0..objects.len()).rev().max_by_key(|index| known(&objects[*index].1));
    let Some(best) = best else {
        return Err(of_file(ProblemKind::NoShapes));
    };
    let (name, geometries) = objects.remove(best);
    if geometries.len() > MAX_FEATURES {
        return Err(of_file(ProblemKind::TooManyFeatures));
    }
    let (mut features, mut problems) = (Vec::new(), Problems::default());
    let mut left = MAX_POINTS;
    for (index, geometry) in geometries.into_iter().enumerate() {
        let number = index + 1;
        let code = geometry.code();
        let names = names_of(geometry.properties.as_ref());
        match geometry.polygons(&arcs, &mut left) {
            Ok(polygons) => features.push(Feature {
                number,
                code,
                names,
                polygons,
            }),
            Err(ArcFault::TooMany) => {
                problems.insert_first(Problem::of_file(ProblemKind::TooManyPoints, &Text::fixed("", "")));
                break;
            }
            Err(ArcFault::Of(kind, detail, at)) => {
                problems.push(|| {
                    let subject = subject_of(number, code.as_deref(), regencies);
                    Problem::new(kind, subject, at, &Text::new(detail.clone(), detail))
                });
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Contents {
        format: Format::TopoJson,
        object: Some(name),
        ignored: objects.into_iter().map(|(name, _)| name).collect(),
        features,
        points: MAX_POINTS - left,
    })
}

/// What to call a feature in a sentence.
#[must_use]
pub fn subject_of(number: usize, code: Option<&str>, regencies: &Regencies) -> Subject {
    match code.and_then(|code| regencies.get_key_value(code)) {
        Some((code, name)) => Subject::District {
            code: code.clone(),
            name: name.clone(),
        },
        None => Subject::Feature(number),
    }
}

/// The points of an arc: with a transform they are steps from one to the next.
fn decode(arc: Vec<Position>, transform: Option<&Transform>) -> Ring {
    let Some(Transform { scale, translate }) = transform else {
        return arc.into_iter().map(|position| position.0).collect();
    };
    let mut now = Coord { x: 0.0, y: 0.0 };
    let points = arc.into_iter().map(|Position(step)| {
        now = now + step;
        Coord {
            x: now.x * scale[0] + translate[0],
            y: now.y * scale[1] + translate[1],
        }
    });
    points.collect()
}

enum ArcFault {
    TooMany,
    Of(ProblemKind, String, Option<Coord<f64>>),
}

impl TopoJsonGeometry {
    fn code(&self) -> Option<String> {
        code_of(self.properties.as_ref(), &self.id)
    }

    /// A collection's geometries, however they are grouped; MAX_DEPTH has bounded how deep that may be.
    fn flatten(self) -> Vec<Self> {
        if self.kind.as_deref() == Some("GeometryCollection") {
            self.geometries.into_iter().flat_map(Self::flatten).collect()
        } else {
            vec![self]
        }
    }

    fn polygons(self, arcs: &[Ring], left: &mut usize) -> Result<Vec<Rings>, ArcFault> {
        let not_polygon = || ArcFault::Of(ProblemKind::NotPolygon, String::new(), None);
        let polygons = match self.kind.as_deref() {
            Some("Polygon") => vec![self.arcs],
            Some("MultiPolygon") => self.arcs.list().ok_or_else(not_polygon)?,
            _ => return Err(not_polygon()),
        };
        let mut made = Vec::new();
        for polygon in polygons {
            let mut rings = Rings::new();
            for ring in polygon.list().ok_or_else(not_polygon)? {
                let indexes: Option<Vec<i64>> = ring
                    .list()
                    .and_then(|ring| ring.into_iter().map(|index| Some(index.one()?.0)).collect());
                rings.push(stitch(&indexes.ok_or_else(not_polygon)?, arcs, left)?);
            }
            made.push(rings);
        }
        Ok(made)
    }
}

/// The points of the arcs one after the other; `!i` is arc `i` backwards. Takes the points out of what is `left`, before it
/// copies them: a file of a few bytes can name one long arc again and again.
fn stitch(indexes: &[i64], arcs: &[Ring], left: &mut usize) -> Result<Ring, ArcFault> {
    let mut ring = Ring::new();
    let mut used = BTreeSet::new();
    for &index in indexes {
        let is_backwards = index < 0;
        let place = if is_backwards { !index } else { index };
        let arc = usize::try_from(place).ok().and_then(|place| arcs.get(place));
        let arc = arc.ok_or_else(|| ArcFault::Of(ProblemKind::ArcOutOfRange, index.to_string(), None))?;
        if !used.insert(place) {
            return Err(ArcFault::Of(ProblemKind::ArcRepeated, place.to_string(), None));
        }
        *left = left.checked_sub(arc.len()).ok_or(ArcFault::TooMany)?;
        let mut points: Box<dyn Iterator<Item = &Coord<f64>>> = if is_backwards {
            Box::new(arc.iter().rev())
        } else {
            Box::new(arc.iter())
        };
        if let Some(&last) = ring.last() {
            let first = points.next().copied();
            if first.is_some_and(|first| first != last) {
                return Err(ArcFault::Of(ProblemKind::ArcsApart, String::new(), Some(last)));
            }
        }
        ring.extend(points.copied());
    }
    Ok(ring)
}
