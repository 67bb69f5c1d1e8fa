//! An API page into operations: one for each method that its request lines use.

use crate::diagnostic::Code;
use crate::schema::{
    Example, Message, Operation, OperationKind, Property, RequestBody, Response, Segment, TypeRef,
};

use super::prose::is_identifier;
use super::request::RequestLines;
use super::response::Answers;
use super::tables::Columns;
use super::{
    Reader, body, counts, errors, examples, message, permissions, properties, query, request,
    response, restrictions, summary,
};

/// What the media types of answers begin with that are bytes or text.
const CONTENT_TYPES: &[&str] = &[
    "application/octet-stream",
    "application/pdf",
    "application/xml",
    "application/zip",
    "audio/",
    "image/",
    "text/csv",
    "text/html",
    "text/xml",
    "video/",
];

const PARAMETERS: &[&str] = &["function parameters", "function parameter"];

/// Reads the operations of the page. Nothing for a page that shows no request lines.
pub(super) fn read(reader: &Reader<'_, '_>) -> Vec<Operation> {
    let mut methods = request::read(reader);
    if methods.is_empty() {
        return Vec::new();
    }
    let (shared, body) = (shared(reader, &methods), body::read(reader));
    let last = methods.pop();
    let others = methods.into_iter();
    let others = others.map(|lines| operation(reader, lines, body.clone(), shared.clone()));
    let mut operations: Vec<Operation> = others.collect();
    operations.extend(last.map(|lines| operation(reader, lines, body, shared)));
    divide_examples(&mut operations);
    operations
}

/// On a page of several methods, leaves an example to the operation whose method its request has.
/// One that has none of these methods, or no request, may be of any.
fn divide_examples(operations: &mut [Operation]) {
    let methods: Vec<String> = operations.iter().map(|o| o.method.clone()).collect();
    for operation in operations {
        let own = operation.method.clone();
        operation.examples.retain(|example| {
            let request = example.request.as_ref();
            let line = request.and_then(|request| request::split_method(&request.start_line));
            line.is_none_or(|(method, _)| {
                method == own || !methods.iter().any(|known| known == method)
            })
        });
    }
}

/// What all operations of a page have in common.
fn shared(reader: &Reader<'_, '_>, methods: &[RequestLines]) -> Operation {
    let examples = examples::read(reader, methods);
    let answers = answers(reader, &examples);
    Operation {
        name: reader.title.clone(),
        parameters: parameters(reader),
        query_options: query::read_options(reader),
        headers: query::read_headers(reader),
        responses: answers.responses,
        errors: errors_of(reader, answers.errors),
        permissions: permissions::read(reader),
        restrictions: restrictions::read(reader),
        examples,
        doc: summary::read(reader).doc,
        page: reader.links.page(),
        ..Operation::default()
    }
}

fn operation(
    reader: &Reader<'_, '_>,
    lines: RequestLines,
    mut body: body::Found,
    shared: Operation,
) -> Operation {
    let mut operation = Operation {
        method: lines.method.to_owned(),
        span: lines
            .paths
            .first()
            .map_or(reader.title_span(), |path| path.span),
        path_templates: lines.paths,
        ..shared
    };
    operation.request_body = body.take(&operation);
    operation.kind = kind(&operation);
    if operation.kind == OperationKind::List {
        let counts = counts::shown(&operation.path_templates, &operation.examples);
        operation.path_templates.extend(counts);
    }
    if operation.kind == OperationKind::Function && operation.parameters.is_empty() {
        operation.parameters = std::mem::take(&mut body.properties);
    }
    name_actions(&mut operation);
    undocumented_body(reader, &body, &mut operation);
    operation.resource = resource(&operation);
    operation
}

/// What the section Response says, completed by what the examples show.
fn answers(reader: &Reader<'_, '_>, examples: &[Example]) -> Answers {
    let answers = response::section(reader).map(|index| response::read(reader, index));
    let mut answers = answers.unwrap_or_default();
    if answers.responses.is_empty() {
        let message = format!("\"{}\" does not say what it answers with", reader.title);
        reader.report(Code::NoResponse, reader.title_span(), message);
        answers
            .responses
            .extend(examples.iter().find_map(shown_response));
    }
    for response in &mut answers.responses {
        complete(response, examples);
        if starts(&reader.title, &["list "]) && examples.iter().any(shows_collection) {
            mark_collection(response);
        }
    }
    answers
}

