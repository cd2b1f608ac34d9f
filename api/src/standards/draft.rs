//! The draft of the next version: one at most, made from the newest version, saved whole.

use std::{collections::HashSet, sync::Arc};

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use entity::{standard_draft, standard_version};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    EntityTrait, QuerySelect, Select,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    changes::{StandardItemChange, changes},
    check::{self, StandardContent},
};
use crate::{
    audit::{self, Change},
    auth::{Oversight, perm},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{
        Body, Created, IdempotencyKey, IfMatch, NoContent, Tagged, endpoint::Endpoints, idempotency::create_once,
        problem::Problem,
    },
    readiness::{
        Standard,
        standard::{Component, Text as Wording},
        standards,
    },
};

/// The next version of the standard while the ministry works on it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandardDraft {
    /// The number that it will bear.
    #[schema(example = "1.1")]
    pub version: String,
    /// The version that it follows.
    #[schema(example = "1.0")]
    pub base_version: String,
    /// Title shown to people.
    pub title: Wording,
    /// What the reader must know about its origin.
    pub note: Wording,
    /// The components in order, with their items.
    pub components: Vec<Component>,
    /// Fingerprint of the content: a preview holds for just this.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub content_hash: String,
    /// What is different from the version that it follows.
    pub changes: Vec<StandardItemChange>,
    /// The codes of the items of every version, in order: a new item takes none of them.
    #[schema(example = json!(["REG-1"]))]
    pub used_codes: Vec<String>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by_name: String,
    /// When it was saved last.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by_name: String,
}

/// A draft as the database holds it, read.
#[derive(Debug)]
pub(super) struct Open {
    /// Its row.
    pub row: standard_draft::Model,
    /// What it says.
    pub content: StandardContent,
    /// The version that it follows.
    pub base: Arc<Standard>,
    /// The number that it will bear.
    pub version: String,
    /// The codes of the items of every version.
    pub used_codes: HashSet<String>,
}

impl Open {
    async fn read(tx: &SystemTx, row: standard_draft::Model) -> ApiResult<Self> {
        let base = standards::of_version(tx, &row.base_version)
            .await?
            .ok_or(ErrorCode::NotFound)?;
        let versions = versions(tx).await?;
        Ok(Self {
            content: serde_json::from_value(row.content.clone()).map_err(ApiError::internal)?,
            base,
            version: check::next_version(versions.iter().map(String::as_str)),
            used_codes: used_codes(tx, &versions).await?,
            row,
        })
    }

    /// As a standard that is not published yet.
    pub fn standard(&self) -> Standard {
        self.content.clone().into_standard(&self.base, &self.version)
    }

    fn describe(self) -> Tagged<StandardDraft> {
        let changes = changes(&self.base, &self.standard());
        let mut used_codes: Vec<String> = self.used_codes.into_iter().collect();
        used_codes.sort();
        Tagged {
            version: self.row.version,
            value: StandardDraft {
                version: self.version,
                base_version: self.row.base_version,
                title: self.content.title,
                note: self.content.note,
                components: self.content.components,
                content_hash: self.row.content_hash,
                changes,
                used_codes,
                created_at: self.row.created_at,
                created_by_name: self.row.created_by_name,
                updated_at: self.row.updated_at,
                updated_by_name: self.row.updated_by_name,
            },
        }
    }
}

/// The numbers of all versions, planned ones too.
pub(super) async fn versions(tx: &SystemTx) -> ApiResult<Vec<String>> {
    let select = standard_version::Entity::find()
        .select_only()
        .column(standard_version::Column::Version);
    Ok(select.into_tuple().all(tx).await?)
}

/// The version that was published last, in effect or planned.
pub(super) async fn newest(tx: &SystemTx) -> ApiResult<Arc<Standard>> {
    let versions = versions(tx).await?;
    let last = versions.iter().max_by_key(|version| check::number(version));
    let last = last.ok_or_else(|| ApiError::internal(anyhow::anyhow!("there is no standard")))?;
    let standard = standards::of_version(tx, last).await?;
    standard.ok_or_else(|| ErrorCode::NotFound.into())
}

/// The draft; 404 when none is open.
pub(super) async fn open(tx: &SystemTx, select: Select<standard_draft::Entity>) -> ApiResult<Open> {
    let row = select.one(tx).await?.ok_or(ErrorCode::NotFound)?;
    Open::read(tx, row).await
}

/// The draft, kept as it is until the end of the transaction; 412 when it is another version.
pub(super) async fn locked(tx: &SystemTx, version: IfMatch) -> ApiResult<Open> {
    let draft = open(tx, standard_draft::Entity::find().lock_exclusive()).await?;
    if draft.row.version == version.0 {
        return Ok(draft);
    }
    Err(ErrorCode::Stale.into())
}

/// The codes of the items of these versions.
async fn used_codes(tx: &SystemTx, versions: &[String]) -> ApiResult<HashSet<String>> {
    let mut used = HashSet::new();
    for version in versions {
        if let Some(standard) = standards::of_version(tx, version).await? {
            used.extend(standard.items().map(|(_, item)| item.code.clone()));
        }
    }
    Ok(used)
}

/// See the draft of the next standard
///
/// With what is different from the version that it follows. Districts and provinces see nothing of it before it is
/// published.
#[utoipa::path(get, path = "/api/v1/oversight/standard-draft", tag = "standards",
    responses((status = 200, body = StandardDraft),
        (status = 404, description = "No draft is open", body = Problem, content_type = "application/problem+json")))]
