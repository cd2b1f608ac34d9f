//! Putting the service together and running it.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
    time::Duration,
};

use actix_cors::Cors;
use actix_web::{
    App as ActixApp, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::header,
    middleware::{Compress, from_fn},
    web,
};
use anyhow::{Context, Result};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::{sync::watch, task::JoinHandle, time};
use tracing_actix_web::TracingLogger;
use utoipa_swagger_ui::SwaggerUi;

use crate::{
    app::{App, Shared},
    config::Config,
    db::Db,
    error::{ApiError, ErrorCode},
    http::{
        endpoint::Endpoints,
        middleware::{RequestSpan, envelope},
    },
    jobs::{housekeeping, mail::Mailer, outbox},
    notices::hub::Hub,
    openapi, routes, system,
};

/// A running service.
#[allow(missing_debug_implementations, reason = "join handles have none worth showing")]
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    handle: ServerHandle,
    server: JoinHandle<std::io::Result<()>>,
    jobs: [JoinHandle<()>; 2],
    stop_jobs: watch::Sender<bool>,
    job_db: Db,
    hub: Hub,
}

/// Connections of a worker: a request that waits for one while it holds one must find a second.
const LEAST_CONNECTIONS: u32 = 2;

/// Starts the service on a migrated database.
///
/// # Errors
/// When the database, the data folder or the address does not allow it.
pub async fn start(config: Config, database_url: &str) -> Result<Running> {
    let metrics = metrics_handle()?;
    let workers = config
        .workers
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from));
    let job_db = Db::lazy(database_url, 2)?;
    let mailer = Mailer::from_config(&config)?;
    let shared = Arc::new(Shared::load(config, &job_db).await?);
    let (stop_jobs, stopped) = watch::channel(false);
    tokio::spawn(keep_metrics(metrics.clone(), stopped.clone()));
    let hub = shared.hub.clone();
    tokio::spawn(hub.clone().listen(Db::lazy(database_url, 1)?, stopped.clone()));
    tokio::spawn(close_streams(hub.clone(), stopped.clone()));
    let mails = tokio::spawn(outbox::run(job_db.clone(), shared.clone(), mailer, stopped.clone()));
    let others = tokio::spawn(housekeeping::run(job_db.clone(), shared.clone(), stopped));

    let per_worker = (shared.config.database_connections / u32::try_from(workers).unwrap_or(1)).max(LEAST_CONNECTIONS);
    let url = database_url.to_owned();
    let document = web::Bytes::from(openapi::to_json()?);
    let config = shared.config.clone();
    let server = HttpServer::new(move || {
        let config = &shared.config;
        // The URL was parsed above; a pool that could not be made would answer 503.
        let db = Db::lazy(&url, per_worker).unwrap_or_else(|error| unreachable_pool(&error));
        let app = App::new(shared.clone(), db);
        let document = document.clone();
        ActixApp::new()
            .app_data(web::Data::new(app))
            .app_data(web::Data::new(metrics.clone()))
            .wrap(Compress::default())
            .wrap(cors(config))
            .wrap(from_fn(envelope))
            .wrap(TracingLogger::<RequestSpan>::new())
            .configure(api)
            .configure(system::health::register)
            .configure(|service| docs(service, document))
            .configure(|service| {
                if config.demo {
                    system::dev_mail::register(service);
                }
                if let Some(dir) = &config.spa_dir {
                    system::spa::register(service, dir);
                }
            })
            .default_service(web::to(|| async {
                Err::<HttpResponse, _>(ApiError::new(ErrorCode::NotFound))
            }))
    })
    .workers(workers)
    // They compress, hash and read files: more of them than cores are no faster, and each keeps memory of its own.
    .worker_max_blocking_threads(4)
    // Longer than proxies keep theirs to a service behind them (commonly 60 to 90 s): who closes second never sends a request into
    // a connection that is being closed.
    .keep_alive(Duration::from_secs(120))
    // A compressed answer leaves in two writes; without this the second waits 40 ms for the first to be acknowledged.
    .tcp_nodelay(true)
    .shutdown_timeout(20)
    .bind(config.addr)
    .with_context(|| format!("listening on {}; SATUPINTU_ADDR names another address", config.addr))?;
    let addr = *server.addrs().first().context("the server has no address")?;
    let server = server.run();
    let handle = server.handle();
    Ok(Running {
        addr,
        handle,
        server: tokio::spawn(server),
        jobs: [mails, others],
        stop_jobs,
        job_db,
        hub,
    })
}

