//! What the applicant does.

use actix_web::{HttpRequest, HttpResponse, web::Json};
use chrono::{Duration, Utc};
use entity::{
    district,
    ids::{DistrictId, RegistrationId},
    one_time_token, region, registration, system_file_object,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{
    guard::Registrant,
    mails, query,
    rules::{CONFIRM_WITHIN_DAYS, RegistrationStatus, Step},
    view::{self, Registration},
};
use crate::{
    app::Shared,
    audit::{self, Change},
    auth::{Public, token::RandomToken},
    db::{SystemTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, FieldError, Language, Text},
    files::{
        Upload,
        kind::{self, FileKind},
        objects,
        upload::FileUpload,
    },
    http::{Body, Checks, Created, IdempotencyKey, IfMatch, Tagged, endpoint::Endpoints, problem},
};

const CONFIRMATION: &str = "email_confirmation";
/// Confirmation mails of one application; more would make this a way to flood a stranger's mailbox.
const MAX_CONFIRMATIONS: u64 = 5;

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

/// The token of the link in the confirmation mail.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailConfirm {
    /// From the link.
    pub token: String,
}

/// The application whose email is confirmed, and a key to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmailConfirmed {
    /// Its id.
    pub registration_id: RegistrationId,
    /// Send it as `X-Registration-Token`.
    pub status_token: String,
}

/// Apply for a district
///
/// Sends a mail to confirm the email. A district has one live application; an application whose email is not confirmed
/// lapses after seven days. Repeating the request with the same `Idempotency-Key` gives the same application a new
/// token: the first one is not kept.
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
    let mut row = placed(&tx, new).await?;
    refuse_tenant(&tx, &row.district_code).await?;
    row.locale = locale.to_owned();
    row.request_hash = key_hash.as_ref().map(|_| body.hash.to_vec());
    row.request_key_hash = key_hash;
    let inserted = registration::Entity::insert(row.clone().into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    if inserted == 0 {
        return answer_second(tx, &row).await;
    }
    // An approval may have been committed while the insert waited for it.
    refuse_tenant(&tx, &row.district_code).await?;
    query::note_event(&tx, row.id, RegistrationStatus::AwaitingEmailConfirmation, None, None).await?;
    send_confirmation(&tx, &who.app.shared, &row).await?;
    let token = query::issue_token(&tx, row.id).await?;
    let shown = serde_json::json!({ "district_code": row.district_code, "office_name": row.office_name });
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
    checks.finish()?;
    Ok(value)
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

async fn refuse_tenant(tx: &SystemTx, code: &str) -> ApiResult<()> {
    let tenant = district::Entity::find()
        .filter(district::Column::Code.eq(code))
        .one(tx)
        .await?;
    let Some(tenant) = tenant else {
        return Ok(());
    };
    let (office, name) = (tenant.office_name, tenant.name);
    let (id, en) = if tenant.hotline.is_empty() {
        (String::new(), String::new())
    } else {
        (
            format!(", telepon {}", tenant.hotline),
            format!(", phone {}", tenant.hotline),
        )
    };
    Err(ApiError::new(ErrorCode::DistrictAlreadyRegistered).detail(Text::new(
        format!("{name} sudah terdaftar. Untuk bergabung, mintalah undangan kepada {office}{id}."),
        format!("{name} is registered already. To join, ask {office} for an invitation{en}."),
    )))
}

/// The district has a live application: the same request again, or a second officer, who is told which office to ask.
async fn answer_second(tx: SystemTx, new: &registration::Model) -> ApiResult<HttpResponse> {
    let live = query::live(&tx, &new.district_code).await?;
    // It ended between the insert and this.
    let live = live.ok_or(ErrorCode::Conflict)?;
    if new.request_key_hash.is_some() && live.request_key_hash == new.request_key_hash {
        if live.request_hash != new.request_hash {
            return Err(ErrorCode::IdempotencyKeyReused.into());
        }
        let token = query::issue_token(&tx, live.id).await?;
        audit::record(&tx, Change::of("token", "registration", live.id)).await?;
        tx.commit().await?;
        return Ok(HttpResponse::Created()
            .insert_header(("idempotency-replayed", "true"))
            .json(RegistrationCreated {
                id: live.id,
                status_token: token.secret,
                status: view::status(&live)?,
            }));
    }
    let (name, office) = (&live.district_name, &live.office_name);
    let (mut id, mut en) = (
        format!("{name} sedang didaftarkan oleh {office}. Tanyakan kepada kantor itu."),
        format!("{name} is being registered by {office}. Ask that office."),
    );
    if view::status(&live)? == RegistrationStatus::AwaitingEmailConfirmation {
        let until = (live.status_at + Duration::days(CONFIRM_WITHIN_DAYS)).format("%d-%m-%Y");
        id.push_str(&format!(
            " Permohonan itu belum dikonfirmasi dan gugur dengan sendirinya pada {until}."
        ));
        en.push_str(&format!(
            " That application is not confirmed yet and lapses by itself on {until}."
        ));
    }
    Err(ApiError::new(ErrorCode::DistrictAlreadyRegistered).detail(Text::new(id, en)))
}

/// Mails a link that confirms the email; links of earlier mails are no longer good.
async fn send_confirmation(tx: &SystemTx, shared: &Shared, row: &registration::Model) -> ApiResult<()> {
    let earlier = one_time_token::Entity::find()
        .filter(one_time_token::Column::Purpose.eq(CONFIRMATION))
        .filter(one_time_token::Column::SubjectId.eq(row.id.0));
    if earlier.clone().count(tx).await? >= MAX_CONFIRMATIONS {
        return Err(ApiError::new(ErrorCode::TooManyRequests)
            .retry_after(std::time::Duration::from_secs(24 * 3600))
            .detail(Text::fixed(
                "Surel konfirmasi sudah dikirim beberapa kali. Periksa folder spam.",
                "The confirmation mail was sent several times already. Look into the spam folder.",
            )));
    }
    let now = Utc::now();
    one_time_token::Entity::update_many()
        .col_expr(one_time_token::Column::UsedAt, sea_orm::sea_query::Expr::value(now))
        .filter(one_time_token::Column::Purpose.eq(CONFIRMATION))
        .filter(one_time_token::Column::SubjectId.eq(row.id.0))
        .filter(one_time_token::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    let token = RandomToken::generate();
    one_time_token::ActiveModel {
        token_hash: Set(token.hash.clone()),
        purpose: Set(CONFIRMATION.to_owned()),
        account_id: Set(None),
        subject_id: Set(Some(row.id.0)),
        created_at: Set(now),
        expires_at: Set(row.status_at + Duration::days(CONFIRM_WITHIN_DAYS)),
        used_at: Set(None),
    }
    .insert(tx)
    .await?;
    mails::confirm_email(tx, shared, row, &token).await
}

/// Confirm the email of an application
#[utoipa::path(post, path = "/api/v1/registrations/confirm-email", tag = "registrations", request_body = EmailConfirm,
    responses((status = 200, body = EmailConfirmed), (status = 410, description = "The link is no longer good", body = problem::Problem, content_type = "application/problem+json")))]
