//! What may be announced.

use crate::{
    error::Text,
    http::{
        Checks,
        links::{is_outside, is_plain},
    },
};

/// How much of a text a notice repeats, in characters.
const EXCERPT: usize = 300;

/// Where an announcement may lead: a screen of the application (`/…`) or an address outside (`https://…`), without a password
/// in it and without characters that only pretend to be part of it.
pub fn link(checks: &mut Checks, value: Option<&str>) -> Option<String> {
    let value = checks.optional_line("link", value.unwrap_or_default(), 500);
    if value.is_empty() {
        return None;
    }
    let text = Text::fixed(
        "Tulis alamat lengkap yang diawali https://, atau laman aplikasi yang diawali /.",
        "Write a full address that begins with https://, or a screen of the application that begins with /.",
    );
    checks.ensure(is_screen(&value) || is_outside(&value), "link", "not_a_link", text);
    Some(value)
}

/// `//host` and `/\host` leave the application.
fn is_screen(value: &str) -> bool {
    is_plain(value) && value.starts_with('/') && !value.starts_with("//")
}

/// The beginning of a text for a notice, cut between words.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    let cut: String = line.chars().take(EXCERPT).collect();
    let end = cut.rfind(' ').filter(|&end| end > 0);
    format!("{} …", end.map_or(cut.as_str(), |end| &cut[..end]))
}

#[cfg(test)]
mod tests {
    use super::{EXCERPT, excerpt, link};
    use crate::http::Checks;

    #[test]
    fn links_lead_to_screens_or_outside() {
        for (value, is_good) in [
            ("", true),
            ("/d/73.06/butir/REG-1", true),
            ("https://contoh.example/panduan?x=1#y", true),
            ("http://contoh.example", false),
            ("//contoh.example", false),
            ("/\\contoh.example", false),
            ("javascript:alert(1)", false),
            ("https://pusat@contoh.example/", false),
            ("https://contoh", false),
            ("https://contoh.example/<b>", false),
            ("https://contoh .example", false),
        ] {
            let mut checks = Checks::new();
            let kept = link(&mut checks, Some(value));
            assert_eq!(checks.finish().is_ok(), is_good, "{value}");
            assert_eq!(kept.is_none(), value.is_empty());
        }
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(excerpt("Dua\n\nalinea."), "Dua alinea.");
        let long = "kata é ".repeat(100);
        let cut = excerpt(&long);
        assert!(cut.chars().count() <= EXCERPT + 2 && cut.ends_with(" …"), "{cut}");
        assert!(excerpt(&"é".repeat(1000)).chars().count() <= EXCERPT + 2);
    }
}
