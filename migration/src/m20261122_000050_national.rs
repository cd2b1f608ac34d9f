//! The plan of replication, more figures in the summaries, and what oversight may read.

use sea_orm_migration::prelude::*;

use crate::table_class::{TableClass, classify, narrow_to_reach, open_to_oversight};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(include_str!("sql/national.sql")).await?;
        let meaning = "how many districts are planned to run PKSAI";
        classify(db, "replication_plan", TableClass::System, meaning).await?;
        open_to_oversight(db, "replication_plan", None).await?;
        narrow_to_reach(db, "district", "province_code").await?;
        // The first two digits of a district's code are its province.
        open_to_oversight(db, "district_invitation", Some("left(code, 2)")).await?;
        let province = "(SELECT d.province_code FROM district d WHERE d.id = readiness_summary.district_id)";
        open_to_oversight(db, "readiness_summary", Some(province)).await
    }
}
