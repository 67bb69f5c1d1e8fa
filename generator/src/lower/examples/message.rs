//! Messages of examples: whether they can be read, and what a test takes from them.

use crate::schema::Message;
use crate::source::SourceMap;

/// Why a message's body is not all of what its kind says: JSON that can't be read, or that says
/// something twice.
pub(super) fn unreadable(message: &Message) -> Option<String> {
    if let Some(name) = message.repeated_members.first() {
        return Some(format!("an object in its JSON has two members `{name}`"));
    }
    let is_read = message.body.is_empty() || message.json.is_some() || !is_json(message);
    (!is_read).then(|| "its JSON can't be read".to_owned())
}

fn is_json(message: &Message) -> bool {
    let header = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-type");
    let media_type = message
        .headers
        .iter()
        .find(header)
        .map(|(_, value)| value.as_str());
    media_type.map_or_else(
        || message.body.trim_start().starts_with(['{', '[']),
        |value| value.to_lowercase().contains("json"),
    )
}

/// The status in `HTTP/1.1 200 OK`.
pub(super) fn status(message: &Message) -> Option<u16> {
    message.start_line.split_whitespace().nth(1)?.parse().ok()
}

/// Where a message stands: `api/book-get.md:41`.
pub(super) fn place(message: &Message, sources: &SourceMap) -> String {
    let line = sources.line_column(message.span).line;
    format!("{}:{line}", sources.get(message.span.file).path)
}

/// The message as HTTP; a body that had to be read leniently is put right.
pub(super) fn text(message: &Message) -> String {
    let mut text = message.start_line.trim().to_owned();
    for (name, value) in &message.headers {
        text.push_str(&format!("\n{name}: {value}"));
    }
    let strict = serde_json::from_str::<serde::de::IgnoredAny>(&message.body).is_ok();
    let body = match &message.json {
        Some(json) if !strict => format!("{json:#}"),
        Some(_) | None => message.body.trim().to_owned(),
    };
    if body.is_empty() {
        text
    } else {
        format!("{text}\n\n{body}")
    }
}
