//! Logs for the operator, and traces for whoever collects them.

use anyhow::{Context, Result};
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::WithExportConfig;
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::Config;

/// Sends what is still waiting when it is dropped.
#[derive(Debug)]
pub struct Telemetry {
    provider: Option<SdkTracerProvider>,
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(provider) = &self.provider
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!("traces not sent: {error}");
        }
    }
}

/// Sets up logging to standard error and, with an OTLP endpoint, traces. Call it once per process.
///
/// # Errors
/// When a filter or the endpoint cannot be understood.
pub fn init(config: &Config) -> Result<Telemetry> {
    let filter = EnvFilter::try_new(&config.log).context("SATUPINTU_LOG")?;
    let provider = config.otlp_endpoint.as_deref().map(provider).transpose()?;
    let traces = provider
        .as_ref()
        .map(|provider| tracing_opentelemetry::layer().with_tracer(provider.tracer("satupintu")));
    let log = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let log = if config.log_json {
        log.json().boxed()
    } else {
        log.boxed()
    };
    tracing_subscriber::registry()
        .with(filter)
        .with(traces)
        .with(log)
        .init();
    Ok(Telemetry { provider })
}

/// The exporter sends from a thread of its own, so that the collector's pace is never a request's.
fn provider(endpoint: &str) -> Result<SdkTracerProvider> {
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_endpoint(endpoint)
        .build()
        .context("SATUPINTU_OTLP_ENDPOINT")?;
    let resource = Resource::builder().with_service_name("satupintu").build();
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(resource)
        .build())
}
