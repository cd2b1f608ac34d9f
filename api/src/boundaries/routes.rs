//! Boundaries for the map: the ministry's administrators load them, everybody in oversight reads them.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::header::{self, ContentEncoding},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use super::{
    prepare::{self, BoundaryReport, Outcome},
    query::{self, Boundaries, BoundarySet, Origin},
    topology::BoundaryTopology,
    upload::{BoundaryForm, BoundaryUpload},
};
use crate::{
    auth::{Oversight, perm},
    db::Transaction,
    endpoints,
    error::{ApiResult, ErrorCode},
    http::{
        Checks, Created, IdempotencyKey, IfMatch, NoContent, Query, Tagged,
        endpoint::Endpoints,
        idempotency::create_once,
        problem::{self, Problem},
        reply,
    },
};

/// Load, or only check.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BoundaryLoadQuery {
    /// Only look at the file and report; nothing is changed.
    #[serde(default)]
    #[param(default = false)]
    pub check: bool,
}

/// Which boundaries are loaded
///
/// `loaded` is null when none are: the product comes without boundaries, and the map is one of tiles then.
#[utoipa::path(get, path = "/api/v1/oversight/boundaries", tag = "oversight",
    responses((status = 200, body = Boundaries), (status = 304, description = "Nothing has changed since the answer with the `ETag` in `If-None-Match`")))]
async fn get_boundaries(who: Oversight<perm::OversightRead>) -> ApiResult<Tagged<Boundaries>> {
    let tx = who.within_reach().await?;
    let (version, loaded) = query::current(&tx).await?;
    Ok(Tagged {
        version,
        value: Boundaries { loaded },
    })
}

/// The boundaries themselves
///
/// TopoJSON with one object, `districts`; ids are Kemendagri codes. It has an `ETag`, so that a browser loads it once, and is
/// sent as it is kept, compressed with gzip, to whoever takes that.
#[utoipa::path(get, path = "/api/v1/oversight/boundaries/topology", tag = "oversight",
    responses((status = 200, body = BoundaryTopology),
        (status = 304, description = "You have it"),
        (status = 404, description = "None are loaded", body = Problem, content_type = "application/problem+json")))]
async fn get_boundary_topology(who: Oversight<perm::OversightRead>, request: HttpRequest) -> ApiResult<HttpResponse> {
    let tx = who.within_reach().await?;
    let hash = query::topology_hash(&tx).await?.ok_or(ErrorCode::NotFound)?;
    let tag = reply::tag_of_hash(&hash);
    if reply::is_known(&request, &tag) {
        return Ok(with_tag(HttpResponse::NotModified(), tag).finish());
    }
    // Others may have been loaded since: the tag is that of the row which is sent.
    let (hash, gzip) = query::topology(&tx).await?;
    let mut answer = with_tag(HttpResponse::Ok(), reply::tag_of_hash(&hash));
    answer.content_type("application/json");
    if takes_gzip(&request) {
        return Ok(answer.insert_header(ContentEncoding::Gzip).body(gzip));
    }
    Ok(answer.body(prepare::decompress(&gzip)?))
}

fn with_tag(mut answer: HttpResponseBuilder, tag: String) -> HttpResponseBuilder {
    answer
        .insert_header((header::ETAG, tag))
        // Whoever has it may keep it, but asks each time whether it still holds and they still may see it.
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "accept-encoding"));
    answer
}

fn takes_gzip(request: &HttpRequest) -> bool {
    let accepted = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    accepted.is_some_and(|list| {
        list.split(',').any(|part| {
            let (coding, quality) = part.split_once(';').unwrap_or((part, ""));
            let is_refused = quality
                .trim()
                .strip_prefix("q=")
                .is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
            coding.trim().eq_ignore_ascii_case("gzip") && !is_refused
        })
    })
}

