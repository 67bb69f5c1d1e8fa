//! A Type cell into a [`TypeRef`].

use std::ops::Range;

use crate::page::{Inline, Piece, PieceKind};
use crate::schema::TypeRef;
use crate::source::Span;

use super::prose::{Prose, is_type_name};
use super::site::Links;

/// The names that pages give to the primitive types, in lower case, and what CSDL calls them.
const PRIMITIVES: &[(&str, &str)] = &[
    ("any", "Edm.Untyped"),
    ("binary", "Edm.Binary"),
    ("bool", "Edm.Boolean"),
    ("boolean", "Edm.Boolean"),
    ("byte", "Edm.Byte"),
    ("bytes", "Edm.Binary"),
    ("date", "Edm.Date"),
    ("date-time", "Edm.DateTimeOffset"),
    ("datetime", "Edm.DateTimeOffset"),
    ("datetimeoffset", "Edm.DateTimeOffset"),
    ("decimal", "Edm.Decimal"),
    ("double", "Edm.Double"),
    ("duration", "Edm.Duration"),
    ("float", "Edm.Single"),
    ("guid", "Edm.Guid"),
    ("int", "Edm.Int32"),
    ("int16", "Edm.Int16"),
    ("int32", "Edm.Int32"),
    ("int64", "Edm.Int64"),
    ("integer", "Edm.Int32"),
    ("json", "Edm.Untyped"),
    ("long", "Edm.Int64"),
    ("number", "Edm.Double"),
    ("numeric", "Edm.Decimal"),
    ("object", "Edm.Untyped"),
    ("sbyte", "Edm.SByte"),
    ("single", "Edm.Single"),
    ("stream", "Edm.Stream"),
    ("string", "Edm.String"),
    ("strings", "Edm.String"),
    ("time", "Edm.TimeOfDay"),
    ("timeofday", "Edm.TimeOfDay"),
    ("timestamp", "Edm.DateTimeOffset"),
    ("untyped", "Edm.Untyped"),
    ("uri", "Edm.String"),
    ("url", "Edm.String"),
    ("uuid", "Edm.Guid"),
];

/// The wordings around the name of an element type.
const COLLECTION_PREFIXES: &[&str] = &[
    "collection of ",
    "collection(",
    "a collection of ",
    "list of ",
    "array of ",
    "list<",
    "array(",
];

/// What a Type cell says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct TypeCell {
    /// The type; `Edm.Untyped` when the cell names several or none.
    pub(super) type_ref: TypeRef,
    /// Why the type is not a single name, when it isn't.
    pub(super) fault: Option<TypeFault>,
}

/// Why a Type cell gives no single name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TypeFault {
    /// The cell is empty.
    Empty,
    /// `[a] or [b]`.
    Alternatives,
    /// The text is no name.
    Unreadable,
}

/// The CSDL name of a primitive type, from any of the names that pages use.
pub(super) fn primitive(name: &str) -> Option<&'static str> {
    // The longest name is short enough to need no room of its own.
    let mut lower = [0; "edm.datetimeoffset".len()];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    let bare = lower.strip_prefix(b"edm.").unwrap_or(lower);
    let place = PRIMITIVES
        .binary_search_by(|(known, _)| known.as_bytes().cmp(bare))
        .ok()?;
    PRIMITIVES.get(place).map(|(_, csdl)| *csdl)
}

/// Reads a Type cell.
pub(super) fn read(cell: &Inline<'_>, links: &Links<'_>) -> TypeCell {
    if let Some(name) = bare_word(cell) {
        return of_word(name, cell.span);
    }
    let prose = Prose::new(cell);
    let mut type_ref = TypeRef {
        name: "Edm.Untyped".to_owned(),
        is_collection: says_collection(&prose.lower),
        link: None,
        span: cell.span,
    };
    if prose.text.trim().is_empty() {
        let fault = Some(TypeFault::Empty);
        return TypeCell { type_ref, fault };
    }
    if is_alternative(&prose) {
        let fault = Some(TypeFault::Alternatives);
        return TypeCell { type_ref, fault };
    }
    if is_group_of_alternatives(&prose.text) {
        let fault = Some(TypeFault::Alternatives);
        return TypeCell { type_ref, fault };
    }
    let fault = match link_of(&prose) {
        Some(piece) => name_from_link(&mut type_ref, piece, links),
        None => name_from_text(&mut type_ref, &prose.text),
    };
    TypeCell { type_ref, fault }
}

/// The text of a cell that is one word without a link, as most are. "collection" is no such word.
fn bare_word<'c>(cell: &'c Inline<'_>) -> Option<&'c str> {
    let [piece] = cell.pieces.as_slice() else {
        return None;
    };
    let is_word = !piece.text.is_empty() && piece.text.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_word && !is_link(piece) && !is_collection_word(&piece.text)).then_some(&*piece.text)
}

