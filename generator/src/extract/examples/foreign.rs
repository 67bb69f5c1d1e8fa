//! Requests that a page shows and that are no calls of its operation: what the service posts to an
//! address that its client has given it.

use crate::extract::path;
use crate::extract::request::{RequestLines, split_method};
use crate::schema::{PathTemplate, Segment};

/// Whether a request line is that of a notification: a POST to a host that is none of the
/// service's, with a path that the page does not document. The hosts of Graph's clouds all begin
/// with `graph.`.
pub(super) fn is_notification(start_line: &str, methods: &[RequestLines]) -> bool {
    let Some(("POST", target)) = split_method(start_line) else {
        return false;
    };
    let host = target.split_once("://").map(|(_, address)| address);
    if host.is_none_or(|host| host.to_ascii_lowercase().starts_with("graph.")) {
        return false;
    }
    let segments = path::normalise(target)
        .map(|path| path::parse(&path).segments)
        .unwrap_or_default();
    let mut templates = methods.iter().flat_map(|lines| &lines.paths);
    !templates.any(|template| matches_template(template, &segments))
}

/// Whether an address may be one of a template: as many segments, and the same literals.
fn matches_template(template: &PathTemplate, segments: &[Segment]) -> bool {
    let same = |(template, segment): (&Segment, &Segment)| match (template, segment) {
        (Segment::Literal { name }, Segment::Literal { name: found }) => {
            name.eq_ignore_ascii_case(found)
        }
        (Segment::Literal { .. }, _) => false,
        _ => true,
    };
    template.segments.len() == segments.len() && template.segments.iter().zip(segments).all(same)
}

#[cfg(test)]
mod tests {
    use super::is_notification;
    use crate::extract::path;
    use crate::extract::request::RequestLines;
    use crate::schema::PathTemplate;

    #[test]
    fn a_post_to_a_foreign_host_is_a_notification() {
        let text = "/things/{id}/start".to_owned();
        let documented = RequestLines {
            method: "POST",
            paths: vec![PathTemplate {
                segments: path::parse(&text).segments,
                text,
                ..PathTemplate::default()
            }],
        };
        let cases = [
            ("POST https://bot.contoso.com/api/calls", true),
            ("POST https://bot.contoso.com/callback", true),
            ("POST https://bot.contoso.com", true),
            ("POST https://api.contoso.com/v1.0/things/7/start", false),
            ("POST https://graph.contoso.com/beta/others", false),
            ("POST /api/calls", false),
            ("PUT https://upload.contoso.com/up/1", false),
            ("GET https://bot.contoso.com/api/calls", false),
        ];
        for (line, expected) in cases {
            let found = is_notification(line, std::slice::from_ref(&documented));
            assert_eq!(found, expected, "{line}");
        }
    }
}
