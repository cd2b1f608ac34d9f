//! What a wave says, and what it has to say.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use entity::replication_wave;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::{ApiResult, Text},
    http::Checks,
    readiness::Phase,
};

/// The most districts in a wave: all that Indonesia has, and some to come.
const MAX_DISTRICTS: usize = 600;

/// What is planned for a wave of replication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaveContent {
    /// The year that it is counted in.
    #[schema(example = 2026, minimum = 2015, maximum = 2100)]
    pub year: i16,
    /// Which wave of that year.
    #[schema(example = 1, minimum = 1, maximum = 99)]
    pub number: i16,
    /// A name beside the number, when it has one.
    #[serde(default)]
    #[schema(example = "Jawa Tengah dan Sulawesi Selatan (contoh)")]
    pub name: String,
    /// When it begins.
    #[schema(example = "2026-02-01")]
    pub starts_on: NaiveDate,
    /// The phase that its districts are to reach.
    #[schema(example = "launched")]
    pub target_phase: Phase,
    /// By when.
    #[schema(example = "2026-12-31")]
    pub target_on: NaiveDate,
    /// What else is to be known of it.
    #[serde(default)]
    #[schema(example = "")]
    pub note: String,
    /// Kemendagri codes of its districts, each invited or registered. A province reads its own.
    #[schema(example = json!(["33.29"]))]
    pub districts: Vec<String>,
}

impl WaveContent {
    /// The row with its districts.
    ///
    /// # Errors
    /// When the row holds a phase that nobody knows.
    pub fn of(row: &replication_wave::Model, districts: Vec<String>) -> ApiResult<Self> {
        Ok(Self {
            year: row.year,
            number: row.number,
            name: row.name.clone(),
            starts_on: row.starts_on,
            target_phase: Phase::kept(&row.target_phase)?,
            target_on: row.target_on,
            note: row.note.clone(),
            districts,
        })
    }

    /// The same with its texts trimmed and its districts once each, by code.
    ///
    /// # Errors
    /// 422 with every field that does not fit.
    pub fn checked(mut self) -> ApiResult<Self> {
        let mut checks = Checks::new();
        let text = Text::fixed("Isi tahun 2015 sampai 2100.", "Give a year from 2015 to 2100.");
        checks.ensure((2015..=2100).contains(&self.year), "year", "out_of_range", text);
        let text = Text::fixed("Isi angka 1 sampai 99.", "Give a number from 1 to 99.");
        checks.ensure((1..=99).contains(&self.number), "number", "out_of_range", text);
        self.name = checks.optional_line("name", &self.name, 120);
        let text = Text::fixed("Periksa tahun pada tanggal ini.", "Check the year of this date.");
        for (field, day) in [("starts_on", self.starts_on), ("target_on", self.target_on)] {
            checks.ensure((2015..=2110).contains(&day.year()), field, "out_of_range", text.clone());
        }
        let text = Text::fixed(
            "Tanggal target tidak boleh sebelum tanggal mulai.",
            "The day of the target must not be before the beginning.",
        );
        checks.ensure(self.target_on >= self.starts_on, "target_on", "before_start", text);
        self.note = checks.paragraph("note", &self.note, 2_000);
        let districts: BTreeSet<String> = self.districts.iter().map(|code| code.trim().to_owned()).collect();
        self.districts = districts.into_iter().collect();
        let text = Text::fixed("Pilih paling banyak 600 daerah.", "Choose at most 600 districts.");
        checks.ensure(self.districts.len() <= MAX_DISTRICTS, "districts", "too_many", text);
        checks.finish()?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_does_not_fit_is_said_at_once() {
        let content = WaveContent {
            year: 26,
            number: 0,
            name: "\u{202e}terbalik".to_owned(),
            starts_on: "2026-12-31".parse().expect("a day"),
            target_phase: Phase::Launched,
            target_on: "0026-02-01".parse().expect("a day"),
            note: String::new(),
            districts: vec!["73.06".to_owned(); 3],
        };
        let error = content.clone().checked().expect_err("nothing fits");
        let told: Vec<_> = error
            .fields()
            .iter()
            .map(|field| (field.field.as_str(), field.code))
            .collect();
        assert_eq!(
            told,
            [
                ("year", "out_of_range"),
                ("number", "out_of_range"),
                ("name", "invisible_characters"),
                ("target_on", "out_of_range"),
                ("target_on", "before_start"),
            ]
        );
        let right = WaveContent {
            year: 2026,
            number: 2,
            name: " Dua ".to_owned(),
            target_on: content.starts_on,
            ..content
        };
        let right = right.checked().expect("fits");
        assert_eq!((right.name.as_str(), right.districts.len()), ("Dua", 1));
    }
}
