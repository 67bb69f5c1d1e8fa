//! What is wrong in examples, each thing told once a page however often it occurs there.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// What makes two faults the same.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Key {
    /// The path of the operation's page.
    pub(super) page: String,
    /// The kind of fault.
    pub(super) code: Code,
    /// The type concerned.
    pub(super) type_name: String,
    /// The property or the value concerned.
    pub(super) subject: String,
}

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    found: BTreeMap<Key, (Diagnostic, Vec<Span>)>,
}

impl Findings {
    /// Adds a fault, or counts it when the page has it already.
    pub(super) fn add(&mut self, key: Key, diagnostic: Diagnostic) {
        self.add_all(key, diagnostic, Vec::new());
    }

    /// Adds faults that were found behind those at hand.
    pub(super) fn append(&mut self, later: Self) {
        for (key, (first, others)) in later.found {
            self.add_all(key, first, others);
        }
    }

    /// Adds a fault with further places of it.
    fn add_all(&mut self, key: Key, diagnostic: Diagnostic, more: Vec<Span>) {
        match self.found.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert((diagnostic, more));
            }
            Entry::Occupied(mut entry) => {
                let (first, others) = entry.get_mut();
                for span in std::iter::once(diagnostic.span).chain(more) {
                    if span != first.span && !others.contains(&span) {
                        others.push(span);
                    }
                }
            }
        }
    }

    /// The faults, each at its first place, with the number of the others.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let told = |(diagnostic, others): (Diagnostic, Vec<Span>)| match others.as_slice() {
            [] => diagnostic,
            [second] => diagnostic.with_related(*second, "and here"),
            [second, more @ ..] => {
                let label = format!("and here, and {} more times on this page", more.len());
                diagnostic.with_related(*second, label)
            }
        };
        self.found.into_values().map(told).collect()
    }
}
