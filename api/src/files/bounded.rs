//! Reading a file that an operator names, without believing that it is small.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The bytes of a file; none when it has more than `max`. A file that says so is not opened; one that does not say how long
/// it is, such as a pipe, is read no further.
///
/// # Errors
/// When it cannot be read.
pub fn read_at_most(path: &Path, max: usize) -> io::Result<Option<Vec<u8>>> {
    let limit = u64::try_from(max).unwrap_or(u64::MAX);
    if std::fs::metadata(path)?.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() <= max).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::read_at_most;

    #[test]
    fn reads_up_to_the_limit_and_no_further() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("contoh.json");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(read_at_most(&path, 5).unwrap(), Some(b"12345".to_vec()));
        assert_eq!(read_at_most(&path, 4).unwrap(), None);
        assert!(read_at_most(&folder.path().join("tiada.json"), 4).is_err());
        // It has no length and no end.
        assert_eq!(read_at_most("/dev/zero".as_ref(), 4).unwrap(), None);
    }
}
