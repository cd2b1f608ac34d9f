//! Where the contents of files are kept: a folder, or an S3 bucket.

use std::{path::Path as FsPath, sync::Arc};

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use entity::ids::DistrictId;
use futures_util::{Stream, StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    GetResult, ObjectMeta, ObjectStore, ObjectStoreExt, WriteMultipart, local::LocalFileSystem, path::Path,
};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use super::{
    kind::{self, FileKind, HEAD_BYTES},
    pdf_pages::PageSearch,
    zip_directory::TAIL_BYTES,
};
use crate::{
    config::Config,
    error::{ApiError, ApiResult, ErrorCode, Text},
};

/// Parts of an upload that may be on their way to the store at once; more would pile up in memory.
const PARTS_IN_FLIGHT: usize = 2;
const STAGING: &str = "staging";

/// Whose content it is; each has its own folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// A district's.
    District(DistrictId),
    /// The installation's: what was uploaded before there is a district.
    System,
}

/// The object store.
#[derive(Clone, Debug)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    /// Bytes of one part of an upload: S3 wants at least 5 MiB, a folder is content with less.
    part_bytes: usize,
}

/// Content that was uploaded and looked at, and belongs to nobody yet. Dropping it removes it.
#[derive(Debug)]
pub struct Staged {
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
    /// Bytes.
    pub size: u64,
    /// What it is, when it is of an accepted kind.
    pub kind: Option<FileKind>,
    /// It is a PDF that can have no page.
    pub is_without_pages: bool,
    place: Option<(Arc<dyn ObjectStore>, Path)>,
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let (Some((store, path)), Ok(runtime)) = (self.place.take(), tokio::runtime::Handle::try_current()) {
            // What this misses, the sweep finds.
            runtime.spawn(async move { store.delete(&path).await });
        }
    }
}

impl Space {
    /// The folder of its contents.
    #[must_use]
    pub fn folder(self) -> Path {
        match self {
            Self::District(id) => Path::from_iter(["districts".to_owned(), id.to_string()]),
            Self::System => Path::from("system"),
        }
    }

    fn object(self, sha256: &[u8]) -> Path {
        let hash = hex::encode(sha256);
        let (first, rest) = hash.split_at(2);
        self.folder().join("sha256").join(first).join(rest)
    }
}

impl FileStore {
    /// Opens the store that the settings name.
    ///
    /// # Errors
    /// When the folder cannot be made or the address not be understood.
    pub fn from_config(config: &Config) -> Result<Self> {
        match &config.files_url {
            None => Self::in_folder(&config.data_dir().join("files")),
            Some(url) => Self::open(url).with_context(|| format!("SATUPINTU_FILES_URL={url}")),
        }
    }

    /// Opens the store at `file:///folder` or `s3://bucket/prefix`.
    ///
    /// # Errors
    /// As [`FileStore::from_config`].
    pub fn open(url: &str) -> Result<Self> {
        let url = Url::parse(url)?;
        match url.scheme() {
            "file" => match url.to_file_path() {
                Ok(folder) => Self::in_folder(&folder),
                Err(()) => bail!("write three slashes: file:///folder"),
            },
            "s3" => Self::in_bucket(&url),
            other => bail!("{other}:// is not supported: use file:/// or s3://"),
        }
    }

