//! The binary `satupintu`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use satupintu::{
    audit::verify::verify_all,
    boundaries,
    config::Config,
    db::{
        Db,
        embedded::{DATABASE, EmbeddedConfig, EmbeddedPostgres},
    },
    demo,
    files::store::FileStore,
    memory, openapi,
    operator::{self, NewOfficial, RoleToRemove},
    packages::{cli, sign::PackageKeys},
    readiness::rebuild,
    server, telemetry,
};

/// Gives memory back after a peak, which glibc keeps in an arena for each thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Satu Pintu: one door to PKSAI for every kabupaten/kota.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Migrate the database and serve the API (and the SPA, when SATUPINTU_SPA_DIR is set).
    Serve {
        #[command(flatten)]
        config: Config,
    },
    /// Migrate the database and end.
    Migrate {
        #[command(flatten)]
        config: Config,
    },
    /// Print the OpenAPI document. Needs neither database nor settings.
    Openapi,
    /// Look at the settings.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Look at the audit trail.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// The figures that are kept for those who look at many districts.
    Rollups {
        #[command(subcommand)]
        command: RollupsCommand,
    },
    /// Check, export and import model packages.
    Package {
        #[command(subcommand)]
        command: PackageCommand,
    },
    /// The boundaries on the map of the national page. The product comes without any.
    Boundaries {
        #[command(subcommand)]
        command: BoundariesCommand,
    },
    /// Make data to try things with.
    Demo {
        #[command(subcommand)]
        command: DemoCommand,
    },
    /// Manage accounts of ministry and provinces.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Show the settings in force, secrets hidden, and say what contradicts.
    Check {
        #[command(flatten)]
        config: Config,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Check every hash chain; ends with status 1 when one is broken.
    Verify {
        #[command(flatten)]
        config: Config,
    },
}

#[derive(Subcommand)]
enum RollupsCommand {
    /// Compute every district's figures anew, keep them, and say how many differed from what was kept.
    ///
    /// Ends with status 0 when none differed. With 2 when some did: they are named and are right now. In the first hour of a
    /// day that is documents that have expired, and after an upgrade what it judges otherwise; at any other time something
    /// wrote behind the service's back, or the service has a fault that should be reported. With 1 when one could not be
    /// computed: it is left as it was, and the log says why.
    Rebuild {
        #[command(flatten)]
        config: Config,
    },
}

#[derive(Subcommand)]
enum PackageCommand {
    /// Say whether a package file is whole and who signed it. Needs neither database nor settings. Ends with status 0 when
    /// it is good, 1 when it is not, 3 when another key signed it than expected.
    Verify {
        /// The file.
        file: PathBuf,
        /// The fingerprint that its publisher told you.
        // One in sixty-four begins with a hyphen.
        #[arg(long, allow_hyphen_values = true)]
        fingerprint: Option<String>,
    },
    /// Print a published version as a file.
    Export {
        #[command(flatten)]
        config: Config,
        /// Id of the version, as the catalogue shows it.
        id: String,
    },
    /// Add a package file of another installation to the catalogue.
    Import {
        #[command(flatten)]
        config: Config,
        /// The file.
        file: PathBuf,
        /// The fingerprint that its publisher told you; not needed for keys that the settings list.
        // One in sixty-four begins with a hyphen.
        #[arg(long, allow_hyphen_values = true)]
        fingerprint: Option<String>,
    },
}

#[derive(Subcommand)]
enum BoundariesCommand {
    /// Load a GeoJSON or TopoJSON file in degrees, keyed by Kemendagri code, in place of what is loaded. Ends with status 1
    /// and says why when it cannot be used.
    Load {
        #[command(flatten)]
        config: Config,
        /// The file.
        file: PathBuf,
        /// Whose boundaries they are; shown below the map.
        #[arg(long, required_unless_present = "check")]
        source: Option<String>,
        /// Under which terms they may be shown.
        #[arg(long, required_unless_present = "check")]
        licence: Option<String>,
        /// Only say what would come of it.
        #[arg(long)]
        check: bool,
    },
    /// Say what is loaded.
    Show {
        #[command(flatten)]
        config: Config,
    },
    /// Remove what is loaded; the map is one of tiles again.
    Remove {
        #[command(flatten)]
        config: Config,
    },
}

