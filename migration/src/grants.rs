//! What the service role may do, from each table's class.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use crate::table_class::TableClass;

#[derive(FromQueryResult)]
struct TableComment {
    name: String,
    comment: Option<String>,
}

/// Grants `role` what the class of each table allows and takes everything else away. Idempotent.
///
/// # Errors
/// When the database refuses, for example because `role` does not exist.
pub async fn grant<C: ConnectionTrait>(db: &C, role: &str) -> Result<(), DbErr> {
    let role = quote_identifier(role);
    let tables = TableComment::find_by_statement(Statement::from_string(
        db.get_database_backend(),
        "SELECT c.relname::text AS name, obj_description(c.oid, 'pg_class') AS comment \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname",
    ))
    .all(db)
    .await?;
    let mut sql = format!("GRANT USAGE ON SCHEMA public TO {role};");
    for table in tables {
        let name = quote_identifier(&table.name);
        sql.push_str(&format!("REVOKE ALL ON {name} FROM {role};"));
        let class = table
            .comment
            .as_deref()
            .and_then(|comment| comment.split(':').next())
            .and_then(TableClass::parse);
        if let Some(class) = class {
            sql.push_str(&format!("GRANT {} ON {name} TO {role};", class.grants()));
        } else if table.name == "seaql_migrations" {
            // `readyz` compares the applied migrations with the ones this binary knows.
            sql.push_str(&format!("GRANT SELECT ON {name} TO {role};"));
        }
    }
    db.execute_unprepared(&sql).await?;
    Ok(())
}

fn quote_identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
