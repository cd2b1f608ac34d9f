//! The OpenAPI document: title and security here, everything else from the operations themselves.

use utoipa::{
    OpenApi, PartialSchema, ToSchema,
    openapi::{
        InfoBuilder, OpenApiBuilder, RefOr,
        schema::{ComponentsBuilder, Schema},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
        tag::TagBuilder,
    },
};

use crate::{
    http::endpoint::Endpoints,
    http::problem::{Problem, ProblemField},
    readiness::ComponentKind,
    routes,
};

const DESCRIPTION: &str = "Satu Pintu (\"one door\") lets an Indonesian kabupaten/kota set up PKSAI, the integrated child \
welfare service centre, and run it.\n\n\
- Errors are `application/problem+json` (RFC 9457) with a stable `code`; text follows `Accept-Language` (id, en).\n\
- Lists answer `items` and `next_cursor`; send it back as `cursor`.\n\
- Single resources carry an `ETag`; send it as `If-Match` to change them (428 without, 412 when stale).\n\
- `Idempotency-Key` on a POST that creates makes it safe to repeat.\n\
- The scope behind `bearer` names the permission that an operation asks for.";

/// Tags and what they hold; those of the components follow from their table.
const TAGS: &[(&str, &str)] = &[
    ("auth", "Signing in and out"),
    ("account", "One's own account"),
    ("notifications", "What one should know of, and how one is told"),
    ("districts", "Districts (kabupaten/kota) as tenants"),
    ("members", "Members, invitations and roles of a district"),
    ("readiness", "The national standard, evidence, reviews and going live"),
    ("oversight", "Many districts at a glance, for province and ministry"),
    ("public", "What anybody may read of live districts"),
    ("registrations", "Applications of districts, by their applicants"),
    ("files", "Uploaded files of a district"),
    ("setup: responsibilities", "Who is in charge of which component"),
    (
        "packages",
        "Model packages: publish a setup, start from one, merge its improvements",
    ),
    (
        "announcements",
        "What ministry and provinces tell districts, and who has read it",
    ),
    (
        "calendar",
        "Trainings and meetings that ministry and provinces offer to districts, and who takes part",
    ),
    (
        "standards",
        "How the national standard evolves: versions, the draft of the next one, what changes for a district",
    ),
    ("audit", "Who did what"),
    ("regions", "Regions and their Kemendagri codes"),
];

fn tags() -> impl Iterator<Item = (String, String)> {
    let fixed = TAGS
        .iter()
        .map(|(name, about)| ((*name).to_owned(), (*about).to_owned()));
    let components = ComponentKind::ALL
        .iter()
        .zip(1..)
        .map(|(component, place)| (component.tag(), format!("Component {place}: {}", component.about())));
    fixed.chain(components)
}

struct Base;

impl OpenApi for Base {
    fn openapi() -> utoipa::openapi::OpenApi {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("The access token of POST /api/v1/auth/login"))
            .build();
        let registration_token = ApiKey::Header(ApiKeyValue::with_description(
            "X-Registration-Token",
            "The status token of POST /api/v1/registrations, or of a link in a mail about the application",
        ));
        let mut schemas: Vec<(String, RefOr<Schema>)> = vec![(Problem::name().into_owned(), Problem::schema())];
        schemas.push((ProblemField::name().into_owned(), ProblemField::schema()));
        let components = ComponentsBuilder::new()
            .security_scheme("bearer", SecurityScheme::Http(bearer))
            .security_scheme("registration_token", SecurityScheme::ApiKey(registration_token))
            .schemas_from_iter(schemas)
            .build();
        let tags = tags().map(|(name, about)| TagBuilder::new().name(name).description(Some(about)).build());
        OpenApiBuilder::new()
            .info(
                InfoBuilder::new()
                    .title("Satu Pintu API")
                    .version("1")
                    .description(Some(DESCRIPTION))
                    .build(),
            )
            .components(Some(components))
            .tags(Some(tags))
            .build()
    }
}

/// All operations, with their description.
#[must_use]
pub fn endpoints() -> Endpoints {
    let mut endpoints = Endpoints::documented(Base::openapi());
    routes::endpoints(&mut endpoints);
    endpoints
}

/// The document as committed in `openapi.json`: pretty, with a newline at its end.
///
/// # Errors
/// Only when the document cannot be written as JSON.
pub fn to_json() -> Result<String, serde_json::Error> {
    endpoints().document().0.to_pretty_json().map(|json| json + "\n")
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    #[test]
    fn operation_ids_are_unique() {
        let (document, _) = super::endpoints().document();
        let mut seen = HashSet::new();
        let json = serde_json::to_value(&document).unwrap();
        for (path, item) in json["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let id = operation["operationId"]
                    .as_str()
                    .unwrap_or_else(|| panic!("{method} {path} has no operationId"));
                assert!(seen.insert(id.to_owned()), "operationId {id} is used twice");
            }
        }
        assert!(seen.len() > 20);
    }

    /// Every operation has one tag, every tag is described, and nothing is described that no operation has.
    #[test]
    fn tags_are_described_and_used() {
        let (document, _) = super::endpoints().document();
        let json = serde_json::to_value(&document).unwrap();
        let operations = json["paths"].as_object().unwrap().values();
        let operations = operations.flat_map(|item| item.as_object().unwrap().values());
        let used: HashSet<String> = operations
            .map(|operation| match operation["tags"].as_array().map(Vec::as_slice) {
                Some([tag]) => tag.as_str().unwrap().to_owned(),
                other => panic!("{} has the tags {other:?}", operation["operationId"]),
            })
            .collect();
        let described: Vec<String> = super::tags().map(|(name, _)| name).collect();
        let distinct: HashSet<String> = described.iter().cloned().collect();
        assert_eq!(
            distinct.len(),
            described.len(),
            "a tag is described twice: {described:?}"
        );
        assert_eq!(used, distinct);
    }

    /// utoipa merges schemas of one name silently.
    #[test]
    fn schemas_of_one_name_agree() {
        let (_, schemas) = super::endpoints().document();
        let mut seen: HashMap<String, serde_json::Value> = HashMap::new();
        for (name, schema) in schemas {
            let json = serde_json::to_value(&schema).unwrap();
            if let Some(known) = seen.insert(name.clone(), json.clone()) {
                assert_eq!(known, json, "two different schemas are called {name}");
            }
        }
    }

    #[test]
    fn references_resolve() {
        let json = super::to_json().unwrap();
        let document: serde_json::Value = serde_json::from_str(&json).unwrap();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        for reference in json
            .split("#/components/schemas/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
        {
            assert!(
                schemas.contains_key(reference),
                "{reference} is referred to but not described"
            );
        }
    }
}
