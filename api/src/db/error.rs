//! Reading what PostgreSQL objects to.

use sea_orm::{DbErr, RuntimeErr};

fn database_error(error: &DbErr) -> Option<&sqlx::postgres::PgDatabaseError> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error else {
        return None;
    };
    match error.as_ref() {
        sqlx::Error::Database(error) => error.try_downcast_ref(),
        _ => None,
    }
}

/// The name of the constraint that a statement violated, if that is what happened.
#[must_use]
pub fn constraint(error: &DbErr) -> Option<&str> {
    database_error(error).and_then(sqlx::postgres::PgDatabaseError::constraint)
}

/// True when a statement carried text that PostgreSQL cannot keep: the character U+0000.
#[must_use]
pub fn is_unstorable_text(error: &DbErr) -> bool {
    database_error(error).is_some_and(|error| error.code() == "22021")
}

/// True when a statement violated the unique constraint or index `name`.
#[must_use]
pub fn is_unique_violation(error: &DbErr, name: &str) -> bool {
    database_error(error).is_some_and(|error| error.code() == "23505" && error.constraint() == Some(name))
}
