//! The page of all districts.

use super::{
    plan::Plan,
    query,
    view::{Overview, OverviewQuery},
    waves,
};
use crate::{
    auth::{Oversight, guard::Reach, perm},
    endpoints,
    error::ApiResult,
    http::{Derived, Query, endpoint::Endpoints},
};

/// See all districts within reach at once
///
/// Every district with its readiness, the invited ones too, and what they make together: how many reached which phase, how
/// long each phase took, and how that grew. Filters narrow everything in the answer. Province staff see their province,
/// ministry staff the nation; the database hides the rest. The figures are kept with every change and renewed each day; the
/// answer has an `ETag`, so that asking again costs little.
#[utoipa::path(get, path = "/api/v1/oversight/overview", tag = "oversight", params(OverviewQuery),
    responses((status = 200, body = Overview), (status = 304, description = "Nothing has changed since the answer with the `ETag` in `If-None-Match`")))]
async fn get_overview(
    who: Oversight<perm::OversightRead>,
    Query(query): Query<OverviewQuery>,
) -> ApiResult<Derived<Overview>> {
    let filter = query.check()?;
    let tx = who.within_reach().await?;
    let today = query::today(&tx).await?;
    let plan = match &who.reach {
        Reach::Nation => Some(Plan::from(query::plan(&tx).await?)),
        Reach::Provinces(_) => None,
    };
    let provinces = query::provinces(&tx, &who.reach).await?;
    let planned = query::waves(&tx).await?;
    let mut standings = query::standings(&tx).await?;
    let mut waves = waves::waves(planned, &standings, today);
    standings.retain(|standing| filter.admits(&standing.district));
    if !filter.is_open() || who.reach != Reach::Nation {
        waves.retain(|wave| {
            standings
                .iter()
                .any(|standing| standing.district.wave_id == Some(wave.id))
        });
    }
    Ok(Derived(Overview::of(standings, plan, waves, provinces, today)))
}

/// The operations of this page.
pub(super) fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(endpoints, get_overview);
}
