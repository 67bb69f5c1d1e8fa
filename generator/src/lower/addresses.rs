//! The address of an example against the template of a documented path: what stands for its keys and
//! parameters.

use crate::schema::{CallParameter, Segment};

/// What an address holds in the place of each segment of a template: nothing for a literal, one
/// text for a key, one for each parameter. `None` when the address is of another path.
pub(super) fn captures(template: &[Segment], address: &[String]) -> Option<Vec<Vec<String>>> {
    let mut found = Vec::new();
    let mut address = address.iter();
    let mut current = "";
    let mut template = template.iter().peekable();
    while let Some(segment) = template.next() {
        let has_path = matches!(template.peek(), Some(Segment::RelativePath { .. }));
        if let Segment::RelativePath { .. } = segment {
            found.push(vec![relative_path(
                &mut address,
                template.peek().is_some(),
            )?]);
            continue;
        }
        if let Segment::AlternateKey { keys } = segment {
            let parts = arguments(current)?;
            let names: Vec<&str> = keys.iter().map(|(name, _)| name.as_str()).collect();
            found.push(values(&names, &parts)?);
            continue;
        }
        current = address.next()?;
        if has_path {
            current = current.strip_suffix(':')?;
        }
        let plain = current.split('(').next().unwrap_or(current);
        found.push(match segment {
            Segment::Literal { name } => {
                // An alternate key stands in the same segment of the address; arguments do not.
                let has_key = matches!(template.peek(), Some(Segment::AlternateKey { .. }));
                let same = has_key && plain.eq_ignore_ascii_case(name)
                    || current.eq_ignore_ascii_case(name);
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
            Segment::AlternateKey { .. } | Segment::RelativePath { .. } => Vec::new(),
        });
    }
    address.next().is_none().then_some(found)
}

/// The path that a colon ends, or the end of the address where nothing follows.
fn relative_path<'a>(
    address: &mut impl Iterator<Item = &'a String>,
    is_followed: bool,
) -> Option<String> {
    let mut path = Vec::new();
    for name in address {
        if let Some(last) = name.strip_suffix(':') {
            path.push(last);
            return is_followed.then(|| path.join("/"));
        }
        path.push(name);
    }
    (!is_followed && !path.is_empty()).then(|| path.join("/"))
}

fn call_values(parameters: &[CallParameter], address: &str) -> Option<Vec<String>> {
    if parameters.is_empty() {
        return Some(Vec::new());
    }
    let arguments = arguments(address)?;
    let value = |parameter: &CallParameter| {
        let found = find(&arguments, &parameter.name)?;
        is_literal_of(found, parameter).then(|| found.value.clone())
    };
    parameters.iter().map(value).collect()
}

/// Whether an argument is written as those of a parameter are sent. What the template has in quotes
/// is sent in quotes, and nothing else is. A member of an enumeration is in quotes, and the name of the
/// enumeration may be left out before them (OData 4.01 ABNF, `enum`).
fn is_literal_of(argument: &Argument, parameter: &CallParameter) -> bool {
    match (&argument.type_name, &parameter.type_name) {
        (Some(shown), Some(documented)) => shown == documented,
        (Some(_), None) => false,
        (None, Some(_)) => argument.quoted,
        (None, None) => argument.quoted == parameter.quoted,
    }
}

/// An argument of a call or of an alternate key.
struct Argument {
    name: String,
    /// Without its quotes, doubled ones halved.
    value: String,
    quoted: bool,
    /// The name before the quotes.
    type_name: Option<String>,
}

fn find<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a Argument> {
    let mut arguments = arguments.iter();
    arguments.find(|argument| argument.name.eq_ignore_ascii_case(name))
}

/// The arguments in `name(a='x',b=5)`.
fn arguments(address: &str) -> Option<Vec<Argument>> {
    let (_, rest) = address.split_once('(')?;
    let inner = rest.strip_suffix(')')?;
    let mut found = Vec::new();
    for part in split_arguments(inner) {
        let (name, value) = part.split_once('=')?;
        found.push(argument(name.trim(), value.trim()));
    }
    Some(found)
}

