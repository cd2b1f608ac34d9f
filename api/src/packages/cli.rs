//! Packages on the command line, for operators and for whoever receives a file.

use std::path::Path;

use anyhow::{Context, Result, bail};
use entity::ids::ModelPackageId;

use super::{
    oversight, parse,
    query::{self, ModelPackage},
};
use crate::{
    db::{Db, Origin, Transaction},
    files::bounded::read_at_most,
};

/// What looking at a file found.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is what its signer signed; the fingerprint is the expected one, where one was expected.
    Good,
    /// It is whole, but signed by another key than expected.
    WrongSigner,
    /// It is damaged, altered, or no package that this program can read.
    Bad,
}

impl Verdict {
    /// The status with which the program ends: 0, 3 for another signer, 1 for a bad file.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Good => 0,
            Self::WrongSigner => 3,
            Self::Bad => 1,
        }
    }
}

/// The bytes of a package file.
///
/// # Errors
/// When it cannot be read, or is larger than a package may be: then it is not read.
pub fn read(file: &Path) -> Result<Vec<u8>> {
    let bytes = read_at_most(file, parse::MEGABYTES << 20).with_context(|| file.display().to_string())?;
    bytes.ok_or_else(|| {
        anyhow::anyhow!(
            "{}: {}",
            file.display(),
            parse::too_large(parse::MEGABYTES).in_both_languages()
        )
    })
}

/// Looks at a package file without a database: what it is, in both languages, and whether it is good.
#[must_use]
pub fn verify(bytes: &[u8], fingerprint: Option<&str>) -> (Verdict, String) {
    let package = match parse::parse(bytes) {
        Ok(package) => package,
        Err(error) => return (Verdict::Bad, error.in_both_languages()),
    };
    let document = &package.document;
    let records: usize = document.counts().iter().map(|count| count.records).sum();
    let what = format!(
        "{} v{} — {} — {records} data/records\nsha256 {}\nsidik kunci/fingerprint {}\n",
        document.name, document.version, document.author.name, document.content_hash, package.kid
    );
    match fingerprint.map(str::trim) {
        Some(expected) if expected != package.kid => {
            let why = "Isi utuh, tetapi ditandatangani kunci lain dari yang Anda sebut.\n\
                       The content is whole, but signed by another key than the one you named.\n";
            (Verdict::WrongSigner, format!("{what}{why}"))
        }
        Some(_) => {
            let good = "Utuh, dan ditandatangani kunci yang Anda sebut.\n\
                        Whole, and signed by the key that you named.\n";
            (Verdict::Good, format!("{what}{good}"))
        }
        None => {
            let good = "Utuh dan tertanda tangan. Cocokkan sidik kunci dengan penerbitnya.\n\
                        Whole and signed. Compare the fingerprint with its publisher.\n";
            (Verdict::Good, format!("{what}{good}"))
        }
    }
}

/// The document of a package as it is downloaded.
///
/// # Errors
/// When there is none with that id.
pub async fn export(db: &Db, id: &str) -> Result<String> {
    let id: uuid::Uuid = id.parse().context("not an id of a package version")?;
    let tx = db.system(Origin::system("package export")).await?;
    let row = query::find(&tx, ModelPackageId(id)).await;
    Ok(row
        .map_err(|error| anyhow::anyhow!(error.in_both_languages()))?
        .document)
}

/// Adds a package file to the catalogue. The operator answers for the signer: by the settings' list or the fingerprint.
///
/// # Errors
/// When the file is bad, its signer not trusted, or this version here already.
pub async fn import(db: &Db, bytes: &[u8], trusted: &[String], fingerprint: Option<&str>) -> Result<ModelPackage> {
    let package = parse::parse(bytes).map_err(|error| anyhow::anyhow!(error.in_both_languages()))?;
    let is_known = trusted.iter().any(|known| known == &package.kid) || fingerprint == Some(package.kid.as_str());
    if !is_known {
        bail!(
            "Penanda tangan belum dikenal; bila sidiknya cocok, ulangi dengan --fingerprint {kid}\n\
             The signer is not known; if the fingerprint is right, repeat with --fingerprint {kid}",
            kid = package.kid
        );
    }
    let tx = db.system(Origin::system("package import")).await?;
    let kept = oversight::keep_imported(&tx, package).await;
    let kept = kept.map_err(|error| anyhow::anyhow!(error.in_both_languages()))?;
    tx.commit().await?;
    Ok(kept)
}
