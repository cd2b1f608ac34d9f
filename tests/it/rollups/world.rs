//! One district as its people and its reviewer see it, and what they do there over HTTP.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, Utc};
use reqwest::Method;
use satupintu::readiness::ComponentKind;
use satupintu_tests::{
    Answer, Client, Service,
    client::send,
    openapi::{example, operations},
};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;

mod people;

use super::acts::{Act, Verb};
use crate::{
    packages::arrange,
    readiness::{review_subject, shown_file},
};

/// More records of a district than this, and adding becomes putting away.
const MANY_RECORDS: usize = 160;
/// More documents of a district than this, and showing becomes withdrawing.
const MANY_DOCUMENTS: usize = 60;

/// A setup record as it was seen last.
struct Record {
    /// Path of its list.
    list: String,
    id: String,
    version: i64,
    content: Value,
    archived: bool,
}

/// An item of the standard.
struct Item {
    code: String,
    /// Kinds of documents that it accepts.
    accepts: Vec<String>,
    /// A reviewer confirms it.
    is_reviewed: bool,
}

/// One district.
pub struct World {
    /// Its code.
    pub code: String,
    /// What was not refused, by what it was.
    pub accepted: BTreeMap<Verb, usize>,
    admin: Client,
    reviewer: Client,
    ministry: Client,
    anybody: Client,
    database: PgConnection,
    items: Vec<Item>,
    /// Every kind's list with the document's example.
    kinds: Vec<(String, Value)>,
    records: Vec<Record>,
    /// The contents at the beginning, by list.
    first: BTreeMap<String, Vec<Value>>,
    /// Documents, with their `ETag`.
    shown: Vec<(String, String)>,
    file: String,
    package: String,
    adoption: Option<(String, String)>,
}

impl World {
    /// Opens a district of the whole demo.
    pub async fn open(service: &Service, code: &str) -> Self {
        let slug = satupintu::demo::districts::DEMO_DISTRICTS
            .iter()
            .find(|district| district.code == code)
            .expect("a district of the demo")
            .slug;
        let admin = service.demo_client(&format!("admin.{slug}")).await;
        let document = admin.get("/api/v1/openapi.json").await.expect(200).json;
        let district = format!("/api/v1/districts/{code}");
        let file = admin
            .upload(
                &format!("{district}/files"),
                "Bukti.pdf",
                "%PDF-1.7\n<</Type/Page>>\nbukti\n%%EOF\n",
            )
            .await
            .expect(201)
            .id();
        // Klaten's is another province's, live, and the same for every district.
        let klaten = service.demo_client("admin.klaten").await;
        let offered = klaten.get("/api/v1/packages").await.expect(200);
        let of_klaten = |package: &&Value| package["author"]["code"] == "33.10";
        let package = match offered.items().iter().find(of_klaten) {
            Some(package) => package["id"].as_str().expect("id").to_owned(),
            None => arrange::publish(&klaten, "/api/v1/districts/33.10", arrange::draft(ComponentKind::ALL))
                .await
                .id(),
        };
        let mut world = Self {
            code: code.to_owned(),
            accepted: BTreeMap::new(),
            reviewer: service.demo_client("sulsel").await,
            ministry: service.demo_client("pusat").await,
            anybody: service.anonymous(),
            database: service.database.superuser().await,
            items: items(&admin).await,
            kinds: kinds(&document, code),
            records: Vec::new(),
            first: BTreeMap::new(),
            shown: Vec::new(),
            file,
            package,
            adoption: None,
            admin,
        };
        world.look().await;
        for record in &world.records {
            world
                .first
                .entry(record.list.clone())
                .or_default()
                .push(record.content.clone());
        }
        world
    }

    /// Renews the tokens of its people.
    pub async fn stay_signed_in(&mut self) {
        self.admin.refresh().await;
        self.reviewer.refresh().await;
        self.ministry.refresh().await;
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/districts/{}{rest}", self.code)
    }

