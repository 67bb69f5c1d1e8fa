//! What calls and navigations are named.

use crate::assemble::local_name;
use crate::lower::names;
use crate::schema::{Operation, OperationKind, Segment};

/// What a call is named at the place that its whole path leads to.
pub(super) fn method_at_place(operation: &Operation) -> String {
    let name = match (operation.kind, operation.method.as_str()) {
        (OperationKind::List, _) => "list",
        (OperationKind::Create, _) => "create",
        (OperationKind::Update, "PUT") => "replace",
        (OperationKind::Update, _) => "update",
        (OperationKind::Delete, _) => "delete",
        (OperationKind::Get, _) => "get",
        (OperationKind::Action | OperationKind::Function | OperationKind::Reference, method) => {
            return names::snake(&method.to_lowercase());
        }
    };
    name.to_owned()
}

/// What a call is named at the place before it.
pub(super) fn method_at_leaf(operation: &Operation, segment: &Segment) -> String {
    let method = operation.method.as_str();
    let name = match segment {
        Segment::System { name } if name == "$count" => "count",
        Segment::System { name } if name == "$ref" => match method {
            "POST" => "add_reference",
            "PUT" => "set_reference",
            "DELETE" => "remove_reference",
            _ => "list_references",
        },
        Segment::System { name } if name == "$value" => match method {
            "GET" => "get_value",
            "DELETE" => "delete_value",
            _ => "put_value",
        },
        Segment::Literal { name } | Segment::Call { name, .. } | Segment::System { name } => {
            return names::snake(local_name(name));
        }
        Segment::Cast { type_name } => return names::snake(local_name(type_name)),
        Segment::Key { .. } | Segment::AlternateKey { .. } | Segment::RelativePath { .. } => "get",
    };
    name.to_owned()
}

/// What tells a function from others of its name: `get_sites_with_period`. One that takes nothing keeps
/// the name, and so does an action.
pub(super) fn overload(usual: &str, segment: &Segment) -> Option<String> {
    let Segment::Call { parameters, .. } = segment else {
        return None;
    };
    let taken: Vec<&str> = parameters.iter().map(|it| it.name.as_str()).collect();
    let usual = usual.strip_prefix("r#").unwrap_or(usual);
    let name = format!("{usual}_with_{}", taken.join("_and_"));
    (!taken.is_empty()).then(|| names::snake(&name))
}

/// What a navigation is named, and what the types of the place it leads to begin with.
pub(super) fn navigation_names(segment: &Segment, stem: &str) -> (String, String) {
    match segment {
        Segment::Literal { name } | Segment::System { name } => {
            (names::snake(name), names::camel(name))
        }
        Segment::Key { .. } => ("by_id".to_owned(), format!("{stem}Item")),
        Segment::AlternateKey { keys } => {
            let keys: Vec<&str> = keys.iter().map(|(name, _)| name.as_str()).collect();
            let by = keys.join("_and_");
            (
                names::snake(&format!("by_{by}")),
                format!("{stem}By{}", names::camel(&by)),
            )
        }
        Segment::RelativePath { .. } => ("by_path".to_owned(), format!("{stem}ByPath")),
        Segment::Call { name, .. } => (
            names::snake(local_name(name)),
            names::camel(local_name(name)),
        ),
        Segment::Cast { type_name } => {
            let local = local_name(type_name);
            (
                names::snake(&format!("as_{local}")),
                format!("{stem}As{}", names::camel(local)),
            )
        }
    }
}
