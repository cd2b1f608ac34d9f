//! The demo's districts and accounts. People are synthetic.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use entity::{account, district, ids::*, membership, region};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

use super::{
    PASSWORD,
    districts::{DEMO_DISTRICTS, DemoDistrict},
};
use crate::{
    auth::{
        password,
        role::{self, BUILT_IN, Scope},
    },
    db::{Db, Origin, SystemTx, Transaction},
    members::join::insert_account,
    operator::add_membership,
};

/// The domain of every account of the demo; nobody can have it.
pub const DOMAIN: &str = "demo.satupintu.example";

/// Role keys with the local part of their demo account, for Gowa and Bulukumba.
const ROLE_ACCOUNTS: &[(&str, &str)] = &[
    ("district_admin", "admin"),
    ("supervisor", "supervisor"),
    ("case_manager", "manajerkasus"),
    ("social_worker", "peksos"),
    ("outreach_officer", "penjangkauan"),
    ("data_officer", "data"),
    ("partner_agency", "opd"),
    ("viewer", "pengamat"),
];

/// Refuses a database that holds the demo's people: everybody knows their password.
///
/// # Errors
/// When it does, or the database cannot be read.
pub async fn refuse_if_loaded(db: &Db) -> Result<()> {
    let tx = db.system(Origin::system("demo")).await?;
    let demo = account::Entity::find()
        .filter(account::Column::Email.ends_with(format!("@{DOMAIN}")))
        .count(&tx)
        .await?;
    if demo > 0 {
        anyhow::bail!(
            "basis data ini berisi akun demo, yang kata sandinya diketahui umum: jalankan dengan --demo, atau pilih \
             SATUPINTU_DATA_DIR lain / this database holds the demo's accounts, whose password everybody knows: run it \
             with --demo, or choose another SATUPINTU_DATA_DIR"
        );
    }
    Ok(())
}

