//! Segments of documented paths into steps of the client.

use crate::lower::names::{self, Scope};
use crate::rust::{FunctionParameter, Literal, Step};
use crate::schema::{CallParameter, Segment};

/// The step that a segment is in a path.
pub(super) fn step(segment: &Segment) -> Step {
    let mut scope = Scope::default();
    match segment {
        Segment::Literal { name } | Segment::System { name } => Step::Segment(name.clone()),
        Segment::Cast { type_name } => Step::Segment(type_name.clone()),
        Segment::Key { .. } => Step::Key("id".to_owned()),
        Segment::AlternateKey { keys } => Step::AlternateKey(
            keys.iter()
                .map(|(name, _)| (name.clone(), scope.claim(&names::snake(name))))
                .collect(),
        ),
        Segment::RelativePath { .. } => Step::RelativePath("path".to_owned()),
        Segment::Call { name, parameters } => Step::Function {
            name: name.clone(),
            parameters: parameters
                .iter()
                .map(|p| FunctionParameter {
                    name: scope.claim(&names::snake(&p.name)),
                    wire_name: p.name.clone(),
                    literal: literal(p),
                })
                .collect(),
        },
    }
}

/// How the value of a parameter is written.
fn literal(parameter: &CallParameter) -> Literal {
    match &parameter.type_name {
        Some(name) => Literal::Member(name.clone()),
        None if parameter.quoted => Literal::Quoted,
        None => Literal::Bare,
    }
}
