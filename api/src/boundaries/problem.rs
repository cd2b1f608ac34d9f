//! What can be wrong with a boundary file, said so that its maker can find the place.

use geo::Coord;
use serde::Serialize;
use utoipa::ToSchema;

use super::{MAX_DEPTH, MAX_FEATURES, MAX_POINTS, MAX_PROBLEMS, read::CODE_NAMES, simplify::MAX_KEPT};
use crate::error::{FieldError, Language, Text};

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident $word:literal;)*) => {
        /// What is wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ProblemKind {
            $($(#[$meta])* $name,)*
        }

        impl ProblemKind {
            /// Its word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

kinds! {
    /// It is no JSON.
    NotJson "not_json";
    /// Lists and objects are nested too deeply.
    TooDeep "too_deep";
    /// It holds more points than can be worked on.
    TooManyPoints "too_many_points";
    /// It holds more features than the country has kabupaten/kota, many times over.
    TooManyFeatures "too_many_features";
    /// Borders meet so often that they cannot be drawn with fewer points.
    TooFine "too_fine";
    /// Neither a FeatureCollection nor a Topology, or not in the form of one.
    NotBoundaries "not_boundaries";
    /// No kabupaten/kota is in it.
    NoShapes "no_shapes";
    /// A feature without a code.
    NoCode "no_code";
    /// A code that no kabupaten/kota has.
    UnknownCode "unknown_code";
    /// A code that came before.
    DuplicateCode "duplicate_code";
    /// A code of one kabupaten/kota with the name of another.
    OtherName "other_name";
    /// Coordinates are metres of a projection and not degrees.
    Projected "projected";
    /// Latitude stands before longitude.
    Swapped "swapped";
    /// A point that is not in Indonesia.
    OutsideIndonesia "outside_indonesia";
    /// A feature that is no polygon.
    NotPolygon "not_polygon";
    /// A polygon without extent.
    Empty "empty";
    /// A ring with fewer than four points.
    TooFewPoints "too_few_points";
    /// A ring that does not end where it began.
    Unclosed "unclosed";
    /// A border that crosses itself.
    SelfCrossing "self_crossing";
    /// Borders so tangled that looking for crossings would take too long.
    TooComplex "too_complex";
    /// A hole that lies outside of its polygon.
    HoleOutside "hole_outside";
    /// An arc that the file does not have.
    ArcOutOfRange "arc_out_of_range";
    /// A ring that goes round in a circle over one arc.
    ArcRepeated "arc_repeated";
    /// Arcs of a ring that do not meet.
    ArcsApart "arcs_apart";
}

/// What a problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The file as a whole.
    File,
    /// The feature with this number, from 1.
    Feature(usize),
    /// A kabupaten/kota.
    District {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
    },
}

/// Everything that is wrong with a file: the first hundred in words, the others as a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    told: Vec<Problem>,
    count: usize,
}

impl Problems {
    /// A problem that comes before all others.
    pub fn insert_first(&mut self, problem: Problem) {
        self.told.insert(0, problem);
        self.told.truncate(MAX_PROBLEMS);
        self.count += 1;
    }

    /// One more; it is put into words only when it is among the first.
    pub fn push(&mut self, problem: impl FnOnce() -> Problem) {
        if self.told.len() < MAX_PROBLEMS {
            self.told.push(problem());
        }
        self.count += 1;
    }

    /// The first of them, at most [`MAX_PROBLEMS`].
    #[must_use]
    pub fn told(&self) -> &[Problem] {
        &self.told
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// True when nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self {
            told: vec![problem],
            count: 1,
        }
    }
}

/// Something wrong with a boundary file.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// What it is about.
    pub subject: Subject,
    /// Where, in degrees of longitude and latitude.
    pub at: Option<Coord<f64>>,
    /// The sentence for a person.
    pub text: Text,
}

impl Problem {
    /// A problem of the file as a whole.
    #[must_use]
    pub fn of_file(kind: ProblemKind, detail: &Text) -> Self {
        Self::new(kind, Subject::File, None, detail)
    }

    /// A problem; `detail` is what the sentence needs beside subject and place: a code, a line, or nothing.
    #[must_use]
    pub fn new(kind: ProblemKind, subject: Subject, at: Option<Coord<f64>>, detail: &Text) -> Self {
        let text = sentence(kind, &subject, at, detail);
        Self {
            kind,
            subject,
            at,
            text,
        }
    }

    /// As an error in an answer.
    #[must_use]
    pub fn field_error(&self) -> FieldError {
        FieldError {
            field: self.subject.path(),
            code: self.kind.as_str(),
            message: self.text.clone(),
        }
    }

