//! Rewriting the references inside a content.

use entity::ids::SetupRecordId;
use serde_json::Value as Json;

use crate::setup::kind::{Link, Target};

/// Puts `target` of each reference in its place, and takes out those for which there is none. Links to members, regions
/// and files are taken out too: they mean nothing outside their district.
pub fn relink(content: &mut Json, links: &[Link], target: impl Fn(SetupRecordId) -> Option<SetupRecordId>) {
    // From the end, so that the places of a list's earlier items stay true.
    for link in links.iter().rev() {
        let found = match &link.target {
            Target::Record { id, .. } => target(*id),
            Target::Member(_) | Target::Region(_) | Target::File(_) => None,
        };
        match found {
            Some(id) => set(content, &link.field, Some(Json::String(id.to_string()))),
            None => set(content, &link.field, nothing(link)),
        }
    }
}

/// Takes these links out.
pub fn take_out(content: &mut Json, links: &[Link]) {
    for link in links.iter().rev() {
        set(content, &link.field, nothing(link));
    }
}

/// What stands in the field of a link that leads nowhere: ids may be null, codes of regions are texts. In a list, nothing.
fn nothing(link: &Link) -> Option<Json> {
    let is_item = link
        .field
        .rsplit('.')
        .next()
        .is_some_and(|last| last.parse::<usize>().is_ok());
    match link.target {
        _ if is_item => None,
        Target::Region(_) => Some(Json::String(String::new())),
        Target::Record { .. } | Target::Member(_) | Target::File(_) => Some(Json::Null),
    }
}

/// Sets the value at a path such as `providers.0.agency_id`; without a value the item leaves its list.
fn set(content: &mut Json, path: &str, value: Option<Json>) {
    let (parent, last) = match path.rsplit_once('.') {
        Some((parent, last)) => (at(content, parent), last),
        None => (Some(content), path),
    };
    match (parent, value) {
        (Some(Json::Array(items)), Some(value)) => {
            if let Some(item) = last.parse().ok().and_then(|index: usize| items.get_mut(index)) {
                *item = value;
            }
        }
        (Some(Json::Array(items)), None) => {
            if let Some(index) = last.parse().ok().filter(|index: &usize| *index < items.len()) {
                items.remove(index);
            }
        }
        (Some(Json::Object(fields)), value) => {
            if let Some(field) = fields.get_mut(last) {
                *field = value.unwrap_or(Json::Null);
            }
        }
        _ => {}
    }
}

fn at<'a>(content: &'a mut Json, path: &str) -> Option<&'a mut Json> {
    path.split('.').try_fold(content, |value, part| match value {
        Json::Array(items) => part.parse().ok().and_then(|index: usize| items.get_mut(index)),
        Json::Object(fields) => fields.get_mut(part),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::setup::kind;

    #[test]
    fn references_are_mapped_or_taken_out() {
        let id = |n: u8| format!("01890000-0000-7000-8000-0000000000{n:02}");
        let (kept, gone, mapped) = (id(1), id(2), id(3));
        let content = json!({
            "name": "Akta", "category_ids": [gone, kept, gone],
            "providers": [{ "id": "a", "agency_id": gone }, { "id": "b", "agency_id": kept }],
        });
        let mut document = (kind("service").unwrap().read)(&content.to_string()).unwrap();
        // The list was tidied when it was read: an id occurs once.
        assert_eq!(document.content["category_ids"], json!([gone, kept]));
        let target: SetupRecordId = serde_json::from_value(json!(mapped)).unwrap();
        relink(&mut document.content, &document.links, |id| {
            (id.to_string() == kept).then_some(target)
        });
        assert_eq!(document.content["category_ids"], json!([mapped]));
        assert_eq!(document.content["providers"][0]["agency_id"], json!(null));
        assert_eq!(document.content["providers"][1]["agency_id"], json!(mapped));
    }
}
