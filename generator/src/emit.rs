//! IR 2 to source text: a file of the crate in, its path and its text out.
//!
//! Nothing is decided here. Every name, type and method is final in [`rust`]; what is
//! left is to spell it, through `quote!` and `prettyplease`, and to import what the spelling names.
//! Text from documents reaches the output as string literals, as documentation lines or as code
//! spans, never as code.

mod client;
mod construction;
mod doc;
mod examples;
mod facts;
mod flat;
mod front;
mod hierarchy;
mod manifest;
mod models;
mod name;
mod open_enum;
mod operation;
mod place;
mod print;
mod readme;
mod scope;
mod start;
mod step;
mod structs;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::rust;

/// Prints a crate: from the path of each file, relative to the crate's folder and with `/` between
/// its parts, to its text.
///
/// # Panics
///
/// When an identifier of the crate is none: `lower` makes them valid before anything gets here.
#[must_use]
pub fn emit(krate: &rust::Crate) -> BTreeMap<String, String> {
    files(krate)
        .into_par_iter()
        .map(|file| (file.path(), file.text(krate)))
        .collect()
}

/// A file to be printed.
enum File<'a> {
    Manifest,
    Readme,
    Rustfmt,
    Lib,
    Models,
    Namespace(&'a rust::Namespace),
    Model(&'a rust::Namespace, &'a rust::ModelFile),
    Client(&'a rust::Client),
    Place(String, &'a rust::ClientModule),
    Start(&'a rust::Start),
    Examples,
    ExampleModule(examples::Module<'a>),
}

impl File<'_> {
    /// Where the file stands.
    fn path(&self) -> String {
        match self {
            File::Manifest => "Cargo.toml".to_owned(),
            File::Readme => "README.md".to_owned(),
            File::Rustfmt => "rustfmt.toml".to_owned(),
            File::Lib => "src/lib.rs".to_owned(),
            File::Models => "src/models.rs".to_owned(),
            File::Namespace(namespace) => {
                format!("src/models/{}.rs", name::file_stem(&namespace.module))
            }
            File::Model(namespace, file) => {
                let folder = name::file_stem(&namespace.module);
                format!("src/models/{folder}/{}.rs", name::file_stem(&file.module))
            }
            File::Client(_) => "src/client.rs".to_owned(),
            File::Place(path, _) => format!("{path}.rs"),
            File::Start(_) => "examples/start.rs".to_owned(),
            File::Examples => "tests/examples/main.rs".to_owned(),
            File::ExampleModule((module, _)) => {
                format!("tests/examples/{}.rs", name::file_stem(module))
            }
        }
    }

    /// What stands in it.
    fn text(&self, krate: &rust::Crate) -> String {
        match self {
            File::Manifest => manifest::text(krate),
            File::Readme => readme::text(krate),
            File::Rustfmt => manifest::rustfmt(),
            File::Lib => front::text(krate),
            File::Models => models::root(&krate.namespaces),
            File::Namespace(namespace) => models::namespace(namespace),
            File::Model(namespace, file) => models::file(namespace, file),
            File::Client(client) => client::text(client),
            File::Place(_, module) => place::text(module),
            File::Start(start) => start::text(krate, start),
            File::Examples => examples::root(&krate.examples),
            File::ExampleModule(module) => examples::text(krate, module),
        }
    }
}

/// The files of the crate.
fn files(krate: &rust::Crate) -> Vec<File<'_>> {
    let mut files = vec![
        File::Manifest,
        File::Readme,
        File::Rustfmt,
        File::Lib,
        File::Models,
    ];
    for namespace in &krate.namespaces {
        files.push(File::Namespace(namespace));
        files.extend(
            namespace
                .files
                .iter()
                .map(|file| File::Model(namespace, file)),
        );
    }
    if let Some(client) = &krate.client {
        files.push(File::Client(client));
        push_places("src/client", &client.modules, &mut files);
    }
    files.extend(krate.start.as_ref().map(File::Start));
    if !krate.examples.is_empty() {
        files.push(File::Examples);
        let modules = examples::modules(&krate.examples);
        files.extend(modules.into_iter().map(File::ExampleModule));
    }
    files
}

/// The files of the places below a folder, a parent before its children.
fn push_places<'a>(folder: &str, modules: &'a [rust::ClientModule], files: &mut Vec<File<'a>>) {
    for module in modules {
        let path = format!("{folder}/{}", name::file_stem(&module.name));
        files.push(File::Place(path.clone(), module));
        push_places(&path, &module.children, files);
    }
}
