//! Many made-up districts beside those of the demo, to see and to measure the country as a whole.
//!
//! [`dice`] gives chance that can be had again, [`course`] how a district fared, [`content`] what it has set up by now. What is
//! written goes through the checks of the API, like the demo's own content.

mod content;
mod course;
mod dice;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use chrono::{NaiveDate, Utc};
use entity::{account, district, ids::DistrictId, region};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement};

use self::{
    course::{Course, Step},
    dice::Dice,
};
use super::{
    PASSWORD,
    content::Place,
    districts::DEMO_DISTRICTS,
    people::{self, DOMAIN, Person, morning},
    write::{self, Cast, record_go_live, set_up, told},
};
use crate::{
    audit::{self, Change},
    auth::{password, role::DISTRICT_ADMIN_KEY},
    db::{Db, Origin, SystemTx, TenantTx, Transaction},
    districts::routes::District,
    files::store::FileStore,
    members::join::insert_account,
    packages::sign::PackageKeys,
    readiness,
};

/// What districts call their centre; names that the sources know (BaKTI, SINDOnews, local press).
const UNIT_NAMES: &[&str] = &["PKSAI", "PLKSAI", "UP-PKSAI", "ULT PSAI", "PPKAI"];
/// In so many of a hundred cases a district is suspended.
const SUSPENDED_PERCENT: u64 = 1;
/// What their people read.
const SUSPENDED_BECAUSE: &str = "Contoh: unit layanan sedang ditata ulang.";

/// What a run did.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// How many districts there are now.
    pub districts: u64,
    /// How many of them this run made.
    pub added: u64,
    /// How long it took.
    pub took: Duration,
}

/// Loads the demo and adds made-up districts until there are `districts`, one transaction each. A run that was broken off
/// is taken up by the next: which districts come, and how they fared, follows from `seed` and the day alone.
///
/// # Errors
/// When the database holds anything that is neither the demo's nor made by this, or refuses.
pub async fn generate(db: &Db, files: &FileStore, keys: &PackageKeys, districts: u64, seed: u64) -> Result<Made> {
    let begun = Instant::now();
    refuse_real(db).await?;
    super::load(db, files, keys).await?;
    let (mut there, missing) = missing(db, seed).await?;
    let before = there;
    // One hash for all: the password is public anyway.
    let hash = password::hash_now(PASSWORD)?;
    let room = usize::try_from(districts.saturating_sub(there)).unwrap_or_default();
    for place in missing.into_iter().take(room) {
        let code = place.code.clone();
        let made = make(db, files, place, seed, hash.clone()).await;
        made.with_context(|| format!("{code} with seed {seed}"))?;
        there += 1;
        if there % 50 == 0 {
            tracing::info!("{there} districts");
        }
    }
    Ok(Made {
        districts: there,
        added: there - before,
        took: begun.elapsed(),
    })
}

/// The local part of the account of a made-up district, such as `admin.3309`.
fn local_part(code: &str) -> String {
    format!("admin.{}", code.replace('.', ""))
}

/// Refuses a database with accounts or districts of its own.
async fn refuse_real(db: &Db) -> Result<()> {
    let tx = db.system(Origin::system("demo")).await?;
    let emails: Vec<String> = account::Entity::find()
        .select_only()
        .column(account::Column::Email)
        .into_tuple()
        .all(&tx)
        .await?;
    let mut real = emails
        .iter()
        .filter(|email| !email.ends_with(&format!("@{DOMAIN}")))
        .count();
    let emails: BTreeSet<String> = emails.into_iter().collect();
    for code in codes(&tx).await? {
        let of_demo = DEMO_DISTRICTS.iter().any(|demo| demo.code == code);
        if !of_demo && !emails.contains(&format!("{}@{DOMAIN}", local_part(&code))) {
            real += 1;
        }
    }
    if real > 0 {
        bail!(
            "basis data ini berisi akun atau daerah yang bukan contoh: data contoh tidak dicampur dengannya. Pilih \
             SATUPINTU_DATA_DIR lain. / this database holds accounts or districts that are real: examples are not mixed \
             with them. Choose another SATUPINTU_DATA_DIR."
        );
    }
    Ok(())
}

async fn codes(tx: &SystemTx) -> Result<Vec<String>> {
    let codes = district::Entity::find().select_only().column(district::Column::Code);
    Ok(codes.into_tuple().all(tx).await?)
}

/// How many districts there are, and the kabupaten/kota that are none yet in the order in which `seed` takes them.
async fn missing(db: &Db, seed: u64) -> Result<(u64, Vec<region::Model>)> {
    let tx = db.system(Origin::system("demo")).await?;
    let there = codes(&tx).await?;
    let mut missing = region::Entity::find()
        .filter(region::Column::Level.eq("regency"))
        .filter(region::Column::Code.is_not_in(&there))
        .all(&tx)
        .await?;
    missing.sort_by_cached_key(|place| (Dice::of(seed, &place.code).next(), place.code.clone()));
    Ok((there.len() as u64, missing))
}

