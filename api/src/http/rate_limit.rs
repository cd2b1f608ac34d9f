//! How often one person, or one address that nobody signed in from, may call.
//!
//! Per account rather than per address: a whole district office sits behind one.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use actix_web::{HttpMessage, HttpRequest};
use entity::ids::AccountId;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, middleware::StateInformationMiddleware};

use crate::error::{ApiError, ErrorCode};

/// Whom an address stands for where clients are counted: one IPv4 address, or the 64 bits of an IPv6 network. Whoever has an
/// IPv6 line has all the addresses of such a network, and could be a new client with every call.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::from(std::net::Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address @ IpAddr::V4(_) => address,
    }
}

/// As [`network`], for an address that is kept as text; what is no address stays as it is.
#[must_use]
pub fn network_of(address: &str) -> String {
    address
        .parse()
        .map_or_else(|_| address.to_owned(), |address| network(address).to_string())
}

type Limiter<K> = RateLimiter<
    K,
    governor::state::keyed::DashMapStateStore<K>,
    governor::clock::DefaultClock,
    StateInformationMiddleware,
>;

/// The limits of this process.
#[allow(missing_debug_implementations, reason = "the limiters have none")]
pub struct RateLimits {
    per_account: Limiter<AccountId>,
    per_address: Limiter<IpAddr>,
    clock: governor::clock::DefaultClock,
}

/// What the `RateLimit` header says.
#[derive(Clone, Copy, Debug)]
pub struct RateLimitState {
    /// Calls per minute.
    pub limit: u32,
    /// Calls left right now.
    pub remaining: u32,
}

impl RateLimits {
    /// Limits in calls per minute; a burst may use a whole minute's worth at once.
    #[must_use]
    pub fn per_minute(account: NonZeroU32, address: NonZeroU32) -> Self {
        Self {
            per_account: DefaultKeyedRateLimiter::keyed(Quota::per_minute(account)).with_middleware(),
            per_address: DefaultKeyedRateLimiter::keyed(Quota::per_minute(address)).with_middleware(),
            clock: governor::clock::DefaultClock::default(),
        }
    }

    /// Counts a call of a signed-in person.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub fn count_account(&self, request: &HttpRequest, account: AccountId) -> Result<(), ApiError> {
        self.note(request, self.per_account.check_key(&account))
    }

    /// Counts a call of somebody unknown, by [`network`].
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub fn count_address(&self, request: &HttpRequest, address: IpAddr) -> Result<(), ApiError> {
        self.note(request, self.per_address.check_key(&network(address)))
    }

    fn note(
        &self,
        request: &HttpRequest,
        outcome: Result<governor::middleware::StateSnapshot, governor::NotUntil<governor::clock::QuantaInstant>>,
    ) -> Result<(), ApiError> {
        match outcome {
            Ok(state) => {
                request.extensions_mut().insert(RateLimitState {
                    limit: state.quota().burst_size().get(),
                    remaining: state.remaining_burst_capacity(),
                });
                Ok(())
            }
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now()).max(Duration::from_secs(1));
                Err(ApiError::new(ErrorCode::TooManyRequests).retry_after(wait))
            }
        }
    }

    /// Forgets keys that have been quiet; called by a job, so that memory stays bounded.
    pub fn forget_idle(&self) {
        self.per_account.retain_recent();
        self.per_address.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::network_of;

    #[test]
    fn an_ipv6_network_is_one_client() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network_of("2001:db8:1:2:ffff::1"), "2001:db8:1:2::");
        assert_ne!(network_of("2001:db8:1:3::1"), "2001:db8:1:2::");
        assert_eq!(network_of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network_of("192.0.2.7"), "192.0.2.7");
        assert_eq!(network_of(""), "");
    }
}
