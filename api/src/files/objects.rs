//! The rows of files. Content is put in its place here, under a lock, right before its row is written.

use chrono::{DateTime, Utc};
use entity::{
    file_object,
    ids::{AccountId, DistrictId, FileObjectId},
    system_file_object,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, Statement};
use serde::Serialize;
use utoipa::ToSchema;

use super::{FileStore, Upload, store::Space};
use crate::{
    db::{FoundingTx, LockClass, SystemTx, TenantTx},
    error::{ApiError, ApiResult, ErrorCode},
};

/// An uploaded file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileObject {
    /// Its id.
    pub id: FileObjectId,
    /// Its name.
    #[schema(example = "SK Pokja PKSAI.pdf")]
    pub file_name: String,
    /// What it is, as found in its content.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// Bytes.
    #[schema(example = 183_204)]
    pub size: i64,
    /// SHA-256 of its content, in hexadecimal.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
}

impl From<file_object::Model> for FileObject {
    fn from(row: file_object::Model) -> Self {
        Self {
            id: row.id,
            file_name: row.file_name,
            media_type: row.media_type,
            size: row.size,
            sha256: hex::encode(row.sha256),
            created_at: row.created_at,
        }
    }
}

/// Holds off [`super::sweep`] in `space` until the transaction ends: between content being put in its place and its row
/// being visible, the content looks like nobody's. Uploads do not hold off each other.
///
/// # Errors
/// When the database refuses.
pub async fn lock_space<C: ConnectionTrait>(tx: &C, space: Space) -> ApiResult<()> {
    lock(tx, space, "pg_advisory_xact_lock_shared").await
}

/// The key is a district's number, or 0 for the installation.
pub(super) async fn lock<C: ConnectionTrait>(tx: &C, space: Space, function: &str) -> ApiResult<()> {
    let key = match space {
        Space::District(id) => id.0,
        Space::System => 0,
    };
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        format!("SELECT {function}({}, $1)", LockClass::FileSpace as i32),
        [key.into()],
    ))
    .await?;
    Ok(())
}

/// Keeps an uploaded file of a district. The caller commits.
///
/// # Errors
/// When the store or the database refuses.
pub async fn keep(tx: &TenantTx, store: &FileStore, upload: Upload, by: AccountId) -> ApiResult<file_object::Model> {
    let space = Space::District(tx.district_id());
    let row = file_object::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(FileObjectId::generate()),
        sha256: Set(upload.staged.sha256.to_vec()),
        size: Set(size(&upload)?),
        media_type: Set(upload.kind.media_type().to_owned()),
        file_name: Set(upload.file_name),
        uploaded_by: Set(by),
        created_at: Set(Utc::now()),
    };
    lock_space(tx, space).await?;
    store.settle(upload.staged, space).await?;
    Ok(row.insert(tx).await?)
}

/// Keeps a file that was uploaded before there is a district. The caller commits.
///
/// # Errors
/// When the store or the database refuses.
pub async fn keep_for_system(tx: &SystemTx, store: &FileStore, upload: Upload) -> ApiResult<system_file_object::Model> {
    let row = system_file_object::ActiveModel {
        id: Set(FileObjectId::generate()),
        sha256: Set(upload.staged.sha256.to_vec()),
        size: Set(size(&upload)?),
        media_type: Set(upload.kind.media_type().to_owned()),
        file_name: Set(upload.file_name),
        created_at: Set(Utc::now()),
    };
    lock_space(tx, Space::System).await?;
    store.settle(upload.staged, Space::System).await?;
    Ok(row.insert(tx).await?)
}

/// Gives a new district a file that was uploaded before it was one.
///
/// # Errors
/// When the store or the database refuses.
pub async fn adopt(
    tx: &FoundingTx,
    store: &FileStore,
    district: DistrictId,
    file: system_file_object::Model,
    by: AccountId,
) -> ApiResult<file_object::Model> {
    let space = Space::District(district);
    lock_space(tx, space).await?;
    store.copy(&file.sha256, Space::System, space).await?;
    let row = file_object::ActiveModel {
        district_id: Set(district),
        id: Set(FileObjectId::generate()),
        sha256: Set(file.sha256),
        size: Set(file.size),
        media_type: Set(file.media_type),
        file_name: Set(file.file_name),
        uploaded_by: Set(by),
        created_at: Set(file.created_at),
    };
    Ok(row.insert(tx).await?)
}

fn size(upload: &Upload) -> ApiResult<i64> {
    i64::try_from(upload.staged.size).map_err(ApiError::internal)
}

/// The file with that id.
///
/// # Errors
/// 404 when the district has none.
pub async fn find(tx: &TenantTx, id: FileObjectId) -> ApiResult<file_object::Model> {
    tx.find::<file_object::Entity>()
        .filter(file_object::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or_else(|| ErrorCode::NotFound.into())
}
