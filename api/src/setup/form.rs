//! Checking and tidying the fields of a content, each by its path.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use entity::ids::SetupRecordId;

use crate::{day, error::Text, http::Checks};

/// Years that can stand in a document of the Republic: a date outside them is a slip of the finger (0026, 20266).
pub const YEARS: RangeInclusive<i32> = 1945..=2100;

/// A row in a list inside a content. Its id is stable while the row is edited and moved, so that changes can be compared
/// row by row.
pub trait Row {
    /// The id, made by the client or, when left empty, here.
    fn id(&mut self) -> &mut String;
}

/// Implements [`Row`] for structs with an `id` field.
macro_rules! rows {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::setup::form::Row for $type {
            fn id(&mut self) -> &mut String {
                &mut self.id
            }
        }
    )+};
}
pub(crate) use rows;

/// The fields at one place of a content.
#[derive(Debug)]
pub struct Form<'a> {
    checks: &'a mut Checks,
    path: String,
}

impl<'a> Form<'a> {
    /// The fields below `path`.
    pub fn new(checks: &'a mut Checks, path: impl Into<String>) -> Self {
        Self {
            checks,
            path: path.into(),
        }
    }

    fn at(&self, field: &str) -> String {
        if self.path.is_empty() {
            return field.to_owned();
        }
        format!("{}.{field}", self.path)
    }

    /// Records an error.
    pub fn error(&mut self, field: &str, code: &'static str, message: Text) {
        let field = self.at(field);
        self.checks.error(&field, code, message);
    }

    /// Records an error unless `holds`.
    pub fn ensure(&mut self, holds: bool, field: &str, code: &'static str, message: Text) {
        if !holds {
            self.error(field, code, message);
        }
    }

    /// One line of text, at most `max` characters.
    pub fn line(&mut self, field: &str, value: &mut String, max: usize) {
        *value = self.checks.optional_line(&self.at(field), value, max);
    }

    /// Text of several lines, at most `max` characters.
    pub fn paragraph(&mut self, field: &str, value: &mut String, max: usize) {
        *value = self.checks.paragraph(&self.at(field), value, max);
    }

    /// The name of a person, office or unit.
    pub fn name(&mut self, field: &str, value: &mut String, max: usize) {
        if value.trim().is_empty() {
            value.clear();
        } else {
            *value = self.checks.name(&self.at(field), value, max);
        }
    }

    /// An Indonesian phone number.
    pub fn phone(&mut self, field: &str, value: &mut String) {
        *value = self.checks.optional_phone(&self.at(field), value);
    }

    /// An email address.
    pub fn email(&mut self, field: &str, value: &mut String) {
        if value.trim().is_empty() {
            value.clear();
        } else {
            *value = self.checks.email(&self.at(field), value);
        }
    }

    /// A word that programs use: lower-case letters, digits and underscores, beginning with a letter.
    pub fn key(&mut self, field: &str, value: &mut String, max: usize) {
        self.line(field, value, max);
        let well_formed = value.starts_with(|c: char| c.is_ascii_lowercase())
            && value
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        self.ensure(
            value.is_empty() || well_formed,
            field,
            "not_a_key",
            Text::fixed(
                "Pakai huruf kecil, angka, atau garis bawah, diawali huruf.",
                "Use lower-case letters, digits or underscores, beginning with a letter.",
            ),
        );
    }

    /// A date in a sane year.
    pub fn date(&mut self, field: &str, value: Option<NaiveDate>) {
        self.ensure(
            value.is_none_or(|date| YEARS.contains(&date.year())),
            field,
            "out_of_range",
            Text::new(
                format!("Tahun harus antara {} dan {}.", YEARS.start(), YEARS.end()),
                format!("The year must be from {} to {}.", YEARS.start(), YEARS.end()),
            ),
        );
    }

    /// A date that may not be before another one.
    pub fn not_before(&mut self, field: &str, value: Option<NaiveDate>, earlier: Option<NaiveDate>) {
        if let (Some(value), Some(earlier)) = (value, earlier) {
            let first = day::in_words(earlier);
            self.ensure(
                value >= earlier,
                field,
                "before_start",
                Text::new(
                    format!("Tidak boleh sebelum {}. Periksa kedua tanggal.", first.id),
                    format!("It cannot be before {}. Check both dates.", first.en),
                ),
            );
        }
    }

    /// A number within `range`.
    pub fn number<N: PartialOrd + std::fmt::Display>(
        &mut self,
        field: &str,
        value: Option<N>,
        range: RangeInclusive<N>,
    ) {
        let holds = value.is_none_or(|value| range.contains(&value));
        let (from, to) = (range.start(), range.end());
        self.ensure(
            holds,
            field,
            "out_of_range",
            Text::new(
                format!("Isi angka {from} sampai {to}."),
                format!("Give a number from {from} to {to}."),
            ),
        );
    }

    /// A list of short texts; empty ones are dropped.
    pub fn lines(&mut self, field: &str, values: &mut Vec<String>, max_items: usize, max: usize) {
        for (index, value) in values.iter_mut().enumerate() {
            self.line(&format!("{field}.{index}"), value, max);
        }
        values.retain(|value| !value.is_empty());
        self.at_most(field, values.len(), max_items);
    }

    /// A list of codes or ids, each of which may occur once; repeated ones are dropped.
    pub fn set<T: PartialEq>(&mut self, field: &str, values: &mut Vec<T>, max_items: usize) {
        self.at_most(field, values.len(), max_items);
        if values.len() <= max_items {
            let mut seen: Vec<T> = Vec::with_capacity(values.len());
            for value in values.drain(..) {
                if !seen.contains(&value) {
                    seen.push(value);
                }
            }
            *values = seen;
        }
    }

    /// A list of other records.
    pub fn records(&mut self, field: &str, values: &mut Vec<SetupRecordId>) {
        self.set(field, values, 200);
    }

    /// A list of rows: gives each its id, and checks every one with `check`.
    pub fn rows<T: Row>(
        &mut self,
        field: &str,
        rows: &mut [T],
        max_items: usize,
        mut check: impl FnMut(&mut T, &mut Form<'_>),
    ) {
        self.at_most(field, rows.len(), max_items);
        let mut seen = std::collections::HashSet::new();
        for (index, row) in rows.iter_mut().enumerate().take(max_items) {
            let path = self.at(&format!("{field}.{index}"));
            let mut form = Form::new(self.checks, path);
            form.row_id(row.id());
            let is_new = seen.insert(row.id().clone());
            form.ensure(
                is_new,
                "id",
                "repeated",
                Text::fixed("Id baris ini sudah dipakai.", "The id of this row is taken."),
            );
            check(row, &mut form);
        }
    }

    fn row_id(&mut self, id: &mut String) {
        if id.is_empty() {
            *id = uuid::Uuid::now_v7().to_string();
        }
        let well_formed = id.len() <= 40
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        self.ensure(
            well_formed,
            "id",
            "not_an_id",
            Text::fixed(
                "Pakai paling banyak 40 huruf, angka, atau tanda hubung.",
                "Use at most 40 letters, digits or hyphens.",
            ),
        );
    }

    fn at_most(&mut self, field: &str, count: usize, max: usize) {
        self.ensure(
            count <= max,
            field,
            "too_many",
            Text::new(format!("Paling banyak {max} baris."), format!("At most {max} rows.")),
        );
    }

    /// The fields of a nested object.
    pub fn nested(&mut self, field: &str) -> Form<'_> {
        let path = self.at(field);
        Form::new(self.checks, path)
    }
}
