//! What the applicant does.

use actix_web::{HttpRequest, HttpResponse};
use chrono::Utc;
use entity::{
    ids::{DistrictId, RegistrationId},
    region, registration, system_file_object,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{
    confirmation,
    guard::Registrant,
    mails, query, quota,
    rules::{RegistrationStatus, Step},
    view::{self, Registration},
};
use crate::{
    audit::{self, Change},
    auth::{
        Public,
        throttle::{self, Bucket},
        token::RandomToken,
    },
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Language, Text},
    files::{
        Upload,
        kind::{self, FileKind},
        objects,
        store::too_large,
        sweep,
        upload::FileUpload,
    },
    http::{Body, Checks, Created, IdempotencyKey, IfMatch, Tagged, endpoint::Endpoints, problem},
};

/// How large a letter may be: a scanned page or two. Anybody may send one, so it is less than what a district may upload.
const LETTER_BYTES: u64 = 10 * 1024 * 1024;

/// A new application.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationCreate {
    /// Kemendagri code of the kabupaten/kota.
    #[schema(example = "33.16")]
    pub district_code: String,
    /// What the district calls its centre: PKSAI, PLKSAI, UP-PKSAI, or a name of its own.
    #[schema(example = "PLKSAI")]
    pub unit_name: String,
    /// The office that runs it.
    #[schema(example = "Dinas Sosial Kabupaten Blora")]
    pub office_name: String,
    /// The officer who applies.
    #[schema(example = "Contoh Pendaftar")]
    pub applicant_name: String,
    /// The officer's position.
    #[schema(example = "Kepala Bidang Rehabilitasi Sosial")]
    pub position: String,
    /// The officer's official email.
    #[schema(example = "pendaftar@contoh.example")]
    pub email: String,
    /// The officer's phone.
    #[schema(example = "0812-3456-7890")]
    pub phone: String,
}

/// The new application and the key to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationCreated {
    /// Its id.
    pub id: RegistrationId,
    /// Send it as `X-Registration-Token`. Shown only now; the mails about the application have keys of their own.
    pub status_token: String,
    /// Where it stands.
    pub status: RegistrationStatus,
}

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationUpdate {
    /// What the district calls its centre.
    #[schema(example = "PLKSAI")]
    pub unit_name: Option<String>,
    /// The office that runs it.
    pub office_name: Option<String>,
    /// The officer who applies.
    pub applicant_name: Option<String>,
    /// The officer's position.
    pub position: Option<String>,
    /// The officer's phone.
    pub phone: Option<String>,
    /// Only while it is not confirmed: sends the confirmation mail to this address (the same one, to send it again).
    pub email: Option<String>,
}

/// Apply for a district
///
/// Sends a mail to confirm the email. A district has one application that was handed in; one that was not keeps nobody else
/// from applying. One that is not confirmed lapses soon, after two days unless the installation says otherwise. Repeating the
/// request with the same `Idempotency-Key` gives the same application a new token: the first one is not kept.
#[utoipa::path(post, path = "/api/v1/registrations", tag = "registrations", request_body = RegistrationCreate,
    responses((status = 201, body = RegistrationCreated),
        (status = 409, description = "The district is registered or being registered; the detail says which office to ask", body = problem::Problem, content_type = "application/problem+json")))]
