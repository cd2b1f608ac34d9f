//! Every setting, in one place. Each has a flag and an environment variable; `satupintu config check` shows what is in
//! force, with secrets hidden.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use url::{Host, Url};

/// Which pages' requests carry the cookies of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CookieSameSite {
    /// Only those of the site that the API belongs to.
    #[default]
    Strict,
    /// Those of other sites too, for an SPA on another site; which ones is for SATUPINTU_CORS_ORIGINS to say.
    None,
}

/// The settings of the service.
#[derive(Args, Clone)]
pub struct Config {
    /// Where to listen; port 0 picks a free one.
    #[arg(long, env = "SATUPINTU_ADDR", default_value = "127.0.0.1:8080")]
    pub addr: SocketAddr,

    /// Folder for the embedded database, uploaded files and the master key. Default: /var/lib/satupintu for root,
    /// $XDG_DATA_HOME/satupintu or ~/.local/share/satupintu for others.
    #[arg(long, env = "SATUPINTU_DATA_DIR")]
    pub data_dir: Option<PathBuf>,

    /// Database of the service role. Without it the service starts its own private PostgreSQL.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// The same database as the owner role, for migrations. Only used by `migrate` and by `serve` at start.
    #[arg(long, env = "DATABASE_OWNER_URL", hide_env_values = true)]
    pub database_owner_url: Option<String>,

    /// Folder with PostgreSQL's programs, when they are not where Debian puts them.
    #[arg(long, env = "PG_BIN")]
    pub pg_bin: Option<PathBuf>,

    /// Database connections in total, shared out between the workers.
    #[arg(long, env = "SATUPINTU_DATABASE_CONNECTIONS", default_value_t = 16, value_parser = clap::value_parser!(u32).range(2..=500))]
    pub database_connections: u32,

    /// 32 bytes in base64 that seal secrets in the database. Without it, a key file in the data folder is used.
    #[arg(long, env = "SATUPINTU_MASTER_KEY", hide_env_values = true)]
    pub master_key: Option<String>,

    /// Address under which people reach the application; links in mails begin with it. https, except on one machine or in a
    /// private network. Default: where it listens.
    #[arg(long, env = "SATUPINTU_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Folder with the built SPA, served beside the API. Without it only the API is served.
    #[arg(long, env = "SATUPINTU_SPA_DIR")]
    pub spa_dir: Option<PathBuf>,

    /// Origins, comma-separated, from which a browser may call the API when the SPA is served elsewhere.
    #[arg(long, env = "SATUPINTU_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,

    /// SameSite of the session's cookies: strict, or none when the SPA is served from another site. None needs https and the
    /// SPA's origin in SATUPINTU_CORS_ORIGINS.
    #[arg(long, env = "SATUPINTU_COOKIE_SAME_SITE", value_enum, default_value_t)]
    pub cookie_same_site: CookieSameSite,

    /// Trust X-Forwarded-For of the proxy in front.
    #[arg(long, env = "SATUPINTU_BEHIND_PROXY")]
    pub behind_proxy: bool,

    /// Calls per minute of one signed-in person.
    #[arg(long, env = "SATUPINTU_RATE_PER_ACCOUNT", default_value_t = 600)]
    pub rate_per_account: u32,

    /// Calls per minute from one address without sign-in.
    #[arg(long, env = "SATUPINTU_RATE_PER_ADDRESS", default_value_t = 600)]
    pub rate_per_address: u32,

