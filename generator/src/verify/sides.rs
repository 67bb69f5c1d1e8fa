//! Both sides, ready to be asked: what the documents say of a type of the service, and where.

use std::collections::BTreeMap;

use super::codes::Code;
use super::csdl::{self, Service};
use super::kind::TypeKind;
use super::report::{Difference, Place};
use super::scan::{self, Evidence};
use crate::resolve::Index;
use crate::schema::{EnumType, Schema, StructuredType};
use crate::source::{SourceMap, Span};

/// The documents, the metadata, and what a plain scan of the pages finds.
pub(super) struct Sides<'s> {
    pub(super) index: Index<'s>,
    pub(super) sources: &'s SourceMap,
    pub(super) service: &'s Service,
    pub(super) evidence: Evidence,
    /// By the lower case of the name: pages and metadata differ in case in places.
    structured: BTreeMap<String, Documented<'s>>,
    enums: BTreeMap<String, &'s EnumType>,
}

/// A structured type that has a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Documented<'s> {
    /// The type as read.
    pub(super) structured: &'s StructuredType,
    /// Entity or complex, as the documents are understood.
    pub(super) kind: TypeKind,
}

/// A type that both sides have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'s> {
    /// As the service declares it.
    pub(super) service: &'s csdl::Structured,
    /// As its page describes it.
    pub(super) documented: Documented<'s>,
}

impl<'s> Sides<'s> {
    pub(super) fn new(schema: &'s Schema, sources: &'s SourceMap, service: &'s Service) -> Self {
        let of_kind = |types: &'s [StructuredType], kind| {
            let with_page = types.iter().filter(|t| !t.pages.is_empty());
            with_page.map(move |structured| {
                let documented = Documented { structured, kind };
                (structured.name.to_lowercase(), documented)
            })
        };
        let entities = of_kind(&schema.entity_types, TypeKind::Entity);
        let complex = of_kind(&schema.complex_types, TypeKind::Complex);
        let enums = schema.enum_types.iter().map(|e| (e.name.to_lowercase(), e));
        Self {
            index: Index::new(schema),
            sources,
            service,
            evidence: scan::scan(sources),
            structured: entities.chain(complex).collect(),
            enums: enums.collect(),
        }
    }

    /// The structured types that have a page, by name.
    pub(super) fn all_documented(&self) -> impl Iterator<Item = Documented<'s>> {
        self.structured.values().copied()
    }

    /// What the documents say of a structured type.
    pub(super) fn documented(&self, name: &str) -> Option<Documented<'s>> {
        self.structured.get(&name.to_lowercase()).copied()
    }

    /// What the documents say of an enumeration.
    pub(super) fn documented_enum(&self, name: &str) -> Option<&'s EnumType> {
        self.enums.get(&name.to_lowercase()).copied()
    }

    /// The structured types that both sides have, in the order of their names.
    pub(super) fn pairs(&self) -> Vec<Pair<'s>> {
        let service: &'s Service = self.service;
        let pair = |structured: &'s csdl::Structured| {
            let documented = self.documented(&structured.name)?;
            Some(Pair {
                service: structured,
                documented,
            })
        };
        service.types.values().filter_map(pair).collect()
    }

    /// The line where a span begins.
    pub(super) fn place(&self, span: Span) -> Option<Place> {
        ((span.file.0 as usize) < self.sources.len()).then(|| Place {
            page: self.sources.get(span.file).path.clone(),
            line: self.sources.line_column(span).line,
        })
    }

    /// A difference at a span; what each side says is to be added.
    pub(super) fn difference(&self, code: Code, span: Span, subject: &str) -> Difference {
        Difference {
            place: self.place(span),
            ..without_place(code, subject)
        }
    }
}

/// A difference that no page can be named for.
pub(super) fn without_place(code: Code, subject: &str) -> Difference {
    Difference {
        place: None,
        subject: subject.to_owned(),
        member: String::new(),
        code,
        documented: String::new(),
        service: String::new(),
        written: String::new(),
    }
}

impl Difference {
    /// Names the part of the subject that differs.
    pub(super) fn of_member(mut self, member: &str) -> Self {
        member.clone_into(&mut self.member);
        self
    }

    /// Adds what the documents say.
    pub(super) fn documented(mut self, documented: impl ToString) -> Self {
        self.documented = documented.to_string();
        self
    }

    /// Adds what the service says.
    pub(super) fn service(mut self, service: impl ToString) -> Self {
        self.service = service.to_string();
        self
    }
}
