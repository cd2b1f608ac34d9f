//! Checking input: all fields at once, each with an instruction in both languages.
//!
//! ```ignore
//! let mut checks = Checks::new();
//! let name = checks.name("name", &input.name, 120);
//! let email = checks.email("email", &input.email);
//! checks.finish()?;
//! ```

use crate::error::{ApiError, ApiResult, FieldError, Text};

/// Collects field errors.
#[derive(Debug, Default)]
pub struct Checks {
    errors: Vec<FieldError>,
}

impl Checks {
    /// Nothing wrong yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records an error.
    pub fn error(&mut self, field: &str, code: &'static str, message: Text) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            code,
            message,
        });
    }

    /// Records an error unless `holds`.
    pub fn ensure(&mut self, holds: bool, field: &str, code: &'static str, message: Text) {
        if !holds {
            self.error(field, code, message);
        }
    }

    /// One line of required text, trimmed, at most `max` characters.
    pub fn line(&mut self, field: &str, value: &str, max: usize) -> String {
        let value = self.optional_line(field, value, max);
        self.ensure(
            !value.is_empty() || self.has(field),
            field,
            "required",
            Text::fixed("Wajib diisi.", "This is required."),
        );
        value
    }

    /// One line of text that may be empty, trimmed, at most `max` characters.
    pub fn optional_line(&mut self, field: &str, value: &str, max: usize) -> String {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.length(field, &value, max);
        self.ensure(
            !value.chars().any(is_invisible),
            field,
            "invisible_characters",
            Text::fixed(
                "Ada karakter tersembunyi (misalnya pembalik arah tulisan). Ketik ulang isian ini.",
                "There are hidden characters (for example ones that reverse the writing direction). Type this again.",
            ),
        );
        value
    }

    /// Text of several lines that may be empty, at most `max` characters.
    pub fn paragraph(&mut self, field: &str, value: &str, max: usize) -> String {
        let value = value.replace("\r\n", "\n").trim().to_owned();
        self.length(field, &value, max);
        self.ensure(
            !value.chars().any(|c| is_invisible(c) && c != '\n' && c != '\t'),
            field,
            "invisible_characters",
            Text::fixed(
                "Ada karakter tersembunyi. Ketik ulang bagian itu.",
                "There are hidden characters. Type that part again.",
            ),
        );
        value
    }

    /// The name of a person, office or unit: one line with a letter in it and no emoji.
    pub fn name(&mut self, field: &str, value: &str, max: usize) -> String {
        let value = self.line(field, value, max);
        if !value.is_empty() && !self.has(field) {
            self.ensure(
                value.chars().any(char::is_alphabetic) && !value.chars().any(is_pictograph),
                field,
                "not_a_name",
                Text::fixed(
                    "Tulis nama dengan huruf, tanpa emoji atau gambar.",
                    "Write the name in letters, without emoji or pictures.",
                ),
            );
        }
        value
    }

    /// An email address, lower-cased.
    pub fn email(&mut self, field: &str, value: &str) -> String {
        let value = value.trim().to_lowercase();
        if value.is_empty() {
            self.error(field, "required", Text::fixed("Wajib diisi.", "This is required."));
        } else if value.parse::<lettre::Address>().is_err() || value.len() > 254 || !has_domain_with_dot(&value) {
            self.error(
                field,
                "not_an_email",
                Text::fixed(
                    "Tulis alamat surel lengkap, misalnya nama@bulukumbakab.go.id.",
                    "Write a full email address, for example name@bulukumbakab.go.id.",
                ),
            );
        }
        value
    }

    /// An Indonesian phone number, kept in the form `+62…`; empty is allowed.
    pub fn optional_phone(&mut self, field: &str, value: &str) -> String {
        let digits: String = value
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')'))
            .collect();
        if digits.is_empty() {
            return digits;
        }
        let national = digits
            .strip_prefix("+62")
            .or_else(|| digits.strip_prefix("62"))
            .or_else(|| digits.strip_prefix('0'));
        match national {
            Some(rest) if (7..=12).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit()) => {
                format!("+62{rest}")
            }
            // Short numbers of public services, such as 129 (SAPA) or 110 (police).
            None if digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()) => digits,
            _ => {
                self.error(
                    field,
                    "not_a_phone",
                    Text::fixed(
                        "Tulis nomor telepon Indonesia, misalnya 0413-81234 atau 0812-3456-7890.",
                        "Write an Indonesian phone number, for example 0413-81234 or 0812-3456-7890.",
                    ),
                );
                digits
            }
        }
    }

    /// A required Indonesian phone number.
    pub fn phone(&mut self, field: &str, value: &str) -> String {
        let value = self.optional_phone(field, value);
        self.ensure(
            !value.is_empty(),
            field,
            "required",
            Text::fixed("Wajib diisi.", "This is required."),
        );
        value
    }

    /// One word of a fixed list.
    pub fn one_of(&mut self, field: &str, value: &str, allowed: &[&str]) {
        self.ensure(
            allowed.contains(&value),
            field,
            "not_in_list",
            Text::new(
                format!("Pilih salah satu: {}.", allowed.join(", ")),
                format!("Choose one of: {}.", allowed.join(", ")),
            ),
        );
    }

    /// Ends the checks.
    ///
    /// # Errors
    /// 422 with everything that was recorded.
    pub fn finish(self) -> ApiResult<()> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(ApiError::invalid(self.errors))
        }
    }

    fn has(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    fn length(&mut self, field: &str, value: &str, max: usize) {
        let length = value.chars().count();
        self.ensure(
            length <= max,
            field,
            "too_long",
            Text::new(
                format!("Paling banyak {max} karakter. Anda mengisi {length}."),
                format!("At most {max} characters. You gave {length}."),
            ),
        );
    }
}

