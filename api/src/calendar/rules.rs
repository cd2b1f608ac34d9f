//! What an event may be, and when its reminder goes out.

use chrono::{DateTime, Datelike, Duration, FixedOffset, Timelike, Utc};

use super::view::{AnswerWord, Event, EventAnswer, EventDetails, EventParticipant};
use crate::{
    day,
    error::Text,
    http::{Checks, links::is_outside},
    notices::Words,
};

/// The time zones of Indonesia with the hours they are ahead of UTC and what people call them.
pub const ZONES: [(&str, i32, &str); 3] = [
    ("Asia/Jakarta", 7, "WIB"),
    ("Asia/Makassar", 8, "WITA"),
    ("Asia/Jayapura", 9, "WIT"),
];

/// The most days that an event may last: a training of two weeks with travel.
const LONGEST_DAYS: i64 = 31;
/// Days until an event begins at most: a mistyped year would be shown to every district.
const FARTHEST_DAYS: i64 = 5 * 366;

/// The most people of one district that an organiser may let come.
const MOST_OF_A_DISTRICT: i32 = 50;

const DAYS: [(&str, &str); 7] = [
    ("Senin", "Monday"),
    ("Selasa", "Tuesday"),
    ("Rabu", "Wednesday"),
    ("Kamis", "Thursday"),
    ("Jumat", "Friday"),
    ("Sabtu", "Saturday"),
    ("Minggu", "Sunday"),
];

/// The zone of this name; an unknown one counts as WIB, as it does for days.
#[must_use]
pub fn zone(name: &str) -> (&'static str, i32, &'static str) {
    ZONES.into_iter().find(|known| known.0 == name).unwrap_or(ZONES[0])
}

/// A moment on the event's clock, and on the reader's where that is another: "Selasa, 24 November 2026 pukul 09.00 WIB
/// (10.00 WITA)".
#[must_use]
pub fn moment(at: DateTime<Utc>, event_zone: &str, reader_zone: &str) -> Words {
    let (there, here) = (zone(event_zone), zone(reader_zone));
    let first = full(at, there);
    if there == here {
        return first;
    }
    let same_day = local(at, there).date_naive() == local(at, here).date_naive();
    let second = if same_day { clock(at, here) } else { full(at, here) };
    Words {
        id: format!("{} ({})", first.id, second.id),
        en: format!("{} ({})", first.en, second.en),
    }
}

fn local(at: DateTime<Utc>, (_, hours, _): (&str, i32, &str)) -> DateTime<FixedOffset> {
    FixedOffset::east_opt(hours * 3600).map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset))
}

fn clock(at: DateTime<Utc>, zone: (&str, i32, &str)) -> Words {
    let local = local(at, zone);
    let (hour, minute) = (local.hour(), local.minute());
    Words {
        id: format!("{hour:02}.{minute:02} {}", zone.2),
        en: format!("{hour:02}:{minute:02} {}", zone.2),
    }
}

fn full(at: DateTime<Utc>, zone: (&str, i32, &str)) -> Words {
    let (local, clock) = (local(at, zone), clock(at, zone));
    let weekday = DAYS[local.weekday().num_days_from_monday() as usize % 7];
    let date = day::in_words(local.date_naive());
    Words {
        id: format!("{}, {} pukul {}", weekday.0, date.id, clock.id),
        en: format!("{}, {}, {}", weekday.1, date.en, clock.en),
    }
}

/// Checks an event, or what it becomes (`before`: what it is). Nobody is invited to the past; what has begun may still end later.
#[must_use]
pub fn check(
    checks: &mut Checks,
    event: EventDetails,
    before: Option<&EventDetails>,
    now: DateTime<Utc>,
) -> EventDetails {
    check_times(checks, &event, before, now);
    let text = Text::fixed(
        "Isi angka 1 sampai 5000, atau kosongkan.",
        "Give a number from 1 to 5000, or nothing.",
    );
    let seats = event.seats.is_none_or(|seats| (1..=5_000).contains(&seats));
    checks.ensure(seats, "seats", "out_of_range", text);
    let text = Text::fixed("Isi angka 1 sampai 50.", "Give a number from 1 to 50.");
    let few = (1..=MOST_OF_A_DISTRICT).contains(&event.seats_per_district);
    checks.ensure(few, "seats_per_district", "out_of_range", text);
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
    checks.ensure(link.is_empty() || is_outside(&link), "online_link", "not_a_link", text);
    EventDetails {
        title: checks.line("title", &event.title, 200),
        description: checks.paragraph("description", &event.description, 4_000),
        place,
        online_link: (!link.is_empty()).then_some(link),
        ..event
    }
}

