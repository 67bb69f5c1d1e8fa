//! The description of a property into what its phrases say: read-only, required, default, ….

use std::ops::Range;

use crate::page::{Inline, Piece, PieceKind};
use crate::schema::{RestrictionKind, TypeRef, ValueRestriction};
use crate::source::Span;

use super::prose::{self, PhraseTable, Prose};
use super::site::Links;
use super::values::{self, ValueList};

/// What a description says.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    /// "Read-only."
    pub(super) read_only: bool,
    /// "Required."
    pub(super) required: bool,
    /// "Optional."
    pub(super) optional: bool,
    /// "Nullable.", "Not nullable."
    pub(super) nullable: Option<bool>,
    /// "The default value is `x`."
    pub(super) default: Option<String>,
    /// The sentence that calls the property deprecated, as plain text.
    pub(super) deprecated: Option<String>,
    /// The values of "The possible values are: …".
    pub(super) allowed_values: Vec<String>,
    /// Where each of them stands.
    pub(super) allowed_value_spans: Vec<Span>,
    /// "A flagged enumeration", "multi-valued".
    pub(super) is_flags: bool,
    /// Lists of values that are, or are not, supported.
    pub(super) restrictions: Vec<ValueRestriction>,
    /// The type of the last "Inherited from [X]".
    pub(super) inherited_from: Option<TypeRef>,
    /// The whole description less "Inherited from [X].", as markdown.
    pub(super) doc: String,
}

/// Ways to say that a value may hold several members of an enumeration, in lower case.
pub(super) const FLAGS: PhraseTable = PhraseTable {
    hints: &["flag", "multi", "can be combined", "bit"],
    phrases: &[
        "flagged enum",
        "flagged property",
        "flags enum",
        "multi-valued enum",
        "multivalued enum",
        "multi-value enum",
        "multi-valued flag",
        "can be combined",
        "bitmask",
        "bitwise",
        "bit field",
    ],
};

/// Ways to say that a property can't be written. "read-only" alone could be about anything.
pub(super) const READ_ONLY: PhraseTable = PhraseTable {
    hints: &["only"],
    phrases: &[
        "property is read-only",
        "property is read only",
        "property is readonly",
        "value is read-only",
        "field is read-only",
        "this is read-only",
        "it is read-only",
        "it's read-only",
        "(read-only)",
        "(read only)",
        "(readonly)",
        "and is read-only",
        "and read-only",
        "is a read-only property",
        "are read-only.",
    ],
};

/// Ways to begin a sentence, or a part of one, that says the same.
const READ_ONLY_STARTS: &[&str] = &["read-only", "read only", "readonly"];

pub(super) const NOT_NULLABLE: PhraseTable = PhraseTable {
    hints: &["null"],
    phrases: &[
        "not nullable",
        "non-nullable",
        "non nullable",
        "not be null",
        "cannot be null",
        "can't be null",
        "can not be null",
    ],
};

pub(super) const DEFAULTS: PhraseTable = PhraseTable {
    hints: &["default"],
    phrases: &[
        "default value is",
        "default value:",
        "default is",
        "default:",
        "defaults to",
        "default value for this property is",
        "default setting is",
        "default value of",
    ],
};

const DEPRECATED: &[&str] = &[
    "is deprecated",
    "been deprecated",
    "being deprecated",
    "be deprecated",
    "now deprecated",
    "note: deprecated",
];

/// Words that make such a sentence one about other things.
const NOT_DEPRECATED: &[&str] = &["whether", "or not", "true if", "if the "];

/// What tells that a list holds values that work, or values that don't.
const RESTRICTIONS: &[(&str, RestrictionKind)] = &[
    ("not supported", RestrictionKind::Unsupported),
    ("n't supported", RestrictionKind::Unsupported),
    ("unsupported", RestrictionKind::Unsupported),
    ("not allowed", RestrictionKind::Unsupported),
    ("n't allowed", RestrictionKind::Unsupported),
    ("can't be used", RestrictionKind::Unsupported),
    ("cannot be used", RestrictionKind::Unsupported),
    ("does not support", RestrictionKind::Unsupported),
    ("doesn't support", RestrictionKind::Unsupported),
    ("supports only", RestrictionKind::Supported),
    ("only supports", RestrictionKind::Supported),
    ("only these", RestrictionKind::Supported),
    ("only the following", RestrictionKind::Supported),
    ("are supported", RestrictionKind::Supported),
];

