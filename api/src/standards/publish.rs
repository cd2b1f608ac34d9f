//! Publishing the draft: just the content that somebody saw the preview of.

use actix_web::HttpResponse;
use chrono::{Days, NaiveDate, Utc};
use entity::{account, district, membership, standard_draft, standard_version};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{
    draft::{self, Open},
    editions::{self, StandardEdition},
    preview,
};
use crate::{
    audit::{self, Change},
    auth::{Oversight, perm, role::DISTRICT_ADMIN_KEY},
    day,
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{Body, Checks, Created, IdempotencyKey, endpoint::Endpoints, idempotency::create_once, problem::Problem},
    notices::{About, Notice, NoticeContent, Words, post},
    readiness::{
        Standard,
        grace::counts_from,
        standard::{StandardStatus, Text as Wording},
    },
};

/// The longest grace, in days.
const MAX_GRACE_DAYS: i32 = 730;

/// How far ahead a version may be published, in days.
const MAX_DAYS_AHEAD: u64 = 731;

/// How the draft is published.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandardPublication {
    /// `content_hash` of the preview that somebody looked at: anything else is refused.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub preview_hash: String,
    /// From this day districts see it: today at the ministry or later, and not before the version before it counts in full.
    #[schema(example = "2027-01-01")]
    pub effective_from: NaiveDate,
    /// How many days districts have to follow, from that day on. 90 is this product's proposal; no source read names a term.
    #[schema(example = 90, minimum = 0, maximum = 730)]
    pub grace_days: i32,
    /// Whether the ministry has adopted it, or tries it as a proposal.
    pub status: StandardStatus,
    /// The decision by which it adopted it; needed then.
    #[serde(default)]
    #[schema(example = "")]
    pub basis: String,
}

fn check(body: &mut StandardPublication, draft: &Open, before: &StandardEdition, today: NaiveDate) -> ApiResult<()> {
    let mut checks = Checks::new();
    body.basis = checks.optional_line("basis", &body.basis, 300);
    if body.status != StandardStatus::Adopted {
        body.basis.clear();
    } else {
        checks.ensure(
            !body.basis.is_empty(),
            "basis",
            "required",
            Text::fixed(
                "Sebutkan keputusan yang menetapkannya.",
                "Name the decision by which it was adopted.",
            ),
        );
    }
    checks.ensure(
        (0..=MAX_GRACE_DAYS).contains(&body.grace_days),
        "grace_days",
        "out_of_range",
        Text::fixed("Isi angka 0 sampai 730.", "Give a number from 0 to 730."),
    );
    checks.ensure(
        body.effective_from >= today,
        "effective_from",
        "in_the_past",
        Text::fixed("Pilih hari ini atau sesudahnya.", "Choose today or a later day."),
    );
    // A mistyped year could not be taken back.
    let latest = today.checked_add_days(Days::new(MAX_DAYS_AHEAD)).unwrap_or(today);
    checks.ensure(
        body.effective_from <= latest,
        "effective_from",
        "too_late",
        Text::fixed(
            "Pilih hari dalam dua tahun ke depan.",
            "Choose a day within the next two years.",
        ),
    );
    // Two graces at once would leave nobody knowing what counts.
    let earliest = before
        .counts_from
        .max(before.effective_from.succ_opt().unwrap_or(today));
    let day = day::in_words(earliest);
    checks.ensure(
        body.effective_from >= earliest,
        "effective_from",
        "too_early",
        Text::new(
            format!(
                "Versi {} baru dihitung penuh mulai {}. Pilih hari itu atau sesudahnya.",
                before.version, day.id
            ),
            format!(
                "Version {} counts in full from {}. Choose that day or a later one.",
                before.version, day.en
            ),
        ),
    );
    checks.ensure(
        draft.content.components != draft.base.components,
        "components",
        "nothing_changed",
        Text::fixed(
            "Rancangan ini sama dengan versi sebelumnya.",
            "This draft is the same as the version before.",
        ),
    );
    checks.finish()
}

/// Refuses to publish what nobody saw the consequences of.
async fn check_previewed(tx: &SystemTx, draft: &Open, seen: &str) -> ApiResult<()> {
    let finished = preview::of_draft(tx, draft)
        .await?
        .is_some_and(|preview| preview.finished_at.is_some() && preview.failed == 0);
    if finished && draft.row.content_hash == seen {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::Stale).detail(Text::fixed(
        "Pratinjau dampak bukan dari rancangan ini, atau belum selesai. Hitung dampaknya lagi, lihat, lalu terbitkan.",
        "The preview is not of just this draft, or is not finished. Work it out again, look at it, then publish.",
    )))
}

