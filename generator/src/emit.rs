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
/// As [`File::text`].
#[must_use]
pub fn emit(krate: &rust::Crate) -> BTreeMap<String, String> {
    files(krate)
        .into_par_iter()
        .map(|file| {
            let text = file.text();
            (file.path, text)
        })
        .collect()
}

/// A file to be printed. It holds all that its text follows from, so that two files with the same hash
/// have the same text.
#[derive(Debug, Hash)]
pub struct File<'a> {
    /// Where the file stands, relative to the crate's folder and with `/` between its parts.
    pub path: String,
    source: Source<'a>,
}

/// What a text follows from.
#[derive(Debug, Hash)]
enum Source<'a> {
    /// The text of a file that says little of much, and is soon printed.
    Text(String),
    /// The type of a namespace.
    Model(&'a str, &'a rust::ModelFile),
    Place(&'a rust::ClientModule),
    Examples(examples::Module<'a>),
}

impl File<'_> {
    /// What stands in the file.
    ///
    /// # Panics
    ///
    /// When an identifier of the crate is none: `lower` makes them valid before anything gets here.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.source {
            Source::Text(text) => text.clone(),
            Source::Model(namespace, file) => models::file(namespace, file),
            Source::Place(module) => place::text(module),
            Source::Examples(module) => examples::text(module),
        }
    }
}

/// The files of a crate.
#[must_use]
pub fn files(krate: &rust::Crate) -> Vec<File<'_>> {
    let mut files = Files::default();
    files.short("Cargo.toml", manifest::text(krate));
    files.short("README.md", readme::text(krate));
    files.short("rustfmt.toml", manifest::rustfmt());
    files.short("src/lib.rs", front::text(krate));
    files.models(&krate.namespaces);
    if let Some(client) = &krate.client {
        files.short("src/client.rs", client::text(client));
        files.places("src/client", &client.modules);
    }
    if let Some(start) = &krate.start {
        files.short("examples/start.rs", start::text(krate, start));
    }
    if !krate.examples.is_empty() {
        files.examples(krate);
    }
    files.0
}

/// The files so far.
#[derive(Default)]
struct Files<'a>(Vec<File<'a>>);

impl<'a> Files<'a> {
    fn push(&mut self, path: String, source: Source<'a>) {
        self.0.push(File { path, source });
    }

    fn short(&mut self, path: &str, text: String) {
        self.push(path.to_owned(), Source::Text(text));
    }

    fn models(&mut self, namespaces: &'a [rust::Namespace]) {
        self.short("src/models.rs", models::root(namespaces));
        for namespace in namespaces {
            let folder = format!("src/models/{}", name::file_stem(&namespace.module));
            self.short(&format!("{folder}.rs"), models::namespace(namespace));
            for file in &namespace.files {
                let path = format!("{folder}/{}.rs", name::file_stem(&file.module));
                self.push(path, Source::Model(&namespace.module, file));
            }
        }
    }

    /// The places below a folder, a parent before its children.
    fn places(&mut self, folder: &str, modules: &'a [rust::ClientModule]) {
        for module in modules {
            let path = format!("{folder}/{}", name::file_stem(&module.name));
            self.push(format!("{path}.rs"), Source::Place(module));
            self.places(&path, &module.children);
        }
    }

    fn examples(&mut self, krate: &'a rust::Crate) {
        let modules = examples::modules(krate);
        self.short("tests/examples/main.rs", examples::root(&modules));
        for module in modules {
            let path = format!("tests/examples/{}.rs", name::file_stem(module.name));
            self.push(path, Source::Examples(module));
        }
    }
}
