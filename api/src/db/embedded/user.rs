//! Who runs PostgreSQL, and whether that user can reach the data folder.

use std::fs::Metadata;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use nix::unistd::{Uid, User};

use super::error::EmbeddedError;

/// The operating system user as whom `initdb` and `postgres` run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RunAs {
    /// Login name; PostgreSQL's `peer` authentication compares names.
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
    /// Whether the service is root and has to change to this user.
    pub(super) switch: bool,
}

impl RunAs {
    /// Ourselves, or, as root, the owner of an existing cluster in `data`, else `postgres`, else `nobody`.
    pub(super) fn determine(data: &Path) -> Result<Self, EmbeddedError> {
        let own = Uid::effective();
        let owner = owner_of(data)?;
        if !own.is_root() {
            return match owner {
                Some(owner) if owner != own.as_raw() => Err(EmbeddedError::NotOwner {
                    path: data.into(),
                    owner,
                    own: own.as_raw(),
                }),
                _ => Ok(Self::ourselves(own)),
            };
        }
        let user = match owner {
            Some(uid) if uid != 0 => User::from_uid(Uid::from_raw(uid)).ok().flatten(),
            _ => None,
        };
        let by_name = |name| {
            User::from_name(name)
                .ok()
                .flatten()
                .filter(|user: &User| !user.uid.is_root())
        };
        let user = user.or_else(|| by_name("postgres")).or_else(|| by_name("nobody"));
        let user = user.ok_or(EmbeddedError::NoUnprivilegedUser)?;
        Ok(Self {
            name: user.name,
            uid: user.uid.as_raw(),
            gid: user.gid.as_raw(),
            switch: true,
        })
    }

    fn ourselves(own: Uid) -> Self {
        // Without an entry in the user database (some containers) initdb says so itself.
        let name = User::from_uid(own)
            .ok()
            .flatten()
            .map_or_else(|| own.to_string(), |user| user.name);
        Self {
            name,
            uid: own.as_raw(),
            gid: nix::unistd::getegid().as_raw(),
            switch: false,
        }
    }

    /// Makes `command` run as this user, detached from our environment and folder.
    pub(super) fn apply(&self, command: &mut Command) {
        // TZ and PG* variables of the service's environment must not change what the server does.
        command.env_clear().current_dir("/");
        if self.switch {
            command.gid(self.gid).uid(self.uid);
        }
    }

    /// Gives `path` to this user when the service is not that user itself.
    pub(super) fn give(&self, path: &Path) -> Result<(), EmbeddedError> {
        if self.switch {
            std::os::unix::fs::lchown(path, Some(self.uid), Some(self.gid))
                .map_err(EmbeddedError::io("change the owner of", path))?;
        }
        Ok(())
    }

    /// Lets this user's group, and nobody else, pass through `dir`, a folder of the service's own.
    pub(super) fn let_through(&self, dir: &Path) -> Result<(), EmbeddedError> {
        let metadata = std::fs::metadata(dir).map_err(EmbeddedError::io("look at", dir))?;
        if !self.switch || self.may_search(&metadata) {
            return Ok(());
        }
        std::os::unix::fs::lchown(dir, None, Some(self.gid)).map_err(EmbeddedError::io("change the group of", dir))?;
        let mode = metadata.permissions().mode() | 0o010;
        std::fs::set_permissions(dir, PermissionsExt::from_mode(mode))
            .map_err(EmbeddedError::io("change the mode of", dir))
    }

    /// Checks that every folder above `dir` lets this user through.
    ///
    /// Reads mode bits only: an access control list that allows more is not noticed.
    pub(super) fn check_ancestors(&self, dir: &Path) -> Result<(), EmbeddedError> {
        if !self.switch {
            return Ok(());
        }
        for ancestor in dir.ancestors().skip(1) {
            let metadata = std::fs::metadata(ancestor).map_err(EmbeddedError::io("look at", ancestor))?;
            if !self.may_search(&metadata) {
                return Err(EmbeddedError::NotSearchable {
                    dir: ancestor.into(),
                    user: self.name.clone(),
                    uid: self.uid,
                });
            }
        }
        Ok(())
    }

    fn may_search(&self, metadata: &Metadata) -> bool {
        may_search(metadata.mode(), (metadata.uid(), metadata.gid()), (self.uid, self.gid))
    }
}

/// Whether mode bits let a user (uid, gid) search a folder of `owner`: the first class that fits decides.
fn may_search(mode: u32, owner: (u32, u32), user: (u32, u32)) -> bool {
    let bit = if owner.0 == user.0 {
        0o100
    } else if owner.1 == user.1 {
        0o010
    } else {
        0o001
    };
    mode & bit != 0
}

fn owner_of(data: &Path) -> Result<Option<u32>, EmbeddedError> {
    match std::fs::metadata(data) {
        Ok(metadata) => Ok(Some(metadata.uid())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(EmbeddedError::io("look at", data)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_class_that_fits_decides_who_may_search() {
        let (root, postgres) = ((0, 0), (101, 104));
        assert!(may_search(0o711, root, postgres));
        assert!(!may_search(0o700, root, postgres));
        assert!(may_search(0o710, (0, 104), postgres));
        assert!(
            !may_search(0o701, (0, 104), postgres),
            "the group's missing bit counts, not the others' bit"
        );
        assert!(
            !may_search(0o011, (101, 104), postgres),
            "the owner's missing bit counts"
        );
    }
}