/// Publish the draft as the next standard
///
/// Only just what the preview was made of. From the effective day districts see it beside the version before, which counts
/// until the grace ends; coordinators are told at once. What is published never changes.
#[utoipa::path(post, path = "/api/v1/oversight/standard-draft/publication", tag = "standards",
    request_body = StandardPublication,
    responses((status = 201, body = StandardEdition),
        (status = 404, description = "No draft is open", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another version was published since the draft was begun", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The preview is not of just this draft", body = Problem, content_type = "application/problem+json")))]
async fn publish_standard(
    who: Oversight<perm::StandardManage>,
    key: IdempotencyKey,
    body: Body<StandardPublication>,
) -> ApiResult<HttpResponse> {
    let mut input = body.value;
    create_once(
        who.system().await?,
        "publish_standard",
        key,
        body.hash,
        async move |tx| {
            let value = publish(tx, &mut input).await?;
            let change = Change::of("publish", "standard_version", &value.version);
            audit::record(tx, change.after(&value)).await?;
            Ok(Created { version: None, value })
        },
    )
    .await
}

async fn publish(tx: &SystemTx, input: &mut StandardPublication) -> ApiResult<StandardEdition> {
    let draft = draft::open(tx, standard_draft::Entity::find().lock_exclusive()).await?;
    if draft::newest(tx).await?.version != draft.row.base_version {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Versi lain sudah terbit sejak rancangan ini dimulai. Buang rancangan ini dan mulai dari versi terbaru.",
            "Another version was published since this draft was begun. Discard it and begin from the newest version.",
        )));
    }
    let today = day::today_at_the_ministry();
    let editions = editions::all(tx, today).await?;
    let before = editions
        .into_iter()
        .find(|edition| edition.version == draft.row.base_version);
    let before = before.ok_or(ErrorCode::NotFound)?;
    check(input, &draft, &before, today)?;
    check_previewed(tx, &draft, &input.preview_hash).await?;
    let standard = Standard {
        status: input.status,
        effective_from: input.effective_from,
        ..draft.standard()
    };
    let row = keep(tx, &standard, &draft, input).await?;
    standard_draft::Entity::delete_by_id(draft.row.id).exec(tx).await?;
    preview::forget(tx).await?;
    tell(tx, &standard, counts_from(row.effective_from, row.grace_days)).await?;
    let editions = editions::all(tx, today).await?;
    let edition = editions.into_iter().find(|edition| edition.version == row.version);
    edition.ok_or_else(|| ErrorCode::NotFound.into())
}

async fn keep(
    tx: &SystemTx,
    standard: &Standard,
    draft: &Open,
    input: &StandardPublication,
) -> ApiResult<standard_version::Model> {
    let content = serde_json::to_value(standard).map_err(ApiError::internal)?;
    // The grace is part of the measure, so it is part of the fingerprint.
    let seen = serde_json::json!({ "content": content, "grace_days": input.grace_days });
    let status = match input.status {
        StandardStatus::Proposal => "proposal",
        StandardStatus::Adopted => "adopted",
    };
    let row = standard_version::ActiveModel {
        version: Set(standard.version.clone()),
        status: Set(status.to_owned()),
        effective_from: Set(input.effective_from),
        content: Set(content),
        fingerprint: Set(hex::encode(Sha256::digest(seen.to_string()))),
        loaded_at: NotSet,
        supersedes: Set(Some(draft.row.base_version.clone())),
        grace_days: Set(input.grace_days),
        basis: Set(input.basis.clone()),
        published_at: Set(Some(Utc::now())),
        published_by_name: Set(Some(tx.origin().actor_name.clone())),
    };
    Ok(row.insert(tx).await?)
}

/// Tells the coordinators of every district that people work in.
async fn tell(tx: &SystemTx, standard: &Standard, counts_from: NaiveDate) -> ApiResult<()> {
    let districts = district::Entity::find()
        .filter(district::Column::Status.ne("archived"))
        .all(tx)
        .await?;
    let coordinators = membership::Entity::find()
        .filter(membership::Column::RoleKey.eq(DISTRICT_ADMIN_KEY))
        .filter(membership::Column::DistrictId.is_not_null())
        .filter(
            membership::Column::AccountId.not_in_subquery(
                account::Entity::find()
                    .select_only()
                    .column(account::Column::Id)
                    .filter(account::Column::DisabledAt.is_not_null())
                    .into_query(),
            ),
        )
        .all(tx)
        .await?;
    let words = |text: &Wording| Words {
        id: text.id.clone(),
        en: text.en.clone(),
    };
    for district in &districts {
        let of_district = coordinators.iter().filter(|row| row.district_id == Some(district.id));
        let notice = Notice {
            content: NoticeContent::StandardPublished {
                district: district.name.clone(),
                title: words(&standard.title),
                effective_from: standard.effective_from,
                counts_from,
            },
            link: format!("/d/{}/perubahan-standar", district.code),
            about: About::district(district),
        };
        post(tx, of_district.map(|row| row.account_id), &notice).await?;
    }
    Ok(())
}

/// The operation of publishing.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, publish_standard);
}
