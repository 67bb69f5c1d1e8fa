//! Documented exchanges into calls of the client, each a test of the crate.

use std::collections::BTreeMap;

use super::client::Callable;
use super::decodes;
use super::names::{self, Scope};
use super::paths::{self, RequestLine};
use super::types::Types;
use crate::diagnostic::{Code, Diagnostic};
use crate::rust::{
    BodyParameter, ExampleArgument, ExampleCall, ExampleTest, OptionSetter, OptionValue,
    RequestOption,
};
use crate::schema::{CallParameter, Example, Message, Operation, Segment};
use crate::source::SourceMap;

/// Headers that the client sets on its own.
const CLIENT_HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
];

/// Makes a test of each example whose request is a call of its page's operation, and of each
/// documented error that shows its answer.
pub(super) fn lower(
    types: &Types<'_>,
    callables: &[Callable<'_>],
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ExampleTest> {
    let mut scope = Scope::default();
    let mut tests = Vec::new();
    for ways in by_operation(callables) {
        let Some(operation) = ways.first().map(|way| way.operation) else {
            continue;
        };
        let mut first = None;
        for example in &operation.examples {
            let test = example_test(types, &ways, example, sources, &mut scope, diagnostics);
            if let Some(test) = test {
                first.get_or_insert_with(|| test.clone());
                tests.push(test);
            }
        }
        if let Some(first) = first {
            tests.extend(error_tests(operation, &first, sources, &mut scope));
        }
    }
    tests
}

/// The calls of each operation, which has one for each of its paths, in the order of the first.
fn by_operation<'c, 'i>(callables: &'c [Callable<'i>]) -> Vec<Vec<&'c Callable<'i>>> {
    let mut places: BTreeMap<*const Operation, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Callable<'i>>> = Vec::new();
    for callable in callables {
        // The address tells operations apart, and nothing else: the order is that of the calls.
        let place = *places.entry(callable.operation).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.push(callable);
        }
    }
    groups
}

