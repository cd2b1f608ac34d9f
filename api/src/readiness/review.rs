//! What reviewers of the province and the ministry decide, and what districts answer.

use std::collections::HashSet;

use actix_web::web::Json;
use chrono::Utc;
use entity::{evidence, ids::*, item_review, membership};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, QueryFilter,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    DocumentStatus, Item, JudgedBy, decisions,
    evidence::{Evidence, EvidencePath, find_in_turn, in_known_version},
    facts,
    notify::{self, Decision},
    queue::{self, Caution},
    situation::{self, Situation},
    view::{ItemReview, find_item},
};
use crate::{
    audit::{self, Change},
    auth::{InDistrict, access::Access, perm},
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{Body, Checks, IfMatch, Path, Tagged, endpoint::Endpoints, problem::Problem},
    setup::store,
};

/// A reviewer's decision on evidence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceReview {
    /// `verified` or `returned`.
    #[schema(example = "returned")]
    pub decision: String,
    /// What the district should know; needed for a return.
    #[serde(default)]
    #[schema(example = "Halaman pengesahan belum ikut dipindai.")]
    pub comment: String,
    /// The file that the reviewer looked at; needed for `verified` when there is one. Evidence that belongs to a setup record shows that record's file, which the district
    /// can replace without a new version of the evidence.
    pub file_id: Option<FileObjectId>,
}

/// A reviewer's decision on an item that is counted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemReviewCreate {
    /// `confirmed` or `returned`.
    #[schema(example = "returned")]
    pub decision: String,
    /// What the district should know; needed for a return.
    #[serde(default)]
    #[schema(example = "Tugas sekretaris belum diuraikan.")]
    pub comment: String,
    /// `review_subject` of the item as the reviewer saw it.
    pub subject: String,
}

/// What a district answers to a return.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemReviewAnswer {
    /// What was done about it.
    #[schema(example = "Tugas sekretaris sudah dilengkapi.")]
    pub answer: String,
}

#[derive(Deserialize)]
pub(super) struct ItemPath {
    pub(super) item_code: String,
}

/// A reviewer must not decide on what the own district has done, nor on what the reviewer submitted.
async fn refuse_own<P>(tx: &TenantTx, who: &InDistrict<P>, submitted_by: Option<AccountId>) -> ApiResult<()> {
    let reviewer = who.signed_in.access.account_id;
    let own = tx
        .find::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(reviewer))
        .one(tx)
        .await?;
    if own.is_some() || submitted_by == Some(reviewer) {
        return Err(ErrorCode::ConflictOfInterest.into());
    }
    Ok(())
}

fn check_decision(checks: &mut Checks, decision: &str, allowed: &[&str], comment: &str) -> String {
    checks.one_of("decision", decision, allowed);
    let comment = checks.paragraph("comment", comment, 2_000);
    checks.ensure(
        decision != "returned" || !comment.is_empty(),
        "comment",
        "required",
        Text::fixed("Tulis apa yang perlu diperbaiki.", "Say what has to be corrected."),
    );
    comment
}

/// The reviewer's own decision once more, with the version from before it: the reply to the first one was lost on the way.
fn is_sent_again(
    row: &evidence::Model,
    version: IfMatch,
    input: &EvidenceReview,
    comment: &str,
    reviewer: AccountId,
) -> bool {
    row.version == version.0 + 1
        && row.status == input.decision
        && row.review_comment == comment
        && row.reviewed_by == Some(reviewer)
        && (input.decision == "returned" || row.file_id == input.file_id)
}

fn already_decided(by: &str) -> ApiError {
    ApiError::new(ErrorCode::Conflict).detail(Text::new(
        format!("Sudah diputuskan seperti itu oleh {by}. Tidak ada yang perlu dilakukan lagi."),
        format!("{by} has decided so already. There is nothing left to do."),
    ))
}

