//! What a page says of a call into a request: what it answers with, its options, its facts.

use std::collections::BTreeSet;

use super::docs::{self, Paragraphs};
use super::names::{self, Scope};
use super::types::Types;
use crate::rust::{
    ErrorFacts, Model, OpenEnum, OperationFacts, OptionKind, Output, PermissionSet, Primitive,
    Request, RequestOption, Type, TypePath, ValueList, ValueListValues,
};
use crate::schema::{
    DocumentedError, Operation, OperationKind, Permission, PermissionScheme, Response,
    RestrictionKind, ValueRestriction,
};

/// Methods that every request has.
const REQUEST_METHODS: &[&str] = &[
    "body",
    "clone",
    "header",
    "into_future",
    "into_pages",
    "into_stream",
    "query",
    "send",
];

/// Headers that the client sets, or that no caller should.
const OWN_HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
];

/// The OData options, what their methods are called and what they take. See
/// <https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_QueryOptions>.
const OPTIONS: &[(&str, &str, OptionKind)] = &[
    ("$count", "count", OptionKind::Boolean),
    ("$deltatoken", "delta_token", OptionKind::Text),
    ("$expand", "expand", OptionKind::List),
    ("$filter", "filter", OptionKind::Text),
    ("$format", "format", OptionKind::Text),
    ("$orderby", "order_by", OptionKind::List),
    ("$search", "search", OptionKind::Text),
    ("$select", "select", OptionKind::List),
    ("$skip", "skip", OptionKind::Number),
    ("$skiptoken", "skip_token", OptionKind::Text),
    ("$top", "top", OptionKind::Number),
];

/// The request of an operation, under the name that its module gives it.
pub(super) fn request(types: &mut Types<'_>, operation: &Operation, name: String) -> Request {
    let facts = facts(operation);
    let doc = Paragraphs::default().add(&operation.doc);
    let value_lists = value_lists(types, operation, &facts);
    let doc = docs::operation_facts(doc, operation)
        .add(docs::value_lists(&value_lists))
        .page(Some(&operation.page))
        .doc();
    Request {
        name,
        doc,
        output: output(types, operation),
        options: options(operation),
        value_lists,
        operation: facts,
    }
}

/// What a call answers with: the first success that the page documents with a body.
fn output(types: &mut Types<'_>, operation: &Operation) -> Output {
    let success = || {
        operation
            .responses
            .iter()
            .filter(|r| (200..300).contains(&r.status))
    };
    let with_body = success().find(|r| r.type_ref.is_some() || r.is_content);
    match with_body {
        Some(Response {
            is_content: true, ..
        }) => Output::Content,
        Some(Response {
            type_ref: Some(type_ref),
            ..
        }) => {
            let ty = types.single(type_ref, None);
            if type_ref.is_collection || operation.kind == OperationKind::List {
                Output::Collection(ty)
            } else if is_wrapped(operation.kind, &ty) {
                Output::Single(ty)
            } else {
                Output::Json(ty)
            }
        }
        Some(_) | None => {
            let empty = success().any(|r| matches!(r.status, 202 | 204 | 205));
            let bare = operation.kind == OperationKind::Delete;
            if empty || bare || success().next().is_none() {
                Output::None
            } else {
                Output::Json(Type::Primitive(Primitive::Json))
            }
        }
    }
}

/// Whether an answer stands in `{ "value": … }`: a primitive result of an action or function. See
/// <https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html#sec_IndividualPropertyorOperationRespons>.
fn is_wrapped(kind: OperationKind, ty: &Type) -> bool {
    let primitive = matches!(ty, Type::Primitive(p) if *p != Primitive::Json);
    primitive && matches!(kind, OperationKind::Action | OperationKind::Function)
}

fn options(operation: &Operation) -> Vec<RequestOption> {
    let mut scope = Scope::with(REQUEST_METHODS);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for option in &operation.query_options {
        let wire_name = option.name.trim();
        if !wire_name.is_empty() && seen.insert(wire_name.to_lowercase()) {
            found.push(query_option(wire_name, &option.doc, &mut scope));
        }
    }
    for header in &operation.headers {
        let wire_name = header.name.trim();
        let lower = wire_name.to_lowercase();
        if !OWN_HEADERS.contains(&lower.as_str()) && is_token(wire_name) && seen.insert(lower) {
            found.push(RequestOption {
                method: scope.claim(&names::snake(wire_name)),
                wire_name: wire_name.to_owned(),
                kind: OptionKind::Header,
                doc: Paragraphs::default()
                    .add(format!("Sets the header {}.", docs::code(wire_name)))
                    .add(&header.value)
                    .doc(),
            });
        }
    }
    found
}