fn example_test(
    types: &Types<'_>,
    ways: &[&Callable<'_>],
    example: &Example,
    sources: &SourceMap,
    scope: &mut Scope,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ExampleTest> {
    let (request, response) = (example.request.as_ref()?, example.response.as_ref()?);
    let status = status(response)?;
    if !is_readable(request) || !is_readable(response) {
        return None;
    }
    let mut problem = None;
    let found = ways.iter().find_map(|way| match calls(way, request) {
        Ok(calls) => Some((way, calls)),
        Err(reason) => {
            problem.get_or_insert(reason);
            None
        }
    });
    let Some((way, calls)) = found else {
        let reason = problem.unwrap_or_default();
        diagnostics.push(
            Diagnostic::new(
                Code::ExampleRequestUnmatched,
                request.span,
                format!("the example is no call of the documented operation: {reason}"),
            )
            .with_label("this request")
            .with_related(ways.first()?.template.span, "the documented request"),
        );
        return None;
    };
    if let Err(fault) = judge(types, way, request, response, status) {
        diagnostics.push(fault);
        return None;
    }
    let name = names::snake(&example.name);
    Some(ExampleTest {
        module: module(&calls),
        name: scope.claim(&name),
        place: place(request, sources),
        request: text(request),
        response: text(response),
        calls,
        is_error: status >= 400,
    })
}

/// The module of a test: the method that its calls begin with, unless that would be the root itself.
fn module(calls: &[ExampleCall]) -> String {
    let first = calls.first().map_or("", |call| &call.method);
    match names::module(first.trim_start_matches("r#")) {
        root if root == "main" => "main_".to_owned(),
        module => module,
    }
}

/// Whether the documented bodies are values of the documented types.
fn judge(
    types: &Types<'_>,
    way: &Callable<'_>,
    request: &Message,
    response: &Message,
    status: u16,
) -> Result<(), Diagnostic> {
    let undecodable = |message: &Message, what: &str, fault: &str| {
        let place = if fault.is_empty() {
            "the whole of it"
        } else {
            fault
        };
        Diagnostic::new(
            Code::ExampleUndecodable,
            message.body_span,
            format!("the {what} of the example is no value of the documented type: {place}"),
        )
        .with_label("no test is made of this example")
    };
    if let (Some(BodyParameter::Json(ty)), Some(json)) = (&way.shared.body, &request.json) {
        decodes::value(types, ty, json).map_err(|fault| undecodable(request, "request", &fault))?;
    }
    if status < 300 {
        decodes::output(types, &way.shared.output, response.json.as_ref())
            .map_err(|fault| undecodable(response, "response", &fault))?;
    }
    Ok(())
}

fn error_tests(
    operation: &Operation,
    example: &ExampleTest,
    sources: &SourceMap,
    scope: &mut Scope,
) -> Vec<ExampleTest> {
    let shown = operation.errors.iter().filter_map(|error| {
        let response = error.response.as_ref()?;
        (status(response)? >= 400 && is_readable(response)).then_some((error, response))
    });
    let mut tests = Vec::new();
    for (error, response) in shown {
        let code = error.code.as_deref().unwrap_or("error");
        tests.push(ExampleTest {
            name: scope.claim(&names::snake(&format!("{} {code}", example.name))),
            place: place(response, sources),
            response: text(response),
            is_error: true,
            ..example.clone()
        });
    }
    tests
}

/// Whether a message's body is what its kind says: no JSON that can't be read.
fn is_readable(message: &Message) -> bool {
    message.body.is_empty() || message.json.is_some() || !is_json(message)
}

fn is_json(message: &Message) -> bool {
    let header = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-type");
    let media_type = message
        .headers
        .iter()
        .find(header)
        .map(|(_, value)| value.as_str());
    media_type.map_or_else(
        || message.body.trim_start().starts_with(['{', '[']),
        |value| value.to_lowercase().contains("json"),
    )
}

/// The status in `HTTP/1.1 200 OK`.
fn status(message: &Message) -> Option<u16> {
    message.start_line.split_whitespace().nth(1)?.parse().ok()
}

fn place(message: &Message, sources: &SourceMap) -> String {
    let line = sources.line_column(message.span).line;
    format!("{}:{line}", sources.get(message.span.file).path)
}

/// The message as HTTP; a body that had to be read leniently is put right.
fn text(message: &Message) -> String {
    let mut text = message.start_line.trim().to_owned();
    for (name, value) in &message.headers {
        text.push_str(&format!("\n{name}: {value}"));
    }
    let strict = serde_json::from_str::<serde::de::IgnoredAny>(&message.body).is_ok();
    let body = match &message.json {
        Some(json) if !strict => format!("{json:#}"),
        Some(_) | None => message.body.trim().to_owned(),
    };
    if body.is_empty() {
        text
    } else {
        format!("{text}\n\n{body}")
    }
}

/// The calls that make a documented request, or why there are none.
fn calls(callable: &Callable<'_>, request: &Message) -> Result<Vec<ExampleCall>, String> {
    let line = paths::request_line(&request.start_line).ok_or("it has no address")?;
    if !line.method.eq_ignore_ascii_case(&callable.operation.method) {
        return Err(format!("it is a {}", line.method));
    }
    let captured = captures(&callable.template.segments, &line.segments)
        .ok_or("its path is not the documented one")?;
    let mut calls = Vec::new();
    let (ways, own) = captured.split_at(callable.navigations.len().min(captured.len()));
    for (method, arguments) in callable.navigations.iter().zip(ways) {
        calls.push(call(
            method,
            arguments
                .iter()
                .cloned()
                .map(ExampleArgument::Text)
                .collect(),
        ));
    }
    let mut arguments: Vec<ExampleArgument> = own
        .iter()
        .flatten()
        .cloned()
        .map(ExampleArgument::Text)
        .collect();
    arguments.extend(body(callable.shared.body.as_ref(), request)?);
    calls.push(call(&callable.method, arguments));
    add_options(&mut calls, callable, &line)?;
    add_headers(&mut calls, callable, request);
    Ok(calls)
}

fn call(method: &str, arguments: Vec<ExampleArgument>) -> ExampleCall {
    ExampleCall {
        method: method.to_owned(),
        arguments,
    }
}

fn body(
    parameter: Option<&BodyParameter>,
    request: &Message,
) -> Result<Option<ExampleArgument>, String> {
    match parameter {
        None if request.body.trim().is_empty() => Ok(None),
        None => Err("it has a body, the page says that there is none".to_owned()),
        Some(BodyParameter::Content(_)) => Ok(Some(ExampleArgument::Content)),
        Some(BodyParameter::Json(ty)) if request.json.is_some() => {
            Ok(Some(ExampleArgument::Body(ty.clone())))
        }
        Some(BodyParameter::Json(_)) => Err("it has no JSON body".to_owned()),
    }
}

fn add_options(
    calls: &mut Vec<ExampleCall>,
    callable: &Callable<'_>,
    line: &RequestLine,
) -> Result<(), String> {
    for (name, value) in &line.query {
        let plain = |name: &str| name.trim_start_matches('$').to_lowercase();
        let option = callable
            .shared
            .options
            .iter()
            .find(|o| !o.is_header && plain(&o.wire_name) == plain(name))
            .ok_or_else(|| format!("the page does not list the query option `{name}`"))?;
        let set = option_call(option, value)
            .ok_or_else(|| format!("`{value}` is no value for `{name}`"))?;
        calls.push(set);
    }
    Ok(())
}

/// The call that sets an option.
fn option_call(option: &RequestOption, value: &str) -> Option<ExampleCall> {
    let text = |text: &str| ExampleArgument::Text(text.to_owned());
    Some(match &option.setter {
        OptionSetter::Method { method, takes, .. } => {
            call(method, vec![option_argument(*takes, value)?])
        }
        OptionSetter::Named(_) => {
            let method = if option.is_header { "header" } else { "query" };
            call(method, vec![text(&option.wire_name), text(value)])
        }
    })
}

fn option_argument(takes: OptionValue, value: &str) -> Option<ExampleArgument> {
    Some(match takes {
        OptionValue::Text => ExampleArgument::Text(value.to_owned()),
        OptionValue::Number => ExampleArgument::Number(value.trim().parse().ok()?),
        OptionValue::Boolean => ExampleArgument::Boolean(value.trim().parse().ok()?),
        OptionValue::List => ExampleArgument::List(value.split(',').map(str::to_owned).collect()),
    })
}

fn add_headers(calls: &mut Vec<ExampleCall>, callable: &Callable<'_>, request: &Message) {
    for (name, value) in &request.headers {
        if CLIENT_HEADERS.contains(&name.to_lowercase().as_str()) {
            continue;
        }
        let options = &mut callable.shared.options.iter();
        let option = options.find(|o| o.is_header && o.wire_name.eq_ignore_ascii_case(name));
        let text = |value: &str| ExampleArgument::Text(value.to_owned());
        let undocumented = || call("header", vec![text(name), text(value)]);
        let set = option.and_then(|option| option_call(option, value));
        calls.push(set.unwrap_or_else(undocumented));
    }
}

/// What an address holds in the place of each segment of a template: nothing for a literal, one
/// text for a key, one for each parameter. `None` when the address is of another path.
fn captures(template: &[Segment], address: &[String]) -> Option<Vec<Vec<String>>> {
    let mut found = Vec::new();
    let mut address = address.iter();
    let mut current = "";
    for segment in template {
        if let Segment::AlternateKey { keys } = segment {
            let parts = arguments(current)?;
            let names: Vec<&str> = keys.iter().map(|(name, _)| name.as_str()).collect();
            found.push(values(&names, &parts)?);
            continue;
        }
        current = address.next()?;
        let plain = current.split('(').next().unwrap_or(current);
        found.push(match segment {
            Segment::Literal { name } => {
                // An alternate key stands in the same segment of the address.
                let same = plain.eq_ignore_ascii_case(name) || current.eq_ignore_ascii_case(name);
                same.then(Vec::new)?
            }
            Segment::System { name } | Segment::Cast { type_name: name } => {
                current.eq_ignore_ascii_case(name).then(Vec::new)?
            }
            Segment::Key { .. } => vec![current.to_owned()],
            Segment::Call { name, parameters } => {
                plain.eq_ignore_ascii_case(name).then_some(())?;
                call_values(parameters, current)?
            }
            Segment::AlternateKey { .. } => Vec::new(),
        });
    }
    address.next().is_none().then_some(found)
}

fn call_values(parameters: &[CallParameter], address: &str) -> Option<Vec<String>> {
    if parameters.is_empty() {
        return Some(Vec::new());
    }
    let names: Vec<&str> = parameters.iter().map(|p| p.name.as_str()).collect();
    values(&names, &arguments(address)?)
}

/// The arguments in `name(a='x',b=5)`, quotes removed and doubled ones halved.
fn arguments(address: &str) -> Option<Vec<(String, String)>> {
    let (_, rest) = address.split_once('(')?;
    let inner = rest.strip_suffix(')')?;
    let mut found = Vec::new();
    for part in split_arguments(inner) {
        let (name, value) = part.split_once('=')?;
        let value = value.trim();
        let unquoted = value.strip_prefix('\'').and_then(|v| v.strip_suffix('\''));
        let value = unquoted.map_or_else(|| value.to_owned(), |v| v.replace("''", "'"));
        found.push((name.trim().to_owned(), value));
    }
    Some(found)
}

/// Cuts at the commas that stand outside of quotes.
fn split_arguments(text: &str) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c: char| {
        quoted ^= c == '\'';
        c == ',' && !quoted
    })
    .collect()
}