async fn get_standard_draft(who: Oversight<perm::StandardManage>) -> ApiResult<Tagged<StandardDraft>> {
    let tx = who.system().await?;
    Ok(open(&tx, standard_draft::Entity::find()).await?.describe())
}

/// A number that no earlier draft had: whoever still looks at one that was discarded must not match the next. Seconds since 2026
/// fit until 2094.
fn first_version() -> i32 {
    const NEW_YEAR_2026: i64 = 1_767_225_600;
    i32::try_from(Utc::now().timestamp() - NEW_YEAR_2026).unwrap_or(1)
}

/// Begin a draft of the next standard
///
/// It begins as the newest version. One draft at most is open.
#[utoipa::path(post, path = "/api/v1/oversight/standard-draft", tag = "standards",
    responses((status = 201, body = StandardDraft),
        (status = 409, description = "A draft is open already", body = Problem, content_type = "application/problem+json")))]
async fn create_standard_draft(who: Oversight<perm::StandardManage>, key: IdempotencyKey) -> ApiResult<HttpResponse> {
    create_once(who.system().await?, "create_standard_draft", key, [0; 32], async |tx| {
        let base = newest(tx).await?;
        let mut content = StandardContent::of(&base);
        let versions = versions(tx).await?;
        let next = check::next_version(versions.iter().map(String::as_str));
        for text in [&mut content.title.id, &mut content.title.en] {
            *text = text.replace(&base.version, &next);
        }
        let name = tx.origin().actor_name.clone();
        let row = standard_draft::ActiveModel {
            id: Set(1),
            base_version: Set(base.version.clone()),
            content_hash: Set(content.hash(&base.version).map_err(ApiError::internal)?),
            content: Set(serde_json::to_value(&content).map_err(ApiError::internal)?),
            version: Set(first_version()),
            created_at: NotSet,
            created_by_name: Set(name.clone()),
            updated_at: NotSet,
            updated_by_name: Set(name),
        };
        let row = row.insert(tx).await.map_err(|error| {
            if crate::db::is_unique_violation(&error, "standard_draft_pkey") {
                return ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
                    "Sudah ada rancangan yang terbuka. Lanjutkan atau buang rancangan itu.",
                    "A draft is open already. Go on with it or discard it.",
                ));
            }
            error.into()
        })?;
        let created = Open::read(tx, row).await?.describe();
        let change = Change::of("create", "standard_draft", &created.value.version);
        audit::record(tx, change.after(serde_json::json!({ "base_version": base.version }))).await?;
        Ok(Created {
            version: Some(created.version),
            value: created.value,
        })
    })
    .await
}

/// Save the draft of the next standard
///
/// Whole: what is left out is retired. Nothing that was published changes. Every fault is named with its item.
#[utoipa::path(put, path = "/api/v1/oversight/standard-draft", tag = "standards", request_body = StandardContent,
    responses((status = 200, body = StandardDraft),
        (status = 404, description = "No draft is open", body = Problem, content_type = "application/problem+json")))]
async fn save_standard_draft(
    who: Oversight<perm::StandardManage>,
    version: IfMatch,
    body: Body<StandardContent>,
) -> ApiResult<Tagged<StandardDraft>> {
    let tx = who.system().await?;
    let before = locked(&tx, version).await?;
    let content = body.value;
    let standard = content.clone().into_standard(&before.base, &before.version);
    check::check(&standard, &before.base, &before.used_codes)?;
    let told = changes(&before.standard(), &standard);
    let mut row: standard_draft::ActiveModel = before.row.clone().into();
    let hash = content.hash(&before.row.base_version).map_err(ApiError::internal)?;
    row.content_hash = Set(hash.clone());
    row.content = Set(serde_json::to_value(&content).map_err(ApiError::internal)?);
    row.version = Set(before.row.version + 1);
    row.updated_at = Set(Utc::now());
    row.updated_by_name = Set(tx.origin().actor_name.clone());
    let row = row.update(&tx).await?;
    let after = Open::read(&tx, row).await?.describe();
    // The whole draft is long: the trail tells what became different.
    let change = Change::of("update", "standard_draft", &after.value.version)
        .before(serde_json::json!({ "content_hash": before.row.content_hash }))
        .after(serde_json::json!({ "content_hash": hash, "changes": told }));
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(after)
}

/// Discard the draft of the next standard
#[utoipa::path(delete, path = "/api/v1/oversight/standard-draft", tag = "standards",
    responses((status = 204, description = "It is gone"),
        (status = 404, description = "No draft is open", body = Problem, content_type = "application/problem+json")))]
async fn discard_standard_draft(who: Oversight<perm::StandardManage>, version: IfMatch) -> ApiResult<NoContent> {
    let tx = who.system().await?;
    let draft = locked(&tx, version).await?;
    standard_draft::Entity::delete_by_id(draft.row.id).exec(&tx).await?;
    super::preview::forget(&tx).await?;
    let told = changes(&draft.base, &draft.standard());
    let change = Change::of("delete", "standard_draft", &draft.version);
    audit::record(&tx, change.before(serde_json::json!({ "changes": told }))).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The operations on the draft.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        get_standard_draft,
        create_standard_draft,
        save_standard_draft,
        discard_standard_draft
    );
}