/// Verify or return a piece of evidence
///
/// For reviewers of the province or the ministry who are not members of the district. The district sees it at once and by
/// mail. A decision may be changed by a later one. The same decision sent again by the same reviewer is answered as the first
/// time and changes nothing.
#[utoipa::path(post, path = "/api/v1/districts/{code}/evidence/{evidence_id}/review", tag = "readiness",
    request_body = EvidenceReview,
    responses((status = 200, body = Evidence),
        (status = 409, description = "It is a draft without a file, withdrawn, or decided on in this way already", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed since it was looked at", body = Problem, content_type = "application/problem+json")))]
async fn review_evidence(
    who: InDistrict<perm::SetupReview>,
    Path(path): Path<EvidencePath>,
    version: IfMatch,
    body: Body<EvidenceReview>,
) -> ApiResult<Tagged<Evidence>> {
    let input = body.value;
    let mut checks = Checks::new();
    let comment = check_decision(&mut checks, &input.decision, &["verified", "returned"], &input.comment);
    checks.finish()?;
    let tx = who.tenant().await?;
    let row = find_in_turn(&tx, path.evidence_id).await?;
    if is_sent_again(&row, version, &input, &comment, who.signed_in.access.account_id) {
        return Ok(Tagged {
            version: row.version,
            value: row.into(),
        });
    }
    let row = in_known_version(row, version)?;
    refuse_own(&tx, &who, Some(row.submitted_by)).await?;
    if row.status == input.decision && (input.decision == "verified" || row.review_comment == comment) {
        return Err(already_decided(row.reviewed_by_name.as_deref().unwrap_or_default()));
    }
    let known = Situation::load(&tx).await?;
    let must_have_looked = input.decision == "verified" || input.file_id.is_some();
    if must_have_looked && input.file_id != queue::shown_file(&known, &row) {
        return Err(ApiError::new(ErrorCode::Stale).detail(Text::fixed(
            "Daerah mengganti berkasnya setelah Anda membukanya. Muat ulang, periksa lagi, lalu putuskan.",
            "The district has replaced the file since you opened it. Reload, look again, then decide.",
        )));
    }
    if input.decision == "verified" && known.rows.document(&row).status == DocumentStatus::Draft {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Bukti ini belum memiliki berkas, sehingga tidak dapat diverifikasi.",
            "This evidence has no file yet, so it cannot be verified.",
        )));
    }
    let reviewer = &who.signed_in.access;
    let before = Evidence::from(row.clone());
    let value = decide(&tx, &known, row, &input.decision, comment, reviewer).await?;
    let next = value.version;
    let situation = situation::refresh(&tx).await?;
    if let Some(item) = find_item(&situation.standard, &value.item_code) {
        let decision = Decision {
            item,
            evidence: Some(&value.title),
            accepted: value.status == "verified",
            comment: &value.review_comment,
            reviewer: &reviewer.name,
            submitted_by: Some(value.submitted_by),
        };
        notify::decided(&tx, &situation, &decision).await?;
    }
    let change = Change::of("review", "evidence", value.id).before(before).after(&value);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Tagged { version: next, value })
}

/// Writes a decision on evidence: into its row, and for those who look at many districts.
async fn decide(
    tx: &TenantTx,
    known: &Situation,
    row: evidence::Model,
    decision: &str,
    comment: String,
    reviewer: &Access,
) -> ApiResult<Evidence> {
    let of_record = known.rows.record_document(&row);
    let before = Evidence::from(row.clone());
    let (now, next) = (Utc::now(), row.version + 1);
    let mut row: evidence::ActiveModel = row.into();
    if decision == "verified"
        && let Some(document) = of_record
    {
        // What was looked at is kept: a record that changes later does not change what was verified.
        row.file_id = Set(before.file_id.or(Some(document.file_id)));
        row.document_date = Set(before.document_date.or(document.issued_on));
        row.valid_until = Set(before.valid_until.or(document.valid_until));
    }
    row.status = Set(decision.to_owned());
    row.review_comment = Set(comment);
    row.reviewed_by = Set(Some(reviewer.account_id));
    row.reviewed_by_name = Set(Some(reviewer.name.clone()));
    row.reviewed_at = Set(Some(now));
    row.version = Set(next);
    row.updated_at = Set(now);
    let value = Evidence::from(row.update(tx).await?);
    decisions::keep_evidence(tx, &value, reviewer).await?;
    Ok(value)
}

/// Why a piece of evidence is not accepted with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BatchRefusal {
    /// The district has no such evidence, or the standard no such item.
    NotFound,
    /// It was changed since the reviewer saw it.
    Stale,
    /// It was decided on before.
    AlreadyDecided,
    /// The reviewer submitted it.
    ConflictOfInterest,
    /// There is no document to look at.
    NoDocument,
    /// It decides whether the district may go live.
    Decisive,
    /// It was looked at before and handed in again.
    HandedInAgain,
    /// Its proof ends within 90 days, or has ended.
    Ending,
    /// It was handed in under another version of the standard.
    OtherStandard,
}

impl From<Caution> for BatchRefusal {
    fn from(caution: Caution) -> Self {
        match caution {
            Caution::NoDocument => Self::NoDocument,
            Caution::Decisive => Self::Decisive,
            Caution::HandedInAgain => Self::HandedInAgain,
            Caution::Ending => Self::Ending,
            Caution::OtherStandard => Self::OtherStandard,
        }
    }
}

