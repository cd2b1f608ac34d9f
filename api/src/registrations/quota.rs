//! How much applicants may upload: anybody can be one.

use std::time::Duration;

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::{
    app::Shared,
    db::{SystemTx, Transaction},
    error::{ApiError, ApiResult, ErrorCode, Text},
    http::rate_limit::network_of,
};

#[derive(FromQueryResult)]
struct Taken {
    bytes: i64,
}

/// Counts `size` bytes for the email and for the network that the request came from, by day (UTC). What was replaced counts
/// too: content that a reviewer has seen stays.
///
/// # Errors
/// 429 when it would be more than the setting allows; then drop the transaction, so that it does not count.
pub async fn take(tx: &SystemTx, shared: &Shared, email: &str, size: u64) -> ApiResult<()> {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let limit = i64::try_from(shared.config.applicant_upload_bytes()).unwrap_or(i64::MAX);
    for bucket in [
        format!("email {email}"),
        format!("address {}", network_of(&tx.origin().ip)),
    ] {
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
                    "Terlalu banyak berkas diunggah hari ini dengan surel atau dari jaringan ini. Coba lagi besok, atau unggah berkas yang lebih kecil.",
                    "Too much was uploaded today with this email or from this network. Try again tomorrow, or upload a smaller file.",
                )));
        }
    }
    Ok(())
}
