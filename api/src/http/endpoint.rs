//! One list of operations feeds both the router and the OpenAPI document.
//!
//! A handler's first argument is its guard. [`Endpoints::add`] reads the guard's type and writes the operation's
//! `security` and error answers from it, so that document and server cannot disagree about who may do what.

use std::{cmp::Reverse, collections::BTreeMap};

use actix_web::{FromRequest, Handler, HttpRequest, Resource, Responder, Scope, dev::Payload, web};
use futures_util::future::LocalBoxFuture;
use utoipa::{
    __dev::{SchemaReferences, Tags},
    openapi::{
        ContentBuilder, HttpMethod, OpenApi, Ref, RefOr, Required, ResponseBuilder, Schema,
        path::{Operation, ParameterBuilder, ParameterIn},
        schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
        security::SecurityRequirement,
    },
};

use crate::error::{ApiError, ErrorCode};

/// The first argument of every handler: it decides whether the request may go on.
pub trait Guard: FromRequest<Error = ApiError> + 'static {
    /// Name of the OpenAPI security scheme, `None` when anybody may call.
    const SCHEME: Option<&'static str>;
    /// The permission that the guard asks for.
    fn permission() -> Option<&'static str> {
        None
    }
    /// What it answers when the request may not go on.
    const REFUSALS: &'static [ErrorCode];
    /// What it answers besides when the request would change something.
    const WRITE_REFUSALS: &'static [ErrorCode] = &[];
}

/// Arguments of a handler, extracted one after the other, guard first. (Tuples of actix are polled side by side: a bad
/// body could be answered before the guard has decided.)
#[derive(Debug)]
pub struct InOrder<Args>(Args);

/// An argument of a handler behind the guard. What it reads of the request beside path, query and body (which the handler
/// describes) it writes into the document itself.
pub trait Argument: FromRequest + 'static {
    /// Adds headers and answers of its own to an operation.
    fn describe(_: &mut Operation) {}
}

impl Argument for HttpRequest {}

/// Arguments whose first is a [`Guard`].
pub trait Guarded: Sized + 'static {
    /// The first argument.
    type Guard: Guard;
    /// What the arguments behind the guard add to an operation.
    fn describe(operation: &mut Operation);
    /// Extracts all, in order.
    fn extract(request: HttpRequest, payload: Payload) -> LocalBoxFuture<'static, Result<Self, actix_web::Error>>;
}

macro_rules! guarded {
    ($($rest:ident)*) => {
        impl<G: Guard, $($rest: Argument),*> Guarded for (G, $($rest,)*) {
            type Guard = G;

            fn describe(_operation: &mut Operation) {
                $($rest::describe(_operation);)*
            }

            #[allow(non_snake_case, reason = "the type parameters name the values")]
            fn extract(request: HttpRequest, mut payload: Payload) -> LocalBoxFuture<'static, Result<Self, actix_web::Error>> {
                Box::pin(async move {
                    let guard = G::from_request(&request, &mut payload).await?;
                    $(let $rest = $rest::from_request(&request, &mut payload).await.map_err(Into::into)?;)*
                    Ok((guard, $($rest,)*))
                })
            }
        }
    };
}

guarded! {}
guarded! { A }
guarded! { A B }
guarded! { A B C }
guarded! { A B C D }
guarded! { A B C D E }

impl<Args: Guarded> FromRequest for InOrder<Args> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let arguments = Args::extract(request.clone(), payload.take());
        Box::pin(async move { arguments.await.map(Self) })
    }
}

/// The operations of the API.
#[derive(Default)]
#[allow(missing_debug_implementations, reason = "actix resources have none")]
pub struct Endpoints {
    /// By the two parts of their path, see [`split`].
    routes: BTreeMap<(String, String), Resource>,
    /// `None` for those who only route: every worker does, and the document takes more memory than all else.
    document: Option<Document>,
}