async fn create_registration(
    who: Public,
    request: HttpRequest,
    key: IdempotencyKey,
    body: Body<RegistrationCreate>,
) -> ApiResult<HttpResponse> {
    let locale = match problem::language(&request) {
        Language::Indonesian => "id",
        Language::English => "en",
    };
    let key_hash = key.value().map(|key| Sha256::digest(key).to_vec());
    let new = checked(body.value)?;
    let tx = who.system().await?;
    // The mail goes to an address that may be a stranger's.
    let buckets = [
        Bucket::registration(&new.email),
        Bucket::registration_from_address(&who.origin.ip),
    ];
    throttle::reserve(&tx, &buckets).await.map_err(too_many_mails)?;
    let mut row = placed(&tx, new).await?;
    row.locale = locale.to_owned();
    row.request_hash = key_hash.as_ref().map(|_| body.hash.to_vec());
    row.request_key_hash = key_hash;
    if let Some(existing) = query::same_request(&tx, &row).await? {
        return answer_again(tx, &row, existing).await;
    }
    query::refuse_taken(&tx, &row.district_code).await?;
    let inserted = registration::Entity::insert(row.clone().into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    if inserted == 0 {
        // It was sent twice at once, and the insert has waited for the other one.
        let existing = query::same_request(&tx, &row).await?.ok_or(ErrorCode::Conflict)?;
        return answer_again(tx, &row, existing).await;
    }
    query::note_event(&tx, row.id, RegistrationStatus::AwaitingEmailConfirmation, None, None).await?;
    confirmation::send(&tx, &who.app.shared, &row).await?;
    let token = query::issue_token(&tx, row.id).await?;
    let shown = json!({ "district_code": row.district_code, "office_name": row.office_name });
    audit::record(&tx, Change::of("create", "registration", row.id).after(shown)).await?;
    tx.commit().await?;
    Ok(created(
        &request,
        row.id,
        RegistrationStatus::AwaitingEmailConfirmation,
        token,
    ))
}

fn created(request: &HttpRequest, id: RegistrationId, status: RegistrationStatus, token: RandomToken) -> HttpResponse {
    use actix_web::Responder;
    let value = RegistrationCreated {
        id,
        status_token: token.secret,
        status,
    };
    Created { version: None, value }.respond_to(request)
}

fn checked(input: RegistrationCreate) -> ApiResult<RegistrationCreate> {
    let mut checks = Checks::new();
    let value = RegistrationCreate {
        district_code: checks.line("district_code", &input.district_code, 5),
        unit_name: checks.name("unit_name", &input.unit_name, 120),
        office_name: checks.name("office_name", &input.office_name, 160),
        applicant_name: checks.name("applicant_name", &input.applicant_name, 120),
        position: checks.name("position", &input.position, 120),
        email: checks.email("email", &input.email),
        phone: checks.phone("phone", &input.phone),
    };
    let names = [
        ("unit_name", &value.unit_name),
        ("office_name", &value.office_name),
        ("applicant_name", &value.applicant_name),
        ("position", &value.position),
    ];
    for (field, name) in names {
        no_link(&mut checks, field, name);
    }
    checks.finish()?;
    Ok(value)
}

/// These names stand in mails that the installation sends; nobody is to have it send links.
fn no_link(checks: &mut Checks, field: &str, name: &str) {
    let name = name.to_lowercase();
    checks.ensure(
        !name.contains("://") && !name.contains("www."),
        field,
        "has_link",
        Text::fixed(
            "Tulis namanya saja, tanpa tautan.",
            "Write the name only, without a link.",
        ),
    );
}

/// The application with the names of its region.
async fn placed(tx: &SystemTx, new: RegistrationCreate) -> ApiResult<registration::Model> {
    let unknown = || {
        ApiError::invalid(vec![FieldError {
            field: "district_code".to_owned(),
            code: "unknown_district",
            message: Text::fixed(
                "Pilih kabupaten/kota dari daftar; kodenya seperti 73.02.",
                "Choose a kabupaten/kota from the list; its code looks like 73.02.",
            ),
        }])
    };
    DistrictId::for_new_district(&new.district_code).ok_or_else(unknown)?;
    let place = region::Entity::find_by_id(&new.district_code).one(tx).await?;
    let place = place.filter(|place| place.level == "regency").ok_or_else(unknown)?;
    let province_code = place.parent_code.ok_or_else(unknown)?;
    let province = region::Entity::find_by_id(&province_code).one(tx).await?;
    let province = province.ok_or_else(unknown)?;
    let now = Utc::now();
    Ok(registration::Model {
        id: RegistrationId::generate(),
        district_code: new.district_code,
        district_name: place.full_name,
        province_code,
        province_name: province.name,
        unit_name: new.unit_name,
        office_name: new.office_name,
        applicant_name: new.applicant_name,
        position: new.position,
        email: new.email,
        phone: new.phone,
        locale: String::new(),
        status: RegistrationStatus::AwaitingEmailConfirmation.as_str().to_owned(),
        letter_id: None,
        decision_note: None,
        submitted_at: None,
        status_at: now,
        request_key_hash: None,
        request_hash: None,
        version: 1,
        created_at: now,
        updated_at: now,
    })
}

/// The same request again: it gets a new token, the first one is not kept.
async fn answer_again(
    tx: SystemTx,
    new: &registration::Model,
    existing: registration::Model,
) -> ApiResult<HttpResponse> {
    if existing.request_hash != new.request_hash {
        return Err(ErrorCode::IdempotencyKeyReused.into());
    }
    let token = query::issue_token(&tx, existing.id).await?;
    audit::record(&tx, Change::of("token", "registration", existing.id)).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created()
        .insert_header(("idempotency-replayed", "true"))
        .json(RegistrationCreated {
            id: existing.id,
            status_token: token.secret,
            status: view::status(&existing)?,
        }))
}

/// See one's application
#[utoipa::path(get, path = "/api/v1/registrations/{registration_id}", tag = "registrations", responses((status = 200, body = Registration)))]
async fn get_registration(who: Registrant) -> ApiResult<Tagged<Registration>> {
    let tx = who.system().await?;
    let row = registration::Entity::find_by_id(who.registration_id).one(&tx).await?;
    view::tagged(&tx, row.ok_or(ErrorCode::NotFound)?).await
}