/// What such a list is a list of.
const RESTRICTED: &[&str] = &["type", "value", "action", "member", "option"];

/// Reads a description. Most say little: each reader first looks for the one word that all its
/// phrases share, since there are tens of thousands of descriptions and a hundred phrases.
pub(super) fn read(cell: &Inline<'_>, links: &Links<'_>) -> Phrases {
    let prose = Prose::new(cell);
    let sentences = prose.sentences();
    let list = values::possible_values(&prose);
    let inherited = inherited(&prose, links);
    Phrases {
        read_only: is_read_only(&prose, &sentences),
        required: has_sentence(&prose, &sentences, "required"),
        optional: has_sentence(&prose, &sentences, "optional"),
        nullable: nullable(&prose, &sentences),
        default: default(&prose),
        deprecated: deprecated(&prose, &sentences),
        restrictions: restrictions(&prose, &sentences, &list),
        allowed_value_spans: list.values.iter().map(|value| value.span).collect(),
        allowed_values: list.values.into_iter().map(|value| value.name).collect(),
        is_flags: prose.says_any(&FLAGS),
        doc: match inherited.parts.as_slice() {
            [] => prose::markdown(cell, links),
            parts => prose::markdown(&prose.without(parts), links),
        },
        inherited_from: inherited.base,
    }
}

/// The kind of a restriction that a sentence announces, in lower case.
pub(super) fn restriction_kind(lower: &str) -> Option<RestrictionKind> {
    if !RESTRICTED.iter().any(|noun| lower.contains(noun)) {
        return None;
    }
    let found = RESTRICTIONS
        .iter()
        .find(|(phrase, _)| lower.contains(phrase));
    found.map(|(_, kind)| *kind)
}

/// The clause that limits a restriction: `When creating a task` of `When creating a task, …`.
pub(super) fn restriction_context(sentence: &str) -> String {
    let sentence = sentence.trim();
    let first = sentence
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let limits = matches!(
        first.as_str(),
        "when" | "if" | "for" | "on" | "in" | "during" | "while" | "with"
    );
    let clause = sentence.split_once(',').filter(|_| limits);
    clause.map_or_else(String::new, |(clause, _)| clause.trim().to_owned())
}

fn is_read_only(prose: &Prose<'_, '_>, sentences: &[Range<usize>]) -> bool {
    if !prose.says(&["only"]) {
        return false;
    }
    let mut sentences = sentences.iter();
    sentences.any(|place| part_starts(&prose.lower[place.clone()], READ_ONLY_STARTS))
        || prose.says_any(&READ_ONLY) && !prose.says(&["not read-only"])
}

/// Whether a sentence, or a part of it behind `,` or `;`, begins with one of some words.
fn part_starts(sentence: &str, starts: &[&str]) -> bool {
    let mut parts = sentence.split([',', ';']).map(trim_signs);
    parts.any(|part| starts.iter().any(|start| part.starts_with(start)))
}

/// Whether a word is a sentence of its own, or a part of one: "Required.", "Read-only, required",
/// "(Required)". "Required when …" is none.
fn has_sentence(prose: &Prose<'_, '_>, sentences: &[Range<usize>], word: &str) -> bool {
    if !prose.says(&[word]) {
        return false;
    }
    let alone = |sentence: &Range<usize>| {
        prose.lower[sentence.clone()]
            .split([',', ';', ':'])
            .any(|part| trim_signs(part) == word)
    };
    let parenthesised = prose.lower.contains(&format!("({word})"));
    let called = prose.lower.contains(&format!("property is {word}."));
    parenthesised || called || sentences.iter().any(alone)
}

fn trim_signs(text: &str) -> &str {
    let is_sign = |sign| matches!(sign, '.' | '(' | ')' | '[' | ']' | '*' | '!' | '-');
    text.trim_matches(|sign: char| is_sign(sign) || sign.is_whitespace())
}

fn nullable(prose: &Prose<'_, '_>, sentences: &[Range<usize>]) -> Option<bool> {
    if !prose.says(&["null"]) {
        return None;
    }
    if prose.says_any(&NOT_NULLABLE) {
        return Some(false);
    }
    has_sentence(prose, sentences, "nullable").then_some(true)
}

