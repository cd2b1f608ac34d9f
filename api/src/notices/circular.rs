//! Circulars: what people of many districts should know of. One row says it and one row per district waits; a job posts the
//! notices of a few districts at a time, so that no request waits for hundreds of districts and their people.
//!
//! The notices of a district and the end of its waiting are one transaction: who dies between two of them tells nobody twice
//! and forgets nobody.

use anyhow::Result;
use chrono::Utc;
use entity::{
    circular, circular_pending,
    ids::{AccountId, CircularId, DistrictId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Statement,
};
use uuid::Uuid;

use super::{
    content::NoticeContent,
    post::{About, Notice, post},
};
use crate::{
    audience::Roles,
    auth::role::DISTRICT_ADMIN_KEY,
    db::{Db, Origin, SystemTx, Transaction},
    error::{ApiError, ApiResult},
};

/// Districts per transaction.
const AT_ONCE: usize = 20;

/// What people of many districts should know of.
#[derive(Clone, Debug)]
pub struct Circular {
    /// What it tells of, so that it can be taken back while it waits.
    pub subject: Uuid,
    /// What it says.
    pub content: NoticeContent,
    /// The screen within a district's own pages: `/pengumuman/…`.
    pub link: String,
    /// Whom in each district.
    pub roles: Roles,
}

/// Tells the people of these districts, after the transaction is committed.
///
/// # Errors
/// When the database refuses.
pub async fn circulate(tx: &SystemTx, what: &Circular, to: &[DistrictId]) -> ApiResult<()> {
    let (kind, params) = what.content.split().map_err(ApiError::internal)?;
    let id = CircularId::generate();
    let row = circular::ActiveModel {
        id: Set(id),
        subject_id: Set(what.subject),
        kind: Set(kind.as_str().to_owned()),
        params: Set(params),
        link: Set(what.link.clone()),
        roles: Set(what.roles.as_str().to_owned()),
        created_at: Set(Utc::now()),
    };
    circular::Entity::insert(row).exec_without_returning(tx).await?;
    let waiting = to.iter().map(|&district| circular_pending::ActiveModel {
        circular_id: Set(id),
        district_id: Set(district),
    });
    if !to.is_empty() {
        circular_pending::Entity::insert_many(waiting)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// A district that was not told of something, and of what.
#[derive(Clone, Debug)]
pub struct Untold {
    /// The district.
    pub district: DistrictId,
    /// What its people would have read; none when it is in the words of another version of the service.
    pub content: Option<NoticeContent>,
}

/// Leaves those untold who were not told of `subject` yet. Returns them.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &SystemTx, subject: Uuid) -> ApiResult<Vec<Untold>> {
    #[derive(FromQueryResult)]
    struct Row {
        district_id: DistrictId,
        kind: String,
        params: serde_json::Value,
    }
    let sql = "DELETE FROM circular_pending p USING circular c WHERE c.id = p.circular_id AND c.subject_id = $1 \
               RETURNING p.district_id, c.kind, c.params";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [subject.into()]);
    let rows = Row::find_by_statement(statement).all(tx).await?;
    let untold = |row: Row| Untold {
        district: row.district_id,
        content: NoticeContent::join(&row.kind, row.params).ok(),
    };
    Ok(rows.into_iter().map(untold).collect())
}

/// Makes circulars into notices until nothing waits. Several processes may do so side by side. Returns how many districts.
///
/// # Errors
/// When the database cannot be used.
pub async fn run(db: &Db) -> Result<usize> {
    let mut told = 0;
    loop {
        let now = step(db).await?;
        told += now;
        if now < AT_ONCE {
            return Ok(told);
        }
    }
}

#[derive(FromQueryResult)]
struct Waiting {
    circular_id: CircularId,
    district_id: DistrictId,
    code: String,
    province_code: String,
}

struct Member {
    district_id: DistrictId,
    account_id: AccountId,
    is_coordinator: bool,
}

async fn step(db: &Db) -> Result<usize> {
    let tx = db.system(Origin::system("circulars")).await?;
    let sql = format!(
        "WITH taken AS (DELETE FROM circular_pending WHERE (circular_id, district_id) IN \
             (SELECT circular_id, district_id FROM circular_pending ORDER BY 1, 2 LIMIT {AT_ONCE} FOR UPDATE SKIP LOCKED) \
             RETURNING circular_id, district_id) \
         SELECT t.circular_id, t.district_id, d.code, d.province_code FROM taken t JOIN district d ON d.id = t.district_id \
         ORDER BY 1, 2"
    );
    let waiting = Waiting::find_by_statement(Statement::from_string(tx.get_database_backend(), sql))
        .all(&tx)
        .await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let circulars = circular::Entity::find()
        .filter(circular::Column::Id.is_in(waiting.iter().map(|row| row.circular_id)))
        .all(&tx)
        .await?;
    let members = members(&tx, waiting.iter().map(|row| row.district_id)).await?;
    for row in &waiting {
        if let Some(circular) = circulars.iter().find(|circular| circular.id == row.circular_id) {
            tell(&tx, circular, row, &members).await?;
        }
    }
    tx.commit().await?;
    Ok(waiting.len())
}

async fn tell(tx: &SystemTx, circular: &circular::Model, to: &Waiting, members: &[Member]) -> Result<()> {
    let Ok(content) = NoticeContent::join(&circular.kind, circular.params.clone()) else {
        // Of another version's words: it must not hold up what others have to say.
        tracing::warn!(circular = %circular.id, kind = circular.kind, "a circular that nobody can be told of");
        return Ok(());
    };
    let notice = Notice {
        content,
        link: format!("/d/{}{}", to.code, circular.link),
        about: About {
            district: Some(to.district_id),
            province: Some(to.province_code.clone()),
        },
    };
    let everyone = circular.roles == Roles::Everyone.as_str();
    let of_district = members.iter().filter(|member| member.district_id == to.district_id);
    let readers = of_district.filter(|member| everyone || member.is_coordinator);
    post(tx, readers.map(|member| member.account_id), &notice).await?;
    Ok(())
}

/// The people of these districts whose accounts are open.
async fn members(tx: &SystemTx, of: impl Iterator<Item = DistrictId>) -> Result<Vec<Member>> {
    use entity::{account, membership};
    let rows = membership::Entity::find()
        .filter(membership::Column::DistrictId.is_in(of))
        .all(tx)
        .await?;
    let open: Vec<AccountId> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Id.is_in(rows.iter().map(|row| row.account_id)))
        .filter(account::Column::DisabledAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows
        .into_iter()
        .filter(|row| open.contains(&row.account_id))
        .filter_map(|row| {
            Some(Member {
                district_id: row.district_id?,
                account_id: row.account_id,
                is_coordinator: row.role_key == DISTRICT_ADMIN_KEY,
            })
        })
        .collect())
}