async fn confirm_registration_email(who: Public, body: Body<EmailConfirm>) -> ApiResult<Json<EmailConfirmed>> {
    let tx = who.system().await?;
    let link = one_time_token::Entity::find_by_id(RandomToken::hash(&body.value.token))
        .filter(one_time_token::Column::Purpose.eq(CONFIRMATION))
        .filter(one_time_token::Column::UsedAt.is_null())
        .filter(one_time_token::Column::ExpiresAt.gt(Utc::now()))
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(ErrorCode::LinkExpired)?;
    let id = link.subject_id.map(RegistrationId).ok_or(ErrorCode::LinkExpired)?;
    let mut link = link.into_active_model();
    link.used_at = Set(Some(Utc::now()));
    link.update(&tx).await?;
    let row = query::lock(&tx, registration::Entity::find(), id).await?;
    if query::next(&row, Step::ConfirmEmail).is_err() {
        return Err(ErrorCode::LinkExpired.into());
    }
    let row = query::advance(&tx, row, Step::ConfirmEmail, None, None).await?;
    let token = query::issue_token(&tx, id).await?;
    mails::tell_applicant(&tx, &who.app.shared, &row).await?;
    audit::record(&tx, Change::of("confirm_email", "registration", id)).await?;
    tx.commit().await?;
    Ok(Json(EmailConfirmed {
        registration_id: id,
        status_token: token.secret,
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
    changed.version += 1;
    changed.updated_at = Utc::now();
    let changed = changed.into_active_model().reset_all().update(&tx).await?;
    if sends_mail {
        send_confirmation(&tx, &who.app().shared, &changed).await?;
    }
    let answer = view::tagged(&tx, changed).await?;
    audit::record(&tx, Change::of("update", "registration", who.registration_id)).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Upload the letter of commitment
///
/// PDF, JPEG or PNG. Replaces the one that was there.
#[utoipa::path(put, path = "/api/v1/registrations/{registration_id}/commitment-letter", tag = "registrations",
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = Registration),
        (status = 409, description = "It is not the applicant's turn", body = problem::Problem, content_type = "application/problem+json"),
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
    let tx = who.system().await?;
    let row = lock_editable(&tx, who.registration_id).await?;
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
    if let Some(before) = before {
        let mut unseen = system_file_object::Entity::delete_many().filter(system_file_object::Column::Id.eq(before));
        if let Some(shown_until) = shown_until {
            unseen = unseen.filter(system_file_object::Column::CreatedAt.gt(shown_until));
        }
        unseen.exec(&tx).await?;
    }
    let answer = view::tagged(&tx, row).await?;
    let shown = serde_json::json!({ "file_name": letter.file_name, "sha256": hex::encode(&letter.sha256) });
    audit::record(
        &tx,
        Change::of("letter", "registration", who.registration_id).after(shown),
    )
    .await?;
    tx.commit().await?;
    Ok(answer)
}

/// Hand the application in
///
/// When the email is confirmed and the letter of commitment is uploaded. Province and ministry are told by mail.
#[utoipa::path(post, path = "/api/v1/registrations/{registration_id}/submit", tag = "registrations",
    responses((status = 200, body = Registration),
        (status = 409, description = "It is not the applicant's turn, or the email is not confirmed", body = problem::Problem, content_type = "application/problem+json"),
        (status = 422, description = "The letter of commitment is missing", body = problem::Problem, content_type = "application/problem+json")))]
async fn submit_registration(who: Registrant) -> ApiResult<Tagged<Registration>> {
    let tx = who.system().await?;
    let row = query::lock(&tx, registration::Entity::find(), who.registration_id).await?;
    query::next(&row, Step::Submit)?;
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
        confirm_registration_email,
        get_registration,
        update_registration,
        put_registration_letter,
        submit_registration,
    );
}
