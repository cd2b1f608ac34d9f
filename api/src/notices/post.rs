//! Writing a notice in the transaction of its cause.

use chrono::Utc;
use entity::{
    district,
    ids::{AccountId, DistrictId, NoticeId},
    notice,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait,
};

use super::content::NoticeContent;
use crate::{
    db::Transaction,
    error::{ApiError, ApiResult},
};

/// Which area a notice tells of. Who has no right there any more no longer sees it.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The district.
    pub district: Option<DistrictId>,
    /// The province.
    pub province: Option<String>,
}

impl About {
    /// A district.
    #[must_use]
    pub fn district(district: &district::Model) -> Self {
        Self {
            district: Some(district.id),
            province: Some(district.province_code.clone()),
        }
    }

    /// A province, for what happens before a district is a tenant.
    #[must_use]
    pub fn province(code: &str) -> Self {
        Self {
            district: None,
            province: Some(code.to_owned()),
        }
    }
}

/// What people should know of.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What it says.
    pub content: NoticeContent,
    /// The screen where one acts on it: a path within the application.
    pub link: String,
    /// Which area it tells of.
    pub about: About,
}

/// Tells these people, after the transaction is committed and as each of them wishes.
///
/// # Errors
/// When the database refuses.
pub async fn post<X: Transaction>(tx: &X, to: impl IntoIterator<Item = AccountId>, what: &Notice) -> ApiResult<()> {
    let (kind, params) = what.content.split().map_err(ApiError::internal)?;
    let rows: Vec<notice::ActiveModel> = to
        .into_iter()
        .map(|account| notice::ActiveModel {
            id: Set(NoticeId::generate()),
            account_id: Set(account),
            kind: Set(kind.as_str().to_owned()),
            params: Set(params.clone()),
            link: Set(what.link.clone()),
            district_id: Set(what.about.district),
            province_code: Set(what.about.province.clone()),
            created_at: Set(Utc::now()),
            routed_at: NotSet,
            in_app: NotSet,
            digest_due_at: NotSet,
            digested_at: NotSet,
            read_at: NotSet,
        })
        .collect();
    if !rows.is_empty() {
        // Without RETURNING: a tenant's transaction may add notices but not read them.
        notice::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}
