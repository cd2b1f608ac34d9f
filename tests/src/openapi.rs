//! Reading the OpenAPI document: every operation with its guard, and request bodies made of the document's examples.

use serde_json::{Map, Value, json};

/// One operation of the document.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// GET, POST…
    pub method: String,
    /// Path template.
    pub path: String,
    /// Name of the security scheme, `None` when anybody may call.
    pub scheme: Option<String>,
    /// The permission it asks for.
    pub permission: Option<String>,
    /// Path parameters that are words of a list, with the document's example.
    pub words: Vec<(String, String)>,
    /// Schema of its JSON body.
    pub body: Option<Value>,
    /// It takes a file in a form.
    pub is_upload: bool,
}

impl Operation {
    /// The path with district and ids filled in; parameters that are no ids get the document's example.
    #[must_use]
    pub fn path_with(&self, code: &str, id: impl Fn(&str) -> String) -> String {
        let mut path = self.path.replace("{code}", code);
        while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
            let name = path[start + 1..end].to_owned();
            let word = self.words.iter().find(|(known, _)| *known == name);
            let value = word.map_or_else(|| id(&name), |(_, example)| example.clone());
            path.replace_range(start..=end, &value);
        }
        path
    }

    /// True when the path names a district.
    #[must_use]
    pub fn is_in_district(&self) -> bool {
        self.path.contains("{code}")
    }

    /// Names of its path parameters that are ids of a district's things.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let names = self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        names.filter(|name| name.ends_with("_id")).map(str::to_owned).collect()
    }
}

/// Every operation of a document.
#[must_use]
pub fn operations(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let requirement = operation["security"]
                .as_array()
                .and_then(|list| list.first())
                .and_then(Value::as_object);
            let (scheme, scopes) = match requirement.and_then(|requirement| requirement.iter().next()) {
                Some((scheme, scopes)) => (Some(scheme.clone()), scopes.clone()),
                None => (None, Value::Null),
            };
            let bodies = &operation["requestBody"]["content"];
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
                method: method.to_uppercase(),
                words: words(operation),
                path: path.clone(),
                scheme,
                permission: scopes[0].as_str().map(str::to_owned),
                body: bodies["application/json"].get("schema").cloned(),
                is_upload: bodies.get("multipart/form-data").is_some(),
            });
        }
    }
    operations
}

fn words(operation: &Value) -> Vec<(String, String)> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let in_path = parameters.filter(|parameter| parameter["in"] == "path" && parameter["name"] != "code");
    in_path
        .filter_map(|parameter| {
            let name = parameter["name"].as_str()?;
            let example = parameter["example"]
                .as_str()
                .or_else(|| parameter["schema"]["example"].as_str());
            let example = example.or_else(|| parameter["schema"]["examples"][0].as_str())?;
            (!name.ends_with("_id")).then(|| (name.to_owned(), example.to_owned()))
        })
        .collect()
}

/// Whose id a place in a body takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// Of a record, a person, a file, a package…: a UUID.
    Thing,
    /// Of a district, a kecamatan or a village: a code that is public.
    Region,
}

/// A step down into a body, with what is put there when the example has nothing.
#[derive(Clone, Debug)]
enum Step {
    Field(String, Value),
    First(Value),
}

/// Where a body takes an id.
#[derive(Clone, Debug)]
pub struct IdPlace {
    steps: Vec<Step>,
    /// Whose.
    pub kind: IdKind,
}

impl IdPlace {
    /// The body with `id` in this place.
    #[must_use]
    pub fn fill(&self, body: &Value, id: &str) -> Value {
        let mut body = body.clone();
        let mut target = &mut body;
        for step in &self.steps {
            target = match step {
                Step::Field(name, whole) => {
                    if !target.is_object() {
                        *target = whole.clone();
                    }
                    &mut target[name]
                }
                Step::First(item) => {
                    if target.get(0).is_none() {
                        *target = json!([item]);
                    }
                    &mut target[0]
                }
            };
        }
        *target = json!(id);
        body
    }

