//! Uploading and downloading files of a district.

use actix_web::{HttpRequest, HttpResponse};
use entity::ids::FileObjectId;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    Upload,
    download::{self, Content, DownloadQuery},
    objects::{self, FileObject},
    store::Space,
    upload::FileUpload,
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, perm},
    db::Transaction,
    endpoints,
    error::ApiResult,
    http::{
        Created, IdempotencyKey, Path, Query, Tagged, endpoint::Endpoints, idempotency::create_once, problem::Problem,
    },
};

/// A file never changes.
const ONLY_VERSION: i32 = 1;

#[derive(Deserialize)]
struct FilePath {
    file_id: FileObjectId,
}

/// Upload a file
///
/// PDF, JPEG, PNG, DOCX or XLSX, up to the installation's limit (20 MB unless set otherwise). The kind is found in the
/// content; a name or media type that says otherwise is refused.
#[utoipa::path(post, path = "/api/v1/districts/{code}/files", tag = "files",
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = FileObject),
        (status = 413, description = "The file is too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The file is not of an accepted kind, or not what its name says", body = Problem, content_type = "application/problem+json")))]
async fn create_file(
    who: InDistrict<perm::FilesWrite>,
    key: IdempotencyKey,
    upload: Upload,
) -> ApiResult<HttpResponse> {
    let mut hash = Sha256::new();
    hash.update(upload.staged.sha256);
    hash.update(&upload.file_name);
    let tx = who.tenant().await?;
    create_once(tx, "create_file", key, hash.finalize().into(), async |tx| {
        let store = &who.app().shared.files;
        let row = objects::keep(tx, store, upload, who.signed_in.access.account_id).await?;
        let value = FileObject::from(row);
        audit::record(tx, Change::of("create", "file_object", value.id).after(&value)).await?;
        Ok(Created {
            version: Some(ONLY_VERSION),
            value,
        })
    })
    .await
}

/// See what a file is
#[utoipa::path(get, path = "/api/v1/districts/{code}/files/{file_id}", tag = "files", responses((status = 200, body = FileObject)))]
async fn get_file(who: InDistrict<perm::FilesRead>, Path(path): Path<FilePath>) -> ApiResult<Tagged<FileObject>> {
    let tx = who.tenant().await?;
    Ok(Tagged {
        version: ONLY_VERSION,
        value: objects::find(&tx, path.file_id).await?.into(),
    })
}

/// Download a file
///
/// Answers an `ETag`; a file never changes. Who read it is recorded.
#[utoipa::path(get, path = "/api/v1/districts/{code}/files/{file_id}/content", tag = "files", params(DownloadQuery),
    responses((status = 200, description = "The content", body = Vec<u8>, content_type = "application/octet-stream"), (status = 304, description = "You have it")))]
async fn get_file_content(
    who: InDistrict<perm::FilesRead>,
    request: HttpRequest,
    Path(path): Path<FilePath>,
    Query(query): Query<DownloadQuery>,
) -> ApiResult<HttpResponse> {
    let tx = who.tenant().await?;
    let file = objects::find(&tx, path.file_id).await?;
    audit::record(&tx, Change::of("read", "file_object", file.id)).await?;
    // The download may take long; it does not hold a connection meanwhile.
    tx.commit().await?;
    let content = Content {
        space: Space::District(file.district_id),
        sha256: &file.sha256,
        size: file.size,
        media_type: &file.media_type,
        file_name: &file.file_name,
    };
    download::answer(&who.app().shared.files, &request, content, &query).await
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, create_file, get_file, get_file_content);
}
