//! A documented path into segments.

use crate::page::trim;
use crate::schema::{CallParameter, Segment};

/// Words that functions begin with. A name in front of `(key='…')` that begins with none of them,
/// and ends like a plural, is a collection.
const VERBS: &[&str] = &[
    "get",
    "list",
    "find",
    "filter",
    "compute",
    "is",
    "has",
    "can",
    "retrieve",
    "check",
    "search",
    "validate",
    "verify",
    "summarize",
    "scoped",
    "download",
];

/// A path as segments.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Parsed {
    /// The segments; one that can't be represented is a literal with its text as written.
    pub(super) segments: Vec<Segment>,
    /// The texts of segments that can't be represented.
    pub(super) unsupported: Vec<String>,
}

/// The path in what follows the method on a request line: host, version and query are left out,
/// and a slash stands in front. Nothing when there is no path.
pub(super) fn normalise(rest: &str) -> Option<String> {
    let rest = trim(rest);
    let rest = rest.get(..end_of_path(rest)).unwrap_or(rest);
    let path = match address(rest) {
        Some(address) => without_version(address.split_once('/').map_or("", |(_, path)| path)),
        None => without_version(rest.trim_start_matches(['~', '/'])),
    };
    let path = path.trim_end_matches('/');
    let plausible = !path.is_empty()
        && path.starts_with(|first: char| first.is_ascii_alphanumeric() || "$({<:".contains(first));
    plausible.then(|| format!("/{path}"))
}

/// What follows the first `://`.
fn address(text: &str) -> Option<&str> {
    let mut colons = memchr::memchr_iter(b':', text.as_bytes());
    colons.find_map(|at| text.get(at..)?.strip_prefix("://"))
}

fn without_version(path: &str) -> &str {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let mut versions = ["beta", "v1.0", "{version}"].iter();
    match versions.any(|version| first.eq_ignore_ascii_case(version)) {
        true => rest,
        false => path,
    }
}

/// Blank space, a question mark or a hash ends a path, unless it stands in brackets or quotes.
fn end_of_path(text: &str) -> usize {
    let mut depth = Depth::default();
    for (at, sign) in text.char_indices() {
        if sign.is_ascii_alphanumeric() {
            continue;
        }
        if depth.is_outside() && (sign.is_whitespace() || sign == '?' || sign == '#') {
            return at;
        }
        depth.pass(sign);
    }
    // A bracket that nothing closes would take the rest of the line with it.
    if depth.is_outside() {
        text.len()
    } else {
        text.find(char::is_whitespace).unwrap_or(text.len())
    }
}

/// How deep in brackets and quotes a place stands.
#[derive(Default)]
struct Depth {
    brackets: usize,
    quoted: bool,
}

impl Depth {
    fn pass(&mut self, sign: char) {
        match sign {
            '\'' => self.quoted = !self.quoted,
            '{' | '(' | '<' => self.brackets += 1,
            '}' | ')' | '>' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }

    fn is_outside(&self) -> bool {
        self.brackets == 0 && !self.quoted
    }
}

/// Splits a normalised path into its segments.
pub(super) fn parse(path: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut parts = split_outside(path, '/');
    parts.retain(|part| !part.is_empty());
    let mut rest = parts.as_slice();
    while let [part, others @ ..] = rest {
        rest = others;
        if let Some((segments, behind)) = with_relative_path(part, others) {
            parsed.segments.extend(segments);
            rest = behind;
        } else if let Some(segments) = segments_of(part) {
            parsed.segments.extend(segments);
        } else {
            parsed.unsupported.push((*part).to_owned());
            parsed.segments.push(literal(part));
        }
    }
    parsed
}

/// `root:/{item-path}:`, `{site}:/{path}` or `root:/folder/file:`, and the parts behind it. A path
/// that is written out has to end in a colon: what else would tell it from the parts that follow?
fn with_relative_path<'a, 'p>(
    part: &str,
    others: &'a [&'p str],
) -> Option<(Vec<Segment>, &'a [&'p str])> {
    let mut segments = segments_of(part.strip_suffix(':')?)?;
    let (first, behind) = others.split_first()?;
    let closed = first.strip_suffix(':');
    let name =
        placeholder(closed.unwrap_or(first)).filter(|_| closed.is_some() || behind.is_empty());
    let (name, behind) = match name {
        Some(name) => (name, behind),
        None => sample_path(others)?,
    };
    segments.push(Segment::RelativePath { name });
    Some((segments, behind))
}