impl Running {
    /// Serves until SIGTERM or SIGINT, then finishes open requests and jobs.
    ///
    /// # Errors
    /// When the server failed.
    pub async fn wait(self) -> Result<()> {
        self.server.await??;
        finish_jobs(self.stop_jobs, self.jobs, &self.job_db).await;
        Ok(())
    }

    /// Stops now, after open requests.
    pub async fn stop(self) {
        self.hub.close();
        self.handle.stop(true).await;
        finish_jobs(self.stop_jobs, self.jobs, &self.job_db).await;
    }
}

/// Ends open streams when the service is told to stop, which would wait for them otherwise.
async fn close_streams(hub: Hub, mut stopped: watch::Receiver<bool>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = stopped.changed() => {}
    }
    hub.close();
}

async fn finish_jobs(stop: watch::Sender<bool>, jobs: [JoinHandle<()>; 2], db: &Db) {
    // Fails only when the jobs have ended already.
    let _ = stop.send(true);
    for job in jobs {
        let _ = job.await;
    }
    db.close().await;
}

fn api(service: &mut web::ServiceConfig) {
    let mut endpoints = Endpoints::undocumented();
    routes::endpoints(&mut endpoints);
    endpoints.register(service);
}

fn unreachable_pool(error: &sqlx::Error) -> Db {
    tracing::error!("database pool: {error}");
    std::process::exit(1)
}

fn metrics_handle() -> Result<PrometheusHandle> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    // Two services in one process (tests) share the recorder; whoever comes second finds it installed.
    match PrometheusBuilder::new().install_recorder() {
        Ok(handle) => Ok(HANDLE.get_or_init(|| handle).clone()),
        Err(error) => HANDLE.get().cloned().ok_or_else(|| error.into()),
    }
}

/// Adds up what was measured until `stopped` changes: the recorder keeps every single measurement until then.
async fn keep_metrics(metrics: PrometheusHandle, mut stopped: watch::Receiver<bool>) {
    let mut often = time::interval(Duration::from_secs(5));
    loop {
        tokio::select! {
            _ = often.tick() => metrics.run_upkeep(),
            _ = stopped.changed() => return,
        }
    }
}

fn cors(config: &Config) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::ACCEPT_LANGUAGE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::HeaderName::from_static("idempotency-key"),
            header::HeaderName::from_static("x-request-id"),
            header::HeaderName::from_static("x-registration-token"),
        ])
        .expose_headers([
            "etag",
            "retry-after",
            "ratelimit",
            "x-request-id",
            "idempotency-replayed",
        ])
        .supports_credentials()
        .max_age(3600);
    for origin in config.origins() {
        cors = cors.allowed_origin(origin);
    }
    cors
}

fn docs(service: &mut web::ServiceConfig, document: web::Bytes) {
    let json = web::get().to(move || {
        let document = document.clone();
        async move { HttpResponse::Ok().content_type("application/json").body(document) }
    });
    let ui = SwaggerUi::new("/api/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/api/v1/openapi.json"));
    service
        .route("/api/v1/openapi.json", json)
        .route(
            "/api/docs",
            web::get().to(|| async {
                HttpResponse::PermanentRedirect()
                    .insert_header((header::LOCATION, "/api/docs/"))
                    .finish()
            }),
        )
        .service(ui);
}
