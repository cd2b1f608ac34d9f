//! Making the cluster, all or nothing.

use std::fs::{DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::SUPERUSER;
use super::binaries::Binaries;
use super::error::EmbeddedError;
use super::layout::Layout;
use super::user::RunAs;

/// Character classification (upper, lower) for all of Unicode. Sorting stays bytewise: it is fast, the same on every
/// machine, and lets `LIKE 'x%'` use plain indexes.
const CTYPE: &str = "C.UTF-8";

/// Makes the cluster unless there is one.
///
/// `initdb` works in `data.new`, which takes the cluster's name only when it is complete and on disk. What an
/// interrupted attempt left is thrown away.
pub(super) fn ensure(binaries: &Binaries, layout: &Layout, user: &RunAs, durable: bool) -> Result<(), EmbeddedError> {
    let (data, new) = (layout.data(), layout.data_new());
    if data.join("PG_VERSION").is_file() {
        return Ok(());
    }
    if !is_absent_or_empty(&data)? {
        return Err(EmbeddedError::NotACluster { data });
    }
    make_empty(&new, user)?;
    let mut output = initdb(binaries, &new, user, durable, CTYPE)?;
    if !output.status.success() && printed(&output).contains("locale") {
        tracing::warn!(
            locale = CTYPE,
            "not on this machine: upper and lower case of non-ASCII letters will not match"
        );
        make_empty(&new, user)?;
        output = initdb(binaries, &new, user, durable, "C")?;
    }
    if !output.status.success() {
        return Err(EmbeddedError::Initdb {
            output: printed(&output),
        });
    }
    std::fs::rename(&new, &data).map_err(EmbeddedError::io("rename to its final name", &new))?;
    // initdb has synced the files; the rename is on disk once its folder is.
    let home = layout.home();
    File::open(home)
        .and_then(|dir| dir.sync_all())
        .map_err(EmbeddedError::io("sync", home))?;
    tracing::info!(path = %data.display(), "database cluster created");
    Ok(())
}

fn initdb(binaries: &Binaries, dir: &Path, user: &RunAs, durable: bool, ctype: &str) -> Result<Output, EmbeddedError> {
    let program = binaries.initdb();
    let mut command = Command::new(&program);
    user.apply(&mut command);
    command.arg("-D").arg(dir).args([
        "-U",
        SUPERUSER,
        "--encoding=UTF8",
        "--locale=C",
        "--auth=peer",
        "--data-checksums",
    ]);
    command.arg(format!("--lc-ctype={ctype}"));
    if !durable {
        command.arg("--no-sync");
    }
    command
        .stdin(Stdio::null())
        .output()
        .map_err(EmbeddedError::io("run", program))
}

fn make_empty(dir: &Path, user: &RunAs) -> Result<(), EmbeddedError> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(EmbeddedError::io("remove", dir)(error));
        }
        _ => {}
    }
    DirBuilder::new()
        .mode(0o700)
        .create(dir)
        .map_err(EmbeddedError::io("create", dir))?;
    user.give(dir)
}

fn is_absent_or_empty(dir: &Path) -> Result<bool, EmbeddedError> {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(EmbeddedError::io("list", dir)(error)),
    }
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}
