//! Counts that only examples show: `GET /books/$count` on the page that lists `/books`, which does not
//! name it among its request lines.

use crate::schema::{Example, Message, PathTemplate, Segment};

use super::{path, request};

/// The segment that stands for the number of items.
const COUNT: &str = "$count";

/// The paths of counts that examples show, each below a documented path.
pub(super) fn shown(documented: &[PathTemplate], examples: &[Example]) -> Vec<PathTemplate> {
    let mut found: Vec<PathTemplate> = Vec::new();
    for message in examples.iter().filter_map(|it| it.request.as_ref()) {
        let Some(collection) = counted(message) else {
            continue;
        };
        let below = documented.iter().filter(|it| leads_to(it, &collection));
        for template in below.map(|template| counting(template, message)) {
            let known = documented.iter().chain(&found);
            if known.clone().all(|it| it.text != template.text) {
                found.push(template);
            }
        }
    }
    found
}

/// What a request counts.
fn counted(message: &Message) -> Option<Vec<Segment>> {
    let (method, rest) = request::split_method(&message.start_line)?;
    if method != "GET" || !rest.contains(COUNT) {
        return None;
    }
    let path = path::normalise(rest)?;
    let collection = path.strip_suffix(COUNT)?.strip_suffix('/')?;
    Some(path::parse(collection).segments)
}

/// Whether an address is one of a documented path.
fn leads_to(template: &PathTemplate, address: &[Segment]) -> bool {
    let same = |(documented, shown): (&Segment, &Segment)| match (documented, shown) {
        (Segment::Literal { name }, Segment::Literal { name: other })
        | (Segment::Cast { type_name: name }, Segment::Cast { type_name: other }) => {
            name.eq_ignore_ascii_case(other)
        }
        (Segment::Key { .. }, Segment::Key { .. } | Segment::Literal { .. }) => true,
        _ => false,
    };
    let segments = &template.segments;
    !address.is_empty() && segments.len() == address.len() && segments.iter().zip(address).all(same)
}

/// The path of the count below a documented one.
fn counting(template: &PathTemplate, message: &Message) -> PathTemplate {
    let mut segments = template.segments.clone();
    segments.push(Segment::System {
        name: COUNT.to_owned(),
    });
    PathTemplate {
        text: format!("{}/{COUNT}", template.text),
        segments,
        span: message.span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> PathTemplate {
        PathTemplate {
            text: text.to_owned(),
            segments: path::parse(text).segments,
            ..PathTemplate::default()
        }
    }

    fn example(line: &str) -> Example {
        Example {
            request: Some(Message {
                start_line: line.to_owned(),
                ..Message::default()
            }),
            ..Example::default()
        }
    }

    #[test]
    fn a_count_below_a_documented_path_is_one_more_path() {
        let documented = ["/books", "/shelves/{id}/books", "/books/{id}/$ref"].map(template);
        let table = [
            (
                "GET https://graph.microsoft.com/v1.0/books/$count",
                "/books/$count",
            ),
            ("GET /Books/$count?$search=x HTTP/1.1", "/books/$count"),
            ("GET /shelves/2/books/$count", "/shelves/{id}/books/$count"),
            (
                "GET /shelves/{x}/books/$count",
                "/shelves/{id}/books/$count",
            ),
            ("POST /books/$count", ""),
            ("GET /books", ""),
            ("GET /$count", ""),
            ("GET /readers/$count", ""),
            ("GET /books/7/$ref/$count", ""),
        ];
        for (line, expected) in table {
            let found = shown(&documented, &[example(line), example(line)]);
            let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
            let expected: Vec<&str> = [expected].into_iter().filter(|it| !it.is_empty()).collect();
            assert_eq!(texts, expected, "{line}");
        }
        let known = [template("/books"), template("/books/$count")];
        assert!(shown(&known, &[example("GET /books/$count")]).is_empty());
    }
}
