//! Query options and headers of documented requests into the calls that set them.

use super::replay::call;
use crate::lower::client::Callable;
use crate::lower::fault::Fault;
use crate::lower::paths::RequestLine;
use crate::rust::{
    BodyParameter, ExampleArgument, ExampleCall, OptionSetter, OptionValue, RequestOption,
};
use crate::schema::Message;

/// Headers that the client sets on its own.
const CLIENT_HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
];

/// Adds the calls that set the query options, and gives the options that the page does not list.
pub(super) fn add_options(
    calls: &mut Vec<ExampleCall>,
    callable: &Callable<'_>,
    line: &RequestLine,
) -> Result<Vec<String>, Fault> {
    let plain = |name: &str| name.trim_start_matches('$').to_lowercase();
    let mut unlisted = Vec::new();
    for (name, value) in &line.query {
        let mut options = callable.shared.options.iter();
        let option = options.find(|o| !o.is_header && plain(&o.wire_name) == plain(name));
        calls.push(match option {
            Some(option) => option_call(option, value)
                .ok_or_else(|| Fault::example(format!("`{value}` is no value for `{name}`")))?,
            None => {
                unlisted.push(name.clone());
                let text = |text: &str| ExampleArgument::Text(text.to_owned());
                call("query", vec![text(name), text(value)])
            }
        });
    }
    Ok(unlisted)
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

/// Whether a header says that content is of another media type than the page has it.
fn is_other_content(callable: &Callable<'_>, name: &str, value: &str) -> bool {
    let media_type = value.split(';').next().unwrap_or_default().trim();
    match &callable.shared.body {
        Some(BodyParameter::Content(documented)) => {
            name.eq_ignore_ascii_case("content-type")
                && !media_type.eq_ignore_ascii_case(documented)
        }
        _ => false,
    }
}

pub(super) fn add_headers(
    calls: &mut Vec<ExampleCall>,
    callable: &Callable<'_>,
    request: &Message,
) {
    for (name, value) in &request.headers {
        let name_of_client = CLIENT_HEADERS.contains(&name.to_lowercase().as_str());
        if name_of_client && !is_other_content(callable, name, value) {
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
