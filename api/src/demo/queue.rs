//! What lies before the ministry: districts that were invited, and applications that wait.

use anyhow::{Context, Result};
use chrono::{Duration, NaiveDate, Utc};
use entity::{district_invitation, ids::*, region, registration, registration_event};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, PaginatorTrait};

use super::{people, upload};
use crate::{
    audit::{self, Change},
    db::{Db, Origin, SystemTx, Transaction},
    files::store::FileStore,
    registrations::rules::RegistrationStatus,
};

/// Jawa Tengah's five that were to replicate PLKSAI.
const INVITED: &[&str] = &["33.16", "33.07", "33.14", "33.75", "33.02"];
const INVITED_SOURCE: &str = "SINDOnews, 29 Juni 2019";

/// An application of a district that runs a centre according to the press. That it applies is made up.
struct Application {
    code: &'static str,
    unit_name: &'static str,
    days_ago: i64,
    endorsed_by: Option<&'static str>,
}

const APPLICATIONS: &[Application] = &[
    Application {
        code: "33.29",
        unit_name: "Tiara (contoh pendaftaran)",
        days_ago: 6,
        endorsed_by: Some("jateng"),
    },
    Application {
        code: "64.72",
        unit_name: "UP-PKSAI (contoh pendaftaran)",
        days_ago: 2,
        endorsed_by: None,
    },
];

/// Adds both unless there are invitations.
///
/// # Errors
/// When the database or the file store refuses.
pub async fn load(db: &Db, files: &FileStore) -> Result<()> {
    let tx = db.system(Origin::system("demo")).await?;
    if district_invitation::Entity::find().count(&tx).await? > 0 {
        return Ok(());
    }
    let invited_on = NaiveDate::from_ymd_opt(2019, 6, 29).context("29 June 2019")?;
    let mut changes = Vec::new();
    for code in INVITED {
        district_invitation::ActiveModel {
            code: Set((*code).to_owned()),
            invited_on: Set(invited_on),
            source: Set(INVITED_SOURCE.to_owned()),
            created_at: Set(Utc::now()),
            wave: Set(None),
            letter_number: Set(String::new()),
        }
        .insert(&tx)
        .await?;
        changes.push(Change::of("create", "district_invitation", code));
    }
    for application in APPLICATIONS {
        let id = apply(&tx, files, application).await?;
        changes.push(Change::of("create", "registration", id));
    }
    audit::record_all(&tx, changes).await?;
    tx.commit().await?;
    Ok(())
}

async fn apply(tx: &SystemTx, files: &FileStore, application: &Application) -> Result<RegistrationId> {
    let place = region::Entity::find_by_id(application.code)
        .one(tx)
        .await?
        .with_context(|| format!("no region {}", application.code))?;
    let province_code = place.parent_code.clone().unwrap_or_default();
    let province = region::Entity::find_by_id(&province_code)
        .one(tx)
        .await?
        .context("no province")?;
    let letter = upload::letter(tx, files, "Surat komitmen (contoh).pdf").await?;
    let reviewer = match application.endorsed_by {
        Some(local) => Some(people::find(tx, local).await?.id),
        None => None,
    };
    let submitted_at = Utc::now() - Duration::days(application.days_ago);
    let endorsed_at = submitted_at + Duration::days(1);
    let (status, status_at) = match reviewer {
        Some(_) => (RegistrationStatus::Endorsed, endorsed_at),
        None => (RegistrationStatus::Submitted, submitted_at),
    };
    let note = reviewer.map(|_| "Contoh: provinsi mendukung.".to_owned());
    let id = RegistrationId::generate();
    registration::ActiveModel {
        id: Set(id),
        district_code: Set(application.code.to_owned()),
        district_name: Set(place.full_name.clone()),
        province_code: Set(province_code),
        province_name: Set(province.name),
        unit_name: Set(application.unit_name.to_owned()),
        office_name: Set(format!("Dinas Sosial {}", place.full_name)),
        applicant_name: Set(format!("Contoh Pemohon {}", place.name)),
        position: Set("Kepala Bidang Rehabilitasi Sosial".to_owned()),
        email: Set(format!("dinsos.{}@contoh.example", application.code.replace('.', ""))),
        phone: Set("+6281200000500".to_owned()),
        locale: Set("id".to_owned()),
        status: Set(status.as_str().to_owned()),
        letter_id: Set(Some(letter)),
        decision_note: Set(note.clone()),
        submitted_at: Set(Some(submitted_at)),
        status_at: Set(status_at),
        request_key_hash: Set(None),
        request_hash: Set(None),
        version: Set(1),
        created_at: Set(submitted_at),
        updated_at: Set(status_at),
    }
    .insert(tx)
    .await?;
    let mut history = vec![(submitted_at, RegistrationStatus::Submitted, None, None)];
    if reviewer.is_some() {
        history.push((endorsed_at, status, note, reviewer));
    }
    for (at, status, note, actor_id) in history {
        registration_event::ActiveModel {
            id: Set(RegistrationEventId::generate()),
            registration_id: Set(id),
            at: Set(at),
            status: Set(status.as_str().to_owned()),
            note: Set(note),
            actor_id: Set(actor_id),
        }
        .insert(tx)
        .await?;
    }
    Ok(id)
}
