//! A documented request and a recorded one in, the first difference out.

use http::HeaderMap;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, HOST, HeaderName, TRANSFER_ENCODING,
};
use serde_json::Value;

use super::compare;
use super::message::{RequestText, pairs, segments};
use super::server::Recorded;

/// Documented headers that say nothing of the operation: the token, and what frames the message.
const NOT_COMPARED: [HeaderName; 5] = [
    AUTHORIZATION,
    CONNECTION,
    CONTENT_LENGTH,
    HOST,
    TRANSFER_ENCODING,
];

/// Holds a request to the documented one.
///
/// # Errors
///
/// What differs first: method, path, query, a header or the body.
pub(super) fn check(documented: &RequestText, recorded: &Recorded) -> Result<(), String> {
    compare::equal(
        "method",
        documented.method.as_str(),
        recorded.method.as_str(),
    )?;
    check_path(&documented.segments, &segments(recorded.uri.path()))?;
    check_query(documented, recorded.uri.query().unwrap_or_default())?;
    check_headers(documented, &recorded.headers)?;
    check_body(&documented.body, &recorded.body)
}

fn check_path(documented: &[String], recorded: &[String]) -> Result<(), String> {
    let mut pairs = documented.iter().zip(recorded);
    let same =
        documented.len() == recorded.len() && pairs.all(|(one, other)| is_same_segment(one, other));
    match same {
        true => Ok(()),
        false => compare::equal("path", documented, recorded),
    }
}

/// Pages write the names in a path in any case, as the service takes them. What has anything but letters
/// in it may be a key, and what stands in parentheses is one or an argument: these are what they are.
fn is_same_segment(documented: &str, recorded: &str) -> bool {
    let divide = |segment: &str| {
        let end = segment.find('(').unwrap_or(segment.len());
        let (name, arguments) = segment.split_at(end);
        let is_name = name.bytes().all(|sign| sign.is_ascii_alphabetic());
        let name = match is_name {
            true => name.to_ascii_lowercase(),
            false => name.to_owned(),
        };
        (name, arguments.to_owned())
    };
    let (documented, recorded) = (divide(documented), divide(recorded));
    documented.0 == recorded.0 && are_same_arguments(&documented.1, &recorded.1)
}

/// Where the type of an enumeration is sent before the quotes of a member, pages may leave it out
/// (OData 4.01 ABNF, `enum`,
/// <https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt>).
fn are_same_arguments(documented: &str, recorded: &str) -> bool {
    let is_same = |(one, other): (&str, &str)| {
        one == other || without_type(other).is_some_and(|other| one == other)
    };
    let mut pairs = documented.split(',').zip(recorded.split(','));
    documented.matches(',').count() == recorded.matches(',').count() && pairs.all(is_same)
}

/// `name='member'` of `name=qualified.type'member'`.
fn without_type(argument: &str) -> Option<String> {
    let (name, literal) = argument.split_once('=')?;
    let (type_name, member) = literal.split_at(literal.find('\'')?);
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.');
    let is_qualified = type_name.contains('.') && type_name.chars().all(is_name);
    is_qualified.then(|| format!("{name}={member}"))
}

fn check_query(documented: &RequestText, recorded: &str) -> Result<(), String> {
    let mut recorded = pairs(recorded);
    let is_sent = |name: &str| recorded.iter().any(|(sent, _)| sent == name);
    let named = |(name, value): &(String, String)| (system_option(name, is_sent), value.clone());
    let mut documented: Vec<_> = documented.query.iter().map(named).collect();
    documented.sort();
    recorded.sort();
    compare::equal("query", &documented, &recorded)
}

/// The name of a documented option, with the `$` that services do without
/// (OData URL conventions 4.01, §5.1) where it is sent so.
fn system_option(name: &str, is_sent: impl Fn(&str) -> bool) -> String {
    let system = format!("${name}");
    match is_sent(&system) {
        true => system,
        false => name.to_owned(),
    }
}