    fn in_folder(folder: &FsPath) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        // An acknowledged upload survives a power cut, like every other write.
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            store: Arc::new(store),
            part_bytes: 256 * 1024,
        })
    }

    #[cfg(feature = "s3")]
    fn in_bucket(url: &Url) -> Result<Self> {
        let bucket = object_store::aws::AmazonS3Builder::from_env()
            .with_url(url.as_str())
            .build()?;
        let prefix = Path::from_url_path(url.path())?;
        Ok(Self {
            store: Arc::new(object_store::prefix::PrefixStore::new(bucket, prefix)),
            part_bytes: 5 * 1024 * 1024,
        })
    }

    #[cfg(not(feature = "s3"))]
    fn in_bucket(_: &Url) -> Result<Self> {
        bail!("this build keeps files in a folder only: build with --features s3 to use a bucket")
    }

    /// Streams content into a temporary object while hashing and counting it; memory holds a few parts, never the whole.
    ///
    /// # Errors
    /// 413 past `limit` bytes; what `content` fails with; 500 when the store does not take it.
    pub async fn stage<S, E>(&self, content: S, limit: u64) -> ApiResult<Staged>
    where
        S: Stream<Item = Result<Bytes, E>>,
        ApiError: From<E>,
    {
        let path = Path::from(STAGING).join(Uuid::now_v7().to_string());
        let upload = self.store.put_multipart(&path).await.map_err(ApiError::internal)?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, self.part_bytes);
        let read = self.write_all(&mut writer, content, limit).await;
        let (sha256, size, head, pages) = match read {
            Ok(read) => read,
            Err(error) => {
                // The upload has failed already; what is left behind is swept up later.
                let _ = writer.abort().await;
                return Err(error);
            }
        };
        writer.finish().await.map_err(ApiError::internal)?;
        // From here on dropping it removes the object.
        let mut staged = Staged {
            sha256,
            size,
            kind: None,
            is_without_pages: false,
            place: Some((self.store.clone(), path.clone())),
        };
        let tail = if kind::is_archive(&head) {
            let range = size.saturating_sub(TAIL_BYTES)..size;
            self.store.get_range(&path, range).await.map_err(ApiError::internal)?
        } else {
            Bytes::new()
        };
        staged.kind = kind::detect(&head, &tail, size);
        staged.is_without_pages = staged.kind == Some(FileKind::Pdf) && pages.ends_without_pages();
        Ok(staged)
    }

    async fn write_all<S, E>(
        &self,
        writer: &mut WriteMultipart,
        content: S,
        limit: u64,
    ) -> ApiResult<([u8; 32], u64, Vec<u8>, PageSearch)>
    where
        S: Stream<Item = Result<Bytes, E>>,
        ApiError: From<E>,
    {
        let mut content = std::pin::pin!(content);
        let (mut hasher, mut size, mut head) = (Sha256::new(), 0_u64, Vec::new());
        let mut pages = PageSearch::default();
        while let Some(chunk) = content.next().await {
            let chunk = chunk?;
            size += chunk.len() as u64;
            if size > limit {
                return Err(too_large(limit));
            }
            hasher.update(&chunk);
            let missing = HEAD_BYTES.saturating_sub(head.len()).min(chunk.len());
            head.extend_from_slice(&chunk[..missing]);
            if kind::is_pdf(&head) {
                pages.look_at(&chunk);
            }
            writer
                .wait_for_capacity(PARTS_IN_FLIGHT)
                .await
                .map_err(ApiError::internal)?;
            writer.write(&chunk);
        }
        Ok((hasher.finalize().into(), size, head, pages))
    }

    /// Puts staged content in its place. The caller writes the row and holds the lock of
    /// [`super::objects::lock_space`] until then.
    ///
    /// # Errors
    /// When the store does not do it.
    pub async fn settle(&self, mut staged: Staged, space: Space) -> ApiResult<()> {
        if let Some((_, path)) = &staged.place {
            let object = space.object(&staged.sha256);
            self.store.rename(path, &object).await.map_err(ApiError::internal)?;
            staged.place = None;
        }
        Ok(())
    }

    /// Gives `to` a copy of content that `from` has. The caller writes the row, as with [`FileStore::settle`].
    ///
    /// # Errors
    /// When the store does not do it.
    pub async fn copy(&self, sha256: &[u8], from: Space, to: Space) -> ApiResult<()> {
        self.store
            .copy(&from.object(sha256), &to.object(sha256))
            .await
            .map_err(ApiError::internal)
    }

    /// Opens content for reading.
    ///
    /// # Errors
    /// When the store does not have it, which the rows promise it does.
    pub async fn read(&self, space: Space, sha256: &[u8]) -> ApiResult<GetResult> {
        self.store.get(&space.object(sha256)).await.map_err(ApiError::internal)
    }

    /// Removes the content of `space` with that hash.
    pub(super) async fn remove_content(&self, space: Space, sha256: &[u8]) -> object_store::Result<()> {
        self.remove(&space.object(sha256)).await
    }

    /// Uploads that nobody finished.
    pub(super) fn list_staged(&self) -> BoxStream<'static, object_store::Result<ObjectMeta>> {
        self.store.list(Some(&Path::from(STAGING)))
    }

    /// Everything that `space` has, with the hash in each object's name.
    pub(super) fn list(&self, space: Space) -> BoxStream<'static, object_store::Result<(ObjectMeta, Vec<u8>)>> {
        let objects = self.store.list(Some(&space.folder()));
        objects
            .try_filter_map(|meta| async move {
                let parts: Vec<_> = meta.location.parts().map(|part| part.as_ref().to_owned()).collect();
                let hash = match parts.as_slice() {
                    [.., folder, first, rest] if folder == "sha256" => hex::decode(format!("{first}{rest}")).ok(),
                    _ => None,
                };
                Ok(hash.map(|hash| (meta, hash)))
            })
            .boxed()
    }

    /// Whose content there is.
    pub(super) async fn spaces(&self) -> object_store::Result<Vec<Space>> {
        let folders = self.store.list_with_delimiter(Some(&Path::from("districts"))).await?;
        let districts = folders.common_prefixes.iter().filter_map(|folder| {
            let id = folder.filename()?.parse().ok()?;
            Some(Space::District(DistrictId(id)))
        });
        Ok(std::iter::once(Space::System).chain(districts).collect())
    }

    pub(super) async fn remove(&self, path: &Path) -> object_store::Result<()> {
        self.store.delete(path).await
    }
}

