//! Whether a PDF can have pages: looked for while it is being uploaded, without reading it as a document.
//!
//! A page is a dictionary that says `/Type /Page`. It stands in the file as it is, or in an object stream (ISO 32000-1,
//! 7.5.7), whose content is compressed. Who finds neither knows that nothing can be shown; everything else is taken for a
//! document, since programs that read PDFs forgive more than anybody who looks for a word can.

/// The longest of [`MARKS`], and the byte after it.
const LONGEST: usize = 12;

/// What a file with pages has: a page, pages that are packed away, or what only pages have, where somebody left out that they
/// are pages.
const MARKS: &[&[u8]] = &[b"/Page", b"/ObjStm", b"/MediaBox", b"/Contents"];

/// Looks for a sign of pages in a file that comes in parts.
#[derive(Debug, Default)]
pub struct PageSearch {
    /// The end of what was looked at, when it may be the beginning of a mark.
    rest: Vec<u8>,
    found: bool,
}

impl PageSearch {
    /// Looks at the next part.
    pub fn look_at(&mut self, part: &[u8]) {
        if self.found {
            return;
        }
        self.rest.extend_from_slice(part);
        self.found = has_mark(&self.rest);
        let keep = self.rest.len().min(LONGEST);
        self.rest.drain(..self.rest.len() - keep);
    }

    /// True when the file, which is at its end, can have no page.
    #[must_use]
    pub fn ends_without_pages(mut self) -> bool {
        // A mark may be the very last word.
        self.look_at(b" ");
        !self.found
    }
}

/// Whether a mark that has ended stands in there, or a name that hides letters of its own (`/P#61ge`) and may be one.
fn has_mark(bytes: &[u8]) -> bool {
    let names = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    names.map(|(at, _)| &bytes[at..]).any(|from| {
        let length = 1 + from[1..].iter().take_while(|byte| is_regular(**byte)).count();
        let (name, has_ended) = (&from[..length], length < from.len());
        (has_ended && MARKS.contains(&name))
            || name
                .windows(2)
                .any(|pair| pair[0] == b'#' && pair[1].is_ascii_hexdigit())
    })
}

/// A byte that a name may go on with: neither white space nor a delimiter (ISO 32000-1, 7.2.2).
const fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        b'\0'
            | b'\t'
            | b'\n'
            | b'\x0c'
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

#[cfg(test)]
mod tests {
    use super::PageSearch;
    use proptest::prelude::*;

    fn is_without_pages(parts: &[&[u8]]) -> bool {
        let mut search = PageSearch::default();
        for part in parts {
            search.look_at(part);
        }
        search.ends_without_pages()
    }

    #[test]
    fn nothing_to_show_is_seen() {
        for empty in [
            "%PDF-1.7\n",
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF",
            "%PDF-1.4\n<</Type/Catalog/PageMode/UseNone/PageLabels 3 0 R/PageLayout/OneColumn>>",
            "%PDF-1.4\n(Page, halaman) #41",
        ] {
            assert!(is_without_pages(&[empty.as_bytes()]), "{empty}");
        }
    }

    #[test]
    fn what_may_have_pages_is_taken_for_a_document() {
        for document in [
            "%PDF-1.4\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj",
            "%PDF-1.4\n3 0 obj<< /Type /Page\n/Parent 2 0 R >>",
            "%PDF-1.4\n<</Parent 2 0 R/Type/Page",
            "%PDF-1.5\n8 0 obj<</Type /ObjStm /N 4 /First 20 /Filter /FlateDecode>>stream",
            "%PDF-1.4\n<</Parent 2 0 R/MediaBox[0 0 595 842]>>",
            "%PDF-1.4\n<</Type/P#61ge>>",
        ] {
            assert!(!is_without_pages(&[document.as_bytes()]), "{document}");
        }
        assert!(!is_without_pages(&[&crate::demo::paper::pdf()]));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_a_file_is_cut(
            mut cuts in proptest::collection::vec(0_usize..120, 0..8), mark in 0_usize..4, before in 0_usize..60,
        ) {
            let mark = [&b"/Page"[..], b"/ObjStm", b"/MediaBox", b"/Contents"][mark];
            let file = [b"%PDF-1.4 ", &vec![b'x'; before][..], mark, b">>"].concat();
            cuts.sort_unstable();
            let mut parts = Vec::new();
            let mut from = 0;
            for cut in cuts {
                let to = cut.clamp(from, file.len());
                parts.push(&file[from..to]);
                from = to;
            }
            parts.push(&file[from..]);
            prop_assert!(!is_without_pages(&parts));
        }
    }
}