    /// Mail server: smtp://host:port (plain, for a relay on the same machine), smtp+starttls:// or smtps://, with
    /// user:password@ when it asks for one.
    #[arg(long, env = "SATUPINTU_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Sender of mails.
    #[arg(
        long,
        env = "SATUPINTU_MAIL_FROM",
        default_value = "Satu Pintu <tidak-dibalas@satupintu.example>"
    )]
    pub mail_from: String,

    /// Largest uploaded file, in MiB.
    #[arg(long, env = "SATUPINTU_MAX_UPLOAD_MIB", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub max_upload_mib: u64,

    /// How many MiB a day one email and one address may upload for applications.
    #[arg(long, env = "SATUPINTU_APPLICANT_UPLOAD_MIB", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=102_400))]
    pub applicant_upload_mib: u64,

    /// Hours within which the email of an application is to be confirmed; then the application lapses.
    #[arg(long, env = "SATUPINTU_CONFIRM_WITHIN_HOURS", default_value_t = 48, value_parser = clap::value_parser!(u32).range(1..=720))]
    pub confirm_within_hours: u32,

    /// Where uploaded files are kept: file:///folder, or s3://bucket/prefix in a build with the `s3` feature, which
    /// reads AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT. Default: `files` in the data folder.
    #[arg(long, env = "SATUPINTU_FILES_URL")]
    pub files_url: Option<String>,

    /// Fingerprints, comma-separated, of other installations' keys whose model packages may be imported without asking.
    #[arg(
        long,
        env = "SATUPINTU_TRUSTED_PACKAGE_KEYS",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub trusted_package_keys: Vec<String>,

    /// One JSON object per log line instead of text for people.
    #[arg(long, env = "SATUPINTU_LOG_JSON")]
    pub log_json: bool,

    /// What to log, as tracing filters.
    #[arg(long, env = "SATUPINTU_LOG", default_value = "info,sqlx=warn")]
    pub log: String,

    /// Where to send traces, as OTLP over HTTP, e.g. http://127.0.0.1:4318/v1/traces. Without it none are sent.
    #[arg(long, env = "SATUPINTU_OTLP_ENDPOINT")]
    pub otlp_endpoint: Option<String>,

    /// Number of worker threads; default: one per core.
    #[arg(long, env = "SATUPINTU_WORKERS")]
    pub workers: Option<usize>,

    /// Load the demo districts and accounts and relax what a demo must: no second factor, local mailbox.
    #[arg(long, env = "SATUPINTU_DEMO")]
    pub demo: bool,
}

impl Config {
    /// Finds contradictions before anything starts.
    ///
    /// # Errors
    /// The first contradiction, with what to do.
    pub fn check(&self) -> Result<()> {
        if self.database_url.is_none() && self.database_owner_url.is_some() {
            bail!("DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither for the embedded database");
        }
        if !self.demo && self.database_url.is_some() && self.master_key.is_none() && self.data_dir.is_none() {
            bail!("with DATABASE_URL set SATUPINTU_MASTER_KEY, or SATUPINTU_DATA_DIR where the key file is kept");
        }
        if let Some(dir) = &self.spa_dir
            && !dir.join("index.html").is_file()
        {
            bail!(
                "SATUPINTU_SPA_DIR={} has no index.html: build the SPA first",
                dir.display()
            );
        }
        if self.rate_per_account == 0 || self.rate_per_address == 0 {
            bail!("rate limits must be at least 1 per minute");
        }
        let public_url = self.public_url();
        check_public_url(&public_url)?;
        if self.applicant_upload_mib < self.max_upload_mib {
            bail!("SATUPINTU_APPLICANT_UPLOAD_MIB must be at least SATUPINTU_MAX_UPLOAD_MIB: one letter must fit");
        }
        if self.cookie_same_site == CookieSameSite::None {
            if !public_url.starts_with("https://") {
                bail!(
                    "SATUPINTU_COOKIE_SAME_SITE=none needs SATUPINTU_PUBLIC_URL with https://: browsers drop such cookies otherwise"
                );
            }
            if self.origins().next().is_none() || self.origins().any(|origin| !origin.starts_with("https://")) {
                bail!(
                    "SATUPINTU_COOKIE_SAME_SITE=none needs SATUPINTU_CORS_ORIGINS: name the https:// origins of the SPA"
                );
            }
        }
        self.mail_from
            .parse::<lettre::message::Mailbox>()
            .context("SATUPINTU_MAIL_FROM is not an address")?;
        Ok(())
    }