fn is_collection_word(word: &str) -> bool {
    ["collection", "collections"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

fn of_word(name: &str, span: Span) -> TypeCell {
    let mut type_ref = TypeRef {
        span,
        ..TypeRef::default()
    };
    let fault = name_from_text(&mut type_ref, name);
    if fault.is_some() {
        type_ref.name = "Edm.Untyped".to_owned();
    }
    TypeCell { type_ref, fault }
}

/// A type named in metadata or in a sample value: `Collection(microsoft.graph.x)`, `#x`.
pub(super) fn from_text(text: &str, span: Span) -> TypeRef {
    let mut type_ref = TypeRef {
        name: String::new(),
        is_collection: says_collection(&text.to_ascii_lowercase()),
        link: None,
        span,
    };
    if name_from_text(&mut type_ref, text).is_some() {
        type_ref.name = text.trim().to_owned();
    }
    type_ref
}

/// Whether a cell, in lower case, speaks of a collection. A type whose name ends in "collection"
/// is none.
fn says_collection(lower: &str) -> bool {
    // Most cells hold a name and nothing else.
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
    if lower.bytes().all(is_part) {
        return is_collection_word(lower.trim_matches('.'));
    }
    let hints = ["collection", "list", "array", "[]"];
    if !hints.iter().any(|hint| lower.contains(hint)) {
        return false;
    }
    let text = lower.trim();
    let array = text
        .strip_suffix("[]")
        .is_some_and(|rest| !rest.ends_with(']'));
    let mut words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '.');
    let word = words.any(|word| is_collection_word(word.trim_matches('.')));
    let starts = ["list of ", "array of ", "list<", "array("];
    array || word || starts.iter().any(|start| text.contains(start))
}

fn is_alternative(prose: &Prose<'_, '_>) -> bool {
    let mut links = prose.pieces_from(0).filter(|(_, piece)| is_link(piece));
    let (Some((first, _)), second) = (links.next(), links.next()) else {
        return names_joined_by_or(&prose.text);
    };
    let between = second.map_or(prose.text.len(), |(range, _)| range.start);
    let around = [0..first.start, first.end..between];
    around.into_iter().any(|part| has_or(&prose.lower, part))
}

/// `String or Int32`: nothing but two names with an "or".
fn names_joined_by_or(text: &str) -> bool {
    text.split_once(" or ")
        .is_some_and(|(left, right)| is_type_name(left.trim()) && is_type_name(right.trim()))
}

/// `(boolean or string or number) collection`: names in parentheses with an "or".
fn is_group_of_alternatives(text: &str) -> bool {
    let group = text.trim().strip_prefix('(');
    let group = group.and_then(|rest| rest.split_once(')'));
    group.is_some_and(|(names, _)| names.split_whitespace().any(|word| word == "or"))
}

fn has_or(lower: &str, part: Range<usize>) -> bool {
    lower
        .get(part)
        .is_some_and(|text| text.split_whitespace().any(|word| word == "or"))
}

fn is_link(piece: &Piece<'_>) -> bool {
    matches!(piece.kind, PieceKind::Link { .. })
}

fn link_of<'a, 's>(prose: &Prose<'a, 's>) -> Option<&'a Piece<'s>> {
    prose
        .pieces_from(0)
        .map(|(_, piece)| piece)
        .find(|piece| is_link(piece) && !piece.text.trim().is_empty())
}

fn name_from_link(
    type_ref: &mut TypeRef,
    piece: &Piece<'_>,
    links: &Links<'_>,
) -> Option<TypeFault> {
    let linked = links.type_ref(piece, type_ref.is_collection);
    let leads_to_page = links.leads_to_type(&linked);
    let fault = name_from_text(type_ref, &piece.text);
    // There is a resource named `json`; nothing else that is linked shares a primitive's name.
    if leads_to_page && linked.name.eq_ignore_ascii_case("json") || fault.is_some() {
        type_ref.name = linked.name;
    }
    type_ref.link = linked.link;
    None
}

fn name_from_text(type_ref: &mut TypeRef, text: &str) -> Option<TypeFault> {
    let name = core_name(text);
    if let Some(primitive) = primitive(name) {
        type_ref.name = primitive.to_owned();
        return None;
    }
    if !is_type_name(name) || !is_note(text, name) {
        return Some(TypeFault::Unreadable);
    }
    type_ref.name = name.to_owned();
    None
}

/// Whether what follows a name is something said about it, and no further name.
fn is_note(text: &str, name: &str) -> bool {
    const WORDS: &[&str] = &[
        "collection",
        "collections",
        "object",
        "objects",
        "resource",
        "type",
        "enum",
        "value",
        "enumeration",
        "array",
        "list",
    ];
    if text.len() == name.len() {
        return true;
    }
    let rest = text.split_once(name).map_or("", |(_, rest)| rest);
    let rest = rest.split(['(', ',', ';', '.']).next().unwrap_or_default();
    let mut words = rest
        .split_whitespace()
        .map(|word| trim_marks(word).trim_end_matches(')'));
    words.all(|word| word.is_empty() || WORDS.contains(&word.to_ascii_lowercase().as_str()))
}

/// The name in a text, without the words for a collection and what is said about it.
fn core_name(text: &str) -> &str {
    // Most texts are a name and nothing else.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text;
    }
    let mut text = trim_marks(without_lead(text));
    for prefix in COLLECTION_PREFIXES {
        if text
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        {
            text = trim_marks(&text[prefix.len()..]);
        }
    }
    let end = text.find(|sign: char| {
        let is_border = |sign| {
            matches!(
                sign,
                '(' | ')' | ',' | ';' | '[' | ']' | '<' | '>' | '|' | '`' | '/' | '\\' | '*'
            )
        };
        is_border(sign) || sign.is_whitespace()
    });
    trim_marks(end.map_or(text, |end| &text[..end])).trim_end_matches('.')
}

