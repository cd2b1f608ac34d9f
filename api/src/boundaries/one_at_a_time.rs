//! Files are worked on one at a time: each may take hundreds of megabytes and seconds of a core.

use std::{sync::Arc, time::Duration};

use tokio::sync::{Semaphore, TryAcquireError};

use crate::error::{ApiError, ApiResult, ErrorCode, Text};

/// About how long a large file takes.
const RETRY_AFTER: Duration = Duration::from_secs(15);

/// A place for one piece of work.
#[derive(Clone, Debug)]
pub struct OneAtATime(Arc<Semaphore>);

impl Default for OneAtATime {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl OneAtATime {
    /// Works away from the threads that answer requests. The place is taken until the work is done, also when nobody waits for
    /// it any more.
    ///
    /// # Errors
    /// 503 when something else is worked on: whoever waited would hold a whole file in memory. What the work says.
    pub async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> ApiResult<T> + Send + 'static) -> ApiResult<T> {
        let turn = Arc::clone(&self.0).try_acquire_owned().map_err(|error| match error {
            TryAcquireError::NoPermits => occupied(),
            TryAcquireError::Closed => ApiError::internal(error),
        })?;
        let work = move || {
            let done = work();
            drop(turn);
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?
    }
}

fn occupied() -> ApiError {
    ApiError::new(ErrorCode::Unavailable)
        .detail(Text::fixed(
            "Berkas batas wilayah lain sedang diperiksa. Coba lagi sebentar lagi.",
            "Another boundary file is being checked. Try again shortly.",
        ))
        .retry_after(RETRY_AFTER)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::{ErrorCode, OneAtATime};

    #[tokio::test]
    async fn the_place_is_taken_until_the_work_is_done() {
        let turns = OneAtATime::default();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (finish, may_finish) = mpsc::channel::<()>();
        let (ended, has_ended) = tokio::sync::oneshot::channel();
        let worker = turns.clone();
        let request = tokio::spawn(async move {
            worker
                .work(move || {
                    let _ = begun.send(());
                    let _ = may_finish.recv();
                    let _ = ended.send(());
                    Ok(())
                })
                .await
        });
        has_begun.await.expect("begun");
        // Whoever asked hangs up.
        request.abort();
        assert!(request.await.expect_err("gone").is_cancelled());
        let refused = turns.work(|| Ok(7)).await.expect_err("occupied");
        assert_eq!(refused.code(), ErrorCode::Unavailable);
        assert!(refused.wait().is_some() && refused.detail_text().is_some());
        finish.send(()).expect("still at work");
        has_ended.await.expect("ended");
        while turns.0.available_permits() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(turns.work(|| Ok(7)).await.expect("free again"), 7);
    }
}
