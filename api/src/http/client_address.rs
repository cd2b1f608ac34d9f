//! Where a request comes from: one rule for limits, audit trail and log.

use std::net::IpAddr;

use actix_web::HttpRequest;

/// The address of the client: of the connection, or, `behind_proxy`, as the trusted proxy in front reports it (last entry of the
/// last `X-Forwarded-For`, which the proxy wrote; what comes before it are the client's own claims).
#[must_use]
pub fn client_address(behind_proxy: bool, request: &HttpRequest) -> IpAddr {
    let peer = request
        .peer_addr()
        .map_or(IpAddr::from([0, 0, 0, 0]), |address| address.ip());
    if !behind_proxy {
        return peer;
    }
    request
        .headers()
        .get_all("x-forwarded-for")
        .last()
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse().ok())
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const PEER: [u8; 4] = [192, 0, 2, 1];

    fn request(headers: &[(&str, &str)]) -> HttpRequest {
        let request = TestRequest::default().peer_addr((PEER, 4000).into());
        headers
            .iter()
            .fold(request, |request, header| request.append_header(*header))
            .to_http_request()
    }

    #[test]
    fn without_a_proxy_no_header_is_believed() {
        for name in ["X-Forwarded-For", "Forwarded", "X-Real-Ip"] {
            let request = request(&[(name, "198.51.100.7")]);
            assert_eq!(client_address(false, &request), IpAddr::from(PEER), "{name}");
        }
    }

    #[test]
    fn behind_a_proxy_its_own_word_counts() {
        for (headers, expected) in [
            (vec![], PEER),
            (vec![("X-Forwarded-For", "203.0.113.9")], [203, 0, 113, 9]),
            (vec![("X-Forwarded-For", "198.51.100.7, 203.0.113.9")], [203, 0, 113, 9]),
            (
                vec![("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-For", "203.0.113.9")],
                [203, 0, 113, 9],
            ),
            (vec![("X-Forwarded-For", "198.51.100.7, not-an-address")], PEER),
            (vec![("Forwarded", "for=198.51.100.7")], PEER),
        ] {
            assert_eq!(
                client_address(true, &request(&headers)),
                IpAddr::from(expected),
                "{headers:?}"
            );
        }
    }
}
