//! Which wave an invited district is in.

use chrono::{Datelike, NaiveDate};
use entity::{ids::WaveId, replication_wave, replication_wave_district};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Statement};

use super::query::{member, take_turn};
use crate::{
    db::SystemTx,
    error::{ApiError, ApiResult},
};

/// Puts a district into the wave that its letter of invitation names, when there is one and it is in none.
///
/// # Errors
/// When the database refuses.
pub async fn join_by_letter(tx: &SystemTx, code: &str, invited_on: NaiveDate, number: i16) -> ApiResult<()> {
    take_turn(tx).await?;
    let year = i16::try_from(invited_on.year()).map_err(ApiError::internal)?;
    let wave = replication_wave::Entity::find()
        .filter(replication_wave::Column::Year.eq(year))
        .filter(replication_wave::Column::Number.eq(number))
        .one(tx)
        .await?;
    let is_free = replication_wave_district::Entity::find_by_id(code)
        .one(tx)
        .await?
        .is_none();
    if let Some(wave) = wave.filter(|_| is_free) {
        changed(tx, wave.id).await?;
        let row = member(code.to_owned(), wave.id);
        replication_wave_district::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Puts all districts into the wave whose letters of invitation name it and that are in none.
///
/// # Errors
/// When the database refuses.
pub async fn take_in_by_letter(tx: &SystemTx, wave: &replication_wave::Model) -> Result<(), DbErr> {
    let sql = "INSERT INTO replication_wave_district (code, wave_id) SELECT i.code, $1 FROM district_invitation i \
               WHERE i.wave = $2 AND extract(year FROM i.invited_on) = $3 ON CONFLICT DO NOTHING";
    let values = [wave.id.into(), wave.number.into(), wave.year.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await?;
    Ok(())
}

/// Takes a district out of its wave, if it is in one.
///
/// # Errors
/// When the database refuses.
pub async fn leave(tx: &SystemTx, code: &str) -> Result<(), DbErr> {
    take_turn(tx).await?;
    if let Some(row) = replication_wave_district::Entity::find_by_id(code).one(tx).await? {
        changed(tx, row.wave_id).await?;
    }
    replication_wave_district::Entity::delete_by_id(code).exec(tx).await?;
    Ok(())
}

/// Counts a change of the wave, so that whoever changes its plan meanwhile does not undo it. Its row is locked from here on.
async fn changed(tx: &SystemTx, wave: WaveId) -> Result<(), DbErr> {
    let sql = "UPDATE replication_wave SET version = version + 1, updated_at = now() WHERE id = $1";
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, [wave.into()]);
    tx.execute_raw(statement).await?;
    Ok(())
}
