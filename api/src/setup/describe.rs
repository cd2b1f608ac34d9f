//! The OpenAPI text of the operations of one kind.

use std::cell::OnceCell;

use utoipa::{
    __dev::ComposeSchema,
    IntoParams, ToSchema,
    openapi::{
        ContentBuilder, HeaderBuilder, Ref, RefOr, Required, ResponseBuilder, Schema,
        path::{Operation, OperationBuilder, Parameter, ParameterIn},
        request_body::RequestBodyBuilder,
        schema::{ObjectBuilder, Type},
    },
};

use super::{
    kind::{Kind, Missing},
    operations::{
        SetupRecordChange, SetupRecordCreate, SetupRecordFilter, SetupRecordMove, SetupRecordPlace, SetupRecordUpdate,
    },
    store::SetupRecord,
};
use crate::http::{Page, PageQuery};

/// Writes the document for one kind.
pub(super) struct Describe<'a> {
    kind: &'a Kind,
    content: OnceCell<String>,
}

/// A word as it stands in paths: `work-mechanism`.
fn in_path(word: &str) -> String {
    word.replace('_', "-")
}

fn link(name: &str) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(name))
}

fn named<T: ToSchema>() -> (String, RefOr<Schema>) {
    (T::name().into_owned(), T::schema())
}

impl<'a> Describe<'a> {
    pub fn new(kind: &'a Kind) -> Self {
        let content = OnceCell::new();
        Self { kind, content }
    }

    /// Name of the content's schema.
    fn content(&self) -> &str {
        self.content.get_or_init(|| {
            let first = (self.kind.schemas)().into_iter().next();
            first.map(|(name, _)| name).unwrap_or_default()
        })
    }

    /// The path below the list of the kind.
    pub fn path(&self, rest: &str) -> String {
        let component = in_path(self.kind.component.slug());
        let plural = in_path(self.kind.plural);
        format!("/api/v1/districts/{{code}}/setup/{component}/{plural}{rest}")
    }

    fn record_name(&self) -> String {
        format!("{}Record", self.content())
    }

    /// Everything that the operations of the kind refer to.
    pub fn schemas(&self) -> Vec<(String, RefOr<Schema>)> {
        let mut all = (self.kind.schemas)();
        if let Some((_, RefOr::T(Schema::Object(object)))) = all.first_mut() {
            object.example = Some((self.kind.example)());
        }
        let content = vec![link(self.content())];
        all.extend([
            (self.record_name(), SetupRecord::<String>::compose(content.clone())),
            (
                format!("{}Create", self.content()),
                SetupRecordCreate::<String>::compose(content.clone()),
            ),
            (
                format!("{}Update", self.content()),
                SetupRecordUpdate::<String>::compose(content),
            ),
            (
                format!("{}List", self.content()),
                Page::<String>::compose(vec![link(&self.record_name())]),
            ),
            (
                "SetupRecordHistory".to_owned(),
                Page::<String>::compose(vec![link("SetupRecordChange")]),
            ),
            named::<Missing>(),
            named::<SetupRecordChange>(),
            named::<SetupRecordMove>(),
            named::<SetupRecordPlace>(),
        ]);
        all
    }

    fn operation(&self, id: String, summary: String, about: &str) -> OperationBuilder {
        OperationBuilder::new()
            .operation_id(Some(id))
            .summary(Some(summary))
            .description((!about.is_empty()).then(|| about.to_owned()))
            .tag(self.kind.component.tag())
    }