async fn lock_editable(tx: &SystemTx, id: RegistrationId) -> ApiResult<registration::Model> {
    let row = query::lock(tx, registration::Entity::find(), id).await?;
    let status = view::status(&row)?;
    if status.may_be_edited() {
        Ok(row)
    } else {
        Err(query::wrong_status(status))
    }
}

/// Change one's application
///
/// Until it is handed in, and again when it was returned. The district stays; the email may change until it is confirmed.
#[utoipa::path(patch, path = "/api/v1/registrations/{registration_id}", tag = "registrations", request_body = RegistrationUpdate,
    responses((status = 200, body = Registration), (status = 409, description = "It is not the applicant's turn", body = problem::Problem, content_type = "application/problem+json")))]
async fn update_registration(
    who: Registrant,
    version: IfMatch,
    body: Body<RegistrationUpdate>,
) -> ApiResult<Tagged<Registration>> {
    let input = body.value;
    let tx = who.system().await?;
    let row = lock_editable(&tx, who.registration_id).await?;
    if row.version != version.0 {
        return Err(ErrorCode::Stale.into());
    }
    let is_unconfirmed = view::status(&row)? == RegistrationStatus::AwaitingEmailConfirmation;
    let mut changed = row.clone();
    let mut checks = Checks::new();
    let mut name = |field: &'static str, value: Option<String>, max: usize, target: &mut String| {
        if let Some(value) = value {
            *target = checks.name(field, &value, max);
            no_link(&mut checks, field, target);
        }
    };
    name("unit_name", input.unit_name, 120, &mut changed.unit_name);
    name("office_name", input.office_name, 160, &mut changed.office_name);
    name("applicant_name", input.applicant_name, 120, &mut changed.applicant_name);
    name("position", input.position, 120, &mut changed.position);
    if let Some(phone) = input.phone {
        changed.phone = checks.phone("phone", &phone);
    }
    let sends_mail = input.email.is_some();
    if let Some(email) = input.email {
        changed.email = checks.email("email", &email);
        checks.ensure(
            is_unconfirmed,
            "email",
            "confirmed",
            Text::fixed(
                "Surel yang sudah dikonfirmasi tidak dapat diganti.",
                "An email that was confirmed cannot be changed.",
            ),
        );
    }
    checks.finish()?;
    if sends_mail {
        // As when applying: it may be a stranger's address.
        let buckets = [
            Bucket::registration(&changed.email),
            Bucket::registration_from_address(&tx.origin().ip),
        ];
        throttle::reserve(&tx, &buckets).await.map_err(too_many_mails)?;
    }
    changed.version += 1;
    changed.updated_at = Utc::now();
    let changed = changed.into_active_model().reset_all().update(&tx).await?;
    if sends_mail {
        confirmation::send(&tx, &who.app().shared, &changed).await?;
    }
    let answer = view::tagged(&tx, changed.clone()).await?;
    audit::record(&tx, change(&row, &changed)).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Says to an applicant what to do; the words of the error itself are for those who sign in.
fn too_many_mails(error: ApiError) -> ApiError {
    match error.code() {
        ErrorCode::TooManyAttempts => error.detail(Text::fixed(
            "Surel konfirmasi sudah dikirim beberapa kali ke alamat ini atau dari jaringan ini. Periksa kotak masuk dan folder spam, atau coba lagi nanti.",
            "Confirmation mails were sent to this address or from this network several times already. Look into the inbox and the spam folder, or try again later.",
        )),
        _ => error,
    }
}

/// What changed. The trail is for ever and what an application says about people is not: of them it only names the field.
fn change(before: &registration::Model, after: &registration::Model) -> Change {
    let shown = |row: &registration::Model| json!({ "unit_name": row.unit_name, "office_name": row.office_name });
    let people = |row: &registration::Model| {
        let texts = [&row.applicant_name, &row.position, &row.email, &row.phone];
        texts.map(String::clone)
    };
    let fields = ["applicant_name", "position", "email", "phone"];
    let pairs = people(before).into_iter().zip(people(after));
    let changed = fields.into_iter().zip(pairs);
    let changed: Vec<&str> = changed
        .filter(|(_, (was, is))| was != is)
        .map(|(field, _)| field)
        .collect();
    let mut is = shown(after);
    is["changed_fields"] = json!(changed);
    Change::of("update", "registration", after.id)
        .before(shown(before))
        .after(is)
}

