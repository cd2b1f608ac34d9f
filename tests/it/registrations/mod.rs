//! Registration of a district: from the application to the new coordinator's sign-in, and everything that must not work.

use reqwest::Method;
use satupintu::readiness::ComponentKind;
use satupintu_tests::{
    Answer, Client, DEMO_PASSWORD, Service,
    client::{file_form, send},
    cluster::Content,
    mail_server::MailServer,
    people,
};
use serde_json::{Value, json};

mod applying;
mod reviewing;

const REGISTRATIONS: &str = "/api/v1/registrations";
const OVERSIGHT: &str = "/api/v1/oversight/registrations";
const LETTER: &[u8] = b"%PDF-1.7\n<</Type/Page>>\nsurat komitmen contoh\n%%EOF\n";
const BLORA: &str = "33.16";

fn application(code: &str, email: &str) -> Value {
    json!({
        "district_code": code, "unit_name": "PLKSAI", "office_name": "Dinas Sosial Contoh",
        "applicant_name": "Contoh Pendaftar", "position": "Kepala Bidang Contoh", "email": email, "phone": "0812-3456-7890",
    })
}

/// An application and the key to it.
struct Applicant {
    client: Client,
    id: String,
    token: String,
    email: String,
}

impl Applicant {
    async fn new(service: &Service, code: &str, email: &str) -> Self {
        let client = service.anonymous();
        let created = client.post(REGISTRATIONS, application(code, email)).await.expect(201);
        assert_eq!(created.json["status"], "awaiting_email_confirmation");
        Self {
            id: created.id(),
            token: created.json["status_token"].as_str().expect("token").to_owned(),
            client,
            email: email.to_owned(),
        }
    }

    fn request(&self, method: Method, rest: &str) -> reqwest::RequestBuilder {
        let path = format!("{REGISTRATIONS}/{}{rest}", self.id);
        self.client
            .request(method, &path)
            .header("x-registration-token", &self.token)
    }

    async fn get(&self) -> Answer {
        send(self.request(Method::GET, "")).await
    }

    async fn upload(&self, name: &str, content: &[u8]) -> Answer {
        send(
            self.request(Method::PUT, "/commitment-letter")
                .multipart(file_form(name, content)),
        )
        .await
    }

    async fn submit(&self) -> Answer {
        send(self.request(Method::POST, "/submit")).await
    }

    async fn patch(&self, etag: &str, body: Value) -> Answer {
        send(self.request(Method::PATCH, "").header("if-match", etag).json(&body)).await
    }

    async fn confirm(&self, mail: &MailServer) -> Answer {
        let token = mail.wait_for(&self.email, 1).await.token();
        self.client
            .post(&format!("{REGISTRATIONS}/confirm-email"), json!({ "token": token }))
            .await
    }

    /// Handed in, the way every application goes.
    async fn submitted(service: &Service, mail: &MailServer, code: &str, email: &str) -> Self {
        let applicant = Self::new(service, code, email).await;
        applicant.confirm(mail).await.expect(200);
        applicant.upload("Surat komitmen.pdf", LETTER).await.expect(200);
        applicant.submit().await.expect(200);
        applicant
    }
}

async fn decide(client: &Client, id: &str, etag: &str, verb: &str, body: Option<Value>) -> Answer {
    let request = client
        .request(Method::POST, &format!("{OVERSIGHT}/{id}/{verb}"))
        .header("if-match", etag);
    send(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

async fn etag(client: &Client, id: &str) -> String {
    client.get(&format!("{OVERSIGHT}/{id}")).await.expect(200).etag()
}

async fn count(service: &Service, sql: &'static str) -> i64 {
    let mut database = service.database.superuser().await;
    sqlx::query_scalar(sql).fetch_one(&mut database).await.expect("count")
}
