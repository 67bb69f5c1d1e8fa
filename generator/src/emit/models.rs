//! The modules of the models: their root, the namespaces, and the file of each type.

use std::fmt::Write as _;

use super::print::{self, Unit};
use super::scope::Scope;
use super::{doc, hierarchy, name, open_enum, structs};
use crate::rust;

/// `src/models.rs`: a module a namespace.
pub(super) fn root(namespaces: &[rust::Namespace]) -> String {
    let modules = namespaces
        .iter()
        .map(|namespace| print::module("models", "pub mod", &namespace.module));
    let header = ["The documented types, in one module a namespace.".to_owned()];
    print::file(&header, vec![Unit::Text(modules.collect())])
}

/// `src/models/security.rs`: the types of a namespace, each in a private module of its own.
pub(super) fn namespace(namespace: &rust::Namespace) -> String {
    let mut modules = String::new();
    let mut exports = String::new();
    for file in &namespace.files {
        modules += &print::module(&namespace.module, "mod", &file.module);
        let ty = model_name(&file.model);
        let _ = writeln!(exports, "pub use self::{}::{ty};", file.module);
    }
    let fallback = format!(
        "The types of the namespace `{}`.",
        name::plain(&namespace.module)
    );
    let header = doc::header(&namespace.doc, &fallback);
    print::file(&header, vec![Unit::Text(modules), Unit::Text(exports)])
}

/// `src/models/security/incident_task.rs`: one type.
pub(super) fn file(namespace: &str, file: &rust::ModelFile) -> String {
    let type_name = model_name(&file.model);
    let scope = Scope::namespace(namespace, type_name);
    let items = match &file.model {
        rust::Model::Struct(item) => structs::units(item, &scope),
        rust::Model::OpenEnum(item) => open_enum::units(item, &scope),
        rust::Model::Hierarchy(item) => hierarchy::units(item, &scope),
    };
    let mut units = vec![scope.uses()];
    units.extend(items);
    print::file(&[format!("The type `{type_name}`.")], units)
}

fn model_name(model: &rust::Model) -> &str {
    match model {
        rust::Model::Struct(item) => &item.name,
        rust::Model::OpenEnum(item) => &item.name,
        rust::Model::Hierarchy(item) => &item.name,
    }
}
