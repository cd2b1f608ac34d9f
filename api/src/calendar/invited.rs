//! A district's answers to events.

use actix_web::{HttpRequest, web::Json};
use chrono::Utc;
use entity::{account, calendar_invitation, calendar_participant, ids::*, membership};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Statement,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{query, view::Event};
use crate::{
    audit::{self, Change},
    auth::{
        InDistrict, perm,
        role::{DISTRICT_ADMIN_KEY, Scope, built_in},
    },
    db::{TenantTx, Transaction},
    endpoints,
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::{Body, Checks, Page, PageQuery, Path, Query, endpoint::Endpoints, problem},
};

/// The most people that one district may register.
const MOST: usize = 50;

#[derive(Deserialize)]
struct EventPath {
    event_id: EventId,
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// Those that are over, the latest first; else those that are not, the next first.
    past: Option<bool>,
}

/// Whether a district takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerWord {
    /// It declines.
    Declined,
    /// It takes part.
    Registered,
}

/// What a district answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventAnswer {
    /// Whether it takes part.
    pub answer: AnswerWord,
    /// Who takes part: accounts of members. All of them: who is left out is registered no more. Empty when declining.
    #[serde(default)]
    #[schema(example = json!([]))]
    pub account_ids: Vec<AccountId>,
    /// What to say to the organiser; may be empty.
    #[serde(default)]
    #[schema(example = "Bertepatan dengan rapat anggaran.")]
    pub note: String,
}

fn as_coordinator<P>(who: &InDistrict<P>) -> bool {
    who.own_membership()
        .is_none_or(|membership| membership.role_key == DISTRICT_ADMIN_KEY)
}

/// List the events to which a district is invited
///
/// Those for coordinators only are seen by coordinators and by those who oversee the district.
#[utoipa::path(get, path = "/api/v1/districts/{code}/events", tag = "calendar", params(PageQuery, EventQuery),
    responses((status = 200, body = Page<Event>)))]
async fn list_events(
    who: InDistrict<perm::DistrictRead>,
    request: HttpRequest,
    Query(page): Query<PageQuery>,
    Query(filter): Query<EventQuery>,
) -> ApiResult<Json<Page<Event>>> {
    let limit = page.limit()?;
    let after = page.after::<query::Place>()?;
    let tx = who.tenant().await?;
    let past = filter.past.unwrap_or_default();
    let language = problem::language(&request);
    let rows = query::list_invited(&tx, as_coordinator(&who), past, after, limit + 1, language).await?;
    let place = |row: &Event| (row.event.starts_at, row.id);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// See an event to which a district is invited
#[utoipa::path(get, path = "/api/v1/districts/{code}/events/{event_id}", tag = "calendar", responses((status = 200, body = Event)))]
async fn get_event(
    who: InDistrict<perm::DistrictRead>,
    request: HttpRequest,
    Path(path): Path<EventPath>,
) -> ApiResult<Json<Event>> {
    let tx = who.tenant().await?;
    let event = query::one_invited(&tx, as_coordinator(&who), path.event_id, problem::language(&request)).await?;
    Ok(Json(event.ok_or(ErrorCode::NotFound)?))
}

/// Register participants for an event, or decline
///
/// Until registration ends, as often as need be: the last answer counts. Seats are taken or given back at once; when fewer are
/// left than the answer needs, nothing changes.
#[utoipa::path(post, path = "/api/v1/districts/{code}/events/{event_id}/answer", tag = "calendar", request_body = EventAnswer,
    responses((status = 200, body = Event)))]
async fn answer_event(
    who: InDistrict<perm::AnnouncementsRespond>,
    request: HttpRequest,
    Path(path): Path<EventPath>,
    body: Body<EventAnswer>,
) -> ApiResult<Json<Event>> {
    let mut checks = Checks::new();
    let note = checks.paragraph("note", &body.value.note, 500);
    let (id, answer) = (path.event_id, body.value.answer);
    let language = problem::language(&request);
    let tx = who.tenant().await?;
    let event = query::one_invited(&tx, as_coordinator(&who), id, language).await?;
    let event = event.ok_or(ErrorCode::NotFound)?;
    if event.cancelled_at.is_some() || event.event.register_until < Utc::now() {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Pendaftaran kegiatan ini sudah ditutup.",
            "Registration for this event is closed.",
        )));
    }
    let people = people(&tx, &mut checks, answer, &body.value.account_ids).await?;
    checks.finish()?;
    // In the district's turn: its coordinators answer one after the other.
    let invitation = calendar_invitation::Entity::find_by_id((tx.district_id(), id))
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let count = i32::try_from(people.len()).map_err(ApiError::internal)?;
    take_seats(&tx, id, count - invitation.participants).await?;
    replace(&tx, &invitation, people).await?;
    let mut row = invitation.into_active_model();
    row.answer = Set(Some(answer.as_str().to_owned()));
    row.participants = Set(count);
    row.note = Set(note);
    row.answered_at = Set(Some(Utc::now()));
    row.answered_by_name = Set(who.signed_in.access.name.clone());
    row.update(&tx).await?;
    let value = query::one_invited(&tx, as_coordinator(&who), id, language).await?;
    let value = value.ok_or(ErrorCode::NotFound)?;
    let change = Change::of("answer", "calendar_event", id).after(&value);
    audit::record(&tx, change).await?;
    tx.commit().await?;
    Ok(Json(value))
}