fn check_times(checks: &mut Checks, event: &EventDetails, before: Option<&EventDetails>, now: DateTime<Utc>) {
    let zones = ZONES.map(|zone| zone.0);
    checks.one_of("time_zone", &event.time_zone, &zones);
    let text = Text::fixed("Selesai harus sesudah mulai.", "It must end after it begins.");
    checks.ensure(event.ends_at > event.starts_at, "ends_at", "out_of_range", text);
    let text = Text::fixed("Selesai harus di masa depan.", "It must end in the future.");
    checks.ensure(event.ends_at > now, "ends_at", "out_of_range", text);
    let short = event.ends_at - event.starts_at <= Duration::days(LONGEST_DAYS);
    let text = Text::fixed("Paling lama 31 hari.", "31 days at most.");
    checks.ensure(short, "ends_at", "out_of_range", text);
    let text = Text::fixed("Mulai harus di masa depan.", "It must begin in the future.");
    let far = Text::fixed("Paling jauh lima tahun dari sekarang.", "Five years from now at most.");
    let near = event.starts_at <= now + Duration::days(FARTHEST_DAYS);
    checks.ensure(near, "starts_at", "out_of_range", far);
    let as_it_was = before.is_some_and(|before| before.starts_at == event.starts_at);
    checks.ensure(as_it_was || event.starts_at > now, "starts_at", "out_of_range", text);
    let text = Text::fixed(
        "Batas pendaftaran harus sebelum kegiatan mulai.",
        "Registration must end before the event begins.",
    );
    let until = event.register_until <= event.starts_at;
    checks.ensure(until, "register_until", "out_of_range", text);
    let text = Text::fixed(
        "Batas pendaftaran harus di masa depan.",
        "Registration must end in the future.",
    );
    checks.ensure(
        before.is_some() || event.register_until > now,
        "register_until",
        "out_of_range",
        text,
    );
    let text = Text::fixed("Isi angka 0 sampai 30.", "Give a number from 0 to 30.");
    let days = (0..=30).contains(&event.remind_days);
    checks.ensure(days, "remind_days", "out_of_range", text);
}

/// True when who takes part must know of the change: of all but seats and the reminder.
#[must_use]
pub fn is_news(before: &EventDetails, after: &EventDetails) -> bool {
    let quietly = EventDetails {
        seats: after.seats,
        seats_per_district: after.seats_per_district,
        remind_days: after.remind_days,
        ..before.clone()
    };
    quietly != *after
}

/// Checks a district's answer. `most`: how many may take part of each district.
#[must_use]
pub fn check_answer(checks: &mut Checks, answer: &EventAnswer, most: i32) -> EventAnswer {
    let count = i32::try_from(answer.participants.len()).unwrap_or(i32::MAX);
    let declines = answer.answer == AnswerWord::Declined;
    let fits = if declines {
        count == 0
    } else {
        (1..=most).contains(&count)
    };
    let text = Text::new(
        format!("Isi 1 sampai {most} peserta; kosongkan bila menolak."),
        format!("Give 1 to {most} participants; none when declining."),
    );
    checks.ensure(fits, "participants", "out_of_range", text);
    let note = checks.paragraph("note", &answer.note, 500);
    let text = Text::fixed("Tulis alasannya.", "Write the reason.");
    checks.ensure(!declines || !note.is_empty(), "note", "required", text);
    let mut participants: Vec<EventParticipant> = Vec::new();
    // No more than may come are looked at: the rest is refused anyway.
    for (place, person) in answer.participants.iter().take(MOST_OF_A_DISTRICT as usize).enumerate() {
        let person = EventParticipant {
            name: checks.name(&format!("participants.{place}.name"), &person.name, 120),
            position: checks.optional_line(&format!("participants.{place}.position"), &person.position, 120),
        };
        let text = Text::fixed("Orang ini sudah disebut.", "This person is named already.");
        let again = participants.iter().any(|other| {
            other.name.to_lowercase() == person.name.to_lowercase()
                && other.position.to_lowercase() == person.position.to_lowercase()
        });
        checks.ensure(
            !again || person.name.is_empty(),
            &format!("participants.{place}.name"),
            "duplicate",
            text,
        );
        participants.push(person);
    }
    EventAnswer {
        answer: answer.answer,
        participants,
        note,
        replaces: answer.replaces,
    }
}