/// Some pages that list name the type of the items and forget to say that there are several.
fn mark_collection(response: &mut Response) {
    if let (200, Some(type_ref)) = (response.status, &mut response.type_ref) {
        type_ref.is_collection = true;
    }
}

/// The answer of an example, when all is well in it.
fn shown_response(example: &Example) -> Option<Response> {
    let message = example.response.as_ref()?;
    let status = message::status(&message.start_line).filter(|status| *status < 400)?;
    Some(Response {
        status,
        span: message.span,
        ..Response::default()
    })
}

/// Gives an answer whose type no prose names the type that an example's metadata names. What examples
/// show may be content instead: for sure where they say so, and else where metadata names no type.
fn complete(response: &mut Response, examples: &[Example]) {
    if response.type_ref.is_some() || response.is_content || response.status == 204 {
        return;
    }
    let of_status = || {
        examples
            .iter()
            .filter(|it| answers_with(it, response.status))
    };
    let mut content = of_status().filter_map(shown_content).peekable();
    let shows_content = content.peek().is_some();
    if content.any(is_of_content_type) {
        response.is_content = true;
        return;
    }
    let typed = |example: &Example| {
        let mut type_ref = example
            .response_type
            .clone()
            .filter(|found| found.name.contains('.'))?;
        type_ref.is_collection |= shows_collection(example);
        Some(type_ref)
    };
    let found = of_status().find_map(typed);
    match found {
        Some(type_ref) if type_ref.name == "Edm.Stream" => response.is_content = true,
        // Where nothing is in the body, or not always, metadata tells the type of what is made, or of
        // what tells how it goes: the latter goes by the name of an operation.
        Some(type_ref) if response.status == 202 && !of_status().all(has_body) => {
            if response.monitor.is_none() && type_ref.name.ends_with("Operation") {
                response.monitor = Some(type_ref);
            }
        }
        None => response.is_content = shows_content && response.status != 202,
        found => response.type_ref = found,
    }
}

fn answers_with(example: &Example, status: u16) -> bool {
    shown_response(example).is_some_and(|shown| shown.status == status)
}

fn has_body(example: &Example) -> bool {
    let is_nothing = |body: &str| {
        body.chars()
            .all(|sign| sign.is_whitespace() || "{}".contains(sign))
    };
    let response = example.response.as_ref();
    response.is_some_and(|message| !is_nothing(&message.body))
}

/// The answer of an example, when it has a body that is no JSON.
fn shown_content(example: &Example) -> Option<&Message> {
    let message = example.response.as_ref()?;
    let body = message.body.trim();
    (!body.is_empty() && !body.starts_with(['{', '['])).then_some(message)
}

/// Whether a message says that its body is bytes or text.
fn is_of_content_type(message: &Message) -> bool {
    let is_type = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-type");
    let media_type = message.headers.iter().find(is_type);
    let media_type = media_type.map(|(_, value)| value.to_lowercase());
    media_type.is_some_and(|it| CONTENT_TYPES.iter().any(|c| it.starts_with(c)))
}

/// The errors that have a table or a message, and those of the prose that these don't cover.
fn errors_of(
    reader: &Reader<'_, '_>,
    in_prose: Vec<crate::schema::DocumentedError>,
) -> Vec<crate::schema::DocumentedError> {
    let mut errors = errors::read(reader);
    for error in in_prose {
        if !errors.iter().any(|known| known.status == error.status) {
            errors.push(error);
        }
    }
    errors
}

fn parameters(reader: &Reader<'_, '_>) -> Vec<Property> {
    let mut found = Vec::new();
    for index in reader.outline.all(PARAMETERS) {
        for (_, table) in reader.outline.tables(reader.outline.under(index)) {
            if Columns::of(table).lists_properties() {
                found.extend(properties::read(reader, table));
            }
        }
    }
    found
}

