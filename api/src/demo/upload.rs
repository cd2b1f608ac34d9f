//! The demo's uploads: many names, one content.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::Utc;
use entity::{file_object, ids::*};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::paper;
use crate::{
    audit::Change,
    db::{SystemTx, TenantTx},
    error::{ApiError, ApiResult},
    files::{
        kind::FileKind,
        objects,
        store::{FileStore, Staged},
        upload::Upload,
    },
};

/// Files by name; each gets its id when it is first named.
#[derive(Debug, Default)]
pub struct Uploads(BTreeMap<String, FileObjectId>);

impl Uploads {
    /// The id of the file with that name.
    pub fn name(&mut self, name: &str) -> FileObjectId {
        // Names of files hold no path.
        let name = name.replace('/', "-");
        *self.0.entry(name).or_insert_with(FileObjectId::generate)
    }

    /// Keeps them all: the content goes to the store once, as an upload would bring it.
    ///
    /// # Errors
    /// When the store or the database refuses.
    pub async fn keep(self, tx: &TenantTx, files: &FileStore, by: AccountId) -> Result<Vec<Change>> {
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        let upload = upload(files, "Dokumen contoh.pdf").await?;
        let first = objects::keep(tx, files, upload, by).await?;
        let hash = hex::encode(&first.sha256);
        let change = |id: FileObjectId, name: &str| {
            Change::of("create", "file_object", id).after(json!({ "file_name": name, "sha256": hash }))
        };
        let mut changes = vec![change(first.id, &first.file_name)];
        let mut rows = Vec::new();
        for (name, id) in self.0 {
            changes.push(change(id, &name));
            rows.push(file_object::ActiveModel {
                district_id: Set(tx.district_id()),
                id: Set(id),
                sha256: Set(first.sha256.clone()),
                size: Set(first.size),
                media_type: Set(first.media_type.clone()),
                file_name: Set(name),
                uploaded_by: Set(by),
                created_at: Set(Utc::now()),
            });
        }
        file_object::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
        Ok(changes)
    }
}

/// A letter of commitment of an application.
///
/// # Errors
/// When the store or the database refuses.
pub async fn letter(tx: &SystemTx, files: &FileStore, name: &str) -> Result<FileObjectId> {
    let upload = upload(files, name).await?;
    Ok(objects::keep_for_system(tx, files, upload).await?.id)
}

async fn upload(files: &FileStore, name: &str) -> ApiResult<Upload> {
    let content = paper::pdf();
    let size = content.len() as u64;
    let stream = futures_util::stream::iter([Ok::<_, ApiError>(content.into())]);
    let staged: Staged = files.stage(stream, size).await?;
    let kind = staged.kind.unwrap_or(FileKind::Pdf);
    Ok(Upload {
        staged,
        kind,
        file_name: name.to_owned(),
    })
}
