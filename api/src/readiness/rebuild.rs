//! Proving that what is kept of the districts is what their rows give, and mending it where it is not.

use anyhow::Result;
use entity::ids::DistrictId;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::situation;
use crate::{
    db::{Db, Origin, TenantTx, Transaction},
    setup::store,
};

/// What a rebuild found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// How many districts there are.
    pub districts: usize,
    /// Codes of those whose kept figures were not what their rows give today.
    pub differed: Vec<String>,
    /// How many could not be judged; the log says why.
    pub failed: usize,
}

#[derive(FromQueryResult)]
struct Tenant {
    id: DistrictId,
    code: String,
}

/// What is kept of a district, but for the time of writing.
#[derive(FromQueryResult, PartialEq)]
struct Kept {
    summary: Option<serde_json::Value>,
    page: Option<serde_json::Value>,
    queue: Option<serde_json::Value>,
}

const KEPT: &str = "SELECT (SELECT to_jsonb(s) - 'updated_at' FROM readiness_summary s WHERE district_id = $1) AS summary, \
     (SELECT content FROM public_page WHERE district_id = $1) AS page, \
     (SELECT jsonb_agg(to_jsonb(q) ORDER BY q.id) FROM review_queue q WHERE district_id = $1) AS queue";

/// Derives the summary, the public page and the review queue of every district anew from its rows. One thing is taken from the summary itself,
/// since no row tells it: since when all components are complete.
///
/// # Errors
/// When the database cannot be used. A district that cannot be judged is counted and left as it is.
pub async fn rebuild(db: &Db) -> Result<Rebuilt> {
    let tx = db.system(Origin::system("rollups")).await?;
    let all = Statement::from_string(
        tx.get_database_backend(),
        "SELECT id, code FROM district WHERE status <> 'archived' ORDER BY code",
    );
    let tenants = Tenant::find_by_statement(all).all(&tx).await?;
    drop(tx);
    let mut rebuilt = Rebuilt {
        districts: tenants.len(),
        ..Rebuilt::default()
    };
    for tenant in tenants {
        match rebuild_district(db, tenant.id).await {
            Ok(true) => rebuilt.differed.push(tenant.code),
            Ok(false) => {}
            Err(error) => {
                tracing::error!(district = %tenant.id, "rollups: {error:#}");
                rebuilt.failed += 1;
            }
        }
    }
    Ok(rebuilt)
}

/// The same for one district. True when what was kept differed.
///
/// # Errors
/// When the database cannot be used or the district cannot be judged.
pub async fn rebuild_district(db: &Db, district: DistrictId) -> Result<bool> {
    let tx = db.tenant(district, Origin::system("rollups")).await?;
    store::take_turn(&tx).await?;
    let before = kept(&tx).await?;
    situation::refresh(&tx).await?;
    let after = kept(&tx).await?;
    tx.commit().await?;
    Ok(before != after)
}

async fn kept(tx: &TenantTx) -> Result<Option<Kept>> {
    let values = [tx.district_id().into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), KEPT, values);
    Ok(Kept::find_by_statement(statement).one(tx).await?)
}
