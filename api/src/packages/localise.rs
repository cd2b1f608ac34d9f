//! Names of the author's district in texts become the adopter's.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::document::PackageDocument;

/// A name that was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PackageReplacement {
    /// What stood in the package.
    #[schema(example = "Kabupaten Gowa")]
    pub from: String,
    /// What stands there now.
    #[schema(example = "Kabupaten Bulukumba")]
    pub to: String,
    /// How often.
    #[schema(example = 3)]
    pub places: usize,
}

/// Which names become which.
#[derive(Debug, Default)]
pub struct Names {
    pairs: Vec<(String, String)>,
}

/// `Kabupaten Gowa` and `Kota Makassar` without their first word.
fn short(full: &str) -> &str {
    ["Kabupaten ", "Kota "]
        .iter()
        .find_map(|level| full.strip_prefix(level))
        .unwrap_or(full)
}

fn head(full: &str) -> &'static str {
    if full.starts_with("Kota ") {
        "Wali Kota"
    } else {
        "Bupati"
    }
}

impl Names {
    /// The names of a package's author, and what an adopting district with these names puts in their place.
    ///
    /// The bare name ("Gowa") is left alone where it does not follow a word of office: it may be a word of its own (the
    /// city of Batu is called "stone"). A unit's name is replaced when it is a proper name of several words; "PKSAI" alone
    /// is the word for all of them.
    #[must_use]
    pub fn between(document: &PackageDocument, name: &str, unit_name: &str) -> Self {
        let author = document.taken_from.as_ref().unwrap_or(&document.author);
        let mut pairs = Vec::new();
        let mut add = |from: String, to: String| {
            if from != to && !to.is_empty() {
                pairs.push((from, to));
            }
        };
        if author.unit_name.contains(' ') {
            add(author.unit_name.clone(), unit_name.to_owned());
        }
        let (theirs, ours) = (short(&author.name), short(name));
        if theirs != author.name {
            add(author.name.clone(), name.to_owned());
            add(format!("Kab. {theirs}"), name.to_owned());
            for office in ["Bupati", "Wali Kota", "Walikota"] {
                add(format!("{office} {theirs}"), format!("{} {ours}", head(name)));
            }
            for government in ["Pemkab", "Pemkot"] {
                let word = if head(name) == "Bupati" { "Pemkab" } else { "Pemkot" };
                add(format!("{government} {theirs}"), format!("{word} {ours}"));
            }
        }
        Self { pairs }
    }

    /// A text with the names replaced; counts the places in `seen`.
    fn text(&self, text: &str, seen: &mut BTreeMap<usize, usize>) -> String {
        let mut result = String::with_capacity(text.len());
        let mut rest = text;
        'text: while let Some(c) = rest.chars().next() {
            let starts_word = !result.chars().next_back().is_some_and(char::is_alphanumeric);
            for (index, (from, to)) in self.pairs.iter().enumerate() {
                if let Some(after) = rest.strip_prefix(from.as_str())
                    && starts_word
                    && !after.chars().next().is_some_and(char::is_alphanumeric)
                {
                    result.push_str(to);
                    *seen.entry(index).or_default() += 1;
                    rest = after;
                    continue 'text;
                }
            }
            result.push(c);
            rest = &rest[c.len_utf8()..];
        }
        result
    }

    /// Replaces the names in every text of a content, and counts them.
    pub fn replace(&self, content: &mut Json, seen: &mut BTreeMap<usize, usize>) {
        match content {
            Json::String(text) => *text = self.text(text, seen),
            Json::Array(items) => items.iter_mut().for_each(|item| self.replace(item, seen)),
            Json::Object(fields) => fields.values_mut().for_each(|field| self.replace(field, seen)),
            _ => {}
        }
    }

    /// What was replaced how often.
    #[must_use]
    pub fn report(&self, seen: &BTreeMap<usize, usize>) -> Vec<PackageReplacement> {
        let one = |(index, places): (&usize, &usize)| {
            let (from, to) = self.pairs.get(*index)?.clone();
            let places = *places;
            Some(PackageReplacement { from, to, places })
        };
        seen.iter().filter_map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(pairs: &[(&str, &str)]) -> Names {
        let pairs = pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned()));
        Names { pairs: pairs.collect() }
    }

    #[test]
    fn whole_names_only() {
        let names = names(&[
            ("Kabupaten Gowa", "Kabupaten Bulukumba"),
            ("Bupati Gowa", "Bupati Bulukumba"),
        ]);
        let mut seen = BTreeMap::new();
        let text = names.text(
            "Kabupaten Gowa: Bupati Gowa, Kabupaten Gowaland, Gowa. Kabupaten Gowa",
            &mut seen,
        );
        assert_eq!(
            text,
            "Kabupaten Bulukumba: Bupati Bulukumba, Kabupaten Gowaland, Gowa. Kabupaten Bulukumba"
        );
        let report = names.report(&seen);
        assert_eq!(report.iter().map(|one| one.places).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn offices_follow_the_level() {
        assert_eq!(
            (short("Kota Makassar"), head("Kota Makassar")),
            ("Makassar", "Wali Kota")
        );
        assert_eq!((short("Kabupaten Gowa"), head("Kabupaten Gowa")), ("Gowa", "Bupati"));
    }
}