/// True when this is what the district has answered already.
#[must_use]
pub fn says(event: &Event, answer: &EventAnswer) -> bool {
    event.answer == Some(answer.answer) && event.note == answer.note && event.participants == answer.participants
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
    fn moments_are_told_on_both_clocks() {
        let at_nine = at("2026-11-24T02:00:00Z");
        for (event, reader, id) in [
            (
                "Asia/Jakarta",
                "Asia/Jakarta",
                "Selasa, 24 November 2026 pukul 09.00 WIB",
            ),
            (
                "Asia/Jakarta",
                "Asia/Makassar",
                "Selasa, 24 November 2026 pukul 09.00 WIB (10.00 WITA)",
            ),
            (
                "Asia/Jayapura",
                "Asia/Pontianak",
                "Selasa, 24 November 2026 pukul 11.00 WIT (09.00 WIB)",
            ),
        ] {
            assert_eq!(moment(at_nine, event, reader).id, id);
        }
        let midnight = moment(at("2026-11-24T16:30:00Z"), "Asia/Jakarta", "Asia/Makassar");
        assert_eq!(
            midnight.en,
            "Tuesday, 24 November 2026, 23:30 WIB (Wednesday, 25 November 2026, 00:30 WITA)"
        );
    }

    fn event() -> EventDetails {
        EventDetails {
            kind: super::super::view::EventKind::Training,
            title: "Contoh".into(),
            description: String::new(),
            starts_at: at("2026-12-01T01:00:00Z"),
            ends_at: at("2026-12-03T08:00:00Z"),
            time_zone: "Asia/Jakarta".into(),
            place: "Aula contoh".into(),
            online_link: None,
            seats: None,
            seats_per_district: 2,
            register_until: at("2026-11-28T08:00:00Z"),
            remind_days: 3,
        }
    }

    fn wrong(event: EventDetails, before: Option<&EventDetails>, now: &str) -> Vec<String> {
        let mut checks = Checks::new();
        let _ = check(&mut checks, event, before, at(now));
        fields(checks)
    }

    fn fields(checks: Checks) -> Vec<String> {
        let errors = checks.finish().err().map(|error| error.fields().to_vec());
        errors.into_iter().flatten().map(|error| error.field).collect()
    }

    #[test]
    fn an_event_has_possible_times_and_a_place() {
        let now = "2026-11-20T00:00:00Z";
        assert_eq!(wrong(event(), None, now), [""; 0]);
        let mut early = event();
        early.ends_at = early.starts_at;
        assert_eq!(wrong(early, None, now), ["ends_at"]);
        let mut nowhere = event();
        nowhere.place = " ".into();
        assert_eq!(wrong(nowhere, None, now), ["place"]);
        let mut linked = event();
        linked.online_link = Some("http://contoh.example".into());
        linked.seats_per_district = 51;
        assert_eq!(wrong(linked, None, now), ["seats_per_district", "online_link"]);
        let begun = "2026-12-02T00:00:00Z";
        assert_eq!(wrong(event(), None, begun), ["starts_at", "register_until"]);
        let mut longer = event();
        longer.ends_at = at("2026-12-04T08:00:00Z");
        assert_eq!(
            wrong(longer.clone(), Some(&event()), begun),
            [""; 0],
            "it may end later"
        );
        longer.starts_at = at("2026-12-01T02:00:00Z");
        assert_eq!(wrong(longer, Some(&event()), begun), ["starts_at"]);
    }

    #[test]
    fn seats_and_reminders_are_no_news() {
        let mut quiet = event();
        (quiet.seats, quiet.seats_per_district, quiet.remind_days) = (Some(9), 3, 0);
        assert!(!is_news(&event(), &quiet));
        quiet.place = "Aula lain".into();
        assert!(is_news(&event(), &quiet));
    }

    #[test]
    fn an_answer_names_people_within_the_seats_of_a_district() {
        let person = |name: &str| EventParticipant {
            name: name.into(),
            position: " Pekerja  sosial ".into(),
        };
        let answer = |answer, names: &[&str], note: &str| EventAnswer {
            answer,
            participants: names.iter().map(|name| person(name)).collect(),
            note: note.into(),
            replaces: None,
        };
        let wrong = |answer: &EventAnswer| {
            let mut checks = Checks::new();
            let _ = check_answer(&mut checks, answer, 2);
            fields(checks)
        };
        use AnswerWord::{Declined, Registered};
        assert_eq!(wrong(&answer(Registered, &["Contoh A", "Contoh B"], "")), [""; 0]);
        assert_eq!(wrong(&answer(Registered, &[], "")), ["participants"]);
        assert_eq!(wrong(&answer(Registered, &["A b", "C d", "E f"], "")), ["participants"]);
        assert_eq!(
            wrong(&answer(Registered, &["Contoh A", "contoh  a"], "")),
            ["participants.1.name"]
        );
        assert_eq!(wrong(&answer(Registered, &[""], "")), ["participants.0.name"]);
        assert_eq!(wrong(&answer(Declined, &["Contoh A"], "Sibuk.")), ["participants"]);
        assert_eq!(wrong(&answer(Declined, &[], " ")), ["note"]);
        let mut checks = Checks::new();
        let kept = check_answer(&mut checks, &answer(Registered, &["Contoh A"], ""), 2);
        assert_eq!(kept.participants[0].position, "Pekerja sosial");
    }

    #[test]
    fn a_reminder_lies_ahead_or_is_left_out() {
        let now = at("2026-11-20T00:00:00Z");
        assert!(will_remind(at("2026-11-24T02:00:00Z"), 3, now));
        assert!(!will_remind(at("2026-11-22T02:00:00Z"), 3, now));
        assert!(!will_remind(at("2026-11-24T02:00:00Z"), 0, now));
    }
}
