//! Compresses the names of 83,762 villages: they are read when a database is new, and carried by every binary.

use std::{env, fs, io::Write, path::PathBuf};

use flate2::{Compression, write::GzEncoder};

const VILLAGES: &str = "data/regions/villages.csv";

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={VILLAGES}");
    let folder = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    let file = fs::File::create(folder.join("villages.csv.gz"))?;
    let mut encoder = GzEncoder::new(file, Compression::best());
    encoder.write_all(&fs::read(VILLAGES)?)?;
    encoder.finish()?;
    Ok(())
}
