//! What an event may be, and when its reminder goes out.

use chrono::{DateTime, Datelike, Duration, FixedOffset, Timelike, Utc};

use super::view::EventDetails;
use crate::{error::Text, http::Checks, notices::Words};

/// The time zones of Indonesia with the hours they are ahead of UTC and what people call them.
pub const ZONES: [(&str, i32, &str); 3] = [
    ("Asia/Jakarta", 7, "WIB"),
    ("Asia/Makassar", 8, "WITA"),
    ("Asia/Jayapura", 9, "WIT"),
];

/// The most days that an event may last: a training of two weeks with travel.
const LONGEST_DAYS: i64 = 31;

const DAYS: [(&str, &str); 7] = [
    ("Senin", "Monday"),
    ("Selasa", "Tuesday"),
    ("Rabu", "Wednesday"),
    ("Kamis", "Thursday"),
    ("Jumat", "Friday"),
    ("Sabtu", "Saturday"),
    ("Minggu", "Sunday"),
];
const MONTHS: [(&str, &str); 12] = [
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
];

/// A moment on the organiser's clock: "Selasa, 24 November 2026 pukul 09.00 WIB".
#[must_use]
pub fn moment(at: DateTime<Utc>, zone: &str) -> Words {
    let (_, hours, name) = ZONES.into_iter().find(|known| known.0 == zone).unwrap_or(ZONES[0]);
    let local =
        FixedOffset::east_opt(hours * 3600).map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset));
    let day = DAYS[local.weekday().num_days_from_monday() as usize % 7];
    let month = MONTHS[local.month0() as usize % 12];
    let (date, year, hour, minute) = (local.day(), local.year(), local.hour(), local.minute());
    Words {
        id: format!(
            "{}, {date} {} {year} pukul {hour:02}.{minute:02} {name}",
            day.0, month.0
        ),
        en: format!("{}, {date} {} {year}, {hour:02}:{minute:02} {name}", day.1, month.1),
    }
}

/// Checks an event. `now`: nobody is invited to the past.
#[must_use]
pub fn check(checks: &mut Checks, event: EventDetails, now: DateTime<Utc>) -> EventDetails {
    let zones = ZONES.map(|zone| zone.0);
    checks.one_of("time_zone", &event.time_zone, &zones);
    let ends = event.ends_at > event.starts_at;
    let text = Text::fixed("Selesai harus sesudah mulai.", "It must end after it begins.");
    checks.ensure(ends, "ends_at", "out_of_range", text);
    let short = event.ends_at - event.starts_at <= Duration::days(LONGEST_DAYS);
    let text = Text::fixed("Paling lama 31 hari.", "31 days at most.");
    checks.ensure(short, "ends_at", "out_of_range", text);
    let text = Text::fixed("Mulai harus di masa depan.", "It must begin in the future.");
    checks.ensure(event.starts_at > now, "starts_at", "out_of_range", text);
    let text = Text::fixed(
        "Batas pendaftaran harus sebelum kegiatan mulai.",
        "Registration must end before the event begins.",
    );
    checks.ensure(
        event.register_until <= event.starts_at,
        "register_until",
        "out_of_range",
        text,
    );
    let text = Text::fixed(
        "Isi angka 1 sampai 5000, atau kosongkan.",
        "Give a number from 1 to 5000, or nothing.",
    );
    let seats = event.seats.is_none_or(|seats| (1..=5_000).contains(&seats));
    checks.ensure(seats, "seats", "out_of_range", text);
    let text = Text::fixed("Isi angka 0 sampai 30.", "Give a number from 0 to 30.");
    checks.ensure(
        (0..=30).contains(&event.remind_days),
        "remind_days",
        "out_of_range",
        text,
    );
    let place = checks.optional_line("place", &event.place, 300);
    let link = checks.optional_line("online_link", event.online_link.as_deref().unwrap_or_default(), 500);
    let text = Text::fixed(
        "Isi tempat, tautan daring, atau keduanya.",
        "Give a place, a link, or both.",
    );
    checks.ensure(!place.is_empty() || !link.is_empty(), "place", "required", text);
    let text = Text::fixed(
        "Tulis alamat lengkap yang diawali https://.",
        "Write a full address that begins with https://.",
    );
    checks.ensure(
        link.is_empty() || crate::announcements::is_outside(&link),
        "online_link",
        "not_a_link",
        text,
    );
    EventDetails {
        title: checks.line("title", &event.title, 200),
        description: checks.paragraph("description", &event.description, 4_000),
        place,
        online_link: (!link.is_empty()).then_some(link),
        ..event
    }
}

/// True when the moment of the reminder lies ahead; else the invitation itself comes late enough.
#[must_use]
pub fn will_remind(starts_at: DateTime<Utc>, days: i16, now: DateTime<Utc>) -> bool {
    days > 0 && starts_at - Duration::days(i64::from(days)) > now
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn moments_are_told_on_the_organisers_clock() {
        let words = moment(at("2026-11-24T16:30:00Z"), "Asia/Makassar");
        assert_eq!(words.id, "Rabu, 25 November 2026 pukul 00.30 WITA");
        assert_eq!(words.en, "Wednesday, 25 November 2026, 00:30 WITA");
        assert_eq!(
            moment(at("2026-11-24T02:00:00Z"), "Asia/Jakarta").id,
            "Selasa, 24 November 2026 pukul 09.00 WIB"
        );
    }

    #[test]
    fn a_reminder_lies_ahead_or_is_left_out() {
        let now = at("2026-11-20T00:00:00Z");
        assert!(will_remind(at("2026-11-24T02:00:00Z"), 3, now));
        assert!(!will_remind(at("2026-11-22T02:00:00Z"), 3, now));
        assert!(!will_remind(at("2026-11-24T02:00:00Z"), 0, now));
    }
}
