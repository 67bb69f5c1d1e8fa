//! HTTP messages as pages print them: a text in, start line, headers and body out.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use percent_encoding::percent_decode_str;

use crate::client::{Response, ServiceError};

/// A documented request.
#[derive(Clone, Debug)]
pub(super) struct RequestText {
    pub(super) method: String,
    /// The segments of the path, decoded, the version of the API among them.
    pub(super) segments: Vec<String>,
    /// The query options, decoded.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
    target: String,
}

/// A documented response.
#[derive(Clone, Debug)]
pub(super) struct ResponseText {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl RequestText {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let text = normalised(text);
        let mut lines = text.lines().peekable();
        let mut start_line = lines.next().unwrap_or_default().to_owned();
        while let Some(line) = lines.next_if(|line| continues(&start_line, line)) {
            start_line.push_str(line.trim());
        }
        let (method, target) = start_line
            .split_once(char::is_whitespace)
            .filter(|(method, _)| method.bytes().all(|byte| byte.is_ascii_uppercase()))
            .ok_or_else(|| format!("`{start_line}` does not start a request"))?;
        let target = without_http_version(target);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (headers, body) = headers_and_body(lines);
        Ok(Self {
            method: method.to_owned(),
            segments: segments(path_of(path)),
            query: pairs(query),
            headers,
            body,
            target: target.to_owned(),
        })
    }

    /// The first segment as a path where it names a version, such as `/beta`; else nothing.
    pub(super) fn version_path(&self) -> String {
        self.segments
            .first()
            .filter(|segment| is_version(segment))
            .map_or_else(String::new, |segment| format!("/{segment}"))
    }
}

impl fmt::Display for RequestText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.target)
    }
}

impl ResponseText {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let text = normalised(text);
        let mut lines = text.lines();
        let start_line = lines.next().unwrap_or_default();
        let status = start_line
            .strip_prefix("HTTP")
            .and_then(|rest| rest.split_once(char::is_whitespace))
            .and_then(|(_version, status)| status.split_whitespace().next())
            .and_then(|code| code.parse().ok())
            .ok_or_else(|| format!("`{start_line}` does not start a response"))?;
        let (headers, body) = headers_and_body(lines);
        Ok(Self {
            status,
            headers: header_map(&headers),
            body,
        })
    }

    /// The response as the client reads it when it is an error.
    pub(super) fn service_error(&self) -> ServiceError {
        ServiceError::new(Response {
            status: self.status,
            headers: self.headers.clone(),
            body: Bytes::from(self.body.clone()),
            client_request_id: String::new(),
            method: Method::GET,
            attempts: 1,
        })
    }
}

/// The text with line feeds only and nothing around it.
fn normalised(text: &str) -> String {
    text.trim_start_matches('\u{feff}')
        .trim()
        .replace("\r\n", "\n")
}

/// Whether a line goes on with the query that the start line has begun: pages break long ones.
fn continues(start_line: &str, line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['?', '&']) || (line.starts_with('$') && start_line.ends_with(['?', '&']))
}

fn without_http_version(target: &str) -> &str {
    let target = target.trim();
    target
        .rsplit_once(char::is_whitespace)
        .filter(|(_, version)| version.starts_with("HTTP/"))
        .map_or(target, |(target, _)| target.trim_end())
}

/// The path of a target that may be an absolute URL.
fn path_of(target: &str) -> &str {
    let Some((_, after_scheme)) = target.split_once("://") else {
        return target;
    };
    after_scheme
        .find('/')
        .map_or("", |slash| &after_scheme[slash..])
}

/// The segments of a path, decoded. Empty ones, which slips of the pen leave behind, don't count.
pub(super) fn segments(path: &str) -> Vec<String> {
    path.trim()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(decoded)
        .collect()
}

/// The options of a query, decoded.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn is_version(segment: &str) -> bool {
    segment == "beta"
        || segment
            .strip_prefix('v')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Reads what follows the start line.
