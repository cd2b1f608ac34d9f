//! What a file is, found in its content.

use super::zip_directory;
use crate::{
    error::{FieldError, Text},
    http::Checks,
};

/// The kinds of file that are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A PDF document.
    Pdf,
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A Word document without macros.
    Docx,
    /// An Excel workbook without macros.
    Xlsx,
}

/// How much of a file's beginning [`detect`] looks at.
pub const HEAD_BYTES: usize = 8 * 1024;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl FileKind {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Docx => DOCX,
            Self::Xlsx => XLSX,
        }
    }

    /// How people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
        }
    }

    /// The endings its names may have; the first one is given to names without any.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
        }
    }

    /// True when a sender may call it by that media type. Senders that do not know say `application/octet-stream`, and
    /// machines without an office suite know its documents as the ZIP archives that they are.
    fn may_be_called(self, declared: &str) -> bool {
        let aliases: &[&str] = match self {
            Self::Pdf => &["application/x-pdf"],
            Self::Jpeg => &["image/jpg", "image/pjpeg"],
            Self::Png => &["image/x-png"],
            Self::Docx | Self::Xlsx => &["application/zip", "application/x-zip-compressed"],
        };
        declared == "application/octet-stream" || declared == self.media_type() || aliases.contains(&declared)
    }

    /// Browsers show it without a program of its own.
    #[must_use]
    pub const fn is_shown_by_browsers(self) -> bool {
        matches!(self, Self::Pdf | Self::Jpeg | Self::Png)
    }

    /// The kind with that media type.
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png, Self::Docx, Self::Xlsx]
            .into_iter()
            .find(|kind| kind.media_type() == media_type)
    }
}

/// True when [`detect`] needs the end of the file too.
#[must_use]
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// True when only a PDF begins so.
#[must_use]
pub fn is_pdf(head: &[u8]) -> bool {
    head.starts_with(b"%PDF-")
}

/// What a file of `size` bytes is; `head` is its beginning and, for archives, `tail` its end. `None` for everything that
/// is not accepted.
#[must_use]
pub fn detect(head: &[u8], tail: &[u8], size: u64) -> Option<FileKind> {
    if is_archive(head) {
        return office_document(&zip_directory::names(tail, size)?);
    }
    match infer::get(head)?.mime_type() {
        // infer finds a PDF whose mark comes up to a kilobyte late; that is how other formats hide in one.
        "application/pdf" => is_pdf(head).then_some(FileKind::Pdf),
        "image/jpeg" => Some(FileKind::Jpeg),
        "image/png" => Some(FileKind::Png),
        _ => None,
    }
}

/// An Office Open XML package names its parts in `[Content_Types].xml` and has its main part in a known place. One with
/// macros is a program, whatever its name.
fn office_document(names: &[&[u8]]) -> Option<FileKind> {
    let has = |name: &str| names.contains(&name.as_bytes());
    let has_macros = names
        .iter()
        .any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin"));
    if !has("[Content_Types].xml") || has_macros {
        return None;
    }
    match (has("word/document.xml"), has("xl/workbook.xml")) {
        (true, false) => Some(FileKind::Docx),
        (false, true) => Some(FileKind::Xlsx),
        _ => None,
    }
}

/// The error of a file that is none of the accepted kinds.
#[must_use]
pub fn not_accepted(field: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: "unsupported_file_type",
        message: Text::fixed(
            "Isi berkas ini bukan jenis yang diterima. Unggah berkas PDF, JPEG, PNG, DOCX, atau XLSX (tanpa makro).",
            "The content of this file is not of an accepted kind. Upload a PDF, JPEG, PNG, DOCX or XLSX (without macros).",
        ),
    }
}

/// The error of a PDF that nothing can be shown of.
#[must_use]
pub fn without_pages(field: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: "no_pages",
        message: Text::fixed(
            "Berkas PDF ini tidak memiliki halaman, sehingga tidak ada yang dapat dibaca. Buka dahulu berkasnya di komputer \
             Anda, lalu simpan atau pindai ulang.",
            "This PDF has no pages, so there is nothing to read. Open the file on your computer first, then save or scan it \
             again.",
        ),
    }
}