fn argument(name: &str, literal: &str) -> Argument {
    let quote = literal.find('\'').unwrap_or_default();
    let (type_name, value) = match literal.split_at(quote) {
        // Without a namespace it is no enumeration, and all of it is the value: `duration'PT1H'`.
        (name, _) if !name.is_empty() && !name.contains('.') => ("", literal),
        parts => parts,
    };
    let unquoted = value.strip_prefix('\'').and_then(|v| v.strip_suffix('\''));
    Argument {
        name: name.to_owned(),
        value: unquoted.map_or_else(|| literal.to_owned(), |v| v.replace("''", "'")),
        quoted: unquoted.is_some(),
        type_name: (unquoted.is_some() && !type_name.is_empty()).then(|| type_name.to_owned()),
    }
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

fn values(names: &[&str], arguments: &[Argument]) -> Option<Vec<String>> {
    let value = |name: &&str| {
        // A key is sent as text.
        let found = find(arguments, name).filter(|it| it.type_name.is_none())?;
        Some(found.value.clone())
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

        let plain = [literal("reports"), literal("summary")];
        let shown = address("reports/summary(period='D30')");
        assert_eq!(
            captures(&plain, &shown),
            None,
            "arguments are not documented"
        );

        let parameter = |name: &str, quoted| CallParameter {
            name: name.to_owned(),
            quoted,
            ..Default::default()
        };
        let call = Segment::Call {
            name: "range".to_owned(),
            parameters: vec![parameter("start", true), parameter("end", false)],
        };
        let call = [call];
        let found = captures(&call, &address("range(end=5,start='a,b')"));
        assert_eq!(found, Some(vec![vec!["a,b".to_owned(), "5".to_owned()]]));
        for quotes_differ in ["range(end='5',start='a')", "range(end=5,start=a)"] {
            assert_eq!(captures(&call, &address(quotes_differ)), None);
        }
    }

    #[test]
    fn a_member_of_an_enumeration_is_captured_without_its_type() {
        let parameter = CallParameter {
            name: "Standard".to_owned(),
            quoted: true,
            type_name: Some("microsoft.graph.zoneStandard".to_owned()),
            ..Default::default()
        };
        let call = |parameter| {
            [Segment::Call {
                name: "zones".to_owned(),
                parameters: vec![parameter],
            }]
        };
        let typed = call(parameter.clone());
        let quoted = call(CallParameter {
            type_name: None,
            ..parameter.clone()
        });
        let bare = call(CallParameter {
            type_name: None,
            quoted: false,
            ..parameter
        });
        let shown = "zones(Standard=microsoft.graph.zoneStandard'Iana')";
        let cases = [
            (&typed, shown, Some("Iana")),
            (
                &typed,
                "Zones(standard=microsoft.graph.zoneStandard'a''b,c')",
                Some("a'b,c"),
            ),
            (&typed, "zones(Standard='Iana')", Some("Iana")),
            (&typed, "zones(Standard=Iana)", None),
            (&typed, "zones(Standard=microsoft.graph.other'Iana')", None),
            (&quoted, "zones(Standard='Iana')", Some("Iana")),
            (&quoted, shown, None),
            (
                &bare,
                "zones(Standard=duration'PT1H')",
                Some("duration'PT1H'"),
            ),
        ];
        for (template, text, expected) in cases {
            let expected = expected.map(|value| vec![vec![value.to_owned()]]);
            assert_eq!(captures(template, &address(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_relative_path_is_captured_between_its_colons() {
        let path = Segment::RelativePath {
            name: "path".to_owned(),
        };
        let last = [literal("root"), path];
        let inner = [last.as_slice(), &[literal("content")]].concat();
        let cases = [
            (&inner[..], "root:/a b.txt:/content", Some("a b.txt")),
            (&inner, "Root:/a/b/c:/Content", Some("a/b/c")),
            (&inner, "root:/a/b/content", None),
            (&inner, "root:/content", None),
            (&inner, "root/a:/content", None),
            (&inner, "root:/a:/content/x", None),
            (&last, "root:/a/b.txt", Some("a/b.txt")),
            (&last, "root:/a:", None),
            (&last, "root:/a:/content", None),
            (&last, "root:", None),
            (&last, "root", None),
        ];
        for (template, text, expected) in cases {
            let found = captures(template, &address(text));
            let path = found.map(|found| found[1].clone());
            assert_eq!(path, expected.map(|path| vec![path.to_owned()]), "{text}");
        }
    }
}
