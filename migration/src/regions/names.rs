//! How region names are folded for sorting and for search. The API folds what a person types with the same functions.

/// Lower case, without accents and apostrophes; every other sign or run of spaces becomes one space.
///
/// `"Ra'as"` gives `"raas"`, `"Hero Lange-Lange"` gives `"hero lange lange"`. Letters outside the Latin alphabet count
/// as signs: no region of Indonesia has them.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for sign in text.chars().flat_map(char::to_lowercase) {
        if is_silent(sign) {
            continue;
        }
        match base_letter(sign) {
            Some(letter) => {
                if gap && !folded.is_empty() {
                    folded.push(' ');
                }
                gap = false;
                folded.push(letter);
            }
            None => gap = true,
        }
    }
    folded
}

/// The key by which `region_search.term` is compared: folded and without spaces, so "ujung loe" and "Ujungloe" agree.
///
/// Empty when the text holds no letter or digit: then there is nothing to search for.
pub fn search_key(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// The search terms of a name with their place (0: the whole name, 1: from a later word on).
pub(super) fn search_terms(name: &str) -> Vec<(String, i16)> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    (0..words.len())
        .map(|first| (words[first..].concat(), i16::from(first > 0)))
        .collect()
}

/// Apostrophes of every kind, and accents written as a sign of their own after the letter.
fn is_silent(sign: char) -> bool {
    matches!(sign, '\'' | '`' | '\u{b4}' | '\u{2bb}'..='\u{2bf}' | '\u{2018}'..='\u{201b}' | '\u{300}'..='\u{36f}')
}

/// The ASCII letter or digit beneath an accented Latin letter, or none for any other sign.
fn base_letter(sign: char) -> Option<char> {
    Some(match sign {
        'a'..='z' | '0'..='9' => sign,
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ĭ' | 'į' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' => 'o',
        'ś' | 'š' => 's',
        'ù'..='ü' | 'ū' | 'ŭ' | 'ů' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ž' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_apostrophes_accents_and_signs() {
        for (name, folded) in [
            ("Ra'as", "raas"),
            ("Regapu’u", "regapuu"),
            ("Hero Lange-Lange", "hero lange lange"),
            ("  Lubuk  Pakam I,II ", "lubuk pakam i ii"),
            ("Malé É\u{301}", "male e"),
            ("(Persiapan)", "persiapan"),
            ("🙂 '; DROP", "drop"),
            ("", ""),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

    #[test]
    fn spacing_does_not_change_the_search_key() {
        assert_eq!(search_key("Ujung Loe"), search_key("UJUNGLOE"));
        assert_eq!(search_key("… — "), "");
    }

    #[test]
    fn a_term_for_each_word() {
        let terms = search_terms("Hero Lange-Lange");
        let expected = [("herolangelange", 0), ("langelange", 1), ("lange", 1)];
        assert_eq!(terms, expected.map(|(term, place)| (term.to_owned(), place)));
    }
}
