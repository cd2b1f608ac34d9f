//! Writing what a district set up, as its people and its reviewer would have: through the same checks, with the same events.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use entity::{audit_event, district, evidence, ids::*, item_progress, item_review, region};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Statement,
};
use serde_json::{Value as Json, json};

use super::{
    content::{self, Content, EvidenceSeed, Place, ReviewerDecision, Subdistrict},
    districts::DemoDistrict,
    people::{self, Person},
    upload::Uploads,
};
use crate::{
    audit::{self, Change},
    day,
    db::{Db, Origin, TenantTx, Transaction},
    error::ApiError,
    files::store::FileStore,
    readiness::{
        self, Situation, Standard, days, decisions,
        evidence::{Evidence, EvidenceCreate},
        facts, query,
        records::Records,
        standards,
        view::{ItemProgress, find_item},
    },
    setup::{
        self,
        batch::{self, NewRecord},
        store,
    },
};

/// The people whose names stand at what is written.
#[derive(Debug)]
pub struct Cast {
    /// Whoever sets up.
    pub admin: Person,
    /// Whoever looks at it for province or ministry.
    pub reviewer: Person,
    /// By the local part of their account before the district.
    pub members: BTreeMap<String, Person>,
}

/// How long ago a district of the demo, whose content names no day, had handed in what it has.
const HANDED_IN_BEFORE: Duration = Duration::days(21);