/// Makes the districts and accounts once, in one transaction. Returns the emails of the accounts.
///
/// # Errors
/// When the database refuses, or holds real accounts: the demo is never mixed with them.
pub async fn load(db: &Db) -> Result<Vec<String>> {
    let tx = db.system(Origin::system("demo")).await?;
    let accounts = accounts();
    let emails: Vec<String> = accounts.iter().map(|account| account.email.clone()).collect();
    let known = account::Entity::find()
        .filter(account::Column::Email.eq(&emails[0]))
        .one(&tx)
        .await?;
    if known.is_some() {
        return Ok(emails);
    }
    if account::Entity::find().count(&tx).await? > 0 {
        anyhow::bail!("this database has accounts of its own: the demo is only loaded into an empty one");
    }
    for district in DEMO_DISTRICTS {
        onboard(&tx, district).await?;
    }
    // One hash for all: hashing 30 times would cost a second of the demo's start, and the password is public anyway.
    let hash = password::hash_now(PASSWORD)?;
    for account in accounts {
        let id = insert_account(&tx, &account.email, &account.name, hash.clone())
            .await?
            .id;
        match account.district {
            Some(demo) => {
                let district = DistrictId::for_new_district(demo.code).context("not a district code")?;
                join_district(&tx, id, district, account.role_key).await?;
                // Who made a district live has signed in at least once, on the day it joined.
                if demo.live_on.is_some() {
                    signed_in(&tx, id, morning(demo.committed_on.parse()?)?).await?;
                }
            }
            None => {
                let scope = if account.province.is_some() {
                    Scope::Province
                } else {
                    Scope::Nation
                };
                add_membership(&tx, id, scope, account.province.map(str::to_owned), account.role_key).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(emails)
}

/// Says when an account was first used.
///
/// # Errors
/// When the database refuses.
pub async fn signed_in(tx: &SystemTx, id: AccountId, at: DateTime<Utc>) -> Result<()> {
    let row = account::ActiveModel {
        id: Unchanged(id),
        first_signed_in_at: Set(Some(at)),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}

/// An account of the demo.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
}

impl Person {
    /// What this person does, for the audit trail.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin {
            actor_id: Some(self.id),
            actor_name: self.name.clone(),
            ..Origin::default()
        }
    }
}

/// The account with that local part, such as `admin.gowa`.
///
/// # Errors
/// When there is none, for example because somebody renamed it.
pub async fn find(tx: &SystemTx, local: &str) -> Result<Person> {
    let row = account::Entity::find()
        .filter(account::Column::Email.eq(format!("{local}@{DOMAIN}")))
        .one(tx)
        .await?
        .with_context(|| format!("there is no demo account {local}"))?;
    Ok(Person {
        id: row.id,
        name: row.name,
    })
}

struct DemoAccount {
    email: String,
    name: String,
    role_key: &'static str,
    district: Option<&'static DemoDistrict>,
    province: Option<&'static str>,
}

fn accounts() -> Vec<DemoAccount> {
    let official = |local: &str, name: &str, role_key, province| DemoAccount {
        email: format!("{local}@{DOMAIN}"),
        name: name.to_owned(),
        role_key,
        district: None,
        province,
    };
    let mut accounts = vec![
        official("pusat", "Contoh Admin Pusat", "nation_admin", None),
        official("jateng", "Contoh Peninjau Jawa Tengah", "province_reviewer", Some("33")),
        official(
            "sulsel",
            "Contoh Peninjau Sulawesi Selatan",
            "province_reviewer",
            Some("73"),
        ),
    ];
    for district in DEMO_DISTRICTS {
        let roles = if district.all_roles {
            ROLE_ACCOUNTS
        } else {
            &ROLE_ACCOUNTS[..1]
        };
        for (role_key, local) in roles {
            let role = BUILT_IN.iter().find(|role| role.key == *role_key);
            accounts.push(DemoAccount {
                email: format!("{local}.{}@{DOMAIN}", district.slug),
                name: format!(
                    "Contoh {} {}",
                    role.map_or("Anggota", |role| role.name.0),
                    district.short_name
                ),
                role_key,
                district: Some(district),
                province: None,
            });
        }
    }
    accounts
}

/// Nine in the morning in western Indonesia.
///
/// # Errors
/// Never: there is such a time on every day.
pub fn morning(day: NaiveDate) -> Result<DateTime<Utc>> {
    let time = NaiveTime::from_hms_opt(2, 0, 0).context("02:00")?;
    Ok(day.and_time(time).and_utc())
}

async fn onboard(tx: &SystemTx, demo: &DemoDistrict) -> Result<()> {
    let place = region::Entity::find_by_id(demo.code)
        .one(tx)
        .await?
        .with_context(|| format!("no region {}", demo.code))?;
    let province_code = place.parent_code.clone().unwrap_or_default();
    let province = region::Entity::find_by_id(&province_code)
        .one(tx)
        .await?
        .context("no province")?;
    let live_at = demo.live_on.map(|day| morning(day.parse()?)).transpose()?;
    district::ActiveModel {
        id: Set(DistrictId::for_new_district(demo.code).context("not a district code")?),
        code: Set(demo.code.to_owned()),
        name: Set(place.full_name.clone()),
        province_code: Set(province_code),
        province_name: Set(province.name),
        unit_name: Set(demo.unit_name.to_owned()),
        office_name: Set(format!("Dinas Sosial {}", place.full_name)),
        address: Set(String::new()),
        hotline: Set(String::new()),
        time_zone: Set(place.time_zone.unwrap_or_else(|| "Asia/Jakarta".to_owned())),
        status: Set("active".to_owned()),
        status_reason: Set(String::new()),
        status_by_name: Set(String::new()),
        status_at: Set(morning(demo.committed_on.parse()?)?),
        phase: Set(if live_at.is_some() { "live" } else { "onboarding" }.to_owned()),
        live_at: Set(live_at),
        version: Set(1),
        created_at: Set(morning(demo.committed_on.parse()?)?),
        updated_at: Set(Utc::now()),
    }
    .insert(tx)
    .await?;
    Ok(())
}

/// Gives an account a built-in role in a district.
///
/// # Errors
/// When there is no such role or the database refuses.
pub async fn join_district(tx: &SystemTx, account: AccountId, district: DistrictId, role_key: &str) -> Result<()> {
    role::built_in(Scope::District, role_key).context("not a role of districts")?;
    let now = Utc::now();
    membership::ActiveModel {
        id: Set(MembershipId::generate()),
        account_id: Set(account),
        scope: Set("district".to_owned()),
        district_id: Set(Some(district)),
        province_code: Set(None),
        role_key: Set(role_key.to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(tx)
    .await?;
    Ok(())
}
