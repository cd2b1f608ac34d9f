//! What a kind of setup record is: a typed document that knows its own rules.

use std::borrow::Cow;

use entity::ids::{AccountId, FileObjectId, SetupRecordId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value as Json;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use super::form::Form;
use crate::{
    error::{ApiError, ApiResult, FieldError, Text},
    http::{Checks, body},
    readiness::ComponentKind,
};

/// A kind of setup record. The type is the content: every field may be left out, so that a half-filled form can be kept.
pub trait SetupKind: Serialize + DeserializeOwned + ToSchema + 'static {
    /// Its word in the database, the audit trail and operation ids: `legal_instrument`.
    const KEY: &'static str;
    /// The component it belongs to.
    const COMPONENT: ComponentKind;
    /// Its word in paths and operation ids of lists: `legal_instruments`.
    const PLURAL: &'static str;
    /// What people call one of them, in both languages.
    const NAME: (&'static str, &'static str);

    /// Fields that together occur once among a district's records in use; empty when there are none. Empty values repeat.
    const UNIQUE: &'static [&'static str] = &[];

    /// What a person calls this one; shown in lists and where others refer to it.
    fn title(&self) -> String;

    /// Tidies the fields and records what cannot be kept at all: text that is too long, impossible numbers and dates,
    /// steps that lead nowhere.
    fn check(&mut self, form: &mut Form<'_>);

    /// What is still missing for it to be complete.
    fn missing(&self, list: &mut MissingList);

    /// What it points to outside itself.
    fn links(&self, _links: &mut Links) {}

    /// What of it may leave the district in a model package; nothing of a kind that does not say so. It is an allow-list:
    /// it names what leaves and starts from an empty value. People, phones, emails, addresses, numbers of documents,
    /// files and free notes never do. References stay in; those whose target does not leave are taken out later.
    fn published(&self) -> Option<Self> {
        None
    }

    /// A true-to-life example, also the one in the API's document. It passes [`SetupKind::check`].
    fn example() -> Self;
}

/// Something that is still missing for a record to be complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Missing {
    /// Path of the field in `content`.
    #[schema(example = "signed_on")]
    pub field: Cow<'static, str>,
    /// What to do, in Indonesian.
    #[schema(example = "Isi tanggal penetapan.")]
    pub message_id: Cow<'static, str>,
    /// What to do, in English.
    #[schema(example = "Give the date of enactment.")]
    pub message_en: Cow<'static, str>,
}

/// Collects what is missing.
#[derive(Debug, Default)]
pub struct MissingList(Vec<Missing>);

impl MissingList {
    /// Records that `field` is missing when `is_missing`.
    pub fn when(
        &mut self,
        is_missing: bool,
        field: impl Into<Cow<'static, str>>,
        message_id: &'static str,
        message_en: &'static str,
    ) {
        if is_missing {
            self.0.push(Missing {
                field: field.into(),
                message_id: message_id.into(),
                message_en: message_en.into(),
            });
        }
    }

    /// Records that a text is missing when it is empty.
    pub fn text(&mut self, field: &'static str, value: &str, message_id: &'static str, message_en: &'static str) {
        self.when(value.is_empty(), field, message_id, message_en);
    }

    /// Everything recorded.
    #[must_use]
    pub fn into_vec(self) -> Vec<Missing> {
        self.0
    }
}

/// What a link points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A setup record of one of these kinds; any kind when none is named.
    Record {
        /// Which one.
        id: SetupRecordId,
        /// Kinds it may be of.
        kinds: &'static [&'static str],
        /// Following this field from record to record must never come back.
        is_parent: bool,
    },
    /// A member of the district.
    Member(AccountId),
    /// A region inside the district.
    Region(String),
    /// A file that was uploaded in the district.
    File(FileObjectId),
}

/// A link from a field to something outside the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Path of the field in `content`.
    pub field: String,
    /// What it points to.
    pub target: Target,
}

/// Collects links.
#[derive(Debug, Default)]
pub struct Links(Vec<Link>);

impl Links {
    fn add(&mut self, field: impl Into<String>, target: Target) {
        self.0.push(Link {
            field: field.into(),
            target,
        });
    }

    /// A link to a record of one of `kinds`, if there is one.
    pub fn record(&mut self, field: impl Into<String>, id: Option<SetupRecordId>, kinds: &'static [&'static str]) {
        if let Some(id) = id {
            let is_parent = false;
            self.add(field, Target::Record { id, kinds, is_parent });
        }
    }

    /// Links to records of one of `kinds`.
    pub fn records(&mut self, field: &str, ids: &[SetupRecordId], kinds: &'static [&'static str]) {
        for (index, id) in ids.iter().enumerate() {
            self.record(format!("{field}.{index}"), Some(*id), kinds);
        }
    }

    /// A link to the record above this one: no record may be above itself.
    pub fn parent(&mut self, field: &str, id: Option<SetupRecordId>, kinds: &'static [&'static str]) {
        if let Some(id) = id {
            let is_parent = true;
            self.add(field, Target::Record { id, kinds, is_parent });
        }
    }

    /// A link to a member's account.
    pub fn member(&mut self, field: &str, id: Option<AccountId>) {
        if let Some(id) = id {
            self.add(field, Target::Member(id));
        }
    }

    /// A link to a region in the district, by Kemendagri code; an empty code is none.
    pub fn region(&mut self, field: impl Into<String>, code: &str) {
        if !code.is_empty() {
            self.add(field, Target::Region(code.to_owned()));
        }
    }

    /// A link to an uploaded file, if there is one.
    pub fn file(&mut self, field: impl Into<String>, id: Option<FileObjectId>) {
        if let Some(id) = id {
            self.add(field, Target::File(id));
        }
    }

    /// Everything recorded.
    #[must_use]
    pub fn into_vec(self) -> Vec<Link> {
        self.0
    }
}

