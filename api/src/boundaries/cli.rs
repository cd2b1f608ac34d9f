//! Boundaries on the command line.

use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{
    MAX_BYTES, prepare,
    prepare::Outcome,
    query::{self, BoundarySet, Origin},
    upload,
};
use crate::{
    db::{Db, Origin as Actor, Transaction},
    error::ErrorCode,
    files::{bounded::read_at_most, name},
    http::Checks,
};

/// How many names of kabupaten/kota a line shows.
const SHOWN: usize = 12;

/// What a command found, and whether it is good.
#[derive(Debug)]
pub struct Told {
    /// In both languages.
    pub text: String,
    /// The file can be used.
    pub is_good: bool,
}

/// Whose boundaries they are, and under which terms.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Whose they are.
    pub source: String,
    /// Under which terms they may be shown.
    pub licence: String,
}

/// Looks at a file, and loads it when `terms` are given and nothing is wrong with it.
///
/// # Errors
/// When the file cannot be read, source or licence are empty, or the database refuses.
pub async fn load(db: &Db, file: &Path, terms: Option<Terms>) -> Result<Told> {
    let bytes = read_at_most(file, MAX_BYTES).with_context(|| file.display().to_string())?;
    let Some(bytes) = bytes else {
        bail!(upload::too_large().in_both_languages());
    };
    let actor = Actor::system("boundaries load");
    let tx = db.system(actor.clone()).await?;
    let regencies = query::regencies(&tx)
        .await
        .map_err(|error| anyhow::anyhow!(error.in_both_languages()))?;
    // Preparing takes seconds: nobody waits for this transaction meanwhile.
    tx.commit().await?;
    let outcome = prepare::prepare(&bytes, &regencies).map_err(|error| anyhow::anyhow!(error.in_both_languages()))?;
    let text = describe(&outcome);
    let is_good = outcome.result.is_ok();
    let Some(terms) = terms.filter(|_| is_good) else {
        return Ok(Told { text, is_good });
    };
    let mut checks = Checks::new();
    let origin = Origin {
        file_name: name::clean(&file.file_name().unwrap_or_default().to_string_lossy()),
        file_hash: Sha256::digest(&bytes).into(),
        source: checks.line("source", &terms.source, 300),
        licence: checks.line("licence", &terms.licence, 300),
    };
    checks
        .finish()
        .map_err(|error| anyhow::anyhow!(error.in_both_languages()))?;
    let prepared = outcome
        .usable()
        .map_err(|error| anyhow::anyhow!(error.in_both_languages()))?;
    let tx = db.system(actor).await?;
    let kept = query::keep(&tx, prepared, origin).await;
    kept.map_err(|error| anyhow::anyhow!(error.in_both_languages()))?;
    tx.commit().await?;
    let text = format!("{text}Dimuat.\nLoaded.\n");
    Ok(Told { text, is_good })
}

/// What is loaded.
///
/// # Errors
/// When the database cannot be asked.
pub async fn show(db: &Db) -> Result<String> {
    let tx = db.system(Actor::system("boundaries show")).await?;
    let (_, loaded) = query::current(&tx)
        .await
        .map_err(|error| anyhow::anyhow!(error.in_both_languages()))?;
    Ok(loaded.map_or_else(
        || "Belum ada batas wilayah.\nNo boundaries are loaded.\n".to_owned(),
        |set| line(&set),
    ))
}

/// Removes what is loaded.
///
/// # Errors
/// When nothing is.
pub async fn remove(db: &Db) -> Result<String> {
    let tx = db.system(Actor::system("boundaries remove")).await?;
    let set = match query::remove(&tx, None).await {
        Ok(set) => set,
        Err(error) if error.code() == ErrorCode::NotFound => {
            bail!("Belum ada batas wilayah.\nNo boundaries are loaded.");
        }
        Err(error) => bail!(error.in_both_languages()),
    };
    tx.commit().await?;
    Ok(format!("{}Dihapus.\nRemoved.\n", line(&set)))
}

fn line(set: &BoundarySet) -> String {
    format!(
        "{} — {} — {}\n{} kabupaten/kota, {} titik/points, {} bytes gzip\nsha256 {}\n{} — {}\n",
        set.file_name,
        set.source,
        set.licence,
        set.matched,
        set.points_kept,
        set.compressed_size,
        set.file_hash,
        set.loaded_at.to_rfc3339(),
        set.loaded_by_name
    )
}

fn describe(outcome: &Outcome) -> String {
    let mut text = String::new();
    if let Some(object) = &outcome.object {
        text.push_str(&format!("TopoJSON: {object}"));
        if !outcome.ignored.is_empty() {
            text.push_str(&format!(" (tidak dipakai/not used: {})", outcome.ignored.join(", ")));
        }
        text.push('\n');
    }
    match &outcome.result {
        Ok(prepared) => {
            let (matched, all) = (prepared.matched, outcome.regencies);
            text.push_str(&format!("{matched} dari/of {all} kabupaten/kota\n"));
            if outcome.named == 0 {
                text.push_str("Berkas tanpa nama: hanya kode yang dibandingkan.\n");
                text.push_str("The file has no names: only codes were compared.\n");
            }
            if !prepared.missing.is_empty() {
                let names = prepared.missing.iter().take(SHOWN);
                let names: Vec<String> = names
                    .map(|missing| format!("{} {}", missing.code, missing.name))
                    .collect();
                let more = prepared.missing.len().saturating_sub(SHOWN);
                let more = if more > 0 {
                    format!(", … +{more}")
                } else {
                    String::new()
                };
                text.push_str(&format!("tanpa bentuk/without a shape: {}{more}\n", names.join(", ")));
            }
            text.push_str(&format!(
                "{} titik/points → {}, {} bytes gzip\n",
                prepared.points_read,
                prepared.points_kept,
                prepared.gzip.len()
            ));
        }
        Err(problems) => {
            for problem in problems.told() {
                text.push_str(&format!("- {}\n  {}\n", problem.text.id, problem.text.en));
            }
            let more = problems.count() - problems.told().len();
            if more > 0 {
                text.push_str(&format!("… +{more}\n"));
            }
            text.push_str("Tidak dapat dipakai.\nIt cannot be used.\n");
        }
    }
    text
}