    /// The data folder.
    #[must_use]
    pub fn data_dir(&self) -> PathBuf {
        self.data_dir
            .clone()
            .or_else(crate::db::embedded::default_data_dir)
            .unwrap_or_else(|| PathBuf::from("satupintu-data"))
    }

    /// The largest uploaded file, in bytes.
    #[must_use]
    pub const fn max_upload_bytes(&self) -> u64 {
        self.max_upload_mib * 1024 * 1024
    }

    /// What an applicant may upload in a day, in bytes.
    #[must_use]
    pub const fn applicant_upload_bytes(&self) -> u64 {
        self.applicant_upload_mib * 1024 * 1024
    }

    /// How long the link that confirms the email of an application is good.
    #[must_use]
    pub fn confirm_within(&self) -> chrono::Duration {
        chrono::Duration::hours(self.confirm_within_hours.into())
    }

    /// The origins from which a browser may call.
    pub fn origins(&self) -> impl Iterator<Item = &str> {
        self.cors_origins
            .iter()
            .map(|origin| origin.trim().trim_end_matches('/'))
            .filter(|origin| !origin.is_empty())
    }

    /// An address within the application, for links in mails.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url())
    }

    /// The address under which people reach the application, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> String {
        let url = self
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.addr));
        url.trim_end_matches('/').to_owned()
    }
}

/// Passwords and records of children must not travel readable: https, except on one machine or in a private network.
fn check_public_url(url: &str) -> Result<()> {
    let parsed =
        Url::parse(url).context("SATUPINTU_PUBLIC_URL is not an address such as https://satupintu.contoh.go.id")?;
    let is_near = match parsed.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_unspecified(),
        Some(Host::Ipv6(ip)) => ip.is_loopback() || ip.is_unique_local() || ip.is_unspecified(),
        // Names without a dot are known in one network only.
        Some(Host::Domain(name)) => !name.contains('.') || name.ends_with(".localhost"),
        None => false,
    };
    match parsed.scheme() {
        "https" => Ok(()),
        "http" if is_near => Ok(()),
        "http" => bail!(
            "SATUPINTU_PUBLIC_URL={url} must begin with https://: passwords and records of children would travel readable. Put a \
             proxy with a certificate in front; http:// is for one machine or a private network"
        ),
        _ => bail!("SATUPINTU_PUBLIC_URL must begin with https://, or http:// on one machine or in a private network"),
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hidden = |value: &Option<String>| value.as_ref().map(|_| "(set, hidden)");
        f.debug_struct("Config")
            .field("addr", &self.addr)
            .field("data_dir", &self.data_dir())
            .field("database_url", &hidden(&self.database_url))
            .field("database_owner_url", &hidden(&self.database_owner_url))
            .field("pg_bin", &self.pg_bin)
            .field("database_connections", &self.database_connections)
            .field("master_key", &hidden(&self.master_key))
            .field("public_url", &self.public_url())
            .field("spa_dir", &self.spa_dir)
            .field("cors_origins", &self.cors_origins)
            .field("cookie_same_site", &self.cookie_same_site)
            .field("behind_proxy", &self.behind_proxy)
            .field("rate_per_account", &self.rate_per_account)
            .field("rate_per_address", &self.rate_per_address)
            .field("smtp_url", &hidden(&self.smtp_url))
            .field("mail_from", &self.mail_from)
            .field("max_upload_mib", &self.max_upload_mib)
            .field("applicant_upload_mib", &self.applicant_upload_mib)
            .field("confirm_within_hours", &self.confirm_within_hours)
            .field("files_url", &self.files_url)
            .field("trusted_package_keys", &self.trusted_package_keys)
            .field("log_json", &self.log_json)
            .field("log", &self.log)
            .field("otlp_endpoint", &self.otlp_endpoint)
            .field("workers", &self.workers)
            .field("demo", &self.demo)
            .finish()
    }
}
