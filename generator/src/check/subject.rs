//! What all lints look things up in: the index, with what its types hold worked out once.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::spelling::{did_you_mean, list, nearest};
use crate::assemble::{is_primitive, local_name};
use crate::resolve::{EffectiveProperty, Index, ROOT_ENTITY};
use crate::schema::{EnumType, StructuredType};
use crate::source::{SourceMap, Span};

/// The index and the pages behind it.
pub(super) struct Subject<'s> {
    pub(super) index: &'s Index<'s>,
    pub(super) sources: &'s SourceMap,
    /// Lower-case qualified name → the name as written, as names differ in case alone in places.
    written: BTreeMap<String, &'s str>,
    /// The same names as written, each with its part behind the last dot, in the same order.
    names: Vec<(&'s str, &'s str)>,
    shapes: BTreeMap<&'s str, Shape<'s>>,
}

/// A type with all that it holds.
#[derive(Debug)]
pub(super) struct Shape<'s> {
    /// Own and inherited properties by name.
    pub(super) properties: BTreeMap<&'s str, EffectiveProperty<'s>>,
    /// Nothing else can be in a value: the pages of the type and of all its bases are at hand, and
    /// none calls the type open.
    pub(super) is_closed: bool,
}

/// What a type's name leads to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Described<'s> {
    /// A structured type. One without pages is named by its base's page only.
    Structured(&'s StructuredType),
    /// An enumeration.
    Enum(&'s EnumType),
}

impl<'s> Subject<'s> {
    pub(super) fn new(index: &'s Index<'s>, sources: &'s SourceMap) -> Self {
        let structured = index.structured_types().map(|t| t.name.as_str());
        let enums = index.schema().enum_types.iter().map(|e| e.name.as_str());
        let types: Vec<&StructuredType> = index.structured_types().collect();
        let shapes = types
            .par_iter()
            .map(|t| (t.name.as_str(), shape(index, &t.name)));
        let names = structured.chain(enums);
        let written: BTreeMap<String, &str> = names.map(|n| (n.to_lowercase(), n)).collect();
        Self {
            index,
            sources,
            names: written.values().map(|name| (short(name), *name)).collect(),
            written,
            shapes: shapes.collect(),
        }
    }

    /// The type of a bound name.
    pub(super) fn described(&self, name: &str) -> Option<Described<'s>> {
        if is_primitive(name) {
            return None;
        }
        let structured = self.index.structured(name).map(Described::Structured);
        structured.or_else(|| self.index.enumeration(name).map(Described::Enum))
    }

    /// The type of a name in whatever case, e.g. that of an `@odata.type` in an example.
    pub(super) fn described_in_any_case(&self, name: &str) -> Option<Described<'s>> {
        self.described(self.written.get(&name.to_lowercase())?)
    }

    /// What to do about a type's name that leads nowhere: the types of the same name in other
    /// namespaces, or the one that is spelt most alike.
    pub(super) fn type_help(&self, name: &str) -> String {
        let local = short(name);
        let names = self.names.iter();
        let same = names.filter(|(known, _)| known.eq_ignore_ascii_case(local));
        let same: Vec<&str> = same.map(|(_, name)| *name).collect();
        if !same.is_empty() {
            return format!(
                "correct the name or its namespace: there is {}",
                list(&same)
            );
        }
        let initial = |name: &str| name.chars().next().map(|c| c.to_ascii_lowercase());
        let names = self.names.iter().map(|(known, _)| *known);
        let alike = names.filter(|known| initial(known) == initial(local));
        nearest(local, alike).map_or_else(
            || "add a page for the type, or correct its name".to_owned(),
            did_you_mean,
        )
    }

    /// What a structured type holds; nothing for a name that leads to none.
    pub(super) fn shape(&self, name: &str) -> Option<&Shape<'s>> {
        self.shapes.get(name)
    }

    /// The property of a type or of a type derived from it, where a value may be of either.
    pub(super) fn property_of_any(
        &self,
        type_name: &str,
        property: &str,
    ) -> Option<EffectiveProperty<'s>> {
        let of = |name: &str| self.shape(name)?.properties.get(property).copied();
        of(type_name).or_else(|| {
            let derived = self.index.descendants(type_name);
            derived.into_iter().find_map(|subtype| of(&subtype.name))
        })
    }

    /// A value of the type or of a type derived from it can hold nothing but documented properties.
    pub(super) fn is_closed(&self, type_name: &str) -> bool {
        let closed = |name: &str| self.shape(name).is_some_and(|shape| shape.is_closed);
        closed(type_name)
            && self
                .index
                .descendants(type_name)
                .iter()
                .all(|subtype| closed(&subtype.name))
    }

    /// The part of a span's line that holds `text`; the span itself when it isn't there.
    pub(super) fn in_line(&self, span: Span, text: &str) -> Span {
        if span.file.0 as usize >= self.sources.len() {
            return span;
        }
        let file = self.sources.get(span.file);
        let start = span.start as usize;
        let line = file
            .text
            .get(start..)
            .unwrap_or("")
            .lines()
            .next()
            .unwrap_or("");
        match line.find(text) {
            Some(at) => Span::new(span.file, start + at, start + at + text.len()),
            None => span,
        }
    }
}

fn shape<'s>(index: &'s Index<'s>, name: &str) -> Shape<'s> {
    let with_name = |p: EffectiveProperty<'s>| (p.declaration.name(), p);
    let properties: BTreeMap<_, _> = index.properties(name).into_iter().map(with_name).collect();
    Shape {
        is_closed: !properties.is_empty() && is_complete(index, name),
        properties,
    }
}

/// Nothing is missing that a value of the type can hold.
fn is_complete(index: &Index<'_>, name: &str) -> bool {
    let own = index.structured(name).into_iter();
    own.chain(index.bases(name)).all(|structured| {
        let base = structured.base_type.as_ref();
        let has_base = base
            .is_none_or(|base| base.name == ROOT_ENTITY || index.structured(&base.name).is_some());
        has_base && !structured.pages.is_empty() && !structured.open_type
    })
}

/// The name of a type as pages write it: `String` for `Edm.String`, `incident` for a qualified one.
pub(super) fn short(name: &str) -> &str {
    local_name(name)
}
