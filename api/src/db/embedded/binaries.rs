//! Finding PostgreSQL's programs on the machine.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::EmbeddedError;

/// Major versions the service is tested with.
pub(super) const SUPPORTED: RangeInclusive<u32> = 15..=18;

/// Where Debian and Ubuntu keep one folder a version.
const DEBIAN_ROOT: &str = "/usr/lib/postgresql";

/// A folder with `postgres` and `initdb` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    dir: PathBuf,
    major: u32,
}

impl Binaries {
    /// Chooses the programs for the cluster in `data`: those of its version when it exists, else the newest.
    ///
    /// With `pg_bin` only that folder counts.
    pub(super) fn choose(pg_bin: Option<&Path>, data: &Path) -> Result<Self, EmbeddedError> {
        let found = match pg_bin {
            Some(dir) => vec![Self::in_given(dir)?],
            None => Self::installed()?,
        };
        pick(found, cluster_major(data)?, data)
    }

    /// Path of the server program.
    pub(super) fn postgres(&self) -> PathBuf {
        self.dir.join("postgres")
    }

    /// Path of the program that makes a cluster.
    pub(super) fn initdb(&self) -> PathBuf {
        self.dir.join("initdb")
    }

    fn in_given(dir: &Path) -> Result<Self, EmbeddedError> {
        if let Some(missing) = missing_program(dir) {
            return Err(EmbeddedError::IncompleteBinDir {
                dir: dir.into(),
                missing,
            });
        }
        let major = ask_version(&dir.join("postgres"))?;
        if !SUPPORTED.contains(&major) {
            return Err(EmbeddedError::UnsupportedVersion {
                dir: dir.into(),
                found: major,
            });
        }
        Ok(Self { dir: dir.into(), major })
    }

    /// Every supported version on this machine; an error when there is none.
    fn installed() -> Result<Vec<Self>, EmbeddedError> {
        let mut found = in_debian_root(Path::new(DEBIAN_ROOT));
        let path: Vec<PathBuf> = std::env::var_os("PATH")
            .map(|v| std::env::split_paths(&v).collect())
            .unwrap_or_default();
        for entry in &path {
            add_path_entry(entry, &mut found);
        }
        if found.is_empty() {
            let searched = std::iter::once(PathBuf::from(DEBIAN_ROOT)).chain(path).collect();
            return Err(EmbeddedError::NoBinaries { searched });
        }
        Ok(found)
    }
}

fn pick(mut found: Vec<Binaries>, cluster: Option<u32>, data: &Path) -> Result<Binaries, EmbeddedError> {
    found.sort_by_key(|binaries| binaries.major);
    let Some(cluster) = cluster else {
        return found.pop().ok_or(EmbeddedError::NoBinaries { searched: Vec::new() });
    };
    let majors = found.iter().map(|binaries| binaries.major).collect();
    found
        .into_iter()
        .find(|binaries| binaries.major == cluster)
        .ok_or_else(|| EmbeddedError::NoBinariesForCluster {
            data: data.into(),
            cluster,
            found: majors,
        })
}

/// The version that made the cluster in `data`; `None` when there is no cluster yet.
fn cluster_major(data: &Path) -> Result<Option<u32>, EmbeddedError> {
    let file = data.join("PG_VERSION");
    match std::fs::read_to_string(&file) {
        Ok(text) => match text.trim().parse() {
            Ok(major) => Ok(Some(major)),
            Err(_) => Err(EmbeddedError::NotACluster { data: data.into() }),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(EmbeddedError::io("read", file)(error)),
    }
}

fn missing_program(dir: &Path) -> Option<&'static str> {
    ["postgres", "initdb"]
        .into_iter()
        .find(|program| !dir.join(program).is_file())
}

/// `<root>/<major>/bin`, where the folder's name is trusted to be the version.
fn in_debian_root(root: &Path) -> Vec<Binaries> {
    let Ok(entries) = std::fs::read_dir(root) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let major = entry.file_name().to_str()?.parse().ok()?;
            let dir = entry.path().join("bin");
            (SUPPORTED.contains(&major) && missing_program(&dir).is_none()).then_some(Binaries { dir, major })
        })
        .collect()
}

/// Adds the folder that `<entry>/postgres` really lives in, if it is complete, supported and not known yet.
///
/// Entries of PATH are often links to one program; `initdb` lies beside the program itself.
fn add_path_entry(entry: &Path, found: &mut Vec<Binaries>) {
    let Ok(program) = entry.join("postgres").canonicalize() else {
        return;
    };
    let Some(dir) = program.parent() else { return };
    if missing_program(dir).is_some() || found.iter().any(|known| known.dir == dir) {
        return;
    }
    if let Ok(major) = ask_version(&program)
        && SUPPORTED.contains(&major)
    {
        found.push(Binaries { dir: dir.into(), major });
    }
}

fn ask_version(program: &Path) -> Result<u32, EmbeddedError> {
    let output = Command::new(program)
        .arg("--version")
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .map_err(EmbeddedError::io("run", program))?;
    let answer = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    parse_version(&answer).ok_or_else(|| EmbeddedError::UnknownVersion {
        program: program.into(),
        answer,
    })
}

/// The major version in an answer such as `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` or `… 19beta1`.
fn parse_version(answer: &str) -> Option<u32> {
    let (_, version) = answer.split_once("(PostgreSQL) ")?;
    let end = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    version[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binaries(major: u32) -> Binaries {
        Binaries {
            dir: format!("/pg/{major}").into(),
            major,
        }
    }

    #[test]
    fn versions_are_read_from_the_programs_answer() {
        assert_eq!(
            parse_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(parse_version("postgres (PostgreSQL) 18"), Some(18));
        assert_eq!(parse_version("postgres (PostgreSQL) 19beta1"), Some(19));
        assert_eq!(parse_version("command not found"), None);
    }

    #[test]
    fn a_new_cluster_gets_the_newest_programs() {
        let chosen = pick(vec![binaries(17), binaries(15), binaries(16)], None, Path::new("/data")).unwrap();
        assert_eq!(chosen, binaries(17));
    }

    #[test]
    fn an_existing_cluster_gets_the_programs_of_its_version() {
        let chosen = pick(vec![binaries(17), binaries(15)], Some(15), Path::new("/data")).unwrap();
        assert_eq!(chosen, binaries(15));
        let error = pick(vec![binaries(17)], Some(15), Path::new("/data"))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("made by PostgreSQL 15, but only 17 is installed"),
            "{error}"
        );
        assert!(error.contains("apt-get install postgresql-15"), "{error}");
    }

    #[test]
    fn folders_without_both_programs_or_of_other_versions_are_passed_over() {
        let root = tempfile::tempdir().unwrap();
        for (name, programs) in [
            ("14", vec!["postgres", "initdb"]),
            ("16", vec!["postgres", "initdb"]),
            ("17", vec!["postgres"]),
            ("x", vec![]),
        ] {
            let bin = root.path().join(name).join("bin");
            std::fs::create_dir_all(&bin).unwrap();
            for program in programs {
                std::fs::write(bin.join(program), "").unwrap();
            }
        }
        let found = in_debian_root(root.path());
        assert_eq!(found.iter().map(|b| b.major).collect::<Vec<_>>(), [16]);
    }

    #[test]
    fn a_given_folder_must_hold_both_programs() {
        let dir = tempfile::tempdir().unwrap();
        let error = Binaries::choose(Some(dir.path()), Path::new("/nowhere"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("there is no `postgres` in it"), "{error}");
    }
}