#[derive(Default)]
struct Document {
    openapi: OpenApi,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Endpoints {
    /// Routes without a document.
    #[must_use]
    pub fn undocumented() -> Self {
        Self::default()
    }

    /// Starts from a document with title, servers and security schemes.
    #[must_use]
    pub fn documented(openapi: OpenApi) -> Self {
        let schemas = Vec::new();
        Self {
            document: Some(Document { openapi, schemas }),
            ..Self::default()
        }
    }

    /// Adds one operation; use the [`crate::endpoints!`] macro, which finds `P` from the handler's name.
    pub fn add<P, F, Args>(&mut self, handler: F)
    where
        P: utoipa::Path + SchemaReferences + for<'t> Tags<'t>,
        F: Handler<Args>,
        F::Output: Responder + 'static,
        Args: Guarded,
    {
        let describe = || {
            let mut operation = P::operation();
            operation.tags = Some(P::tags().into_iter().map(str::to_owned).collect());
            operation
        };
        if let Some(document) = &mut self.document {
            P::schemas(&mut document.schemas);
        }
        self.add_operation(P::path(), P::methods(), describe, handler);
    }

    /// Adds one operation that is described by hand, for features that make the same operations for many kinds of thing.
    pub fn add_operation<F, Args>(
        &mut self,
        path: String,
        methods: Vec<HttpMethod>,
        describe: impl FnOnce() -> Operation,
        handler: F,
    ) where
        F: Handler<Args>,
        F::Output: Responder + 'static,
        Args: Guarded,
    {
        let place = split(&path);
        let mut resource = self
            .routes
            .remove(&place)
            .unwrap_or_else(|| web::resource(place.1.clone()));
        for method in &methods {
            let handler = handler.clone();
            let call = move |arguments: InOrder<Args>| handler.call(arguments.0);
            resource = resource.route(web::method(actix_method(method)).to(call));
        }
        self.routes.insert(place, resource);
        if let Some(document) = &mut self.document {
            let mut operation = describe();
            Args::describe(&mut operation);
            for method in &methods {
                describe_guard::<Args::Guard>(method, &mut operation);
            }
            describe_path_parameters(&path, &mut operation);
            document.openapi.paths.add_path_operation(path, methods, operation);
        }
    }

    /// Adds schemas to the document that operations added by [`Endpoints::add_operation`] refer to.
    pub fn add_schemas<S: IntoIterator<Item = (String, RefOr<Schema>)>>(&mut self, schemas: impl FnOnce() -> S) {
        if let Some(document) = &mut self.document {
            document.schemas.extend(schemas());
        }
    }

    /// The OpenAPI document of everything added, and the schemas by name as the operations gave them (a name may come
    /// more than once; a test checks that the contents agree).
    #[must_use]
    pub fn document(self) -> (OpenApi, Vec<(String, RefOr<Schema>)>) {
        let Document { mut openapi, schemas } = self.document.unwrap_or_default();
        let components = openapi.components.get_or_insert_default();
        components.schemas.extend(schemas.iter().cloned());
        (openapi, schemas)
    }

    /// Registers everything with actix.
    ///
    /// Its router tries one pattern after the other. Operations that share the first segments of their path therefore
    /// stand behind one pattern. A longer one goes first: who matches the shorter would not look further.
    pub fn register(self, config: &mut web::ServiceConfig) {
        let mut scopes: BTreeMap<(Reverse<usize>, String), Scope> = BTreeMap::new();
        for ((shared, _), resource) in self.routes {
            let key = (Reverse(shared.matches('/').count()), shared.clone());
            let scope = scopes.remove(&key).unwrap_or_else(|| web::scope(&shared));
            scopes.insert(key, scope.service(resource));
        }
        for scope in scopes.into_values() {
            config.service(scope);
        }
    }
}

/// A path as the segments that it shares with its like, `/api/v1/districts/{code}/setup/staff` or
/// `/api/v1/districts/{code}`, and the rest.
fn split(path: &str) -> (String, String) {
    let slashes: Vec<usize> = path.match_indices('/').map(|(at, _)| at).chain([path.len()]).collect();
    let end = slashes.get(6).or(slashes.get(4)).copied().unwrap_or(path.len());
    let (shared, rest) = path.split_at(end);
    (shared.to_owned(), rest.to_owned())
}

/// Adds handlers to [`Endpoints`]: `endpoints!(list, list_things, create_thing);` in the module that defines them.
#[macro_export]
macro_rules! endpoints {
    ($endpoints:expr, $($handler:ident),+ $(,)?) => {
        pastey::paste! {
            $($endpoints.add::<[<__path_ $handler>], _, _>($handler);)+
        }
    };
}

fn actix_method(method: &HttpMethod) -> actix_web::http::Method {
    use actix_web::http::Method;
    match method {
        HttpMethod::Get => Method::GET,
        HttpMethod::Post => Method::POST,
        HttpMethod::Put => Method::PUT,
        HttpMethod::Delete => Method::DELETE,
        HttpMethod::Patch => Method::PATCH,
        HttpMethod::Head => Method::HEAD,
        _ => Method::OPTIONS,
    }
}

fn describe_guard<G: Guard>(method: &HttpMethod, operation: &mut Operation) {
    operation.security = G::SCHEME.map(|scheme| {
        let scopes: Vec<String> = G::permission().map(str::to_owned).into_iter().collect();
        vec![SecurityRequirement::new(scheme, scopes)]
    });
    for refusal in G::REFUSALS {
        describe_problem(operation, *refusal);
    }
    if *method != HttpMethod::Get {
        for refusal in G::WRITE_REFUSALS {
            describe_problem(operation, *refusal);
        }
    }
}

/// Adds a header to an operation's parameters.
pub(super) fn describe_header(operation: &mut Operation, name: &str, about: &str, required: Required) {
    let header = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(about))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .build();
    operation.parameters.get_or_insert_default().push(RefOr::T(header));
}

