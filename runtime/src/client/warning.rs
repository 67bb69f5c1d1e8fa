//! The `Warning` header (RFC 7234 §5.5): header lines in, one record a warning out.
//!
//! The APIs of Microsoft's security products answer 206 with a warning for each provider that did not
//! answer: `199 - "Vendor/Provider/504/10000"` names it, its status and the milliseconds it took.

use http::HeaderMap;
use http::header::WARNING;

/// Something that the service has to say of an answer of success, such as what is missing in it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Warning {
    /// The code, three digits; `None` for text that does not have the form of a warning.
    pub code: Option<u16>,
    /// Who warns: a host, a name, or `-`. Empty for text that does not have the form of a warning.
    pub agent: String,
    /// What the warning is, unquoted; all that came where that does not have the form of a warning.
    pub text: String,
    /// When, as the service writes it.
    pub date: Option<String>,
}

impl Warning {
    /// All warnings among the headers of an answer, in their order, of all lines.
    #[must_use]
    pub fn all(headers: &HeaderMap) -> Vec<Self> {
        headers
            .get_all(WARNING)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .flat_map(|line| {
                entries(&line)
                    .into_iter()
                    .map(Self::read)
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn read(entry: &str) -> Self {
        Self::parse(entry).unwrap_or_else(|| Self {
            code: None,
            agent: String::new(),
            text: entry.to_owned(),
            date: None,
        })
    }

    fn parse(entry: &str) -> Option<Self> {
        let (code, rest) = entry.split_once(' ')?;
        let code = Some(code).filter(|code| code.len() == 3)?.parse().ok()?;
        let (agent, rest) = rest.trim_start().split_once(' ')?;
        let (text, rest) = quoted(rest.trim_start())?;
        let date = match rest.trim() {
            "" => None,
            rest => Some(quoted(rest).filter(|(_, rest)| rest.is_empty())?.0),
        };
        Some(Self {
            code: Some(code),
            agent: agent.to_owned(),
            text,
            date,
        })
    }
}

/// The parts of a list between commas that are not within quotes.
fn entries(line: &str) -> Vec<&str> {
    let mut entries = Vec::new();
    let (mut start, mut is_quoted, mut is_escaped) = (0, false, false);
    for (at, character) in line.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                entries.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    entries.push(&line[start..]);
    let entries = entries.into_iter().map(str::trim);
    entries.filter(|entry| !entry.is_empty()).collect()
}

/// The quoted string that a text starts with, unquoted, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut characters = text.strip_prefix('"')?.chars();
    let mut unquoted = String::new();
    while let Some(character) = characters.next() {
        match character {
            '"' => return Some((unquoted, characters.as_str())),
            '\\' => unquoted.extend(characters.next()),
            other => unquoted.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read<'a> = (Option<u16>, &'a str, &'a str, Option<&'a str>);

    #[test]
    fn every_warning_of_every_line_is_read() {
        let dated = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        let table: [(&[&str], &[Read]); 9] = [
            (&[], &[]),
            (&[""], &[]),
            (
                &[r#"199 - "Vendor/Provider/504/10000""#],
                &[(Some(199), "-", "Vendor/Provider/504/10000", None)],
            ),
            (
                &[r#"199 - "a, \"b\"", 214 host:80 "c""#],
                &[
                    (Some(199), "-", "a, \"b\"", None),
                    (Some(214), "host:80", "c", None),
                ],
            ),
            (
                &[
                    r#"199 - "a""#,
                    r#" ,299  x  "b" "Sun, 06 Nov 1994 08:49:37 GMT","#,
                ],
                &[(Some(199), "-", "a", None), (Some(299), "x", "b", dated)],
            ),
            (
                &["something is missing"],
                &[(None, "", "something is missing", None)],
            ),
            (&[r#"199 - "open"#], &[(None, "", r#"199 - "open"#, None)]),
            (&["1999 - \"a\""], &[(None, "", "1999 - \"a\"", None)]),
            (&["199 - \"a\" b"], &[(None, "", "199 - \"a\" b", None)]),
        ];
        for (lines, expected) in table {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(WARNING, line.parse().expect("a value"));
            }
            let read = Warning::all(&headers);
            let read: Vec<Read> = read
                .iter()
                .map(|warning| {
                    let Warning {
                        code,
                        agent,
                        text,
                        date,
                    } = warning;
                    (*code, agent.as_str(), text.as_str(), date.as_deref())
                })
                .collect();
            assert_eq!(read, expected, "{lines:?}");
        }
    }
}