fn check_headers(documented: &RequestText, recorded: &HeaderMap) -> Result<(), String> {
    for (name, value) in &documented.headers {
        let name = name.to_ascii_lowercase();
        // Pages print a content type on requests without content, too.
        let of_no_body = name == "content-type" && documented.body.is_empty();
        if of_no_body || NOT_COMPARED.iter().any(|other| *other == *name) {
            continue;
        }
        check_header(&name, value, recorded)?;
    }
    Ok(())
}

fn check_header(name: &str, documented: &str, recorded: &HeaderMap) -> Result<(), String> {
    let values: Vec<&str> = recorded
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let recorded = values.join(", ");
    let agree = match name {
        "content-type" => media_type(documented) == media_type(&recorded),
        "prefer" => parts(documented).all(|part| parts(&recorded).any(|other| other == part)),
        _ => documented == recorded,
    };
    match agree {
        true => Ok(()),
        false => compare::equal(&format!("header `{name}`"), documented, &recorded),
    }
}

/// A content type without its parameters, in lower case (RFC 9110 §8.3.1).
fn media_type(value: &str) -> String {
    let media_type = value.split(';').next().unwrap_or_default();
    media_type.trim().to_ascii_lowercase()
}

fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

fn check_body(documented: &str, recorded: &[u8]) -> Result<(), String> {
    let recorded = String::from_utf8_lossy(recorded);
    let Ok(documented_json) = serde_json::from_str::<Value>(documented) else {
        return compare::equal("body", documented, recorded.trim());
    };
    match serde_json::from_str(&recorded) {
        Ok(recorded) => compare::json(&documented_json, &recorded)
            .map_err(|difference| format!("body: {difference}")),
        Err(_) => compare::equal("body", documented, &*recorded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_in_any_case_and_keys_are_not() {
        let table = [
            ("/beta/auditLogs/signIns", "/beta/auditLogs/signins", true),
            ("/beta/a/get(x='A')", "/beta/a/Get(x='A')", true),
            ("/beta/a/get(x='A')", "/beta/a/get(x='a')", false),
            ("/beta/a/AAMk-1", "/beta/a/aamk-1", false),
            ("/beta/a/A1", "/beta/a/a1", false),
            ("/beta/a", "/beta/a/b", false),
        ];
        for (documented, recorded, expected) in table {
            let request = RequestText::parse(&format!("GET {documented}")).expect(documented);
            let found = check_path(&request.segments, &segments(recorded)).is_ok();
            assert_eq!(found, expected, "{documented} {recorded}");
        }
    }

    #[test]
    fn the_type_of_a_member_may_be_left_out_of_what_is_documented() {
        let sent = "f(a=graph.kind'x',b='y')";
        let table = [
            ("f(a=graph.kind'x',b='y')", sent, true),
            ("F(a=graph.kind'x',b='y')", sent, true),
            ("f(a=Graph.Kind'x',b='y')", sent, false),
            ("f(a='x',b='y')", sent, true),
            ("f(a=x,b='y')", sent, false),
            ("f(a='x')", sent, false),
            ("f(a='x',b='y',c=1)", sent, false),
            ("f(a=graph.other'x',b='y')", sent, false),
            ("f(a=graph.kind'x',b=graph.kind'y')", sent, false),
            ("f(a=graph.kind'x')", "f(a='x')", false),
            ("f(a='PT1H')", "f(a=duration'PT1H')", false),
        ];
        for (documented, recorded, expected) in table {
            let found = is_same_segment(documented, recorded);
            assert_eq!(found, expected, "{documented} {recorded}");
        }
    }

    #[test]
    fn options_may_be_documented_without_their_dollar() {
        let table = [
            ("top=10", "$top=10", true),
            ("$top=10", "$top=10", true),
            ("top=10", "top=10", true),
            ("$top=10", "top=10", false),
            ("top=10", "$top=11", false),
            ("top=10&x=1", "$top=10", false),
        ];
        for (documented, recorded, expected) in table {
            let text = format!("GET /beta/a?{documented}");
            let request = RequestText::parse(&text).expect(documented);
            let found = check_query(&request, recorded).is_ok();
            assert_eq!(found, expected, "{documented} {recorded}");
        }
    }
}
