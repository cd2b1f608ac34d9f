//! The embedded region files, parsed and checked before anything reaches the database.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::Read;

use flate2::read::GzDecoder;

use super::names;

const UPPER: &str = include_str!("../../data/regions/upper.csv");
/// Compressed by the build script: uncompressed it would be a twentieth of the binary.
const VILLAGES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/villages.csv.gz"));
const ALIASES: &str = include_str!("../../data/regions/aliases.csv");
const BPS: &str = include_str!("../../data/regions/bps.csv");
const TIME_ZONES: &str = include_str!("../../data/regions/province_time_zones.csv");

/// SHA-256 of all files together, in hex: changes when any of them does.
pub(super) fn fingerprint() -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for file in [
        UPPER.as_bytes(),
        VILLAGES,
        ALIASES.as_bytes(),
        BPS.as_bytes(),
        TIME_ZONES.as_bytes(),
    ] {
        hasher.update(file.len().to_be_bytes());
        hasher.update(file);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The provinces that Papua was divided into: there a subdistrict is called "Distrik".
const PAPUA: [&str; 6] = ["91", "92", "93", "94", "95", "96"];

/// Level of a region, from the nation downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionLevel {
    /// Provinsi.
    Province,
    /// Kabupaten or kota: the tenant's level.
    Regency,
    /// Kecamatan, in Papua distrik.
    Subdistrict,
    /// Desa or kelurahan.
    Village,
}

impl RegionLevel {
    /// The text kept in `region.level`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Regency => "regency",
            Self::Subdistrict => "subdistrict",
            Self::Village => "village",
        }
    }

    /// 1 for a province to 4 for a village, as in `region_search.depth`.
    pub const fn depth(self) -> i16 {
        match self {
            Self::Province => 1,
            Self::Regency => 2,
            Self::Subdistrict => 3,
            Self::Village => 4,
        }
    }

    /// The level that a Kemendagri code has by its form (`73`, `73.02`, `73.02.09`, `73.02.09.2003`), if it has one.
    pub fn of_code(code: &str) -> Option<Self> {
        let parts: Vec<&str> = code.split('.').collect();
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        let (upper, level) = match parts.len() {
            1 => (&parts[..], Self::Province),
            2 => (&parts[..], Self::Regency),
            3 => (&parts[..], Self::Subdistrict),
            4 if digits(parts[3], 4) => (&parts[..3], Self::Village),
            _ => return None,
        };
        upper.iter().all(|part| digits(part, 2)).then_some(level)
    }
}

/// One row of the table `region`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Kemendagri code with dots.
    pub code: String,
    /// Level, which agrees with the form of the code.
    pub level: RegionLevel,
    /// Code of the region above; none for a province.
    pub parent_code: Option<String>,
    /// Name without the kind: "Bulukumba".
    pub name: String,
    /// Name with the kind: "Kabupaten Bulukumba", "Kelurahan Caile".
    pub full_name: String,
    /// BPS code where a source was read.
    pub bps_code: Option<String>,
    /// IANA time zone of provinces and regencies.
    pub time_zone: Option<String>,
}

/// One row of the table `region_alias`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The region that bears the alias.
    pub region_code: String,
    /// The other name or spelling.
    pub alias: String,
    /// `spelling`, `former_name` or `bps_name`.
    pub kind: String,
    /// Where the alias was read.
    pub source: String,
}

/// All regions and their aliases, parents before children.
#[derive(Debug)]
pub struct Dataset {
    /// Every region, in the order province, regency, subdistrict, village.
    pub regions: Vec<Region>,
    /// Every alias.
    pub aliases: Vec<Alias>,
}