/// Makes one district, all of it or nothing.
async fn make(db: &Db, files: &FileStore, place: region::Model, seed: u64, hash: String) -> Result<()> {
    let mut dice = Dice::of(seed, &place.code);
    // The order of the districts was thrown first.
    dice.next();
    let tx = db.system(Origin::system("demo")).await?;
    let today = today(&tx, &place).await?;
    let course = Course::of(&mut dice, today);
    let unit_name = dice.pick(UNIT_NAMES).unwrap_or("PKSAI");
    let is_suspended = dice.chance(SUSPENDED_PERCENT);
    let reviewer = people::find(&tx, reviewer_of(&place)).await?;
    let row = row(&tx, &place, &course, unit_name, is_suspended).await?;
    let (founding, row) = tx.found_district(row).await?;
    let admin = admin(founding.system(), &place, &course, row.id, hash).await?;
    let tx = founding.into_tenant().await?;
    let created = Change::of("create", "district", &row.code).after(District::from(row));
    let (full_name, subdistricts) = write::places(&tx, &place.code).await?;
    let setting = Place {
        code: &place.code,
        slug: &place.code.replace('.', ""),
        short_name: &place.name,
        unit_name,
        full_name: &full_name,
        subdistricts: &subdistricts,
        today,
    };
    let content = content::of(&setting, &course, &mut dice)?;
    let cast = Cast {
        members: [("admin".to_owned(), admin.clone())].into(),
        admin,
        reviewer,
    };
    let (tx, situation) = set_up(tx, files, &cast, content, today).await?;
    audit::record(&tx, created).await.map_err(told)?;
    if course.live_on().is_some() {
        record_go_live(&tx, &situation.district).await?;
    }
    if let Some(since) = course.complete_since {
        remember_complete(&tx, since).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn reviewer_of(place: &region::Model) -> &'static str {
    match place.parent_code.as_deref() {
        Some("33") => "jateng",
        Some("73") => "sulsel",
        _ => "pusat",
    }
}

#[derive(sea_orm::FromQueryResult)]
struct Today {
    today: NaiveDate,
}

async fn today(tx: &SystemTx, place: &region::Model) -> Result<NaiveDate> {
    use sea_orm::FromQueryResult;
    let sql = "SELECT (now() AT TIME ZONE $1)::date AS today";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [time_zone(place).into()]);
    let row = Today::find_by_statement(statement).one(tx).await?;
    Ok(row.context("no day")?.today)
}

fn time_zone(place: &region::Model) -> &str {
    place.time_zone.as_deref().unwrap_or("Asia/Jakarta")
}

async fn row(
    tx: &SystemTx,
    place: &region::Model,
    course: &Course,
    unit_name: &str,
    is_suspended: bool,
) -> Result<district::ActiveModel> {
    let province_code = place.parent_code.clone().unwrap_or_default();
    let province = region::Entity::find_by_id(&province_code).one(tx).await?;
    let live_at = course.live_on().map(morning).transpose()?;
    Ok(district::ActiveModel {
        id: Set(DistrictId::for_new_district(&place.code).context("not a district code")?),
        code: Set(place.code.clone()),
        name: Set(place.full_name.clone()),
        province_code: Set(province_code),
        province_name: Set(province.context("no province")?.name),
        unit_name: Set(unit_name.to_owned()),
        office_name: Set(format!("Dinas Sosial {}", place.full_name)),
        address: Set(String::new()),
        hotline: Set(String::new()),
        time_zone: Set(time_zone(place).to_owned()),
        status: Set(if is_suspended { "suspended" } else { "active" }.to_owned()),
        status_reason: Set(if is_suspended { SUSPENDED_BECAUSE } else { "" }.to_owned()),
        status_by_name: Set(if is_suspended { "Contoh Admin Pusat" } else { "" }.to_owned()),
        status_at: Set(Utc::now()),
        phase: Set(if live_at.is_some() { "live" } else { "onboarding" }.to_owned()),
        live_at: Set(live_at),
        version: Set(1),
        created_at: Set(morning(course.committed_on)?),
        updated_at: Set(Utc::now()),
    })
}

async fn admin(
    tx: &SystemTx,
    place: &region::Model,
    course: &Course,
    district: DistrictId,
    hash: String,
) -> Result<Person> {
    let email = format!("{}@{DOMAIN}", local_part(&place.code));
    let name = format!("Contoh Koordinator {}", place.full_name);
    let id = insert_account(tx, &email, &name, hash).await.map_err(told)?.id;
    people::join_district(tx, id, district, DISTRICT_ADMIN_KEY).await?;
    // Nobody gets further than the commitment without coming in; of the others some never did.
    if course.reached > Step::Commitment {
        people::signed_in(tx, id, morning(course.committed_on)?).await?;
    }
    Ok(Person { id, name })
}

/// Since when everything is complete is the one thing that only the summary knows: a district that has been so for a year
/// is told so, and judged once more.
async fn remember_complete(tx: &TenantTx, since: NaiveDate) -> Result<()> {
    let sql = "UPDATE readiness_summary SET all_complete_since = $2 WHERE district_id = $1 AND all_complete_since IS NOT NULL";
    let values = [tx.district_id().into(), since.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await?;
    readiness::refresh(tx).await.map_err(told)?;
    Ok(())
}
