//! What waits for a reviewer in a district, kept for those who look at many.

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::{
    evidence,
    ids::{AccountId, FileObjectId},
};
use sea_orm::{ConnectionTrait, Statement};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DocumentStatus, Item, ItemState, facts, rules::EXPIRY_NOTICE_DAYS, situation::Situation};
use crate::{
    db::TenantTx,
    error::{ApiError, ApiResult},
};

/// Why something that waits has to be looked at by itself and is not accepted with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Caution {
    /// No document: the reviewer looks at what was entered.
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

/// What the rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// There is a document.
    pub has_document: bool,
    /// The item must be verified for going live.
    pub decisive: bool,
    /// A reviewer has decided on it before.
    pub was_reviewed: bool,
    /// Until when it proves the item.
    pub valid_until: Option<NaiveDate>,
    /// It was handed in under the version of the standard that is the measure today.
    pub same_standard: bool,
}

/// Why it has to be looked at by itself; none when it may be accepted with others.
#[must_use]
pub fn caution(look: &Look, today: NaiveDate) -> Option<Caution> {
    let notice = today
        .checked_add_days(Days::new(EXPIRY_NOTICE_DAYS))
        .unwrap_or(NaiveDate::MAX);
    let causes = [
        (!look.has_document, Caution::NoDocument),
        (look.decisive, Caution::Decisive),
        (look.was_reviewed, Caution::HandedInAgain),
        (look.valid_until.is_some_and(|day| day <= notice), Caution::Ending),
        (!look.same_standard, Caution::OtherStandard),
    ];
    causes.into_iter().find_map(|(holds, caution)| holds.then_some(caution))
}

/// Something that waits, as the queue keeps it.
#[derive(Debug, Serialize)]
struct Waiting {
    id: Uuid,
    subject: &'static str,
    item_code: String,
    component: &'static str,
    title: String,
    kind: String,
    file_id: Option<FileObjectId>,
    evidence_version: Option<i32>,
    waiting_since: DateTime<Utc>,
    submitted_by: Option<AccountId>,
    submitted_by_name: String,
    caution: Option<Caution>,
}

