//! What a table is, and the walls that follow from it.
//!
//! Each table declares its class once, in the migration that creates it. Row level security, its policies and the
//! service role's grants follow from the class, and the schema test reads the class back from the table's comment.
//! So a table cannot be forgotten: without a class the service role has no right on it at all.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};

/// The setting that names the tenant of a transaction (`SET LOCAL app.district_id = '7306'`).
pub const DISTRICT_SETTING: &str = "app.district_id";
/// The setting that opens the shared identity tables (`SET LOCAL app.scope = 'system'`).
pub const SCOPE_SETTING: &str = "app.scope";
/// The setting that says how far oversight reaches: codes of provinces with commas (`SET LOCAL app.provinces = '33,73'`), or
/// `*` for the nation.
pub const REACH_SETTING: &str = "app.provinces";

/// What a table holds, and therefore who may touch its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableClass {
    /// Rows of one district each: `PRIMARY KEY (district_id, id)`, forced row level security.
    Tenant,
    /// Like [`TableClass::Tenant`], but rows are only ever added: the service may not update or delete them.
    TenantAppendOnly,
    /// Like [`TableClass::Tenant`], and sign-in reads it across districts in a system transaction.
    TenantAndSystem,
    /// Identity and plumbing of the installation: reachable only in a system transaction.
    System,
    /// Like [`TableClass::System`], but rows are only ever added.
    SystemAppendOnly,
    /// A queue that any transaction may add to and only a system transaction reads.
    SystemQueue,
    /// Account names: a system transaction sees all, a district its own members.
    Account,
    /// The tenants themselves: everybody reads, a district updates its own row, a system transaction adds.
    District,
    /// What districts share with all others (model packages): everybody reads, a district adds and changes rows whose
    /// `author_district_id` is its own, a system transaction all.
    Shared,
    /// Public facts that the ministry adds to (versions of the standard): everybody reads, a system transaction adds, and the
    /// service never changes what was published.
    Published,
    /// Public facts (regions): the service only reads.
    Reference,
}

impl TableClass {
    /// The word in the table's comment.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::TenantAppendOnly => "tenant_append_only",
            Self::TenantAndSystem => "tenant_and_system",
            Self::System => "system",
            Self::SystemAppendOnly => "system_append_only",
            Self::SystemQueue => "system_queue",
            Self::Account => "account",
            Self::District => "district",
            Self::Shared => "shared",
            Self::Published => "published",
            Self::Reference => "reference",
        }
    }

    /// Reads the word in a table's comment.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Tenant,
            Self::TenantAppendOnly,
            Self::TenantAndSystem,
            Self::System,
            Self::SystemAppendOnly,
            Self::SystemQueue,
            Self::Account,
            Self::District,
            Self::Shared,
            Self::Published,
            Self::Reference,
        ]
        .into_iter()
        .find(|class| class.as_str() == word)
    }

    /// What the service role may do with the table; row level security narrows it further.
    #[must_use]
    pub const fn grants(self) -> &'static str {
        match self {
            Self::Tenant | Self::TenantAndSystem | Self::System | Self::SystemQueue => "SELECT, INSERT, UPDATE, DELETE",
            Self::TenantAppendOnly | Self::SystemAppendOnly | Self::Published => "SELECT, INSERT",
            Self::Account | Self::District | Self::Shared => "SELECT, INSERT, UPDATE",
            Self::Reference => "SELECT",
        }
    }

    /// True for tables whose rows belong to one district.
    #[must_use]
    pub const fn is_tenant(self) -> bool {
        matches!(self, Self::Tenant | Self::TenantAppendOnly | Self::TenantAndSystem)
    }

    /// `(policy name, command, USING, WITH CHECK)`; empty for tables that are open to read.
    fn policies(self) -> Vec<(&'static str, &'static str, Option<String>, Option<String>)> {
        // No NULLIF and no missing_ok here, on purpose: a tenant table read without a tenant is an error, not an empty answer.
        let strict = format!("district_id = current_setting('{DISTRICT_SETTING}')::integer");
        let own = format!("district_id = NULLIF(current_setting('{DISTRICT_SETTING}', true), '')::integer");
        let system = format!("current_setting('{SCOPE_SETTING}', true) = 'system'");
        let all = |name, using: String| (name, "ALL", Some(using.clone()), Some(using));
        match self {
            Self::Tenant | Self::TenantAppendOnly => vec![all("tenant", strict)],
            Self::TenantAndSystem => vec![all("tenant", own), all("system", system)],
            Self::System | Self::SystemAppendOnly => vec![all("system", system)],
            Self::SystemQueue => vec![
                all("system", system),
                ("enqueue", "INSERT", None, Some("true".to_owned())),
            ],
            Self::Account => vec![
                all("system", system),
                (
                    "fellow_member",
                    "SELECT",
                    Some(format!(
                        "EXISTS (SELECT 1 FROM membership m WHERE m.account_id = account.id AND m.{own})"
                    )),
                    None,
                ),
            ],
            Self::District => {
                let own = own.replace("district_id", "id").replace("app.id", DISTRICT_SETTING);
                vec![
                    all("system", system),
                    ("public", "SELECT", Some("true".to_owned()), None),
                    ("own", "UPDATE", Some(own.clone()), Some(own)),
                ]
            }
            Self::Shared => {
                let own = own.replace("district_id =", "author_district_id =");
                vec![
                    all("system", system),
                    ("public", "SELECT", Some("true".to_owned()), None),
                    ("add_own", "INSERT", None, Some(own.clone())),
                    ("change_own", "UPDATE", Some(own.clone()), Some(own)),
                ]
            }
            Self::Published => vec![
                all("system", system),
                ("public", "SELECT", Some("true".to_owned()), None),
            ],
            Self::Reference => Vec::new(),
        }
    }
}

