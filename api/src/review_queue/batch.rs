//! Accepting many pieces of evidence of a district at once, where each is a plain case.

use actix_web::web::Json;
use entity::ids::EvidenceId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    audit,
    auth::{InDistrict, perm},
    db::Transaction,
    endpoints,
    error::{ApiResult, Text},
    http::{Body, Checks, endpoint::Endpoints},
    readiness::review::{self, BatchRefusal, SeenEvidence},
};

/// How many at once.
const MOST: usize = 50;

/// What to accept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceBatch {
    /// The evidence, each as the reviewer saw it.
    #[schema(example = json!([{ "id": "01890000-0000-7000-8000-000000000000", "version": 1, "file_id": "01890000-0000-7000-8000-000000000000" }]))]
    pub evidence: Vec<SeenEvidence>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceBatchResult {
    /// What is verified now.
    pub verified: Vec<EvidenceId>,
    /// What has to be looked at by itself, and why.
    pub refused: Vec<RefusedEvidence>,
}

/// What was not accepted with the others.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedEvidence {
    /// Its id.
    pub id: EvidenceId,
    /// Why.
    pub reason: BatchRefusal,
}

/// Verify several pieces of evidence of a district at once
///
/// Only plain cases: a document, for an item that does not decide about going live, handed in for the first time under the
/// standard of today, whose proof does not end soon. The others stay as they are and are named with the reason.
#[utoipa::path(post, path = "/api/v1/districts/{code}/evidence-verifications", tag = "oversight", request_body = EvidenceBatch,
    responses((status = 200, body = EvidenceBatchResult)))]
async fn verify_evidence_batch(
    who: InDistrict<perm::SetupReview>,
    body: Body<EvidenceBatch>,
) -> ApiResult<Json<EvidenceBatchResult>> {
    let wanted = body.value.evidence;
    let mut checks = Checks::new();
    let text = Text::fixed("Pilih 1 sampai 50 bukti.", "Choose 1 to 50 pieces of evidence.");
    checks.ensure((1..=MOST).contains(&wanted.len()), "evidence", "out_of_range", text);
    checks.finish()?;
    let tx = who.tenant().await?;
    let outcome = review::verify_plain(&tx, &who, &wanted).await?;
    audit::record_all(&tx, outcome.changes).await?;
    tx.commit().await?;
    let refused = outcome.refused.into_iter();
    Ok(Json(EvidenceBatchResult {
        verified: outcome.verified,
        refused: refused.map(|(id, reason)| RefusedEvidence { id, reason }).collect(),
    }))
}

/// The operation on many.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, verify_evidence_batch);
}
