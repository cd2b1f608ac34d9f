//! Reading and keeping waves.

use std::collections::BTreeMap;

use chrono::Utc;
use entity::{ids::WaveId, replication_wave, replication_wave_district};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};

use super::content::WaveContent;
use crate::{
    db::SystemTx,
    error::{ApiResult, Text},
    http::Checks,
};

/// A wave with the codes of its districts.
pub type Wave = (replication_wave::Model, Vec<String>);

/// Waves by year and number, after one of them, with those of their districts that the transaction sees.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &impl ConnectionTrait, after: Option<(i16, i16)>, limit: u64) -> Result<Vec<Wave>, DbErr> {
    let mut select = replication_wave::Entity::find()
        .order_by_asc(replication_wave::Column::Year)
        .order_by_asc(replication_wave::Column::Number)
        .limit(limit);
    if let Some((year, number)) = after {
        let later = replication_wave::Column::Year
            .gt(year)
            .or(replication_wave::Column::Year
                .eq(year)
                .and(replication_wave::Column::Number.gt(number)));
        select = select.filter(later);
    }
    let rows = select.all(tx).await?;
    let ids = rows.iter().map(|row| row.id);
    let members = replication_wave_district::Entity::find()
        .filter(replication_wave_district::Column::WaveId.is_in(ids))
        .order_by_asc(replication_wave_district::Column::Code);
    let mut districts: BTreeMap<WaveId, Vec<String>> = BTreeMap::new();
    for member in members.all(tx).await? {
        districts.entry(member.wave_id).or_default().push(member.code);
    }
    let with_districts = |row: replication_wave::Model| {
        let districts = districts.remove(&row.id).unwrap_or_default();
        (row, districts)
    };
    Ok(rows.into_iter().map(with_districts).collect())
}

/// The codes of a wave's districts that the transaction sees.
///
/// # Errors
/// When the database refuses.
pub async fn districts(tx: &impl ConnectionTrait, wave: WaveId) -> Result<Vec<String>, DbErr> {
    let select = replication_wave_district::Entity::find()
        .filter(replication_wave_district::Column::WaveId.eq(wave))
        .order_by_asc(replication_wave_district::Column::Code);
    Ok(select.all(tx).await?.into_iter().map(|row| row.code).collect())
}

/// Plans and letters that name a wave are written one after the other, so that two at once neither take one number nor one
/// district, and no letter misses its wave. To be called before any row of a wave is locked.
///
/// # Errors
/// When the database refuses.
pub async fn take_turn(tx: &SystemTx) -> Result<(), DbErr> {
    let sql = "LOCK TABLE replication_wave IN SHARE ROW EXCLUSIVE MODE";
    tx.execute_raw(Statement::from_string(tx.get_database_backend(), sql))
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Unfit {
    code: String,
    is_known: bool,
    wave_year: Option<i16>,
    wave_number: Option<i16>,
}

const UNFIT: &str = "SELECT c.code, d.code IS NOT NULL OR i.code IS NOT NULL OR m.code IS NOT NULL AS is_known, \
     w.year AS wave_year, w.number AS wave_number \
     FROM unnest($1::text[]) AS c(code) \
     LEFT JOIN district d ON d.code = c.code AND d.status <> 'archived' \
     LEFT JOIN district_invitation i ON i.code = c.code \
     LEFT JOIN replication_wave_district m ON m.code = c.code AND m.wave_id <> $2 \
     LEFT JOIN replication_wave w ON w.id = m.wave_id \
     WHERE (d.code IS NULL AND i.code IS NULL AND NOT EXISTS (SELECT 1 FROM replication_wave_district o \
         WHERE o.code = c.code AND o.wave_id = $2)) OR w.id IS NOT NULL ORDER BY c.code";

/// Refuses districts that nobody has asked to take part, and those of another wave.
///
/// # Errors
/// 422 with the codes.
pub async fn refuse_unfit(tx: &SystemTx, wave: WaveId, content: &WaveContent) -> ApiResult<()> {
    let values = [content.districts.clone().into(), wave.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), UNFIT, values);
    let rows = Unfit::find_by_statement(statement).all(tx).await?;
    let mut checks = Checks::new();
    let strangers: Vec<&str> = rows
        .iter()
        .filter(|row| !row.is_known)
        .map(|row| row.code.as_str())
        .collect();
    if !strangers.is_empty() {
        let codes = strangers.join(", ");
        let text = Text::new(
            format!("Undang dahulu daerah ini, atau hapus dari daftar: {codes}."),
            format!("Invite these districts first, or take them off the list: {codes}."),
        );
        checks.error("districts", "not_invited", text);
    }
    let taken: Vec<String> = rows
        .iter()
        .filter_map(|row| Some(format!("{} ({}/{})", row.code, row.wave_number?, row.wave_year?)))
        .collect();
    if !taken.is_empty() {
        let codes = taken.join(", ");
        let text = Text::new(
            format!("Sudah berada di gelombang lain (nomor/tahun): {codes}. Keluarkan dari sana dahulu."),
            format!("They are in another wave already (number/year): {codes}. Take them out of it first."),
        );
        checks.error("districts", "in_another_wave", text);
    }
    checks.finish()
}

/// Makes these the districts of the wave.
///
/// # Errors
/// When the database refuses.
pub async fn keep_districts(tx: &SystemTx, wave: WaveId, codes: &[String]) -> Result<(), DbErr> {
    replication_wave_district::Entity::delete_many()
        .filter(replication_wave_district::Column::WaveId.eq(wave))
        .filter(replication_wave_district::Column::Code.is_not_in(codes.iter().map(String::as_str)))
        .exec(tx)
        .await?;
    let known = districts(tx, wave).await?;
    let new = codes.iter().filter(|code| !known.contains(code));
    let rows: Vec<_> = new.map(|code| member(code.clone(), wave)).collect();
    if !rows.is_empty() {
        replication_wave_district::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

pub(super) fn member(code: String, wave: WaveId) -> replication_wave_district::ActiveModel {
    replication_wave_district::ActiveModel {
        code: Set(code),
        wave_id: Set(wave),
        created_at: Set(Utc::now()),
    }
}
