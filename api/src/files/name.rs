//! Names of uploaded files: for people, never used as a path.

use crate::http::checks::is_invisible;

const MAX_CHARS: usize = 150;
const NAMELESS: &str = "berkas";

/// What is left of a name that a sender gave: its last part, without signs that are hidden, turn the writing direction
/// or mean something to file systems.
#[must_use]
pub fn clean(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last
        .chars()
        .filter(|c| c.is_whitespace() || !is_invisible(*c))
        .map(|c| {
            if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') {
                '_'
            } else {
                c
            }
        })
        .collect();
    let name = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() {
        NAMELESS.to_owned()
    } else {
        shorten(name)
    }
}

/// The ending of a name, in lower case, if it has one.
#[must_use]
pub fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
}

/// Keeps the ending.
fn shorten(name: &str) -> String {
    let length = name.chars().count();
    if length <= MAX_CHARS {
        return name.to_owned();
    }
    let ending: String = match name.rsplit_once('.') {
        Some((_, extension)) if extension.chars().count() <= 10 => format!(".{extension}"),
        _ => String::new(),
    };
    let stem: String = name.chars().take(MAX_CHARS - ending.chars().count()).collect();
    format!("{}{ending}", stem.trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::{MAX_CHARS, clean, extension};
    use proptest::prelude::*;

    #[test]
    fn keeps_what_people_read() {
        for (given, kept) in [
            ("Surat Komitmen.pdf", "Surat Komitmen.pdf"),
            ("../../etc/passwd", "passwd"),
            (r"C:\Users\andi\SK Pokja.docx", "SK Pokja.docx"),
            ("gambar\u{202E}fdp.exe", "gambarfdp.exe"),
            ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
            ("..", "berkas"),
            ("", "berkas"),
            ("/", "berkas"),
            (".pdf", "pdf"),
            ("\u{0}\u{1}.pdf", "pdf"),
            ("表 📄.pdf", "表 📄.pdf"),
        ] {
            assert_eq!(clean(given), kept, "{given:?}");
        }
        let long = clean(&format!("{}.pdf", "a".repeat(300)));
        assert!(long.ends_with("a.pdf") && long.chars().count() == MAX_CHARS);
    }

    #[test]
    fn endings() {
        assert_eq!(extension("a.tar.GZ"), Some("gz".to_owned()));
        for none in ["a", "a.", ".pdf", ""] {
            assert_eq!(extension(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn is_always_a_harmless_name(given in any::<String>()) {
            let name = clean(&given);
            prop_assert!(!name.is_empty() && name.chars().count() <= MAX_CHARS);
            prop_assert!(!name.contains(['/', '\\', '"']) && !name.chars().any(char::is_control));
            prop_assert!(name != "." && name != "..");
            prop_assert_eq!(clean(&name), name);
        }
    }
}
