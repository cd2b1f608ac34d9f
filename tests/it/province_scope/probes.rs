//! Every operation of the document with every id of the planted district in every parameter.

use std::collections::BTreeSet;

use reqwest::Method;
use satupintu_tests::{
    Answer, Client,
    client::{file_form, send},
    openapi::{IdKind, Operation, example, id_places},
};
use serde_json::Value;

use super::plant::{self, ASKED, CODE, LIVE_CODE};

/// A district of the spy's own, in which it may look around.
pub const OWN: &str = "33.10";

/// One request.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The operation.
    pub operation: String,
    pub method: String,
    /// Path with query.
    pub path: String,
    pub body: Option<Value>,
    pub is_upload: bool,
}

impl Probe {
    /// The district whose part of the API it asks, empty when none.
    pub fn district(&self) -> &'static str {
        let is_asked = |code: &&str| self.path.contains(&format!("/districts/{code}"));
        [CODE, LIVE_CODE, OWN].into_iter().find(is_asked).unwrap_or_default()
    }

    /// Sends it as somebody.
    pub async fn send(&self, client: &Client) -> Answer {
        let method = Method::from_bytes(self.method.as_bytes()).expect("method");
        let mut request = client.request(method, &self.path).header("if-match", "\"1\"");
        if self.is_upload {
            request = request.multipart(file_form("Contoh.pdf", "%PDF-1.7\n<</Type/Page>>\n"));
        }
        if let Some(body) = &self.body {
            request = request.json(body);
        }
        send(request).await
    }
}

/// What goes into a parameter of a path. `None` when nobody said.
fn path_values(name: &str, ids: &[String]) -> Option<Vec<String>> {
    let some = |values: &[&str]| Some(values.iter().map(|&value| value.to_owned()).collect());
    match name {
        "code" => some(&[CODE, LIVE_CODE, OWN]),
        "region_code" | "district_code" => some(&[CODE, LIVE_CODE, "73"]),
        "item_code" => some(&["LEM-1", "LEM-3"]),
        "version" => some(&["1.0"]),
        "package" => Some(ids.to_vec()),
        name if name.ends_with("_id") => Some(ids.to_vec()),
        _ => None,
    }
}

/// What goes into a parameter of a query, one at a time. `None` when nobody said.
fn query_values(name: &str, ids: &[String], cursors: &[String]) -> Option<Vec<String>> {
    let some = |values: &[&str]| Some(values.iter().map(|&value| value.to_owned()).collect());
    match name {
        "q" => some(&[ASKED]),
        "component" => some(&["regulation"]),
        "district" => some(&plant::CODES),
        "province" | "parent" => some(&["73", CODE, LIVE_CODE]),
        "cursor" => Some(cursors.to_vec()),
        "limit" => some(&["200"]),
        "stuck_days" => some(&["1"]),
        "archived" | "check" | "inline" | "expiring" | "unread" | "mine" | "unasked" | "safe" | "past" => {
            some(&["true"])
        }
        "from" | "updated_since" => some(&["2016-01-01T00:00:00Z"]),
        "until" => some(&["2099-01-01T00:00:00Z"]),
        "status" => some(&["onboarding", "submitted", "suspended", "verified"]),
        "standing" => some(&["active", "suspended", "archived"]),
        "date" => some(&["2026-01-01"]),
        "standard" => some(&["1.0"]),
        "effect" => some(&["worse"]),
        "phase" => some(&["decree"]),
        "obstacle" => some(&["returned"]),
        "level" => some(&["regency"]),
        "roles" => some(&["everyone"]),
        "reading" => some(&["unopened", "unconfirmed"]),
        "item" => some(&["LEM-1"]),
        "entity" => some(&["setup_record", "evidence", "sop"]),
        "fingerprint" => some(&["AAAA"]),
        "with" => {
            let mut all = ids.to_vec();
            all.extend([CODE, LIVE_CODE, "7302", "7306"].map(str::to_owned));
            Some(all)
        }
        "wave" => Some(ids.to_vec()),
        name if name.ends_with("_id") => Some(ids.to_vec()),
        _ => None,
    }
}

/// The requests of an operation, and the names of parameters that nothing is known to put into.
pub fn of(
    document: &Value,
    operation: &Operation,
    ids: &[String],
    cursors: &[String],
    unknown: &mut BTreeSet<String>,
) -> Vec<Probe> {
    let mut paths = vec![operation.path.clone()];
    let names: Vec<String> = operation
        .path
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split('}').next()?.to_owned()))
        .collect();
    for name in names {
        let Some(values) = path_values(&name, ids) else {
            unknown.insert(format!("{} {name}", operation.id));
            return Vec::new();
        };
        let hole = format!("{{{name}}}");
        paths = paths
            .iter()
            .flat_map(|path| values.iter().map(|value| path.replace(&hole, value)))
            .collect();
    }
    let mut with_query = Vec::new();
    for name in query_names(document, operation) {
        let Some(values) = query_values(&name, ids, cursors) else {
            unknown.insert(format!("{} ?{name}", operation.id));
            continue;
        };
        // One path of each district is enough: the id in the path was tried by itself.
        let ends: BTreeSet<&String> = [paths.first(), paths.last()].into_iter().flatten().collect();
        with_query.extend(ends.into_iter().flat_map(|path| {
            values
                .iter()
                .map(|value| format!("{path}?{name}={value}"))
                .collect::<Vec<_>>()
        }));
    }
    let bodies = bodies(document, operation, ids);
    let probe = |path: &String, body: &Option<Value>| Probe {
        operation: operation.id.clone(),
        method: operation.method.clone(),
        path: path.clone(),
        body: body.clone(),
        is_upload: operation.is_upload,
    };
    let mut probes: Vec<Probe> = paths
        .iter()
        .chain(&with_query)
        .map(|path| probe(path, &bodies[0]))
        .collect();
    if let Some(last) = paths.last() {
        probes.extend(bodies[1..].iter().map(|body| probe(last, body)));
    }
    probes
}

fn query_names(document: &Value, operation: &Operation) -> Vec<String> {
    let parameters = document["paths"][&operation.path][operation.method.to_lowercase()]["parameters"].as_array();
    let in_query = parameters
        .into_iter()
        .flatten()
        .filter(|parameter| parameter["in"] == "query");
    in_query
        .filter_map(|parameter| parameter["name"].as_str().map(str::to_owned))
        .collect()
}

/// The document's example, and for each place that takes an id or a code of a district, the example with each id in it.
fn bodies(document: &Value, operation: &Operation, ids: &[String]) -> Vec<Option<Value>> {
    let Some(schema) = &operation.body else {
        return vec![None];
    };
    let first = example(document, schema);
    let mut bodies = vec![Some(first.clone())];
    for place in id_places(document, schema) {
        let values: Vec<&str> = match place.kind {
            IdKind::Thing => ids.iter().map(String::as_str).collect(),
            IdKind::Region => plant::CODES.to_vec(),
        };
        bodies.extend(values.into_iter().map(|id| Some(place.fill(&first, id))));
    }
    bodies
}
