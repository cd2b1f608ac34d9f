//! Bodies that are far larger than they may be, or would be once unpacked: each is refused early, and whoever sends it gets
//! to read why.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use flate2::{Compression, write::GzEncoder};
use reqwest::Method;
use satupintu_tests::{Client, Service, client::send};

const HUGE: usize = 200 * 1024 * 1024;
const PIECE: usize = 64 * 1024;
const PACKAGES: &str = "/api/v1/oversight/packages/import";
const BOUNDARIES: &str = "/api/v1/oversight/boundaries?check=true";
const SETUP: &str = "/api/v1/districts/73.06/setup-file";
const FILES: &str = "/api/v1/districts/73.06/files";
const ROLES: &str = "/api/v1/districts/73.06/roles";
const FORM: &str = "multipart/form-data; boundary=batas";
const FORM_START: &str = "--batas\r\ncontent-disposition: form-data; name=\"file\"; filename=\"batas.geojson\"\r\n\r\n";

/// What came of a body that was sent piece by piece.
struct Outcome {
    /// The answer, as far as it could be read.
    answer: String,
    /// How much of the body was sent before the answer came.
    sent: usize,
    took: Duration,
}

/// Sends up to [`HUGE`] bytes in chunks, as somebody who does not say how long the body is, and stops when the answer comes.
fn stream(service: &Service, client: &Client, path: &str, kind: &str, first: &str) -> Outcome {
    let start = Instant::now();
    let address = service.url.trim_start_matches("http://");
    let mut reading = TcpStream::connect(address).expect("connect");
    let minute = Some(Duration::from_secs(60));
    reading.set_read_timeout(minute).expect("timeout");
    reading.set_write_timeout(minute).expect("timeout");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\ncontent-type: {kind}\r\n\
         transfer-encoding: chunked\r\naccept-encoding: identity\r\nconnection: close\r\n\r\n",
        client.token()
    );
    let mut writing = reading.try_clone().expect("clone");
    let first = first.to_owned();
    let answered = Arc::new(AtomicBool::new(false));
    let seen = answered.clone();
    let writer = std::thread::spawn(move || {
        let mut sent = 0;
        let mut chunk = format!("{PIECE:x}\r\n").into_bytes();
        chunk.extend(std::iter::repeat_n(b' ', PIECE));
        chunk.extend(b"\r\n");
        let start = if first.is_empty() {
            head
        } else {
            format!("{head}{:x}\r\n{first}\r\n", first.len())
        };
        if writing.write_all(start.as_bytes()).is_err() {
            return sent;
        }
        while sent < HUGE && !seen.load(Ordering::SeqCst) && writing.write_all(&chunk).is_ok() {
            sent += PIECE;
        }
        let _ = writing.write_all(b"0\r\n\r\n");
        sent
    });
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while !is_whole(&answer) {
        let Ok(count @ 1..) = reading.read(&mut piece) else {
            break;
        };
        answered.store(true, Ordering::SeqCst);
        answer.extend_from_slice(&piece[..count]);
    }
    let took = start.elapsed();
    let _ = reading.shutdown(Shutdown::Both);
    Outcome {
        answer: String::from_utf8_lossy(&answer).into_owned(),
        sent: writer.join().expect("writer"),
        took,
    }
}

/// True when all is there that the head promises.
fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length
        .and_then(|length| length.parse().ok())
        .is_some_and(|length: usize| body.len() >= length)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_megabytes_are_refused_early() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let admin = service.demo_client("admin.gowa").await;
    for (client, path, kind, first, says) in [
        (&ministry, PACKAGES, "application/json", "", "5 MB"),
        (&admin, SETUP, "application/json", "", "20 MB"),
        (&admin, ROLES, "application/json", "", "1 MB"),
        (&ministry, BOUNDARIES, FORM, FORM_START, "32 MB"),
        (&admin, FILES, FORM, FORM_START, "MB"),
    ] {
        let outcome = tokio::task::block_in_place(|| stream(&service, client, path, kind, first));
        let (head, body) = outcome.answer.split_once("\r\n\r\n").unwrap_or_default();
        assert!(
            head.starts_with("HTTP/1.1 413"),
            "{path}: sent {} of {HUGE} in {:?}: {:?}",
            outcome.sent,
            outcome.took,
            outcome.answer
        );
        assert!(head.contains("application/problem+json"), "{path}: {head}");
        assert!(
            body.contains("payload_too_large") && body.contains(says),
            "{path}: {body}"
        );
        assert!(outcome.sent < HUGE, "{path}: the answer came when all was sent");
        // And the service goes on.
        client.get("/api/v1/me").await.expect(200);
    }
}

/// Bodies are not unpacked: 100 kB that would be 100 MB are refused as what they are, and so is a small one.
#[tokio::test]
async fn packed_bodies_are_not_unpacked() {
    let service = Service::demo().await;
    let ministry = service.demo_client("pusat").await;
    let admin = service.demo_client("admin.gowa").await;
    let packed = |size: usize| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..size / PIECE {
            gzip.write_all(&[b'['; PIECE]).expect("packed");
        }
        gzip.finish().expect("packed")
    };
    let bomb = packed(100 * 1024 * 1024);
    assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
    for body in [bomb, packed(PIECE)] {
        for (client, path, kind) in [
            (&ministry, PACKAGES, "application/json"),
            (&ministry, BOUNDARIES, FORM),
            (&admin, SETUP, "application/json"),
            (&admin, FILES, FORM),
            (&admin, ROLES, "application/json"),
        ] {
            for encoding in ["gzip", "deflate", "br", "identity, gzip"] {
                let request = client.request(Method::POST, path).header("content-type", kind);
                let request = request.header("content-encoding", encoding).body(body.clone());
                let refused = send(request).await.expect_problem(415, "unsupported_media_type");
                assert!(refused.text.contains("Content-Encoding"), "{path}: {}", refused.text);
            }
        }
    }
    let role = serde_json::json!({ "key": "peran_contoh", "name": "Peran contoh", "permissions": ["district.read"] });
    let request = admin
        .request(Method::POST, ROLES)
        .header("content-encoding", "identity");
    send(request.json(&role)).await.expect(201);
}