fn default(prose: &Prose<'_, '_>) -> Option<String> {
    let from = prose.first_end_in(&(0..prose.lower.len()), &DEFAULTS)?;
    let rest = prose.text.get(from..)?;
    let lead = rest.len() - rest.trim_start_matches([' ', ':', '\n']).len();
    let (place, piece) = prose.pieces_from(from + lead).next()?;
    if is_marked(piece) && place.start <= from + lead {
        return Some(unquoted(&piece.text)).filter(|value| !value.is_empty());
    }
    plain_default(&rest[lead..])
}

fn is_marked(piece: &Piece<'_>) -> bool {
    matches!(
        piece.kind,
        PieceKind::Code | PieceKind::Strong | PieceKind::Emphasis
    )
}

/// A default value that nothing marks: quoted, a number, `true`, `false`, `null` or a single word
/// that ends the sentence.
fn plain_default(rest: &str) -> Option<String> {
    for quote in ['"', '\''] {
        if let Some((value, _)) = rest
            .strip_prefix(quote)
            .and_then(|rest| rest.split_once(quote))
        {
            return Some(value.to_owned());
        }
    }
    let end = rest
        .find(|sign: char| sign.is_whitespace() || ",;()".contains(sign))
        .unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches('.');
    let ends_sentence = rest[..end].ends_with('.') || rest[end..].trim().is_empty();
    let literal = word.parse::<f64>().is_ok()
        || matches!(
            word.to_ascii_lowercase().as_str(),
            "true" | "false" | "null"
        );
    let name = prose::is_identifier(word) && ends_sentence;
    (literal || name).then(|| word.to_owned())
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '\'']).to_owned()
}

fn deprecated(prose: &Prose<'_, '_>, sentences: &[Range<usize>]) -> Option<String> {
    if !prose.says(&["deprecated"]) {
        return None;
    }
    let sentence = sentences
        .iter()
        .find(|sentence| says_deprecated(&prose.lower[(*sentence).clone()]))?;
    Some(prose.text[sentence.clone()].trim().to_owned())
}

fn says_deprecated(lower: &str) -> bool {
    let starts = lower
        .split(" - ")
        .any(|part| trim_signs(part).starts_with("deprecated"));
    let says = DEPRECATED.iter().any(|phrase| lower.contains(phrase));
    starts || says && !NOT_DEPRECATED.iter().any(|phrase| lower.contains(phrase))
}

fn restrictions(
    prose: &Prose<'_, '_>,
    sentences: &[Range<usize>],
    list: &ValueList,
) -> Vec<ValueRestriction> {
    let apart = |sentence: &&Range<usize>| {
        sentence.end <= list.range.start || sentence.start >= list.range.end
    };
    sentences
        .iter()
        .filter(apart)
        .filter_map(|sentence| restriction(prose, sentence))
        .collect()
}

fn restriction(prose: &Prose<'_, '_>, sentence: &Range<usize>) -> Option<ValueRestriction> {
    let lower = &prose.lower[sentence.clone()];
    let colon = memchr::memchr(b':', lower.as_bytes())?;
    let kind = restriction_kind(&lower[..colon])?;
    let list = values::read_list(prose, sentence.start + colon + 1);
    if list.values.is_empty() || list.range.start >= sentence.end {
        return None;
    }
    Some(ValueRestriction {
        kind,
        context: restriction_context(&prose.text[sentence.clone()]),
        values: list.values.into_iter().map(|value| value.name).collect(),
        enum_type: None,
        property: None,
        span: prose.span(&list.range),
    })
}

/// What the type stands behind that a property comes from.
const INHERITED: &str = "inherited from ";

/// Where "Inherited from [X]" stands, and the last X.
#[derive(Debug, Default)]
struct Inherited {
    parts: Vec<Range<usize>>,
    base: Option<TypeRef>,
}

fn inherited(prose: &Prose<'_, '_>, links: &Links<'_>) -> Inherited {
    let mut found = Inherited::default();
    for at in prose.places_of(INHERITED) {
        let from = at + INHERITED.len();
        let Some((end, base)) = base_at(prose, from, links) else {
            continue;
        };
        found.parts.push(at..sentence_end(&prose.text, end));
        found.base = Some(base);
    }
    found
}

/// The type right behind "inherited from": a link, a marked name, or a bare one.
fn base_at(prose: &Prose<'_, '_>, from: usize, links: &Links<'_>) -> Option<(usize, TypeRef)> {
    let lead = prose.text[from..].len() - prose.text[from..].trim_start_matches("the ").len();
    let (place, piece) = prose.pieces_from(from + lead).next()?;
    if place.start >= from {
        return Some((place.end, links.type_ref(piece, false)));
    }
    let rest = &prose.text[from..place.end];
    let end = rest
        .find(|sign: char| sign.is_whitespace() || ",;()".contains(sign))
        .unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches('.');
    let range = from..from + name.len();
    let base = TypeRef {
        name: name.to_owned(),
        span: prose.span(&range),
        ..TypeRef::default()
    };
    prose::is_type_name(name).then_some((range.end, base))
}

