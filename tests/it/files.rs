//! Uploading and downloading files.

use reqwest::{Method, multipart::Form, multipart::Part};
use satupintu::{
    db::Db,
    files::{FileStore, sweep},
};
use satupintu_tests::{
    Answer, Client, Service,
    client::{file_form, send},
    cluster::Content,
};

const GOWA: &str = "/api/v1/districts/73.06/files";
const BULUKUMBA: &str = "/api/v1/districts/73.02/files";
const PDF: &[u8] = b"%PDF-1.7\n<</Type/Page>>\nisi surat\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// Every file in the service's store, as paths below its folder.
fn stored(service: &Service) -> Vec<String> {
    fn walk(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let root = service.data_dir().join("files");
    let mut found = Vec::new();
    walk(&root, &mut found);
    let relative = found.iter().filter_map(|path| path.strip_prefix(&root).ok());
    relative.map(|path| path.display().to_string()).collect()
}

async fn content(client: &Client, path: &str, id: &str, query: &str) -> reqwest::Response {
    client
        .request(Method::GET, &format!("{path}/{id}/content{query}"))
        .send()
        .await
        .expect("the service answers")
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent() {
    let service = Service::demo().await;
    let client = service.demo_client("data.gowa").await;
    let created = client.upload(GOWA, "SK Pokja é.pdf", PDF).await.expect(201);
    assert_eq!(created.json["media_type"], "application/pdf");
    assert_eq!(created.json["size"], PDF.len());
    assert_eq!(created.json["file_name"], "SK Pokja é.pdf");
    let hash = created.json["sha256"].as_str().expect("hash").to_owned();
    let id = created.id();
    let listed = client.get(&format!("{GOWA}/{id}")).await.expect(200);
    assert_eq!(listed.json, created.json);

    let response = content(&client, GOWA, &id, "").await;
    let headers = response.headers().clone();
    let read = service
        .demo_client("admin.gowa")
        .await
        .get(&format!(
            "/api/v1/districts/73.06/audit-events?entity=file_object&entity_id={id}"
        ))
        .await
        .expect(200);
    assert_eq!(read.items()[0]["action"], "read");
    assert_eq!(read.items()[0]["actor_name"], "Contoh Petugas data Gowa");
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"SK Pokja _.pdf\"; filename*=UTF-8''SK%20Pokja%20%C3%A9.pdf"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").starts_with("sandbox"));
    assert_eq!(header("content-length"), PDF.len().to_string());
    assert_eq!(header("etag"), format!("\"{hash}\""));
    assert_eq!(response.bytes().await.expect("body"), PDF);

    let inline = content(&client, GOWA, &id, "?inline=true").await;
    let disposition = inline.headers()["content-disposition"].to_str().expect("text");
    assert!(disposition.starts_with("inline;"), "{disposition}");
    let known = client
        .request(Method::GET, &format!("{GOWA}/{id}/content"))
        .header("if-none-match", format!("W/\"{hash}\""));
    let known = send(known).await.expect(304);
    assert_eq!(known.text, "");
    let names = stored(&service);
    assert_eq!(names, [format!("districts/7306/sha256/{}/{}", &hash[..2], &hash[2..])]);
}

#[tokio::test]
async fn districts_do_not_share_and_do_not_see() {
    let service = Service::demo().await;
    let gowa = service.demo_client("admin.gowa").await;
    let bulukumba = service.demo_client("admin.bulukumba").await;
    let first = gowa.upload(GOWA, "a.pdf", PDF).await.expect(201).id();
    let again = gowa.upload(GOWA, "b.pdf", PDF).await.expect(201).id();
    assert_ne!(first, again);
    let other = bulukumba.upload(BULUKUMBA, "a.pdf", PDF).await.expect(201).id();
    assert_eq!(stored(&service).len(), 2, "one copy for each district");
    for (client, path, id) in [
        (&gowa, GOWA, &other),
        (&gowa, BULUKUMBA, &other),
        (&bulukumba, BULUKUMBA, &first),
    ] {
        client
            .get(&format!("{path}/{id}"))
            .await
            .expect_problem(404, "not_found");
        client
            .get(&format!("{path}/{id}/content"))
            .await
            .expect_problem(404, "not_found");
    }
    // A province's reviewer opens evidence but adds none.
    let reviewer = service.demo_client("sulsel").await;
    reviewer.get(&format!("{GOWA}/{first}/content")).await.expect(200);
    reviewer
        .upload(GOWA, "a.pdf", PDF)
        .await
        .expect_problem(403, "forbidden");
    let jateng = service.demo_client("jateng").await;
    jateng
        .get(&format!("{GOWA}/{first}"))
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_pdf_without_pages_is_refused() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    for empty in [
        "%PDF-1.4\n%%EOF\n",
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n",
    ] {
        let answer = client.upload(GOWA, "SK.pdf", empty.as_bytes().to_vec()).await;
        let answer = answer.expect_field("file", "no_pages");
        assert!(answer.text.contains("tidak memiliki halaman"), "{}", answer.text);
    }
    assert!(stored(&service).iter().all(|path| !path.starts_with("staging")));
    // Pages may be packed away where nobody can see them without reading the document.
    let packed =
        "%PDF-1.5\n8 0 obj<</Type/ObjStm/N 4/First 20/Filter/FlateDecode>>stream\nx\nendstream endobj\n%%EOF\n";
    client.upload(GOWA, "SK.pdf", packed).await.expect(201);
}

#[tokio::test]
async fn content_decides_what_a_file_is() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    let program: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0";
    let program_with_pdf = [program, b"%PDF-1.7"].concat();
    let archive: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0word/document.xml";
    for (name, bytes) in [
        ("surat.pdf", program),
        ("surat.pdf", &program_with_pdf),
        ("surat.pdf", b"<html><script>alert(1)</script></html>"),
        ("surat.pdf", b""),
        ("surat.docx", archive),
        (
            "gambar.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ),
    ] {
        let answer = client
            .upload(GOWA, name, bytes)
            .await
            .expect_field("file", "unsupported_file_type");
        assert!(
            answer.text.contains("PDF, JPEG, PNG, DOCX, atau XLSX"),
            "{}",
            answer.text
        );
    }
    for name in ["gambar.pdf", "gambar.exe", "gambar.png.html"] {
        client
            .upload(GOWA, name, PNG)
            .await
            .expect_field("file", "type_mismatch");
    }
    let declared = Part::bytes(PNG)
        .file_name("a.png")
        .mime_str("application/pdf")
        .expect("type");
    let request = client
        .request(Method::POST, GOWA)
        .multipart(Form::new().part("file", declared));
    send(request).await.expect_field("file", "type_mismatch");
    client.upload(GOWA, "gambar.PNG", PNG).await.expect(201);
    let nameless = client.upload(GOWA, "gambar", PNG).await.expect(201);
    assert_eq!(nameless.json["file_name"], "gambar.png");
    assert!(stored(&service).iter().all(|path| !path.starts_with("staging")));
}

#[tokio::test]
async fn names_are_made_harmless() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    for (given, kept) in [
        ("../../../etc/cron.d/x.pdf", "x.pdf"),
        ("C:\\Users\\x\\surat.pdf", "surat.pdf"),
        ("surat\u{202E}fdp.pdf", "suratfdp.pdf"),
        ("surat 😀 表.pdf", "surat 😀 表.pdf"),
    ] {
        let created = client.upload(GOWA, given, PDF).await.expect(201);
        assert_eq!(created.json["file_name"], kept);
    }
    assert_eq!(stored(&service).len(), 1);
}

#[tokio::test]
async fn too_large_is_told_with_the_limit() {
    let service = Service::start(Content::Demo, &["--demo", "--max-upload-mib=1"]).await;
    let client = service.demo_client("admin.gowa").await;
    let mut large = PDF.to_vec();
    large.resize(1024 * 1024, b' ');
    client.upload(GOWA, "pas.pdf", large.clone()).await.expect(201);
    large.push(b' ');
    let over = client.upload(GOWA, "lewat.pdf", large.clone()).await;
    let over = over.expect_problem(413, "payload_too_large");
    assert!(
        over.json["detail"].as_str().expect("detail").contains("1 MB"),
        "{}",
        over.text
    );
    large.resize(40 * 1024 * 1024, b' ');
    let english = client
        .request(Method::POST, GOWA)
        .header("accept-language", "en")
        .multipart(file_form("besar.pdf", large));
    let answer = send(english).await.expect_problem(413, "payload_too_large");
    assert!(answer.json["detail"].as_str().expect("detail").contains("at most 1 MB"));
    assert_eq!(stored(&service).len(), 1, "{:?}", stored(&service));
}

#[tokio::test]
async fn forms_that_are_none() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    let with = |form: Form| send(client.request(Method::POST, GOWA).multipart(form));
    with(Form::new().text("other", "x"))
        .await
        .expect_field("file", "unknown_field");
    with(file_form("a.pdf", PDF).text("more", "x"))
        .await
        .expect_field("file", "more_than_one_part");
    client
        .post(GOWA, serde_json::json!({}))
        .await
        .expect_problem(415, "unsupported_media_type");
    let cut = client
        .request(Method::POST, GOWA)
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7");
    send(cut).await.expect_problem(400, "bad_request");
    assert_eq!(stored(&service), Vec::<String>::new());
}

