//! From the bytes of a file to what is kept, with a report on the way.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{
    arcs, check,
    problem::{BoundaryProblem, Problem, ProblemKind, Problems},
    read::{self, Format, Regencies},
    simplify,
    topology::BoundaryTopology,
};
use crate::error::{ApiError, ApiResult, ErrorCode, Language, Text};

/// A kabupaten/kota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BoundaryRegency {
    /// Kemendagri code.
    #[schema(example = "73.06")]
    pub code: String,
    /// Its name.
    #[schema(example = "Kabupaten Gowa")]
    pub name: String,
}

/// What came of a file.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What it is, once that is known.
    pub format: Option<Format>,
    /// The object of a TopoJSON file that is used.
    pub object: Option<String>,
    /// Its other objects.
    pub ignored: Vec<String>,
    /// How many kabupaten/kota there are in the country.
    pub regencies: usize,
    /// How many features of the file bear a name that was held against the one of their code.
    pub named: usize,
    /// How the file did.
    pub result: Result<Prepared, Problems>,
}

/// Boundaries that can be kept.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// How many kabupaten/kota have a shape.
    pub matched: usize,
    /// Those that have none.
    pub missing: Vec<BoundaryRegency>,
    /// Points in the file.
    pub points_read: usize,
    /// Points in what is kept.
    pub points_kept: usize,
    /// The topology as JSON, compressed with gzip.
    pub gzip: Vec<u8>,
    /// Bytes of the topology as JSON.
    pub size: usize,
    /// SHA-256 of the topology as JSON.
    pub hash: [u8; 32],
}

/// What a file would make of the map.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoundaryReport {
    /// It can be loaded.
    pub is_usable: bool,
    /// What it is, once that is known.
    pub format: Option<Format>,
    /// The object of a TopoJSON file that holds the kabupaten/kota.
    pub object: Option<String>,
    /// Its other objects, which are not used.
    pub ignored: Vec<String>,
    /// How many kabupaten/kota the country has.
    #[schema(example = 514)]
    pub regencies: usize,
    /// How many of them have a shape. Null when the file cannot be used.
    #[schema(example = 513)]
    pub matched: Option<usize>,
    /// Those without a shape.
    pub missing: Vec<BoundaryRegency>,
    /// How many shapes bear a name that was held against the one of their code. Without any only codes were compared.
    #[schema(example = 514)]
    pub named: usize,
    /// What is wrong; the first hundred.
    pub problems: Vec<BoundaryProblem>,
    /// How many things are wrong.
    pub problem_count: usize,
    /// Points in the file. Null when it cannot be used.
    pub points_read: Option<usize>,
    /// Points that are left for drawing.
    pub points_kept: Option<usize>,
    /// Bytes that a browser loads.
    pub compressed_size: Option<usize>,
}

/// Reads, checks, cuts, simplifies and packs a file. Takes seconds for large ones.
///
/// # Errors
/// Only when packing fails; what is wrong with the file is in the outcome.
pub fn prepare(bytes: &[u8], regencies: &Regencies) -> ApiResult<Outcome> {
    let mut contents = match read::read(bytes, regencies) {
        Ok(contents) => contents,
        Err(problems) => {
            return Ok(Outcome {
                format: None,
                object: None,
                ignored: Vec::new(),
                regencies: regencies.len(),
                named: 0,
                result: Err(problems),
            });
        }
    };
    let (format, points_read) = (Some(contents.format), contents.points);
    let (object, ignored) = (contents.object.take(), std::mem::take(&mut contents.ignored));
    let named = contents
        .features
        .iter()
        .filter(|feature| !feature.names.is_empty())
        .count();
    let result = match check::check(contents, regencies) {
        Ok(shapes) => pack(shapes, points_read, regencies)?,
        Err(problems) => Err(problems),
    };
    Ok(Outcome {
        format,
        object,
        ignored,
        regencies: regencies.len(),
        named,
        result,
    })
}

fn pack(shapes: check::Shapes, points_read: usize, regencies: &Regencies) -> ApiResult<Result<Prepared, Problems>> {
    let mesh = simplify::simplify(&arcs::cut(&shapes));
    drop(shapes);
    let points_kept = mesh.arcs.iter().map(Vec::len).sum();
    if points_kept > simplify::MAX_KEPT {
        return Ok(Err(Problem::of_file(ProblemKind::TooFine, &Text::fixed("", "")).into()));
    }
    let topology = BoundaryTopology::of(&mesh, regencies);
    let json = serde_json::to_vec(&topology).map_err(ApiError::internal)?;
    let drawn: BTreeSet<&String> = mesh.districts.iter().map(|district| &district.code).collect();
    let missing = regencies.iter().filter(|(code, _)| !drawn.contains(code));
    Ok(Ok(Prepared {
        matched: drawn.len(),
        missing: missing
            .map(|(code, name)| BoundaryRegency {
                code: code.clone(),
                name: name.clone(),
            })
            .collect(),
        points_read,
        points_kept,
        gzip: compress(&json).map_err(ApiError::internal)?,
        size: json.len(),
        hash: Sha256::digest(&json).into(),
    }))
}

fn compress(json: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(json)?;
    encoder.finish()
}

/// The JSON of a kept topology, for clients that do not take gzip.
///
/// # Errors
/// When what is kept is no gzip.
pub fn decompress(gzip: &[u8]) -> ApiResult<Vec<u8>> {
    let mut json = Vec::new();
    GzDecoder::new(gzip)
        .read_to_end(&mut json)
        .map_err(ApiError::internal)?;
    Ok(json)
}

impl Outcome {
    /// The report in a reader's language.
    #[must_use]
    pub fn report(&self, language: Language) -> BoundaryReport {
        let (prepared, problems) = match &self.result {
            Ok(prepared) => (Some(prepared), None),
            Err(problems) => (None, Some(problems)),
        };
        BoundaryReport {
            is_usable: prepared.is_some(),
            format: self.format,
            object: self.object.clone(),
            ignored: self.ignored.clone(),
            regencies: self.regencies,
            matched: prepared.map(|prepared| prepared.matched),
            missing: prepared.map(|prepared| prepared.missing.clone()).unwrap_or_default(),
            named: self.named,
            problems: problems
                .map(Problems::told)
                .unwrap_or_default()
                .iter()
                .map(|problem| problem.line(language))
                .collect(),
            problem_count: problems.map_or(0, Problems::count),
            points_read: prepared.map(|prepared| prepared.points_read),
            points_kept: prepared.map(|prepared| prepared.points_kept),
            compressed_size: prepared.map(|prepared| prepared.gzip.len()),
        }
    }

    /// What can be kept.
    ///
    /// # Errors
    /// 422 with what is wrong.
    pub fn usable(self) -> ApiResult<Prepared> {
        self.result.map_err(|problems| {
            let count = problems.count();
            let detail = Text::new(
                format!("{count} hal perlu diperbaiki di dalam berkas."),
                format!("{count} things in the file need fixing."),
            );
            let fields = problems.told().iter().map(Problem::field_error).collect();
            ApiError::new(ErrorCode::BoundaryInvalid)
                .detail(detail)
                .with_fields(fields)
        })
    }
}