/// The path that a colon ends, and the parts behind it.
fn sample_path<'a, 'p>(parts: &'a [&'p str]) -> Option<(String, &'a [&'p str])> {
    let end = parts.iter().position(|part| part.ends_with(':'))?;
    let (path, behind) = parts.split_at(end + 1);
    let path = path.join("/");
    let path = path.strip_suffix(':')?;
    is_plain(path).then(|| (path.to_owned(), behind))
}

fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, Depth::default());
    for (at, sign) in text.char_indices() {
        if sign.is_ascii_alphanumeric() {
            continue;
        }
        if sign == separator && depth.is_outside() {
            parts.push(&text[start..at]);
            start = at + sign.len_utf8();
        }
        depth.pass(sign);
    }
    parts.push(&text[start..]);
    parts
}

fn literal(name: &str) -> Segment {
    Segment::Literal {
        name: name.to_owned(),
    }
}

fn segments_of(part: &str) -> Option<Vec<Segment>> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if part.bytes().all(is_word) {
        return Some(vec![literal(part)]);
    }
    if let Some(name) = placeholder(part) {
        return Some(vec![Segment::Key { name }]);
    }
    if part.contains('(') {
        return with_arguments(part);
    }
    if let Some((key, system)) = part.split_once("}$") {
        let name = placeholder(&format!("{key}}}"))?;
        let system = Segment::System {
            name: format!("${system}"),
        };
        return Some(vec![Segment::Key { name }, system]);
    }
    if let Some(key) = assigned_key(part) {
        return Some(vec![key]);
    }
    if part.starts_with('$') {
        return Some(vec![Segment::System {
            name: part.to_owned(),
        }]);
    }
    is_plain(part).then(|| vec![cast(part).unwrap_or_else(|| literal(part))])
}

/// Whether a text means itself: it is no placeholder of a form of its own, and leaves nothing out.
fn is_plain(text: &str) -> bool {
    let is_special = |sign| matches!(sign, '{' | '}' | '<' | '>' | ':' | '|' | '\'' | '"' | '*');
    !text.contains(is_special) && !text.contains("..")
}

/// The name in `{id}`, `{id | userPrincipalName}`, `<id>`, `'{id}'` or `(id)`: the first of
/// several.
fn placeholder(part: &str) -> Option<String> {
    let part = unquoted(part);
    let pairs = [('{', '}'), ('<', '>'), ('(', ')')];
    let inner = pairs
        .iter()
        .find_map(|(open, close)| part.strip_prefix(*open)?.strip_suffix(*close))?;
    if inner.contains(['{', '}', '<', '>', '(', ')', '=', '/']) {
        return None;
    }
    let name = inner.split('|').next().unwrap_or(inner);
    let name = unquoted(trim(name));
    (!name.is_empty()).then(|| name.to_owned())
}

fn unquoted(text: &str) -> &str {
    let is_quote = |byte: Option<&u8>| matches!(byte, Some(b'\'' | b'"'));
    let bytes = text.as_bytes();
    match is_quote(bytes.first()) || is_quote(bytes.last()) {
        true => text.trim_matches(['\'', '"']),
        false => text,
    }
}

/// `roleTemplateId={roleTemplateId}`: a named key in a segment of its own.
fn assigned_key(part: &str) -> Option<Segment> {
    let (name, value) = part.split_once('=')?;
    let value = placeholder(value).filter(|_| super::prose::is_identifier(name))?;
    Some(Segment::AlternateKey {
        keys: vec![(name.to_owned(), value)],
    })
}

fn cast(part: &str) -> Option<Segment> {
    let type_name = qualified(part)?;
    Some(Segment::Cast { type_name })
}