/// The error of a file past the limit.
#[must_use]
pub fn too_large(limit: u64) -> ApiError {
    let mib = limit / (1024 * 1024);
    ApiError::new(ErrorCode::PayloadTooLarge).detail(Text::new(
        format!("Berkas paling besar {mib} MB. Perkecil berkasnya, misalnya dengan memindai ulang pada resolusi lebih rendah."),
        format!("A file is at most {mib} MB. Make it smaller, for example by scanning it again at a lower resolution."),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;

    const LIMIT: u64 = 1024 * 1024;

    fn pdf(size: usize) -> Vec<ApiResult<Bytes>> {
        let mut content = b"%PDF-1.7\n".to_vec();
        content.resize(size, b'x');
        content
            .chunks(10_000)
            .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
            .collect()
    }

    async fn staged_count(store: &FileStore) -> usize {
        store.list_staged().count().await
    }

    #[tokio::test]
    async fn stages_settles_and_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::in_folder(folder.path()).unwrap();
        let staged = store.stage(stream::iter(pdf(700_000)), LIMIT).await.unwrap();
        assert_eq!((staged.size, staged.kind), (700_000, Some(FileKind::Pdf)));
        let hash = staged.sha256;
        let space = Space::District(DistrictId(7302));
        store.settle(staged, space).await.unwrap();
        let bytes = store.read(space, &hash).await.unwrap().bytes().await.unwrap();
        assert_eq!(bytes.len(), 700_000);
        assert_eq!(<[u8; 32]>::from(Sha256::digest(&bytes)), hash);
        assert_eq!(staged_count(&store).await, 0);
        // Another district has no such content.
        assert!(store.read(Space::District(DistrictId(7306)), &hash).await.is_err());
        let listed: Vec<_> = store.list(space).try_collect().await.unwrap();
        assert_eq!(listed[0].1, hash);
        assert_eq!(store.spaces().await.unwrap(), [Space::System, space]);
    }

    #[tokio::test]
    async fn stops_at_the_limit_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::in_folder(folder.path()).unwrap();
        let error = store.stage(stream::iter(pdf(2_000_000)), LIMIT).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::PayloadTooLarge);
        assert!(error.detail_text().unwrap().en.contains("at most 1 MB"));
        assert_eq!(staged_count(&store).await, 0);
        let exact = store.stage(stream::iter(pdf(LIMIT as usize)), LIMIT).await.unwrap();
        assert_eq!(exact.size, LIMIT);
    }

    #[tokio::test]
    async fn a_broken_stream_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::in_folder(folder.path()).unwrap();
        let mut chunks = pdf(300_000);
        chunks.push(Err(ErrorCode::BadRequest.into()));
        let error = store.stage(stream::iter(chunks), LIMIT).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::BadRequest);
        assert_eq!(staged_count(&store).await, 0);
    }

    #[tokio::test]
    async fn dropping_removes() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::in_folder(folder.path()).unwrap();
        drop(store.stage(stream::iter(pdf(10)), LIMIT).await.unwrap());
        for _ in 0..100 {
            if staged_count(&store).await == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("the staged object is still there");
    }

    #[test]
    fn addresses() {
        let folder = tempfile::tempdir().unwrap();
        let url = Url::from_directory_path(folder.path().join("a b")).unwrap();
        FileStore::open(url.as_str()).unwrap();
        assert!(folder.path().join("a b").is_dir());
        for bad in ["files", "ftp://host/x", "https://bucket"] {
            assert!(FileStore::open(bad).is_err(), "{bad}");
        }
        #[cfg(not(feature = "s3"))]
        assert!(
            FileStore::open("s3://bucket")
                .unwrap_err()
                .to_string()
                .contains("--features s3")
        );
    }
}
