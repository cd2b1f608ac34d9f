//! The one document that the demo uploads everywhere.

use std::fmt::Write;

const LINES: &[(u32, &str)] = &[
    (48, "CONTOH"),
    (14, "Dokumen contoh dari demo Satu Pintu."),
    (14, "Bukan dokumen resmi; tidak berisi data orang."),
    (14, "Sample document of the Satu Pintu demo, not an official one."),
];

/// A PDF of one page that says that it is an example. Always the same bytes, so that the store keeps it once a district.
#[must_use]
pub fn pdf() -> Vec<u8> {
    let mut text = String::from("BT\n72 700 Td\n");
    for (size, line) in LINES {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "/F1 {size} Tf\n({line}) Tj\n0 -{} Td", size + 16);
    }
    text.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(pdf.len());
        let _ = write!(pdf, "{number} 0 obj\n{object}\nendobj\n");
    }
    let table = pdf.len();
    let _ = write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(pdf, "{offset:010} 00000 n ");
    }
    let _ = write!(
        pdf,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    pdf.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::pdf;

    #[test]
    fn says_that_it_is_an_example_and_where_its_parts_are() {
        let pdf = String::from_utf8(pdf()).unwrap();
        assert!(pdf.contains("(CONTOH) Tj"));
        let table: usize = pdf.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(pdf[table..].starts_with("xref\n"));
        for (number, line) in (1..=5).zip(pdf[table..].lines().skip(3)) {
            let offset: usize = line[..10].parse().unwrap();
            assert!(pdf[offset..].starts_with(&format!("{number} 0 obj\n")), "{number}");
        }
    }
}