/// Records an error when the name or the declared media type calls the file something else.
pub fn check_claims(checks: &mut Checks, field: &str, kind: FileKind, extension: Option<&str>, declared: Option<&str>) {
    let label = kind.label();
    if let Some(extension) = extension {
        checks.ensure(
            kind.extensions().contains(&extension),
            field,
            "type_mismatch",
            Text::new(
                format!(
                    "Isi berkas adalah {label}, tetapi namanya berakhiran .{extension}. Periksa apakah berkasnya benar, \
                     atau ganti akhiran namanya menjadi .{}.",
                    kind.extensions()[0]
                ),
                format!(
                    "The content is {label}, but the name ends in .{extension}. Check that it is the right file, or \
                     change the ending of its name to .{}.",
                    kind.extensions()[0]
                ),
            ),
        );
    }
    if let Some(declared) = declared {
        checks.ensure(
            kind.may_be_called(declared),
            field,
            "type_mismatch",
            Text::new(
                format!("Isi berkas adalah {label}, tetapi dikirim sebagai jenis lain. Pilih ulang berkasnya."),
                format!("The content is {label}, but it was sent as another type. Choose the file again."),
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{super::zip_directory::tests::archive, Checks, FileKind, check_claims, detect};
    use proptest::prelude::*;

    fn detect_whole(bytes: &[u8]) -> Option<FileKind> {
        detect(bytes, bytes, bytes.len() as u64)
    }

    #[test]
    fn knows_the_accepted_kinds() {
        assert_eq!(detect_whole(b"%PDF-1.7\n..."), Some(FileKind::Pdf));
        assert_eq!(detect_whole(b"\xFF\xD8\xFF\xE0\0\x10JFIF"), Some(FileKind::Jpeg));
        assert_eq!(detect_whole(b"\x89PNG\r\n\x1A\n...."), Some(FileKind::Png));
        let docx = archive(&["_rels/.rels", "word/document.xml", "[Content_Types].xml"]);
        assert_eq!(detect_whole(&docx), Some(FileKind::Docx));
        let xlsx = archive(&["xl/workbook.xml", "[Content_Types].xml"]);
        assert_eq!(detect_whole(&xlsx), Some(FileKind::Xlsx));
    }

    #[test]
    fn refuses_everything_else() {
        let late_pdf = [&[b' '; 100][..], b"%PDF-1.7"].concat();
        let program_with_pdf_mark = [b"MZ\x90\0", &[0; 60][..], b"%PDF-1.7"].concat();
        let script: &[u8] = b"<html><script>alert(1)</script>";
        for bytes in [
            b"",
            script,
            b"MZ\x90\0\x03",
            &late_pdf,
            &program_with_pdf_mark,
            b"PK\x03\x04 word/",
        ] {
            assert_eq!(detect_whole(bytes), None);
        }
        for names in [
            &["a.txt"][..],
            &["word/document.xml"],
            &["[Content_Types].xml", "ppt/presentation.xml"],
            &["[Content_Types].xml", "word/document.xml", "xl/workbook.xml"],
            &["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"],
        ] {
            assert_eq!(detect_whole(&archive(names)), None, "{names:?}");
        }
    }

    #[test]
    fn claims_must_agree() {
        let agrees = |kind, extension, declared| {
            let mut checks = Checks::new();
            check_claims(&mut checks, "file", kind, extension, declared);
            checks.finish().is_ok()
        };
        assert!(agrees(FileKind::Pdf, Some("pdf"), Some("application/pdf")));
        assert!(agrees(FileKind::Jpeg, Some("jpeg"), Some("image/jpg")));
        assert!(agrees(FileKind::Docx, Some("docx"), Some("application/octet-stream")));
        assert!(agrees(FileKind::Png, None, None));
        assert!(!agrees(FileKind::Png, Some("pdf"), Some("image/png")));
        assert!(!agrees(FileKind::Pdf, Some("pdf"), Some("image/png")));
        assert!(!agrees(FileKind::Pdf, Some("exe"), None));
    }

    proptest! {
        #[test]
        fn never_panics(head in proptest::collection::vec(any::<u8>(), 0..100), is_zip in any::<bool>()) {
            let bytes = if is_zip { [b"PK\x03\x04".as_slice(), &head].concat() } else { head };
            let _ = detect_whole(&bytes);
        }
    }
}