/// A piece of evidence as a reviewer saw it.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenEvidence {
    /// Its id.
    pub id: EvidenceId,
    /// Its version.
    pub version: i32,
    /// The file that it showed.
    pub file_id: FileObjectId,
}

/// What became of many.
#[derive(Debug, Default)]
pub struct BatchOutcome {
    /// What is verified now.
    pub verified: Vec<EvidenceId>,
    /// What stays as it is, and why.
    pub refused: Vec<(EvidenceId, BatchRefusal)>,
    /// For the audit trail.
    pub changes: Vec<Change>,
}

/// Verifies those of the pieces of evidence, each as it was seen, that are plain cases. The caller records the
/// changes and commits.
///
/// # Errors
/// 403 for members of the district; when the database refuses.
pub async fn verify_plain(
    tx: &TenantTx,
    who: &InDistrict<perm::SetupReview>,
    seen: &[SeenEvidence],
) -> ApiResult<BatchOutcome> {
    store::take_turn(tx).await?;
    refuse_own(tx, who, None).await?;
    let known = Situation::load(tx).await?;
    let reviewer = &who.signed_in.access;
    let mut outcome = BatchOutcome::default();
    let (mut items, mut submitters) = (Vec::new(), Vec::new());
    let mut done = HashSet::new();
    for seen in seen.iter().filter(|seen| done.insert(seen.id)) {
        let row = match plain(&known, reviewer, seen) {
            Ok(row) => row.clone(),
            Err(reason) => {
                outcome.refused.push((seen.id, reason));
                continue;
            }
        };
        let before = Evidence::from(row.clone());
        let value = decide(tx, &known, row, "verified", String::new(), reviewer).await?;
        outcome.verified.push(value.id);
        items.push(value.item_code.clone());
        submitters.push(Some(value.submitted_by));
        let change = Change::of("review", "evidence", value.id).before(before).after(&value);
        outcome.changes.push(change);
    }
    if !outcome.verified.is_empty() {
        let situation = situation::refresh(tx).await?;
        notify::verified(tx, &situation, items, &submitters, &reviewer.name).await?;
    }
    Ok(outcome)
}

/// The evidence, when it may be accepted with others.
fn plain<'a>(
    known: &'a Situation,
    reviewer: &Access,
    seen: &SeenEvidence,
) -> Result<&'a evidence::Model, BatchRefusal> {
    let row = known.rows.evidence.iter().find(|row| row.id == seen.id);
    let row = row.ok_or(BatchRefusal::NotFound)?;
    let item = find_item(&known.standard, &row.item_code)
        .filter(|item| known.standard.takes(item).contains(&row.kind.as_str()));
    let item = item.ok_or(BatchRefusal::NotFound)?;
    match (
        row.version == seen.version && queue::shown_file(known, row) == Some(seen.file_id),
        row.status == "submitted",
        row.submitted_by == reviewer.account_id,
    ) {
        (false, ..) => return Err(BatchRefusal::Stale),
        (_, false, _) => return Err(BatchRefusal::AlreadyDecided),
        (_, _, true) => return Err(BatchRefusal::ConflictOfInterest),
        _ => {}
    }
    match queue::caution(&queue::look(known, item, row), known.today) {
        Some(caution) => Err(caution.into()),
        None => Ok(row),
    }
}

fn counted<'a>(situation: &'a Situation, code: &str) -> ApiResult<&'a Item> {
    let item = find_item(&situation.standard, code).ok_or(ErrorCode::NotFound)?;
    match item.judged_by {
        JudgedBy::Computed { .. } => Ok(item),
        JudgedBy::Document { .. } => Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Butir ini dinilai dari dokumen. Tinjau buktinya.",
            "This item is judged by a document. Review its evidence.",
        ))),
    }
}

/// Confirm or return an item that is counted
///
/// A return stands until the district has answered it, a confirmation until what was confirmed changes. The same decision sent
/// again by the same reviewer is answered as the first time and changes nothing.
#[utoipa::path(post, path = "/api/v1/districts/{code}/readiness/{item_code}/review", tag = "readiness",
    params(("item_code" = String, Path, description = "Code of an item of the standard", example = "LEM-3")),
    request_body = ItemReviewCreate,
    responses((status = 200, body = ItemReview),
        (status = 409, description = "The item is judged by a document, needs no confirmation, or is decided on in this way already", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "What is decided on has changed since it was looked at", body = Problem, content_type = "application/problem+json")))]
