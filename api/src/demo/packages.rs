//! The pilots' setups as packages, so that others start from them.

use anyhow::{Context, Result};
use entity::{ids::DistrictId, model_package};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{
    districts::{DEMO_DISTRICTS, DemoDistrict},
    people,
    write::told,
};
use crate::{
    db::{Db, Origin, Transaction},
    packages::{
        document::PackageNote,
        publish::{PackageDraft, publish},
        sign::PackageKeys,
    },
    readiness::ComponentKind,
};

/// Publishes the whole setup of every pilot that has not published anything yet.
///
/// # Errors
/// When the database refuses, or a pilot's setup holds what may not leave.
pub async fn load(db: &Db, keys: &PackageKeys) -> Result<()> {
    for demo in DEMO_DISTRICTS.iter().filter(|demo| demo.live_on.is_some()) {
        publish_setup(db, keys, demo)
            .await
            .with_context(|| format!("demo: package of {}", demo.slug))?;
    }
    Ok(())
}

async fn publish_setup(db: &Db, keys: &PackageKeys, demo: &DemoDistrict) -> Result<()> {
    let id = DistrictId::for_new_district(demo.code).context("not a district code")?;
    let tx = db.system(Origin::system("demo")).await?;
    let published = model_package::Entity::find().filter(model_package::Column::AuthorDistrictId.eq(id));
    if published.count(&tx).await? > 0 {
        return Ok(());
    }
    let admin = people::find(&tx, &format!("admin.{}", demo.slug)).await?;
    drop(tx);
    let tx = db.tenant(id, admin.origin()).await?;
    let draft = PackageDraft {
        name: format!("Model {} {}", demo.unit_name, demo.short_name),
        package_id: None,
        components: ComponentKind::ALL.to_vec(),
        note: PackageNote {
            id: "Terbitan pertama dari data contoh.".to_owned(),
            en: "First edition, from example data.".to_owned(),
        },
        preview_hash: None,
    };
    publish(&tx, keys, draft).await.map_err(told)?;
    tx.commit().await?;
    Ok(())
}
