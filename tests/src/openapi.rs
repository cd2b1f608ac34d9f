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
