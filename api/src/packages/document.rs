//! What a package is: the document that travels between districts and installations.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::ids::{PackageId, SetupRecordId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::canonical::canonical;
use crate::{
    error::ApiResult,
    readiness::ComponentKind,
    setup::{self, kind::Kind},
};

/// The word by which a file says that it is a package.
pub const FORMAT: &str = "satu-pintu/package";
/// The version of the format that this program writes and reads.
pub const SCHEMA_VERSION: u32 = 1;

/// A model package: a district's setup without people, phones, numbers and files, to start from.
///
/// Its canonical form (RFC 8785) without `content_hash` and `signature` is what is hashed and signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageDocument {
    /// Always `satu-pintu/package`.
    #[schema(example = "satu-pintu/package")]
    pub format: String,
    /// Version of the format.
    #[schema(example = 1)]
    pub schema_version: u32,
    /// Id of the package, the same in all its versions.
    pub package_id: PackageId,
    /// Its name.
    #[schema(example = "Model Gowa")]
    pub name: String,
    /// 1 for the first publication, one more each time.
    #[schema(example = 1)]
    pub version: i32,
    /// Whose it is.
    pub author: PackageAuthor,
    /// For a package of the ministry: the district from whose package it was taken, whose names stand in its texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_from: Option<PackageAuthor>,
    /// Version of the national standard in force when it was made.
    #[schema(example = "1.0")]
    pub standard_version: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What is new in it.
    pub note: PackageNote,
    /// The records by component and kind, each kind in its author's order.
    pub components: PackageComponents,
    /// SHA-256 of the canonical form, in hexadecimal; empty in a preview.
    #[serde(default)]
    pub content_hash: String,
    /// Signature of the publishing installation; null in a preview.
    #[serde(default)]
    pub signature: Option<PackageSignature>,
}

/// Records by component and kind.
pub type PackageComponents = BTreeMap<String, BTreeMap<String, Vec<PackageRecord>>>;

/// Who published a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageAuthor {
    /// `district`, or `nation` for the ministry.
    pub scope: PackageScope,
    /// Kemendagri code of the district; empty for the ministry.
    #[schema(example = "73.06")]
    pub code: String,
    /// Name.
    #[schema(example = "Kabupaten Gowa")]
    pub name: String,
    /// What the district calls its centre.
    #[schema(example = "PPKAI Sikamaseang")]
    pub unit_name: String,
}

/// Whether a district or the ministry published a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PackageScope {
    /// A district.
    District,
    /// The ministry.
    Nation,
}

impl PackageScope {
    /// The word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Nation => "nation",
        }
    }
}

/// What is new in a version; either language may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PackageNote {
    /// In Indonesian.
    #[schema(example = "Langkah rujukan dipersingkat.")]
    pub id: String,
    /// In English.
    pub en: String,
}

/// A record of a package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageRecord {
    /// The id of the author's record: the same in all versions. References between records of the package are such ids.
    pub origin_id: SetupRecordId,
    /// What people call it.
    pub title: String,
    /// Its content, in the form of its kind.
    #[schema(value_type = Object)]
    pub content: Json,
}

/// An Ed25519 signature over `satu-pintu/package/1`, a line feed, and the bytes of the hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageSignature {
    /// Always `EdDSA`.
    #[schema(example = "EdDSA")]
    pub alg: String,
    /// Thumbprint of the key (RFC 7638): the fingerprint that people compare.
    pub kid: String,
    /// The public key, base64url.
    pub public_key: String,
    /// The signature, base64url.
    pub value: String,
}

/// How many records of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PackageCount {
    /// The component.
    pub component: ComponentKind,
    /// The kind.
    #[schema(example = "sop")]
    pub kind: String,
    /// How many.
    #[schema(example = 3)]
    pub records: usize,
}

impl PackageDocument {
    /// The records with their kinds, in the order of the components and of the author. Kinds that this program does not
    /// know are left out: reading a package refuses them.
    pub fn records(&self) -> impl Iterator<Item = (&'static Kind, &PackageRecord)> {
        setup::KINDS.iter().flat_map(|kind| {
            let of_component = self.components.get(kind.component.slug());
            let of_kind = of_component.and_then(|kinds| kinds.get(kind.key));
            of_kind.into_iter().flatten().map(move |record| (kind, record))
        })
    }

    /// How many records of each kind.
    #[must_use]
    pub fn counts(&self) -> Vec<PackageCount> {
        let mut counts: Vec<PackageCount> = Vec::new();
        for (kind, _) in self.records() {
            match counts.last_mut().filter(|last| last.kind == kind.key) {
                Some(last) => last.records += 1,
                None => counts.push(PackageCount {
                    component: kind.component,
                    kind: kind.key.to_owned(),
                    records: 1,
                }),
            }
        }
        counts
    }

    /// The document as one canonical text, the form in which it is kept and downloaded.
    ///
    /// # Errors
    /// Only when it cannot be written as JSON.
    pub fn to_text(&self) -> ApiResult<String> {
        let value = serde_json::to_value(self).map_err(crate::error::ApiError::internal)?;
        Ok(canonical(&value))
    }
}

/// The hash of a document that was read as JSON.
#[must_use]
pub fn hash_of(document: &Json) -> [u8; 32] {
    let mut signed = document.clone();
    if let Json::Object(fields) = &mut signed {
        fields.remove("content_hash");
        fields.remove("signature");
    }
    Sha256::digest(canonical(&signed).as_bytes()).into()
}