    /// As a line of a report.
    #[must_use]
    pub fn line(&self, language: Language) -> BoundaryProblem {
        let code = match &self.subject {
            Subject::District { code, .. } => Some(code.clone()),
            Subject::File | Subject::Feature(_) => None,
        };
        BoundaryProblem {
            kind: self.kind,
            subject: self.subject.path(),
            district_code: code,
            longitude: self.at.map(|at| at.x),
            latitude: self.at.map(|at| at.y),
            message: self.text.in_language(language).to_owned(),
        }
    }
}

/// Something wrong with a boundary file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoundaryProblem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// `file`, `features.12` (from 1) or the code of a kabupaten/kota.
    #[schema(example = "73.06")]
    pub subject: String,
    /// The kabupaten/kota that it is about.
    #[schema(example = "73.06")]
    pub district_code: Option<String>,
    /// Where, in degrees east.
    pub longitude: Option<f64>,
    /// Where, in degrees north.
    pub latitude: Option<f64>,
    /// The same for a person, in the language of `Accept-Language`.
    pub message: String,
}

impl Subject {
    fn path(&self) -> String {
        match self {
            Self::File => "file".to_owned(),
            Self::Feature(number) => format!("features.{number}"),
            Self::District { code, .. } => code.clone(),
        }
    }

    fn name(&self) -> Text {
        match self {
            Self::File => Text::fixed("Berkas", "The file"),
            Self::Feature(number) => Text::new(format!("Fitur ke-{number}"), format!("Feature {number}")),
            Self::District { code, name } => {
                let both = format!("{name} ({code})");
                Text::new(both.clone(), both)
            }
        }
    }
}

/// `119,4512° BT 5,2011° LS`. What is no place on the globe is shown as it stands in the file.
fn place(at: Option<Coord<f64>>) -> Text {
    let Some(at) = at else {
        return Text::fixed("", "");
    };
    if at.x.abs() > 180.0 || at.y.abs() > 90.0 {
        let both = format!("({}, {})", at.x, at.y);
        return Text::new(both.clone(), both);
    }
    let east = (if at.x < 0.0 { "BB" } else { "BT" }, if at.x < 0.0 { "W" } else { "E" });
    let north = (if at.y < 0.0 { "LS" } else { "LU" }, if at.y < 0.0 { "S" } else { "N" });
    let comma = |value: f64| format!("{:.4}", value.abs()).replace('.', ",");
    Text::new(
        format!("{}° {} {}° {}", comma(at.x), east.0, comma(at.y), north.0),
        format!("{:.4}° {} {:.4}° {}", at.x.abs(), east.1, at.y.abs(), north.1),
    )
}