/// Declares the class of `table`: forces row level security, creates its policies, leaves the class in the comment.
///
/// # Errors
/// Whatever the database says; the migration then rolls back.
pub async fn classify<C: ConnectionTrait>(db: &C, table: &str, class: TableClass, meaning: &str) -> Result<(), DbErr> {
    let policies = class.policies();
    if !policies.is_empty() {
        db.execute_unprepared(&format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        ))
        .await?;
    }
    for (name, command, using, check) in policies {
        let using = using.map_or_else(String::new, |rule| format!(" USING ({rule})"));
        let check = check.map_or_else(String::new, |rule| format!(" WITH CHECK ({rule})"));
        db.execute_unprepared(&format!("CREATE POLICY {name} ON {table} FOR {command}{using}{check};"))
            .await?;
    }
    let comment = format!("{}: {}", class.as_str(), meaning.replace('\'', "''"));
    db.execute_unprepared(&format!("COMMENT ON TABLE {table} IS '{comment}';"))
        .await?;
    Ok(())
}

/// True of rows whose `province` (an SQL expression) is within reach of the transaction.
fn within_reach(province: &str) -> String {
    let reach = format!("current_setting('{REACH_SETTING}', true)");
    format!("({reach} = '*' OR {province} = ANY (string_to_array({reach}, ',')))")
}

/// Lets oversight read a table: the rows whose `province` (an SQL expression over the row) is within its reach, or all rows
/// of one that belongs to no province.
///
/// # Errors
/// Whatever the database says; the migration then rolls back.
pub async fn open_to_oversight<C: ConnectionTrait>(db: &C, table: &str, province: Option<&str>) -> Result<(), DbErr> {
    let reach = province.map_or_else(|| "true".to_owned(), within_reach);
    let sql = format!(
        "CREATE POLICY oversight ON {table} FOR SELECT \
         USING (current_setting('{SCOPE_SETTING}', true) = 'oversight' AND {reach});"
    );
    db.execute_unprepared(&sql).await?;
    Ok(())
}

/// Lets each district read the rows of `table` that were addressed to it: those whose `id` is that of one of its rows in
/// `deliveries`.
///
/// # Errors
/// Whatever the database says; the migration then rolls back.
pub async fn open_to_addressees<C: ConnectionTrait>(db: &C, table: &str, deliveries: &str) -> Result<(), DbErr> {
    let addressed = addressed(table, deliveries);
    let sql = format!("CREATE POLICY addressee ON {table} FOR SELECT USING ({addressed});");
    db.execute_unprepared(&sql).await?;
    Ok(())
}

/// Lets each district also change such rows: counts that it takes part in.
///
/// # Errors
/// Whatever the database says; the migration then rolls back.
pub async fn count_by_addressees<C: ConnectionTrait>(db: &C, table: &str, deliveries: &str) -> Result<(), DbErr> {
    let addressed = addressed(table, deliveries);
    let sql = format!("CREATE POLICY counted ON {table} FOR UPDATE USING ({addressed}) WITH CHECK ({addressed});");
    db.execute_unprepared(&sql).await?;
    Ok(())
}

fn addressed(table: &str, deliveries: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM {deliveries} own WHERE own.id = {table}.id \
         AND own.district_id = NULLIF(current_setting('{DISTRICT_SETTING}', true), '')::integer)"
    )
}

/// Hides rows beyond its reach from oversight in a table that others read freely.
///
/// # Errors
/// Whatever the database says; the migration then rolls back.
pub async fn narrow_to_reach<C: ConnectionTrait>(db: &C, table: &str, province: &str) -> Result<(), DbErr> {
    let reach = within_reach(province);
    let sql = format!(
        "CREATE POLICY reach ON {table} AS RESTRICTIVE FOR SELECT \
         USING (COALESCE(current_setting('{SCOPE_SETTING}', true), '') <> 'oversight' OR {reach});"
    );
    db.execute_unprepared(&sql).await?;
    Ok(())
}