fn values(names: &[&str], arguments: &[(String, String)]) -> Option<Vec<String>> {
    let value = |name: &&str| {
        let found = arguments
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(found.1.clone())
    };
    names.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(name: &str) -> Segment {
        Segment::Literal {
            name: name.to_owned(),
        }
    }

    fn address(text: &str) -> Vec<String> {
        text.split('/').map(str::to_owned).collect()
    }

    #[test]
    fn keys_and_parameters_are_captured() {
        let key = Segment::Key {
            name: "id".to_owned(),
        };
        let template = [literal("security"), literal("incidentTasks"), key.clone()];
        let found = captures(&template, &address("security/IncidentTasks/213213"));
        assert_eq!(found, Some(vec![vec![], vec![], vec!["213213".to_owned()]]));
        assert_eq!(
            captures(&template, &address("security/incidentTasks")),
            None
        );
        assert_eq!(
            captures(&template, &address("security/incidentTasks/1/x")),
            None
        );

        let alternate = Segment::AlternateKey {
            keys: vec![("appId".to_owned(), "appId".to_owned())],
        };
        let found = captures(
            &[literal("applications"), alternate],
            &address("applications(appId='a''b')"),
        );
        assert_eq!(found, Some(vec![vec![], vec!["a'b".to_owned()]]));

        let parameter = |name: &str| CallParameter {
            name: name.to_owned(),
            ..Default::default()
        };
        let call = Segment::Call {
            name: "range".to_owned(),
            parameters: vec![parameter("start"), parameter("end")],
        };
        let found = captures(&[call], &address("range(end=5,start='a,b')"));
        assert_eq!(found, Some(vec![vec!["a,b".to_owned(), "5".to_owned()]]));
    }
}
