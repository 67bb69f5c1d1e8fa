//! Types that are asked for → all types that their values hold.

use std::collections::BTreeSet;

use crate::resolve::{AnyProperty, Index};
use crate::schema::{Operation, OperationKind, RequestBody};

/// The types that are needed, while they are being collected.
pub(super) struct Closure<'c, 'i> {
    index: &'c Index<'i>,
    /// What the crate will hold.
    kept: BTreeSet<&'i str>,
    /// The types whose values may turn up; of a base that is kept for its properties, they don't.
    reached: BTreeSet<&'i str>,
    /// Types that are named at this distance and not looked at yet.
    here: Vec<String>,
    /// Types that are named one navigation property further.
    further: Vec<String>,
}

impl<'c, 'i> Closure<'c, 'i> {
    pub(super) fn new(index: &'c Index<'i>) -> Self {
        Self {
            index,
            kept: BTreeSet::new(),
            reached: BTreeSet::new(),
            here: Vec::new(),
            further: Vec::new(),
        }
    }

    /// Takes in a type that is asked for. A primitive type, or one that no page describes, is
    /// nothing to take in.
    pub(super) fn ask(&mut self, name: &str) {
        self.here.push(name.to_owned());
    }

    /// Takes in what a call carries.
    ///
    /// What is created or updated counts as well, because bodies are made after its page. The
    /// resource of any other call is only where the call stands.
    pub(super) fn ask_for_operation(&mut self, operation: &Operation) {
        let changes = matches!(
            operation.kind,
            OperationKind::Create | OperationKind::Update
        );
        let resource = operation.resource.iter().filter(|_| changes);
        let answers = operation.responses.iter();
        let answers = answers.flat_map(|r| r.type_ref.iter().chain(&r.monitor));
        let parameters = operation.parameters.iter().map(|p| &p.type_ref);
        for type_ref in resource.chain(answers).chain(parameters) {
            self.ask(&type_ref.name);
        }
        match &operation.request_body {
            RequestBody::Properties {
                type_ref,
                properties,
            } => {
                let rows = properties.iter().map(|p| &p.type_ref);
                type_ref.iter().chain(rows).for_each(|t| self.ask(&t.name));
            }
            RequestBody::Type { type_ref } => self.ask(&type_ref.name),
            RequestBody::None | RequestBody::Content { .. } | RequestBody::Undocumented => {}
        }
        let enums = operation.restrictions.iter().flat_map(|r| &r.enum_type);
        enums.for_each(|name| self.ask(name));
    }

    /// The names of all that is needed, with so many navigation properties one after the other.
    ///
    /// The types at one distance are all known before those of the next, so each is reached by the
    /// fewest steps.
    pub(super) fn follow(mut self, navigation: usize) -> BTreeSet<&'i str> {
        let mut steps = 0;
        loop {
            while let Some(name) = self.here.pop() {
                self.reach(&name);
            }
            if steps == navigation || self.further.is_empty() {
                return self.kept;
            }
            steps += 1;
            self.here.append(&mut self.further);
        }
    }

    fn reach(&mut self, name: &str) {
        if let Some(enumeration) = self.index.enumeration(name) {
            self.kept.insert(&enumeration.name);
        }
        let Some(structured) = self.index.structured(name) else {
            return;
        };
        if !self.reached.insert(&structured.name) {
            return;
        }
        self.kept.insert(&structured.name);
        let bases = self.index.bases(name);
        self.kept
            .extend(bases.iter().map(|base| base.name.as_str()));
        for property in self.index.properties(name) {
            let target = property.declaration.type_ref().name.clone();
            match property.declaration {
                AnyProperty::Structural(_) => self.here.push(target),
                AnyProperty::Navigation(_) => self.further.push(target),
            }
        }
        if self.index.is_polymorphic(name) {
            let below = self.index.subtypes(name).iter();
            self.here.extend(below.map(|subtype| subtype.name.clone()));
        }
    }
}
