//! Text to what may stand in a URL (RFC 3986): one segment of a path, or one part of a query.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986 §2.3: what keys and query values need.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Names of query options keep the `$` of system options and the `@` of parameter aliases.
const NAME: &AsciiSet = &VALUE.remove(b'$').remove(b'@');

/// Segments written in the documentation keep what OData gives a meaning in paths.
const SEGMENT: &AsciiSet = &VALUE
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// A segment or function argument whose punctuation is meant as such.
pub(super) fn segment(text: &str) -> impl Display + '_ {
    utf8_percent_encode(text, SEGMENT)
}

/// A key or query value, none of whose characters may be taken for syntax.
pub(super) fn value(text: &str) -> impl Display + '_ {
    utf8_percent_encode(text, VALUE)
}

/// The name of a query option.
pub(super) fn name(text: &str) -> impl Display + '_ {
    utf8_percent_encode(text, NAME)
}

/// A string in a key predicate, quotes doubled (OData URL conventions §5.1.1.14.1), then encoded.
pub(super) fn quoted(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    format!("'{}'", value(&doubled))
}