/// A fault in an embedded data file: the build is wrong, no input of a user can cause it.
#[derive(Debug)]
pub struct DataFault {
    /// File in `migration/data/regions`.
    pub file: &'static str,
    /// Line, counted from 1 with the header.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}: {}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for DataFault {}

/// Reads the embedded files and checks them: known parents, unique codes, levels that agree with the codes, trimmed
/// names, one time zone for every province.
///
/// # Errors
/// The first [`DataFault`] found.
pub fn read() -> Result<Dataset, DataFault> {
    let zones: HashMap<String, String> = read_pairs("province_time_zones.csv", TIME_ZONES, "province_code,time_zone")?;
    let bps = rows("bps.csv", BPS, "code,bps_code,bps_name")?
        .map(|(_, row)| row.map(|[code, bps, _]: [String; 3]| (code, bps)))
        .collect::<Result<HashMap<_, _>, _>>()?;
    let mut regions = Vec::with_capacity(92_000);
    let mut known = HashSet::with_capacity(92_000);
    for (line, row) in rows("upper.csv", UPPER, "level,code,parent_code,name")? {
        let [level, code, parent, name]: [String; 4] = row?;
        let fault = |reason| DataFault {
            file: "upper.csv",
            line,
            reason,
        };
        let region = region(code, &name, &zones, &bps).map_err(fault)?;
        if region.level.as_str() != level || region.parent_code.as_deref().unwrap_or("") != parent {
            return Err(fault(format!("level or parent does not fit the code {}", region.code)));
        }
        push(&mut regions, &mut known, region).map_err(fault)?;
    }
    let villages = villages()?;
    for (line, row) in rows("villages.csv", &villages, "code,name")? {
        let [code, name]: [String; 2] = row?;
        let fault = |reason| DataFault {
            file: "villages.csv",
            line,
            reason,
        };
        let region = region(code, &name, &zones, &bps).map_err(fault)?;
        push(&mut regions, &mut known, region).map_err(fault)?;
    }
    let aliases = read_aliases(&known)?;
    Ok(Dataset { regions, aliases })
}

fn villages() -> Result<String, DataFault> {
    let mut text = String::new();
    let read = GzDecoder::new(VILLAGES).read_to_string(&mut text);
    read.map(|_| text).map_err(|error| DataFault {
        file: "villages.csv",
        line: 0,
        reason: error.to_string(),
    })
}

fn read_aliases(known: &HashSet<String>) -> Result<Vec<Alias>, DataFault> {
    rows("aliases.csv", ALIASES, "code,alias,kind,source")?
        .map(|(line, row)| {
            let [region_code, alias, kind, source]: [String; 4] = row?;
            let known = known.contains(&region_code);
            let fits = known && matches!(kind.as_str(), "spelling" | "former_name" | "bps_name");
            if !fits || names::fold(&alias).is_empty() {
                let reason = format!("unknown code or kind, or empty alias: {region_code}, {kind}");
                return Err(DataFault {
                    file: "aliases.csv",
                    line,
                    reason,
                });
            }
            Ok(Alias {
                region_code,
                alias,
                kind,
                source,
            })
        })
        .collect()
}

fn push(regions: &mut Vec<Region>, known: &mut HashSet<String>, region: Region) -> Result<(), String> {
    if let Some(parent) = region.parent_code.as_ref().filter(|parent| !known.contains(*parent)) {
        return Err(format!("{} has no parent {parent} above it", region.code));
    }
    if !known.insert(region.code.clone()) {
        return Err(format!("{} occurs twice", region.code));
    }
    regions.push(region);
    Ok(())
}

fn region(
    code: String,
    official: &str,
    zones: &HashMap<String, String>,
    bps: &HashMap<String, String>,
) -> Result<Region, String> {
    let level = RegionLevel::of_code(&code).ok_or_else(|| format!("`{code}` is not a region code"))?;
    if official.trim() != official || official.contains("  ") || names::fold(official).is_empty() {
        return Err(format!("name of {code} is empty or not trimmed"));
    }
    let (name, full_name) = both_names(&code, level, official)?;
    let time_zone = match level {
        RegionLevel::Province | RegionLevel::Regency => Some(
            zones
                .get(&code[..2])
                .cloned()
                .ok_or_else(|| format!("{code} has no time zone"))?,
        ),
        RegionLevel::Subdistrict | RegionLevel::Village => None,
    };
    let parent_code = code.rfind('.').map(|dot| code[..dot].to_owned());
    let bps_code = bps.get(&code).cloned();
    Ok(Region {
        code,
        level,
        parent_code,
        name,
        full_name,
        bps_code,
        time_zone,
    })
}

/// The name without and with the kind of region; see the data folder's README for what the source writes.
fn both_names(code: &str, level: RegionLevel, official: &str) -> Result<(String, String), String> {
    let kind = match level {
        RegionLevel::Province => "Provinsi",
        RegionLevel::Regency => {
            let kinds = ["Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota "];
            let name = kinds.iter().find_map(|kind| official.strip_prefix(kind));
            let name = name.ok_or_else(|| format!("{code} is written without kabupaten or kota"))?;
            return Ok((name.to_owned(), official.to_owned()));
        }
        RegionLevel::Subdistrict if PAPUA.contains(&&code[..2]) => "Distrik",
        RegionLevel::Subdistrict => "Kecamatan",
        RegionLevel::Village => match code.as_bytes().get(9) {
            Some(b'1') => "Kelurahan",
            Some(b'2') => "Desa",
            Some(b'3') => "Desa Adat",
            _ => return Err(format!("{code} is neither kelurahan nor desa")),
        },
    };
    let name = match official.strip_prefix("Desa Adat ") {
        Some(rest) if kind == "Desa Adat" => rest,
        _ => official,
    };
    Ok((name.to_owned(), format!("{kind} {name}")))
}

fn read_pairs(file: &'static str, text: &'static str, header: &str) -> Result<HashMap<String, String>, DataFault> {
    rows(file, text, header)?
        .map(|(_, row)| row.map(|[key, value]: [String; 2]| (key, value)))
        .collect()
}

/// A line number with its fields, or the fault of that line.
type Row<const N: usize> = (usize, Result<[String; N], DataFault>);

/// The rows of a file after its header, with their line numbers.
fn rows<'a, const N: usize>(
    file: &'static str,
    text: &'a str,
    header: &str,
) -> Result<impl Iterator<Item = Row<N>> + use<'a, N>, DataFault> {
    let mut lines = text.lines().enumerate();
    if lines.next().is_none_or(|(_, first)| first != header) {
        return Err(DataFault {
            file,
            line: 1,
            reason: format!("header is not `{header}`"),
        });
    }
    Ok(lines.map(move |(index, line)| {
        let line_number = index + 1;
        let fields = <[String; N]>::try_from(fields(line)).map_err(|found| DataFault {
            file,
            line: line_number,
            reason: format!("{} fields instead of {N}", found.len()),
        });
        (line_number, fields)
    }))
}

