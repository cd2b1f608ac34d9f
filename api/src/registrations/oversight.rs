//! What province and ministry do.

use actix_web::{HttpRequest, HttpResponse, web::Json};
use entity::{ids::RegistrationId, registration};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    approval, mails, query,
    rules::{RegistrationStatus, Step},
    view::{self, Registration, RegistrationSummary},
};
use crate::{
    audit::{self, Change},
    auth::{Oversight, perm},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    files::{
        download::{self, Content, DownloadQuery},
        store::Space,
    },
    http::{Body, Checks, IfMatch, Page, PageQuery, Path, Query, Tagged, endpoint::Endpoints, problem::Problem},
};

const MAX_NOTE: usize = 2000;

/// Which applications to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RegistrationFilter {
    /// Only those with this status.
    #[param(example = "submitted")]
    status: Option<String>,
    /// Only those of the province with this Kemendagri code.
    #[param(example = "73")]
    province: Option<String>,
    /// Only those with this in the name of district, unit or office.
    #[param(example = "bulukumba")]
    q: Option<String>,
    /// Where the next page begins: `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many items at most, 1 to 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u64>,
}

/// The province's endorsement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationEndorse {
    /// For the ministry and the applicant; may be empty.
    #[schema(example = "Provinsi mendukung; Pokja sudah terbentuk.")]
    pub note: String,
}

/// Why an application is returned or rejected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationReason {
    /// What the applicant should know, and mend.
    #[schema(example = "Surat komitmen belum ditandatangani.")]
    pub reason: String,
}

#[derive(Deserialize)]
struct RegistrationPath {
    registration_id: RegistrationId,
}

/// List applications, the newest first
///
/// Those that were handed in at least once. A province sees its own.
#[utoipa::path(get, path = "/api/v1/oversight/registrations", tag = "oversight", params(RegistrationFilter),
    responses((status = 200, body = Page<RegistrationSummary>)))]
async fn list_oversight_registrations(
    who: Oversight<perm::RegistrationsRead>,
    Query(filter): Query<RegistrationFilter>,
) -> ApiResult<Json<Page<RegistrationSummary>>> {
    let page = PageQuery {
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let limit = page.limit()?;
    let mut select = query::submitted()
        .order_by_desc(registration::Column::Id)
        .limit(limit + 1);
    if let Some(status) = filter.status.filter(|status| !status.is_empty()) {
        let mut checks = Checks::new();
        checks.one_of(
            "status",
            &status,
            &RegistrationStatus::ALL.map(RegistrationStatus::as_str),
        );
        checks.finish()?;
        select = select.filter(registration::Column::Status.eq(status));
    }
    if let Some(province) = filter.province.filter(|province| !province.is_empty()) {
        select = select.filter(registration::Column::ProvinceCode.eq(province));
    }
    if let Some(text) = filter.q.filter(|text| !text.trim().is_empty()) {
        select = select.filter(query::named_like(&text));
    }
    if let Some(after) = page.after::<RegistrationId>()? {
        select = select.filter(registration::Column::Id.lt(after));
    }
    let tx = who.within_reach().await?;
    let rows = select.all(&tx).await?;
    Page::try_of(rows, limit, |row: &registration::Model| row.id, view::summary).map(Json)
}

/// An application, when the database finds it within reach.
async fn find<P>(who: &Oversight<P>, id: RegistrationId) -> ApiResult<registration::Model> {
    let tx = who.within_reach().await?;
    let row = query::submitted().filter(registration::Column::Id.eq(id));
    row.one(&tx).await?.ok_or_else(|| ErrorCode::NotFound.into())
}

/// See one application
#[utoipa::path(get, path = "/api/v1/oversight/registrations/{registration_id}", tag = "oversight",
    responses((status = 200, body = Registration), (status = 404, description = "None within reach", body = Problem, content_type = "application/problem+json")))]
async fn get_oversight_registration(
    who: Oversight<perm::RegistrationsRead>,
    Path(path): Path<RegistrationPath>,
) -> ApiResult<Tagged<Registration>> {
    let row = find(&who, path.registration_id).await?;
    let tx = who.system().await?;
    view::tagged(&tx, row).await
}

/// Download the letter of commitment
///
/// Every download is in the audit trail: the letter names people.
#[utoipa::path(get, path = "/api/v1/oversight/registrations/{registration_id}/commitment-letter", tag = "oversight", params(DownloadQuery),
    responses((status = 200, description = "The content", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, description = "None within reach", body = Problem, content_type = "application/problem+json")))]
async fn get_oversight_registration_letter(
    who: Oversight<perm::RegistrationsRead>,
    request: HttpRequest,
    Path(path): Path<RegistrationPath>,
    Query(query): Query<DownloadQuery>,
) -> ApiResult<HttpResponse> {
    let row = find(&who, path.registration_id).await?;
    let tx = who.system().await?;
    let letter = view::letter(&tx, row.letter_id).await?;
    audit::record(&tx, Change::of("read_letter", "registration", row.id)).await?;
    tx.commit().await?;
    let content = Content {
        space: Space::System,
        sha256: &letter.sha256,
        size: letter.size,
        media_type: &letter.media_type,
        file_name: &letter.file_name,
    };
    download::answer(&who.app().shared.files, &request, content, &query).await
}