/// Sets the district up unless anything ever happened in it.
///
/// # Errors
/// When the content does not pass the checks of the API, or does not make a pilot ready to be live.
pub async fn load(db: &Db, files: &FileStore, demo: &DemoDistrict) -> Result<()> {
    let id = DistrictId::for_new_district(demo.code).context("not a district code")?;
    let tx = db.tenant(id, Origin::system("demo")).await?;
    store::take_turn(&tx).await?;
    if tx.find::<audit_event::Entity>().count(&tx).await? > 0 {
        return Ok(());
    }
    let (full_name, subdistricts) = places(&tx, demo.code).await?;
    let today = query::today(&tx).await.map_err(told)?;
    let place = Place {
        code: demo.code,
        slug: demo.slug,
        short_name: demo.short_name,
        unit_name: demo.unit_name,
        full_name: &full_name,
        subdistricts: &subdistricts,
        today,
    };
    let content = content::of(&place, demo)?;
    let cast = cast(db, demo, &content).await?;
    let context = || format!("demo: {}", demo.slug);
    let (tx, situation) = set_up(tx, files, &cast, content, today).await.with_context(context)?;
    if demo.live_on.is_some() {
        if !situation.readiness.go_live.is_allowed() {
            bail!(
                "{} is live but not ready: {:?}",
                demo.slug,
                situation.readiness.go_live.blockers
            );
        }
        record_go_live(&tx, &situation.district).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Says in the trail that the district went live.
///
/// # Errors
/// When the database refuses.
pub async fn record_go_live(tx: &TenantTx, district: &district::Model) -> Result<()> {
    let after = json!({ "phase": district.phase, "live_at": district.live_at });
    let change = Change::of("go_live", "district", &district.code).after(after);
    audit::record(tx, change).await.map_err(told)?;
    Ok(())
}

/// What the API would have answered, for the operator's eyes.
pub fn told(error: ApiError) -> anyhow::Error {
    let fields: Vec<String> = error
        .fields()
        .iter()
        .map(|field| format!("{}: {}", field.field, field.message.en))
        .collect();
    anyhow::anyhow!("{error} {}", fields.join("; "))
}

/// The name of a district and its kecamatan.
///
/// # Errors
/// When there is no such region.
pub async fn places(tx: &TenantTx, code: &str) -> Result<(String, Vec<Subdistrict>)> {
    let place = region::Entity::find_by_id(code)
        .one(tx)
        .await?
        .context("no such region")?;
    let subdistricts = region::Entity::find()
        .filter(region::Column::ParentCode.eq(code))
        .order_by_asc(region::Column::Code)
        .all(tx)
        .await?;
    let subdistricts = subdistricts.into_iter().map(|row| Subdistrict {
        code: row.code,
        name: row.name,
    });
    Ok((place.full_name, subdistricts.collect()))
}

async fn cast(db: &Db, demo: &DemoDistrict, content: &Content) -> Result<Cast> {
    let tx = db.system(Origin::system("demo")).await?;
    let mut members = BTreeMap::new();
    for seed in &content.progress {
        let person = people::find(&tx, &format!("{}.{}", seed.assignee, demo.slug)).await?;
        members.insert(seed.assignee.clone(), person);
    }
    Ok(Cast {
        admin: people::find(&tx, &format!("admin.{}", demo.slug)).await?,
        reviewer: people::find(&tx, demo.reviewer).await?,
        members,
    })
}

/// Writes the content and tells of it in the trail. The caller commits.
///
/// # Errors
/// When the content does not pass the checks of the API.
pub async fn set_up(
    mut tx: TenantTx,
    files: &FileStore,
    cast: &Cast,
    content: Content,
    today: NaiveDate,
) -> Result<(TenantTx, Situation)> {
    tx.set_origin(cast.admin.origin());
    let standard = standards::current(&tx, today).await.map_err(told)?;
    let mut uploads = Uploads::default();
    let (records, ids) = records(&content, &mut uploads)?;
    let shown: Vec<FileObjectId> = content
        .evidence
        .iter()
        .map(|seed| uploads.name(&format!("{} {}.pdf", seed.item, seed.title)))
        .collect();
    let mut changes = uploads.keep(&tx, files, cast.admin.id).await?;
    changes.extend(
        records
            .iter()
            .map(|record| Change::of("create", record.kind.key, record.id).after(&record.document.content)),
    );
    batch::insert(&tx, records).await.map_err(told)?;
    let mut submitted = Vec::new();
    for (seed, file) in content.evidence.iter().zip(shown) {
        let row = submit(&tx, &standard, today, seed, file, &ids).await?;
        changes.push(Change::of("create", "evidence", row.id).after(Evidence::from(row.clone())));
        submitted.push(row);
    }
    changes.extend(assign(&tx, &content, cast, today).await?);
    if let Some(at) = content.done_at {
        backdate(&tx, at).await?;
    }
    // A past to look at: where reviewers have looked at what was handed in, it had not been looked at then.
    let past = Situation::load(&tx).await.map_err(told)?;
    let zone = &past.district.time_zone;
    let at = content.done_at.unwrap_or_else(|| Utc::now() - HANDED_IN_BEFORE);
    if day::in_zone(past.district.created_at, zone) <= day::in_zone(at, zone) {
        let on = day::in_zone(at, zone);
        days::date_back(&tx, &past.facts, on).await.map_err(told)?;
    }
    let reviews = review(&tx, &standard, &content, &cast.reviewer, submitted).await?;
    if content.done_at.is_none() {
        wait(&tx).await?;
    }
    let situation = readiness::refresh(&tx).await.map_err(told)?;
    audit::record_all(&tx, changes).await.map_err(told)?;
    tx.set_origin(cast.reviewer.origin());
    audit::record_all(&tx, reviews).await.map_err(told)?;
    tx.set_origin(cast.admin.origin());
    Ok((tx, situation))
}

/// Puts what people did back to the day on which they did it.
async fn backdate(tx: &TenantTx, at: DateTime<Utc>) -> Result<()> {
    for sql in [
        "UPDATE setup_record SET created_at = $2, updated_at = $2 WHERE district_id = $1",
        "UPDATE evidence SET submitted_at = $2, created_at = $2, updated_at = $2 WHERE district_id = $1",
        "UPDATE item_progress SET created_at = $2, updated_at = $2 WHERE district_id = $1",
    ] {
        let values = [tx.district_id().into(), at.into()];
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
        tx.execute_raw(statement).await?;
    }
    Ok(())
}

/// Lets what no reviewer has looked at wait for some days, each piece for others: a queue of one day would show nothing.
async fn wait(tx: &TenantTx) -> Result<()> {
    let sql = "UPDATE evidence e SET submitted_at = w.at, created_at = w.at FROM ( \
         SELECT id, now() - make_interval(days => (row_number() OVER (ORDER BY item_code, id) * 6 + $1 % 7)::integer) AS at \
         FROM evidence WHERE district_id = $1 AND status = 'submitted') w WHERE e.district_id = $1 AND e.id = w.id";
    let values = [tx.district_id().into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    Ok(())
}

type Ids = BTreeMap<String, SetupRecordId>;

/// The records, read by their kinds, and their ids by key.
fn records(content: &Content, uploads: &mut Uploads) -> Result<(Vec<NewRecord>, Ids)> {
    let ids: Ids = content
        .records
        .iter()
        .map(|record| (record.key.clone(), SetupRecordId::generate()))
        .collect();
    let mut records = Vec::with_capacity(content.records.len());
    for seed in &content.records {
        let kind = setup::kind(&seed.kind).with_context(|| format!("{}: no kind {}", seed.key, seed.kind))?;
        let mut fields = Json::Object(seed.content.clone());
        resolve(&mut fields, &ids, uploads)?;
        let document = (kind.read)(&fields.to_string())
            .map_err(told)
            .with_context(|| seed.key.clone())?;
        let id = find_id(&ids, &seed.key)?;
        records.push(NewRecord {
            kind,
            id,
            document,
            archived: false,
        });
    }
    Ok((records, ids))
}

fn find_id(ids: &Ids, key: &str) -> Result<SetupRecordId> {
    ids.get(key).copied().with_context(|| format!("no record {key}"))
}

/// Puts ids in the place of `@key` and `file:name`.
fn resolve(value: &mut Json, ids: &Ids, uploads: &mut Uploads) -> Result<()> {
    match value {
        Json::String(text) => {
            if let Some(key) = text.strip_prefix('@') {
                *text = find_id(ids, key)?.to_string();
            } else if let Some(name) = text.strip_prefix("file:") {
                *text = uploads.name(name).to_string();
            }
            Ok(())
        }
        Json::Array(items) => items.iter_mut().try_for_each(|item| resolve(item, ids, uploads)),
        Json::Object(fields) => fields.values_mut().try_for_each(|field| resolve(field, ids, uploads)),
        _ => Ok(()),
    }
}

async fn submit(
    tx: &TenantTx,
    standard: &Standard,
    today: NaiveDate,
    seed: &EvidenceSeed,
    file: FileObjectId,
    ids: &Ids,
) -> Result<evidence::Model> {
    let record = seed
        .record
        .as_deref()
        .map(|key| find_id(ids, key.trim_start_matches('@')));
    let input = EvidenceCreate {
        item_code: seed.item.clone(),
        kind: seed.kind.clone(),
        title: seed.title.clone(),
        number: seed.number.clone(),
        document_date: seed.date,
        valid_until: seed.valid_until,
        note: seed.note.clone(),
        file_id: Some(file),
        record_id: record.transpose()?,
    };
    readiness::evidence::submit(tx, standard, today, input)
        .await
        .map_err(told)
        .with_context(|| seed.item.clone())
}

async fn assign(tx: &TenantTx, content: &Content, cast: &Cast, today: NaiveDate) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for seed in &content.progress {
        let person = cast.members.get(&seed.assignee).context("no such member")?;
        let row = item_progress::ActiveModel {
            district_id: Set(tx.district_id()),
            id: Set(ItemProgressId::generate()),
            item_code: Set(seed.item.clone()),
            assignee_id: Set(Some(person.id)),
            due_on: Set(Some(today + Duration::days(seed.due_in_days))),
            note: Set(seed.note.clone()),
            begun: Set(seed.begun),
            version: Set(1),
            created_at: NotSet,
            updated_at: Set(Utc::now()),
        }
        .insert(tx)
        .await?;
        let names = [(person.id, person.name.clone())].into();
        let after = ItemProgress::of(&seed.item, Some(&row), &names);
        changes.push(Change::of("update", "item_progress", &seed.item).after(after));
    }
    Ok(changes)
}

/// What the reviewer decided on documents and counted items. Mails about it are not sent: nobody waits for them.
async fn review(
    tx: &TenantTx,
    standard: &Standard,
    content: &Content,
    reviewer: &Person,
    submitted: Vec<evidence::Model>,
) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (seed, row) in content.evidence.iter().zip(submitted) {
        let status = match seed.decision {
            None => continue,
            Some(ReviewerDecision::Verified) => "verified",
            Some(ReviewerDecision::Returned) => "returned",
        };
        let before = Evidence::from(row.clone());
        let (now, next) = (Utc::now(), row.version + 1);
        let mut row: evidence::ActiveModel = row.into();
        row.status = Set(status.to_owned());
        row.review_comment = Set(seed.comment.clone());
        row.reviewed_by = Set(Some(reviewer.id));
        row.reviewed_by_name = Set(Some(reviewer.name.clone()));
        row.reviewed_at = Set(Some(now));
        row.version = Set(next);
        row.updated_at = Set(now);
        let after = Evidence::from(row.update(tx).await?);
        let decided = decisions::of_evidence(&after, (reviewer.id, &reviewer.name));
        decisions::insert(tx, tx.district_id(), decided).await?;
        changes.push(Change::of("review", "evidence", after.id).before(before).after(after));
    }
    let records = Records::load(tx).await.map_err(told)?;
    for code in &content.confirmed {
        let item = find_item(standard, code).with_context(|| format!("no item {code}"))?;
        let row = item_review::ActiveModel {
            district_id: Set(tx.district_id()),
            id: Set(ItemReviewId::generate()),
            item_code: Set(code.clone()),
            standard_version: Set(standard.version.clone()),
            decision: Set("confirmed".to_owned()),
            comment: Set(String::new()),
            subject: Set(facts::subject(item, &records)),
            decided_by: Set(reviewer.id),
            decided_by_name: Set(reviewer.name.clone()),
            decided_at: Set(Utc::now()),
            answer: NotSet,
            answered_by: NotSet,
            answered_by_name: NotSet,
            answered_at: NotSet,
        }
        .insert(tx)
        .await?;
        let after = readiness::view::ItemReview::from(&row);
        let decided = decisions::of_item(&after, (reviewer.id, &reviewer.name));
        decisions::insert(tx, tx.district_id(), decided).await?;
        changes.push(Change::of("review", "item_review", row.id).after(after));
    }
    Ok(changes)
}
