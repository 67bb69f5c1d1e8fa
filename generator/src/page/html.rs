//! HTML tags in prose into what they do to the text.

/// What a tag does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TagKind {
    /// It breaks the line.
    Break,
    /// It is a tag of HTML, or a comment, and not visible.
    Element,
    /// HTML has no such tag: somebody's placeholder, to be read as text.
    NoElement,
}

/// The elements that part the text before them from the text behind, as a line break does.
const BLOCKS: &[&str] = &[
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The other elements that occur in prose.
const PHRASES: &[&str] = &[
    "a", "abbr", "b", "big", "center", "cite", "code", "col", "colgroup", "del", "details", "em",
    "font", "i", "iframe", "img", "ins", "kbd", "mark", "nobr", "q", "rgn", "s", "samp", "script",
    "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "tt", "u",
    "var", "video", "wbr",
];

/// What a tag such as `<br/>` or `</sup>` does.
pub(super) fn tag_kind(tag: &str) -> TagKind {
    let name = tag.trim_start_matches(['<', '/']);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = name.get(..length).unwrap_or_default();
    let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_one_of(BLOCKS) {
        TagKind::Break
    } else if name.is_empty() || is_one_of(PHRASES) {
        TagKind::Element
    } else {
        TagKind::NoElement
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, PHRASES, TagKind, tag_kind};

    #[test]
    fn tags_are_told_apart() {
        let table = [
            ("<br>", TagKind::Break),
            ("<BR/>", TagKind::Break),
            ("</br>", TagKind::Break),
            ("<li class=\"x\">", TagKind::Break),
            ("<sup>", TagKind::Element),
            ("</a>", TagKind::Element),
            ("<!-- note -->", TagKind::Element),
            ("<id>", TagKind::NoElement),
            ("<user-id>", TagKind::NoElement),
        ];
        for (tag, kind) in table {
            assert_eq!(tag_kind(tag), kind, "{tag}");
        }
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(BLOCKS.is_sorted());
        assert!(PHRASES.is_sorted());
    }
}