#[tokio::test]
async fn a_repeated_upload_is_one_file() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    let upload = async |bytes: &[u8]| -> Answer {
        let request = client.request(Method::POST, GOWA).header("idempotency-key", "satu");
        send(request.multipart(file_form("a.pdf", bytes))).await
    };
    let first = upload(PDF).await.expect(201);
    let second = upload(PDF).await.expect(201);
    assert_eq!(first.json, second.json);
    assert_eq!(second.header("idempotency-replayed"), "true");
    upload(b"%PDF-1.4 <</Type/Page>> lain")
        .await
        .expect_problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn an_upload_that_is_cut_off_leaves_nothing() {
    use std::io::Write;
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    let host = service.url.trim_start_matches("http://").to_owned();
    let mut stream = std::net::TcpStream::connect(&host).expect("connect");
    let head = format!(
        "POST {GOWA} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\nContent-Length: 900000\r\n\
         Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; \
         filename=\"a.pdf\"\r\n\r\n%PDF-1.7",
        client.token()
    );
    stream.write_all(head.as_bytes()).expect("write");
    stream.write_all(&vec![b' '; 600_000]).expect("write");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    drop(stream);
    for _ in 0..100 {
        if stored(&service).is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(stored(&service), Vec::<String>::new());
    let mut database = service.database.superuser().await;
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM file_object")
        .fetch_one(&mut database)
        .await
        .expect("rows");
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn content_without_a_row_is_swept_and_nothing_else() {
    let service = Service::demo().await;
    let client = service.demo_client("admin.gowa").await;
    let kept = client.upload(GOWA, "a.pdf", PDF).await.expect(201);
    let hash = kept.json["sha256"].as_str().expect("hash").to_owned();
    let root = service.data_dir().join("files");
    let object =
        |district: &str, hash: &str| root.join(format!("districts/{district}/sha256/{}/{}", &hash[..2], &hash[2..]));
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(30 * 3600);
    let put = |path: std::path::PathBuf, is_old: bool| {
        std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        let file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .expect("file");
        if is_old {
            file.set_modified(long_ago).expect("time");
        }
    };
    let (old, young) = ("ab".repeat(32), "cd".repeat(32));
    put(object("7306", &hash), true);
    put(object("7306", &old), true);
    put(object("7306", &young), false);
    // The same content in a district that has no row for it, and in one that does not exist (any more).
    put(object("7302", &hash), true);
    put(object("9999", &hash), true);
    put(root.join("staging/old"), true);
    put(root.join("staging/young"), false);

    let db = Db::lazy(&service.database.app_url(), 2).expect("url");
    let store = FileStore::open(&format!("file://{}", root.display())).expect("store");
    assert_eq!(sweep::staged(&store).await.expect("swept"), 1);
    assert_eq!(sweep::orphans(&db, &store).await.expect("swept"), 3);
    let mut left = stored(&service);
    left.sort();
    let place = |hash: &str| format!("districts/7306/sha256/{}/{}", &hash[..2], &hash[2..]);
    let mut expected = vec![place(&hash), place(&young), "staging/young".to_owned()];
    expected.sort();
    assert_eq!(left, expected);
    client.get(&format!("{GOWA}/{}/content", kept.id())).await.expect(200);
    db.close().await;
}
