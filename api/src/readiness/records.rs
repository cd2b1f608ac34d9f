//! The district's setup, read once with its types.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::ids::SetupRecordId;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde::{Deserialize, Serialize};

use crate::{
    db::TenantTx,
    error::{ApiError, ApiResult},
    setup::{
        data_system::{DataAgreement, DataForm, DataProtection, ReportPlan, RetentionRule, VulnerabilityCategory},
        institution::{Agency, Team},
        kind::SetupKind,
        regulation::LegalInstrument,
        service_range::{EarlyDetection, Service},
        staff::StaffMember,
        work_mechanism::{CoordinationRhythm, ServiceStandard, Sop, SupervisionRhythm},
    },
};

/// A record in use.
#[derive(Clone, Debug)]
pub struct Record<K> {
    /// Its id.
    pub id: SetupRecordId,
    /// Nothing is missing.
    pub complete: bool,
    /// The content.
    pub content: K,
}

/// Which version of which record was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The record.
    pub id: SetupRecordId,
    /// Its version.
    pub version: i32,
    /// When it last changed.
    #[serde(skip)]
    pub updated_at: DateTime<Utc>,
}

/// The setup records in use that readiness and the public page look at.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "each field holds the records of its type")]
pub struct Records {
    pub instruments: Vec<Record<LegalInstrument>>,
    pub teams: Vec<Record<Team>>,
    pub agencies: Vec<Record<Agency>>,
    pub sops: Vec<Record<Sop>>,
    pub coordination: Vec<Record<CoordinationRhythm>>,
    pub supervision: Vec<Record<SupervisionRhythm>>,
    pub standards: Vec<Record<ServiceStandard>>,
    pub services: Vec<Record<Service>>,
    pub early_detection: Vec<Record<EarlyDetection>>,
    pub staff: Vec<Record<StaffMember>>,
    pub categories: Vec<Record<VulnerabilityCategory>>,
    pub forms: Vec<Record<DataForm>>,
    pub reports: Vec<Record<ReportPlan>>,
    pub retention: Vec<Record<RetentionRule>>,
    pub agreements: Vec<Record<DataAgreement>>,
    pub protection: Vec<Record<DataProtection>>,
    /// All records in use by kind, those of other kinds included.
    pub stamps: BTreeMap<String, Vec<Stamp>>,
}

#[derive(FromQueryResult)]
struct Row {
    id: SetupRecordId,
    kind: String,
    content: String,
    complete: bool,
    version: i32,
    updated_at: DateTime<Utc>,
}

/// The rows of a kind, parsed.
fn take<K: SetupKind>(rows: &mut BTreeMap<String, Vec<Row>>) -> ApiResult<Vec<Record<K>>> {
    let parse = |row: Row| {
        Ok(Record {
            id: row.id,
            complete: row.complete,
            content: serde_json::from_str(&row.content).map_err(ApiError::internal)?,
        })
    };
    rows.remove(K::KEY).unwrap_or_default().into_iter().map(parse).collect()
}

impl Records {
    /// Reads them, in the district's order.
    ///
    /// # Errors
    /// When the database cannot be asked or holds a content that does not fit its type.
    pub async fn load(tx: &TenantTx) -> ApiResult<Self> {
        let sql = "SELECT id, kind, content::text AS content, complete, version, updated_at FROM setup_record \
                   WHERE district_id = $1 AND archived_at IS NULL ORDER BY kind, position, id";
        let values = [tx.district_id().into()];
        let found = Row::find_by_statement(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
            .all(tx)
            .await?;
        let mut stamps: BTreeMap<String, Vec<Stamp>> = BTreeMap::new();
        let mut rows: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for row in found {
            stamps.entry(row.kind.clone()).or_default().push(Stamp {
                id: row.id,
                version: row.version,
                updated_at: row.updated_at,
            });
            rows.entry(row.kind.clone()).or_default().push(row);
        }
        // The order of a list says nothing about its content: moving a row must not look like a change.
        stamps.values_mut().for_each(|list| list.sort_by_key(|stamp| stamp.id));
        Ok(Self {
            instruments: take(&mut rows)?,
            teams: take(&mut rows)?,
            agencies: take(&mut rows)?,
            sops: take(&mut rows)?,
            coordination: take(&mut rows)?,
            supervision: take(&mut rows)?,
            standards: take(&mut rows)?,
            services: take(&mut rows)?,
            early_detection: take(&mut rows)?,
            staff: take(&mut rows)?,
            categories: take(&mut rows)?,
            forms: take(&mut rows)?,
            reports: take(&mut rows)?,
            retention: take(&mut rows)?,
            agreements: take(&mut rows)?,
            protection: take(&mut rows)?,
            stamps,
        })
    }
}