/// What kind of call an operation is, from its method, its paths, its title and its answer.
fn kind(operation: &Operation) -> OperationKind {
    let last = operation
        .path_templates
        .iter()
        .filter_map(|path| path.segments.last());
    let last: Vec<&Segment> = last.collect();
    let is_reference =
        |segment: &&Segment| matches!(segment, Segment::System { name } if name == "$ref");
    let calls = last
        .iter()
        .any(|segment| matches!(segment, Segment::Call { .. }));
    let verb = title_verb(&operation.name);
    let is_verb = last
        .iter()
        .any(|segment| verb.is_some_and(|verb| is_named(segment, verb)));
    match operation.method.as_str() {
        "GET" if calls || is_verb => OperationKind::Function,
        "GET" if answers_collection(operation) => OperationKind::List,
        "GET" if starts(&operation.name, &["list "]) && !has_type(operation) => OperationKind::List,
        "GET" => OperationKind::Get,
        _ if !last.is_empty() && last.iter().all(is_reference) => OperationKind::Reference,
        "DELETE" => OperationKind::Delete,
        "POST" if calls || is_verb => OperationKind::Action,
        "POST" if is_creation(operation, verb) => OperationKind::Create,
        "POST" => OperationKind::Action,
        _ => OperationKind::Update,
    }
}

/// `y` of a title `x: y`, `y action` or `y function`.
fn title_verb(title: &str) -> Option<&str> {
    let verb = title.split_once(':').map(|(_, verb)| verb);
    let verb = verb.or_else(|| title.strip_suffix(" action"));
    let verb = verb.or_else(|| title.strip_suffix(" function"))?.trim();
    is_identifier(verb).then_some(verb)
}

/// Whether a segment is a verb, qualified or not.
fn is_named(segment: &Segment, verb: &str) -> bool {
    let name = match segment {
        Segment::Literal { name } | Segment::Call { name, .. } => name,
        Segment::Cast { type_name } => type_name,
        Segment::Key { .. }
        | Segment::AlternateKey { .. }
        | Segment::RelativePath { .. }
        | Segment::System { .. } => return false,
    };
    name.rsplit('.')
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case(verb))
}

fn starts(title: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let start = title.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    })
}

fn has_type(operation: &Operation) -> bool {
    operation
        .responses
        .iter()
        .any(|response| response.type_ref.is_some())
}

fn answers_collection(operation: &Operation) -> bool {
    let collection = |response: &Response| {
        response
            .type_ref
            .as_ref()
            .is_some_and(|found| found.is_collection)
    };
    operation.responses.iter().any(collection)
        || !has_type(operation) && operation.examples.iter().any(shows_collection)
}

/// A body with an array `value`, as every collection has one.
fn shows_collection(example: &Example) -> bool {
    let json = example
        .response
        .as_ref()
        .and_then(|response| response.json.as_ref());
    let value = json.and_then(|json| json.get("value"));
    value.is_some_and(serde_json::Value::is_array)
}

/// Whether a POST makes something: the title says so, or the answer is `201 Created`.
fn is_creation(operation: &Operation, verb: Option<&str>) -> bool {
    let says = starts(
        &operation.name,
        &["create ", "add ", "post ", "new ", "upload "],
    );
    let created = operation
        .responses
        .iter()
        .any(|response| response.status == 201);
    verb.is_none() && says || created
}

/// A qualified name at the end of an action's path is the action, and no cast.
fn name_actions(operation: &mut Operation) {
    if operation.kind != OperationKind::Action {
        return;
    }
    for path in &mut operation.path_templates {
        if let Some(Segment::Cast { type_name }) = path.segments.last() {
            let name = type_name.clone();
            path.segments.pop();
            path.segments.push(Segment::Literal { name });
        }
    }
}

/// A page that says nothing on the body has none, unless an example shows one.
fn undocumented_body(reader: &Reader<'_, '_>, body: &body::Found, operation: &mut Operation) {
    if !matches!(operation.request_body, RequestBody::Undocumented) {
        return;
    }
    let shown = operation
        .examples
        .iter()
        .filter_map(|example| example.request.as_ref());
    let mut shown = shown.filter(|request| !request.body.is_empty());
    match (body.said(), shown.next()) {
        (None, None) => operation.request_body = RequestBody::None,
        (Some(span), _) => {
            let message = "the type of the request body can't be told from what is said of it";
            reader.report(Code::BodyTypeUnknown, span, message.to_owned());
        }
        (None, Some(request)) => {
            let message = "an example sends a body, and the page does not say what it is";
            reader.report(Code::BodyTypeUnknown, request.body_span, message.to_owned());
        }
    }
}

