//! How much may be uploaded before anybody has confirmed an email.

use std::time::Duration;

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::{
    app::Shared,
    db::{SystemTx, Transaction},
    error::{ApiError, ApiResult, ErrorCode, Text},
};

#[derive(FromQueryResult)]
struct Taken {
    bytes: i64,
}

/// Counts `size` bytes for the email and for the address that the request came from, by day (UTC). What was replaced
/// counts too: its content stays on the disk until the next sweep.
///
/// # Errors
/// 429 when it would be more than the setting allows; then drop the transaction, so that it does not count.
pub async fn take(tx: &SystemTx, shared: &Shared, email: &str, size: u64) -> ApiResult<()> {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let limit = i64::try_from(shared.config.unconfirmed_upload_bytes()).unwrap_or(i64::MAX);
    for bucket in [format!("email {email}"), format!("address {}", tx.origin().ip)] {
        let taken = Taken::find_by_statement(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "INSERT INTO upload_quota AS q (bucket, day, bytes) VALUES ($1, (now() AT TIME ZONE 'UTC')::date, $2) \
             ON CONFLICT (bucket, day) DO UPDATE SET bytes = q.bytes + $2 RETURNING bytes",
            [bucket.into(), size.into()],
        ))
        .one(tx)
        .await?;
        if taken.is_none_or(|taken| taken.bytes > limit) {
            return Err(ApiError::new(ErrorCode::TooManyRequests)
                .retry_after(Duration::from_secs(24 * 3600))
                .detail(Text::fixed(
                    "Terlalu banyak berkas diunggah hari ini sebelum surel dikonfirmasi. Buka tautan di surel konfirmasi dahulu, lalu unggah lagi.",
                    "Too much was uploaded today before the email was confirmed. Open the link in the confirmation mail first, then upload again.",
                )));
        }
    }
    Ok(())
}
