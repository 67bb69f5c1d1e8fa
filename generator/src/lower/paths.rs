//! Addresses in examples into the parts that a call is made of.

use percent_encoding::percent_decode_str;

/// The line that begins a request, taken apart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct RequestLine {
    /// `GET`
    pub(super) method: String,
    /// The segments behind the service root, percent-decoded.
    pub(super) segments: Vec<String>,
    /// The query options in order, percent-decoded.
    pub(super) query: Vec<(String, String)>,
}

/// Reads `GET https://graph.microsoft.com/beta/users?$top=2 HTTP/1.1`. Pages write addresses with
/// bare spaces, and leave the scheme, the host or the version out.
pub(super) fn request_line(line: &str) -> Option<RequestLine> {
    let (method, target) = split_line(line)?;
    let path_and_query = target.strip_prefix(&root_of(target)).unwrap_or(target);
    let (path, query) = path_and_query
        .split_once('?')
        .unwrap_or((path_and_query, ""));
    Some(RequestLine {
        method: method.to_owned(),
        segments: path
            .split('/')
            .filter(|s| !s.is_empty())
            .map(decode)
            .collect(),
        query: query
            .split('&')
            .filter(|o| !o.is_empty())
            .map(option)
            .collect(),
    })
}

/// The service root in a request line with an absolute address: scheme, host and version.
pub(super) fn service_root(line: &str) -> Option<String> {
    let (_, target) = split_line(line)?;
    let root = root_of(target);
    (root.starts_with("http") && root.contains("://")).then_some(root)
}

fn split_line(line: &str) -> Option<(&str, &str)> {
    let (method, target) = line.trim().split_once(char::is_whitespace)?;
    let target = target.trim();
    let target = target
        .rsplit_once(" HTTP/")
        .map_or(target, |(target, _)| target);
    Some((method, target.trim()))
}

/// The part of an address that belongs to the service, not to the path: `https://host/beta`, or
/// `/beta` where the host is left out.
fn root_of(target: &str) -> String {
    let host_end = target.find("://").map_or(0, |scheme| {
        let host = scheme + "://".len();
        target[host..]
            .find(['/', '?'])
            .map_or(target.len(), |slash| host + slash)
    });
    let rest = &target[host_end..];
    let version = rest
        .strip_prefix('/')
        .map(|r| r.split(['/', '?']).next().unwrap_or_default());
    let version = version.filter(|v| is_version(v)).map_or(0, |v| v.len() + 1);
    target[..host_end + version].to_owned()
}

fn is_version(segment: &str) -> bool {
    let number = segment
        .strip_prefix('v')
        .and_then(|rest| rest.chars().next());
    segment == "beta" || number.is_some_and(|c| c.is_ascii_digit())
}

fn option(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (decode(name), decode(value))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_lines_come_apart() {
        let table = [
            (
                "GET https://graph.microsoft.com/beta/security/incidentTasks/213213",
                "https://graph.microsoft.com/beta",
                vec!["security", "incidentTasks", "213213"],
                vec![],
            ),
            (
                "GET https://graph.microsoft.com/v1.0/users?$filter=a eq 'b'&$top=2 HTTP/1.1",
                "https://graph.microsoft.com/v1.0",
                vec!["users"],
                vec![("$filter", "a eq 'b'"), ("$top", "2")],
            ),
            (
                "GET /me/messages?$select=a%2Cb",
                "",
                vec!["me", "messages"],
                vec![("$select", "a,b")],
            ),
            (
                "GET https://graph.microsoft.com",
                "https://graph.microsoft.com",
                vec![],
                vec![],
            ),
        ];
        for (line, root, segments, query) in table {
            let found = request_line(line).expect("a request line");
            assert_eq!(found.segments, segments, "{line}");
            let pairs: Vec<(&str, &str)> = found
                .query
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect();
            assert_eq!(pairs, query, "{line}");
            assert_eq!(service_root(line).unwrap_or_default(), root, "{line}");
        }
    }

    #[test]
    fn what_is_no_request_line_is_none() {
        assert_eq!(request_line("GET"), None);
    }
}
