//! The public page of a live district: who it is, where, when, and what it does for whom.
//!
//! The page is derived from the setup and kept in a row of its own with every change ([`keep`]). So a request of the public
//! reads one row that holds nothing but what anybody may know.

mod content;
pub mod routes;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, Statement};

pub use content::{PublicContent, content};

use crate::{
    db::TenantTx,
    error::{ApiError, ApiResult},
    readiness::records::Records,
};

/// Keeps the page of a district as its setup is now.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &TenantTx, records: &Records, today: NaiveDate) -> ApiResult<()> {
    let content = serde_json::to_value(content(records, today)).map_err(ApiError::internal)?;
    let sql = "INSERT INTO public_page (district_id, content) VALUES ($1, $2) \
               ON CONFLICT (district_id, id) DO UPDATE SET content = excluded.content, updated_at = now() \
               WHERE public_page.content <> excluded.content";
    let values = [tx.district_id().into(), content.into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    Ok(())
}