/// A content that was read and passed its checks, ready to be kept.
#[derive(Debug)]
pub struct Document {
    /// What a person calls it.
    pub title: String,
    /// The content as it will be stored.
    pub content: Json,
    /// What is still missing.
    pub missing: Vec<Missing>,
    /// What it points to.
    pub links: Vec<Link>,
}

/// A kind as a value, so that the operations are compiled once and not once a kind.
#[derive(Clone, Copy)]
pub struct Kind {
    /// See [`SetupKind::KEY`].
    pub key: &'static str,
    /// See [`SetupKind::COMPONENT`].
    pub component: ComponentKind,
    /// See [`SetupKind::PLURAL`].
    pub plural: &'static str,
    /// See [`SetupKind::NAME`].
    pub name: (&'static str, &'static str),
    /// See [`SetupKind::UNIQUE`].
    pub unique: &'static [&'static str],
    /// Reads and checks a content.
    pub read: fn(&str) -> ApiResult<Document>,
    /// [`SetupKind::published`] of a content that was read before.
    pub publish: fn(&str) -> ApiResult<Option<Document>>,
    /// The schemas of the content: its own first, then those it is made of.
    pub schemas: fn() -> Vec<(String, RefOr<Schema>)>,
    /// [`SetupKind::example`] as JSON.
    pub example: fn() -> Json,
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kind({})", self.key)
    }
}

impl Kind {
    /// The value for a type.
    #[must_use]
    pub const fn of<K: SetupKind>() -> Self {
        Self {
            key: K::KEY,
            component: K::COMPONENT,
            plural: K::PLURAL,
            name: K::NAME,
            unique: K::UNIQUE,
            read: read::<K>,
            publish: publish::<K>,
            schemas: schemas::<K>,
            example: example::<K>,
        }
    }
}

/// Longest title, in characters; titles are cut, contents are not.
const MAX_TITLE: usize = 300;

fn read<K: SetupKind>(json: &str) -> ApiResult<Document> {
    // serde would read a list as the fields in their order.
    if !json.trim_start().starts_with('{') {
        return Err(ApiError::invalid(vec![FieldError {
            field: "content".into(),
            code: "wrong_type",
            message: Text::fixed("Kirim isi sebagai objek JSON.", "Send the content as a JSON object."),
        }]));
    }
    let mut content: K = body::parse(json.as_bytes()).map_err(|error| error.within("content"))?;
    let mut checks = Checks::new();
    content.check(&mut Form::new(&mut checks, "content"));
    checks.finish()?;
    let mut missing = MissingList::default();
    content.missing(&mut missing);
    let mut links = Links::default();
    content.links(&mut links);
    let value = serde_json::to_value(&content).map_err(ApiError::internal)?;
    refuse_nul(&value)?;
    Ok(Document {
        title: content.title().chars().take(MAX_TITLE).collect(),
        content: value,
        missing: missing.into_vec(),
        links: links.into_vec(),
    })
}

fn publish<K: SetupKind>(json: &str) -> ApiResult<Option<Document>> {
    let content: K = serde_json::from_str(json).map_err(ApiError::internal)?;
    let Some(published) = content.published() else {
        return Ok(None);
    };
    let json = serde_json::to_string(&published).map_err(ApiError::internal)?;
    read::<K>(&json).map(Some)
}

/// PostgreSQL cannot keep the character NUL; a field that no check looked at must not turn it into an error of ours.
fn refuse_nul(value: &Json) -> ApiResult<()> {
    let found = match value {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => return items.iter().try_for_each(refuse_nul),
        Json::Object(fields) => return fields.values().try_for_each(refuse_nul),
        _ => false,
    };
    if found {
        return Err(ApiError::invalid(vec![FieldError {
            field: "content".into(),
            code: "invisible_characters",
            message: Text::fixed("Ada karakter tersembunyi.", "There are hidden characters."),
        }]));
    }
    Ok(())
}

fn schemas<K: SetupKind>() -> Vec<(String, RefOr<Schema>)> {
    let mut all = vec![(K::name().into_owned(), K::schema())];
    K::schemas(&mut all);
    all
}

fn example<K: SetupKind>() -> Json {
    serde_json::to_value(K::example()).unwrap_or_default()
}