fn sentence(kind: ProblemKind, subject: &Subject, at: Option<Coord<f64>>, detail: &Text) -> Text {
    let (who, place) = (subject.name(), place(at));
    let names = CODE_NAMES.join(", ");
    let (id, en) = match kind {
        ProblemKind::NotJson => (
            "{who} bukan JSON yang benar{detail}.",
            "{who} is not valid JSON{detail}.",
        ),
        ProblemKind::TooDeep => (
            "{who} bersarang terlalu dalam; paling dalam {depth} tingkat.",
            "{who} is nested too deeply; at most {depth} levels.",
        ),
        ProblemKind::TooManyPoints => (
            "{who} memuat terlalu banyak titik; paling banyak {points}. Sederhanakan dahulu.",
            "{who} holds too many points; at most {points}. Simplify it first.",
        ),
        ProblemKind::TooManyFeatures => (
            "{who} memuat terlalu banyak fitur; paling banyak {features}, satu untuk setiap kabupaten/kota.",
            "{who} holds too many features; at most {features}, one for each kabupaten/kota.",
        ),
        ProblemKind::TooFine => (
            "{who} memuat batas yang terlalu rinci untuk digambar dengan {kept} titik. Sederhanakan dahulu.",
            "{who} holds borders too fine to be drawn with {kept} points. Simplify it first.",
        ),
        ProblemKind::NotBoundaries => (
            "{who} bukan FeatureCollection GeoJSON dan bukan Topology TopoJSON{detail}.",
            "{who} is neither a GeoJSON FeatureCollection nor a TopoJSON Topology{detail}.",
        ),
        ProblemKind::NoShapes => (
            "{who} tidak memuat satu pun kabupaten/kota.",
            "{who} holds no kabupaten/kota at all.",
        ),
        ProblemKind::NoCode => (
            "{who} tidak punya kode. Isi salah satu atribut: {names}.",
            "{who} has no code. Fill one of the properties {names}.",
        ),
        ProblemKind::UnknownCode => (
            "{who}: {detail} bukan kode kabupaten/kota menurut Kemendagri.",
            "{who}: {detail} is no Kemendagri code of a kabupaten/kota.",
        ),
        ProblemKind::DuplicateCode => (
            "{who} ada lebih dari sekali. Gabungkan menjadi satu MultiPolygon.",
            "{who} is there more than once. Make one MultiPolygon of it.",
        ),
        ProblemKind::OtherName => (
            "{who} bernama {detail} di berkas. Kode harus kode Kemendagri, bukan kode BPS.",
            "{who} is named {detail} in the file. Codes must be those of Kemendagri, not of BPS.",
        ),
        ProblemKind::Projected => (
            "Koordinat bukan derajat, misalnya {place} pada {who}. Ubah dahulu ke WGS 84 (EPSG:4326).",
            "Coordinates are not degrees, for example {place} in {who}. Convert them to WGS 84 (EPSG:4326) first.",
        ),
        ProblemKind::Swapped => (
            "Lintang ditulis sebelum bujur, misalnya pada {who}. Tulis bujur dahulu.",
            "Latitude stands before longitude, for example in {who}. Longitude comes first.",
        ),
        ProblemKind::OutsideIndonesia => (
            "{who} punya titik di luar Indonesia: {place}.",
            "{who} has a point outside of Indonesia: {place}.",
        ),
        ProblemKind::NotPolygon => (
            "{who} bukan Polygon atau MultiPolygon yang benar.",
            "{who} is not a proper Polygon or MultiPolygon.",
        ),
        ProblemKind::Empty => ("{who} tidak punya luas.", "{who} has no extent."),
        ProblemKind::TooFewPoints => (
            "{who} punya garis batas dengan kurang dari empat titik{near}.",
            "{who} has a ring with fewer than four points{near}.",
        ),
        ProblemKind::Unclosed => (
            "{who} punya garis batas yang tidak kembali ke titik awalnya{near}.",
            "{who} has a ring that does not end where it began{near}.",
        ),
        ProblemKind::SelfCrossing => (
            "Batas {who} memotong dirinya sendiri di {place}.",
            "The border of {who} crosses itself at {place}.",
        ),
        ProblemKind::TooComplex => (
            "Batas {who} terlalu kusut untuk diperiksa. Sederhanakan dahulu.",
            "The border of {who} is too tangled to be checked. Simplify it first.",
        ),
        ProblemKind::HoleOutside => (
            "{who} punya lubang di luar poligonnya{near}.",
            "{who} has a hole outside of its polygon{near}.",
        ),
        ProblemKind::ArcOutOfRange => (
            "{who} memakai arc {detail}, yang tidak ada di berkas.",
            "{who} uses arc {detail}, which the file does not have.",
        ),
        ProblemKind::ArcRepeated => (
            "{who} melewati arc {detail} berulang dalam satu garis batas.",
            "{who} goes over arc {detail} repeatedly in one ring.",
        ),
        ProblemKind::ArcsApart => (
            "Arc pada {who} tidak bersambung{near}.",
            "Arcs of {who} do not meet{near}.",
        ),
    };
    let near = |place: &str, word: &str| {
        if place.is_empty() {
            String::new()
        } else {
            format!(" ({word} {place})")
        }
    };
    let fill = |template: &str, who: &str, place: &str, detail: &str, near: &str| {
        template
            .replace("{depth}", &MAX_DEPTH.to_string())
            .replace("{points}", &MAX_POINTS.to_string())
            .replace("{features}", &MAX_FEATURES.to_string())
            .replace("{kept}", &MAX_KEPT.to_string())
            .replace("{names}", &names)
            .replace("{near}", near)
            .replace("{place}", place)
            // What comes from the file goes in last: nothing in it is taken for a blank to fill.
            .replace("{who}", who)
            .replace("{detail}", detail)
    };
    Text::new(
        fill(id, &who.id, &place.id, &detail.id, &near(&place.id, "di")),
        fill(en, &who.en, &place.en, &detail.en, &near(&place.en, "at")),
    )
}

#[cfg(test)]
mod tests {
    use super::{MAX_PROBLEMS, Problem, ProblemKind, Problems, Text};

    #[test]
    fn only_the_first_problems_are_put_into_words() {
        let mut worded = 0;
        let mut problems = Problems::default();
        for _ in 0..5 * MAX_PROBLEMS {
            problems.push(|| {
                worded += 1;
                Problem::of_file(ProblemKind::NoCode, &Text::fixed("", ""))
            });
        }
        assert_eq!((worded, problems.told().len()), (MAX_PROBLEMS, MAX_PROBLEMS));
        assert_eq!(problems.count(), 5 * MAX_PROBLEMS);
        problems.insert_first(Problem::of_file(ProblemKind::TooManyPoints, &Text::fixed("", "")));
        assert_eq!(problems.told()[0].kind, ProblemKind::TooManyPoints);
        assert_eq!(
            (problems.told().len(), problems.count()),
            (MAX_PROBLEMS, 5 * MAX_PROBLEMS + 1)
        );
    }
}