fn sentence_end(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    end + rest.len() - rest.strip_prefix('.').unwrap_or(rest).len()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::extract::site::Links;
    use crate::extract::testing::cell;
    use crate::schema::RestrictionKind;

    fn phrases(text: &str) -> super::Phrases {
        read(&cell(text), &Links::new("resources/page.md", None))
    }

    #[test]
    fn markers_are_read() {
        let cases = [
            ("Name of the entity. Read-only.", "r"),
            ("Read only. Timestamp.", "r"),
            ("Readonly", "r"),
            ("The IMEI. This property is read-only.", "r"),
            ("Read-only, Nullable", "rn"),
            ("Whether the calendar is read-only for others.", ""),
            ("Required. The incident.", "q"),
            ("The name (required).", "q"),
            ("Required when **type** is `x`.", ""),
            ("Optional.", "o"),
            ("Not nullable. Required.", "qN"),
            ("Can't be null.", "N"),
            ("The day. Nullable.", "n"),
        ];
        for (text, expected) in cases {
            let found = phrases(text);
            let marks = [
                (found.read_only, 'r'),
                (found.required, 'q'),
                (found.optional, 'o'),
                (found.nullable == Some(true), 'n'),
                (found.nullable == Some(false), 'N'),
            ];
            let found: String = marks
                .iter()
                .filter(|(set, _)| *set)
                .map(|(_, mark)| mark)
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn defaults_are_read() {
        let cases = [
            ("Default is `a`.", Some("a")),
            ("The default value is `true`. More.", Some("true")),
            ("Default value: 500.", Some("500")),
            ("The default value is false, always.", Some("false")),
            ("Default is \"x y\".", Some("x y")),
            ("The default is the name of the user.", None),
            ("Defaults to **none**.", Some("none")),
        ];
        for (text, expected) in cases {
            assert_eq!(phrases(text).default.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn deprecation_keeps_its_sentence() {
        let cases = [
            ("(deprecated) The kind.", Some("(deprecated) The kind.")),
            (
                "The kind. This property is deprecated, use x.",
                Some("This property is deprecated, use x."),
            ),
            ("Allowed - Deprecated", Some("Allowed - Deprecated")),
            ("\\[deprecated\\] Use x.", Some("[deprecated] Use x.")),
            ("Counts the deprecated models.", None),
            ("Whether the template is deprecated.", None),
        ];
        for (text, expected) in cases {
            assert_eq!(phrases(text).deprecated.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn flags_are_told_and_values_placed() {
        let found = phrases("A flagged enumeration. Possible values are: `a`, `bc`.");
        assert!(found.is_flags);
        let lengths = found.allowed_value_spans.iter();
        let lengths: Vec<u32> = lengths.map(|span| span.end - span.start).collect();
        assert_eq!(lengths, [3, 4], "the backticks are part of it");
        assert!(!phrases("Flags the message. Possible values are: `a`, `b`.").is_flags);
    }

    #[test]
    fn inheritance_is_taken_out_of_the_doc() {
        let found = phrases("The id. Inherited from [a](a.md). Inherited from [b](b.md). More.");
        assert_eq!(found.doc, "The id. More.");
        let base = found.inherited_from.expect("a base");
        assert_eq!(
            (base.name.as_str(), base.link.as_deref()),
            ("b", Some("resources/b.md"))
        );
        assert_eq!(phrases("The id. Inherited from entity").doc, "The id.");
    }

    #[test]
    fn restrictions_are_no_lists_of_all_values() {
        let text = "When creating a task, these types are not supported: `a`, `b`. Possible values: `a`, `b`, `c`.";
        let found = phrases(text);
        let [restriction] = found.restrictions.as_slice() else {
            panic!("{:?}", found.restrictions)
        };
        assert_eq!(restriction.kind, RestrictionKind::Unsupported);
        assert_eq!(restriction.context, "When creating a task");
        assert_eq!(restriction.values, ["a", "b"]);
        assert_eq!(found.allowed_values, ["a", "b", "c"]);
    }
}