/// The application to decide on, locked: within reach, as the reviewer saw it, and ready for `step`.
async fn lock_for<P>(
    who: &Oversight<P>,
    id: RegistrationId,
    version: IfMatch,
    step: Step,
) -> ApiResult<(SystemTx, registration::Model)> {
    find(who, id).await?;
    let tx = who.system().await?;
    let row = query::lock(&tx, query::submitted(), id).await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    query::next(&row, step)?;
    Ok((tx, row))
}

async fn decide<P>(
    who: Oversight<P>,
    id: RegistrationId,
    version: IfMatch,
    step: Step,
    action: &'static str,
    note: String,
) -> ApiResult<Tagged<Registration>> {
    let (tx, row) = lock_for(&who, id, version, step).await?;
    if step == Step::Endorse {
        refuse_own(&who.signed_in.access.email, &row)?;
    }
    let actor = who.signed_in.access.account_id;
    let row = query::advance(&tx, row, step, Some(note.clone()), Some(actor)).await?;
    mails::tell_applicant(&tx, &who.app().shared, &row).await?;
    let answer = view::tagged(&tx, row).await?;
    let change = Change::of(action, "registration", id).after(serde_json::json!({ "note": note }));
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Nobody decides about an application that would make themselves coordinator.
fn refuse_own(email: &str, row: &registration::Model) -> ApiResult<()> {
    if row.email != email {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::ConflictOfInterest).detail(Text::fixed(
        "Permohonan ini memakai surel Anda sendiri. Mintalah peninjau lain memutuskannya.",
        "This application was made with your own email. Ask another reviewer to decide.",
    )))
}

fn reason(input: &RegistrationReason) -> ApiResult<String> {
    let mut checks = Checks::new();
    let reason = checks.paragraph("reason", &input.reason, MAX_NOTE);
    checks.ensure(
        !reason.is_empty(),
        "reason",
        "required",
        Text::fixed(
            "Tuliskan alasannya untuk pendaftar.",
            "Write the reason for the applicant.",
        ),
    );
    checks.finish()?;
    Ok(reason)
}

/// Endorse an application as the province
#[utoipa::path(post, path = "/api/v1/oversight/registrations/{registration_id}/endorse", tag = "oversight", request_body = RegistrationEndorse,
    responses((status = 200, body = Registration),
        (status = 404, description = "None within reach", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not under review", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else decided meanwhile", body = Problem, content_type = "application/problem+json")))]
async fn endorse_registration(
    who: Oversight<perm::RegistrationsEndorse>,
    Path(path): Path<RegistrationPath>,
    version: IfMatch,
    body: Body<RegistrationEndorse>,
) -> ApiResult<Tagged<Registration>> {
    let mut checks = Checks::new();
    let note = checks.paragraph("note", &body.value.note, MAX_NOTE);
    checks.finish()?;
    decide(who, path.registration_id, version, Step::Endorse, "endorse", note).await
}

/// Return an application to be mended
#[utoipa::path(post, path = "/api/v1/oversight/registrations/{registration_id}/return", tag = "oversight", request_body = RegistrationReason,
    responses((status = 200, body = Registration),
        (status = 404, description = "None within reach", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not under review", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else decided meanwhile", body = Problem, content_type = "application/problem+json")))]
async fn return_registration(
    who: Oversight<perm::RegistrationsDecide>,
    Path(path): Path<RegistrationPath>,
    version: IfMatch,
    body: Body<RegistrationReason>,
) -> ApiResult<Tagged<Registration>> {
    let reason = reason(&body.value)?;
    decide(who, path.registration_id, version, Step::Return, "return", reason).await
}

/// Reject an application
#[utoipa::path(post, path = "/api/v1/oversight/registrations/{registration_id}/reject", tag = "oversight", request_body = RegistrationReason,
    responses((status = 200, body = Registration),
        (status = 404, description = "None within reach", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not under review", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else decided meanwhile", body = Problem, content_type = "application/problem+json")))]
async fn reject_registration(
    who: Oversight<perm::RegistrationsDecide>,
    Path(path): Path<RegistrationPath>,
    version: IfMatch,
    body: Body<RegistrationReason>,
) -> ApiResult<Tagged<Registration>> {
    let reason = reason(&body.value)?;
    decide(who, path.registration_id, version, Step::Reject, "reject", reason).await
}

/// Approve an application
///
/// Makes the district a tenant in phase `onboarding`, with the applicant as its coordinator, in one transaction. An
/// applicant without an account gets a link to set the password.
#[utoipa::path(post, path = "/api/v1/oversight/registrations/{registration_id}/approve", tag = "oversight",
    responses((status = 200, body = Registration),
        (status = 404, description = "None within reach", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not under review", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else decided meanwhile", body = Problem, content_type = "application/problem+json")))]
async fn approve_registration(
    who: Oversight<perm::RegistrationsDecide>,
    Path(path): Path<RegistrationPath>,
    version: IfMatch,
) -> ApiResult<Tagged<Registration>> {
    let (tx, row) = lock_for(&who, path.registration_id, version, Step::Approve).await?;
    refuse_own(&who.signed_in.access.email, &row)?;
    let shared = &who.app().shared;
    let (answer, coordinator) = approval::approve(tx, shared, row, who.signed_in.access.account_id).await?;
    shared.access.forget_district(&answer.value.district_code).await;
    shared.access.forget_account(coordinator);
    Ok(answer)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        list_oversight_registrations,
        get_oversight_registration,
        get_oversight_registration_letter,
        endorse_registration,
        approve_registration,
        return_registration,
        reject_registration,
    );
}