fn query_option(wire_name: &str, doc: &str, scope: &mut Scope) -> RequestOption {
    let lower = wire_name.to_lowercase();
    let dollared = if lower.starts_with('$') {
        lower.clone()
    } else {
        format!("${lower}")
    };
    let known = OPTIONS.iter().find(|(name, _, _)| *name == dollared);
    let (wire_name, method, kind) = match known {
        Some((name, method, kind)) => (*name, (*method).to_owned(), *kind),
        None => (wire_name, names::snake(wire_name), OptionKind::Text),
    };
    RequestOption {
        method: scope.claim(&method),
        wire_name: wire_name.to_owned(),
        kind,
        doc: Paragraphs::default()
            .add(format!("Sets the query option {}.", docs::code(wire_name)))
            .add(doc)
            .doc(),
    }
}

/// Whether a text can be the name of a header: RFC 9110, section 5.6.2.
fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

fn facts(operation: &Operation) -> OperationFacts {
    let set = |scheme| {
        operation
            .permissions
            .iter()
            .find(|p| p.scheme == scheme)
            .and_then(permissions)
    };
    OperationFacts {
        name: operation.name.clone(),
        method: operation.method.clone(),
        path_templates: operation
            .path_templates
            .iter()
            .map(|p| p.text.clone())
            .collect(),
        delegated_work: set(PermissionScheme::DelegatedWork),
        delegated_personal: set(PermissionScheme::DelegatedPersonal),
        application: set(PermissionScheme::Application),
        errors: errors(&operation.errors),
        documentation: operation.page.url.clone(),
    }
}

fn permissions(permission: &Permission) -> Option<PermissionSet> {
    let supported = !permission.least.is_empty() || !permission.higher.is_empty();
    supported.then(|| PermissionSet {
        least: permission.least.clone(),
        higher: permission.higher.clone(),
    })
}

/// The documented errors that have a code.
fn errors(documented: &[DocumentedError]) -> Vec<ErrorFacts> {
    let mut scope = Scope::with(&["OPERATION"]);
    let with_code = documented
        .iter()
        .filter_map(|e| Some((e, e.code.as_deref()?)));
    with_code
        .map(|(error, code)| {
            let condition = if error.doc.is_empty() {
                &error.title
            } else {
                &error.doc
            };
            let message = error.message.clone().unwrap_or_default();
            ErrorFacts {
                constant: scope.claim(&names::shouty(code)),
                status: error.status.unwrap_or_default(),
                code: code.to_owned(),
                doc: docs::error_code(error.status, condition, &message),
                condition: docs::plain(condition),
                message,
            }
        })
        .collect()
}

fn value_lists(types: &Types<'_>, operation: &Operation, facts: &OperationFacts) -> Vec<ValueList> {
    let mut scope = Scope::with(&["OPERATION"]);
    for error in &facts.errors {
        scope.try_claim(&error.constant);
    }
    operation
        .restrictions
        .iter()
        .filter(|r| !r.values.is_empty())
        .map(|restriction| value_list(types, restriction, &mut scope))
        .collect()
}

fn value_list(types: &Types<'_>, restriction: &ValueRestriction, scope: &mut Scope) -> ValueList {
    let (prefix, verb) = match restriction.kind {
        RestrictionKind::Supported => ("SUPPORTED", "The only values that are supported"),
        RestrictionKind::Unsupported => ("UNSUPPORTED", "The values that are not supported"),
    };
    let subject = restriction.property.as_deref();
    let suffix = subject.map_or_else(|| "VALUES".to_owned(), names::shouty_plural);
    let of = subject
        .map(|p| format!(" for {}", docs::code(p)))
        .unwrap_or_default();
    ValueList {
        name: scope.claim(&format!("{prefix}_{suffix}")),
        doc: docs::doc(&format!("{verb}{of}.")),
        values: variants(types, restriction)
            .unwrap_or_else(|| ValueListValues::Text(restriction.values.clone())),
    }
}

/// The values as variants of their enum, when all of them are.
fn variants(types: &Types<'_>, restriction: &ValueRestriction) -> Option<ValueListValues> {
    let path: &TypePath = types.path(restriction.enum_type.as_deref()?)?;
    let found: &OpenEnum = match types.model(path)? {
        Model::OpenEnum(found) => found,
        Model::Struct(_) | Model::Hierarchy(_) => return None,
    };
    let name = |value: &String| {
        let variant = found.variants.iter().find(|v| v.wire_name == *value)?;
        Some(variant.name.clone())
    };
    let variants = restriction
        .values
        .iter()
        .map(name)
        .collect::<Option<Vec<_>>>()?;
    Some(ValueListValues::Variants {
        ty: path.clone(),
        variants,
    })
}