    /// Reads records and documents anew.
    async fn look(&mut self) {
        self.records.clear();
        for (list, _) in &self.kinds {
            for archived in ["false", "true"] {
                let page = self
                    .admin
                    .get(&format!("{list}?limit=200&archived={archived}"))
                    .await
                    .expect(200);
                let seen = page.items().iter().map(|item| Record::of(list, item));
                self.records.extend(seen);
            }
        }
        let shown = self.admin.get(&self.path("/evidence?limit=200")).await.expect(200);
        let live = shown
            .items()
            .iter()
            .filter(|evidence| evidence["status"] != "withdrawn");
        self.shown = live
            .map(|evidence| {
                let id = evidence["id"].as_str().expect("id").to_owned();
                (id, format!("\"{}\"", evidence["version"]))
            })
            .collect();
    }

    /// Does it; true when the service did not refuse.
    pub async fn perform(&mut self, act: &Act) -> bool {
        let done = self.attempt(act).await.unwrap_or(false);
        if done {
            *self.accepted.entry(act.verb).or_default() += 1;
        }
        done
    }

    /// `None` when there is nothing to do it to.
    async fn attempt(&mut self, act: &Act) -> Option<bool> {
        let Act { verb, which, amount } = *act;
        match verb {
            Verb::Copy | Verb::Add if self.records.len() > MANY_RECORDS => self.put_away(which, true).await,
            Verb::Copy => self.copy(which).await,
            Verb::Add => self.add(which).await,
            Verb::Trim | Verb::Refill | Verb::Redate => self.change(verb, which, amount).await,
            Verb::Archive => self.put_away(which, true).await,
            Verb::Restore => self.put_away(which, false).await,
            Verb::Move => self.reorder(which, amount).await,
            Verb::Show if self.shown.len() > MANY_DOCUMENTS => self.withdraw(which).await,
            Verb::Show => self.show(which, amount).await,
            Verb::Amend => self.amend(which, amount).await,
            Verb::Verify => self.judge(which, "verified").await,
            Verb::Return => self.judge(which, "returned").await,
            Verb::Withdraw => self.withdraw(which).await,
            Verb::Confirm => self.review(which, "confirmed").await,
            Verb::SendBack => self.review(which, "returned").await,
            Verb::Answer => self.answer(which).await,
            Verb::Begin => self.begin(which, amount).await,
            Verb::AdoptSet => self.adopt_set(which).await,
            Verb::AdoptPackage => self.adopt_package().await,
            Verb::Undo => self.undo().await,
            Verb::Rename => self.rename(amount).await,
            Verb::GoLive => self.go_live().await,
            Verb::Entrust => self.entrust(which, amount).await,
            Verb::Assign => self.assign(which, amount).await,
            Verb::Promote => self.promote(which, amount).await,
            Verb::Expel => self.expel(which).await,
            Verb::SignIn => self.sign_in(which).await,
            Verb::Nudge => self.nudge().await,
            Verb::Pause => self.pause().await,
            Verb::PastTheService => self.past_the_service().await,
        }
    }

    async fn copy(&mut self, which: usize) -> Option<bool> {
        let record = self.records.get(which % self.records.len().max(1))?;
        let (list, content) = (record.list.clone(), record.content.clone());
        self.create(list, content).await
    }

    async fn add(&mut self, which: usize) -> Option<bool> {
        let (list, content) = self.kinds.get(which % self.kinds.len())?.clone();
        self.create(list, content).await
    }

    async fn create(&mut self, list: String, content: Value) -> Option<bool> {
        let made = self.admin.post(&list, json!({ "content": content })).await;
        let is_made = accepted(&made);
        if is_made {
            self.records.push(Record::of(&list, &made.json));
        }
        Some(is_made)
    }