/// Adds an error answer unless the handler described that status itself.
pub(super) fn describe_problem(operation: &mut Operation, code: ErrorCode) {
    let status = code.status().as_u16().to_string();
    if operation.responses.responses.contains_key(&status) {
        return;
    }
    let problem = ResponseBuilder::new()
        .description(code.title().en.into_owned())
        .content(
            "application/problem+json",
            ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build(),
        )
        .build();
    operation.responses.responses.insert(status, RefOr::T(problem));
}

/// Path parameters that the handler did not describe: `{code}` is a district, `{…_id}` a UUID.
fn describe_path_parameters(path: &str, operation: &mut Operation) {
    let described: Vec<String> = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) => Some(parameter),
            RefOr::Ref(_) => None,
        })
        .filter(|parameter| parameter.parameter_in == ParameterIn::Path)
        .map(|parameter| parameter.name.clone())
        .collect();
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let mut missing = Vec::new();
    for name in names.filter(|name| !described.iter().any(|known| known == name)) {
        let (schema, description) = if name == "code" {
            let schema = ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some(r"^[0-9]{2}\.[0-9]{2}$"))
                .examples(["73.06"])
                .build();
            (schema, "Kemendagri code of the district")
        } else {
            let schema = ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
                .build();
            (schema, "Id of the resource")
        };
        missing.push(RefOr::T(
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some(description))
                .schema(Some(schema))
                .build(),
        ));
    }
    if !missing.is_empty() {
        let parameters = operation.parameters.get_or_insert_default();
        missing.append(parameters);
        *parameters = missing;
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn paths_are_split_behind_the_district_or_its_component() {
        for (shared, rest) in [
            ("/api/v1/me", ""),
            ("/api/v1/districts/{code}", ""),
            ("/api/v1/districts/{code}", "/members"),
            ("/api/v1/districts/{code}/setup/staff", ""),
            (
                "/api/v1/districts/{code}/setup/staff",
                "/staff-members/{record_id}/history",
            ),
        ] {
            let path = format!("{shared}{rest}");
            assert_eq!(split(&path), (shared.to_owned(), rest.to_owned()), "{path}");
        }
    }
}