/// Load boundaries, or check a file
///
/// A GeoJSON FeatureCollection or a TopoJSON Topology in degrees (WGS 84), with a Polygon or MultiPolygon for each
/// kabupaten/kota. The Kemendagri code is looked for in the properties `code`, `kode`, `kode_kab`, `kdpkab` and `id`, then in
/// the `id` of the feature, with or without its dot. Of a TopoJSON file the object that holds the most kabupaten/kota is used.
/// Kabupaten/kota may be missing; codes that do not exist, codes that come twice, borders that cross themselves, coordinates
/// outside of Indonesia and the like are refused, each with its place. Borders are simplified so that neighbours stay joined,
/// and take the place of what was loaded before.
///
/// Names in `wadmkk`, `kabupaten`, `kab_kota`, `namobj`, `nama` and `name` are held against the code, however they are
/// spelled: one that is another kabupaten/kota's is refused, because the codes are those of BPS then. One file at a time is
/// worked on.
///
/// With `check=true` nothing is kept: the answer is 200 and a report, whatever the file is.
#[utoipa::path(post, path = "/api/v1/oversight/boundaries", tag = "oversight", params(BoundaryLoadQuery),
    request_body(content = BoundaryUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = BoundarySet),
        (status = 200, description = "The report of a check", body = BoundaryReport),
        (status = 413, description = "The file is too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The file cannot be used (`boundary_invalid`, with every reason), or source and licence are missing", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Another file is being worked on; `Retry-After` says when to try again", body = Problem, content_type = "application/problem+json")))]
async fn load_boundaries(
    who: Oversight<perm::BoundariesManage>,
    request: HttpRequest,
    Query(query): Query<BoundaryLoadQuery>,
    key: IdempotencyKey,
    form: BoundaryForm,
) -> ApiResult<HttpResponse> {
    if query.check {
        let (_, outcome) = worked_on(&who, form.bytes).await?;
        return Ok(HttpResponse::Ok().json(outcome.report(problem::language(&request))));
    }
    let mut checks = Checks::new();
    let source = checks.line("source", &form.source, 300);
    let licence = checks.line("licence", &form.licence, 300);
    checks.finish()?;
    let (file_hash, outcome) = worked_on(&who, form.bytes).await?;
    let prepared = outcome.usable()?;
    let mut request_hash = Sha256::new();
    request_hash.update(file_hash);
    request_hash.update(&source);
    request_hash.update(&licence);
    let origin = Origin {
        file_name: form.file_name,
        file_hash,
        source,
        licence,
    };
    let tx = who.system().await?;
    create_once(tx, "load_boundaries", key, request_hash.finalize().into(), async |tx| {
        let (version, value) = query::keep(tx, prepared, origin).await?;
        Ok(Created {
            version: Some(version),
            value,
        })
    })
    .await
}

/// Prepares a file away from the threads that answer requests.
async fn worked_on<P>(who: &Oversight<P>, bytes: Vec<u8>) -> ApiResult<([u8; 32], Outcome)> {
    let regencies = {
        let tx = who.system().await?;
        let regencies = query::regencies(&tx).await?;
        tx.commit().await?;
        regencies
    };
    let work = move || {
        let hash = Sha256::digest(&bytes).into();
        prepare::prepare(&bytes, &regencies).map(|outcome| (hash, outcome))
    };
    who.app().shared.boundary_work.work(work).await
}

/// Remove the boundaries
///
/// The map is one of tiles again.
#[utoipa::path(delete, path = "/api/v1/oversight/boundaries", tag = "oversight",
    responses((status = 204, description = "They are gone"),
        (status = 404, description = "None are loaded", body = Problem, content_type = "application/problem+json")))]
async fn remove_boundaries(who: Oversight<perm::BoundariesManage>, version: IfMatch) -> ApiResult<NoContent> {
    let tx = who.system().await?;
    query::remove(&tx, Some(version.0)).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The operations of this feature.
pub fn endpoints(endpoints: &mut Endpoints) {
    endpoints!(
        endpoints,
        get_boundaries,
        get_boundary_topology,
        load_boundaries,
        remove_boundaries
    );
}
