//! Days as people see them: of the district's own clock.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

use crate::error::Text;

/// The day that it is at a moment in a time zone of Indonesia.
///
/// WIB, WITA and WIT are 7, 8 and 9 hours ahead of UTC all year round. Which one a district has follows from its province
/// (`province_time_zones.csv`) when it becomes a tenant. An unknown zone counts as WIB.
#[must_use]
pub fn in_zone(at: DateTime<Utc>, zone: &str) -> NaiveDate {
    let hours = match zone {
        "Asia/Makassar" => 8,
        "Asia/Jayapura" => 9,
        _ => 7,
    };
    let offset = FixedOffset::east_opt(hours * 3600);
    offset.map_or_else(|| at.date_naive(), |offset| at.with_timezone(&offset).date_naive())
}

/// The day that it is now in Jakarta, where the ministry works.
#[must_use]
pub fn today_at_the_ministry() -> NaiveDate {
    in_zone(Utc::now(), "Asia/Jakarta")
}

/// A day as it is written in a letter: "1 Januari 2027".
#[must_use]
pub fn in_words(day: NaiveDate) -> Text {
    let written = |months: &[&str; 12]| {
        let month = months.get(day.month0() as usize).copied().unwrap_or_default();
        format!("{} {month} {}", day.day(), day.year())
    };
    Text::new(written(&MONTHS_ID), written(&MONTHS_EN))
}

const MONTHS_ID: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::in_zone;

    #[test]
    fn the_day_begins_where_the_district_is() {
        let at = |text: &str| text.parse().unwrap();
        for (moment, zone, day) in [
            ("2026-03-09T16:59:59Z", "Asia/Jakarta", "2026-03-09"),
            ("2026-03-09T17:00:00Z", "Asia/Jakarta", "2026-03-10"),
            ("2026-03-09T16:00:00Z", "Asia/Makassar", "2026-03-10"),
            ("2026-03-09T15:00:00Z", "Asia/Jayapura", "2026-03-10"),
            ("2026-03-09T14:59:59Z", "Asia/Jayapura", "2026-03-09"),
        ] {
            assert_eq!(in_zone(at(moment), zone).to_string(), day, "{moment} {zone}");
        }
    }
}