fn has_domain_with_dot(email: &str) -> bool {
    email.rsplit('@').next().is_some_and(|domain| domain.contains('.'))
}

/// Control characters and the ones that change writing direction or hide: they can make a name look like another.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::Checks;

    fn code(check: impl FnOnce(&mut Checks)) -> Option<&'static str> {
        let mut checks = Checks::new();
        check(&mut checks);
        checks.errors.first().map(|error| error.code)
    }

    #[test]
    fn names() {
        for good in [
            "Andi Nur'aini, S.Sos.",
            "PKSAI Sikamaseang",
            "Dinas Sosial (Bulukumba)",
            "Ñandú",
        ] {
            assert_eq!(code(|c| _ = c.name("n", good, 120)), None, "{good}");
        }
        assert_eq!(code(|c| _ = c.name("n", "PKSAI 😀", 120)), Some("not_a_name"));
        assert_eq!(code(|c| _ = c.name("n", "12345", 120)), Some("not_a_name"));
        assert_eq!(
            code(|c| _ = c.name("n", "ab\u{202E}cd", 120)),
            Some("invisible_characters")
        );
        assert_eq!(code(|c| _ = c.name("n", "  ", 120)), Some("required"));
        assert_eq!(code(|c| _ = c.name("n", &"a".repeat(121), 120)), Some("too_long"));
    }

    #[test]
    fn phones() {
        for (input, kept) in [
            ("0812-3456-7890", "+6281234567890"),
            ("+62 413 81234", "+6241381234"),
            ("129", "129"),
        ] {
            let mut checks = Checks::new();
            assert_eq!(checks.phone("p", input), kept);
            assert!(checks.finish().is_ok());
        }
        for bad in ["12", "0812", "abc", "0812x345678", "+1 555 1234567"] {
            assert_eq!(code(|c| _ = c.phone("p", bad)), Some("not_a_phone"), "{bad}");
        }
    }

    #[test]
    fn emails() {
        assert_eq!(code(|c| _ = c.email("e", "Nama@Bulukumbakab.go.id ")), None);
        for bad in ["a", "a@b", "a b@c.id", "a@b..id@"] {
            assert_eq!(code(|c| _ = c.email("e", bad)), Some("not_an_email"), "{bad}");
        }
    }
}
