//! Names of kabupaten/kota in a file, held against those of their codes.
//!
//! Codes alone do not tell: those of BPS look like those of Kemendagri, and the same digits are another district there. A
//! file is refused only when a name is that of another district; spellings that nobody bears are let pass.

use std::collections::BTreeMap;

use super::{prepare::BoundaryRegency, read::Regencies};

/// Kabupaten or kota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Kabupaten,
    Kota,
}

/// A name without what writers do differently: `Kab. Kotabaru` and `KABUPATEN KOTA BARU` are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Plain {
    /// What it says it is, if it does.
    kind: Option<Kind>,
    /// Letters and digits of the rest, in small letters.
    rest: String,
}

impl Plain {
    fn of(name: &str) -> Self {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let (kind, rest) = match words.split_first() {
            Some((&("kabupaten" | "kab"), rest)) => (Some(Kind::Kabupaten), rest),
            Some((&"kota", rest)) => (Some(Kind::Kota), rest),
            _ => (None, words.as_slice()),
        };
        let rest = match rest.split_first() {
            Some((&("administrasi" | "adm"), rest)) if kind.is_some() => rest,
            _ => rest,
        };
        Self {
            kind,
            rest: rest.concat(),
        }
    }

    /// True when both may be of the same district: who does not say what it is may be either.
    fn may_be(&self, other: &Self) -> bool {
        self.rest == other.rest && (self.kind.is_none() || other.kind.is_none() || self.kind == other.kind)
    }
}

/// The names of all kabupaten/kota.
#[derive(Debug)]
pub struct Names<'a> {
    by_code: BTreeMap<&'a str, Plain>,
    /// Those whose names are the same but for the kind.
    by_rest: BTreeMap<String, Vec<(&'a String, &'a String)>>,
}

impl<'a> Names<'a> {
    /// Gets ready to compare.
    #[must_use]
    pub fn of(regencies: &'a Regencies) -> Self {
        let mut by_rest: BTreeMap<String, Vec<_>> = BTreeMap::new();
        let mut by_code = BTreeMap::new();
        for (code, name) in regencies {
            let plain = Plain::of(name);
            by_rest.entry(plain.rest.clone()).or_default().push((code, name));
            by_code.insert(code.as_str(), plain);
        }
        Self { by_code, by_rest }
    }

    /// The name among those given with a code that is another district's, and that district. None when one of them may be
    /// the code's own, or nobody bears any.
    #[must_use]
    pub fn other<'n>(&self, code: &str, given: &'n [String]) -> Option<(&'n str, BoundaryRegency)> {
        let own = self.by_code.get(code)?;
        let plain: Vec<Plain> = given.iter().map(|name| Plain::of(name)).collect();
        // "Kotabaru" may be written "Kota Baru": then the kind is a part of the name.
        let whole = |name: &str| {
            name.to_lowercase()
                .replace(|letter: char| !letter.is_alphanumeric(), "")
        };
        if plain.iter().any(|name| name.may_be(own)) || given.iter().any(|name| whole(name) == own.rest) {
            return None;
        }
        given.iter().zip(&plain).find_map(|(name, plain)| {
            let bearers = self.by_rest.get(&plain.rest)?;
            let (code, full) = bearers.iter().find(|(code, _)| {
                self.by_code
                    .get(code.as_str())
                    .is_some_and(|bearer| plain.may_be(bearer))
            })?;
            Some((
                name.as_str(),
                BoundaryRegency {
                    code: (*code).clone(),
                    name: (*full).clone(),
                },
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, Regencies};

    fn regencies() -> Regencies {
        [
            ("11.01", "Kabupaten Aceh Selatan"),
            ("11.09", "Kabupaten Simeulue"),
            ("31.01", "Kabupaten Administrasi Kepulauan Seribu"),
            ("31.74", "Kota Administrasi Jakarta Selatan"),
            ("32.01", "Kabupaten Bogor"),
            ("32.71", "Kota Bogor"),
            ("63.02", "Kabupaten Kotabaru"),
            ("71.74", "Kota Kotamobagu"),
        ]
        .into_iter()
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .collect()
    }

    #[test]
    fn another_districts_name_is_found() {
        let regencies = regencies();
        let names = Names::of(&regencies);
        for (code, given, other) in [
            ("11.01", vec!["SIMEULUE"], "11.09"),
            ("11.01", vec!["Aceh", "Kab. Simeulue"], "11.09"),
            ("32.01", vec!["Kota Bogor"], "32.71"),
            ("32.71", vec!["KAB BOGOR"], "32.01"),
            ("32.71", vec!["jakarta-selatan"], "31.74"),
            ("32.71", vec!["Kab.Kotabaru"], "63.02"),
        ] {
            let given: Vec<String> = given.into_iter().map(str::to_owned).collect();
            let found = names.other(code, &given).map(|(_, other)| other.code);
            assert_eq!(found.as_deref(), Some(other), "{code} {given:?}");
        }
    }

    #[test]
    fn spellings_of_its_own_name_and_unknown_names_pass() {
        let regencies = regencies();
        let names = Names::of(&regencies);
        for (code, given) in [
            ("11.09", vec!["Simeulue"]),
            ("11.09", vec!["Simeuleu"]),
            ("11.09", vec![]),
            ("11.09", vec!["Aceh Selatan", "KABUPATEN SIMEULUE"]),
            ("32.01", vec!["Bogor"]),
            ("32.71", vec!["Bogor"]),
            ("32.71", vec!["Kota  BOGOR"]),
            ("31.01", vec!["Kab. Adm. Kep. Seribu"]),
            ("31.01", vec!["Kepulauan Seribu"]),
            ("31.74", vec!["Kota Jakarta Selatan"]),
            ("63.02", vec!["Kota Baru"]),
            ("63.02", vec!["Kabupaten Kota Baru"]),
            ("71.74", vec!["Kotamobagu"]),
        ] {
            let given: Vec<String> = given.into_iter().map(str::to_owned).collect();
            assert_eq!(names.other(code, &given), None, "{code} {given:?}");
        }
    }
}
