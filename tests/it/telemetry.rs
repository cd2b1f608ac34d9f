//! What operators see: metrics, log lines, traces.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::mpsc,
    time::Duration,
};

use satupintu_tests::{Client, Service, process::ServiceProcess};

#[tokio::test]
async fn metrics_count_requests_by_route() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    client.get("/api/v1/districts/73.06").await.expect(200);
    client.get("/api/v1/districts/73.02").await.expect(404);
    let metrics = client.get("/metrics").await.expect(200).text;
    for status in [200, 404] {
        let line =
            format!("http_requests_total{{method=\"GET\",route=\"/api/v1/districts/{{code}}\",status=\"{status}\"}}");
        assert!(metrics.contains(&line), "{metrics}");
    }
}

/// Labels are kept for ever: nobody may make new ones at will.
#[tokio::test]
async fn made_up_methods_make_no_series() {
    let service = Service::demo().await;
    let client = service.anonymous();
    for name in ["RAMBUTAN", "DURIAN"] {
        let method = reqwest::Method::from_bytes(name.as_bytes()).expect("a token");
        satupintu_tests::client::send(client.request(method, "/api/v1/tidak-ada")).await;
    }
    let metrics = client.get("/metrics").await.expect(200).text;
    assert!(
        !metrics.contains("RAMBUTAN") && !metrics.contains("DURIAN"),
        "{metrics}"
    );
    assert!(metrics.contains("method=\"OTHER\""), "{metrics}");
}

#[tokio::test]
async fn a_request_id_goes_through() {
    let service = Service::demo().await;
    let client = service.anonymous();
    let request = client
        .request(reqwest::Method::GET, "/api/v1/me")
        .header("x-request-id", "pelacakan-12345");
    let answer = satupintu_tests::client::send(request).await.expect(401);
    assert_eq!(answer.header("x-request-id"), "pelacakan-12345");
    assert_eq!(answer.json["request_id"], "pelacakan-12345");
    let request = client
        .request(reqwest::Method::GET, "/api/v1/me")
        .header("x-request-id", "<script>");
    assert_ne!(
        satupintu_tests::client::send(request).await.header("x-request-id"),
        "<script>"
    );
}

/// Reads one HTTP request to its end and answers it.
fn collect(listener: &TcpListener) -> Vec<u8> {
    let (mut stream, _) = listener.accept().expect("a connection");
    let mut request = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        let read = stream.read(&mut buffer).expect("bytes");
        request.extend_from_slice(&buffer[..read]);
        let head_end = request.windows(4).position(|window| window == b"\r\n\r\n");
        let length = head_end.and_then(|end| {
            let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
            let value = head
                .split("content-length:")
                .nth(1)?
                .lines()
                .next()?
                .trim()
                .parse::<usize>()
                .ok()?;
            Some(end + 4 + value)
        });
        if read == 0 || length.is_some_and(|length| request.len() >= length) {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                .expect("answer");
            return request;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn traces_are_exported_and_carry_no_secrets() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
    let endpoint = format!("http://{}/v1/traces", listener.local_addr().expect("address"));
    let (sent, received) = mpsc::channel();
    std::thread::spawn(move || {
        loop {
            if sent.send(collect(&listener)).is_err() {
                return;
            }
        }
    });
    let folder = tempfile::Builder::new()
        .prefix("satupintu-")
        .tempdir_in("/var/tmp")
        .expect("folder");
    let service = ServiceProcess::start(folder.path(), &["--demo", "--otlp-endpoint", &endpoint]);
    let mut client = Client::new(&service.url);
    client
        .login("admin.gowa@demo.satupintu.example", satupintu_tests::DEMO_PASSWORD)
        .await;
    let token = client.token().to_owned();
    // Stopping in order sends what is still in the queue.
    assert!(service.terminate().success());
    let mut all = Vec::new();
    while let Ok(request) = received.recv_timeout(Duration::from_secs(2)) {
        all.extend(request);
    }
    let text = String::from_utf8_lossy(&all);
    assert!(
        text.contains("POST /v1/traces") && text.contains("satupintu"),
        "no traces came"
    );
    assert!(
        text.contains("/api/v1/auth/login"),
        "the request is not among the traces"
    );
    assert!(!text.contains(&token) && !text.contains(satupintu_tests::DEMO_PASSWORD));
}