    async fn change(&mut self, verb: Verb, which: usize, amount: usize) -> Option<bool> {
        let place = self.in_use(which, false)?;
        let record = &self.records[place];
        let content = match verb {
            Verb::Trim => without_field(&record.content, amount)?,
            Verb::Redate => moved_by(&record.content, amount),
            _ => {
                let first = self.first.get(&record.list)?;
                first.get(amount % first.len())?.clone()
            }
        };
        let path = format!("{}/{}", record.list, record.id);
        let etag = format!("\"{}\"", record.version);
        let answer = self.admin.put(&path, &etag, json!({ "content": content })).await;
        Some(self.keep(place, &answer))
    }

    async fn put_away(&mut self, which: usize, away: bool) -> Option<bool> {
        let place = self.in_use(which, !away)?;
        let record = &self.records[place];
        let verb = if away { "archive" } else { "restore" };
        let path = format!("{}/{}/{verb}", record.list, record.id);
        let request = self.admin.request(Method::POST, &path);
        let answer = send(request.header("if-match", format!("\"{}\"", record.version))).await;
        Some(self.keep(place, &answer))
    }

    async fn reorder(&mut self, which: usize, amount: usize) -> Option<bool> {
        let record = &self.records[self.in_use(which, false)?];
        let alike: Vec<&Record> = self
            .records
            .iter()
            .filter(|other| other.list == record.list && !other.archived)
            .collect();
        let before = alike.get(amount % alike.len()).map(|other| &other.id);
        let body = json!({ "id": record.id, "before": before });
        let answer = self.admin.post(&format!("{}/reorder", record.list), body).await;
        Some(accepted(&answer))
    }

    /// A record in use or put away, counted round.
    fn in_use(&self, which: usize, archived: bool) -> Option<usize> {
        let all: Vec<usize> = (0..self.records.len())
            .filter(|place| self.records[*place].archived == archived)
            .collect();
        all.get(which % all.len().max(1)).copied()
    }

    /// Remembers what the service answered about a record.
    fn keep(&mut self, place: usize, answer: &Answer) -> bool {
        let is_done = accepted(answer);
        if is_done {
            self.records[place] = Record::of(&self.records[place].list.clone(), &answer.json);
        }
        is_done
    }

    async fn show(&mut self, which: usize, amount: usize) -> Option<bool> {
        let with_documents: Vec<&Item> = self.items.iter().filter(|item| !item.accepts.is_empty()).collect();
        let item = with_documents[which % with_documents.len()];
        let mut body = document(&self.file, amount);
        body["item_code"] = json!(item.code);
        body["kind"] = json!(item.accepts[amount % item.accepts.len()]);
        let answer = self.admin.post(&self.path("/evidence"), body).await;
        if accepted(&answer) {
            self.shown.push((answer.id(), answer.etag()));
        }
        Some(accepted(&answer))
    }

    async fn amend(&mut self, which: usize, amount: usize) -> Option<bool> {
        let place = which % self.shown.len().max(1);
        let (id, etag) = self.shown.get(place)?.clone();
        let path = self.path(&format!("/evidence/{id}"));
        let kind = self.admin.get(&path).await.expect(200).json["kind"].clone();
        let mut body = document(&self.file, amount);
        body["kind"] = kind;
        let answer = self.admin.put(&path, &etag, body).await;
        Some(self.keep_document(place, &answer))
    }

    async fn judge(&mut self, which: usize, decision: &str) -> Option<bool> {
        let place = which % self.shown.len().max(1);
        let (id, etag) = self.shown.get(place)?.clone();
        let path = self.path(&format!("/evidence/{id}/review"));
        let evidence = self.reviewer.get(&self.path(&format!("/evidence/{id}"))).await.json;
        let file = shown_file(&self.reviewer, &self.path(""), &evidence).await;
        let request = self.reviewer.request(Method::POST, &path).header("if-match", etag);
        let body = json!({ "decision": decision, "comment": "Catatan contoh.", "file_id": file });
        let answer = send(request.json(&body)).await;
        Some(self.keep_document(place, &answer))
    }