/// Upload the letter of commitment
///
/// PDF, JPEG or PNG, at most 10 MB. Replaces the one that was there. So many bytes a day are taken from one email and from one network.
#[utoipa::path(put, path = "/api/v1/registrations/{registration_id}/commitment-letter", tag = "registrations",
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = Registration),
        (status = 409, description = "It is not the applicant's turn", body = problem::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too much was uploaded today", body = problem::Problem, content_type = "application/problem+json"),
        (status = 413, description = "The file is too large", body = problem::Problem, content_type = "application/problem+json")))]
async fn put_registration_letter(who: Registrant, upload: Upload) -> ApiResult<Tagged<Registration>> {
    if !matches!(upload.kind, FileKind::Pdf | FileKind::Jpeg | FileKind::Png) {
        return Err(ApiError::invalid(vec![FieldError {
            message: Text::fixed(
                "Unggah surat yang sudah ditandatangani sebagai PDF, JPEG, atau PNG.",
                "Upload the signed letter as PDF, JPEG or PNG.",
            ),
            ..kind::not_accepted("file")
        }]));
    }
    if upload.staged.size > LETTER_BYTES {
        return Err(too_large(LETTER_BYTES));
    }
    let tx = who.system().await?;
    let row = lock_editable(&tx, who.registration_id).await?;
    quota::take(&tx, &who.app().shared, &row.email, upload.staged.size).await?;
    let letter = objects::keep_for_system(&tx, &who.app().shared.files, upload).await?;
    let before = row.letter_id;
    // What a reviewer has seen stays; what nobody has seen makes room.
    let shown_until = row.submitted_at;
    let (version, now) = (row.version + 1, Utc::now());
    let mut row = row.into_active_model();
    row.letter_id = Set(Some(letter.id));
    row.version = Set(version);
    row.updated_at = Set(now);
    let row = row.update(&tx).await?;
    let mut unneeded = None;
    if let Some(before) = before {
        let mut unseen = system_file_object::Entity::delete_many().filter(system_file_object::Column::Id.eq(before));
        if let Some(shown_until) = shown_until {
            unseen = unseen.filter(system_file_object::Column::CreatedAt.gt(shown_until));
        }
        unneeded = unseen.exec_with_returning(&tx).await?.pop().map(|file| file.sha256);
    }
    let answer = view::tagged(&tx, row).await?;
    let shown = json!({ "file_name": letter.file_name, "sha256": hex::encode(&letter.sha256) });
    audit::record(
        &tx,
        Change::of("letter", "registration", who.registration_id).after(shown),
    )
    .await?;
    tx.commit().await?;
    if let Some(sha256) = unneeded {
        // Anybody may apply, so what is replaced must not wait for the sweep, which finds it when this fails.
        let app = who.app();
        if let Err(error) = sweep::replaced(&app.db, &app.shared.files, &sha256).await {
            tracing::warn!(?error, "the content of a replaced letter was not removed");
        }
    }
    Ok(answer)
}

/// Hand the application in
///
/// When the email is confirmed and the letter of commitment is uploaded. From then on the application has the district.
/// Province and ministry are told by mail.
#[utoipa::path(post, path = "/api/v1/registrations/{registration_id}/submit", tag = "registrations",
    responses((status = 200, body = Registration),
        (status = 409, description = "It is not the applicant's turn, the email is not confirmed, or another office has handed in an application for the district", body = problem::Problem, content_type = "application/problem+json"),
        (status = 422, description = "The letter of commitment is missing", body = problem::Problem, content_type = "application/problem+json")))]
async fn submit_registration(who: Registrant) -> ApiResult<Tagged<Registration>> {
    let tx = who.system().await?;
    let row = query::lock(&tx, registration::Entity::find(), who.registration_id).await?;
    query::next(&row, Step::Submit)?;
    if !view::status(&row)?.holds_district() {
        query::refuse_taken(&tx, &row.district_code).await?;
    }
    let mut checks = Checks::new();
    checks.ensure(
        row.letter_id.is_some(),
        "commitment_letter",
        "required",
        Text::fixed(
            "Unggah surat komitmen kepala dinas dahulu.",
            "Upload the head of agency's letter of commitment first.",
        ),
    );
    checks.finish()?;
    let row = query::advance(&tx, row, Step::Submit, None, None).await?;
    let shared = &who.app().shared;
    mails::tell_applicant(&tx, shared, &row).await?;
    let reviewers = query::reviewers(&tx, &row.province_code).await?;
    mails::tell_reviewers(&tx, &row, &reviewers).await?;
    let answer = view::tagged(&tx, row).await?;
    audit::record(&tx, Change::of("submit", "registration", who.registration_id)).await?;
    tx.commit().await?;
    Ok(answer)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        create_registration,
        get_registration,
        update_registration,
        put_registration_letter,
        submit_registration,
    );
}
