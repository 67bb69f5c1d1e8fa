//! Types to their spelling in one file, and the `use` declarations that the spelling needs.
//!
//! A name is imported unless something else in the file is called so; then its full path is
//! spelled. Documents are free to call a type `Json` or `Option`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::print::Unit;
use crate::rust;

/// Types of the standard prelude that generated code names.
const PRELUDE: [(&str, &str); 4] = [
    ("Box", "std::boxed::Box"),
    ("Option", "std::option::Option"),
    ("String", "std::string::String"),
    ("Vec", "std::vec::Vec"),
];

/// Traits of the standard prelude whose methods generated code calls: a type of that name must not
/// be imported over them.
const PRELUDE_TRAITS: [&str; 8] = [
    "AsRef",
    "Clone",
    "Default",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "ToString",
];

/// The names below `graph_runtime::model` that generated code may import.
const MODEL_NAMES: [&str; 14] = [
    "AdditionalProperties",
    "Binary",
    "Collection",
    "Date",
    "DateTimeOffset",
    "Decimal",
    "Duration",
    "Flags",
    "Guid",
    "Json",
    "Patch",
    "Reference",
    "TimeOfDay",
    "base_property",
];

/// What a file can see.
pub(super) struct Scope<'a> {
    place: Place<'a>,
    declared: BTreeSet<String>,
    used: RefCell<Used>,
}

/// Where a file stands.
enum Place<'a> {
    /// In a namespace of the models.
    Namespace(&'a str),
    /// In the client; whether a module of its own is called `models`.
    Client { models_taken: bool },
    /// In a test of the crate, which has this name.
    Test(String),
}

/// What the spelling of a file has named so far.
#[derive(Default)]
struct Used {
    siblings: BTreeSet<String>,
    namespaces: BTreeSet<String>,
    models: bool,
    runtime: BTreeSet<&'static str>,
    runtime_model: BTreeSet<&'static str>,
}

impl<'a> Scope<'a> {
    /// The scope of a file in a namespace of the models that declares one type.
    pub(super) fn namespace(namespace: &'a str, declared: &str) -> Self {
        Self::new(Place::Namespace(namespace), [declared.to_owned()].into())
    }

    /// The scope of a file in the client: the types it declares, and its modules.
    pub(super) fn client(declared: BTreeSet<String>, modules: &[rust::ClientModule]) -> Self {
        let models_taken = modules.iter().any(|module| module.name == "models");
        Self::new(Place::Client { models_taken }, declared)
    }

    /// The scope of a test of the crate.
    pub(super) fn test(krate: String) -> Self {
        Self::new(Place::Test(krate), BTreeSet::new())
    }

    fn new(place: Place<'a>, declared: BTreeSet<String>) -> Self {
        Self {
            place,
            declared,
            used: RefCell::default(),
        }
    }