///
/// The blank line between headers and body may be missing, and one may stand before the headers.
fn headers_and_body<'a>(lines: impl Iterator<Item = &'a str>) -> (Vec<(String, String)>, String) {
    let mut headers = Vec::new();
    let mut lines = lines.skip_while(|line| line.trim().is_empty()).peekable();
    while let Some(header) = lines.peek().and_then(|line| header(line)) {
        headers.push(header);
        lines.next();
    }
    let body: Vec<&str> = lines.collect();
    (headers, body.join("\n").trim().to_owned())
}

/// A line that is a header: a name (RFC 9110 §5.6.2), a colon, a value.
fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    HeaderName::from_bytes(name.trim().as_bytes()).ok()?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

fn header_map(headers: &[(String, String)]) -> HeaderMap {
    headers
        .iter()
        .filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_str(value).ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One request in the layouts that pages are met with.
    const LAYOUTS: [&str; 5] = [
        "PATCH https://graph.microsoft.com/beta/a/1?$top=5\nPrefer: x\n\n{\"a\": 1}",
        "PATCH https://graph.microsoft.com/beta/a/1?$top=5 HTTP/1.1\r\nPrefer: x\r\n\r\n{\"a\": 1}\r\n",
        "\u{feff}PATCH https://graph.microsoft.com/beta//a/1/?$top=5\n\nPrefer: x\n{\"a\": 1}",
        "PATCH /beta/a/1\n?$top=5\nPrefer:x\n\n\n{\"a\": 1}\n\n",
        "PATCH /beta/a/%31?\n$top=5\nPrefer : x\n{\"a\": 1}",
    ];

    #[test]
    fn every_layout_reads_the_same() {
        for text in LAYOUTS {
            let request = RequestText::parse(text).expect(text);
            assert_eq!(request.method, "PATCH", "{text}");
            assert_eq!(request.segments, ["beta", "a", "1"], "{text}");
            assert_eq!(
                request.query,
                [("$top".to_owned(), "5".to_owned())],
                "{text}"
            );
            assert_eq!(
                request.headers,
                [("Prefer".to_owned(), "x".to_owned())],
                "{text}"
            );
            assert_eq!(request.body, "{\"a\": 1}", "{text}");
            assert_eq!(request.version_path(), "/beta", "{text}");
        }
    }

    #[test]
    fn blanks_in_targets_stay() {
        let text =
            "GET https://graph.microsoft.com/v1.0/users/{id | name}?$filter=a eq 'b c' HTTP/1.1";
        let request = RequestText::parse(text).expect("a request");
        assert_eq!(request.segments, ["v1.0", "users", "{id | name}"]);
        assert_eq!(
            request.query,
            [("$filter".to_owned(), "a eq 'b c'".to_owned())]
        );
        assert_eq!(request.version_path(), "/v1.0");
    }

    #[test]
    fn status_lines_with_and_without_a_reason() {
        let table = [
            ("HTTP/1.1 200 OK\n{\"a\":1}", Some((200, "{\"a\":1}"))),
            ("HTTP/1.1 204 No Content", Some((204, ""))),
            (
                "HTTP/1.1 422 \nContent-type: application/json\n\n[]",
                Some((422, "[]")),
            ),
            ("HTTP/1.1 201", Some((201, ""))),
            ("200 OK", None),
            ("", None),
        ];
        for (text, expected) in table {
            let parsed = ResponseText::parse(text).ok();
            let parsed = parsed.map(|response| (response.status.as_u16(), response.body));
            let expected = expected.map(|(status, body)| (status, body.to_owned()));
            assert_eq!(parsed, expected, "{text}");
        }
    }

    #[test]
    fn a_response_may_leave_out_the_version_of_http() {
        for start in ["HTTP/1.1 201 Created", "HTTP 201 Created", "HTTP/1.1 201"] {
            let response = ResponseText::parse(start).expect(start);
            assert_eq!(response.status, StatusCode::CREATED, "{start}");
        }
        assert!(ResponseText::parse("201 Created").is_err());
    }
}
