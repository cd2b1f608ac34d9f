//! An HTTP client that speaks the API's habits.

use reqwest::{
    Method, StatusCode,
    header::HeaderMap,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

/// A client, with an access token once somebody signed in. Keeps cookies like a browser.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as JSON; null when it is none.
    pub json: Value,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// Reads an answer to its end.
    pub async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("body");
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self {
            status,
            headers,
            json,
            text,
        }
    }

    /// Demands a status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// Demands a problem with that status and code.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!(
            (self.status.as_u16(), self.json["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.text
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert!(
            self.json["request_id"].as_str().is_some_and(|id| !id.is_empty()),
            "{}",
            self.text
        );
        self
    }

    /// Demands a problem that complains about `field` with `code`.
    #[track_caller]
    pub fn expect_field(self, field: &str, code: &str) -> Self {
        let answer = self.expect_problem(422, "invalid_input");
        let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
        let found = errors
            .iter()
            .any(|error| error["field"] == field && error["code"] == code);
        assert!(found, "no {code} at {field}: {}", answer.text);
        answer
    }

    /// A header, empty when absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The `ETag`.
    #[must_use]
    pub fn etag(&self) -> String {
        self.header("etag").to_owned()
    }

    /// The `id` in the body.
    #[track_caller]
    #[must_use]
    pub fn id(&self) -> String {
        self.json["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no id in {}", self.text))
            .to_owned()
    }

    /// The `items` in the body.
    #[track_caller]
    #[must_use]
    pub fn items(&self) -> &[Value] {
        self.json["items"]
            .as_array()
            .unwrap_or_else(|| panic!("no items in {}", self.text))
    }
}

impl Client {
    /// Nobody is signed in.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self {
            http: reqwest::Client::builder().cookie_store(true).build().expect("client"),
            base: base.to_owned(),
            token: None,
        }
    }

    /// Signs in and keeps the token.
    pub async fn login(&mut self, email: &str, password: &str) {
        let answer = self
            .post("/api/v1/auth/login", json!({ "email": email, "password": password }))
            .await
            .expect(200);
        self.token = answer.json["access_token"].as_str().map(str::to_owned);
    }

    /// Gets a new token before the one at hand expires.
    pub async fn refresh(&mut self) {
        let answer = self.without_token().post_empty("/api/v1/auth/refresh").await.expect(200);
        self.token = answer.json["access_token"].as_str().map(str::to_owned);
    }

    /// Uses this token from now on.
    pub fn set_token(&mut self, token: &str) {
        self.token = Some(token.to_owned());
    }

    /// The token.
    #[must_use]
    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap_or_default()
    }

    /// The same cookies without the token.
    #[must_use]
    pub fn without_token(&self) -> Self {
        Self {
            token: None,
            ..self.clone()
        }
    }

    /// A request to be completed by the caller.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// POST with JSON.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// POST without a body.
    pub async fn post_empty(&self, path: &str) -> Answer {
        send(self.request(Method::POST, path)).await
    }

    /// PATCH with JSON and `If-Match`.
    pub async fn patch(&self, path: &str, etag: &str, body: Value) -> Answer {
        send(self.request(Method::PATCH, path).header("if-match", etag).json(&body)).await
    }

    /// PUT with JSON and `If-Match`.
    pub async fn put(&self, path: &str, etag: &str, body: Value) -> Answer {
        send(self.request(Method::PUT, path).header("if-match", etag).json(&body)).await
    }

    /// POST of one file in a form.
    pub async fn upload(&self, path: &str, file_name: &str, content: impl Into<Vec<u8>>) -> Answer {
        send(
            self.request(Method::POST, path)
                .multipart(file_form(file_name, content)),
        )
        .await
    }

    /// DELETE with `If-Match`.
    pub async fn delete(&self, path: &str, etag: &str) -> Answer {
        send(self.request(Method::DELETE, path).header("if-match", etag)).await
    }
}

/// A form with one file in the field `file`.
pub fn file_form(file_name: &str, content: impl Into<Vec<u8>>) -> Form {
    Form::new().part("file", Part::bytes(content.into()).file_name(file_name.to_owned()))
}

/// Sends a request and reads the answer.
pub async fn send(request: reqwest::RequestBuilder) -> Answer {
    Answer::read(request.send().await.expect("the service answers")).await
}
