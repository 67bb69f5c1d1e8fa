//! A path as somebody writes it → segments that can be compared with those of other paths.

/// Stands for every placeholder, whatever it is called.
const PLACEHOLDER: &str = "{}";

/// The segments of a path in lower case. A key in parentheses is a segment like one between
/// slashes, and what a placeholder is called is left out.
pub(super) fn segments(path: &str) -> Vec<String> {
    parts(path).flat_map(|(_, part)| compared(part)).collect()
}

/// Whether a path begins with the segments `asked`. A call that is asked for by its name is one
/// with any arguments.
pub(super) fn begins_with(path: &[String], asked: &[String]) -> bool {
    let is_same = |(segment, asked): (&String, &String)| {
        let rest = segment.strip_prefix(asked.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
    };
    path.len() >= asked.len() && path.iter().zip(asked).all(is_same)
}

/// The path as written up to each of its segments: `/a`, `/a/{id}`, `/a/{id}/b`.
pub(super) fn beginnings(path: &str) -> impl Iterator<Item = String> {
    parts(path).filter_map(|(end, _)| path.get(..end).map(str::to_owned))
}

/// What stands between the slashes, and where each part ends. A slash in brackets is none.
fn parts(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let mut depth = 0_usize;
    let ends = path.char_indices().filter_map(move |(at, sign)| {
        match sign {
            '{' | '(' | '<' => depth += 1,
            '}' | ')' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (sign == '/' && depth == 0).then_some(at)
    });
    let parts = ends.chain([path.len()]).filter_map(move |end| {
        let part = path.get(start..end)?;
        start = end + 1;
        Some((end, part))
    });
    parts.filter(|(_, part)| !part.trim().is_empty())
}

/// One part as one segment, or two where a key stands in parentheses behind a name.
fn compared(part: &str) -> Vec<String> {
    let plain = without_names(part.trim()).to_lowercase();
    let plain = match plain.strip_prefix("graph.") {
        Some(rest) => format!("microsoft.graph.{rest}"),
        None => plain,
    };
    if plain.starts_with('(') && !plain.contains('=') {
        return vec![PLACEHOLDER.to_owned()];
    }
    match plain.strip_suffix("({})") {
        Some(name) => vec![name.to_owned(), PLACEHOLDER.to_owned()],
        None => vec![plain],
    }
}

/// A part with its placeholders, `{id | name}` or `<id>`, emptied, and without quotes.
fn without_names(part: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for sign in part.chars() {
        match sign {
            '{' | '<' => {
                if depth == 0 {
                    plain.push_str(PLACEHOLDER);
                }
                depth += 1;
            }
            '}' | '>' => depth = depth.saturating_sub(1),
            '\'' | '"' => {}
            _ if depth == 0 => plain.push(sign),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_without_case_and_names() {
        let rows = [
            ("/users/{id}/messages", "users {} messages"),
            ("/Users/{user-id | upn}/messages/", "users {} messages"),
            ("/users/<user id>", "users {}"),
            ("/users('{id}')", "users {}"),
            ("/teams/(team-id)", "teams {}"),
            ("/apps(appId='{id}')", "apps(appid={})"),
            ("users({id})/x", "users {} x"),
            ("/me/graph.message", "me microsoft.graph.message"),
            ("/x/f(a='{a}',b={b})", "x f(a={},b={})"),
            ("/drive/root:/{path}:/content", "drive root: {}: content"),
            ("/x/{a/b}/c", "x {} c"),
            ("/", ""),
        ];
        for (path, expected) in rows {
            assert_eq!(segments(path).join(" "), expected, "{path}");
        }
    }

    #[test]
    fn whole_segments_make_a_beginning() {
        let rows = [
            ("/users/{id}/messages", "/users", true),
            ("/users/{id}/messages", "/users/{any}", true),
            ("/users/{id}/messages", "/users/{id}/messages/{id}", false),
            ("/users/{id}/messages", "/user", false),
            ("/users/{id}/messages", "/users/messages", false),
            (
                "/reports/getDetail(period='{p}')",
                "/reports/getDetail",
                true,
            ),
            ("/reports/getDetail(period='{p}')", "/reports/get", false),
            ("/users('{id}')/messages", "/users/{id}/messages", true),
            ("/users/{id}", "/", true),
        ];
        for (path, asked, expected) in rows {
            let found = begins_with(&segments(path), &segments(asked));
            assert_eq!(found, expected, "{path} {asked}");
        }
    }

    #[test]
    fn a_path_has_as_many_beginnings_as_parts() {
        let found: Vec<String> = beginnings("/a/{b/c}/d").collect();
        assert_eq!(found, ["/a", "/a/{b/c}", "/a/{b/c}/d"]);
    }
}
