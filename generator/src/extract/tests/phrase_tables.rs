//! Tables of phrases, each of which its hints have to lead to.

use crate::extract::prose::{PhraseTable, Prose};
use crate::extract::testing::cell;
use crate::extract::{body, phrases, summary};

const TABLES: &[(&str, PhraseTable)] = &[
    ("a base type", summary::BASES),
    ("an abstract type", summary::ABSTRACT),
    ("an open type", summary::OPEN),
    ("subtypes in a sentence", summary::PARENT_OF),
    ("subtypes in a list", summary::PARENT),
    ("no body", body::NONE),
    ("a body of the subject", body::OF_THE_SUBJECT),
    ("a body of bytes", body::CONTENT),
    ("flags", phrases::FLAGS),
    ("read-only", phrases::READ_ONLY),
    ("not nullable", phrases::NOT_NULLABLE),
    ("a default", phrases::DEFAULTS),
];

#[test]
fn every_phrase_holds_a_hint() {
    for (name, table) in TABLES {
        assert_eq!(table.unhinted(), None, "{name}");
        assert!(
            table.phrases.iter().all(|phrase| table.occurs_in(phrase)),
            "{name}"
        );
    }
}

#[test]
fn the_first_phrase_ends_first() {
    let table = PhraseTable {
        hints: &["kind"],
        phrases: &["a kind of", "kind"],
    };
    let first_end = |text: &str| {
        let cell = cell(text);
        Prose::new(&cell).first_end_in(&(3..text.len()), &table)
    };
    assert_eq!(first_end("it is a kind of thing"), Some(9), "of a part");
    assert_eq!(first_end("it is a thing"), None);
}
