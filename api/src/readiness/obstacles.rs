//! What the system can see in a district's way: a plain function over facts. Who oversees many districts reads it from the
//! summary; why a district does not come along is often something that the system cannot see.

use chrono::{Days, NaiveDate};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ComponentKind, ItemState, rules::EXPIRY_NOTICE_DAYS, situation::Situation};
use crate::{
    day,
    db::TenantTx,
    error::{ApiError, ApiResult, Text},
};

/// How many items an obstacle names; the others are only counted.
const NAMED: usize = 5;

/// What is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObstacleKind {
    /// No coordinator has ever signed in.
    NeverUsed,
    /// Reviewers sent items back and the district has not handed them in again.
    Returned,
    /// What proved items is no longer valid.
    Expired,
    /// What proves items ends within 90 days.
    Expiring,
    /// Nobody is in charge of mandatory items that are not done.
    Unassigned,
}

/// Something in a district's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Obstacle {
    /// What it is.
    pub kind: ObstacleKind,
    /// How many items it is about; 0 when it is about none.
    #[schema(example = 2)]
    pub count: usize,
    /// Since when, or until when for what is going to expire; null when no day can be told.
    pub since: Option<NaiveDate>,
    /// Codes of the first of these items.
    #[schema(example = json!(["REG-1", "LEM-2"]))]
    pub items: Vec<String>,
}

impl Obstacle {
    /// In words, for mails and notices.
    #[must_use]
    pub fn text(&self) -> Text {
        let (count, items) = (self.count, self.items.join(", "));
        match self.kind {
            ObstacleKind::NeverUsed => Text::fixed(
                "Belum ada koordinator yang pernah masuk ke aplikasi.",
                "No coordinator has signed in yet.",
            ),
            ObstacleKind::Returned => Text::new(
                format!("{count} butir dikembalikan peninjau dan belum diajukan lagi: {items}."),
                format!("Items sent back by reviewers and not handed in again ({count}): {items}."),
            ),
            ObstacleKind::Expired => Text::new(
                format!("Bukti {count} butir sudah tidak berlaku: {items}."),
                format!("Items whose proof is no longer valid ({count}): {items}."),
            ),
            ObstacleKind::Expiring => Text::new(
                format!("Bukti {count} butir akan habis masa berlakunya: {items}."),
                format!("Items whose proof is about to end ({count}): {items}."),
            ),
            ObstacleKind::Unassigned => Text::new(
                format!("{count} butir wajib belum selesai dan belum ada penanggung jawabnya: {items}."),
                format!("Mandatory items not done and nobody in charge ({count}): {items}."),
            ),
        }
    }
}

/// What the rule looks at of one item.
#[derive(Clone, Debug)]
pub struct ItemLook {
    /// Its code.
    pub code: String,
    /// Needed for going live.
    pub mandatory: bool,
    /// Its state.
    pub state: ItemState,
    /// Until when the state holds, or held.
    pub valid_until: Option<NaiveDate>,
    /// When a reviewer sent it back, and it was not handed in again since.
    pub returned_on: Option<NaiveDate>,
    /// Somebody is in charge of it or of its component.
    pub in_charge: bool,
}

/// What is in the way on the day `today`, the gravest first. `never_used_since`: the day of joining, when no coordinator has
/// signed in since.
#[must_use]
pub fn obstacles(items: &[ItemLook], never_used_since: Option<NaiveDate>, today: NaiveDate) -> Vec<Obstacle> {
    let notice = today
        .checked_add_days(Days::new(EXPIRY_NOTICE_DAYS))
        .unwrap_or(NaiveDate::MAX);
    let never_used = never_used_since.map(|day| Obstacle {
        kind: ObstacleKind::NeverUsed,
        count: 0,
        since: Some(day),
        items: Vec::new(),
    });
    let ends = |item: &ItemLook| item.valid_until.filter(|day| item.state.is_claimed() && *day <= notice);
    let expired = |item: &ItemLook| (item.state == ItemState::Expired).then_some(item.valid_until);
    let open = |item: &ItemLook| item.mandatory && !item.state.is_claimed() && !item.in_charge;
    let rest = [
        gather(ObstacleKind::Returned, items, |item| item.returned_on.map(Some)),
        gather(ObstacleKind::Expired, items, expired),
        gather(ObstacleKind::Expiring, items, |item| ends(item).map(Some)),
        gather(ObstacleKind::Unassigned, items, |item| open(item).then_some(None)),
    ];
    never_used.into_iter().chain(rest.into_iter().flatten()).collect()
}

/// The items that `concerns` gives a day for (or none, when it has no day), as one obstacle with the earliest day.
fn gather(
    kind: ObstacleKind,
    items: &[ItemLook],
    concerns: impl Fn(&ItemLook) -> Option<Option<NaiveDate>>,
) -> Option<Obstacle> {
    let found: Vec<(&ItemLook, Option<NaiveDate>)> =
        items.iter().filter_map(|item| Some((item, concerns(item)?))).collect();
    (!found.is_empty()).then(|| Obstacle {
        kind,
        count: found.len(),
        since: found.iter().filter_map(|(_, day)| *day).min(),
        items: found.iter().take(NAMED).map(|(item, _)| item.code.clone()).collect(),
    })
}

#[derive(FromQueryResult)]
struct People {
    in_charge: Vec<String>,
    never_used: bool,
}