async fn review_item(
    who: InDistrict<perm::SetupReview>,
    Path(path): Path<ItemPath>,
    body: Body<ItemReviewCreate>,
) -> ApiResult<Json<ItemReview>> {
    let input = body.value;
    let mut checks = Checks::new();
    let comment = check_decision(&mut checks, &input.decision, &["confirmed", "returned"], &input.comment);
    checks.finish()?;
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let before = Situation::load(&tx).await?;
    let item = counted(&before, &path.item_code)?;
    refuse_own(&tx, &who, None).await?;
    if input.decision == "confirmed" && !facts::is_confirmed_by_review(item) {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Butir ini tidak memerlukan konfirmasi: sistem menghitungnya sendiri, atau dokumennya yang diverifikasi.",
            "This item needs no confirmation: the system counts it, or its document is verified.",
        )));
    }
    let subject = facts::subject(item, &before.rows.records);
    if input.subject != subject {
        return Err(ApiError::new(ErrorCode::Stale).detail(Text::fixed(
            "Daerah mengubah data butir ini setelah Anda membukanya. Muat ulang, periksa lagi, lalu putuskan.",
            "The district has changed what this item is about since you opened it. Reload, look again, then decide.",
        )));
    }
    let reviewer = &who.signed_in.access;
    let same = |row: &&item_review::Model| {
        row.decision == input.decision && (row.decision == "confirmed" || row.comment == comment)
    };
    if let Some(standing) = before.rows.standing_review(item).filter(same) {
        // Sent again because the reply was lost, else somebody else was faster.
        return if standing.decided_by == reviewer.account_id && standing.comment == comment {
            Ok(Json(standing.into()))
        } else {
            Err(already_decided(&standing.decided_by_name))
        };
    }
    let row = item_review::ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(ItemReviewId::generate()),
        item_code: Set(item.code.clone()),
        standard_version: Set(before.standard.version.clone()),
        decision: Set(input.decision),
        comment: Set(comment),
        subject: Set(subject),
        decided_by: Set(reviewer.account_id),
        decided_by_name: Set(reviewer.name.clone()),
        decided_at: Set(Utc::now()),
        answer: NotSet,
        answered_by: NotSet,
        answered_by_name: NotSet,
        answered_at: NotSet,
    };
    let value = ItemReview::from(&row.insert(&tx).await?);
    decisions::keep_item(&tx, &value, reviewer).await?;
    let situation = situation::refresh(&tx).await?;
    let decision = Decision {
        item,
        evidence: None,
        accepted: value.decision == "confirmed",
        comment: &value.comment,
        reviewer: &reviewer.name,
        submitted_by: None,
    };
    notify::decided(&tx, &situation, &decision).await?;
    audit::record(&tx, Change::of("review", "item_review", value.id).after(&value)).await?;
    tx.commit().await?;
    Ok(Json(value))
}

/// Answer a reviewer's return of an item
///
/// The return then no longer stands and the item counts again as what it is.
#[utoipa::path(post, path = "/api/v1/districts/{code}/readiness/{item_code}/answer", tag = "readiness",
    params(("item_code" = String, Path, description = "Code of an item of the standard", example = "LEM-3")),
    request_body = ItemReviewAnswer,
    responses((status = 200, body = ItemReview),
        (status = 409, description = "There is no return to answer", body = Problem, content_type = "application/problem+json")))]
async fn answer_item_review(
    who: InDistrict<perm::SetupWrite>,
    Path(path): Path<ItemPath>,
    body: Body<ItemReviewAnswer>,
) -> ApiResult<Json<ItemReview>> {
    let mut checks = Checks::new();
    let answer = checks.paragraph("answer", &body.value.answer, 2_000);
    checks.ensure(
        !answer.is_empty(),
        "answer",
        "required",
        Text::fixed("Tulis apa yang sudah diperbaiki.", "Say what was corrected."),
    );
    checks.finish()?;
    let tx = who.tenant().await?;
    store::take_turn(&tx).await?;
    let before = Situation::load(&tx).await?;
    let item = find_item(&before.standard, &path.item_code).ok_or(ErrorCode::NotFound)?;
    let standing = before.rows.standing_review(item);
    let row = standing.filter(|row| row.decision == "returned").ok_or_else(|| {
        ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Tidak ada pengembalian yang perlu dijawab.",
            "There is no return to answer.",
        ))
    })?;
    let mut row: item_review::ActiveModel = row.clone().into();
    row.answer = Set(answer);
    row.answered_by = Set(Some(who.signed_in.access.account_id));
    row.answered_by_name = Set(Some(who.signed_in.access.name.clone()));
    row.answered_at = Set(Some(Utc::now()));
    let value = ItemReview::from(&row.update(&tx).await?);
    situation::refresh(&tx).await?;
    audit::record(&tx, Change::of("answer", "item_review", value.id).after(&value)).await?;
    tx.commit().await?;
    Ok(Json(value))
}

/// The operations on decisions.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, review_evidence, review_item, answer_item_review);
}
