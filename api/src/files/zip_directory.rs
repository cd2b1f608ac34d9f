//! The names in a ZIP archive, read from the central directory at its end.

/// How much of a file's end is enough: the directory of an office document has some dozen entries.
pub const TAIL_BYTES: u64 = 256 * 1024;

const END_SIGNATURE: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const ENTRY_SIGNATURE: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;

/// The names of all entries; `None` when `tail`, the end of a file of `size` bytes, does not hold a whole directory.
#[must_use]
pub fn names(tail: &[u8], size: u64) -> Option<Vec<&[u8]>> {
    let end = find_end(tail)?;
    let count = u16_at(end, 10)?;
    let directory_size = usize::try_from(u32_at(end, 12)?).ok()?;
    let skipped = size.checked_sub(u64::try_from(tail.len()).ok()?)?;
    let start = usize::try_from(u64::from(u32_at(end, 16)?).checked_sub(skipped)?).ok()?;
    let mut entries = tail.get(start..start.checked_add(directory_size)?)?;
    let mut names = Vec::new();
    for _ in 0..count {
        if !entries.starts_with(ENTRY_SIGNATURE) {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| u16_at(entries, at).map(usize::from));
        let (name, rest) = (name?, extra? + comment?);
        names.push(entries.get(ENTRY_LENGTH..ENTRY_LENGTH + name)?);
        entries = entries.get(ENTRY_LENGTH + name + rest..)?;
    }
    Some(names)
}

/// The end record is the last thing in the file but for a comment whose length it states.
fn find_end(tail: &[u8]) -> Option<&[u8]> {
    let last = tail.len().checked_sub(END_LENGTH)?;
    (0..=last).rev().find_map(|at| {
        let record = tail.get(at..)?;
        let comment = usize::from(u16_at(record, 20)?);
        (record.starts_with(END_SIGNATURE) && record.len() == END_LENGTH + comment).then_some(record)
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    /// A ZIP archive with empty, stored entries of these names.
    pub fn archive(names: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut directory = Vec::new();
        for name in names {
            let offset = u32::try_from(bytes.len()).unwrap();
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            bytes.extend_from_slice(b"PK\x03\x04");
            bytes.extend_from_slice(&[0; 22]);
            bytes.extend_from_slice(&length);
            bytes.extend_from_slice(&[0; 2]);
            bytes.extend_from_slice(name.as_bytes());
            directory.extend_from_slice(super::ENTRY_SIGNATURE);
            directory.extend_from_slice(&[0; 24]);
            directory.extend_from_slice(&length);
            directory.extend_from_slice(&[0; 12]);
            directory.extend_from_slice(&offset.to_le_bytes());
            directory.extend_from_slice(name.as_bytes());
        }
        let (start, size) = (bytes.len(), directory.len());
        let count = u16::try_from(names.len()).unwrap().to_le_bytes();
        bytes.extend_from_slice(&directory);
        bytes.extend_from_slice(super::END_SIGNATURE);
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&count);
        bytes.extend_from_slice(&count);
        bytes.extend_from_slice(&u32::try_from(size).unwrap().to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(start).unwrap().to_le_bytes());
        bytes.extend_from_slice(&[0; 2]);
        bytes
    }

    #[test]
    fn reads_names_from_the_whole_and_from_the_end() {
        let bytes = archive(&["[Content_Types].xml", "word/document.xml"]);
        let size = bytes.len() as u64;
        let expected: Vec<&[u8]> = vec![b"[Content_Types].xml", b"word/document.xml"];
        assert_eq!(super::names(&bytes, size), Some(expected.clone()));
        assert_eq!(super::names(&bytes[60..], size), Some(expected));
        // The directory itself is cut off.
        assert_eq!(super::names(&bytes[bytes.len() - 60..], size), None);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), size in 0_u64..500) {
            let _ = super::names(&bytes, size);
        }

        #[test]
        fn damage_never_panics(at in 0_usize..200, with in any::<u8>()) {
            let mut bytes = archive(&["a", "word/document.xml", "b"]);
            let at = at % bytes.len();
            bytes[at] = with;
            let size = bytes.len() as u64;
            let _ = super::names(&bytes, size);
        }
    }
}