    /// The `use` declarations for everything that was spelled, in the order `rustfmt` gives them.
    pub(super) fn uses(&self) -> Unit {
        let used = self.used.borrow();
        let texts = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>();
        let words = |names: &BTreeSet<&'static str>| {
            names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()
        };
        let mut text = use_declaration("super", &texts(&used.siblings));
        if used.models {
            text += "use crate::models;\n";
        }
        text += &use_declaration("crate::models", &texts(&used.namespaces));
        text += &use_declaration("graph_runtime::model", &words(&used.runtime_model));
        text += &use_declaration("graph_runtime", &words(&used.runtime));
        Unit::Text(text)
    }

    /// A type.
    pub(super) fn ty(&self, ty: &rust::Type) -> TokenStream {
        match ty {
            rust::Type::Primitive(primitive) => self.primitive(*primitive),
            rust::Type::Model(path) => self.model(path),
            rust::Type::Boxed(inner) => self.wrapped(self.prelude("Box"), inner),
            rust::Type::Vec(inner) => self.wrapped(self.prelude("Vec"), inner),
            rust::Type::Collection(inner) => self.wrapped(self.runtime_model("Collection"), inner),
            rust::Type::Flags(path) => {
                let flags = self.runtime_model("Flags");
                let member = self.model(path);
                quote!(#flags<#member>)
            }
        }
    }

    /// A type of the generated models.
    pub(super) fn model(&self, path: &rust::TypePath) -> TokenStream {
        parse(&self.model_text(path))
    }

    /// A type of the generated models as text.
    pub(super) fn model_text(&self, path: &rust::TypePath) -> String {
        let rust::TypePath { namespace, name } = path;
        let mut used = self.used.borrow_mut();
        match &self.place {
            Place::Namespace(own) if own == namespace => {
                if self.declared.contains(name) {
                    return name.clone();
                }
                if is_spoken_for(name) {
                    return format!("super::{name}");
                }
                used.siblings.insert(name.clone());
                name.clone()
            }
            Place::Namespace(_) => {
                used.namespaces.insert(namespace.clone());
                format!("{namespace}::{name}")
            }
            Place::Client { models_taken: true } => format!("crate::models::{namespace}::{name}"),
            Place::Client {
                models_taken: false,
            } => {
                used.models = true;
                format!("models::{namespace}::{name}")
            }
            Place::Test(krate) => format!("{krate}::models::{namespace}::{name}"),
        }
    }

    /// A type of the standard prelude, one of [`PRELUDE`].
    pub(super) fn prelude(&self, name: &'static str) -> TokenStream {
        let full = PRELUDE.iter().find(|(short, _)| *short == name);
        match full {
            Some((_, full)) if self.declared.contains(name) => parse(&format!("::{full}")),
            Some(_) | None => parse(name),
        }
    }

    /// A name of `graph_runtime::model`, one of [`MODEL_NAMES`].
    pub(super) fn runtime_model(&self, name: &'static str) -> TokenStream {
        let taken = match self.place {
            Place::Namespace(_) => false,
            // The root of the runtime has a `Json` too, which is what the client means by it.
            Place::Client { .. } => name == "Json",
            Place::Test(_) => true,
        };
        if taken || self.declared.contains(name) {
            return parse(&format!("graph_runtime::model::{name}"));
        }
        self.used.borrow_mut().runtime_model.insert(name);
        parse(name)
    }

    /// A name of the root of `graph_runtime`, or the path of one below it.
    pub(super) fn runtime(&self, name: &'static str) -> TokenStream {
        if self.declared.contains(name) {
            return parse(&format!("graph_runtime::{name}"));
        }
        self.used.borrow_mut().runtime.insert(name);
        parse(name)
    }

    fn wrapped(&self, outer: TokenStream, inner: &rust::Type) -> TokenStream {
        let inner = self.ty(inner);
        quote!(#outer<#inner>)
    }

    fn primitive(&self, primitive: rust::Primitive) -> TokenStream {
        match primitive {
            rust::Primitive::String => self.prelude("String"),
            rust::Primitive::Boolean => quote!(bool),
            rust::Primitive::Byte => quote!(u8),
            rust::Primitive::SByte => quote!(i8),
            rust::Primitive::Int16 => quote!(i16),
            rust::Primitive::Int32 => quote!(i32),
            rust::Primitive::Int64 => quote!(i64),
            rust::Primitive::Single => quote!(f32),
            rust::Primitive::Double => quote!(f64),
            rust::Primitive::Decimal => self.runtime_model("Decimal"),
            rust::Primitive::Guid => self.runtime_model("Guid"),
            rust::Primitive::DateTimeOffset => self.runtime_model("DateTimeOffset"),
            rust::Primitive::Date => self.runtime_model("Date"),
            rust::Primitive::TimeOfDay => self.runtime_model("TimeOfDay"),
            rust::Primitive::Duration => self.runtime_model("Duration"),
            rust::Primitive::Binary => self.runtime_model("Binary"),
            rust::Primitive::Json => self.runtime_model("Json"),
        }
    }
}

/// Whether importing a type of that name would hide something that generated code means by it.
fn is_spoken_for(name: &str) -> bool {
    MODEL_NAMES.contains(&name)
        || PRELUDE_TRAITS.contains(&name)
        || PRELUDE.iter().any(|(short, _)| *short == name)
}

/// `use path::{names};`, or nothing when there are no names: as many names a line as fit.
fn use_declaration(path: &str, names: &[String]) -> String {
    const WIDTH: usize = 89;
    match names {
        [] => return String::new(),
        [name] => return format!("use {path}::{name};\n"),
        [..] => {}
    }
    let line = format!("use {path}::{{{}}};\n", names.join(", "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    let mut text = format!("use {path}::{{");
    let mut column = WIDTH;
    let last = names.len() - 1;
    for (number, name) in names.iter().enumerate() {
        // The comma behind the last name may stick out.
        let comma = usize::from(number < last);
        let fits = column + 1 + name.len() + comma <= WIDTH;
        text.push_str(if fits { " " } else { "\n    " });
        column = if fits { column + 1 } else { 4 } + name.len() + 1;
        text.push_str(name);
        text.push(',');
    }
    text + "\n};\n"
}

/// The tokens of a path.
///
/// # Panics
///
/// When it is none.
fn parse(path: &str) -> TokenStream {
    match path.parse() {
        Ok(tokens) => tokens,
        Err(error) => panic!("`{path}` is no path: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(scope: &Scope<'_>) -> String {
        match scope.uses() {
            Unit::Text(text) => text.trim_end().to_owned(),
            _ => panic!("declarations are text"),
        }
    }

    fn path(namespace: &str, name: &str) -> rust::TypePath {
        rust::TypePath {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn tests_name_types_in_full() {
        let scope = Scope::test("graph_sample".to_owned());
        let page = rust::Type::Collection(Box::new(rust::Type::Primitive(rust::Primitive::Json)));
        let expected = "graph_runtime::model::Collection<graph_runtime::model::Json>";
        assert_eq!(scope.ty(&page).to_string().replace(' ', ""), expected);
    }

    #[test]
    fn types_are_spelled_as_the_file_sees_them() {
        let json = rust::Type::Primitive(rust::Primitive::Json);
        let text = rust::Type::Primitive(rust::Primitive::String);
        for (declared, ty, spelled, uses) in [
            (
                "Task",
                rust::Type::Model(path("security", "Task")),
                "Task",
                "",
            ),
            (
                "Task",
                rust::Type::Model(path("security", "Incident")),
                "Incident",
                "use super::Incident;",
            ),
            (
                "Task",
                rust::Type::Model(path("security", "Json")),
                "super :: Json",
                "",
            ),
            (
                "Task",
                rust::Type::Model(path("security", "Default")),
                "super :: Default",
                "",
            ),
            (
                "Task",
                rust::Type::Model(path("graph", "Task")),
                "graph :: Task",
                "use crate::models::graph;",
            ),
            (
                "Task",
                json.clone(),
                "Json",
                "use graph_runtime::model::Json;",
            ),
            ("Json", json, "graph_runtime :: model :: Json", ""),
            (
                "String",
                rust::Type::Vec(Box::new(text)),
                "Vec < :: std :: string :: String >",
                "",
            ),
        ] {
            let scope = Scope::namespace("security", declared);
            assert_eq!(scope.ty(&ty).to_string(), spelled);
            assert_eq!(printed(&scope), uses, "{spelled}");
        }
    }

    #[test]
    fn declarations_break_where_prettyplease_breaks_them() {
        let long = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let text = use_declaration("super", &names);
            let file = syn::parse_file(&text).expect("a declaration");
            assert_eq!(text, prettyplease::unparse(&file));
            text.lines().count()
        };
        assert_eq!(long(&["Alert", "Incident"]), 1);
        // The comma behind the last name sticks out of the second line.
        let wide = ["ClaimsMapping", "SocialIdentityProviderResponseMode"];
        assert_eq!(
            long(&[wide[0], wide[1], "SocialIdentityProviderResponseType"]),
            3
        );
        assert_eq!(
            long(&[wide[0], wide[1], "SocialIdentityProviderResponseTypes"]),
            4
        );
        for length in 1..90 {
            let name = "A".repeat(length);
            long(&["Entity", "Identity", &name, "User", "Z"]);
            long(&["Entity", "Identity", "User", &name]);
        }
    }

    #[test]
    fn a_client_module_called_models_hides_no_model() {
        let taken = rust::ClientModule {
            name: "models".to_owned(),
            ..rust::ClientModule::default()
        };
        let scope = Scope::client(BTreeSet::new(), &[taken]);
        let spelled = scope.model(&path("security", "Task")).to_string();
        assert_eq!(spelled, "crate :: models :: security :: Task");
        assert_eq!(printed(&scope), "");
    }
}
