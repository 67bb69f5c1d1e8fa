//! What a page says of answers into what a call gives.

use super::forms::Form;
use super::types::Types;
use crate::rust::{Output, Primitive, Type};
use crate::schema::{Operation, OperationKind, Response, TypeRef};

/// What a type has that tells how to upload to a session.
const UPLOAD_PROPERTIES: &[&str] = &["uploadUrl", "nextExpectedRanges"];

/// What a call of a form answers with.
pub(super) fn output(types: &mut Types<'_>, operation: &Operation, form: Form) -> Output {
    let reads = operation.method == "GET";
    match form {
        Form::Count if reads => Output::Count,
        Form::Content if reads && !is_json(operation) => content(operation),
        // What is linked or unlinked is not sent back, whatever pages say of it, unless they show it.
        Form::Reference if shown_statuses(operation).all(|(_, empty)| empty) => Output::None,
        Form::Plain | Form::Count | Form::Content | Form::Reference => plain(types, operation),
    }
}

/// Whether a page that is about content alone documents an object in its place.
fn is_json(operation: &Operation) -> bool {
    let templates = &operation.path_templates;
    let alone = templates.iter().all(|it| Form::of(it) == Form::Content);
    let ends_in_value = templates.iter().any(|it| it.text.ends_with("$value"));
    let typed = success(operation).any(|r| {
        let type_ref = r.type_ref.as_ref();
        type_ref.is_some_and(|t| !matches!(t.name.as_str(), "Edm.Stream" | "Edm.Binary"))
    });
    alone && !ends_in_value && typed
}

/// Bytes, which are elsewhere when the page says that the answer is a redirect.
fn content(operation: &Operation) -> Output {
    match operation.responses.iter().any(|r| r.status == 302) {
        true => Output::LinkedContent,
        false => Output::Content,
    }
}

fn plain(types: &mut Types<'_>, operation: &Operation) -> Output {
    let typed = || success(operation).filter(|r| r.type_ref.is_some());
    if let Some(accepted) = accepted(operation) {
        let monitor = accepted.map_or(Type::Primitive(Primitive::Json), |monitor| {
            types.single(monitor, None)
        });
        let at_once = typed().find_map(|r| r.type_ref.as_ref());
        return match at_once {
            Some(type_ref) => Output::Outcome(types.single(type_ref, None), monitor),
            None => Output::Accepted(monitor),
        };
    }
    if let Some(type_ref) = typed().find_map(|r| r.type_ref.as_ref()) {
        return typed_output(types, operation, type_ref);
    }
    let is_plain = |it| Form::of(it) == Form::Plain;
    let has_content_elsewhere = !operation.path_templates.iter().all(is_plain);
    if success(operation).any(|r| r.is_content) && !has_content_elsewhere {
        return Output::Content;
    }
    without_type(operation)
}

/// What an answer without a type comes to: a redirect to content, nothing, or whatever JSON comes.
fn without_type(operation: &Operation) -> Output {
    let empty = success(operation).any(|r| matches!(r.status, 202 | 204 | 205));
    let bare = operation.kind == OperationKind::Delete;
    let redirects = operation.responses.iter().any(|r| r.status == 302);
    if redirects && operation.method == "GET" && success(operation).next().is_none() {
        Output::LinkedContent
    } else if empty || bare || success(operation).next().is_none() || shows_nothing(operation) {
        Output::None
    } else if success(operation).any(|r| r.is_content) {
        Output::Content
    } else {
        Output::AnyJson
    }
}

/// Whether the call is documented to go on after its answer: the type of what tells how it goes, where
/// that is known. Where one answers with an object and 202, reading it is no work that goes on.
fn accepted(operation: &Operation) -> Option<Option<&TypeRef>> {
    let is_bare = |r: &&Response| r.status == 202 && r.type_ref.is_none() && !r.is_content;
    let documented = operation.responses.iter().find(is_bare);
    let typed = success(operation).any(|r| r.type_ref.is_some());
    if operation.method == "GET" && typed {
        return None;
    }
    let shown =
        || !typed && shown_statuses(operation).any(|(status, empty)| status == 202 && empty);
    match documented {
        Some(response) => Some(response.monitor.as_ref()),
        None => shown().then_some(None),
    }
}

/// Whether every example shows an answer without a body.
fn shows_nothing(operation: &Operation) -> bool {
    let mut shown = shown_statuses(operation).filter(|(status, _)| *status < 300);
    let first = shown.next();
    operation.method != "GET"
        && first.is_some_and(|(_, empty)| empty)
        && shown.all(|(_, empty)| empty)
}

/// The statuses that examples show, and whether nothing comes with them.
fn shown_statuses(operation: &Operation) -> impl Iterator<Item = (u16, bool)> {
    let responses = operation
        .examples
        .iter()
        .filter_map(|e| e.response.as_ref());
    responses.filter_map(|message| {
        let status = message.start_line.split_whitespace().nth(1)?;
        Some((status.parse().ok()?, message.body.trim().is_empty()))
    })
}

fn success(operation: &Operation) -> impl Iterator<Item = &Response> {
    let responses = operation.responses.iter();
    responses.filter(|r| (200..300).contains(&r.status))
}

fn typed_output(types: &mut Types<'_>, operation: &Operation, type_ref: &TypeRef) -> Output {
    let ty = types.single(type_ref, None);
    if type_ref.is_collection || operation.kind == OperationKind::List {
        Output::Collection(ty)
    } else if is_wrapped(operation.kind, &ty) {
        Output::Single(ty)
    } else if operation.method == "POST" && is_upload(types, type_ref) {
        Output::Upload(ty)
    } else {
        Output::Json(ty)
    }
}

/// Whether a type is a session to upload to.
fn is_upload(types: &Types<'_>, type_ref: &TypeRef) -> bool {
    let has = |name: &&str| types.index.property(&type_ref.name, name).is_some();
    UPLOAD_PROPERTIES.iter().all(has)
}

/// Whether an answer stands in `{ "value": … }`: a primitive result of an action or function. See
/// <https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html#sec_IndividualPropertyorOperationRespons>.
fn is_wrapped(kind: OperationKind, ty: &Type) -> bool {
    let primitive = matches!(ty, Type::Primitive(p) if *p != Primitive::Json);
    primitive && matches!(kind, OperationKind::Action | OperationKind::Function)
}