/// Splits one line of CSV; a quoted field may hold commas and doubled quotes, but no line break.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                push_sign(&mut fields, '"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => push_sign(&mut fields, sign),
        }
    }
    fields
}

fn push_sign(fields: &mut [String], sign: char) {
    if let Some(field) = fields.last_mut() {
        field.push(sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_are_whole() {
        let data = read().unwrap_or_else(|fault| panic!("{fault}"));
        let count = |level| data.regions.iter().filter(|region| region.level == level).count();
        assert_eq!(count(RegionLevel::Province), 38);
        assert_eq!(count(RegionLevel::Regency), 514);
        assert_eq!(count(RegionLevel::Subdistrict), 7_285);
        assert_eq!(count(RegionLevel::Village), 83_762);
        let plain = |name: &str| name.is_ascii() && !name.contains(['"', '*']);
        let odd: Vec<_> = data.regions.iter().filter(|region| !plain(&region.name)).collect();
        assert!(odd.is_empty(), "{odd:?}");
        let lower = |region: &&Region| region.name.starts_with(|first: char| first.is_lowercase());
        assert_eq!(data.regions.iter().find(lower), None);
    }

    #[test]
    fn every_bps_code_and_time_zone_finds_its_region() {
        let data = read().unwrap_or_else(|fault| panic!("{fault}"));
        let with_bps = data.regions.iter().filter(|region| region.bps_code.is_some()).count();
        assert_eq!(with_bps, BPS.lines().count() - 1);
        let provinces = data
            .regions
            .iter()
            .filter(|region| region.level == RegionLevel::Province);
        assert_eq!(provinces.count(), TIME_ZONES.lines().count() - 1);
        for (code, zone) in [
            ("73.02", "Asia/Makassar"),
            ("33.16", "Asia/Jakarta"),
            ("94.04", "Asia/Jayapura"),
        ] {
            let found = data.regions.iter().find(|region| region.code == code);
            assert_eq!(found.and_then(|region| region.time_zone.as_deref()), Some(zone));
        }
    }

    #[test]
    fn names_with_and_without_their_kind() {
        let data = read().unwrap_or_else(|fault| panic!("{fault}"));
        for (code, name, full_name) in [
            ("73", "Sulawesi Selatan", "Provinsi Sulawesi Selatan"),
            ("73.02", "Bulukumba", "Kabupaten Bulukumba"),
            ("73.72", "Parepare", "Kota Parepare"),
            ("31.73", "Jakarta Barat", "Kota Administrasi Jakarta Barat"),
            ("73.02.09", "Ujungloe", "Kecamatan Ujungloe"),
            ("91.03.01", "Sentani", "Distrik Sentani"),
            ("91.03.01.3007", "Yoboi", "Desa Adat Yoboi"),
            ("12.07.28.1007", "Lubuk Pakam I,II", "Kelurahan Lubuk Pakam I,II"),
            ("35.29.22", "Ra'as", "Kecamatan Ra'as"),
        ] {
            let found = data.regions.iter().find(|region| region.code == code);
            let names = found.map(|region| (region.name.as_str(), region.full_name.as_str()));
            assert_eq!(names, Some((name, full_name)), "{code}");
        }
    }

    #[test]
    fn code_forms() {
        assert_eq!(RegionLevel::of_code("73.02.09.2003"), Some(RegionLevel::Village));
        for wrong in [
            "",
            "7",
            "7302",
            "73.2",
            "73.02.9",
            "73.02.09.203",
            "73.02.09.2003.1",
            "73.0a",
            "٧٣",
        ] {
            assert_eq!(RegionLevel::of_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn quoted_fields() {
        assert_eq!(fields(r#"1,"a, ""b""",c"#), ["1", r#"a, "b""#, "c"]);
        assert_eq!(fields(""), [""]);
    }
}
