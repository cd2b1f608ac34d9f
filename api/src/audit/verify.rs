//! `satupintu audit verify`: reads every chain from its first link and finds the first that does not fit.

use entity::{audit_event, district, ids::DistrictId, system_audit_event};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Link, link_hash};
use crate::db::{Db, Origin};

/// The outcome for one chain.
#[derive(Clone, Debug)]
pub struct ChainReport {
    /// The district's code, or "nasional" for what happens outside districts.
    pub chain: String,
    /// How many links fit.
    pub links: i64,
    /// Hash of the last link that fits, in hex: keep it outside the system to detect a chain cut off at its end.
    pub head: String,
    /// The first link that does not fit, and why.
    pub broken_at: Option<(i64, &'static str)>,
}

const BATCH: u64 = 1_000;

/// What the hash of a link should be, given the hash before it.
type Expected = Box<dyn Fn(&[u8]) -> Vec<u8>>;

struct Row {
    id: i64,
    hash: Vec<u8>,
    expected: Expected,
}

macro_rules! row {
    ($row:expr) => {{
        let row = $row;
        Row {
            id: row.id,
            hash: row.hash.clone(),
            expected: Box::new(move |previous| {
                link_hash(
                    previous,
                    &Link {
                        id: row.id,
                        at: row.at,
                        actor_id: row.actor_id,
                        actor_name: &row.actor_name,
                        action: &row.action,
                        entity: &row.entity,
                        entity_id: &row.entity_id,
                        before: row.before.as_ref(),
                        after: row.after.as_ref(),
                        ip: &row.ip,
                        user_agent: &row.user_agent,
                        request_id: &row.request_id,
                    },
                )
            }),
        }
    }};
}

/// Verifies every chain of the installation.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify_all(db: &Db) -> Result<Vec<ChainReport>, DbErr> {
    let tx = db.system(Origin::system("audit verify")).await?;
    let mut checker = Checker::new("nasional".to_owned());
    while !checker.is_done() {
        let rows = system_audit_event::Entity::find()
            .filter(system_audit_event::Column::Id.gt(checker.links))
            .order_by_asc(system_audit_event::Column::Id)
            .limit(BATCH)
            .all(&tx)
            .await?;
        checker.take(rows.into_iter().map(|row| row!(row)).collect());
    }
    let districts = district::Entity::find()
        .order_by_asc(district::Column::Code)
        .all(&tx)
        .await?;
    // One connection is enough for all of this.
    drop(tx);
    let mut reports = vec![checker.report()];
    for district in districts {
        reports.push(verify_district(db, district.id, district.code).await?);
    }
    Ok(reports)
}

async fn verify_district(db: &Db, id: DistrictId, code: String) -> Result<ChainReport, DbErr> {
    let tx = db.tenant(id, Origin::system("audit verify")).await?;
    let mut checker = Checker::new(code);
    while !checker.is_done() {
        let rows = tx
            .find::<audit_event::Entity>()
            .filter(audit_event::Column::Id.gt(checker.links))
            .order_by_asc(audit_event::Column::Id)
            .limit(BATCH)
            .all(&tx)
            .await?;
        checker.take(rows.into_iter().map(|row| row!(row)).collect());
    }
    Ok(checker.report())
}

struct Checker {
    chain: String,
    links: i64,
    head: Vec<u8>,
    broken_at: Option<(i64, &'static str)>,
    done: bool,
}

impl Checker {
    const fn new(chain: String) -> Self {
        Self {
            chain,
            links: 0,
            head: Vec::new(),
            broken_at: None,
            done: false,
        }
    }

    const fn is_done(&self) -> bool {
        self.done || self.broken_at.is_some()
    }

    fn take(&mut self, rows: Vec<Row>) {
        self.done = rows.is_empty();
        for row in rows {
            let next = self.links + 1;
            if row.id != next {
                self.broken_at = Some((next, "missing"));
                return;
            }
            if (row.expected)(&self.head) != row.hash {
                self.broken_at = Some((next, "altered"));
                return;
            }
            self.links = next;
            self.head = row.hash;
        }
    }

    fn report(self) -> ChainReport {
        ChainReport {
            chain: self.chain,
            links: self.links,
            head: hex::encode(self.head),
            broken_at: self.broken_at,
        }
    }
}
