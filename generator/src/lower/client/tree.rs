//! The documented paths into a tree of places.

use std::collections::BTreeMap;

use crate::schema::{CallParameter, Operation, OperationKind, PathTemplate, Segment};

/// A place in the API.
#[derive(Default)]
pub(in crate::lower) struct Place<'i> {
    pub(super) segment: Option<&'i Segment>,
    pub(super) path: String,
    pub(super) children: BTreeMap<Branch, Place<'i>>,
    pub(super) operations: Vec<(&'i Operation, &'i PathTemplate)>,
}

/// What tells the children of a place apart. The service takes segments in any case.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Branch {
    Literal(String),
    ById,
    ByProperties(Vec<String>),
    ByPath,
    Call(String, Vec<String>),
    Cast(String),
    System(String),
}

/// The tree of all documented paths.
pub(in crate::lower) fn tree(operations: &[Operation]) -> Place<'_> {
    let mut root = Place::default();
    for operation in operations {
        for template in &operation.path_templates {
            let mut place = &mut root;
            for segment in &template.segments {
                let colon = match place.segment {
                    Some(Segment::RelativePath { .. }) => ":",
                    Some(_) | None => "",
                };
                let path = format!("{}{colon}{}", place.path, display(segment));
                place = place.children.entry(branch(segment)).or_default();
                place.segment.get_or_insert(segment);
                if place.path.is_empty() {
                    place.path = path;
                }
            }
            if !place
                .operations
                .iter()
                .any(|(known, _)| std::ptr::eq(*known, operation))
            {
                place.operations.push((operation, template));
            }
        }
    }
    root
}

impl Place<'_> {
    /// Whether several functions here have the name of this one, and take other things.
    pub(super) fn is_overloaded(&self, segment: &Segment) -> bool {
        let Branch::Call(name, _) = branch(segment) else {
            return false;
        };
        let without = self.children.contains_key(&Branch::Literal(name.clone()));
        let first = Branch::Call(name.clone(), Vec::new());
        let from_there = self.children.range(first..).map(|(branch, _)| branch);
        let alike = from_there
            .take_while(|branch| matches!(branch, Branch::Call(other, _) if *other == name));
        without || alike.count() > 1
    }
}

fn branch(segment: &Segment) -> Branch {
    let lower =
        |parameters: &[CallParameter]| parameters.iter().map(|p| p.name.to_lowercase()).collect();
    match segment {
        Segment::Literal { name } => Branch::Literal(name.to_lowercase()),
        Segment::Key { .. } => Branch::ById,
        Segment::AlternateKey { keys } => {
            Branch::ByProperties(keys.iter().map(|(name, _)| name.to_lowercase()).collect())
        }
        Segment::RelativePath { .. } => Branch::ByPath,
        // A function that takes nothing may be called without parentheses.
        Segment::Call { name, parameters } if parameters.is_empty() => {
            Branch::Literal(name.to_lowercase())
        }
        Segment::Call { name, parameters } => Branch::Call(name.to_lowercase(), lower(parameters)),
        Segment::Cast { type_name } => Branch::Cast(type_name.to_lowercase()),
        Segment::System { name } => Branch::System(name.to_lowercase()),
    }
}

/// A segment as it stands in a path template.
fn display(segment: &Segment) -> String {
    match segment {
        Segment::Literal { name } | Segment::System { name } => format!("/{name}"),
        Segment::Key { name } => format!("/{{{name}}}"),
        Segment::AlternateKey { keys } => {
            let pairs: Vec<String> = keys.iter().map(|(n, v)| format!("{n}='{{{v}}}'")).collect();
            format!("({})", pairs.join(","))
        }
        Segment::RelativePath { name } => format!(":/{{{name}}}"),
        Segment::Call { name, parameters } => {
            let pairs: Vec<String> = parameters
                .iter()
                .map(|p| format!("{}={{{}}}", p.name, p.placeholder))
                .collect();
            format!("/{name}({})", pairs.join(","))
        }
        Segment::Cast { type_name } => format!("/{type_name}"),
    }
}

impl Place<'_> {
    /// Whether the place is no more than a call of the place before it.
    pub(super) fn is_call(&self) -> bool {
        let verb = |kind| matches!(kind, OperationKind::Action | OperationKind::Function);
        let is_leaf = self.children.is_empty() && !self.operations.is_empty();
        is_leaf
            && match self.segment {
                Some(Segment::Call { .. } | Segment::System { .. }) => true,
                Some(Segment::Literal { .. }) => self
                    .operations
                    .iter()
                    .all(|(operation, _)| verb(operation.kind)),
                Some(
                    Segment::Key { .. }
                    | Segment::AlternateKey { .. }
                    | Segment::RelativePath { .. }
                    | Segment::Cast { .. },
                )
                | None => false,
            }
    }
}
