//! The hash of one link of the chain.

use chrono::{DateTime, Utc};
use entity::ids::AccountId;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

/// Everything a link says.
pub(crate) struct Link<'a> {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub actor_id: Option<AccountId>,
    pub actor_name: &'a str,
    pub action: &'a str,
    pub entity: &'a str,
    pub entity_id: &'a str,
    pub before: Option<&'a Json>,
    pub after: Option<&'a Json>,
    pub ip: &'a str,
    pub user_agent: &'a str,
    pub request_id: &'a str,
}

/// SHA-256 over the previous hash and the link's fields, each preceded by its length so that text cannot move from one
/// field into the next.
pub(crate) fn link_hash(previous: &[u8], link: &Link<'_>) -> Vec<u8> {
    let mut hasher = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    field(previous);
    field(&link.id.to_be_bytes());
    field(&link.at.timestamp_micros().to_be_bytes());
    field(link.actor_id.map(|id| id.to_string()).unwrap_or_default().as_bytes());
    for text in [link.actor_name, link.action, link.entity, link.entity_id] {
        field(text.as_bytes());
    }
    for json in [link.before, link.after] {
        field(json.map(canonical).unwrap_or_default().as_bytes());
    }
    for text in [link.ip, link.user_agent, link.request_id] {
        field(text.as_bytes());
    }
    hasher.finalize().to_vec()
}

/// JSON with sorted keys: `jsonb` does not keep the order in which keys were written.
fn canonical(json: &Json) -> String {
    match json {
        Json::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries: Vec<String> = entries
                .into_iter()
                .map(|(key, value)| format!("{}:{}", Json::from(key.as_str()), canonical(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        // The database knows no negative zero.
        Json::Number(number) if number.is_f64() && number.as_f64() == Some(0.0) => "0.0".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn zero_has_one_form() {
        assert_eq!(canonical(&serde_json::json!([-0.0, 0.0, 0])), "[0.0,0.0,0]");
    }

    #[test]
    fn key_order_does_not_matter() {
        let a: serde_json::Value = serde_json::from_str(r#"{"b":[{"y":1,"x":"é"}],"a":null}"#).unwrap();
        let b: serde_json::Value = serde_json::from_str(r#"{"a":null,"b":[{"x":"é","y":1}]}"#).unwrap();
        assert_eq!(canonical(&a), canonical(&b));
        assert_eq!(canonical(&a), r#"{"a":null,"b":[{"x":"é","y":1}]}"#);
    }
}
