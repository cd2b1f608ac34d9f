//! Canonical JSON (RFC 8785): one text for one value, so that a hash of it means something.

use std::fmt::Write;

use serde_json::{Number, Value as Json};

/// The canonical text of a value: keys sorted by their UTF-16 code units, no blanks, numbers as JavaScript writes them.
///
/// One step beside the RFC: whole numbers that do not fit a double keep all their digits.
#[must_use]
pub fn canonical(value: &Json) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(text: &mut String, value: &Json) {
    match value {
        Json::Null => text.push_str("null"),
        Json::Bool(true) => text.push_str("true"),
        Json::Bool(false) => text.push_str("false"),
        Json::Number(number) => write_number(text, number),
        Json::String(string) => write_string(text, string),
        Json::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(text, item);
            }
            text.push(']');
        }
        Json::Object(fields) => {
            let mut fields: Vec<(&String, &Json)> = fields.iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            text.push('{');
            for (index, (key, field)) in fields.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_string(text, key);
                text.push(':');
                write(text, field);
            }
            text.push('}');
        }
    }
}

fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for c in string.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            c if c < ' ' => {
                // Writing to a String cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
}

fn write_number(text: &mut String, number: &Number) {
    match number.as_f64() {
        Some(double) if !number.is_i64() && !number.is_u64() => text.push_str(&javascript(double)),
        _ => text.push_str(&number.to_string()),
    }
}

/// A finite double as `Number.prototype.toString` writes it: the shortest digits that read back as the same number.
fn javascript(double: f64) -> String {
    if double == 0.0 {
        return "0".to_owned();
    }
    // `1.25e-7`: Rust gives the shortest digits too, only laid out in another way.
    let scientific = format!("{:e}", double.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    // The place of the point, counted from the first digit.
    let point = exponent.saturating_add(1);
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let split = |at: i32| digits.split_at(usize::try_from(at).unwrap_or(0).min(digits.len()));
    let body = if (length..=21).contains(&point) {
        format!("{digits}{}", zeros(point - length))
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = split(point);
        format!("{whole}.{fraction}")
    } else if (-5..=0).contains(&point) {
        format!("0.{}{digits}", zeros(-point))
    } else {
        let (first, rest) = split(1);
        let fraction = if rest.is_empty() {
            String::new()
        } else {
            format!(".{rest}")
        };
        format!("{first}{fraction}e{exponent:+}")
    };
    if double < 0.0 { format!("-{body}") } else { body }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn as_the_rfc_shows() {
        let numbers = [
            333_333_333.333_333_3,
            1e30,
            4.5,
            2e-3,
            0.000_000_000_000_000_000_000_000_001,
            0.000_001,
            1e-7,
            -0.0,
            1e21,
        ];
        let string = "\u{20ac}$\u{f}\nA'B\"\\\\\"/";
        let value = json!({ "numbers": numbers, "string": string, "literals": [null, true, false] });
        assert_eq!(
            canonical(&value),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27,0.000001,1e-7,0,1e+21],\
             \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
    }

    /// Beyond the basic plane the order of UTF-16 is not that of the characters.
    #[test]
    fn keys_are_sorted_by_utf16() {
        let value = json!({ "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7 });
        assert_eq!(
            canonical(&value),
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
        );
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            // Numbers of more digits lose the last one when serde_json reads them; packages hold whole numbers only.
            (-1_000_000_i32..1_000_000).prop_map(|hundredths| Json::from(f64::from(hundredths) / 100.0)),
            any::<String>().prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|fields| Json::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// Whoever reads the text and writes it again gets the same bytes, whatever the layout in between.
        #[test]
        fn reading_and_writing_again_changes_nothing(value in any_json()) {
            let once = canonical(&value);
            let pretty: Json = serde_json::from_str(&once).unwrap();
            let again: Json = serde_json::from_str(&serde_json::to_string_pretty(&pretty).unwrap()).unwrap();
            prop_assert_eq!(canonical(&again), once);
        }

        #[test]
        fn doubles_read_back_as_themselves(double in any::<f64>()) {
            prop_assume!(double.is_finite());
            let read: f64 = javascript(double).parse().unwrap();
            prop_assert!(read == double, "{} {}", read, javascript(double));
        }

        #[test]
        fn different_values_have_different_texts(a in any_json(), b in any_json()) {
            let texts_agree = canonical(&a) == canonical(&b);
            let parse = |value: &Json| serde_json::from_str::<Json>(&canonical(value)).unwrap();
            prop_assert_eq!(texts_agree, parse(&a) == parse(&b));
        }
    }
}
