//! What a page says of a call into an operation: what it answers with, its options, its facts.

use std::collections::BTreeSet;

use super::docs::{self, Paragraphs};
use super::forms::Form;
use super::names::{self, Scope};
use super::outputs;
use super::types::Types;
use crate::rust::{
    self, ErrorFacts, Model, NamedOption, OpenEnum, OperationFacts, OptionSetter, OptionValue,
    PermissionSet, RequestOption, TypePath, ValueList, ValueListValues,
};
use crate::schema::{
    DocumentedError, Operation, Permission, PermissionScheme, RestrictionKind, ValueRestriction,
};

/// Headers that the client sets, or that no caller should.
const OWN_HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
];

/// The options that the runtime has methods for: the name on the wire, the trait and the method, and
/// what it takes. The first half is OData's; see
/// <https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_QueryOptions>.
#[rustfmt::skip]
const OPTIONS: &[(&str, &str, &str, OptionValue)] = &[
    ("$apply", "Apply", "apply", OptionValue::Text),
    ("$count", "Count", "count", OptionValue::Boolean),
    ("$deltatoken", "DeltaToken", "delta_token", OptionValue::Text),
    ("$expand", "Expand", "expand", OptionValue::List),
    ("$filter", "Filter", "filter", OptionValue::Text),
    ("$format", "Format", "format", OptionValue::Text),
    ("$orderby", "OrderBy", "order_by", OptionValue::List),
    ("$search", "Search", "search", OptionValue::Text),
    ("$select", "Select", "select", OptionValue::List),
    ("$skip", "Skip", "skip", OptionValue::Number),
    ("$skiptoken", "SkipToken", "skip_token", OptionValue::Text),
    ("$top", "Top", "top", OptionValue::Number),
    ("accept-language", "AcceptLanguage", "accept_language", OptionValue::Text),
    ("consistencylevel", "ConsistencyLevel", "consistency_level", OptionValue::Text),
    ("if-match", "IfMatch", "if_match", OptionValue::Text),
    ("if-none-match", "IfNoneMatch", "if_none_match", OptionValue::Text),
    ("prefer", "Prefer", "prefer", OptionValue::Text),
    ("workbook-session-id", "WorkbookSessionId", "workbook_session_id", OptionValue::Text),
];

/// A page's call as an operation, under the name that its module gives it.
pub(super) fn lower(
    types: &mut Types<'_>,
    operation: &Operation,
    form: Form,
    name: String,
) -> rust::Operation {
    let facts = facts(operation, form);
    let mut constants = Scope::with(&["OPERATION"]);
    for error in &facts.errors {
        constants.try_claim(&error.constant);
    }
    let value_lists = value_lists(types, operation, &mut constants);
    let options = options(operation, &mut constants);
    let doc = Paragraphs::default().add(&operation.doc);
    let doc = docs::operation_facts(doc, operation)
        .add(docs::options(&options, operation))
        .add(docs::value_lists(&value_lists))
        .page(Some(&operation.page))
        .doc();
    rust::Operation {
        name,
        doc,
        output: outputs::output(types, operation, form),
        options,
        value_lists,
        facts,
    }
}

fn options(operation: &Operation, constants: &mut Scope) -> Vec<RequestOption> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for option in &operation.query_options {
        let wire_name = option.name.trim();
        if !wire_name.is_empty() && seen.insert(wire_name.to_lowercase()) {
            found.push(query_option(wire_name, &option.doc, constants));
        }
    }
    for header in &operation.headers {
        let wire_name = header.name.trim();
        let lower = wire_name.to_lowercase();
        if !OWN_HEADERS.contains(&lower.as_str()) && is_token(wire_name) && seen.insert(lower) {
            found.push(header_option(wire_name, &header.value, constants));
        }
    }
    found
}

fn query_option(wire_name: &str, text: &str, constants: &mut Scope) -> RequestOption {
    let lower = wire_name.to_lowercase();
    let dollared = if lower.starts_with('$') {
        lower
    } else {
        format!("${lower}")
    };
    known(&dollared, &dollared).unwrap_or_else(|| {
        let name = docs::code(wire_name);
        let doc = format!(
            "The name of the query option {name}, for [`query`](graph_runtime::Request::query)."
        );
        named(wire_name, false, doc, text, constants)
    })
}

fn header_option(wire_name: &str, value: &str, constants: &mut Scope) -> RequestOption {
    known(&wire_name.to_lowercase(), wire_name).unwrap_or_else(|| {
        let name = docs::code(wire_name);
        let doc = format!(
            "The name of the header {name}, for [`header`](graph_runtime::Request::header)."
        );
        named(wire_name, true, doc, value, constants)
    })
}

/// An option that is set by its name.
fn named(
    wire_name: &str,
    is_header: bool,
    doc: String,
    words: &str,
    constants: &mut Scope,
) -> RequestOption {
    RequestOption {
        wire_name: wire_name.to_owned(),
        is_header,
        setter: OptionSetter::Named(NamedOption {
            constant: constants.claim(&names::shouty(wire_name)),
            doc: Paragraphs::default().add(doc).add(words).doc(),
        }),
    }
}

/// The option that the runtime has a method for.
fn known(lower: &str, wire_name: &str) -> Option<RequestOption> {
    let found = OPTIONS.iter().find(|(name, ..)| *name == lower);
    found.map(|(_, option, method, takes)| RequestOption {
        wire_name: wire_name.to_owned(),
        is_header: !lower.starts_with('$'),
        setter: OptionSetter::Method {
            option,
            method,
            takes: *takes,
        },
    })
}

/// Whether a text can be the name of a header: RFC 9110, section 5.6.2.
fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// The facts of an operation at its paths of one form.
fn facts(operation: &Operation, form: Form) -> OperationFacts {
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
            .filter(|path| Form::of_call(&operation.method, path) == form)
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

fn value_lists(types: &Types<'_>, operation: &Operation, constants: &mut Scope) -> Vec<ValueList> {
    operation
        .restrictions
        .iter()
        .filter(|r| !r.values.is_empty())
        .map(|restriction| value_list(types, restriction, constants))
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
