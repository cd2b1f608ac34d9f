//! Addresses that people type and others follow.

/// True without characters that only pretend to be part of an address.
#[must_use]
pub fn is_plain(value: &str) -> bool {
    !value
        .chars()
        .any(|c| c.is_whitespace() || matches!(c, '\\' | '"' | '<' | '>' | '`'))
}

/// An address outside the application: `https://`, with a host and without a name in front of it.
#[must_use]
pub fn is_outside(value: &str) -> bool {
    let Some(rest) = value.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    is_plain(value) && host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.')
}