    /// As complaints name it: `content.providers.0.agency_id`.
    #[must_use]
    pub fn path(&self) -> String {
        let names = self.steps.iter().map(|step| match step {
            Step::Field(name, _) => name.as_str(),
            Step::First(_) => "0",
        });
        names.collect::<Vec<_>>().join(".")
    }
}

/// Every place of a body that takes an id: fields however deep, in lists and in objects inside of lists.
#[must_use]
pub fn id_places(document: &Value, schema: &Value) -> Vec<IdPlace> {
    let mut found = Vec::new();
    find_places(document, schema, "", &mut Vec::new(), &mut found);
    found
}

fn find_places(document: &Value, schema: &Value, name: &str, steps: &mut Vec<Step>, found: &mut Vec<IdPlace>) {
    if let Some(reference) = schema["$ref"].as_str() {
        // Deeper than any body is; a schema that names itself ends here.
        if steps.len() < 8 {
            let target = reference.rsplit('/').next().unwrap_or_default();
            find_places(document, &document["components"]["schemas"][target], name, steps, found);
        }
        return;
    }
    let is_text = schema["type"] == "string" || schema["type"][0] == "string";
    let is_code =
        name.ends_with("_codes") || name.ends_with("_code") && !["item_code", "second_factor_code"].contains(&name);
    let names_region = is_code || ["districts", "provinces"].contains(&name);
    let kind = match (is_text, schema["format"] == "uuid") {
        (_, true) => Some(IdKind::Thing),
        (true, false) if names_region => Some(IdKind::Region),
        _ => None,
    };
    if let Some(kind) = kind {
        found.push(IdPlace {
            steps: steps.clone(),
            kind,
        });
        return;
    }
    let parts = ["oneOf", "anyOf", "allOf"].into_iter();
    for part in parts.flat_map(|word| schema[word].as_array().into_iter().flatten()) {
        find_places(document, part, name, steps, found);
    }
    if let Some(items) = schema.get("items") {
        steps.push(Step::First(example(document, items)));
        find_places(document, items, name, steps, found);
        steps.pop();
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        steps.push(Step::Field(name.clone(), example(document, schema)));
        find_places(document, field, name, steps, found);
        steps.pop();
    }
}

/// A value made of a schema's examples, defaults and required fields.
#[must_use]
pub fn example(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return example(document, &document["components"]["schemas"][name]);
    }
    if let Some(example) = schema
        .get("example")
        .or_else(|| schema["examples"].get(0))
        .or_else(|| schema.get("default"))
    {
        return example.clone();
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    for combination in ["oneOf", "anyOf"] {
        if let Some(options) = schema[combination].as_array() {
            let chosen = options
                .iter()
                .find(|option| option["type"] != "null")
                .unwrap_or(&Value::Null);
            return example(document, chosen);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut merged = Map::new();
        for part in parts {
            if let Value::Object(fields) = example(document, part) {
                merged.extend(fields);
            }
        }
        return Value::Object(merged);
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").and_then(Value::as_str),
        kind => kind.as_str(),
    };
    match kind {
        Some("object") | None => {
            let required: Vec<&str> = schema["required"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields = fields.filter(|(name, field)| {
                required.contains(&name.as_str())
                    || field.get("example").is_some()
                    || field["examples"].get(0).is_some()
            });
            Value::Object(
                fields
                    .map(|(name, field)| (name.clone(), example(document, field)))
                    .collect(),
            )
        }
        Some("array") => json!([]),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        Some("boolean") => json!(false),
        Some("string") => match schema["format"].as_str() {
            Some("date") => json!("2026-01-05"),
            Some("date-time") => json!("2026-01-05T08:00:00Z"),
            Some("uuid") => json!("01890000-0000-7000-8000-000000000000"),
            _ => json!("Contoh"),
        },
        Some(_) => Value::Null,
    }
}
