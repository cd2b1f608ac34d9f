//! Approval: the district becomes a tenant.

use chrono::{Duration, Utc};
use entity::{
    account, district,
    ids::{AccountId, DistrictId, MembershipId},
    membership, one_time_token, region, registration,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{
    mails::{self, FIRST_PASSWORD_DAYS},
    query,
    rules::Step,
    view::{self, Registration},
};
use crate::{
    app::Shared,
    audit::{self, Change},
    auth::{
        password,
        role::{DISTRICT_ADMIN_KEY, Scope},
        token::RandomToken,
    },
    db::{SystemTx, Transaction, constraint},
    districts::routes::District,
    error::{ApiError, ApiResult, ErrorCode, Text},
    files::objects,
    http::Tagged,
    members::join::insert_account,
    notices::{About, Notice, NoticeContent, post},
    readiness,
};

/// Makes the tenant, its first member and the link for the password, gives it its letter, and commits. All of it or
/// nothing. Returns the application and the coordinator's account.
///
/// # Errors
/// 409 when the district is a tenant already or the applicant's account is disabled.
pub async fn approve(
    tx: SystemTx,
    shared: &Shared,
    row: registration::Model,
    reviewer: AccountId,
) -> ApiResult<(Tagged<Registration>, AccountId)> {
    let id = row.id;
    let (coordinator, password_token) = coordinator(&tx, &row).await?;
    let letter = view::letter(&tx, row.letter_id).await?;
    let tenant = tenant(&tx, &row).await?;
    let row = query::advance(&tx, row, Step::Approve, None, Some(reviewer)).await?;
    mails::welcome(&tx, shared, &row, password_token.as_ref()).await?;
    let answer = view::tagged(&tx, row).await?;

    let (founding, tenant) = tx
        .found_district(tenant)
        .await
        .map_err(|error| match constraint(&error) {
            Some("district_pkey" | "district_code_key") => ErrorCode::DistrictAlreadyRegistered.into(),
            _ => ApiError::from(error),
        })?;
    join(founding.system(), coordinator, tenant.id).await?;
    let welcome = Notice {
        content: NoticeContent::RegistrationApproved {
            unit: tenant.unit_name.clone(),
            district: tenant.name.clone(),
        },
        link: format!("/d/{}", tenant.code),
        about: About::district(&tenant),
    };
    post(founding.system(), [coordinator], &welcome).await?;
    let file = objects::adopt(&founding, &shared.files, tenant.id, letter, coordinator).await?;
    audit::record(founding.system(), Change::of("approve", "registration", id)).await?;
    // From here on only the district's own rows. Nobody else can wait for its lock: nobody else sees it yet.
    let tx = founding.into_tenant().await?;
    readiness::refresh(&tx).await?;
    let created = Change::of("create", "district", &tenant.code).after(District::from(tenant));
    let adopted = serde_json::json!({ "file_name": file.file_name, "sha256": hex::encode(&file.sha256) });
    let adopted = Change::of("create", "file_object", file.id).after(adopted);
    audit::record_all(&tx, vec![created, adopted]).await?;
    tx.commit().await?;
    Ok((answer, coordinator))
}

async fn tenant(tx: &SystemTx, row: &registration::Model) -> ApiResult<district::ActiveModel> {
    let place = region::Entity::find_by_id(&row.district_code).one(tx).await?;
    let place = place.ok_or_else(|| ApiError::internal(anyhow::anyhow!("no region {}", row.district_code)))?;
    let id = DistrictId::for_new_district(&row.district_code);
    let id = id.ok_or_else(|| ApiError::internal(anyhow::anyhow!("{} is no district code", row.district_code)))?;
    let zone = place.time_zone;
    let zone = zone.ok_or_else(|| ApiError::internal(anyhow::anyhow!("{} has no time zone", row.district_code)))?;
    let now = Utc::now();
    Ok(district::ActiveModel {
        id: Set(id),
        code: Set(row.district_code.clone()),
        name: Set(place.full_name),
        province_code: Set(row.province_code.clone()),
        province_name: Set(row.province_name.clone()),
        unit_name: Set(row.unit_name.clone()),
        office_name: Set(row.office_name.clone()),
        address: Set(String::new()),
        hotline: Set(String::new()),
        time_zone: Set(zone),
        status: Set("active".to_owned()),
        status_reason: Set(String::new()),
        status_by_name: Set(String::new()),
        status_at: Set(now),
        phase: Set("onboarding".to_owned()),
        live_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    })
}

/// The applicant's account: the one with that email, which the applicant has confirmed to own, or a new one with a link
/// to set its password.
async fn coordinator(tx: &SystemTx, row: &registration::Model) -> ApiResult<(AccountId, Option<RandomToken>)> {
    let existing = account::Entity::find()
        .filter(account::Column::Email.eq(&row.email))
        .one(tx)
        .await?;
    if let Some(account) = existing {
        if account.disabled_at.is_some() {
            return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
                "Akun dengan surel pendaftar dinonaktifkan. Kembalikan permohonan ini, atau aktifkan akunnya dahulu.",
                "The account with the applicant's email is disabled. Return this application, or enable the account first.",
            )));
        }
        return Ok((account.id, None));
    }
    let unusable = password::hash(RandomToken::generate().secret).await?;
    let id = insert_account(tx, &row.email, &row.applicant_name, unusable).await?.id;
    let token = RandomToken::generate();
    let now = Utc::now();
    one_time_token::ActiveModel {
        token_hash: Set(token.hash.clone()),
        purpose: Set("password_reset".to_owned()),
        account_id: Set(Some(id)),
        subject_id: Set(None),
        created_at: Set(now),
        expires_at: Set(now + Duration::days(FIRST_PASSWORD_DAYS)),
        used_at: Set(None),
    }
    .insert(tx)
    .await?;
    Ok((id, Some(token)))
}

async fn join(tx: &SystemTx, account: AccountId, district: DistrictId) -> ApiResult<()> {
    let now = Utc::now();
    membership::ActiveModel {
        id: Set(MembershipId::generate()),
        account_id: Set(account),
        scope: Set(Scope::District.as_str().to_owned()),
        district_id: Set(Some(district)),
        province_code: Set(None),
        role_key: Set(DISTRICT_ADMIN_KEY.to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(tx)
    .await?;
    Ok(())
}