impl AnswerWord {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Declined => "declined",
        }
    }
}

struct Person {
    account: AccountId,
    name: String,
    role_key: String,
    role_name: String,
}

/// The members that were named.
async fn people(
    tx: &TenantTx,
    checks: &mut Checks,
    answer: AnswerWord,
    accounts: &[AccountId],
) -> ApiResult<Vec<Person>> {
    let mut wanted = accounts.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let fits = match answer {
        AnswerWord::Registered => (1..=MOST).contains(&wanted.len()),
        AnswerWord::Declined => wanted.is_empty(),
    };
    let text = Text::fixed(
        "Pilih 1 sampai 50 peserta; kosongkan bila menolak.",
        "Choose 1 to 50 participants; none when declining.",
    );
    checks.ensure(fits, "account_ids", "out_of_range", text);
    if !fits || wanted.is_empty() {
        return Ok(Vec::new());
    }
    let memberships = tx
        .find::<membership::Entity>()
        .filter(membership::Column::AccountId.is_in(wanted.iter().copied()))
        .all(tx)
        .await?;
    let open = account::Entity::find()
        .filter(account::Column::Id.is_in(memberships.iter().map(|row| row.account_id)))
        .filter(account::Column::DisabledAt.is_null())
        .all(tx)
        .await?;
    let roles = tx.find::<entity::district_role::Entity>().all(tx).await?;
    let role_name = |key: &str| {
        let own = roles
            .iter()
            .find(|role| role.key == key && built_in(Scope::District, key).is_none());
        own.map(|role| role.name.clone()).unwrap_or_default()
    };
    let person = |account: account::Model| {
        let membership = memberships.iter().find(|row| row.account_id == account.id)?;
        Some(Person {
            account: account.id,
            name: account.name,
            role_key: membership.role_key.clone(),
            role_name: role_name(&membership.role_key),
        })
    };
    let people: Vec<Person> = open.into_iter().filter_map(person).collect();
    let text = Text::fixed(
        "Pilih peserta dari anggota daerah.",
        "Choose participants among the district's members.",
    );
    checks.ensure(people.len() == wanted.len(), "account_ids", "not_in_list", text);
    Ok(people)
}

/// Takes `more` seats, or gives them back when negative. The row of the event's seats is the lock: two districts cannot both
/// take the last one.
async fn take_seats(tx: &TenantTx, id: EventId, more: i32) -> ApiResult<()> {
    if more == 0 {
        return Ok(());
    }
    let sql = "UPDATE calendar_seats SET taken = taken + $2 \
               WHERE id = $1 AND ($2 < 0 OR seats IS NULL OR taken + $2 <= seats)";
    let values = [id.into(), more.into()];
    let taken = tx
        .execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    if taken.rows_affected() == 0 {
        return Err(ApiError::new(ErrorCode::Conflict).detail(Text::fixed(
            "Kursi yang tersisa tidak cukup. Kurangi peserta, atau hubungi penyelenggara.",
            "Not enough seats are left. Register fewer people, or contact the organiser.",
        )));
    }
    Ok(())
}

async fn replace(tx: &TenantTx, invitation: &calendar_invitation::Model, people: Vec<Person>) -> ApiResult<()> {
    use calendar_participant::{ActiveModel, Column, Entity};
    Entity::delete_many()
        .filter(Column::DistrictId.eq(tx.district_id()))
        .filter(Column::EventId.eq(invitation.id))
        .exec(tx)
        .await?;
    if people.is_empty() {
        return Ok(());
    }
    let rows = people.into_iter().map(|person| ActiveModel {
        district_id: Set(tx.district_id()),
        id: Set(EventParticipantId::generate()),
        event_id: Set(invitation.id),
        owner_province: Set(invitation.owner_province.clone()),
        account_id: Set(person.account),
        name: Set(person.name),
        role_key: Set(person.role_key),
        role_name: Set(person.role_name),
    });
    Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// The operations of those who are invited.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, list_events, get_event, answer_event);
}
