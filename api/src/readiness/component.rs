//! The components of PKSAI, in one table: a new one is a new entry, and the compiler or a test names what else it needs.

use std::borrow::Cow;

use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// Writes the type, its list and its words from the table below.
macro_rules! components {
    ($($(#[$name:meta])* $variant:ident { slug: $slug:literal, code: $code:literal, about: $about:literal },)*) => {
        /// The components of PKSAI.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum ComponentKind {
            $($(#[$name])* #[serde(rename = $slug)] $variant,)*
        }

        impl ComponentKind {
            /// All components in the order of the standard.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in the database, in the API and, with hyphens, in its paths: `work_mechanism`.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug,)* }
            }

            /// The code with which item codes of the component begin: "REG" in "REG-1".
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What a district sets up in it, for the reader of the API's document.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)* }
            }
        }
    };
}

components! {
    /// Regulasi dan kebijakan.
    Regulation { slug: "regulation", code: "REG", about: "the register of legal and planning instruments" },
    /// Kelembagaan.
    Institution { slug: "institution", code: "LEM", about: "teams and agencies" },
    /// Mekanisme kerja.
    WorkMechanism { slug: "work_mechanism", code: "MEK", about: "SOPs, coordination, supervision, satisfaction" },
    /// Rentang layanan.
    ServiceRange { slug: "service_range", code: "LAY", about: "the catalogue of services" },
    /// Sumber daya manusia.
    Staff { slug: "staff", code: "SDM", about: "people, their training and their area" },
    /// Sistem manajemen data dan informasi.
    DataSystem { slug: "data_system", code: "DAT", about: "categories, forms, indicators, reports, data protection" },
}

impl ComponentKind {
    /// The tag of its operations in the API's document: `setup: work mechanism`.
    #[must_use]
    pub fn tag(self) -> String {
        format!("setup: {}", self.slug().replace('_', " "))
    }
}

// utoipa's derive does not see words that come out of a macro.
impl utoipa::__dev::ComposeSchema for ComponentKind {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        let object = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The components of PKSAI."))
            .enum_values(Some(Self::ALL.iter().map(|component| component.slug())));
        RefOr::T(Schema::Object(object.build()))
    }
}

impl utoipa::ToSchema for ComponentKind {
    fn name() -> Cow<'static, str> {
        "ComponentKind".into()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::ComponentKind;

    /// Slugs stand in paths and columns, codes begin the codes of items: neither may be taken twice or need quoting.
    #[test]
    fn words_are_plain_and_distinct() {
        let mut seen = HashSet::new();
        for component in ComponentKind::ALL {
            let (slug, code) = (component.slug(), component.code());
            assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{slug}");
            assert!(
                code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()),
                "{code}"
            );
            assert!(seen.insert(slug) && seen.insert(code), "{slug} {code}");
            assert_eq!(serde_json::to_value(component).unwrap(), slug);
        }
    }
}