/// A text without the note in parentheses that it begins with: `(Optional) String`.
fn without_lead(text: &str) -> &str {
    let rest = text
        .trim_start()
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'));
    rest.map_or(text, |(_, rest)| rest)
}

fn trim_marks(text: &str) -> &str {
    let is_mark = |sign| matches!(sign, '`' | '#' | '*' | '[' | ']' | '\\' | '"');
    text.trim_matches(|sign: char| is_mark(sign) || sign.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{PRIMITIVES, TypeFault, read};
    use crate::extract::site::Links;
    use crate::extract::testing::cell;

    #[test]
    fn primitives_are_sorted_for_the_search() {
        assert!(PRIMITIVES.is_sorted());
    }

    #[test]
    fn cells_are_read() {
        let cases = [
            ("String", "Edm.String", false, None),
            ("`String`", "Edm.String", false, None),
            ("**string**", "Edm.String", false, None),
            ("string, maximum size 64", "Edm.String", false, None),
            ("String (enum)", "Edm.String", false, None),
            ("(Optional) String", "Edm.String", false, None),
            ("String (url)", "Edm.String", false, None),
            ("Edm.Int32", "Edm.Int32", false, None),
            ("numeric", "Edm.Decimal", false, None),
            ("Timestamp", "Edm.DateTimeOffset", false, None),
            ("GUID collection", "Edm.Guid", true, None),
            ("String collection", "Edm.String", true, None),
            ("Collection of String", "Edm.String", true, None),
            ("String[]", "Edm.String", true, None),
            ("Collection(Edm.String)", "Edm.String", true, None),
            (
                "Collection([user](user.md))",
                "user",
                true,
                Some("resources/user.md"),
            ),
            ("Collection(user)", "user", true, None),
            ("[user](user.md)", "user", false, Some("resources/user.md")),
            (
                "[user](user.md) collection",
                "user",
                true,
                Some("resources/user.md"),
            ),
            (
                "[user](user.md) collection collection",
                "user",
                true,
                Some("resources/user.md"),
            ),
            (
                "[user collection](user.md)",
                "user",
                true,
                Some("resources/user.md"),
            ),
            (
                "[siteCollection](x.md)",
                "siteCollection",
                false,
                Some("resources/x.md"),
            ),
            ("[Json](json.md)", "Json", false, Some("resources/json.md")),
            ("Json", "Edm.Untyped", false, None),
            (
                "[x](#x-values)",
                "x",
                false,
                Some("resources/page.md#x-values"),
            ),
            (
                "[microsoft.graph.security.x](enums-security.md#x-values)",
                "microsoft.graph.security.x",
                false,
                Some("resources/enums-security.md#x-values"),
            ),
            (
                "microsoft.graph.security.x collection",
                "microsoft.graph.security.x",
                true,
                None,
            ),
            ("[x][]", "x", false, None),
            ("[x][] collection", "x", true, None),
            ("alertSeverity", "alertSeverity", false, None),
            (
                "[x](..\\resources\\x.md)",
                "x",
                false,
                Some("resources/x.md"),
            ),
        ];
        for (text, name, is_collection, link) in cases {
            let found = read(&cell(text), &Links::new("resources/page.md", None));
            assert_eq!(found.type_ref.name, name, "{text}");
            assert_eq!(found.type_ref.is_collection, is_collection, "{text}");
            assert_eq!(found.type_ref.link.as_deref(), link, "{text}");
            assert_eq!(found.fault, None, "{text}");
        }
    }

    #[test]
    fn faults_are_told() {
        let cases = [
            ("", TypeFault::Empty),
            ("[a](a.md) or [b](b.md)", TypeFault::Alternatives),
            ("String or [b](b.md)", TypeFault::Alternatives),
            ("String or Int32", TypeFault::Alternatives),
            (
                "(boolean or string or number) collection",
                TypeFault::Alternatives,
            ),
            ("** Unknown Type microsoft.x", TypeFault::Unreadable),
        ];
        for (text, fault) in cases {
            let found = read(&cell(text), &Links::new("resources/page.md", None));
            assert_eq!(found.type_ref.name, "Edm.Untyped", "{text}");
            assert_eq!(found.fault, Some(fault), "{text}");
        }
    }

    #[test]
    fn every_primitive_type_is_found_in_any_case() {
        assert!(super::PRIMITIVES.is_sorted_by_key(|(name, _)| *name));
        for (name, csdl) in super::PRIMITIVES {
            assert_eq!(super::primitive(name), Some(*csdl));
            let qualified = format!("Edm.{}", name.to_uppercase());
            assert_eq!(super::primitive(&qualified), Some(*csdl), "{qualified}");
        }
    }
}
