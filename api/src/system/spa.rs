//! Serving the SPA's build folder beside the API. The SPA only uses the documented API; any other host can serve it.

use std::path::{Path, PathBuf};

use actix_files::{Files, NamedFile};
use actix_web::{
    HttpRequest, HttpResponse, Responder,
    dev::{ServiceRequest, ServiceResponse, fn_service},
    http::header::{CACHE_CONTROL, HeaderValue},
    web,
};

/// Where the SPA finds its API; other hosts of the SPA serve their own.
async fn config_json() -> impl Responder {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .json(serde_json::json!({ "api_base_url": "" }))
}

/// The SPA's files, those that the build compressed as such; every other path gets its page, whose router decides.
pub fn register(config: &mut web::ServiceConfig, dir: &Path) {
    let index: PathBuf = dir.join("index.html");
    let fallback = fn_service(move |request: ServiceRequest| {
        let index = index.clone();
        async move {
            let (request, _) = request.into_parts();
            let response = page(&request, &index);
            Ok(ServiceResponse::new(request, response))
        }
    });
    config
        .route("/config.json", web::get().to(config_json))
        .service(
            Files::new("/assets", dir.join("assets"))
                .use_etag(true)
                .try_compressed(),
        )
        .service(Files::new("/", dir).index_file("index.html").default_handler(fallback));
}

fn page(request: &HttpRequest, index: &Path) -> HttpResponse {
    let path = request.path();
    // A name with a dot is a file at the top of the build only: below it, it is a district's code (/layanan/73.02).
    let is_file =
        path.starts_with("/assets/") || path.trim_start_matches('/').split_once('/').is_none() && path.contains('.');
    if !request.method().is_safe() || path.starts_with("/api/") || is_file {
        return HttpResponse::NotFound().finish();
    }
    match NamedFile::open(index) {
        Ok(file) => {
            let mut response = file.into_response(request);
            response
                .headers_mut()
                .insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            response
        }
        Err(_) => HttpResponse::NotFound().finish(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, http::header, test};

    #[actix_web::test]
    async fn assets_are_sent_as_the_build_compressed_them() {
        let dir = tempfile::tempdir().unwrap();
        let assets = dir.path().join("assets");
        std::fs::create_dir(&assets).unwrap();
        std::fs::write(assets.join("a.js"), "plain").unwrap();
        std::fs::write(assets.join("a.js.br"), "brotli").unwrap();
        let app = test::init_service(App::new().configure(|config| super::register(config, dir.path()))).await;
        for (accepted, body) in [("gzip, br", "brotli"), ("gzip", "plain"), ("identity", "plain")] {
            let request = test::TestRequest::get()
                .uri("/assets/a.js")
                .insert_header((header::ACCEPT_ENCODING, accepted));
            let answer = test::call_service(&app, request.to_request()).await;
            let kind = answer.headers().get(header::CONTENT_TYPE).cloned();
            assert!(kind.is_some_and(|kind| kind.to_str().unwrap().starts_with("text/javascript")));
            let encoding = answer.headers().contains_key(header::CONTENT_ENCODING);
            assert_eq!(encoding, body == "brotli", "{accepted}");
            assert_eq!(test::read_body(answer).await, body, "{accepted}");
        }
    }
}