    fn keep_document(&mut self, place: usize, answer: &Answer) -> bool {
        let is_done = accepted(answer);
        if is_done {
            self.shown[place].1 = answer.etag();
        }
        is_done
    }

    async fn withdraw(&mut self, which: usize) -> Option<bool> {
        let place = which % self.shown.len().max(1);
        let (id, etag) = self.shown.get(place)?.clone();
        let answer = self.admin.delete(&self.path(&format!("/evidence/{id}")), &etag).await;
        if accepted(&answer) {
            self.shown.remove(place);
        }
        Some(accepted(&answer))
    }

    async fn review(&mut self, which: usize, decision: &str) -> Option<bool> {
        let code = self.reviewed(which)?.to_owned();
        let path = self.path(&format!("/readiness/{code}/review"));
        let subject = review_subject(&self.reviewer, &self.path(""), &code).await;
        let body = json!({ "decision": decision, "comment": "Catatan contoh.", "subject": subject });
        Some(accepted(&self.reviewer.post(&path, body).await))
    }

    /// An item that a reviewer confirms, counted round.
    fn reviewed(&self, which: usize) -> Option<&str> {
        let reviewed: Vec<&Item> = self.items.iter().filter(|item| item.is_reviewed).collect();
        Some(&reviewed.get(which % reviewed.len().max(1))?.code)
    }

    async fn answer(&mut self, which: usize) -> Option<bool> {
        let code = self.reviewed(which)?;
        let path = self.path(&format!("/readiness/{code}/answer"));
        Some(accepted(
            &self.admin.post(&path, json!({ "answer": "Sudah dilengkapi." })).await,
        ))
    }

    async fn begin(&mut self, which: usize, amount: usize) -> Option<bool> {
        let due = day(0) + Days::new((1 + amount % 90) as u64);
        let body = json!({ "begun": amount.is_multiple_of(2), "due_on": due, "note": "Catatan contoh." });
        self.progress(which, body).await
    }

    async fn assign(&mut self, which: usize, amount: usize) -> Option<bool> {
        let account = self.member(amount).await?["account_id"].clone();
        self.progress(which, json!({ "assignee_id": account, "note": "Catatan contoh." }))
            .await
    }

    async fn progress(&mut self, which: usize, body: Value) -> Option<bool> {
        let code = &self.items[which % self.items.len()].code;
        let path = self.path(&format!("/readiness/{code}/progress"));
        let etag = self.admin.get(&path).await.expect(200).etag();
        Some(accepted(&self.admin.put(&path, &etag, body).await))
    }

    async fn adopt_set(&mut self, which: usize) -> Option<bool> {
        let set = ["gowa_outreach", "ampk", "ppks_child"][which % 3];
        let path = self.path("/setup/data-system/vulnerability-categories/adopt");
        let answer = self.admin.post(&path, json!({ "set": set })).await;
        self.look().await;
        Some(accepted(&answer))
    }

    async fn adopt_package(&mut self) -> Option<bool> {
        if self.adoption.is_some() {
            return None;
        }
        let path = self.path("/package-adoptions");
        let answer = self
            .admin
            .post(&path, json!({ "model_package_id": self.package }))
            .await;
        if accepted(&answer) {
            self.adoption = Some((answer.id(), answer.etag()));
            self.look().await;
        }
        Some(accepted(&answer))
    }

    async fn undo(&mut self) -> Option<bool> {
        let (id, etag) = self.adoption.take()?;
        let path = self.path(&format!("/package-adoptions/{id}/undo"));
        let answer = send(self.admin.request(Method::POST, &path).header("if-match", etag)).await;
        self.look().await;
        Some(accepted(&answer))
    }

    async fn rename(&mut self, amount: usize) -> Option<bool> {
        let path = self.path("");
        let etag = self.admin.get(&path).await.expect(200).etag();
        let body = json!({ "unit_name": format!("PKSAI contoh {amount}"), "hotline": "0411-123456" });
        Some(accepted(&self.admin.patch(&path, &etag, body).await))
    }