    fn one(&self) -> &'static str {
        self.kind.name.1
    }

    pub fn list(&self) -> Operation {
        self.operation(
            format!("list_{}", self.kind.plural),
            format!("List every {} in the district's order", self.one()),
            "",
        )
        .parameters(Some(query::<SetupRecordFilter>()))
        .parameters(Some(query::<PageQuery>()))
        .response("200", answer("A page", &format!("{}List", self.content()), false))
        .response("422", problem("A query parameter needs correction"))
        .build()
    }

    pub fn create(&self) -> Operation {
        self.operation(
            format!("create_{}", self.kind.key),
            format!("Add a {}", self.one()),
            "A half-filled form is kept too; the answer says what is missing.",
        )
        .request_body(Some(self.body("Create")))
        .response("201", answer("Added", &self.record_name(), true))
        .response("409", problem("The id is taken"))
        .response("422", problem("Some fields need correction"))
        .build()
    }

    pub fn get(&self) -> Operation {
        self.operation(format!("get_{}", self.kind.key), format!("See one {}", self.one()), "")
            .response("200", answer("The record", &self.record_name(), true))
            .response(
                "304",
                ResponseBuilder::new()
                    .description("The client has this version")
                    .build(),
            )
            .build()
    }

    pub fn replace(&self) -> Operation {
        self.operation(
            format!("update_{}", self.kind.key),
            format!("Change a {}: send the whole content", self.one()),
            "Sending what is already there changes nothing and makes no version.",
        )
        .request_body(Some(self.body("Update")))
        .response("200", answer("Changed", &self.record_name(), true))
        .response("409", problem("It is archived"))
        .response(
            "412",
            problem("Somebody else changed it: `current` is the record as it is now"),
        )
        .response("422", problem("Some fields need correction"))
        .build()
    }

    pub fn archive(&self) -> Operation {
        self.operation(
            format!("archive_{}", self.kind.key),
            format!("Put a {} away", self.one()),
            "Refused while another record in use refers to it; the answer names those.",
        )
        .response("200", answer("Archived", &self.record_name(), true))
        .response("409", problem("Another record refers to it"))
        .response(
            "412",
            problem("Somebody else changed it: `current` is the record as it is now"),
        )
        .build()
    }

    pub fn restore(&self) -> Operation {
        self.operation(
            format!("restore_{}", self.kind.key),
            format!("Take an archived {} back into use", self.one()),
            "",
        )
        .response("200", answer("Restored", &self.record_name(), true))
        .response(
            "412",
            problem("Somebody else changed it: `current` is the record as it is now"),
        )
        .response("422", problem("What it refers to is archived"))
        .build()
    }

    pub fn reorder(&self) -> Operation {
        self.operation(
            format!("move_{}", self.kind.key),
            format!("Move a {} in the list", self.one()),
            "Says what to move in front of what, so that two people who sort at once do not undo each other. \
             Versions do not change.",
        )
        .request_body(Some(
            RequestBodyBuilder::new()
                .content(
                    "application/json",
                    ContentBuilder::new().schema(Some(link("SetupRecordMove"))).build(),
                )
                .required(Some(Required::True))
                .build(),
        ))
        .response("200", answer("Moved", "SetupRecordPlace", false))
        .response("422", problem("There is no record to stand before"))
        .build()
    }

    pub fn history(&self) -> Operation {
        self.operation(
            format!("list_{}_changes", self.kind.key),
            format!("See who changed a {} and what, newest first", self.one()),
            "To bring an old version back, send its content as a change.",
        )
        .parameters(Some(query::<PageQuery>()))
        .response("200", answer("A page", "SetupRecordHistory", false))
        .response("422", problem("A query parameter needs correction"))
        .build()
    }

    fn body(&self, what: &str) -> utoipa::openapi::request_body::RequestBody {
        let schema = link(&format!("{}{what}", self.content()));
        RequestBodyBuilder::new()
            .content("application/json", ContentBuilder::new().schema(Some(schema)).build())
            .required(Some(Required::True))
            .build()
    }
}

fn query<P: IntoParams>() -> Vec<Parameter> {
    P::into_params(|| Some(ParameterIn::Query))
}

fn answer(about: &str, schema: &str, has_etag: bool) -> utoipa::openapi::Response {
    let content = ContentBuilder::new().schema(Some(link(schema))).build();
    let answer = ResponseBuilder::new()
        .description(about)
        .content("application/json", content);
    if !has_etag {
        return answer.build();
    }
    let etag = HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .description(Some("The version"))
        .build();
    answer.header("ETag", etag).build()
}

fn problem(about: &str) -> utoipa::openapi::Response {
    let content = ContentBuilder::new().schema(Some(link("Problem"))).build();
    ResponseBuilder::new()
        .description(about)
        .content("application/problem+json", content)
        .build()
}