const PEOPLE: &str = "SELECT \
     ARRAY(SELECT component FROM setup_responsibility WHERE district_id = $1 \
         AND (account_id IS NOT NULL OR staff_id IS NOT NULL)) AS in_charge, \
     NOT EXISTS (SELECT 1 FROM membership m JOIN account a ON a.id = m.account_id WHERE m.district_id = $1 \
         AND m.role_key = 'district_admin' AND a.first_signed_in_at IS NOT NULL) AS never_used";

/// What is in the way of a district whose situation is known.
///
/// # Errors
/// When the database cannot be asked.
pub async fn of(tx: &TenantTx, situation: &Situation) -> ApiResult<Vec<Obstacle>> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), PEOPLE, [tx.district_id().into()]);
    let people = People::find_by_statement(statement).one(tx).await?;
    let people = people.ok_or_else(|| ApiError::internal(anyhow::anyhow!("no answer about people")))?;
    let joined = day::in_zone(situation.district.created_at, &situation.district.time_zone);
    let items = looks(situation, &people.in_charge);
    Ok(obstacles(&items, people.never_used.then_some(joined), situation.today))
}

fn looks(situation: &Situation, in_charge: &[String]) -> Vec<ItemLook> {
    let has_component = |component: ComponentKind| in_charge.iter().any(|word| word == component.slug());
    let judged = situation
        .readiness
        .components
        .iter()
        .flat_map(|component| component.items.iter().map(move |item| (component.component, item)));
    judged
        .map(|(component, item)| ItemLook {
            code: item.code.clone(),
            mandatory: item.mandatory,
            state: item.judgement.state,
            valid_until: item.judgement.valid_until,
            returned_on: returned_on(situation, &item.code),
            in_charge: has_component(component)
                || situation
                    .progress_of(&item.code)
                    .is_some_and(|row| row.assignee_id.is_some()),
        })
        .collect()
}

/// When the item was sent back: by the decision on it that stands, or on all evidence that is still shown for it.
fn returned_on(situation: &Situation, code: &str) -> Option<NaiveDate> {
    let (_, item) = situation.standard.items().find(|(_, item)| item.code == code)?;
    let rows = &situation.rows;
    let review = rows
        .standing_review(item)
        .filter(|review| review.decision == "returned");
    let mut evidence = rows.evidence_of(item).peekable();
    let all_returned = evidence.peek().is_some() && rows.evidence_of(item).all(|row| row.status == "returned");
    let sent_back = evidence
        .filter_map(|row| row.reviewed_at)
        .max()
        .filter(|_| all_returned);
    let moment = review.map(|review| review.decided_at).or(sent_back)?;
    Some(day::in_zone(moment, &situation.district.time_zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn item(code: &str, state: ItemState) -> ItemLook {
        ItemLook {
            code: code.to_owned(),
            mandatory: true,
            state,
            valid_until: None,
            returned_on: None,
            in_charge: true,
        }
    }

    fn kinds(items: &[ItemLook]) -> Vec<(ObstacleKind, usize)> {
        let found = obstacles(items, None, day("2026-11-22"));
        found
            .into_iter()
            .map(|obstacle| (obstacle.kind, obstacle.count))
            .collect()
    }

    #[test]
    fn nothing_is_in_the_way_of_who_works() {
        assert_eq!(
            kinds(&[item("A", ItemState::Missing), item("B", ItemState::Verified)]),
            []
        );
    }

    #[test]
    fn what_was_sent_back_counts_since_the_first_day() {
        let returned = |code, on| ItemLook {
            returned_on: Some(day(on)),
            ..item(code, ItemState::InProgress)
        };
        let found = obstacles(
            &[returned("A", "2026-09-02"), returned("B", "2026-08-01")],
            None,
            day("2026-11-22"),
        );
        assert_eq!(
            found,
            [Obstacle {
                kind: ObstacleKind::Returned,
                count: 2,
                since: Some(day("2026-08-01")),
                items: vec!["A".into(), "B".into()],
            }]
        );
    }

    #[test]
    fn proofs_that_end_are_seen_ninety_days_before() {
        let until = |state, on| ItemLook {
            valid_until: Some(day(on)),
            ..item("A", state)
        };
        assert_eq!(
            kinds(&[until(ItemState::Verified, "2027-02-20")]),
            [(ObstacleKind::Expiring, 1)]
        );
        assert_eq!(kinds(&[until(ItemState::Verified, "2027-02-21")]), []);
        assert_eq!(
            kinds(&[until(ItemState::Expired, "2026-11-01")]),
            [(ObstacleKind::Expired, 1)]
        );
    }

    #[test]
    fn only_open_mandatory_items_need_somebody() {
        let nobody = |mandatory, state| ItemLook {
            mandatory,
            in_charge: false,
            ..item("A", state)
        };
        assert_eq!(
            kinds(&[nobody(true, ItemState::Missing)]),
            [(ObstacleKind::Unassigned, 1)]
        );
        assert_eq!(
            kinds(&[nobody(false, ItemState::Missing), nobody(true, ItemState::Present)]),
            []
        );
    }

    #[test]
    fn who_never_came_is_the_gravest_and_long_lists_are_cut() {
        let open: Vec<ItemLook> = (0..9)
            .map(|number| ItemLook {
                in_charge: false,
                ..item(&format!("A-{number}"), ItemState::Missing)
            })
            .collect();
        let found = obstacles(&open, Some(day("2026-10-01")), day("2026-11-22"));
        assert_eq!(found[0].kind, ObstacleKind::NeverUsed);
        assert_eq!((found[1].count, found[1].items.len()), (9, NAMED));
        for obstacle in &found {
            assert!(!obstacle.text().id.is_empty() && !obstacle.text().en.is_empty());
        }
    }
}