    async fn go_live(&mut self) -> Option<bool> {
        Some(accepted(&self.admin.post_empty(&self.path("/go-live")).await))
    }

    async fn past_the_service(&mut self) -> Option<bool> {
        let sql =
            "UPDATE evidence SET status = 'withdrawn' WHERE district_id = $1 AND status IN ('verified', 'submitted')";
        let id: i32 = self.code.replace('.', "").parse().expect("digits");
        let changed = sqlx::query(sql)
            .bind(id)
            .execute(&mut self.database)
            .await
            .expect("update");
        Some(changed.rows_affected() > 0)
    }
}

impl Record {
    fn of(list: &str, item: &Value) -> Self {
        Self {
            list: list.to_owned(),
            id: item["id"].as_str().expect("id").to_owned(),
            version: item["version"].as_i64().expect("version"),
            content: item["content"].clone(),
            archived: item["archived"] == true,
        }
    }
}

/// What people are told for reasons of their own is no failure; what the service cannot explain is.
fn accepted(answer: &Answer) -> bool {
    let status = answer.status.as_u16();
    assert!(status < 500, "{}", answer.text);
    (200..300).contains(&status)
}

async fn items(client: &Client) -> Vec<Item> {
    let standard = client.get("/api/v1/standards/current").await.expect(200).json;
    let components = standard["components"].as_array().expect("components");
    let items = components
        .iter()
        .flat_map(|component| component["items"].as_array().expect("items"));
    items
        .map(|item| {
            let judged = &item["judged_by"];
            let accepts = judged["accepts"]
                .as_array()
                .or_else(|| judged["proof"]["accepts"].as_array());
            let accepts = accepts.into_iter().flatten().filter_map(Value::as_str);
            Item {
                code: item["code"].as_str().expect("code").to_owned(),
                accepts: accepts.map(str::to_owned).collect(),
                is_reviewed: judged["proof"]["kind"] == "review",
            }
        })
        .collect()
}

fn kinds(openapi: &Value, code: &str) -> Vec<(String, Value)> {
    let all = operations(openapi);
    let is_kind = |path: &str| all.iter().any(|other| other.path == format!("{path}/reorder"));
    all.iter()
        .filter(|operation| operation.method == "POST" && is_kind(&operation.path))
        .map(|operation| {
            let body = example(openapi, operation.body.as_ref().expect("a body"));
            (operation.path.replace("{code}", code), body["content"].clone())
        })
        .collect()
}

fn day(days_ago: usize) -> NaiveDate {
    Utc::now().date_naive() - Days::new(days_ago as u64)
}

/// A document: old or new, with or without an end, with or without a file.
fn document(file: &str, amount: usize) -> Value {
    let mut body = json!({
        "title": "Bukti contoh", "number": "12", "document_date": day(1 + amount % 900), "note": "Contoh.",
    });
    if !amount.is_multiple_of(5) {
        body["file_id"] = json!(file);
    }
    if amount.is_multiple_of(3) {
        body["valid_until"] = json!(day(0) + Days::new((amount % 200) as u64));
    }
    body
}

fn without_field(content: &Value, amount: usize) -> Option<Value> {
    let fields: &Map<String, Value> = content.as_object()?;
    let name = fields.keys().nth(amount % fields.len().max(1))?.clone();
    let mut content = content.clone();
    content.as_object_mut()?.remove(&name);
    Some(content)
}

fn moved_by(value: &Value, amount: usize) -> Value {
    match value {
        Value::String(text) if text.len() == 10 => match text.parse::<NaiveDate>() {
            Ok(date) => json!(date - Days::new(amount as u64)),
            Err(_) => value.clone(),
        },
        Value::Array(all) => all.iter().map(|one| moved_by(one, amount)).collect(),
        Value::Object(fields) => {
            let moved = fields
                .iter()
                .map(|(name, field)| (name.clone(), moved_by(field, amount)));
            Value::Object(moved.collect())
        }
        _ => value.clone(),
    }
}