/// The type in `microsoft.graph.user`, or in `graph.user` for short.
fn qualified(name: &str) -> Option<String> {
    let starts = |prefix: &str| {
        let start = name.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let mut prefixes = ["microsoft.graph.", "graph."].iter();
    let prefix = prefixes.find(|prefix| starts(prefix))?;
    Some(format!("microsoft.graph.{}", name.get(prefix.len()..)?))
}

/// `name(…)`: a function, a key, or a key that is named.
fn with_arguments(part: &str) -> Option<Vec<Segment>> {
    let (name, arguments) = part.split_once('(')?;
    let arguments = arguments.strip_suffix(')')?.trim();
    if name.contains(|sign: char| "{}<>:'".contains(sign)) {
        return None;
    }
    if arguments.is_empty() {
        return Some(vec![call(name, Vec::new())]);
    }
    let parts = split_outside(arguments, ',');
    if let ([single], false) = (parts.as_slice(), arguments.contains('=')) {
        let key = key_name(single)?;
        return Some(vec![literal(name), Segment::Key { name: key }]);
    }
    let parameters = parts
        .into_iter()
        .map(parameter)
        .collect::<Option<Vec<_>>>()?;
    // Documented keys are text or numbers, so that the literal of an enumeration is an argument.
    let is_typed = parameters.iter().any(|it| it.type_name.is_some());
    if name.is_empty() || is_collection(name) && !is_typed {
        let keys = parameters
            .into_iter()
            .map(|parameter| (parameter.name, parameter.placeholder))
            .collect();
        let key = Segment::AlternateKey { keys };
        let segments = if name.is_empty() {
            vec![key]
        } else {
            vec![literal(name), key]
        };
        return Some(segments);
    }
    Some(vec![call(name, parameters)])
}

fn call(name: &str, parameters: Vec<CallParameter>) -> Segment {
    Segment::Call {
        name: name.to_owned(),
        parameters,
    }
}

fn key_name(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.trim_matches('\'').trim_matches('"');
    placeholder(text)
        .or_else(|| (!plain.is_empty() && !plain.contains(['{', '}'])).then(|| plain.to_owned()))
}

/// `name={placeholder}`, `name='{placeholder}'`, `name=type'{placeholder}'`, `name=value`.
fn parameter(text: &str) -> Option<CallParameter> {
    let (name, value) = text.split_once('=')?;
    let (type_name, value) = match enum_literal(value.trim()) {
        Some((type_name, value)) => (Some(type_name), value),
        None => (None, value.trim()),
    };
    let quoted = value.starts_with('\'') || value.starts_with('"');
    let inner = value.trim_matches(['\'', '"']);
    let placeholder = placeholder(inner).unwrap_or_else(|| inner.to_owned());
    Some(CallParameter {
        name: name.trim().to_owned(),
        placeholder,
        quoted,
        type_name,
    })
}

/// The type and the quoted value of `microsoft.graph.timeZoneStandard'{format}'`. What has no
/// namespace is of another kind: `duration'PT1H'`.
fn enum_literal(text: &str) -> Option<(String, &str)> {
    let (name, value) = text.split_at(text.find('\'')?);
    let is_name = name.contains('.') && super::prose::is_type_name(name);
    let is_quoted = value.len() > 1 && value.ends_with('\'');
    let type_name = qualified(name).unwrap_or_else(|| name.to_owned());
    (is_name && is_quoted).then_some((type_name, value))
}

fn is_collection(name: &str) -> bool {
    let starts = |verb: &str| {
        let rest = name.strip_prefix(verb);
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    };
    name.ends_with('s') && !name.contains('.') && !VERBS.iter().any(|verb| starts(verb))
}

#[cfg(test)]
mod tests {
    use super::{normalise, parse};
    use crate::schema::Segment;

    /// The segments in a short form: `l:` literal, `k:` key, `a:` alternate key, `f:` call,
    /// `c:` cast, `p:` relative path, `s:` system.
    fn short(path: &str) -> String {
        let parsed = parse(path);
        let segments = parsed.segments.iter().map(|segment| match segment {
            Segment::Literal { name } => format!("l:{name}"),
            Segment::Key { name } => format!("k:{name}"),
            Segment::AlternateKey { keys } => format!("a:{keys:?}"),
            Segment::Call { name, parameters } => {
                let parameters = parameters.iter().map(|p| {
                    let quote = if p.quoted { "'" } else { "" };
                    let open = p.type_name.as_ref().map(|name| format!("{name}'"));
                    let open = open.unwrap_or_default();
                    format!("{}={open}{}{quote}", p.name, p.placeholder)
                });
                format!("f:{name}({})", parameters.collect::<Vec<_>>().join(","))
            }
            Segment::Cast { type_name } => format!("c:{type_name}"),
            Segment::RelativePath { name } => format!("p:{name}"),
            Segment::System { name } => format!("s:{name}"),
        });
        let mut text = segments.collect::<Vec<_>>().join(" ");
        if !parsed.unsupported.is_empty() {
            text.push_str(" !");
        }
        text
    }

    #[test]
    fn request_lines_become_paths() {
        let cases = [
            ("/security/incidentTasks", Some("/security/incidentTasks")),
            ("me/events", Some("/me/events")),
            ("~/me/events", Some("/me/events")),
            (
                "https://graph.microsoft.com/beta/me/events",
                Some("/me/events"),
            ),
            ("https://graph.microsoft.com/v1.0/me", Some("/me")),
            (
                "/users/{id | userPrincipalName}/memberOf",
                Some("/users/{id | userPrincipalName}/memberOf"),
            ),
            ("/me/events?$filter=a eq 'b'", Some("/me/events")),
            (
                "/x/f(a='{a}', b='{b}')?$top=5 HTTP/1.1",
                Some("/x/f(a='{a}', b='{b}')"),
            ),
            ("/me/events/", Some("/me/events")),
            ("/me/{id  (broken", Some("/me/{id")),
            ("** Entity URI not found", None),
            ("", None),
        ];
        for (rest, path) in cases {
            assert_eq!(normalise(rest).as_deref(), path, "{rest}");
        }
    }

    #[test]
    fn paths_become_segments() {
        let cases = [
            ("/a/{id}/b", "l:a k:id l:b"),
            ("/users/{id | userPrincipalName}", "l:users k:id"),
            ("/users/{id|x}", "l:users k:id"),
            ("/users/<user id>", "l:users k:user id"),
            ("/xs/{id}$ref", "l:xs k:id s:$ref"),
            (
                "/roles/templateId={template-id}/members",
                "l:roles a:[(\"templateId\", \"template-id\")] l:members",
            ),
            ("/teams/(team-id)", "l:teams k:team-id"),
            ("/users('{id}')", "l:users k:id"),
            (
                "/applications(appId='{appId}')",
                "l:applications a:[(\"appId\", \"appId\")]",
            ),
            (
                "/reports/getDetail(period='{period_value}')",
                "l:reports f:getDetail(period=period_value')",
            ),
            (
                "/reports/getDetails(date={date})",
                "l:reports f:getDetails(date=date)",
            ),
            (
                "/me/supportedZones(Standard=microsoft.graph.standard'{format}')",
                "l:me f:supportedZones(Standard=microsoft.graph.standard'format')",
            ),
            (
                "/x/zones(a=Graph.security.kind'<kind>',b='{b}')/names",
                "l:x f:zones(a=microsoft.graph.security.kind'kind',b=b') l:names",
            ),
            ("/x/f(a=contoso.kind'b/c')", "l:x f:f(a=contoso.kind'b/c')"),
            ("/x/delta()", "l:x f:delta()"),
            ("/x/f(a='{a}', b={b}, c=true)", "l:x f:f(a=a',b=b,c=true)"),
            (
                "/me/microsoft.graph.reminderView(start={s})",
                "l:me f:microsoft.graph.reminderView(start=s)",
            ),
            (
                "/a/Microsoft.Graph.user/$count",
                "l:a c:microsoft.graph.user s:$count",
            ),
            ("/groups/{id}/owners/$ref", "l:groups k:id l:owners s:$ref"),
            ("/x/graph.device", "l:x c:microsoft.graph.device"),
            (
                "/drive/root:/{path}:/content",
                "l:drive l:root p:path l:content",
            ),
            ("/drives/{id}/root:/{path}", "l:drives k:id l:root p:path"),
            (
                "/root:/{path and filename}:/$value",
                "l:root p:path and filename s:$value",
            ),
            (
                "/items/{parent-id}:/{filename}:/content",
                "l:items k:parent-id p:filename l:content",
            ),
            ("/sites/{host}:/{site-path}:", "l:sites k:host p:site-path"),
            (
                "/root:/FolderA/File B.txt:/content",
                "l:root p:FolderA/File B.txt l:content",
            ),
            ("/root:/workbook/tables", "l:root: l:workbook l:tables !"),
            ("/root:/{path}/tables", "l:root: k:path l:tables !"),
            ("/root:/{a}/b{c}:/d", "l:root: k:a l:b{c}: l:d !"),
            ("/root:/.../b:/content", "l:root: l:... l:b: l:content !"),
            ("/a/{id}:", "l:a l:{id}: !"),
            ("/root:", "l:root: !"),
            ("/a/.../b", "l:a l:... l:b !"),
            ("/x/{a}b", "l:x l:{a}b !"),
        ];
        for (path, expected) in cases {
            assert_eq!(short(path), expected, "{path}");
        }
    }
}