/// The id of an item in the queue: the same whenever it waits.
#[must_use]
pub fn item_entry_id(item_code: &str) -> Uuid {
    let digest = Sha256::digest(item_code);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(digest.get(..16).unwrap_or(&[0; 16]));
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// What of a piece of evidence the rule looks at.
pub(super) fn look(situation: &Situation, item: &Item, row: &evidence::Model) -> Look {
    let document = situation.rows.document(row);
    let by_age = item.validity_months.zip(document.issued_on);
    let by_age = by_age.and_then(|(months, day)| day.checked_add_months(chrono::Months::new(months)));
    Look {
        has_document: document.status != DocumentStatus::Draft,
        decisive: item.must_be_verified_for_go_live,
        was_reviewed: row.reviewed_at.is_some(),
        valid_until: by_age.into_iter().chain(document.valid_until).min(),
        same_standard: row.standard_version == situation.standard.version,
    }
}

/// The file that a reviewer of this evidence looks at: its own, or that of the setup record it belongs to.
pub(super) fn shown_file(situation: &Situation, row: &evidence::Model) -> Option<FileObjectId> {
    row.file_id
        .or_else(|| Some(situation.rows.record_document(row)?.file_id))
}

fn waiting(situation: &Situation) -> Vec<Waiting> {
    let (rows, today) = (&situation.rows, situation.today);
    let judged = situation
        .readiness
        .components
        .iter()
        .flat_map(|component| &component.items);
    let states: std::collections::HashMap<&str, ItemState> =
        judged.map(|item| (item.code.as_str(), item.judgement.state)).collect();
    let mut found = Vec::new();
    for (component, item) in situation.standard.items() {
        let handed_in = rows
            .handed_in(&situation.standard, item)
            .filter(|row| row.status == "submitted");
        for row in handed_in.filter(|row| rows.document(row).status == DocumentStatus::Available) {
            found.push(Waiting {
                id: row.id.0,
                subject: "evidence",
                item_code: item.code.clone(),
                component: component.slug(),
                title: row.title.clone(),
                kind: row.kind.clone(),
                file_id: shown_file(situation, row),
                evidence_version: Some(row.version),
                waiting_since: row.submitted_at,
                submitted_by: Some(row.submitted_by),
                submitted_by_name: row.submitted_by_name.clone(),
                caution: caution(&look(situation, item, row), today),
            });
        }
        let is_present = states.get(item.code.as_str()) == Some(&ItemState::Present);
        if is_present && facts::is_confirmed_by_review(item) && rows.standing_review(item).is_none() {
            found.push(Waiting {
                id: item_entry_id(&item.code),
                subject: "item",
                item_code: item.code.clone(),
                component: component.slug(),
                title: String::new(),
                kind: String::new(),
                file_id: None,
                evidence_version: None,
                waiting_since: rows.handed_in_at(item).unwrap_or(situation.district.created_at),
                submitted_by: None,
                submitted_by_name: String::new(),
                caution: Some(Caution::NoDocument),
            });
        }
    }
    found
}

const KEEP: &str = "WITH want AS (SELECT * FROM jsonb_to_recordset($2) AS w (id uuid, subject text, item_code text, \
         component text, title text, kind text, file_id uuid, evidence_version integer, waiting_since timestamptz, \
         submitted_by uuid, submitted_by_name text, caution text)), \
     gone AS (DELETE FROM review_queue q WHERE q.district_id = $1 AND NOT EXISTS (SELECT 1 FROM want WHERE want.id = q.id)), \
     ended AS (DELETE FROM review_request r WHERE r.district_id = $1 AND NOT EXISTS (SELECT 1 FROM want WHERE want.id = r.id)) \
     INSERT INTO review_queue (district_id, id, subject, item_code, component, title, kind, file_id, evidence_version, \
         waiting_since, submitted_by, submitted_by_name, caution, reviewer_id, reviewer_name, asked_by_name, ask_note) \
     SELECT $1, w.id, w.subject, w.item_code, w.component, w.title, w.kind, w.file_id, w.evidence_version, w.waiting_since, \
         w.submitted_by, w.submitted_by_name, w.caution, r.reviewer_id, r.reviewer_name, r.asked_by_name, r.note \
     FROM want w LEFT JOIN review_request r ON r.district_id = $1 AND r.id = w.id \
     ON CONFLICT (district_id, id) DO UPDATE SET item_code = excluded.item_code, component = excluded.component, \
         title = excluded.title, kind = excluded.kind, file_id = excluded.file_id, \
         evidence_version = excluded.evidence_version, waiting_since = excluded.waiting_since, \
         submitted_by = excluded.submitted_by, submitted_by_name = excluded.submitted_by_name, caution = excluded.caution, \
         reviewer_id = excluded.reviewer_id, reviewer_name = excluded.reviewer_name, \
         asked_by_name = excluded.asked_by_name, ask_note = excluded.ask_note \
         WHERE review_queue.* IS DISTINCT FROM excluded.*";

/// Keeps what waits in the district. Who was asked to look at something is no longer asked when it does not wait any more:
/// what is handed in again is anybody's.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &TenantTx, situation: &Situation) -> ApiResult<()> {
    let want = serde_json::to_value(waiting(situation)).map_err(ApiError::internal)?;
    let values = [tx.district_id().into(), want.into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), KEEP, values))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFE: Look = Look {
        has_document: true,
        decisive: false,
        was_reviewed: false,
        valid_until: None,
        same_standard: true,
    };

    #[test]
    fn only_the_plain_case_is_accepted_with_others() {
        let today: NaiveDate = "2026-11-22".parse().unwrap();
        let until = |days| Look {
            valid_until: today.checked_add_days(Days::new(days)),
            ..SAFE
        };
        for (look, expected) in [
            (SAFE, None),
            (until(91), None),
            (until(90), Some(Caution::Ending)),
            (until(0), Some(Caution::Ending)),
            (
                Look {
                    has_document: false,
                    ..SAFE
                },
                Some(Caution::NoDocument),
            ),
            (Look { decisive: true, ..SAFE }, Some(Caution::Decisive)),
            (
                Look {
                    was_reviewed: true,
                    ..SAFE
                },
                Some(Caution::HandedInAgain),
            ),
            (
                Look {
                    same_standard: false,
                    ..SAFE
                },
                Some(Caution::OtherStandard),
            ),
        ] {
            assert_eq!(caution(&look, today), expected, "{look:?}");
        }
    }

    #[test]
    fn an_item_has_one_id() {
        assert_eq!(item_entry_id("LEM-3"), item_entry_id("LEM-3"));
        assert_ne!(item_entry_id("LEM-3"), item_entry_id("LEM-4"));
    }
}