#[derive(Subcommand)]
enum DemoCommand {
    /// Load the demo and add made-up districts until there are that many: as far as they would be, with what they would
    /// have set up, and with plainly synthetic people. Refuses a database that holds anything real. A run that was broken
    /// off is taken up by the next one. Serve the result with --demo.
    Generate {
        #[command(flatten)]
        config: Config,
        /// How many districts there shall be.
        #[arg(long, default_value_t = 514, value_parser = clap::value_parser!(u16).range(1..=514))]
        districts: u16,
        /// The same seed makes the same districts on the same day.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Make an account with a role in the nation or a province; prints the link to set its password.
    Create {
        #[command(flatten)]
        config: Config,
        /// The email to sign in with.
        #[arg(long)]
        email: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// nation_admin, nation_reviewer, nation_viewer, province_reviewer or province_viewer.
        #[arg(long, default_value = "nation_admin")]
        role: String,
        /// Kemendagri code of the province, for province roles.
        #[arg(long)]
        province: Option<String>,
    },
    /// End the use of an account and its sessions, e.g. of somebody who left office.
    Disable {
        #[command(flatten)]
        config: Config,
        /// The email of the account.
        email: String,
    },
    /// Let a disabled account be used again.
    Enable {
        #[command(flatten)]
        config: Config,
        /// The email of the account.
        email: String,
    },
    /// Take a role in the nation or a province away, and end the sessions of the account.
    RemoveRole {
        #[command(flatten)]
        config: Config,
        /// The email of the account.
        email: String,
        /// The role.
        #[arg(long)]
        role: String,
        /// Kemendagri code of the province, for province roles.
        #[arg(long)]
        province: Option<String>,
    },
    /// Turn the second factor of an account off whose owner lost phone and recovery codes, and end its sessions.
    ResetSecondFactor {
        #[command(flatten)]
        config: Config,
        /// The email of the account.
        email: String,
    },
}

/// The status of `rollups rebuild` when it mended something. Not 1: nothing failed.
const DIFFERED: u8 = 2;

/// The database in use, and the embedded server when it is ours.
struct Database {
    app_url: String,
    owner_url: Option<String>,
    embedded: Option<EmbeddedPostgres>,
}

fn main() -> ExitCode {
    memory::give_back_soon();
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("satupintu: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Openapi => {
            print(&openapi::to_json()?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Config {
            command: ConfigCommand::Check { config },
        } => {
            print(&format!("{config:#?}\n"));
            config.check()?;
            print("ok\n");
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve { config } => with_database(config, serve),
        Command::Migrate { config } => with_database(config, async |_, _| Ok(ExitCode::SUCCESS)),
        Command::Audit {
            command: AuditCommand::Verify { config },
        } => with_database(config, verify),
        Command::Rollups {
            command: RollupsCommand::Rebuild { config },
        } => with_database(config, rebuild_rollups),
        Command::Package { command } => package(command),
        Command::Boundaries { command } => on_boundaries(command),
        Command::Demo {
            command:
                DemoCommand::Generate {
                    config,
                    districts,
                    seed,
                },
        } => with_database(config, async move |config: Config, url: String| {
            let files = FileStore::from_config(&config)?;
            // Two connections: a district is written while its people are looked up.
            let db = Db::lazy(&url, 2)?;
            let keys = PackageKeys::of_installation(&db, &config).await?;
            let made = demo::generate::generate(&db, &files, &keys, districts.into(), seed).await?;
            print(&format!(
                "{} districts, {} of them made now in {:.1} s\n",
                made.districts,
                made.added,
                made.took.as_secs_f64()
            ));
            Ok(ExitCode::SUCCESS)
        }),
        Command::Account { command } => account(command),
    }
}

fn account(command: AccountCommand) -> Result<ExitCode> {
    let ended = |ended: u64| {
        print(&format!("done; sessions ended: {ended}\n"));
        Ok(ExitCode::SUCCESS)
    };
    match command {
        AccountCommand::Create {
            config,
            email,
            name,
            role: role_key,
            province: province_code,
        } => {
            let new = NewOfficial {
                email,
                name,
                role_key,
                province_code,
            };
            with_database(config, async move |config: Config, url: String| {
                let token = operator::create_official(&Db::lazy(&url, 1)?, new).await?;
                print(&format!("{}\n", config.link(&format!("/atur-ulang#token={token}"))));
                Ok(ExitCode::SUCCESS)
            })
        }
        AccountCommand::Disable { config, email } => with_database(config, async move |_, url: String| {
            ended(operator::disable(&Db::lazy(&url, 1)?, &email).await?)
        }),
        AccountCommand::Enable { config, email } => with_database(config, async move |_, url: String| {
            operator::enable(&Db::lazy(&url, 1)?, &email).await?;
            print("done\n");
            Ok(ExitCode::SUCCESS)
        }),
        AccountCommand::RemoveRole {
            config,
            email,
            role: role_key,
            province: province_code,
        } => {
            let role = RoleToRemove {
                email,
                role_key,
                province_code,
            };
            with_database(config, async move |_, url: String| {
                ended(operator::remove_role(&Db::lazy(&url, 1)?, role).await?)
            })
        }
        AccountCommand::ResetSecondFactor { config, email } => with_database(config, async move |_, url: String| {
            ended(operator::reset_second_factor(&Db::lazy(&url, 1)?, &email).await?)
        }),
    }
}

fn package(command: PackageCommand) -> Result<ExitCode> {
    match command {
        PackageCommand::Verify { file, fingerprint } => {
            let (verdict, text) = cli::verify(&cli::read(&file)?, fingerprint.as_deref());
            print(&text);
            Ok(verdict.exit_code().into())
        }
        PackageCommand::Export { config, id } => with_database(config, async move |_, url: String| {
            print(&cli::export(&Db::lazy(&url, 1)?, &id).await?);
            Ok(ExitCode::SUCCESS)
        }),
        PackageCommand::Import {
            config,
            file,
            fingerprint,
        } => {
            let bytes = cli::read(&file)?;
            with_database(config, async move |config: Config, url: String| {
                let db = Db::lazy(&url, 1)?;
                let kept = cli::import(&db, &bytes, &config.trusted_package_keys, fingerprint.as_deref()).await?;
                print(&format!("{} {} v{}\n", kept.id, kept.name, kept.package_version));
                Ok(ExitCode::SUCCESS)
            })
        }
    }
}

fn on_boundaries(command: BoundariesCommand) -> Result<ExitCode> {
    match command {
        BoundariesCommand::Load {
            config,
            file,
            source,
            licence,
            check,
        } => with_database(config, async move |_, url: String| {
            let terms = source.zip(licence).filter(|_| !check);
            let terms = terms.map(|(source, licence)| boundaries::cli::Terms { source, licence });
            let told = boundaries::cli::load(&Db::lazy(&url, 1)?, &file, terms).await?;
            print(&told.text);
            Ok(ExitCode::from(u8::from(!told.is_good)))
        }),
        BoundariesCommand::Show { config } => with_database(config, async move |_, url: String| {
            print(&boundaries::cli::show(&Db::lazy(&url, 1)?).await?);
            Ok(ExitCode::SUCCESS)
        }),
        BoundariesCommand::Remove { config } => with_database(config, async move |_, url: String| {
            print(&boundaries::cli::remove(&Db::lazy(&url, 1)?).await?);
            Ok(ExitCode::SUCCESS)
        }),
    }
}

/// Starts or finds the database, migrates it, does `work` with the service role's URL, and stops what it started.
fn with_database(config: Config, work: impl AsyncFnOnce(Config, String) -> Result<ExitCode>) -> Result<ExitCode> {
    config.check()?;
    // Dropped last: what is still in its queue is sent then.
    let _telemetry = telemetry::init(&config)?;
    // From this thread, which lives as long as the process: the embedded server is told to end with it.
    let database = database(&config)?;
    let outcome = actix_web::rt::System::new().block_on(async {
        if let Some(owner_url) = &database.owner_url {
            migration::apply(owner_url, &role_of(&database.app_url)?).await?;
        }
        work(config, database.app_url.clone()).await
    });
    if let Some(embedded) = database.embedded {
        embedded.stop().context("stopping the embedded database")?;
    }
    outcome
}

fn database(config: &Config) -> Result<Database> {
    if let Some(app_url) = &config.database_url {
        return Ok(Database {
            app_url: app_url.clone(),
            owner_url: config.database_owner_url.clone(),
            embedded: None,
        });
    }
    let embedded = EmbeddedPostgres::start(&EmbeddedConfig {
        data_dir: config.data_dir(),
        pg_bin: config.pg_bin.clone(),
        durable: true,
    })?;
    Ok(Database {
        app_url: embedded.app_url(DATABASE),
        owner_url: Some(embedded.owner_url(DATABASE)),
        embedded: Some(embedded),
    })
}

/// The role that a database URL signs in as.
fn role_of(url: &str) -> Result<String> {
    let options: sqlx::postgres::PgConnectOptions = url.parse().context("DATABASE_URL")?;
    Ok(options.get_username().to_owned())
}

async fn serve(config: Config, url: String) -> Result<ExitCode> {
    let demo_accounts = if config.demo {
        // Two connections: a district is written while its people are looked up.
        let db = Db::lazy(&url, 2)?;
        let keys = PackageKeys::of_installation(&db, &config).await?;
        demo::load(&db, &FileStore::from_config(&config)?, &keys).await?
    } else {
        // Their passwords stand in the README.
        demo::refuse_if_loaded(&Db::lazy(&url, 1)?).await?;
        Vec::new()
    };
    Db::lazy(&url, 1)?.require_powerless().await?;
    let running = server::start(config, &url).await?;
    print(&format!("Satu Pintu: http://{}\n", running.addr));
    if !demo_accounts.is_empty() {
        print(&format!(
            "Demo, kata sandi {}:\n  {}\n",
            demo::PASSWORD,
            demo_accounts.join("\n  ")
        ));
    }
    running.wait().await?;
    Ok(ExitCode::SUCCESS)
}

async fn verify(_: Config, url: String) -> Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for report in verify_all(&Db::lazy(&url, 1)?).await? {
        let outcome = match report.broken_at {
            None => format!("ok head={}", report.head),
            Some((link, why)) => {
                code = ExitCode::FAILURE;
                format!("BROKEN at {link}: {why}")
            }
        };
        print(&format!("{} {} events {outcome}\n", report.chain, report.links));
    }
    Ok(code)
}

async fn rebuild_rollups(_: Config, url: String) -> Result<ExitCode> {
    let rebuilt = rebuild::rebuild(&Db::lazy(&url, 2)?).await?;
    for code in &rebuilt.differed {
        print(&format!("{code} differed\n"));
    }
    print(&format!(
        "{} districts, {} differed, {} failed\n",
        rebuilt.districts,
        rebuilt.differed.len(),
        rebuilt.failed
    ));
    Ok(ExitCode::from(match (rebuilt.failed, rebuilt.differed.len()) {
        (0, 0) => 0,
        (0, _) => DIFFERED,
        _ => 1,
    }))
}

/// Standard output is this program's answer; logs go to standard error.
#[allow(clippy::print_stdout, reason = "the answer of a command")]
fn print(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout();
    // Whoever closed the pipe does not want the rest.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