/// The type that the title binds the call to (`x: y`), the type of the answer or of the body, or
/// the name that the title ends with (`Delete x`). `assemble` drops a name that leads nowhere.
fn resource(operation: &Operation) -> Option<TypeRef> {
    let named = |name: &str| TypeRef {
        name: name.trim().to_owned(),
        span: operation.span,
        ..TypeRef::default()
    };
    if let Some((owner, _)) = operation
        .name
        .split_once(':')
        .filter(|(owner, _)| is_identifier(owner.trim()))
    {
        return Some(named(owner));
    }
    let answers = operation
        .responses
        .iter()
        .filter_map(|response| response.type_ref.as_ref());
    let mut stated = answers.chain(body_type(operation));
    if let Some(found) = stated.find(|found| !found.name.starts_with("Edm.")) {
        return Some(TypeRef {
            is_collection: false,
            ..found.clone()
        });
    }
    let (_, last) = operation.name.rsplit_once(' ')?;
    let plain = is_identifier(last) && !matches!(last, "action" | "function");
    plain.then(|| named(last))
}

fn body_type(operation: &Operation) -> Option<&TypeRef> {
    match &operation.request_body {
        RequestBody::Type { type_ref } => Some(type_ref),
        RequestBody::Properties { type_ref, .. } => type_ref.as_ref(),
        RequestBody::None | RequestBody::Content { .. } | RequestBody::Undocumented => None,
    }
}

#[cfg(test)]
mod tests {
    use super::kind;
    use crate::extract::path;
    use crate::schema::{Operation, OperationKind, PathTemplate, Response, TypeRef};

    fn operation(title: &str, method: &str, text: &str, status: u16) -> Operation {
        let template = PathTemplate {
            text: text.to_owned(),
            segments: path::parse(text).segments,
            ..PathTemplate::default()
        };
        let is_collection = title.starts_with("List");
        let response = Response {
            status,
            type_ref: Some(TypeRef {
                is_collection,
                ..TypeRef::default()
            }),
            ..Response::default()
        };
        Operation {
            name: title.to_owned(),
            method: method.to_owned(),
            path_templates: vec![template],
            responses: vec![response],
            ..Operation::default()
        }
    }

    #[test]
    fn kinds_follow_from_method_path_and_title() {
        use OperationKind::{Action, Create, Delete, Function, Get, List, Reference, Update};
        let cases = [
            ("List xs", "GET", "/xs", 200, List),
            ("Get x", "GET", "/xs/{id}", 200, Get),
            ("x: delta", "GET", "/xs/delta", 200, Function),
            ("x: f", "GET", "/xs/f(a={a})", 200, Function),
            ("Create x", "POST", "/xs", 201, Create),
            ("Create comment", "POST", "/xs/{id}/comments", 200, Create),
            ("Send message", "POST", "/xs/{id}/messages", 201, Create),
            (
                "x: createSession",
                "POST",
                "/xs/{id}/createSession",
                201,
                Action,
            ),
            ("Execute x", "POST", "/xs/{id}/execute", 204, Action),
            ("assign action", "POST", "/xs/{id}/assign", 204, Action),
            (
                "Add member",
                "POST",
                "/xs/{id}/members/$ref",
                204,
                Reference,
            ),
            (
                "Remove member",
                "DELETE",
                "/xs/{id}/members/{id}/$ref",
                204,
                Reference,
            ),
            ("Delete x", "DELETE", "/xs/{id}", 204, Delete),
            ("Update x", "PATCH", "/xs/{id}", 200, Update),
            ("Replace x", "PUT", "/xs/{id}", 200, Update),
        ];
        for (title, method, text, status, expected) in cases {
            assert_eq!(
                kind(&operation(title, method, text, status)),
                expected,
                "{title}"
            );
        }
    }
}
